"""Packs write the directory, an administrator corrects it at the desk; everybody may read it."""

from zhengtong.foundation.access import allow, by_grant

allow("packs.apply", by_grant("packs.apply"))
allow("directory.manage", by_grant("directory.manage"))
