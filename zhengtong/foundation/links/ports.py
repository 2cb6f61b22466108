"""The neighbours this program knows, and how their addresses are found."""

import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from zhengtong.foundation.refusals import N_
from zhengtong.foundation.wiring import Registry

from .inprocess import InProcess, Program
from .rules import Patience

SIMULATOR = "simulator:"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Port:
    """A neighbour: its address comes from the environment, else it is simulated.

    `variable` names the address; `variable` + `_TOKEN` the secret sent along, where the neighbour wants one.
    """

    name: str
    title: str
    variable: str
    patience: Patience = field(default_factory=Patience)
    schemes: tuple[str, ...] = ("https", "http")

    @property
    def secret(self) -> str:
        return os.environ.get(f"{self.variable}_TOKEN", "")

    @property
    def address(self) -> str:
        return os.environ.get(self.variable) or f"{SIMULATOR}{self.name}"

    @property
    def is_simulated(self) -> bool:
        return self.address.startswith(SIMULATOR)

    def client(self) -> httpx.Client:
        """A client for one call."""
        if self.is_simulated:
            transport = InProcess(simulators.get(self.address.removeprefix(SIMULATOR)))
            return httpx.Client(transport=transport, base_url="http://simulator")
        headers = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        return httpx.Client(base_url=self.address, headers=headers, follow_redirects=False)

    def faults(self) -> list[str]:
        """What is wrong with its configuration, each in a sentence; nothing when it can be called."""
        found = []
        parts = urlsplit(self.address)
        if self.is_simulated:
            if self.address.removeprefix(SIMULATOR) not in simulators:
                found.append(N_("没有登记名为“{name}”的模拟系统").format(name=self.address.removeprefix(SIMULATOR)))
        elif parts.scheme not in self.schemes or not parts.hostname:
            found.append(
                N_("地址应以 {scheme}:// 开头：{address}").format(scheme=self.schemes[0], address=self.address)
            )
        elif parts.scheme == "http" and parts.hostname not in LOOPBACK:
            found.append(N_("地址没有加密，应以 https:// 开头：{address}").format(address=self.address))
        # The login name at a mail server is no secret.
        if parts.password or (parts.username and "https" in self.schemes):
            found.append(N_("地址里不应写口令，请改用环境变量 {name}_TOKEN").format(name=self.variable))
        patience = self.patience
        if not (0 < patience.seconds <= patience.budget and patience.tries >= 1 and patience.failures >= 1):
            found.append(N_("超时、次数或总时限的设置不合理"))
        return found


ports: Registry[str, Port] = Registry("ports")
simulators: Registry[str, Program] = Registry("simulators")
