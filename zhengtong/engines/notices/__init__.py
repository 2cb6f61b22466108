"""Telling people: what has happened, in which words, over which channel, and whether it arrived.

Nouns: template (the words for one happening), message (one happening told to one person), delivery (that message over
one channel: site, SMS, e-mail, WeChat), preference (what somebody wants to hear, and where). Not the paper 通知书:
that is `cases.Notice`. Verbs: `make_messages`, `send_due`, `take_reports`, `send_again`, `mark_read`, `edit_template`,
`choose_channels`, `add_email`. Which happenings there are is declared above (`rules.happenings`), where the facts are;
whoever is told is named there too. A message is made once for a happening and a person, however often it is announced.
"""
