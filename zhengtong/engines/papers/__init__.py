"""Papers: well-set Chinese PDF/A from data, by Typst.

Nouns: paper (`rules.Credential`, `Receipt`, `Notice`, `Slip`: what each must be told), template
(`templates/papers/*.typ`).
Verb: `queries.render(template, data) -> bytes`. Data go in as JSON and are never part of the template's code.
No seal is drawn: an official e-seal comes from its own provider; a paper carries a QR code that leads to its proof.
"""
