"""What the administrators look after, for the matrix: a colleague's account, a hall, a post, a trail."""

from collections.abc import Callable
from typing import Any

from tests import story
from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.directory.models import Post

COLLEAGUE, SECURITY, HALL, POST = "wujiayi", "songan", "hall-central", "scjg-head"


def _account(login: str) -> dict[str, Any]:
    return {"account": accounts.account(login).pk}


def _trail() -> dict[str, Any]:
    return {"stream": story.submitted().audit_stream}


def _contact(values: dict[str, Any]) -> dict[str, Any]:
    hall = directory.organisations([values["code"]]).get(values["code"])
    return {"phone": "0660-5550000", "hours": "", "address": "", "seen": hall.audit_count if hall else 0}


OBJECTS: dict[str, Callable[[], dict[str, Any]]] = {
    "colleague": lambda: _account(COLLEAGUE),
    "security administrator's own": lambda: _account(SECURITY),
    "citizen's account": lambda: _account("chenzhiyuan"),
    "hall": lambda: {"code": HALL},
    "division": lambda: {"code": directory.divisions(level="town")[0].code},
    "post": lambda: {"code": Post.objects.get(pk=POST).pk},
    "trail": _trail,
    "no trail": lambda: {"stream": "case:1"},
}
SENT: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "desk/accounts/new/": lambda _: {"login": "zhangsan", "name": "张三"},
    "desk/accounts/<uuid:account>/post/": lambda _: {"post": POST, "valid_from": clock.today().isoformat()},
    "desk/directory/<slug:code>/": _contact,
    "desk/directory/posts/<slug:code>/": lambda _: {"do": "end"},
}  # fmt: skip
