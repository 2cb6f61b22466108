"""PDF: nothing that runs, opens something else, or travels along; no password; not endless."""

from pathlib import Path

import pikepdf

from .. import rules

# Dictionaries with one of these under /S are actions that reach beyond the page.
ACTIONS = frozenset(
    f"/{name}" for name in (
        "JavaScript", "Launch", "SubmitForm", "ImportData", "GoToR", "GoToE", "Rendition", "Movie", "Sound",
        "RichMediaExecute", "GoTo3DView",
    )
)  # fmt: skip
CARRIERS = frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D"})
MOST_OBJECTS = 200_000
MOST_UNPACKED = 64 << 20
MOST_NESTED = 1_000_000

# For the whole process, and before any thread uses qpdf: object streams must not unpack without end.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=MOST_UNPACKED, png_max_memory=MOST_UNPACKED, run_length_max_memory=MOST_UNPACKED,
    tiff_max_memory=MOST_UNPACKED, dct_max_memory=MOST_UNPACKED, max_stream_filters=4, doc_max_warnings=200,
    parser_max_nesting=100,
)  # fmt: skip


def check(path: Path, name: str) -> None:
    """Refused: locked, broken, or with actions or files inside."""
    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                raise rules.FileEncrypted(name=name)
            if len(pdf.objects) > MOST_OBJECTS or len(pdf.pages) == 0:
                raise rules.FileBroken(name=name)
            if _acts_at_once(pdf.Root) or _acts(pdf):
                raise rules.FileHasActions(name=name)
    except pikepdf.PasswordError:
        raise rules.FileEncrypted(name=name) from None


def _acts_at_once(root: pikepdf.Object) -> bool:
    """Whether opening it does more than turn to a page, or its catalogue carries scripts, files or an XFA form."""
    names, form, opening = root.get("/Names"), root.get("/AcroForm"), root.get("/OpenAction")
    if isinstance(names, pikepdf.Dictionary) and ("/JavaScript" in names or "/EmbeddedFiles" in names):
        return True
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        return True
    if "/AA" in root or "/AF" in root or "/Collection" in root:
        return True
    return opening is not None and not _turns(opening)


def _turns(action: object) -> bool:
    """A plain destination, or the action of turning to one, does nothing."""
    return not isinstance(action, pikepdf.Dictionary) or str(action.get("/S", "")) in ("/GoTo", "/Named")


def _acts(pdf: pikepdf.Pdf) -> bool:
    """Walk every object, also what is nested without a number of its own."""
    waiting: list[pikepdf.Object] = []
    seen = 0
    for each in pdf.objects:
        waiting.append(each)
        while waiting:
            here = waiting.pop()
            seen += 1
            if seen > MOST_NESTED:
                return True
            if isinstance(here, pikepdf.Array):
                waiting.extend(part for part in here if _is_nested(part))
                continue
            if isinstance(here, pikepdf.Stream):
                here = here.stream_dict
            if isinstance(here, pikepdf.Dictionary):
                if _is_action(here):
                    return True
                waiting.extend(part for _, part in here.items() if _is_nested(part))
    return False


def _is_nested(part: object) -> bool:
    return isinstance(part, pikepdf.Array | pikepdf.Dictionary) and not part.is_indirect


def _is_action(here: pikepdf.Dictionary) -> bool:
    keys = here.keys()
    if "/S" in keys and "/K" not in keys and str(here["/S"]) in ACTIONS:
        return True
    if "/Subtype" in keys and "/Rect" in keys and str(here["/Subtype"]) in CARRIERS:
        return True
    by_itself = here.get("/AA")
    if isinstance(by_itself, pikepdf.Dictionary) and any(not _turns(action) for _, action in by_itself.items()):
        return True
    if "/JS" in keys and isinstance(here["/JS"], pikepdf.String | pikepdf.Stream):
        return True
    carried = here.get("/EF")
    return isinstance(carried, pikepdf.Dictionary) and any(
        isinstance(part, pikepdf.Stream) for _, part in carried.items()
    )
