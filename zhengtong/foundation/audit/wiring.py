"""`zt audit verify`."""

import sys

from zhengtong.foundation.wiring import command

from . import queries


@command("audit", help="核验留痕链：zt audit verify [流名]")
def audit(argv: list[str]) -> int:
    """Recount the trail; exit 1 and name the first bad leaf of each broken stream."""
    if argv[:1] != ["verify"]:
        print("用法：zt audit verify [流名，例如 case:0192…]", file=sys.stderr)
        return 2
    report = queries.verify(argv[1] if len(argv) > 1 else None)
    print(f"{report.streams} streams, {report.leaves} leaves, {len(report.faults)} faults")
    for fault in report.faults:
        print(f"  {fault.stream} leaf {fault.seq}: {fault.what}")
    return 1 if report.faults else 0
