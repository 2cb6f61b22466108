"""The real kind of a file, by its content alone; its name says nothing."""

import zipfile
from pathlib import Path

from zhengtong.foundation.refusals import N_

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFD = "application/ofd"
# The first ending of each kind is the one its files are named by.
ENDINGS = {PDF: ("pdf",), JPEG: ("jpg", "jpeg"), PNG: ("png",), DOCX: ("docx",), XLSX: ("xlsx",), OFD: ("ofd",)}
ALL_ENDINGS = frozenset(ending for endings in ENDINGS.values() for ending in endings)
# Browsers can show these by themselves, and nothing in them runs.
SHOWABLE = frozenset({PDF, JPEG, PNG})
HEAD = 1024
TAIL = 1 << 16
MARKUP = (b"<html", b"<script", b"<svg", b"<!doctype", b"<iframe", b"<?php")
# In compressed pixels four given bytes meet by chance; at the end only longer marks count.
MARKUP_AT_END = (b"<script", b"<html", b"<?php ", b"<!doctype")
PACKED = (b"PK", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"MSCF")
SEEMS = (
    (b"MZ", N_("Windows 程序")),
    (b"\x7fELF", N_("Linux 程序")),
    (b"\xca\xfe\xba\xbe", N_("程序")),
    (b"#!", N_("脚本程序")),
    (b"\xd0\xcf\x11\xe0", N_("旧版 Word/Excel 文件（doc、xls）")),
    (b"{\\rtf", N_("RTF 文件")),
    (b"GIF8", N_("GIF 图片")),
    (b"BM", N_("BMP 图片")),
    (b"II*\0", N_("TIFF 图片")),
    (b"MM\0*", N_("TIFF 图片")),
    (b"RIFF", N_("WebP 图片或音视频")),
    (b"ID3", N_("音频")),
)


def kind_of(path: Path) -> str | None:
    """One of the kinds above, or None for everything else.

    A file that is two things at once (a picture or PDF with markup, another head or an archive in it) is none of them.
    """
    head, tail = _ends(path)
    if head.startswith(b"PK\x03\x04"):
        return _office_kind(path)
    if head.startswith(b"%PDF-"):
        found = PDF if b"%%EOF" in tail[-HEAD:] else None
        tail = tail.rpartition(b"%%EOF")[2]
    elif head.startswith(b"\xff\xd8\xff"):
        found = JPEG
    elif head.startswith(b"\x89PNG\r\n\x1a\n"):
        found = PNG
    else:
        return None
    two_headed = b"%PDF-" in head[1:] or any(mark in head.lower() for mark in MARKUP)
    return None if two_headed or any(mark in tail.lower() for mark in MARKUP_AT_END) or is_archive(path) else found


def seems(path: Path) -> str:
    """What an unwanted file looks like, in words."""
    head, _ = _ends(path)
    if head[4:8] == b"ftyp":
        return N_("HEIC 照片") if head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc") else N_("音视频")
    if any(mark in head.lower() for mark in (*MARKUP, b"<?xml")):
        return N_("网页或矢量图，或混有网页代码")
    return next((words for start, words in SEEMS if head.startswith(start)), N_("无法识别的格式"))


def is_cut_short(path: Path) -> bool:
    """Whether it begins like a PDF or an office document but its end is missing."""
    head, tail = _ends(path)
    return (head.startswith(b"%PDF-") and b"%%EOF" not in tail[-HEAD:]) or (
        head.startswith(b"PK\x03\x04") and b"PK\x05\x06" not in tail
    )


def is_packed(path: Path) -> bool:
    """Whether it is an archive of any sort."""
    return _ends(path)[0].startswith(PACKED) or is_archive(path)


def is_archive(path: Path) -> bool:
    """Whether a reader of ZIP would find entries in it, wherever they begin."""
    try:
        with zipfile.ZipFile(path) as archive:
            return bool(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _ends(path: Path) -> tuple[bytes, bytes]:
    with path.open("rb") as file:
        head = file.read(HEAD)
        size = file.seek(0, 2)
        file.seek(max(size - TAIL, 0))
        return head, file.read()


def _office_kind(path: Path) -> str | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    if "OFD.xml" in names:
        return OFD
    if "[Content_Types].xml" in names:
        if "word/document.xml" in names:
            return DOCX
        if "xl/workbook.xml" in names:
            return XLSX
    return None
