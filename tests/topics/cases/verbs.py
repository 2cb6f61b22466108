"""Every verb of a case by its name, done completely by whoever is asked to do it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from tests import story
from zhengtong.foundation.access import Actor, system_actor
from zhengtong.foundation.audit.models import Leaf
from zhengtong.topics.cases import actions
from zhengtong.topics.cases.models import Case, Notice, Step
from zhengtong.topics.cases.rules import Provided
from zhengtong.topics.items import queries as items

RESTAURANT, REPAIR, ALLOWANCE, CARD = (
    "food-business-restaurant", "vehicle-repair-filing", "senior-allowance", "social-security-card",
)  # fmt: skip
MIRROR = system_actor("provincial", "cases.mirror")
# Who usually does what, by item: at the counter, in the department, its head.
HANDS = {
    RESTAURANT: ("zhoumin", "zhengweidong", "xujing"),
    REPAIR: ("zhoumin", "yuanchao", "pantao"),
    ALLOWANCE: ("liangxiuying", "zhongyan", "tiangang"),
    CARD: ("luohao", "pengliang", "suhong"),
    "human-resources-service-permit": ("zhoumin", "pengliang", "suhong"),
    "legal-aid": ("zhoumin", "yeqing", "weiping"),
    "outdoor-advertising": ("zhoumin", "majun", "caiming"),
    "prepackaged-food-filing": ("zhoumin", "zhengweidong", "xujing"),
    "public-place-health-permit": ("zhoumin", "dengfang", "shenli"),
    "road-occupation-excavation": ("zhoumin", "xiewei", "zengli"),
    "rural-homestead": ("guozhiqiang", "fanxiao", "fangzheng"),
    "temporary-relief": ("liangxiuying", "zhongyan", "tiangang"),
}
AT_COUNTER = frozenset({
    "receive", "accept", "forward", "request_correction", "decline", "declare_not_needed", "handle_on_the_spot",
    "deliver", "archive",
})  # fmt: skip
BY_HEAD = frozenset({"grant", "refuse", "note", "send_back"})
BY_APPLICANT = frozenset({"answer_correction", "withdraw"})
BY_PROVINCE = frozenset({"mirror_grant", "mirror_refuse"})


def usual_doer(verb: str, item: str) -> Actor:
    """The one whose work this is."""
    clerk, reviewer, head = HANDS[item]
    if verb in BY_APPLICANT:
        return story.citizen(item)
    if verb in BY_PROVINCE:
        return MIRROR
    return story.actor(clerk if verb in AT_COUNTER else head if verb in BY_HEAD else reviewer)


def some_material(case: Case) -> str:
    """A material that the case holds, else one that its item knows."""
    held = case.materials.filter(replaced_at=None).order_by("code").values_list("code", flat=True).first()
    return held or items.version(case.item_version_id).materials[0].code


def asked_for(case: Case) -> list[str]:
    """What the open correction notice names."""
    notice = Notice.objects.filter(case=case, kind="correction", answered_at=None).first()
    return [entry["key"] for entry in notice.body["entries"]] if notice else [some_material(case)]


def _answer(case: Case, by: Actor) -> Case:
    known = items.version(case.item_version_id).material_by_code
    codes = asked_for(case)
    if by.kind == "citizen":
        given = [Provided(code, file=story.upload_for(known[code], by)) for code in codes]
    else:
        given = [Provided(code, on_paper=True) for code in codes]
    return actions.answer_correction(case, materials=given, actor=by)


def _mirror(outcome: str) -> Callable[[Case, Actor], Case]:
    return lambda case, by: actions.mirror_status(
        case.pk, status="已办结", outcome=outcome, result_number="省1", actor=by
    )


DO: dict[str, Callable[[Case, Actor], Any]] = {
    "receive": lambda case, by: actions.receive_case(case, actor=by),
    "request_correction": lambda case, by: actions.request_correction(
        case, materials={some_material(case): "看不清，请重新提交"}, actor=by
    ),
    "answer_correction": _answer,
    "decline": lambda case, by: actions.decline_case(case, opinion="不属于受理范围", actor=by),
    "declare_not_needed": lambda case, by: actions.declare_not_needed(case, opinion="这种情况不需要许可", actor=by),
    "accept": lambda case, by: actions.accept_case(case, actor=by),
    "forward": lambda case, by: actions.forward_case(case, actor=by),
    "handle_on_the_spot": lambda case, by: actions.handle_on_the_spot(case, actor=by),
    "review": lambda case, by: actions.review_case(case, opinion="材料齐全，建议准予", actor=by),
    "send_back": lambda case, by: actions.send_back_case(case, opinion="请补充现场照片", actor=by),
    "grant": lambda case, by: actions.grant_case(case, opinion="同意", actor=by),
    "refuse": lambda case, by: actions.refuse_case(case, opinion="现场不符合条件", actor=by),
    "note": lambda case, by: actions.note_filing(case, actor=by),
    "deliver": lambda case, by: actions.deliver_case(case, way="窗口领取", actor=by),
    "archive": lambda case, by: actions.archive_case(case, actor=by),
    "withdraw": lambda case, by: actions.withdraw_case(case, opinion="不办了", actor=by),
    "mirror_grant": _mirror("granted"),
    "mirror_refuse": _mirror("refused"),
}


def do(verb: str, case: Case, by: Actor | None = None) -> Case:
    """Do it, by the usual hand unless told, and read the case again."""
    DO[verb](case, by or usual_doer(verb, case.item_code))
    return Case.objects.get(pk=case.pk)


def brought(item: str, *verbs: str) -> Case:
    """A case of the item, brought on by these verbs."""
    case = story.submitted(item)
    for verb in verbs:
        case = do(verb, case)
    return case


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens within leaves no trace."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def traces(case: Case) -> tuple[Any, ...]:
    """What must stand still when a step is refused."""
    row = Case.objects.values_list("status", "step", "audit_count", "ended_at", "received_at", "form").get(pk=case.pk)
    leaves = Leaf.objects.filter(stream=case.audit_stream).count()
    return (*row, leaves, Step.objects.filter(case=case).count(), Notice.objects.filter(case=case).count())
