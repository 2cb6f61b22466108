"""The four devices without hardware: invented persons in turn, drawn pictures, a folder for what was printed."""

import base64
import itertools
import json
from pathlib import Path
from typing import Any

import drawing

HERE = Path(__file__).parent


class Reader:
    """The persons of `persons.json`, one after the other."""

    def __init__(self) -> None:
        self.persons = itertools.cycle(json.loads((HERE / "persons.json").read_text("utf-8")))

    def read(self) -> dict[str, Any]:
        return dict(next(self.persons))


class Camera:
    """A page that looks typed, another one each time."""

    def __init__(self) -> None:
        self.count = itertools.count(1)

    def take(self) -> dict[str, Any]:
        return _picture(drawing.page(next(self.count)))


class Printer:
    """Keeps what it prints."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.count = folder, itertools.count(1)

    def print(self, name: str, kind: str, content: bytes) -> dict[str, Any]:
        self.folder.mkdir(parents=True, exist_ok=True)
        ending = "pdf" if kind == "application/pdf" else "txt"
        safe = "".join(sign for sign in name if sign.isalnum())[:60] or "slip"
        path = self.folder / f"{next(self.count):04d}-{safe}.{ending}"
        path.write_bytes(content)
        return {"printed": path.name}


class Pad:
    """Somebody signs at once."""

    def __init__(self) -> None:
        self.count = itertools.count(1)

    def sign(self, prompt: str) -> dict[str, Any]:
        return _picture(drawing.signature(next(self.count)))


def simulated(folder: Path) -> dict[str, Any]:
    """All four."""
    return {"id_reader": Reader(), "camera": Camera(), "printer": Printer(folder), "pad": Pad()}


def _picture(content: bytes) -> dict[str, Any]:
    return {"kind": "image/png", "content": base64.b64encode(content).decode()}
