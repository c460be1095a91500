"""What people type is read by one door, whichever command or file it comes by: figures, days, names, times, «không có»."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from danvan_cli.desk.made import gaps_in, keep
from danvan_cli.ooxml import docx
from danvan_cli.ooxml.layout import read_words
from danvan_cli.plan.when import when
from danvan_cli.typed import TIMES
from danvan_cli.word.package import Rendered
from templates_made import render
from unit_books import SCORED, made

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands import Run

TODAY = "2023-12-01"
JUNE = "2023-06-01"
UNIT = "so-y-te"


@pytest.fixture
def here(begun: Callable[..., Path]) -> Path:
    """Give a workspace in which Sở Y tế has sample results and answers."""
    return begun(*SCORED)


def of_unit(here: Path) -> str:
    return (here / "units" / UNIT / "unit.yaml").read_text(encoding="utf-8")


# Days -----------------------------------------------------------------------------------------------------------------

COMING, AGO = "2/12/2023", "5/3/2003"
HAPPENED = {
    "evidence": ("log", UNIT, "II.1.1", "--title", "Biên bản", "--number", "3/BB", "--date"),
    "a document issued": ("log", UNIT, "--issued", "ke-hoach", "--number", "15/KH-SYT", "--date"),
    "an activity": ("log", UNIT, "II.1.1", "--activity", "Họp", "--date"),
    "an activity done": ("log", UNIT, "II.1.1", "--done", "1", "--date"),
    "an obstacle": ("log", UNIT, "--obstacle", "Thiếu người", "--date"),
    "exempt": ("exempt", "6m", "so-noi-vu", "--number", "95/UBND-NC", "--date"),
    "extend": ("extend", "1y", "so-noi-vu", "--by", "20/11/2023", "--number", "95/UBND-NC", "--date"),
    "request": ("request", "them", "--name", "Báo cáo thêm", "--by", "20/11/2023", "--number", "9/SNV", "--date"),
    "remind": ("remind", "--issued", "6m", "--number", "9/SNV", "--date"),
    "review": ("review", "inspect", UNIT, "--finding", "Chưa công khai", "--date"),
    "official": ("review", "official", UNIT, "--decision", "8/QĐ", "--date"),
    "notice": ("review", "notice", UNIT, "-n", "3/TB", "--date"),
    "return": ("send-back", UNIT, "6m", "--reason", "Thiếu", "--date"),
    "receive": ("receive", "so.docx", "--received"),
}


@pytest.mark.parametrize("typed", HAPPENED.values(), ids=HAPPENED)
def test_nothing_has_happened_on_a_day_to_come_or_far_from_the_plan_s_years(
    run: Run, here: Path, typed: tuple[str, ...]
) -> None:
    before = of_unit(here), (here / "plans" / "2023.yaml").read_bytes()
    for day, told in ((COMING, "ngày 02/12/2023 chưa đến"), (AGO, "ngày 05/3/2003 ngoài năm kế hoạch 2023")):
        refused = run(*typed, day, cwd=here, today=TODAY)
        assert (refused.code, told in refused.stderr) == (2, True), refused.stderr
    assert (of_unit(here), (here / "plans" / "2023.yaml").read_bytes()) == before


def test_an_obstacle_s_answer_has_a_day_that_was(run: Run, here: Path) -> None:
    assert run("log", UNIT, "--obstacle", "Thiếu người", cwd=here, today=TODAY).code == 0
    one = next(it for it in run("obstacles", cwd=here, today=TODAY).stdout.split() if it.startswith(f"{UNIT}:"))
    refused = run("obstacles", one, "--answer", "Bổ sung", "--date", COMING, cwd=here, today=TODAY)
    assert (refused.code, "chưa đến" in refused.stderr) == (2, True), refused.stderr


def test_what_is_due_lies_in_the_plan_s_years_unless_said(run: Run, here: Path) -> None:
    for due in ("1/1/2022", "Quý I/2022"):
        refused = run("log", UNIT, "II.1.1", "--due", due, cwd=here, today=TODAY)
        assert (refused.code, "ngoài năm kế hoạch 2023" in refused.stderr) == (2, True), refused.stderr
        assert "--other-year" in refused.stderr
    assert run("log", UNIT, "II.1.1", "--due", "15/01/2024", cwd=here, today=TODAY).code == 0
    done = run("log", UNIT, "II.1.1", "--due", "1/1/2022", "--other-year", cwd=here, today=TODAY)
    assert (done.code, "DV927" in done.stderr) == (0, True)


def test_a_workbook_s_days_are_held_to_the_same(run: Run, here: Path) -> None:
    book = made(run, here / "units" / UNIT)
    book.put("van-ban", "ke-hoach", "date", COMING)
    book.put("nhiem-vu", "II.1.3|6m", "due", "1/1/2022")
    done = run("fill", book.save(), cwd=here, today=TODAY)
    assert done.code == 1
    for told in ("Văn bản đã ban hành!", "ngày 02/12/2023 chưa đến", "thời hạn 01/01/2022 ngoài năm kế hoạch 2023"):
        assert told in done.stderr, done.stderr


def test_days_of_a_file_are_taken_and_told(run: Run, here: Path) -> None:
    (here / "so.yaml").write_text(
        'format: danvan-unit/1\nunit: so-y-te\nplan: "2023"\n'
        "deliverables:\n  6m: {number: 9/BC-SYT, date: 2023-12-02}\n  1y: {number: 9/BC-SYT, date: 2003-05-04}\n",
        encoding="utf-8",
    )
    logged = run("log", UNIT, "--from", "so.yaml", cwd=here, today=TODAY)
    assert (logged.code, "DV919" in logged.stderr, "DV927" in logged.stderr) == (0, True, True)
    (here / "units" / UNIT / "unit.yaml").unlink()
    done = run("init-unit", UNIT, "--from", "so.yaml", cwd=here, today=TODAY)
    assert (done.code, "ngày 02/12/2023 chưa đến" in " ".join(done.stderr.split())) == (0, True), done.stderr
    checked = run("check", "units/so-y-te/unit.yaml", cwd=here, today=TODAY)
    assert (checked.code, "DV919" in checked.stdout, "DV927" in checked.stdout) == (0, True, True)


def test_answers_of_a_file_are_taken_and_their_days_told(run: Run, here: Path) -> None:
    (here / "tra-loi.yaml").write_text(
        'format: danvan-score/1\nanswers:\n  "1.1":\n    level: day-du\n    evidence: [{title: Kế hoạch, date: 2023-12-02, number: 1/KH}]\n',
        encoding="utf-8",
    )
    done = run("score", UNIT, "--answers", "tra-loi.yaml", "--replace", "--no-sheet", cwd=here, today=TODAY)
    assert (done.code, "ngày 02/12/2023 chưa đến" in " ".join(done.stderr.split())) == (0, True), done.stderr


# Figures --------------------------------------------------------------------------------------------------------------

WRONG = (
    ("cb-tong-so", "-5", "nhỏ hơn 0"),
    ("cb-tong-so", "\u22125", "nhỏ hơn 0"),
    ("cb-tong-so", "1250,5", "không phải số nguyên"),
    ("dv-truc-thuoc", "58,5", "không phải số nguyên"),
    ("tin-bai", "1.25", "có phải 1.250?"),
)
wrong = pytest.mark.parametrize(("name", "value", "told"), WRONG)


@wrong
def test_log_refuses_a_figure_that_is_no_count(run: Run, here: Path, name: str, value: str, told: str) -> None:
    before = of_unit(here)
    refused = run("log", UNIT, "--period", "1y", "--indicator", f"{name}={value}", cwd=here, today=TODAY)
    assert (refused.code, told in refused.stderr, of_unit(here) == before) == (2, True, True), refused.stderr


@wrong
def test_log_from_a_file_and_check_refuse_it_at_its_place(
    run: Run, here: Path, name: str, value: str, told: str
) -> None:
    plain = value.replace("\u2212", "-").replace(",", ".")
    (here / "so.yaml").write_text(f"indicators:\n  {name}: {{1y: {plain}}}\n", encoding="utf-8")
    refused = run("log", UNIT, "--from", "so.yaml", cwd=here, today=TODAY)
    assert (refused.code, "so.yaml:2:" in refused.stderr, told in refused.stderr) == (1, True, True), refused.stderr
    path = here / "units" / UNIT / "unit.yaml"
    lines = of_unit(here).split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith(f"  {name}:"))
    lines[at] = f"  {name}: {{1y: {plain}}}"
    path.write_text("\n".join(lines), encoding="utf-8")
    checked = run("check", path, cwd=here, today=TODAY)
    assert (checked.code, f"unit.yaml:{at + 1}:" in checked.stdout, "DV918" in checked.stdout) == (1, True, True)


@wrong
def test_a_workbook_s_cell_is_asked_about(run: Run, here: Path, name: str, value: str, told: str) -> None:
    book = made(run, here / "units" / UNIT)
    book.put("chi-tieu", name, "1y", float(value.replace("\u2212", "-").replace(",", ".")))
    before = of_unit(here)
    done = run("fill", book.save(), cwd=here, today=TODAY)
    assert (done.code, "Chỉ tiêu!" in done.stderr, told in done.stderr) == (1, True, True), done.stderr
    assert of_unit(here) == before


def test_thousands_in_vietnamese_and_with_spaces_that_do_not_break_are_understood(run: Run, here: Path) -> None:
    for value in ("1.250.000", "1\u00a0250\u00a0000", "\u201c1.250.000\u201d"):
        done = run("log", UNIT, "--period", "1y", "--indicator", f"tin-bai={value}", cwd=here, today=TODAY)
        assert done.code == 0, done.stderr
        assert "1y: 1250000" in of_unit(here)
        run("log", UNIT, "--period", "1y", "--indicator", "tin-bai=131", cwd=here, today=TODAY)


def test_what_an_indicator_counts_decides_what_it_takes(run: Run, here: Path) -> None:
    plan = here / "plans" / "2023.yaml"
    text = plan.read_text(encoding="utf-8")
    text = text.replace('unit: "tin, bài", area', 'unit: "tin, bài", kind: amount, area')
    text = text.replace("{id: cb-ky-luat,", "{id: cb-ky-luat, kind: percent,")
    plan.write_text(text, encoding="utf-8")

    def log(what: str) -> tuple[int, str]:
        done = run("log", UNIT, "--period", "1y", "--indicator", what, cwd=here, today=TODAY)
        return done.code, done.stderr

    assert log("tin-bai=-8,5")[0] == log("cb-ky-luat=99,5")[0] == 0
    assert log("cb-ky-luat=100,5")[0] == 2
    assert "lớn hơn 100 %" in log("cb-ky-luat=100,5")[1]


def test_a_part_is_not_larger_than_its_whole(run: Run, here: Path) -> None:
    score = here / "units" / UNIT / "score.yaml"
    text = score.read_text(encoding="utf-8")
    changed = text.replace("value: 12\n    base: 13", "value: 160\n    base: 150")
    assert changed != text
    score.write_text(changed, encoding="utf-8")
    told = run("score", UNIT, "--no-sheet", cwd=here, today=TODAY)
    assert (told.code, "tử số 160 lớn hơn mẫu số 150" in told.stderr) == (1, True), told.stderr


def test_a_score_that_says_another_figure_than_the_report_is_told_by_score_and_check(run: Run, here: Path) -> None:
    score = here / "units" / UNIT / "score.yaml"
    text = score.read_text(encoding="utf-8")
    assert "mâu thuẫn" not in run("score", UNIT, "--no-sheet", cwd=here, today=TODAY).stderr
    assert "DV926" not in run("check", score, cwd=here, today=TODAY).stdout
    score.write_text(text.replace("count: 131", "count: 132"), encoding="utf-8")
    said = "tiêu chí 3.3 ghi 132, số liệu của đơn vị là 131"
    for asked in (("score", UNIT, "--no-sheet"), ("score", UNIT, "--no-sheet", "--json")):
        told = run(*asked, cwd=here, today=TODAY)
        assert said in " ".join(told.stderr.split()), told.stderr
    checked = run("check", score, cwd=here, today=TODAY)
    assert "DV926" in checked.stdout
    assert said in " ".join(checked.stdout.split())
    run("log", UNIT, "--period", "1y", "--indicator", "tin-bai=132", cwd=here, today=TODAY)
    assert "DV926" not in run("check", score, cwd=here, today=TODAY).stdout


# Names ----------------------------------------------------------------------------------------------------------------


def test_what_was_not_quite_typed_is_understood_and_told_once(run: Run, here: Path) -> None:
    done = run("log", "syt", "ii.1.1.", "--period", "6 tháng", "--result", "Một", "--indicator", "TIN-BAI=7", cwd=here)
    assert done.code == 0, done.stderr
    assert '6m: "Một"' in of_unit(here)
    told = "hiểu «syt» là so-y-te (Sở Y tế)", "hiểu «ii.1.1.» là II.1.1", "hiểu «6 tháng» là 6m"
    assert [done.stderr.count(one) for one in told] == [1, 1, 1], done.stderr
    assert "hiểu" not in run("log", UNIT, "II.1.1", "--period", "6m", "--result", "Hai", cwd=here).stderr


def test_a_command_that_was_copied_from_word_is_one(run: Run, here: Path) -> None:
    copied = ["log", "so‑y‑te", "II.1.1", "–period", "6m", "—result", "“Đã", "quán", "triệt.”"]
    assert run(*copied, cwd=here).code == 0
    assert '6m: "Đã quán triệt."' in of_unit(here)


def test_units_are_found_by_their_abbreviation_and_reports_by_their_period(run: Run, here: Path) -> None:
    (here / "units" / "so-giao-duc").mkdir()
    for typed in ("SGDĐT", "Sở Giáo dục và Đào tạo", "so-giao-duc"):
        assert run("status", "--unit", typed, cwd=here).code == 0
    assert run("status", "--unit", "UBND", cwd=here).code == 2  # the abbreviation of several
    assert run("report", "SYT", "--period", "6 tháng", "-o", "6.docx", cwd=here).code == 0
    assert run("log", UNIT, "--issued", "cả năm", "--number", "9/BC-SYT", cwd=here).code == 0


def test_check_takes_a_unit(run: Run, here: Path) -> None:
    for typed in (UNIT, "SYT", "Sở Y tế", here / "units" / UNIT):
        checked = run("check", typed, cwd=here, today=TODAY)
        assert (checked.code, "đã kiểm tra 2 tệp" in checked.stderr) == (0, True), checked
    refused = run("check", "so-giao-duc", cwd=here)
    assert (refused.code, "danvan init-unit so-giao-duc" in refused.stderr) == (2, True)


def test_show_finds_a_task_an_area_and_a_unit(run: Run, here: Path) -> None:
    one = run("show", "ii.1.1.", cwd=here)
    assert (one.code, one.stdout.startswith("II.1.1. "), "II.1.2" in one.stdout) == (0, True, False)
    assert run("show", "II.1", cwd=here).stdout == run("show", "--area", "II.1", cwd=here).stdout
    assert run("show", "SYT", cwd=here).stdout == run("show", "--owner", UNIT, cwd=here).stdout
    told = run("show", "II.1.1", "--json", cwd=here)
    assert '"id": "II.1.1"' in told.stdout
    assert "II.1.2" not in told.stdout
    assert run("show", "II.9.9", cwd=here).code == 2


# Times ----------------------------------------------------------------------------------------------------------------

TOLD = {
    "Quý I/2023": "31/3/2023",
    "tháng 4/2023": "30/4/2023",
    "4/2023": "30/4/2023",
    "15/3": "15/3/2023",
    "trước ngày 15/3": "14/3/2023",
    "từ 01/3 đến 15/4": "15/4/2023",
    "tháng 3 \u2013 tháng 5": "31/5/2023",
    "hằng tháng": None,
    "cả năm": None,
}


@pytest.mark.parametrize(("words", "last"), TOLD.items())
def test_time_is_kept_as_typed_and_its_last_day_told(run: Run, here: Path, words: str, last: str | None) -> None:
    done = run("log", UNIT, "II.1.1", "--due", words, cwd=here, today=TODAY)
    assert (done.code, "DV308" in done.stderr) == (0, False), done.stderr
    assert f"→ {words}" + (f" (hạn cuối {last})" if last else "") in done.stdout.split("\n")[0]
    assert f"due: {words}" in of_unit(here).replace('"', "")
    assert run("check", UNIT, cwd=here, today=TODAY).code == 0


def test_a_workbook_s_times_are_the_same_and_say_so(run: Run, here: Path) -> None:
    book = made(run, here / "units" / UNIT)
    tasks = ("II.1.1", "II.1.2", "II.1.3", "II.2.1", "II.2.2", "II.3.1", "II.3.2", "II.3.3", "II.4.1")
    for task, words in zip(tasks, TOLD, strict=True):
        book.put("nhiem-vu", f"{task}|6m", "due", words)
    done = run("fill", book.save(), cwd=here, today=TODAY)
    assert done.code == 0, done.stderr
    text = of_unit(here).replace('"', "")
    assert [words for words in TOLD if f"due: {words}" not in text] == []
    guide = " ".join(str(cell.value) for row in book.sheet("ke-hoach").iter_rows(max_row=4) for cell in row)
    for words in ("15/3", "Quý I/2023", "hằng tháng", "cả năm", "từ 01/3 đến 15/4"):
        assert words in guide


def test_a_day_in_a_workbook_s_column_of_times_is_text_that_stays_what_it_was(run: Run, here: Path) -> None:
    run("log", UNIT, "II.1.1", "--due", "30/6/2023", cwd=here, today=TODAY)
    book = made(run, here / "units" / UNIT)
    cell = book.cell("nhiem-vu", "II.1.1|6m", "due")
    assert (cell.value, cell.number_format) == ("30/6/2023", "@")
    assert "không có gì thay đổi" in run("fill", book.save(), cwd=here, today=TODAY).stdout


def test_every_time_that_is_shown_as_an_example_is_understood() -> None:
    assert [words for words in TIMES if not when(words, 2023).understood] == []


# «Không có» -----------------------------------------------------------------------------------------------------------


def report_words(run: Run, here: Path, *more: str) -> list[str]:
    done = run("report", UNIT, "--period", "6m", "-o", "6.docx", "--force", *more, cwd=here, today=TODAY)
    assert done.code == 0, done.stderr
    return [one.line for one in read_words(docx.read_word((here / "6.docx").read_bytes(), "6.docx"))]


@pytest.fixture
def blank(begun: Callable[..., Path]) -> Path:
    """Give a workspace in which Sở Y tế has begun and recorded nothing."""
    return begun(f"init-unit {UNIT}")


@pytest.mark.parametrize("words", ["không có", "Không có.", "KHÔNG", "Không có khó khăn, vướng mắc"])
def test_no_obstacle_is_one_sentence_on_paper_and_none_to_the_province(run: Run, blank: Path, words: str) -> None:
    assert any("nếu không có thì ghi" in line for line in report_words(run, blank))
    logged = run("log", UNIT, "--obstacle", words, cwd=blank, today=JUNE)
    assert (logged.code, "ghi là không có khó khăn, vướng mắc" in logged.stdout) == (0, True)
    lines = report_words(run, blank)
    at = next(i for i, line in enumerate(lines) if line.endswith("Khó khăn, vướng mắc"))
    assert lines[at + 1] == "Không có khó khăn, vướng mắc."
    assert lines[at + 2].startswith("IV.")
    assert "không có khó khăn, vướng mắc nào" in run("obstacles", cwd=blank, today=TODAY).stdout
    letter = run("obstacles", "--letter", "--unit", UNIT, cwd=blank, today=TODAY)
    assert (letter.code, "không làm công văn" in letter.stderr) == (1, True)
    run("log", UNIT, "--obstacle", "Thiếu người", cwd=blank, today=JUNE)
    lines = report_words(run, blank)
    assert lines[at + 1] == "- Thiếu người."
    assert "Không có khó khăn, vướng mắc." not in lines
    raised = run("obstacles", cwd=blank, today=TODAY).stdout
    assert ("Thiếu người" in raised, raised.count(f"{UNIT}:")) == (True, 1)


def test_no_result_and_no_limits_are_sentences(run: Run, blank: Path) -> None:
    run("log", UNIT, "II.1.1", "--period", "6m", "--result", "không phát sinh", cwd=blank, today=TODAY)
    (blank / "so.yaml").write_text("reports:\n  6m: {limits: không có}\n", encoding="utf-8")
    run("log", UNIT, "--from", "so.yaml", cwd=blank, today=TODAY)
    lines = report_words(run, blank)
    assert any(line.endswith(": trong kỳ không phát sinh.") for line in lines)
    at = next(i for i, line in enumerate(lines) if line.endswith("2. Hạn chế"))
    assert lines[at + 1] == "Không có."


def test_none_of_what_is_counted_is_0(run: Run, here: Path) -> None:
    done = run("log", UNIT, "--period", "6m", "--indicator", "kiem-tra=không có", cwd=here, today=TODAY)
    assert (done.code, "→ 0" in done.stdout) == (0, True)
    book = made(run, here / "units" / UNIT)
    book.put("chi-tieu", "tin-bai", "6m", "Không phát sinh")
    assert run("fill", book.save(), cwd=here, today=TODAY).code == 0
    assert "tin-bai: {6m: 0" in of_unit(here)


# What contradicts itself, what is missing --------------------------------------------------------------------------------


def test_report_and_score_tell_which_figures_contradict_each_other(run: Run, here: Path) -> None:
    told = (
        "số cộng dồn năm 2023 (3) nhỏ hơn 06 tháng đầu năm 2023 (64)",
        "số cộng dồn năm 2023 (ước cả kỳ) (1) nhỏ hơn năm 2023 (3)",
        "Số đơn vị có kế hoạch không lớn hơn số đơn vị trực thuộc: 999 <= 16 không đúng",
    )
    asked = ("report", UNIT, "--period", "1y"), ("score", UNIT)
    for one in asked:
        assert "xem lại:" not in run(*one, "-o", "a.docx", "--force", cwd=here, today=TODAY).stderr
    run("log", UNIT, "--period", "1y", "--indicator", "tin-bai=3", "--indicator", "dv-co-ke-hoach=999", cwd=here)
    run("log", UNIT, "--period", "1y", "--estimate", "--indicator", "tin-bai=1", cwd=here)
    for one in asked:
        done = run(*one, "-o", "a.docx", "--force", cwd=here, today=TODAY)
        said = " ".join(done.stderr.split())
        assert (done.code, [words for words in told if words not in said]) == (0, []), done.stderr
        assert "a.docx" in done.stdout  # it is written all the same


def test_the_number_of_blanks_comes_with_where_they_are(run: Run, blank: Path) -> None:
    run("log", UNIT, "II.2.1", "--period", "6m", "--result", "Đã làm.", cwd=blank)
    done = run("report", UNIT, "--period", "6m", cwd=blank, today=TODAY)
    said = done.stderr.split("\n")
    assert "chỗ trống" in done.stdout
    for where in ("  II.1. ", "  III.2. Hạn chế: hạn chế", "  và "):
        assert any(line.startswith(where) for line in said), done.stderr
    made_ = keep(blank / "b.docx", Rendered((blank / "units" / UNIT / "out" / "bao-cao-6m.docx").read_bytes(), ("?",)))
    assert f"còn {sum(len(one.what) for one in made_.gaps)} chỗ trống" in done.stdout
    assert "nơi nhận, chữ ký" in {one.where for one in made_.gaps}
    (annex,) = (one for one in made_.gaps if one.where == "Phụ lục I")
    assert "Tin, bài tuyên truyền về công tác dân vận: số" in annex.what


def test_an_obstacle_is_of_the_day_on_which_it_is_raised(run: Run, blank: Path) -> None:
    run("log", UNIT, "--obstacle", "Thiếu người", cwd=blank, today="2023-11-02")
    assert "- Thiếu người." not in report_words(run, blank), "báo cáo 06 tháng không nói điều nêu trong tháng 11"
    assert "- Thiếu người." in report_words(run, blank, "--period", "1y")


def test_who_says_none_where_there_are_some_hears_of_them(run: Run, blank: Path) -> None:
    run("log", UNIT, "--obstacle", "Thiếu người", cwd=blank, today=TODAY)
    done = run("log", UNIT, "--obstacle", "Không có", cwd=blank, today=TODAY)
    assert f"danvan log {UNIT} --remove obstacle=1" in done.stderr


def test_a_blank_is_told_of_as_it_is_called_whatever_capitals_its_place_has() -> None:
    source = '---\nsignature: "{{ signature }}"\n---\nNội dung./.\n'
    (gaps,) = gaps_in(render(source, {"signature": {"lines": [], "name": None}}).data)
    assert gaps.what == ("quyền hạn, chức vụ người ký", "họ tên người ký")
