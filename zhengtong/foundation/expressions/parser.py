"""Words to a tree of closures, by recursive descent.

or := and ("or" and)*          and := not ("and" not)*        not := "not" not | comparison
comparison := sum (("==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not" "in") sum)?
sum := product (("+" | "-") product)*                          product := sign (("*" | "/") sign)*
sign := "-" sign | number | text | "true" | "false" | "null" | name | name "(" list ")" | "[" list "]" | "(" or ")"
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NoReturn

from zhengtong.foundation.refusals import N_

from .values import COMPARISONS, FUNCTIONS, OPERATIONS, look_up, subtract, truth
from .words import Word, invalid, unquoted, words

# Nesting costs a dozen frames a level while reading; this stays far from Python's limit.
DEEPEST = 20
Closure = Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True)
class Node:
    """A part of the condition: how to compute it, where it stands, of which parts it is made."""

    compute: Closure
    start: int
    end: int
    parts: tuple["Node", ...] = ()
    kind: str = ""
    name: str = ""

    def names(self) -> Iterator[str]:
        """Every name in it, in order."""
        if self.name:
            yield self.name
        for part in self.parts:
            yield from part.names()


class Parser:
    """Reads one condition."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words(text)
        self.place = 0
        self.depth = 0

    def parse(self) -> Node:
        node = self._deeper(self._or)
        if self.word.kind != "end":
            self._fail(N_("此处多出了内容"))
        return node

    @property
    def word(self) -> Word:
        return self.words[self.place]

    def _fail(self, problem: str, at: Word | None = None) -> NoReturn:
        raise invalid(self.text, (at or self.word).start, problem)

    def _take(self, *says: str) -> Word | None:
        word = self.word
        if word.kind not in ("sign", "keyword") or word.says not in says:
            return None
        self.place += 1
        return word

    def _demand(self, says: str) -> Word:
        return self._take(says) or self._fail(N_("缺少右括号 ") + says)

    def _deeper(self, read: Callable[[], Node]) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            self._fail(N_("嵌套太深"))
        node = read()
        self.depth -= 1
        return node

    def _or(self) -> Node:
        return self._joined("or", _any, self._and)

    def _and(self) -> Node:
        return self._joined("and", _all, self._not)

    def _joined(self, word: str, join: Callable[[tuple[Closure, ...]], Closure], read: Callable[[], Node]) -> Node:
        parts = [read()]
        while self._take(word):
            parts.append(read())
        if len(parts) == 1:
            return parts[0]
        return Node(join(_computes(parts)), parts[0].start, parts[-1].end, tuple(parts), kind=word)

    def _not(self) -> Node:
        word = self._take("not")
        if word is None:
            return self._comparison()
        part = self._deeper(self._not)
        return Node(_not(part.compute), word.start, part.end, (part,))

    def _comparison(self) -> Node:
        left = self._sum()
        negated = self.word.says == "not" and self.words[self.place + 1].says == "in" and self._take("not")
        sign = self._take(*COMPARISONS)
        if sign is None:
            return left
        right = self._sum()
        if self.word.says in COMPARISONS:
            self._fail(N_("比较不能连写，请用 and 连接"))
        compute = _not_within(left, right) if negated else _compared(sign.says, left, right)
        return Node(compute, left.start, right.end, (left, right))

    def _sum(self) -> Node:
        return self._operated(("+", "-"), self._product)

    def _product(self) -> Node:
        return self._operated(("*", "/"), self._sign)

    def _operated(self, signs: tuple[str, ...], read: Callable[[], Node]) -> Node:
        parts, operations = [read()], []
        while sign := self._take(*signs):
            operations.append(OPERATIONS[sign.says])
            parts.append(read())
        if not operations:
            return parts[0]
        first, steps = parts[0].compute, tuple(zip(operations, _computes(parts[1:]), strict=True))

        def compute(values: Mapping[str, Any]) -> Any:
            result = first(values)
            for operate, operand in steps:
                result = operate(result, operand(values))
            return result

        return Node(compute, parts[0].start, parts[-1].end, tuple(parts))

    def _sign(self) -> Node:
        minus = self._take("-")
        if minus is None:
            return self._primary()
        part = self._deeper(self._sign)
        compute = part.compute
        return Node(lambda values: subtract(0, compute(values)), minus.start, part.end, (part,))

    def _primary(self) -> Node:
        word = self.word
        if self._take("("):
            inner = self._deeper(self._or)
            closing = self._demand(")")
            return Node(inner.compute, word.start, closing.end, inner.parts, inner.kind, inner.name)
        if self._take("["):
            entries, closing = self._list("]")
            computes = _computes(entries)
            return Node(lambda values: [one(values) for one in computes], word.start, closing.end, entries)
        if word.kind in ("number", "text") or word.says in ("true", "false", "null"):
            self.place += 1
            return _literal(word)
        if word.kind == "name":
            self.place += 1
            return self._call(word) if self._take("(") else _name(word)
        return self._fail(N_("条件没有写完") if word.kind == "end" else N_("此处应为名称、文字、数字或括号"))

    def _list(self, closing: str) -> tuple[tuple[Node, ...], Word]:
        if end := self._take(closing):
            return (), end
        entries = [self._deeper(self._or)]
        while self._take(","):
            entries.append(self._deeper(self._or))
        return tuple(entries), self._demand(closing)

    def _call(self, word: Word) -> Node:
        if word.says not in FUNCTIONS:
            self._fail(N_("没有这个函数；可用：") + "、".join(FUNCTIONS), word)
        count, function = FUNCTIONS[word.says]
        arguments, closing = self._list(")")
        if len(arguments) != count:
            self._fail(N_("函数的参数个数不对，应为 ") + str(count), word)
        computes = _computes(arguments)
        return Node(lambda values: function(*(one(values) for one in computes)), word.start, closing.end, arguments)


def _computes(parts: "list[Node] | tuple[Node, ...]") -> tuple[Closure, ...]:
    return tuple(part.compute for part in parts)


def _all(computes: tuple[Closure, ...]) -> Closure:
    return lambda values: all(truth(one(values)) for one in computes)


def _any(computes: tuple[Closure, ...]) -> Closure:
    return lambda values: any(truth(one(values)) for one in computes)


def _not(compute: Closure) -> Closure:
    return lambda values: not truth(compute(values))


def _literal(word: Word) -> Node:
    value: Any = {"true": True, "false": False, "null": None}.get(word.says)
    if word.kind == "text":
        value = unquoted(word.says)
    elif word.kind == "number":
        value = Decimal(word.says) if "." in word.says else int(word.says)
    return Node(lambda values: value, word.start, word.end, kind="null" if word.says == "null" else "")


def _name(word: Word) -> Node:
    full, path = word.says, tuple(word.says.split("."))
    if len(path) == 1:
        return Node(lambda values: values.get(full), word.start, word.end, name=full)
    return Node(lambda values: look_up(values, path, full), word.start, word.end, name=full)


def _compared(sign: str, left: Node, right: Node) -> Closure:
    one, two = left.compute, right.compute
    if "null" in (left.kind, right.kind) and sign in ("==", "!="):
        asked, wanted = one if right.kind == "null" else two, sign == "=="
        return lambda values: (asked(values) is None) is wanted
    compare = COMPARISONS[sign]
    return lambda values: compare(one(values), two(values))


def _not_within(left: Node, right: Node) -> Closure:
    # `x not in […]` says something about x: a missing x does not hold, as with every comparison.
    one, two, within = left.compute, right.compute, COMPARISONS["in"]

    def compute(values: Mapping[str, Any]) -> bool:
        subject = one(values)
        return subject is not None and not within(subject, two(values))

    return compute
