"""Neighbours that work, refuse, crash, hang, babble: what a call gives, what it leaves, when they are left alone."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.foundation import clock
from zhengtong.foundation.access import ANONYMOUS, system_actor
from zhengtong.foundation.links import actions, queries, rules, wiring
from zhengtong.foundation.links.models import Breaker, Exchange
from zhengtong.foundation.links.ports import Port, ports, simulators
from zhengtong.foundation.links.rules import NeighbourAway, NeighbourRefused, Patience
from zhengtong.foundation.refusals import Forbidden

CALLER = system_actor("test", "links.call")
NOON = datetime(2026, 11, 22, 12, tzinfo=clock.CHINA)
QUICK = Patience(seconds=0.3, tries=3, pause=0.01, budget=2.0, failures=3, rest=timedelta(seconds=30))
SECRET = "11010519491231002X"


class Neighbour:
    """A program that answers what it is told to, one answer a request, the last one for ever."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.heard: list[dict[str, Any]] = []

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length)
        self.heard.append(
            {k: v for k, v in environ.items() if k.startswith("HTTP_")} | {"body": body, "at": clock.now()}
        )
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        if callable(answer):
            answer = answer()
        status, said = answer
        raw = said if isinstance(said, bytes) else json.dumps(said, ensure_ascii=False).encode()
        start(f"{status} x", [("Content-Type", "application/json"), ("Retry-After", "0")])
        return [raw]


@contextmanager
def neighbour(*answers: Any, patience: Patience = QUICK) -> Iterator[Neighbour]:
    """A port named `demo` to a simulated neighbour."""
    program = Neighbour(*answers)
    with ExitStack() as stack:
        stack.enter_context(simulators.registered("demo", program))
        stack.enter_context(ports.registered("demo", Port("demo", "示范系统", "ZHENGTONG_PORT_DEMO_UNSET", patience)))
        yield program


def call(method: str = "GET", path: str = "/x", **more: Any) -> dict[str, Any]:
    return actions.call("demo", method, path, **{"operation": "ask", "about": "case:1", "actor": CALLER} | more)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def test_one_that_works(db):
    with neighbour((200, {"number": "S1"})) as there:
        assert call("POST", content={"id_number": SECRET}) == {"number": "S1"}
    assert json.loads(there.heard[0]["body"]) == {"id_number": SECRET}
    assert there.heard[0]["at"] == NOON  # the simulator lives on the platform's clock
    exchange = Exchange.objects.get()
    assert (exchange.state, exchange.status_code, exchange.attempts, exchange.error) == ("done", 200, 1, "")
    assert json.loads(exchange.asked)["content"] == {"id_number": SECRET}
    assert json.loads(exchange.answered) == {"number": "S1"}


def test_nothing_personal_is_plain_in_the_table(db):
    with neighbour((422, {"error": f"证件号 {SECRET} 不存在"})), pytest.raises(NeighbourRefused):
        call("GET", f"/people/{SECRET}", content={"id": SECRET})
    with connection.cursor() as cursor:
        cursor.execute("SELECT links_exchange::text FROM links_exchange")
        (row,) = cursor.fetchone()
    assert SECRET not in row
    assert row.count("s1.") == 2


def test_the_same_call_made_again_is_known_there(db):
    with neighbour((200, {})) as there:
        call("POST", content={"a": 1})
        call("POST", content={"a": 1})
        call("POST", content={"a": 2})
    keys = [heard["HTTP_IDEMPOTENCY_KEY"] for heard in there.heard]
    assert keys[0] == keys[1] != keys[2]
    assert len({heard["HTTP_X_REQUEST_ID"] for heard in there.heard}) == 3


class TestRefusals:
    @pytest.mark.parametrize(
        ("status", "said"),
        [(404, {"error": "没有"}), (422, b"not json"), (302, {}), (200, b"<html>"), (200, [1]), (200, b""), (401, {})],
    )
    def test_one_that_refuses_is_asked_once_and_not_left_alone(self, db, status, said):
        with neighbour((status, said)) as there:
            for _ in range(QUICK.failures + 1):
                with pytest.raises(NeighbourRefused, match="示范系统 没有接受"):
                    call()
        assert len(there.heard) == QUICK.failures + 1
        exchange = Exchange.objects.first()
        assert (exchange.state, exchange.status_code, exchange.error) == ("failed", status, "neighbour_refused")
        assert Breaker.objects.get().open_until is None

    def test_one_that_babbles_is_not_listened_to(self, db, monkeypatch):
        monkeypatch.setattr(actions, "LONGEST_ANSWER", 1_000)
        with neighbour((200, {"x": "y" * 2_000})), pytest.raises(NeighbourRefused):
            call()


class TestAbsence:
    @pytest.mark.parametrize("answer", [RuntimeError("crash"), (500, {}), (503, b"")])
    def test_one_that_crashes_is_tried_again(self, db, answer):
        with neighbour(answer, (200, {"ok": 1})) as there:
            assert call() == {"ok": 1}
        assert len(there.heard) == 2
        assert Exchange.objects.get().attempts == 2

    def test_and_given_up_after_the_stated_tries(self, db):
        with neighbour((500, {})) as there, pytest.raises(NeighbourAway, match="示范系统 暂时联系不上"):
            call()
        assert len(there.heard) == QUICK.tries
        exchange = Exchange.objects.get()
        assert (exchange.state, exchange.attempts, exchange.status_code) == ("failed", 3, 500)

    def test_what_may_have_been_done_is_not_sent_twice(self, db):
        with neighbour((500, {})) as there, pytest.raises(NeighbourAway):
            call("POST")
        assert len(there.heard) == 1

    def test_what_was_turned_away_is(self, db):
        with neighbour((503, {}), (429, {}), (200, {"ok": 1})) as there:
            assert call("POST") == {"ok": 1}
        assert len(there.heard) == 3

    def test_one_that_hangs_costs_no_more_than_the_budget(self, db):
        release = threading.Event()

        def hang() -> tuple[int, dict[str, Any]]:
            release.wait(30)
            return 200, {}

        patience = Patience(seconds=0.2, tries=50, pause=0.01, budget=0.7)
        began = time.monotonic()
        with neighbour(hang, patience=patience), pytest.raises(NeighbourAway):
            call()
        release.set()
        assert 0.5 < time.monotonic() - began < 1.5
        exchange = Exchange.objects.get()
        assert exchange.error == "ReadTimeout"
        assert 2 <= exchange.attempts <= 4

    def test_a_long_retry_after_is_not_waited_for(self, db, monkeypatch):
        monkeypatch.setattr(actions, "wait", lambda seconds: pytest.fail("waited"))
        monkeypatch.setattr(rules, "pause_before", lambda *_: 3_600.0)
        with neighbour((503, {})) as there, pytest.raises(NeighbourAway):
            call()
        assert len(there.heard) == 1


class TestBreaker:
    def fail(self, times: int = 1) -> None:
        for _ in range(times):
            with pytest.raises(NeighbourAway):
                call()

    def test_left_alone_after_failures_in_a_row_then_tried_by_one(self, db):
        with neighbour((500, {})) as there:
            self.fail(QUICK.failures)
            heard = len(there.heard)
            self.fail()
            assert len(there.heard) == heard
            assert Exchange.objects.count() == QUICK.failures
            with clock.at(NOON + QUICK.rest):
                self.fail()
                assert len(there.heard) == heard + QUICK.tries
            assert Breaker.objects.get().open_until == NOON + QUICK.rest + 2 * QUICK.rest

    def test_while_one_tries_it_the_others_wait(self, db):
        with neighbour((500, {})):
            self.fail(QUICK.failures)
        with neighbour((200, {})) as there, clock.at(NOON + QUICK.rest):
            actions._pass_breaker(ports.get("demo"))  # the one whose turn it is
            self.fail()
        assert there.heard == []

    def test_an_answer_closes_it(self, db):
        with neighbour((500, {})):
            self.fail(QUICK.failures)
        with neighbour((200, {})), clock.at(NOON + QUICK.rest):
            call()
        breaker = Breaker.objects.get()
        assert (breaker.failures, breaker.open_until) == (0, None)

    def test_a_refusal_closes_it_too(self, db):
        with neighbour((500, {})):
            self.fail(QUICK.failures - 1)
        with neighbour((404, {})), pytest.raises(NeighbourRefused):
            call()
        assert Breaker.objects.get().failures == 0

    @given(st.integers(0, 10_000))
    def test_rest_never_exceeds_five_minutes(self, failures):
        until = rules.open_until(failures, QUICK, NOON)
        assert (until is None) is (failures < QUICK.failures)
        assert until is None or NOON + QUICK.rest <= until <= NOON + timedelta(minutes=5)


class TestRecord:
    def test_only_those_with_the_permission_speak(self, db):
        with neighbour((200, {})) as there, pytest.raises(Forbidden):
            call(actor=ANONYMOUS)
        assert there.heard == []

    def test_whatever_happens_the_exchange_is_ended(self, db, monkeypatch):
        monkeypatch.setattr(actions, "_tried", lambda *_: 1 / 0)
        with neighbour((200, {})), pytest.raises(ZeroDivisionError):
            call()
        assert (Exchange.objects.get().state, Exchange.objects.get().error) == ("failed", "ZeroDivisionError")

    def test_the_sweeper_ends_what_lost_its_process(self, db):
        def under_way(minutes: int) -> Exchange:
            return Exchange.objects.create(
                port="demo", operation="x", about="y", state="under_way", started_at=NOON - timedelta(minutes=minutes)
            )

        old, young = under_way(6), under_way(4)
        wiring.sweep(timestamp=0)
        old.refresh_from_db()
        young.refresh_from_db()
        assert (old.state, old.error, old.ended_at) == ("failed", "process ended", NOON)
        assert young.state == "under_way"

    def test_what_was_said_is_forgotten_and_that_it_was_said_is_not(self, db):
        with neighbour((200, {"a": 1})):
            call()
        assert actions.forget_exchanges(older_than=timedelta(days=1), actor=CALLER) == 0
        with clock.at(NOON + timedelta(days=2)):
            assert actions.forget_exchanges(older_than=timedelta(days=1), actor=CALLER) == 1
            assert actions.forget_exchanges(older_than=timedelta(days=1), actor=CALLER) == 0
        (exchange,) = queries.exchanges_about("case:1")
        assert (exchange.asked, exchange.answered, exchange.state) == (None, None, "done")


def test_an_asgi_program_is_spoken_to_just_so(db):
    async def program(scope: dict[str, Any], receive: Any, send: Any) -> None:
        body = (await receive())["body"]
        await send({"type": "http.response.start", "status": 201, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": json.dumps({"heard": json.loads(body)}).encode()})

    with neighbour((200, {})), simulators.registered("demo", program):
        assert call("POST", content={"a": 1}) == {"heard": {"a": 1}}


class TestOverTheWire:
    """A real server on a real socket: what only the network does."""

    @pytest.fixture
    def served(self, monkeypatch) -> Iterator[dict[str, Any]]:
        told: dict[str, Any] = {"requests": 0, "headers": []}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                told["requests"] += 1
                told["headers"].append(dict(self.headers))
                told["answer"](self)

            def log_message(self, *_: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("ZHENGTONG_PORT_WIRE", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("ZHENGTONG_PORT_WIRE_TOKEN", "secret-token")
        with ports.registered("demo", Port("demo", "示范系统", "ZHENGTONG_PORT_WIRE", QUICK)):
            yield told
        server.shutdown()
        server.server_close()

    @staticmethod
    def answer(handler: BaseHTTPRequestHandler, body: bytes = b'{"ok": 1}', status: int = 200, **headers: str) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    def test_the_token_goes_along(self, db, served):
        served["answer"] = self.answer
        assert call() == {"ok": 1}
        assert served["headers"][0]["Authorization"] == "Bearer secret-token"

    def test_a_connection_that_breaks_is_tried_again(self, db, served):
        served["answer"] = lambda handler: handler.connection.close()
        with pytest.raises(NeighbourAway):
            call()
        assert served["requests"] == QUICK.tries

    def test_silence_ends_in_time(self, db, served):
        held = threading.Event()
        served["answer"] = lambda handler: held.wait(20)
        began = time.monotonic()
        with pytest.raises(NeighbourAway):
            call()
        held.set()
        assert time.monotonic() - began < QUICK.budget + 0.5
        assert Exchange.objects.get().error == "ReadTimeout"

    def test_an_answer_in_drops_ends_in_time(self, db, served):
        stop = threading.Event()

        def drip(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            handler.send_header("Content-Length", "1000000")
            handler.end_headers()
            while not stop.wait(0.05):
                try:
                    handler.wfile.write(b" ")
                except OSError:
                    return

        served["answer"] = drip
        began = time.monotonic()
        with pytest.raises(NeighbourAway):
            call()
        stop.set()
        assert time.monotonic() - began < QUICK.budget + 0.5

    def test_redirects_are_not_followed(self, db, served):
        served["answer"] = lambda handler: self.answer(handler, b"", 302, Location="http://169.254.169.254/")
        with pytest.raises(NeighbourRefused):
            call()
        assert served["requests"] == 1

    def test_nobody_there(self, db, monkeypatch):
        monkeypatch.setenv("ZHENGTONG_PORT_WIRE", "http://127.0.0.1:1")
        port = Port("demo", "示范系统", "ZHENGTONG_PORT_WIRE", QUICK)
        with ports.registered("demo", port), pytest.raises(NeighbourAway):
            call("POST")
        exchange = Exchange.objects.get()
        assert (exchange.error, exchange.attempts) == ("ConnectError", QUICK.tries)


class TestConfiguration:
    @pytest.mark.parametrize(
        ("address", "fault"),
        [
            ("https://spxt.example.gov.cn", ""),
            ("http://127.0.0.1:9000", ""),
            ("simulator:demo", ""),
            ("", ""),
            ("simulator:nobody", "没有登记"),
            ("http://spxt.example.gov.cn", "没有加密"),
            ("spxt.example.gov.cn", "应以 https://"),
            ("ftp://x", "应以 https://"),
            ("https://u:p@x", "不应写口令"),
        ],
    )
    def test_each_fault_is_named(self, db, monkeypatch, capsys, address, fault):
        monkeypatch.setenv("ZHENGTONG_PORT_WIRE", address)
        with neighbour((200, {})), ports.registered("demo", Port("demo", "示范系统", "ZHENGTONG_PORT_WIRE", QUICK)):
            faults = ports.get("demo").faults()
            assert bool(faults) is bool(fault)
            assert fault in "".join(faults)
            messages = [error.msg for error in wiring.check_ports() if error.msg.startswith("demo")]
            assert len(messages) == len(faults)
            assert wiring.links([]) == int(any(port.faults() for port in ports.values()))
            assert fault in capsys.readouterr().out

    @pytest.mark.parametrize("patience", [Patience(tries=0), Patience(seconds=9, budget=5), Patience(seconds=0)])
    def test_senseless_patience(self, patience):
        assert Port("x", "x", "ZHENGTONG_PORT_UNSET_X", patience).faults()

    def test_a_budget_beyond_the_sweeper(self):
        with neighbour((200, {}), patience=Patience(budget=400)):
            assert [error.id for error in wiring.check_ports() if error.msg.startswith("demo")] == ["links.E002"]
