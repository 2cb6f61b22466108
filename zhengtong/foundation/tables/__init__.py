"""Declared tables: the lists that people work with, whoever shows them.

Nouns: table (columns, filters, actions on chosen rows; declared once by a face), asked (what an address says about it),
view (a name for a query string, mine or shared with my organisation), preference (my columns, my default view),
export (a list on its way into a spreadsheet, made by a job).
Verbs: save, rename, drop and prefer a view; choose columns; request, make, cancel and forget an export; carry out an
action on each of the chosen rows. How a table looks is `foundation.ui.listing`; how to make one stands in
docs/how-to/make-a-table.md.
"""
