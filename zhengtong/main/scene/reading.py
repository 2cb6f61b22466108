"""The files of a scene, and what their words mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from zhengtong.engines.deadlines.rules import Calendar
from zhengtong.foundation.clock import CHINA

PACK = "demo"


@dataclass(frozen=True)
class Scene:
    """Cast, activity and visits as written."""

    cast: Mapping[str, Any]
    activity: Mapping[str, Any]
    visits: list[Mapping[str, Any]]


def read() -> Scene:
    """The files of the demo pack."""
    folder = Path(settings.PACKS_ROOT) / PACK / "scene"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    names = ("cast", "activity", "visits")
    cast, activity, visits = (yaml.load((folder / f"{n}.yaml").read_text("utf-8"), loader) for n in names)  # noqa: S506
    return Scene(cast, activity, visits["visits"])


def working_day(offset: int, today: date, calendar: Calendar) -> date:
    """The working day so many before today (-1 is the last one)."""
    day = today
    for _ in range(-offset):
        day -= timedelta(days=1)
        while not calendar.is_working_day(day):
            day -= timedelta(days=1)
    return day


def moment(entry: Mapping[str, Any], today: date, calendar: Calendar) -> datetime:
    """When something happened: working day and time of day."""
    return datetime.combine(working_day(entry["day"], today, calendar), time.fromisoformat(entry["time"]), CHINA)


def answers_of(
    entry: Mapping[str, Any], samples: Mapping[str, Any], subject: Mapping[str, Any], operator: Mapping[str, Any],
    day: date,
) -> dict[str, Any]:  # fmt: skip
    """The answers of one case: its sample with everything it extends, its own changes, references filled in."""
    whole: dict[str, Any] = {}
    chain = []
    name = entry.get("answers_of")
    while name:
        chain.append(samples[name])
        name = samples[name].get("extends")
    for layer in (*reversed(chain), entry.get("answers") or {}):
        whole |= {key: value for key, value in layer.items() if key != "extends"}
    return {k: _filled(v, subject, operator, day) for k, v in whole.items() if v is not None}


def _filled(value: Any, applicant: Mapping[str, Any], operator: Mapping[str, Any], day: date) -> Any:
    if isinstance(value, list):
        return [_filled(part, applicant, operator, day) for part in value]
    if isinstance(value, Mapping):
        return {key: _filled(part, applicant, operator, day) for key, part in value.items()}
    if not isinstance(value, str) or not value.startswith("="):
        return value
    if value.startswith("=day"):
        return (day + timedelta(days=int(value[4:]))).isoformat()
    who, _, field = value[1:].partition(".")
    return {"applicant": applicant, "operator": operator}[who][field]
