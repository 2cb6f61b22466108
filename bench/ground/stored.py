"""Stored cases, a year of them: rows by the builders of `submit_cases`, written by COPY.

Each half runs in a process of its own as superuser, with foreign keys unchecked: what is referred to was just made.
"""

import dataclasses
import random
import sys
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Any

import django

DAYS = 365
AT_ONCE = 10_000
FILING = {
    "vehicle-repair-filing": "repair",
    "food-business-restaurant": "restaurant",
    "senior-allowance": "senior-by-family",
}
APPLICANT = {"repair": "jieshun", "restaurant": "weizhenyuan", "senior-by-family": "he-guilan"}
OPEN = 0.03
OF_THE_CAST = 300
ENDS = ("archived",) * 16 + ("delivered",) * 2 + ("withdrawn", "declined")


def store(half: int, cases: int) -> None:
    """Every second day of the year, so that both halves know their numbers."""
    from django.db import connection

    from zhengtong.engines.tasks.models import Task
    from zhengtong.foundation.audit.models import Leaf
    from zhengtong.foundation.bulk import copy_rows
    from zhengtong.foundation.idempotency.models import Turn
    from zhengtong.foundation.outbox.models import EventRow
    from zhengtong.topics.cases.models import Case, Material

    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica; SET synchronous_commit = off")
    tables = (Case, Material, Leaf, Turn, EventRow, Task)
    made = _made(half, cases)
    while part := list(islice(made, AT_ONCE)):
        for table, of_each in zip(tables, zip(*part, strict=True), strict=True):
            copy_rows(table, [row for rows in of_each for row in rows])


def _made(half: int, cases: int) -> Iterator[tuple[list[dict[str, Any]], ...]]:
    """The rows of one case after another, a list for each table."""
    from zhengtong.foundation import clock
    from zhengtong.foundation.codes import case_number, uuid7
    from zhengtong.topics.cases.actions import moving, submitting
    from zhengtong.topics.cases.rules import Provided

    chance = random.Random(half)
    patterns, subjects, files = _patterns(), _subjects(), _files()
    today, each_day = clock.today(), -(-cases // DAYS)
    for day in range(half, DAYS, 2):
        when = today - timedelta(days=DAYS - day)
        for serial in range(1, min(each_day, cases - day * each_day) + 1):
            pattern = chance.choice(patterns)
            # The cast has its share, so that somebody has a list to look at.
            theirs = (day * each_day + serial) % max(1, cases // OF_THE_CAST) == 0
            applicant = pattern.applicant if theirs else chance.choice(subjects[pattern.applicant.kind])
            filing = dataclasses.replace(pattern.filing, applicant=applicant.pk, key=f"stored-{day}-{serial}")
            at = datetime.combine(when, time(8), clock.CHINA) + timedelta(seconds=serial * 36_000 / (each_day + 1))
            one = dataclasses.replace(
                pattern, filing=filing, applicant=applicant, case_id=uuid7(),
                materials=tuple(Provided(m.code, chance.choice(files)) for m in pattern.materials),
                accept_due=moving.accept_due(at),
                number=case_number.make_case_number(when, serial),
                official_number=case_number.make_official_number(pattern.item.handling_code, when, serial),
            )  # fmt: skip
            case, leaf = submitting.case_row(one, at)
            task = submitting.task_of(one, at) | {"state": "open", "opened_at": at, "closed_at": None}
            _move_on(case, task, at, chance)
            claim = submitting.claim_of(one, at)
            event = submitting.event_of(one)
            yield (
                [case],
                submitting.material_rows(one, at),
                [leaf],
                [{**vars(claim), "at": at}],
                [{"name": event.name(), "payload": event.payload(), "at": at}],
                [task],
            )


def _move_on(case: dict[str, Any], task: dict[str, Any], at: datetime, chance: random.Random) -> None:
    """Most cases have long been decided; a few wait."""
    case |= {"accepted_at": None, "decided_at": None, "ended_at": None}
    if chance.random() < OPEN:
        return
    later = at + timedelta(days=chance.randint(1, 5))
    case |= {"status": chance.choice(ENDS), "accepted_at": later, "decided_at": later, "ended_at": later}
    task |= {"state": "closed", "closed_at": later}


def _patterns() -> list[Any]:
    """A checked filing for every item type that can be filed here."""
    from zhengtong.topics.items import queries as items

    made = {code: checked(code) for code in FILING}
    found = []
    for code in items.published_items().values_list("item__code", flat=True):
        of = next((known for known in FILING if code.endswith(known)), None)
        if of is not None:
            found.append(dataclasses.replace(made[of], item=items.current_version(code)))
    return found


def checked(code: str, **changes: Any) -> Any:
    """A filing as the demo files it, through all checks; its papers then count as uploaded."""
    from zhengtong.foundation import clock
    from zhengtong.foundation.accounts import queries as accounts
    from zhengtong.main.scene.reading import answers_of, read
    from zhengtong.topics.cases.actions import submitting
    from zhengtong.topics.cases.rules import Channel, Provided
    from zhengtong.topics.items import queries as items
    from zhengtong.topics.subjects.models import Subject

    scene, sample = read(), FILING[code]
    words = {entry["key"]: dict(entry) for entry in scene.cast["subjects"]}
    own = words[APPLICANT[sample]]
    if "representative" in own:
        own |= {"credit_code": own["id_number"], "representative": words[own["representative"]]["name"]}
    answers = answers_of({"answers_of": sample}, scene.activity["samples"], own, words["lin-xiaoyu"], clock.today())
    answers = {key: value for key, value in {**answers, **changes}.items() if value is not None}
    item = items.current_version(code)
    applicant = Subject.objects.get(id_number_index=Subject.id_number_index_of(str(own["id_number"])))
    wanted = item.materials_asked({"applicant_kind": applicant.kind, "channel": Channel.WINDOW, **answers})
    materials = tuple(Provided(material.code, on_paper=True) for material in wanted if material.is_required)
    actor = accounts.actor_for(accounts.account("liangxiuying" if sample == "senior-by-family" else "zhoumin"))
    filing = submitting.Filing(
        actor=actor, item=item.id, applicant=applicant.pk, answers=answers, materials=materials,
        channel=Channel.WINDOW, division=own["division"],
    )  # fmt: skip
    ready = submitting.checked(filing, submitting.Known.of([filing]))
    uploaded = tuple(dataclasses.replace(part, on_paper=False) for part in ready.materials)
    online = dataclasses.replace(filing, channel=Channel.ONLINE)
    return dataclasses.replace(ready, filing=online, materials=uploaded)


@dataclasses.dataclass(frozen=True, slots=True)
class _Applicant:
    pk: Any
    name: str
    kind: str


def _subjects() -> dict[str, list[_Applicant]]:
    from zhengtong.topics.subjects.models import Subject

    found: dict[str, list[_Applicant]] = {"person": [], "entity": []}
    for pk, name, kind in Subject.objects.order_by("pk").values_list("pk", "name", "kind"):
        found[kind].append(_Applicant(pk, name, kind))
    return found


def _files() -> list[Any]:
    from zhengtong.foundation.files.models import File

    return list(File.objects.order_by("pk").values_list("pk", flat=True))


if __name__ == "__main__":
    django.setup()
    store(int(sys.argv[1]), int(sys.argv[2]))
