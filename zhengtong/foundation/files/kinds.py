"""The real kind of a file, by its content alone."""

import zipfile
from pathlib import Path

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFD = "application/ofd"
ENDINGS = {PDF: {"pdf"}, JPEG: {"jpg", "jpeg"}, PNG: {"png"}, DOCX: {"docx"}, XLSX: {"xlsx"}, OFD: {"ofd"}}
HEAD = 1024
MARKUP = (b"<html", b"<script", b"<svg", b"<!doctype", b"<?xml", b"<iframe")


def kind_of(path: Path) -> str | None:
    """One of the kinds above, or None for everything else.

    A file that is two things at once (markup or an archive behind a picture's head) is none of them.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
        file.seek(0, 2)
        file.seek(max(file.tell() - HEAD, 0))
        tail = file.read()
    if head.startswith(b"PK\x03\x04"):
        return _office_kind(path)
    if any(mark in head.lower() for mark in MARKUP):
        return None
    if head.startswith(b"%PDF-"):
        return PDF if b"%%EOF" in tail else None
    if head.startswith(b"\xff\xd8\xff"):
        found: str | None = JPEG
    elif head.startswith(b"\x89PNG\r\n\x1a\n"):
        found = PNG
    else:
        return None
    return None if zipfile.is_zipfile(path) else found


def _office_kind(path: Path) -> str | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return None
    if "OFD.xml" in names:
        return OFD
    if "[Content_Types].xml" in names:
        if "word/document.xml" in names:
            return DOCX
        if "xl/workbook.xml" in names:
            return XLSX
    return None
