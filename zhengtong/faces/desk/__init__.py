"""The desk of the staff: what waits for me, cases, the counter's intake, the catalogue.

One file (or folder) per noun of the address: `tasks`, `cases`, `drafts`, `items`, `files`, `accounts`, `components`.
A page reads through queries and writes through actions, each POST counted once (`turns`). Nothing is decided here:
which buttons a case page shows is said by the topic (`CasePage.verbs`), and refused by its actions all the same.
"""
