"""The bridge to the counter's devices as a process of a test's own, with simulated devices."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from zhengtong.main.places import ROOT, free_port


class Bridge:
    """`contrib/bridge` for one site, until it is stopped."""

    def __init__(self, origin: str, folder: Path, port: int = 0) -> None:
        # Tests run beside each other: each looks for a port of its own, far from where another begins to look.
        self.folder, self.port = folder, port or free_port(18701 + 7 * (os.getpid() % 1_000))
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "contrib/bridge/bridge.py"), "--simulate", "--origin", origin,
             "--port", str(self.port), "--folder", str(folder)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._wait()

    @property
    def code(self) -> str:
        return (self.folder / "pairing-code").read_text("ascii").strip()

    def stop(self) -> None:
        """End it, as somebody does who shuts its window."""
        self.process.terminate()
        self.process.wait(10)

    def _wait(self, patience: float = 20) -> None:
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/state", timeout=5)
            except urllib.error.HTTPError:  # refused, for it did not say who asks
                if (self.folder / "pairing-code").exists():
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise RuntimeError("the bridge did not answer")
