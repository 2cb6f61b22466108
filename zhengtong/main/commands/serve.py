"""`zt serve`: pages and API by one ASGI server."""

import argparse

from zhengtong.main.places import VAR

TARGET = "zhengtong.main.asgi:application"
# Granian stops accepting at its default back-pressure, and every open event stream counts.
WAITING = 8192


def run(argv: list[str]) -> int:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(prog="zt serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args(argv)

    (VAR / "static").mkdir(parents=True, exist_ok=True)  # empty where static files come from the checkout itself
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        TARGET,
        address=options.host,
        port=options.port,
        workers=options.workers,
        interface=Interfaces.ASGINL,  # the program has nothing to do at its start or end
        backlog=WAITING,
        backpressure=WAITING,
        websockets=False,
        log_level=LogLevels.warning,
        # A worker that streams to a browser would never end by itself.
        workers_kill_timeout=8,
        respawn_failed_workers=True,
    ).serve()
    return 0
