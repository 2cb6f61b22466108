"""All routes on one page. The noun of a URL is the file in the face that answers it."""

from django.urls import path

from zhengtong.foundation.ui import pages

urlpatterns = [
    path("preferences/", pages.accessibility, name="preferences"),
]
