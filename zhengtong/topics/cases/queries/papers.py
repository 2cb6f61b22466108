"""The papers of a case as PDF: its receipt, and each notice, set from the words stored with it."""

from datetime import date, datetime
from typing import Any

from django.conf import settings

from zhengtong.engines.deadlines.rules import Limit
from zhengtong.engines.papers import queries as papers
from zhengtong.engines.papers.rules import plain_date
from zhengtong.foundation.clock import CHINA
from zhengtong.foundation.codes import name as names
from zhengtong.foundation.params import queries as params

from ..access import HELPER
from ..models import Case, Material, Notice
from ..rules import CHANNELS

TITLES = {
    "correction": "补正告知书",
    "accepted": "受理通知书",
    "declined": "不予受理通知书",
    "not_needed": "无需办理告知书",
    "granted": "准予办理决定书",
    "refused": "不予办理决定书",
    "noted": "备案通知书",
}
# What the decision is called in law, by the nature of the item.
DECISIONS = {
    ("permit", "granted"): "准予行政许可决定书",
    ("permit", "refused"): "不予行政许可决定书",
    ("benefit", "granted"): "给付决定书",
    ("benefit", "refused"): "不予给付决定书",
    ("confirmation", "granted"): "行政确认决定书",
    ("confirmation", "refused"): "不予行政确认决定书",
}
REMEDY = (
    "如不服本决定，可以自收到本{paper}之日起{review_days}内向{review}申请行政复议，"
    "也可以自收到本{paper}之日起{sue_months}内向{court}提起行政诉讼。"
)


def notice_title(nature: str, kind: str) -> str:
    """What the paper is called."""
    return DECISIONS.get((nature, kind), TITLES.get(kind, ""))


def track_url(case: Case) -> str:
    """Where anybody with the number sees how far the case has come."""
    return f"{settings.SITE_URL}/t/{case.number}"


def receipt_pdf(case: Case) -> bytes:
    """The receipt of a case that `case_for` has found: number, QR code, what was handed in."""
    received = case.received_at is not None
    lines = Material.objects.filter(case=case, replaced_at=None).order_by("id")
    more = [("办理部门", case.department.name), ("提交方式", CHANNELS[case.channel])]
    if case.acting_right == HELPER and case.operator:
        more.append(("代办人", f"{names.mask(case.operator.name)}（{case.acting_words}）"))
    if case.elsewhere_number:
        more.append((case.elsewhere_system or "业务系统", case.elsewhere_number))
    notes = ["请保存好办件编号，凭编号随时可以查询进度。"]
    if case.accept_due and case.accepted_at is None:
        notes.append(f"材料需要补正的，会在{plain_date(case.accept_due)}前一次告知全部内容。")
    due = case.promised_due or case.statutory_due
    if due:
        more.append(("承诺办结", f"{plain_date(due)}前" + ("（暂定）" if case.due_provisional else "")))
    return papers.render(
        "receipt",
        {
            "title": "收件凭证" if received else "申请提交回执",
            "number": case.number,
            "item": case.item_name,
            "applicant": _masked(case),
            "organ": case.acceptor.name,
            "place": case.acceptor.address or case.acceptor.name,
            "received_at": (case.received_at or case.submitted_at).astimezone(CHINA),
            "track_url": track_url(case),
            "materials": [(line.name, "纸质" if line.taken_as == "paper" else "电子", 1) for line in lines],
            "more": more,
            "notes": notes,
        },
    )


def notice_pdf(case: Case, notice: Notice) -> bytes:
    """A notice of a case that `case_for` has found."""
    said = notice.body
    paper: dict[str, Any] = {
        "title": notice_title(case.nature, notice.kind),
        "number": notice.number,
        "organ": said.get("organ") or case.department.name,
        "addressee": case.applicant_name,
        "signed_on": notice.issued_at.astimezone(CHINA).date(),
        "contact": _contact(case),
        "basis": said.get("basis", []),
    }
    paper |= _WORDS[notice.kind](case, notice, said)
    if said.get("remedy"):
        paper["remedy"] = remedy_words(said["remedy"], paper["title"][-3:], notice.issued_at)
    return papers.render("notice", paper)


def remedy_words(remedy: dict[str, Any], paper: str, at: datetime) -> str:
    """Where and until when the outcome may be contested, by the limits in force on the day of the paper."""
    day = at.astimezone(CHINA).date()
    limits = {
        "review_days": Limit.of(params.parameter("deadlines.FY_APPLY", on=day).value).wording().replace(" ", ""),
        "sue_months": Limit.of(params.parameter("deadlines.SS_SUE", on=day).value).wording().replace(" ", ""),
    }
    review = "或者".join(remedy.get("review") or ())
    if not review or not remedy.get("court"):
        return ""
    return REMEDY.format(paper=paper, review=review, court=remedy["court"], **limits)


def _masked(case: Case) -> str:
    return names.mask(case.applicant_name) if case.applicant.kind == "person" else case.applicant_name


def _contact(case: Case) -> str:
    organ = case.department
    return "，".join(part for part in (organ.name, organ.phone and f"电话 {organ.phone}") if part)


def _day(text: str) -> str:
    return plain_date(date.fromisoformat(text)) if text else ""


def _opening(case: Case) -> str:
    day = plain_date(case.submitted_at.astimezone(CHINA).date())
    helper = f"由{case.operator.name}代办，" if case.acting_right == HELPER and case.operator else ""
    return f"您（单位）于{day}{helper}提出的「{case.item_name}」申请（办件编号 {case.number}）"


def _correction(case: Case, notice: Notice, said: dict[str, Any]) -> dict[str, Any]:
    opening = f"{_opening(case)}，经核对，需要补正以下内容。全部要求已在本告知书中一次列明："
    closing = [said["opinion"]] if said.get("opinion") else []
    if said.get("answer_due"):
        closing.append(f"请在{_day(said['answer_due'])}前补正。可以在网上提交，也可以到窗口提交。")
    listing = [(entry["name"], entry["what"]) for entry in said.get("entries", ())]
    return {"paragraphs": [opening], "listing": listing, "closing": closing}


def _accepted(case: Case, notice: Notice, said: dict[str, Any]) -> dict[str, Any]:
    when = _day(said.get("accepted_on", ""))
    lines = [f"{_opening(case)}，材料齐全、符合要求，本机关于{when}受理。"]
    provisional = "（所涉年份的放假安排尚未公布，日期暂定）" if said.get("provisional") else ""
    if said.get("promised_due"):
        lines.append(f"承诺在{_day(said['promised_due'])}前办结{provisional}。")
    if said.get("statutory_due"):
        lines.append(f"法定办结期限至{_day(said['statutory_due'])}{provisional}。")
    return {"paragraphs": lines}


def _declined(case: Case, notice: Notice, said: dict[str, Any]) -> dict[str, Any]:
    lines = [f"{_opening(case)}，经审查，决定不予受理。理由：{said.get('reason', '')}"]
    if said.get("right_organ"):
        lines.append(f"该事项属于{said['right_organ']}的职权，请向{said['right_organ']}提出。")
    return {"paragraphs": lines}


def _not_needed(case: Case, notice: Notice, said: dict[str, Any]) -> dict[str, Any]:
    return {"paragraphs": [f"{_opening(case)}，经核对，您（单位）不需要办理这一事项。{said.get('reason', '')}"]}


def _granted(case: Case, notice: Notice, said: dict[str, Any]) -> dict[str, Any]:
    lines = [f"{_opening(case)}，经审查，符合条件，决定准予。"]
    if said.get("result_name"):
        number = f"，编号 {said['result_number']}" if said.get("result_number") else ""
        lines.append(f"办理结果：{said['result_name']}{number}。")
    return {"paragraphs": lines}


def _refused(case: Case, notice: Notice, said: dict[str, Any]) -> dict[str, Any]:
    return {"paragraphs": [f"{_opening(case)}，经审查，决定不予准许。理由：{said.get('reason', '')}"]}


def _noted(case: Case, notice: Notice, said: dict[str, Any]) -> dict[str, Any]:
    number = f"备案编号 {said['result_number']}。" if said.get("result_number") else ""
    return {"paragraphs": [f"{_opening(case)}，材料齐全，已予备案。{number}"]}


_WORDS = {
    "correction": _correction,
    "accepted": _accepted,
    "declined": _declined,
    "not_needed": _not_needed,
    "granted": _granted,
    "refused": _refused,
    "noted": _noted,
}
