"""The calendar of packs/national, read as a pack reader would."""

from pathlib import Path

import yaml

from zhengtong.engines.deadlines.rules import Calendar, Year

FOLDER = Path(__file__).parents[3] / "packs/national/calendar"


def read_year(path: Path) -> Year:
    entry = yaml.safe_load(path.read_text())["calendar"][0]
    return Year(entry["year"], tuple(entry["rest_days"]), tuple(entry["workdays"]))


CALENDAR = Calendar.of(map(read_year, sorted(FOLDER.glob("*.yaml"))))
