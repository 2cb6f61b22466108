"""What others may hear of appointments; who comes is told by id, never by name."""

from dataclasses import dataclass

from zhengtong.foundation.outbox.events import Event


@dataclass(frozen=True)
class AppointmentEvent(Event):
    """Common facts."""

    appointment_id: str
    number: str
    visitor: str
    booker: str
    item_code: str
    item_name: str
    hall: str
    hall_name: str
    windows: str
    phone: str
    starts_at: str


@dataclass(frozen=True)
class AppointmentBooked(AppointmentEvent):
    """Somebody will come."""


@dataclass(frozen=True)
class AppointmentChanged(AppointmentEvent):
    """Somebody will come at another time."""

    before: str


@dataclass(frozen=True)
class AppointmentCancelled(AppointmentEvent):
    """Nobody will come; `by` is visitor or hall, and the hall says why."""

    by: str
    reason: str
