"""Where things lie: the checkout, its `var/` folder, and ports that no outgoing connection can take."""

import os
import socket
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("ZHENGTONG_VAR", ROOT / "var"))
EPHEMERAL_FLOOR = 32768


def port_is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def free_port(first: int) -> int:
    """The first free port from `first` on; never in the ephemeral range, where a client may meet itself."""
    for port in range(first, EPHEMERAL_FLOOR):
        if port_is_free(port):
            return port
    raise RuntimeError(f"no free port between {first} and {EPHEMERAL_FLOOR - 1}")
