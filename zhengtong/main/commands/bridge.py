"""`zt bridge`: the counter's devices without hardware, for the demo; a real counter runs contrib/bridge by itself."""

import os
import subprocess
import sys

from zhengtong.main.places import ROOT, VAR

PROGRAM = ROOT / "contrib" / "bridge" / "bridge.py"


def run(argv: list[str]) -> int:
    """Simulated devices for the site of this checkout; whatever else is given goes to the program."""
    site = os.environ.get("ZHENGTONG_SITE_URL", "http://127.0.0.1:8000")
    given = [] if "--origin" in argv else ["--origin", site]
    folder = [] if "--folder" in argv else ["--folder", str(VAR / "bridge")]
    return subprocess.call([sys.executable, str(PROGRAM), "--simulate", *given, *folder, *argv])
