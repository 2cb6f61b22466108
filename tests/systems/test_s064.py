"""S064 电子材料库: a paper handed in once is offered again to the same holder."""

import pytest

from tests import story
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.cases.models import Material

pytestmark = [
    pytest.mark.system("S064", partial="sources other than the holder; validity from the paper itself"),
    pytest.mark.usefixtures("district"),
]


def test_reused_by_its_holder_alone() -> None:
    owner = story.actor("chenzhiyuan")
    case = story.submitted()
    paper = Material.objects.filter(case=case, file__isnull=False).first()
    assert paper is not None
    paper.reuse_key = "layout-plan"
    paper.save(update_fields=["reuse_key"])
    again = cases.reusable_materials(owner, case.applicant_id)
    assert again["layout-plan"].file_id == paper.file_id
    assert cases.reusable_materials(story.actor("huangjianye"), case.applicant_id) == {}
