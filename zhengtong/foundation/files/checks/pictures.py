"""Pictures: not too many pixels, and whole."""

from pathlib import Path

from PIL import Image

from .. import rules

# A reduced decoding reads the whole stream and yet keeps only a sixty-fourth of the pixels.
REDUCED = 8
# A picture refined in thousands of passes costs minutes to decode; cameras and editors make about ten.
MOST_PASSES = 200
PART = 1 << 18


def check(path: Path, name: str, limits: rules.Limits) -> None:
    """Refused: a bomb, a picture that breaks off."""
    try:
        picture = Image.open(path, formats=("JPEG", "PNG", "MPO"))
    except Image.DecompressionBombError:
        width, height = _stated_size(path)
        raise rules.PictureTooLarge(name=name, width=width, height=height) from None
    with picture:
        width, height = picture.size
        if width * height > limits.pixels:
            raise rules.PictureTooLarge(name=name, width=width, height=height)
        if picture.format == "PNG":
            picture.verify()  # every chunk against its checksum, up to the end mark; nothing is unpacked
        elif _passes(path) > MOST_PASSES:
            raise rules.FileBroken(name=name)
        else:
            picture.draft("RGB", (max(width // REDUCED, 1), max(height // REDUCED, 1)))
            picture.load()


def _passes(path: Path) -> int:
    """How many scans a JPEG may hold: within one, 0xFF is always followed by 0x00 or a restart mark."""
    found, last = 0, b""
    with path.open("rb") as file:
        while part := file.read(PART):
            found += (last + part).count(b"\xff\xda")
            last = part[-1:]
    return found


def _stated_size(path: Path) -> tuple[int, int]:
    """Width and height as a PNG's head or a JPEG's frame states them."""
    with path.open("rb") as file:
        head = file.read(24)
        if head.startswith(b"\x89PNG"):
            return int.from_bytes(head[16:20]), int.from_bytes(head[20:24])
        file.seek(2)
        while len(mark := file.read(4)) == 4 and mark[0] == 0xFF:
            if 0xC0 <= mark[1] <= 0xCF and mark[1] not in (0xC4, 0xC8, 0xCC):
                frame = file.read(5)
                return int.from_bytes(frame[3:5]), int.from_bytes(frame[1:3])
            file.seek(int.from_bytes(mark[2:4]) - 2, 1)
    return 0, 0
