"""Where a paper may come from, how its last day is known, and what its holder may do with it."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from zhengtong.foundation.refusals import N_, Refused


class Source(StrEnum):
    """Where a stored paper came from."""

    CASE = "case"
    UPLOADED = "uploaded"
    ISSUED = "issued"
    REFERENCE = "reference"

    @property
    def words(self) -> str:
        return _SOURCES[self.value]


_SOURCES = {
    "case": N_("随申请提交"),
    "uploaded": N_("自己提前存入"),
    "issued": N_("本区发给您的证照"),
    "reference": N_("上级系统里的电子证照"),
}


class Validity(StrEnum):
    """By what the last day of a paper is known."""

    ITEM = "item"
    SAID = "said"
    CHECKED = "checked"

    @property
    def words(self) -> str:
        return _VALIDITIES[self.value]


_VALIDITIES = {
    "item": N_("按事项规定"),
    "said": N_("您填写的，尚未核对"),
    "checked": N_("照材料原件核对"),
}


class MaterialKindUnknown(Refused):
    """Refused: no item asks for papers of this kind."""

    code = "material_kind_unknown"
    status = 422
    message = N_("请选择这是哪一种材料。")


class MaterialNameMissing(Refused):
    """Refused: a paper needs a name."""

    code = "material_name_missing"
    status = 422
    message = N_("请给材料起个名字，2 到 60 个字。")


class MaterialExpired(Refused):
    """Refused: its last day has passed."""

    code = "material_expired"
    status = 422
    message = N_("有效期已过，存进来也不能再用。")
    remedy = N_("请换一份在有效期内的材料。")


class MaterialKept(Refused):
    """Refused: it came with a case and belongs to its file."""

    code = "material_kept"
    message = N_("这份材料随办件提交，要和办件一起保存，不能移除。")
    remedy = N_("过了有效期就不会再用到它；内容有误的，请联系办件的受理窗口。")


def is_expired(valid_to: date | None, today: date) -> bool:
    """Whether the last day has passed."""
    return valid_to is not None and valid_to < today


def check_name(name: str) -> str:
    """The name without blanks around it. Refused when too short or too long."""
    name = name.strip()
    if not 2 <= len(name) <= 60:
        raise MaterialNameMissing(fields={"name": [MaterialNameMissing.message]})
    return name


def check_last_day(valid_to: date | None, today: date) -> None:
    """Refused when it lies in the past."""
    if is_expired(valid_to, today):
        raise MaterialExpired(fields={"valid_to": [MaterialExpired.message]})


def earlier(one: date | None, other: date | None) -> date | None:
    """The earlier of two last days; None means without end."""
    return min((day for day in (one, other) if day is not None), default=None)


def papers_told(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The province's answer in the words of `actions.refer_to`; what is not in the agreed form is left out."""
    found = []
    for row in told.get("papers", ()):
        last = str(row.get("valid_to") or "")
        day = date.fromisoformat(last) if last else None
        if row.get("kind") and row.get("number") and row.get("name"):
            found.append({"kind": row["kind"], "number": row["number"], "name": row["name"], "valid_to": day})
    return found
