"""The directory is written by packs alone; everybody may read it."""

from zhengtong.foundation.access import allow, by_grant

allow("packs.apply", by_grant("packs.apply"))
