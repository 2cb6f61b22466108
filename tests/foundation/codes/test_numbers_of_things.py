"""Divisions, items, credentials, projects, cases: real vectors, and what the check digits detect."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zhengtong.foundation.codes import case_number, credential_id, division, item_code, project_code, uuid7
from zhengtong.foundation.codes.text import mod_11_10, mod_37_36

REAL_IMPLEMENTATIONS = [
    "11370800MB285591843370117002011",
    "12441500196720244T3442199806003",
    "11440100007482575H3440118009000",
]
REAL_CREDENTIALS = [
    "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
    "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0",
]
ALL = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
OURS = "11440100007482575H"


class TestDivision:
    @pytest.mark.parametrize(
        ("code", "level", "parent"),
        [
            ("440000000000", "province", None),
            ("449900000000", "city", "440000000000"),
            ("449906000000", "district", "449900000000"),
            ("449906001000", "town", "449906000000"),
            ("449906100000", "town", "449906000000"),
            ("449906001001", "village", "449906001000"),
            ("44990600100101", "grid", "449906001001"),
            ("449906001001001", "grid", "449906001001"),
            ("441900003000", "town", "441900000000"),
            ("429004000000", "district", "429000000000"),
            ("500000000000", "province", None),
            ("500100000000", "city", "500000000000"),
        ],
    )
    def test_level_and_parent(self, code, level, parent):
        assert division.parse_division(code) == division.Division(code, level)
        assert division.parent(code) == parent

    def test_short_forms_are_filled_up(self):
        assert division.check_division("449906") == "449906000000"
        assert division.check_division("449906001") == "449906001000"
        assert not division.is_valid_division("449906")

    def test_ancestors(self):
        assert division.ancestors("44990600100101") == [
            "449906001001", "449906001000", "449906000000", "449900000000", "440000000000",
        ]  # fmt: skip

    def test_contains(self):
        assert division.contains("449906000000", "449906001001")
        assert division.contains("449906000000", "449906000000")
        assert division.contains("449906001001", "44990600100101")
        assert not division.contains("449906001000", "449906000000")
        assert not division.contains("449906001000", "449906002001")

    def test_kinds(self):
        assert [division.town_kind(c) for c in ("449906001000", "449906100000", "449906200000", "449906000000")] == [
            "street", "town", "township", "",
        ]  # fmt: skip
        assert [division.village_kind(c) for c in ("449906001001", "449906001200", "449906001000")] == [
            "community", "village", "",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "text", ["", "4", "990000", "44990600000A", "449906000001", "440000001000", "4499060010010"]
    )
    def test_refused(self, text):
        with pytest.raises(division.DivisionCodeInvalid):
            division.check_division(text)

    @given(st.integers(0, 599), st.integers(0, 599))
    def test_ancestors_contain(self, town, village):
        assume(town or not village)
        code = division.make_division("449906", town, village)
        for above in division.ancestors(code):
            assert division.contains(above, code)
            assert not division.contains(code, above)


class TestItemCode:
    @pytest.mark.parametrize("code", REAL_IMPLEMENTATIONS)
    def test_real_ones(self, code):
        parsed = item_code.parse_implementation_code(code)
        assert parsed.organisation + parsed.level + parsed.basic.text == code
        assert parsed.level == "3"

    def test_parts(self):
        parsed = item_code.parse_handling_code(REAL_IMPLEMENTATIONS[0] + "01")
        assert parsed.sequence == "01"
        assert parsed.implementation.basic == item_code.BasicCode("370117002011", "37", "01", "17", "002", "011")

    def test_made(self):
        made = item_code.make_handling_code(item_code.make_implementation_code(OURS, "4", "440118009000"), 2)
        assert made == f"{OURS}444011800900002"
        assert item_code.is_valid_item_code(made)
        assert item_code.check_item_code(f" {made.lower()} ") == made

    @pytest.mark.parametrize(
        ("code", "refusal"),
        [
            ("44011800900", item_code.ItemCodeInvalid),
            ("44011800900-", item_code.ItemCodeInvalid),
            ("511A0138000000-511602000000-000-115113010833722043-1-00", item_code.ItemCodeInvalid),
            ("11440100007482575J3440118009000", item_code.ItemCodeOrganisation),
            ("11440100007482575H8440118009000", item_code.ItemCodeLevel),
        ],
    )
    def test_refused(self, code, refusal):
        with pytest.raises(refusal):
            item_code.check_item_code(code)
        assert not item_code.is_valid_item_code(code)


class TestCredentialId:
    @pytest.mark.parametrize("text", REAL_CREDENTIALS)
    def test_real_ones(self, text):
        parsed = credential_id.parse_credential_id(text)
        assert (
            credential_id.make_credential_id(parsed.type_code, parsed.issuer, parsed.serial, int(parsed.version))
            == text
        )

    @pytest.mark.parametrize("text", REAL_CREDENTIALS)
    @given(place=st.integers(15, 70), char=st.sampled_from(ALL + "."))
    def test_one_wrong_character_is_found(self, text, place, char):
        assume(place < len(text) and text[place] != char)
        assert not credential_id.is_valid_credential_id(text[:place] + char + text[place + 1 :])

    @given(st.text(alphabet=ALL, min_size=1, max_size=32), st.integers(1, 999))
    def test_made_is_valid(self, serial, version):
        made = credential_id.make_credential_id(f"{OURS}021", OURS, serial, version)
        assert credential_id.is_valid_credential_id(made)
        assert credential_id.parse_credential_id(made).serial == serial

    @pytest.mark.parametrize(
        "text", ["", "1.2.156.3005.2", "1.2.156.3005.2.....", "1x2x156x3005x2x" + "A" * 60, REAL_CREDENTIALS[0] + ".1"]
    )
    def test_refused(self, text):
        with pytest.raises(credential_id.CredentialIdInvalid):
            credential_id.check_credential_id(text)


class TestProjectCode:
    def test_parts(self):
        parsed = project_code.parse_project_code("2026-440000-04-01-123456")
        assert (parsed.division, parsed.type, parsed.serial) == ("440000", "04", "123456")
        assert project_code.check_project_code("20264400000401123456") == parsed.text

    @pytest.mark.parametrize(
        "text", ["", "2026-440000-04-01-12345", "1926-440000-04-01-123456", "2026-44000A-04-01-123456"]
    )
    def test_refused(self, text):
        assert not project_code.is_valid_project_code(text)


class TestCaseNumber:
    def test_example(self):
        number = case_number.make_case_number(date(2026, 11, 22), 7)
        assert number == "261122000007" + mod_11_10("261122000007")
        parsed = case_number.parse_case_number(f"{number[:6]}-{number[6:12]} {number[12]}")
        assert (parsed.day, parsed.serial, parsed.text) == (date(2026, 11, 22), 7, number)

    @given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 999_999))
    def test_made_is_valid(self, day, serial):
        number = case_number.make_case_number(day, serial)
        assert len(number) == 13
        assert case_number.is_valid_case_number(number)
        assert case_number.parse_case_number(number).serial == serial

    @given(st.integers(1, 999_999), st.integers(0, 12), st.sampled_from("0123456789"))
    def test_one_wrong_digit_is_found(self, serial, place, char):
        number = case_number.make_case_number(date(2026, 11, 22), serial)
        assume(number[place] != char)
        assert not case_number.is_valid_case_number(number[:place] + char + number[place + 1 :])

    @pytest.mark.parametrize(
        "text", ["", "abc", "2611220000071234", "２６", "261322000007" + mod_11_10("261322000007")]
    )
    def test_refused(self, text):
        with pytest.raises(case_number.CaseNumberInvalid):
            case_number.check_case_number(text)

    @pytest.mark.parametrize("serial", [0, -1, 1_000_000])
    def test_a_day_has_so_many_numbers(self, serial):
        with pytest.raises(case_number.CaseNumbersUsedUp):
            case_number.make_case_number(date(2026, 11, 22), serial)

    def test_official_number(self):
        handling = REAL_IMPLEMENTATIONS[2] + "01"
        number = case_number.make_official_number(handling, date(2026, 11, 22), 7)
        assert number == f"{handling}20261122000007"
        assert len(number) == 47
        assert case_number.is_valid_official_number(number)
        assert not case_number.is_valid_official_number(number[:-8] + "31000007")
        assert not case_number.is_valid_official_number("x" + number[1:])


@given(st.text(alphabet=ALL, min_size=1, max_size=40), st.data())
def test_mod_37_36_finds_every_wrong_character(text, data):
    place, char = data.draw(st.integers(0, len(text) - 1)), data.draw(st.sampled_from(ALL))
    assume(text[place] != char)
    assert mod_37_36(text[:place] + char + text[place + 1 :]) != mod_37_36(text)


class TestUuid7:
    def test_sorted_and_unique(self):
        made = [uuid7() for _ in range(10_000)]
        assert made == sorted(made)
        assert made[0].version == 7

    def test_threads_never_meet(self):
        with ThreadPoolExecutor(8) as threads:
            made = [one for batch in threads.map(lambda _: [uuid7() for _ in range(2_000)], range(8)) for one in batch]
        assert len(set(made)) == len(made)

    def test_forked_workers_never_meet(self):
        uuid7()
        reading, writing = os.pipe()
        children = []
        for _ in range(4):
            pid = os.fork()
            if pid == 0:
                os.write(writing, b"".join(uuid7().bytes for _ in range(500)))
                os._exit(0)
            children.append(pid)
        for pid in children:
            os.waitpid(pid, 0)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            raw = pipe.read()
        made = {raw[start : start + 16] for start in range(0, len(raw), 16)} | {uuid7().bytes for _ in range(500)}
        assert len(made) == 2_500
