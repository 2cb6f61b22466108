"""Pages of files as pictures, drawn on the server: nothing in a file ever runs in a browser.

Kept by the digest of the content, beside the files; whoever may not read the file gets no picture of it either.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import pikepdf
from django.conf import settings
from django.core.cache import cache

from zhengtong.foundation.refusals import N_, NotFound, Refused

from . import drawing, kinds, store
from .models import File

# To read by, and to look closely.
WIDTHS = {"page": 1100, "close": 2200}
MOST_PAGES = 300
PATIENCE = 15.0
DRAWN = frozenset({kinds.PDF, kinds.JPEG, kinds.PNG})
COUNTED_FOR = 24 * 3600


class PageNotDrawn(Refused):
    """Refused: this page cannot be shown as a picture, or not within the time and memory it may cost."""

    code = "page_not_drawn"
    status = 422
    message = N_("这一页无法显示为图片。")
    remedy = N_("请点击“原文件”下载后查看。")


def is_drawn(kind: str) -> bool:
    """Whether files of this kind are shown page by page."""
    return kind in DRAWN


def page_count(file: File) -> int:
    """How many pages can be turned; none where the kind is not drawn."""
    if file.kind != kinds.PDF:
        return int(is_drawn(file.kind))
    key = f"files.pages.{file.digest}"
    count: int | None = cache.get(key)
    if count is None:
        try:
            with pikepdf.open(store.path_of(file.digest)) as pdf:
                count = min(len(pdf.pages), MOST_PAGES)
        except (pikepdf.PdfError, OSError):
            count = 0
        cache.set(key, count, COUNTED_FOR)
    return count


def page_picture(file: File, *, page: int, size: str) -> bytes:
    """One page of a file that `file_for` has found, as a JPEG. Refused: no such page, or it cannot be drawn."""
    if size not in WIDTHS or not 1 <= page <= page_count(file):
        raise NotFound
    kept = folder_of(file.digest) / f"{page}-{size}.jpg"
    if not kept.exists():
        _draw(file, page, WIDTHS[size], kept)
    return kept.read_bytes()


def folder_of(digest: str) -> Path:
    """Where the pictures of this content lie."""
    return Path(settings.FILES_ROOT) / store.PAGES / digest[:2] / digest


def _draw(file: File, page: int, width: int, kept: Path) -> None:
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        drawn = Path(folder) / kept.name
        asked = [str(store.path_of(file.digest)), file.kind, str(page), str(width), str(drawn)]
        try:
            subprocess.run(
                [sys.executable, "-I", drawing.__file__, *asked], check=True, timeout=PATIENCE, capture_output=True
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            raise PageNotDrawn from None
        drawn.replace(kept)
