"""Look into a file before anybody may use it; each check raises the refusal that says what is wrong.

None keeps the content in memory: pictures are decoded small or not at all, documents are read through in parts.
"""

from pathlib import Path

from .. import kinds, rules
from . import office, pdf, pictures


def check(path: Path, name: str, limits: rules.Limits) -> str:
    """The file's real kind. Refused: unknown kind, broken, bombs, actions, passwords, macros."""
    kind = kinds.kind_of(path)
    if kind is None:
        if kinds.is_cut_short(path):
            raise rules.FileBroken(name=name)
        if kinds.is_packed(path):
            raise rules.ArchiveRefused(name=name)
        raise rules.FileKindRefused(name=name, found=kinds.seems(path))
    try:
        if kind == kinds.PDF:
            pdf.check(path, name)
        elif kind in (kinds.JPEG, kinds.PNG):
            pictures.check(path, name, limits)
        else:
            office.check(path, name, limits)
    except rules.FileRefused:
        raise
    except Exception as error:
        # Three parsers with endless ways to stumble over a crafted file: what they cannot read is broken.
        raise rules.FileBroken(name=name) from error
    return kind
