"""The measurements run, end to end and small: own server, a few stored cases, a verified trail, a result in JSON."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from bench.ground import yardstick
from zhengtong.main.places import ROOT, VAR

# They measure on kept databases: on one worker, so that none waits with a timer running.
pytestmark = pytest.mark.xdist_group("bench")


def measure(name: str) -> dict[str, Any]:
    """The result of a small run in a process of its own."""
    given = {key: value for key, value in os.environ.items() if not key.startswith(("DATABASE_", "ZHENGTONG_"))}
    done = subprocess.run(
        [sys.executable, "-m", "zhengtong.main.cli", "bench", name, "--small"],
        cwd=ROOT,
        env=given | {"DJANGO_SETTINGS_MODULE": "zhengtong.main.settings", "ZHENGTONG_VAR": str(VAR / "test-bench")},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    return json.loads(done.stdout)


@pytest.mark.skipif(
    yardstick.program() is None, reason="no pgbench on this machine (Debian: apt-get install postgresql)"
)
def test_filing_is_measured_beside_pgbench() -> None:
    result = measure("filing")
    assert result["settings"]["fsync"] == "on"
    assert result["commit"]
    assert "0 faults" in result["audit"]
    for told in result["rounds"].values():
        assert told[0]["filed"]["requests"] > 0
        assert told[0]["filed"]["errors"] == 0
        assert told[0]["pgbench"]["per_second"] > 0
    assert result["by_page"][0]["errors"] == 0


def test_reading_is_measured_page_by_page() -> None:
    result = measure("reading")
    for name, told in result["pages"].items():
        assert told["queries"] <= 12, name
        assert told["1 reading"]["requests"] > told["1 reading"]["errors"] == 0, name


def test_search_is_measured_itself_and_through_its_pages() -> None:
    result = measure("search")
    assert result["search itself"]["1 at once"]["searches"] >= 500
    assert result["everyday phrases"]["phrases"] == 60
    for name in ("page", "suggestions"):
        for told in result[name].values():
            assert told["requests"] > told["errors"] == 0, name
