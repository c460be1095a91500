"""`danvan check`: what it prints, what it answers to scripts, and how it ends."""

from __future__ import annotations

import json
import re
import shutil
import sys
import unicodedata
from pathlib import Path

import pytest

from commands import Run, at_terminal, environment

EXAMPLES = Path(__file__).parents[1] / "rules" / "examples"
PLAN = "plans/2023.yaml"
UNIT = "units/so-y-te/unit.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a small workspace without findings."""
    for kind, place in (("plan", PLAN), ("calendar", "plans/calendar.yaml"), ("unit", UNIT)):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(EXAMPLES / f"base.{kind}.yaml", tmp_path / place)
    return tmp_path


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_workspace_without_findings_ends_well(run: Run, folder: Path) -> None:
    told = run("check", cwd=folder)
    assert (told.code, told.stdout) == (0, "không có gì phải sửa\n")
    assert told.stderr == "đã kiểm tra 3 tệp\n"


def test_a_finding_is_told_with_place_line_caret_and_help(run: Run, folder: Path) -> None:
    change(folder, PLAN, "before: 2023-06-20", "before: 2024-06-20")
    change(folder, PLAN, "    to: so-noi-vu", "    to: so-noivu")
    told = run("check", PLAN, cwd=folder)
    assert told.code == 1
    assert told.stdout.split("\n\n")[0].splitlines() == [
        "plans/2023.yaml:45:13: DV302 lỗi: thời hạn 20/6/2024 nằm ngoài năm kế hoạch 2023",
        "   45 |     before: 2024-06-20",
        "      |             ^^^^^^^^^^",
        "  help: ghi một ngày trong năm 2023, ví dụ 2023-06-20",
    ]
    assert "  help: có phải «so-noi-vu»?\n" in told.stdout
    assert told.stdout.endswith("\n2 lỗi, 1 lưu ý\n")


def test_a_finding_in_folded_text_stands_at_its_physical_line(run: Run, folder: Path) -> None:
    change(folder, PLAN, "2685/QĐ-UBND ngày", "2685/QĐ-UBNB ngày")
    line = "      2685/QĐ-UBNB ngày 18/10/2021 của Ủy ban nhân dân tỉnh;"
    told = run("check", PLAN, cwd=folder).stdout.splitlines()
    assert told[0].startswith("plans/2023.yaml:13:7: DV403 lỗi: ")
    assert told[1:3] == [f"   13 | {line}", "      |       ^^^^^^^^^^^^"]


def test_columns_count_code_points_also_in_decomposed_text(run: Run, folder: Path) -> None:
    text = unicodedata.normalize("NFD", "text: Đổi mới theo Kế hoạch số ")
    change(folder, PLAN, "text: Thường xuyên đổi mới.", f"{text}28-KH/TU.")
    told = json.loads(run("check", "--json", PLAN, cwd=folder).stdout)["findings"]
    assert [(one["line"], one["column"]) for one in told if one["rule"] == "DV401"] == [(30, 13 + len(text))]


@pytest.mark.parametrize("option", [["--json"], ["--format", "json"]])
def test_json_is_one_document_with_what_is_promised(run: Run, folder: Path, option: list[str]) -> None:
    change(folder, PLAN, "    duty: III.1\n", "    duty: III.9\n")
    told = run("check", *option, cwd=folder)
    body = json.loads(told.stdout)
    assert told.code == 1
    assert told.stderr == ""
    assert body == {
        "findings": [
            {
                "rule": "DV209",
                "severity": "error",
                "path": PLAN,
                "line": 47,
                "column": 11,
                "message": "mục «III.9» không có trong kế hoạch",
            }
        ],
        "errors": 1,
        "warnings": 0,
    }


def test_json_without_findings_is_a_document_too(run: Run, folder: Path) -> None:
    assert json.loads(run("check", "--json", cwd=folder).stdout) == {"findings": [], "errors": 0, "warnings": 0}


@pytest.mark.parametrize(
    ("old", "new", "plain", "strict"),
    [
        ("state: issued", "state: issued", 0, 0),
        ("before: 2023-06-20", "before: 2023-06-10", 0, 0),  # a note
        ("cited: [II.1.1]", "cited: []", 0, 1),  # a warning
        ("state: issued", "state: x", 1, 1),  # an error
    ],
    ids=["nothing", "note", "warning", "error"],
)
def test_the_exit_code_tells_errors_and_with_strict_warnings(
    run: Run, folder: Path, old: str, new: str, plain: int, strict: int
) -> None:
    change(folder, PLAN, old, new)
    assert run("check", cwd=folder).code == plain
    assert run("check", "--strict", cwd=folder).code == strict
    assert run("check", "--strict", "--json", cwd=folder).code == strict


@pytest.mark.parametrize(
    "arguments", [["none.yaml"], ["--format", "xml"], ["--nothing"], ["x.txt"], ["empty"], [PLAN, "none.yaml"]]
)
def test_wrong_usage_and_unreadable_files_end_with_2(run: Run, folder: Path, arguments: list[str]) -> None:
    (folder / "x.txt").write_text("a")
    (folder / "empty").mkdir()
    told = run("check", *arguments, cwd=folder)
    assert (told.code, told.stdout) == (2, "")
    assert told.stderr.startswith("lỗi: ") or "lỗi" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_folder_that_is_no_workspace_ends_with_2(run: Run, tmp_path: Path) -> None:
    told = run("check", cwd=tmp_path)
    assert told.code == 2
    assert "danvan init" in told.stderr


# Excuses


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("# danvan: ignore DV302 gia hạn theo công văn của tỉnh", []),
        ("# danvan: ignore DV302", ["DV302", "DV116"]),
        ("# danvan: ignore DV301 lý do", ["DV302", "DV116"]),
        ("# ghi chú # danvan:ignore DV302 lý do", []),
        ("", ["DV302"]),
    ],
)
def test_a_line_is_excused_of_one_rule_with_a_reason(run: Run, folder: Path, comment: str, told: list[str]) -> None:
    change(folder, PLAN, "before: 2023-06-20", f"before: 2024-06-20  {comment}".rstrip())
    change(folder, "plans/calendar.yaml", "  - year: 2023", "  - {year: 2024, source: thử}\n  - year: 2023")
    found = json.loads(run("check", "--json", PLAN, cwd=folder).stdout)["findings"]
    assert [one["rule"] for one in found] == told


def test_an_excuse_does_not_reach_the_next_line(run: Run, folder: Path) -> None:
    change(folder, PLAN, "    to: so-noi-vu", "    # danvan: ignore DV204 lý do\n    to: so-noivu")
    assert run("check", cwd=folder).code == 1


def test_an_excuse_behind_the_fold_sign_covers_the_folded_text_only(run: Run, folder: Path) -> None:
    change(folder, PLAN, "2685/QĐ-UBND ngày", "2685/QĐ-UBNB ngày")
    assert run("check", cwd=folder).code == 1
    change(folder, PLAN, "    text: >-\n", "    text: >-  # danvan: ignore DV403 bản gốc ghi như vậy\n")
    assert run("check", cwd=folder).code == 0
    change(folder, PLAN, "text: Thường xuyên đổi mới.", "text: theo 2685/QĐ-UBNB")
    assert run("check", cwd=folder).code == 1


@pytest.mark.parametrize(
    "text",
    [
        ">-\n              theo 2685/QĐ-UBNB # danvan: ignore DV403 lý do",
        '"theo 2685/QĐ-UBNB # danvan: ignore DV403 lý do"',
    ],
)
def test_text_that_reads_like_an_excuse_is_text(run: Run, folder: Path, text: str) -> None:
    change(folder, PLAN, "text: Thường xuyên đổi mới.", f"text: {text}")
    assert "DV403" in run("check", PLAN, cwd=folder).stdout


# Several files


def test_findings_of_several_files_come_by_file_and_line(run: Run, folder: Path) -> None:
    change(folder, PLAN, "state: issued", "state: x")
    change(folder, UNIT, "unit: so-y-te", "unit: so-yte")
    told = run("check", UNIT, PLAN, "--json", cwd=folder)
    places = [(one["path"], one["line"]) for one in json.loads(told.stdout)["findings"]]
    assert places == sorted(places)
    assert {PLAN, UNIT} == {path for path, _ in places}


def test_a_folder_of_the_workspace_is_checked_alone(run: Run, folder: Path) -> None:
    change(folder, PLAN, "    to: so-noi-vu", "    to: so-noivu")
    told = run("check", "units", cwd=folder)
    assert (told.code, told.stderr) == (0, "đã kiểm tra 1 tệp\n")
    assert run("check", "plans", cwd=folder).stderr == "đã kiểm tra 2 tệp\n"
    assert run("check", folder).code == 1


def test_the_folder_must_be_the_units_also_from_inside_it(run: Run, folder: Path) -> None:
    change(folder, UNIT, "unit: so-y-te", "unit: so-noi-vu")
    for where, name in ((folder, UNIT), (folder / "units" / "so-y-te", "unit.yaml")):
        assert "DV908" in run("check", name, cwd=where).stdout


def test_a_unit_file_elsewhere_is_checked_with_the_plan_that_is_given(run: Run, folder: Path, tmp_path: Path) -> None:
    alone = tmp_path.parent / f"{tmp_path.name}-alone"
    alone.mkdir()
    shutil.copy(folder / UNIT, alone / "x.yaml")
    assert run("check", "x.yaml", "--plan", folder / PLAN, cwd=alone).code == 0
    told = run("check", "x.yaml", cwd=alone)
    assert told.code == 1
    assert "x.yaml:3:7: DV909 lỗi" in told.stdout


def test_a_check_writes_nothing(run: Run, folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    run("check", cwd=folder)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


# Secrets

CONTENT = "chuyện không được kể"
NFD = unicodedata.normalize("NFD", f"TỐI MẬT {CONTENT}")
MARKED = {
    "value": (UNIT, "text: Thiếu kinh phí.", f"text: TUYỆT MẬT {CONTENT}"),
    "decomposed": (UNIT, "text: Thiếu kinh phí.", f"text: {NFD}"),
    "escaped": (UNIT, "text: Thiếu kinh phí.", f'text: "TỐI M\\u1eacT {CONTENT}"'),
    "folded": (UNIT, "text: Thiếu kinh phí.", f"text: >-\n      {CONTENT} TỐI\n      MẬT; {CONTENT} đơn của ông Nguyễn Văn A\n      {CONTENT} 0912345678"),
    "personal": (UNIT, "text: Thiếu kinh phí.", f"text: TỐI MẬT {CONTENT} 0912345678"),
    "bad value": (UNIT, "due: 2023-06-30", f"due: TỐI MẬT {CONTENT}"),
    "bad key": (UNIT, "  II.1.2:", f"  TỐI MẬT {CONTENT}:"),
    "twice": (UNIT, "text: Thiếu kinh phí.", f"text: a\n    TỐI MẬT {CONTENT}: a\n    TỐI MẬT {CONTENT}: b"),
    "syntax": (UNIT, "text: Thiếu kinh phí.", f'text: "TỐI MẬT {CONTENT}'),
    "syntax below": (UNIT, "text: Thiếu kinh phí.", f"text: >-\n      TỐI MẬT\n      {CONTENT}\n   {CONTENT}: x"),
    "unknown key": (UNIT, "obstacles:", f"ghi-chu: >-\n  {CONTENT}\n  TỐI MẬT\nobstacles:"),
    "format": (UNIT, "format: danvan-unit/1", f"format: TỐI MẬT {CONTENT}"),
    "plan value": (PLAN, "state: issued", f"state: TỐI MẬT {CONTENT}"),
    "plan text": (PLAN, "text: Thường xuyên đổi mới.", f"text: TỐI MẬT {CONTENT} 28-KH/TU"),
    "told elsewhere": (
        PLAN, "{id: luat-tcd, type: Luật, title: Luật Tiếp công dân, cited: [II.1.1]}",
        f"id: luat-tcd\n    type: Luật\n    title: |-\n      {CONTENT}\n      MẬT\n",
    ),
    "owner": (PLAN, "owners: [so-ban-nganh]", f"owners: [TỐI MẬT {CONTENT}]"),
    "tag": (PLAN, "state: issued", f"state: !{CONTENT.replace(' ', '-')} TỐI MẬT {CONTENT}"),
    "calendar": ("plans/calendar.yaml", "name: Quốc khánh", f"name: TỐI MẬT {CONTENT}"),
    "soft hyphen": (PLAN, "text: Thường xuyên đổi mới.", f"text: TỐI M\u00adẬT {CONTENT}"),
    "soft hyphen, escaped": (PLAN, "text: Thường xuyên đổi mới.", f'text: "TỐI M\\u00ADẬT {CONTENT}"'),
    "joiner in a remark": (PLAN, "deliverables:", f"# Độ M\u2060ẬT: TỐI M\u2060ẬT {CONTENT}\ndeliverables:"),
    "combining over a joiner": (PLAN, "text: Thường xuyên đổi mới.", f"text: TỐI MÂ\u034f\u0323T {CONTENT}"),
    "underscore": (PLAN, "text: Thường xuyên đổi mới.", f"text: TỐI_MẬT {CONTENT}"),
}  # fmt: skip


@pytest.mark.parametrize("where", MARKED)
@pytest.mark.parametrize("option", [[], ["--json"]], ids=["text", "json"])
def test_what_is_marked_secret_is_refused_and_never_told(run: Run, folder: Path, where: str, option: list[str]) -> None:
    name, old, new = MARKED[where]
    change(folder, name, old, new)
    told = run("check", *option, cwd=folder)
    shown = unicodedata.normalize("NFC", told.stdout + told.stderr)
    assert told.code == 1
    assert "DV904" in shown
    assert not re.search("chuyện|không được kể|chuyện-không|0912|Văn A", shown)
    assert not re.search("(TỐI|TUYỆT) MẬT", shown)


def test_a_plan_that_is_marked_secret_makes_nothing(run: Run, folder: Path) -> None:
    change(folder, PLAN, "text: Thường xuyên đổi mới.", f"text: TỐI MẬT {CONTENT}")
    for arguments in (["export"], ["init-unit", "so-noi-vu"], ["report", "so-y-te", "--period", "6m"]):
        told = run(*arguments, cwd=folder)
        assert told.code == 1
        assert "chuyện" not in told.stdout + told.stderr
    assert not list(folder.rglob("*.docx"))


# Progress, terminals


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_a_terminal_shows_progress_on_stderr_and_only_there(folder: Path) -> None:
    done = at_terminal(["check"], folder, environment(TERM="xterm"), shown=(2,))
    assert (done.code, done.stdout) == (0, "không có gì phải sửa\n")
    assert "kiểm tra" in done.stderr
    assert "100%" in done.stderr


def test_an_escape_sequence_in_a_file_does_not_reach_the_screen(run: Run, folder: Path) -> None:
    change(folder, PLAN, "state: issued", 'state: "\\e[2J\\u202ex"  # \x1b[31m')
    told = run("check", cwd=folder)
    assert told.code == 1
    assert "\x1b" not in told.stdout
    assert "\u202e" not in told.stdout


def test_sarif_has_the_rules_and_the_places_of_what_was_found(run: Run, folder: Path) -> None:
    change(folder, PLAN, "before: 2023-06-20", "before: 2024-06-20")
    told = run("check", PLAN, "--format", "sarif", cwd=folder)
    (log,) = json.loads(told.stdout)["runs"]
    found = json.loads(run("check", PLAN, "--json", cwd=folder).stdout)["findings"]
    assert told.code == 1
    assert [one["ruleId"] for one in log["results"]] == [one["rule"] for one in found]
    assert {rule["id"] for rule in log["tool"]["driver"]["rules"]} == {one["rule"] for one in found}
    regions = [one["locations"][0]["physicalLocation"]["region"] for one in log["results"]]
    assert [(one["startLine"], one["startColumn"]) for one in regions] == [
        (one["line"], one["column"]) for one in found
    ]
