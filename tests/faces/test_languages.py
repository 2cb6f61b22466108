"""Every page in English: no Chinese outside what packs and people wrote.

What packs wrote is known from the packs; what people write stands in elements marked `lang="zh-Hans"`, which screen
readers then speak in Chinese.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
import yaml
from django.test import Client
from django.utils import translation

from tests.faces.desk.desks import KEEPER, RESTAURANT
from tests.faces.desk.test_items import library
from tests.faces.desk.test_items_publishing import drafted
from tests.faces.requests import request_for
from tests.faces.test_matrix import ROLES, ROWS, Row, address
from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.codes import uuid7
from zhengtong.foundation.refusals import Refused
from zhengtong.foundation.refusals.middleware import problem
from zhengtong.main.commands import texts
from zhengtong.main.places import ROOT
from zhengtong.topics.cases.rules import FLOW
from zhengtong.topics.items.rules.labels import FIELDS
from zhengtong.topics.items.rules.labels import ROWS as ROWS_TOLD
from zhengtong.topics.visits import rules as visits

HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff，。；：（）「」《》]+")
NUMBER = re.compile("[\u4e00-\u9fff]+〔\\d{4}〕\\d+|[\u4e00-\u9fff]\\d{6}-\\d{6}")  # of a paper, of a slip
BOOKED_FOR = datetime(2026, 12, 1, 9, tzinfo=clock.CHINA)
READ_ALOUD = ("alt", "aria-label", "placeholder", "title", "data-label", "data-said")
VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
# The catalogue of components is written for those who build pages, in their language.
PAGES = [
    row
    for row in ROWS
    if row.method == "GET" and "200" in row.told and not row.route.startswith(("api/", "desk/components/"))
]


class Reading(HTMLParser):
    """What a page says outside the elements marked as Chinese."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.language = ""
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "html":
            self.language = given.get("lang") or ""
        within = bool(self.open and self.open[-1][1]) or tag in ("script", "style")
        if tag != "html" and given.get("lang"):
            within = str(given["lang"]).startswith("zh")
        if not within:
            self.said += [value for name, value in attributes if name in READ_ALOUD and value]
        if tag not in VOID:
            self.open.append((tag, within))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not (self.open and self.open[-1][1]):
            self.said.append(data)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


@cache
def written_by_packs() -> tuple[frozenset[str], re.Pattern[str]]:
    """All that packs and the demo's people say, alone (where no text of the shell reads the same) and in sentences."""
    found: set[str] = set()
    for path in (ROOT / "packs").rglob("*.yaml"):
        found.update(_strings(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)))
    known = frozenset(text for text in found if HAN.search(text))
    names = sorted((text for text in known if len(text) > 1), key=len, reverse=True)
    return known - {message.id for message in texts.texts()}, re.compile("|".join(map(re.escape, names)))


def chinese(html: str) -> list[str]:
    """The Chinese that a reader of English would meet."""
    reading = Reading()
    reading.feed(html)
    whole, inside = written_by_packs()
    said = [NUMBER.sub("", text).strip() for text in reading.said]
    left = [text for text in said if HAN.search(text) and text not in whole]
    return [text for text in left if inside.fullmatch(text) or HAN.search(inside.sub("", text))]


@pytest.fixture(autouse=True)
def _language_left_as_it_was() -> Iterator[None]:
    """A request leaves its language to the thread."""
    with translation.override(translation.get_language()):
        yield


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("row", PAGES, ids=str)
def test_a_page_in_english_has_no_chinese_but_data(row: Row) -> None:
    login = list(ROLES.values())[row.told.index("200")]
    client = Client(headers={"accept-language": "en-GB,en;q=0.9"})
    if login:
        client.force_login(accounts.account(login))
    answer = client.get(address(row.route, request_for(row.route, row.method, row.thing).values))
    if "text/html" not in answer.get("Content-Type", ""):
        return
    html = answer.content.decode()
    assert answer.headers["Content-Language"] == "en"
    found = chinese(html)
    assert not found, "\n".join(found)


@pytest.mark.usefixtures("district")
def test_the_language_chosen_is_remembered_and_beats_the_browser() -> None:
    client = Client(headers={"accept-language": "zh-CN"})
    page = client.get("/accessibility/").content.decode()
    assert '<html lang="zh-hans"' in page and 'name="language" value="en" lang="en"' in page
    answer = client.post("/preferences/", {"language": "en", "next": "/accessibility/"})
    assert answer.status_code == 302 and answer["Location"] == "/accessibility/"
    cookie = answer.cookies["zt_language"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and int(cookie["max-age"]) > 30_000_000
    page = client.get("/accessibility/").content.decode()
    assert '<html lang="en"' in page and "How you can use this site" in page
    client.post("/preferences/", {"theme": "dark", "next": "/"})
    assert "How you can use this site" in client.get("/accessibility/").content.decode()


@pytest.mark.usefixtures("district")
def test_an_unknown_language_changes_nothing() -> None:
    answer = Client().post("/preferences/", {"language": "xx", "next": "/"})
    assert "zt_language" not in answer.cookies


@pytest.mark.usefixtures("district")
def test_traditional_characters_for_readers_of_them() -> None:
    for wanted in ("zh-HK", "zh-TW", "zh-hant"):
        answer = Client(headers={"accept-language": wanted}).get("/accessibility/")
        assert answer.headers["Content-Language"] == "zh-hant" and "無障礙説明" in answer.content.decode()


@pytest.mark.usefixtures("district")
def test_other_browsers_read_simplified_chinese() -> None:
    for wanted in ("", "zh-CN", "zh", "ja"):
        answer = Client(headers={"accept-language": wanted}).get("/accessibility/")
        assert answer.headers["Content-Language"] == "zh-hans" and "无障碍说明" in answer.content.decode()


@pytest.mark.usefixtures("district")
def test_what_a_new_version_changes_and_what_is_wrong_with_it_in_english() -> None:
    wrong = {
        "visits": 1, "visit_reason": "", "consult_phone": "555", "channels": ["window", "post"], "valid_to": None,
        "promised_limit": {"amount": 30, "unit": "working_day"}, "separate": False, "conditions": [],
        "fees": {"charged": True, "basis": "", "rows": [{"name": "Inspection", "standard": ""}]},
    }  # fmt: skip
    drafted(**wrong)
    keeper = Client(headers={"accept-language": "en"})
    keeper.force_login(accounts.account(KEEPER))
    for path in ("", "publish/"):
        html = keeper.get(f"/desk/items/{RESTAURANT}/{path}").content.decode()
        assert "is longer than the statutory limit" in html
        assert not chinese(html), "\n".join(chinese(html))
    sent = {"rehearse": "1", "idempotency_key": str(uuid7()), **library()}
    report = keeper.post("/desk/items/import/", sent).content.decode()
    assert "The authority code “nobody” has 6 characters" in report
    assert not [text for text in chinese(report) if not text.strip().startswith(("Row", "File"))]


def test_every_element_of_an_item_has_an_english_name() -> None:
    titles = {title for rows in ROWS_TOLD.values() for title, _ in rows.columns.values()}
    titles |= {text for label in FIELDS.values() for text in (label.part, label.title)}
    with translation.override("en"):
        assert not [title for title in titles if HAN.search(translation.gettext(title))]


@pytest.mark.parametrize(
    "refused",
    [
        lambda: visits.check_open(visits.State.ARRIVED),
        lambda: visits.check_arrival(visits.State.BOOKED, BOOKED_FOR, now=BOOKED_FOR - timedelta(days=1)),
        lambda: FLOW.check("submitted", "grant"),
    ],
)
def test_days_states_and_steps_inside_a_refusal_are_translated(refused: Callable[[], object]) -> None:
    with pytest.raises(Refused) as told, translation.override("en"):
        refused()
    with translation.override("en"):
        said = problem(told.value)
    assert not HAN.search(f"{said['title']} {said['detail']}"), said
