"""Column maps for imports, as files bring them."""

from zhengtong.foundation.packs.reading import plain

from .. import rules


def column_map(raw: bytes, *, name: str) -> rules.ColumnMap:
    """A map in YAML or JSON, checked; refused with everything wrong in it."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise rules.MapInvalid(name=name, listing="  文件不是 UTF-8 编码。") from None
    return rules.column_map(name, plain(text, name=name))
