"""Print the faults; exit 1 if there are any."""

import sys
from pathlib import Path

from . import debt, judge

root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path.cwd()
new, paid = judge(root)
for fault in new:
    print(fault)
for line in paid:
    print(f"paid, take it out of the debt file: {line}")
print(f"{len(new)} faults, {len(debt(root))} owed")
sys.exit(bool(new or paid))
