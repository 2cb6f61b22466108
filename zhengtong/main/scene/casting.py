"""Accounts, subjects, who may act for whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from zhengtong.foundation.access import Actor
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.topics.subjects import actions as subjects

if TYPE_CHECKING:
    from zhengtong.foundation.accounts.models import Account
    from zhengtong.topics.subjects.models import Subject


class Cast:
    """Everybody on the stage, by login and by key."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.accounts: dict[str, Account] = {}
        self.subjects: dict[str, Subject] = {}
        self.words: dict[str, dict[str, Any]] = {}

    def register(self, entry: Mapping[str, Any]) -> Subject:
        """A person or firm as the file tells of it."""
        is_entity = "credit_code" in entry or entry.get("kind") == "entity"
        number = entry.get("credit_code") or entry["id_number"]
        subject = subjects.register_subject(
            kind="entity" if is_entity else "person",
            name=entry["name"],
            id_type="credit_code" if is_entity else "resident_id",
            id_number=str(number),
            phone=entry.get("phone", ""),
            actor=self.actor,
        )
        self.subjects[entry["key"]] = subject
        self.words[entry["key"]] = dict(entry) | ({"credit_code": str(number)} if is_entity else {})
        return subject

    def represent(self, key: str, person: str, right: str, since: date, relation: str = "") -> None:
        """A person may act for a subject; `relation` is what the subject is to a helper."""
        subjects.add_representation(
            self.subjects[key],
            person=self.subjects[person],
            right=right,
            valid_from=since,
            relation=relation,
            actor=self.actor,
        )

    def open_accounts(self, cast: Mapping[str, Any]) -> None:
        """The accounts with their posts, each linked to its person."""
        for entry in cast["accounts"]:
            account = accounts.register_account(
                kind=entry["kind"], login=entry["login"], name=entry["name"], password=cast["password"],
                phone=entry.get("phone", ""), actor=self.actor,
            )  # fmt: skip
            for post in entry.get("posts", ()):
                accounts.assign_post(
                    account, post=post["post"], valid_from=date.fromisoformat(post["from"]), item=post.get("item"),
                    area=post.get("area"), actor=self.actor,
                )  # fmt: skip
            if "subject" in entry:
                subjects.link_account(self.subjects[entry["subject"]], account_id=account.pk, actor=self.actor)
            self.accounts[entry["login"]] = account

    def person_of(self, key: str) -> str:
        """Who stands behind a firm: its representative."""
        return self.words[key].get("representative", key)

    def names_for_answers(self, key: str) -> dict[str, Any]:
        """A subject's words with its representative's name in place of the key."""
        words = self.words[key]
        if "representative" in words:
            words = words | {"representative": self.words[words["representative"]]["name"]}
        return words
