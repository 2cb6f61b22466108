"""The program's own settings, with an environment of the tests: fixed keys, and a database the fixtures fill in."""

import os
import tempfile

from tests.databases import VAR

ENVIRONMENT = {
    "DJANGO_SECRET_KEY": "only-for-tests",
    "ZHENGTONG_KEY_FIELD": "11" * 32,
    "ZHENGTONG_KEY_INDEX": "22" * 32,
    "ZHENGTONG_KEY_AUDIT": "33" * 32,
    "ZHENGTONG_PORT_PAYMENT_KEY": "44" * 32,
    "ZHENGTONG_VAR": str(VAR),
    "ZHENGTONG_FILES": tempfile.mkdtemp(prefix="zt-files-"),
    "ZHENGTONG_HOSTS": "127.0.0.1,localhost,testserver",
    "DATABASE_APP_URL": "postgresql://nobody@127.0.0.1:1/ask-for-the-fixture-db",
    "DATABASE_OWNER_URL": "postgresql://nobody@127.0.0.1:1/ask-for-the-fixture-db",
    "ZHENGTONG_LOGIN": "app",
    # Playwright's loop runs in the test's thread; Django would take every query there for an async mistake.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}
os.environ.update(ENVIRONMENT)

from zhengtong.main.settings import *  # noqa: E402, F403
