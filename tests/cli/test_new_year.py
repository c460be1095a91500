"""`danvan new-year`: a year goes whole into its archive, the next begins as a draft, and back again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
import yaml
from openpyxl import load_workbook

from word_files import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Run

SHAPES = Path(__file__).parents[1] / "fixtures" / "plans"
OVER, NEXT = "2024-01-05", "2024-05-02"
LOG = "log so-y-te II.1.1 --evidence ../anh.txt --title Ảnh"


@pytest.fixture
def year(begun: Callable[..., Path]) -> Path:
    """Give a year that is over: a unit with results, figures, a score."""
    return begun(
        "init-unit so-y-te --from samples/so-y-te.unit.yaml",
        "score so-y-te --answers samples/so-y-te.score.yaml --no-sheet",
    )


def tree(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder, without the lock."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != ".danvan.lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def plan_of(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def marks(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if "# cần xác nhận: " in line]


def test_the_year_goes_into_its_archive_and_the_next_is_a_draft(run: Run, year: Path) -> None:
    before = tree(year)
    done = run("new-year", "2024", cwd=year, today=OVER)
    assert done.code == 0, done.stderr
    assert "còn 138 báo cáo" in done.stderr
    assert "chưa hết" not in done.stderr
    after = tree(year)
    moved = {name for name in before if name.startswith(("units/", "samples/", "plans/2023", "plans/.adopted/"))}
    assert moved
    for name in moved:
        assert name not in after
        assert after[f"archive/2023/{name}"] == before[name]
    for name in ("plans/calendar.yaml", "plans/functions.yaml", ".gitattributes"):
        assert after[name] == after[f"archive/2023/{name}"] == before[name]

    plan, rubric = year / "plans" / "2024.yaml", year / "plans" / "2024.rubric.yaml"
    told = plan_of(plan)
    assert (told["id"], told["year"], told["state"]) == ("2024", 2024, "draft")
    assert (told["issued"], told["signature"]) == ({"number": None, "date": None}, {"lines": [], "name": None})
    six = next(one for one in told["periods"] if one["id"] == "6m")
    assert (six["name"], str(six["from"]), six["previous"]) == ("06 tháng đầu năm 2024", "2023-12-15", "6m-2023")
    assert plan_of(rubric)["plan"] == "2024"
    # What is text is not rewritten, but marked; a date says when it was, and that its day is none of work.
    old = plan_of(year / "archive" / "2023" / "plans" / "2023.yaml")
    assert told["sections"] == old["sections"]
    assert told["opening"] == old["opening"]
    assert told["units"] == old["units"]
    lines = marks(plan)
    assert any(
        "2024-11-10  # cần xác nhận: chuyển từ 10/11/2023; ngày cuối 09/11/2024 là thứ Bảy" in one for one in lines
    )
    assert sum("lời văn còn nêu năm 2023" in one for one in lines) == 7
    for key in ("title", "units", "indicators", "blocks", "documents", "recipients"):
        assert any(one.startswith(f"{key}:") for one in lines), key
    assert f"cần xác nhận {len(lines) + len(marks(rubric))} chỗ" in done.stdout
    # A diff shows what moved, and nothing else.
    was = before["plans/2023.yaml"].decode().splitlines()
    same = [one for one in plan.read_text("utf-8").splitlines() if one not in was]
    assert len(same) <= len(lines) + 8
    found = json.loads(run("check", "--json", cwd=year, today=NEXT).stdout)
    assert found["errors"] == 0
    assert {one["rule"] for one in found["findings"] if one["severity"] == "warning"} == {"DV960"}
    plan.write_text(plan.read_text("utf-8").replace("state: draft", "state: issued"), "utf-8")
    assert "DV961" in run("check", cwd=year).stdout


def test_the_archive_is_a_workspace_and_its_evidence_stays_out_of_git(run: Run, year: Path) -> None:
    (year.parent / "anh.txt").write_text("ảnh", "utf-8")
    assert run(*LOG.split(), cwd=year, today="2023-12-20").code == 0
    (year / ".gitignore").write_text("/nháp/\n", "utf-8")  # of one's own, which leaves no evidence out
    assert run("new-year", "2024", cwd=year, today=OVER).code == 0
    archive = year / "archive" / "2023"
    assert (archive / "units" / "so-y-te" / "evidence" / "anh.txt").is_file()
    for command in (("status",), ("rank",), ("report", "so-y-te", "--period", "1y"), ("check",)):
        assert run(*command, cwd=archive, today=OVER).code == 0, command
    assert (archive / "units" / "so-y-te" / "out" / "bao-cao-1y.docx").is_file()
    subprocess.run(["git", "init", "-q", year], check=True)
    subprocess.run(["git", "-C", year, "add", "-A"], check=True, capture_output=True)
    listed = subprocess.run(["git", "-C", year, "ls-files"], check=True, capture_output=True, text=True).stdout
    assert "archive/2023/units/so-y-te/unit.yaml" in listed
    assert "evidence" not in listed
    done = run("new-year", "2025", cwd=archive / "units", today=OVER)
    assert (done.code, "năm đã đóng" in done.stderr) == (2, True)


def test_a_note_of_a_stranger_s_moves_and_removes_nothing_else(run: Run, year: Path) -> None:
    assert run("new-year", "2024", cwd=year, today=OVER).code == 0
    path = year / "archive" / "2023" / ".closed.json"
    (year.parent / "của tôi.txt").write_text("x")
    note = json.loads(path.read_bytes())
    digest = note["made"]["plans/2024.yaml"]
    before = tree(year.parent)
    for key, names in (
        ("made", {"../của tôi.txt": digest}),
        ("copied", {".gitignore": digest}),
        ("moved", {"../của tôi.txt": "archive/2023/x"}),
        ("moved", {"units": "archive/2023/../../../x"}),
        ("texts", {"../x.txt": "x"}),
    ):
        path.write_text(json.dumps({**note, "state": "closing", key: names}), "utf-8")
        for command in (("--undo",), ("2024",), ("2025",)):
            assert run("new-year", *command, cwd=year, today=OVER).code in {0, 1, 2}
            if command == ("2025",):
                assert run("new-year", "--undo", cwd=year).code == 0
        path.write_text(json.dumps(note, ensure_ascii=False, indent=1) + "\n", "utf-8")
        assert tree(year.parent) == before


def test_last_year_s_figures_stand_beside_this_year_s(run: Run, year: Path) -> None:
    assert run("new-year", "2024", cwd=year, today=OVER).code == 0
    done = run("init-unit", "so-y-te", "so-tu-phap", cwd=year, today=NEXT)
    assert (done.code, "số liệu năm trước lấy từ archive: 72 số" in done.stdout) == (0, True), done.stdout
    figures = plan_of(year / "units" / "so-y-te" / "unit.yaml")["indicators"]["cb-tong-so"]
    assert figures == {"6m": None, "1y": None, "1y-uoc": None, "6m-2023": 2460, "1y-2023": 2480, "1y-2023-ck": 2475}
    assert set(plan_of(year / "units" / "so-tu-phap" / "unit.yaml")["indicators"]["cb-tong-so"].values()) == {None}
    # A file that came from elsewhere without them: they stand in the report all the same; what it says itself goes first.
    path = year / "units" / "so-y-te" / "unit.yaml"
    path.write_text(
        path.read_text("utf-8").replace("6m-2023: 2460", "6m-2023: ").replace("{6m: ,", "{6m: 2500,", 1), "utf-8"
    )
    assert run("report", "so-y-te", "--period", "6m", cwd=year, today=NEXT).code == 0
    said = texts(year / "units" / "so-y-te" / "out" / "bao-cao-6m.docx")
    # So they do in the workbook, which comes back with what was typed and nothing else.
    before = path.read_bytes()
    assert run("workbook", "so-y-te", cwd=year, today=NEXT).code == 0
    book = year / "units" / "so-y-te" / "out" / "so-lieu.xlsx"
    assert 2460 in {cell for sheet in load_workbook(book) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert run("fill", book, cwd=year, today=NEXT).code == 0
    assert path.read_bytes() == before
    assert "2.460" in said
    assert "2.500" in said


def test_a_plan_over_several_years_moves_on_by_all_of_them(run: Run, begun: Callable[..., Path]) -> None:
    year = begun()
    (year / "plans" / "2023.yaml").unlink()
    (year / "plans" / "2023.rubric.yaml").unlink()
    text = (Path(__file__).parents[1] / "fixtures" / "plans" / "nhieu-nam.yaml").read_text(encoding="utf-8")
    text = text.replace("due: trước ngày 31/12/2027", "due: giai đoạn 2026 - 2028").replace(
        "due: Quý II,", "due: Quý II/2028,"
    )
    once = "  - {id: tong-ket-2028, kind: report, name: Tổng kết năm 2028, owners: [all], by: 2028-11-30, to: so-khcn}"
    (year / "plans" / "2026.yaml").write_text(text.replace("deliverables:", f"deliverables:\n{once}"), encoding="utf-8")
    assert run("new-year", "2029", cwd=year, today="2029-01-05").code == 0
    plan = plan_of(year / "plans" / "2029.yaml")
    assert (plan["year"], plan["until"]) == (2029, 2031)
    due = [one.get("due") for one in plan["sections"][1]["items"]]
    assert due == ["giai đoạn 2029 - 2031", "hằng năm, trước ngày 10/12", "Quý II/2031"]
    first = plan["deliverables"][0]
    assert (first["id"], first["name"], str(first["by"])) == ("tong-ket-2031", "Tổng kết năm 2031", "2031-11-30")


def test_it_is_taken_back_until_something_is_written(run: Run, year: Path) -> None:
    before = tree(year)
    assert run("new-year", "--undo", cwd=year).code == 1
    assert run("new-year", "2024", cwd=year, today=OVER).code == 0
    made = tree(year)
    plan = year / "plans" / "2024.yaml"
    for change in (
        lambda: plan.write_bytes(plan.read_bytes() + b"# x\n"),
        lambda: run("init-unit", "so-y-te", cwd=year, today=NEXT),
        lambda: (year / "archive" / "2023" / "ghi-chu.txt").write_text("x"),
    ):
        change()
        changed = tree(year)
        done = run("new-year", "--undo", cwd=year)
        assert (done.code, tree(year)) == (1, changed), done.stderr
        for name in changed.keys() - made.keys():
            (year / name).unlink()
        plan.write_bytes(made["plans/2024.yaml"])
    assert run("report", "so-y-te", "--period", "1y", cwd=year / "archive" / "2023", today=OVER).code == 0
    assert run("log", "so-y-te", "II.1.1", "--status", "xong", cwd=year / "archive" / "2023", today=OVER).code == 0
    assert (year / "archive" / "2023" / ".danvan.lock").exists()
    (year / "archive" / "2023" / "Thumbs.db").write_bytes(b"x")
    for name in ("units/so-y-te/unit.yaml", "units/so-y-te/out/bao-cao-1y.docx"):  # what was done there comes back too
        before[name] = (year / "archive" / "2023" / name).read_bytes()
    done = run("new-year", "--undo", cwd=year)
    assert (done.code, tree(year)) == (0, before), done.stderr
    assert not (year / "archive").exists()


def stopping(at: int, error: BaseException) -> Any:
    """Stop at the `at`-th folder or file that moves into the archive or out of it."""
    rename, count = os.rename, 0

    def stopped(old: Any, new: Any) -> None:
        nonlocal count
        count += 1
        if count == at:
            raise error
        rename(old, new)

    return patch("os.rename", stopped)


@pytest.mark.parametrize("at", [2, 5])
def test_what_is_stopped_in_the_middle_goes_on_or_is_taken_back(run: Run, year: Path, tmp_path: Path, at: int) -> None:
    before = tree(year)
    other = shutil.copytree(year, tmp_path / "khác")
    assert run("new-year", "2024", cwd=other, today=OVER).code == 0
    wanted = tree(other)
    # A file that is open in another program: nothing has changed.
    with stopping(at, PermissionError()):
        done = run("new-year", "2024", cwd=year, today=OVER)
    assert done.code == 1
    assert "đóng các tệp" in done.stderr
    assert tree(year) == before
    # Killed: the next run goes on, or takes it back.
    for undo in (True, False):
        with stopping(at, KeyboardInterrupt()):
            assert run("new-year", "2024", cwd=year, today=OVER).code != 0
        assert tree(year) not in (before, wanted)
        assert run("new-year", "2025", cwd=year, today=OVER).code == 1
        done = run("new-year", *(["--undo"] if undo else ["2024"]), cwd=year, today=OVER)
        assert (done.code, tree(year)) == (0, before if undo else wanted), done.stderr


def test_a_plan_that_is_there_is_not_written_over(run: Run, year: Path) -> None:
    there = year / "plans" / "2024.yaml"
    data = (year / "plans" / "2023.yaml").read_bytes().replace(b"2023", b"2024")
    there.write_bytes(data)
    before = tree(year)
    done = run("new-year", "2024", cwd=year, today=OVER)
    assert (done.code, tree(year)) == (1, before)
    assert "--force" in done.stderr
    assert run("new-year", "2024", "--force", cwd=year, today=OVER).code == 0
    assert (year / "plans" / "2024.yaml.bak").read_bytes() == data
    assert plan_of(there)["state"] == "draft"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "chưa ghi năm mới"),
        (("2023",), "kế hoạch ở đây là của năm 2023"),
        (("1999",), "kế hoạch ở đây là của năm 2023"),
        (("2999",), "không quá 2100"),
        (("năm sau",), "năm sau"),
        (("abc",), "cần một năm, ví dụ 20"),
        (("2024", "--undo"), "--undo"),
    ],
)
def test_what_is_no_next_year_is_told(run: Run, workspace: Path, arguments: tuple[str, ...], said: str) -> None:
    before = tree(workspace)
    done = run("new-year", *arguments, cwd=workspace)
    assert (done.code, tree(workspace)) == (2, before)
    assert said in done.stderr
    assert run("new-year", "2024", cwd=workspace.parent).code == 2


def test_units_that_ended_have_left_their_work_or_are_named(run: Run, workspace: Path) -> None:
    """Line ends of Windows, names with the year, what happened in the year: each has its place, or goes with the year."""
    path = workspace / "plans" / "2023.yaml"
    text = path.read_text("utf-8")
    for old, new in (
        ("id: so-thong-tin,", "id: so-thong-tin, to: 2023-12-31, successors: [so-khoa-hoc],"),
        ("id: so-ngoai-vu,", "id: so-ngoai-vu, to: 2023-12-31,"),
        ("            owners: [all]", "            owners: [so-thong-tin, so-y-te]\n            due: Quý II/2023"),
        (
            "\nclosing:\n",
            "\nrequests:\n  - {id: dan-chu-2023, name: Báo cáo, owners: [all], by: 2023-08-31, number: 210/SNV, date: 2023-08-01}\n\nclosing:\n",
        ),
        (
            "  before_includes_day: false",
            "  before_includes_day: false\n  days:\n    ke-hoach: {by: 2023-02-15, document: 12/SNV}",
        ),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path.write_bytes(text.replace("\n", "\r\n").encode())
    done = run("new-year", "2024", cwd=workspace, today=OVER)
    assert done.code == 0, done.stderr
    assert "việc chuyển cho so-khoa-hoc: Sở Thông tin và Truyền thông" in " ".join(done.stdout.split())
    assert "chưa ghi cơ quan kế thừa (successors): Sở Ngoại vụ" in " ".join(done.stdout.split())
    plan = workspace / "plans" / "2024.yaml"
    assert plan.read_bytes().count(b"\n") == plan.read_bytes().count(b"\r\n")
    told = plan_of(plan)
    assert "so-thong-tin" not in {one["id"] for one in told["units"]}
    task = told["sections"][1]["items"][0]["items"][0]
    assert (task["owners"], task["due"]) == (["so-khoa-hoc", "so-y-te"], "Quý II/2024")
    assert told["requests"] == []
    assert str(told["settings"]["days"]["ke-hoach"]) == "{'by': datetime.date(2024, 2, 15)}"
    lines = "\n".join(marks(plan))
    for said in (
        "thay cho so-thong-tin đã kết thúc",
        "chuyển từ «Quý II/2023»",
        "đã kết thúc ngày 31/12/2023, chưa ghi",
        "chuyển từ 15/02/2023",
    ):
        assert said in lines, said


def test_units_that_plans_share_are_kept_as_they_were(run: Run, workspace: Path) -> None:
    path, register = workspace / "plans" / "2023.yaml", workspace.parent / "don-vi.yaml"
    text = path.read_text("utf-8")
    at = text.index("\nblocks:\n") + 1
    register.write_text(f"format: danvan-register/1\n{text[at:]}", "utf-8")
    path.write_text(f"{text[:at]}register: ../../don-vi.yaml\n", "utf-8")
    before = path.read_bytes()
    assert run("new-year", "2024", cwd=workspace, today=OVER).code == 0
    archive = workspace / "archive" / "2023"
    assert (archive / "don-vi.yaml").read_bytes() == register.read_bytes()
    assert plan_of(archive / "plans" / "2023.yaml")["register"] == "../don-vi.yaml"
    assert plan_of(workspace / "plans" / "2024.yaml")["register"] == "../../don-vi.yaml"
    assert run("status", cwd=archive).code == 0
    assert run("new-year", "--undo", cwd=workspace).code == 0
    assert path.read_bytes() == before


def test_a_plan_whose_periods_are_held_against_nothing_is_held_against_the_year_before(
    run: Run, workspace: Path
) -> None:
    """A report that recurs, and a period without a year before it: both get last year's."""
    path = workspace / "plans" / "2023.yaml"
    text = path.read_text("utf-8").replace(", previous: 6m-2022,", ",")
    text = text.replace(
        "\nclosing:\n",
        "\n  - {id: bc-quy, kind: report, name: Báo cáo, owners: [all], every: quarter, due: trước ngày 20 tháng cuối quý}\n\nclosing:\n",
    )
    path.write_text("\n".join(one for one in text.split("\n") if "{id: 6m-2022," not in one), "utf-8")
    assert run("init-unit", "so-y-te", cwd=workspace, today="2023-04-01").code == 0
    assert (
        run(
            "log", "so-y-te", "--period", "quy-1", "--indicator", "cb-tong-so=12", cwd=workspace, today="2023-04-01"
        ).code
        == 0
    )
    assert run("new-year", "2024", cwd=workspace, today=OVER).code == 0
    assert run("init-unit", "so-y-te", cwd=workspace, today=NEXT).code == 0
    periods = {one["id"]: one for one in plan_of(workspace / "plans" / "2024.yaml")["periods"]}
    assert (periods["6m"]["previous"], periods["quy-1"]["previous"]) == ("6m-2023", "quy-1-2023")
    assert str(periods["quy-1-2023"]["from"]) == "2022-12-15"
    figures = plan_of(workspace / "units" / "so-y-te" / "unit.yaml")["indicators"]["cb-tong-so"]
    assert (figures["quy-1-2023"], figures["6m-2023"]) == (12, None)


def test_every_year_of_a_plan_over_several_moves_on(run: Run, tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    text = (SHAPES / "nhieu-nam.yaml").read_text("utf-8").replace("until: 2028", "until: 2030")
    half = "{id: nua-nam, kind: report, name: Báo cáo, owners: [all], every: half, due: trước ngày 15/6, without: [nua-nam-2-2026, nua-nam-2-2030]}"
    last = "{id: tong-ket, kind: report, name: Báo cáo tổng kết năm 2030, owners: [all], before: 2030-12-01}"
    text = text.replace("\nclosing:\n", f"\n  - {half}\n  - {last}\n\nclosing:\n").replace(
        "trước ngày 31/12/2027", "trước ngày 31/12/2029"
    )
    (plans / "2026.yaml").write_text(text, "utf-8")
    assert run("new-year", "2031", cwd=tmp_path, today="2031-01-05").code == 0
    plan = plan_of(plans / "2031.yaml")
    assert plan["until"] == 2035
    assert plan["sections"][1]["items"][0]["due"] == "trước ngày 31/12/2034"
    _year, half, last = plan["deliverables"]
    assert half["without"] == ["nua-nam-2-2031", "nua-nam-2-2035"]
    assert (last["name"], str(last["before"])) == ("Báo cáo tổng kết năm 2035", "2035-12-01")
