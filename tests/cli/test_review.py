"""Verifying and ranking: rounds, reasons, freezing; what the unit sent stays as sent; places, ties, documents."""

from __future__ import annotations

import json
import shutil
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from openpyxl import load_workbook

from commands import at_terminal, environment
from danvan_cli.desk.opened import open_plan
from danvan_cli.desk.reviews import Reviews, make_official, read_opinion, record
from danvan_cli.errors import DanvanError
from danvan_cli.province import review_book
from danvan_cli.province.review import Decision
from danvan_cli.province.review_edits import By
from verified import BY, OTHER, OWN, TODAY, UNIT, ranked, review, scored_alike
from word_files import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Result, Run


@pytest.fixture
def desk(workspace: Path) -> Path:
    """Give a workspace in which three units have scored themselves alike."""
    return scored_alike(workspace)


def state(run: Run, folder: Path, unit: str = UNIT) -> dict[str, Any]:
    done = review(run, folder, "show", unit, "--json")
    assert done.code == 0, done.stderr
    (one,) = json.loads(done.stdout)["units"]
    assert isinstance(one, dict)
    return one


def test_a_change_goes_down_and_up_with_member_day_and_reason(run: Run, desk: Path) -> None:
    before = state(run, desk)
    assert (before["self"], before["verified"], before["stage"], before["blanks"]) == (
        "79.47",
        "79.47",
        "provisional",
        ["9.1"],
    )
    sent = (desk / "units" / UNIT / "score.yaml").read_bytes()
    assert review(run, desk, "set", UNIT, "1.2=1900/2460", *BY).code == 0
    after = state(run, desk)
    assert Decimal(after["verified"]) == Decimal("77.47")
    assert review(run, desk, "set", UNIT, "9.1=8,5", "1.2=2400/2460", *BY).code == 0
    up = state(run, desk)
    assert (up["verified"], up["blanks"]) == ("87.97", [])
    assert [(one["criterion"], one["member"], one["date"], one["reason"]) for one in up["changes"]] == [
        (name, "Trần Thị Bình", TODAY, "đối chiếu hồ sơ") for name in ("1.2", "9.1", "1.2")
    ]
    assert (desk / "units" / UNIT / "score.yaml").read_bytes() == sent
    assert (desk / "province" / "reviews" / f"{UNIT}.self.yaml").read_bytes() == sent
    again = review(run, desk, "set", UNIT, "9.1=8.5", *BY)
    assert "ghi 0 thay đổi" in again.stdout


def test_what_the_unit_sent_is_verified_even_if_it_sends_another_later(run: Run, desk: Path) -> None:
    assert review(run, desk, "set", UNIT, "9.1=8", *BY).code == 0
    path = desk / "units" / UNIT / "score.yaml"
    path.write_text(path.read_text("utf-8").replace("points: 5.5", "points: 6"), "utf-8")
    before = state(run, desk)["self"]
    path.write_text(path.read_text("utf-8").replace("level: day-du", "level: chua-co", 1), "utf-8")
    assert state(run, desk)["self"] == before
    assert "bản tự chấm khác sau khi bắt đầu" in review(run, desk, "show", UNIT).stderr
    (desk / "province" / "reviews" / f"{UNIT}.self.yaml").write_bytes(path.read_bytes())
    broken = review(run, desk, "show", UNIT)
    assert (broken.code, "không khớp với bản tự chấm" in broken.stderr) == (1, True)


def test_rounds_until_a_decision_freezes_it(run: Run, desk: Path) -> None:
    early = review(run, desk, "final", UNIT)
    assert (early.code, "9.1" in early.stderr) == (1, True)
    assert review(run, desk, "explained", UNIT, "-n", "1/SYT").code == 2
    assert review(run, desk, "set", UNIT, "9.1=8", *BY).code == 0
    assert (
        review(run, desk, "notice", UNIT, "-n", "312/TB-SNV", "--date", "11/12/2023", "--answer-by", "15/12/2023").code
        == 0
    )
    assert state(run, desk)["stage"] == "notified"
    late = review(run, desk, "explained", UNIT, "-n", "99/SYT-VP", "--date", "16/12/2023")
    assert (late.code, "sau hạn" in late.stderr) == (0, True)
    recorded = (desk / "province" / "reviews" / f"{UNIT}.yaml").read_bytes()
    assert review(run, desk, "explained", UNIT, "-n", "99/SYT-VP", "--date", "16/12/2023").code == 0
    assert (desk / "province" / "reviews" / f"{UNIT}.yaml").read_bytes() == recorded
    assert review(run, desk, "set", UNIT, "9.1=9", *BY).code == 0
    told = state(run, desk)
    assert (told["stage"], told["round"], [one["round"] for one in told["changes"]]) == ("explained", 2, [1, 2])
    assert review(run, desk, "official", UNIT, "--decision", "88/QĐ-UBND", "--date", "28/12/2023").code == 1
    assert review(run, desk, "final", UNIT).code == 0
    reopened = review(run, desk, "set", UNIT, "9.1=8", *BY)
    assert "được mở lại" in reopened.stdout
    assert state(run, desk)["stage"] == "explained"
    assert review(run, desk, "final", UNIT).code == 0
    assert review(run, desk, "official", UNIT, "--decision", "88/QĐ-UBND", "--date", "28/12/2023").code == 0
    frozen = (desk / "province" / "reviews" / f"{UNIT}.yaml").read_bytes()
    for arguments in (
        ("set", UNIT, "9.1=10", *BY),
        ("set", UNIT, "--late", "6m", *BY),
        ("notice", UNIT, "-n", "9/TB"),
        ("final", UNIT),
    ):
        refused = review(run, desk, *arguments)
        assert (refused.code, "88/QĐ-UBND" in refused.stderr) == (1, True), arguments
    same = review(run, desk, "set", UNIT, "9.1=10", *BY, "--decision", "88/QĐ-UBND", "--date", "28/12/2023")
    assert same.code == 1
    assert (desk / "province" / "reviews" / f"{UNIT}.yaml").read_bytes() == frozen
    new = review(run, desk, "set", UNIT, "9.1=10", *BY, "--decision", "99/QĐ-UBND", "--date", "5/1/2024")
    assert new.code == 0, new.stderr
    told = state(run, desk)
    assert (told["official"]["decision"], told["verified"], told["official"]["total"]) == (
        "99/QĐ-UBND",
        "89.47",
        "89.47",
    )


def test_inspections_are_recorded_and_count_as_reasons(run: Run, desk: Path) -> None:
    missing = review(run, desk, "set", UNIT, "9.1=8", "--on", "kt-1", *BY)
    assert (missing.code, "kt-1" in missing.stderr) == (2, True)
    done = review(
        run,
        desk,
        "inspect",
        UNIT,
        "--finding",
        "Chưa công khai thủ tục",
        "--document",
        "12/KL-SNV",
        "--date",
        "1/9/2023",
    )
    assert (done.code, "kt-1" in done.stdout) == (0, True)
    again = ("inspect", UNIT, "--finding", "Chưa công khai thủ tục", "--document", "12/KL-SNV")
    assert "kt-1" in review(run, desk, *again, "--date", "1/9/2023").stdout, "what is recorded is not recorded again"
    assert "kt-2" in review(run, desk, *again, "--date", "2/9/2023").stdout
    assert review(run, desk, "set", UNIT, "9.1=8", "--on", "kt-1", *BY).code == 0
    assert state(run, desk)["changes"][0]["inspection"] == "kt-1"
    assert "Chưa công khai thủ tục 12/KL-SNV" in " ".join(review(run, desk, "show", UNIT).stdout.split())


def test_the_verifier_s_own_unit_is_marked(run: Run, desk: Path) -> None:
    assert review(run, desk, "set", OWN, "9.1=8", *BY).code == 0
    assert state(run, desk, OWN)["own"] is True
    assert "tự thẩm định" in review(run, desk, "show", OWN).stdout
    assert any("tự thẩm định" in note for one in ranked(run, desk) for note in one["notes"] if one["unit"] == OWN)


def test_opinions_from_a_file_are_all_right_or_none_is_taken(run: Run, desk: Path, tmp_path: Path) -> None:
    file = tmp_path / "y-kien.yaml"
    good = (
        "format: danvan-opinions/1\nmember: Trần Thị Bình\ndate: 2023-12-09\nunits:\n"
        f'  {UNIT}:\n    "9.1": {{points: 7.5, reason: khá}}\n  {OTHER}:\n    "9.1": {{points: 6, reason: trung bình}}\n'
    )
    file.write_text(good.replace("points: 6,", "points: 60,"), "utf-8")
    wrong = review(run, desk, "take", file)
    assert (wrong.code, (desk / "province").exists()) == (2, False)
    file.write_text(good.replace("reason: khá", "reasons: khá"), "utf-8")
    placed = review(run, desk, "take", file)
    assert (placed.code, "y-kien.yaml:6:" in placed.stderr) == (1, True), placed.stderr
    file.write_text(good, "utf-8")
    assert review(run, desk, "take", file).code == 0
    assert [state(run, desk, one)["verified"] for one in (UNIT, OTHER)] == ["86.97", "85.47"]


CHOSEN = "Đã ban hành, còn thiếu chủ trì, thời gian hoặc sản phẩm"


def test_the_team_s_workbook_comes_back_as_often_as_it_likes(run: Run, desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "tham-dinh.xlsx"
    assert review(run, desk, "book", "--block", "so-ban-nganh", "-o", path).code == 0
    book = load_workbook(path)
    sheet = book["Thẩm định"]
    rows = {sheet.cell(i, 11).value: i for i in range(5, sheet.max_row + 1)}
    lists = {next(iter(rule.sqref.ranges)).min_row: rule.formula1 for rule in sheet.data_validations.dataValidation}
    first, last = lists[rows[f"{UNIT}|1.1"]].partition("!")[2].replace("$", "").split(":")
    offered = [cell.value for (cell,) in book["Mức"][first:last]]
    assert CHOSEN in offered, "levels are offered by name"
    assert sheet.cell(rows[f"{UNIT}|9.1"], 4).value == 10, "points are numbers"
    sums = [
        [cell.value for cell in row] for row in sheet.iter_rows(min_row=5) if row[2].value == "Tổng điểm khi lập sổ"
    ]
    assert [(row[3], row[5], row[9]) for row in sums] == [(100, 79.47, 79.47)] * 3
    assert "Bộ tiêu chí tham khảo" in sheet.cell(2, 1).value

    def put(key: str, value: object, reason: str) -> None:
        sheet.cell(rows[key], 8).value, sheet.cell(rows[key], 9).value = value, reason
        book.save(path)

    sheet.cell(3, 2).value, sheet.cell(3, 6).value = "Trần Thị Bình", "9/12/2023"
    put(f"{UNIT}|9.1", 8, "khá, đều, kịp thời")
    put(f"{UNIT}|1.1", CHOSEN, "thiếu thời gian, sản phẩm")
    plan = yaml.safe_load((desk / "plans" / "2023.yaml").read_text("utf-8"))
    report = next(it["name"] for it in plan["deliverables"] if it["id"] == "6m")
    assert f"6m: {report}" in sheet.cell(rows[f"{UNIT}|@late"], 3).value, "codes stand with their names"
    put(f"{UNIT}|@late", report, "chậm 3 ngày, theo sổ đến")
    put(f"{UNIT}|@violations", "không", "không có")
    for count in (3, 3):
        done = review(run, desk, "take", path)
        assert (done.code, done.stderr) == (0, ""), done.stderr
        told = state(run, desk)
        assert len(told["changes"]) == count - 1, "levels by name are the same levels when they come again"
    kept = yaml.safe_load((desk / "province" / "reviews" / f"{UNIT}.yaml").read_text("utf-8"))
    assert [(it["what"], it["value"], it["reason"]) for it in kept["statements"]] == [
        ("late", ["6m"], "chậm 3 ngày, theo sổ đến"), ("violations", [], "không có")]  # fmt: skip
    put(f"{UNIT}|9.1", 6.5, "tính lại")
    put(f"{UNIT}|1.1", None, "đã bổ sung")
    done = review(run, desk, "take", path)
    assert (done.code, done.stderr) == (0, ""), "a cell can be corrected"
    said = [(one["criterion"], one["reason"]) for one in state(run, desk)["changes"]]
    assert sorted(said[2:]) == [("1.1", "đã bổ sung"), ("9.1", "tính lại")]
    assert review(run, desk, "book", "--block", "so-ban-nganh", "-o", tmp_path / "sau.xlsx").code == 0
    after = load_workbook(tmp_path / "sau.xlsx")["Thẩm định"]
    assert after.cell(rows[f"{UNIT}|9.1"], 8).value == 6.5


def test_all_that_is_wrong_in_the_team_s_workbook_is_told_at_once_by_unit_and_cell(
    run: Run, desk: Path, tmp_path: Path
) -> None:
    path = tmp_path / "tham-dinh.xlsx"
    assert review(run, desk, "book", "--block", "so-ban-nganh", "-o", path).code == 0
    book = load_workbook(path)
    sheet = book["Thẩm định"]
    rows = {sheet.cell(i, 11).value: i for i in range(5, sheet.max_row + 1)}
    sheet.cell(3, 2).value = "Trần Thị Bình"
    wrong = {f"{UNIT}|9.1": 11, f"{OTHER}|1.1": "mức lạ", f"{OTHER}|1.2": "nhiều", f"{OTHER}|@late": "7m"}
    for key, value in wrong.items():
        sheet.cell(rows[key], 8).value, sheet.cell(rows[key], 9).value = value, "đối chiếu"
    book.save(path)
    done = review(run, desk, "take", path)
    told = " ".join(done.stderr.split())
    assert (done.code, "5 ô phải sửa" in told, (desk / "province").exists()) == (1, True, False), told
    assert "Thẩm định!F3: lỗi: chưa ghi ngày thẩm định" in told
    for key, name in zip(
        wrong, ("Sở Y tế, 9.1", "Sở Tư pháp, 1.1", "Sở Tư pháp, 1.2", "Sở Tư pháp, late"), strict=True
    ):
        assert f"Thẩm định!H{rows[key]} ({name})" in told


def test_the_team_s_workbook(run: Run, desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "tham-dinh.xlsx"
    made = review(run, desk, "book", "--block", "so-ban-nganh", "-o", path)
    assert (made.code, "3 đơn vị" in made.stdout) == (0, True)
    assert "không có gì thay đổi" in review(run, desk, "take", path).stdout
    book = load_workbook(path)
    sheet = book["Thẩm định"]
    rows = {sheet.cell(i, 11).value: i for i in range(5, sheet.max_row + 1)}
    for key, value, reason in (
        (f"{UNIT}|9.1", 8, "khá"), (f"{OTHER}|9.1", "7,5", "khá"), (f"{UNIT}|1.2", "1900/2460", "đối chiếu"),
        (f"{UNIT}|1.1", "chua-day-du", None),
    ):  # fmt: skip
        sheet.cell(rows[key], 8).value = value
        sheet.cell(rows[key], 9).value = reason
    book.save(path)
    faulty = review(run, desk, "take", path)
    assert (faulty.code, "thiếu lý do" in faulty.stderr, (desk / "province").exists()) == (1, True, False)
    sheet.cell(rows[f"{UNIT}|1.1"], 9).value = "thiếu thời gian"
    book.save(path)
    nobody = review(run, desk, "take", path)
    for cell in ("B3: lỗi: chưa ghi người thẩm định", "F3: lỗi: chưa ghi ngày thẩm định"):
        assert (nobody.code, f"Thẩm định!{cell}" in nobody.stderr) == (1, True), nobody.stderr
    sheet.cell(3, 2).value, sheet.cell(3, 6).value = "Trần Thị Bình", "9/12/2099"
    book.save(path)
    later = review(run, desk, "take", path)
    assert (later.code, "Thẩm định!F3: lỗi: " in later.stderr, "2 ô" in later.stderr) == (1, True, False), later.stderr
    sheet.cell(3, 2).value, sheet.cell(3, 6).value = "Trần Thị Bình", "9/12/2023"
    book.save(path)
    assert review(run, desk, "take", path).code == 0
    told = state(run, desk)
    assert {one["criterion"]: (one["date"], one["reason"]) for one in told["changes"]} == {
        "9.1": ("2023-12-09", "khá"), "1.2": ("2023-12-09", "đối chiếu"), "1.1": ("2023-12-09", "thiếu thời gian")}  # fmt: skip
    assert told["verified"] == "83.47"
    again = review(run, desk, "take", path)
    assert again.code == 0
    assert len(state(run, desk)["changes"]) == 3
    assert review(run, desk, "set", UNIT, "9.1=5", *BY).code == 0
    stale = review(run, desk, "take", path)
    assert (stale.code, "đã được người khác ghi «5»" in stale.stderr) == (1, True)
    (sheet.cell(rows[f"{UNIT}|1.1"], 8)).value = "=1+1"
    book.save(path)
    assert "công thức" in review(run, desk, "take", path).stderr
    shutil.copy(desk / "plans" / "2023.yaml", tmp_path / "khác.xlsx")
    other = review(run, desk, "take", tmp_path / "khác.xlsx")
    assert (other.code, "Traceback" in other.stderr) == (2, False)
    plan = review(run, desk, "take", desk / "plans" / "2023.yaml")
    assert (plan.code, "Traceback" in plan.stderr) == (1, False)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("set", UNIT, "9.1=8", "--reason", "x"), "--member"),
        (("set", UNIT, *BY), "chưa nói ghi gì"),
        (("set", UNIT, "9.9=8", *BY), "không có tiêu chí"),
        (("set", UNIT, "9.1=tám", *BY), "không hiểu"),
        (("set", UNIT, "9.1=80", *BY), "9.1"),
        (("set", UNIT, "--late", "7m", *BY), "không có mã"),
        (("set", UNIT, "9.1=8", "--late", "7m", *BY), "không có mã"),
        (("set", UNIT, "9.1=8", *BY, "--decision", "1/QĐ", "--date", "1/12/2023"), "chưa chính thức"),
        (("set", UNIT, "9.1=8", *BY, "--decision", "1/QĐ"), "ngày của quyết định"),
        (("official", UNIT), "--decision"),
        (("show", UNIT, "--block", "huyen"), "một trong hai"),
        (("show", "so-xay-dung"), "chưa gửi bản tự chấm"),
        (("book", "--block", "huyen", "-o", "x.xlsx"), "chưa có đơn vị nào"),
        (("book", UNIT, "-o", "x.csv"), "không ghi được dạng này"),
        ((), "chưa nói làm gì"),
        ((UNIT,), "danvan review --help"),
        (("fnal",), "có phải danvan review final?"),
    ],
)  # fmt: skip
def test_wrong_usage(run: Run, desk: Path, arguments: tuple[str, ...], says: str) -> None:
    done = review(run, desk, *arguments)
    assert (done.code, says in done.stderr) == (2, True), done.stderr
    assert not (desk / "province").exists()


def test_a_review_edited_by_hand_is_checked(run: Run, desk: Path) -> None:
    assert review(run, desk, "set", UNIT, "9.1=8", *BY).code == 0
    path = desk / "province" / "reviews" / f"{UNIT}.yaml"
    told = yaml.safe_load(path.read_text("utf-8"))
    assert told["sent"]
    path.write_text(path.read_text("utf-8").replace("round: 1", "round: một"), "utf-8")
    done = review(run, desk, "show", UNIT)
    assert (done.code, f"{UNIT}.yaml:" in done.stderr) == (1, True)


def test_the_letters_around_it(run: Run, desk: Path) -> None:
    assert review(run, desk, "set", UNIT, "9.1=8", "1.2=1900/2460", *BY).code == 0
    assert review(run, desk, "notice", UNIT, "-n", "312/TB-SNV", "--date", "11/12/2023").code == 0
    assert review(run, desk, "letter", UNIT).code == 0
    told = text_of(desk / "units" / UNIT / "out" / "cong-van-giai-trinh.docx")
    assert "Phúc đáp Thông báo số 312/TB-SNV ngày 11/12/2023" in told
    assert review(run, desk, "team").code == 0
    assert "Về việc thành lập Đoàn thẩm định" in text_of(desk / "build" / "xep-loai" / "quyet-dinh-doan-tham-dinh.docx")
    assert run("init-unit", OTHER, cwd=desk).code == 0
    assert run("obstacles", "--unit", OTHER, "--letter", cwd=desk).code == 0
    assert "khó khăn, vướng mắc" in text_of(desk / "units" / OTHER / "out" / "cong-van-vuong-mac.docx")


def in_a_terminal(desk: Path, typed: bytes) -> Result:
    pytest.importorskip("pty")
    return at_terminal(["review", "ask", UNIT, "--member", "Trần Bình"], desk, environment(TODAY), typed)


def test_criterion_by_criterion_in_a_terminal(run: Run, desk: Path) -> None:
    assert "danvan review take" in review(run, desk, "ask", UNIT).stderr
    typed = ["", "1900/2460", "đối chiếu", "chín mươi", "x", "q"]
    done = in_a_terminal(desk, ("\n".join(typed) + "\n").encode())
    assert done.code == 0, done.stderr
    assert [(one["criterion"], one["reason"]) for one in state(run, desk)["changes"]] == [("1.2", "đối chiếu")]
    assert "không hiểu «chín mươi»" in done.stderr


def test_the_end_of_the_input_cancels_what_was_asked_last(run: Run, desk: Path) -> None:
    done = in_a_terminal(desk, "\n1900/2460\nđối chiếu\n5\n\x04".encode())
    assert (done.code, "chính danvan" in done.stderr) == (1, False), done.stderr
    assert [one["criterion"] for one in state(run, desk)["changes"]] == ["1.2"]


# All or nothing -------------------------------------------------------------------------------------------------------


def made_official(run: Run, desk: Path, unit: str = UNIT) -> None:
    assert review(run, desk, "set", unit, "9.1=8", *BY).code == 0
    assert review(run, desk, "final", unit).code == 0
    assert review(run, desk, "official", unit, "--decision", "1/QĐ", "--date", "1/12/2023").code == 0


def recorded(desk: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (desk / "province" / "reviews").iterdir()}


def test_a_block_is_recorded_whole_or_not_at_all(run: Run, desk: Path) -> None:
    made_official(run, desk)
    before = recorded(desk)
    for verb in (("notice", "-n", "312/TB"), ("final",), ("official", "--decision", "2/QĐ", "-d", "2/12/2023")):
        done = review(run, desk, *verb, "--block", "so-ban-nganh")
        assert (done.code, done.stdout, recorded(desk) == before) == (1, "", True), verb


def test_what_a_file_says_is_taken_whole_or_not_at_all(run: Run, desk: Path, tmp_path: Path) -> None:
    made_official(run, desk)
    path, file = tmp_path / "sổ.xlsx", tmp_path / "y-kien.yaml"
    assert review(run, desk, "book", "--block", "so-ban-nganh", "-o", path).code == 0
    book = load_workbook(path)
    sheet = book["Thẩm định"]
    for i in range(5, sheet.max_row + 1):
        if str(sheet.cell(i, 11).value).endswith("|9.1"):
            sheet.cell(i, 8).value, sheet.cell(i, 9).value = 7, "khá"
    sheet.cell(3, 2).value, sheet.cell(3, 6).value = "Trần Bình", "9/12/2023"
    book.save(path)
    said = "".join(f'  {unit}:\n    "9.1": {{points: 7, reason: khá}}\n' for unit in (OTHER, UNIT))
    file.write_text(f"format: danvan-opinions/1\nmember: Trần Bình\ndate: 2023-12-09\nunits:\n{said}", "utf-8")
    before = recorded(desk)
    for one in (path, file):
        done = review(run, desk, "take", one)
        assert (done.code, "1/QĐ" in done.stderr, recorded(desk) == before) == (1, True, True), done.stderr


def test_a_new_decision_comes_with_the_change_or_neither_does(run: Run, desk: Path) -> None:
    made_official(run, desk)
    before = recorded(desk)
    new = ("--decision", "2/QĐ", "--date", "5/1/2024")
    assert review(run, desk, "set", UNIT, "9.1=9", "--late", "7m", *BY, *new).code == 2
    assert recorded(desk) == before
    assert review(run, desk, "set", UNIT, "9.1=9", *BY, *new).code == 0
    assert [one["criterion"] for one in state(run, desk)["changes"]] == ["9.1", "9.1"]
    assert state(run, desk)["official"]["total"] == "88.47"


def test_a_folder_that_takes_no_file_leaves_no_half_review(run: Run, desk: Path) -> None:
    reviews = desk / "province" / "reviews"
    (reviews / f"{UNIT}.yaml").mkdir(parents=True)
    done = review(run, desk, "set", UNIT, "9.1=8", *BY)
    assert done.code != 0
    assert [path.name for path in reviews.iterdir()] == [f"{UNIT}.yaml"]


def test_inside_the_unit_s_folder_its_name_is_left_out(run: Run, desk: Path) -> None:
    assert run("review", "set", "9.1=8", *BY, cwd=desk / "units" / UNIT, today=TODAY).code == 0
    assert state(run, desk)["verified"] == "87.47"


# What a person edited -------------------------------------------------------------------------------------------------


def edited(path: Path) -> bytes:
    book = load_workbook(path)
    book.worksheets[0]["A1"] = "của tôi"
    book.save(path)
    return path.read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [("review", "book", "--block", "so-ban-nganh"), ("rank", "--by", "self"), ("status",)],
)
def test_a_workbook_that_a_person_edited(run: Run, desk: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    path = tmp_path / "sổ.xlsx"
    for kind in ("đã tạo", "không có gì thay đổi"):
        done = run(*arguments, "-o", path, cwd=desk, today=TODAY)
        assert (done.code, kind in done.stdout + done.stderr) == (0, True)
    own = edited(path)
    done = run(*arguments, "-o", path, cwd=desk, today=TODAY)
    assert (done.code, "đã được người sửa" in done.stderr, path.read_bytes() == own) == (1, True, True)
    done = run(*arguments, "-o", path, "--force", cwd=desk, today=TODAY)
    assert (done.code, "sổ.xlsx.bak" in done.stderr) == (0, True)
    assert path.with_name("sổ.xlsx.bak").read_bytes() == own
    assert path.read_bytes() != own


def test_what_is_made_official_while_a_workbook_is_read_is_not_changed_by_it(
    run: Run, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert review(run, desk, "set", UNIT, "9.1=8", *BY).code == 0
    assert review(run, desk, "final", UNIT).code == 0
    path = tmp_path / "tham-dinh.xlsx"
    assert review(run, desk, "book", UNIT, "-o", path).code == 0
    book = load_workbook(path)
    sheet = book["Thẩm định"]
    row = next(i for i in range(5, sheet.max_row + 1) if sheet.cell(i, 11).value == f"{UNIT}|1.2")
    sheet.cell(3, 2).value, sheet.cell(3, 6).value = "Trần Thị Bình", "10/12/2023"
    sheet.cell(row, 8).value, sheet.cell(row, 9).value = "1900/2460", "đối chiếu"
    book.save(path)
    read = review_book.filled

    def meanwhile(*arguments: Any) -> Any:
        found = read(*arguments)
        decision = Decision("88/QĐ-UBND", date(2023, 12, 28))
        assert make_official(Reviews(open_plan()), UNIT, None, decision=decision)
        return found

    monkeypatch.setattr(review_book, "filled", meanwhile)
    late = review(run, desk, "take", path)
    assert (late.code, "88/QĐ-UBND" in late.stderr) == (1, True), late.stderr
    assert state(run, desk)["official"]["total"] == state(run, desk)["verified"]


def test_what_is_made_official_while_somebody_is_asked_is_not_changed_by_an_answer(
    run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert review(run, desk, "set", UNIT, "9.1=8", *BY).code == 0
    assert review(run, desk, "final", UNIT).code == 0
    monkeypatch.chdir(desk)
    monkeypatch.setenv("DANVAN_TODAY", TODAY)
    asked = Reviews(open_plan())
    one = asked.sure(asked.opened.unit(UNIT))
    by = By("Trần Thị Bình", date(2023, 12, 10))
    said = read_opinion(one, "1.2=1900/2460", by)._replace(reason="đối chiếu")
    assert make_official(Reviews(open_plan()), UNIT, None, decision=Decision("88/QĐ-UBND", date(2023, 12, 28)))
    with pytest.raises(DanvanError, match="88/QĐ-UBND"):
        record(asked, one.unit, said, by)
    assert state(run, desk)["official"]["total"] == state(run, desk)["verified"]


def test_the_team_s_workbook_lies_in_build_unless_told_otherwise(run: Run, desk: Path) -> None:
    for arguments, name in ((("--block", "so-ban-nganh"), "-so-ban-nganh"), ((UNIT,), f"-{UNIT}"), ((), "")):
        assert review(run, desk, "book", *arguments).code == 0
        assert (desk / "build" / f"tham-dinh{name}.xlsx").is_file()


def test_english_names_no_document_s_words(run: Run, desk: Path) -> None:
    english = {"DANVAN_LANG": "en"}
    told = run("rank", "--block", "so-ban-nganh", "--by", "self", cwd=desk, env=english).stdout
    assert "by self scores" in told
    assert "has not sent a self-score" in " ".join(told.split())
    assert not [word for word in ("tự chấm", "chưa gửi") if word in told]
    why = run("rank", "--by", "self", "--explain", "so-xay-dung", cwd=desk, env=english).stdout
    assert "has not sent a self-score" in why


def test_an_explanation_or_an_opinion_entered_wrongly_is_put_right_on_record(run: Run, desk: Path) -> None:
    for unit in (UNIT, OTHER):
        assert review(run, desk, "notice", unit, "-n", "312/TB-SNV", "--date", "11/12/2023").code == 0
    said = ("explained", UNIT, "-n", "99/SYT-VP")
    assert review(run, desk, *said, "--undo").code == 2
    assert review(run, desk, *said, "--date", "14/12/2023").code == 0
    wrong = review(run, desk, *said, "--date", "15/12/2023")
    assert (wrong.code, "--correct" in wrong.stderr) == (2, True)
    assert review(run, desk, *said, "--correct", "--date", "15/12/2023").code == 0
    assert review(run, desk, *said, "--to", OTHER).code == 0
    assert [state(run, desk, unit)["stage"] for unit in (UNIT, OTHER)] == ["notified", "explained"]
    told = [
        yaml.safe_load((desk / "province" / "reviews" / f"{unit}.yaml").read_text("utf-8")) for unit in (UNIT, OTHER)
    ]
    assert [(str(one["date"]), "undone" in one, one.get("moved")) for it in told for one in it["explanations"]] == [
        ("2023-12-14", True, None), ("2023-12-15", True, OTHER), ("2023-12-15", False, None)
    ]  # fmt: skip
    before = state(run, desk)["verified"]
    assert review(run, desk, "set", UNIT, "--undo", "9.1", *BY).code == 2
    for value, total in (("9.1=8", 8), ("9.1=7", 7)):
        assert review(run, desk, "set", UNIT, value, *BY).code == 0
        assert Decimal(state(run, desk)["verified"]) == Decimal(before) + total
    assert review(run, desk, "set", UNIT, "--undo", "9.1", *BY).code == 0
    assert Decimal(state(run, desk)["verified"]) == Decimal(before) + 8
