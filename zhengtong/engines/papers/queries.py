"""Set a paper: data in, PDF/A out."""

import json
import re
import threading
from collections.abc import Mapping
from datetime import UTC
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import typst
from django.conf import settings

from zhengtong.foundation import clock

from .rules import CharacterMissing, told

TEMPLATES = Path(__file__).parent / "templates" / "papers"
FONT_PACKAGE = "pylopdf_fonts_zh_cn"
STANDARDS = ["a-2a", "ua-1"]
# A compiler is not safe to share between threads, and two at once would only fight for the processor.
_one_at_a_time = threading.Lock()

Form = Literal["pdf", "png", "svg"]


class FontsMissing(RuntimeError):
    """The package with the Chinese fonts is not installed: a fault of the installation, not of the request."""


def render(template: str, data: Mapping[str, Any], *, form: Form = "pdf") -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1, or a picture of its first page; same data, same second, same bytes."""
    inputs = {"data": json.dumps(told(template, data), ensure_ascii=False, default=str)}
    options: dict[str, Any] = {"sys_inputs": inputs, "format": form}
    if form == "pdf":
        options |= {"pdf_standards": STANDARDS, "timestamp": clock.now().astimezone(UTC).replace(microsecond=0)}
    try:
        made = _set(_compiler(template), options)
    except typst.TypstError as fault:
        if not _without_glyph(fault):
            raise
        made = _set_with_all_fonts(template, options)
    return made[0] if isinstance(made, list) else made


def _set_with_all_fonts(template: str, options: dict[str, Any]) -> bytes | list[bytes]:
    """A second try for a rare character, with whatever fonts the machine has."""
    try:
        return _set(_compiler_with_all_fonts(template), options)
    except typst.TypstError as fault:
        if missing := _without_glyph(fault):
            raise CharacterMissing(characters=missing) from fault
        raise


def _set(compiler: typst.Compiler, options: dict[str, Any]) -> bytes | list[bytes]:
    with _one_at_a_time:
        made = compiler.compile(**options)
    assert made is not None  # nothing is returned only where an output file is named
    return made


def font_folders() -> list[Path]:
    """Where fonts come from: the package, and the office's own folders for rare characters."""
    spec = find_spec(FONT_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise FontsMissing(f"the fonts of {FONT_PACKAGE} are not installed")
    return [Path(spec.submodule_search_locations[0]), *map(Path, getattr(settings, "PAPER_FONTS", ()))]


@cache
def _compiler(template: str) -> typst.Compiler:
    return _made(template, with_system_fonts=False)


@cache
def _compiler_with_all_fonts(template: str) -> typst.Compiler:
    return _made(template, with_system_fonts=True)


def _made(template: str, *, with_system_fonts: bool) -> typst.Compiler:
    return typst.Compiler(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=[str(folder) for folder in font_folders()],
        ignore_system_fonts=not with_system_fonts,
    )


def _without_glyph(fault: typst.TypstError) -> str:
    """The characters that typst found in no font."""
    return "、".join(dict.fromkeys(re.findall(r"the text [`'\"]+(.+?)[`'\"]+ could not be displayed", str(fault))))
