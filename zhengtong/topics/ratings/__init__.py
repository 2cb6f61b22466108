"""好差评: what applicants say of the service, case by case.

Nouns: invitation (a case has ended and may be rated until a day), rating (five levels, 1 is best, 4 and 5 are bad).
Verbs: `invite_rating` on `cases.CaseEnded`; `rate_case`, `amend_rating` once; `record_unanswered` after the window.
Nobody is made to rate, staff never rate, and silence is recorded as silence: without a level, outside every rate.
Neighbours: below `cases` (its events), `subjects`; a later module hears `BadRatingGiven` and opens rectification.
"""
