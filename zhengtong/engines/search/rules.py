"""Words of a text, and the query a person meant. Pure Python: PostgreSQL's own notation in and out as plain text."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from pathlib import Path

import rjieba
from opencc import OpenCC

WORD = re.compile(r"\w+")
HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
IS_HAN = re.compile(rf"[{HAN}]+")
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# PostgreSQL keeps positions up to 16,383; more of a body adds nothing to finding it.
LONGEST_DOCUMENT = 16_000
LONGEST_WORD = 60
LONGEST_QUERY = 100
ADDED_WORD_WEIGHT = 20_000
# What people say around the thing they want.
FILLER = frozenset(Path(__file__).with_name("filler.txt").read_text().split())
INTENT = re.compile(
    r"^(?:请问|您好|你好|我们?想要?|我们?要|想要|打算|需要|[去在]哪里?|怎么样?|怎样|如何|办理|申办|申请|办个)+"
    r"|(?:怎么办理?|怎样办理?|如何办理?|在?哪里?办理?|办理?流程|流程|需?要什么(?:材料|手续|条件)|吗|呢|\?)+$"
)

Lexemes = tuple[str, ...]


def normalise(text: str) -> str:
    """One spelling for what looks alike: full width to half, capitals to small, traditional to simplified."""
    plain = unicodedata.normalize("NFKC", NOT_TEXT.sub(" ", text)).lower()
    return " ".join(_simplified().convert(plain).split())


def index_words(text: str) -> list[str]:
    """The words of a document in order, long ones also in their parts."""
    return _kept(_jieba().cut_for_search(normalise(text)[:LONGEST_DOCUMENT], hmm=False))


def query_words(text: str) -> Lexemes:
    """The words of a question, each once; what says nothing is left out unless there is nothing else."""
    every = tuple(dict.fromkeys(_kept(_jieba().cut(text, hmm=False))))
    return tuple(word for word in every if word not in FILLER) or every


def piece_words(text: str) -> list[str]:
    """Pairs of neighbouring Chinese characters and the characters themselves; other words whole."""
    found: list[str] = []
    for run in RUN.findall(normalise(text)):
        found.extend([*run, *map("".join, pairwise(run))] if IS_HAN.match(run) else [run[:LONGEST_WORD]])
    return found


def document(title: str, keywords: Iterable[str] = (), body: str = "") -> str:
    """A tsvector as text: words of the title weigh A, keywords B, the body C."""
    parts = [("A", index_words(title)), ("B", index_words(" ".join(keywords))), ("C", index_words(body))]
    return _vector(chain.from_iterable(((word, weight) for word in words) for weight, words in parts))


def pieces(title: str) -> str:
    """A tsvector as text for finding any stretch of a title."""
    return _vector((piece, "A") for piece in piece_words(title))


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: every group must be met, a group is met by any of its alternatives, those by all their words."""

    text: str
    groups: tuple[tuple[Lexemes, ...], ...]
    pairs: Lexemes

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def all(self) -> str:
        """A tsquery as text: everything that was asked."""
        return " & ".join(_any_of(map(_all_of, alternatives)) for alternatives in self.groups)

    @property
    def any(self) -> str:
        """A tsquery as text: at least one word of it."""
        return _any_of(map(_quoted, self.words))

    @property
    def all_pieces(self) -> str:
        """A tsquery as text over pieces: the stretch itself, however words are cut."""
        return _all_of(self.pairs)

    @property
    def any_piece(self) -> str:
        """A tsquery as text over pieces: something of it."""
        return _any_of(map(_quoted, self.pairs))

    @property
    def words(self) -> Lexemes:
        """Every word of every alternative, for marking."""
        return tuple(dict.fromkeys(word for group in self.groups for words in group for word in words))


def query(text: str, synonyms: Mapping[str, Iterable[str]] | None = None) -> Query:
    """Read a question; a phrase that has synonyms stands for itself or any of them, the longest phrase first."""
    asked = normalise(text[:LONGEST_QUERY])
    core = INTENT.sub("", asked) or asked
    known = {normalise(phrase): tuple(means) for phrase, means in (synonyms or {}).items()}
    groups: list[tuple[Lexemes, ...]] = []
    # A known phrase may itself begin with what otherwise says nothing.
    for part in _parted(asked if asked in known else core, known):
        words = query_words(part)
        if means := known.get(part):
            alternatives = [words, *(query_words(normalise(meant)) for meant in means)]
            groups.append(tuple(filter(None, dict.fromkeys(alternatives))))
        else:
            groups.extend(_alternatives(word) for word in words if word not in FILLER)
    groups = groups or [_alternatives(word) for word in query_words(asked)]
    pairs = [piece for piece in piece_words(core) if len(piece) > 1] or piece_words(core)
    return Query(asked, tuple(dict.fromkeys(groups)), tuple(dict.fromkeys(pairs)))


def marked(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """The text in stretches, each with whether it is one of the words; for showing why something was found."""
    wanted = sorted({word for word in words if word}, key=len, reverse=True)
    if not wanted:
        return [(text, False)] if text else []
    parts = re.split(f"({'|'.join(map(re.escape, wanted))})", text, flags=re.IGNORECASE)
    return [(part, index % 2 == 1) for index, part in enumerate(parts) if part]


def _alternatives(word: str) -> tuple[Lexemes, ...]:
    """The word itself, or the words within it: who asks for a 许可证 may mean a 许可."""
    within = tuple(part for part in _kept(_jieba().cut_for_search(word, hmm=False)) if part != word)
    return ((word,), within) if within else ((word,),)


def _parted(text: str, synonyms: Mapping[str, object]) -> list[str]:
    """The text cut at phrases that have synonyms; odd parts are such phrases."""
    phrases = sorted(filter(None, synonyms), key=len, reverse=True)
    if not phrases:
        return [text]
    return [part for part in re.split(f"({'|'.join(map(re.escape, phrases))})", text) if part.strip()]


def _kept(words: Iterable[str]) -> list[str]:
    return [word[:LONGEST_WORD] for word in words if WORD.fullmatch(word) and word != "_"]


def _vector(weighted: Iterable[tuple[str, str]]) -> str:
    places: dict[str, list[str]] = {}
    for position, (word, weight) in enumerate(weighted, 1):
        places.setdefault(word, []).append(f"{min(position, 16_383)}{weight}")
    return " ".join(f"{_quoted(word)}:{','.join(at[:255])}" for word, at in places.items())


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _all_of(words: Iterable[str]) -> str:
    return " & ".join(map(_quoted, words))


def _any_of(parts: Iterable[str]) -> str:
    return "(" + " | ".join(f"({part})" if " & " in part else part for part in parts) + ")"


@cache
def _jieba() -> rjieba.Jieba:
    """The dictionary with the words of this field added; loaded once."""
    jieba = rjieba.Jieba()
    for word in Path(__file__).with_name("words.txt").read_text().split():
        jieba.add_word(word, ADDED_WORD_WEIGHT, "n")
    return jieba


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")
