"""GB 11643, GB 32100 with GB 11714, names and telephones: real vectors, and what the standards detect."""

from datetime import date, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zhengtong.foundation import clock
from zhengtong.foundation.codes import credit_code, name, phone, resident_id

REAL_CREDIT_CODES = [
    "11370800MB28559184", "12441500196720244T", "11440100007482575H", "11430000006122244L", "11330105002500287C",
    "11511301008778183N", "115113010833722043",
]  # fmt: skip
ALL = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class TestResidentId:
    def test_the_standards_own_example(self):
        number = resident_id.check_resident_id("11010519491231002X")
        assert resident_id.birth_date(number) == date(1949, 12, 31)
        assert resident_id.sex(number) == "female"
        assert resident_id.mask(number) == "110105********002X"

    @pytest.mark.parametrize(
        "typed", ["11010519491231002x", " 110105 19491231 002X", "１１０１０５１９４９１２３１００２Ｘ"]
    )
    def test_forgives_how_it_is_typed(self, typed):
        assert resident_id.check_resident_id(typed) == "11010519491231002X"
        assert not resident_id.is_valid_resident_id(typed)

    @pytest.mark.parametrize(
        ("number", "refusal"),
        [
            ("", resident_id.ResidentIdLength),
            ("110105491231002", resident_id.ResidentIdLength),
            ("1101051949123100ZX", resident_id.ResidentIdCharacters),
            ("X10105194912310021", resident_id.ResidentIdCharacters),
            ("١١٠١٠٥19491231002X", resident_id.ResidentIdCharacters),
            ("10010519491231002X", resident_id.ResidentIdArea),
            ("11010519490231002X", resident_id.ResidentIdBirthDate),
            ("11010518491231002X", resident_id.ResidentIdBirthDate),
            ("110105194912310021", resident_id.ResidentIdCheckDigit),
        ],
    )
    def test_names_the_fault(self, number, refusal):
        with pytest.raises(refusal) as refused:
            resident_id.check_resident_id(number)
        assert str(refused.value).startswith("身份证号码")
        assert "{" not in str(refused.value)

    def test_nobody_is_born_tomorrow(self):
        number = resident_id.make_resident_id("449906", date(2026, 11, 22), 1)
        with clock.at(datetime(2026, 11, 21, 23, 59, tzinfo=clock.CHINA)):
            assert not resident_id.is_valid_resident_id(number)

    @pytest.mark.parametrize("area", ["810000", "820000", "830000", "911156"])
    def test_permits_of_the_same_structure(self, area):
        assert resident_id.make_resident_id(area, date(1990, 1, 1), 3)

    @given(st.dates(date(1850, 1, 1), date(2020, 1, 1)), st.integers(1, 999), st.sampled_from(["449906", "110105"]))
    def test_made_is_valid(self, born, order, area):
        number = resident_id.make_resident_id(area, born, order)
        assert resident_id.is_valid_resident_id(number)
        assert resident_id.birth_date(number) == born
        assert (resident_id.sex(number) == "male") is bool(order % 2)

    @given(st.integers(1, 999), st.integers(0, 17), st.sampled_from("0123456789X"))
    def test_one_wrong_character_is_found(self, order, place, char):
        number = resident_id.make_resident_id("449906", date(1985, 6, 15), order)
        assume(number[place] != char)
        assert not resident_id.is_valid_resident_id(number[:place] + char + number[place + 1 :])

    @given(st.integers(1, 999), st.integers(0, 16))
    def test_two_exchanged_neighbours_are_found(self, order, place):
        number = resident_id.make_resident_id("449906", date(1985, 6, 15), order)
        assume(number[place] != number[place + 1])
        swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        assert not resident_id.is_valid_resident_id(swapped)

    @given(st.text(max_size=20))
    def test_any_text_is_valid_or_refused(self, text):
        try:
            resident_id.check_resident_id(text)
        except resident_id.ResidentIdInvalid:
            assert not resident_id.is_valid_resident_id(text)


class TestCreditCode:
    @pytest.mark.parametrize("code", REAL_CREDIT_CODES)
    def test_real_ones(self, code):
        parsed = credit_code.parse_credit_code(code)
        assert parsed.kind in credit_code.KINDS
        assert credit_code.is_valid_organisation_code(parsed.organisation_code)
        assert credit_code.is_valid_organisation_code(f"{parsed.organisation_code[:8]}-{parsed.organisation_code[8]}")

    @pytest.mark.parametrize(
        ("code", "refusal"),
        [
            ("1144010000748257", credit_code.CreditCodeLength),
            ("11440100007482575I", credit_code.CreditCodeCharacters),
            ("11A40100007482575H", credit_code.CreditCodeCharacters),
            ("Z1440100007482575H", credit_code.CreditCodeCharacters),
            ("B1440100007482575H", credit_code.CreditCodeAuthority),
            ("11440100007482575J", credit_code.CreditCodeCheckDigit),
        ],
    )
    def test_names_the_fault(self, code, refusal):
        with pytest.raises(refusal):
            credit_code.check_credit_code(code)

    SERIALS = st.text(alphabet=credit_code.ALPHABET, min_size=8, max_size=8)

    @given(st.sampled_from(sorted(credit_code.KINDS)), SERIALS)
    def test_made_is_valid(self, kind, serial):
        code = credit_code.make_credit_code(kind, "449906", serial)
        assert credit_code.is_valid_credit_code(code)
        assert credit_code.check_credit_code(f" {code.lower()} ") == code

    @given(SERIALS, st.integers(0, 17), st.sampled_from(ALL))
    def test_one_wrong_character_is_found(self, serial, place, char):
        code = credit_code.make_credit_code("91", "449906", serial)
        assume(code[place] != char)
        assert not credit_code.is_valid_credit_code(code[:place] + char + code[place + 1 :])

    @pytest.mark.parametrize("code", ["D2143569X", "D2143569-X", "00748257-5"])
    def test_organisation_codes(self, code):
        assert credit_code.is_valid_organisation_code(code)
        assert not credit_code.is_valid_organisation_code(code[:-1] + "1")


class TestName:
    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("张三", "张三"),
            (" 张　三 ", "张 三"),
            ("买买提・艾力", "买买提·艾力"),
            ("买买提 • 艾力", "买买提·艾力"),
            ("𬭎䶮", "𬭎䶮"),
            ("John O'Neil-Smith Jr.", "John O'Neil-Smith Jr."),
            ("Jose\u0301", "José"),
            ("〇一", "〇一"),
        ],
    )
    def test_stored_form(self, typed, stored):
        assert name.check_name(typed) == stored
        assert name.is_valid_name(stored)

    @pytest.mark.parametrize(
        "typed", ["", "  ", "·", "张三1", "张\u202e三", "张\u200b三", "<b>", "张" * 51, "😀", "\x00", "-张"]
    )
    def test_refused(self, typed):
        with pytest.raises(name.NameInvalid) as refused:
            name.check_name(typed)
        assert str(refused.value).isprintable()

    def test_mask(self):
        assert [name.mask(one) for one in ("张三", "欧阳明月", "李", "")] == ["张*", "欧***", "李", ""]

    @given(st.text(max_size=60))
    def test_checking_twice_changes_nothing(self, text):
        try:
            stored = name.check_name(text)
        except name.NameInvalid:
            return
        assert name.check_name(stored) == stored


class TestPhone:
    @pytest.mark.parametrize(
        "typed",
        [
            "13812345678",
            "138 1234 5678",
            "138-1234-5678",
            "+86 13812345678",
            "8613812345678",
            "００８６１３８１２３４５６７８",
        ],
    )
    def test_mobile(self, typed):
        assert phone.check_mobile(typed) == "13812345678"
        assert phone.check_phone(typed if typed[0] in "1+" else "13812345678") == "13812345678"

    @pytest.mark.parametrize("typed", ["", "12812345678", "1381234567", "138123456789", "abc", "02081234567"])
    def test_no_mobile(self, typed):
        with pytest.raises(phone.MobileInvalid):
            phone.check_mobile(typed)

    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("020-81234567", "020-81234567"), ("02081234567", "020-81234567"), ("(020)81234567", "020-81234567"),
            ("（０７５５）8123 4567", "0755-81234567"), ("+86-755-81234567", None),
            ("+86 0755 81234567", "0755-81234567"), ("0543-3123456", "0543-3123456"),
            ("020-81234567-801", "020-81234567-801"), ("020-81234567转801", "020-81234567-801"),
            ("12345", "12345"), ("110", "110"), ("95588", "95588"), ("400-810-1234", "4008101234"), ("81234567", None),
            ("010-11234567", None), ("123456", None), ("", None),
        ],
    )  # fmt: skip
    def test_others(self, typed, stored):
        if stored is None:
            with pytest.raises(phone.PhoneInvalid):
                phone.check_phone(typed)
        else:
            assert phone.check_phone(typed) == stored
            assert phone.is_valid_phone(stored)

    def test_mask(self):
        assert phone.mask("13812345678") == "138****5678"
        assert phone.mask("020-81234567") == "020-****4567"
        assert phone.mask("0543-3123456") == "0543-***3456"
        assert phone.mask("110") == "***"
        assert phone.mask("4008101234") == "******1234"

    @given(st.from_regex(phone.MOBILE, fullmatch=True))
    def test_every_mobile(self, number):
        assert phone.is_valid_mobile(number)
        assert phone.check_phone(number) == number
        assert phone.mask(number) == f"{number[:3]}****{number[7:]}"
