"""The registry of pack sections under the name packs are known by; it lives at the bottom, in `wiring.sections`."""

from zhengtong.foundation.wiring.sections import (
    DESK,
    Change,
    Entry,
    Fault,
    Known,
    Section,
    Stored,
    import_owner,
    pack_owner,
    sections,
)

__all__ = ["DESK", "Change", "Entry", "Fault", "Known", "Section", "Stored", "import_owner", "pack_owner", "sections"]
