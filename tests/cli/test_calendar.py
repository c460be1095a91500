"""`danvan calendar`: deadlines as a file that calendars take in and keep up to date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from delivery.events import events

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Run

EXTENDED = """
extensions:
  - {units: [so-y-te], deliverable: 6m, by: 2023-05-20, number: 9/UBND-NC, date: 2023-04-28}
exemptions:
  - {units: [so-y-te], deliverables: [tu-cham], number: 10/UBND-NC, date: 2023-04-29}
"""


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


def test_an_extension_updates_the_event_and_an_exemption_cancels_it(run: Run, workspace: Path) -> None:
    path, file = workspace / "plans" / "2023.yaml", workspace / "lich.ics"
    assert run("calendar", "so-y-te", "-o", file, cwd=workspace).code == 0
    before = events(file.read_bytes())
    path.write_bytes(path.read_bytes() + EXTENDED.encode())
    done = run("calendar", "so-y-te", "-o", file, cwd=workspace)
    assert done.code == 0, done.stderr
    after = events(file.read_bytes())
    assert after.keys() == before.keys()
    (spared,) = [name for name in after if str(after[name].get("status")) == "CANCELLED"]
    assert "tự chấm điểm" in str(after[spared]["summary"])
    assert not after[spared].subcomponents, "no alarm is left"
    assert int(after[spared]["sequence"]) > int(before[spared]["sequence"])
    assert f"đã ghi {len(before) - 1}" in done.stdout
    (moved,) = [name for name in after if after[name]["dtstart"].dt != before[name]["dtstart"].dt]
    assert after[moved]["dtstart"].dt == date(2023, 5, 20)
    assert "Đã được gia hạn" in str(after[moved]["description"])
    assert int(after[moved]["sequence"]) > int(before[moved]["sequence"])
    assert after[moved]["dtstamp"].dt > before[moved]["dtstamp"].dt
