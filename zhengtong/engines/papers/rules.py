"""What each paper must be told, and how dates, amounts and numbers are written on it. Pure Python."""

import io
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar

import segno

from zhengtong.foundation.refusals import N_, Refused

HAN_DIGITS = "〇一二三四五六七八九"
MONEY_DIGITS = "零壹贰叁肆伍陆柒捌玖"
# Control characters, and marks that are not seen but change what is read.
UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
CENT = Decimal("0.01")
MOST_MONEY = Decimal(10) ** 12


class PaperIncomplete(Refused):
    """Refused: the paper was not told what it must say."""

    code = "paper_incomplete"
    status = 422
    message = N_("文书「{template}」的数据不完整：{problem}。")


class CharacterMissing(Refused):
    """Refused: no font at hand has the character, and a name is never printed with a hole in it."""

    code = "character_missing"
    status = 422
    message = N_("现有字库缺少这些字，文书没有生成：{characters}。")
    remedy = N_("请系统管理员把含有这些字的字体文件放进文书字体目录，再重新生成。")


class AmountInvalid(Refused):
    """Refused: the amount cannot be written in capitals."""

    code = "amount_invalid"
    status = 422
    message = N_("金额 {amount} 不能写成大写。")


def chinese_date(day: date) -> str:
    """Such as 二〇二六年十一月二十二日."""
    year = "".join(HAN_DIGITS[int(digit)] for digit in f"{day.year:04d}")
    return f"{year}年{_below_hundred(day.month)}月{_below_hundred(day.day)}日"


def plain_date(day: date) -> str:
    """Such as 2026年11月22日, as GB/T 9704 dates a paper."""
    return f"{day.year}年{day.month}月{day.day}日"


def plain_moment(moment: datetime) -> str:
    """Such as 2026年11月22日 9时05分."""
    return f"{plain_date(moment)} {moment.hour}时{moment.minute:02d}分"


def money_capital(amount: Decimal) -> str:
    """Such as 壹佰贰拾元零伍分; whole yuan end in 整."""
    if not 0 <= amount < MOST_MONEY or amount.quantize(CENT, ROUND_HALF_UP) == MOST_MONEY:
        raise AmountInvalid(amount=amount)
    cents = int(amount.quantize(CENT, ROUND_HALF_UP) * 100)
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    said = _in_capitals(yuan) + "元" if yuan else ""
    if not jiao and not fen:
        return (said or "零元") + "整"
    if jiao:
        said += MONEY_DIGITS[jiao] + "角"
    elif yuan:
        said += "零"
    return said + (MONEY_DIGITS[fen] + "分" if fen else "")


def grouped(number: str) -> str:
    """A long number in groups that can be read aloud: date, middle, end."""
    return f"{number[:6]} {number[6:10]} {number[10:]}" if len(number) == 13 else number


def qr_svg(text: str) -> str:
    """A QR code as SVG without a frame; the page gives it room."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, omitsize=True)
    return out.getvalue().decode()


def framed(picture: str) -> str:
    """A PNG (base64) as a drawing that a paper can hold, three times as wide as high."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">'
        f'<image href="data:image/png;base64,{picture}" width="300" height="100"/></svg>'
    )


@dataclass(frozen=True, kw_only=True)
class Credential:
    """A licence. `fields` are label and value in the order of print; `identifier` is its GB/T 36904 number."""

    template: ClassVar[str] = "credential"

    title: str
    number: str
    identifier: str
    fields: list[tuple[str, str]]
    organ: str
    issued_on: date
    verify_url: str
    validity: str = ""
    copy: str = N_("电子证照")
    note: str = ""
    has_annex: bool = True

    def shown(self) -> dict[str, Any]:
        return {
            "fields": [{"label": label, "value": value} for label, value in self.fields],
            "issued_on": chinese_date(self.issued_on),
            "qr": qr_svg(self.verify_url),
        }


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """A receipt. `materials` are name, form and number of copies; the caller has masked the applicant."""

    template: ClassVar[str] = "receipt"

    title: str = N_("收件凭证")
    number: str
    item: str
    applicant: str
    organ: str
    place: str
    received_at: datetime
    track_url: str
    materials: list[tuple[str, str, int]] = field(default_factory=list)
    more: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def shown(self) -> dict[str, Any]:
        return {
            "number_grouped": grouped(self.number),
            "received_at": plain_moment(self.received_at),
            "received_on": plain_date(self.received_at),
            "materials": [{"name": name, "form": form, "copies": copies} for name, form, copies in self.materials],
            "more": [{"label": label, "value": value} for label, value in self.more],
            "qr": qr_svg(self.track_url),
        }


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A paper of the authority: accepted, declined, to be corrected, granted, refused. `listing` is name and text."""

    template: ClassVar[str] = "notice"

    title: str
    organ: str
    signed_on: date
    paragraphs: list[str]
    number: str = ""
    addressee: str = ""
    listing: list[tuple[str, str]] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    basis: list[str] = field(default_factory=list)
    remedy: str = ""
    contact: str = ""
    verify_url: str = ""

    def shown(self) -> dict[str, Any]:
        return {
            "listing": [{"name": name, "text": text} for name, text in self.listing],
            "signed_on": plain_date(self.signed_on),
            "qr": qr_svg(self.verify_url) if self.verify_url else "",
        }


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What changed hands: facts, a table, who signed. `signatures` are label, name, how and when, picture (base64)."""

    template: ClassVar[str] = "slip"

    title: str
    number: str
    organ: str
    facts: list[tuple[str, str]]
    columns: list[str]
    rows: list[list[str]]
    notes: list[str] = field(default_factory=list)
    signatures: list[tuple[str, str, str, str]] = field(default_factory=list)
    code: str = ""
    caption: str = ""

    def shown(self) -> dict[str, Any]:
        return {
            "facts": [{"label": label, "value": value} for label, value in self.facts],
            "signatures": [
                {"label": label, "name": name, "words": words, "picture": framed(picture) if picture else ""}
                for label, name, words, picture in self.signatures
            ],
            "qr": qr_svg(self.code) if self.code else "",
        }


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A page that stands for a paper of somebody else in a demonstration, and says so."""

    template: ClassVar[str] = "sample"

    title: str
    organ: str = ""
    lines: list[tuple[str, str]] = field(default_factory=list)

    def shown(self) -> dict[str, Any]:
        return {"lines": [{"label": label, "value": value} for label, value in self.lines]}


PAPERS: dict[str, type[Credential] | type[Receipt] | type[Notice] | type[Slip] | type[Sample]] = {
    paper.template: paper for paper in (Credential, Receipt, Notice, Slip, Sample)
}


def told(template: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """What the template reads: every value present, dates and numbers written out; else refused."""
    try:
        paper = PAPERS[template](**data)
        shown = asdict(paper) | paper.shown()
    except KeyError:
        raise PaperIncomplete(template=template, problem=N_("没有这种文书")) from None
    except (TypeError, ValueError, AttributeError) as fault:
        raise PaperIncomplete(template=template, problem=str(fault)) from fault
    return {name.replace("_", "-"): _seen(value) for name, value in shown.items()}


def _seen(value: Any) -> Any:
    """The value with all its texts free of what cannot be printed."""
    if isinstance(value, str):
        return UNSEEN.sub("", value)
    if isinstance(value, Mapping):
        return {key: _seen(part) for key, part in value.items()}
    return [_seen(part) for part in value] if isinstance(value, list | tuple) else value


def _below_hundred(number: int) -> str:
    tens, ones = divmod(number, 10)
    said = "" if not tens else "十" if tens == 1 else HAN_DIGITS[tens] + "十"
    return said + (HAN_DIGITS[ones] if ones else "")


def _in_capitals(number: int) -> str:
    """A whole number below a trillion in financial capitals, a gap of any length read as one 零."""
    said, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            said += ("零" if gap else "") + MONEY_DIGITS[digit] + ("", "拾", "佰", "仟")[place % 4]
            gap = False
        else:
            gap = bool(said)
        if place % 4 == 0 and number // 10**place % 10_000:
            said += ("", "万", "亿")[place // 4]
    return said
