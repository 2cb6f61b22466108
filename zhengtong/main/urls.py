"""All routes on one page. The noun of a URL is the file in the face that answers it."""

from django.urls import path, re_path

from zhengtong.faces.gateway.api import api, nothing_here
from zhengtong.faces.gateway.health import health
from zhengtong.foundation.ui import pages

GATEWAY = [
    path("api/", api.urls),
    re_path(r"^api/(?P<rest>.*)$", nothing_here, name="api-nothing"),
    path("health", health, name="health"),
]
urlpatterns = [
    *GATEWAY,
    path("preferences/", pages.accessibility, name="preferences"),
]
