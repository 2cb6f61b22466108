"""Word, Excel and OFD are ZIP archives: read through every entry; refuse bombs, macros, passengers and remote parts."""

import html
import re
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from .. import rules

PART = 1 << 16
# Beyond this many unpacked bytes, an archive that grows more than so many times is a bomb and no document.
HARMLESS, RATIO = 10 << 20, 200
MOST_RELATIONS = 1 << 20
MACROS = ("vbaproject.bin", "vbadata.xml")
RUNNABLE = (
    ".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".com", ".scr", ".msi", ".jar", ".sh", ".hta", ".lnk",
    ".htm", ".html", ".mht", ".swf", ".docm", ".xlsm",
)  # fmt: skip
PASSENGERS = (b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf")
# Parts fetched when the document is opened, not by a person's click, and the places from which that matters.
FETCHED = re.compile(r"/(attachedTemplate|oleObject|frame|subDocument|control|image)$", re.IGNORECASE)
REMOTE = re.compile(r"\s*(https?:|ftp:|mhtml:|javascript:|\\\\|//|file:/*[^/]*\\\\|file://[^/])", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def check(path: Path, name: str, limits: rules.Limits) -> None:
    """Refuse an office document that is more than a document."""
    with path.open("rb") as file, zipfile.ZipFile(file) as archive:
        size = file.seek(0, 2)
        _check_frame(file, archive, size, name)
        _check_entries(archive, name, limits, packed=size, depth=0)


def _check_frame(file: BinaryIO, archive: zipfile.ZipFile, size: int, name: str) -> None:
    """The archive is the whole file: it begins with an entry, ends with its end record, and entries do not overlap."""
    entries = archive.infolist()
    file.seek(max(size - 22, 0))
    if archive.comment or file.read(4) != b"PK\x05\x06" or min(entry.header_offset for entry in entries) != 0:
        raise rules.ArchiveRefused(name=name)
    places = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    if any(start + packed > after for (start, packed), (after, _) in pairwise(places)):
        raise rules.ArchiveRefused(name=name)


def _check_entries(archive: zipfile.ZipFile, name: str, limits: rules.Limits, *, packed: int, depth: int) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    names = [entry.filename for entry in entries if not entry.is_dir()]
    too_much = unpacked > limits.unpacked_bytes or unpacked > max(HARMLESS, packed * RATIO)
    if len(entries) > limits.entries or too_much or len(set(names)) < len(names):
        raise rules.ArchiveRefused(name=name)
    for entry in entries:
        _check_entry(archive, entry, name, limits, depth)


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, limits: rules.Limits, depth: int) -> None:
    lower = entry.filename.lower().replace("\\", "/")
    if lower.endswith(MACROS):
        raise rules.FileHasMacros(name=name)
    if entry.flag_bits & 1:
        raise rules.FileEncrypted(name=name)
    if ".." in lower.split("/") or lower.startswith("/") or ":" in lower:
        raise rules.ArchiveRefused(name=name)
    head = _read_through(archive, entry, name)
    if lower.endswith(RUNNABLE) or head.startswith(PASSENGERS):
        raise rules.FileHasActions(name=name)
    if lower.endswith(".rels") and _fetches(archive, entry, name):
        raise rules.FileHasActions(name=name)
    if head.startswith(b"PK\x03\x04"):
        _check_nested(archive, entry, name, limits, depth)


def _read_through(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """The first bytes; all others are read for their checksum and forgotten."""
    head, read = b"", 0
    with archive.open(entry) as file:
        while part := file.read(PART):
            head = head or part[:8]
            read += len(part)
    if read != entry.file_size:
        raise rules.FileBroken(name=name)
    return head


def _check_nested(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, limits: rules.Limits, depth: int
) -> None:
    """A chart brings its table along as a workbook; nothing else may be an archive in an archive."""
    if depth or not entry.filename.lower().endswith(".xlsx"):
        raise rules.ArchiveRefused(name=name)
    with archive.open(entry) as file, zipfile.ZipFile(file) as inner:
        _check_entries(inner, name, limits, packed=entry.file_size, depth=depth + 1)


def _fetches(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bool:
    """Whether a part of relations has something fetched from another machine."""
    if entry.file_size > MOST_RELATIONS:
        raise rules.ArchiveRefused(name=name)
    content = archive.read(entry)
    text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", errors="replace")
    for tag in re.findall(r"<[^>]*\bRelationship\b[^>]*>", text):
        said = {key.lower(): html.unescape(double or single) for key, double, single in ATTRIBUTE.findall(tag)}
        if FETCHED.search(said.get("type", "")) and REMOTE.match(said.get("target", "")):
            return True
    return False
