"""The neighbours this program knows, and how their addresses are found."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from zhengtong.foundation.wiring import Registry

from .rules import Patience

SIMULATOR = "simulator:"
Wsgi = Callable[..., Any]


@dataclass(frozen=True)
class Port:
    """A neighbour: its address comes from the environment, else it is simulated."""

    name: str
    title: str
    variable: str
    patience: Patience = field(default_factory=Patience)

    @property
    def address(self) -> str:
        return os.environ.get(self.variable, f"{SIMULATOR}{self.name}")

    @property
    def is_simulated(self) -> bool:
        return self.address.startswith(SIMULATOR)

    def client(self) -> httpx.Client:
        """A client for one call."""
        if self.is_simulated:
            program = simulators.get(self.address.removeprefix(SIMULATOR))
            transport = httpx.WSGITransport(app=program)
            return httpx.Client(transport=transport, base_url="http://simulator", timeout=self.patience.seconds)
        return httpx.Client(base_url=self.address, timeout=self.patience.seconds, follow_redirects=False)


ports: Registry[str, Port] = Registry("ports")
simulators: Registry[str, Wsgi] = Registry("simulators")
