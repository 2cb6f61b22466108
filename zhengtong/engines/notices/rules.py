"""Words and their placeholders, quiet hours, tries; what a text may never hold."""

import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from zhengtong.foundation.refusals import N_, NotFound, Refused
from zhengtong.foundation.wiring import Registry


class Channel(StrEnum):
    SITE = "site"
    SMS = "sms"
    EMAIL = "email"
    WECHAT = "wechat"

    @property
    def words(self) -> str:
        return CHANNELS[self]


CHANNELS: dict[str, str] = {
    Channel.SITE: N_("站内消息"),
    Channel.SMS: N_("短信"),
    Channel.EMAIL: N_("电子邮件"),
    Channel.WECHAT: N_("微信"),
}
# Who is told: a person or firm, or an account of the staff.
SUBJECT, ACCOUNT = "subject", "account"
# What goes out through a neighbour; the site's own messages are there as soon as they are made.
SENT_OUT = (Channel.SMS, Channel.EMAIL, Channel.WECHAT)


class State(StrEnum):
    QUEUED = "queued"
    HELD = "held"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    GIVEN_UP = "given_up"

    @property
    def words(self) -> str:
        return STATES[self]


STATES: dict[str, str] = {
    State.QUEUED: N_("待发送"),
    State.HELD: N_("早上再发"),
    State.SENT: N_("已发出"),
    State.DELIVERED: N_("已送达"),
    State.FAILED: N_("未送达"),
    State.GIVEN_UP: N_("已停止重试"),
}
WAITING = (State.QUEUED, State.HELD)
ENDED_BADLY = (State.FAILED, State.GIVEN_UP)


# -- refusals ----------------------------------------------------------------------------------------------------------


class TemplateUnfit(Refused):
    """Refused: the words of a template cannot be sent so."""

    code = "notice_template_unfit"
    status = 422
    message = N_("模板还不能保存，请按提示修改。")


class TemplateChanged(Refused):
    """Refused: somebody has changed the template meanwhile."""

    code = "notice_template_changed"
    message = N_("您打开页面以后，有人改动了这个模板。您填写的内容还在，请核对后再保存一次。")


class TemplateUnknown(NotFound):
    """Refused: no such template."""

    code = "notice_template_unknown"
    message = N_("没有代码为“{code}”的消息模板。")


class NotSendable(Refused):
    """Refused: only what has failed is sent again."""

    code = "notice_not_sendable"
    message = N_("这条消息的状态是“{state}”，不需要重发。")
    remedy = N_("只有未送达或已停止重试的消息可以重发。")


class EmailInvalid(Refused):
    """Refused: not an e-mail address."""

    code = "email_invalid"
    status = 422
    message = N_("邮箱地址不正确，请检查，例如 name@example.com。")


class CodeWrong(Refused):
    """Refused: the code is another, or its time is over."""

    code = "email_code_wrong"
    status = 422
    message = N_("验证码不对，或者已经过期。")
    remedy = N_("请核对邮件里的六位数字；过期的，请重新获取。")


class TooManyCodes(Refused):
    """Refused: codes are sent at intervals."""

    code = "email_code_too_soon"
    status = 429
    message = N_("刚刚发过验证码，请 {seconds} 秒后再试。")


# -- happenings and their words ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fact:
    """What may stand in a text as `{name}`: in words, and by an example."""

    words: str
    sample: str


@dataclass(frozen=True)
class Happening:
    """Something people are told of; its code is the template's."""

    code: str
    title: str
    facts: Mapping[str, Fact]
    is_for_staff: bool = False


happenings: Registry[str, Happening] = Registry("happenings people are told of")

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
FIELD = re.compile(r"[a-z]+(?:_?[a-z]+)*[0-9]*")
# The one address a text may hold; it leads to a page that asks for no password.
ADDRESS = "status_address"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:/|www\.", re.IGNORECASE)
_DOMAIN = re.compile(r"[a-z0-9-]\.(?:[a-z]{2,}|xn--)|[0-9]+(?:\.[0-9]+){3}", re.IGNORECASE)
_DOMAIN_HAN = re.compile(r"[\w-]\.(?:中国|公司|网络|政务|手机|在线)")
_DOOR = re.compile(r"/[a-z-]+(?:/|\?)|log-?in|sign-?in|passw|登[录陆](?:网址|链接|页面)|点击链接", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9](?:[ -]?[0-9])*[ -]?[Xx]?")
LONGEST = {"title": 60, "site": 500, "sms": 500, "email": 2_000, "wechat": 500}
SINGLE, SPLIT = 70, 67


def placeholders(text: str) -> list[str]:
    """The names in braces, in order."""
    return PLACEHOLDER.findall(text)


def fill(text: str, facts: Mapping[str, str]) -> str:
    """The text with every known name replaced by its fact; a fact is never itself read as a text."""
    return PLACEHOLDER.sub(lambda found: facts.get(found[1], found[0]), text)


def length(text: str) -> int:
    """Characters as an SMS counts them: those outside the basic plane are two."""
    return len(text.encode("utf-16-le")) // 2


def parts(count: int) -> int:
    """How many messages so many characters cost: 70 in one, else 67 in each."""
    return min(count, 1) if count <= SINGLE else math.ceil(count / SPLIT)


def levelled(text: str) -> str:
    """As a telephone would take it: placeholders out, width levelled, what cannot be seen gone."""
    plain = unicodedata.normalize("NFKC", PLACEHOLDER.sub(" ", text))
    return "".join(char for char in plain if unicodedata.category(char) != "Cf")


def holds_link(text: str) -> bool:
    """Whether somebody could be led astray by it: any address but the one the platform fills in."""
    plain = levelled(text)
    # Telephones read the full stop 。 between letters as the dot of an address.
    dotted = plain.replace("。", ".")
    return any(part.search(dotted) for part in (_SCHEME, _DOMAIN, _DOOR)) or bool(_DOMAIN_HAN.search(plain))


def holds_personal_number(text: str) -> bool:
    """An identity, mobile or card number; service numbers and land lines are none."""
    for found in _DIGITS.findall(levelled(text)):
        digits = re.sub(r"[ -]", "", found)
        is_mobile = re.fullmatch(r"1[3-9][0-9]{9}", digits)
        if is_mobile or len(digits) >= 15:
            return True
    return False


Told = tuple[str, dict[str, Any]]  # a sentence and what fills it, as a refusal has them


def text_faults(name: str, text: str, known: Mapping[str, Fact]) -> Iterator[Told]:
    """What is wrong with one text of a template."""
    if len(text) > LONGEST[name]:
        yield N_("最多 {most} 个字，现在是 {count} 个。"), {"most": LONGEST[name], "count": len(text)}
    if strangers := [each for each in dict.fromkeys(placeholders(text)) if each not in known]:
        listed = "、".join(f"{{{each}}}" for each in strangers)
        yield N_("不认识占位符 {names}，请从列出的占位符里选用。"), {"names": listed}
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        yield N_("花括号没有成对，请照列出的占位符写。"), {}
    if holds_link(text):
        said = N_("不能写网址或者引向登录的内容。要给地址，只能用占位符 {address}，它打开的是不用登录的进度查询页。")
        yield said, {"address": f"{{{ADDRESS}}}"}
    if holds_personal_number(text):
        yield N_("不能写手机号、身份证号或者银行卡号。"), {}


def wechat_faults(text: str) -> Iterator[Told]:
    """A WeChat template message is lines `field=content`."""
    lines = [line for line in text.splitlines() if line.strip()]
    names = [line.partition("=")[0].strip() for line in lines]
    if not all("=" in line for line in lines):
        yield N_("每行写一项：字段名=内容，例如 thing1=食品经营许可。"), {}
    elif wrong := [name for name in names if not FIELD.fullmatch(name)]:
        yield N_("字段名“{name}”不对，要照微信后台模板里的写，例如 thing1。"), {"name": wrong[0]}
    elif len(set(names)) < len(names):
        yield N_("同一个字段写了两次。"), {}


def wechat_data(text: str) -> dict[str, str]:
    """The fields of a filled WeChat text."""
    lines = (line.partition("=") for line in text.splitlines() if line.strip())
    return {name.strip(): content.strip() for name, _, content in lines}


def template_faults(texts: Mapping[str, str], happening: Happening) -> dict[str, list[Told]]:
    """What is wrong with a template, by text; nothing when it may be sent."""
    found = {name: list(text_faults(name, texts.get(name, ""), happening.facts)) for name in LONGEST}
    found["wechat"] += wechat_faults(texts.get("wechat", ""))
    if not texts.get("title", "").strip():
        found["title"].append((N_("请写标题。"), {}))
    if not any(texts.get(name, "").strip() for name in LONGEST if name != "title"):
        found["site"].append((N_("至少要写一个渠道的内容。"), {}))
    return {name: faults for name, faults in found.items() if faults}


# -- when --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Quiet:
    """The hours in which nobody's phone rings; they may go past midnight. Start and end alike: none."""

    start: time
    end: time

    @classmethod
    def of(cls, value: Mapping[str, str]) -> "Quiet":
        return cls(time.fromisoformat(value["from"]), time.fromisoformat(value["until"]))

    def covers(self, moment: datetime) -> bool:
        at = moment.time()
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def release(self, moment: datetime) -> datetime:
        """The moment itself, or the end of the quiet hours it lies in."""
        if not self.covers(moment):
            return moment
        morning = datetime.combine(moment.date(), self.end, moment.tzinfo)
        return morning if morning > moment else morning + timedelta(days=1)


def send_at(now: datetime, quiet: Quiet, *, last_day: date | None) -> datetime:
    """When a message may go out: not in quiet hours, unless the morning would be past the day it speaks of."""
    morning = quiet.release(now)
    return now if last_day is not None and morning.date() > last_day >= now.date() else morning


FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)


def next_try(tries: int, now: datetime) -> datetime:
    """After so many tries (at least one): a minute, doubled each time, an hour at most."""
    return now + min(FIRST_PAUSE * 2 ** min(tries - 1, 16), LONGEST_PAUSE)


def is_given_up(since: datetime, now: datetime, *, hours: int) -> bool:
    """Whether the budget of a delivery is spent."""
    return now - since >= timedelta(hours=hours)


EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}")


def check_email(text: str) -> str:
    """The address in its stored form. Refused: not an address."""
    address = unicodedata.normalize("NFKC", text).strip()
    if not EMAIL.fullmatch(address) or len(address) > 200:
        raise EmailInvalid(fields={"email": [EmailInvalid.message]})
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"


def mask_email(address: str) -> str:
    """The first letter and the domain stay."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain}"


def masked(channel: str, address: str, *, phone: Callable[[str], str]) -> str:
    """An address for display."""
    if channel == Channel.SMS:
        return phone(address)
    if channel == Channel.EMAIL:
        return mask_email(address)
    return f"{address[:3]}***" if address else ""
