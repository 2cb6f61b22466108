"""What an address or a form says, read without ever failing."""

from datetime import date


def day_asked(text: str) -> date | None:
    """The day, written 2026-11-22; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
