"""A simulated payment provider and a simulated platform of the treasury's receipts, each keeping its book in a folder.

Provider: POST /orders {order, amount, subject, return_url, notify_url} → {order, pay_url}; GET /orders/NUMBER →
{state: open|paid|closed, transaction, amount, paid_at}; POST /orders/NUMBER/close; POST /refunds {refund, transaction,
amount} → {state, transaction}; GET /refunds/NUMBER; GET /statements/DAY → {entries}. Amounts are whole fen. Of a
payment it tells `notify_url` in a signed letter: HMAC-SM3, under the secret both know, over moment, nonce and body.
Receipts: POST /receipts {reference, …} → {code, number, check_code, verify_url, kind, content};
POST /receipts/REFERENCE/void.
"""

import base64
import json
import logging
import os
import secrets
import threading
from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings
from PIL import Image, ImageDraw

from zhengtong.foundation import clock, crypto

from .simulators import Start, reply, told_in

log = logging.getLogger(__name__)
OK, MISSING, BAD = "200 OK", "404 Not Found", "422 Unprocessable Content"
SECRET = "ZHENGTONG_PORT_PAYMENT_KEY"  # noqa: S105 - the name of it
PAGE = "/simulators/payments/{order}/"
PLAIN = frozenset("0123456789-R")


def _book(kind: str) -> Path:
    folder = Path(os.environ.get("ZHENGTONG_SIMULATED") or settings.VAR / "simulated") / kind
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _read(kind: str, number: str) -> dict[str, Any] | None:
    path = _book(kind) / f"{number}.json"
    known = bool(number) and set(number) <= PLAIN and path.exists()
    return json.loads(path.read_text("utf-8")) if known else None


def _write(kind: str, number: str, said: dict[str, Any]) -> dict[str, Any]:
    if not number or not set(number) <= PLAIN:
        raise ValueError(number)
    draft = _book(kind) / f".{number}.{secrets.token_hex(4)}"
    draft.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    draft.replace(_book(kind) / f"{number}.json")
    return said


# -- payments ----------------------------------------------------------------------------------------------------------


def place(told: dict[str, Any]) -> dict[str, Any]:
    """Take an order; the same one again is the same one."""
    number, amount = str(told["order"]), told["amount"]
    if not isinstance(amount, int) or amount <= 0:
        raise ValueError(amount)
    known = _read("orders", number) or _write("orders", number, {**told, "state": "open", "transaction": ""})
    return {"order": number, "state": known["state"], "pay_url": PAGE.format(order=number)}


def order(number: str) -> dict[str, Any] | None:
    """An order as the provider keeps it."""
    return _read("orders", number)


def pay(number: str) -> dict[str, Any] | None:
    """Somebody pays at the provider's page; a paid or closed order is not paid again."""
    known = _read("orders", number)
    if known and known["state"] == "open":
        known |= {"state": "paid", "transaction": f"SIM{secrets.randbelow(10**15):015d}"}
        _write("orders", number, known | {"paid_at": clock.now().isoformat()})
    return _read("orders", number)


def notify(number: str) -> None:
    """Tell whoever placed the order that it is paid; without waiting, and without minding whether it arrives."""
    known = _read("orders", number)
    if known and known["state"] == "paid":
        body, headers = letter(known)
        threading.Thread(target=_post, args=(known["notify_url"], body, headers), daemon=True).start()


def letter(known: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    """The signed notification about a paid order: body and headers."""
    said = {name: known[name] for name in ("order", "transaction", "amount", "paid_at")}
    body = json.dumps(said, ensure_ascii=False).encode()
    stamp, nonce = str(int(clock.now().timestamp())), secrets.token_hex(16)
    mac = crypto.hmac_sm3(os.environ.get(SECRET, "").encode(), f"{stamp}\n{nonce}\n".encode() + body).hex()
    return body, {
        "Content-Type": "application/json", "X-Pay-Timestamp": stamp, "X-Pay-Nonce": nonce, "X-Pay-Signature": mac,
    }  # fmt: skip


def _post(address: str, body: bytes, headers: dict[str, str]) -> None:
    try:
        httpx.post(address, content=body, headers=headers, timeout=5)
    except httpx.HTTPError as fault:
        log.info("the simulated provider's notification did not arrive: %s", fault)


def payment_provider(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """The provider's interface."""
    method, (_, what, *rest) = environ["REQUEST_METHOD"], environ["PATH_INFO"].split("/")
    try:
        match method, what, rest:
            case "POST", "orders", []:
                return reply(start, OK, place(told_in(environ)))
            case "POST", "orders", [number, "close"]:
                return reply(start, *_found(_closed(number)))
            case "GET", "orders", [number]:
                return reply(start, *_found(_read("orders", number)))
            case "POST", "refunds", []:
                return reply(start, *_refunded(told_in(environ)))
            case "GET", "refunds", [number]:
                return reply(start, *_found(_read("refunds", number)))
            case "GET", "statements", [day]:
                return reply(start, OK, {"entries": _statement(date.fromisoformat(day))})
    except (ValueError, KeyError, TypeError):
        return reply(start, BAD, {"error": "报文不符合约定"})
    return reply(start, MISSING, {"error": "没有这个接口"})


def _found(said: dict[str, Any] | None) -> tuple[str, dict[str, Any]]:
    return (OK, said) if said else (MISSING, {"error": "没有这个编号"})


def _closed(number: str) -> dict[str, Any] | None:
    known = _read("orders", number)
    if known and known["state"] == "open":
        return _write("orders", number, known | {"state": "closed"})
    return known


def _refunded(told: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    number, amount = str(told["refund"]), told["amount"]
    known = _read("refunds", number)
    if known:
        return OK, known
    paid = [one for one in _all("orders") if one["transaction"] == told["transaction"]]
    before = [one for one in _all("refunds") if one["paid"] == told["transaction"]]
    if not paid or amount != paid[0]["amount"] or before:
        return BAD, {"error": "没有这笔缴款，或者已经退过"}
    said = {
        "refund": number, "state": "done", "amount": amount, "paid": told["transaction"],
        "transaction": f"SIMR{secrets.randbelow(10**15):015d}", "at": clock.now().isoformat(),
    }  # fmt: skip
    return OK, _write("refunds", number, said)


def _all(kind: str) -> list[dict[str, Any]]:
    return [json.loads(path.read_text("utf-8")) for path in sorted(_book(kind).glob("[!.]*.json"))]


def _statement(day: date) -> list[dict[str, Any]]:
    def is_of(moment: str) -> bool:
        return datetime.fromisoformat(moment).astimezone(clock.CHINA).date() == day

    came = [
        {"kind": "payment", "transaction": one["transaction"], "amount": one["amount"], "about": one["order"]}
        for one in _all("orders")
        if one["state"] == "paid" and is_of(one["paid_at"])
    ]
    gone = [
        {"kind": "refund", "transaction": one["transaction"], "amount": one["amount"], "about": one["refund"]}
        for one in _all("refunds")
        if is_of(one["at"])
    ]
    return came + gone


# -- the treasury's receipts -------------------------------------------------------------------------------------------


def fiscal_platform(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """One receipt a reference; asked again, the same one."""
    method, (_, what, *rest) = environ["REQUEST_METHOD"], environ["PATH_INFO"].split("/")
    try:
        if (method, what) == ("POST", "receipts") and not rest:
            return reply(start, OK, _receipt(told_in(environ)))
        if (method, what) == ("POST", "receipts") and rest[1:] == ["void"]:
            known = _read("receipts", rest[0])
            return reply(start, *_found(known and _write("receipts", rest[0], known | {"state": "void"})))
    except (ValueError, KeyError, TypeError):
        return reply(start, BAD, {"error": "报文不符合约定"})
    return reply(start, MISSING, {"error": "没有这个接口"})


def _receipt(told: dict[str, Any]) -> dict[str, Any]:
    reference, amount = str(told["reference"]), int(told["amount"])
    known = _read("receipts", reference)
    if known is None:
        mark = crypto.sm3(reference.encode()).hex()
        known = {
            "code": f"44{clock.now():%y}0101", "number": f"{int(mark[:12], 16) % 10**10:010d}",
            "check_code": mark[-6:].upper(), "amount": amount, "state": "issued",
            "verify_url": "https://simulated.invalid/receipts/" + mark[:16], "kind": "application/pdf",
        }  # fmt: skip
        _write("receipts", reference, known)
    content = base64.b64encode(_specimen(known)).decode()
    return known | {"content": content}


def _specimen(said: dict[str, Any]) -> bytes:
    """A page that says what it is not."""
    page = Image.new("RGB", (840, 420), "white")
    pen = ImageDraw.Draw(page)
    pen.rectangle((20, 20, 820, 400), outline="black")
    lines = ("SPECIMEN - SIMULATED FISCAL E-RECEIPT - NOT A RECEIPT", f"code {said['code']}  number {said['number']}",
             f"check code {said['check_code']}  amount {said['amount'] / 100:.2f} CNY")  # fmt: skip
    for place_, line in enumerate(lines):
        pen.text((60, 80 + 80 * place_), line, fill="black", font_size=22)
    made = BytesIO()
    page.save(made, "PDF", resolution=100)
    return made.getvalue()
