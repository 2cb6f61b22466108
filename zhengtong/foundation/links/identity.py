"""A simulated identity service of the province: POST /checks {name, id_number, face?} → {match, level, serial}.

It knows nobody: a name and number of the right form match; a name with 假 in it does not, nor a face named `other`.
"""

from collections.abc import Iterable
from typing import Any

from zhengtong.foundation import clock, crypto
from zhengtong.foundation.codes import resident_id

from .simulators import Start, reply, told_in


def identity_service(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """Compare a name and a number, and a face where one is sent."""
    if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"] != "/checks":
        return reply(start, "404 Not Found", {"error": "没有这个接口"})
    try:
        told = told_in(environ)
        name, number, face = str(told["name"]), str(told["id_number"]), str(told.get("face", ""))
    except (ValueError, KeyError, TypeError):
        return reply(start, "422 Unprocessable Content", {"error": "报文不符合约定"})
    match = resident_id.is_valid_resident_id(number) and bool(name.strip()) and "假" not in name and face != "other"
    serial = crypto.sm3(f"{name}{number}{clock.now():%Y%m%d%H%M%S}".encode()).hex()[:20]
    return reply(start, "200 OK", {"match": match, "level": "face" if face else "basic", "serial": serial})
