"""Who may keep items: holders of items.manage for their organisation's; published ones are public."""

from zhengtong.foundation.access import allow, by_grant

_keepers = by_grant("items.manage", organisation="organisation") | by_grant("packs.apply")

allow("items.view_drafts", _keepers | by_grant("items.import"))
allow("items.save_draft", _keepers)
allow("items.publish", _keepers)
allow("items.end", _keepers)
allow("items.edit_editorial", _keepers)
allow("items.import", by_grant("items.import"))
allow("items.set_synonym", by_grant("items.manage") | by_grant("packs.apply"))
