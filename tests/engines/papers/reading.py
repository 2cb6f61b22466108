"""What a PDF of ours says, read through its own ToUnicode maps: proof that the text is text."""

import io
import re

import pikepdf


def text_of(made: bytes) -> str:
    """All text of all pages in drawing order, without spaces between pieces."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        return "".join(_page_text(page) for page in pdf.pages)


def _page_text(page: pikepdf.Page) -> str:
    fonts = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    said, letters = [], dict[bytes, str]()
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            letters = fonts[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            pieces = operands[0] if str(operator) == "TJ" else operands
            for piece in pieces:
                if isinstance(piece, pikepdf.String):
                    raw = bytes(piece)
                    said.extend(letters.get(raw[at : at + 2], "") for at in range(0, len(raw), 2))
    return "".join(said)


def _letters(font: pikepdf.Object) -> dict[bytes, str]:
    table = font.ToUnicode.read_bytes().decode("latin-1")
    found: dict[bytes, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, letter in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[bytes.fromhex(code)] = bytes.fromhex(letter).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, letter in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                code = (int(first, 16) + step).to_bytes(2, "big")
                found[code] = chr(ord(bytes.fromhex(letter).decode("utf-16-be")) + step)
    return found
