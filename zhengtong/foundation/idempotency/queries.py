"""What a key was answered."""

from typing import Any

from zhengtong.foundation.audit.actions import Acting

from .models import Turn


def answer_of(actor: Acting, key: str, *, action: str) -> dict[str, Any] | None:
    """The answer that this actor's own key got, for showing it after the redirect; none if there was no such turn."""
    turn = Turn.objects.filter(actor=actor.key, key=key[:80], action=action).first()
    return turn.answer if turn else None
