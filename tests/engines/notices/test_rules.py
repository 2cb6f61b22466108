"""Placeholders, lengths, links, quiet hours, tries: what holds for every text and every moment."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.engines.notices import rules
from zhengtong.engines.notices.rules import Fact, Happening, Quiet
from zhengtong.foundation.clock import CHINA
from zhengtong.foundation.refusals import Refused

KNOWN = {"number": Fact("编号", "2611220000018"), rules.ADDRESS: Fact("地址", "https://x.gov.cn/t/1")}
HAPPENING = Happening("tests.road", "开路", KNOWN)
NEW_YEAR = datetime(2026, 1, 1, tzinfo=CHINA)
moments = st.integers(0, 730 * 86_400).map(lambda second: NEW_YEAR + timedelta(seconds=second))
quiets = st.builds(Quiet, st.times(), st.times())
plain = st.text(st.sampled_from("您的申请已受理请补正，。：“” 0123456789"), max_size=80)


def said(name: str, text: str) -> list[str]:
    return [sentence for sentence, _ in rules.text_faults(name, text, KNOWN)]


@given(st.integers(0, 5_000))
def test_parts_are_the_fewest_that_hold_the_text(count: int) -> None:
    many = rules.parts(count)
    assert many <= rules.parts(count + 1) <= many + 1
    assert count <= (rules.SINGLE if many <= 1 else many * rules.SPLIT)
    assert many <= 1 or count > (rules.SINGLE if many == 2 else (many - 1) * rules.SPLIT) or many == 2


@pytest.mark.parametrize(("count", "many"), [(0, 0), (1, 1), (70, 1), (71, 2), (134, 2), (135, 3)])
def test_parts(count: int, many: int) -> None:
    assert rules.parts(count) == many


@given(st.lists(st.one_of(plain, st.sampled_from(["{number}", "{status_address}"]))), st.text())
def test_whatever_is_known_is_filled_and_a_fact_is_never_read_as_a_text(pieces: list[str], fact: str) -> None:
    text = "".join(pieces)
    filled = rules.fill(text, {"number": fact, rules.ADDRESS: "A"})
    assert filled == "".join({"{number}": fact, "{status_address}": "A"}.get(piece, piece) for piece in pieces)
    assert rules.placeholders(text) == [piece[1:-1] for piece in pieces if piece.startswith("{")]


@given(plain, st.text(st.characters(codec="utf-8", exclude_characters="{}"), max_size=12), plain)
def test_a_stranger_in_braces_is_refused(before: str, name: str, after: str) -> None:
    wanted = name not in KNOWN
    assert any("不认识" in one for one in said("sms", f"{before}{{{name}}}{after}")) == wanted


LINKS = [
    "https://evil.example/x", "http:/x", "WWW.a.b", "evil.com", "ｅｖｉｌ．ｃｏｍ", "evil。com", "e\u200bvil.c\u200bom",
    "t.cn/Rx", "10.0.0.1", "政务.中国", "weixin://dl", "/accounts/sign-in/", "请点击链接", "登陆网址", "login",
]  # fmt: skip


@given(plain, st.sampled_from(LINKS), plain)
def test_a_link_is_refused_wherever_it_stands(before: str, link: str, after: str) -> None:
    assert rules.holds_link(f"{before} {link} {after}")
    assert not rules.holds_link(f"{before}{{status_address}}{after}".replace("0", ""))


@pytest.mark.parametrize("text", ["拨打12345", "电话 020-81234567", "编号{number}", "9.5 折", "{status_address}。谢谢"])
def test_plain_words_and_service_numbers_pass(text: str) -> None:
    assert said("sms", text) == []


@given(plain.map(lambda text: "".join(char for char in text if not char.isdigit())), st.integers(0, 3))
def test_personal_numbers_are_refused(words: str, gaps: int) -> None:
    for number in ("13800138000", "11010519491231002X", "6222020200112233445"):
        spaced = " ".join(number[at : at + 4] for at in range(0, len(number), 4)) if gaps else number
        assert rules.holds_personal_number(f"{words}{spaced}{words}")


def test_a_template_says_where_it_is_wrong() -> None:
    texts = {"title": "", "site": "{编号}", "sms": "{number", "wechat": "thing1", "email": "字" * 2_001}
    faults = rules.template_faults(texts, HAPPENING)
    assert set(faults) == {"title", "site", "sms", "wechat", "email"}
    assert "title" in rules.template_faults({"sms": "好"}, HAPPENING)
    assert "site" in rules.template_faults({"title": "好"}, HAPPENING)
    assert rules.wechat_data("thing1=a=b\n\n time2 = c") == {"thing1": "a=b", "time2": "c"}


@given(moments, quiets)
def test_the_release_is_the_first_moment_that_is_not_quiet(at: datetime, quiet: Quiet) -> None:
    release = quiet.release(at)
    assert not quiet.covers(release) and quiet.release(release) == release
    assert at <= release < at + timedelta(days=1) or release - at <= timedelta(days=1)
    assert (release == at) == (not quiet.covers(at))


@given(moments, quiets, st.one_of(st.none(), st.dates(date(2025, 12, 1), date(2028, 1, 31))))
def test_nothing_rings_at_night_unless_the_morning_is_too_late(at: datetime, quiet: Quiet, day: date | None) -> None:
    going = rules.send_at(at, quiet, last_day=day)
    if quiet.covers(at) and going == at:
        assert day is not None and at.date() <= day < quiet.release(at).date()
    else:
        assert not quiet.covers(going)


def test_quiet_hours_go_past_midnight() -> None:
    quiet = Quiet.of({"from": "21:00", "until": "08:00"})
    at = datetime(2026, 11, 24, 21, tzinfo=CHINA)
    assert [quiet.covers(at.replace(hour=hour)) for hour in (20, 21, 0, 7, 8)] == [False, True, True, True, False]
    assert quiet.release(at) == datetime(2026, 11, 25, 8, tzinfo=CHINA)
    assert not Quiet(time(8), time(8)).covers(at.replace(hour=8))


@given(st.integers(1, 2_000), moments)
def test_pauses_double_up_to_an_hour(tries: int, at: datetime) -> None:
    pause, longer = rules.next_try(tries, at) - at, rules.next_try(tries + 1, at) - at
    assert timedelta(minutes=1) <= pause <= longer <= timedelta(hours=1)
    assert longer in (2 * pause, timedelta(hours=1))


@pytest.mark.parametrize("text", ["", "a", "a@b", "a b@c.cn", "@c.cn", "a@c..cn", "a@c.cn\r\nBcc: x@y.cn"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        rules.check_email(text)


def test_addresses_are_masked() -> None:
    assert rules.mask_email("zhang@example.com") == "z***@example.com"
    assert rules.masked("wechat", "oABCDEF", phone=str) == "oAB***"
