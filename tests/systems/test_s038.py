"""S038 无声叫号与预约取号系统: book a half hour at a hall, be received by number; nobody is ever one too many."""

import pytest

from tests import story
from tests.topics.visits.calling import GENERAL, RESTAURANT, at, book, left, on
from zhengtong.engines.slots import queries as slots
from zhengtong.foundation.audit.queries import verify
from zhengtong.topics.visits import actions, queries

pytestmark = [
    pytest.mark.system(
        "S038",
        partial="tickets of walk-ins merged with appointments; silent calls by screen or message; the reminder before "
        "the turn; waiting and service time per ticket, window and item",
    ),
    pytest.mark.usefixtures("district"),
]


def test_from_the_booking_to_the_hall() -> None:
    """The restaurant's owner books from his phone, moves it, and is found by what he shows; the next day is closed."""
    owner, clerk, firm = story.actor("chenzhiyuan"), story.actor("zhoumin"), story.subject("weizhenyuan")
    with on():
        before = left(at(24, 9), GENERAL)
        made = book(owner, at(24, 9), item=RESTAURANT, group=GENERAL, visitor=firm.pk)
        assert left(at(24, 9), GENERAL) == before - 1
        made = actions.change_appointment(made, starts_at=at(24, 9, 30), actor=owner)
        assert (left(at(24, 9), GENERAL), left(at(24, 9, 30), GENERAL)) == (before, before - 1)
        assert [one.number for one in queries.coming_up(owner)] == [made.number]
    with on(24, 9, 20):
        (shown,) = queries.appointments_found(clerk, queries.check_in_url(made))
        assert actions.check_in(shown, actor=clerk).state == "arrived"
        load = {row.starts_at: row.cells for row in queries.load_on(at(24, 9).date(), [made.group])}
        assert load[at(24, 9, 30)] == ((1, 4),)
    assert not slots.miscounted() and not verify().faults
