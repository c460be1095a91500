"""Thematic and ad hoc reports: each is an entry of its own, from what is said of it to what is sent."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from word_files import texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands import Result, Run

TODAY = "2023-08-05"
FIRE, FLOOD = "Cháy kho vật tư", "Mưa lũ"
HEADINGS = ["I. DIỄN BIẾN", "II. NGUYÊN NHÂN", "III. XỬ LÝ", "IV. KẾT QUẢ", "V. KIẾN NGHỊ"]


class Unit:
    """Sở Y tế, and the commands run in its workspace."""

    def __init__(self, run: Run, workspace: Path) -> None:
        self.run, self.workspace = run, workspace
        self.folder = workspace / "units" / "so-y-te"
        self.file = self.folder / "unit.yaml"

    def __call__(self, command: str, *arguments: object, code: int = 0) -> Result:
        done = self.run(command, "so-y-te", *arguments, cwd=self.workspace, today=TODAY)
        assert done.code == code, done.stderr
        return done

    def say(self, topic: str, *arguments: str, report: str = "dot-xuat") -> str:
        return self("log", "--report", report, "--topic", topic, *arguments).stdout

    def report(self, topic: str, period: str = "dot-xuat") -> list[str]:
        path = self.workspace / "x.docx"
        self("report", "--period", period, "--topic", topic, "-o", path, "--force")
        return texts(path)


@pytest.fixture
def unit(run: Run, begun: Callable[..., Path]) -> Unit:
    return Unit(run, begun("init-unit so-y-te"))


def test_what_happened_has_its_own_outline_and_no_text_of_another(unit: Unit) -> None:
    asked = "Công văn số 120/UBND-NC ngày 03/8/2023 của Ủy ban nhân dân tỉnh"
    unit.say(FIRE, "--request", asked, "--section", "diễn biến=Kho bị cháy.", "--section", "xu-ly=Đã niêm phong.")
    unit.say(FIRE, "--obstacle", "Chưa có kho.")
    unit("log", "--obstacle", "Thiếu người.", "--date", "1/6/2023")
    told = unit.report(FIRE)
    assert [line for line in told if line[:2] in {"I.", "II", "IV", "V."}] == HEADINGS
    assert {f"Thực hiện {asked}, Sở Y tế báo cáo như sau:", "Kho bị cháy.", "Đã niêm phong.", "- Chưa có kho."} < {
        *told
    }
    assert "- Thiếu người." not in told
    other = unit.report(FLOOD)
    assert not {"Kho bị cháy.", "- Chưa có kho.", "- Thiếu người."} & {*other}
    half = unit.workspace / "6m.docx"
    unit("report", "--period", "6m", "-o", half)
    assert ("- Thiếu người." in texts(half), "- Chưa có kho." in texts(half)) == (True, False)
    listed = unit.run("obstacles", cwd=unit.workspace).stdout
    assert ("Thiếu người." in listed, "Chưa có kho." in listed) == (True, True), "Sở Nội vụ follows all that is raised"


def test_the_same_topic_typed_again_is_the_same_entry_and_what_changes_is_shown(unit: Unit) -> None:
    unit.say(FIRE, "--section", "kết quả=Một.")
    told = unit.say("  cháy KHO vật tư ", "--section", "kết quả=Hai.")
    assert "kết quả: Một. → Hai." in told
    assert unit.file.read_text(encoding="utf-8").count("  - report: ") == 1


def test_a_report_makes_its_entry_and_a_lone_one_needs_no_topic(unit: Unit) -> None:
    made = unit("report", "--period", "dot-xuat", "--topic", FIRE, "--request", "Công văn số 9")
    assert f"«{FIRE}»" in made.stdout
    unit("log", "--report", "dot-xuat", "--section", "kết quả=Xong.")
    assert "không có gì thay đổi" not in unit("report", "--period", "dot-xuat").stdout
    unit("report", "--period", "dot-xuat", "--topic", FLOOD)
    said = unit("report", "--period", "dot-xuat", code=2).stderr
    assert f"{FIRE}; {FLOOD}" in said


def test_number_and_day_belong_to_the_entry_and_it_is_not_made_again(unit: Unit) -> None:
    for topic in (FIRE, FLOOD):
        unit("report", "--period", "dot-xuat", "--topic", topic)
    unit("log", "--issued", "dot-xuat", "--topic", FIRE, "--number", "99/BC-SYT", "--date", "4/8/2023")
    assert "đã ban hành số 99/BC-SYT" in unit("report", "--period", "dot-xuat", "--topic", FIRE, code=1).stderr
    unit("report", "--period", "dot-xuat", "--topic", FLOOD)
    unit("submit", "--period", "dot-xuat", "--topic", FIRE)
    with zipfile.ZipFile(unit.folder / "out" / "goi-dot-xuat-chay-kho-vat-tu.zip") as zipped:
        names = [name.rpartition("/")[2] for name in zipped.namelist() if "/bao-cao" in name]
        assert (names, "Danvan-Number: 99/BC-SYT" in zipped.read("so-y-te-dot-xuat/bag-info.txt").decode()) == (
            ["bao-cao-dot-xuat-chay-kho-vat-tu.docx"],
            True,
        )
        (unit.workspace / "x.docx").write_bytes(zipped.read(f"so-y-te-dot-xuat/data/{names[0]}"))
    assert "Số: 99/BC-SYT" in texts(unit.workspace / "x.docx")


def test_what_is_asked_for_mid_year_of_something_that_happened_has_that_outline_too(unit: Unit) -> None:
    asked = ("--name", "Báo cáo đột xuất về mưa lũ", "--by", "31/8/2023", "-n", "210/SNV", "-d", "1/8/2023")
    assert unit.run("request", "mua-lu", *asked, cwd=unit.workspace, today=TODAY).code == 0
    unit("log", "--report", "mua-lu", "--section", "diễn biến=Nước lên.", "--obstacle", "Thiếu xuồng.")
    unit("log", "--obstacle", "Thiếu người.")
    path = unit.workspace / "x.docx"
    unit("report", "--period", "mua-lu", "-o", path)
    told = texts(path)
    assert {"I. DIỄN BIẾN", "Nước lên.", "- Thiếu xuồng."} < {*told}
    assert "- Thiếu người." not in told


def test_what_changed_since_it_was_made_is_asked_about(unit: Unit) -> None:
    unit("report", "--period", "dot-xuat", "--topic", FIRE)
    unit.say(FIRE, "--section", "kết quả=Đã dập tắt.")
    assert "Đã dập tắt." in unit("submit", "--period", "dot-xuat", code=1).stderr
    unit("submit", "--period", "dot-xuat", "--remake")


def test_check_finds_what_an_entry_lacks_and_text_that_goes_nowhere(unit: Unit) -> None:
    unit.say(FIRE, "--section", "diễn biến=A", "--section", "nguyên nhân=B", "--section", "xử lý=C")
    text = unit.file.read_text(encoding="utf-8")
    old = text.replace("reports:\n", "reports:\n  chuyen-de: {results: Chữ cũ}\n", 1)
    twice = old.replace("requested:\n", f"requested:\n  - {{report: dot-xuat, topic: {FIRE.upper()}}}\n", 1)
    wrong = twice.replace("requested:\n", "requested:\n  - {report: 6m, topic: A}\n", 1)
    unit.file.write_text(wrong, encoding="utf-8")
    told = unit.run("check", unit.file, cwd=unit.workspace)
    assert (told.code, "DV209 lỗi: «6m» không phải báo cáo theo yêu cầu" in told.stdout) == (1, True)
    assert "DV930 lưu ý: báo cáo «CHÁY KHO VẬT TƯ» còn thiếu: văn bản yêu cầu; diễn biến; nguyên nhân;" in told.stdout
    assert "DV931 cảnh báo: «chuyen-de» là báo cáo theo yêu cầu" in told.stdout
    assert f"DV931 cảnh báo: đã có mục cùng nội dung «{FIRE}»" in told.stdout


def test_check_finds_a_part_that_the_outline_of_its_report_has_not(unit: Unit) -> None:
    unit.say(FIRE, "--section", "diễn biến=A")
    text = unit.file.read_text(encoding="utf-8")
    six, more = "  6m:  # Báo cáo", "    results: Kết quả chung\n"
    at = text.index("\n", text.index(six)) + 1
    text = text[:at] + more + text[at:]
    unit.file.write_text(
        text.replace('    situation: "A"\n', '    situation: "A"\n    strengths: Tốt\n', 1), encoding="utf-8"
    )
    told = unit.run("check", unit.file, cwd=unit.workspace)
    lines = [line for line in told.stdout.splitlines() if "DV931" in line]
    assert [line.rpartition("DV931 cảnh báo: ")[2][:16] for line in lines] == [
        "«Báo cáo kết quả",
        "«Báo cáo đột xuấ",
    ], told.stdout
    assert "các mục: diễn biến; nguyên nhân; xử lý; kết quả; kiến nghị" in told.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--section", "kết quả=A"), "--report"),
        (("--topic", FIRE, "--obstacle", "A"), "--report"),
        (("--report", "dot-xuat", "--topic", FIRE, "--section", "ưu điểm=A"), "diễn biến; nguyên nhân; xử lý"),
        (("--report", "6m", "--section", "kết quả=A"), "ưu điểm"),
        (("--report", "6m", "--topic", FIRE, "--section", "ưu điểm=A"), "chuyên đề, đột xuất"),
        (("--report", "dot-xuat", "--section", "kết quả=A"), "--topic"),
        (("--report", "ke-hoach", "--section", "ưu điểm=A"), "không phải báo cáo"),
    ],
)
def test_what_belongs_to_no_report_is_refused(unit: Unit, arguments: tuple[str, ...], says: str) -> None:
    before = unit.file.read_bytes()
    assert says in unit("log", *arguments, code=2).stderr
    assert unit.file.read_bytes() == before


def test_each_topic_has_a_package_of_its_own(unit: Unit) -> None:
    for topic in (FIRE, FLOOD):
        unit.say(topic, "--section", "diễn biến=Đã xảy ra.")
        unit("report", "--period", "dot-xuat", "--topic", topic)
        unit("submit", "--period", "dot-xuat", "--topic", topic)
    assert len(list((unit.folder / "out").glob("goi-dot-xuat-*.zip"))) == 2
