"""What is carried across to another system, field by field; sealed values stay masked until somebody opens one."""

from dataclasses import dataclass
from typing import Any

from zhengtong.foundation.codes import phone, resident_id
from zhengtong.foundation.refusals import N_, NotFound

from ..models import Case
from .answers import unseal_answers

ID_NUMBER, PHONE = "applicant.id_number", "applicant.phone"


@dataclass(frozen=True)
class Field:
    """One value to carry across."""

    path: str
    label: str
    text: str
    section: str = ""
    is_masked: bool = False


def carried_across(page: Any) -> list[Field]:
    """The applicant and every answer, as a `case_page` shows them."""
    who = page.case.applicant
    rows = [
        Field("applicant.name", N_("申请人"), page.case.applicant_name),
        Field(ID_NUMBER, N_("证件号码"), resident_id.mask(who.id_number), is_masked=True),
    ]
    if who.phone:
        rows.append(Field(PHONE, N_("联系电话"), phone.mask(who.phone), is_masked=True))
    for section in page.form:
        for row in section.rows:
            if row.is_answered:
                label = f"{row.group} {row.label}" if row.group else row.label
                rows.append(Field(row.path, label, str(row.text), section.title, row.is_masked))
    return rows


def opened(case: Case, item: Any, path: str) -> str:
    """One value in full. Refused (not found): no such field."""
    if path == ID_NUMBER:
        return str(case.applicant.id_number)
    if path == PHONE:
        return str(case.applicant.phone)
    answers = unseal_answers(item.form, case.form)
    for section in item.form.display(answers, mask=False, names={}):
        for row in section.rows:
            if row.path == path and row.is_answered:
                return str(row.text)
    raise NotFound
