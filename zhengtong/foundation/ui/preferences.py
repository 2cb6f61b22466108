"""How a person wants to see the pages: theme, 长辈版, keys, language. Kept in cookies, applied by the server."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "zt_look"
YEAR = 365 * 24 * 3600
THEMES = ("light", "dark")
MODES = ("standard", "elder")
KEYS = ("on", "off")


@dataclass(frozen=True)
class Preferences:
    """The first value of each is what a newcomer sees."""

    theme: str = THEMES[0]
    mode: str = MODES[0]
    keys: str = KEYS[0]

    @property
    def is_dark(self) -> bool:
        return self.theme == "dark"

    @property
    def is_elder(self) -> bool:
        return self.mode == "elder"

    def changed(self, theme: str = "", mode: str = "", keys: str = "") -> "Preferences":
        """With each known value taken over; anything else is ignored."""
        return replace(
            self,
            theme=theme if theme in THEMES else self.theme,
            mode=mode if mode in MODES else self.mode,
            keys=keys if keys in KEYS else self.keys,
        )


def preferences_of(request: HttpRequest) -> Preferences:
    """Read from the cookie; a broken cookie is a newcomer."""
    theme, mode, keys = [*request.COOKIES.get(COOKIE, "").split("."), "", ""][:3]
    return Preferences().changed(theme, mode, keys)


@require_POST
def save_preferences(request: HttpRequest) -> HttpResponse:
    """Take the pressed button's value and go back to where the person was."""
    sent = request.POST
    wanted = preferences_of(request).changed(sent.get("theme", ""), sent.get("mode", ""), sent.get("keys", ""))
    back = sent.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    _keep(request, response, COOKIE, f"{wanted.theme}.{wanted.mode}.{wanted.keys}")
    if (language := sent.get("language", "")) in dict(settings.LANGUAGES):
        _keep(request, response, settings.LANGUAGE_COOKIE_NAME, language)  # read by Django's LocaleMiddleware
    return response


def _keep(request: HttpRequest, response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
