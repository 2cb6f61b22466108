"""送达: the way of the papers — originals in custody, hand-overs signed for, results handed out, the day squared.

Nouns: piece (a thing on paper that somebody holds: an original of the visitor's, the file of a case, a result), slip
(what changed hands, line by line, signed), delivery (a result that waits at the issuing window until it is proved
served), day (what a window had in custody and counted in the evening).
Verbs: `take_originals`, `return_originals`; `hand_over`, `sign_slip`; `issue_result`, `post_result`; `close_day`.
A piece changes hands only by being signed for. Neighbours: above `cases` (its events, `deliver_case`), `subjects`.
"""
