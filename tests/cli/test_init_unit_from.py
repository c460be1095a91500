"""`danvan init-unit --from`: a unit's plan of last year, or its file of another year, gives its activities."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from commands import at_terminal, environment
from danvan_cli.plan.model import Plan
from danvan_cli.unit.model import UnitRecord, due_words
from danvan_cli.yaml.read import read
from word_files import blank, highlighted, snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conftest import Run

ROOT = Path(__file__).parents[2]
FILE = Path("units") / "so-y-te" / "unit.yaml"
SAMPLE = ROOT / "samples" / "so-y-te.unit.yaml"
TREES = "Trồng 200 cây sao đen dọc lối đi nội bộ"


def plan() -> Plan:
    found = read(Plan, ROOT / "plans" / "2023.yaml").record
    assert found
    return found


def last_year() -> list[str]:
    """Write what Sở Y tế's plan of 2022 may have said: the sample's activities, a year before, and one of its own."""
    record = read(UnitRecord, SAMPLE).record
    assert record
    lines = ["KẾ HOẠCH", "Triển khai công tác dân vận chính quyền năm 2022", "Căn cứ Kế hoạch của tỉnh:"]
    lines += ["I. MỤC ĐÍCH, YÊU CẦU", "1. Cụ thể hóa Kế hoạch.", "II. NỘI DUNG"]
    for number, area in enumerate(plan().areas, start=1):
        lines.append(f"{number}. {area.title}")
        for task in area.tasks:
            for one in record.task(task.id).activities:
                told = f"chủ trì: {one.lead}; phối hợp: {one.partners}; thời gian: {due_words(one.due)}"
                lines.append(f"- {one.content} ({told}).".replace("2023", "2022"))
    return [*lines, f"- {TREES}.", "III. TỔ CHỨC THỰC HIỆN", "1. Văn phòng Sở đôn đốc./."]


def written(path: Path, lines: Iterable[str]) -> Path:
    document = blank()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def record(workspace: Path) -> UnitRecord:
    found = read(UnitRecord, workspace / FILE).record
    assert found
    return found


def test_last_year_s_plan_gives_its_activities_and_drops_none(run: Run, workspace: Path, tmp_path: Path) -> None:
    source = written(tmp_path / "ke-hoach-2022.docx", last_year())
    done = run("init-unit", "so-y-te", "--from", source, cwd=workspace)
    assert done.code == 0, done.stderr
    made, sample = record(workspace), read(UnitRecord, SAMPLE).record
    assert sample
    kept = [one.content for task in made.tasks.values() for one in task.activities]
    proposed = [one.content for task in made.tasks.values() for one in task.proposed]
    assert [one.content for one in made.unplaced] == [f"{TREES}."]
    wanted = [one.content for task in sample.tasks.values() for one in task.activities]
    assert set(wanted) <= {*kept, *proposed}
    assert len(kept) > len(wanted) / 2
    right = [one for name, task in made.tasks.items() for one in task.activities
             if one.content in {it.content for it in sample.task(name).activities}]  # fmt: skip
    assert len(right) >= len(kept) - 1, "what is taken without asking is right"
    assert TREES in done.stdout
    assert "MỤC ĐÍCH, YÊU CẦU" in done.stdout
    assert "2022" not in "".join(kept)
    assert len(highlighted(workspace / "units" / "so-y-te" / "out" / "ke-hoach-trien-khai.docx")) <= 25
    assert run("check", "--strict", FILE, cwd=workspace).code == 0


def test_a_unit_s_file_of_another_year_gives_them_too_and_who_signs(run: Run, workspace: Path, tmp_path: Path) -> None:
    archive = shutil.copytree(workspace, tmp_path / "cũ")
    then, now = archive / "plans" / "2022.yaml", archive / "plans" / "2023.yaml"
    told = now.read_text(encoding="utf-8").replace('id: "2023"', 'id: "2022"').replace("\nyear: 2023", "\nyear: 2022")
    now.rename(then).write_text(told, encoding="utf-8")
    file = archive / "samples" / "so-y-te.unit.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("2023", "2022"), encoding="utf-8")
    done = run("init-unit", "so-y-te", "--from", archive / "samples" / "so-y-te.unit.yaml", cwd=workspace)
    assert done.code == 0, done.stderr
    made, sample = record(workspace), read(UnitRecord, SAMPLE).record
    assert sample
    assert made.drafter == sample.drafter
    assert (made.plan, made.sent("ke-hoach").number) == ("2023", None)
    for name, task in sample.tasks.items():
        assert [one.content for one in task.activities] == [one.content for one in made.task(name).activities], name
    assert all(one.done is None for task in made.tasks.values() for one in task.activities)
    assert not any(task.evidence for task in made.tasks.values())


@pytest.mark.parametrize(
    ("name", "lines", "says"),
    [
        ("trong.docx", ["KẾ HOẠCH"], "không thấy hoạt động nào"),
        ("ke-hoach.docx", ["TUYỆT MẬT", *last_year()], "dấu chỉ độ mật"),
        ("hong.docx", None, "hong.docx"),
        ("ke-hoach.doc", None, "ke-hoach.doc"),
        ("ke-hoach.pdf", ["KẾ HOẠCH"], "không thấy hoạt động nào"),
        ("ke-hoach.txt", [], ".docx"),
    ],
)
def test_what_is_no_plan_of_a_unit_is_refused_and_nothing_is_made(
    run: Run, workspace: Path, tmp_path: Path, name: str, lines: list[str] | None, says: str
) -> None:
    path = tmp_path / name
    if lines is None:
        path.write_bytes(b"PK\3\4 no zip")
    elif not lines:
        path.write_text("KẾ HOẠCH", encoding="utf-8")
    else:
        written(path, lines)
    before = snapshot(workspace)
    done = run("init-unit", "so-y-te", "--from", path, cwd=workspace)
    assert done.code in {1, 2}
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert snapshot(workspace) == before


@pytest.mark.parametrize(("name", "code"), [("SỞ TƯ PHÁP", 2), ("SỞ Y TẾ", 0), ("SỞ ĐÃ SÁP NHẬP", 0)])
def test_a_plan_under_another_unit_s_letterhead_is_not_taken(
    run: Run, workspace: Path, tmp_path: Path, name: str, code: int
) -> None:
    source = written(tmp_path / "kh.docx", ["ỦY BAN NHÂN DÂN", "TỈNH BÌNH PHƯỚC", name, *last_year()])
    done = run("init-unit", "so-y-te", "--from", source, cwd=workspace)
    assert (done.code, "là tệp của «so-tu-phap», không phải «so-y-te»" in done.stderr) == (code, code == 2)
    assert (workspace / FILE).exists() is (code == 0)


def test_a_plan_of_a_unit_whose_name_holds_this_one_s_is_not_taken(run: Run, workspace: Path, tmp_path: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    text = plan.read_text("utf-8")
    assert "name: Sở Tư pháp," in text
    plan.write_text(text.replace("name: Sở Tư pháp,", "name: Sở Y tế và Dân số,", 1), "utf-8")
    head = ["ỦY BAN NHÂN DÂN", "TỈNH BÌNH PHƯỚC"]
    theirs = written(tmp_path / "a.docx", [*head, "SỞ Y TẾ VÀ DÂN SỐ", *last_year()])
    done = run("init-unit", "so-y-te", "--from", theirs, cwd=workspace)
    assert (done.code, "là tệp của «so-tu-phap», không phải «so-y-te»" in done.stderr) == (2, True), done.stderr
    mine = written(tmp_path / "b.docx", [*head, "SỞ Y TẾ", *last_year()])
    assert run("init-unit", "so-y-te", "--from", mine, cwd=workspace).code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Unix")
def test_in_a_terminal_what_is_unsure_is_asked(workspace: Path, tmp_path: Path) -> None:
    source = written(tmp_path / "kh.docx", last_year())
    typed = b"\nII.9.9\nII.1.2\n-\nq\n"
    done = at_terminal(["init-unit", "so-y-te", "--from", str(source)], workspace, environment(), typed)
    assert done.code == 0, done.stderr
    assert "II.9.9" in done.stderr
    made = record(workspace)
    assert len(made.task("II.1.2").activities) == 2, "as suggested, and as typed"
    assert len(made.unplaced) == 2, "what was put off, and what fits nothing"
    assert any(task.proposed for task in made.tasks.values()), "the rest"


def test_what_fits_nothing_is_put_under_a_task_by_a_command(run: Run, workspace: Path, tmp_path: Path) -> None:
    run("init-unit", "so-y-te", "--from", written(tmp_path / "ke-hoach-2022.docx", last_year()), cwd=workspace)
    wrong = run("log", "so-y-te", "II.2.1", "--place", "5", cwd=workspace)
    assert (wrong.code, TREES[:20] in wrong.stderr) == (2, True)
    assert run("log", "so-y-te", "--place", "1", cwd=workspace).code == 2, "nhiệm vụ nào?"
    done = run("log", "so-y-te", "II.2.1", "--place", "1", cwd=workspace)
    assert (done.code, "hoạt động chưa xếp còn 0" in done.stdout) == (0, True), done.stderr
    made = record(workspace)
    assert made.unplaced == []
    assert made.task("II.2.1").activities[-1].content == f"{TREES}."


def test_of_a_draft_with_open_proposals_nothing_is_taken_for_decided(run: Run, workspace: Path, tmp_path: Path) -> None:
    assert run("init-unit", "so-y-te", cwd=workspace).code == 0
    draft = shutil.move((workspace / FILE).parent / "out" / "ke-hoach-trien-khai.docx", tmp_path / "nháp.docx")
    shutil.rmtree((workspace / FILE).parent)
    done = run("init-unit", "so-y-te", "--from", draft, cwd=workspace)
    assert (done.code, "; 0 đã xếp" in done.stdout) == (0, True), done
    assert not any(task.activities for task in record(workspace).tasks.values())
