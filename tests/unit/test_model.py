"""A unit's file: what it takes, what it refuses, and what is read from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from danvan_cli.files import shipped
from danvan_cli.plan.model import Plan
from danvan_cli.unit.model import TaskRecord, UnitRecord, due_words, figure_keys, fingerprint, owed, reported_periods
from danvan_cli.yaml.read import Read, as_read
from danvan_cli.yaml.yamlfile import YamlFile

HEAD = 'format: danvan-unit/1\nunit: so-y-te\nplan: "2023"\n'


def read(text: str) -> Read[UnitRecord]:
    return as_read(UnitRecord, YamlFile("units/so-y-te/unit.yaml", (HEAD + text).encode()))


def record(text: str) -> UnitRecord:
    found = read(text)
    assert found.findings == []
    assert found.record is not None
    return found.record


def test_a_file_with_nothing_but_its_head_is_a_record_of_nothing() -> None:
    empty = record("")
    assert empty.task("II.1.1") == TaskRecord()
    assert empty.figure("cb-tong-so", "6m") is None
    assert empty.sent("ke-hoach").number is None
    assert empty.remarks("6m").situation is None


def test_what_is_left_empty_is_missing_and_a_zero_is_a_figure() -> None:
    found = record(
        "signer:\nindicators:\n  a: {6m: 0, 1y: }\n  b:\nreports:\n  6m:\ntasks:\n  II.1.1:\n    lead: '  '\n"
    )
    assert (found.signer, found.task("II.1.1").lead) == (None, None)
    assert (found.figure("a", "6m"), found.figure("a", "1y"), found.figure("b", "6m")) == (Decimal(0), None, None)


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("2023-06-30", date(2023, 6, 30)),
        ("thường xuyên", "thường xuyên"),
        ("Hằng quý", "hằng quý"),
        ('"khi có yêu cầu"', "khi có yêu cầu"),
        ("", None),
        ("30/6/2023", "30/6/2023"),
        ("2023-6-30", "2023-6-30"),
        ("Trước  ngày 18 hằng tháng ", "Trước ngày 18 hằng tháng"),
        ("cuối năm", "cuối năm"),
    ],
)
def test_a_due_date_is_a_day_or_the_words_as_issued(written: str, due: object) -> None:
    assert record(f"tasks:\n  II.1.1:\n    due: {written}\n").task("II.1.1").due == due


@pytest.mark.parametrize("written", ["2023-02-30", "20230630", "12", "true", '" "', "[a]"])
def test_any_other_due_date_is_refused_at_its_place_with_what_to_write(written: str) -> None:
    (found,) = read(f"tasks:\n  II.1.1:\n    due: {written}\n").findings
    assert (found.rule, found.severity, found.spot.line, found.spot.column) == ("DV114", "error", 6, 10)
    assert found.help


def test_a_task_that_does_not_apply_needs_a_reason() -> None:
    (found,) = read("tasks:\n  II.1.1:\n    applies: false\n").findings
    assert (found.rule, found.spot.line) == ("DV907", 6)
    assert record("tasks:\n  II.1.1:\n    applies: false\n    reason: Không quản lý\n").task("II.1.1").applies is False


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("sign: A\n", "DV110", 4),
        ("tasks:\n  II.1.1:\n    stat: done\n", "DV110", 6),
        ("tasks:\n  II.1.1:\n    status: xong\n", None, 6),
        ("tasks:\n  II.1.1:\n    activities:\n      - lead: A\n", "DV111", 7),
        ("tasks:\n  II.1.1:\n    results: {6m: 12}\n", "DV112", 6),
        ("indicators:\n  a: {6m: mười}\n", "DV112", 5),
        ("obstacles:\n  - proposal: A\n", "DV111", 5),
        ("deliverables:\n  6m: {date: 09/5/2023}\n", "DV114", 5),
    ],
)
def test_what_does_not_fit_is_told_by_line(text: str, rule: str | None, line: int) -> None:
    found = read(text).findings
    assert [one.spot.line for one in found] == [line]
    assert rule in {None, found[0].rule}


def test_each_unit_owes_what_the_plan_lays_on_it(plan: Plan) -> None:
    common = ["ke-hoach", "tu-cham", "6m", "1y", "chuyen-de", "dot-xuat"]
    assert [one.id for one in owed(plan, plan.unit_by_id["so-y-te"])] == common
    station = [one.id for one in owed(plan, plan.unit_by_id["dai-ptth-bao"])]
    assert set(station) == {*common, "dai-6m", "dai-1y"}


def test_a_fingerprint_follows_what_the_unit_relied_on_and_nothing_else(plan: Plan) -> None:
    task = plan.tasks[0]
    mark = fingerprint(task)
    assert len(mark) == 12
    assert fingerprint(replace(task, text=task.text.replace(" ", "  \n"))) == mark
    assert fingerprint(replace(task, label="Tên khác")) == mark
    for change in ({"text": task.text + " thêm"}, {"owners": ["so-y-te"]}, {"due": date(2023, 6, 30)}):
        assert fingerprint(replace(task, **change)) != mark


def test_a_due_date_is_written_as_documents_write_it() -> None:
    assert due_words(date(2023, 2, 5)) == "05/02/2023"
    assert (due_words("hằng quý"), due_words(None)) == ("hằng quý", "")


def test_figures_are_asked_for_the_periods_that_a_unit_reports_on_what_they_are_held_against_and_what_it_has() -> None:
    text = shipped("plans/2023.yaml").read_text("utf-8")
    mine = (
        "  - {id: quy, kind: report, name: Báo cáo, owners: [so-ban-nganh], every: quarter, without: [quy-2, quy-4]}\n"
    )
    other = "  - {id: 9m, kind: report, name: Báo cáo, owners: [huyen], period: 9m}\n"
    text = text.replace("\ndeliverables:\n", f"\ndeliverables:\n{other}{mine}", 1)
    period = "  - {id: 9m, name: 9 tháng, from: 2022-12-15, to: 2023-09-14}\n"
    found = as_read(Plan, YamlFile("p.yaml", text.replace("\nperiods:\n", f"\nperiods:\n{period}", 1).encode())).record
    assert found is not None
    unit = found.unit_by_id["so-y-te"]
    assert [one.id for one in reported_periods(found, unit)] == ["quy-1", "6m", "quy-3", "1y"]
    asked = ["6m", "1y", "1y-uoc", "6m-2022", "1y-2022", "1y-2022-ck", "quy-1", "quy-3"]
    assert figure_keys(found, unit, record("indicators: {tin-bai: {9m: }}")) == asked
    assert figure_keys(found, unit, record("indicators: {tin-bai: {9m: 0}}")) == ["9m", *asked]


def test_a_topic_is_the_same_whatever_signs_a_keyboard_and_word_put_into_it() -> None:
    """The files of both would have one name."""
    found = record("requested: [{report: dot-xuat, topic: Mưa lũ ở xã K\u2019Bang}, {report: dot-xuat, topic: '(!)'}]")
    assert found.on_topic("dot-xuat", "mưa lũ, ở xã k'bang") == 0
    assert found.on_topic("dot-xuat", "(!)") == 1
    assert found.on_topic("dot-xuat", "(?)") is None
    assert found.on_topic("dot-xuat", "Mưa lũ ở xã K") is None
