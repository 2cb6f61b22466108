"""Cases: what a person or firm has applied for, from submission to the archive.

Nouns: case, draft, material, step (what was done, in words), notice (a paper issued), correction.
Verbs, in order of life: `save_draft`, `submit_cases`, `receive_case`, `request_correction`, `answer_correction`,
`accept_case`, `decline_case`, `declare_not_needed`, `review_case`, `grant_case`, `refuse_case`, `note_filing`,
`handle_on_the_spot`, `deliver_case`, `archive_case`, `withdraw_case`, `take_back_case`,
`forward_case`, `mirror_status`.
The table of states and transitions is `rules.FLOW`. A case keeps the item version it was filed under.
Neighbours: below `items`, `subjects`, `credentials`, engines `flows tasks forms deadlines`; above `ratings`.
"""
