"""Files as people and attackers send them, each made here from nothing."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import openpyxl
import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/content-types"
TYPES = f'<Types xmlns="{PACKAGE}"><Default ContentType="{WORD}"/></Types>'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pdf(change: Callable[[pikepdf.Pdf], object] = lambda pdf: None, **save: object) -> bytes:
    """A PDF of one page, changed."""
    made = pikepdf.new()
    made.add_blank_page()
    change(made)
    out = io.BytesIO()
    made.save(out, deterministic_id="encryption" not in save, **save)
    return out.getvalue()


def script(code: str = "app.alert(1)") -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(code))


def opening(action: object) -> bytes:
    """A PDF that does something when it is opened."""
    return pdf(lambda made: made.Root.__setitem__("/OpenAction", action))


def linked(action: object) -> bytes:
    """A PDF with the action behind a link, written inline."""
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)
    return pdf(lambda made: made.pages[0].obj.__setitem__("/Annots", Array([link])))


def with_attachment() -> bytes:
    def attach(made: pikepdf.Pdf) -> None:
        made.attachments["a.exe"] = pikepdf.AttachedFileSpec(made, b"MZ", filename="a.exe")

    return pdf(attach)


def object_stream_bomb(unpacked: int = 256 << 20) -> bytes:
    """A PDF whose object stream unpacks to a quarter of a gigabyte."""
    packer = zlib.compressobj(9)
    block = b"0" * (1 << 20)
    packed = b"".join(packer.compress(block) for _ in range(unpacked >> 20)) + packer.flush()
    body = io.BytesIO()
    body.write(b"%PDF-1.7\n")
    place = body.tell()
    body.write(b"5 0 obj <</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>> stream\n" % len(packed))
    body.write(packed + b"\nendstream endobj\n")
    start = body.tell()
    rows = [(0, 0, 0), (2, 5, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0), (1, place, 0), (1, start, 0)]
    table = b"".join(struct.pack(">BIB", *row) for row in rows)
    body.write(b"6 0 obj <</Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Length %d>> stream\n" % len(table))
    body.write(table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % start)
    return body.getvalue()


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), **save: object) -> bytes:
    """A picture with something on it."""
    out = io.BytesIO()
    drawn = Image.effect_noise(size, 60) if size[0] < 1_000 else Image.radial_gradient("L").resize(size)
    drawn.convert("RGB").save(out, kind, **save)
    return out.getvalue()


def png_head(width: int, height: int) -> bytes:
    """A few bytes that claim to be an enormous PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")
    )


def endless_jpeg() -> bytes:
    """A progressive JPEG with hundreds of passes over the same pixels."""
    whole = picture(size=(64, 64), progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[last:-2] * 400 + whole[-2:]


def archive(entries: dict[str, bytes | str], *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(more: dict[str, bytes | str] | None = None) -> bytes:
    """A Word document with these parts besides."""
    return archive({"[Content_Types].xml": TYPES, "word/document.xml": "<w:document/>"} | (more or {}))


def related(kind: str, target: str) -> bytes:
    """A Word document that refers to something outside."""
    tag = f"<Relationship Id='r1' Type=\"{RELATIONS}/{kind}\" Target=\"{target}\" TargetMode='External'/>"
    return docx({"word/_rels/document.xml.rels": f"<Relationships>{tag}</Relationships>"})


def xlsx() -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["姓名", "年龄"])
    book.save(out)
    return out.getvalue()


def ofd(more: dict[str, bytes | str] | None = None) -> bytes:
    return archive({"OFD.xml": "<ofd:OFD/>", "Doc_0/Document.xml": "<ofd:Document/>"} | (more or {}))


def overlapping() -> bytes:
    """An office file of few bytes whose directory names one entry thousands of times."""
    made = docx({"a.bin": b"0" * 5_000_000})
    with zipfile.ZipFile(io.BytesIO(made)) as reading:
        directory = reading.start_dir
    end = made.rindex(b"PK\x05\x06")
    entries = made[directory:end]
    last = entries[entries.rindex(b"PK\x01\x02") :]
    grown = entries + b"".join(last.replace(b"a.bin", b"%05d" % n) for n in range(1, 900))
    tail = bytearray(made[end:])
    struct.pack_into("<HHI", tail, 8, 902, 902, len(grown))
    return made[:directory] + grown + bytes(tail)


def encrypted_zip_flag() -> bytes:
    """A Word document one entry of which says it is encrypted."""
    made = bytearray(docx())
    at = made.index(b"PK\x01\x02", made.index(b"PK\x01\x02") + 4)
    made[at + 8] |= 1
    return bytes(made)


HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
EXE = b"MZ\x90\0" + b"\0" * 600
HEIC = b"\0\0\0\x18ftypheic" + b"\0" * 600
