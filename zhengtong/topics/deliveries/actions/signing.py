"""A signature is put under something: the picture by its digest, the thing by the digest of what it says."""

from typing import Any, TypeVar

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.files import queries as files

from ..models import Piece, Signed
from ..rules import PieceState, Signature, check_signature, content_digest

S = TypeVar("S", bound=Signed)


def put_signature(signed: S, signature: Signature, *, content: Any, verb: str, actor: Actor, **data: Any) -> S:
    """Keep who signed, how, and under what; the leaf holds both digests and no name.

    Refused: no name; drawn, and no picture that the actor has just stored.
    """
    check_signature(signature)
    picture = files.file_for(actor, signature.file) if signature.file else None
    signed.signer, signed.signed_way, signed.signature = signature.name.strip(), signature.way, picture
    signed.signed_at, signed.signed_content = clock.now(), content_digest(content)
    signed.save()
    record(
        verb, signed, actor=actor, way=str(signature.way), signature=picture.digest if picture else "",
        content=signed.signed_content, **data,
    )  # fmt: skip
    return signed


def move_piece(piece: Piece, *, state: PieceState, verb: str, actor: Actor, **columns: Any) -> None:
    """Who holds it now, with a leaf on its own stream."""
    piece.state, piece.since = state, clock.now()
    for name, value in columns.items():
        setattr(piece, name, value)
    piece.save()
    record(f"deliveries.piece.{verb}", piece, actor=actor, holder=piece.holder_id)
