"""Money at the desk: the bills of my offices, one bill and what is done with it, the provider's book beside ours."""

from .doing import act
from .listing import browse
from .page import detail, receipt
from .statements import compare

__all__ = ["act", "browse", "compare", "detail", "receipt"]
