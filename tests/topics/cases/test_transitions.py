"""The whole table: every verb from every state, on real rows, as the one whose work it is."""

import pytest

from tests.topics.cases.verbs import CARD, DO, REPAIR, RESTAURANT, brought, do, traces, undone
from zhengtong.foundation.audit.queries import leaves_of
from zhengtong.foundation.refusals import Refused
from zhengtong.topics.cases.models import Case
from zhengtong.topics.cases.rules import ENDED, STATES

pytestmark = pytest.mark.usefixtures("district")
INTAKE = {
    "request_correction": "correction_requested", "decline": "declined", "declare_not_needed": "not_needed",
    "withdraw": "withdrawn",
}  # fmt: skip
LAST = {"archive": "archived"}
# Item → state → (how a case gets there, what it leads to). A verb that is not named is refused and leaves no trace.
TABLE: dict[str, dict[str, tuple[tuple[str, ...], dict[str, str]]]] = {
    RESTAURANT: {
        "submitted": ((), {**INTAKE, "receive": "received", "accept": "accepted"}),
        "received": (("receive",), {**INTAKE, "accept": "accepted"}),
        "correction_requested": (
            ("request_correction",), {"answer_correction": "received", "withdraw": "withdrawn"},
        ),
        "declined": (("decline",), LAST),
        "not_needed": (("declare_not_needed",), LAST),
        "withdrawn": (("withdraw",), LAST),
        "accepted": (("accept",), {"review": "in_review", "withdraw": "withdrawn"}),
        "in_review": (
            ("accept", "review"),
            {"grant": "granted", "refuse": "refused", "send_back": "in_review", "withdraw": "withdrawn"},
        ),
        "granted": (("accept", "review", "grant"), {"deliver": "delivered"}),
        "refused": (("accept", "review", "refuse"), {"deliver": "delivered"}),
        "delivered": (("accept", "review", "grant", "deliver"), LAST),
        "archived": (("accept", "review", "grant", "deliver", "archive"), {}),
    },
    REPAIR: {
        "submitted": ((), {**INTAKE, "receive": "received", "accept": "accepted", "handle_on_the_spot": "noted"}),
        "accepted": (("accept",), {"note": "noted", "withdraw": "withdrawn", "handle_on_the_spot": "noted"}),
        "noted": (("handle_on_the_spot",), {"deliver": "delivered"}),
        "delivered": (("handle_on_the_spot", "deliver"), LAST),
    },
    CARD: {
        "submitted": ((), {**INTAKE, "receive": "received", "forward": "forwarded"}),
        "received": (("receive",), {**INTAKE, "forward": "forwarded"}),
        "forwarded": (("forward",), {"mirror_grant": "granted_elsewhere", "mirror_refuse": "refused_elsewhere"}),
        "granted_elsewhere": (("forward", "mirror_grant"), LAST),
        "refused_elsewhere": (("forward", "mirror_refuse"), LAST),
    },
}  # fmt: skip
ROWS = [(item, state) for item, states in TABLE.items() for state in states]
# What the other system tells of a case that is over is no news: heard without a word.
SILENT = {"mirror_grant", "mirror_refuse"}


@pytest.mark.parametrize(("item", "state"), ROWS)
def test_every_verb_from_every_state(item: str, state: str) -> None:
    way, leads_to = TABLE[item][state]
    case = brought(item, *way)
    assert case.status == state
    assert (case.ended_at is not None) == (state in ENDED)
    before = traces(case)
    for verb in DO:
        with undone():
            if verb in leads_to:
                assert do(verb, case).status == leads_to[verb], verb
                continue
            if verb in SILENT:
                do(verb, case)
            else:
                with pytest.raises(Refused):
                    do(verb, case)
            assert traces(case) == before, verb


def test_the_table_reaches_every_state() -> None:
    assert {state for _, state in ROWS} == set(STATES)


def test_a_refusal_says_where_the_case_stands_and_what_is_possible() -> None:
    case = brought(RESTAURANT, "accept")
    with pytest.raises(Refused) as refused:
        do("accept", case)
    assert "已受理" in str(refused.value)
    assert "审查" in refused.value.data["possible"]


def test_each_transition_writes_who_where_when_and_before_and_after() -> None:
    case = brought(RESTAURANT, "accept", "review")
    step = case.steps.get(verb="review")
    assert (step.actor_name, step.organisation_id, step.opinion) == ("郑卫东", case.department_id, "材料齐全，建议准予")
    leaf = leaves_of(Case.objects.get(pk=case.pk)).last()
    assert leaf is not None
    assert leaf.verb == "cases.case.review"
    assert leaf.actor == step.actor
    assert (leaf.data["before"], leaf.data["after"]) == ("accepted", "in_review")
