"""The rubrics of a plan's year; a unit scores itself: its answers held open for edit, their score, the papers on it."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.files import backup, read_bytes, write
from danvan_cli.lang import _
from danvan_cli.plan.calendar import today
from danvan_cli.rules.scores import check_rubrics, check_score, checked_score
from danvan_cli.scoring.evaluate import evaluate, unstated
from danvan_cli.scoring.model import SCORE_FORMAT, RubricFile, ScoreRecord, choose, rubric_path
from danvan_cli.scoring.proposals import Facts, contraries, facts, proposals
from danvan_cli.scoring.scaffold import (
    Replaced,
    answer_edits,
    completed_answer,
    replaced,
    score_edits_of,
    score_scaffold,
)
from danvan_cli.text import day
from danvan_cli.unit.recording import effective
from danvan_cli.workspace import shown
from danvan_cli.yaml.held import Held, locked
from danvan_cli.yaml.read import accepted, read
from danvan_cli.yaml.splice import Put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from danvan_cli.desk.made import Made
    from danvan_cli.desk.opened import Open
    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.scoring.model import Answer, Rubric
    from danvan_cli.scoring.proposals import Proposal
    from danvan_cli.scoring.result import Result
    from danvan_cli.unit.model import UnitRecord
    from danvan_cli.word.package import Rendered
    from danvan_cli.yaml.read import Read

StatementKey = Literal["late", "violations"]


def rubrics_of(opened: Open) -> RubricFile:
    """Read the rubrics of the plan's year, which must have no errors."""
    path = rubric_path(opened.path)
    if not opened.plan.scoring:
        raise UsageError(
            _("kế hoạch này không có chấm điểm, xếp loại"),
            help=_("nếu có, bỏ dòng «scoring: false» trong {path}", path=shown(opened.path)),
        )
    if not path.exists():
        raise UsageError(
            _("chưa có bộ tiêu chí {path}", path=shown(path)),
            help=_(
                "chép rồi sửa bộ tiêu chí mẫu: «danvan init mau --sample» ghi nó vào mau/plans; kiểm tra: danvan check"
            ),
        )
    there = read(RubricFile, path)
    return accepted(path, there, check_rubrics(there, opened.plan, opened.levels))


def rubrics_if_any(opened: Open) -> RubricFile | None:
    """Read the rubrics of the plan's year; None where there are none."""
    return rubrics_of(opened) if opened.plan.scoring and rubric_path(opened.path).exists() else None


def rubric_for(rubrics: RubricFile, plan: Plan, unit: Unit, name: str | None = None) -> Rubric:
    """Choose a unit's rubric."""
    rubric = choose(rubrics, plan, unit, name)
    if rubric is None:
        message = _(
            "không có bộ tiêu chí nào đang có hiệu lực cho khối «{block}» của {unit}", block=unit.block, unit=unit.name
        )
        hint = _("xem «blocks», «from», «to» trong tệp bộ tiêu chí")
        raise UsageError(message, help=hint)
    return rubric


class IssuedError(DanvanError):
    """A paper was issued, and so is not made again."""


class Scored(NamedTuple):
    """A unit's score, and what it has not stated yet."""

    unit: Unit
    result: Result
    unstated: tuple[StatementKey, ...]

    @property
    def gaps(self) -> bool:
        """Whether evidence or a statement is still missing."""
        return bool(self.result.missing or self.unstated)


class RecordAnswers(NamedTuple):
    """What a unit's own record would answer.

    `answers` are proposals for criteria without one; `late` is None where nobody need state it, or the day of one that a limit asks about is not known;
    `dates` are the deliverables whose dates are known; `denied` those that were late although it is stated otherwise,
    with the dates that say so.
    """

    answers: Mapping[str, Proposal]
    late: list[str] | None
    dates: list[str]
    denied: dict[str, str]


class Taking(NamedTuple):
    """What became of a file of answers: what they replace, the copy of the file as it was, whether it was refused."""

    replaced: tuple[Replaced, ...] = ()
    backup: Path | None = None
    refused: bool = False


@dataclass(frozen=True)
class SelfScore:
    """What `score` did: the score, what the unit's record proposes, whether its file was made just now."""

    scored: Scored
    proposed: RecordAnswers
    path: Path
    begun: bool
    taking: Taking
    contrary: tuple[str, ...] = ()
    """Where its answers say something else than its record."""


def held_answers(opened: Open, rubrics: RubricFile, unit: Unit) -> tuple[Held[ScoreRecord], Rubric]:
    """Open a unit's `score.yaml` for edit, which must have no errors; an empty one where it is not there yet."""

    def rubric(record: ScoreRecord | None) -> Rubric:
        return rubric_for(rubrics, opened.plan, unit, record.rubric if record else None)

    def check(read: Read[ScoreRecord]) -> list[Finding]:
        return check_score(read, rubric(read.record), opened.plan, opened.levels)

    path = opened.workspace.score_file(unit.id)
    empty = None if path.exists() else score_scaffold(rubric(None), unit).encode()
    held = Held(ScoreRecord, path, check, empty)
    return held, rubric(held.record)


class Answers:
    """A unit's answers, held open for edit: taken from a file, from its own record, one by one; and their score."""

    def __init__(self, opened: Open, rubrics: RubricFile, unit: Unit) -> None:
        self.opened, self.unit = opened, unit
        self.held, self.rubric = held_answers(opened, rubrics, unit)
        self.rubrics = rubrics

    def tell_over(self) -> None:
        """Tell where the answers are by a rubric that is over: a plan over several years may have one for each."""
        here = [one for one in self.rubrics.rubrics if self.unit.block in one.blocks and one.in_force(today())]
        if here and all(one.id != self.rubric.id for one in here):
            self.opened.tell(_("chấm theo bộ tiêu chí {id}, hôm nay không còn hiệu lực; theo bộ đang có hiệu lực thì ghi ở score.yaml: rubric: {other}",
                               id=self.rubric.id, other=here[-1].id))  # fmt: skip

    @property
    def record(self) -> ScoreRecord:
        """The answers as they stand."""
        return self.held.record

    @property
    def unstated(self) -> tuple[StatementKey, ...]:
        """What nobody has stated yet."""
        return unstated(self.rubric, self.record)

    @property
    def result(self) -> Result:
        """The score of the answers as they stand."""
        return evaluate(self.rubric, self.record)

    @property
    def scored(self) -> Scored:
        """The score, and what is not stated yet."""
        return Scored(self.unit, self.result, self.unstated)

    @cached_property
    def facts(self) -> Facts:
        """What the unit's record can answer; nothing where it has none."""
        if not self.opened.workspace.unit_file(self.unit.id).exists():
            return Facts({}, {})
        return facts(self.opened.plan, self.unit, self.opened.record(self.unit, doubts=True))

    def proposed(self) -> RecordAnswers:
        """Give what the unit's record would answer of what stands open, and where its dates speak against a statement."""
        known, record = self.facts, self.record
        found = {name: one for name, one in proposals(self.rubric, known).items() if record.answer(name).blank}
        asked = {limit.when.late for limit in self.rubric.limits if limit.when.late}
        late = known.late if "late" in self.unstated and asked <= known.sent.keys() else None
        stated = record.late is not None
        denied = {name: known.sent[name][1] for name in known.late if stated and name not in (record.late or ())}
        return RecordAnswers(found, late, list(known.sent), denied)

    def take(self, path: Path, *, replace: bool) -> Taking:
        """Write the answers of a file into the unit's; what they replace is replaced only if that is wanted."""
        there = read(ScoreRecord, path)
        found = check_score(there, self.rubric, self.opened.plan, self.opened.levels)
        given = accepted(path, there, found)
        self.opened.tell_doubts(found)
        if given.unit not in {None, self.unit.id}:
            message = _("{path} là câu trả lời của «{other}», không phải «{id}»",
                        path=shown(path), other=given.unit, id=self.unit.id)  # fmt: skip
            raise UsageError(message)
        old = tuple(replaced(given, self.record, self.rubric))
        copy = None
        if replace or not old:
            edits = score_edits_of(given, self.record)
            self.held.would(effective(self.held.file.root, edits))  # what is wrong is said before a copy is kept
            copy = backup(self.held.path) if old else None
            self._put(edits)
        return Taking(old, copy, refused=bool(old) and not replace)

    def accept(self) -> None:
        """Write the proposals for what has no answer yet, and what the dates say of late reports."""
        proposed = self.proposed()
        answers: dict[str, Answer | None] = {
            name: completed_answer(one.answer, self.record.answer(name)) for name, one in proposed.answers.items()
        }
        self._put(score_edits_of(ScoreRecord(format=SCORE_FORMAT, answers=answers, late=proposed.late), self.record))

    def answer(self, name: str, answer: Answer) -> Answer:
        """Write one answer down; evidence and explanation that stand there already stay. Give it as it stands now."""
        there = self.record.answer(name)
        whole = completed_answer(answer, there)
        self._put(answer_edits(name, whole, there))
        return whole

    def state(self, what: StatementKey, ids: Sequence[str]) -> None:
        """Write down what the unit states: which reports were late, which violations there were."""
        self._put([Put((what,), list(ids))])

    def _put(self, changes: list[Put]) -> None:
        self.held.put(effective(self.held.file.root, changes))

    def begin(self) -> bool:
        """Write the empty sheet of answers where the unit has none yet; tell whether it was written."""
        if not self.held.new:
            return False
        with locked(self.held.path):
            return self.held.new and write(self.held.path, self.held.data)


def score_unit(
    opened: Open,
    rubrics: RubricFile,
    unit: Unit,
    *,
    answers: Path | None = None,
    replace: bool = False,
    accept: bool = False,
    ask: Callable[[Answers], None] | None = None,
) -> SelfScore:
    """Score a unit.

    `answers` is a file of answers that go into the unit's own; where they would replace what is answered, nothing at all
    is done unless `replace`. `accept`: the proposals for what has no answer go into it, too. `ask` asks a person for it.
    """
    one = Answers(opened, rubrics, unit)
    one.tell_over()
    taking = one.take(answers, replace=replace) if answers else Taking()
    if taking.refused:
        return SelfScore(one.scored, one.proposed(), one.held.path, begun=False, taking=taking)
    _known = one.facts  # what is wrong with the unit's own file is said before anything is asked
    if accept:
        one.accept()
    if ask:
        ask(one)
    contrary = tuple(it.message for it in contraries(one.rubric, one.record, one.facts))
    return SelfScore(one.scored, one.proposed(), one.held.path, one.begin(), taking, contrary)


def units_with_answers(opened: Open) -> list[Unit]:
    """List the units that have a `score.yaml`."""
    folder = opened.workspace.root / "units"
    here = [one for one in opened.plan.units if os.path.isfile(f"{folder}/{one.id}/score.yaml")]  # noqa: PTH113 - thrice as quick
    if not here:
        raise UsageError(_("chưa đơn vị nào có score.yaml"), help=_("tạo cho một đơn vị: danvan score so-y-te"))
    return here


def scored_once(opened: Open, rubrics: RubricFile, unit: Unit, chosen: dict[tuple[str, str | None], Rubric]) -> Scored:
    """Check and score a unit that has answers in one pass; `chosen` keeps the rubric of a block for the next ones."""
    path = opened.workspace.score_file(unit.id)
    there = read(ScoreRecord, path)
    key = unit.block, there.record.rubric if there.record else None
    if key not in chosen:
        chosen[key] = rubric_for(rubrics, opened.plan, unit, key[1])
    found, result = checked_score(there, chosen[key], opened.plan, opened.levels)
    record = accepted(path, there, found)
    return Scored(unit, result or evaluate(chosen[key], record), unstated(chosen[key], record))


# Papers --------------------------------------------------------------------------------------------------------------


def score_document(opened: Open, scored: Scored, record: UnitRecord, *, report: bool = False) -> Rendered:
    """Make a unit's signed sheet, bảng tự chấm điểm, or its report on the score."""
    from danvan_cli.desk.made import make
    from danvan_cli.papers.kinds.bang_tu_cham_diem import score_sheet
    from danvan_cli.papers.kinds.bao_cao_tu_cham_diem import score_report

    paper = score_report if report else score_sheet
    return make(paper(opened.plan, scored.unit, record, scored.result), opened.templates)


def report_path(sheet: Path) -> Path:
    """Tell where the report on a score is written: beside its sheet."""
    return sheet.with_name("bao-cao-tu-cham-diem.docx")


def sheet_of(opened: Open, scored: Scored, *, force: bool) -> Path | None:
    """Write a unit's sheet, and tell where; None where it was issued as another."""
    with suppress(IssuedError):
        return next(score_papers(opened, scored, force=force)).saved.path
    return None


def score_papers(
    opened: Open, scored: Scored, output: Path | None = None, *, report: bool = False, force: bool = False
) -> Iterator[Made]:
    """Write a unit's sheet, and its report on the score if asked; an IssuedError where one was issued as another."""
    from danvan_cli.desk.made import keep
    from danvan_cli.papers.common import due_of_kind

    unit, record = scored.unit, opened.record_or_empty(scored.unit)
    place = opened.workspace.out(unit.id) / "bang-tu-cham-diem.docx"
    path = output or place
    made = [(path, score_document(opened, scored, record))]
    if report:
        made.append((report_path(path), score_document(opened, scored, record, report=True)))
    one = due_of_kind(opened.plan, unit, "self-score")
    sent = record.sent(one.id) if one else None
    own = path.resolve() == place.resolve()
    for where, rendered in made:
        if sent and sent.number and sent.date and own and where.exists() and read_bytes(where) != rendered.data:
            raise IssuedError(
                _("{name} đã ban hành số {number} ngày {day}, không làm lại",
                  name=where.name, number=sent.number, day=day(sent.date)),
                help=_("xem bảng theo câu trả lời hiện nay: thêm -o TỆP; chỉ xem điểm: thêm --no-sheet"),
            )  # fmt: skip
        yield keep(where, rendered, force=force)
