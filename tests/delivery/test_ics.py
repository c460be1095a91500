"""Deadlines as an iCalendar file: `icalendar`, which knows nothing of danvan, reads them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from danvan_cli.delivery import ics
from danvan_cli.files import shipped
from danvan_cli.plan.model import Plan
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.yamlfile import YamlFile

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Run

EXTENDED = """
extensions:
  - {units: [so-y-te], deliverable: 6m, by: 2023-05-20, number: 9/UBND-NC, date: 2023-04-28}
exemptions:
  - {units: [so-y-te], deliverables: [tu-cham], number: 10/UBND-NC, date: 2023-04-29}
"""


def plan(more: str = "") -> Plan:
    made = as_read(Plan, YamlFile("plan.yaml", shipped("plans/2023.yaml").read_bytes() + more.encode())).record
    assert made is not None
    return made


def events(data: bytes) -> dict[str, Any]:
    return {str(one["uid"]): one for one in Calendar.from_ical(data).walk("VEVENT")}


def test_the_plan_s_and_a_unit_s_deadlines(run: Run, workspace: Path) -> None:
    done = run("calendar", cwd=workspace)
    assert (done.code, "build/lich-2023.ics: đã ghi" in done.stdout) == (0, True)
    every = events((workspace / "build" / "lich-2023.ics").read_bytes())
    assert {one["dtstart"].dt for one in every.values()} >= {date(2023, 5, 9), date(2023, 11, 9)}
    assert "không có gì thay đổi" in run("calendar", cwd=workspace).stdout
    assert run("init-unit", "so-y-te", cwd=workspace).code == 0
    assert run("calendar", "so-y-te", cwd=workspace).code == 0
    mine = events((workspace / "units" / "so-y-te" / "out" / "lich-2023.ics").read_bytes())
    assert all("Sở Y tế" in str(one["summary"]) for one in mine.values())
    assert not mine.keys() & every.keys()


def test_an_extension_updates_the_event_and_an_exemption_leaves_it_out(run: Run, workspace: Path) -> None:
    path, file = workspace / "plans" / "2023.yaml", workspace / "lich.ics"
    assert run("calendar", "so-y-te", "-o", file, cwd=workspace).code == 0
    before = events(file.read_bytes())
    path.write_bytes(path.read_bytes() + EXTENDED.encode())
    done = run("calendar", "so-y-te", "-o", file, cwd=workspace)
    assert done.code == 0, done.stderr
    after = events(file.read_bytes())
    assert after.keys() < before.keys()
    (moved,) = [name for name in after if after[name]["dtstart"].dt != before[name]["dtstart"].dt]
    assert after[moved]["dtstart"].dt == date(2023, 5, 20)
    assert "Đã được gia hạn" in str(after[moved]["description"])
    assert int(after[moved]["sequence"]) > int(before[moved]["sequence"])
    assert after[moved]["dtstamp"].dt > before[moved]["dtstamp"].dt


@given(st.text(max_size=300))
def test_any_name_comes_back_and_no_line_is_too_long(name: str) -> None:
    one = plan()
    deliverable = next(iter(one.deliverable_by_id.values())).model_copy(update={"name": f"Báo cáo {name}"})
    data = ics.ics(one, [(deliverable, date(2023, 5, 9), None)])
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    (event,) = events(data).values()
    assert str(event["summary"]) == f"Hạn gửi: {ics.clean('Báo cáo ' + name)}"
    assert event["dtend"].dt == date(2023, 5, 10)
    assert len(event.walk("VALARM")) == len(ics.ALARMS)
