"""What every page stands on: tokens, shells, components, preferences.

Nouns: menu entry, status (word, tone and icon of a state), component, preference (theme, mode, keys).
Verbs: `page_or_fragment` answers with a page or its part; `once_key` mints the key that makes a form count once.
Templates `{% load ui %}`: one tag per component, each with its template in `templates/ui/`.
Face modules add to `menu` and topics add to `tones` in their `wiring.py`.
"""

from .components import Crumb, RatingLevel, Suggestion, Tab, Task, TimelineStep, Upload
from .menu import Entry, menu
from .once import once_key
from .pages import page_or_fragment
from .tones import Status, Tone, tones

__all__ = [
    "Crumb", "Entry", "RatingLevel", "Status", "Suggestion", "Tab", "Task", "TimelineStep", "Tone", "Upload",
    "menu", "once_key", "page_or_fragment", "tones",
]  # fmt: skip
