"""One key, one effect, one answer.

Noun: turn (the key an actor brought, what he asked and what he was told).
Verb: `once` around a write that came over HTTP; a refused write gives the key back with the rollback.
"""
