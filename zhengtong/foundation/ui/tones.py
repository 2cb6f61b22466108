"""How a state looks: its word, its tone, its icon. The colour only repeats what word and icon say."""

from dataclasses import dataclass
from enum import StrEnum

from zhengtong.foundation.wiring import Registry


class Tone(StrEnum):
    """A CSS class `tone-…` exists for each."""

    NEUTRAL = "neutral"
    INFO = "info"
    PRIMARY = "primary"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


@dataclass(frozen=True)
class Status:
    """What a status code shows: `label` is marked with N_ and translated on the page."""

    label: str
    tone: Tone | str = Tone.NEUTRAL
    icon: str = "circle"


tones: Registry[str, Status] = Registry("ui.tones")
