"""`zt lint`: everything about the code that needs no database."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from zhengtong.main.places import ROOT

EXPORT = ("export", "--quiet", "--frozen", "--no-dev", "--no-emit-project", "--no-header")


def run(argv: list[str]) -> int:
    """Run all checks, or those named; the first failure does not hide the others. `--fix` mends what can be mended."""
    fix = "--fix" in argv
    names = [word for word in argv if not word.startswith("-")]
    checks: dict[str, Callable[[], int]] = {
        "style": lambda: _tool("ruff", "check", "--quiet", *(["--fix"] if fix else [])),
        "format": lambda: _tool("ruff", "format", "--quiet", *([] if fix else ["--check"])),
        "types": lambda: _tool("mypy"),
        "contracts": lambda: _tool("lint-imports", "--no-logo", "--no-cache"),
        "syntax-tree": lambda: _python("-m", "tests.architecture.ast_check"),
        "migrations": _check_migrations,
        "requirements": lambda: _write_requirements() if fix else _check_requirements(),
    }
    if unknown := set(names) - checks.keys():
        print(f"没有这些检查 no such checks: {', '.join(sorted(unknown))}; {', '.join(checks)}", file=sys.stderr)
        return 2
    failed = []
    for name in names or checks:
        began = time.monotonic()
        ok = checks[name]() == 0
        print(f"{'✓' if ok else '✗'} {name} ({time.monotonic() - began:.1f} s)", flush=True)
        if not ok:
            failed.append(name)
    return 1 if failed else 0


def _tool(name: str, *arguments: str) -> int:
    return subprocess.run([str(Path(sys.executable).parent / name), *arguments], cwd=ROOT, check=False).returncode


def _python(*arguments: str, **environment: str) -> int:
    surroundings = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=surroundings, check=False).returncode


def _check_migrations() -> int:
    """Every model has its migration; asked of the code alone, at an address where no database is."""
    words = ("-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run", "--skip-checks", "-v", "1")
    return _python(
        *words,
        DJANGO_SETTINGS_MODULE="zhengtong.main.settings",
        ZHENGTONG_LOGIN="owner",
        DATABASE_OWNER_URL="postgresql://nobody@127.0.0.1:1/none",
        **{f"ZHENGTONG_KEY_{purpose}": "00" * 32 for purpose in ("FIELD", "INDEX", "AUDIT")},
    )


def _exported() -> str:
    beside = Path(sys.executable).parent / "uv"
    uv = str(beside) if beside.exists() else shutil.which("uv")
    if uv is None:
        raise FileNotFoundError("uv")
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    done = subprocess.run([uv, *EXPORT], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return "# For offline installs: pip install --require-hashes -r requirements.lock (written by zt lint --fix)\n" + (
        done.stdout
    )


def _check_requirements() -> int:
    path = ROOT / "requirements.lock"
    if path.exists() and path.read_text() == _exported():
        return 0
    print("requirements.lock 与 uv.lock 不一致：./zt lint --fix requirements  (does not say what uv.lock says)")
    return 1


def _write_requirements() -> int:
    (ROOT / "requirements.lock").write_text(_exported())
    return 0
