"""Legal deadlines: which days count, when a limit ends, and the proof of it day by day.

Nouns: calendar (rest days and working weekends of the years loaded), limit (an amount of a unit), pause (days that do
not count), due (the last day, provisional or binding), light (green, yellow, red).
Verbs: `rules.due`, `rules.days`, `rules.light`; `actions.load_calendar_year`; `queries.calendar()`.
A year whose holidays are not loaded counts Monday to Friday; what it touches is provisional and has no legal effect.
"""
