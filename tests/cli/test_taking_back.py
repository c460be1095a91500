"""`danvan log`: what it overwrites or takes back is said with its words, and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from word_files import texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands import Result, Run

TODAY = "2023-06-01"


class Unit:
    """Sở Y tế's file, with something of every kind recorded."""

    def __init__(self, run: Run, workspace: Path) -> None:
        self.run, self.workspace = run, workspace
        self.file = workspace / "units" / "so-y-te" / "unit.yaml"
        self.untouched = self.text

    @property
    def text(self) -> str:
        return self.file.read_text(encoding="utf-8")

    def log(self, *arguments: object, code: int = 0) -> Result:
        done = self.run("log", "so-y-te", *arguments, cwd=self.workspace, today=TODAY)
        assert done.code == code, done.stderr
        return done


@pytest.fixture
def unit(run: Run, begun: Callable[..., Path]) -> Unit:
    return Unit(run, begun("init-unit so-y-te"))


def test_what_is_overwritten_is_said_in_full(unit: Unit) -> None:
    long = "Đã tổ chức 02 hội nghị quán triệt trong toàn ngành với 350 lượt cán bộ, công chức, viên chức tham dự."
    unit.log("II.1.1", "--period", "6m", "--result", long)
    assert f"sửa kết quả kỳ 6m: {long} → Hai." in unit.log("II.1.1", "--period", "6m", "--result", "Hai.").stdout
    assert "trước là: Hai." in unit.log("II.1.1", "--period", "6m", "--result", "").stdout
    unit.log("--issued", "6m", "--number", "9/BC-SYT", "--date", "9/5/2023")
    assert "số: 9/BC-SYT → 10/BC-SYT" in unit.log("--issued", "6m", "--number", "10/BC-SYT").stdout


@pytest.mark.parametrize(
    ("recorded", "removed", "says"),
    [
        (("II.1.1", "--activity", "Hội nghị", "--lead", "Văn phòng"), ("II.1.1", "--remove", "activity=1"),
         "II.1.1: bỏ hoạt động 1 «Hội nghị» (Văn phòng;"),
        (("II.1.1", "--activity", "Hội nghị"), ("II.1.1", "--remove", "hoạt động=HỘI"), "bỏ hoạt động 1 «Hội nghị»"),
        (("II.1.1", "--title", "Biên bản", "--number", "3/BB-SYT"), ("II.1.1", "--remove", "evidence=3/BB-SYT"),
         "II.1.1: bỏ tài liệu kiểm chứng 1 «Biên bản» (3/BB-SYT)"),
        (("--obstacle", "Thiếu người", "--proposal", "Thêm người"), ("--remove", "obstacle=1"),
         "bỏ khó khăn, vướng mắc 1 «Thiếu người» (01/6/2023; Thêm người)"),
        (("--report", "dot-xuat", "--topic", "Mưa lũ", "--section", "kết quả=Đã rút."),
         ("--remove", "report=dot-xuat", "--topic", "mưa lũ"), "bỏ báo cáo 1 «Mưa lũ» (dot-xuat; Đã rút.)"),
        (("II.1.1", "--period", "6m", "--result", "Một."), ("II.1.1", "--remove", "result=6m"), "trước là: Một."),
        (("--period", "6m", "--indicator", "tin-bai=64"), ("--period", "6m", "--remove", "indicator=tin-bai"),
         "(6m): 64 → (trống)"),
        (("--issued", "6m", "--number", "9/BC-SYT"), ("--remove", "issued=6m"), "số: 9/BC-SYT → (trống)"),
    ],
)  # fmt: skip
def test_what_was_recorded_is_taken_back_with_its_words(
    unit: Unit, recorded: tuple[str, ...], removed: tuple[str, ...], says: str
) -> None:
    unit.log(*recorded)
    before = unit.text
    done = unit.log(*removed)
    assert says in done.stdout
    assert unit.text == unit.untouched
    assert unit.file.with_name("unit.yaml.bak").read_text(encoding="utf-8") == before
    assert "unit.yaml.bak" in done.stderr


def test_several_are_counted_as_they_stand_and_the_others_stay(unit: Unit) -> None:
    for name in ("Một", "Hai", "Ba"):
        unit.log("II.1.1", "--activity", name)
    told = unit.log("II.1.1", "--remove", "activity=1", "--remove", "activity=3").stdout
    assert "bỏ hoạt động 1 «Một»" in told
    assert "bỏ hoạt động 3 «Ba»" in told
    assert [name for name in ("Một", "Hai", "Ba") if f'- content: "{name}"' in unit.text] == ["Hai"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("II.1.1", "--remove", "activity=3"), "1. Hội nghị một; 2. Hội nghị hai"),
        (("II.1.1", "--remove", "activity=hội nghị"), "không rõ"),
        (("II.1.1", "--remove", "activity"), "activity (hoạt động)"),
        (("II.1.1", "--remove", "result=6m"), "chưa ghi gì"),
        (("--remove", "activity=1"), "cần mã nhiệm vụ"),
        (("--remove", "indicator=tin-bai"), "--period"),
        (("--remove", "issued=6m"), "chưa ghi số"),
        (("--remove", "report=6m"), "--section"),
        (("--remove", "report=dot-xuat", "--topic", "A"), "chưa có báo cáo"),
        (("II.1.1", "--remove", "activity=1", "--status", "xong"), "hai lệnh"),
    ],
)
def test_what_is_not_there_or_could_be_several_is_not_taken(unit: Unit, arguments: tuple[str, ...], says: str) -> None:
    for name in ("Hội nghị một", "Hội nghị hai"):
        unit.log("II.1.1", "--activity", name)
    before = unit.text
    assert says in unit.log(*arguments, code=2).stderr
    assert unit.text == before
    assert not unit.file.with_name("unit.yaml.bak").exists()


def test_two_documents_in_one_scan_are_two_entries(unit: Unit) -> None:
    scan = unit.workspace / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4\n")
    for number in ("3/BB-SYT", "4/BB-SYT", "4/BB-SYT"):
        day = ("--date", "1/4/2023")
        unit.log("II.1.1", "--evidence", scan, "--title", "Biên bản", "--number", number, *day)
    assert unit.text.count("file: scan.pdf") + unit.text.count('file: "scan.pdf"') == 2
    path = unit.workspace / "x.docx"
    assert unit.run("report", "so-y-te", "--period", "6m", "-o", path, cwd=unit.workspace, today=TODAY).code == 0
    assert {"3/BB-SYT", "4/BB-SYT"} < {*texts(path)}


def test_one_document_told_again_with_another_title_is_the_same_entry(unit: Unit) -> None:
    scan = unit.workspace / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4\n")
    for title in ("Biên bản", "Biên bản hội nghị"):
        told = unit.log("II.1.1", "--evidence", scan, "--title", title, "--number", "3/BB-SYT")
    assert "Biên bản → Biên bản hội nghị" in told.stdout
    assert unit.text.count("3/BB-SYT") == 1
