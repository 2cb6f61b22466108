"""The dictionary of data elements."""

from django.db import models

from zhengtong.foundation.audit.models import Audited


class Element(Audited):
    """A datum asked under one code in every form; `rules.Element` is the same in plain Python."""

    code = models.CharField(primary_key=True, max_length=60)
    title = models.CharField(max_length=500)
    schema = models.JSONField(default=dict)
    widget = models.CharField(max_length=30)
    help = models.CharField(max_length=500, blank=True)
    autocomplete = models.CharField(max_length=60, blank=True)
    sealed = models.BooleanField(default=False)
    source = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    options = models.JSONField(default=list)
    owner = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["owner"], name="forms_element_owner")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
