"""Proposals of a draft: kept or struck by `log`, the workbook or in Word; until then they count as nothing."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from danvan_cli.unit.model import UnitRecord
from danvan_cli.yaml.read import read
from word_files import proposed, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Run

UNIT = Path("units") / "so-y-te"
DRAFT = UNIT / "out" / "ke-hoach-trien-khai.docx"
TODAY = "2023-01-20"


@pytest.fixture
def here(begun: Callable[..., Path]) -> Path:
    return begun("init-unit so-y-te")


def record(folder: Path) -> UnitRecord:
    found = read(UnitRecord, folder / UNIT / "unit.yaml").record
    assert found
    return found


def test_one_is_kept_another_struck_and_the_rest_stays(run: Run, here: Path) -> None:
    first, second = record(here).task("II.3.4").proposed
    assert run("log", "so-y-te", "II.3.4", "--strike", "2", cwd=here, today=TODAY).code == 0
    assert record(here).task("II.3.4").proposed == [first]
    done = run("log", "so-y-te", "II.3.4", "--accept", "1", cwd=here, today=TODAY)
    assert done.code == 0, done.stderr
    task = record(here).task("II.3.4")
    assert (task.activities, task.proposed) == ([first], [])
    assert second.content not in (here / UNIT / "unit.yaml").read_text(encoding="utf-8")
    assert record(here).task("II.3.3").proposed


def test_a_task_that_is_another_s_is_so_only_once_that_is_kept(run: Run, here: Path) -> None:
    reason = record(here).task("II.2.2").proposed_reason
    assert reason
    assert record(here).task("II.2.2").applies
    run("log", "so-y-te", "II.2.2", "--accept", "all", cwd=here, today=TODAY)
    task = record(here).task("II.2.2")
    assert (task.applies, task.reason, task.proposals) == (False, reason, 0)


def test_all_are_kept_at_once_and_the_plan_bears_no_trace(run: Run, here: Path) -> None:
    count = record(here).proposals
    assert run("log", "so-y-te", "--accept", "all", cwd=here, today=TODAY).code == 0
    made = record(here)
    kept = sum(len(task.activities) for task in made.tasks.values()) + sum(
        not task.applies for task in made.tasks.values()
    )
    assert (kept, made.proposals) == (count, 0)
    assert proposed(here / DRAFT)
    before = [text for text in texts(here / DRAFT) if text]
    done = run("report", "so-y-te", "--period", "ke-hoach", cwd=here, today=TODAY)
    assert "đề xuất" not in done.stdout
    assert proposed(here / DRAFT) == []
    assert [text for text in texts(here / DRAFT) if text] == before, "the same words, in black"
    assert run("check", "--strict", UNIT / "unit.yaml", cwd=here, today=TODAY).code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("II.1.1", "--accept", "9"), "không có đề xuất «9»"),
        (("II.1.1", "--accept", "0"), "không có đề xuất «0»"),
        (("II.1.1", "--strike", "một"), "không có đề xuất «một»"),
        (("--accept", "1"), "cần mã nhiệm vụ"),
        (("II.1.1", "--accept", "1", "--strike", "1"), "chỉ ghi một trong hai"),
    ],
)
def test_what_is_no_proposal_is_refused_and_nothing_is_written(
    run: Run, here: Path, arguments: tuple[str, ...], says: str
) -> None:
    before = (here / UNIT / "unit.yaml").read_bytes()
    done = run("log", "so-y-te", *arguments, cwd=here, today=TODAY)
    assert done.code == 2
    assert says in done.stderr
    assert (here / UNIT / "unit.yaml").read_bytes() == before


def test_a_plan_is_packed_only_once_nothing_in_it_is_only_proposed(run: Run, here: Path) -> None:
    pack = ("submit", "so-y-te", "--period", "ke-hoach")
    told = run(*pack, cwd=here, today=TODAY)
    assert (told.code, f"còn {record(here).proposals} đề xuất" in told.stderr) == (1, True)
    assert run(*pack, "--as-is", cwd=here, today=TODAY).code == 1
    assert not list((here / UNIT / "out").glob("*.zip"))
    assert run("submit", "so-y-te", "--period", "6m", cwd=here, today=TODAY).code == 0, "a report shows no proposals"
    run("log", "so-y-te", "--accept", "all", cwd=here, today=TODAY)
    assert run(*pack, cwd=here, today=TODAY).code == 0
    with zipfile.ZipFile(here / UNIT / "out" / "goi-ke-hoach.zip") as bag:
        name = next(one for one in bag.namelist() if one.endswith("ke-hoach-trien-khai.docx"))
        data = zipfile.ZipFile(bag.open(name)).read("word/document.xml")
    assert b"DeXuat" not in data


def test_what_a_person_settled_in_word_is_packed_as_it_is(run: Run, here: Path) -> None:
    document = docx.Document(str(here / DRAFT))
    styled = [style for style in document.element.body.iter(qn("w:rStyle")) if style.get(qn("w:val")) == "DeXuat"]
    for style in styled[1:]:
        style.getparent().remove(style)
    document.save(str(here / DRAFT))
    pack = ("submit", "so-y-te", "--period", "ke-hoach")
    told = run(*pack, cwd=here, today=TODAY)
    assert (told.code, "còn 1 đề xuất" in told.stderr) == (1, True)
    last = styled[0].getparent()
    last.append(last.makeelement(qn("w:strike"), {}))
    document.save(str(here / DRAFT))
    assert run(*pack, cwd=here, today=TODAY).code == 0


def test_a_workbook_asks_of_each_whether_it_is_kept(run: Run, here: Path) -> None:
    assert run("workbook", "so-y-te", cwd=here, today=TODAY).code == 0
    path = here / UNIT / "out" / "so-lieu.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Kế hoạch"]
    head = [cell.value for cell in sheet[4]]
    keep, task, about = (head.index(name) + 1 for name in ("Đề xuất: giữ hay bỏ", "Mã", "Nhiệm vụ"))
    wanted = {"II.1.1": "Giữ", "II.1.2": "Bỏ", "II.2.2": "Giữ"}
    for row in range(5, sheet.max_row + 1):
        if sheet.cell(row, about).value == "(đề xuất)" and (said := wanted.get(str(sheet.cell(row, task).value))):
            sheet.cell(row, keep).value = said
    book.save(path)
    before = record(here)
    done = run("fill", path, cwd=here, today=TODAY)
    assert done.code == 0, done.stderr
    after = record(here)
    assert after.task("II.1.1").activities == before.task("II.1.1").proposed
    assert (after.task("II.1.2").activities, after.task("II.1.2").proposals) == ([], 0)
    assert after.task("II.2.2").applies is False
    assert after.task("II.1.3") == before.task("II.1.3")
    assert run("workbook", "so-y-te", "--force", cwd=here, today=TODAY).code == 0
    assert run("fill", path, cwd=here, today=TODAY).code == 0, "an untouched workbook keeps and strikes nothing"
    assert record(here) == after


def test_a_task_that_is_not_done_has_no_open_proposals(run: Run, here: Path) -> None:
    count = record(here).proposals
    run("log", "so-y-te", "II.1.1", "--not-applicable", "không thuộc chức năng", cwd=here, today=TODAY)
    assert record(here).proposals == count - 1


def test_nothing_that_counts_knows_of_proposals(run: Run, here: Path) -> None:
    def said() -> list[str]:
        report = run("report", "so-y-te", "--period", "6m", "--force", cwd=here, today=TODAY).stdout
        home = run(cwd=here / UNIT, today=TODAY).stdout
        return [report, home, *texts(here / UNIT / "out" / "bao-cao-6m.docx")]

    with_them = said()
    assert run("log", "so-y-te", "--strike", "all", cwd=here, today=TODAY).code == 0
    without = said()
    assert with_them[2:] == without[2:]
    assert with_them[1] == without[1]


@pytest.mark.parametrize("unit", ["so-y-te", "huyen-loc-ninh", "truong-cao-dang", "van-phong-ubnd"])
def test_a_plan_of_kept_proposals_has_the_form_and_the_capitals_of_the_decree(
    run: Run, workspace: Path, unit: str
) -> None:
    run("init-unit", unit, cwd=workspace, today=TODAY)
    run("log", unit, "--accept", "all", cwd=workspace, today=TODAY)
    run("report", unit, "--period", "ke-hoach", cwd=workspace, today=TODAY)
    judged = run("format-check", "--json", f"units/{unit}/out/ke-hoach-trien-khai.docx", cwd=workspace)
    found = {(one["rule"], one["message"][:10]) for one in json.loads(judged.stdout)["findings"]}
    assert found <= {("ND507", "số còn để "), ("ND507", "ngày còn đ"), ("ND512", "«nhà nước»")}, (
        "the last stands in issued titles"
    )
