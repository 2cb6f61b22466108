"""What the larger components are given: plain frozen rows, made by views and queries."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from zhengtong.foundation.refusals import N_

from .tones import Status, Tone


@dataclass(frozen=True)
class Crumb:
    """One step of the way to this page; the last has no path."""

    text: str
    path: str = ""


@dataclass(frozen=True)
class Task:
    """One line of a task list. `state`: done | current | todo | blocked | fault."""

    title: str
    path: str = ""
    state: Literal["done", "current", "todo", "blocked", "fault"] = "todo"
    hint: str = ""


@dataclass(frozen=True)
class TimelineStep:
    """One line of a case's timeline: where, who, by when, what next. `state`: done | current | future | refused."""

    title: str
    state: Literal["done", "current", "future", "refused"] = "done"
    at: datetime | date | None = None
    due: date | None = None
    where: str = ""
    who: str = ""
    note: str = ""
    next: str = ""
    is_provisional: bool = False


@dataclass(frozen=True)
class Upload:
    """One file of an upload list. `state`: uploading | parked | clean | refused."""

    name: str
    size: int = 0
    state: Literal["uploading", "parked", "clean", "refused"] = "clean"
    path: str = ""
    remove_path: str = ""
    note: str = ""
    percent: int | None = None


@dataclass(frozen=True)
class Tab:
    """One of several views of the same thing, each with its own address."""

    text: str
    path: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Suggestion:
    """One line under the search box."""

    text: str
    path: str
    note: str = ""


@dataclass(frozen=True)
class RatingLevel:
    """One of the five levels of 好差评: 1 is best."""

    value: int
    label: str
    icon: str
    tone: Tone


RATING_LEVELS = (
    RatingLevel(1, N_("非常满意"), "mood-happy", Tone.SUCCESS),
    RatingLevel(2, N_("满意"), "mood-smile", Tone.SUCCESS),
    RatingLevel(3, N_("基本满意"), "mood-empty", Tone.INFO),
    RatingLevel(4, N_("不满意"), "mood-sad", Tone.WARNING),
    RatingLevel(5, N_("非常不满意"), "mood-angry", Tone.DANGER),
)

TASK_STATES = {
    "done": Status(N_("已完成"), Tone.SUCCESS, "circle-check"),
    "current": Status(N_("填写中"), Tone.PRIMARY, "circle-dot"),
    "todo": Status(N_("未开始"), Tone.NEUTRAL, "circle-dashed"),
    "blocked": Status(N_("暂不能开始"), Tone.NEUTRAL, "lock"),
    "fault": Status(N_("需要修改"), Tone.DANGER, "alert-circle"),
}
UPLOAD_STATES = {
    "uploading": Status(N_("正在上传"), Tone.PRIMARY, "cloud-upload"),
    "parked": Status(N_("正在检查"), Tone.INFO, "hourglass"),
    "clean": Status(N_("已上传"), Tone.SUCCESS, "circle-check"),
    "refused": Status(N_("未收下"), Tone.DANGER, "circle-x"),
}
LIGHT_TONES = {
    "green": Tone.SUCCESS,
    "yellow": Tone.WARNING,
    "red": Tone.DANGER,
    "paused": Tone.NEUTRAL,
    "done": Tone.NEUTRAL,
}
