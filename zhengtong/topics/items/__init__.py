"""Service items: what a person or firm may apply for, as law and practice describe it.

Nouns: item (one stable code), version (what the item says for a period; immutable once published), material, guide,
defect (what is wrong with a definition and what to do), synonym (“开饭店” means 食品经营许可).
Verbs: save a draft version, publish it, end an item, import a library of items; read the version in force, the guide,
search.
A running case keeps its version; `queries.version` is held in memory because a version never changes.
Neighbours: packs and imports bring items; cases file against a version; other topics know an item by its code.
"""
