"""The bridge to the counter's devices: for one origin, behind a code, under its own name; with simulated devices."""

import base64
import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import story
from tests.bridges import Bridge
from zhengtong.main.places import ROOT

SITE = "https://fanjiang.example.gov.cn"


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bridge]:
    running = Bridge(SITE, tmp_path_factory.mktemp("bridge"))
    yield running
    running.stop()


def asked(bridge: Bridge, path: str, sent: Any = None, *, method: str = "POST", **headers: str) -> tuple[int, Any, Any]:
    """Status, headers and content of one answer, as our own page would ask unless a header says otherwise."""
    said = {"Origin": SITE, "X-Bridge-Code": bridge.code, "Content-Type": "application/json"} | headers
    body = json.dumps(sent or {}).encode() if method == "POST" else None
    request = urllib.request.Request(bridge.url + path, body, {k: v for k, v in said.items() if v}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, json.loads(answer.read() or "null")
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, json.loads(refused.read())


def test_only_our_page_with_the_code(bridge: Bridge) -> None:
    assert asked(bridge, "/state", method="GET")[2]["devices"] == ["camera", "id_reader", "pad", "printer"]
    for wrong in ({"Origin": "https://evil.example"}, {"Origin": ""}, {"Host": "rebound.example:8701"}):
        for path, method in (("/state", "GET"), ("/id_reader/read", "POST"), ("/state", "OPTIONS")):
            status, headers, told = asked(bridge, path, method=method, **wrong)
            assert (status, told["error"]) == (403, "origin_wrong"), (wrong, path)
            assert "Origin" not in wrong or headers["Access-Control-Allow-Origin"] is None
    assert asked(bridge, "/id_reader/read", **{"X-Bridge-Code": "GUESSED1"})[2]["error"] == "code_wrong"
    assert asked(bridge, "/id_reader/read", **{"X-Bridge-Code": ""})[0] == 403
    status, headers, _ = asked(
        bridge, "/pad/sign", method="OPTIONS", **{"Access-Control-Request-Private-Network": "true"}
    )
    assert status == 204
    assert headers["Access-Control-Allow-Private-Network"] == "true"
    assert headers["Access-Control-Allow-Origin"] == SITE


def test_the_four_devices(bridge: Bridge) -> None:
    person = asked(bridge, "/id_reader/read")[2]
    known = {entry["id_number"]: entry["name"] for entry in story.WORDS.values() if "id_number" in entry}
    assert known[person["number"]] == person["name"]
    everybody = json.loads((ROOT / "contrib/bridge/persons.json").read_text("utf-8"))
    assert all(known[one["number"]] == one["name"] for one in everybody)
    for path in ("/camera/take", "/pad/sign"):
        told = asked(bridge, path, {"prompt": "清单"})[2]
        assert base64.b64decode(told["content"]).startswith(b"\x89PNG")
    slip = {"name": "收件凭证 1/../2", "kind": "application/pdf", "content": base64.b64encode(story.pdf()).decode()}
    printed = asked(bridge, "/printer/print", slip)[2]["printed"]
    assert (bridge.folder / "printed" / printed).read_bytes() == story.pdf()
    assert asked(bridge, "/printer/print", {"name": "x"})[2]["error"] == "bad_request"
    assert asked(bridge, "/printer/burn")[0] == asked(bridge, "/scales/read")[0] == 404


def test_the_code_is_the_users_alone_and_stays(bridge: Bridge, tmp_path: Path) -> None:
    assert (bridge.folder / "pairing-code").stat().st_mode & 0o077 == 0
    assert len(bridge.code) == 8


def test_it_needs_nothing_but_python() -> None:
    program = ROOT / "contrib" / "bridge"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(program)!r}); import bridge"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert sum(len(path.read_text("utf-8").splitlines()) for path in program.glob("*.py")) <= 350
