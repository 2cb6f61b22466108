"""Charts and maps as drawings of the page itself: places of bars, points and areas inside an SVG. Pure arithmetic.

Every figure has its table; a library that draws more is loaded by the page that needs it, never by these.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, cos, floor, log10, radians

WIDTH, HEIGHT = 640, 240
MAP_HEIGHT = 360
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 16, 32
MOST_LABELS = 12
GAP = 0.3


def plain(value: float | None) -> str:
    """A value as a table says it; what is not known is a dash."""
    return "—" if value is None else f"{value:,.10g}"


@dataclass(frozen=True)
class Datum:
    """One value with its name; `path` leads to what was counted."""

    label: str
    value: float | None
    path: str = ""

    @property
    def words(self) -> str:
        return plain(self.value)


@dataclass(frozen=True)
class Area:
    """A division or grid on a map: its ring of (longitude, latitude), what is said of it, and how it is toned."""

    name: str
    ring: Sequence[tuple[float, float]]
    words: str = ""
    tone: str = "neutral"
    path: str = ""


@dataclass(frozen=True)
class Mark:
    """A value in its place; a bar has width and height, a point has none."""

    label: str
    value: float | None
    x: float
    y: float
    width: float = 0
    height: float = 0
    is_labelled: bool = True

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def words(self) -> str:
        return plain(self.value)


@dataclass(frozen=True)
class Line:
    """A line of the grid, and what it stands for."""

    y: float
    value: float

    @property
    def words(self) -> str:
        return plain(self.value)


@dataclass(frozen=True)
class Drawing:
    """Marks and lines of a chart; `paths` are the stretches of a line, broken where nothing is known."""

    marks: list[Mark]
    lines: list[Line]
    paths: list[str]


def scale(highest: float) -> list[float]:
    """From nought in three to six round steps to at least the highest."""
    if highest <= 0:
        return [0, 1]
    rough = highest / 4
    size = 10 ** floor(log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough)
    if highest >= 4 and step % 1:
        step = ceil(step)
    return [round(step * number, 6) for number in range(ceil(highest / step - 1e-9) + 1)]


def drawing(data: Sequence[Datum], *, is_line: bool = False) -> Drawing:
    """Bars or a line; what is below nought stands at nought and in the table."""
    steps = scale(max((datum.value or 0 for datum in data), default=0))
    tall, wide = HEIGHT - TOP - BOTTOM, (WIDTH - LEFT - RIGHT) / max(len(data), 1)
    every = ceil(len(data) / MOST_LABELS)
    marks = []
    for at, datum in enumerate(data):
        share = max(datum.value or 0, 0) / steps[-1]
        margin = 0.5 if is_line else GAP / 2
        marks.append(
            Mark(
                datum.label, datum.value, round(LEFT + wide * (at + margin), 1), round(TOP + tall * (1 - share), 1),
                0 if is_line else round(wide * (1 - GAP), 1), 0 if is_line else round(tall * share, 1), at % every == 0,
            )
        )  # fmt: skip
    lines = [Line(round(TOP + tall * (1 - step / steps[-1]), 1), step) for step in steps]
    return Drawing(marks, lines, _stretches(marks) if is_line else [])


def _stretches(marks: Sequence[Mark]) -> list[str]:
    found: list[list[str]] = [[]]
    for mark in marks:
        if mark.value is None:
            found.append([])
        else:
            found[-1].append(f"{mark.x:g},{mark.y:g}")
    return [" ".join(points) for points in found if len(points) > 1]


@dataclass(frozen=True)
class Shape:
    """An area in its place: the points of its ring, and where its name stands."""

    area: Area
    points: str
    x: float
    y: float


def shapes(areas: Sequence[Area]) -> list[Shape]:
    """Areas on one sheet, north above; degrees of longitude as wide as they are in the middle of it."""
    drawn = [area for area in areas if len(area.ring) > 2]
    if not drawn:
        return []
    every = [point for area in drawn for point in area.ring]
    west, east = min(lon for lon, _ in every), max(lon for lon, _ in every)
    south, north = min(lat for _, lat in every), max(lat for _, lat in every)
    narrow = cos(radians((south + north) / 2))
    wide, tall = max((east - west) * narrow, 1e-9), max(north - south, 1e-9)
    grow = min((WIDTH - 2 * TOP) / wide, (MAP_HEIGHT - 2 * TOP) / tall)
    left, top = (WIDTH - wide * grow) / 2, (MAP_HEIGHT - tall * grow) / 2

    def place(lon: float, lat: float) -> tuple[float, float]:
        return round(left + (lon - west) * narrow * grow, 1), round(top + (north - lat) * grow, 1)

    found = []
    for area in drawn:
        ring = [place(*point) for point in area.ring]
        x, y = (round(sum(axis) / len(ring), 1) for axis in zip(*ring, strict=True))
        found.append(Shape(area, " ".join(f"{x:g},{y:g}" for x, y in ring), x, y))
    return found
