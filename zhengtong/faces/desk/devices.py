"""The counter's devices: a page that uses them may talk to the bridge on the clerk's machine and nothing else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import SELF
from django.conf import settings
from django.http import HttpResponseBase

View = Callable[..., HttpResponseBase]


def with_devices(view: View) -> View:
    """Let this page's script reach the bridge, where the district uses one."""

    @wraps(view)
    def shown(*arguments: Any, **named: Any) -> HttpResponseBase:
        response = view(*arguments, **named)
        if settings.BRIDGE:
            response._csp_update = {"connect-src": [SELF, settings.BRIDGE]}  # type: ignore[attr-defined]
        return response

    return shown
