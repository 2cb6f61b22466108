"""Tags that draw a chart or a map with its table; the drawing needs no script and no library."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from .. import figures

register = template.Library()


@register.inclusion_tag("ui/chart.html")
def chart(
    data: Sequence[figures.Datum], title: str, unit: str = "", kind: str = "bars", note: str = "", name: str = "chart"
) -> dict[str, Any]:
    """kind: bars | line. `note` says as of when and where the figures come from; `name` tells two charts apart."""
    drawn = figures.drawing(data, is_line=kind == "line")
    known = [datum for datum in data if datum.value is not None]
    most = max(known, key=lambda datum: datum.value or 0, default=None)
    said = _("{title}：共 {count} 项，最多的是{label}，{value}{unit}。").format(
        title=title, count=len(data), label=most.label, value=most.words, unit=unit
    ) if most else title  # fmt: skip
    return {
        "data": data, "title": title, "unit": unit, "note": note, "name": name, "drawing": drawn, "said": said,
        "is_line": kind == "line", "width": figures.WIDTH, "height": figures.HEIGHT, "left": figures.LEFT,
        "right": figures.WIDTH - figures.RIGHT, "floor": figures.HEIGHT - figures.BOTTOM + 20,
    }  # fmt: skip


@register.inclusion_tag("ui/map.html")
def map_of_areas(areas: Sequence[figures.Area], title: str, note: str = "", name: str = "map") -> dict[str, Any]:
    """Areas with their words; the list below says the same, and is all there is where no outline is known."""
    return {
        "areas": areas, "title": title, "note": note, "name": name, "shapes": figures.shapes(areas),
        "width": figures.WIDTH, "height": figures.MAP_HEIGHT,
    }  # fmt: skip
