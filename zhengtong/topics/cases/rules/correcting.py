"""What may be demanded, and when: gaps noted by several people, one notice (行政许可法 32)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zhengtong.foundation.refusals import N_, Refused

# The applicant hears of gaps while his case is at intake; after acceptance the papers count as complete.
NOTED_AT = frozenset({"submitted", "received"})
_NOT_WORDS = re.compile(r"[\W_]+")


class CorrectionEmpty(Refused):
    """Refused: a correction notice that names nothing to correct."""

    code = "correction_empty"
    status = 422
    message = N_("请至少勾选一项需要补正的内容，并写明要求。")


class CorrectionUnknown(Refused):
    """Refused: what is named is neither a material nor a field of this item."""

    code = "correction_unknown"
    status = 422
    message = N_("「{names}」不是这个事项的材料或表单内容，不能要求补正。")


class CorrectionRepeats(Refused):
    """Refused: a new demand on what was submitted before and found good (行政许可法 32)."""

    code = "correction_repeats"
    message = N_("补正应当一次告知：「{names}」此前已提交且未提出问题，不能再要求补正。")
    remedy = N_("只可以对上次补正后仍不合格的内容再次告知。")


class CorrectionUnanswered(Refused):
    """Refused: not everything asked for was provided."""

    code = "correction_unanswered"
    status = 422
    message = N_("还有内容没有补正：{missing}。")


class GapTooLate(Refused):
    """Refused: once accepted, the papers count as complete; there is no further notice (行政许可法 32)."""

    code = "gap_too_late"
    message = N_("这件办件已经过了可以一次性告知的阶段，不能再记录缺漏。")
    remedy = N_("受理以后材料视为齐全；有问题的，写进审查意见，由决定人依法处理。")


class GapUnworded(Refused):
    """Refused: a gap that does not say what is wrong."""

    code = "gap_unworded"
    status = 422
    message = N_("请写明哪里不对。")


class GapSettled(Refused):
    """Refused: the gap has been told to the applicant, or taken back."""

    code = "gap_settled"
    message = N_("这条缺漏已经写进告知书，或者已经撤销。")


@dataclass(frozen=True)
class Merged:
    """Everything that was found on one material or field, said once, with all who found it."""

    key: str
    name: str
    is_material: bool
    what: str
    found_by: tuple[str, ...]


def check_correction(
    demands: Mapping[str, str], titles: Mapping[str, str], *, faulty_before: Iterable[str] | None
) -> None:
    """Refused when empty or wordless, when it names nothing of the item, or asks for what the notice before found good.

    `faulty_before` is None before the first notice, afterwards what the last one named.
    """
    if not demands or not all(what.strip() for what in demands.values()):
        raise CorrectionEmpty
    if unknown := [key for key in demands if key not in titles]:
        raise CorrectionUnknown(names="、".join(unknown))
    if faulty_before is not None and (new := [titles[key] for key in demands if key not in set(faulty_before)]):
        raise CorrectionRepeats(names="、".join(new))


def check_gap(status: str, what: str) -> str:
    """The words of a gap without blanks around them. Refused: too late, or no words."""
    if status not in NOTED_AT:
        raise GapTooLate
    if not what.strip():
        raise GapUnworded(fields={"what": [GapUnworded.message]})
    return what.strip()


def merged_gaps(gaps: Iterable[Any]) -> list[Merged]:
    """One line for each material or field, in the order in which they were first found; the same words once."""
    lines: dict[str, list[Any]] = {}
    for gap in gaps:
        lines.setdefault(gap.key, []).append(gap)
    return [
        Merged(
            key, own[0].name, own[0].is_material, "；".join(_once(in_words(gap.what, gap.remedy) for gap in own)),
            tuple(dict.fromkeys(gap.found_by_name for gap in own)),
        )
        for key, own in lines.items()
    ]  # fmt: skip


def in_words(what: str, remedy: str) -> str:
    """What is wrong and what remedies it, in one sentence without its full stop."""
    return "，".join(part.strip().rstrip("。；;，,.") for part in (what, remedy) if part.strip())


def _once(sentences: Iterable[str]) -> list[str]:
    """Without those that say the same but for marks and blanks, or less than another says."""
    known: dict[str, str] = {}
    for sentence in sentences:
        known.setdefault(_NOT_WORDS.sub("", sentence), sentence)
    return [text for bare, text in known.items() if not any(bare != other and bare in other for other in known)]
