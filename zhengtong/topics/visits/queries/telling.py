"""What others are told of an appointment: the common facts of its events."""

from datetime import datetime, time, timedelta
from typing import Any

from zhengtong.foundation import clock

from ..models import Appointment
from ..rules import State


def told(appointment: Appointment) -> dict[str, Any]:
    """What every event of an appointment says."""
    group = appointment.group
    return {
        "appointment_id": str(appointment.pk),
        "number": appointment.number,
        "visitor": str(appointment.visitor_id),
        "booker": str(appointment.booker_id or ""),
        "item_code": appointment.item_code,
        "item_name": appointment.item_name,
        "hall": group.hall_id,
        "hall_name": group.hall.name,
        "windows": group.windows or group.name,
        "phone": group.hall.phone,
        "starts_at": appointment.starts_at.astimezone(clock.CHINA).isoformat(),
    }


def expected_tomorrow() -> list[dict[str, Any]]:
    """The same of everybody who is expected tomorrow."""
    start = datetime.combine(clock.today() + timedelta(days=1), time.min, clock.CHINA)
    rows = Appointment.objects.filter(state=State.BOOKED, starts_at__gte=start, starts_at__lt=start + timedelta(days=1))
    return [told(appointment) for appointment in rows.select_related("group__hall").order_by("starts_at")]
