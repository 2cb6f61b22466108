"""Places in time: so many at once in every half hour, and never one more.

Nouns: pool (whose places they are, by code), opening (from, to, so many places), slot (one half hour of one pool, known
by its number since 1970, so that two can never overlap), place (one of its places, taken for a thing).
Verbs: `take_place`, `free_place`, `set_capacity`; `rules.times` cuts openings into half hours, `queries.taken` counts.
It knows neither halls nor calendars: which openings a day has is told by its caller. Neighbour: `topics.visits`.
"""
