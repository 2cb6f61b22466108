"""A place for files and the limits of the national pack."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from zhengtong.foundation.access import Actor, system_actor
from zhengtong.foundation.params import actions as params
from zhengtong.main.places import ROOT

LIMITS = yaml.safe_load((ROOT / "packs/national/params/files.yaml").read_text("utf-8"))["params"]


@pytest.fixture
def files_root(db: None, settings, tmp_path: Path) -> Path:
    """An empty place, with the limits in force."""
    settings.FILES_ROOT = tmp_path
    for row in LIMITS:
        params.set_parameter(
            row["key"], value=row["value"], unit=row["unit"], basis=row["basis"], valid_from=date(2026, 1, 1),
            actor=system_actor("test", "params.manage"),
        )  # fmt: skip
    return tmp_path


@pytest.fixture
def citizen() -> Actor:
    return Actor(key="account:lin", kind="citizen", name="林晓雨")
