"""The one ASGI entry: a few hot routes are answered by lanes before Django, everything else is Django."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengtong.main.settings")

import django

django.setup()

from zhengtong.faces.gateway.lane import FilingLane  # noqa: E402 - needs Django ready

from .pages import Pages  # noqa: E402

application = FilingLane(Pages())
