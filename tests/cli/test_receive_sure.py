"""What comes is taken for what it is beyond doubt, and says why; else a person is asked."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from received import RECORDED, UNIT, issued, receive, report_of
from word_files import blank

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands import Run


@pytest.fixture
def unit(begun: Callable[..., Path]) -> Path:
    return begun(*RECORDED)


def test_what_a_person_says_against_the_letterhead_is_not_taken_unless_it_is_forced(
    run: Run, unit: Path, tmp_path: Path
) -> None:
    report = issued(report_of(unit), tmp_path / "a.docx", "45", "08")
    done = receive(run, unit, report, "--unit", "so-tu-phap")
    assert done.code == 1
    assert "văn bản ghi là của «Sở Y tế», không phải «Sở Tư pháp»" in " ".join(done.stderr.split())
    listed = tmp_path / "sổ.csv"
    listed.write_text("Tệp,Đơn vị\na.docx,so-tu-phap\n", "utf-8")
    assert receive(run, unit, report, "--list", listed).code == 1
    assert not (unit / "province" / "received" / "so-tu-phap").exists()
    done = receive(run, unit, report, "--unit", "so-tu-phap", "--force")
    assert (done.code, "so-tu-phap, 6m" in done.stdout) == (0, True)


def test_each_line_says_by_what_a_file_was_told(run: Run, unit: Path, tmp_path: Path) -> None:
    report = issued(report_of(unit), tmp_path / "a.docx", "45", "08")
    scan = tmp_path / UNIT / "BC dan van 6T.png"
    scan.parent.mkdir()
    scan.write_bytes(b"\x89PNG")
    done = receive(run, unit, report, scan, "--json")
    assert [one["by"] for one in json.loads(done.stdout)["files"]] == [["head", "title"], ["folder", "name"]]
    shutil.rmtree(unit / "province" / "received")
    told = " ".join(receive(run, unit, report, scan).stdout.split())
    assert "theo phần đầu văn bản, trích yếu" in told
    assert "theo thư mục, tên tệp" in told


def letter(
    path: Path, above: str, name: str, number: str, when: str, title: str = "06 tháng đầu năm 2023", year: int = 2023
) -> Path:
    document = blank()
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    day, month = when.split("/")
    for text in (above, name, motto, f"Số: {number}", f"Bình Phước, ngày {day} tháng {month} năm {year}", "BÁO CÁO",
                 f"Kết quả công tác dân vận chính quyền {title}", "Thực hiện Kế hoạch, đơn vị báo cáo."):  # fmt: skip
        document.add_paragraph(text)
    document.save(str(path))
    return path


OURS = "ỦY BAN NHÂN DÂN TỈNH BÌNH PHƯỚC"


@pytest.mark.parametrize(
    ("above", "name", "number"),
    [
        (OURS, "SỞ DU LỊCH", "12/BC-SDL"),
        ("ỦY BAN NHÂN DÂN TỈNH TÂY NINH", "SỞ Y TẾ", "15/BC-SYT"),
        ("SỞ Y TẾ", "TRUNG TÂM KIỂM SOÁT BỆNH TẬT", "16/BC-TTKSBT"),
        ("TỈNH ỦY BÌNH PHƯỚC", "ĐẢNG ỦY SỞ Y TẾ", "31-BC/ĐU"),
    ],
    ids=["no unit of the plan", "of another province", "of a body below", "of its Party committee"],
)
def test_a_letterhead_of_a_stranger_is_not_taken_for_the_unit_that_a_list_says(
    run: Run, workspace: Path, tmp_path: Path, above: str, name: str, number: str
) -> None:
    file = letter(tmp_path / "a.docx", above, name, number, "8/5")
    listed = tmp_path / "sổ.csv"
    listed.write_text("Tệp,Đơn vị,Báo cáo\na.docx,so-y-te,6m\n", "utf-8")
    done = receive(run, workspace, file, "--list", listed)
    assert (done.code, "phần đầu văn bản không phải của «Sở Y tế»" in " ".join(done.stderr.split())) == (1, True)
    assert not (workspace / "province" / "received" / "so-y-te").exists()
    done = receive(run, workspace, file, "--list", listed, "--force")
    assert (done.code, "so-y-te, 6m" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("above", "name", "unit"),
    [
        ("TỈNH ỦY BÌNH PHƯỚC", "ĐẢNG ỦY SỞ Y TẾ", None),
        ("CÔNG ĐOÀN NGÀNH Y TẾ", "CÔNG ĐOÀN SỞ Y TẾ", None),
        ("CÔNG AN TỈNH BÌNH PHƯỚC", "CÔNG AN HUYỆN BÙ ĐỐP", None),
        ("ỦY BAN MTTQ VIỆT NAM TỈNH", "ỦY BAN MTTQ VIỆT NAM HUYỆN BÙ ĐỐP", None),
        ("HỘI ĐỒNG NHÂN DÂN", "HUYỆN BÙ ĐỐP", None),
        ("ỦY BAN NHÂN DÂN", "HUYỆN BÙ ĐỐP", "huyen-bu-dop"),
        ("UBND TỈNH", "SỞ Y TẾ", "so-y-te"),
    ],
)
def test_another_body_whose_name_ends_with_a_unit_s_is_not_that_unit(
    run: Run, workspace: Path, tmp_path: Path, above: str, name: str, unit: str | None
) -> None:
    done = receive(run, workspace, letter(tmp_path / "a.docx", above, name, "31/BC", "8/5"))
    assert (done.code, "chưa rõ đơn vị nào" in done.stderr) == (1, True) if unit is None else done.code == 0
    assert unit is None or f"{unit}, " in done.stdout


@pytest.mark.parametrize(
    ("above", "name"),
    [
        ("BỘ CÔNG AN", "CÔNG AN TỈNH"),
        ("KHO BẠC NHÀ NƯỚC", "KHO BẠC NHÀ NƯỚC BÌNH PHƯỚC"),
        ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG TỈNH"),
    ],
)
def test_a_body_of_a_branch_has_one_of_the_same_name_above_it(
    run: Run, workspace: Path, tmp_path: Path, above: str, name: str
) -> None:
    plan = workspace / "plans" / "2023.yaml"
    row = f"  - {{id: nganh-doc, name: {name.capitalize()}, abbr: ND, block: so-ban-nganh}}\n"
    plan.write_text(plan.read_text("utf-8") + row, "utf-8")
    done = receive(run, workspace, letter(tmp_path / "a.docx", above, name, "31/BC-ND", "8/5"))
    assert (done.code, "nganh-doc, 6m" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("above", "name", "number"),
    [
        (OURS, "S. YTẾ", "12/BC-SYT"),
        (OURS, "SỞ YTÊ", "12 ngày"),
        ("UBND TỈNH", "SỞ Y TẾ", "12/BC-YT"),
        (OURS, "S. YTẾ", "45/SYT-VP"),
        (OURS, "S. YTẾ", "12/2023/BC-SYT"),
    ],
    ids=["its symbol", "no symbol", "its name", "a letter's symbol", "a year in its symbol"],
)
def test_a_letterhead_that_leaves_a_doubt_stands_against_nobody(
    run: Run, workspace: Path, tmp_path: Path, above: str, name: str, number: str
) -> None:
    file = letter(tmp_path / "a.docx", above, name, number, "8/5")
    done = receive(run, workspace, file, "--unit", "so-y-te", "--deliverable", "6m")
    assert (done.code, "so-y-te, 6m" in done.stdout) == (0, True)


@pytest.fixture
def renamed(workspace: Path) -> Path:
    """Give a workspace in which a ward of July is called as one that ended in June."""
    plan = workspace / "plans" / "2023.yaml"
    one = "{id: an-loc%s, name: UBND phường An Lộc, abbr: UBND, block: huyen, %s, letterhead: [Ủy ban nhân dân, phường An Lộc]}"
    rows = one % ("-cu", "to: 2023-06-30"), one % ("", "from: 2023-07-01")
    plan.write_text(plan.read_text("utf-8") + "".join(f"  - {row}\n" for row in rows), "utf-8")
    return workspace


def test_which_of_two_units_of_one_name_is_meant_is_told_by_the_day_of_issue(
    run: Run, renamed: Path, tmp_path: Path
) -> None:
    old = letter(tmp_path / "a.docx", "ỦY BAN NHÂN DÂN", "PHƯỜNG AN LỘC", "5/BC-UBND", "8/5")
    new = letter(tmp_path / "b.docx", "ỦY BAN NHÂN DÂN", "PHƯỜNG AN LỘC", "99/BC-UBND", "7/11", "năm 2023")
    done = run("receive", old, new, cwd=renamed, today="2023-11-12")
    assert done.code == 0, done.stderr
    assert "an-loc-cu, 6m" in done.stdout
    assert "an-loc, 1y" in done.stdout
    scan = tmp_path / "BC 6 thang phuong An Loc.png"
    scan.write_bytes(b"\x89PNG")
    assert run("receive", scan, cwd=renamed, today="2023-11-12").code == 1


def test_a_name_of_two_units_is_told_apart_by_the_day_in_a_list_or_said_to_be_of_both(
    run: Run, renamed: Path, tmp_path: Path
) -> None:
    scan, listed = tmp_path / "a.png", tmp_path / "sổ.csv"
    scan.write_bytes(b"\x89PNG")
    row = "a.png,UBND phường An Lộc,6m"
    listed.write_text(f"Tệp,Đơn vị,Báo cáo\n{row}\n", "utf-8")
    done = receive(run, renamed, scan, "--list", listed)
    assert (done.code, "là tên của nhiều đơn vị" in done.stderr, "an-loc-cu, an-loc" in done.stderr) == (2, True, True)
    listed.write_text(f"Tệp,Đơn vị,Báo cáo,Ngày ban hành\n{row},8/5/2023\n", "utf-8")
    assert "an-loc-cu, 6m" in receive(run, renamed, scan, "--list", listed).stdout


def test_an_intake_book_with_two_units_of_one_name_is_read_back(run: Run, renamed: Path, tmp_path: Path) -> None:
    file = letter(tmp_path / "a.docx", "ỦY BAN NHÂN DÂN", "PHƯỜNG AN LỘC", "5/BC-UBND", "8/5")
    book = tmp_path / "sổ nhận.xlsx"
    assert receive(run, renamed, file, "-o", book).code == 0
    assert receive(run, renamed, "--list", book).code == 0


def test_who_has_the_duties_of_a_unit_sends_what_that_one_owed(run: Run, renamed: Path, tmp_path: Path) -> None:
    plan = renamed / "plans" / "2023.yaml"
    old = "{id: tx-binh-long,"
    plan.write_text(plan.read_text("utf-8").replace(old, f"{old} to: 2023-06-30, successors: [an-loc],"), "utf-8")
    file = letter(tmp_path / "a.docx", "ỦY BAN NHÂN DÂN", "PHƯỜNG AN LỘC", "5/BC-UBND", "8/7")
    told = ("--unit", "tx-binh-long", "--deliverable", "6m")
    done = run("receive", file, *told, cwd=renamed, today="2023-07-12")
    assert (done.code, "tx-binh-long, 6m" in done.stdout) == (0, True), done.stderr
    assert run("receive", file, "--unit", "so-y-te", "--deliverable", "6m", cwd=renamed, today="2023-07-12").code == 1


@pytest.mark.parametrize(
    ("name", "code"), [("XÃ TÂN LẬP", 1), ("HUYỆN BÙ ĐỐB", 0), ("H. BÙ ĐỐP", 0), ("THỊ XÃ BÙ ĐỐP", 0)]
)
def test_a_letterhead_of_another_locality_is_told_by_its_name(
    run: Run, workspace: Path, tmp_path: Path, name: str, code: int
) -> None:
    """All committees are abbreviated alike; a letter that a scan has read wrongly is no other name, nor is another kind."""
    file = letter(tmp_path / "a.docx", "ỦY BAN NHÂN DÂN", name, "12/BC-UBND", "8/5")
    done = receive(run, workspace, file, "--unit", "huyen-bu-dop", "--deliverable", "6m")
    assert (done.code, "không phải của «UBND huyện Bù Đốp»" in " ".join(done.stderr.split())) == (code, code == 1)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Báo cáo 6 tháng Sở Y tế bản ký", True),
        ("BC Sở Y tế (bản chính)", True),
        ("ban scan BC So Y te", True),
        ("BC Sở Y tế về phòng, chống dịch", True),
        ("BC Sở Y tế gửi Ban Dân vận", True),
        ("BC Sở Y tế - Chi cục Dân số", False),
        ("Sở Y tế Ban Môi trường", False),
    ],
)
def test_what_a_copy_is_called_in_a_file_s_name_is_no_body(
    run: Run, workspace: Path, tmp_path: Path, name: str, known: bool
) -> None:
    (tmp_path / f"{name}.jpg").write_bytes(b"\xff\xd8\xffa")
    done = receive(run, workspace, tmp_path / f"{name}.jpg", "--deliverable", "6m")
    assert (done.code, "so-y-te, 6m" in done.stdout) == (0 if known else 1, known), done
