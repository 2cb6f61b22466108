"""Hands that sign, and the pieces in them."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from tests import story
from zhengtong.foundation.access import Actor, system_actor
from zhengtong.foundation.files import actions as files
from zhengtong.foundation.outbox.relay import relay
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.cases.models import Case
from zhengtong.topics.deliveries import actions
from zhengtong.topics.deliveries.actions import Signature, Way
from zhengtong.topics.deliveries.models import Delivery, Piece, Slip

OPENER = system_actor("deliveries", "deliveries.open", "cases.view")


@cache
def strokes() -> bytes:
    """A signature as a pad gives it."""
    picture = Image.new("RGBA", (300, 100), (255, 255, 255, 0))
    ImageDraw.Draw(picture).line([(20, 70), (80, 20), (120, 80), (200, 30), (280, 60)], fill=(20, 30, 60, 255), width=4)
    made = BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


def drawn(actor: Actor, name: str = "陈志远") -> Signature:
    """Drawn on the pad before this clerk."""
    kept = files.store_upload(
        BytesIO(strokes()), name="签名.png", actor=actor, purpose=files.Purpose.SIGNATURE
    )  # fmt: skip
    return Signature(name, Way.DRAWN, kept.pk)


def account_of(actor: Actor) -> Signature:
    """Signed for by being signed in."""
    return Signature(actor.name, Way.ACCOUNT)


def spoken(name: str = "陈志远") -> Signature:
    """Said aloud, signed on the printed page."""
    return Signature(name, Way.SPOKEN)


def relayed(case: Case) -> Case:
    """The case after everybody has heard what happened to it."""
    relay()
    return Case.objects.get(pk=case.pk)


def piece(case: Case, kind: str, begins: str = "") -> Piece:
    """The piece as it is now."""
    return Piece.objects.select_related("case").get(case=case, kind=kind, name__startswith=begins)


def file_of(case: Case) -> Piece:
    """The paper file of a case just accepted, as hearing of it would open it."""
    made = actions.open_file(case.number, actor=OPENER)
    assert made is not None
    return made


def ready(case: Case) -> Delivery:
    """The result of a case just decided, as hearing of it would open it."""
    made = actions.open_delivery(case.number, actor=OPENER)
    assert made is not None
    return made


def at_the_counter(item: str = "food-business-restaurant", by: str = "zhoumin") -> Case:
    """A case on paper, taken in and accepted."""
    clerk = story.actor(by)
    told = cases.submit_case(story.filing(item, by=clerk))
    return cases.accept_case(Case.objects.get(pk=told.case_id), actor=clerk)


def handed_over(by: str = "zhoumin") -> Slip:
    """A file on its way from the counter to the department."""
    case = at_the_counter(by=by)
    return actions.hand_over([file_of(case).pk], to=case.department_id, actor=story.actor(by))
