"""Five levels, the window, who may say what; and how ratings are counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from zhengtong.foundation.refusals import N_, NotFound, Refused


class Channel(StrEnum):
    """Where a rating was given, as 国办发〔2019〕51号 lists them."""

    WEB = "web"
    MOBILE = "mobile"
    QR_CODE = "qr_code"
    HALL_TABLET = "hall_tablet"
    TERMINAL = "terminal"
    PHONE = "phone"
    SMS = "sms"
    NONE = "none"

    @property
    def words(self) -> str:
        return CHANNELS[self]


CHANNELS: dict[str, str] = {
    Channel.WEB: N_("电脑端"),
    Channel.MOBILE: N_("移动端"),
    Channel.QR_CODE: N_("二维码"),
    Channel.HALL_TABLET: N_("大厅评价器"),
    Channel.TERMINAL: N_("其他终端"),
    Channel.PHONE: N_("电话"),
    Channel.SMS: N_("短信"),
    Channel.NONE: N_("未评价"),
}


class Naming(StrEnum):
    """Whether the unit that is rated may learn who spoke."""

    NAMED = "named"
    ANONYMOUS = "anonymous"

    @property
    def words(self) -> str:
        return N_("实名") if self == Naming.NAMED else N_("匿名")


class InvitationState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"


# Ready answers, so that a rating takes one touch; texts may change, keys stay.
PRAISE: dict[str, str] = {
    "fast": N_("办得快"),
    "clear": N_("讲得清楚"),
    "kind": N_("态度好"),
    "one_visit": N_("少跑路"),
    "easy_online": N_("网上好办"),
    "few_papers": N_("材料少"),
}
BLAME: dict[str, str] = {
    "late": N_("超过承诺时间"),
    "extra_papers": N_("要求指南以外的材料"),
    "many_visits": N_("来回跑了多次"),
    "not_told_at_once": N_("没有一次告知"),
    "unclear_guide": N_("办事指南看不懂"),
    "unkind": N_("态度不好"),
    "hard_online": N_("网上不好办"),
    "long_wait": N_("现场等候太久"),
}
LABELS = PRAISE | BLAME


class RatingNotOpen(NotFound):
    """Refused: the case has not ended, or there is no such case."""

    code = "rating_not_open"
    message = N_("办件 {number} 还不能评价：办结以后才可以评价。")


class RatingWindowClosed(Refused):
    """Refused: too late."""

    code = "rating_window_closed"
    message = N_("办件 {number} 的评价已于 {until.year} 年 {until.month} 月 {until.day} 日截止。")
    remedy = N_("对办理情况有意见的，可以拨打 12345。")


class AlreadyRated(Refused):
    """Refused: one rating for one case."""

    code = "already_rated"
    message = N_("这件办件您已经评价过了，谢谢。")
    remedy = N_("在评价期内可以修改一次。")


class NotRatedYet(NotFound):
    """Refused: there is nothing to amend."""

    code = "not_rated_yet"
    message = N_("这件办件还没有评价，不需要修改。")


class AlreadyAmended(Refused):
    """Refused: a rating is amended once."""

    code = "already_amended"
    message = N_("这条评价已经修改过一次，不能再改。")
    remedy = N_("还有意见的，可以拨打 12345。")


class StaffMayNotRate(Refused):
    """Refused: ratings come from applicants, never from those who are rated."""

    code = "staff_may_not_rate"
    status = 403
    message = N_("评价由申请人自愿作出，工作人员不能评价，也不能代为评价。")


class LevelUnknown(Refused):
    """Refused: there are five levels."""

    code = "rating_level_unknown"
    status = 422
    message = N_("请在五个等级中选择一个。")


class LabelUnknown(Refused):
    """Refused: not among the ready answers."""

    code = "rating_label_unknown"
    status = 422
    message = N_("请从列出的选项中选择。")


class ChannelUnknown(Refused):
    """Refused: not a channel through which people rate."""

    code = "rating_channel_unknown"
    status = 422
    message = N_("不认识评价渠道“{channel}”。")


class TextTooLong(Refused):
    """Refused: longer than a comment may be."""

    code = "rating_text_too_long"
    status = 422
    message = N_("最多写 {most} 个字，您写了 {length} 个字。")


@dataclass(frozen=True)
class Scale:
    """The levels in force on a day: their words, from which on a rating is bad, how long a comment may be."""

    words: Mapping[int, str]
    bad_from: int
    longest_text: int

    def is_bad(self, level: int) -> bool:
        return level >= self.bad_from


def last_day(ended_on: date, days: int) -> date:
    """The last day on which a case may be rated; the day on which it ended does not count."""
    return ended_on + timedelta(days=days)


def check_in_window(number: str, *, until: date, today: date) -> None:
    """Refused after the last day."""
    if today > until:
        raise RatingWindowClosed(number=number, until=until)


def check_not_rated(given: int, *, per_case: int) -> None:
    """Refused when the case has all the ratings it may have."""
    if given >= per_case:
        raise AlreadyRated


def check_content(scale: Scale, *, level: int, labels: Sequence[str], text: str) -> str:
    """The text without blanks around it. Refused: unknown level or label, too long a text. Nothing but the level is
    required: a bad rating needs no reasons."""
    if level not in scale.words:
        raise LevelUnknown(fields={"level": [LevelUnknown.message]})
    if not set(labels) <= LABELS.keys():
        raise LabelUnknown(fields={"labels": [LabelUnknown.message]})
    text = text.strip()
    if len(text) > scale.longest_text:
        data = {"most": scale.longest_text, "length": len(text)}
        raise TextTooLong(fields={"text": [TextTooLong.message.format(**data)]}, **data)
    return text


def check_channel(channel: str) -> None:
    """Refused unless people can rate through it."""
    if channel not in CHANNELS or channel == Channel.NONE:
        raise ChannelUnknown(channel=channel)


def offered(level: int | None, *, bad_from: int) -> dict[str, str]:
    """The ready answers that fit a level; both kinds before one is chosen and at the last good level."""
    if level is None or level == bad_from - 1:
        return LABELS
    return BLAME if level >= bad_from else PRAISE


@dataclass(frozen=True)
class Tally:
    """The ratings of one organisation; the unanswered stand apart and enter no rate."""

    organisation: str
    organisation_name: str
    by_level: Mapping[int, int]
    unanswered: int
    bad_from: int
    small_below: int

    @property
    def given(self) -> int:
        """Valid ratings: those that somebody gave."""
        return sum(self.by_level.values())

    @property
    def good(self) -> int:
        return sum(count for level, count in self.by_level.items() if level < self.bad_from)

    @property
    def bad(self) -> int:
        return self.given - self.good

    @property
    def good_rate(self) -> Decimal | None:
        """好评率 in percent, one decimal; None when nobody rated."""
        return percent(self.good, self.given)

    @property
    def answer_rate(self) -> Decimal | None:
        """主动评价率 in percent: given of all whose window has closed or who have answered."""
        return percent(self.given, self.given + self.unanswered)

    @property
    def is_small(self) -> bool:
        return self.given < self.small_below

    @property
    def note(self) -> str:
        """What to say beside the rate, lest one voice look like a fifth of the town."""
        if self.given == 0:
            return N_("还没有人评价。")
        return N_("评价较少，比率仅供参考。") if self.is_small else ""


def percent(part: int, whole: int) -> Decimal | None:
    """With one decimal, half rounded up; None of nothing."""
    if whole == 0:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def tallies(
    rows: Iterable[tuple[str, str, int | None, int]], *, bad_from: int, small_below: int, levels: Iterable[int]
) -> list[Tally]:
    """Fold counted rows (organisation, its name, level or None, how many) into one tally each, most ratings first."""
    counts: dict[tuple[str, str], dict[int, int]] = {}
    silent: dict[tuple[str, str], int] = {}
    for organisation, title, level, count in rows:
        by_level = counts.setdefault((organisation, title), dict.fromkeys(levels, 0))
        if level is None:
            silent[organisation, title] = silent.get((organisation, title), 0) + count
        else:
            by_level[level] = by_level.get(level, 0) + count
    found = [
        Tally(*key, by_level=by_level, unanswered=silent.get(key, 0), bad_from=bad_from, small_below=small_below)
        for key, by_level in counts.items()
    ]
    return sorted(found, key=lambda tally: (-tally.given, tally.organisation))
