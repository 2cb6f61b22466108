"""Find subjects, and those somebody may act for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, Q, QuerySet

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, may, visible
from zhengtong.foundation.refusals import NotFound
from zhengtong.foundation.wiring import Slot

from .access import representations_of
from .models import Agreement, HelpRequest, IdentityCheck, Relation, Representation, Subject
from .rules import HELPER, HelpEnded, is_enough, normal_number, strongest

MOST_FOUND = 50
# What is kept about an actor: by what right he may act for whom.
RIGHTS = "subjects.rights"
# How a code reaches somebody's telephone; without it nobody is offered that way.
RELATIONS = tuple(Relation.choices)
send_code: Slot[[UUID, str], None] = Slot("subjects.send_code")


def subject_of_account(account_id: UUID) -> tuple[UUID | None, dict[str, Any]]:
    """The person behind a citizen's login, and by what right he may act for whom today."""
    today = clock.today()
    holds = Q(represents__valid_from__lte=today) & (Q(represents__valid_to=None) | Q(represents__valid_to__gte=today))
    rows = Subject.objects.filter(account=account_id).annotate(standing=FilteredRelation("represents", condition=holds))
    found = list(rows.values_list("pk", "standing__subject_id", "standing__right"))
    if not found:
        return None, {}
    person = found[0][0]
    return person, {RIGHTS: _strongest(person, ((subject, right) for _, subject, right in found if subject))}


def subject_for(actor: Actor, subject_id: UUID) -> Subject:
    """One subject within the actor's scope."""
    found = visible(actor, "subjects.view", Subject.objects.all()).filter(pk=subject_id).first()
    if found is None:
        raise NotFound
    return found


def subject_of_id(subject_id: UUID) -> Subject | None:
    """One subject, for a caller that has checked its own scope."""
    return Subject.objects.filter(pk=subject_id).first()


def subjects_i_act_for(actor: Actor) -> list[Subject]:
    """Myself first, then everybody I represent today."""
    rows = visible(actor, "subjects.act_for", Subject.objects.all())
    return sorted(rows, key=lambda subject: (subject.pk != actor.subject_id, subject.name))


def subject_by_number(actor: Actor, *, id_type: str, id_number: str) -> Subject | None:
    """The subject with this identity number, if the actor may see him."""
    index = Subject.id_number_index_of(normal_number(id_number))
    rows = visible(actor, "subjects.view", Subject.objects.all())
    return rows.filter(id_type=id_type, id_number_index=index).first()


def subjects_by_number_or_phone(actor: Actor, text: str) -> list[UUID]:
    """The ids of those with this identity number or telephone, whom the actor may see."""
    if not text.strip():
        return []
    rows = visible(actor, "subjects.view", Subject.objects.all())
    by_number = Subject.id_number_index_of(normal_number(text))
    found = rows.filter(Q(id_number_index=by_number) | Q(phone_index=Subject.phone_index_of(text)))
    return list(found.values_list("pk", flat=True)[:MOST_FOUND])


def subjects_by_id(ids: Iterable[UUID]) -> dict[UUID, Subject]:
    """Kind and name of several subjects, for a caller that has already checked its own scope."""
    return Subject.objects.only("kind", "name").in_bulk(list(ids))


def acting_for(actor: Actor) -> frozenset[UUID]:
    """The ids of everybody the actor may act for, himself included."""
    return frozenset(rights_of(actor))


def standing_for(actor: Actor) -> frozenset[UUID]:
    """Those of them whose whole affairs he sees; whoever only helps sees what he himself does for them."""
    return frozenset(subject for subject, right in rights_of(actor).items() if right != HELPER)


def helped_by(actor: Actor) -> frozenset[UUID]:
    """Those whom the actor may only help."""
    return frozenset(subject for subject, right in rights_of(actor).items() if right == HELPER)


def rights_of(actor: Actor) -> dict[UUID, str]:
    """By what right the actor may act for whom today; `self` for himself."""
    if actor.subject_id is None:
        return {}
    person, rows = actor.subject_id, Representation.objects.filter(representations_of(actor))
    return actor.known(RIGHTS, lambda: _strongest(person, rows.values_list("subject_id", "right")))


def _strongest(person: UUID, standing: Iterable[tuple[UUID, str]]) -> dict[UUID, str]:
    found: dict[UUID, list[str]] = {}
    for subject, right in standing:
        found.setdefault(subject, []).append(right)
    return {subject: strongest(rights) for subject, rights in found.items()} | {person: "self"}


def check_may_act(actor: Actor, subject: Subject) -> None:
    """Refused when consent has run out or was taken back."""
    if subject.pk not in rights_of(actor):
        raise HelpEnded(name=subject.name)


def help_for(actor: Actor, subject_id: UUID) -> Representation | None:
    """The consent by which the actor, who may only help, acts for this subject; None where he stands for him."""
    if rights_of(actor).get(subject_id) != HELPER:
        return None
    rows = Representation.objects.filter(representations_of(actor), subject=subject_id, right=HELPER)
    return rows.select_related("subject").order_by("-valid_from").first()


def helps_by(actor: Actor) -> list[Representation]:
    """Whom the actor helps today, by whose consent."""
    if not helped_by(actor):
        return []
    rows = Representation.objects.filter(representations_of(actor), right=HELPER).select_related("subject")
    return list(rows.order_by("subject__name", "pk"))


def helpers_of(subject_id: UUID) -> list[Representation]:
    """Who helps a subject today; the caller has checked that he may know."""
    today = clock.today()
    rows = Representation.objects.filter(subject=subject_id, right=HELPER, valid_from__lte=today)
    return list(rows.exclude(valid_to__lt=today).select_related("person").order_by("-valid_from", "pk"))


def agreements_standing(pairs: Iterable[tuple[UUID, UUID]]) -> set[tuple[UUID, UUID]]:
    """Of these (subject helped, who helps), those that hold today."""
    wanted, today = set(pairs), clock.today()
    if not wanted:
        return set()
    rows = Representation.objects.filter(right=HELPER, valid_from__lte=today).exclude(valid_to__lt=today)
    rows = rows.filter(subject__in={subject for subject, _ in wanted}, person__in={person for _, person in wanted})
    return wanted & set(rows.values_list("subject", "person"))


def helping(actor: Actor, pk: int) -> Representation:
    """A consent that the actor may end."""
    found = Representation.objects.filter(pk=pk, right=HELPER).select_related("subject", "person").first()
    if found is None or not may(actor, "subjects.end_help", found):
        raise NotFound
    return found


def _waiting() -> QuerySet[HelpRequest]:
    rows = HelpRequest.objects.filter(state=HelpRequest.State.ASKED, open_until__gte=clock.now())
    return rows.select_related("subject", "person").order_by("-asked_at")


def help_asked_of(actor: Actor) -> list[HelpRequest]:
    """Who would like to act for the actor and waits for his answer."""
    return list(visible(actor, "subjects.answer_help", _waiting()))


def help_asked_by(actor: Actor) -> list[HelpRequest]:
    """Whom the actor has asked, and who has not answered yet."""
    return list(visible(actor, "subjects.ask_to_help", _waiting()))


def agreements() -> list[tuple[str, str]]:
    """How the person may agree; a code only where something carries it to his telephone."""
    return [(str(code), words) for code, words in Agreement.choices if code != Agreement.CODE or send_code.is_filled]


def help_to_check(actor: Actor) -> QuerySet[HelpRequest]:
    """Signed papers that wait for a counter to check them, oldest first."""
    rows = visible(actor, "subjects.check_help", _waiting())
    return rows.filter(agreement="paper").order_by("asked_at")


def help_request(actor: Actor, pk: UUID) -> HelpRequest:
    """A request that concerns the actor: he asked, he is asked, or he checks papers at a counter."""
    found = HelpRequest.objects.filter(pk=pk).select_related("subject", "person").first()
    verbs = ("subjects.answer_help", "subjects.ask_to_help", "subjects.check_help")
    if found is None or not any(may(actor, verb, found) for verb in verbs):
        raise NotFound
    return found


def may_read_file(actor: Actor, file_id: UUID) -> bool:
    """Whether it is a signed paper that waits to be checked by the actor."""
    return help_to_check(actor).filter(paper=file_id).exists()


def representations_by(actor: Actor) -> list[Representation]:
    """By what right the actor may act for others today, names in order."""
    if actor.subject_id is None:
        return []
    rows = Representation.objects.filter(representations_of(actor)).select_related("subject")
    return list(rows.order_by("subject__name", "pk"))


def representatives_of(subject: Subject) -> QuerySet[Representation]:
    """Who may act for a subject, newest first."""
    return Representation.objects.filter(subject=subject).select_related("person").order_by("-valid_from")


@dataclass(frozen=True)
class Contact:
    """Where somebody is reached; for telling him of his own affairs, never for display."""

    id: UUID
    name: str
    phone: str
    has_account: bool


def contacts_of(ids: Iterable[UUID]) -> dict[UUID, tuple[Contact, ...]]:
    """Whom to tell of a subject's affairs: a person himself; for an entity whoever is at its head, else its handlers,
    else the entity at its own telephone."""
    rows = Subject.objects.select_related("account").in_bulk(list(set(ids)))
    entities = [row.pk for row in rows.values() if row.kind == Subject.Kind.ENTITY]
    standing: dict[UUID, dict[str, list[Subject]]] = defaultdict(lambda: defaultdict(list))
    if entities:
        today = clock.today()
        rights = Representation.objects.filter(subject__in=entities, valid_from__lte=today).exclude(valid_to__lt=today)
        for each in rights.select_related("person__account").order_by("valid_from", "pk"):
            standing[each.subject_id][each.right].append(each.person)
    found = {}
    for pk, row in rows.items():
        by_right = standing[pk]
        people = by_right[Representation.Right.LEGAL_REPRESENTATIVE] or by_right[Representation.Right.HANDLER] or [row]
        found[pk] = tuple(_contact(each) for each in people)
    return found


def _contact(subject: Subject) -> Contact:
    account = subject.account
    return Contact(subject.pk, subject.name, subject.phone or (account.phone if account else ""), account is not None)


@dataclass(frozen=True)
class Identity:
    """How surely somebody is known, since when, and how the last check went."""

    level: str
    level_words: str
    since: datetime | None
    last_state: str


def identity_standing(subject_id: UUID) -> Identity:
    """The surest level at which a person was ever matched; and where his last check stands."""
    checks = list(IdentityCheck.objects.filter(subject=subject_id).defer("face").order_by("-asked_at")[:50])
    matched = [check for check in checks if check.state == IdentityCheck.State.MATCHED]
    best = max(matched, key=lambda check: check.level == IdentityCheck.Level.FACE, default=None)
    last = checks[0].state if checks else ""
    if best is None:
        return Identity("none", "", None, last)
    return Identity(best.level, best.get_level_display(), best.answered_at, last)


def is_identified(subject_id: UUID | None, level: str) -> bool:
    """Whether a person was matched as surely as that; costs no query where nothing is needed."""
    if level == "none":
        return True
    return subject_id is not None and is_enough(identity_standing(subject_id).level, level)


def identity_check(check_id: UUID) -> IdentityCheck:
    """A check with its subject, for the job that asks."""
    return IdentityCheck.objects.select_related("subject").get(pk=check_id)
