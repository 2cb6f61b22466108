"""大厅: coming to a hall at a time one has chosen.

Nouns: window group (windows of one hall that take the same items, its opening hours and places), appointment (somebody
comes for an item at a half hour), terms (how far ahead, until when, how many times missed: dated parameters).
Verbs: `book_appointment`, `change_appointment`, `cancel_appointment`; at the hall `check_in`, `mark_missed`,
`call_off`; for those who keep the hours `change_hours`, which says first whom it would leave without a place.
Booking is never the only way: whoever comes without is served, the elderly and the disabled first.
Neighbours: `engines.slots` keeps the places, `items` says which window group takes an item, `subjects` who comes.
"""
