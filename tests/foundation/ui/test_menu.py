"""Navigation: who sees what, in which order, and where one is."""

from collections.abc import Iterator

import pytest

from tests.foundation.ui import sample
from zhengtong.foundation.access import ANONYMOUS, Actor
from zhengtong.foundation.ui.menu import links_for, menu


@pytest.fixture(autouse=True)
def _sample_menu() -> Iterator[None]:
    with sample.registered():
        yield


def labels(actor: Actor, face: str = "portal", path: str = "/") -> list[str]:
    return [link.entry.label for link in links_for(actor, face=face, path=path)]


def current(actor: Actor, face: str, path: str) -> list[str]:
    return [link.entry.label for link in links_for(actor, face=face, path=path) if link.current]


def test_what_needs_signing_in_is_not_offered_to_strangers() -> None:
    assert labels(ANONYMOUS) == ["首页", "办事"]
    assert labels(sample.CITIZEN) == ["首页", "办事", "我的办件", "我的证照"]


def test_what_needs_a_permission_is_not_offered_without_it() -> None:
    assert "审计" not in labels(sample.CLERK, "desk")
    assert "待办" in labels(sample.CLERK, "desk")
    assert "待办" not in labels(sample.CITIZEN, "desk")


def test_the_longest_path_is_where_one_is() -> None:
    assert current(sample.CLERK, "desk", "/desk/") == ["待办"]
    assert current(sample.CLERK, "desk", "/desk/cases/") == ["全部办件"]
    assert current(sample.CLERK, "desk", "/desk/cases/new/step/2/") == ["窗口收件"]
    assert current(sample.CITIZEN, "portal", "/items/food/") == ["办事"]


def test_home_is_current_only_at_home() -> None:
    assert current(sample.CITIZEN, "portal", "/") == ["首页"]
    assert current(sample.CITIZEN, "portal", "/elsewhere/") == []


def test_counts_are_asked_of_the_actor() -> None:
    inbox = next(link for link in links_for(sample.CLERK, face="desk", path="/") if link.entry.label == "待办")
    assert inbox.count == 23


def test_an_entry_is_registered_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        menu.add("sample.home", sample.ENTRIES["sample.items"])
