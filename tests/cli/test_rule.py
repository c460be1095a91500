"""`danvan rule`: every code is listed, each explains itself."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from danvan_cli.findings.rule import catalogue

if TYPE_CHECKING:
    from commands import Run


def test_rule_lists_every_code_within_80_columns(run: Run) -> None:
    told = run("rule")
    assert told.code == 0
    assert max(map(len, told.stdout.splitlines())) <= 80
    assert all(re.search(rf"^{code} ", told.stdout, re.MULTILINE) for code in catalogue())


@pytest.mark.parametrize("code", ["DV302", "dv302"])
def test_rule_explains_one_rule_however_its_code_is_typed(run: Run, code: str) -> None:
    told = run("rule", code)
    rule = catalogue()["DV302"]
    assert told.code == 0
    assert told.stdout.startswith(f"DV302 lỗi: {rule.name}\n")
    assert f"Sai:\n    {rule.wrong}\n" in told.stdout
    assert f"Đúng:\n    {rule.right}\n" in told.stdout


def test_rule_gives_json_for_all_and_for_one(run: Run) -> None:
    every = json.loads(run("rule", "--json").stdout)
    assert [rule["code"] for rule in every] == [*catalogue()]
    [one] = json.loads(run("rule", "DV302", "--json").stdout)
    assert set(one) == {"code", "name", "severity", "why", "wrong", "right", "source", "mends"}


def test_an_unknown_rule_gets_the_nearest_codes(run: Run) -> None:
    told = run("rule", "dv30")
    assert (told.code, told.stdout) == (2, "")
    assert "có phải DV301, DV302, DV303?" in told.stderr


def test_rules_of_form_are_explained_and_listed(run: Run) -> None:
    assert "ND302 lỗi: Chữ đậm không đúng" in run("rule", "ND302").stdout
    assert "ND101" in run("rule").stdout
    assert "có phải ND302" in run("rule", "ND32").stderr
