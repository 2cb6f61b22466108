"""A refusal is a fact with a code, a sentence and a remedy; nobody catches it but the middleware beside this file."""

from typing import Any


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


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def filled(text: str, data: dict[str, Any]) -> str:
    """The text with its placeholders filled; an unknown one stays visible rather than failing the page."""
    return text.format_map(_Blank(data))
