"""What a figure was measured on, and how figures are told."""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from zhengtong.main.places import ROOT, VAR


def facts(settings: dict[str, str], postgres: int) -> dict[str, Any]:
    """Machine, versions, commit, and how busy the machine was before we began."""
    cpu = next((line for line in _text("/proc/cpuinfo").splitlines() if line.startswith("model name")), ": ?")
    return {
        "machine": {
            "cpu": cpu.partition(":")[2].strip(),
            "cores": os.cpu_count(),
            "memory_gb": round(psutil.virtual_memory().total / 2**30, 1),
            "system": platform.platform(),
        },
        "python": platform.python_version(),
        "postgres": postgres,
        "settings": settings,
        "commit": _git("rev-parse", "HEAD"),
        "uncommitted": bool(_git("status", "--porcelain", "--", "zhengtong", "bench")),
        "load_before": round(os.getloadavg()[0], 2),
    }


def tell(name: str, result: dict[str, Any]) -> int:
    """Print the result and keep it under var/bench; 1 when a target was missed."""
    text = json.dumps(result, ensure_ascii=False, indent=2)
    folder = VAR / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(text + "\n", "utf-8")
    print(text)
    missed = [target for target, met in result["targets"].items() if not met["met"]]
    if missed:
        print(f"missed: {', '.join(missed)}", file=sys.stderr)
    return 1 if missed else 0


def target(measured: float, *, at_least: float | None = None, at_most: float | None = None) -> dict[str, Any]:
    """A measured value beside what was promised."""
    met = (at_least is None or measured >= at_least) and (at_most is None or measured <= at_most)
    bounds = {"at_least": at_least, "at_most": at_most}
    return {"measured": round(measured, 3), **{k: v for k, v in bounds.items() if v is not None}, "met": met}


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of all values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def middle(rounds: list[dict[str, Any]], key: str) -> float:
    """The median of a figure over rounds."""
    return float(median(one[key] for one in rounds))


def say(text: str) -> None:
    """Progress, for whoever waits."""
    print(f"bench: {text}", file=sys.stderr, flush=True)


def _text(path: str) -> str:
    return Path(path).read_text() if Path(path).exists() else ""


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()
