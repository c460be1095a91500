"""Evidence and figures as the check sees them on a disk: what no single example file can show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from danvan_cli.errors import UsageError
from danvan_cli.plan.model import Plan
from danvan_cli.rules import evidence
from danvan_cli.rules.check import check_unit
from danvan_cli.rules.files import Checker
from danvan_cli.unit.evidence import sha256
from danvan_cli.unit.model import UnitRecord
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.yamlfile import YamlFile

if TYPE_CHECKING:
    from danvan_cli.findings.finding import Finding

EXAMPLES = Path(__file__).with_name("examples")
HEAD = 'format: danvan-unit/1\nunit: so-y-te\nplan: "2023"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a workspace with the base plan, whose yearly figures carry estimates."""
    plan = (EXAMPLES / "base.plan.yaml").read_text(encoding="utf-8")
    (tmp_path / "plans").mkdir()
    plan = plan.replace("previous: 6m}", "previous: 6m, estimate: true}")
    plan = plan.replace("unit: đơn, area: II.1}", "unit: đơn, area: II.1, over_periods: cumulative}")
    (tmp_path / "plans" / "2023.yaml").write_text(plan, encoding="utf-8")
    (tmp_path / "units" / "so-y-te" / "evidence").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(folder: Path, text: str, name: str = "units/so-y-te/unit.yaml") -> list[Finding]:
    (folder / name).write_text(HEAD + text, encoding="utf-8")
    return Checker().check(folder / name)


def codes(findings: list[Finding]) -> list[str]:
    return [one.rule for one in findings]


def listed(*cells: str) -> str:
    return "tasks:\n  II.1.1:\n    evidence:\n" + "".join(f"      - {{title: A, {one}}}\n" for one in cells)


def test_a_link_in_the_folder_that_leads_out_is_an_error(folder: Path) -> None:
    (folder / "khác.txt").write_text("x", encoding="utf-8")
    (folder / "units" / "so-y-te" / "evidence" / "a.txt").symlink_to(folder / "khác.txt")
    assert codes(found(folder, listed("file: a.txt"))) == ["DV914"]


def test_in_a_sample_or_a_copy_files_are_not_looked_for_but_names_that_lead_out_are(folder: Path) -> None:
    assert codes(found(folder, listed("file: a.txt"), "mẫu.yaml")) == []
    assert codes(found(folder, listed("file: ../a.txt"), "mẫu.yaml")) == ["DV914"]


def test_a_file_that_is_named_often_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "units" / "so-y-te" / "evidence" / "a.txt"
    path.write_text("x", encoding="utf-8")
    read: list[Path] = []

    def digest(one: Path) -> str:
        read.append(one)
        return sha256(one)

    monkeypatch.setattr(evidence, "sha256", digest)
    good = f'file: a.txt, sha256: "{sha256(path)}"'
    assert codes(found(folder, listed(good, good, good))) == []
    assert read == [path]


def test_how_old_evidence_may_be_is_the_plans_word(folder: Path) -> None:
    text = "tasks:\n  II.1.1:\n    due: hằng quý\n    results: {6m: x}\n    evidence: [{title: A, number: 1, date: 2023-05-01}]\n"
    text = text.replace("number: 1,", 'number: "1",')
    assert codes(found(folder, text)) == []
    path = folder / "plans" / "2023.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("state: issued", "state: issued\nsettings: {evidence_days: 30}"),
        encoding="utf-8",
    )
    assert codes(found(folder, text)) == ["DV913"]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ("{6m: 10, 1y: 20, 1y-uoc: 25}", []),
        ("{6m: 10, 1y: 20, 1y-uoc: 19}", ["cả năm (ước cả kỳ) (19) nhỏ hơn cả năm (20)"]),
        ("{6m: 10, 1y: , 1y-uoc: 9}", ["cả năm (ước cả kỳ) (9) nhỏ hơn 06 tháng đầu năm (10)"]),
        ("{6m: 10, 1y: 9, 1y-uoc: 25}", ["cả năm (9) nhỏ hơn 06 tháng đầu năm (10)"]),
    ],
)
def test_what_adds_up_does_not_fall_and_stays_below_its_estimate(
    folder: Path, figures: str, expected: list[str]
) -> None:
    said = [one.message for one in found(folder, f"indicators:\n  tiep-nhan: {figures}\n")]
    assert len(said) == len(expected)
    assert all(words in message for words, message in zip(expected, said, strict=True))


@pytest.mark.parametrize("way", ["sum", "last"])
def test_figures_of_each_period_or_of_a_day_are_not_compared(folder: Path, way: str) -> None:
    path = folder / "plans" / "2023.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("cumulative", way), encoding="utf-8")
    assert found(folder, "indicators:\n  tiep-nhan: {6m: 10, 1y: 5, 1y-uoc: 4}\n") == []


def test_estimates_pass_the_plans_checks_too(folder: Path) -> None:
    text = "indicators:\n  tiep-nhan: {1y-uoc: 10}\n  da-giai-quyet: {1y-uoc: 11}\n"
    (one,) = found(folder, text)
    assert (one.rule, one.spot.line) == ("DV906", 6)
    assert "cả năm (ước cả kỳ)" in one.message  # also where no help is shown: `report`, `submit`


def test_an_estimate_that_the_plan_does_not_ask_for_is_no_period(folder: Path) -> None:
    (one,) = found(folder, "indicators:\n  tiep-nhan: {6m-uoc: 10}\n")
    assert one.rule == "DV203"


def test_the_shipped_sample_has_nothing_to_mend() -> None:
    root = Path(__file__).parents[2]
    plan = as_read(Plan, YamlFile("p", (root / "plans" / "2023.yaml").read_bytes())).record
    assert plan is not None
    sample = as_read(UnitRecord, YamlFile("so-y-te.unit.yaml", (root / "samples" / "so-y-te.unit.yaml").read_bytes()))
    assert check_unit(sample, plan, {}) == []
    assert sample.record is not None
    assert all(sample.record.figure(one, "1y-uoc") is not None for one in sample.record.indicators)


@pytest.mark.parametrize("error", [PermissionError(13, "denied"), UsageError("outside"), OSError(36, "name too long")])
@pytest.mark.parametrize("at", ["is_file", "sha256"])
def test_a_file_that_cannot_be_read_stops_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, at: str
) -> None:
    (folder / "units" / "so-y-te" / "evidence" / "a.txt").write_text("x", encoding="utf-8")
    real = getattr(Path, at, sha256)

    def refused(path: Path) -> object:
        if path.name == "a.txt":
            raise error
        return real(path)

    monkeypatch.setattr(Path if at == "is_file" else evidence, at, refused)
    digest = "0" * 64
    assert codes(found(folder, listed(f'file: a.txt, sha256: "{digest}"', "file: b.txt"))) == ["DV910", "DV910"]


def test_a_name_longer_than_any_file_has_is_a_file_that_cannot_be_read(folder: Path) -> None:
    assert codes(found(folder, listed(f"file: {'a' * 300}.txt", "file: b.txt")))[-1] == "DV910"


def test_the_same_unknown_period_has_the_hint_of_what_may_stand_in_its_place(folder: Path) -> None:
    text = "tasks:\n  II.1.1: {results: {1y-uo: Xong}}\nindicators:\n  don-thu: {1y-uo: 1}\n"
    told = [one.help or "" for one in found(folder, text) if one.rule == "DV203"]
    assert len(told) == 2
    assert "1y-uoc" not in told[0]
    assert "1y-uoc" in told[1]


def test_what_has_happened_has_a_day_of_the_past_in_whatever_is_issued(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANVAN_TODAY", "2023-05-02")
    asked = "requested:\n  - {report: dot-xuat, topic: A, date: 2023-05-04}\n"
    (told,) = [one for one in found(folder, asked) if one.rule == "DV919"]
    assert told.spot[:2] == (5, 40)


def test_a_plan_over_several_years_is_named_with_all_of_them(folder: Path) -> None:
    plan = folder / "plans" / "2023.yaml"
    plan.write_text(plan.read_text("utf-8").replace("year: 2023\n", "year: 2023\nuntil: 2025\n"), "utf-8")
    (one,) = (it for it in found(folder, listed("number: 1/BB-SYT, date: 2019-05-05")) if it.rule == "DV912")
    assert "ngoài năm kế hoạch 2023 - 2025" in one.message
    plan.write_text(plan.read_text("utf-8").replace("before: 2023-", "before: 2029-", 1), "utf-8")
    (late,) = (one for one in Checker().check(plan) if one.rule == "DV302")
    assert "ngoài năm kế hoạch 2023 - 2025" in late.message
    assert "trong năm 2023 - 2025" in (late.help or "")
