"""Look into a file before anybody may use it; each check raises the refusal that says what is wrong."""

import warnings
import zipfile
from pathlib import Path

import pikepdf
from PIL import Image

from . import kinds, rules
from .rules import Limits

# What makes a PDF do something by itself, or carry something along.
CATALOGUE_ACTIONS = ("/OpenAction", "/AA", "/AcroForm/XFA", "/Names/JavaScript", "/Names/EmbeddedFiles")
ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/RichMediaExecute"}
MOST_OBJECTS = 200_000
MACROS = ("vbaproject.bin", "vbadata.xml")


def check(path: Path, name: str, limits: Limits) -> str:
    """The file's real kind. Refused: unknown kind, broken, bombs, actions, passwords, macros."""
    kind = kinds.kind_of(path)
    if kind is None:
        if zipfile.is_zipfile(path) or _looks_packed(path):
            raise rules.ArchiveRefused(name=name)
        raise rules.FileKindRefused(name=name)
    if kind == kinds.PDF:
        _check_pdf(path, name)
    elif kind in (kinds.JPEG, kinds.PNG):
        _check_picture(path, name, limits)
    else:
        _check_office(path, name, limits)
    return kind


def _looks_packed(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(8)
    return head.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"PK"))


def _check_picture(path: Path, name: str, limits: Limits) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                width, height = picture.size
                if width * height > limits.pixels:
                    raise rules.PictureTooLarge(name=name, width=width, height=height)
                picture.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise rules.PictureTooLarge(name=name, width="?", height="?") from None
    except (OSError, SyntaxError, ValueError):
        raise rules.FileBroken(name=name) from None


def _check_pdf(path: Path, name: str) -> None:
    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                raise rules.FileEncrypted(name=name)
            if len(pdf.objects) > MOST_OBJECTS or len(pdf.pages) == 0:
                raise rules.FileBroken(name=name)
            if _acts(pdf):
                raise rules.FileHasActions(name=name)
    except pikepdf.PasswordError:
        raise rules.FileEncrypted(name=name) from None
    except (pikepdf.PdfError, ValueError, RecursionError):
        raise rules.FileBroken(name=name) from None


def _acts(pdf: pikepdf.Pdf) -> bool:
    for place in CATALOGUE_ACTIONS:
        here: pikepdf.Object | None = pdf.Root
        for part in place.strip("/").split("/"):
            here = here.get(f"/{part}") if isinstance(here, pikepdf.Dictionary) else None
        if here is not None and not _is_plain_destination(place, here):
            return True
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream):
            each = each.stream_dict
        if isinstance(each, pikepdf.Dictionary) and (
            str(each.get("/S", "")) in ACTIONS or "/JS" in each or "/EmbeddedFiles" in each
        ):
            return True
    return False


def _is_plain_destination(place: str, found: pikepdf.Object) -> bool:
    """Opening at a page does nothing."""
    if place != "/OpenAction":
        return False
    return isinstance(found, pikepdf.Array) or str(found.get("/S", "")) == "/GoTo"


def _check_office(path: Path, name: str, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > limits.entries or sum(e.file_size for e in entries) > limits.unpacked_bytes:
                raise rules.ArchiveRefused(name=name)
            for entry in entries:
                lower = entry.filename.lower()
                if lower.endswith(MACROS):
                    raise rules.FileHasMacros(name=name)
                if entry.flag_bits & 1:
                    raise rules.FileEncrypted(name=name)
                if lower.endswith((".zip", ".exe", ".dll", ".js", ".vbs", ".bat")) or ".." in lower.split("/"):
                    raise rules.ArchiveRefused(name=name)
                _unpack(archive, entry, name, limits)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise rules.FileBroken(name=name) from None


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    """Read an entry through without keeping it: the stated size may lie."""
    read = 0
    with archive.open(entry) as file:
        while part := file.read(1 << 16):
            read += len(part)
            if read > entry.file_size or read > limits.unpacked_bytes:
                raise rules.ArchiveRefused(name=name)
