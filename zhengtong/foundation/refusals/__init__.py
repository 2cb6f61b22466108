"""A refusal is a fact with a code, a sentence and a remedy; nobody catches it but the middleware beside this file."""

from collections.abc import Callable, Mapping
from typing import Any, Self


def N_(text: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a text for translation without translating it: this module must not know Django."""
    return text


class Refused(Exception):
    """Something was not done, and here is why and what to do instead.

    `message` and `remedy` hold {placeholders} filled from the keyword data after translation.
    """

    code = "refused"
    status = 409
    message = N_("这一步没有办成。")
    remedy = ""

    def __init__(self, **data: Any) -> None:
        super().__init__(self.code)
        self.data = data

    @property
    def fields(self) -> dict[str, list[str]]:
        """Messages by form field, for inline errors."""
        return self.data.get("fields", {})

    def __str__(self) -> str:
        return filled(self.message, self.data)


class NotFound(Refused):
    """Refused: there is no such thing, or it is not yours to see."""

    code = "not_found"
    status = 404
    message = N_("没有找到您要的内容，也可能您无权查看。")
    remedy = N_("请核对网址或编号，或从首页重新进入。")


class Forbidden(Refused):
    """Refused: the actor may not do this."""

    code = "forbidden"
    status = 403
    message = N_("您没有办理这一步的权限。")
    remedy = N_("如确需办理，请联系本单位管理员。")


class SignInRequired(Refused):
    """Refused: nobody is signed in."""

    code = "sign_in_required"
    status = 401
    message = N_("请先登录。")


class Message(str):
    """One or more sentences that remember their templates and data, so that a page can translate them."""

    __slots__ = ("data", "templates")
    templates: tuple[str, ...]
    data: dict[str, Any]

    def __new__(cls, *templates: str, **data: Any) -> Self:
        self = super().__new__(cls, "".join(filled(template, data) for template in templates))
        self.templates = templates
        self.data = data
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return (_again, (self.templates, self.data))

    def told(self, translate: Callable[[str], str]) -> str:
        """In another language."""
        return "".join(filled(template, self.data, translate) for template in self.templates)

    def as_json(self) -> dict[str, Any]:
        """As it can be stored, to be read in any language later."""
        data = {key: one.as_json() if isinstance(one, Message) else one for key, one in self.data.items()}
        return {"templates": list(self.templates), "data": data}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        """What was stored."""
        data = {key: cls.from_json(one) if isinstance(one, dict) else one for key, one in said["data"].items()}
        return cls(*said["templates"], **data)


def _again(templates: tuple[str, ...], data: dict[str, Any]) -> Message:
    return Message(*templates, **data)


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def filled(text: str, data: Mapping[str, Any], translate: Callable[[str], str] = str) -> str:
    """The text, translated, with its placeholders filled; a message among the data is translated with it.

    An unknown placeholder stays visible rather than failing the page.
    """
    if not text or not data:
        return translate(text) if text else ""
    said = {key: one.told(translate) if isinstance(one, Message) else one for key, one in data.items()}
    return translate(text).format_map(_Blank(said))
