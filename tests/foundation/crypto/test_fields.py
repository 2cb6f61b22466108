"""Sealed fields hold nothing plain in the table; blind indexes fill themselves and find."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.test.utils import isolate_apps

from zhengtong.foundation import clock, crypto
from zhengtong.foundation.crypto import SealBroken
from zhengtong.foundation.crypto.fields import BlindIndexField, SealedField
from zhengtong.foundation.links.models import Exchange

NUMBER = "11010519491231002X"


@pytest.fixture
def person() -> Iterator[type[models.Model]]:
    with isolate_apps("zhengtong.foundation.crypto"):

        class Numbered(models.Model):
            id_number = SealedField()
            id_number_index = BlindIndexField(source="id_number")
            phone = SealedField(blank=True)
            phone_index = BlindIndexField(source="phone", context="phone")

            class Meta:
                abstract = True
                app_label = "crypto"

        class Person(Numbered):  # noqa: DJ008
            class Meta:
                app_label = "crypto"

        class Clerk(Numbered):  # noqa: DJ008
            class Meta:
                app_label = "crypto"

        Person.other = Clerk  # type: ignore[attr-defined]
        yield Person


def stored(model: type[models.Model], name: str, value: object) -> object:
    return model._meta.get_field(name).get_db_prep_save(value, connection)


def row(asked: str) -> Exchange:
    return Exchange(port="p", operation="o", about="a", state="done", asked=asked, started_at=clock.now())


class TestSealed:
    def test_the_context_is_the_place(self, person):
        sealed = stored(person, "id_number", NUMBER)
        assert NUMBER not in sealed
        assert crypto.unseal(sealed, context="crypto.person.id_number") == NUMBER
        clerk = person.other._meta.get_field("id_number")
        with pytest.raises(SealBroken):
            clerk.from_db_value(sealed, None, connection)

    def test_nothing_stays_nothing(self, person):
        assert stored(person, "phone", "") == ""
        assert stored(person, "phone", None) is None
        assert person._meta.get_field("phone").from_db_value(None, None, connection) is None

    def test_it_cannot_be_searched_or_looked_into(self, db):
        for lookup in ({"asked": "x"}, {"asked__contains": "x"}, {"asked__in": ["x"]}, {"asked__lower__exact": "x"}):
            with pytest.raises(FieldError):
                Exchange.objects.filter(**lookup)
        assert Exchange.objects.filter(asked__isnull=True).count() == 0

    def test_it_goes_through_the_database_by_every_road(self, db):
        one = row("一")
        one.save()
        Exchange.objects.bulk_create([row("二")])
        Exchange.objects.filter(pk=one.pk).update(answered="三")
        assert list(Exchange.objects.order_by("pk").values_list("asked", "answered")) == [("一", "三"), ("二", None)]
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(concat(asked, answered), ' ') FROM links_exchange")
            (raw,) = cursor.fetchone()
        assert not set(raw) & set("一二三")

    def test_a_seal_moved_to_another_column_is_noticed(self, db):
        one = row("一")
        one.save()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE links_exchange SET answered = asked")
        with pytest.raises(SealBroken):
            one.refresh_from_db()


class TestBlindIndex:
    def test_filled_before_saving(self, person):
        someone = person(id_number=NUMBER)
        field = person._meta.get_field("id_number_index")
        assert field.pre_save(someone, True) == person.id_number_index_of(" 110105 19491231 002x")
        assert len(someone.id_number_index) == 32
        someone.id_number = ""
        assert field.pre_save(someone, False) is None

    def test_places_part_and_a_shared_context_meets(self, person):
        clerk = person.other
        assert person.id_number_index_of(NUMBER) != clerk.id_number_index_of(NUMBER)
        assert person.phone_index_of("13812345678") == clerk.phone_index_of("13812345678")
        assert person.phone_index_of("13812345678") == crypto.blind_index("13812345678", context="phone")
        assert person.phone_index_of(None) is None

    def test_migrations_carry_no_source(self, person):
        field = person._meta.get_field("phone_index")
        _, path, _, options = field.deconstruct()
        assert path == "zhengtong.foundation.crypto.fields.BlindIndexField"
        assert options == {"max_length": 32, "null": True}
        assert field.clone().source == ""
