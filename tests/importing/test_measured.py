"""Plans of many hands: nothing is lost, and what they mean is understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import plans_measured as measured
from danvan_cli.desk.bring_in import drafted, read_source_bytes
from danvan_cli.findings.rule import ask_rules
from danvan_cli.importing.owners import KnownOwners
from danvan_cli.plan.calendar import Calendar
from danvan_cli.plan.model import Plan
from danvan_cli.rules.check import check_plan  # noqa: F401 - it declares the rules
from danvan_cli.rules.context import PlanCheck
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.yamlfile import yaml_file
from plans_made import SHAPES, Hand

if TYPE_CHECKING:
    from pathlib import Path


def test_every_word_of_a_word_file_is_kept_and_understood() -> None:
    found = measured.total(measured.as_word(1).values())
    assert found.share == 1
    assert {kind: found.f1(kind) for kind in measured.UNDERSTOOD if found.f1(kind) < 0.95} == {}


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_made_has_no_errors(shape: str) -> None:
    made = Hand(shape, 1).write()
    for book in (measured.register(), KnownOwners()):
        data = drafted(read_source_bytes(made.data, made.name), book, made.name).data
        read = as_read(Plan, yaml_file("plans/2026.yaml", data))
        assert read.record
        whole = (
            read.record
            if not book.units
            else read.record.model_copy(update={"units": book.units, "blocks": book.blocks})
        )
        found = ask_rules(PlanCheck(read.file, whole, Calendar(format="danvan-calendar/1")))
        assert [f"{one.rule} {one.message}" for one in found if one.severity == "error"] == []


@pytest.mark.office
def test_pdf_files_too(tmp_path: Path) -> None:
    found = measured.total(measured.as_pdf(1, tmp_path).values())
    assert found.share >= 0.97
    assert {kind: found.f1(kind) for kind in measured.UNDERSTOOD if found.f1(kind) < 0.95} == {}
