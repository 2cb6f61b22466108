"""Cases at the desk: lists, the page of one case, its papers, and what is done with it."""

from .acting import act
from .checking import keep_findings
from .correcting import correction
from .elsewhere import elsewhere
from .gaps import drop_gap, note_gap
from .listing import browse
from .online import online
from .page import detail
from .papers import notice, receipt
from .phrases import phrases
from .signing import signed, signing

__all__ = [
    "act", "browse", "correction", "detail", "drop_gap", "elsewhere", "keep_findings", "note_gap",
    "notice", "online", "phrases", "receipt", "signed", "signing",
]  # fmt: skip
