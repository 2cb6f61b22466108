"""The portal as an app on the phone: what it is called, and the worker that knows what to show without a network."""

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from zhengtong.foundation.ui.context import district_name

# What the offline page and a kept guide are made of.
PARTS = (
    "vendor/bootstrap.min.css", "ui/tokens.css", "ui/base.css", "ui/forms.css", "ui/components.css", "ui/shell.css",
    "ui/icons.svg", "ui/seal.svg", "ui/favicon.svg", "ui/ui.js", "portal/portal.css", "portal/portal.js",
    "vendor/htmx.min.js", "ui/search.js",
)  # fmt: skip
ICONS = (("portal/icon-192.png", "192x192"), ("portal/icon-512.png", "512x512"))


@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> JsonResponse:
    """GET /manifest.webmanifest"""
    name = _("{district}政务服务").format(district=district_name())
    told = {
        "id": "/",
        "name": name,
        "short_name": name[:12],
        "description": _("找得到、办得成、看得见进度"),
        "lang": "zh-CN",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f6f5f1",
        "theme_color": "#1d5fc4",
        "icons": [
            {"src": static(path), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for path, sizes in ICONS
            for purpose in ("any", "maskable")
        ],
        "shortcuts": [
            {"name": _("我的办件"), "url": "/cases/"},
            {"name": _("查进度"), "url": "/t/"},
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """GET /worker.js : from the root, for it serves the whole site."""
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")


@cache
def _worker() -> str:
    """The script with the parts it keeps; its version follows from their content."""
    digest = hashlib.sha256()
    for part in PARTS:
        digest.update(_read(part))
    script = _read("portal/worker.js").decode()
    digest.update(script.encode())
    parts = ", ".join(f'"{static(part)}"' for part in PARTS)
    return script.replace("%version%", digest.hexdigest()[:12]).replace("/*parts*/", parts)


def _read(part: str) -> bytes:
    found = finders.find(part)
    return Path(found).read_bytes() if isinstance(found, str) else b""
