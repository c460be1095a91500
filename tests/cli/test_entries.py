"""Extensions, exemptions, requests and ended tasks of a plan, as every command sees them."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from danvan_cli.delivery.status import StatusRow
from danvan_cli.papers.kinds.bao_cao import report_paper
from danvan_cli.papers.kinds.ke_hoach_don_vi import unit_plan
from danvan_cli.plan.model import Plan
from danvan_cli.province.summary import summed_up
from danvan_cli.scoring.model import TASKS
from danvan_cli.scoring.proposals import facts
from danvan_cli.unit.progress import unit_progress
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.yamlfile import YamlFile
from repositories import edited, git
from shipped import PLAN, recorded
from word_files import edit, texts

if TYPE_CHECKING:
    from commands import Run
    from danvan_cli.unit.model import UnitRecord

GUIDE = Path(__file__).parents[2] / "docs" / "sua-ke-hoach.md"
TODAY = "2023-07-05"


@pytest.fixture
def changed(run: Run, workspace: Path) -> Path:
    """Give a workspace whose plan has the entries that the guide shows."""
    [example] = re.findall(r"```yaml\n(revision: 2\n.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert run("init-unit", "so-y-te", "truong-cao-dang", cwd=workspace).code == 0
    edited(workspace, ("revision: 1\n", ""), ("state: issued", f"{example}\nstate: issued"))
    return workspace


def owed(run: Run, folder: Path, unit: str) -> dict[str, Any]:
    done = run("show", "--owner", unit, "--json", cwd=folder, today=TODAY)
    return {one["id"]: one for one in json.loads(done.stdout)["deliverables"]}


def test_the_readme_s_entries_are_right(run: Run, changed: Path) -> None:
    done = run("check", "plans/2023.yaml", "--json", cwd=changed)
    assert {one["rule"] for one in json.loads(done.stdout)["findings"]} == {"DV301"}


def test_an_extension_is_one_unit_s_last_day(run: Run, changed: Path) -> None:
    assert owed(run, changed, "so-y-te")["6m"]["last_day"] == "2023-05-20"
    assert owed(run, changed, "so-noi-vu")["6m"]["last_day"] == "2023-05-09"
    assert "20/5/2023" in run("show", "--owner", "so-y-te", cwd=changed, today=TODAY).stdout


def test_an_exempt_unit_owes_nothing(run: Run, changed: Path) -> None:
    assert "6m" not in owed(run, changed, "truong-cao-dang")
    done = run("report", "truong-cao-dang", "--period", "6m", cwd=changed)
    assert done.code == 2
    assert "không phải làm «6m»" in done.stderr


def test_a_report_asked_for_mid_year_is_made_and_names_its_request(run: Run, changed: Path) -> None:
    assert owed(run, changed, "so-y-te")["dan-chu"]["last_day"] == "2023-08-01"
    done = run("report", "so-y-te", "--period", "dan-chu", cwd=changed, today=TODAY)
    assert done.code == 0
    import docx

    [path] = (changed / "units" / "so-y-te" / "out").glob("bao-cao-dan-chu*.docx")
    document = docx.Document(str(path))
    text = "\n".join(one.text for one in document.paragraphs)
    assert "Công văn số 400/UBND-NC ngày 01/7/2023" in text
    assert "dân chủ ở cơ sở" in text


def test_what_is_sent_of_a_report_asked_for_mid_year_is_the_one_that_was_made(run: Run, changed: Path) -> None:
    """A person has edited it: it is packed as it stands, and no other is made beside it."""
    assert run("report", "so-y-te", "--period", "dan-chu", cwd=changed, today=TODAY).code == 0
    out = changed / "units" / "so-y-te" / "out"
    mine = edit(out / "bao-cao-dan-chu.docx")
    assert run("submit", "so-y-te", "--period", "dan-chu", cwd=changed, today=TODAY).code == 0
    with zipfile.ZipFile(out / "goi-dan-chu.zip") as package:
        assert package.read("so-y-te-dan-chu/data/bao-cao-dan-chu.docx") == mine
    other = run("report", "so-y-te", "--period", "dan-chu", "--topic", "Việc khác", "--force", cwd=changed, today=TODAY)
    assert other.code == 0, other.stderr
    assert [path.name for path in out.glob("bao-cao-dan-chu*.docx")] == ["bao-cao-dan-chu.docx"], "whatever it is about"


@pytest.mark.parametrize("period", ["", ", period: 6m"])
def test_a_report_asked_for_names_its_request_wherever_it_is_made(run: Run, workspace: Path, period: str) -> None:
    one = f"{{id: hoi-them, name: Báo cáo việc học, owners: [all], by: 2023-08-01, number: 9/SNV, date: 2023-07-01{period}}}"
    edited(workspace, ("state: issued", f"requests: [{one}]\nstate: issued"))
    assert run("init-unit", "so-y-te", cwd=workspace).code == 0
    assert run("workbook", "so-y-te", "--to", "gui", cwd=workspace, today=TODAY).code == 0
    told = texts(workspace / "gui" / "so-y-te" / "bao-cao-hoi-them.docx")
    assert [text for text in told if text.startswith("Thực hiện Công văn số 9/SNV ngày 01/7/2023, Sở Y tế báo cáo")]
    assert "Báo cáo việc học" not in told, "it stands under BÁO CÁO"


def test_diff_tells_each_entry_and_for_whom(run: Run, changed: Path) -> None:
    git(changed, "init", "-q")
    edited(changed, ("units: [so-y-te]", "units: [so-noi-vu]"))
    git(changed, "add", "-A")
    git(changed, "commit", "-q", "-m", "a")
    edited(changed, ("units: [so-noi-vu]", "units: [so-y-te]"))
    done = json.loads(run("diff", "HEAD", "--json", cwd=changed).stdout)["changes"]
    assert [(one["kind"], one["units"]) for one in done] == [("extension-changed", ["so-y-te"])]


def test_an_ended_task_leaves_the_export_and_the_duties(run: Run, workspace: Path) -> None:
    assert run("init-unit", "so-y-te", cwd=workspace).code == 0
    edited(workspace, ("          - id: II.1.2\n", "          - id: II.1.2\n            ended: 2023-07-01\n"))
    done = run("update-unit", "so-y-te", cwd=workspace)
    assert done.code == 0
    assert "ended:" in (workspace / "units" / "so-y-te" / "unit.yaml").read_text(encoding="utf-8")
    assert "đã thôi giao từ 01/7/2023" in run("show", cwd=workspace).stdout
    assert run("init-unit", "so-noi-vu", cwd=workspace).code == 0
    assert "II.1.2" not in (workspace / "units" / "so-noi-vu" / "unit.yaml").read_text(encoding="utf-8")


def test_an_ended_task_is_no_duty_of_later_periods_but_what_was_done_of_it_is_told() -> None:
    text = (Path(__file__).parents[2] / "plans" / "2023.yaml").read_bytes()
    text = text.replace(b"          - id: II.2.2\n", b"          - id: II.2.2\n            ended: 2023-07-01\n")
    plan = as_read(Plan, YamlFile("p", text)).record
    assert plan is not None
    unit = plan.unit_by_id["so-y-te"]
    without, told = (
        recorded(**more) for more in ({}, {"tasks": {"II.2.2": {"results": {"6m": "A", "1y": "Đã mở lớp"}}}})
    )

    def reported(period: str, record: UnitRecord) -> bool:
        areas = report_paper(plan, unit, record, plan.deliverable_by_id[period]).areas
        return "Phong trào văn hóa" in str([one.label for area in areas for one in area.tasks])

    assert [reported("6m", without), reported("1y", without)] == [True, False], "it ended after the first half"
    assert reported("1y", told)
    assert "Phong trào văn hóa" not in str(unit_plan(plan, unit, without).areas)

    lacks = {one.id for one in unit_progress(plan, unit, without, date(2023, 5, 1)).without_result}
    later = {one.id for one in unit_progress(plan, unit, without, date(2023, 10, 1), {"6m"}).without_result}
    assert lacks - later == {"II.2.2"}

    assert facts(plan, unit, told).figures[TASKS][0] == facts(PLAN, unit, told).figures[TASKS][0] - 1

    row = StatusRow(unit, plan.deliverable_by_id["1y"], None, "submitted", None)
    summary, whole = (
        summed_up(it, [row], lambda _unit: told, row.deliverable, date(2023, 12, 1)) for it in (plan, PLAN)
    )
    assert summary.states["II.2"].total() == whole.states["II.2"].total() - 1
    assert summary.words == whole.words != {}
