"""One sentence carried over a redirect, by its name in the address: nothing is stored, nothing can be forged."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from .components import Tone

FIELD = "said"


@dataclass(frozen=True)
class Said:
    """A sentence with its tone."""

    text: str
    tone: Tone = Tone.SUCCESS


def go(name: str, *args: object, said: str = "", **kwargs: object) -> HttpResponseRedirect:
    """See other: after a write, the page by its route name, with a sentence if any."""
    path = reverse(name, args=args or None, kwargs=kwargs or None)
    response = HttpResponseRedirect(f"{path}?{urlencode({FIELD: said})}" if said else path)
    response.status_code = 303
    return response


def said_to(request: HttpRequest, sentences: Mapping[str, Said]) -> Said | None:
    """The sentence this page opens with, of those that its face may say."""
    return sentences.get(request.GET.get(FIELD, ""))
