"""A shop with two sections and a folder for packs."""

import pytest

from tests.foundation.packs.shelves import Shop, emptied
from zhengtong.foundation.packs.sections import sections


@pytest.fixture
def shop(tmp_path, monkeypatch):
    made = Shop(tmp_path / "packs")
    emptied(monkeypatch)
    for section in made.sections():
        sections.add(section.name, section)
    return made
