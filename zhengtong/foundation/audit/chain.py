"""The arithmetic of the chain: canonical bytes, leaf seals, heads."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from zhengtong.foundation import crypto


def canonical(value: Any) -> bytes:
    """The one way to write a value down as bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def leaf_mac(
    previous: bytes, *, stream: str, seq: int, at: datetime, verb: str, actor: str, acting_for: str, data: Mapping
) -> bytes:
    """The seal of a leaf: over all its columns and the seal of the leaf before (empty for the first)."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    content = canonical([stream, seq, moment, verb, actor, acting_for, data])
    return crypto.hmac_sm3(crypto.key("audit"), previous + content)


def head_mac(stream: str, count: int, last: bytes) -> bytes:
    """The seal stored with the thing: over its stream, the number of leaves and the last one."""
    return crypto.hmac_sm3(crypto.key("audit"), b"head" + canonical([stream, count]) + last)


def check_plain(data: Mapping[str, Any]) -> None:
    """Leaves must read back from jsonb byte for byte: text, whole numbers, booleans, null, lists and mappings only."""
    for value in data.values():
        _check_value(value)


def _check_value(value: Any) -> None:
    if isinstance(value, Mapping):
        check_plain(value)
    elif isinstance(value, list | tuple):
        for part in value:
            _check_value(part)
    elif not (value is None or isinstance(value, str | int)):
        raise TypeError(f"audit data holds a {type(value).__name__}; use text or whole numbers")
