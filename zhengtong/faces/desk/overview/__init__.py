"""The leader's page: what is red and whose, how the week goes, and the work and cases behind each figure."""

from .page import overview
from .work import behind_pace, work

__all__ = ["behind_pace", "overview", "work"]
