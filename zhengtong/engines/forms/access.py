"""Who may change the dictionary; everybody may read it."""

from zhengtong.foundation.access import allow, by_grant

allow("forms.define_element", by_grant("items.manage") | by_grant("packs.apply"))
