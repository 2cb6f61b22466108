"""图表与地图: drawings that need no script, each with its table."""

from typing import Any

from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.ui.figures import Area, Datum

from .samples import ITEM_300, NAME_50, RARE_NAME
from .shape import Component, Example, Group

MONTHS = [Datum(f"{month}月", value) for month, value in enumerate((128, 96, 143, 171, 165, 188, None, 201, 176), 1)]
OFFICES = [
    Datum("市场监督管理局", 312, "#chart"), Datum("民政局", 274, "#chart"), Datum("卫生健康局", 96), Datum(NAME_50, 31),
    Datum(RARE_NAME, 0),
]  # fmt: skip
SHARES = [Datum("当场办结", 0.62), Datum("提前办结", 0.35), Datum(ITEM_300, 0.03)]


def _areas() -> list[Area]:
    """The streets and towns served here, as the directory outlines them."""
    tones = ("success", "info", "warning", "neutral")
    rows: list[Any] = [row for row in directory.divisions(level="town") if row.geometry]
    return [
        Area(row.name, [(lon, lat) for lon, lat in row.geometry], f"在办 {7 * at + 3} 件", tones[at % 4])
        for at, row in enumerate(rows)
    ]


GROUP = Group(
    slug="figures",
    title="图表与地图",
    lead="图让人一眼看出多少，表让人逐项核对。画图不用脚本；每张图下面都有一张同样内容的表。",
    icon="table",
    components=(
        Component(
            "chart",
            "比较几样东西的多少，或看一样东西怎样变。写明单位、截至何时；不知道的留空，不当作零。",
            (
                Example(
                    "横着比",
                    '{% chart data "本月各部门办件" "件" note="截至 11 月 22 日，含正在办理的" name="offices" %}',
                    {"data": OFFICES},
                    note="表里的名称可以点开，看数的是哪些办件。",
                ),
                Example(
                    "看变化，七月没有数", '{% chart data "每月办件" "件" "line" name="months" %}', {"data": MONTHS}
                ),
                Example("小数", '{% chart data "怎样办结的" name="shares" %}', {"data": SHARES}),
                Example("还没有数", '{% chart data "本月办件" "件" name="empty" %}', {"data": []}),
            ),
        ),
        Component(
            "map_of_areas",
            "按地区看情况。颜色只重复表里已经说过的话；没有边界的地区只在表里。",
            (
                Example(
                    "番江区",
                    '{% map_of_areas areas "各街道和镇的在办件" note="边界为示意" name="streets" %}',
                    {"areas": _areas},
                    told={},
                ),
                Example(
                    "不知道边界",
                    '{% map_of_areas areas "各村居" name="villages" %}',
                    {"areas": [Area(NAME_50, [], "在办 3 件"), Area(RARE_NAME, [], "")]},
                    told={},
                    note="只有表，打开着。",
                ),
                Example("没有地区", '{% map_of_areas areas "各村居" name="nowhere" %}', {"areas": []}),
            ),
        ),
    ),
)
