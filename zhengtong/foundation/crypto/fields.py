"""Model fields for personal data: sealed in the table, plain in Python, found by a blind index."""

import unicodedata
from collections.abc import Callable
from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from .seals import blind_index, seal, unseal


class SealedField(models.TextField):
    """A text that the database holds only sealed; the context is `app.model.field`.

    It cannot be filtered or ordered by: put a `BlindIndexField` beside it. Empty stays empty.
    """

    context = ""

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        self.context = f"{cls._meta.app_label}.{cls._meta.model_name}.{name}"

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if value is None or value == "" or hasattr(value, "as_sql"):
            return value
        return seal(str(value), context=self.context)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return unseal(value, context=self.context) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.context} is sealed and cannot be searched by {lookup_name!r}; use its blind index")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.context} is sealed; {lookup_name!r} cannot look into it")


def plain_form(text: str) -> str:
    """Width, case and spaces levelled, so that one number typed in two ways is one number."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


class BlindIndexField(models.BinaryField):
    """The keyed digest of the field `source`, filled before every save; look up by `Model.<name>_of(value)`.

    Give the same `context` to fields that must find the same person across tables.
    A save with `update_fields` and an `update()` must name this field together with its source.
    """

    def __init__(
        self,
        *args: Any,
        source: str = "",
        normalise: Callable[[str], str] = plain_form,
        context: str = "",
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("max_length", 32)
        kwargs.setdefault("null", True)
        self.source, self.normalise, self.context, self.shared_context = source, normalise, context, context
        super().__init__(*args, **kwargs)

    # Migrations do not carry `source`: a historical model copies the stored digest instead of computing a new one.

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        self.context = self.shared_context or f"{cls._meta.app_label}.{cls._meta.model_name}.{self.source}"
        setattr(cls, f"{name}_of", staticmethod(self.digest))

    def digest(self, value: str | None) -> bytes | None:
        """What is stored for this value; nothing for nothing."""
        normal = self.normalise(value) if value else ""
        return blind_index(normal, context=self.context) if normal else None

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if self.source:
            setattr(model_instance, self.attname, self.digest(getattr(model_instance, self.source)))
        return super().pre_save(model_instance, add)
