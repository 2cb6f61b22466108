"""Seals open only where they were made; digests find equal texts; the published vectors hold."""

import base64

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.foundation import crypto
from zhengtong.foundation.crypto import SealBroken, blind_index, hmac_sm3, seal, sm3, unseal, vectors
from zhengtong.foundation.crypto.fields import plain_form
from zhengtong.foundation.crypto.sm import sm4_gcm_encrypt

KEYS = {"field": "11" * 32, "index": "22" * 32, "audit": "33" * 32}


@pytest.fixture(autouse=True)
def keys(settings):
    settings.ZHENGTONG_KEYS = KEYS
    return settings


class TestVectors:
    @pytest.mark.parametrize(("content", "digest"), vectors.SM3)
    def test_sm3(self, content, digest):
        assert sm3(content).hex() == digest

    def test_sm4_gcm(self):
        part = {name: bytes.fromhex(value) for name, value in vectors.SM4_GCM.items()}
        made = sm4_gcm_encrypt(part["key"], part["nonce"], part["plain"], bound_to=part["bound_to"])
        assert made == part["sealed"]

    def test_none_fails(self):
        assert vectors.failures() == []

    def test_a_wrong_library_is_noticed(self, monkeypatch):
        monkeypatch.setattr(vectors, "sm3", lambda content: b"\0" * 32)
        assert len(vectors.failures()) == 3

    @given(st.binary(min_size=16, max_size=64), st.binary(max_size=300))
    def test_hmac_is_the_definition(self, key, content):
        assert hmac_sm3(key, content) == vectors._hmac_by_definition(key, content)


class TestSeal:
    @given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.text(max_size=20, alphabet="abc._"))
    def test_opens_where_it_was_made(self, text, context):
        assert unseal(seal(text, context=context), context=context) == text

    def test_is_different_each_time_and_shows_nothing(self):
        one, two = (seal("11010519491231002X", context="a") for _ in range(2))
        assert one != two
        assert "110105" not in one
        assert one.startswith(f"s1.{crypto.key_id(crypto.key('field'))}.")

    def test_does_not_open_elsewhere(self):
        with pytest.raises(SealBroken):
            unseal(seal("张三", context="subjects.person.name"), context="subjects.entity.name")

    def test_every_flipped_byte_is_noticed(self):
        sealed = seal("张三", context="c")
        head, body = sealed.rsplit(".", 1)
        raw = bytearray(base64.urlsafe_b64decode(body))
        for place in range(len(raw)):
            raw[place] ^= 1
            with pytest.raises(SealBroken):
                unseal(f"{head}.{base64.urlsafe_b64encode(raw).decode()}", context="c")
            raw[place] ^= 1

    @pytest.mark.parametrize(
        "nonsense", ["", "s1", "s1.", "s1.00000000.AAAA", "s2.x.y", "明文", "s1.%s.", "s1.%s.AAAA"]
    )
    def test_nonsense_is_broken_not_empty(self, nonsense):
        with pytest.raises(SealBroken):
            unseal(nonsense.replace("%s", crypto.key_id(crypto.key("field"))), context="c")

    def test_old_key_still_opens_new_key_seals(self, keys):
        old = seal("旧", context="c")
        keys.ZHENGTONG_KEYS = KEYS | {"field": f"{'44' * 32},{KEYS['field']}"}
        assert unseal(old, context="c") == "旧"
        assert seal("新", context="c").split(".")[1] != old.split(".")[1]
        keys.ZHENGTONG_KEYS = KEYS | {"field": "44" * 32}
        with pytest.raises(SealBroken):
            unseal(old, context="c")

    @pytest.mark.parametrize("bad", ["", "zz", "11" * 15, "11" * 32 + ","])
    def test_a_bad_key_is_named(self, keys, bad):
        keys.ZHENGTONG_KEYS = KEYS | {"field": bad}
        with pytest.raises(ImproperlyConfigured, match="field"):
            seal("x", context="c")


class TestBlindIndex:
    def test_equal_texts_meet_and_contexts_part(self):
        assert blind_index("x", context="a") == blind_index("x", context="a")
        assert blind_index("x", context="a") != blind_index("x", context="b")
        assert blind_index("bx", context="a") != blind_index("x", context="ab")

    def test_needs_the_key(self, keys):
        before = blind_index("x", context="a")
        keys.ZHENGTONG_KEYS = KEYS | {"index": "55" * 32}
        assert blind_index("x", context="a") != before

    def test_one_number_typed_in_two_ways(self):
        assert plain_form(" 1101051949 1231002x ") == plain_form("１１０１０５１９４９１２３１００２Ｘ")


def test_checks_name_what_is_missing(keys):
    from zhengtong.foundation.crypto.wiring import check_keys, check_vectors

    assert check_keys() == []
    assert check_vectors() == []
    keys.ZHENGTONG_KEYS = {"field": "11" * 32, "index": "11" * 32}
    assert [error.id for error in check_keys()] == ["crypto.E003", "crypto.E002"]


def test_sealed_fields_cannot_be_searched():
    from zhengtong.foundation.crypto.fields import SealedField

    field = SealedField()
    with pytest.raises(FieldError):
        field.get_lookup("exact")
    assert field.get_lookup("isnull")
