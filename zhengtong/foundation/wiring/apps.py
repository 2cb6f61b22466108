"""The only apps.py: when Django is ready, every app's `access.py` and `wiring.py` are imported."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WiringConfig(AppConfig):
    name = "zhengtong.foundation.wiring"
    default = True

    def ready(self) -> None:
        # Rules of access first: a verb whose rule was never loaded is denied to everybody.
        autodiscover_modules("access")
        autodiscover_modules("wiring")
