"""A unit takes the plan over: what is written once, what is kept, what stays as it is."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from danvan_cli.errors import DanvanError
from danvan_cli.unit import adopt as adopting
from danvan_cli.unit.adopt import adopt, sha12
from danvan_cli.unit.model import UnitRecord
from danvan_cli.workspace import Workspace
from danvan_cli.yaml.held import locked
from danvan_cli.yaml.read import read as read_as

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from danvan_cli.plan.model import Plan

DATA = "kế hoạch như đã đọc".encode()


def test_the_plan_as_it_was_read_is_kept_under_its_digest(plan: Plan, tmp_path: Path) -> None:
    made = adopt(Workspace(tmp_path), plan, DATA, plan.unit_by_id["so-y-te"])
    name = hashlib.sha256(DATA).hexdigest()[:12]
    assert (made, sha12(DATA)) == (True, name)
    assert (tmp_path / "plans" / ".adopted" / f"{name}.yaml").read_bytes() == DATA
    record = read_as(UnitRecord, tmp_path / "units" / "so-y-te" / "unit.yaml").record
    assert record is not None
    assert (record.unit, record.plan, record.adopted) == ("so-y-te", "2023", name)


def test_a_file_that_is_there_is_left_and_no_revision_is_added_for_it(plan: Plan, tmp_path: Path) -> None:
    unit = plan.unit_by_id["so-y-te"]
    path = Workspace(tmp_path).unit_file(unit.id)
    assert adopt(Workspace(tmp_path), plan, DATA, unit)
    path.write_text("của tôi", encoding="utf-8")
    again = adopt(Workspace(tmp_path), plan, b"another revision", unit)
    assert (again, path.read_text(encoding="utf-8")) == (False, "của tôi")
    assert len(list((tmp_path / "plans" / ".adopted").iterdir())) == 1


def test_units_that_adopt_the_same_revision_share_one_copy(plan: Plan, tmp_path: Path) -> None:
    for name in ("so-y-te", "huyen-loc-ninh"):
        adopt(Workspace(tmp_path), plan, DATA, plan.unit_by_id[name])
    assert len(list((tmp_path / "plans" / ".adopted").iterdir())) == 1


def test_a_revision_kept_is_not_the_same_as_one_edited_later(plan: Plan, tmp_path: Path) -> None:
    adopt(Workspace(tmp_path), plan, DATA, plan.unit_by_id["so-y-te"])
    adopt(Workspace(tmp_path), plan, DATA + b"\n", plan.unit_by_id["so-noi-vu"])
    assert len(list((tmp_path / "plans" / ".adopted").iterdir())) == 2


def test_what_is_known_already_is_filled_in(plan: Plan, tmp_path: Path) -> None:
    known = UnitRecord(format="danvan-unit/1", unit="so-y-te", plan="2023", drafter="Văn phòng Sở")
    adopt(Workspace(tmp_path), plan, DATA, plan.unit_by_id["so-y-te"], known)
    record = read_as(UnitRecord, Workspace(tmp_path).unit_file("so-y-te")).record
    assert record is not None
    assert record.drafter == "Văn phòng Sở"


def test_a_file_that_somebody_has_begun_meanwhile_stays(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "units" / "so-y-te" / "unit.yaml"

    def late(path: Path) -> AbstractContextManager[None]:
        theirs.parent.mkdir(parents=True)
        theirs.write_bytes(b"theirs")
        return locked(path)

    monkeypatch.setattr(adopting, "locked", late)
    made = adopt(Workspace(tmp_path), plan, DATA, plan.unit_by_id["so-y-te"])
    assert (made, theirs.read_bytes()) == (False, b"theirs")


def test_where_it_cannot_be_written_nothing_is_left_half_made(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "units").write_text("một tệp", encoding="utf-8")
    with pytest.raises(DanvanError, match="không ghi được"):
        adopt(Workspace(tmp_path), plan, DATA, plan.unit_by_id["so-y-te"])
    assert (tmp_path / "units").read_text(encoding="utf-8") == "một tệp"
    assert not list(tmp_path.rglob("*.tmp"))
