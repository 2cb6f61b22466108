"""What an import did: every row accounted for once, defects counted by kind."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .defects import Defect

OUTCOMES = {"created": "新增草稿", "updated": "更新草稿", "unchanged": "没有变化", "kept": "别处已改，未覆盖"}
MOST_EXAMPLES = 5


@dataclass
class ImportReport:
    """Rows by outcome; sound and defective rows; for each kind of defect how many rows, and a few of them."""

    file: str
    source: str
    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    sound: int = 0
    defective: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    told: dict[str, Defect] = field(default_factory=dict)
    examples: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    seconds: float = 0.0
    is_rehearsal: bool = False

    def add(self, number: int, name: str, outcome: str, found: list[Defect]) -> None:
        """Account for one row."""
        self.rows += 1
        self.outcomes[outcome] += 1
        if any(defect.is_blocking for defect in found):
            self.defective += 1
        else:
            self.sound += 1
        for kind in {defect.kind for defect in found}:
            self.kinds[kind] += 1
            examples = self.examples.setdefault(kind, [])
            if len(examples) < MOST_EXAMPLES:
                examples.append((number, name))
        for defect in found:
            self.told.setdefault(defect.kind, defect)

    @property
    def adds_up(self) -> bool:
        """Whether every row was accounted for exactly once, both ways."""
        return sum(self.outcomes.values()) == self.rows == self.sound + self.defective

    def _by_count(self) -> list[tuple[str, int]]:
        return sorted(self.kinds.items(), key=lambda one: (-one[1], one[0]))

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "source": self.source,
            "rehearsal": self.is_rehearsal,
            "rows": self.rows,
            "outcomes": {name: self.outcomes[name] for name in OUTCOMES},
            "sound": self.sound,
            "defective": self.defective,
            "adds_up": self.adds_up,
            "defects": [
                {
                    "kind": kind,
                    "rows": count,
                    "blocking": self.told[kind].is_blocking,
                    "for_example": self.told[kind].sentence,
                    "remedy": self.told[kind].remedy,
                    "told": self.told[kind].as_json(),
                    "examples": [{"row": number, "name": name} for number, name in self.examples[kind]],
                }
                for kind, count in self._by_count()
            ],
            "seconds": round(self.seconds, 2),
        }

    def in_words(self) -> Iterator[str]:
        """Lines for a person."""
        tried = "（试运行，未写入）" if self.is_rehearsal else ""
        yield f"导入 {self.file}，来源 {self.source}：共 {self.rows} 行，用时 {self.seconds:.1f} 秒{tried}"
        yield "  " + " · ".join(f"{said} {self.outcomes[name]}" for name, said in OUTCOMES.items())
        yield f"  内容完整 {self.sound} 行 · 有缺陷 {self.defective} 行（存为草稿，改正前不能发布）"
        uneven = "" if self.adds_up else "  ← 不平"
        yield f"  合计 {sum(self.outcomes.values())} = {self.sound} + {self.defective} = {self.rows}{uneven}"
        for blocking, title in ((True, "必须改正"), (False, "建议改正")):
            kinds = [(kind, count) for kind, count in self._by_count() if self.told[kind].is_blocking is blocking]
            if kinds:
                yield f"\n{title}（一行可有多种）"
            for kind, count in kinds:
                one = self.told[kind]
                numbers = "、".join(str(number) for number, _ in self.examples[kind])
                yield f"  {count:>6} 行  {kind}"
                more = "等" if count > len(self.examples[kind]) else ""
                yield f"          例：{one.sentence}{one.remedy}（第 {numbers} 行{more}）"
