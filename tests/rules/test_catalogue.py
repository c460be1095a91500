"""The catalogue holds what the functions declare that find something; one function is all that a new rule is."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from danvan_cli.findings import rule as declaring
from danvan_cli.findings.rule import DECLARED, catalogue, rule
from danvan_cli.rules.catalogue import as_markdown, collected, rules_as_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commands import Run
    from danvan_cli.findings.finding import Finding
    from danvan_cli.rules.context import PlanCheck

ROOT = Path(__file__).parents[2]


@pytest.fixture
def _undeclared() -> Iterator[None]:
    known, run = dict(DECLARED), {kind: list(functions) for kind, functions in declaring._RUN.items()}
    yield
    for there, before in ((DECLARED, known), (declaring._RUN, run)):
        there.clear()
        there.update(before)  # type: ignore[arg-type]


def test_what_is_written_is_what_the_functions_declare() -> None:
    again = "run: python -m danvan_cli.rules.catalogue"
    assert (ROOT / "src/danvan_cli/findings/rules.json").read_text(encoding="utf-8") == rules_as_json(), again
    assert (ROOT / "docs/rules.md").read_text(encoding="utf-8") == as_markdown(), again


def test_no_declaration_is_left_out() -> None:
    declared = [
        node.args[0].value
        for path in (ROOT / "src").rglob("*.py")
        if "rule(" in (text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "rule"
        if len(node.args) > 1 and isinstance(node.args[0], ast.Constant)
    ]
    assert sorted(map(str, declared)) == list(collected())
    assert list(collected()) == list(catalogue())


@pytest.mark.usefixtures("_undeclared")
def test_a_new_rule_is_one_function(run: Run, workspace: Path) -> None:
    @rule("DV399", "Kế hoạch có tên", "warning", "Lý do thử.", wrong="title: A", right="title: B", source="quy ước thử")
    def plans_have_no_title(check: PlanCheck) -> Iterator[Finding]:
        yield check.at("DV399", ("title",), f"tên là {check.plan.title[:3]}")

    told = run("rule", "dv399")
    assert told.code == 0
    for said in ("DV399 cảnh báo: Kế hoạch có tên", "Lý do thử.", "title: A", "title: B", "quy ước thử"):
        assert said in told.stdout
    assert "DV399" in [one["code"] for one in json.loads(run("rule", "--json").stdout)]
    found = json.loads(run("check", "plans/2023.yaml", "--json", cwd=workspace).stdout)["findings"]
    assert [(one["rule"], one["severity"]) for one in found if one["rule"] == "DV399"] == [("DV399", "warning")]
    log = json.loads(run("check", "plans/2023.yaml", "--format", "sarif", cwd=workspace).stdout)["runs"][0]
    assert "DV399" in [one["id"] for one in log["tool"]["driver"]["rules"]]
    with pytest.raises(ValueError, match="DV399"):
        rule("DV399", "Lần nữa", "note", "Mã đã dùng.")
