"""`zt migrate`: tables as the owner login, then the rights of the app login."""

import os

from zhengtong.main import database


def run(argv: list[str]) -> int:
    """Migrate; `--quiet` says nothing."""
    os.environ["ZHENGTONG_LOGIN"] = "owner"
    import django

    django.setup()
    database.migrate(verbosity=0 if "--quiet" in argv else 1)
    return 0
