"""Packs: a district's whole administration as YAML under version control.

Nouns: pack (a folder), section (a kind of entry, registered by the module that owns the rows), entry, plan, drift.
Verbs: plan what would change, apply it in one transaction, export desk edits back as YAML.
Every row has an owner: a pack, the desk or an import. Another owner's row is shown as drift, never overwritten;
what is gone from YAML is ended, never deleted.
Neighbours: everybody plugs a `Section` into `sections`; nobody else here knows what an entry means.
"""
