"""The papers of a case, set when asked for, to be read or printed."""

from django.http import HttpRequest, HttpResponse

from zhengtong.foundation.files.responses import paper
from zhengtong.topics.cases import queries as cases

from ..people import worker


def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """GET /desk/cases/<number>/receipt.pdf"""
    case = cases.case_for(worker(request, "cases.view"), number)
    return paper(cases.receipt_pdf(case), name=f"收件凭证 {number}.pdf")


def notice(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """GET /desk/cases/<number>/notices/<kind>.pdf"""
    actor = worker(request, "cases.view")
    case = cases.case_for(actor, number)
    found = cases.notice_for(actor, case, kind)
    return paper(cases.notice_pdf(case, found), name=f"{cases.notice_title(case.nature, kind)} {number}.pdf")
