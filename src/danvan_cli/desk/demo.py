"""What `danvan demo` plays besides a unit's own work: a mailbox as it fills at Sở Nội vụ, and what is done about it.

Some send in time, one late, one with figures that do not agree, one a Word document alone, one is sent back, the others
nothing. All of it is made up (`demo.yaml`), and played on a day of the sample's year.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.desk.made import keep
from danvan_cli.desk.opened import unheard
from danvan_cli.desk.receive import mail, take_in
from danvan_cli.desk.report import unit_report
from danvan_cli.desk.reviews import Reviews, set_scores
from danvan_cli.desk.score import score_unit
from danvan_cli.desk.send_back import ReturnSaid, return_to_unit
from danvan_cli.desk.submit import pack_for_sending
from danvan_cli.desk.units import source_of
from danvan_cli.files import read_bytes, write
from danvan_cli.inbox.book import tracking_list
from danvan_cli.inbox.model import Said
from danvan_cli.province.review_edits import By
from danvan_cli.unit.adopt import adopt
from danvan_cli.unit.model import duties
from danvan_cli.workspace import Workspace
from danvan_cli.yaml.yamlfile import yaml_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from danvan_cli.desk.opened import Open
    from danvan_cli.inbox.model import Outcome
    from danvan_cli.plan.model import Unit
    from danvan_cli.scoring.model import RubricFile

_FILE: Final = Path(__file__).with_name("demo.yaml")
_PERIOD, _SCORE = "6m", "tu-cham"
BOX: Final = "hop-thu"
LIST: Final = "so-van-ban-den.csv"


class Scene:
    """The made-up year: who sends what, and when."""

    def __init__(self) -> None:
        told: dict[str, Any] = yaml_file(_FILE.name, _FILE.read_bytes()).root
        self.day, self.as_of, self.answer_by = (date.fromisoformat(told[key]) for key in ("day", "as_of", "answer_by"))
        self.units: dict[str, dict[str, Any]] = told["units"]
        self.review: dict[str, Any] = told["review"]
        self._results: list[str] = told["results"]
        self._indicators: list[str] = told["indicators"]

    def record(self, opened: Open, unit: Unit) -> str:
        """Write a unit's file, as it is when its report goes out; JSON is YAML too."""
        told = self.units[unit.id]
        tasks = {
            task.id: {
                "status": "done" if at % 4 == 2 else "doing",
                "results": {_PERIOD: self._results[at % len(self._results)]},
            }
            for at, task in enumerate(duties(opened.plan, unit))
        }
        made = {"format": "danvan-unit/1", "unit": unit.id, "plan": opened.plan.id, "tasks": tasks}
        figures = zip(self._indicators, told["figures"], strict=False)
        made["indicators"] = {name: {_PERIOD: int(value)} for name, value in figures}
        made["deliverables"] = {_PERIOD: {"number": told["number"], "date": told["issued"]}}
        return json.dumps(made, ensure_ascii=False)


@contextmanager
def on_day(day: date) -> Iterator[None]:
    """Let it be that day, for what is worked out meanwhile."""
    before = os.environ.get("DANVAN_TODAY")
    os.environ["DANVAN_TODAY"] = day.isoformat()
    try:
        yield
    finally:
        if before is None:
            del os.environ["DANVAN_TODAY"]
        else:
            os.environ["DANVAN_TODAY"] = before


def fill_mailbox(opened: Open, rubrics: RubricFile, scene: Scene, answers: Path) -> int:
    """Put into the mailbox what units send, each from a workspace of its own; give how many files lie there.

    The sample's own unit sends from the desk's. `answers` are the sample's; others differ in a few criteria.
    """
    root = opened.workspace.root
    box = root / BOX
    if (root / LIST).is_file():  # as it was when it was taken in
        return sum(1 for path in box.iterdir())
    box.mkdir(exist_ok=True)
    rows = []
    with TemporaryDirectory() as folder:
        shutil.copytree(root / "plans", Path(folder, "plans"))
        path = Path(folder, "plans", opened.path.name)
        away = replace(opened, workspace=Workspace(Path(folder)), path=path, tell=unheard)
        for name, told in scene.units.items():
            unit = opened.plan.unit_by_id[name]
            own = opened.workspace.unit_file(name).exists() and "figures" not in told
            for what, path in _sent(opened if own else away, rubrics, scene, unit, answers, box):
                rows.append(f"{path.name},{told['came' if what == _PERIOD else 'scored']}")
    write(root / LIST, ("\ufeffTên tệp,Ngày đến\n" + "\n".join(rows) + "\n").encode())
    return len(rows)


def _sent(
    opened: Open, rubrics: RubricFile, scene: Scene, unit: Unit, answers: Path, box: Path
) -> Iterator[tuple[str, Path]]:
    """Make what a unit sends: what it is, and its file."""
    told = scene.units[unit.id]
    if "figures" in told:
        source = opened.workspace.root / f"{unit.id}.unit.yaml"
        write(source, scene.record(opened, unit).encode())
        adopt(opened.workspace, opened.plan, opened.data, unit, source_of(opened, unit, source).record)
    if told.get("sends") == "word":
        report = unit_report(opened, unit.id, _PERIOD, again=True)
        path = keep(report.path, report.rendered).saved.path
        yield _PERIOD, Path(shutil.copyfile(path, box / f"bao-cao-{_PERIOD}-{unit.id}.docx"))
    else:
        packed = pack_for_sending(opened, unit.id, _PERIOD, box / f"goi-{_PERIOD}-{unit.id}.zip", older="as-is")
        yield _PERIOD, packed.path
    if "scored" in told:
        if "figures" in told:
            one: dict[str, Any] = yaml_file(answers.name, read_bytes(answers)).root
            answered = one["answers"].items()
            plain = {key: {it: value for it, value in said.items() if it != "evidence"} for key, said in answered}
            made = one | {"answers": plain | told["score"]}
            source = opened.workspace.root / f"{unit.id}.score.yaml"
            write(source, json.dumps(made, ensure_ascii=False, default=float).encode())
            score_unit(opened, rubrics, unit, answers=source)
        yield _SCORE, pack_for_sending(opened, unit.id, _SCORE, box / f"goi-{_SCORE}-{unit.id}.zip", older="as-is").path


def take_mail(opened: Open) -> list[Outcome]:
    """Take the mailbox in, each file on its day."""
    root = opened.workspace.root
    with mail([root / BOX], Said()) as came:
        listed = tracking_list(root / LIST, opened.plan, opened.unit)
        taken = take_in(opened, came.groups, Said(), listed=listed)
        return [one.outcome for one in taken]


def send_back(opened: Open, scene: Scene, returned: Sequence[str]) -> Iterator[tuple[str, str, date]]:
    """Return what is to be returned and is not yet; tell of which unit, why, and by when it is sent again."""
    for name, told in scene.units.items():
        if back := told.get("returned"):
            if name not in returned:
                return_to_unit(opened, name, _PERIOD, ReturnSaid(back["reason"], back["by"], None, back["date"]))
            yield name, back["reason"], date.fromisoformat(back["by"])


def verify(opened: Open, scene: Scene) -> dict[str, Any]:
    """Record an opinion that differs from what a unit gave itself, once."""
    told = scene.review
    if not (opened.workspace.province / "reviews" / f"{told['unit']}.yaml").exists():
        by = By(told["member"], scene.day)
        set_scores(Reviews(opened), told["unit"], told["put"], by=by, reason=told["reason"])
    return told
