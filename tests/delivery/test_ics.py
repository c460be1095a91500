"""Deadlines as an iCalendar file: `icalendar`, which knows nothing of danvan, reads them."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.delivery import ics
from danvan_cli.files import shipped
from danvan_cli.plan.model import Plan
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.yamlfile import YamlFile
from delivery.events import events


def plan(more: str = "") -> Plan:
    made = as_read(Plan, YamlFile("plan.yaml", shipped("plans/2023.yaml").read_bytes() + more.encode())).record
    assert made is not None
    return made


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
