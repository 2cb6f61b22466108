"""The packs that come with the platform: sound, applied in one go, and settled."""

import pytest
from django.conf import settings

from zhengtong.foundation.access import system_actor
from zhengtong.foundation.packs import actions, queries
from zhengtong.foundation.packs.loading import pack_names

ACTOR = system_actor("test", "packs.apply")


@pytest.mark.parametrize("name", pack_names(settings.PACKS_ROOT))
def test_it_applies_and_a_second_time_changes_nothing(db, name):
    first = actions.apply(name, actor=ACTOR)
    assert first.counts["created"] == len(first.steps)
    assert actions.apply(name, actor=ACTOR).is_clean


def test_the_upper_pack_finds_nothing_to_do_under_the_lower(db):
    actions.apply("demo", actor=ACTOR)
    assert queries.plan("national").is_clean
