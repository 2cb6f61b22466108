"""The page of an organisation, of a division, of a post; what may be corrected here, and what comes of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhengtong.foundation.access import Actor, may
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.directory import actions
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.refusals import NotFound, Refused
from zhengtong.foundation.ui.said import go

from ..items.keeping import source_of
from ..people import worker
from ..turns import fields_in_words, turn

CONTACT = ("phone", "hours", "address")
POST_VERBS = {"end": actions.close_post, "reopen": actions.reopen_post}


def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """GET, POST /desk/directory/<code>/"""
    actor = worker(request)
    found = directory.organisation(code)
    sent: dict[str, str] = {name: getattr(found, name) for name in CONTACT}
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        sent = {name: " ".join(request.POST.get(name, "").split()) for name in CONTACT}
        seen = request.POST.get("seen", "")
        try:
            with turn(request, "directory.contact", code=code) as this:
                if this.is_new:
                    number = int(seen) if seen.isascii() and seen.isdigit() else -1
                    parts = actions.change_contact(code, **sent, seen=number, actor=actor)
                    this.answer(said="directory-changed" if parts else "directory-unchanged")
            return go("desk-organisation", code, said=this.answered["said"])
        except Refused as refusal:
            if not refusal.fields:
                raise
            errors = fields_in_words(refusal)
    posts = list(directory.posts_of(code))
    holders = accounts.holders_of(post.code for post in posts)
    context: dict[str, Any] = {
        "organisation": found,
        "sent": sent,
        "errors": errors,
        "may_change": found.ended_at is None and may(actor, "directory.manage", found),
        "source": source_of(found.owner),
        "is_packs": found.owner.startswith("pack:"),
        "division": directory.division(found.division_id),
        "parent": directory.organisations([found.parent_id]).get(found.parent_id) if found.parent_id else None,
        "children": directory.children_of(code),
        "posts": [(post, [one for one in holders.get(post.code, ()) if one.state == "now"]) for post in posts],
    }
    return render(request, "desk/directory/organisation.html", context, status=422 if errors else 200)


def division(request: HttpRequest, code: str) -> HttpResponse:
    """GET /desk/directory/divisions/<code>/"""
    worker(request)
    found = directory.division(code)
    if found is None:
        raise NotFound
    context = {
        "division": found,
        "parent": directory.division(found.parent_id) if found.parent_id else None,
        "children": directory.divisions_under(code),
        "organisations": directory.listed_organisations().filter(division=code),
        "source": source_of(found.owner),
    }
    return render(request, "desk/directory/division.html", context)


def post(request: HttpRequest, code: str) -> HttpResponse:
    """GET, POST /desk/directory/posts/<code>/ with do=end or do=reopen"""
    actor = worker(request)
    found = directory.post(code)
    if request.method == "POST":
        verb = request.POST.get("do", "")
        if verb not in POST_VERBS:
            raise NotFound
        with turn(request, f"directory.post.{verb}", code=code) as this:
            if this.is_new:
                POST_VERBS[verb](code, actor=actor)
        return go("desk-post", code, said=f"post-{verb}")
    holders = accounts.holders_of([code]).get(code, [])
    return render(request, "desk/directory/post.html", _post(actor, found, holders))


def _post(actor: Actor, found: Any, holders: list[Any]) -> dict[str, Any]:
    roles = accounts.role_names()
    return {
        "post": found,
        "roles": [roles.get(role, role) for role in found.roles],
        "holders": holders,
        "source": source_of(found.owner),
        "may_end": may(actor, "directory.manage", found),
        "sees_accounts": actor.may("accounts.manage"),
    }
