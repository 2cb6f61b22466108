"""`zt openapi`."""

import sys
from pathlib import Path

from django.conf import settings

from zhengtong.foundation.wiring import command


@command("openapi", help="写出接口说明 docs/openapi.json；--check 只核对 / the interface's OpenAPI 3.1")
def openapi(argv: list[str]) -> int:
    """Write the description of the interface, or with --check say whether the one in git is current."""
    # The routes are built on the URL configuration, which is ready only after all wiring.
    from .api import api
    from .described import text_of

    text, file = text_of(api), Path(settings.ROOT) / "docs" / "openapi.json"
    if argv != ["--check"]:
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
        return 0
    if file.exists() and file.read_text("utf-8") == text:
        return 0
    print("docs/openapi.json 不是最新的，请运行 ./zt openapi", file=sys.stderr)
    return 1
