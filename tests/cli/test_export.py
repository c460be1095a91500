"""`danvan export`: the plan as the issued Word document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from word_files import edit, highlighted, snapshot, texts

if TYPE_CHECKING:
    from conftest import Run

ISSUED = Path(__file__).parents[1] / "fixtures" / "ke-hoach-2023.txt"
PLAN = Path("plans") / "2023.yaml"
LETTERHEAD = {
    "ủy ban nhân dân", "tỉnh bình phước", "cộng hòa xã hội chủ nghĩa việt nam", "độc lập - tự do - hạnh phúc",
    "số: /kh-ubnd", "bình phước, ngày tháng năm 2023",
}  # fmt: skip


def test_the_document_says_what_was_issued_and_nothing_more_than_the_letterhead(run: Run, workspace: Path) -> None:
    assert run("export", cwd=workspace).code == 0
    written = [" ".join(text.split()) for text in texts(workspace / "build" / "ke-hoach-2023.docx") if text.strip()]
    issued = [" ".join(line.split()) for line in ISSUED.read_text(encoding="utf-8").splitlines() if line.strip()]
    head, body = written[: len(LETTERHEAD)], written[len(LETTERHEAD) :]
    assert {text.lower() for text in head} == LETTERHEAD
    assert body == issued


def test_number_and_day_that_are_not_known_are_empty_places_and_said(run: Run, workspace: Path) -> None:
    told = run("export", cwd=workspace)
    assert "số, ngày ban hành" in told.stderr
    assert "không còn chỗ trống" in told.stdout
    assert highlighted(workspace / "build" / "ke-hoach-2023.docx") == []


def test_number_and_day_that_are_known_are_written(run: Run, workspace: Path) -> None:
    plan = workspace / PLAN
    text = plan.read_text(encoding="utf-8").replace("number: null", 'number: "45"').replace(
        "  date: null", "  date: 2023-02-05"
    )  # fmt: skip
    plan.write_text(text, encoding="utf-8")
    told = run("export", cwd=workspace)
    assert (told.code, told.stderr) == (0, "")
    written = texts(workspace / "build" / "ke-hoach-2023.docx")
    assert {"Số: 45/KH-UBND", "Bình Phước, ngày 05 tháng 02 năm 2023"} <= set(written)


def test_again_it_is_the_same_file_untouched(run: Run, workspace: Path) -> None:
    run("export", cwd=workspace)
    before = snapshot(workspace)
    again = run("export", cwd=workspace)
    assert "không có gì thay đổi" in again.stdout
    assert snapshot(workspace) == before


def test_it_can_be_written_anywhere_with_the_same_bytes(run: Run, workspace: Path, tmp_path: Path) -> None:
    run("export", cwd=workspace)
    assert run("export", "-o", tmp_path / "mới" / "kế hoạch.docx", cwd=workspace / "samples").code == 0
    made = tmp_path / "mới" / "kế hoạch.docx"
    assert made.read_bytes() == (workspace / "build" / "ke-hoach-2023.docx").read_bytes()


def test_a_document_edited_by_a_person_is_kept(run: Run, workspace: Path) -> None:
    run("export", cwd=workspace)
    path = workspace / "build" / "ke-hoach-2023.docx"
    whole = path.read_bytes()
    edited = edit(path)
    refused = run("export", cwd=workspace)
    assert (refused.code, path.read_bytes()) == (1, edited)
    assert "--force" in refused.stderr
    assert run("export", "--force", cwd=workspace).code == 0
    assert (path.read_bytes(), path.with_name(path.name + ".bak").read_bytes()) == (whole, edited)


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [
        ("", 1, "DV1"),
        ("# chỉ có chú thích\n", 1, "DV1"),
        ("[]\n", 1, "DV1"),
        ("format: danvan-plan/2\n", 1, "danvan-plan/2"),
        ("a: [\n", 1, "2023.yaml:"),
        ("\x00", 2, "2023.yaml"),
    ],
)
def test_a_plan_that_cannot_be_used_is_told_with_its_place(
    run: Run, workspace: Path, content: str, code: int, told: str
) -> None:
    (workspace / PLAN).write_text(content, encoding="utf-8")
    found = run("export", cwd=workspace)
    assert (found.code, found.stdout) == (code, "")
    assert told in found.stderr
    assert "Traceback" not in found.stderr
    assert not (workspace / "build").exists()


def test_a_folder_that_is_no_workspace_is_told_with_what_to_do(run: Run) -> None:
    told = run("export")
    assert told.code == 2
    assert "danvan init" in told.stderr


@pytest.mark.parametrize("given", ["plans/2024.yaml", "plans", "không-có/x.yaml"])
def test_a_plan_that_is_not_there_is_told(run: Run, workspace: Path, given: str) -> None:
    told = run("export", "--plan", given, cwd=workspace)
    assert told.code == 2
    assert given in told.stderr


def test_the_latest_year_is_taken_unless_another_plan_is_named(run: Run, workspace: Path) -> None:
    text = (workspace / PLAN).read_text(encoding="utf-8")
    older = (
        text.replace('id: "2023"', 'id: "2022"')
        .replace("year: 2023", "year: 2022")
        .replace("state: issued", "state: draft")
    )
    (workspace / "plans" / "zz.yaml").write_text(older, encoding="utf-8")
    assert "build/ke-hoach-2023.docx" in run("export", cwd=workspace).stdout


def test_a_folder_where_the_document_should_be_is_told(run: Run, workspace: Path) -> None:
    told = run("export", "-o", workspace / "plans", cwd=workspace)
    assert told.code == 2
    assert "thư mục" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_blank_of_the_signature_is_said_to_be_there_whatever_the_plan_ends_with(run: Run, workspace: Path) -> None:
    shape = (ISSUED.parent / "plans" / "mat-tran.yaml").read_bytes()  # no closing, its last heading ends with a colon
    for text in (shape, shape.replace(b"\nrecipients:", b"\n# recipients:")):
        (workspace / "plans" / "2026.yaml").write_bytes(text)
        assert run("export", cwd=workspace).stderr.splitlines()[0] == "  nơi nhận, chữ ký: họ tên người ký"
    nobody = text.replace("{lines: [TM. BAN THƯỜNG TRỰC, CHỦ TỊCH]}".encode(), b"{lines: []}")
    (workspace / "plans" / "2026.yaml").write_bytes(nobody)
    told = run("export", cwd=workspace).stderr.splitlines()[0]
    assert told == "  nơi nhận, chữ ký: quyền hạn, chức vụ người ký; họ tên người ký"
