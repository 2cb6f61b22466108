"""Who sees which cases: the list, the single case and the policy say the same, whoever asks."""

import pytest

from tests import story
from tests.topics.cases.verbs import ALLOWANCE, BY_PROVINCE, CARD, DO, REPAIR, RESTAURANT, brought, do, traces, undone
from zhengtong.engines.tasks import queries as tasks
from zhengtong.foundation.access import ANONYMOUS, Actor, may
from zhengtong.foundation.files import queries as files
from zhengtong.foundation.refusals import NotFound, Refused
from zhengtong.topics.cases import actions, queries
from zhengtong.topics.cases.models import Case
from zhengtong.topics.credentials import queries as credentials

pytestmark = pytest.mark.usefixtures("district")
HOMESTEAD = "rural-homestead"
FILED = (RESTAURANT, REPAIR, ALLOWANCE, CARD, HOMESTEAD)
# Who → the items whose cases he sees; whoever is not named sees none.
SEES: dict[str, set[str]] = {
    "chenzhiyuan": {RESTAURANT},  # stands for the firm
    "huangjianye": {REPAIR},
    "linxiaoyu": {ALLOWANCE, CARD},  # her own, and her grandmother's, whom she helps
    "zhoumin": {RESTAURANT, REPAIR},  # the counter where it is accepted
    "wujiayi": {RESTAURANT, REPAIR},
    "hejia": {RESTAURANT, REPAIR},
    "luohao": {CARD},
    "liangxiuying": {ALLOWANCE},
    "guozhiqiang": {HOMESTEAD},
    "zhengweidong": {RESTAURANT},  # the department that decides
    "xujing": {RESTAURANT},
    "yuanchao": {REPAIR},
    "pantao": {REPAIR},
    "zhongyan": {ALLOWANCE},
    "tiangang": {ALLOWANCE},
    "pengliang": {CARD},
    "suhong": {CARD},
    "fanxiao": {HOMESTEAD},
    "fangzheng": {HOMESTEAD},
    "jiangtao": set(FILED),  # the director of the bureau
    "weixiu-system": {REPAIR},  # the transport office's own system
}
# Who hands out results, and sees a case only once it is decided.
HANDS_OUT = {"ouyanglan": {RESTAURANT, REPAIR}}
EVERYBODY = sorted(story.LOGINS)


def sees(login: str, case: Case) -> bool:
    return case.item_code in SEES.get(login, HANDS_OUT.get(login, set()) if case.decided_at else set())


def everyone() -> dict[str, Actor]:
    return {login: story.actor(login) for login in EVERYBODY} | {"": ANONYMOUS}


def test_list_single_and_policy_agree_for_everybody() -> None:
    cases = [story.submitted(item) for item in FILED]
    cases += [brought(RESTAURANT, "accept", "review", "grant"), brought(REPAIR, "accept", "note")]
    for login, who in everyone().items():
        expected = {case.number for case in cases if sees(login, case)}
        assert {case.number for case in queries.cases_of(who)} == expected, login
        assert {case.number for case in queries.cases_on_desk(who)} == expected, login
        assert sum(queries.counts_by_status(who).values()) == len(expected), login
        running = [case for case in cases if case.number in expected and case.ended_at is None]
        assert queries.unended_count(who) == len(running), login
        for case in cases:
            assert may(who, "cases.view", case) == (case.number in expected), (login, case.item_code)
            if case.number in expected:
                assert queries.case_for(who, case.number).pk == case.pk
            else:
                with pytest.raises(NotFound):
                    queries.case_for(who, case.number)
                with pytest.raises((NotFound, Case.DoesNotExist)):
                    queries.notice_for(who, case, "accepted")


def test_the_search_on_the_desk_does_not_reach_beyond_the_scope() -> None:
    case = story.submitted()
    for login in EVERYBODY:
        for text in (case.number, case.applicant_name[:4]):
            found = {c.number for c in queries.cases_on_desk(story.actor(login), text=text)}
            assert found == ({case.number} if RESTAURANT in SEES.get(login, set()) else set()), (login, text)


def test_waiting_work_is_seen_by_those_who_may_do_it() -> None:
    case = brought(RESTAURANT, "accept")
    for login in EVERYBODY:
        waiting = set(tasks.tasks_for(story.actor(login)).values_list("number", flat=True))
        assert waiting == ({case.number} if login == "zhengweidong" else set()), login


def test_papers_are_read_by_those_who_see_the_case() -> None:
    case = story.submitted()
    file = case.materials.exclude(file=None).first().file_id
    for login, who in everyone().items():
        if RESTAURANT in SEES.get(login, set()):
            assert files.file_for(who, file).pk == file, login
        else:
            with pytest.raises(NotFound):
                files.file_for(who, file)


def test_a_licence_is_seen_by_its_holder_and_its_organ() -> None:
    case = story.granted()
    for login in ("chenzhiyuan", "xujing", "jiangtao"):
        assert [c.case_number for c in credentials.credentials_for(story.actor(login))] == [case.number], login
    for login in ("huangjianye", "linxiaoyu", "shenli", "gaojie", "songan", "yanming"):
        assert not credentials.credentials_for(story.actor(login)), login


def test_papers_handed_in_before_are_offered_to_those_who_may_use_them() -> None:
    case = story.submitted(CARD)
    keys = {m.reuse_key for m in case.materials.all() if m.reuse_key}
    assert keys == {"id-card"}
    story.kept(case)
    for login in EVERYBODY:
        seen = set(queries.reusable_materials(story.actor(login), case.applicant_id))
        # Those who act for her, and the counter where she handed it in.
        assert seen == (keys if login in ("linxiaoyu", "luohao") else set()), login


STATES = {
    "at intake": (RESTAURANT, ()),
    "to be corrected": (RESTAURANT, ("request_correction",)),
    "accepted": (RESTAURANT, ("accept",)),
    "reviewed": (RESTAURANT, ("accept", "review")),
    "decided": (RESTAURANT, ("accept", "review", "grant")),
    "delivered": (RESTAURANT, ("accept", "review", "grant", "deliver")),
    "a filing": (REPAIR, ()),
    "elsewhere": (CARD, ()),
}


@pytest.mark.parametrize("state", STATES)
def test_whoever_does_not_see_a_case_does_nothing_to_it(state: str) -> None:
    item, way = STATES[state]
    case = brought(item, *way)
    before = traces(case)
    strangers = [login for login in EVERYBODY if not sees(login, case)]
    for login in strangers:
        for verb in DO:
            with undone(), pytest.raises(Refused):
                do(verb, case, story.actor(login))
    assert traces(case) == before


@pytest.mark.parametrize("verb", sorted(BY_PROVINCE))
def test_only_the_port_mirrors(verb: str) -> None:
    case = brought(CARD, "forward")
    for login in ("luohao", "suhong", "jiangtao", "linxiaoyu"):
        with undone(), pytest.raises(Refused):
            do(verb, case, story.actor(login))
    with pytest.raises(Refused):
        actions.hand_over_forwarded(case.pk, number="S1", status="已接收", actor=story.actor("luohao"))


def test_the_leader_looks_and_touches_nothing() -> None:
    director = story.actor("jiangtao")
    for item, way in STATES.values():
        case = brought(item, *way)
        assert queries.case_page(director, queries.case_for(director, case.number)).verbs == frozenset()
        for verb in DO:
            with undone(), pytest.raises(Refused):
                do(verb, case, director)
