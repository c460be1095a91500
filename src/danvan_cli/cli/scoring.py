"""What the scoring commands share: the rubrics of a plan, a unit's answers read and written, its sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes, write
from danvan_cli.lang import _
from danvan_cli.rules.check_scoring import check_rubrics, check_score
from danvan_cli.scoring.choose import choose, rubric_path
from danvan_cli.scoring.evaluate import evaluate
from danvan_cli.scoring.model import SCORE_FORMAT, RubricFile, ScoreRecord
from danvan_cli.scoring.proposals import Facts, facts, proposals
from danvan_cli.scoring.scaffold import completed, edits, scaffold
from danvan_cli.unit.model import FORMAT, UnitRecord
from danvan_cli.workspace import shown
from danvan_cli.yaml.read import as_read, refuse
from danvan_cli.yaml.read import read as read_as
from danvan_cli.yaml.splice import spliced, swap
from danvan_cli.yaml.yamlfile import YamlFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.scoring.model import Rubric
    from danvan_cli.scoring.proposals import Proposal
    from danvan_cli.scoring.result import Result
    from danvan_cli.word.template import Rendered
    from danvan_cli.yaml.read import Read
    from danvan_cli.yaml.splice import Put


def rubrics_of(opened: Open) -> RubricFile:
    """Read the rubrics of the plan's year, which must have no errors.

    Raises:
        UsageError: if there is no rubric file.
        InvalidFileError: if it has errors.
    """
    path = rubric_path(opened.path)
    if not path.is_file():
        raise UsageError(
            _("chưa có bộ tiêu chí {path}", path=shown(path)),
            help=_(
                "chép từ bộ tiêu chí mẫu đi kèm rồi sửa: danvan init tạo plans/2023.rubric.yaml; kiểm tra: danvan check"
            ),
        )
    read = read_as(RubricFile, path)
    refuse(path, check_rubrics(read, opened.plan))
    if read.record is None:
        raise UsageError(_("không đọc được {path}", path=shown(path)))
    return read.record


def rubric_for(rubrics: RubricFile, plan: Plan, unit: Unit, name: str | None = None) -> Rubric:
    """Choose a unit's rubric.

    Raises:
        UsageError: if there is none for its block in force.
    """
    rubric = choose(rubrics, plan, unit, name)
    if rubric is None:
        raise UsageError(
            _(
                "không có bộ tiêu chí nào đang có hiệu lực cho khối «{block}» của {unit}",
                block=unit.block,
                unit=unit.name,
            ),
            help=_("xem «blocks», «from», «to» trong tệp bộ tiêu chí"),
        )
    return rubric


def unit_record(opened: Open, unit: Unit) -> UnitRecord:
    """Give a unit's record; an empty one where it has no file yet: any unit may try to score itself."""
    if (opened.workspace.unit(unit.id) / "unit.yaml").exists():
        return opened.record(unit)
    return UnitRecord(format=FORMAT, unit=unit.id, plan=opened.plan.id)


@dataclass
class Scoring:
    """A unit that scores itself: its rubric, its answers as they stand in `score.yaml`, and the file's bytes."""

    opened: Open
    unit: Unit
    rubric: Rubric
    path: Path
    data: bytes
    read: Read[ScoreRecord]
    new: bool = False

    @classmethod
    def open(cls, opened: Open, rubrics: RubricFile, unit: Unit) -> Scoring:
        """Read a unit's answers, which must have no errors; where there are none yet, an empty sheet of them.

        Raises:
            UsageError: if there is no rubric for the unit, or its file cannot be read.
            InvalidFileError: if its file has errors.
        """
        path = opened.workspace.unit(unit.id) / "score.yaml"
        new = not path.exists()
        rubric = rubric_for(rubrics, opened.plan, unit)
        data = scaffold(rubric, unit).encode() if new else read_bytes(path)
        read = as_read(ScoreRecord, YamlFile(shown(path), data))
        if not new and read.record and read.record.rubric:
            rubric = rubric_for(rubrics, opened.plan, unit, read.record.rubric)
        refuse(path, check_score(read, rubric, opened.plan))
        return cls(opened, unit, rubric, path, data, read, new)

    @property
    def record(self) -> ScoreRecord:
        """The answers as they stand."""
        return self.read.record or ScoreRecord(format=SCORE_FORMAT)

    @property
    def unstated(self) -> list[str]:
        """What nobody has stated yet."""
        return unstated(self.rubric, self.record)

    def result(self) -> Result:
        """Score the answers as they stand."""
        return evaluate(self.rubric, self.record)

    def facts(self) -> Facts:
        """Collect what the unit's record can answer; nothing where it has none."""
        if not (self.opened.workspace.unit(self.unit.id) / "unit.yaml").exists():
            return Facts({}, {})
        return facts(self.opened.plan, self.unit, self.opened.record(self.unit))

    def proposed(self, known: Facts) -> Mapping[str, Proposal]:
        """Give the proposals for criteria that have no answer yet."""
        return {name: one for name, one in proposals(self.rubric, known).items() if self.record.answer(name).blank}

    def proposed_late(self, known: Facts) -> list[str] | None:
        """Give what the dates say of late reports, where nobody has stated it; None where no date is known."""
        return known.late if "late" in self.unstated and known.sent else None

    def take(self, answers: Path) -> None:
        """Write the answers of a file into the unit's, replacing those they name.

        Raises:
            InvalidFileError: if they have errors; nothing is written then.
        """
        given = read_as(ScoreRecord, answers)
        refuse(answers, check_score(given, self.rubric, self.opened.plan))
        if given.record is None:
            raise UsageError(_("không đọc được {path}", path=shown(answers)))
        if given.record.unit not in {None, self.unit.id}:
            raise UsageError(
                _("{path} là câu trả lời của «{other}», không phải «{id}»", path=shown(answers),
                  other=given.record.unit, id=self.unit.id),
            )  # fmt: skip
        self.put(edits(given.record, self.record))

    def accept(self, known: Facts) -> None:
        """Write the proposals for what has no answer yet, and what the dates say of late reports."""
        given = ScoreRecord(
            format=SCORE_FORMAT,
            answers={
                name: completed(one.answer, self.record.answer(name)) for name, one in self.proposed(known).items()
            },
            late=self.proposed_late(known),
        )
        self.put(edits(given, self.record))

    def put(self, changes: list[Put]) -> None:
        """Make edits in the unit's file; it is written whole and only if it still checks.

        Raises:
            DanvanError: if somebody has changed it since it was read.
            InvalidFileError: if it would have errors.
        """
        after = spliced(self.read.file, changes)
        read = as_read(ScoreRecord, YamlFile(shown(self.path), after))
        refuse(self.path, check_score(read, self.rubric, self.opened.plan))
        if self.new:
            write(self.path, after)
            self.new = False
        else:
            swap(self.path, self.data, after)
        self.data, self.read = after, read

    def begin(self) -> bool:
        """Write the empty sheet of answers where the unit has none yet; tell whether it was written."""
        if self.new:
            write(self.path, self.data)
            self.new = False
            return True
        return False


def unstated(rubric: Rubric, record: ScoreRecord) -> list[str]:
    """List what nobody has stated yet: whether a report was late, whether there was a violation."""
    whens = [limit.when for limit in rubric.limits]
    late = record.late is None and any(when.late for when in whens)
    violations = record.violations is None and any(when.violation for when in whens)
    return [*(["late"] if late else []), *(["violations"] if violations else [])]


def sheet(opened: Open, unit: Unit, result: Result) -> Rendered:
    """Make a unit's signed sheet, bảng tự chấm điểm.

    Raises:
        TemplateError: if the workspace's own template is wrong.
    """
    from danvan_cli.papers.kinds.bang_tu_cham_diem import score_sheet
    from danvan_cli.papers.make import make

    return make(score_sheet(opened.plan, unit, unit_record(opened, unit), result), opened.templates)


def sheet_path(opened: Open, unit: Unit) -> Path:
    """Tell where a unit's sheet is written."""
    return opened.workspace.unit(unit.id) / "out" / "bang-tu-cham-diem.docx"


def write_sheet(
    scoring: Scoring,
    result: Result,
    output: Path | None,
    *,
    report: bool = False,
    pdf: bool = False,
    force: bool,
    quiet: bool,
) -> None:
    """Write a unit's sheet, its report on the score and their PDFs if asked; say so unless `quiet`.

    Raises:
        DanvanError: if a person has edited what is there, or it cannot be written.
    """
    from danvan_cli.cli.made import write_document, write_pdf
    from danvan_cli.papers.kinds.bao_cao_tu_cham_diem import score_report
    from danvan_cli.papers.make import make
    from danvan_cli.word.save import save

    opened, unit = scoring.opened, scoring.unit
    path = output or sheet_path(opened, unit)
    made = [(path, sheet(opened, unit, result))]
    if report:
        paper = score_report(opened.plan, unit, unit_record(opened, unit), result)
        made.append((path.with_name(f"{paper.template}.docx"), make(paper, opened.templates)))
    for where, rendered in made:
        if quiet:
            save(where, rendered, force=force)
        else:
            write_document(where, rendered, force=force)
    if pdf:
        write_pdf([where for where, _rendered in made], quiet=quiet)
