"""Filling in and pressing by the keyboard alone."""

from typing import Any

from playwright.sync_api import Page

from tests.journeys.walking import AT_REST

FIELDS = """() => [...document.querySelectorAll('#intake [id^="f-"]')]
    .filter(e => e.matches('input, select, textarea') && e.checkVisibility())
    .map(e => ({id: CSS.escape(e.id), name: e.name, type: e.type, value: e.value, checked: e.checked}))"""


def fill(tab: Page, answers: dict[str, Any]) -> None:
    """Answer every field of the intake form; again while a choice opens questions further up or down."""
    while _fill_once(tab, answers):
        pass


def type_into(tab: Page, field: str, text: str) -> None:
    """Type where the page has put the focus: a loaded machine may set it only after the page has loaded."""
    tab.locator(f"{field}:focus").wait_for()
    tab.keyboard.insert_text(text)


def press(tab: Page, button: str) -> None:
    """Press a button by its selector."""
    tab.locator(button).focus()
    tab.keyboard.press("Enter")
    tab.wait_for_function(AT_REST)


def _fill_once(tab: Page, answers: dict[str, Any]) -> bool:
    """Answer the fields in their order, as the Tab key reaches them; whether there was any still to answer."""
    pressed = False
    for field in tab.evaluate(FIELDS):
        value = _answer_to(field["name"], answers)
        here = tab.locator(f"#{field['id']}")
        is_choice = field["type"] in ("radio", "checkbox")
        wanted = [str(each).lower() if isinstance(each, bool) else str(each) for each in _listed(value)]
        if not wanted or not here.count() or (is_choice and (field["checked"] or field["value"] not in wanted)):
            continue
        if not is_choice and field["value"] == wanted[0]:
            continue
        pressed = True
        here.focus()
        if is_choice:
            tab.keyboard.press("Space")
            tab.wait_for_function(AT_REST)
        elif field["type"] == "select-one":
            here.select_option(wanted[0])
        elif field["type"] == "date":
            here.fill(wanted[0])
        else:
            tab.keyboard.press("Control+A")
            tab.keyboard.insert_text(wanted[0])
    return pressed


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def _answer_to(name: str, answers: dict[str, Any]) -> Any:
    """The answer to a field by its name on the page: `staff-0-name` is in the first row."""
    key, _, rest = name.partition("-")
    if not rest:
        return answers.get(key)
    number, _, inner = rest.partition("-")
    rows = answers.get(key) or []
    return rows[int(number)].get(inner) if int(number) < len(rows) else None
