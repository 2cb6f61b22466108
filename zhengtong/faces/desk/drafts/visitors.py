"""Begin at the counter: find the item, then who stands there; a returning visitor is found by number."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhengtong.engines.forms.rules import prefill
from zhengtong.foundation.access import Actor
from zhengtong.foundation.codes import credit_code, resident_id
from zhengtong.foundation.codes import name as names
from zhengtong.foundation.codes import phone as phones
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.refusals import N_, Forbidden, Refused
from zhengtong.foundation.ui.said import go
from zhengtong.topics.cases import actions
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.items import queries as items
from zhengtong.topics.subjects import actions as subject_actions
from zhengtong.topics.subjects import queries as subjects

from ..devices import with_devices
from ..people import accepts, worker
from ..turns import in_words, turn
from .sources import sources_for

PERMISSION = "cases.submit_for_visitor"
SHOWN = 20
ID_TYPES = {
    "person": (("resident_id", N_("居民身份证")), ("passport", N_("护照")), ("other", N_("其他证件"))),
    "entity": (("credit_code", N_("统一社会信用代码")), ("other", N_("其他证件"))),
}
NUMBERS = {"resident_id": resident_id.check_resident_id, "credit_code": credit_code.check_credit_code}
KINDS = {"person": N_("个人"), "entity": N_("企业或其他组织")}


@dataclass
class Visitor:
    """Somebody at the counter, as the form tells of him; `role` is the prefix of its fields."""

    role: str
    kind: str
    id_type: str = ""
    id_number: str = ""
    name: str = ""
    phone: str = ""
    known: Any = None
    is_new: bool = False
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        return not (self.id_number or self.name or self.phone)

    @property
    def id_types(self) -> list[tuple[str, str]]:
        return [(code, _(words)) for code, words in ID_TYPES[self.kind]]

    @property
    def kind_words(self) -> str:
        return _(KINDS[self.kind])

    def look_up(self, actor: Actor) -> None:
        """Fill in what is known of this number; the phone stays unseen."""
        if not self.id_number:
            return
        if self.id_type in NUMBERS:
            self._checked("id_number", NUMBERS[self.id_type])
        if not self.errors:
            self.known = subjects.subject_by_number(actor, id_type=self.id_type, id_number=self.id_number)
            self.is_new = self.known is None
        if self.known is not None and not self.name:
            self.name = self.known.name

    def check(self) -> None:
        """What else can be said before anything is written."""
        if not self.id_number:
            self.errors["id_number"] = _("请填写证件号码。")
        if self.kind == "person":
            self._checked("name", names.check_name)
        elif not self.name:
            self.errors["name"] = _("请填写单位名称。")
        if self.phone:
            self._checked("phone", phones.check_phone)
        elif self.known is None or not self.known.phone:
            self.errors["phone"] = _("请填写联系电话，有结果好通知申请人。")

    def _checked(self, name: str, check: Any) -> None:
        try:
            setattr(self, name, check(getattr(self, name)))
        except Refused as refusal:
            self.errors[name] = in_words(refusal)

    def register(self, actor: Actor) -> Any:
        """The subject behind the visitor; a new phone replaces the one known."""
        subject = subject_actions.register_subject(
            kind=self.kind,
            name=self.name,
            id_type=self.id_type,
            id_number=self.id_number,
            phone=self.phone,
            actor=actor,
        )
        if self.phone and subject.phone != self.phone:
            subject = subject_actions.change_contact(subject, phone=self.phone, actor=actor)
        return subject


@with_devices
def new(request: HttpRequest) -> HttpResponse:
    """GET, POST /desk/cases/new/?q=&item="""
    actor = worker(request, PERMISSION)
    code = request.POST.get("item") or request.GET.get("item", "")
    if not code:
        return _choose(request, actor)
    item = items.current_version(code)
    if not takes_in(actor, item):
        raise Forbidden(verb=PERMISSION)
    return _visitor(request, actor, item)


def takes_in(actor: Actor, item: Any) -> bool:
    """Whether the counter of this clerk accepts the item."""
    return accepts(actor, PERMISSION, item)


def _choose(request: HttpRequest, actor: Actor) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:100]
    codes = {grant.organisation for grant in actor.granted(PERMISSION)}
    wanted = items.Published(accepted_by=frozenset() if None in codes else frozenset(code for code in codes if code))
    rows = items.search_items(text, wanted).rows if text else items.published_items(wanted)
    if not text:
        lately = cases.items_filed_lately(limit=SHOWN)
        places = {code: place for place, code in enumerate(lately)}
        found: list[Any] = sorted(rows[:200], key=lambda row: places.get(row.code, SHOWN))[:SHOWN]  # type: ignore[attr-defined]
    else:
        found = list(rows[:SHOWN])
    bodies = directory.organisations({row.organisation for row in found})
    address = reverse("desk-case-new")
    context = {
        "text": text,
        "rows": [
            {
                "item": row,
                "department": bodies[row.organisation].short_name if row.organisation in bodies else "",
                "path": f"{address}?{urlencode({'item': row.code})}",
            }
            for row in found
        ],
        "drafts": list(cases.drafts_of(actor).select_related("applicant")[:5]) if not text else [],
    }
    return render(request, "desk/drafts/choose.html", context)


def _visitor(request: HttpRequest, actor: Actor, item: Any) -> HttpResponse:
    applicant, operator = _sent(request, item, "applicant"), _sent(request, item, "operator")
    status = 200
    if request.method == "POST":
        for one in (applicant, operator):
            one.look_up(actor)
            if "find" in request.POST and one.known is not None:
                one.name = one.known.name
        if "find" not in request.POST:
            draft = _begin(request, actor, item, applicant, operator)
            if draft:
                return go("desk-draft", draft)
            status = 422
    errors = {f"{one.role}-{key}": text for one in (applicant, operator) for key, text in one.errors.items()}
    context = {
        "item": item,
        "applicant": applicant,
        "operator": operator,
        "kinds": [(kind, _(KINDS[kind])) for kind in ("person", "entity") if kind in item.audience],
        "errors": errors,
        "acts": bool(operator.errors or not operator.is_blank),
    }
    return render(request, "desk/drafts/visitor.html", context, status=status)


def _sent(request: HttpRequest, item: Any, role: str) -> Visitor:
    """The applicant may be of any kind the item is for; whoever acts for him is a person."""
    sent = request.POST
    kind = sent.get("kind", "")
    if role == "operator":
        kind = "person"
    elif kind not in item.audience:
        kind = "person" if "person" in item.audience else "entity"
    types = [code for code, _words in ID_TYPES[kind]]
    id_type = sent.get(f"{role}-id_type", "")
    number, name, phone = (sent.get(f"{role}-{part}", "").strip()[:120] for part in ("id_number", "name", "phone"))
    return Visitor(role, kind, id_type if id_type in types else types[0], number, name, phone)


def _begin(request: HttpRequest, actor: Actor, item: Any, applicant: Visitor, operator: Visitor) -> str:
    """The draft's id; empty where something has to be put right first."""
    present = [one for one in (applicant, operator) if one is applicant or not one.is_blank]
    for one in present:
        one.check()
    if any(one.errors for one in present):
        return ""
    try:
        with turn(request, "cases.start_draft", item=item.code) as this:
            if this.is_new:
                this.answer(draft=str(_draft(actor, item, present)))
            return str(this.answered["draft"])
    except Refused as refusal:
        if not refusal.fields:
            raise
        return ""


def _draft(actor: Actor, item: Any, present: list[Visitor]) -> Any:
    registered = []
    for one in present:
        try:
            registered.append(one.register(actor))
        except Refused as refusal:
            one.errors |= {key: " ".join(_(text) for text in texts) for key, texts in refusal.fields.items()}
            raise
    applicant, acts = registered[0], registered[1] if len(registered) > 1 else None
    draft = actions.start_draft(item.code, applicant=applicant.pk, actor=actor)
    before = cases.content_of(draft)
    filled = prefill(item.form, sources_for(applicant, acts), before.answers)
    content = {
        "answers": filled.answers,
        "materials": before.materials,
        "done": before.done,
        "operator": str(acts.pk) if acts else before.operator,
    }
    return actions.save_draft(draft, content=content, version=draft.version, actor=actor).pk
