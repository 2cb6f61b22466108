"""The list as it is filtered, for a spreadsheet; whoever takes it out is on record."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.foundation import clock
from zhengtong.foundation.ui import tones
from zhengtong.foundation.ui.exports import csv_response
from zhengtong.foundation.ui.formats import full_day
from zhengtong.topics.cases import actions

from ..lights import light_of_case
from ..people import worker
from .listing import PREFIX, filters_of


@require_POST
def export(request: HttpRequest) -> StreamingHttpResponse:
    """POST /desk/cases/export/ with the filters of the list"""
    actor = worker(request, "cases.view")
    found = actions.export_cases(actor=actor, **filters_of(request.POST))
    head = [_("办件编号"), _("事项"), _("申请人"), _("状态"), _("期限"), _("办理部门"), _("提交时间"), _("官方编号")]
    return csv_response(_("办件清单") + f"{clock.today():%Y%m%d}", head, _rows(found))


def _rows(found: Iterator[Any]) -> Iterator[list[str]]:
    for case in found:
        light = light_of_case(case)
        yield [
            case.number, case.item_name, case.applicant_name, _(tones.get(f"{PREFIX}{case.status}").label),
            full_day(light.due) if light else "", case.department.short_name,
            case.submitted_at.astimezone(clock.CHINA).strftime("%Y-%m-%d %H:%M"), case.official_number,
        ]  # fmt: skip
