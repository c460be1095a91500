"""`danvan init --province`: a province's own draft, that every next step works in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from danvan_cli.cli import app
from danvan_cli.cli.prompts import Cancelled
from danvan_cli.plan.draft import draft_plan
from danvan_cli.plan.model import Plan
from danvan_cli.plan.register import provinces
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.yamlfile import YamlFile
from word_files import snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

TODAY = "2026-11-27"


@pytest.fixture
def begun_here(run: Run, tmp_path: Path) -> Path:
    made = run("init", "đn", "--province", "dong nai", today=TODAY)
    assert made.code == 0, made.stderr
    assert "viết tiếp plans/2026.yaml" in made.stderr
    return tmp_path / "đn"


@pytest.mark.parametrize("of", provinces(), ids=lambda one: one.code)
def test_every_province_has_a_draft_without_findings(of: object) -> None:
    name = of.name  # type: ignore[attr-defined]
    found = as_read(Plan, YamlFile("plans/2026.yaml", draft_plan(name, 2026).encode()))
    assert (found.findings, found.record is not None) == ([], True)
    assert found.record is not None
    assert name in found.record.issuer.name
    assert len(found.record.units) == len({one.id for one in found.record.units}) > 12


def test_a_draft_is_checked_shown_and_taken_up_by_units(run: Run, begun_here: Path) -> None:
    checked = json.loads(run("check", "--json", cwd=begun_here, today=TODAY).stdout)
    assert (checked["errors"], checked["warnings"]) == (0, 0)
    assert "chưa có nhiệm vụ" in run("show", cwd=begun_here).stdout
    assert "chưa có nhiệm vụ" in run(cwd=begun_here, today=TODAY).stdout
    for command in ("export", "calendar", "status", "remind", "obstacles", "init-unit so-y-te", "workbook so-y-te",
                    "update-unit --all", "log so-y-te --json", "check"):  # fmt: skip
        done = run(*command.split(), cwd=begun_here, today=TODAY)
        assert done.code in {0, 2}, (command, done.stderr)
        assert "lỗi trong chính danvan" not in done.stderr
    told = run("report", "so-y-te", "--period", "6m", cwd=begun_here)
    assert (told.code, "chưa ghi báo cáo" in told.stderr) == (2, True)


def test_a_task_and_a_report_that_are_written_in_reach_the_units(run: Run, begun_here: Path) -> None:
    plan = begun_here / "plans" / "2026.yaml"
    text = plan.read_text(encoding="utf-8")
    task = (
        "    items:\n      - id: II.1\n        title: Chuyển đổi số\n        items:\n          - id: II.1.1\n"
        "            owners: [xa]\n            due: Quý IV\n            text: Công khai thủ tục hành chính.\n"
    )
    text = text.replace('    labels: ["1.", ""]\n    items: []\n', f'    labels: ["1.", ""]\n{task}')
    text = text.replace("deliverables: []", "deliverables:\n  - {id: quy, kind: report, name: Báo cáo, owners: [xa],"
                        " every: quarter, due: trước ngày 15 tháng cuối quý, to: so-noi-vu}")  # fmt: skip
    plan.write_text(text, encoding="utf-8")
    assert run("check", cwd=begun_here, today=TODAY).code == 0
    assert run("init-unit", "xa-dak-o", "so-y-te", cwd=begun_here).code == 0
    assert "II.1.1:" in (begun_here / "units" / "xa-dak-o" / "unit.yaml").read_text(encoding="utf-8")
    assert "II.1.1:" not in (begun_here / "units" / "so-y-te" / "unit.yaml").read_text(encoding="utf-8")
    shown = run("status", "--as-of", "1/12/2026", cwd=begun_here).stdout
    assert [line.split()[0] for line in shown.splitlines() if line.startswith("quy-")][:4] == [
        "quy-1", "quy-2", "quy-3", "quy-4",
    ]  # fmt: skip
    assert "đơn vị nào quá hạn: danvan status --late" in shown
    assert max(map(len, shown.splitlines())) <= 80
    (line,) = [line for line in shown.splitlines() if line.startswith("II.1.1 ")]
    assert "31/12/2026" in line
    assert len(run("status", "--as-of", "1/12/2026", "--all", cwd=begun_here).stdout.splitlines()) > 95


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "--province"), (("--province", "Bình Phước"), "thành phố Đồng Nai"), (("--province", "Đồng Nia"), "Đồng Nai"),
        (("--province", "75", "--year", "2024"), "2024"), (("--sample", "--year", "2026"), "--sample"),
        (("--province", "75", "--year", "0"), "năm 0"), (("--province", "75", "--year", "9999"), "2100"),
        (("--province", "75", "--subject", ""), "tên gọi công việc"), (("--sample", "--subject", ""), "--sample"),
        (("--province", "75", "--subject", "x" * 300), "tên gọi công việc"),
    ],
)  # fmt: skip
def test_what_cannot_be_begun_writes_nothing(run: Run, tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    made = run("init", "w", *arguments, today=TODAY)
    assert (made.code, made.stdout) == (2, "")
    assert told in made.stderr
    assert not (tmp_path / "w").exists()


def test_without_a_terminal_both_ways_are_named(run: Run) -> None:
    told = run("init").stderr
    assert "--province" in told
    assert "--sample" in told


def test_another_plan_is_another_folder(run: Run, workspace: Path) -> None:
    before = snapshot(workspace)
    made = run("init", workspace, "--province", "75", "--year", "2026")
    assert (made.code, made.stdout) == (2, "")
    assert "plans/2023.yaml" in made.stderr
    assert snapshot(workspace) == before


@pytest.mark.parametrize(
    "asked",
    [
        ("init", "đn", "--province", "75", "--subject", "dân chủ ở cơ sở"), ("init", "đn", "--province", "01"),
        ("init", "đn", "--sample"), ("demo", "đn"),
    ],
)  # fmt: skip
def test_a_plan_that_is_there_is_not_taken_for_another(run: Run, begun_here: Path, asked: tuple[str, ...]) -> None:
    before = snapshot(begun_here)
    made = run(*asked, today=TODAY)
    assert (made.code, made.stdout) == (2, "")
    assert "đã có kế hoạch đn/plans/2026.yaml" in made.stderr
    assert snapshot(begun_here) == before


def test_two_plans_of_one_id_are_not_chosen_between(run: Run, begun_here: Path) -> None:
    plan = begun_here / "plans" / "2026.yaml"
    plan.with_name("2026_cũ.yaml").write_bytes(plan.read_bytes())
    assert run("init-unit", "so-y-te", cwd=begun_here).code == 2
    assert "cùng mã" in run("show", cwd=begun_here).stderr
    found = json.loads(run("check", "--json", cwd=begun_here, today=TODAY).stdout)["findings"]
    assert [(one["rule"], one["path"], one["line"]) for one in found] == [
        ("DV205", "plans/2026.yaml", 5), ("DV205", "plans/2026_cũ.yaml", 5),
    ]  # fmt: skip
    assert run("init-unit", "so-y-te", "--plan", plan, cwd=begun_here).code == 0


def test_again_keeps_what_is_there(run: Run, begun_here: Path) -> None:
    before = snapshot(begun_here)
    again = run("init", begun_here, "--province", "75", today=TODAY)
    assert (again.code, again.stdout) == (0, "")
    assert snapshot(begun_here) == before


def test_the_subject_is_what_papers_speak_of(run: Run, tmp_path: Path) -> None:
    assert run("init", "c", "--province", "01", "--subject", "cải cách hành chính", today=TODAY).code == 0
    text = (tmp_path / "c" / "plans" / "2026.yaml").read_text(encoding="utf-8")
    assert "subject: cải cách hành chính" in text
    assert "dân vận" not in text


def test_a_subject_is_one_line_whatever_was_typed(run: Run, tmp_path: Path) -> None:
    subject = 'một\ncửa: "x" {{ y }} # z'
    assert run("init", "c", "--province", "01", "--subject", subject, today=TODAY).code == 0
    assert 'subject: "một cửa: \\"x\\" {{ y }} # z"' in (tmp_path / "c" / "plans" / "2026.yaml").read_text(
        encoding="utf-8"
    )
    assert run("check", cwd=tmp_path / "c").code == 0


@pytest.mark.parametrize("typed", [("q",), ("dong nai", "q"), ("dong nai", "2026", "thoát"), ("dong nai",)])
def test_who_stops_at_a_question_has_begun_nothing(
    typed: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answers = iter(typed)

    def read(_question: str) -> str:
        for one in answers:
            return one
        raise EOFError

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("builtins.input", read)
    monkeypatch.setattr("danvan_cli.cli.prompts.at_terminal", lambda: True)
    with pytest.raises(Cancelled):
        app.run(["init"])
    assert list(tmp_path.iterdir()) == []


def test_an_answer_that_is_no_province_or_year_is_asked_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answers = iter(("Dong Nia", "dong nai", "hai", "9999", "2024", "2026", "chuyển đổi số"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    monkeypatch.setattr("danvan_cli.cli.prompts.at_terminal", lambda: True)
    app.run(["init"])
    assert "subject: chuyển đổi số" in (tmp_path / "plans" / "2026.yaml").read_text(encoding="utf-8")
