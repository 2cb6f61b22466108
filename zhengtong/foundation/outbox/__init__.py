"""What happened, told to others after commit; and work done later.

Nouns: event (a frozen dataclass in a topic's events.py), subscriber (a handler with a cursor of its own), job.
Verbs: `Event.publish` in the action's transaction, `subscribe` and `job` in wiring.py, `defer`.
The table is append-only. One relay hands events on in commit-safe order, each handler in a transaction with its cursor.
"""
