"""What may follow what: the life of a thing as one readable table.

Nouns: state, transition (verb, from, to, permission), flow (the whole table).
Verbs: `rules.Flow(...)`, `flow.check(state, verb)`, `flow.verbs_from(state)`, `flow.table()`, `flow.mermaid()`.
A flow knows no rows and no database; a topic keeps its flow in its own `rules.py` and asks it inside its actions.
"""
