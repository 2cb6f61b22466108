"""pgbench with the same statements that filing one case runs: taken from the action itself, as it runs.

What differs from case to case (ids, numbers, keys) becomes a variable of pgbench; all else stays as it was sent.
"""

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zhengtong.main import database

from .server import Ground

SERIAL = "nextval('cases_number')"
PATIENCE = 20


def program() -> str | None:
    """pgbench, from the PATH or from Debian's PostgreSQL."""
    known = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"), key=lambda path: int(path.parts[4]))
    return shutil.which("pgbench") or (str(known[-1]) if known else None)


def script(filing: Any) -> str:
    """Run the action once and write down what it said to the database."""
    from django.db import connection, transaction
    from psycopg import ClientCursor

    from zhengtong.topics.cases.actions import submit_case
    from zhengtong.topics.cases.models import Case

    said: list[str] = []

    def listen(execute: Any, sql: Any, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
        said.append(ClientCursor(connection.connection).mogrify(sql, params))
        return execute(sql, params, many, context)

    submit_case(filing)  # whatever is held in memory is held from here on
    with transaction.atomic(), connection.execute_wrapper(listen):
        told = submit_case(filing.__class__(**{**vars(filing), "key": "yardstick"}))
        case = Case.objects.get(pk=told.case_id)
        materials = [material.pk for material in case.materials.order_by("pk")]
        transaction.set_rollback(True)
    said = [text for text in said if not re.match(r"(SAVEPOINT|RELEASE|SELECT .*FROM \"cases_)", text)]
    return _as_script(said, {"id": case.pk, "number": case.number, "materials": materials})


def _as_script(said: list[str], known: Mapping[str, Any]) -> str:
    """One transaction; its first statement makes what is new in each case, as `nextval` does for the action."""
    fresh = ["gen_random_uuid()::text AS case_id", "to_char(now(), 'YYMMDD') AS day"]
    varying = {str(known["id"]): ":case_id", known["id"].hex: "replace(:case_id, '-', '')"}
    for index, material in enumerate(known["materials"]):
        fresh.append(f"gen_random_uuid()::text AS material_{index}")
        varying |= {str(material): f":material_{index}", material.hex: f"replace(:material_{index}, '-', '')"}
    serial = known["number"][6:12]
    varying |= {known["number"]: ":number", f"{serial}'": ":serial", "yardstick": ":case_id"}
    lines = ["BEGIN;"]
    for text in said:
        if SERIAL in text:
            number = f"lpad({SERIAL}::text, 6, '0')"
            lines.append(
                f"SELECT serial, '{known['number'][:6]}' || serial || '0' AS number, {', '.join(fresh)} "
                f"FROM (SELECT {number} AS serial) made \\gset"
            )
        else:
            lines.append(_with_variables(text, varying) + ";")
    return "\n".join([*lines, "COMMIT;", ""])


def _with_variables(text: str, varying: Mapping[str, str]) -> str:
    """Literals that hold a varying value become concatenations around a variable."""

    def replaced(match: re.Match[str]) -> str:
        # pgbench takes a colon before a letter for a variable, even here.
        literal = re.sub(r":(?=[^\W\d])", ": ", match[0].strip())
        pieces = [literal]
        for value, variable in varying.items():
            pieces = [
                part
                for piece in pieces
                for part in (
                    _split(piece, value.removesuffix("'"), variable) if piece.startswith(("'", "E'")) else [piece]
                )
            ]
        return f" {literal}" if pieces == [literal] else "(" + " || ".join(pieces) + ")"

    text = " ".join(text.split("\n"))
    return re.sub(r"(?: ?E)?'(?:[^'\\]|''|\\.)*'", replaced, text)


def _split(literal: str, value: str, variable: str) -> list[str]:
    if value not in literal:
        return [literal]
    opening = literal[: literal.index("'") + 1]
    inner = literal[len(opening) : -1].split(value)
    pieces = [f"{opening}{inner[0]}'"]
    for part in inner[1:]:
        pieces += [f"{variable}::text", f"{opening}{part}'"]
    return pieces


def run(ground: Ground, script_file: Path, *, name: str, connections: int, seconds: int) -> dict[str, Any]:
    """As many transactions as so many clients get through."""
    known = program()
    if known is None:
        raise RuntimeError("pgbench is missing (Debian: apt-get install postgresql)")
    done = subprocess.run(
        [
            *(known, "-h", "127.0.0.1", "-p", str(ground.server.port), "-U", database.APP, "-d", name, "-n"),
            *("-M", "prepared", "-c", str(connections), "-j", "1", "-T", str(seconds), "-f", str(script_file)),
        ],
        env={"PGPASSWORD": ground.known["ZT_APP_PASSWORD"], "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if re.search(r"actually processed: 0\b", done.stdout) and seconds < PATIENCE:
        # A machine busy with other things may not get through one transaction in the two seconds of a smoke test.
        return run(ground, script_file, name=name, connections=connections, seconds=PATIENCE)
    rate = re.search(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)
    delay = re.search(r"^latency average = ([\d.]+)", done.stdout, re.MULTILINE)
    if done.returncode or not rate or not delay:
        raise RuntimeError(f"pgbench failed:\n{done.stdout[-1_000:]}{done.stderr[-2_000:]}")
    return {"per_second": float(rate[1]), "average_ms": float(delay[1])}
