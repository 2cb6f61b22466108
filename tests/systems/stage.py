"""The scene of the demo pack, case by case: any of its items, by any channel, by whoever may."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from zhengtong.foundation.access import system_actor
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.main.scene.casting import Cast
from zhengtong.main.scene.playing import Player, player
from zhengtong.main.scene.reading import Scene, read
from zhengtong.topics.cases.models import Case
from zhengtong.topics.items import queries as items

CLERKS = {
    "hall-central": "zhoumin",
    "hall-insurance": "luohao",
    "11449906MF9906612W": "liangxiuying",
    "11449906MF9906655A": "guozhiqiang",
}
STAFFED = ("window", "video", "post")
STAGE = system_actor("stage", "cases.submit_for_visitor")


@cache
def scene() -> Scene:
    return read()


def player_for(*entries: Mapping[str, Any]) -> Player:
    """A player who knows everybody in these cases; the cast itself is in the database already."""
    cast = Cast(STAGE)
    people = (*scene().cast["subjects"], *scene().activity["people"], *scene().activity["entities"])
    by_key = {entry["key"]: entry for entry in people}
    for entry in entries:
        wanted = [entry["applicant"], entry.get("operator", entry["applicant"])]
        wanted += [by_key[key]["representative"] for key in wanted if "representative" in by_key[key]]
        for key in dict.fromkeys(wanted):
            cast.register(by_key[key])
    cast.accounts = {one["login"]: accounts.account(one["login"]) for one in scene().cast["accounts"]}
    return player(cast, scene())


def entry_of(item: str, *, ended: bool = False) -> dict[str, Any]:
    """A case of this item from the past month; `ended`: one that went all the way to the archive."""
    for entry in scene().activity["cases"]:
        steps = [step["action"] for step in entry.get("then", ())]
        if entry["item"] == item and (not ended or steps[-1:] == ["archive"]):
            return dict(entry)
    raise LookupError(item)


def through(entry: Mapping[str, Any], channel: str) -> dict[str, Any]:
    """The same case by another way in."""
    plain = {key: value for key, value in entry.items() if key != "by"}
    acceptor = items.current_version(entry["item"]).accepted_by
    return plain | {"channel": channel} | ({"by": CLERKS[acceptor]} if channel in STAFFED else {})


def filed(entry: Mapping[str, Any]) -> Case:
    """The case, submitted."""
    plays = player_for(entry)
    plays.file(0, entry)
    return plays.cases[0]
