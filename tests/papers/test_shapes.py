"""Plans of other shapes, whole: each is checked, exported word for word, and serves its units from drafts to reports."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from word_files import texts

if TYPE_CHECKING:
    from conftest import Run

SHAPES = Path(__file__).parents[1] / "fixtures" / "plans"
NAMES = sorted(path.stem for path in SHAPES.glob("*.yaml"))
HEAD = {"mat-tran": 7, "cai-cach": 6, "nhieu-nam": 6}
"""So many lines of letterhead stand before the plan's own text."""


@pytest.fixture(params=NAMES)
def place(request: pytest.FixtureRequest, tmp_path: Path, workspace: Path) -> Path:
    """Give a workspace with the plan and the calendar, and nothing else."""
    folder = tmp_path / request.param
    (folder / "plans").mkdir(parents=True)
    shutil.copy(SHAPES / f"{request.param}.yaml", folder / "plans" / "2026.yaml")
    shutil.copy(workspace / "plans" / "calendar.yaml", folder / "plans")
    return folder


def test_it_has_no_error_and_no_warning_but_for_what_it_cites(run: Run, place: Path) -> None:
    told = json.loads(run("check", "--json", cwd=place).stdout)
    assert told["errors"] == 0
    assert {one["rule"] for one in told["findings"] if one["severity"] == "warning"} <= {"DV401"}


def test_every_paragraph_and_cell_is_exported_in_its_place(run: Run, place: Path) -> None:
    assert run("export", "-o", "p.docx", cwd=place).code == 0
    issued = [line for line in (SHAPES / f"{place.name}.txt").read_text(encoding="utf-8").splitlines() if line]
    written = [" ".join(text.split()) for text in texts(place / "p.docx") if text.strip()]
    body = written[HEAD[place.name] :]
    enclosed = [text for text in body if text.startswith("(Kèm theo Kế hoạch")]
    assert len(enclosed) == sum(line.startswith("Phụ lục") for line in issued)
    assert [text for text in body if text not in enclosed and "họ tên người ký" not in text] == issued


def test_units_get_files_drafts_workbooks_and_reports(run: Run, place: Path) -> None:
    assert run("init-unit", "--all", cwd=place).code == 0
    units = sorted(path.name for path in (place / "units").iterdir())
    rows = json.loads(run("status", "--json", cwd=place, today="2026-11-30").stdout)["rows"]
    for unit in units:
        assert run("workbook", unit, cwd=place).code == 0
        owed = next(row["deliverable"] for row in rows if row["unit"] == unit)
        assert run("report", unit, "--period", owed, cwd=place).code == 0
        made = texts(place / "units" / unit / "out" / f"bao-cao-{owed}.docx")
        assert not any("dân vận" in text or text.startswith("SỐ LIỆU") for text in made)
        assert not any("văn bản yêu cầu báo cáo" in text for text in made)  # the plan itself asks
        progress = "TIẾN ĐỘ THỰC HIỆN NHIỆM VỤ"
        assert progress not in made or made[made.index(progress) - 1] == "Phụ lục I"
    assert run("check", cwd=place).code == 0


def test_nothing_is_scored_where_the_plan_has_no_scoring(run: Run, place: Path) -> None:
    assert run("init-unit", "--all", cwd=place).code == 0
    unit = next((place / "units").iterdir()).name
    told = run("score", unit, cwd=place)
    assert (told.code, "không có chấm điểm" in told.stderr) == (2, True)
    assert run("rank", cwd=place).code == 2


@pytest.mark.parametrize("place", ["cai-cach"], indirect=True)
def test_a_cell_that_rows_below_go_on_with_stays_when_its_own_row_has_ended(run: Run, place: Path) -> None:
    path = place / "plans" / "2026.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{id: PL.1.1, ", "{id: PL.1.1, ended: 2026-06-01, "), encoding="utf-8")
    assert run("export", "-o", "p.docx", cwd=place).code == 0
    written = texts(place / "p.docx")
    assert "Sắp xếp đơn vị sự nghiệp công lập" not in written
    at = written.index("Phân cấp quản lý")
    assert written[at + 1 : at + 5] == ["Sở Tư pháp", "Các sở", "Quý III/2026", "Quyết định"]


@pytest.mark.parametrize("place", ["nhieu-nam", "mat-tran"], indirect=True)
def test_an_issuer_to_whom_reports_come_urges_asks_and_sums_up_itself(run: Run, place: Path) -> None:
    """Its papers go to its own superior, never to itself."""
    if place.name == "nhieu-nam":
        path = place / "plans" / "2026.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace("every: year, due: trước ngày 10/12", "every: quarter, due: trước ngày 15 tháng cuối quý"),
            encoding="utf-8",
        )
        assert run("summary", "--period", "nam-2-2026", cwd=place, today="2026-12-20").code == 0
    assert run("remind", cwd=place, today="2026-12-20").code == 0
    assert run("request", "dt", "--name", "Báo cáo thêm", "--by", "31/12/2026", cwd=place, today="2026-12-20").code == 0
    name, superior = {
        "nhieu-nam": ("Sở Khoa học và Công nghệ tỉnh Ví Dụ", "Ủy ban nhân dân tỉnh Ví Dụ"),
        "mat-tran": ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Ví Dụ", "Ủy ban Trung ương"),
    }[place.name]
    made = sorted((place / "build").rglob("*.docx"))
    assert len(made) >= 2
    for path in made:
        lines = texts(path)
        assert not any(line.startswith("SỐ LIỆU") for line in lines), path  # the plan has no figures
        assert not any(f"báo cáo {name}" in line or line == f"{name} (báo cáo);" for line in lines), path
        assert any(superior in line and ("báo cáo" in line or "Kính gửi" in line) for line in lines), path


@pytest.mark.parametrize("place", ["cai-cach"], indirect=True)
def test_areas_without_a_task_of_a_unit_are_not_shown_for_it(run: Run, place: Path) -> None:
    path = place / "plans" / "2026.yaml"
    assert "II.2. " not in run("show", "--owner", "so-tu-phap", cwd=place).stdout
    assert run("init-unit", "so-tu-phap", cwd=place).code == 0
    assert "── II.2. " not in (place / "units" / "so-tu-phap" / "unit.yaml").read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("owners: [all], cells", "owners: [xa], cells"), "utf-8")
    told = run("show", "--owner", "so-noi-vu", "--area", "II.2", cwd=place).stdout
    assert "không có nhiệm vụ nào trong phạm vi này" in told
    assert "mọi cơ quan" not in told


@pytest.mark.parametrize("place", ["nhieu-nam"], indirect=True)
def test_the_years_of_a_plan_over_several_are_told_whole(run: Run, place: Path) -> None:
    assert run(cwd=place, today="2027-03-01").stdout.startswith("Kế hoạch 2026 - 2028: ")
    path = place / "plans" / "2026.yaml"
    late = "  - {id: cuoi, kind: report, name: Báo cáo, owners: [all], by: 2029-06-10, to: so-khcn}"
    text = path.read_text(encoding="utf-8").replace("deliverables:\n", f"deliverables:\n{late}\n")
    path.write_text(text, encoding="utf-8")
    told = run("check", cwd=place).stdout
    assert "thời hạn 10/6/2029 nằm ngoài năm kế hoạch 2026 - 2028" in told
    assert "ví dụ 2028-06-10" in told


@pytest.mark.parametrize("place", ["nhieu-nam"], indirect=True)
def test_what_comes_of_another_year_is_held_against_all_years_of_the_plan(run: Run, place: Path) -> None:
    run("init-unit", "phong-cds", cwd=place)
    path = place / "plans" / "2026.yaml"
    plan = path.read_text(encoding="utf-8")
    path.write_text(plan.replace("year: 2026\nuntil: 2028", "year: 2025\nuntil: 2026"), encoding="utf-8")
    assert run("report", "phong-cds", "--period", "nam-2025", "-o", "b.docx", cwd=place).code == 0
    path.write_text(plan, encoding="utf-8")
    told = " ".join(run("receive", "b.docx", cwd=place, today="2026-12-01").stderr.split())
    assert "là văn bản của năm 2025, không phải 2026 - 2028" in told


@pytest.mark.parametrize("place", ["nhieu-nam"], indirect=True)
def test_a_paper_of_a_later_year_is_of_that_year_and_of_none_where_it_is_not_known(run: Run, place: Path) -> None:
    assert run("remind", cwd=place, today="2027-12-20").code == 0
    assert run("summary", "--period", "nam-2027", cwd=place, today="2028-01-20").code == 0
    assert run("request", "dt", "--name", "Báo cáo thêm", "--by", "31/1/2028", cwd=place, today="2027-12-20").code == 0
    days = {
        path.stem: next(line for line in texts(path) if line.startswith("Ví Dụ, ngày")).split("năm")[1].strip()
        for path in (place / "build").rglob("*.docx")
    }
    assert days == {"nam-2026-lan-1": "2027", "nam-2027-lan-1": "2027", "tong-hop-nam-2027": "2027", "dt": ""}


@pytest.mark.parametrize("place", ["cai-cach"], indirect=True)
def test_many_periods_are_named_once_in_a_unit_s_file_and_take_results_all_the_same(run: Run, place: Path) -> None:
    assert run("init-unit", "xa-mot", cwd=place).code == 0
    path = place / "units" / "xa-mot" / "unit.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count("thang-07") == 3  # the list of periods, the report, what is sent
    assert "# Kết quả ghi theo kỳ, ví dụ results: {thang-01: …}." in text
    assert run("log", "xa-mot", "II.1.2", "--period", "thang-07", "--result", "Đã làm", cwd=place).code == 0
    assert run("workbook", "xa-mot", cwd=place).code == 0
    sheets = load_workbook(place / "units" / "xa-mot" / "out" / "so-lieu.xlsx")
    told = [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any("/2026" in one for one in told)
    assert [one for one in told if "/2023" in one] == [], "examples are of the plan's year"
    assert "thang-07: " in path.read_text(encoding="utf-8")
    assert run("check", cwd=place).code == 0


@pytest.mark.parametrize("place", ["nhieu-nam"], indirect=True)
def test_papers_of_a_later_year_are_not_of_the_first(run: Run, place: Path) -> None:
    for what in ("remind", "summary --period nam-2027"):
        assert run(*what.split(), cwd=place, today="2027-12-20").code == 0
    asked = ("request", "dt", "--name", "Báo cáo thêm", "--by", "10/1/2028")
    assert run(*asked, cwd=place, today="2027-12-20").code == 0
    heads = {
        path.name: {line for line in texts(path) if line.startswith("Ví Dụ, ngày")}
        for path in sorted((place / "build").rglob("*.docx"))
    }
    years = {name: {"".join(one.split()[-1:]) for one in told} for name, told in heads.items()}
    assert {name: year for name, year in years.items() if "2027" in name} == {
        "nam-2027-lan-1.docx": {"2027"}, "tong-hop-nam-2027.docx": {"2027"},
    }  # fmt: skip
    (asked_for,) = (path for path in (place / "build" / "yeu-cau").glob("*.docx"))
    assert {one.rstrip() for one in heads[asked_for.name]} == {"Ví Dụ, ngày      tháng      năm"}, "no day is known yet"


@pytest.mark.parametrize(
    ("left", "lines"),
    [
        ("nua-nam-2-2026, nua-nam-2-2027, nua-nam-2-2028",
         ["- Báo cáo 06 tháng đầu năm: gửi hằng năm (trước ngày 15/6);"]),
        ("nua-nam-2-2027, nua-nam-1-2028, nua-nam-2-2028",  # as many as there are years, but not one of each
         ["- Báo cáo 06 tháng đầu năm 2027: gửi", "- Báo cáo 06 tháng đầu năm 2026: gửi", "- Báo cáo 06 tháng cuối năm 2026: gửi"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["nhieu-nam"], indirect=True)
def test_a_report_on_the_first_half_of_each_year_is_one_line_of_a_unit_s_plan(
    run: Run, place: Path, left: str, lines: list[str]
) -> None:
    path = place / "plans" / "2026.yaml"
    half = "{id: sau-thang, kind: report, name: Báo cáo, owners: [all], every: half, due: trước ngày 15/6, without: [LEFT]}".replace(
        "LEFT", left
    )
    plan = "{id: ke-hoach, kind: plan, name: Kế hoạch, owners: [all]}"
    text = path.read_text(encoding="utf-8").replace("\nclosing:\n", f"\n  - {half}\n  - {plan}\n\nclosing:\n")
    path.write_text(text, encoding="utf-8")
    assert run("init-unit", "trung-tam", cwd=place).code == 0
    written = texts(place / "units" / "trung-tam" / "out" / "ke-hoach-trien-khai.docx")
    told = [line for line in written if "06 tháng" in line]
    assert len(told) == len(lines)
    assert all(map(str.startswith, told, lines)), told
