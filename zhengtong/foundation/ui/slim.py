"""Bootstrap's style sheet without the parts that need Bootstrap's JavaScript, which no page loads.

Dialogs, menus and folding parts are the browser's own here (<dialog>, <details>, popover). It saves a quarter of the
sheet, and a stray `class="modal"` shows at once that nothing stands behind it.
"""

import re
from collections.abc import Iterator

SCRIPTED = re.compile(
    r"\.(?:accordion|bs-popover|bs-tooltip|btn-close|carousel|collaps|drop(?:down|up|end|start)|fade|modal|navbar"
    r"|offcanvas|popover|tab-content|tab-pane|toast|tooltip)"
)
_EXCEPT = re.compile(r":not\([^)]*\)")


def slim(css: str) -> str:
    """The same sheet without rules for scripted parts."""
    return "".join(_kept(css))


def _kept(css: str) -> Iterator[str]:
    for head, body in _rules(css):
        if head.startswith("@media"):
            if inside := "".join(_kept(body)):
                yield f"{head}{{{inside}}}"
        elif head.startswith("@"):
            yield f"{head}{{{body}}}"
        elif selectors := [one for one in head.split(",") if not SCRIPTED.search(_EXCEPT.sub("", one))]:
            yield f"{','.join(selectors)}{{{body}}}"


def _rules(css: str) -> Iterator[tuple[str, str]]:
    start = 0
    while (opening := css.find("{", start)) >= 0:
        depth, end = 1, opening + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        yield css[start:opening], css[opening + 1 : end - 1]
        start = end
