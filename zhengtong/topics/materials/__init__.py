"""The electronic material store 电子材料库: each paper once per holder, offered again for as long as it is good.

Nouns: stored material (a paper of one holder: its kind, where it came from, until when it is good, who checked it).
Verbs: `take_in` (papers that came with a case), `upload_material` (in advance, by the holder), `refer_to` (a paper
that another government keeps), `check_material`, `rename_material`, `remove_material`.
A holder is known by his id alone, for `subjects` stands on our own stair; who may act for him is a slot that `cases`
fills. Where a paper was used is told by the cases themselves.
"""
