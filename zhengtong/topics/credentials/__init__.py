"""What this government vouches for: credentials of its own making.

Nouns: credential type (declared by packs), credential, number series, verification (what the code tells anybody).
Verbs: `issue_credential` inside the transaction of the case that grants it, `render_credential` by job after it,
`end_credential`; `verify` for the public page.
Only what is made here is issued here; what a province or ministry makes is never numbered, printed or sealed by us.
Neighbours: above `cases` issues; below `engines.papers` sets the PDF, `foundation.files` keeps it.
"""
