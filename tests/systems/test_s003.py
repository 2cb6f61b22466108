"""S003 办事指南: guides generated from the item, for the day they are asked for."""

import pytest
from django.test import Client

from zhengtong.topics.items import queries as items

pytestmark = [
    pytest.mark.system(
        "S003",
        partial="printable cards; scores of completeness and publication; the alarm when practice differs",
    ),
    pytest.mark.usefixtures("district"),
]


def test_a_guide_says_what_the_item_says() -> None:
    guide = items.guide("food-business-restaurant")
    assert guide.promised_limit.wording() == "5 个工作日"
    assert guide.statutory_limit.wording() == "10 个工作日"
    assert [m.material.name for m in guide.materials] == [m.name for m in guide.version.materials]
    assert guide.remedy_review == ("番江区人民政府",)
    assert guide.places


def test_the_page_answers(client: Client) -> None:
    page = client.get("/items/food-business-restaurant/").content.decode()
    guide = items.guide("food-business-restaurant")
    for words in (guide.name, "5 个工作日", guide.places[0].name, *(m.material.name for m in guide.materials)):
        assert words in page
