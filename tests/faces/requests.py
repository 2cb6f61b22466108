"""What a row of the matrix asks for: an object of the restaurant owner's (or nobody's), and the request that fits it.

The owner is 陈志远 with his restaurant; the clerk sits where it is accepted, the reviewer and the head in the office
that decides. A request is complete, so that whoever may, succeeds: what is refused is refused for want of right.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests import story
from tests.faces import kept, tabled, visiting
from tests.topics.cases.verbs import CARD, REPAIR, RESTAURANT, brought, do
from tests.topics.deliveries import hands
from tests.topics.payments import tills
from tests.topics.payments.tills import ROAD
from tests.topics.subjects import helping
from zhengtong.engines.forms.rules import page_values
from zhengtong.engines.notices import actions as notices
from zhengtong.engines.notices.models import Message, Template
from zhengtong.engines.tasks import actions as tasks
from zhengtong.engines.tasks.models import Task
from zhengtong.foundation import clock
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.codes import uuid7
from zhengtong.topics.cases import actions
from zhengtong.topics.cases.models import Case, Draft
from zhengtong.topics.credentials import actions as credentials
from zhengtong.topics.credentials.models import Credential
from zhengtong.topics.deliveries import actions as deliveries
from zhengtong.topics.deliveries.models import Delivery
from zhengtong.topics.items import actions as catalogue
from zhengtong.topics.items import queries as items
from zhengtong.topics.payments import actions as payments
from zhengtong.topics.ratings import actions as ratings

OWNER, CLERK, COLLEAGUE, KEEPER = "chenzhiyuan", "zhoumin", "wujiayi", "gaojie"
FIRM = {"applicant-id_type": "credit_code", "applicant-id_number": str(story.WORDS["weizhenyuan"]["id_number"]),
        "applicant-name": str(story.WORDS["weizhenyuan"]["name"])}  # fmt: skip
TELLER = system_actor("teller", "notices.make")
RENDERER, INVITER = system_actor("renderer", "credentials.render"), system_actor("ratings", "ratings.invite")


@dataclass
class Request:
    """An address and what is sent there."""

    values: dict[str, Any] = field(default_factory=dict)
    sent: dict[str, Any] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] | None = None


# -- objects: what the address names ---------------------------------------------------------------------------------


def _version() -> Any:
    return items.current_version(RESTAURANT)


def _of_case(case: Case, **more: Any) -> dict[str, Any]:
    file = case.materials.exclude(file=None).first()
    return {"number": case.number, "case": case, "file": file and file.file_id, "page": 1, **more}


def _gap() -> dict[str, Any]:
    """A gap that the clerk found."""
    case = brought(RESTAURANT)
    gap = actions.note_gap(case, key="layout-plan", what="没有标注尺寸", actor=story.actor(CLERK))
    return {"number": case.number, "gap": gap.pk}


def _draft(login: str) -> dict[str, Any]:
    """Complete, so that it can be submitted."""
    who, version = story.actor(login), _version()
    given = story.answers(RESTAURANT)
    draft = actions.start_draft(RESTAURANT, applicant=story.subject("weizhenyuan").pk, actor=who)
    facts = {"applicant_kind": "entity", "channel": "online"}
    wanted = [m for m in version.materials_asked({**facts, **given}) if m.is_required]
    content = {
        "answers": given,
        "materials": {m.code: str(story.upload_for(m, who)) for m in wanted},
        "done": [section.key for section in version.form.sections],
    }
    draft = actions.save_draft(draft, content=content, version=draft.version, actor=who)
    return {"draft": draft.pk, "section": version.form.sections[0].key, "code": wanted[0].code, "row": draft}


def _desk_draft() -> dict[str, Any]:
    who, version = story.actor(CLERK), _version()
    given = story.answers(RESTAURANT)
    draft = actions.start_draft(RESTAURANT, applicant=story.subject("weizhenyuan").pk, actor=who)
    draft = actions.save_draft(
        draft, content={"answers": given, "materials": {}, "done": []}, version=1, actor=who
    )  # fmt: skip
    facts = {"applicant_kind": "entity", "channel": "window"}
    papers = [m.code for m in version.materials_asked({**facts, **given}) if m.is_required]
    return {"draft": draft.pk, "row": draft, "papers": papers}


def _task(*verbs: str, held_by: str = "") -> dict[str, Any]:
    case = brought(RESTAURANT, *verbs)
    task = Task.objects.exclude(state="closed").get(about=case.pk)
    if held_by:
        tasks.claim_task(task, actor=story.actor(held_by))
    return {"task": task.pk}


def _licence() -> dict[str, Any]:
    case = brought(RESTAURANT, "accept", "review", "grant")
    licence = Credential.objects.get(case_number=case.number)
    licence = credentials.render_credential(licence.pk, actor=RENDERER)
    return {"credential": licence.pk, "code": licence.verify_code, "file": licence.file_id}


def _ended() -> dict[str, Any]:
    case = brought(RESTAURANT, "accept", "review", "grant")
    ratings.invite_rating(
        number=case.number, item_code=case.item_code, item_name=case.item_name, organisation=case.department_id,
        applicant=case.applicant_id, outcome=case.status, ended_at=clock.now(), actor=INVITER,
    )  # fmt: skip
    return _of_case(case)


def _bill(*, paid: str = "") -> dict[str, Any]:
    """The restaurant digs up the road before its door: the licence waits for the money."""
    filing = story.filing(ROAD, by=story.actor(OWNER))
    told = actions.submit_case(replace(filing, applicant=story.subject("weizhenyuan").pk))
    case = Case.objects.get(pk=told.case_id)
    for verb in ("accept", "review", "grant"):
        case = do(verb, case)
    bill = tills.billed(case)
    order = tills.ordered(bill)
    if paid:
        payment = tills.heard(tills.letter(tills.said(order)))
        receipt = {"code": "44", "number": "1", "check_code": "A", "verify_url": "https://example.invalid/"}
        payments.keep_receipt(payment, told=receipt, content=story.pdf(), actor=tills.CASHIER)
    return {"number": bill.number, "bill": bill, "order": order.number}


def _expired_bill() -> dict[str, Any]:
    made = _bill()
    with clock.at(clock.now() + timedelta(days=30)):
        payments.expire_bills(actor=tills.CASHIER)
    return made


def _drafted() -> dict[str, Any]:
    """A published item with a draft of its next version, and the item as whoever publishes has seen it."""
    keeper, today = story.actor(KEEPER), clock.today().isoformat()
    entry = items.editorial(keeper, RESTAURANT).entry
    catalogue.save_draft_version({**entry, "valid_from": today}, actor=keeper)
    return {"code": RESTAURANT, "seen": items.publication(keeper, RESTAURANT).seen, "today": today}


def _closed_day() -> dict[str, Any]:
    deliveries.close_day(clock.today(), organisation="hall-central", counted=0, actor=story.actor(CLERK))
    return {"day": clock.today().isoformat()}


def _result() -> dict[str, Any]:
    """A result that waits at the window; accepted by a colleague of the clerk's."""
    case = actions.accept_case(brought(RESTAURANT), actor=story.actor(COLLEAGUE))
    case = actions.review_case(case, opinion="齐全。", actor=story.actor("zhengweidong"))
    hands.ready(actions.grant_case(case, actor=story.actor("xujing")))
    return _of_case(case)


def _issued() -> dict[str, Any]:
    values = _result()
    found = Delivery.objects.get(case=values["case"])
    deliveries.post_result(found, tracking="EMS1", actor=story.actor(CLERK))
    return values


def _message(kind: str, recipient: Any) -> dict[str, Any]:
    """Something that somebody was told by SMS too, which did not arrive."""
    who = notices.Addressee(recipient, "某人", kind=kind, phone="13800138000")
    facts = {"number": "2611220000018", "item": "食品经营许可"}
    told = notices.Telling("cases.submitted", str(recipient), clock.now(), (who,), facts, path="/desk/")
    notices.make_messages([told], actor=TELLER)
    message = Message.objects.latest("id")
    message.deliveries.filter(channel="sms").update(state="failed", not_before=None)
    failed = message.deliveries.filter(state="failed").first()
    return {"message": message.pk, "delivery": failed and failed.pk}


def _asked() -> Any:
    """A neighbour asks the owner to let her act for him."""
    owner = story.WORDS["chen-zhiyuan"]
    return helping.ask_to_help(
        name=owner["name"], id_number=owner["id_number"], phone=owner["phone"], relation="other",
        valid_to=clock.today() + timedelta(days=30), agreement="account", actor=story.actor("linxiaoyu"),
    )  # fmt: skip


OBJECTS: dict[str, Callable[[], dict[str, Any]]] = {
    "message": lambda: _message("subject", story.actor(OWNER).subject_id),
    "clerk's message": lambda: _message("account", story.actor(CLERK).account_id),
    "template": lambda: {"code": "cases.submitted"},
    "-": dict,
    "stored paper": lambda: {"material": helping.stored_paper(OWNER).pk},
    "asked": lambda: {"pk": helping.asked(OWNER).pk},
    "helping": lambda: {"pk": helping.agreed(OWNER).pk},
    "item": lambda: {"code": RESTAURANT, "item": RESTAURANT},
    "submitted": lambda: _of_case(brought(RESTAURANT)),
    "received": lambda: _of_case(brought(RESTAURANT, "receive")),
    "correction": lambda: _of_case(brought(RESTAURANT, "request_correction"), kind="correction"),
    "accepted": lambda: _of_case(brought(RESTAURANT, "accept"), kind="accepted"),
    "reviewed": lambda: _of_case(brought(RESTAURANT, "accept", "review"), kind="accepted"),
    "granted": lambda: _of_case(brought(RESTAURANT, "accept", "review", "grant"), kind="granted"),
    "gap": _gap,
    "delivered": lambda: _of_case(brought(RESTAURANT, "accept", "review", "grant", "deliver"), kind="granted"),
    "filing": lambda: _of_case(brought(REPAIR), kind="noted"),
    "accepted filing": lambda: _of_case(brought(REPAIR, "accept"), kind="accepted"),
    "provincial": lambda: _of_case(brought(CARD), kind="accepted"),
    "ended": _ended,
    "draft": lambda: _draft(OWNER),
    "desk draft": _desk_draft,
    "task": _task,
    "clerk's task": lambda: _task(held_by=CLERK),
    "review": lambda: _task("accept"),
    "licence": _licence,
    "own upload": lambda: {"file": story.upload(story.actor(OWNER))},
    "clerk's upload": lambda: {"file": story.upload(story.actor(CLERK))},
    "drafted item": _drafted,
    "bill": _bill,
    "paid bill": lambda: _bill(paid="yes"),
    "expired bill": _expired_bill,
    "at the counter": lambda: {"number": hands.at_the_counter().number},
    "result": _result,
    "issued result": _issued,
    "slip": lambda: {"slip": hands.handed_over().pk},
    "closed day": _closed_day,
    "cases table": lambda: {"table": "cases"},
    "inbox table": lambda: {"table": "inbox", **_task()},
    "view": tabled.view,
    "export": tabled.export,
    "component group": lambda: {"group": "words"},
    **visiting.OBJECTS,
    **kept.OBJECTS,
    "nothing": lambda: {
        "number": "1",
        "slip": 1,
        "day": "never",
        "rest": "v9/nothing",
        "code": "no-such-item",
        "group": "no-such-group",
    },
}


# -- what is sent ----------------------------------------------------------------------------------------------------


def _pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("材料.pdf", story.pdf(), "application/pdf")


def _section(row: Draft, key: str) -> dict[str, Any]:
    version = items.version(row.item_version_id)
    return {**page_values(version.form.section(key), story.answers(RESTAURANT)), "version": row.version}


def _whole_form() -> dict[str, Any]:
    sent: dict[str, Any] = {}
    for section in _version().form.sections:
        sent |= page_values(section, story.answers(RESTAURANT))
    return sent


def _correction(values: dict[str, Any]) -> dict[str, Any]:
    case = values["case"]
    code = case.notices.get(kind="correction").body["entries"][0]["key"]
    return {f"material-{code}": _pdf(), "paper": code}


def _wrong(values: dict[str, Any]) -> dict[str, Any]:
    code = values["case"].materials.order_by("code").first().code
    return {"material": code, f"what-material-{code}": "看不清"}


def _newcomer() -> dict[str, Any]:
    return {"name": "方晓", "id_number": "11010519491231002X", "phone": "13800138000", "password": story.PASSWORD,
            "again": story.PASSWORD}  # fmt: skip


def _filing() -> dict[str, Any]:
    filing = story.filing(REPAIR, by=story.actor("weixiu-system"))
    return {
        "item": REPAIR, "applicant": str(filing.applicant), "division": filing.division,
        "answers": dict(filing.answers),
        "materials": [{"code": part.code, "file": str(part.file)} for part in filing.materials],
    }  # fmt: skip


def _guide(code: str) -> dict[str, Any]:
    """The editorial part of an item, with another phone."""
    page = items.editorial(story.actor(KEEPER), code)
    place = page.entry["places"][0]
    return {"seen": page.seen, "summary": page.entry["summary"], "consult_phone": "12345",
            "places-0-organisation": place["organisation"], "places-0-window": place["window"]}  # fmt: skip


SUBJECT = {"kind": "person", "name": "方晓", "id_type": "resident_id", "id_number": "11010519491231002X"}
# Route → what a POST to it sends; routes that are not named take an empty form.
SENT: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "materials/new/": lambda _: {"kind": "id-card", "name": "身份证", "file": _pdf()},
    "materials/<uuid:material>/": lambda _: {"_verb": "rename", "name": "我的身份证"},
    "subjects/help/<uuid:pk>/": lambda _: {"_verb": "decline"},
    "desk/subjects/help/<uuid:pk>/": lambda _: {"_verb": "decline"},
    "accounts/register/": lambda _: _newcomer(),
    "accounts/sign-in/": lambda _: {"login": OWNER, "password": "Wrong#2026-99"},
    "accounts/password/": lambda _: {"old": "x", "new": "y", "again": "z"},
    "subjects/entities/new/": lambda _: {
        "name": "晓方面馆", "credit_code": "91350100M000100Y43", "right": "legal_representative",
    },
    "cases/new/<slug:item>/": lambda _: {"applicant": str(story.subject("weizhenyuan").pk)},
    "cases/drafts/<uuid:draft>/form/<slug:section>/": lambda v: _section(v["row"], v["section"]),
    "cases/drafts/<uuid:draft>/save/<slug:section>/": lambda v: _section(v["row"], v["section"]),
    "cases/drafts/<uuid:draft>/materials/<slug:code>/": lambda _: {"file": _pdf()},
    "cases/<str:number>/correction/": _correction,
    "t/<str:number>": lambda _: {"digits": str(story.WORDS["weizhenyuan"]["phone"])[-4:]},
    "ratings/<str:number>/": lambda _: {"level": "1"},
    **visiting.SENT,
    **kept.SENT,
    "notices/preferences/email/": lambda _: {"do": "add", "email": "somebody@example.com"},
    "desk/notices/templates/<str:code>/": lambda v: {
        **{name: getattr(Template.objects.get(pk=v["code"]), name) for name in Template.TEXTS},
        "seen": Template.objects.get(pk=v["code"]).audit_count, "sms": "编号{number}",
    },
    "preferences/": lambda _: {"theme": "dark"},
    "desk/payments/statements/": lambda _: {"day": clock.today().isoformat()},
    "desk/payments/<str:number>/collect/": lambda v: {
        "way": "pos", "amount": v["bill"].yuan, "receipt_number": "P-1"
    },
    "desk/accounts/sign-in/": lambda _: {"login": CLERK, "password": "Wrong#2026-99"},
    "desk/accounts/password/": lambda _: {"old": "x", "new": "y", "again": "z"},
    "desk/tasks/<int:task>/hand-over/": lambda _: {"to": str(accounts.account(COLLEAGUE).pk)},
    "desk/cases/new/": lambda _: {"item": RESTAURANT, **FIRM},
    "desk/cases/drafts/<uuid:draft>/": lambda v: {**_whole_form(), "paper": v["papers"], "_then": "submit"},
    "desk/cases/drafts/<uuid:draft>/save/": lambda v: {**_whole_form(), "version": v["row"].version},
    "desk/cases/<str:number>/correction/": _wrong,
    "desk/cases/<str:number>/gaps/": lambda _: {"key": "layout-plan", "what": "没有标注尺寸"},
    "desk/cases/<str:number>/elsewhere/": lambda _: {"system": "省食品许可系统", "number": "YC1"},
    "desk/cases/<str:number>/answer_correction/": _correction,
    "desk/deliveries/custody/<str:number>/": lambda _: {
        "original": "0", "name-0": "营业执照副本", "copies-0": "1",
        "signature-signer": "陈志远", "signature-way": "spoken",
    },
    "desk/deliveries/slips/new/": lambda _: {"to": "hall-central"},
    "desk/deliveries/day/": lambda _: {"counted": "0"},
    "desk/deliveries/<str:number>/": lambda _: {
        "receiver_name": "陈志远", "receiver_number": str(story.WORDS["chen-zhiyuan"]["id_number"]),
        "signature-signer": "陈志远", "signature-way": "spoken",
    },
    "desk/exports/": lambda v: {"table": v["table"], "format": "csv"},
    "desk/tables/<slug:table>/chosen/": lambda v: {"do": "claim", "row": v["task"], "sure": "list"},
    "desk/tables/<slug:table>/views/": lambda _: {"name": "受理了的", "query": "status=accepted"},
    "desk/tables/<slug:table>/views/<uuid:view>/": lambda _: {"do": "rename", "name": "已受理"},
    "desk/items/contacts/": lambda _: {"item": RESTAURANT, "part": "consult_phone", "value": "12345"},
    "desk/items/<slug:code>/publish/": lambda v: {"seen": v["seen"], "valid_from": v["today"]},
    "desk/items/<slug:code>/edit/": lambda v: _guide(v["code"]),
    "api/v1/oauth/token": lambda _: {"grant_type": "client_credentials", "client_id": "nobody", "client_secret": "x"},
    "api/v1/files": lambda _: {"file": _pdf()},
}  # fmt: skip
BODIES: dict[str, Callable[[], dict[str, Any]]] = {"api/v1/cases": _filing, "api/v1/subjects": lambda: dict(SUBJECT)}


def request_for(route: str, method: str, thing: str) -> Request:
    """The request that a row stands for; the object is made now. A verb of the desk is named beside its object."""
    name, _, verb = thing.partition(": ")
    values = OBJECTS[name]()
    if verb:
        values["verb"] = verb
    made = Request(values)
    if method == "POST":
        by_verb = route.replace("<slug:verb>", verb) if verb else route
        fill = SENT.get(by_verb) or SENT.get(route)
        made.sent = {
            "idempotency_key": str(uuid7()), "opinion": "材料齐全", "reason": "不办了",
            **(fill(values) if fill else {}),
        }  # fmt: skip
        made.body = BODIES[route]() if route in BODIES else None
    return made
