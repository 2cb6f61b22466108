"""缴款: what a case costs, from the notice to pay to the fiscal receipt or the refund.

Nouns: bill (缴款通知, the charges of one case, in whole fen), order (a bill at the payment provider), payment (money
that came in), refund (money that goes back), receipt (财政电子票据, the treasury's own, never our print), statement
(what the provider says of a day, beside what we have).
Verbs: `open_bill`, `reduce_charge`, `cancel_bill`; `open_order`, `hear_provider`, `settle_order`, `take_at_counter`;
`ask_refund`, `approve_refund`, `decline_refund`; `keep_receipt`; `keep_statement`.
Money is believed from the provider, signed or asked for, and from the counter; never from a browser.
Neighbours: above `cases` (its events; fills `money_due`, by which acceptance or delivery waits), `items`, `subjects`.
"""
