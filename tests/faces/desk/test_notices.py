"""The desk's messages: what went out and why it failed, the words with their preview, what a colleague gave me."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import story
from tests.faces.portal.test_notices import hear
from tests.topics.cases.verbs import RESTAURANT, brought
from zhengtong.engines.notices.models import Delivery, Message, Template
from zhengtong.engines.tasks import actions as tasks
from zhengtong.engines.tasks.models import Task
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.codes import uuid7
from zhengtong.topics.cases import wiring as cases

pytestmark = pytest.mark.usefixtures("district")
PATH = "/desk/notices/templates/cases.submitted/"


def at_desk(login: str) -> Client:
    client = Client()
    client.force_login(accounts.account(login))
    return client


def post(client: Client, path: str, **sent: Any) -> Any:
    return client.post(path, {"idempotency_key": str(uuid7()), **sent})


def test_what_went_out_is_found_and_sent_again() -> None:
    case = story.submitted()
    hear()
    Delivery.objects.filter(channel="sms").update(state="failed", reason="空号或者已停机", not_before=None)
    keeper = at_desk("gaojie")
    page = keeper.get(f"/desk/notices/?shelf=failed&number={case.number}").content.decode()
    assert "空号或者已停机" in page and "199****" in page and "19906601018" not in page
    assert "【番江政务服务】" in page
    row = Delivery.objects.filter(channel="sms").first()
    assert post(keeper, f"/desk/notices/{row.pk}/send-again/", back="/desk/notices/").status_code == 303
    row.refresh_from_db()
    assert (row.state, row.reason) == ("queued", "")
    assert post(keeper, f"/desk/notices/{row.pk}/send-again/").status_code == 409
    assert post(at_desk("zhoumin"), f"/desk/notices/{row.pk}/send-again/").status_code == 403
    with CaptureQueriesContext(connection) as caught:
        keeper.get("/desk/notices/")
    assert len([one for one in caught.captured_queries if "SAVEPOINT" not in one["sql"]]) <= 12


def test_words_are_edited_with_a_preview_and_dangerous_ones_refused() -> None:
    keeper = at_desk("gaojie")
    row = Template.objects.get(code="cases.submitted")
    sent = {name: getattr(row, name) for name in Template.TEXTS} | {"seen": row.audit_count}
    answer = post(keeper, PATH, **sent | {"sms": "{stranger} 请到 evil.com 登录"}, _then="save")
    page = answer.content.decode()
    assert answer.status_code == 422 and "不认识占位符 {stranger}" in page and "不能写网址" in page
    page = post(keeper, PATH, **sent | {"sms": "编号{number}"}, _then="preview").content.decode()
    assert "【番江政务服务】编号2611220000018" in page and "23 个字，算 1 条短信" in page
    assert Template.objects.get(code="cases.submitted").sms == row.sms
    assert post(keeper, PATH, **sent | {"sms": "编号{number}"}, _then="save").status_code == 303
    stored = Template.objects.get(code="cases.submitted")
    assert (stored.sms, stored.owner) == ("编号{number}", "desk")
    stale = post(keeper, PATH, **sent | {"sms": "另一句"}, _then="save")
    assert stale.status_code == 422 and "有人改动了这个模板" in stale.content.decode()


def test_a_colleague_hands_me_his_work_and_the_bell_rings() -> None:
    case = brought(RESTAURANT)
    task = Task.objects.get(about=case.pk, state="open")
    tasks.claim_task(task, actor=story.actor("zhoumin"))
    tasks.hand_over_task(task, to=accounts.account("wujiayi").pk, actor=story.actor("zhoumin"))
    hear()
    cases.tell_due()
    colleague = at_desk("wujiayi")
    assert "条未读" in colleague.get("/desk/").content.decode()
    assert "周敏转交了一件工作" in colleague.get("/desk/notices/mine/").content.decode()
    message = Message.objects.get(template="tasks.handed_over")
    answer = post(colleague, f"/desk/notices/mine/{message.pk}/read/", then="go")
    assert answer["Location"] == f"/desk/cases/{case.number}/"
    assert "告知记录" in colleague.get(f"/desk/cases/{case.number}/").content.decode()
    assert post(colleague, "/desk/notices/mine/preferences/", on=["tasks.due_today"]).status_code == 303
    assert post(colleague, "/desk/notices/mine/read/").status_code == 303
    assert "未读" not in colleague.get("/desk/notices/mine/").content.decode()
