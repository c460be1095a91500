"""What `workbook` and `fill` share: a unit's files as they are now, and the workbook that they make."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from danvan_cli.cli.scoring import rubric_for, rubrics_of
from danvan_cli.errors import UsageError
from danvan_cli.excel.sheets import form_of
from danvan_cli.files import read_bytes
from danvan_cli.lang import _
from danvan_cli.rules.check import check_unit
from danvan_cli.rules.check_scoring import check_score
from danvan_cli.rules.levels import leveled, levels_of
from danvan_cli.scoring.choose import choose, rubric_path
from danvan_cli.scoring.model import SCORE_FORMAT, ScoreRecord
from danvan_cli.scoring.scaffold import scaffold
from danvan_cli.unit.lag import duties
from danvan_cli.unit.model import UnitRecord, fingerprint, owed
from danvan_cli.workspace import shown
from danvan_cli.yaml.read import as_read, refuse
from danvan_cli.yaml.yamlfile import YamlFile

if TYPE_CHECKING:
    from collections.abc import Collection

    from danvan_cli.desk.opened import Open
    from danvan_cli.excel.form import Form
    from danvan_cli.excel.scoresheet import Scoring
    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.model import Unit
    from danvan_cli.scoring.model import Rubric, RubricFile

NAME = "so-lieu.xlsx"


@dataclass
class Held:
    """A unit's two files as read, or as they would be; `score_data` is None where there are no rubrics.

    `new_score` tells that `score.yaml` is not there yet and `score_data` is an empty one.
    """

    opened: Open
    unit: Unit
    rubric: Rubric | None
    unit_data: bytes
    score_data: bytes | None
    new_score: bool = False

    def __post_init__(self) -> None:
        folder = self.opened.workspace.unit(self.unit.id)
        self.unit_path, self.score_path = folder / "unit.yaml", folder / "score.yaml"
        self.unit_read = as_read(UnitRecord, YamlFile(shown(self.unit_path), self.unit_data))
        self.score_read = (
            as_read(ScoreRecord, YamlFile(shown(self.score_path), self.score_data)) if self.score_data else None
        )

    def found(self) -> list[Finding]:
        """Check both files."""
        levels = levels_of(self.opened.workspace.root)
        found = check_unit(self.unit_read, self.opened.plan)
        if self.score_read and self.rubric:
            found = [*found, *check_score(self.score_read, self.rubric, self.opened.plan)]
        return leveled(found, levels)

    def refuse(self) -> None:
        """Stop where a file has errors.

        Raises:
            InvalidFileError: with the errors.
        """
        found = self.found()
        for path in (self.unit_path, self.score_path):
            refuse(path, [one for one in found if one.path == shown(path)])

    @property
    def record(self) -> UnitRecord:
        """What is recorded."""
        if self.unit_read.record is None:
            raise UsageError(_("không đọc được {path}", path=shown(self.unit_path)))
        return self.unit_read.record

    @property
    def score(self) -> ScoreRecord:
        """The answers."""
        record = self.score_read.record if self.score_read else None
        return record or ScoreRecord(format=SCORE_FORMAT)

    def form(self, tasks: Collection[str] | None = None, *, whole: bool = True) -> tuple[Form, Scoring | None]:
        """Lay out the workbook of what is recorded."""
        return form_of(self.opened.plan, self.unit, self.record, self.rubric, self.score, tasks=tasks, whole=whole)

    def about(self) -> dict[str, object]:
        """Say of what a workbook is: unit, plan, and what each of the things in it was like."""
        return {"unit": self.unit.id, "plan": self.opened.plan.id, "prints": self._prints()}

    def _prints(self) -> dict[str, str]:
        plan = self.opened.plan
        out = {f"tasks {task.id}": fingerprint(task) for task in duties(plan, self.unit)}
        items = plan.indicators.items if plan.indicators else []
        out |= {f"indicators {one.id}": _print(f"{one.name}|{one.unit}") for one in items}
        out |= {
            f"deliverables {one.id}": _print(f"{one.kind}|{one.period}|{one.name}") for one in owed(plan, self.unit)
        }
        if self.rubric:
            leaves = [row.criterion for row in self.rubric.rows if not row.criterion.criteria]
            out |= {f"answers {one.id}": _print(one.model_dump_json()) for one in leaves}
            rest = self.rubric.model_dump_json(
                exclude={"criteria": True, "bonus": {"criteria"}, "deductions": {"criteria"}}
            )
            out[f"rubric {self.rubric.id}"] = _print(rest)
        return out


def _print(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


def rubrics_if_any(opened: Open) -> RubricFile | None:
    """Read the rubrics of the plan's year; None where there are none.

    Raises:
        InvalidFileError: if they have errors.
    """
    return rubrics_of(opened) if rubric_path(opened.path).exists() else None


def held(opened: Open, rubrics: RubricFile | None, unit: Unit, given: tuple[bytes, bytes | None] | None = None) -> Held:
    """Read a unit's files, which must have no errors.

    Args:
        opened: the workspace.
        rubrics: its rubrics, if it has any.
        unit: the unit.
        given: what its files would be, instead of what they are.

    Raises:
        UsageError: if the unit has no file yet.
        InvalidFileError: if a file has errors.
    """
    folder = opened.workspace.unit(unit.id)
    path, score = folder / "unit.yaml", folder / "score.yaml"
    if not path.exists():
        raise UsageError(
            _("{unit} chưa có tệp {path}", unit=unit.name, path=shown(path)),
            help=_("tạo tệp này: danvan init-unit {id}", id=unit.id),
        )
    rubric, data, new = None, None, False
    if rubrics:
        new = not score.exists()
        data = given[1] if given else None if new else read_bytes(score)
        record = as_read(ScoreRecord, YamlFile(shown(score), data)).record if data else None
        rubric = choose(rubrics, opened.plan, unit, record.rubric if record else None)
        if rubric is None and data is not None:  # there are answers, but nothing to judge them by: say so
            rubric = rubric_for(rubrics, opened.plan, unit, record.rubric if record else None)
        if rubric is not None:
            data = data or scaffold(rubric, unit).encode()
    one = Held(opened, unit, rubric, given[0] if given else read_bytes(path), data, new)
    one.refuse()
    return one
