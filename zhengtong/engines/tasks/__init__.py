"""Work that waits for a post.

Noun: task (what, about which thing, for holders of which permission in which organisation, by when).
Verbs: `open_tasks`, `claim_task`, `return_task`, `hand_over_task`, `close_tasks`.
A task decides nothing: it points to the thing, whose own actions close it. Neighbour: `topics.cases` opens and closes.
"""
