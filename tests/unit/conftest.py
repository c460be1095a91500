"""The shipped plan, read once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from danvan_cli.plan.load import read_plan

if TYPE_CHECKING:
    from danvan_cli.plan.model import Plan

PLAN = Path(__file__).parents[2] / "plans" / "2023.yaml"


@pytest.fixture(scope="session")
def plan() -> Plan:
    read = read_plan(PLAN)
    assert read.plan is not None
    return read.plan
