"""Who may load a calendar; everybody may read it."""

from zhengtong.foundation.access import allow, by_grant

allow("deadlines.load_calendar", by_grant("packs.apply"))
