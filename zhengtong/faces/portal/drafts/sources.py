"""What is known already and need not be asked again, and in words where it comes from."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from zhengtong.engines.forms.rules import Form, Section
from zhengtong.foundation.access import Actor
from zhengtong.foundation.codes import resident_id
from zhengtong.topics.subjects import queries as subjects

SEXES = {"male": "男", "female": "女"}


def sources_for(actor: Actor, applicant: Any) -> dict[str, dict[str, Any]]:
    """Values by place and name, as data elements ask for them (`subject.name`, `entity.credit_code`)."""
    assert actor.subject_id is not None
    is_me = applicant.pk == actor.subject_id
    me = applicant if is_me else subjects.subject_for(actor, actor.subject_id)
    found = {"operator": _person(me)}
    if applicant.kind == "entity":
        found["entity"] = _entity(applicant, actor)
        found["subject"] = {"name": applicant.name, "phone": applicant.phone}
    else:
        found["subject"] = _person(applicant)
    if not is_me:
        found["agent"] = _person(me)
    return found


def marks(form: Form, section: Section, answers: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, str]:
    """By field key, whose record an answer still repeats."""
    words = {
        "subject": _("申请人的登记信息"),
        "entity": _("单位的登记信息"),
        "operator": _("您的实名信息"),
        "agent": _("您的实名信息"),
    }
    found = {}
    for part in section.fields:
        source = getattr(part, "source", "")
        place, _dot, name = source.partition(".")
        value = known.get(place, {}).get(name)
        if value and answers.get(part.key) == value:
            found[part.key] = words[place]
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


def _entity(entity: Any, actor: Actor) -> dict[str, Any]:
    told = {"name": entity.name, "phone": entity.phone, "address": entity.address, "division": entity.division}
    if entity.id_type == "credit_code":
        told["credit_code"] = entity.id_number
    standing = subjects.representatives_of(entity).filter(right="legal_representative", valid_to=None).first()
    if standing is not None:
        told["representative_name"] = standing.person.name
        # Another person's number is his to give.
        if standing.person_id == actor.subject_id:
            told["representative_id"] = standing.person.id_number
    return told
