"""Forms: a compact vocabulary in YAML becomes a JSON Schema, a page, a check and a summary.

Nouns: element (a datum of the dictionary, asked once and known everywhere), field, repeat, section, form, answers
(one flat dict by field key; a repeat is a list of dicts), path (a field's name in the page, such as `staff-0-name`).
Verbs: `rules.compile_form`, then on the form `turn` (a posted page), `validate`, `check` (machines), `seal`, `unseal`,
`display`, `prefill`; `actions.create_element`; `queries.elements`.
Always validated here, on the server; pages work without JavaScript. Templates stand in `foundation.ui` (ui/forms).
"""
