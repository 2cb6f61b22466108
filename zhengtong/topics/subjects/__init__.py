"""Who the district deals with: persons and entities.

Nouns: subject (person or entity), representation (who may act for an entity, by what right, from when to when).
Verbs: `register_subject`, `link_account`, `claim_entity`, `add_representation`, `end_representation`; for a relative or
friend who helps 亲友代办: `ask_to_help`, `agree_to_help`, `agree_by_code`, `check_help_paper`, `register_helper`,
`end_help`.
A visitor at the counter is a subject without an account. ID numbers and phones are sealed and found by blind index.
"""
