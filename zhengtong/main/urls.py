"""All routes on one page. The noun of a URL is the file in the face that answers it."""

from django.urls import path, re_path

from zhengtong.faces.gateway.api import api, nothing_here
from zhengtong.faces.gateway.health import health
from zhengtong.foundation.ui import pages
from zhengtong.foundation.ui.preferences import save_preferences

GATEWAY = [
    path("api/", api.urls),
    re_path(r"^api/(?P<rest>.*)$", nothing_here, name="api-nothing"),
    path("health", health, name="health"),
]
EVERYWHERE = [
    path("preferences/", save_preferences, name="preferences"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("offline/", pages.offline, name="offline"),
]
urlpatterns = [*GATEWAY, *EVERYWHERE]
handler500 = "zhengtong.foundation.ui.pages.server_error"
