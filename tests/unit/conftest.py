"""The shipped plan, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from danvan_cli.plan.model import Plan
from danvan_cli.yaml.read import read as read_as

PLAN = Path(__file__).parents[2] / "plans" / "2023.yaml"


@pytest.fixture(scope="session")
def plan() -> Plan:
    read = read_as(Plan, PLAN)
    assert read.record is not None
    return read.record
