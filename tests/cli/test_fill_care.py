"""`danvan fill` on workbooks that were handled as people handle them: nothing typed is passed over in silence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from danvan_cli.files import shipped
from unit_books import SCORED, UNIT, files, filled, made

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands import Run


@pytest.fixture
def unit(begun: Callable[..., Path]) -> Path:
    """Give the folder of a unit with sample results and answers, in a workspace."""
    return begun(*SCORED) / "units" / UNIT


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        ("row", "Nhiệm vụ: lỗi: trang này mất hàng ẩn hoặc cột ẩn"),
        ("column", "Nhiệm vụ: lỗi: trang này mất hàng ẩn hoặc cột ẩn"),
        ("renamed", "Trang mới: lỗi: trang này mất hàng ẩn hoặc cột ẩn"),
        ("emptied", "Nhiệm vụ: lỗi: cột ẩn ở đầu trang đã bị làm trống"),
    ],
)
def test_a_sheet_without_its_hidden_row_or_column_is_told_as_such(spoil: str, says: str, run: Run, unit: Path) -> None:
    book, before = made(run, unit), files(unit)
    book.put("nhiem-vu", "II.1.1|6m", "result", "Kết quả mới")
    sheet = book.sheet("nhiem-vu")
    if spoil == "row":
        sheet.delete_rows(1)
    elif spoil == "column":
        sheet.delete_cols(1)
    elif spoil == "renamed":
        sheet.delete_rows(1)
        sheet.title = "Trang mới"
    else:
        for row in range(5, sheet.max_row + 1):
            sheet.cell(row, 1).value = None
    done = filled(run, unit, book.save())
    assert (done.code, files(unit)) == (1, before)
    assert says in done.stderr
    assert "sổ không còn trang" not in done.stderr


def test_a_sheet_that_is_deleted_and_one_of_the_clerks_own_are_told(run: Run, unit: Path) -> None:
    book = made(run, unit)
    del book.book["Khó khăn, vướng mắc"]
    done = filled(run, unit, book.save())
    assert (done.code, "sổ không còn trang «Khó khăn, vướng mắc»" in done.stderr) == (0, True)
    book = made(run, unit)
    book.book.create_sheet("Nháp")["B2"] = "ghi nhớ"
    done = filled(run, unit, book.save())
    assert (done.code, "trang «Nháp» không thuộc sổ này, bỏ qua" in done.stderr) == (0, True)


def test_text_in_grey_cells_is_noticed(run: Run, unit: Path) -> None:
    book, before = made(run, unit), files(unit)
    sheet = book.sheet("nhiem-vu")
    sheet.cell(6, 3).value = "Kết quả ghi nhầm ô"
    beside = sheet.max_column + 2
    sheet.cell(6, beside).value = "Ghi chú bên lề"
    book.sheet("huong-dan")["C9"] = "Gửi trước thứ sáu"
    spots = [f"Nhiệm vụ!C6: «{sheet['C6'].value}»", f"Nhiệm vụ!{sheet.cell(6, beside).coordinate}: «Ghi chú bên lề»",
             "Hướng dẫn!C9: «Gửi trước thứ sáu»"]  # fmt: skip
    done = filled(run, unit, book.save())
    assert files(unit) == before
    for spot in spots:
        assert f"{spot} gõ ở ô không nhập được, không ghi" in done.stderr, spot
    for row in range(5, 15):
        book.sheet("van-ban").cell(row, beside).value = "x"
    assert "trang «Văn bản đã ban hành» còn" in filled(run, unit, book.save()).stderr


def test_what_danvan_wrote_itself_is_not_taken_for_typed_when_the_file_has_grown(
    run: Run, begun: Callable[..., Path]
) -> None:
    unit = begun(f"init-unit {UNIT}") / "units" / UNIT
    sent = unit / "sent.xlsx"
    assert run("workbook", UNIT, "-o", sent, cwd=unit).code == 0
    sample = shipped(f"samples/{UNIT}.unit.yaml").read_bytes()
    (unit / "unit.yaml").write_bytes(sample)  # activities where the workbook has empty rows for new ones
    done = filled(run, unit, sent)
    assert (done.code, "gõ ở ô" in done.stderr) == (0, False), done.stderr


def test_an_inserted_row_takes_the_code_of_the_row_above(run: Run, unit: Path) -> None:
    book = made(run, unit)
    sheet = book.sheet("ke-hoach")
    at = book.cell("ke-hoach", "II.1.1|1", "content").row + 1
    sheet.insert_rows(at)
    sheet.cell(at, 4).value = "Việc chèn giữa"
    done = filled(run, unit, book.save())
    assert done.code == 0, done.stderr
    assert "II.1.1: thêm «Việc chèn giữa»" in done.stdout
    text = (unit / "unit.yaml").read_text(encoding="utf-8")
    assert text.index("II.1.1:") < text.index("Việc chèn giữa") < text.index("II.1.2:")


def test_with_several_workbooks_each_line_names_its_file(run: Run, unit: Path) -> None:
    one, two = made(run, unit, "một.xlsx"), made(run, unit, "hai.xlsx")
    one.put("chi-tieu", "tin-bai", "6m", "nhiều")
    spot = two.put("chi-tieu", "tin-bai", "6m", "không rõ")
    done = filled(run, unit, one.save(), two.save())
    assert done.code == 1
    for name in ("một.xlsx", "hai.xlsx"):
        assert f"{name}: {spot}: lỗi:" in done.stderr
    alone = filled(run, unit, one.path)
    assert alone.stderr.startswith(f"{spot}: lỗi:")


def test_what_excel_leaves_beside_an_open_workbook_is_passed_over(run: Run, unit: Path) -> None:
    book = made(run, unit)
    book.put("chi-tieu", "tin-bai", "6m", 70)
    held = book.save().with_name("~$so.xlsx")
    held.write_bytes(b"\x06Nguoi dung")
    done = filled(run, unit, held, book.path)
    assert (done.code, "đang mở trong Excel" in done.stderr) == (0, True)
    assert "6m: 70" in (unit / "unit.yaml").read_text(encoding="utf-8")


def test_a_figure_that_may_be_typed_is_never_rounded_on_screen(run: Run, unit: Path) -> None:
    book = made(run, unit)
    assert book.cell("cham-diem", "3.3", "count").number_format == "#,##0"
    assert book.cell("cham-diem", "1.2", "value").number_format == "General"


def test_what_a_check_of_figures_says_ends_with_one_full_stop(run: Run, unit: Path) -> None:
    formula = str(made(run, unit).cell("chi-tieu", "cb-quan-triet", "check").value)
    assert "tổng số người của đơn vị. " in formula
    assert ".." not in formula


def test_what_is_told_of_a_cell_is_not_cut_within_its_name(run: Run, unit: Path) -> None:
    book = made(run, unit)
    book.put("chi-tieu", "tin-bai", "6m", 71)
    told = " ".join(filled(run, unit, book.save()).stdout.split())
    assert "Tin, bài tuyên truyền về công tác dân vận, 06 tháng đầu năm 2023: 64 → 71" in told
    assert "Hoàn thành tốt nhiệm vụ (tạm xếp)" in told


def test_thematic_and_ad_hoc_reports_have_rows(run: Run, unit: Path) -> None:
    book = made(run, unit)
    spot = book.put("yeu-cau", "+2", "report", "Báo cáo đột xuất về công tác dân vận chính quyền")
    for key, value in {"report": "Báo cáo chuyên đề về công tác dân vận chính quyền", "topic": "Chuyên đề thứ nhất", "request": "CV số 5/UBND-NC", "situation": "Đã làm",
                       "number": "9/BC-SYT"}.items():  # fmt: skip
        book.put("yeu-cau", "+1", key, value)
    refused = filled(run, unit, book.save())
    assert (refused.code, spot.replace("!C", "!D") + ": lỗi: còn thiếu nội dung" in refused.stderr) == (1, True)
    book.put("yeu-cau", "+2", "report", None)
    done = filled(run, unit, book.save())
    assert done.code == 0, done.stderr
    text = (unit / "unit.yaml").read_text(encoding="utf-8")
    assert 'topic: "Chuyên đề thứ nhất"' in text
    again = made(run, unit, "lại.xlsx")
    again.put("yeu-cau", "0", "proposals", "Nhân rộng")
    assert filled(run, unit, again.save()).code == 0
    assert "Nhân rộng" in (unit / "unit.yaml").read_text(encoding="utf-8")
    last = made(run, unit, "cuối.xlsx")
    for key in ("report", "topic", "request", "situation", "number", "proposals"):
        last.put("yeu-cau", "0", key, None)
    assert "bỏ «Chuyên đề thứ nhất»" in filled(run, unit, last.save()).stdout
    assert "Chuyên đề thứ nhất" not in (unit / "unit.yaml").read_text(encoding="utf-8")


def test_what_a_workbook_brought_is_no_news_when_it_comes_again(run: Run, unit: Path) -> None:
    """Rows that were recorded have moved the spare ones on: neither they nor their numbers are told again."""
    book = made(run, unit)
    book.put("vuong-mac", "+1", "text", "Thiếu tập huấn")
    book.put("yeu-cau", "+1", "report", "Báo cáo chuyên đề về công tác dân vận chính quyền")
    book.put("yeu-cau", "+1", "topic", "Chuyên đề thứ nhất")
    path = book.save()
    first = run("fill", path, cwd=unit, today="2023-05-20")
    assert "thêm «Thiếu tập huấn»" in first.stdout
    before = files(unit)
    assert b"date: 2023-05-20" in before[0], "the blank day was set"
    again = run("fill", path, cwd=unit, today="2023-05-21")
    assert (again.code, again.stderr, "thêm" in again.stdout, files(unit)) == (0, "", False, before)
    assert "không có gì thay đổi" in again.stdout


def test_an_obstacle_without_a_day_is_told_to_be_of_none_of_the_periods_that_are_over(run: Run, unit: Path) -> None:
    says = "không ghi ngày được ghi ngày 20/6/2023, không vào báo cáo 06 tháng đầu năm 2023"
    book = made(run, unit)
    book.put("vuong-mac", "+1", "text", "Thiếu tập huấn")
    late = ("fill", book.save(), "--dry-run")
    assert says in " ".join(run(*late, cwd=unit, today="2023-06-20").stderr.split())
    assert "không ghi ngày" not in run(*late, cwd=unit, today="2023-06-10").stderr, "of its period as it is"
    logged = run("log", "--obstacle", "Thiếu xe", cwd=unit, today="2023-06-20")
    assert says in " ".join(logged.stderr.split())
    assert "không ghi ngày" not in run(*late, cwd=unit, today="2023-08-20").stderr, "that report was written long ago"
    issue = ("log", "--issued", "6m", "--number", "9/BC-SYT", "--date", "9/5/2023")
    assert run(*issue, cwd=unit, today="2023-06-20").code == 0
    assert "không ghi ngày" not in run(*late, cwd=unit, today="2023-06-20").stderr, "that report is out"
    book.put("vuong-mac", "+1", "date", date(2023, 6, 1))
    assert "không ghi ngày" not in run("fill", book.save(), "--dry-run", cwd=unit, today="2023-06-20").stderr


def test_what_is_told_of_a_cell_says_of_which_period_and_part_it_is(run: Run, unit: Path) -> None:
    book = made(run, unit)
    book.put("nhiem-vu", "II.1.1|1y", "result", "Đã xong")
    book.put("danh-gia", "1y|strengths", "text", "Có nền nếp")
    told = " ".join(filled(run, unit, book.save(), "--dry-run").stdout.split())
    assert "II.1.1, kết quả (Năm 2023): " in told
    assert "Báo cáo kết quả công tác dân vận chính quyền năm 2023, nội dung (Ưu điểm): (trống) → «Có nền nếp»" in told


def test_what_stands_elsewhere_in_the_column_too_is_told_where_it_is_not_taken(run: Run, unit: Path) -> None:
    book = made(run, unit)
    lead = book.cell("nhiem-vu", "II.1.1|6m", "lead").value
    assert lead
    spot = book.put("nhiem-vu", "II.1.2|1y", "lead", lead)  # who leads is asked for in the task's first row
    assert f"{spot}: «{lead}» gõ ở ô không nhập được, không ghi" in " ".join(
        filled(run, unit, book.save()).stderr.split()
    )


def test_two_states_of_now_are_asked_about(run: Run, unit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANVAN_TODAY", "2023-05-20")
    book, before = made(run, unit), files(unit)
    one = book.put("nhiem-vu", "II.2.2|6m", "status", "Đang thực hiện")
    other = book.put("nhiem-vu", "II.2.2|1y", "status", "Đã hoàn thành")
    book.put("nhiem-vu", "II.2.3|6m", "status", "Đã hoàn thành")
    done = filled(run, unit, book.save())
    assert (done.code, files(unit)) == (1, before)
    told = " ".join(done.stderr.split())
    for here, there, says in ((one, other, "Đã hoàn thành"), (other, one, "Đang thực hiện")):
        assert f"{here}: lỗi: kỳ chưa hết thì mọi dòng ghi trạng thái hiện nay, mà {there} ghi «{says}»" in told
    assert filled(run, unit, book.path, "--partial").code == 1
    record = (unit / "unit.yaml").read_text("utf-8")
    assert "status: todo" in record.partition("\n  II.2.2:")[2].partition("\n  II.2.3:")[0]
    assert "status: done" in record.partition("\n  II.2.3:")[2].partition("\n  II.2.4:")[0]


def test_what_was_sent_so_is_not_told_as_typed(run: Run, unit: Path) -> None:
    folder = unit / "out"
    assert run("workbook", UNIT, "--by-lead", cwd=unit).code == 0
    books = sorted(folder.glob("so-lieu-*.xlsx"))
    assert len(books) > 2
    done = filled(run, unit, *books)
    assert (done.code, done.stderr) == (0, "")
    book = made(run, unit)
    plan = unit.parents[1] / "plans" / "2023.yaml"
    text = plan.read_text("utf-8")
    label = "label: Đổi mới nội dung, phương thức công tác dân vận"
    assert label in text
    plan.write_text(text.replace(label, "label: Đổi mới phương thức"), "utf-8")
    assert filled(run, unit, book.path).stderr == ""
    book.sheet("nhiem-vu")["C6"].value = "Ghi nhầm ô"
    assert "Nhiệm vụ!C6: «Ghi nhầm ô» gõ ở ô không nhập được" in filled(run, unit, book.save()).stderr
