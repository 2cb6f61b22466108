"""Row identifiers that sort by the moment they were made (UUID version 7)."""

import os
from uuid import UUID

import uuid_utils
from uuid_utils import compat

# Forked workers would otherwise continue one random sequence and make the same identifiers.
os.register_at_fork(after_in_child=uuid_utils.reseed_rng)


def uuid7() -> UUID:
    """A new identifier."""
    return compat.uuid7()
