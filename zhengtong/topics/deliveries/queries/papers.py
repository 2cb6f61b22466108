"""The papers: slips, the proof of service (送达回证), the sheet of a day; set from what is stored, when asked for."""

from base64 import b64encode
from typing import Any

from django.conf import settings

from zhengtong.engines.papers import queries as papers
from zhengtong.engines.papers.rules import plain_date, plain_moment
from zhengtong.foundation.clock import CHINA
from zhengtong.foundation.codes import name as names
from zhengtong.foundation.codes import resident_id
from zhengtong.foundation.files import queries as files

from ..models import Day, Delivery, Signed, Slip
from ..rules import SlipKind


def slip_pdf(slip: Slip) -> bytes:
    """A slip that `slip_for` has found."""
    lines = list(slip.lines.select_related("piece__case").order_by("pk"))
    return papers.render("slip", _MADE[SlipKind(slip.kind)](slip, lines))


def _of_visitor(slip: Slip, lines: list[Any]) -> dict[str, Any]:
    case, is_return = slip.case, slip.kind == SlipKind.RETURN
    assert case is not None
    notes = (
        ["以上原件已当面清点退还。"]
        if is_return
        else ["以上原件由窗口代为保管，凭本清单或者身份证件领回。", "请保存好本清单，扫码可以查询办理进度。"]
    )
    return {
        "title": slip.title,
        "number": slip.number,
        "organ": slip.from_organisation.name,
        "facts": [
            ("办件编号", case.number),
            ("事项", case.item_name),
            ("申请人", _masked(case)),
            ("退还时间" if is_return else "收取时间", plain_moment(slip.made_at.astimezone(CHINA))),
            ("经手人", slip.made_by_name),
        ],
        "columns": ["材料名称", "份数"],
        "rows": [[line.name, str(line.copies)] for line in lines],
        "notes": notes,
        "signatures": [_signature("申请人（代理人）签字", slip), ("窗口经手人", slip.made_by_name, "", "")],
        "code": f"{settings.SITE_URL}/t/{case.number}",
        "caption": "扫码查询进度",
    }


def _of_colleagues(slip: Slip, lines: list[Any]) -> dict[str, Any]:
    return {
        "title": slip.title,
        "number": slip.number,
        "organ": slip.from_organisation.name,
        "facts": [
            ("交出", f"{slip.from_organisation.name}　{slip.made_by_name}"),
            ("接收", slip.to_organisation.name),
            ("交出时间", plain_moment(slip.made_at.astimezone(CHINA))),
        ],
        "columns": ["办件编号", "事项", "内容", "份数", "签收"],
        "rows": [
            [
                line.piece.case.number,
                line.piece.case.item_name,
                line.name,
                str(line.copies),
                f"{line.state_words}：{line.reason}" if line.reason else line.state_words,
            ]
            for line in lines
        ],
        "notes": ["签收以后，以上材料由接收人保管；未接收的退回交出人。"],
        "signatures": [("交出人", slip.made_by_name, "", ""), _signature("接收人", slip)],
        "code": f"{settings.SITE_URL}/desk/deliveries/slips/{slip.pk}/",
        "caption": "扫码签收",
    }


_MADE = {SlipKind.CUSTODY: _of_visitor, SlipKind.RETURN: _of_visitor, SlipKind.HAND_OVER: _of_colleagues}


def proof_pdf(delivery: Delivery) -> bytes:
    """The proof of service of a result that was issued."""
    case = delivery.case
    assert delivery.issued_at is not None
    posted = [("邮寄单号", delivery.tracking)] if delivery.tracking else []
    receiver = [("领取人", f"{delivery.receiver}　{delivery.receiver_right}")] if delivery.receiver_right else []
    number = [("证件号码", resident_id.mask(delivery.receiver_number))] if delivery.receiver_number else []
    signatures = [("送达人", delivery.issued_by_name, "", "")]
    if delivery.signed_at:
        signatures.insert(0, _signature("受送达人（代收人）签字", delivery))
    return papers.render(
        "slip",
        {
            "title": "送达回证",
            "number": f"送{case.number}",
            "organ": case.department.name,
            "facts": [
                ("受送达人", case.applicant_name),
                ("案由", case.item_name),
                ("送达方式", delivery.way),
                *posted,
                *receiver,
                *number,
                ("送达时间", plain_moment(delivery.issued_at.astimezone(CHINA))),
                ("送达地点", delivery.window.name),
            ],
            "columns": ["送达的文书", "编号"],
            "rows": [[case.result_name or "决定书", case.result_number or case.number]],
            "notes": [],
            "signatures": signatures,
            "code": f"{settings.SITE_URL}/t/{case.number}",
            "caption": "扫码查询办件",
        },
    )


def day_pdf(day: Day) -> bytes:
    """The sheet of a day that was signed off."""
    expected = day.opening + day.taken - day.given
    return papers.render(
        "slip",
        {
            "title": "窗口日结单",
            "number": plain_date(day.day),
            "organ": day.organisation.name,
            "facts": [("经手人", day.keeper_name), ("收件", f"{day.receipts} 件"), ("发放结果", f"{day.issued} 件")],
            "columns": ["原件（份）", "数量"],
            "rows": [
                ["上次结存", str(day.opening)], ["今日收入", str(day.taken)], ["今日交出", str(day.given)],
                ["应有", str(expected)], ["清点", str(day.counted)], ["差异", str(day.counted - expected)],
            ],
            "notes": [f"差异说明：{day.reason}"] if day.reason else [],
            "signatures": [("经手人签字", day.keeper_name, plain_moment(day.signed_at.astimezone(CHINA)), "")],
        },
    )  # fmt: skip


def _signature(label: str, signed: Signed) -> tuple[str, str, str, str]:
    """Label, name, how and when, and the picture (base64) where there is one."""
    if signed.signed_at is None:
        return label, "", "", ""
    words = f"{signed.signed_words}　{plain_moment(signed.signed_at.astimezone(CHINA))}"
    return label, signed.signer, words, _picture(signed)


def _picture(signed: Signed) -> str:
    if signed.signature is None:
        return ""
    with files.open_file(signed.signature) as kept:
        return b64encode(kept.read()).decode()


def _masked(case: Any) -> str:
    return names.mask(case.applicant_name) if case.applicant.kind == "person" else str(case.applicant_name)
