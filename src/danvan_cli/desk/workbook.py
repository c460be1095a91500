"""A unit's two files held open as one, the workbook that they make, and the folder to send with it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from danvan_cli.desk.opened import hold
from danvan_cli.desk.score import Scored, held_answers, score_document
from danvan_cli.excel.sheets import form_of, leads
from danvan_cli.scoring.model import SCORE_FORMAT, ScoreRecord, choose
from danvan_cli.text import slug
from danvan_cli.unit.last_year import with_last_year
from danvan_cli.unit.model import UnitRecord, duties, fingerprint, owed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.excel.form import Form
    from danvan_cli.excel.scoresheet import Scoring
    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.scoring.model import Rubric, RubricFile
    from danvan_cli.word.save import Saved
    from danvan_cli.yaml.held import Held

WORKBOOK_NAME: Final = "so-lieu.xlsx"


@dataclass(frozen=True)
class UnitFiles:
    """A unit's two files, held open; without rubrics there are no answers."""

    opened: Open
    unit: Unit
    record: Held[UnitRecord]
    answers: Held[ScoreRecord] | None
    rubric: Rubric | None

    def form(
        self,
        record: UnitRecord | None = None,
        score: ScoreRecord | None = None,
        tasks: Collection[str] | None = None,
        *,
        whole: bool = True,
    ) -> tuple[Form, Scoring | None]:
        """Lay out the workbook of what is recorded, or of what would be."""
        known = with_last_year(self.opened.workspace, self.opened.plan, self.unit, record or self.record.record)
        score = score or self.score
        return form_of(self.opened.plan, self.unit, known, self.rubric, score, tasks=tasks, whole=whole)

    @property
    def score(self) -> ScoreRecord:
        """The answers as they stand."""
        return self.answers.record if self.answers else ScoreRecord(format=SCORE_FORMAT)

    def about(self) -> dict[str, object]:
        """Say of what a workbook is: unit, plan, and what each of the things in it was like."""
        plan = self.opened.plan
        return {"unit": self.unit.id, "plan": plan.id, "prints": prints(plan, self.unit, self.rubric)}


def unit_files(opened: Open, rubrics: RubricFile | None, unit: Unit) -> UnitFiles:
    """Open a unit's files, which must have no errors."""
    record = hold(opened, unit).held
    answered = opened.workspace.score_file(unit.id).exists()
    if not rubrics or not (answered or choose(rubrics, opened.plan, unit)):
        return UnitFiles(opened, unit, record, None, None)
    return UnitFiles(opened, unit, record, *held_answers(opened, rubrics, unit))


def prints(plan: Plan, unit: Unit, rubric: Rubric | None) -> dict[str, str]:
    """Give a fingerprint of each thing that a unit's workbook has cells for."""
    out = {f"tasks {task.id}": fingerprint(task) for task in duties(plan, unit)}
    out |= {f"indicators {one.id}": _print(f"{one.name}|{one.unit}") for one in plan.indicator_by_id.values()}
    out |= {f"deliverables {one.id}": _print(f"{one.kind}|{one.period}|{one.name}") for one in owed(plan, unit)}
    if rubric:
        leaves = [row.criterion for row in rubric.rows if not row.criterion.criteria]
        out |= {f"answers {one.id}": _print(one.model_dump_json()) for one in leaves}
        rest = rubric.model_dump_json(exclude={"criteria": True, "bonus": {"criteria"}, "deductions": {"criteria"}})
        out[f"rubric {rubric.id}"] = _print(rest)
    return out


def _print(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


# Out -----------------------------------------------------------------------------------------------------------------


def workbooks(one: UnitFiles, path: Path, *, by_lead: bool = False, force: bool = False) -> Iterator[Saved]:
    """Write a unit's workbook, or one for each who leads tasks and one of all the rest."""
    from danvan_cli.excel.write import written_workbook
    from danvan_cli.word.save import save

    def written(path: Path, tasks: list[str] | None, lead: str, *, whole: bool) -> Saved:
        form, scoring = one.form(tasks=tasks, whole=whole)
        title = f"Sổ {one.opened.plan.subject}, {one.unit.name}" + (f", {lead}" if lead else "")
        return save(path, written_workbook(form, scoring, one.about(), title), force=force)

    if not by_lead:
        yield written(path, None, "", whole=True)
        return
    by = leads(one.opened.plan, one.unit, one.record.record)
    alone, rest = by.pop("", []), f"{path.stem}-chung"
    taken = {rest}
    for lead, tasks in by.items():
        stem = f"{path.stem}-{slug(lead)[:60]}"
        if stem in taken:
            stem = f"{stem}-{len(taken) + 1}"
        taken.add(stem)
        yield written(path.with_name(f"{stem}.xlsx"), tasks, lead, whole=False)
    yield written(path.with_name(f"{rest}.xlsx"), alone, "", whole=True)


def sending_folder(one: UnitFiles, place: Path, *, by_lead: bool = False, force: bool = False) -> Iterator[Saved]:
    """Write what is sent to a unit: its workbook, drafts of what it owes, a page that says what to do."""
    from danvan_cli.desk.made import make
    from danvan_cli.desk.report import unit_document
    from danvan_cli.papers.common import file_name
    from danvan_cli.papers.kinds.huong_dan_so import guide
    from danvan_cli.scoring.evaluate import evaluate
    from danvan_cli.word.save import save

    plan, unit, record = one.opened.plan, one.unit, one.record.record
    yield from workbooks(one, place / WORKBOOK_NAME, by_lead=by_lead, force=force)
    for deliverable in owed(plan, unit):
        if deliverable.kind == "self-score" and one.rubric:
            made = score_document(one.opened, Scored(unit, evaluate(one.rubric, one.score), ()), record)
        elif deliverable.kind in {"plan", "report"} and not deliverable.on_request:
            made = unit_document(one.opened, unit, record, deliverable)
        else:
            continue
        yield save(place / file_name(deliverable), made.data, force=force)
    page = make(guide(plan, unit, scored=one.rubric is not None), one.opened.templates)
    yield save(place / "huong-dan.docx", page.data, force=force)
