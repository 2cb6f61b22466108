"""Load over HTTP from the same machine: wrk where there is one, else a small client of our own."""

import asyncio
import json
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .facts import percentile

SCRIPT = Path(__file__).with_name("filing.lua")
Request = Callable[[], bytes]


def file_cases(url: str, *, bodies: Path, token: str, connections: int, seconds: float, run: str) -> dict[str, Any]:
    """File as fast as the answers come, each time under a fresh key."""
    if program := shutil.which("wrk"):
        command = [program, "-t1", f"-c{connections}", f"-d{seconds:g}s", "--timeout", "20s", "-s", str(SCRIPT), url]
        done = subprocess.run([*command, "--", str(bodies), token, run], capture_output=True, text=True, check=True)
        told = json.loads(done.stdout.strip().splitlines()[-1])
    else:
        lines, number = bodies.read_bytes().splitlines(), count()

        def request() -> bytes:
            serial = next(number)
            body = lines[serial % len(lines)]
            head = (
                f"POST /api/v1/cases HTTP/1.1\r\nHost: {urlsplit(url).netloc}\r\nAuthorization: Bearer {token}\r\n"
                f"Content-Type: application/json\r\nIdempotency-Key: {run}-{serial}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            return head.encode() + body

        told = asyncio.run(knock(url, [request] * connections, seconds))
    return {"client": "wrk" if program else "asyncio", "per_second": told["requests"] / told["seconds"], **told}


async def knock(url: str, callers: list[Request], seconds: float, wanted: int = 201) -> dict[str, Any]:
    """Every caller on a connection of its own, the next request when the answer to the last has come."""
    times: list[float] = []
    failures: list[int] = []
    began = time.monotonic()
    await asyncio.gather(*(_call(url, request, began + seconds, wanted, times, failures) for request in callers))
    return {
        "requests": len(times) + len(failures),
        "seconds": round(time.monotonic() - began, 3),
        "errors": len(failures),
        **({"answered": Counter(failures)} if failures else {}),
        **{f"p{share}_ms": round(1_000 * percentile(times, share / 100), 2) for share in (50, 90, 95, 99)},
        "max_ms": round(1_000 * max(times, default=0), 2),
    }


async def _call(
    url: str, request: Request, until: float, wanted: int, times: list[float], failures: list[int]
) -> None:  # fmt: skip
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=1 << 20)
    while time.monotonic() < until:
        began = time.monotonic()
        writer.write(request())
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head[9:12])
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
        if b"content-length" in fields:
            await reader.readexactly(int(fields[b"content-length"]))
        else:
            while size := int(await reader.readline(), 16):
                await reader.readexactly(size + 2)
            await reader.readline()
        if status == wanted:
            times.append(time.monotonic() - began)
        else:
            failures.append(status)
    writer.close()
