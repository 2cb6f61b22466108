"""Look up places and organisations."""

from collections.abc import Iterable

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet

from zhengtong.foundation.refusals import N_, NotFound

from .models import Division, Organisation, Post


class OrganisationUnknown(NotFound):
    """Refused: no organisation has this code."""

    code = "organisation_unknown"
    message = N_("没有代码为 {organisation} 的机构。")


def organisation(code: str) -> Organisation:
    """One organisation by its code."""
    found = Organisation.objects.filter(pk=code).first()
    if found is None:
        raise OrganisationUnknown(organisation=code)
    return found


def organisations(codes: Iterable[str]) -> dict[str, Organisation]:
    """Several at once, by code."""
    return Organisation.objects.in_bulk(list(codes))


def halls() -> QuerySet[Organisation]:
    """The centre hall and its branches."""
    return Organisation.objects.filter(kind=Organisation.Kind.HALL, ended_at=None).order_by("code")


def departments() -> QuerySet[Organisation]:
    """Whoever may own a service item, in the order of their codes."""
    kinds = [Organisation.Kind.DEPARTMENT, Organisation.Kind.TOWN, Organisation.Kind.VERTICAL, Organisation.Kind.BUREAU]
    return Organisation.objects.filter(kind__in=kinds, ended_at=None).order_by("code")


def divisions(*, level: str = "") -> QuerySet[Division]:
    """All divisions, or those of one level, in the order of their codes."""
    rows = Division.objects.filter(ended_at=None).order_by("code")
    return rows.filter(level=level) if level else rows


def divisions_under(code: str) -> QuerySet[Division]:
    """The division's direct children."""
    return divisions().filter(parent=code)


def division(code: str) -> Division | None:
    return Division.objects.filter(pk=code).first()


def listed_organisations(*, text: str = "", kind: str = "", ended: bool = False) -> QuerySet[Organisation]:
    """Organisations by name or code, in the order of their codes; the ended ones apart."""
    rows = Organisation.objects.filter(ended_at__isnull=not ended).select_related("division").order_by("code")
    rows = rows.filter(kind=kind) if kind else rows
    return rows.filter(Q(name__contains=text) | Q(short_name__contains=text) | Q(code=text)) if text else rows


def listed_divisions(*, text: str = "", level: str = "") -> QuerySet[Division]:
    """Divisions by name or the beginning of their code."""
    rows = divisions(level=level).select_related("parent")
    return rows.filter(Q(name__contains=text) | Q(code__startswith=text)) if text else rows


def listed_posts(*, text: str = "", organisation: str = "", ended: bool = False) -> QuerySet[Post]:
    """Posts by title or organisation, those of one organisation together; the ended ones apart."""
    rows = Post.objects.filter(ended_at__isnull=not ended).select_related("organisation")
    rows = rows.filter(organisation=organisation) if organisation else rows
    if text:
        rows = rows.filter(
            Q(title__contains=text) | Q(code=text) | Q(organisation__name__contains=text)
            | Q(organisation__short_name__contains=text)
        )  # fmt: skip
    return rows.order_by("organisation", "code")


def post(code: str) -> Post:
    """One post with its organisation. Refused (not found) otherwise."""
    found = Post.objects.select_related("organisation").filter(pk=code).first()
    if found is None:
        raise NotFound
    return found


def children_of(organisation: str) -> QuerySet[Organisation]:
    """What belongs to an organisation, in the order of the codes."""
    return Organisation.objects.filter(parent=organisation, ended_at=None).order_by("code")


def counts_by_kind() -> dict[str, int]:
    """How many organisations there are of each kind."""
    rows = Organisation.objects.filter(ended_at=None).order_by().values_list("kind")
    return dict(rows.annotate(Count("code")))


def posts_of(organisation: str) -> QuerySet[Post]:
    return Post.objects.filter(organisation=organisation, ended_at=None).order_by("code")


def division_name(code: str | None) -> str:
    """The name of a division by its 12 digits; the code itself when nobody knows it. Held for five minutes."""
    if not code:
        return ""
    key = f"directory.division.{code}"
    name = cache.get(key)
    if name is None:
        found = division(code)
        name = found.name if found else code
        cache.set(key, name, 300)
    return str(name)
