"""S064 电子材料库: a paper handed in once is kept once, offered again to its holder alone, and used again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests import story
from zhengtong.foundation import clock
from zhengtong.topics.cases import actions
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.cases.actions import Provided
from zhengtong.topics.cases.models import Case, Material
from zhengtong.topics.cases.rules import MaterialUnusable

pytestmark = [
    pytest.mark.system("S064", partial="sources other than the holder; validity from the paper itself"),
    pytest.mark.usefixtures("district"),
]
CARD, RELIEF, KEY = "social-security-card", "temporary-relief", "id-card"


def relief_with(paper: Material) -> Case:
    """Her second application: the identity card that was handed in before, the rest new."""
    her, filing = story.actor("linxiaoyu"), story.filing(RELIEF)
    given = tuple(
        Provided(part.code, file=paper.file_id if part.code == paper.code else story.upload(her))
        for part in filing.materials
    )
    told = actions.submit_case(replace(filing, actor=her, applicant=paper.case.applicant_id, materials=given))
    return Case.objects.get(pk=told.case_id)


def test_handed_in_once_and_used_again() -> None:
    first = story.submitted(CARD)
    again = cases.reusable_materials(story.actor("linxiaoyu"), first.applicant_id)
    assert set(again) == {KEY}
    second = relief_with(again[KEY])
    used = second.materials.get(reuse_key=KEY)
    assert used.file_id == first.materials.get(reuse_key=KEY).file_id
    assert actions.accept_case(second, actor=story.actor("liangxiuying")).status == "accepted"


def test_by_nobody_but_its_holder_and_those_who_act_for_him() -> None:
    paper = story.submitted(CARD).materials.get(reuse_key=KEY)
    stranger = story.actor("huangjianye")
    assert cases.reusable_materials(stranger, paper.case.applicant_id) == {}
    filing = story.filing("vehicle-repair-filing")
    part, *others = filing.materials
    with pytest.raises(MaterialUnusable):
        actions.submit_case(replace(filing, materials=(Provided(part.code, file=paper.file_id), *others)))


def test_the_newest_is_offered_and_only_while_it_is_valid() -> None:
    her = story.actor("linxiaoyu")
    story.submitted(CARD)
    newest = story.submitted(CARD).materials.get(reuse_key=KEY)
    assert cases.reusable_materials(her, newest.case.applicant_id)[KEY].pk == newest.pk
    Material.objects.update(valid_to=clock.today())
    assert KEY in cases.reusable_materials(her, newest.case.applicant_id)
    with clock.at(clock.now() + timedelta(days=1)):
        assert cases.reusable_materials(her, newest.case.applicant_id) == {}


def test_equal_content_is_kept_once() -> None:
    one, two = (story.submitted(CARD).materials.get(reuse_key=KEY).file for _ in range(2))
    assert one is not None
    assert two is not None
    assert one.pk != two.pk
    assert one.digest == two.digest
