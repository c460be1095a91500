"""The page of many units, in workspaces as `desk.py` makes them with every figure of the plan filled in.

python benchmarks/page.py make FOLDER 150    # so many units in all, those of the shipped plan included
python benchmarks/page.py read FOLDER        # the peer: every YAML file with CSafeLoader, nothing else
python benchmarks/page.py write FOLDER       # ours without start-up: the seconds it takes, the bytes it makes, as JSON
python benchmarks/page.py browse PAGE.html   # the seconds in which Chromium opens it, the longest that its filter takes
"""

from __future__ import annotations

import gc
import json
import os
import re
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Final

from desk import ROOT
from desk import make as desk

SAMPLE: Final = ROOT / "samples" / "so-y-te.unit.yaml"


def make(folder: Path, units: int) -> None:
    """Make a workspace of so many units, with the figures of the shipped sample, some of them different from unit to unit."""
    import yaml

    plan = (ROOT / "plans" / "2023.yaml").read_bytes()
    desk(folder, units - len(yaml.load(plan, Loader=yaml.CSafeLoader)["units"]))
    [figures] = re.findall(r"^indicators:\n(?:  .*\n)+", SAMPLE.read_text("utf-8"), re.MULTILINE)
    for at, path in enumerate(sorted((folder / "units").glob("*/unit.yaml"))):
        told = re.sub(r"(tin-bai|cb-boi-duong): +\{6m: \d+", rf"\1: {{6m: {40 + at}", figures)
        text = path.read_text("utf-8")
        path.write_text(f"{text[: text.index('indicators:')]}{told}{text[text.index('obstacles:') :]}", "utf-8")


def read(folder: Path) -> int:
    """Read every YAML file of a workspace with PyYAML's fast loader; give how many there are."""
    import yaml

    files = [path for name in ("plans", "units", "province") for path in sorted((folder / name).rglob("*.yaml"))]
    for path in files:
        with path.open("rb") as file:
            yaml.load(file, Loader=yaml.CSafeLoader)
    return len(files)


def write(folder: Path) -> str:
    """Gather and lay out the page once, with everything imported but nothing read; tell the processor's seconds and the bytes."""
    from danvan_cli.desk.opened import open_plan
    from danvan_cli.desk.page import gather
    from danvan_cli.page.write import page_html

    os.chdir(folder)
    gc.set_threshold(100_000, 20, 20)  # as the command does
    begun = time.process_time()
    made = page_html(gather(open_plan(), date(2023, 12, 20))[0])
    return json.dumps({"seconds": time.process_time() - begun, "bytes": len(made)})


FILTERED: Final = """
const name = document.getElementById("f-name"), took = [];
for (const typed of ["s", "so", "so g", "so gia", "uy ban", "xyz", "", "a", "1", "12", "123", ""]) {
  const begun = performance.now();
  name.value = typed;
  name.dispatchEvent(new Event("input", {bubbles: true}));
  document.body.offsetHeight; // laid out anew
  took.push(performance.now() - begun);
}
return Math.max(...took) / 1000;
"""


def browse(page: Path) -> str:
    """Open a page in headless Chromium, then type into its filter; tell the seconds of both."""
    sys.path.insert(0, str(ROOT / "tests"))
    from browser import browser

    with (
        tempfile.TemporaryDirectory() as folder,
        browser(Path(folder), lambda name: shutil.which(name) or name) as window,
    ):
        window.open(page.resolve())
        opened = window.run("return performance.getEntriesByType('navigation')[0].loadEventEnd / 1000")
        painted = window.run("return performance.getEntriesByType('paint').at(-1)?.startTime / 1000")
        return json.dumps({"opened": max(opened, painted or 0), "filtered": window.run(FILTERED)})


if __name__ == "__main__":
    _script, what, folder_, *rest = sys.argv
    if what == "make":
        make(Path(folder_), int(rest[0]))
    else:
        print({"read": read, "write": write, "browse": browse}[what](Path(folder_)))
