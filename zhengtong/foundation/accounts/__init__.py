"""Logins: of citizens, of staff with their posts, of other systems.

Nouns: account, role (a bundle of permissions), post holding (an account on a post, with dates), knock (a counted try).
Verbs: `register_account`, `sign_in`, `sign_out`, `change_password`, `assign_post`, `knock`.
The subject behind a citizen's account is known above (`topics.subjects`) and asked through a slot.
"""
