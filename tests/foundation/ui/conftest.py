"""The sample pages served by a real server thread, without a database, under the program's own middleware."""

import threading
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.test import override_settings

from tests.foundation.ui import sample
from zhengtong.main.places import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def sample_url() -> Iterator[str]:
    """Where the sample pages are."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [HERE / "templates"]
    cache.set("ui.district_name", "番江区", None)
    with (
        override_settings(ROOT_URLCONF="tests.foundation.ui.sample", TEMPLATES=templates, WHITENOISE_AUTOREFRESH=True),
        sample.registered(),
        make_server("127.0.0.1", free_port(18000), get_wsgi_application(), _Server, _Quiet) as server,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
    cache.delete("ui.district_name")


@pytest.fixture
def open_page(chromium: "Browser", sample_url: str) -> Iterator[object]:
    """open_page(path, look="light.standard.on", width=1440, js=True) -> tab; its console must stay silent."""
    contexts, complaints = [], []

    def opened(path: str = "/", *, look: str = "light.standard.on", width: int = 1440, js: bool = True) -> object:
        context = chromium.new_context(
            base_url=sample_url, viewport={"width": width, "height": 900}, locale="zh-CN", java_script_enabled=js
        )
        contexts.append(context)
        context.add_cookies([{"name": "zt_look", "value": look, "url": sample_url}])
        tab = context.new_page()
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        tab.goto(path)
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert not complaints
