"""Draw one page of a PDF, or a picture, as a bounded JPEG. Runs as a process of its own, so that a page that crashes,
hangs or eats memory costs nobody anything: `drawing.py SOURCE KIND PAGE WIDTH TARGET`, with nothing of ours imported.
"""

import resource
import sys
from pathlib import Path
from typing import Any

SECONDS, MEMORY = 8, 1 << 30
# A long strip of paper is drawn smaller rather than without end.
MOST_PIXELS, MOST_ACROSS = 16_000_000, 60_000
QUALITY = 82
PDF = "application/pdf"


def main(source: str, kind: str, page: str, width: str, target: str) -> int:
    """Zero when the picture is there."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    draw = _pdf_page if kind == PDF else _picture
    picture = draw(source, int(page), int(width))
    picture.convert("RGB").save(Path(target), "JPEG", quality=QUALITY, optimize=True)
    return 0


def _pdf_page(source: str, page: int, width: int) -> Any:
    import pypdfium2  # type: ignore[import-untyped]

    pdf = pypdfium2.PdfDocument(source)
    sheet = pdf[page - 1]
    across, down = sheet.get_size()
    scale = min(width / across, (MOST_PIXELS / (across * down)) ** 0.5, MOST_ACROSS / max(across, down))
    # Forms are not initialised: no script, no action, no widget ever runs, annotations are drawn as they look.
    return sheet.render(scale=scale, may_draw_forms=False).to_pil()


def _picture(source: str, page: int, width: int) -> Any:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # measured at upload, and memory is bounded here
    picture: Any = Image.open(source, formats=("JPEG", "PNG", "MPO"))
    picture.draft("RGB", (width, width))
    picture = ImageOps.exif_transpose(picture)
    if picture.mode not in ("RGB", "L"):
        sheet = Image.new("RGB", picture.size, "white")
        picture = picture.convert("RGBA")
        sheet.paste(picture, mask=picture.getchannel("A"))
        picture = sheet
    picture.thumbnail((width, MOST_PIXELS // width))
    return picture


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
