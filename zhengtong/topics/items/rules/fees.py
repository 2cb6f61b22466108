"""What a case costs: rules about the fee rows, and the sum of them for given answers, in whole fen."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from zhengtong.foundation.expressions import Expression, ExpressionInvalid, compile_expression
from zhengtong.foundation.refusals import N_, Message

from .defects import Around, Found, Item, reject, warn
from .forms import OUTSIDE_FACTS, form_keys


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One charge: how it is counted (None where the platform cannot), and when it falls due at all."""

    name: str
    standard: str
    basis: str
    reduction: str
    reduction_basis: str
    amount: Expression | None
    when: Expression | None


@dataclass(frozen=True, slots=True)
class FeeLine:
    """A charge as it applies to one case."""

    name: str
    standard: str
    basis: str
    reduction: str
    reduction_basis: str
    amount: int


@dataclass(frozen=True, slots=True)
class Fees:
    """What an item costs, when it is to be paid, and whether it is paid back when nothing came of it."""

    charged: bool
    payable: str
    refund: str
    rows: tuple[FeeRow, ...]

    def lines(self, facts: Mapping[str, Any]) -> list[FeeLine]:
        """The charges that these answers call for; empty where none can be counted."""
        found = []
        for row in self.rows if self.charged else ():
            if row.amount is None or (row.when is not None and not row.when(dict(facts))):
                continue
            amount = in_fen(row.amount(dict(facts)))
            if amount:
                found.append(FeeLine(row.name, row.standard, row.basis, row.reduction, row.reduction_basis, amount))
        return found


def in_fen(value: Any) -> int:
    """Whole fen, half rounded up; nothing where the formula found no number or less than nothing."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return 0
    return max(0, int(Decimal(str(value)).quantize(Decimal(1), ROUND_HALF_UP)))


def fees_of(said: Mapping[str, Any]) -> Fees:
    """The compiled fees of a definition."""
    rows = tuple(
        FeeRow(
            row["name"], row["standard"], row["basis"] or said["basis"], row["reduction"], row["reduction_basis"],
            amount=compile_expression(str(row["amount"])) if str(row.get("amount", "")).strip() else None,
            when=compile_expression(row["when"]) if row.get("when") else None,
        )
        for row in said["rows"]
    )  # fmt: skip
    return Fees(said["charged"], said.get("payable", "after_decision"), said.get("refund", "not_served"), rows)


def fees(item: Item, around: Around) -> Found:
    rows = item["fees"]["rows"]
    if not item["fees"]["charged"] and rows:
        yield reject(
            "free_with_fees", N_("写着不收费，却列了收费项目。"), N_("请删去收费项目，或改为收费。"), "fees", "rows"
        )
    if item["fees"]["charged"]:
        if not rows:
            yield reject(
                "charged_without_fees", N_("写着收费，但没有收费项目。"), N_("请列出项目、标准和依据。"), "fees"
            )
        for number, row in enumerate(rows):
            if not row["standard"].strip() or not (row["basis"].strip() or item["fees"]["basis"].strip()):
                said, here = N_("收费项目“{name}”缺少标准或依据。"), ("fees", "rows", number)
                yield reject("fee_without_basis", said, N_("请补充收费标准和收费依据。"), *here, name=row["name"])


def fee_formulas(item: Item, around: Around) -> Found:
    """What cannot be counted cannot be billed; a formula asks only for what the form answers."""
    known = {*OUTSIDE_FACTS, *form_keys(item["form"])}
    for number, row in enumerate(item["fees"]["rows"]):
        here = ("fees", "rows", number)
        if not str(row["amount"]).strip():
            said = N_("收费项目“{name}”没有写怎样计算，平台不会开具缴款通知。")
            remedy = N_("请写 amount：以分为单位的数，或者用表单字段写的算式。")
            yield warn("fee_uncounted", said, remedy, *here, name=row["name"])
        if row["reduction"].strip() and not row["reduction_basis"].strip():
            said = N_("收费项目“{name}”允许减免，没有写减免依据。")
            yield warn("fee_reduction_without_basis", said, N_("请补充减免依据。"), *here, name=row["name"])
        yield from _formula(row, "amount", known, here)
        yield from _formula(row, "when", known, here)


def _formula(row: Mapping[str, Any], field: str, known: Iterable[str], here: tuple[str | int, ...]) -> Found:
    text = str(row[field] if row[field] is not None else "").strip()
    if not text:
        return
    called = Message({"amount": N_("算式"), "when": N_("条件")}[field])
    try:
        names = compile_expression(text).names
    except ExpressionInvalid as refusal:
        said, fault = N_("收费项目“{name}”的{called}写法不对：{fault}"), Message(refusal.message, **refusal.data)
        yield reject(f"fee_{field}_invalid", said, "", *here, field, name=row["name"], called=called, fault=fault)
        return
    for name in sorted(set(names) - set(known)):
        said = N_("收费项目“{name}”的{called}用到了“{key}”，表单里没有这一项。")
        told = {"name": row["name"], "called": called, "key": name}
        yield reject(f"fee_{field}_unknown", said, N_("请改用表单中的字段代码。"), *here, field, **told)


fee_rules: tuple[Callable[[Item, Around], Found], ...] = (fees, fee_formulas)
