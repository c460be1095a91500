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


def test_a_unit_s_calendar_has_the_days_that_it_has_set_itself(run: Run, workspace: Path) -> None:
    run("init-unit", "so-y-te", cwd=workspace)
    said = {"II.7.1": ("--due", "15/9/2023"), "II.7.2": ("--due", "Quý IV"), "II.1.2": ("--due", "hằng quý"),
            "II.2.1": ("--due", "1/8/2023")}  # fmt: skip
    for task, more in said.items():
        assert run("log", "so-y-te", task, *more, cwd=workspace, today="2023-02-01").code == 0, task
    assert run("log", "so-y-te", "II.2.1", "--not-applicable", "Sở không quản lý đất đai.", cwd=workspace).code == 0
    done = run("calendar", "so-y-te", cwd=workspace)
    assert "1 nhiệm vụ có thời gian mà không có hạn cuối" in done.stderr
    mine = events((workspace / "units" / "so-y-te" / "out" / "lich-2023.ics").read_bytes())
    told = {str(one["summary"])[13:19]: one for one in mine.values() if "nhiệm vụ" in str(one["summary"])}
    assert {name: one["dtstart"].dt for name, one in told.items()} == {
        "II.7.1": date(2023, 9, 15), "II.7.2": date(2023, 12, 31),
    }  # fmt: skip
    assert str(told["II.7.2"]["description"]) == "Đơn vị ấn định: Quý IV; hạn cuối: 31/12/2023."
    every = run("calendar", cwd=workspace, today="2023-02-01")
    assert "đã ghi 3 thời hạn" in every.stdout


def test_an_extension_updates_the_event_and_an_exemption_cancels_it(run: Run, workspace: Path) -> None:
    path, file = workspace / "plans" / "2023.yaml", workspace / "lich.ics"
    assert run("calendar", "so-y-te", "-o", file, cwd=workspace).code == 0
    before = events(file.read_bytes())
    path.write_bytes(path.read_bytes() + EXTENDED.encode())
    done = run("calendar", "so-y-te", "-o", file, cwd=workspace)
    assert done.code == 0, done.stderr
    after = events(file.read_bytes())
    assert after.keys() == before.keys(), "what is left out of a file stays in the calendar that took it in before"
    (gone,) = [one for one in after.values() if str(one.get("status", "")) == "CANCELLED"]
    assert "Đã được miễn gửi theo Công văn số 10/UBND-NC ngày 29/4/2023" in str(gone["description"])
    assert int(gone["sequence"]) > int(before[str(gone["uid"])]["sequence"])
    assert not gone.walk("VALARM")
    assert f"đã ghi {len(after) - 1} thời hạn" in done.stdout
    (moved,) = [name for name in after if after[name]["dtstart"].dt != before[name]["dtstart"].dt]
    assert after[moved]["dtstart"].dt == date(2023, 5, 20)
    said = str(after[moved]["description"])
    assert "Kế hoạch ghi: trước ngày 10/5/2023. Đã được gia hạn theo Công văn số 9/UBND-NC ngày 28/4/2023" in said
    assert "ngày cuối đúng hạn: 20/5/2023" in said
    assert int(after[moved]["sequence"]) > int(before[moved]["sequence"])
    assert after[moved]["dtstamp"].dt > before[moved]["dtstamp"].dt
