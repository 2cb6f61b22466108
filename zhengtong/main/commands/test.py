"""`zt test`: everything, in parallel, in random order; arguments go to pytest."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from zhengtong.main.places import ROOT

PACKAGES = ("chromium", "fonts-noto-cjk")


def run(argv: list[str]) -> int:
    """Get what the tests need, then run them."""
    _get_browser()
    if not any(word == "-n" or word.startswith(("-n", "--numprocesses")) for word in argv):
        argv = ["-n", str(max(2, min(os.cpu_count() or 2, 8))), "--dist", "loadgroup", *argv]
    return subprocess.run([sys.executable, "-m", "pytest", *argv], cwd=ROOT, check=False).returncode


def _get_browser() -> None:
    """As root on Debian by apt; elsewhere say what is missing, and its tests are skipped."""
    fonts = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
    has_browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if has_browser and (fonts.exists() or not Path("/etc/debian_version").exists()):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"zt: apt-get install {' '.join(PACKAGES)}", file=sys.stderr, flush=True)
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *PACKAGES]):
            done = subprocess.run(
                ["apt-get", *command], env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False
            )
        if done.returncode == 0:
            return
    print(
        f"zt: 缺少 {'、'.join(PACKAGES)}，浏览器测试将被跳过。 Missing: the browser tests are skipped.",
        file=sys.stderr,
        flush=True,
    )
