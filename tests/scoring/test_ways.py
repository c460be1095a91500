"""A way of scoring is one class: an eighth one is made here, and everything that scores takes it as the seven."""

from __future__ import annotations

import sys
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, ClassVar, Literal

import pytest

from books import plan
from danvan_cli.cli.asking import ask_answers
from danvan_cli.excel.form import Form, Formula
from danvan_cli.excel.scoresheet import Scoring
from danvan_cli.scoring.arithmetic import answer_of, misfits, written_answer
from danvan_cli.scoring.evaluate import evaluate
from danvan_cli.scoring.model import SCORE_FORMAT, WAYS, Answer, Criterion, Rubric, ScoreRecord
from danvan_cli.scoring.proposals import Facts, proposals
from danvan_cli.scoring.scaffold import score_scaffold
from danvan_cli.scoring.ways import WAY_BY_KEY, Cells, Dates, Figures, Misfit, Way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.scoring.model import Rounding


class Rank(Way):
    """All points for the first place, one less for each place behind."""

    keys = ("count",)

    def exact(self, one: Criterion, answer: Answer) -> Decimal:
        return one.most + 1 - (answer.count or 0)

    def fits(self, _one: Criterion, answer: Answer) -> bool:
        return answer.count != 0

    def misfits(self, _one: Criterion, answer: Answer) -> Iterator[Misfit]:
        if answer.count == 0:
            yield Misfit("count", "không có hạng 0", "ghi từ 1")

    def formula(self, one: Criterion, cells: Cells, _rounding: Rounding) -> str:
        return f"MAX(0,{one.most}+1-{cells.at['count']})"

    def asks(self, _one: Criterion) -> str:
        return "ghi count: hạng"

    def question(self, _one: Criterion) -> str:
        return "hạng"

    def explained(self, one: Criterion, answer: Answer) -> str:
        return f"hạng {answer.count}: {one.most} + 1 − {answer.count}"

    def shape(self, _one: Criterion) -> str:
        return "hạng nhất đủ điểm"

    def typed(self, _one: Criterion, text: str) -> Answer:
        return Answer(count=int(text.removeprefix("hạng ")))

    def written(self, answer: Answer) -> str:
        return f"hạng {answer.count}"

    def proposed(self, _one: Criterion, figures: Figures, _sent: Dates) -> tuple[Answer, str] | None:
        return (Answer(count=int(figures["hang"][0])), figures["hang"][1]) if "hang" in figures else None


class Ranked(Criterion):
    """A criterion that has a key for the eighth way, too."""

    ways: ClassVar[tuple[str, ...]] = (*WAYS, "ranked")
    ranked: Literal[True] | None = None


ONE = Ranked(id="1.1", title="Thi đua", max=Decimal(5), ranked=True, na="full", evidence=["Quyết định"])
BANDS = [{"id": "tot", "name": "Tốt", "from": 4}, {"id": "kem", "name": "Kém", "from": 0}]


@pytest.fixture
def rubric(monkeypatch: pytest.MonkeyPatch) -> Rubric:
    monkeypatch.setitem(WAY_BY_KEY, "ranked", Rank())
    group = Criterion.model_construct(id="1", title="Nhóm", criteria=[ONE])
    return Rubric.model_validate(
        {"id": "b", "name": "B", "official": False, "from": "2023-01-01", "blocks": ["so-ban-nganh"], "max": 5,
         "criteria": [group], "bands": BANDS}
    )  # fmt: skip


def record(**said: object) -> ScoreRecord:
    return ScoreRecord.model_validate({"format": SCORE_FORMAT, "answers": {"1.1": said}})


def test_every_key_of_a_criterion_has_its_class() -> None:
    assert tuple(WAY_BY_KEY) == WAYS, "the table of scoring/ways.py and WAYS of scoring/model.py, in one order"


@pytest.mark.parametrize(("place", "points", "band"), [(1, "5.00", "tot"), (2, "4.00", "tot"), (9, "0.00", "kem")])
def test_it_is_scored_and_explained(rubric: Rubric, place: int, points: str, band: str) -> None:
    result = evaluate(rubric, record(count=place, note="x"))
    line = result.lines[-1]
    assert (line.state, line.points, result.total) == ("scored", Decimal(points), Decimal(points))
    assert result.band
    assert result.band.id == band
    assert line.derivation == f"hạng {place}: 5 + 1 − {place} → {points.replace('.', ',')}"


def test_it_is_typed_and_written(rubric: Rubric) -> None:
    assert rubric.row_by_id["1.1"].criterion.way == "ranked"
    assert answer_of(ONE, "hạng 3") == Answer(count=3)
    assert written_answer(ONE, Answer(count=3)) == "hạng 3"
    assert (answer_of(ONE, "kad").na, written_answer(ONE, Answer(na=True, note="x"))) == (True, "kad")
    with pytest.raises(ValueError, match="nhất"):
        answer_of(ONE, "nhất")


@pytest.mark.usefixtures("rubric")
@pytest.mark.parametrize(
    ("answer", "message", "hint"),
    [
        (Answer(count=0), "không có hạng 0", "ghi từ 1"),
        (Answer(points=Decimal(1)), "tiêu chí «1.1» không nhận «points»", "ghi count: hạng"),
    ],
)
def test_what_does_not_fit_is_refused(answer: Answer, message: str, hint: str) -> None:
    (bad,) = misfits(ONE, answer)
    assert (bad.message, bad.help) == (message, hint)


def test_an_answer_that_does_not_fit_is_a_blank(rubric: Rubric) -> None:
    assert evaluate(rubric, record(count=0)).lines[-1].state == "blank"


def test_a_new_file_has_its_place_and_a_record_proposes_it(rubric: Rubric) -> None:
    text = score_scaffold(rubric, plan().unit_by_id["so-y-te"])
    assert '  "1.1":  # Thi đua (tối đa 5; hạng nhất đủ điểm)\n    count:\n    evidence: []' in text
    assert proposals(rubric, Facts({"hang": (Decimal(2), "bảng xếp hạng")}, {}))["1.1"].answer == Answer(count=2)
    assert not proposals(rubric, Facts({}, {}))


def test_a_workbook_asks_for_it_with_its_formula(rubric: Rubric) -> None:
    unit = plan().unit_by_id["so-y-te"]
    sheet = Scoring(plan(), unit, rubric, record(count=2, note="x")).sheets(Form(unit.id, plan(), []))[0]
    row = next(row for row in sheet.rows if row.key == "1.1")
    assert (row.cells["count"].value, row.cells["count"].path) == ("2", ("score", "answers", "1.1", "count"))
    got = row.cells["got"].value
    assert isinstance(got, Formula)
    assert got.value == 4
    assert f"MAX(0,5+1-{sheet.column('count')}" in got.text


def test_it_is_asked_for_in_a_terminal(
    rubric: Rubric, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed, asked = iter(["nhất", "0", "hạng 2", "", ""]), []

    def answered(prompt: str) -> str:
        asked.append(prompt.strip())
        return next(typed)

    given: dict[str, Answer] = {}
    answers = SimpleNamespace(
        rubric=rubric, record=ScoreRecord(format=SCORE_FORMAT), result=evaluate(rubric, record(count=2)),
        proposed=lambda: SimpleNamespace(answers={}), answer=given.setdefault, unstated=(),
        opened=SimpleNamespace(plan=plan()), facts=Facts({}, {}),
    )  # fmt: skip
    monkeypatch.setattr("builtins.input", answered)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    ask_answers(answers)  # type: ignore[arg-type]
    assert asked[:3] == ["hạng:"] * 3
    assert given == {"1.1": Answer(count=2)}
    told = capsys.readouterr()
    assert "không hiểu «nhất»" in told.err
    assert "không có hạng 0" in told.err
    assert "ghi từ 1" in told.err
    assert "Tổng điểm đến nay: 4,00/5" in told.out
