"""`danvan log`: what a clerk records is in the file, and nothing else of the file has changed."""

from __future__ import annotations

import difflib
import hashlib
import itertools
import os
import sys
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from forked import ended, forked, told

from commands import COMMAND, aside, environment, of_its_own, split
from danvan_cli.desk import log as desk
from danvan_cli.desk.log_options import LogOptions
from danvan_cli.desk.opened import hold, open_plan
from danvan_cli.errors import DanvanError
from danvan_cli.unit import evidence
from danvan_cli.unit.model import UnitRecord
from danvan_cli.yaml import held
from danvan_cli.yaml.read import read as read_as
from word_files import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from commands import Result, Run
    from danvan_cli.desk.opened import UnitHeld

TODAY = "2023-06-01"
END = "\x04"
"""What Ctrl-D sends."""


class Unit:
    """A workspace where Sở Y tế has begun, and the command run in it."""

    def __init__(self, run: Run, workspace: Path) -> None:
        self._run = run
        self.workspace = workspace
        self.folder = workspace / "units" / "so-y-te"
        self.file = self.folder / "unit.yaml"

    def log(self, *arguments: object, cwd: Path | None = None) -> Result:
        return self._run("log", *arguments, cwd=cwd or self.workspace, today=TODAY)

    def logged(self, *arguments: object) -> list[str]:
        """Record something that must work; give what is told."""
        done = self.log("so-y-te", *arguments)
        assert done.code == 0, done.stderr
        return done.stdout.splitlines()

    @property
    def record(self) -> UnitRecord:
        read = read_as(UnitRecord, self.file)
        assert read.record is not None
        assert read.findings == []
        return read.record

    def edit(self, old: str, new: str) -> None:
        text = self.file.read_text(encoding="utf-8")
        assert old in text
        self.file.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


@pytest.fixture
def unit(run: Run, begun: Callable[..., Path]) -> Unit:
    return Unit(run, begun("init-unit so-y-te"))


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return [one[2:] for one in lines if one[0] == "-"], [one[2:] for one in lines if one[0] == "+"]


# What is recorded


def test_state_and_result_are_told_in_a_clerks_words_and_only_their_lines_change(unit: Unit) -> None:
    before = unit.file.read_text(encoding="utf-8")
    result = "Đã tổ chức: 02 hội nghị"
    told = unit.logged("II.1.1", "--status", "đã hoàn thành", "--period", "6m", "--result", result)
    assert told == [
        "II.1.1: trạng thái chưa thực hiện → đã hoàn thành",
        "II.1.1: ghi kết quả kỳ 6m",
        "units/so-y-te/unit.yaml: đã ghi 2 thay đổi",
    ]
    gone, new = changed(before, unit.file.read_text(encoding="utf-8"))
    assert (gone, new) == (["    status: todo", "      6m:"], ["    status: done", f'      6m: "{result}"'])


def test_saying_it_again_changes_nothing(unit: Unit) -> None:
    said = (
        "II.1.1", "--status", "xong", "--period", "6m", "--result", "Một", "--title", "Biên bản", "--number", "3/BB-SYT",
        "--date", "10/3/2023", "--indicator", "tin-bai=8", "--obstacle", "Thiếu người", "--proposal", "Thêm người",
    )  # fmt: skip
    unit.logged(*said)
    before = unit.file.read_bytes()
    assert unit.logged(*said) == ["units/so-y-te/unit.yaml: không có gì thay đổi"]
    assert unit.file.read_bytes() == before


def test_a_file_with_windows_line_ends_keeps_them(unit: Unit) -> None:
    unit.file.write_bytes(unit.file.read_bytes().replace(b"\n", b"\r\n"))
    unit.logged("II.1.1", "--period", "6m", "--result", "Một")
    data = unit.file.read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n")


def test_a_period_is_no_deliverable_and_the_help_says_so(unit: Unit, run: Run) -> None:
    before = unit.file.read_bytes()
    for given, near in (("dai-6m", "có phải kỳ 6m?"), ("ke-hoach", "các kỳ: 6m, 1y")):
        done = unit.log("so-y-te", "II.1.1", "--period", given, "--result", "Một")
        assert (done.code, near in done.stderr, "mã của một báo cáo" in done.stderr) == (2, True, True), done.stderr
    assert unit.file.read_bytes() == before
    told = " ".join(run("log", "--help").stdout.split())
    assert "--period KỲ kỳ báo cáo của kết quả, số liệu: 6m, 1y…; không phải mã báo cáo như dai-6m" in told


def test_a_result_is_recorded_for_its_period_and_an_empty_text_clears(unit: Unit) -> None:
    unit.logged("II.1.1", "--period", "6m", "--result", "Một")
    assert unit.record.task("II.1.1").results["6m"] == "Một"
    assert unit.logged("II.1.1", "--period", "6m", "--result", "")[0] == "II.1.1: xóa kết quả kỳ 6m"
    assert unit.record.task("II.1.1").results["6m"] is None


def test_activities_are_added_done_or_planned_and_closed_by_number(unit: Unit) -> None:
    unit.logged("II.1.1", "--activity", "Họp giao ban", "--lead", "Văn phòng", "--product", "Biên bản")
    unit.logged("II.1.1", "--activity", "Hội nghị", "--due", "30/6/2023")
    told = unit.logged("II.1.1", "--done", 2, "--date", "28/5/2023")
    assert told[0] == "II.1.1: hoạt động 2 «Hội nghị» xong ngày 28/5/2023"
    first, second = unit.record.task("II.1.1").activities
    assert (first.lead, first.product, str(first.done)) == ("Văn phòng", "Biên bản", TODAY)
    assert (str(second.due), str(second.done)) == ("2023-06-30", "2023-05-28")
    refused = unit.log("so-y-te", "II.1.1", "--done", 0)
    assert (refused.code, "không có hoạt động thứ 0" in refused.stderr) == (2, True)


def test_what_is_said_again_of_an_item_is_told_by_its_number_and_its_words(unit: Unit) -> None:
    unit.logged("II.1.1", "--activity", "Hội nghị", "--due", "15/3")
    told = unit.logged("II.1.1", "--activity", "Hội nghị", "--due", "31/3", "--with", "Văn phòng")
    which = "II.1.1: hoạt động 1 «Hội nghị»: "
    assert told[:2] == [f"{which}phối hợp: (trống) → Văn phòng", f"{which}thời gian: 15/3 → 31/3 (hạn cuối 31/3/2023)"]
    unit.logged("II.1.1", "--title", "Biên bản", "--number", "3/BB", "--date", "5/3/2023")
    told = unit.logged(
        "II.1.1", "--title", "Biên bản", "--number", "3/BB", "--date", "5/3/2023", "--expires", "1/5/2023"
    )
    assert told[0] == "II.1.1: tài liệu kiểm chứng 1 «Biên bản»: hết giá trị sau ngày: (trống) → 01/5/2023"
    unit.logged("--obstacle", "Thiếu người")
    told = unit.logged("--obstacle", "Thiếu người", "--proposal", "Bổ sung")
    assert told[0] == "khó khăn, vướng mắc 1 «Thiếu người»: đề xuất: (trống) → Bổ sung"


def test_lead_and_due_of_the_task_itself(unit: Unit) -> None:
    unit.logged("II.1.1", "--lead", "Văn phòng Sở", "--due", "hang quy")
    task = unit.record.task("II.1.1")
    assert (task.lead, task.due) == ("Văn phòng Sở", "hằng quý")


def test_figures_are_set_cleared_and_estimated_and_0_is_a_figure(unit: Unit) -> None:
    unit.logged(
        "--period", "6m", "--indicator", "tin-bai=64", "--indicator", "tcd-doan-dong=0", "--indicator", "kiem-tra=8,0"
    )
    told = unit.logged("--period", "6m", "--indicator", "tin-bai=")
    assert told[0] == "Tin, bài tuyên truyền về công tác dân vận (6m): 64 → (trống)"
    unit.logged("--period", "1y", "--estimate", "--indicator", "tin-bai=100")
    unit.logged("--period", "1y-uoc", "--indicator", "kiem-tra=9")
    record = unit.record
    figures = [record.figure(*one) for one in (("tin-bai", "6m"), ("tcd-doan-dong", "6m"), ("kiem-tra", "6m"))]
    assert list(map(str, figures)) == ["None", "0", "8.0"]
    assert [str(record.figure(one, "1y-uoc")) for one in ("tin-bai", "kiem-tra")] == ["100", "9"]
    assert "kiem-tra: {6m: 8.0, 1y: , 1y-uoc: 9, " in unit.file.read_text(encoding="utf-8")


def test_obstacles_are_added_with_their_day(unit: Unit) -> None:
    unit.logged("--obstacle", "Thiếu người", "--proposal", "Thêm người", "--date", "20/4/2023")
    (one,) = unit.record.obstacles
    assert (one.text, one.proposal, str(one.date)) == ("Thiếu người", "Thêm người", "2023-04-20")


def test_an_obstacle_told_for_a_period_that_is_over_comes_into_its_report(unit: Unit, run: Run) -> None:
    """By its day alone it would come into no report of the period that is named."""

    def on(day: str, *said: str) -> None:
        done = run(*said, cwd=unit.workspace, today=day)
        assert done.code == 0, done.stderr

    on("2023-07-20", "log", "so-y-te", "--period", "6m", "--obstacle", "Thiếu người", "--proposal", "Thêm người")
    (one,) = unit.record.remarks("6m").obstacles
    assert (one.text, one.proposal, unit.record.obstacles) == ("Thiếu người", "Thêm người", [])
    on(TODAY, "log", "so-y-te", "--period", "6m", "--obstacle", "Thiếu xe")
    assert [one.text for one in unit.record.obstacles] == ["Thiếu xe"]
    on("2023-07-20", "report", "so-y-te", "--period", "6m")
    told = " ".join(texts(unit.folder / "out" / "bao-cao-6m.docx"))
    assert "Thiếu người" in told
    assert "Thiếu xe" in told


def test_an_obstacle_told_late_goes_into_the_report_that_all_owe_and_not_into_one_besides(unit: Unit, run: Run) -> None:
    plan = unit.workspace / "plans" / "2023.yaml"
    besides = "{id: them-6m, kind: report, name: Báo cáo riêng, owners: [so-y-te], period: 6m}"
    plan.write_text(
        plan.read_text("utf-8").replace("\ndeliverables:\n", f"\ndeliverables:\n  - {besides}\n", 1), "utf-8"
    )
    told = run("log", "so-y-te", "--period", "6m", "--obstacle", "Thiếu xe", cwd=unit.workspace, today="2023-07-20")
    assert told.code == 0, told.stderr
    assert [one.text for one in unit.record.remarks("6m").obstacles] == ["Thiếu xe"]


def test_an_obstacle_told_late_goes_into_no_report_on_request_and_others_are_told_of(unit: Unit, run: Run) -> None:
    plan = unit.workspace / "plans" / "2023.yaml"
    asked = "{id: rieng, kind: report, name: Báo cáo riêng, owners: [all], on_request: true, period: 6m}"
    plan.write_text(plan.read_text("utf-8").replace("\ndeliverables:\n", f"\ndeliverables:\n  - {asked}\n", 1), "utf-8")
    assert run("log", "so-y-te", "--obstacle", "Thiếu xe", cwd=unit.workspace, today=TODAY).code == 0
    done = run("log", "so-y-te", "--period", "6m", "--obstacle", "không có", cwd=unit.workspace, today="2023-07-20")
    assert done.code == 0, done.stderr
    assert "đang ghi 1 khó khăn, vướng mắc" in done.stderr
    assert [one.text for one in unit.record.remarks("6m").obstacles] == ["không có"]


def test_a_task_that_does_not_apply_has_its_reason_and_takes_no_results(unit: Unit) -> None:
    unit.logged("II.1.3", "--not-applicable", "Không thuộc chức năng")
    assert unit.record.task("II.1.3").applies is False
    refused = unit.log("so-y-te", "II.1.3", "--status", "done")
    assert (refused.code, "không thực hiện" in refused.stderr) == (2, True)


def test_an_issued_document_has_number_day_and_its_signed_copy(unit: Unit) -> None:
    signed = unit.workspace / "Kế hoạch (ký số).pdf"
    signed.write_bytes(b"%PDF-1.7 ...")
    told = unit.logged("--issued", "ke-hoach", "--number", "15/KH-SYT", "--date", "2023-02-10", "--file", signed)
    assert told[-1] == "units/so-y-te/unit.yaml: đã ghi 3 thay đổi"
    sent = unit.record.sent("ke-hoach")
    assert (sent.number, str(sent.date), sent.file) == ("15/KH-SYT", "2023-02-10", "ke-hoach-ky-so.pdf")
    assert sent.sha256 == hashlib.sha256(signed.read_bytes()).hexdigest()
    assert (unit.folder / "evidence" / "ke-hoach-ky-so.pdf").read_bytes() == signed.read_bytes()


def test_what_is_odd_about_an_issued_document_is_said_and_a_day_to_come_refused(unit: Unit) -> None:
    done = unit.log("so-y-te", "--issued", "6m", "--number", "15/KH-SNV", "--date", "31/12/2022")
    assert done.code == 0
    assert "của Sở Y tế thường như 15/BC-SYT" in done.stderr
    assert "trước năm kế hoạch 2023" in done.stderr
    before = unit.file.read_bytes()
    refused = unit.log("so-y-te", "--issued", "6m", "--number", "1/BC-SYT", "--date", "2/6/2023")
    assert (refused.code, "chưa đến" in refused.stderr, unit.file.read_bytes()) == (2, True, before)


def test_a_number_that_another_document_has_is_said(unit: Unit) -> None:
    said, words = ("--number", "77/BC-SYT", "--date"), "số 77/BC-SYT đã ghi cho «6m»"
    unit.logged("--issued", "6m", *said, "4/5/2023")
    again = unit.log("so-y-te", "--issued", "6m", *said, "5/5/2023")
    assert (again.code, words in again.stderr) == (0, False), "the same document may have it again"
    other = unit.log("so-y-te", "--issued", "1y", *said, "5/5/2023")
    assert (other.code, words in other.stderr) == (0, True)
    earlier = unit.log("so-y-te", "--issued", "tu-cham", *said, "30/12/2022")
    assert (earlier.code, words in earlier.stderr) == (0, False), "each year begins at 1"


def test_a_task_that_was_said_not_to_apply_is_taken_up_again(unit: Unit) -> None:
    unit.logged("II.1.3", "--not-applicable", "Không thuộc chức năng")
    refused = unit.log("so-y-te", "II.1.3", "--status", "đang")
    assert (refused.code, "danvan log so-y-te II.1.3 --applicable" in refused.stderr) == (2, True)
    unit.logged("II.1.3", "--applicable", "--status", "đang")
    task = unit.record.task("II.1.3")
    assert (task.applies, task.reason, task.status) == (True, None, "doing")


def test_who_signs_and_who_drafts_have_options(unit: Unit) -> None:
    told = unit.logged("--signer", " Trần  Bình ", "--signs", "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC", "--drafter", "Văn phòng Sở",
                       "--drafter-abbr", "VP")  # fmt: skip
    record = unit.record
    assert (record.signer, record.signs) == ("Trần Bình", ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"])
    assert (record.drafter, record.drafter_abbr) == ("Văn phòng Sở", "VP")
    assert "người ký: (trống) → Trần Bình" in told
    unit.logged("--signs", "")
    assert unit.record.signs == []


def test_partners_and_the_general_parts_of_a_report_have_options(unit: Unit) -> None:
    unit.logged("II.1.1", "--activity", "Hội nghị", "--with", "Phòng Kế hoạch", "--due", "hằng quý")
    assert unit.record.task("II.1.1").activities[-1].partners == "Phòng Kế hoạch"
    told = unit.logged("--report", "6m", "--section", "ưu điểm=Tốt.", "--section", "Phương hướng=Làm tiếp.")
    assert "năm 2023: ưu điểm: (trống) → Tốt." in told[0]
    remarks = unit.record.remarks("6m")
    assert (remarks.strengths, remarks.next) == ("Tốt.", "Làm tiếp.")
    for wrong, says in ((["--report", "6m", "--section", "yếu=Tốt"], "không rõ là mục nào"), (["--section", "ưu điểm=Tốt"], "--report"),
                        (["--report", "6m", "--section", "kết quả=x"], "không rõ là mục nào")):  # fmt: skip
        done = unit.log("so-y-te", *wrong)
        assert (done.code, says in done.stderr) == (2, True)


def test_the_report_on_the_score_has_its_parts_too(unit: Unit, run: Run) -> None:
    unit.logged("--report", "tu-cham", "--section", "ưu điểm=Chủ động.", "--section", "tình hình=Đã giao việc.")
    for wrong in (("--section", "phương hướng=x"), ("--obstacle", "x")):
        assert unit.log("so-y-te", "--report", "tu-cham", *wrong).code == 2
    run("score", "so-y-te", "--report", cwd=unit.workspace, today=TODAY)
    assert {"Chủ động.", "Đã giao việc."} <= {*texts(unit.folder / "out" / "bao-cao-tu-cham-diem.docx")}


def test_confirming_renews_the_fingerprint_of_a_task_or_of_all_that_changed(unit: Unit, run: Run) -> None:
    for task in ("II.1.1", "II.1.2"):
        text = unit.file.read_text(encoding="utf-8")
        at = text.index('fingerprint: "', text.index(f"  {task}:")) + 14
        unit.file.write_text(f"{text[:at]}{'0' * 12}{text[at + 12 :]}", encoding="utf-8")
    assert "II.1.1: xác nhận" in unit.logged("II.1.1", "--confirm")[0]
    assert [line[:6] for line in unit.logged("--confirm")[:-1]] == ["II.1.2"]
    assert "DV903" not in run("check", cwd=unit.workspace).stdout


def test_a_task_that_is_not_in_the_file_yet_begins_with_its_fingerprint(unit: Unit) -> None:
    text = unit.file.read_text(encoding="utf-8")
    start, stop = text.index("  II.1.2:"), text.index("  II.1.3:")
    unit.file.write_text(text[:start] + text[stop:], encoding="utf-8")
    unit.logged("II.1.2", "--status", "đang")
    assert unit.record.task("II.1.2").fingerprint


# Evidence


def test_a_file_of_evidence_is_copied_once_with_its_digest(unit: Unit) -> None:
    source = unit.workspace / "Biên bản.txt"
    source.write_text("xin chào", encoding="utf-8")
    said = ("II.1.1", "--evidence", source, "--number", "3/BB-SYT", "--date", "10/3/2023", "--period", "6m")
    assert unit.logged(*said)[0] == "II.1.1: thêm tài liệu kiểm chứng «Biên bản» (evidence/bien-ban.txt)"
    (one,) = unit.record.task("II.1.1").evidence
    assert (one.title, one.file, one.period) == ("Biên bản", "bien-ban.txt", "6m")
    assert one.sha256 == hashlib.sha256("xin chào".encode()).hexdigest()
    assert unit.logged(*said)[-1].endswith("không có gì thay đổi")
    (unit.folder / "evidence" / "bien-ban.txt").unlink()
    assert "đã chép lại" in unit.logged(*said)[0]
    source.write_text("bản khác", encoding="utf-8")
    unit.logged(*said)
    (again,) = unit.record.task("II.1.1").evidence
    assert again.file != one.file
    assert len(list((unit.folder / "evidence").iterdir())) == 2


def test_evidence_may_be_a_document_or_be_looked_at_in_the_unit(unit: Unit) -> None:
    unit.logged("II.1.1", "--title", "Thông báo", "--number", "5/TB-SYT", "--expires", "31/12/2023")
    unit.logged("II.1.1", "--title", "Sổ tiếp dân", "--restricted")
    first, second = unit.record.task("II.1.1").evidence
    assert (first.number, str(first.expires), first.restricted, second.restricted) == (
        "5/TB-SYT",
        "2023-12-31",
        False,
        True,
    )
    assert not (unit.folder / "evidence").exists()


def test_a_secret_does_not_come_in_and_is_not_told(unit: Unit) -> None:
    source = unit.workspace / "x.txt"
    source.write_text("TỐI MẬT\nsố 1", encoding="utf-8")
    before = unit.file.read_bytes()
    for said in (
        ("--evidence", source),
        ("--title", "Văn bản [MẬT] số 1"),
        ("--period", "6m", "--result", "TUYỆT MẬT số 1"),
    ):
        done = unit.log("so-y-te", "II.1.1", *said)
        assert done.code == 2
        assert "số 1" not in done.stdout + done.stderr
        assert "độ mật" in done.stderr
    assert unit.file.read_bytes() == before
    assert not (unit.folder / "evidence").exists()


def test_personal_data_are_recorded_with_a_warning(unit: Unit) -> None:
    done = unit.log("so-y-te", "II.1.1", "--period", "6m", "--result", "Gọi 0912 345 678")
    assert (done.code, "DV905" in done.stderr) == (0, True)
    assert "DV905" not in unit.log("so-y-te", "II.1.2", "--status", "done").stderr, "chỉ nói điều mới"


def opened_here(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> UnitHeld:
    monkeypatch.chdir(unit.workspace)
    opened = open_plan()
    return hold(opened, opened.unit("so-y-te"))


def test_evidence_is_taken_back_where_the_file_cannot_be_written(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    source = unit.workspace / "a.pdf"
    source.write_bytes(b"x")
    book = opened_here(unit, monkeypatch)

    def full(*_: Any) -> bool:
        assert (unit.folder / "evidence" / "a.pdf").exists()
        raise DanvanError("ổ đĩa đã đầy")

    monkeypatch.setattr(held, "write_all", full)
    before = unit.file.read_bytes()
    with pytest.raises(DanvanError, match="đầy"):
        desk.record_said(book, LogOptions(task=book.opened.task("II.1.1"), evidence=source))
    assert not (unit.folder / "evidence" / "a.pdf").exists()
    assert unit.file.read_bytes() == before


def test_what_somebody_changed_meanwhile_stays_and_only_the_very_same_is_refused(
    unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = opened_here(unit, monkeypatch)
    unit.edit("signer:", "signer: A")
    done = desk.record_said(book, LogOptions(obstacle="A"))
    assert (len(done.changes), [one.text for one in unit.record.obstacles], unit.record.signer) == (1, ["A"], "A")
    task = book.opened.task("II.1.1")
    again = hold(book.opened, book.unit)
    desk.record_said(again, LogOptions(task=task, status="xong"))
    before = unit.file.read_bytes()
    with pytest.raises(DanvanError, match="vừa được sửa"):
        desk.record_said(book, LogOptions(task=task, status="đang"))
    assert unit.file.read_bytes() == before


def test_of_two_who_bring_the_same_evidence_the_refused_one_leaves_it_to_the_other(
    unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = unit.workspace / "a.pdf"
    source.write_bytes(b"x")
    mine = opened_here(unit, monkeypatch)
    theirs = hold(mine.opened, mine.unit)
    task, locked = mine.opened.task("II.1.1"), evidence.locked

    @contextmanager
    def late(path: Path) -> Iterator[None]:
        monkeypatch.setattr(evidence, "locked", locked)
        desk.record_said(theirs, LogOptions(task=task, period="6m", result="Hai", evidence=source))
        with locked(path):
            yield

    monkeypatch.setattr(evidence, "locked", late)
    with pytest.raises(DanvanError, match="vừa được sửa"):
        desk.record_said(mine, LogOptions(task=task, period="6m", result="Một", evidence=source))
    record = unit.record.task("II.1.1")
    assert (record.results["6m"], [one.file for one in record.evidence]) == ("Hai", ["a.pdf"])
    assert (unit.folder / "evidence" / "a.pdf").read_bytes() == b"x"


def test_nothing_that_any_of_eight_at_once_was_told_is_lost(unit: Unit, tmp_path: Path) -> None:
    source = unit.workspace / "a.pdf"
    source.write_bytes(b"x")
    tasks = open_plan(unit.workspace / "plans" / "2023.yaml").plan.tasks
    mine = [one.id for one in tasks if one.id in unit.record.tasks][:8]

    def logged(task: str) -> int:
        os.chdir(unit.workspace)
        os.environ.update(environment(TODAY))
        return told(
            ["log", "so-y-te", task, "--period", "6m", "--result", f"Kết quả {task}", "--evidence", str(source),
             "--obstacle", f"Vướng mắc {task}"], tmp_path / task,
        )  # fmt: skip

    codes = {task: ended(one) for task, one in {task: forked(partial(logged, task)) for task in mine}.items()}
    done = [task for task, code in codes.items() if code == 0]
    assert done
    said = {task: (tmp_path / task).read_text("utf-8") for task in mine}
    assert all("lệnh danvan khác đang ghi" in said[task] for task in set(mine) - set(done)), said
    record = unit.record
    assert {task for task in mine if record.task(task).results.get("6m") == f"Kết quả {task}"} == set(done)
    assert {task for task in mine if [one.file for one in record.task(task).evidence] == ["a.pdf"]} == set(done)
    assert sorted(one.text for one in record.obstacles) == sorted(f"Vướng mắc {task}" for task in done)
    assert [(one.name, one.read_bytes()) for one in (unit.folder / "evidence").iterdir()] == [("a.pdf", b"x")]


# Several at once


def test_parts_of_a_unit_file_are_taken_over_lists_grow_the_rest_is_replaced(unit: Unit) -> None:
    given = unit.workspace / "tháng 5.yaml"
    given.write_text(
        "tasks:\n  II.1.1:\n    status: doing\n    results: {6m: Một}\n    activities:\n      - content: Họp\n"
        "        due: 2023-05-01\n  II.1.2:\n    evidence: [{title: A, number: 1/BB-SYT, date: 2023-03-01}]\n"
        "indicators:\n  tin-bai: {6m: 64}\nobstacles:\n  - text: Thiếu người\nreports:\n  6m: {limits: Chậm}\n",
        encoding="utf-8",
    )
    unit.logged("II.1.1", "--activity", "Việc trước")
    assert unit.logged("--from", given)[-1].endswith("đã ghi 7 thay đổi")
    record = unit.record
    assert [one.content for one in record.task("II.1.1").activities] == ["Việc trước", "Họp"]
    assert (record.task("II.1.1").results["6m"], str(record.figure("tin-bai", "6m"))) == ("Một", "64")
    assert (record.remarks("6m").limits, record.obstacles[0].text) == ("Chậm", "Thiếu người")
    assert "date: 2023-03-01" in unit.file.read_text(encoding="utf-8")
    assert unit.logged("--from", given) == ["units/so-y-te/unit.yaml: không có gì thay đổi"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tasks:\n  II.1.9: {status: done}\n", "DV902"),
        ("tasks:\n  II.1.1: {status: xong}\n", "DV113"),
        ("unit: so-noi-vu\n", "không phải «so-y-te»"),
        ("indicators: {tin-bai: {7m: 1}}\n", "DV203"),
        ("tasks: [\n", "DV103"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_at_its_place(unit: Unit, text: str, words: str) -> None:
    given, before = unit.workspace / "sai.yaml", unit.file.read_bytes()
    given.write_text(text, encoding="utf-8")
    done = unit.log("so-y-te", "--from", given)
    assert (done.code in {1, 2}, words in done.stderr) == (True, True), done.stderr
    assert unit.file.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_questions_are_answered_in_a_terminal_skipped_and_stopped(unit: Unit) -> None:
    answers = ["đang", "Một", "", "", "xong", "Hai", "q"]
    shown = answered(unit, answers, "so-y-te", "--period", "6m", "--ask")
    assert "II.1.1. " in shown
    record = unit.record
    assert (record.task("II.1.1").status, record.task("II.1.1").results["6m"]) == ("doing", "Một")
    assert record.task("II.1.2").status == "todo"
    assert (record.task("II.1.3").status, record.task("II.1.3").results["6m"]) == ("done", "Hai")


def book_of(unit: Unit) -> UnitHeld:
    """Hold the unit's file open with the sample's results."""
    assert unit.log("so-y-te", "--from", "samples/so-y-te.unit.yaml").code == 0
    opened = open_plan(unit.workspace / "plans" / "2023.yaml")
    return hold(opened, opened.unit("so-y-te"))


def test_what_was_sent_is_not_asked_for_and_what_was_sent_back_is(
    run: Run, unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANVAN_TODAY", TODAY)
    monkeypatch.chdir(unit.workspace)
    assert desk.asked_period(book_of(unit), None).id == "6m"
    scan = unit.workspace / "a.jpg"
    scan.write_bytes(b"\xff\xd8\xffa")
    sent = ("receive", scan, "--unit", "so-y-te", "--deliverable", "6m", "--received", "2023-05-04")
    assert run(*sent, cwd=unit.workspace, today=TODAY).code == 0
    assert desk.asked_period(book_of(unit), None).id == "1y"
    back = ("send-back", "so-y-te", "6m", "--reason", "Sai")
    assert run(*back, cwd=unit.workspace, today=TODAY).code == 0
    assert desk.asked_period(book_of(unit), None).id == "6m"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_only_what_is_missing_is_asked_and_one_goes_back(unit: Unit) -> None:
    book_of(unit)
    unit.log("so-y-te", "II.1.1", "--period", "6m", "--result", "")
    shown = answered(unit, ["Một", "lùi", "Hai", "q"], "so-y-te", "--period", "6m", "--ask")
    assert shown.count("II.1.1. ") == 2, "told again for who goes back to it"
    assert "trạng thái (" not in shown.partition("kết quả: ")[0], "it is known"
    assert unit.record.task("II.1.1").results["6m"] == "Hai"


def test_nothing_is_asked_of_a_task_that_has_ended_by_then(unit: Unit) -> None:
    plan = unit.workspace / "plans" / "2023.yaml"
    begins = "          - id: II.1.1\n"
    ended = plan.read_text("utf-8").replace(begins, f"{begins}            ended: 2023-08-01\n")
    plan.write_text(ended, "utf-8")
    opened = open_plan(plan)
    book = hold(opened, opened.unit("so-y-te"))
    asked = {name: {one.loc[1] for one in desk.questions(book, opened.period(name), None)} for name in ("6m", "1y")}
    assert {name: "II.1.1" in those for name, those in asked.items()} == {"6m": True, "1y": False}


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_general_parts_are_asked_for_and_it_is_said_when_nothing_is_missing(unit: Unit) -> None:
    book = book_of(unit)
    year = book.opened.period("1y")
    asked = [one for one in desk.questions(book, year, None) if one.what == "section"]
    assert [one.loc[2] for one in asked] == ["situation", "strengths", "limits", "causes", "next", "proposals"]
    desk.record_answer(book, asked[0], "Đã ban hành kế hoạch.", year)
    assert unit.record.remarks("1y").situation == "Đã ban hành kế hoạch."
    assert "không còn gì thiếu" in answered(unit, [], "so-y-te", "II.1.1", "--period", "6m", "--ask")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_the_end_of_the_input_cancels_and_what_was_answered_stays(unit: Unit) -> None:
    shown = answered(unit, ["xong", END], "so-y-te", "II.1.1", "--period", "6m", "--ask", code=1)
    assert "đã hủy" in shown
    assert unit.record.task("II.1.1").status == "done"


def answered(unit: Unit, answers: list[str], *arguments: str, code: int = 0) -> str:
    """Run the command in a terminal; each answer follows the prompt before it."""
    terminal, theirs = os.openpty()
    child = split(lambda: of_its_own(["log", *arguments], unit.workspace, environment(TODAY), (theirs,) * 3))
    os.close(theirs)
    shown = b""
    for answer in answers:
        deadline = time.monotonic() + 30
        while not shown.rstrip(b" ").endswith(b":") and time.monotonic() < deadline:
            shown += os.read(terminal, 4096)
        shown += b"\n"
        if answer == END:
            os.write(terminal, END.encode())
            break
        os.write(terminal, f"{answer}\n".encode())
        os.read(terminal, len(f"{answer}\r\n".encode()))
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    said = shown.decode(errors="replace")  # the echo of what is typed may be cut within a letter
    os.close(terminal)
    assert ended(child) == code, said
    return said


def test_without_a_terminal_nothing_is_asked(unit: Unit) -> None:
    done = aside(["log", "so-y-te", "--period", "6m", "--ask"], unit.workspace, environment(TODAY))
    assert (done.code, "cửa sổ dòng lệnh" in done.stderr) == (2, True)


# Usage


def test_inside_its_folder_the_unit_may_be_left_out(unit: Unit) -> None:
    done = unit.log("II.1.1", "--status", "done", cwd=unit.folder)
    assert (done.code, unit.record.task("II.1.1").status) == (0, "done")
    assert "có phải: II.1.1" in unit.log("II.1.9", "--status", "done", cwd=unit.folder).stderr
    assert unit.log("II.1.1", "--status", "done").code == 2, "ngoài thư mục đơn vị"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ((), "danvan log --help"),
        (("--status", "done"), "cần mã nhiệm vụ"),
        (("II.1.1", "--result", "x"), "--result cần có --period"),
        (("II.1.1",), "chưa nói ghi gì"),
        (("II.1.1", "--status", "dagn"), "có phải «doing»"),
        (("II.1.1", "--period", "7m", "--result", "x"), "6m"),
        (("II.9.9", "--status", "done"), "không có nhiệm vụ"),
        (("--period", "6m", "--indicator", "tin-bai=1.234"), "viết 1234"),
        (("--period", "6m", "--indicator", "tin-bao=5"), "tin-bai"),
        (("--period", "6m", "--estimate", "--indicator", "tin-bai=5"), "không có ước"),
        (("--indicator", "tin-bai=5"), "--indicator cần có --period"),
        (("--issued", "ke-hoch", "--number", "1"), "ke-hoach"),
        (("--issued", "ke-hoach"), "cần --number"),
        (("--proposal", "x"), "--obstacle"),
        (("II.1.1", "--restricted"), "cần --title"),
        (("II.1.1", "--number", "1/BB"), "--title"),
        (("II.1.1", "--title", "A", "--date", "2/6/2023"), "chưa đến"),
        (("II.1.1", "--evidence", "không có.pdf"), "không có tệp"),
        (("II.1.1", "--not-applicable", " "), "cần lý do"),
        (("II.1.1", "--not-applicable", "x", "--status", "xong"), "--not-applicable không dùng cùng"),
        (("II.1.1", "--not-applicable", "x", "--applicable"), "--not-applicable không dùng cùng"),
        (("--obstacle", "x", "--date", "30/2/2023"), "không có ngày"),
        (("II.1.1", "--due", "29/02"), "không có ngày 29/02/2023"),
    ],
)
def test_what_does_not_go_together_is_refused_with_what_to_write(unit: Unit, said: tuple[str, ...], words: str) -> None:
    before = unit.file.read_bytes()
    done = unit.log("so-y-te", *said)
    assert (done.code, done.stdout) == (2, "")
    assert words in done.stderr
    assert unit.file.read_bytes() == before


def test_a_task_of_others_is_not_the_units(unit: Unit) -> None:
    path = unit.workspace / "plans" / "2023.yaml"
    text = path.read_text(encoding="utf-8")
    at = text.index("owners: [all]", text.index("id: II.1.1"))
    path.write_text(text[:at] + "owners: [so-noi-vu]" + text[at + 13 :], encoding="utf-8")
    done = unit.log("so-y-te", "II.1.1", "--status", "done")
    assert (done.code, "không giao cho Sở Y tế" in done.stderr) == (2, True)


def test_a_file_with_errors_is_refused_before_anything_is_asked_of_it(unit: Unit) -> None:
    unit.edit("    status: todo", "    status: xong")
    before = unit.file.read_bytes()
    done = unit.log("so-y-te", "II.1.2", "--status", "done")
    assert (done.code, "DV113" in done.stderr, unit.file.read_bytes()) == (1, True, before)


@pytest.mark.parametrize("how", ["unreadable", "link"])
def test_evidence_that_cannot_be_read_stops_no_check(
    unit: Unit, run: Run, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    source = unit.workspace.parent / "bb.txt"
    source.write_bytes(b"x")
    unit.logged("II.1.1", "--evidence", source, "--number", "3/BB-SYT", "--date", "10/3/2023", "--period", "6m")
    target = unit.folder / "evidence" / "bb.txt"
    if how == "link":
        target.unlink()
        target.symlink_to(source)
    else:
        real = Path.open

        def opened(path: Path, *arguments: Any, **options: Any) -> Any:
            if path.name == target.name:
                raise PermissionError(13, "denied")
            return real(path, *arguments, **options)

        monkeypatch.setattr(Path, "open", opened)
    done = run("check", "plans", "units", cwd=unit.workspace, today="2023-05-12")
    said = {"unreadable": "không đọc được «bb.txt»", "link": "không nằm trong thư mục evidence/"}[how]
    assert (said in done.stdout, "đã kiểm tra 5 tệp" in done.stderr) == (True, True), done


@pytest.mark.skipif(os.name == "nt", reason="arguments are no bytes there")
@pytest.mark.parametrize("locale", [{}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
def test_no_letter_of_what_is_typed_is_lost(begun: Callable[..., Path], process: Run, locale: dict[str, str]) -> None:
    if locale and not str(COMMAND).isascii():
        pytest.skip("Python itself does not start there: its own path is no ASCII")
    folder = begun("init-unit so-y-te")
    unit = folder / "units" / "so-y-te" / "unit.yaml"
    before = unit.read_bytes()
    typed = ["log", "so-y-te", "II.1.1", "--period", "6m", "--result"]
    refused = process(*typed, os.fsdecode(b"K\xe1t qu\xe1"), cwd=folder, env=locale)
    assert (refused.code, unit.read_bytes()) == (2, before), refused.stderr
    assert "không phải UTF-8" in refused.stderr
    done = process(*typed, os.fsdecode("Kết quả".encode()), cwd=folder, env=locale)
    assert done.code == 0, done.stderr
    assert "Kết quả" in unit.read_text(encoding="utf-8")


def test_what_is_recorded_of_a_period_that_was_reported_on_is_told_to_be_late(unit: Unit) -> None:
    unit.logged("--issued", "6m", "--number", "120/BC-SYT", "--date", "11/5/2023")
    for said in (("--period", "6m", "--indicator", "tin-bai=8"), ("II.1.1", "--period", "6m", "--result", "Một")):
        told = unit.log("so-y-te", *said).stderr
        assert "đã ban hành số 120/BC-SYT ngày 11/5/2023: điều vừa ghi không có trong văn bản đó" in told
    assert "đã ban hành" not in unit.log("so-y-te", "--period", "1y", "--indicator", "tin-bai=9").stderr


def test_a_report_of_before_its_period_is_told_so_once(unit: Unit) -> None:
    issued = ("so-y-te", "--issued", "6m", "--number", "120/BC-SYT", "--date")
    early = unit.log(*issued, "14/12/2022").stderr
    assert ("kỳ 06 tháng đầu năm 2023 bắt đầu từ 15/12/2022" in early, "trước năm kế hoạch" in early) == (True, False)
    within = unit.log(*issued, "16/12/2022").stderr
    assert ("bắt đầu từ" in within, "ngày 16/12/2022 trước năm kế hoạch 2023" in within) == (False, True)


def test_what_is_recorded_of_a_period_before_it_begins_is_told(unit: Unit) -> None:
    """Of a plan over several years somebody may mean another year's."""
    plan = unit.workspace / "plans" / "2023.yaml"
    text = plan.read_text("utf-8")
    assert text.count("from: 2022-12-15, to: 2023-12-14") == 1
    plan.write_text(text.replace("from: 2022-12-15, to: 2023-12-14", "from: 2023-12-01, to: 2023-12-14"), "utf-8")
    for said in (
        ("II.1.1", "--period", "1y", "--result", "Một"),
        ("--period", "1y", "--indicator", "tin-bai=9"),
        ("--issued", "1y", "--number", "120/BC-SYT", "--date", "11/5/2023"),
    ):
        told = unit.log("so-y-te", *said).stderr
        assert "kỳ năm 2023 bắt đầu từ 01/12/2023, sau ngày " in told
    assert "bắt đầu" not in unit.log("so-y-te", "II.1.1", "--period", "6m", "--result", "Một").stderr


def test_who_signs_is_told_in_words_of_the_office(unit: Unit) -> None:
    told = unit.logged("--signs", "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC", "--signer", "Nguyễn Văn A", "--drafter-abbr", "NVY")
    assert "chức vụ người ký: (trống) → KT. GIÁM ĐỐC; PHÓ GIÁM ĐỐC" in told
    assert "người ký: (trống) → Nguyễn Văn A" in told
    assert "chữ viết tắt sau «Lưu: VT,»: (trống) → NVY" in told


def test_words_for_a_report_are_understood_and_told(unit: Unit) -> None:
    done = unit.log("so-y-te", "--issued", "6 tháng đầu năm", "--number", "120/BC-SYT", "--date", "11/5/2023")
    assert (done.code, "hiểu «6 tháng đầu năm» là 6m" in done.stderr) == (0, True), done.stderr
    done = unit.log("so-y-te", "--remove", "issued=6 tháng đầu năm")
    assert (done.code, "hiểu «6 tháng đầu năm» là 6m" in done.stderr) == (0, True), done.stderr


def test_its_help_has_its_many_options_in_groups(run: Run) -> None:
    lines = run("log", "--help").stdout.splitlines()
    heads = [line for line in lines if line.endswith(":") and not line.startswith(" ")]
    assert len(heads) == 9, heads
    at = [lines.index(head) for head in heads]
    assert all(after - before <= 16 for before, after in itertools.pairwise(at))
    assert max(map(len, lines)) <= 80
