"""The past month, replayed in order of time by the public actions under a moved clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, partial
from io import BytesIO
from typing import Any

from PIL import Image

from zhengtong.engines.deadlines import queries as calendars
from zhengtong.engines.deadlines.rules import Calendar
from zhengtong.engines.papers import queries as papers
from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, system_actor
from zhengtong.foundation.accounts.queries import actor_for
from zhengtong.foundation.files import actions as files
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.cases import queries as case_queries
from zhengtong.topics.cases.actions import Channel, Provided
from zhengtong.topics.deliveries import actions as deliveries
from zhengtong.topics.deliveries import queries as papers_held
from zhengtong.topics.items import queries as items
from zhengtong.topics.ratings import actions as ratings

from .casting import Cast
from .paying import pay
from .reading import Scene, answers_of, moment

PAPER_CHANNELS = (Channel.WINDOW, Channel.POST)
PLACES = ("premises_division", "residence_division", "household_division")


@dataclass
class Player:
    """Plays a scene: knows the cast, the calendar and the cases as they come into being."""

    cast: Cast
    scene: Scene
    calendar: Calendar
    started: datetime
    cases: dict[int, Any] = field(default_factory=dict)

    def play(self, say: Callable[[str], None]) -> int:
        """Everything up to now, in order; returns how many cases there are."""
        happenings = sorted(self._happenings(), key=lambda h: h[0])
        for done, (when, happen) in enumerate(happenings, start=1):
            with clock.at(when):
                happen()
            if done % 200 == 0:
                say(f"  {done}/{len(happenings)}")
        return len(self.cases)

    def _happenings(self) -> list[tuple[datetime, Callable[[], None]]]:
        found: list[tuple[datetime, Callable[[], None]]] = []
        today = self.started.date()
        for index, entry in enumerate(self.scene.activity["cases"]):
            at = moment(entry, today, self.calendar)
            found.append((at, partial(self.file, index, entry)))
            for step in entry.get("then", ()):
                at = max(moment(step, today, self.calendar), at + timedelta(seconds=30))
                found.append((at, partial(self.act, index, entry, step)))
        return [(when, happen) for when, happen in found if when <= self.started]

    def rate(self) -> int:
        """The applicants' verdicts; after the events of the ended cases have been heard. Returns how many."""
        today, count = self.started.date(), 0
        for index, entry in enumerate(self.scene.activity["cases"]):
            rating = entry.get("rating")
            if not rating or index not in self.cases:
                continue
            ended = case_queries.case_for(self._citizen(entry), self.cases[index].number).ended_at
            at = ended and max(moment(rating, today, self.calendar), ended + timedelta(minutes=1))
            if at and at <= self.started:
                with clock.at(at):
                    self._rate(index, entry, rating)
                count += 1
        return count

    def move_papers(self) -> None:
        """Originals left at the counter, files under way; after the events of the accepted cases have been heard."""
        today = self.started.date()
        moves = [
            (moment(step, today, self.calendar), index, step)
            for index, entry in enumerate(self.scene.activity["cases"])
            if index in self.cases
            for step in entry.get("papers", ())
        ]
        for at, index, step in sorted(moves, key=lambda move: move[0]):
            if at <= self.started:
                with clock.at(at):
                    self._move_paper(self.cases[index], step["action"], step, self._staff(step["by"]))

    # -- who ---------------------------------------------------------------------------------------------------------

    def _staff(self, login: str) -> Actor:
        return actor_for(self.cast.accounts[login])

    def _operator_key(self, entry: Mapping[str, Any]) -> str:
        return entry.get("operator") or self.cast.person_of(entry["applicant"])

    def _citizen(self, entry: Mapping[str, Any]) -> Actor:
        person = self.cast.subjects[self._operator_key(entry)]
        return Actor(key=f"subject:{person.pk}", kind="citizen", name=person.name, subject_id=person.pk)

    def _who(self, entry: Mapping[str, Any], login: str) -> Actor:
        return self._citizen(entry) if login == "applicant" else self._staff(login)

    # -- what --------------------------------------------------------------------------------------------------------

    def file(self, index: int, entry: Mapping[str, Any]) -> None:
        """The applicant, or the clerk for him, submits."""
        channel = Channel(entry["channel"])
        actor = self._staff(entry["by"]) if "by" in entry else self._citizen(entry)
        applicant = self.cast.subjects[entry["applicant"]]
        operator = self._operator_key(entry)
        words = self.cast.names_for_answers(entry["applicant"])
        answers = answers_of(
            entry, self.scene.activity["samples"], words, self.cast.words[operator], clock.today()
        )  # fmt: skip
        item = items.current_version(entry["item"])
        wanted = item.materials_asked({"applicant_kind": applicant.kind, "channel": channel, **answers})
        on_paper = channel in PAPER_CHANNELS
        materials = tuple(
            Provided(m.code, on_paper=True) if on_paper else Provided(m.code, file=self._upload(m, actor))
            for m in wanted
            if m.is_required
        )
        told = cases.submit_case(
            cases.Filing(
                actor=actor,
                item=item.id,
                applicant=applicant.pk,
                answers=answers,
                materials=materials,
                channel=channel,
                operator=self.cast.subjects[operator].pk if operator != entry["applicant"] else None,
                division=next((answers[p] for p in PLACES if answers.get(p)), words.get("division", "")),
            )
        )
        self.cases[index] = case_queries.case_for(actor, told.number)

    def _upload(self, material: Any, actor: Actor) -> Any:
        extension = "pdf" if "pdf" in material.accepts else "jpg"
        content = placeholder(material.name, extension)
        stored = files.store_upload(
            BytesIO(content), name=f"{material.name}.{extension}", actor=actor, purpose=files.Purpose.MATERIAL
        )
        return stored.pk

    def act(self, index: int, entry: Mapping[str, Any], step: Mapping[str, Any]) -> None:
        """One later step of a case."""
        case, action = self.cases[index], step["action"]
        opinion = step.get("opinion") or step.get("reason") or ""
        if action in ("mirror_grant", "mirror_refuse"):
            self._mirror(case, action, step)
            return
        actor = self._who(entry, step.get("by", "applicant"))
        if action == "request_correction":
            cases.request_correction(case, materials=step["faults"], opinion=opinion, actor=actor)
        elif action == "note_gap":
            cases.note_gap(case, key=step["key"], what=step["what"], remedy=step["remedy"], actor=actor)
        elif action == "review":
            cases.review_case(case, opinion=opinion, proposal=step.get("proposal", "grant"), actor=actor)
        elif action == "answer_correction":
            self._answer_correction(case, entry, step, actor)
        elif action == "deliver":
            cases.deliver_case(case, way=opinion or self._way(entry), actor=actor)
        elif action == "pay":
            pay(case, step.get("way", "online"), actor)
        elif action == "archive":
            cases.archive_case(case, actor=actor)
        else:
            verbs: dict[str, Callable[..., Any]] = {
                "accept": cases.accept_case, "decline": cases.decline_case,
                "declare_not_needed": cases.declare_not_needed, "grant": cases.grant_case,
                "refuse": cases.refuse_case, "note": cases.note_filing, "withdraw": cases.withdraw_case,
                "forward": cases.forward_case, "handle_on_the_spot": cases.handle_on_the_spot,
            }  # fmt: skip
            verbs[action](case, opinion=opinion, actor=actor)

    def _way(self, entry: Mapping[str, Any]) -> str:
        """As the applicant wished; else whoever came to the window takes it there."""
        wished = {"电子结果": "电子送达", "邮寄送达": "邮寄送达", "窗口领取": "窗口领取"}
        sample = self.scene.activity["samples"].get(entry.get("answers_of"), {}) | (entry.get("answers") or {})
        usual = "窗口领取" if entry["channel"] in PAPER_CHANNELS else "电子送达"
        return wished.get(str(sample.get("delivery_way", "")), usual)

    def _answer_correction(
        self, case: Any, entry: Mapping[str, Any], step: Mapping[str, Any], actor: Actor
    ) -> None:  # fmt: skip
        item = items.version(case.item_version_id)
        on_paper = actor.is_staff
        provided = [
            Provided(code, on_paper=True)
            if on_paper
            else Provided(code, file=self._upload(item.material_by_code[code], actor))
            for code in step["materials"]
        ]
        cases.answer_correction(case, materials=provided, actor=actor)

    def _move_paper(self, case: Any, action: str, step: Mapping[str, Any], actor: Actor) -> None:
        if action == "take_originals":
            originals = [deliveries.Original(name) for name in step["originals"]]
            signature = deliveries.Signature(step["signer"], deliveries.Way.SPOKEN)
            case = case_queries.case_for(actor, case.number)
            deliveries.take_originals(case, originals=originals, signature=signature, actor=actor)
        elif action == "hand_over":
            held = [piece.pk for piece in papers_held.pieces_of_case(actor, case)]
            deliveries.hand_over(held, to=case.department_id, actor=actor)
        else:
            slip = papers_held.slips_for(actor)[0]
            deliveries.sign_slip(
                slip, answers={}, signature=deliveries.Signature(actor.name, deliveries.Way.ACCOUNT), actor=actor
            )  # fmt: skip

    def _mirror(self, case: Any, action: str, step: Mapping[str, Any]) -> None:
        system = system_actor("provincial", "cases.mirror")
        number = f"省{case.number}"
        cases.hand_over_forwarded(case.pk, number=number, status="已接收", actor=system)
        outcome = {"mirror_grant": "granted", "mirror_refuse": "refused"}[action]
        cases.mirror_status(case.pk, status=step["status"], outcome=outcome, result_number="", actor=system)

    def _rate(self, index: int, entry: Mapping[str, Any], rating: Mapping[str, Any]) -> None:
        ratings.rate_case(
            self.cases[index].number, level=rating["level"], labels=rating.get("labels", []),
            text=rating.get("text", ""), channel="web", actor=self._citizen(entry),
        )  # fmt: skip


@cache
def placeholder(name: str, extension: str) -> bytes:
    """A page that says what it stands for."""
    if extension == "pdf":
        return papers.render("sample", {"title": name})
    picture = BytesIO()
    Image.open(BytesIO(papers.render("sample", {"title": name}, form="png"))).convert("RGB").save(picture, "JPEG")
    return picture.getvalue()


def player(cast: Cast, scene: Scene) -> Player:
    """A player that starts from this moment."""
    return Player(cast, scene, calendars.calendar(), clock.now())
