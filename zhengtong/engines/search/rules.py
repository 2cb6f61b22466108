"""Words of a text, and the query a person meant. Pure Python: PostgreSQL's own notation in and out as plain text."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from math import log
from pathlib import Path

import rjieba
from opencc import OpenCC

WORD = re.compile(r"\w+")
HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
IS_HAN = re.compile(rf"[{HAN}]+")
IS_TYPED_SOUND = re.compile(r"[a-z ]{2,60}")
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# PostgreSQL keeps positions up to 16,383; more of a body adds nothing to finding it.
LONGEST_DOCUMENT = 16_000
LONGEST_WORD = 60
LONGEST_QUERY = 100
LONGEST_SOUND = 24
ADDED_WORD_WEIGHT = 20_000
# A word that more rows hold says little, and to rank them all costs time: it is looked for in titles.
MANY_ROWS = 1_000
SHORT = 0.25
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


def sounds(text: str) -> list[str]:
    """Pinyin and its initials from the beginning of each word on: 社保卡申领 is typed sbksl, sbk… or shenling."""
    # Fifty megabytes, so only where something is indexed; what people type is letters already.
    from pypinyin import Style, lazy_pinyin

    found: list[str] = []
    for run in IS_HAN.findall(normalise(text)):
        words = _jieba().cut(run, hmm=False)
        whole = [lazy_pinyin(word) for word in words]
        first = [lazy_pinyin(word, Style.FIRST_LETTER) for word in words]
        found += [
            "".join(sound for word in syllables[start:] for sound in word)[:LONGEST_SOUND]
            for start in range(len(words))
            for syllables in (whole, first)
        ]
    return list(dict.fromkeys(found))


def document(title: str, keywords: Iterable[str] = (), body: str = "") -> str:
    """A tsvector as text: words of the title weigh A, keywords B; those of the body have no place, thus weigh D."""
    heads = [(word, "A") for word in index_words(title)]
    heads += [(word, "B") for word in index_words(" ".join(keywords))]
    places: dict[str, dict[str, int]] = {}
    for position, (word, weight) in enumerate(heads, 1):
        # Once for each weight: a name does not answer better by saying its word twice.
        places.setdefault(word, {}).setdefault(weight, min(position, 16_383))
    plain = [word for word in dict.fromkeys(index_words(body)) if word not in places]
    placed = [
        f"{_quoted(word)}:{','.join(f'{at}{weight}' for weight, at in held.items())}" for word, held in places.items()
    ]
    return " ".join([*placed, *map(_quoted, plain)])


def pieces(title: str, also: Iterable[str] = ()) -> str:
    """A tsvector as text for finding any stretch of a title, and by its sound a title or what it is `also` called."""
    found = [*piece_words(title), *(sound for text in (title, *also) for sound in sounds(text))]
    return " ".join(map(_quoted, dict.fromkeys(found)))


@dataclass(frozen=True, slots=True)
class Commonness:
    """Which share of the rows holds a word, for the words that many hold; `rarest` of them stands for all others."""

    rows: float = 0
    shares: Mapping[str, float] = field(default_factory=dict)
    rarest: float = 1

    def rows_with(self, word: str) -> float:
        return self.shares.get(word, 0) * self.rows

    def weight(self, word: str) -> float:
        """How much the word tells one row from another; a single character is mostly a word of grammar."""
        return (1 + log(1 / self.shares.get(word, self.rarest))) * (SHORT if len(word) == 1 else 1)


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
        return " & ".join(_any_of(map(_all_of, alternatives)) for alternatives in self._needed)

    @property
    def _needed(self) -> tuple[tuple[Lexemes, ...], ...]:
        """A single character, mostly a word of grammar, is not insisted on beside whole words."""
        return tuple(group for group in self.groups if len("".join(group[0])) > 1) or self.groups

    @property
    def any(self) -> str:
        """A tsquery as text: at least one word of it."""
        return self.any_of(self.words)

    def any_of(self, words: Iterable[str]) -> str:
        """A tsquery as text: at least one of these words."""
        return _any_of(map(_quoted, words))

    @property
    def all_pieces(self) -> str:
        """A tsquery as text over pieces: the stretch itself, however words are cut; or what sounds so."""
        if IS_TYPED_SOUND.fullmatch(self.text):
            return f"{_quoted(self.text.replace(' ', ''))}:*"
        return _all_of(self.pairs)

    @property
    def all_in_title(self) -> str:
        """A tsquery as text over pieces: everything that was asked."""
        return " & ".join(
            _any_of(_all_of(piece for word in words for piece in _longest_pieces(word)) for words in alternatives)
            for alternatives in self._needed
        )

    def is_common(self, known: Commonness) -> bool:
        """Whether so many rows hold each part of the question that it tells nothing of any."""
        return bool(self.groups) and all(
            any(min(map(known.rows_with, words)) > MANY_ROWS for words in alternatives) for alternatives in self.groups
        )

    def telling(self, known: Commonness) -> Lexemes:
        """The rarest words, as many as lead to a number of rows that can be ranked; at least one."""
        ordered = sorted(self.words, key=known.rows_with)
        left, kept = float(MANY_ROWS), list[str]()
        for word in ordered:
            if kept and known.rows_with(word) > left:
                break
            left -= known.rows_with(word)
            kept.append(word)
        return tuple(kept)

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
        if part not in known:
            apart, more = _said_apart(words, known)
            words = tuple(word for word in words if word not in apart)
            groups.extend(more)
        if means := known.get(part):
            alternatives = [words, *(query_words(normalise(meant)) for meant in means)]
            groups.append(tuple(filter(None, dict.fromkeys(alternatives))))
        else:
            groups.extend(_alternatives(word) for word in words if word not in FILLER)
    groups = groups or [_alternatives(word) for word in query_words(asked)]
    pairs = _longest_pieces(core)
    return Query(asked, tuple(dict.fromkeys(groups)), tuple(dict.fromkeys(pairs)))


def marked(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """The text in stretches, each with whether it is one of the words; for showing why something was found."""
    wanted = sorted({word for word in words if word}, key=len, reverse=True)
    if not wanted:
        return [(text, False)] if text else []
    parts = re.split(f"({'|'.join(map(re.escape, wanted))})", text, flags=re.IGNORECASE)
    return [(part, index % 2 == 1) for index, part in enumerate(parts) if part]


def _alternatives(word: str) -> tuple[Lexemes, ...]:
    """The word itself, the words within it (who asks for a 许可证 may mean a 许可), or words that mean the same."""
    within = tuple(part for part in _kept(_jieba().cut_for_search(word, hmm=False)) if part != word)
    return tuple(filter(None, dict.fromkeys([(word,), within, *_alike().get(word, ())])))


def _said_apart(words: Lexemes, known: Mapping[str, tuple[str, ...]]) -> tuple[set[str], list[tuple[Lexemes, ...]]]:
    """Phrases that have synonyms and whose words are all said, though not in a row: 开个小饭馆 says 开饭馆."""
    told, groups = set[str](), list[tuple[Lexemes, ...]]()
    for phrase, means in known.items():
        parts = query_words(phrase)
        if len(parts) > 1 and set(parts) <= set(words):
            told.update(parts)
            groups.append((parts, *(query_words(normalise(meant)) for meant in means)))
    return told, groups


def _parted(text: str, synonyms: Mapping[str, object]) -> list[str]:
    """The text cut at phrases that have synonyms; odd parts are such phrases."""
    phrases = sorted(filter(None, synonyms), key=len, reverse=True)
    if not phrases:
        return [text]
    return [part for part in re.split(f"({'|'.join(map(re.escape, phrases))})", text) if part.strip()]


def _kept(words: Iterable[str]) -> list[str]:
    return [word[:LONGEST_WORD] for word in words if WORD.fullmatch(word) and word != "_"]


def _longest_pieces(word: str) -> list[str]:
    found = piece_words(word)
    return [piece for piece in found if len(piece) > 1] or found


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
def _alike() -> dict[str, tuple[Lexemes, ...]]:
    """Every word of `alike.txt` with the others of its lines, each as the words it is indexed by."""
    mates: dict[str, dict[Lexemes, None]] = {}
    for line in Path(__file__).with_name("alike.txt").read_text().splitlines():
        words = [normalise(word) for word in line.split()] if not line.startswith("#") else []
        for word in words:
            mates.setdefault(word, {}).update(dict.fromkeys(query_words(other) for other in words if other != word))
    return {word: tuple(others) for word, others in mates.items()}


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")
