"""Cases at the desk: lists, the page of one case, its papers, and what is done with it."""

from .acting import act
from .correcting import correction
from .exporting import export
from .listing import browse
from .page import detail
from .papers import notice, receipt

__all__ = ["act", "browse", "correction", "detail", "export", "notice", "receipt"]
