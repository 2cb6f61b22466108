"""The counter's devices for the desk's pages: JSON on 127.0.0.1, for one origin, behind a pairing code."""

import argparse
import base64
import binascii
import hmac
import json
import os
import secrets
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from devices import DEVICES, DeviceFailed
from simulators import simulated

HERE = Path(__file__).parent
PORT, MOST_BYTES = 8701, 8 << 20
VERBS = {"id_reader": "read", "camera": "take", "printer": "print", "pad": "sign"}
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Refusal(Exception):
    """An answer that is not what was asked for."""

    def __init__(self, status: int, code: str, message: str) -> None:
        self.status, self.code, self.message = status, code, message


class Bridge(ThreadingHTTPServer):
    """Knows its devices, who may ask, and the code; one device is used by one page at a time."""

    daemon_threads = True

    def __init__(
        self, port: int, origins: list[str], code: str, devices: dict[str, Any], *, is_simulated: bool
    ) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.origins, self.code, self.devices, self.is_simulated = origins, code, devices, is_simulated
        self.turns = {name: threading.Lock() for name in devices}

    def use(self, name: str, asked: dict[str, Any]) -> dict[str, Any]:
        """One act of one device."""
        device = self.devices.get(name)
        if device is None:
            raise Refusal(404, "no_device", "这台电脑没有接这个设备。")
        with self.turns[name]:
            try:
                return getattr(device, VERBS[name])(*_arguments(name, asked))
            except DeviceFailed as failure:
                raise Refusal(502, "device_failed", str(failure)) from failure


def _arguments(name: str, asked: dict[str, Any]) -> tuple[Any, ...]:
    if name == "printer":
        try:
            content = base64.b64decode(str(asked["content"]), validate=True)
            return str(asked.get("name", ""))[:80], str(asked["kind"]), content
        except (KeyError, binascii.Error):
            raise Refusal(400, "bad_request", "要打印的内容不完整。") from None
    return (str(asked.get("prompt", ""))[:200],) if name == "pad" else ()


class Handler(BaseHTTPRequestHandler):
    """One request; whoever may not ask learns nothing."""

    server: Bridge
    protocol_version = "HTTP/1.1"
    timeout = 120

    def do_OPTIONS(self) -> None:
        self._answered(lambda: (self._check_origin(), None)[1])

    def do_GET(self) -> None:
        self._answered(self._state)

    def do_POST(self) -> None:
        self._answered(self._use)

    def _state(self) -> dict[str, Any]:
        self._check_origin()
        if self.path != "/state":
            raise Refusal(404, "nothing_here", "没有这个地址。")
        bridge = self.server
        return {"version": 1, "simulated": bridge.is_simulated, "devices": sorted(bridge.devices)}

    def _use(self) -> dict[str, Any]:
        size = self.headers.get("Content-Length", "")
        if not size.isdigit() or int(size) > MOST_BYTES:
            self.close_connection = True
            raise Refusal(413, "too_large", "内容太大。")
        body = self.rfile.read(int(size))
        self._check_origin()
        if not hmac.compare_digest(self.headers.get("X-Bridge-Code", "").encode(), self.server.code.encode()):
            raise Refusal(403, "code_wrong", "配对码不对，请按设备程序窗口里显示的重新填写。")
        name, _, verb = self.path.strip("/").partition("/")
        if VERBS.get(name) != verb:
            raise Refusal(404, "nothing_here", "没有这个地址。")
        try:
            asked = json.loads(body or b"{}")
        except ValueError:
            asked = None
        if not isinstance(asked, dict):
            raise Refusal(400, "bad_request", "请求的格式不对。")
        return self.server.use(name, asked)

    def _check_origin(self) -> None:
        """Only our own pages, and only under our own name: a foreign page, or one that renamed us, is refused."""
        host = self.headers.get("Host", "").rpartition(":")[0]
        if self.headers.get("Origin") not in self.server.origins or host not in ("127.0.0.1", "localhost"):
            raise Refusal(403, "origin_wrong", "这个网址不能使用本机设备。")

    def _answered(self, do: Any) -> None:
        try:
            status, told = 200, do()
        except Refusal as refusal:
            status, told = refusal.status, {"error": refusal.code, "message": refusal.message}
        content = b"" if told is None else json.dumps(told, ensure_ascii=False).encode()
        self.send_response(204 if told is None else status)
        if self.headers.get("Origin") in self.server.origins:
            self.send_header("Access-Control-Allow-Origin", self.headers["Origin"])
            self.send_header("Access-Control-Allow-Headers", "content-type, x-bridge-code")
            self.send_header("Access-Control-Allow-Methods", "GET, POST")
            self.send_header("Access-Control-Allow-Private-Network", "true")
            self.send_header("Access-Control-Allow-Local-Network", "true")
        self.send_header("Vary", "Origin")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Silent: what is read from a card belongs in no log."""


def pairing_code(path: Path) -> str:
    """The code of this machine, made once."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as kept:
            kept.write("".join(secrets.choice(LETTERS) for _ in range(8)))
    return path.read_text("ascii").strip()


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--origin", action="append", required=True, help="the site's origin; may be given again")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--simulate", action="store_true", help="devices without hardware")
    parser.add_argument("--folder", type=Path, default=HERE, help="where the pairing code (and simulated prints) lie")
    options = parser.parse_args(argv)
    code = pairing_code(options.folder / "pairing-code")
    devices = simulated(options.folder / "printed") if options.simulate else dict(DEVICES)
    try:
        bridge = Bridge(options.port, options.origin, code, devices, is_simulated=options.simulate)
    except OSError as problem:
        print(f"端口 {options.port} 无法使用：{problem}", file=sys.stderr)
        return 1
    print(f"设备程序 http://127.0.0.1:{bridge.server_port}　配对码 {code}", flush=True)
    print(
        f"设备：{'、'.join(sorted(devices)) or '无'}{'（模拟）' if options.simulate else ''}　按 Ctrl-C 停止",
        flush=True,
    )
    try:
        bridge.serve_forever()
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
