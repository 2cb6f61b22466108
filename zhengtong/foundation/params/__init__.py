"""Every amount the law or the district sets, as a dated row with its basis; never a literal in code.

Nouns: parameter (key, value, unit, basis, first and last day in force).
Verbs: read the one in force on a day; set a new one, which closes the one before.
Two periods of one key never overlap: the database itself refuses.
Neighbours: packs declare parameters; deadlines and every topic read them.
"""
