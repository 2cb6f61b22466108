"""Cut a condition into words, each with its place."""

import re
from dataclasses import dataclass

from zhengtong.foundation.refusals import N_, Refused

LONGEST = 2_000
SHOWN = 80
KEYWORDS = frozenset({"and", "or", "not", "in", "true", "false", "null"})
WORD = re.compile(
    r"""(?P<space>\s+)
      | (?P<number>[0-9]+(?:\.[0-9]+)?)
      | (?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)
      | (?P<text>'(?:[^'\\]|\\['\\])*'|"(?:[^"\\]|\\["\\])*")
      | (?P<sign>==|!=|<=|>=|[<>+\-*/(),\[\]])""",
    re.VERBOSE,
)


class ExpressionInvalid(Refused):
    """Refused: a condition is not written in the grammar; the place is counted from 1."""

    code = "expression_invalid"
    status = 422
    message = N_("条件“{text}”第 {position} 个字符处写法有误：{problem}。")
    remedy = N_("可用名称、'文字'、数字、true/false/null、列表、== != < <= > >=、and/or/not/in、+ - * / 和允许的函数。")


@dataclass(frozen=True)
class Word:
    """One word: its kind (number, name, text, sign, keyword, end), what it says, where it stands."""

    kind: str
    says: str
    start: int
    end: int


def invalid(text: object, start: int, problem: str) -> ExpressionInvalid:
    """The refusal for a fault at a place; of a long condition only the neighbourhood is quoted."""
    shown = str(text)
    if len(shown) > SHOWN:
        first = max(0, min(start - SHOWN // 2, len(shown) - SHOWN))
        shown = f"…{shown[first : first + SHOWN]}…"
    return ExpressionInvalid(text=shown, position=start + 1, problem=problem)


def words(text: str) -> list[Word]:
    """All words and an `end`."""
    if not isinstance(text, str):
        raise invalid(text, 0, N_("条件应为文字"))
    if len(text) > LONGEST:
        raise invalid(text, LONGEST, N_("条件太长"))
    found, place = [], 0
    while place < len(text):
        match = WORD.match(text, place)
        if match is None:
            raise invalid(text, place, N_("引号没有成对") if text[place] in "'\"" else N_("不认识的字符"))
        kind = str(match.lastgroup)
        if kind == "name" and match[0] in KEYWORDS:
            kind = "keyword"
        if kind != "space":
            found.append(Word(kind, match[0], place, match.end()))
        place = match.end()
    found.append(Word("end", "", len(text), len(text)))
    return found


def unquoted(says: str) -> str:
    """The text between quotation marks."""
    return re.sub(r"\\(.)", r"\1", says[1:-1])
