"""`zt texts`: collects what people read from code and templates into zhengtong/locale; `--check` only looks.

The source is simplified Chinese. Traditional Chinese is made from it by OpenCC; English is written by people in
locale/en. docs/how-to/translate.md tells the rest.
"""

import io
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize
from opencc import OpenCC

from zhengtong.main.places import ROOT

SOURCES = ROOT / "zhengtong"
LOCALE = SOURCES / "locale"
Said = str | list[str] | tuple[str, ...] | None
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
PLURALS = {"en": "nplurals=2; plural=(n != 1);", "zh_Hant": "nplurals=1; plural=0;"}
# What OpenCC would write otherwise than the offices that use traditional characters.
EXCEPTIONS = LOCALE / "zh_Hant" / "exceptions.tsv"
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def run(argv: list[str]) -> int:
    """Bring the catalogues up to date, or with `--check` say what is amiss."""
    if "--check" not in argv:
        for locale in PLURALS:
            _update(locale)
    amiss = problems()
    for sentence in amiss:
        print(sentence, file=sys.stderr)
    if not amiss:
        print(f"✓ {len(texts())} 条文字，{len(PLURALS)} 种译文齐全 texts, all translated")
    return 1 if amiss else 0


@cache
def texts() -> Catalog:
    """Every marked text of the code and the templates, with the files it stands in."""
    catalog = Catalog()
    for path in sorted([*SOURCES.rglob("*.py"), *SOURCES.rglob("templates/**/*.html")]):
        for found, context in _marked(path):
            catalog.add(found, locations=[(path.relative_to(ROOT).as_posix(), 0)], context=context)
    for message in catalog:
        message.locations = sorted(set(message.locations))
    return catalog


def _marked(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    source = path.read_text("utf-8")
    if path.suffix == ".html":
        # Django makes Python calls of the tags; the blanks before them are no indentation.
        source = "\n".join(line.lstrip() for line in templatize(source).splitlines())
    for _, found, _, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
        yield found, context


def problems() -> list[str]:
    """What a reader of another language would miss, and what is written but not compiled."""
    said = []
    for locale in PLURALS:
        kept, fresh = _kept(locale), _fresh(locale)
        said += [f"{locale}: {why}: {message.id}" for message in fresh if message.id and (why := _amiss(message))]
        if _ids(kept) != _ids(fresh) or _path(locale).read_text("utf-8") != _written(fresh):
            said.append(f"{locale}: 请运行 ./zt texts (run ./zt texts)")
        elif _compiled(locale).read_bytes() != _binary(fresh):
            said.append(f"{locale}: .mo 与 .po 不一致，请运行 ./zt texts (the .mo is not what the .po says)")
    return said


def _amiss(message: Message) -> str:
    ids, strings = _several(message.id), _several(message.string)
    if not strings or not all(strings):
        return "没有译文 not translated"
    wanted = sorted(set(_PLACEHOLDER.findall(ids[-1])))
    if any(sorted(set(_PLACEHOLDER.findall(string))) != wanted for string in strings[-1:]):
        return "占位符不一致 other placeholders"
    return ""


def _several(text: Said) -> list[str]:
    """One form, or singular and plural."""
    return [text] if isinstance(text, str) else list(text or ())


def _ids(catalog: Catalog) -> set[tuple[object, str | None]]:
    return {(message.id, message.context) for message in catalog if message.id}


def _path(locale: str) -> Path:
    return LOCALE / locale / "LC_MESSAGES" / "django.po"


def _compiled(locale: str) -> Path:
    return _path(locale).with_suffix(".mo")


def _kept(locale: str) -> Catalog:
    path = _path(locale)
    if not path.exists():
        return Catalog(locale=locale)
    return read_po(io.StringIO(path.read_text("utf-8")), locale=locale)


def _fresh(locale: str) -> Catalog:
    """The texts of today with the translations kept so far, or made anew where a machine makes them."""
    fresh, kept = Catalog(locale=locale), _kept(locale)
    for message in texts():
        if not message.id:
            continue
        if locale == "zh_Hant":
            made = [traditional(text) for text in _several(message.id)]
            string: Said = made[0] if isinstance(message.id, str) else (made[-1],)
        else:
            before = kept.get(message.id, message.context)
            string = before.string if before else "" if isinstance(message.id, str) else ("", "")
        fresh.add(message.id, string, message.locations, context=message.context)
    return fresh


@cache
def _converter() -> OpenCC:
    return OpenCC("s2hk")


@cache
def _exceptions() -> tuple[tuple[str, str], ...]:
    lines = EXCEPTIONS.read_text("utf-8").splitlines()
    return tuple((made, wanted) for made, wanted, *_ in (line.split("\t") for line in lines[1:] if line))


def traditional(text: str) -> str:
    """The text in traditional characters; placeholders hold no Chinese and stay as they are."""
    converted = str(_converter().convert(text))
    for made, wanted in _exceptions():
        converted = converted.replace(made, wanted)
    return converted


def _written(catalog: Catalog) -> str:
    """The .po without dates and line numbers, so that it changes only when a text does."""
    body = io.BytesIO()
    write_po(body, catalog, width=120, omit_header=True, sort_by_file=True, include_lineno=False)
    locale = str(catalog.locale)
    header = f'msgid ""\nmsgstr ""\n"Language: {locale}\\n"\n"MIME-Version: 1.0\\n"\n'
    header += '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    return f'{header}"Plural-Forms: {PLURALS[locale]}\\n"\n\n{body.getvalue().decode().strip()}\n'


class _Undated(Catalog):
    """Heads the .mo without dates and versions: equal texts give equal bytes."""

    mime_headers = property(
        lambda self: [("Content-Type", "text/plain; charset=UTF-8"), ("Plural-Forms", PLURALS[str(self.locale)])]
    )


def _binary(catalog: Catalog) -> bytes:
    """The .mo of what the .po says."""
    undated = _Undated(locale=catalog.locale)
    for message in catalog:
        if message.id:
            undated.add(message.id, message.string, context=message.context)
    compiled = io.BytesIO()
    write_mo(compiled, undated)
    return compiled.getvalue()


def _update(locale: str) -> None:
    fresh = _fresh(locale)
    _path(locale).parent.mkdir(parents=True, exist_ok=True)
    _path(locale).write_text(_written(fresh), "utf-8")
    _compiled(locale).write_bytes(_binary(fresh))
