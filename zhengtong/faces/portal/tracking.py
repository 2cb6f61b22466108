"""How far has it come? State and dates for whoever has the number; the rest for whoever knows the phone too."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.accounts.addresses import address_of
from zhengtong.foundation.codes import case_number
from zhengtong.foundation.params import queries as params
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.items import queries as items

from .cases.words import now_of, steps_of, working_days_left
from .people import visitor

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@never_cache
def look_up(request: HttpRequest) -> HttpResponse:
    """GET /t/?number="""
    typed = request.GET.get("number", "").strip()[:40]
    error = ""
    if typed:
        try:
            return HttpResponseRedirect(reverse("tracking-status", args=[case_number.check_case_number(typed)]))
        except case_number.CaseNumberInvalid:
            error = _("这个编号不正确，可能有一位填错了。办件编号是 13 位数字，印在收件凭证和短信里。")
    context = {"typed": typed, "error": error}
    return render(request, "portal/tracking/look_up.html", context, status=422 if error else 200)


@never_cache
def status(request: HttpRequest, number: str) -> HttpResponse:
    """GET shows state and dates, POST with the last four digits of the phone the timeline: /t/<number>"""
    limit = params.integer("cases.lookup_per_minute", on=clock.today())
    actor = visitor(request)
    accounts.knock(f"track:{address_of(request)}", limit=limit, per=MINUTE, actor=actor)
    told = cases.public_status(number)
    context = {
        "told": told,
        "status": f"cases.{told.status}",
        "left": working_days_left(told.due) if told.due else None,
        "error": "",
    }
    if request.method != "POST":
        return render(request, "portal/tracking/status.html", context)
    # Ten thousand possible answers: a number may be tried only so often, from wherever.
    accounts.knock(f"track-phone:{told.number}", limit=limit, per=HOUR, actor=actor)
    digits = request.POST.get("digits", "").strip()
    opened = cases.may_open_by_phone(told.number, digits) if len(digits) == 4 else None
    if opened is None:
        context["error"] = _("手机号后四位不对，请填写申请时留的手机号。")
        return render(request, "portal/tracking/status.html", context, status=422)
    case, moments = opened
    steps = steps_of(moments, case, items.version(case.item_version_id))
    context |= {"case": case, "now": now_of(case), "steps": steps}
    return render(request, "portal/tracking/status.html", context)
