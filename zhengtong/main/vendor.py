"""Copies the front-end files that `package.json` lists under "vendor" to the static folder (run by `zt`)."""

import json
import shutil
import sys
from pathlib import Path

from zhengtong.foundation.ui.slim import slim


def copy_vendor_files(root: Path) -> None:
    """A fresh folder each time, swapped in whole."""
    listed: dict[str, str] = json.loads((root / "package.json").read_text("utf-8"))["vendor"]
    target = root / "zhengtong" / "foundation" / "ui" / "static" / "vendor"
    draft = target.with_name("vendor.new")
    shutil.rmtree(draft, ignore_errors=True)
    for source, name in listed.items():
        (draft / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / "node_modules" / source, draft / name)
    sheet = draft / "bootstrap.min.css"
    sheet.write_text(slim(sheet.read_text("utf-8")), "utf-8")
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)


if __name__ == "__main__":
    copy_vendor_files(Path(sys.argv[1]))
