"""How it stands with the neighbours."""

from dataclasses import dataclass
from datetime import datetime

from zhengtong.foundation import clock

from . import rules
from .models import Breaker, Exchange
from .ports import ports


@dataclass(frozen=True)
class Standing:
    """One port as the administrator sees it."""

    name: str
    title: str
    address: str
    faults: tuple[str, ...]
    left_alone_until: datetime | None
    last: Exchange | None


def standings() -> list[Standing]:
    """All ports, by name."""
    breakers = {breaker.port: breaker.open_until for breaker in Breaker.objects.all()}
    found = []
    for name, port in sorted(ports.items()):
        until = breakers.get(name)
        last = Exchange.objects.filter(port=name).order_by("-pk").first()
        closed = rules.may_call(until, clock.now())
        found.append(Standing(name, port.title, port.address, tuple(port.faults()), None if closed else until, last))
    return found


def exchanges_about(about: str) -> list[Exchange]:
    """What was said to whom about one thing, the newest first; for the trail of a case."""
    return list(Exchange.objects.filter(about=about).order_by("-started_at"))
