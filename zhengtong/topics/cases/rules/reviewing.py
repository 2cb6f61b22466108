"""The checklist of a review, what a reviewer proposes, and what the head may do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from zhengtong.foundation.refusals import N_, Refused
from zhengtong.foundation.refusals.words import listed


class Verdict(StrEnum):
    """What was found on a point of review."""

    OK = "ok"
    NOT_OK = "not_ok"
    NOT_APPLICABLE = "n_a"

    @property
    def words(self) -> str:
        return VERDICTS[self]


VERDICTS: dict[str, str] = {
    Verdict.OK: N_("符合"),
    Verdict.NOT_OK: N_("不符合"),
    Verdict.NOT_APPLICABLE: N_("不涉及"),
}


class Proposal(StrEnum):
    """What a reviewer proposes to whoever decides."""

    GRANT = "grant"
    REFUSE = "refuse"

    @property
    def words(self) -> str:
        return PROPOSALS[self]


PROPOSALS: dict[str, str] = {Proposal.GRANT: N_("建议准予"), Proposal.REFUSE: N_("建议不予")}


class Peculiarity(StrEnum):
    """Why a case is looked at by itself before it is signed, the gravest first."""

    REFUSAL = "refusal"
    DISAGREEMENT = "disagreement"
    SENT_BACK = "sent_back"
    NOT_OK = "not_ok"
    OVERDUE = "overdue"
    TODAY = "today"
    CORRECTED = "corrected"
    UNREVIEWED = "unreviewed"

    @property
    def words(self) -> str:
        return EXCEPTIONS[self]


EXCEPTIONS: dict[str, str] = {
    Peculiarity.REFUSAL: N_("建议不予"),
    Peculiarity.DISAGREEMENT: N_("审查意见不一致"),
    Peculiarity.SENT_BACK: N_("曾退回重审"),
    Peculiarity.NOT_OK: N_("有不符合的要点"),
    Peculiarity.OVERDUE: N_("已超期"),
    Peculiarity.TODAY: N_("今天到期"),
    Peculiarity.CORRECTED: N_("补正过"),
    Peculiarity.UNREVIEWED: N_("没有审查意见"),
}


class PointUnknown(Refused):
    """Refused: not a point of this item."""

    code = "point_unknown"
    status = 422
    message = N_("「{point}」不是这个事项的审查要点。")


class RemarkMissing(Refused):
    """Refused: what does not comply says why."""

    code = "remark_missing"
    status = 422
    message = N_("「{point}」不符合的，请写明原因。")


class ProposalAgainstFindings(Refused):
    """Refused: a grant is proposed although a point was found not to comply."""

    code = "proposal_against_findings"
    status = 422
    message = N_("有要点不符合，不能建议准予：{points}。")
    remedy = N_("请改正要点的结论，或者改为建议不予。")


class SignedAlone(Refused):
    """Refused: a case with something out of the ordinary is opened and signed by itself."""

    code = "signed_alone"
    message = N_("这件不能批量签批：{why}。")
    remedy = N_("请打开办件，看过以后单独签批。")


class NotSentBack(Refused):
    """Refused: nothing was reviewed that could be reviewed again."""

    code = "not_sent_back"
    message = N_("这件办件还没有审查意见，没有可以退回的步骤。")


@dataclass(frozen=True)
class Checked:
    """One point with what was found."""

    point: str
    verdict: str
    remark: str = ""


def check_findings(findings: Sequence[Checked], points: Sequence[str]) -> None:
    """Refused: a point the item does not have; a verdict that is none."""
    for one in findings:
        if one.point not in points or one.verdict not in VERDICTS:
            raise PointUnknown(point=one.point)


def check_proposal(proposal: str, findings: Sequence[Any]) -> None:
    """Refused when a point that does not comply is wordless, or a grant is proposed in spite of it."""
    faulty = [one for one in findings if one.verdict == Verdict.NOT_OK]
    for one in faulty:
        if not one.remark.strip():
            raise RemarkMissing(point=one.point, fields={"findings": [RemarkMissing.message.format(point=one.point)]})
    if faulty and proposal == Proposal.GRANT:
        points = "；".join(one.point for one in faulty)
        raise ProposalAgainstFindings(points=points)


def step_before(steps: Sequence[Any], current: str) -> str:
    """The key of the step before the one last taken; empty when that was the first. Refused: none was taken."""
    keys = [step.key for step in steps]
    if current not in keys:
        raise NotSentBack
    index = keys.index(current)
    return keys[index - 1] if index else ""


def exceptions(
    proposals: Mapping[str, str], *, verdicts: Sequence[str], due: date | None, today: date, sent_back: int,
    corrected: int, reviewed: int,
) -> tuple[Peculiarity, ...]:  # fmt: skip
    """Why this case is no ordinary one; `proposals` maps each review step to its latest proposal."""
    said = set(proposals.values())
    found = {
        Peculiarity.REFUSAL: Proposal.REFUSE in said,
        Peculiarity.DISAGREEMENT: len(said) > 1,
        Peculiarity.SENT_BACK: sent_back > 0,
        Peculiarity.NOT_OK: Verdict.NOT_OK in verdicts,
        Peculiarity.OVERDUE: due is not None and due < today,
        Peculiarity.TODAY: due == today,
        Peculiarity.CORRECTED: corrected > 0,
        Peculiarity.UNREVIEWED: not reviewed,
    }
    return tuple(why for why, holds in found.items() if holds)


def check_ordinary(why: Sequence[Peculiarity]) -> None:
    """Refused unless nothing is out of the ordinary."""
    if why:
        raise SignedAlone(why=listed(EXCEPTIONS[each] for each in why))


class ElsewhereMirrored(Refused):
    """Refused: the other system tells its number and status by itself; a second set of books helps nobody."""

    code = "elsewhere_mirrored"
    message = N_("上级系统的编号和状态由接口同步，不需要手工登记。")


class ElsewhereUnnumbered(Refused):
    """Refused: a system without the number it gave."""

    code = "elsewhere_unnumbered"
    status = 422
    message = N_("请填写业务系统的名称和办件编号。")


def check_elsewhere(system: str, number: str, outcome: str, *, is_mirrored: bool) -> tuple[str, str, str]:
    """System, number and outcome without blanks around them. Refused: told by itself, or not named."""
    if is_mirrored:
        raise ElsewhereMirrored
    if not system.strip() or not number.strip():
        raise ElsewhereUnnumbered(fields={"number": [ElsewhereUnnumbered.message]})
    return system.strip()[:120], number.strip()[:80], outcome.strip()[:120]
