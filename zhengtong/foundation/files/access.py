"""Who may store and read files."""

from django.db.models import Q

from zhengtong.foundation.access import Actor, Rule, allow, by_grant

from .models import File

STORING = Rule(
    may=lambda actor, file: actor.kind in ("citizen", "staff", "client", "system"),
    rows=lambda actor: Q(pk__in=[]),
)


def _owns(actor: Actor, file: File) -> bool:
    return file is not None and file.owner_key == actor.key


allow("files.store", STORING)
allow("files.read", Rule(_owns, lambda actor: Q(owner_key=actor.key)))
allow("files.judge", by_grant("files.judge"))
