"""Those who look after the house: the leader's page, the directory, the accounts, the trail."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import story
from tests.faces.desk.desks import AUDITOR, CLERK, COLLEAGUE, HEAD, LEADER, MOST_QUERIES, STRANGER, Desk, words
from tests.topics.cases.verbs import RESTAURANT, brought
from zhengtong.engines.tasks import actions as tasks
from zhengtong.engines.tasks.models import Task
from zhengtong.faces.desk.accounts.words import WORDS
from zhengtong.faces.desk.audit.words import NOUNS
from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.accounts.models import Account, PostHolding
from zhengtong.foundation.audit.models import Leaf
from zhengtong.foundation.audit.queries import audited_models, leaves_of, verify
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.packs import queries as packs
from zhengtong.main.places import ROOT
from zhengtong.topics.cases.models import Case
from zhengtong.topics.cases.rules import pacing

pytestmark = pytest.mark.usefixtures("district")
SECURITY, SYSTEM = "songan", "shilei"
OVERVIEW, ACCOUNTS, AUDIT, HALL = "/desk/overview/", "/desk/accounts/", "/desk/audit/", "/desk/directory/hall-central/"
PERSON = {"login": "zhangsan", "name": "张三"}


def page_of(login: str, verb: str = "") -> str:
    return f"{ACCOUNTS}{accounts.account(login).pk}/{f'{verb}/' if verb else ''}"


# -- the leader's page -----------------------------------------------------------------------------------------------


def reviewed(days: int) -> Any:
    """A case that waits for the head's decision, whose limit ended so many days ago."""
    case = brought(RESTAURANT, "accept", "review")
    task = Task.objects.exclude(state="closed").get(about=case.pk)
    task.due = clock.today() - timedelta(days=days)
    task.save()
    return case, task


def test_what_is_red_and_whose_opens_into_its_cases() -> None:
    case, task = reviewed(3)
    other, _ = reviewed(9)
    tasks.claim_task(task, actor=story.actor(HEAD))
    leader = Desk(LEADER)
    page = leader.page(OVERVIEW)
    told = words(page)
    assert "2 已超期" in told
    assert told.index("还没有人领办") < told.index("许静"), "the oldest comes first, whoever has it"
    holder = accounts.account(HEAD).pk
    assert f"/desk/overview/work/?light=red&amp;holder={holder}" in page
    behind = words(leader.page(f"/desk/overview/work/?light=red&holder={holder}"))
    assert case.number in behind
    assert other.number not in behind
    assert "2 已超期" in words(Desk(HEAD).page(OVERVIEW)), "a head sees his own unit"
    assert "没有超期和快到期的工作" in words(Desk("shenli").page(OVERVIEW)), "and no other"
    assert Desk(CLERK).get(OVERVIEW).status_code == 403
    assert leader.queries(OVERVIEW) <= MOST_QUERIES
    assert leader.queries("/desk/overview/work/") <= MOST_QUERIES


def test_the_week_is_compared_with_the_same_days_of_another() -> None:
    today = clock.today()
    days = pacing.week_so_far(today)
    assert (days.since.weekday(), days.until) == (0, today)
    assert days.before(pacing.YEAR).since.weekday() == 0
    with clock.at(clock.now() - timedelta(weeks=1)):
        brought(RESTAURANT)
    case = brought(RESTAURANT, "accept", "review", "grant")
    leader = Desk(LEADER)
    told = words(leader.page(OVERVIEW))
    assert "1 收到 上周 1" in told
    assert "1 作出决定 上周 0" in told
    assert "办件较少" in told
    assert "100.0% 1 件里 1 件" in told
    last_year = Case.objects.exclude(pk=case.pk).get()
    last_year.submitted_at = clock.now() - timedelta(weeks=52)
    last_year.save()
    assert "1 收到 去年 1" in words(leader.page(OVERVIEW))
    behind = f"/desk/overview/cases/?heap=decided&since={today}&until={today}"
    assert case.number in words(leader.page(behind))
    assert case.number not in words(Desk("shenli").page(behind))
    assert leader.queries(behind) <= MOST_QUERIES


# -- the directory ---------------------------------------------------------------------------------------------------


def test_a_phone_is_corrected_and_belongs_to_the_desk_from_then_on() -> None:
    keeper, hall = Desk(SYSTEM), directory.organisation("hall-central")
    sent = {"phone": "0660-5550999", "hours": hall.hours, "address": hall.address, "seen": hall.audit_count}
    assert keeper.post(HALL, sent)["Location"] == f"{HALL}?said=directory-changed"
    hall = directory.organisation("hall-central")
    assert (hall.phone, hall.owner) == ("0660-5550999", "desk")
    assert [leaf.data for leaf in leaves_of(hall)][-1] == {"parts": ["phone"]}
    assert keeper.post(HALL, sent).status_code == 409, "somebody else was here since the page was opened"
    wrong = keeper.post(HALL, {**sent, "phone": "call me", "seen": hall.audit_count})
    assert wrong.status_code == 422
    assert "电话只填数字" in words(wrong)
    plan = packs.plan("demo")
    assert [step.kind.name for step in plan.steps if step.key == "hall-central"] == ["DRIFT"]
    assert "资料包 demo" not in words(keeper.page(HALL))


def test_an_ended_post_gives_nothing_until_it_is_taken_up_again() -> None:
    keeper, post = Desk(SYSTEM), "/desk/directory/posts/scjg-head/"
    assert "担任它的 1 个人" in words(keeper.page(post))
    keeper.post(post, {"do": "end"})
    assert story.actor(HEAD).grants == ()
    assert "空缺" not in words(keeper.page("/desk/directory/posts/?q=scjg-review"))
    keeper.post(post, {"do": "reopen"})
    assert story.actor(HEAD).may("cases.decide")
    for path in ("/desk/directory/", "/desk/directory/posts/", HALL, post, "/desk/directory/divisions/"):
        assert keeper.queries(path) <= MOST_QUERIES


# -- accounts --------------------------------------------------------------------------------------------------------


def test_a_newcomer_signs_in_once_with_what_he_was_given_and_chooses_his_own() -> None:
    keeper = Desk(SECURITY)
    key = "0199-once"
    told = keeper.post(f"{ACCOUNTS}new/", PERSON, key=key)
    password = told.content.decode().split('lang="zxx">')[1].split("<")[0]
    assert password not in keeper.post(f"{ACCOUNTS}new/", PERSON, key=key).content.decode(), "told once"
    assert keeper.post(f"{ACCOUNTS}new/", PERSON).status_code == 422
    assert keeper.post(f"{ACCOUNTS}new/", {"login": "张三", "name": ""}).status_code == 422
    keeper.post(page_of("zhangsan", "post"), {"post": "scjg-review", "valid_from": str(clock.today())})
    newcomer = Desk("zhangsan")
    told = newcomer.post("/desk/accounts/sign-out/")
    told = newcomer.post("/desk/accounts/sign-in/", {"login": "zhangsan", "password": password})
    assert told["Location"] == "/desk/accounts/password/"
    assert newcomer.get("/desk/cases/").status_code == 403
    own = "Sonnenblume#27"
    newcomer.post("/desk/accounts/password/", {"old": password, "new": own, "again": own})
    assert newcomer.get("/desk/cases/").status_code == 200
    assert password not in str(list(Leaf.objects.values_list("data", flat=True)))
    assert not verify(accounts.account("zhangsan").audit_stream).faults


def test_closed_opened_unlocked_and_never_by_oneself() -> None:
    keeper, clerk = Desk(SECURITY), Desk(CLERK)
    keeper.post(page_of(CLERK, "close"))
    assert clerk.get("/desk/").status_code == 302, "whoever is signed in is out"
    assert "什么也不能做" in words(keeper.page(page_of(CLERK)))
    keeper.post(page_of(CLERK, "reopen"))
    Account.objects.filter(login=CLERK).update(locked_until=clock.now() + timedelta(minutes=9), failures=0)
    assert "周敏" in words(keeper.page(f"{ACCOUNTS}?state=locked"))
    keeper.post(page_of(CLERK, "unlock"))
    assert accounts.account(CLERK).locked_until is None
    post = {"post": "scjg-head", "valid_from": str(clock.today())}
    for verb in ("post", "close", "unlock", "password"):
        refused = keeper.post(page_of(SECURITY, verb), post)
        assert refused.status_code == 403
        assert "请另一位安全管理员办理" in words(refused)
    rows = [accounts.account(login).pk for login in (COLLEAGUE, SECURITY)]
    done = keeper.post("/desk/tables/accounts/chosen/", {"do": "close", "row": rows, "sure": "list"})
    assert "1 件已办，1 件没有办成" in words(keeper.page(done["Location"]))
    assert keeper.get(page_of("chenzhiyuan")).status_code == 404, "citizens are nobody's staff"
    assert keeper.queries(ACCOUNTS) <= MOST_QUERIES
    assert keeper.queries(page_of(CLERK)) <= MOST_QUERIES


def test_a_post_from_a_day_to_a_day_in_words() -> None:
    keeper, today = Desk(SECURITY), clock.today()
    assert "审查办件" in words(keeper.page(page_of("zhengweidong")))
    wrong = keeper.post(page_of(COLLEAGUE, "post"), {"post": "scjg-head", "valid_from": "2026-01-01"})
    assert "以前的不能补" in words(wrong)
    keeper.post(page_of(COLLEAGUE, "post"), {"post": "scjg-head", "valid_from": str(today)})
    assert story.actor(COLLEAGUE).may("cases.decide")
    holding = PostHolding.objects.get(account=accounts.account(COLLEAGUE), post="scjg-head")
    old = keeper.post(page_of(COLLEAGUE, "end-post"), {"holding": holding.pk, "last": str(today - timedelta(days=2))})
    assert "最早是昨天" in words(old)
    keeper.post(page_of(COLLEAGUE, "end-post"), {"holding": holding.pk, "last": str(today - timedelta(days=1))})
    assert not story.actor(COLLEAGUE).may("cases.decide")
    assert "以前的岗位（1）" in words(keeper.page(page_of(COLLEAGUE)))


def test_every_permission_and_every_thing_of_a_trail_has_its_words() -> None:
    roles = yaml.safe_load(Path(ROOT, "packs/national/roles.yaml").read_text("utf-8"))["roles"]
    assert {one for role in roles for one in role["permissions"]} <= set(WORDS)
    assert {model._meta.model_name for model in audited_models()} <= set(NOUNS)


# -- the trail -------------------------------------------------------------------------------------------------------


def test_the_trail_of_a_case_is_read_and_counted_again() -> None:
    case = brought(RESTAURANT, "accept")
    auditor = Desk(AUDITOR)
    told = words(auditor.page(f"{AUDIT}?thing={case.number}"))
    assert "受理" in told
    assert "周敏" in told
    assert "陈志远" not in told, "no citizen by name"
    trail = f"{AUDIT}{case.audit_stream}/"
    assert f"共 {case.audit_count} 条，一条接一条" in words(auditor.page(trail))
    type(case).objects.filter(pk=case.pk).update(audit_count=case.audit_count + 1)
    broken = words(auditor.page(trail))
    assert "记录被动过" in broken
    assert f"从第 {case.audit_count + 1} 条起对不上" in broken
    assert auditor.get(f"{AUDIT}case:1/").status_code == 404
    assert auditor.get(f"{AUDIT}?who=nobody-here").status_code == 422
    assert Desk(STRANGER).get(trail).status_code == 403


def test_pages_of_the_trail_follow_each_other_without_a_gap() -> None:
    auditor = Desk(AUDITOR)
    since = clock.today() - timedelta(days=300)
    first = auditor.get(f"{AUDIT}?since={since}").context
    older = auditor.get(f"{AUDIT}?since={since}&cursor={first['page'].older}").context
    seen = [row.leaf.pk for row in (*first["rows"], *older["rows"])]
    assert seen == list(Leaf.objects.order_by("-pk").values_list("pk", flat=True)[: len(seen)])
    back = auditor.get(f"{AUDIT}?since={since}&cursor={older['page'].newer}").context
    assert [row.leaf.pk for row in back["rows"]] == [row.leaf.pk for row in first["rows"]]
    assert auditor.queries(f"{AUDIT}?who={CLERK}&verb=accounts.account.signed_in") <= MOST_QUERIES
