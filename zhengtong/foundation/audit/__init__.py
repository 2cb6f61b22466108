"""What was done, by whom, in a chain nobody can mend unseen.

Nouns: leaf (one fact in the stream of one thing), head (count and seal stored with the thing itself).
Verbs: `record` inside an action's transaction; `verify` recounts everything.
Each leaf is an HMAC-SM3 over its content and the leaf before; the key lies outside the database.
Leaves hold no plain personal data. The app login can neither change nor delete them.
"""
