"""All settings, from the environment only; `zt` fills the environment from var/secrets.env."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("ZHENGTONG_VAR", ROOT / "var"))
PACKS_ROOT = Path(os.environ.get("ZHENGTONG_PACKS", ROOT / "packs"))
FILES_ROOT = Path(os.environ.get("ZHENGTONG_FILES", VAR / "files"))


def _database(url: str) -> dict:
    """A Django database entry from postgresql://user:password@host:port/name (host may be a socket folder)."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": {
            "server_side_binding": True,  # only then are statements prepared
            "prepare_threshold": 2,
            "pool": {"min_size": 1, "max_size": int(os.environ.get("ZHENGTONG_POOL", "12")), "timeout": 10},
            **query,
        },
    }


# Two logins: the program runs as app, which cannot touch the past; migrations run as owner.
LOGIN = os.environ.get("ZHENGTONG_LOGIN", "app")
DATABASES = {"default": _database(os.environ.get(f"DATABASE_{LOGIN.upper()}_URL", "postgresql:///zhengtong"))}
if LOGIN == "owner":
    DATABASES["default"]["OPTIONS"].pop("pool")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "")
ZHENGTONG_KEYS = {
    purpose: os.environ.get(f"ZHENGTONG_KEY_{purpose.upper()}", "") for purpose in ("field", "index", "audit")
}

DEBUG = False
ALLOWED_HOSTS = os.environ.get("ZHENGTONG_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
SITE_URL = os.environ.get("ZHENGTONG_SITE_URL", "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
HTTPS = SITE_URL.startswith("https://")
# Set where a proxy of ours stands in front and overwrites X-Forwarded-For.
BEHIND_PROXY = os.environ.get("ZHENGTONG_BEHIND_PROXY", "") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "zt_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CSRF_FAILURE_VIEW = "zhengtong.foundation.ui.pages.csrf_failed"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "worker-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

FLOORS = {
    "foundation": [
        "wiring", "crypto", "audit", "outbox", "idempotency", "access", "params", "files", "links", "directory",
        "accounts", "packs", "tables", "ui",
    ],
    "engines": ["deadlines", "flows", "tasks", "forms", "papers", "search", "notices", "slots"],
    "topics": ["items", "credentials", "materials", "subjects", "cases", "visits", "deliveries", "payments", "ratings"],
    "faces": ["portal", "desk", "gateway"],
}  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    *(f"zhengtong.{floor}.{name}" for floor, names in FLOORS.items() for name in names),
]
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["zhengtong.foundation.accounts.passwords.PasswordBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

MIDDLEWARE = [
    "zhengtong.faces.gateway.problems.ProblemMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "zhengtong.foundation.accounts.middleware.ActorMiddleware",
    "zhengtong.foundation.refusals.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "zhengtong.main.urls"
ASGI_APPLICATION = "zhengtong.main.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "zhengtong.foundation.ui.context.shell",
            ]
        },
    }
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "zt_language"
LOCALE_PATHS = [ROOT / "zhengtong" / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH: list[str] = []

# Where the counter's devices answer on the clerk's own machine (contrib/bridge); empty: no page looks for any.
BRIDGE = os.environ.get("ZHENGTONG_BRIDGE", "")

# Folders with further fonts for rare characters on papers.
PAPER_FONTS = [f for f in os.environ.get("ZHENGTONG_FONTS", "").split(":") if f]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MIMETYPES = {".mjs": "text/javascript"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("ZHENGTONG_LOG", "WARNING")},
}
