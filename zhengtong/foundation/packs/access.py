"""Who may look at what a pack would change; the right to apply one is declared by `directory`."""

from zhengtong.foundation.access import allow, by_grant

allow("packs.plan", by_grant("packs.apply"))
