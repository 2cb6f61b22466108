"""My papers: kept once, with where they came from and until when they are good; used again instead of asked again."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from zhengtong.foundation.access import Actor
from zhengtong.foundation.files.rules import FileRefused
from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.refusals import NotFound, Refused
from zhengtong.foundation.ui import Tab
from zhengtong.foundation.ui.said import go
from zhengtong.foundation.ui.uploads import take_paper
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.credentials import queries as credentials
from zhengtong.topics.items import queries as items
from zhengtong.topics.materials import actions
from zhengtong.topics.materials import queries as materials
from zhengtong.topics.subjects import queries as subjects

from .accounts import errors_of, in_words
from .people import citizen, key_of

SHOWN = 100
ENDINGS = ("pdf", "jpg", "jpeg", "png")
MOST_BYTES = 20 << 20


@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """GET /materials/?holder="""
    actor = citizen(request)
    holders = subjects.subjects_i_act_for(actor)
    holder = _holder(actor, request.GET.get("holder", ""))
    uses = cases.uses_of_materials(actor, holder)
    papers = list(materials.materials_of(actor, holder)[:SHOWN])
    context = {
        "holder": holder,
        "is_me": holder == actor.subject_id,
        "may_keep": holder in subjects.standing_for(actor),
        "tabs": [
            Tab(_("我自己") if one.pk == actor.subject_id else one.name, f"?holder={one.pk}", current=one.pk == holder)
            for one in holders
        ],
        "papers": [(paper, uses.get(paper.digest) or uses.get(paper.reference, [])) for paper in papers],
        "count": materials.counts(papers),
        "licences": list(credentials.credentials_held_by(actor, [holder])[:SHOWN]),
    }
    return render(request, "portal/materials/mine.html", context)


def _holder(actor: Actor, asked: str) -> UUID:
    """Whose papers: of those I act for, myself unless told otherwise."""
    assert actor.subject_id is not None
    found = next((pk for pk in subjects.acting_for(actor) if str(pk) == asked), None)
    if asked and found is None:
        raise NotFound
    return found or actor.subject_id


@never_cache
def add(request: HttpRequest) -> HttpResponse:
    """GET, POST /materials/new/?holder="""
    actor = citizen(request)
    holder = _holder(actor, request.POST.get("holder") or request.GET.get("holder", ""))
    kinds = items.shared_kinds()
    sent = {field: request.POST.get(field, "").strip() for field in ("kind", "name", "valid_to")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = _keep(request, actor, holder, sent, kinds)
        if not errors:
            return _back(holder, actor, said="material-kept")
    context = {"holder": holder, "sent": sent, "errors": errors, "kinds": kinds}
    return render(request, "portal/materials/new.html", context, status=422 if errors else 200)


def _keep(
    request: HttpRequest, actor: Actor, holder: UUID, sent: dict[str, str], kinds: dict[str, str]
) -> dict[str, str]:
    file, errors = request.FILES.get("file"), {}
    if file is None:
        errors["file"] = _("请先选择文件。")
    if sent["kind"] not in kinds:
        errors["kind"] = _("请选择这是哪一种材料。")
    try:
        valid_to = date.fromisoformat(sent["valid_to"]) if sent["valid_to"] else None
    except ValueError:
        errors["valid_to"] = _("日期没有填对，没有写有效期的可以不填。")
    if errors:
        return errors
    assert file is not None
    body: dict[str, Any] = {**sent, "holder": str(holder), "file": file.name, "size": file.size}
    try:
        with once(actor, key_of(request), action="materials.upload", body=body) as turn:
            if turn.is_new:
                stored = take_paper(file, endings=ENDINGS, most=MOST_BYTES, actor=actor)
                actions.upload_material(
                    holder, kind=sent["kind"], name=sent["name"] or kinds[sent["kind"]], file=stored,
                    valid_to=valid_to, kinds=kinds, actor=actor,
                )  # fmt: skip
    except FileRefused as refusal:
        return {"file": in_words(refusal)}
    except Refused as refusal:
        return errors_of(refusal)
    return {}


@require_POST
def change(request: HttpRequest, material: UUID) -> HttpResponse:
    """POST /materials/<material>/ : `_verb` is rename or remove."""
    actor, verb = citizen(request), request.POST.get("_verb", "")
    paper = materials.material_for(actor, material)
    name = request.POST.get("name", "")
    body = {"material": str(material), "verb": verb, "name": name}
    with once(actor, key_of(request), action="materials.change", body=body) as turn:
        if turn.is_new and verb == "rename":
            actions.rename_material(paper, name=name, actor=actor)
        elif turn.is_new and verb == "remove":
            actions.remove_material(paper, actor=actor)
    return _back(paper.holder, actor, said={"rename": "material-renamed", "remove": "material-removed"}.get(verb, ""))


@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """POST /materials/find/ : ask the province's library for papers; they appear by themselves."""
    actor = citizen(request)
    holder = _holder(actor, request.POST.get("holder", ""))
    with once(actor, key_of(request), action="materials.ask_elsewhere", body={"holder": str(holder)}) as turn:
        if turn.is_new:
            actions.ask_elsewhere(holder, actor=actor)
    return _back(holder, actor, said="material-asked")


def _back(holder: UUID, actor: Actor, *, said: str) -> HttpResponse:
    response = go("materials", said=said)
    if holder != actor.subject_id:
        response["Location"] += f"{'&' if said else '?'}holder={holder}"
    return response
