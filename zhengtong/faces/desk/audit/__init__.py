"""The trail, read by the audit administrator: who did what to which thing, and whether the chain is whole."""

from .trail import browse, stream

__all__ = ["browse", "stream"]
