"""Divisions, organisations, posts."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from zhengtong.foundation.audit.models import Audited
from zhengtong.foundation.refusals import N_


class Division(Audited):
    """An administrative division, village or grid cell; the code carries the ladder."""

    class Level(models.TextChoices):
        PROVINCE = "province", N_("省")
        CITY = "city", N_("市")
        DISTRICT = "district", N_("区县")
        TOWN = "town", N_("镇街")
        VILLAGE = "village", N_("村居")
        GRID = "grid", N_("网格")

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    geometry = models.JSONField(null=True)
    owner = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["level", "code"], name="directory_division_level")]

    def __str__(self) -> str:
        return self.name


class Organisation(Audited):
    """A department, town, hall or vertical office: whatever signs, receives or decides."""

    class Kind(models.TextChoices):
        GOVERNMENT = "government", N_("人民政府")
        DEPARTMENT = "department", N_("部门")
        TOWN = "town", N_("镇街")
        VILLAGE = "village", N_("村居")
        HALL = "hall", N_("政务服务中心")
        BUREAU = "bureau", N_("政务服务和数据管理局")
        VERTICAL = "vertical", N_("垂直管理单位")

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    level = models.CharField(max_length=1)
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    remedy_review = ArrayField(models.CharField(max_length=120), default=list)
    remedy_court = models.CharField(max_length=120, blank=True)
    owner = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Post(Audited):
    """A seat in an organisation with the roles that go with it."""

    code = models.CharField(max_length=60, primary_key=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=60)
    roles = ArrayField(models.CharField(max_length=40), default=list)
    owner = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.title}"
