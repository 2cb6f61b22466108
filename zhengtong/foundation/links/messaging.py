"""Simulated providers of SMS, WeChat template messages and e-mail; they keep nothing and answer by the clock.

SMS: POST /messages {messages: [{reference, to, text}]} → {results: [{reference, number} or {reference, error}]};
GET /reports?numbers=A,B → {reports: [{number, state, reason, at}]}. One mobile in thirty-two is out of service.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

from zhengtong.foundation import clock, crypto
from zhengtong.foundation.codes import phone

from .simulators import Start, reply, told_in

ON_THE_WAY = timedelta(seconds=4)
OUT_OF_SERVICE = 32
BAD = "422 Unprocessable Content"


def sms_gateway(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """Takes a batch, tells of each; later reports whether it reached the telephone."""
    method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
    try:
        if method == "POST" and path == "/messages":
            return reply(start, "200 OK", {"results": [_taken(each) for each in told_in(environ)["messages"]]})
        if method == "GET" and path == "/reports":
            numbers = parse_qs(environ["QUERY_STRING"])["numbers"][0].split(",")
            return reply(start, "200 OK", {"reports": [_report(number) for number in numbers]})
    except (ValueError, KeyError, TypeError):
        return reply(start, BAD, {"error": "报文不符合约定"})
    return reply(start, "404 Not Found", {"error": "没有这个接口"})


def _taken(message: dict[str, str]) -> dict[str, str]:
    told = {"reference": message["reference"]}
    if not phone.is_valid_mobile(message["to"]) or not message["text"]:
        return told | {"error": "号码或者内容不正确"}
    is_out = crypto.sm3(message["to"].encode())[0] % OUT_OF_SERVICE == 0
    known = crypto.sm3(message["reference"].encode()).hex()[:12]
    return told | {"number": f"M{int(clock.now().timestamp()):010d}{known}{int(is_out)}"}


def _report(number: str) -> dict[str, str]:
    at = datetime.fromtimestamp(int(number[1:11]), clock.CHINA) + ON_THE_WAY
    if clock.now() < at:
        return {"number": number, "state": "under_way", "reason": "", "at": ""}
    state, reason = ("failed", "空号或者已停机") if number[-1] == "1" else ("delivered", "")
    return {"number": number, "state": state, "reason": reason, "at": at.isoformat()}


def wechat_gateway(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """As the official account's own interface: errors come with status 200 and an errcode."""
    if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"] != "/cgi-bin/message/template/send":
        return reply(start, "404 Not Found", {"errcode": 404, "errmsg": "没有这个接口"})
    try:
        told = told_in(environ)
        known = crypto.sm3(f"{told['touser']}{told['client_msg_id']}".encode())[:6]
        is_known = str(told["touser"]).startswith("o") and bool(told["template_id"] and told["data"])
    except (ValueError, KeyError, TypeError):
        return reply(start, "200 OK", {"errcode": 47001, "errmsg": "data format error"})
    if not is_known:
        return reply(start, "200 OK", {"errcode": 40003, "errmsg": "invalid openid"})
    return reply(start, "200 OK", {"errcode": 0, "errmsg": "ok", "msgid": int.from_bytes(known)})


def mail_gateway(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """POST /letters {to, subject, text, reference}: stands for the mail server."""
    try:
        is_letter = "@" in told_in(environ)["to"]
    except (ValueError, KeyError, TypeError):
        is_letter = False
    return reply(start, "200 OK" if is_letter else BAD, {} if is_letter else {"error": "收件地址不正确"})
