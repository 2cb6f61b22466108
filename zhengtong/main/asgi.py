"""The one ASGI entry: a few hot routes are answered by lanes before Django, everything else is Django."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengtong.main.settings")

from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from zhengtong.faces.gateway.lane import FilingLane  # noqa: E402 - needs Django ready

application = FilingLane(django_application)  # type: ignore[arg-type]
