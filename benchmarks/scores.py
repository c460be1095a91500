"""Workspaces with any number of units that have scored themselves, for the benchmark of `danvan score --all`.

The plan and the rubric are the shipped ones with more units; every answer is made up. The same number of units gives
the same bytes.

    python benchmarks/scores.py FOLDER 500    # makes the workspace
    python benchmarks/scores.py FOLDER        # the peer: reads the same YAML with CSafeLoader, nothing else
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
# One unit's answers: the shipped sample, as danvan itself would have written it into the unit's file.
SAMPLE: Final = ROOT / "samples" / "so-y-te.score.yaml"


def workspace(folder: Path, units: int) -> None:
    """Make a workspace in which so many units have a file of answers."""
    plans = folder / "plans"
    plans.mkdir(parents=True)
    (plans / "calendar.yaml").write_bytes((ROOT / "plans" / "calendar.yaml").read_bytes())
    (plans / "2023.rubric.yaml").write_bytes((ROOT / "plans" / "2023.rubric.yaml").read_bytes())
    lines = [
        f"  - {{id: so-gia-dinh-{i}, name: Sở giả định số {i}, abbr: SGĐ{i}, block: so-ban-nganh, confirmed: false}}\n"
        for i in range(1, units + 1)
    ]
    plan = (ROOT / "plans" / "2023.yaml").read_text(encoding="utf-8").rstrip("\n") + "\n"
    (plans / "2023.yaml").write_text(plan + "".join(lines), encoding="utf-8")
    answers = SAMPLE.read_text(encoding="utf-8").split("format: danvan-score/1\n", 1)[1]
    for i in range(1, units + 1):
        path = folder / "units" / f"so-gia-dinh-{i}" / "score.yaml"
        path.parent.mkdir(parents=True)
        head = f"format: danvan-score/1\nunit: so-gia-dinh-{i}\nrubric: mau-2023\nversion: 1\n"
        path.write_text(head + answers.replace("{count: 131}", f"{{count: {i % 90}}}"), encoding="utf-8")


def read(folder: Path) -> int:
    """Read every YAML file of a workspace with PyYAML's fast loader; give how many there are."""
    import yaml

    files = [*sorted((folder / "plans").glob("*.yaml")), *sorted((folder / "units").glob("*/score.yaml"))]
    for path in files:
        with path.open("rb") as file:
            yaml.load(file, Loader=yaml.CSafeLoader)
    return len(files)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        workspace(Path(sys.argv[1]), int(sys.argv[2]))
    else:
        print(read(Path(sys.argv[1])))
