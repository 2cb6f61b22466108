"""What the district knows of a visitor, so that nobody types it twice."""

from typing import Any

from zhengtong.foundation.codes import resident_id
from zhengtong.topics.subjects import queries as subjects

SEXES = {"male": "男", "female": "女"}


def sources_for(applicant: Any, operator: Any = None) -> dict[str, dict[str, Any]]:
    """Values by place and name, as data elements ask for them (`subject.name`, `entity.credit_code`)."""
    found: dict[str, dict[str, Any]] = {}
    if applicant.kind == "entity":
        found["entity"] = _entity(applicant)
        found["subject"] = {"name": applicant.name, "phone": applicant.phone}
    else:
        found["subject"] = _person(applicant)
    if operator is not None or applicant.kind == "person":
        found["operator"] = _person(operator or applicant)
    if operator is not None:
        found["agent"] = _person(operator)
    return found


def _person(subject: Any) -> dict[str, Any]:
    told = {"name": subject.name, "phone": subject.phone, "address": subject.address}
    if subject.id_type == "resident_id":
        number = subject.id_number
        told |= {
            "id_number": number,
            "sex": SEXES[resident_id.sex(number)],
            "birth_date": resident_id.birth_date(number).isoformat(),
        }
    return told


def _entity(entity: Any) -> dict[str, Any]:
    told = {"name": entity.name, "phone": entity.phone, "address": entity.address, "division": entity.division}
    if entity.id_type == "credit_code":
        told["credit_code"] = entity.id_number
    standing = subjects.representatives_of(entity).filter(right="legal_representative", valid_to=None).first()
    if standing is not None:
        told["representative_name"] = standing.person.name
    return told
