"""Letters by SMTP: to `smtps://user@host:465` or, with STARTTLS, `smtp://user@host:587`, as the environment says."""

import os
import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

from zhengtong.foundation import clock

from .models import Exchange
from .ports import LOOPBACK, Port
from .rules import MOST_WORDS, NeighbourAway, NeighbourRefused

SCHEMES = ("smtps", "smtp")


@dataclass(frozen=True)
class Letter:
    """A plain letter; `reference` is its Message-ID, the same when it is sent again."""

    to: str
    subject: str
    text: str
    reference: str


def deliver(port: Port, exchange: Exchange, letter: Letter) -> None:
    """Hand it to the server. Of the exchange it says, as HTTP would, whether the server was there at all."""
    try:
        with _server(port) as server:
            server.send_message(_as_message(port, letter))
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        raise _refusal(port, exchange, code, words) from error
    except smtplib.SMTPResponseException as error:
        raise _refusal(port, exchange, error.smtp_code, error.smtp_error) from error
    except (OSError, smtplib.SMTPException) as error:
        exchange.error = type(error).__name__
        raise NeighbourAway(port=port.title) from error
    exchange.status_code = 200


def _server(port: Port) -> smtplib.SMTP:
    parts = urlsplit(port.address)
    host, seconds = parts.hostname or "", port.patience.seconds
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=seconds)
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=seconds)
        if host not in LOOPBACK:
            server.starttls()
    if parts.username:
        server.login(unquote(parts.username), port.secret)
    return server


def _as_message(port: Port, letter: Letter) -> EmailMessage:
    sender = os.environ.get(f"{port.variable}_FROM") or unquote(urlsplit(port.address).username or "")
    domain = sender.rpartition("@")[2] or "localhost"
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, letter.to, letter.subject
    message["Date"] = formatdate(clock.now().timestamp(), localtime=False)
    message["Message-ID"] = f"<{letter.reference}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message


def _refusal(port: Port, exchange: Exchange, code: int, words: bytes | str) -> Exception:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    exchange.error = f"SMTP {code}"
    if code < 500 or code in (530, 534, 535):  # try later; or our own login is wrong, which is no letter's fault
        return NeighbourAway(port=port.title)
    exchange.status_code = 422
    return NeighbourRefused(port=port.title, reason=f"{code} {said}"[:MOST_WORDS], answer=422)
