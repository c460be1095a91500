"""DV92: a unit's answers fit the rubric they answer to; and the check of rubrics and of answers.

It stands apart from `check`, whose users mostly need neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from danvan_cli.findings.rule import ask_rules, rule
from danvan_cli.lang import _
from danvan_cli.rules.check import check_text, finished, to_confirm
from danvan_cli.rules.context import UnitsFileCheck, meant
from danvan_cli.rules.levels import leveled
from danvan_cli.rules.rubrics import RubricCheck
from danvan_cli.scoring.arithmetic import misfits
from danvan_cli.scoring.evaluate import evaluate
from danvan_cli.scoring.proposals import contraries
from danvan_cli.typed import misfigured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.model import Plan
    from danvan_cli.rules.levels import Levels
    from danvan_cli.scoring.model import Rubric, RubricFile, ScoreRecord
    from danvan_cli.scoring.proposals import Facts
    from danvan_cli.scoring.result import Result
    from danvan_cli.unit.model import Evidence
    from danvan_cli.yaml.read import Read
    from danvan_cli.yaml.yamlfile import Loc


@dataclass(frozen=True)
class ScoreCheck(UnitsFileCheck):
    """A file of answers, the plan, and the rubric it answers to."""

    name = "score.yaml"
    record: ScoreRecord
    rubric: Rubric
    known: Facts | None = None
    """What the unit's own record says, where it stands beside."""

    @cached_property
    def evidence(self) -> list[tuple[Loc, Evidence]]:
        """The evidence of the answers."""
        return [
            (("answers", name, "evidence", i), one)
            for name, answer in self.record.answers.items()
            if answer is not None
            for i, one in enumerate(answer.evidence)
        ]

    @cached_property
    def result(self) -> Result:
        """The score of the answers."""
        return evaluate(self.rubric, self.record)


@rule(
    "DV923", "Bảng điểm của bộ tiêu chí khác", "error",
    "Câu trả lời theo một bộ tiêu chí hay một bản khác có thể mang nghĩa khác; phải xem lại từng câu.",
    wrong="rubric: dan-van-2022", right="rubric: dan-van-2023",
)  # fmt: skip
def answers_are_to_this_rubric(check: ScoreCheck) -> Iterator[Finding]:
    """DV923: the answers name the rubric and version that they are read with."""
    record, rubric = check.record, check.rubric
    if record.rubric is not None and record.rubric != rubric.id:
        message = _("bảng điểm theo bộ tiêu chí «{given}», đang dùng «{id}»", given=record.rubric, id=rubric.id)
        hint = _("chấm lại theo «{id}», rồi sửa dòng «rubric»", id=rubric.id)
        yield check.at("DV923", ("rubric",), message, help=hint)
    elif record.version is not None and record.version != rubric.version:
        message = _("bảng điểm theo bản {given} của bộ tiêu chí, đang dùng bản {version}",
                    given=record.version, version=rubric.version)  # fmt: skip
        hint = _("xem lại các câu trả lời, rồi ghi version: {version}", version=rubric.version)
        yield check.at("DV923", ("version",), message, help=hint)


@rule(
    "DV920", "Trả lời tiêu chí không có", "error",
    "Câu trả lời cho một mã không có trong bộ tiêu chí sẽ không được tính điểm.",
    wrong='answers: {"1.11": {level: du}}', right='answers: {"1.1": {level: du}}',
)  # fmt: skip
@rule(
    "DV922", "Tự chấm tiêu chí của người khác", "error",
    "Tiêu chí do người thẩm định, cấp trên hay khảo sát chấm thì đơn vị không tự cho điểm.",
    wrong='"9.1": {points: 10}  # by: superior', right="bỏ câu trả lời này",
)  # fmt: skip
def criteria_are_the_rubrics(check: ScoreCheck) -> Iterator[Finding]:
    """DV920, DV922: every answer is to a criterion of the rubric that the unit itself scores."""
    rows = check.rubric.row_by_id
    for name in check.record.answers:
        row = rows.get(name)
        if row is None:
            message = _("tiêu chí «{id}» không có trong bộ tiêu chí «{rubric}»", id=name, rubric=check.rubric.id)
            yield check.at("DV920", ("answers", name), message, help=meant(name, rows), key=True)
        elif not row.criterion.criteria and row.criterion.scorer != "self":
            message = _("tiêu chí «{id}» không do đơn vị tự chấm", id=name)
            yield check.at("DV922", ("answers", name), message, help=_("bỏ câu trả lời này"), key=True)


@rule(
    "DV921", "Trả lời không đúng cách chấm của tiêu chí", "error",
    "Tiêu chí chấm theo mức nhận level, theo tỷ lệ nhận value và base, theo số lượng nhận count, còn lại nhận points; điểm không vượt điểm tối đa.",
    wrong='"1.1": {points: 7}  # tối đa 5 điểm', right='"1.1": {points: 5}',
)  # fmt: skip
def answers_fit(check: ScoreCheck) -> Iterator[Finding]:
    """DV921: an answer says what its criterion asks, within its bounds; one that does not has been left blank."""
    for line in check.result.lines:
        name, answer = line.criterion.id, line.answer
        wrong = line.state == "blank" or (line.state == "group" and name in check.record.answers)
        if not wrong or (answer.blank and line.state == "blank"):
            continue
        for one in misfits(line.criterion, answer, line.part):
            loc: Loc = ("answers", name, one.key) if one.key else ("answers", name)
            yield check.at("DV921", loc, one.message, help=one.help, key=not one.key)


@rule("DV921")
def figures_of_answers_are_of_their_kind(check: ScoreCheck) -> Iterator[Finding]:
    """DV921: what an answer says of an indicator is a figure of its kind: people are whole."""
    indicators = check.plan.indicator_by_id
    for one in check.rubric.own:
        for key, name in one.sources.items():
            given, indicator = getattr(check.record.answer(one.id), key), indicators.get(name)
            if given is not None and indicator and (wrong := misfigured(Decimal(given), indicator.figure_kind)):
                yield check.at("DV921", ("answers", one.id, key), wrong.message, help=wrong.help)


@rule(
    "DV926", "Câu trả lời khác số liệu đơn vị đã ghi", "warning",
    "Bảng tự chấm và báo cáo nói về cùng một số thì phải ghi như nhau; người thẩm định sẽ đối chiếu hai bên.",
    wrong='"1.2": {value: 3, base: 4}  # số liệu cả năm: 2 trên 4', right='"1.2": {value: 2, base: 4}',
    source="chỉ tiêu mà tiêu chí nêu (value, base, from), ngày ban hành báo cáo",
)  # fmt: skip
def answers_say_what_the_record_says(check: ScoreCheck) -> Iterator[Finding]:
    """DV926: where a criterion names an indicator, the answer has the figure that the unit reports."""
    for one in contraries(check.rubric, check.record, check.known) if check.known else ():
        yield check.at("DV926", ("answers", one.criterion, one.key), one.message, help=_("sửa bên nào ghi sai"))


@rule(
    "DV924", "Khẳng định về báo cáo hoặc vi phạm không có", "error",
    "Báo cáo gửi muộn (late) và vi phạm (violations) được gọi bằng mã; mã không có thì khống chế không chạy.",
    wrong="late: [6-thang]", right="late: [6m]",
)  # fmt: skip
def statements_are_known(check: ScoreCheck) -> Iterator[Finding]:
    """DV924: what is stated as late or violated has a name."""
    record, violations = check.record, [one.id for one in check.rubric.violations]
    late = ((("late", i), name) for i, name in enumerate(record.late or ()))
    message = _("báo cáo, hồ sơ «{id}» không có trong kế hoạch")
    yield from check.unknown("DV924", late, list(check.plan.deliverable_by_id), message)
    violated = ((("violations", i), name) for i, name in enumerate(record.violations or ()))
    message = _("không có vi phạm «{id}» trong danh mục «violations»")
    yield from check.unknown("DV924", violated, violations, message)


def check_rubrics(
    read: Read[RubricFile], plan: Plan | None, levels: Levels, edits: list[Finding] | None = None
) -> list[Finding]:
    """Check a rubric file that was read, against the plan of its year if there is one.

    `edits` is what the policy on edits found, where the rubrics were held against a revision.
    """
    found = [*read.findings, *(edits or ())]
    if read.record is not None:
        for number in range(len(read.record.rubrics)):
            found += ask_rules(RubricCheck(read.file, read.record, number, plan))
        found += to_confirm(read.file)
    return leveled(finished(read.file, found, edits=edits is not None), levels)


def check_score(
    read: Read[ScoreRecord], rubric: Rubric, plan: Plan, levels: Levels, known: Facts | None = None
) -> list[Finding]:
    """Check a unit's answers that were read, against the rubric they answer to, and what the unit's record says."""
    return checked_score(read, rubric, plan, levels, known)[0]


def checked_score(
    read: Read[ScoreRecord], rubric: Rubric, plan: Plan, levels: Levels, known: Facts | None = None
) -> tuple[list[Finding], Result | None]:
    """Check a unit's answers and score them, in one pass; the score is None where there is nothing to be scored."""
    if read.record is None:
        return check_text(read, levels), None
    check = ScoreCheck(read.file, plan, read.record, rubric, known)
    return leveled(finished(read.file, [*read.findings, *ask_rules(check)]), levels), check.result
