"""The portal 群众企业: find out, apply, follow, receive, rate; phone first, works without JavaScript.

A file per noun: home, items, accounts, subjects, drafts, cases, files, tracking, credentials, ratings. `people` says
who stands before the page, `said` carries one sentence over a redirect. Views are thin: topics read and write.
"""
