"""Chinese full-text search in PostgreSQL: our own words in a tsvector, and letter pairs of titles as a second chance.

Nouns: document (title, keywords, body as weighted words), pieces (pairs of characters of the title), query (groups of
words, each with its synonyms).
Verbs: `queries.document(...)` and `queries.pieces(title)` fill the two columns of a row, `queries.search` and
`queries.suggestions` read them; `rules.marked` shows why a title was found.
Both sides speak the same dictionary: after a change of `words.txt` or of the dictionary package, index again.
"""
