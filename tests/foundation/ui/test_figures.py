"""Charts and maps: where things stand, what the table says, and that no text is trusted."""

import pytest
from django.template import Context, Template

from zhengtong.foundation.ui import figures
from zhengtong.foundation.ui.figures import Area, Datum

EVIL = "<evil onclick='x'>&"
SQUARE = [(113.0, 23.0), (113.1, 23.0), (113.1, 23.1), (113.0, 23.1)]


def draw(source: str, **context: object) -> str:
    return Template("{% load ui_figures ui_forms %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("highest", "steps"),
    [(0, [0, 1]), (7, [0, 2, 4, 6, 8]), (188, [0, 50, 100, 150, 200]), (0.62, [0, 0.2, 0.4, 0.6, 0.8]),
     (5, [0, 2, 4, 6])],
)  # fmt: skip
def test_round_steps(highest: float, steps: list[float]) -> None:
    assert figures.scale(highest) == steps


def test_the_highest_bar_stands_within_the_frame_and_an_unknown_value_has_none() -> None:
    drawn = figures.drawing([Datum("甲", 200), Datum("乙", 100), Datum("丙", None), Datum("丁", -3)])
    tall = figures.HEIGHT - figures.TOP - figures.BOTTOM
    assert [mark.height for mark in drawn.marks] == [tall, tall / 2, 0, 0]
    assert all(mark.x >= figures.LEFT and mark.x + mark.width <= figures.WIDTH for mark in drawn.marks)


def test_a_line_is_broken_where_nothing_is_known() -> None:
    values = (1, 2, None, 3, 4)
    assert len(figures.drawing([Datum("月", value) for value in values], is_line=True).paths) == 2


def test_north_is_above_and_everything_is_on_the_sheet() -> None:
    low, high = figures.shapes([Area("南", SQUARE), Area("北", [(lon, lat + 0.2) for lon, lat in SQUARE])])
    assert high.y < low.y
    numbers = [float(part) for shape in (low, high) for point in shape.points.split() for part in point.split(",")]
    assert min(numbers) >= 0 and max(numbers) <= figures.WIDTH
    assert figures.shapes([Area("无", [])]) == []


def test_a_chart_says_in_its_table_what_it_draws() -> None:
    html = draw('{% chart data "办件" "件" %}', data=[Datum(EVIL, 1234, "/x/"), Datum("乙", None)])
    assert "<evil" not in html and "style=" not in html
    assert 'role="img"' in html and "<td>1,234</td>" in html and "<td>—</td>" in html and 'href="/x/"' in html
    assert "还没有数据" in draw('{% chart data "办件" %}', data=[])


def test_a_map_without_outlines_is_its_table() -> None:
    html = draw('{% map_of_areas areas "各村" %}', areas=[Area(EVIL, [], "3 件")])
    assert "<evil" not in html and "<svg" not in html and "<details" in html and " open>" in html and "3 件" in html
    assert "<polygon" in draw('{% map_of_areas areas "各镇" %}', areas=[Area("镇", SQUARE, "3 件", "warning")])


def test_an_address_is_a_village_and_a_place_in_words() -> None:
    places = [("a", "荔枝园社区", "沙湾街道"), ("b", "大岭村", "石楼镇")]
    html = draw(
        '{% address_picker places "home" "b" place errors %}',
        places=places, place=EVIL, errors={"home-place": "请写明门牌"},
    )  # fmt: skip
    assert '<optgroup label="石楼镇"><option value="b" selected>大岭村</option>' in html
    assert "<evil" not in html and 'id="home-place-error"' in html and 'aria-invalid="true"' in html
    assert 'name="home-division"' in html and 'autocomplete="address-line1"' in html
