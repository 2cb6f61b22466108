"""The icons that pages may use, and the sprite made of them from the npm package `@tabler/icons` (MIT).
After adding a name here: `python -m zhengtong.foundation.ui.icons node_modules/@tabler/icons`.
"""

import re
import sys
from pathlib import Path

_NAMES = """
    accessible adjustments alert-circle alert-triangle archive arrow-back-up arrow-forward-up arrow-left arrow-right
    arrows-sort baby-carriage ban bell bookmark briefcase building building-bank building-community building-store
    calendar calendar-event car category certificate check chevron-down chevron-left chevron-right chevron-up circle
    circle-check circle-dashed circle-dot circle-x clipboard-check clipboard-list clock cloud-check cloud-off
    cloud-upload coin copy device-mobile dots download edit external-link eye eye-off file-certificate file-import
    file-off file-plus file-text files filter flag folder-open heart-handshake help-circle history home home-heart
    hourglass id inbox info-circle keyboard language license list-check list-details lock login logout mail map-pin
    menu-2 message minus mood-angry mood-empty mood-happy mood-sad mood-smile moon paperclip phone photo player-pause
    plus printer progress qrcode receipt refresh rubber-stamp scale school search send settings share shield-check
    sort-ascending sort-descending star stethoscope sun table text-size thumb-up tools-kitchen-2 trash upload urgent
    user user-circle users volume wheelchair writing-sign x
"""
ICONS = tuple(_NAMES.split())
SPRITE = Path(__file__).parent / "static/ui/icons.svg"
_SHAPE = re.compile(r"<(?:path|circle|rect|line|polyline|ellipse)\b[^>]*/>")
_FRAME = 'd="M0 0h24v24H0z"'


def sprite(package: Path) -> str:
    """One SVG with a <symbol> for each icon, drawn in the colour of the text around it."""
    version = re.search(r'"version": "([^"]+)"', (package / "package.json").read_text("utf-8"))
    symbols = [f"<!-- Tabler Icons {version[1] if version else ''}, MIT licence, Paweł Kuna -->"]
    for name in ICONS:
        drawing = (package / "icons/outline" / f"{name}.svg").read_text("utf-8")
        shapes = "".join(shape.replace(" />", "/>") for shape in _SHAPE.findall(drawing) if _FRAME not in shape)
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


if __name__ == "__main__":
    SPRITE.write_text(sprite(Path(sys.argv[1])), encoding="utf-8")
