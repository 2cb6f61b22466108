"""Items, their versions, the materials of published versions, and synonyms."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Length

from zhengtong.foundation.audit.models import Audited
from zhengtong.foundation.codes import uuid7


class Item(Audited):
    """One thing that may be applied for, under a code that never changes; what it says stands in its versions."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        PUBLISHED = "published", "已发布"
        ENDED = "ended", "已停办"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=300)
    organisation = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    published = models.ForeignKey("items.ItemVersion", models.PROTECT, null=True, related_name="+")
    draft = models.ForeignKey("items.ItemVersion", models.SET_NULL, null=True, related_name="+")
    owner = models.CharField(max_length=80)
    # What an import last read for this item; a repeated import recognises an unchanged row by it.
    source_digest = models.BinaryField(max_length=32, null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["owner"], name="items_item_owner"),
            models.Index(fields=["organisation", "state"], name="items_item_organisation"),
        ]

    def __str__(self) -> str:
        return self.name


class ItemVersion(models.Model):
    """What an item says for a period. Once published only `editorial`, `closed_on` and the search columns may change;
    the database refuses the rest."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        PUBLISHED = "published", "已发布"
        ENDED = "ended", "已停办"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    # The last day in force when a later version or the end of the item came before `valid_to`.
    closed_on = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)

    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=300, blank=True)
    basic_code = models.CharField(max_length=200, blank=True)
    implementation_code = models.CharField(max_length=200, blank=True)
    handling_code = models.CharField(max_length=200, blank=True)
    local_code = models.CharField(max_length=200, blank=True)
    type = models.CharField(max_length=10, blank=True)
    nature = models.CharField(max_length=20, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    accepted_by = models.CharField(max_length=200, blank=True)
    also_accepted_by = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    exercise_level = models.CharField(max_length=4, blank=True)
    audience = ArrayField(models.CharField(max_length=20), default=list)
    case_type = models.CharField(max_length=20, blank=True)
    channels = ArrayField(models.CharField(max_length=20), default=list)
    visits = models.PositiveSmallIntegerField(null=True)
    online_depth = ArrayField(models.PositiveSmallIntegerField(), default=list)
    decided_in = models.CharField(max_length=20, blank=True)
    result_kind = models.CharField(max_length=20, blank=True)
    result_by = models.CharField(max_length=20, blank=True)
    credential_type = models.CharField(max_length=120, blank=True)
    charged = models.BooleanField(default=False)
    events = ArrayField(models.CharField(max_length=120), default=list)

    definition = models.JSONField()
    editorial = models.JSONField(default=dict)
    # The form with the words of its data elements written out at publication.
    form = models.JSONField(null=True)
    defects = models.JSONField(default=list)
    search_document = SearchVectorField(null=True)
    search_pieces = SearchVectorField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="items_version_number"),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(valid_from__isnull=False), name="items_version_dated"
            ),
        ]
        indexes = [
            GinIndex(fields=["search_document"], name="items_version_document"),
            GinIndex(fields=["search_pieces"], name="items_version_pieces"),
            models.Index(Length("name"), "id", name="items_version_short_first"),
            models.Index(fields=["state", "valid_from"], name="items_version_in_force"),
            models.Index(fields=["local_code"], name="items_version_local_code"),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"


class ItemMaterial(models.Model):
    """A material that a published version asks for; for counting across items, the definition stays the source."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(ItemVersion, models.CASCADE, related_name="material_rows")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    necessity = models.CharField(max_length=20)
    source = models.CharField(max_length=20)
    reuse_key = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="items_material_code")]
        indexes = [models.Index(fields=["reuse_key"], name="items_material_reuse")]

    def __str__(self) -> str:
        return self.name


class Synonym(Audited):
    """What people say, and the official words it means."""

    phrase = models.CharField(max_length=60, primary_key=True)
    means = ArrayField(models.CharField(max_length=120))
    owner = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.phrase
