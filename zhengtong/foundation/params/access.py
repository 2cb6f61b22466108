"""Who may set a parameter; everybody may read one."""

from zhengtong.foundation.access import allow, by_grant

allow("params.set", by_grant("params.manage") | by_grant("packs.apply"))
