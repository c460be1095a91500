"""Who owes what on a day, by the plan, what came and what was returned: every state, at both sides of each day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.delivery.model import RECEIPT_FORMAT, RETURN_FORMAT, Receipt, ReceivedFile, Return
from danvan_cli.delivery.status import StatusRow, status_rows
from danvan_cli.delivery.store import Filed
from danvan_cli.files import shipped
from danvan_cli.plan.model import Plan
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.yamlfile import YamlFile

LAST = date(2023, 5, 9)
"""The last day of the six-month report: «trước ngày 10/5/2023»."""
EXTENDED = (
    "\nextensions:\n  - {units: [so-y-te], deliverable: 6m, by: 2023-05-20, number: 9/UBND-NC, date: 2023-04-28}\n"
)
EXEMPT = "\nexemptions:\n  - {units: [so-y-te], deliverables: [6m], number: 9/UBND-NC, date: 2023-04-28}\n"
ASKED = """
requests:
  - {id: dc-2023, type: Công văn, number: 210/UBND-NC, date: 2023-08-01, name: Báo cáo dân chủ ở cơ sở, owners: [so-y-te],
     by: 2023-08-31, to: so-noi-vu}
"""


def plan(more: str = "", **settings: str) -> Plan:
    text = shipped("plans/2023.yaml").read_text(encoding="utf-8")
    for key, value in settings.items():
        text = text.replace("\nsettings:", f"\nsettings:\n  {key}: {value}", 1)
    made = as_read(Plan, YamlFile("plan.yaml", (text + more).encode()))
    assert made.record is not None
    assert not made.findings
    return made.record


def came(received: date, issued: date | None = None, back: Return | None = None) -> Filed:
    file = ReceivedFile(name="a.pdf", sha256="0" * 64, size=1)
    receipt = Receipt(
        format=RECEIPT_FORMAT, plan="2023", unit="so-y-te", deliverable="6m", received=received, issued=issued, sha256="0" * 64, files=[file]
    )  # fmt: skip
    return Filed("x", receipt, back)


def returned(on: date, by: date | None = None) -> Return:
    return Return(format=RETURN_FORMAT, date=on, reason="Thiếu phụ lục", by=by)


def row(the_plan: Plan, as_of: date, *filed: Filed, deliverable: str = "6m") -> StatusRow | None:
    found = status_rows(the_plan, {("so-y-te", deliverable): list(filed)}, as_of, [the_plan.unit_by_id["so-y-te"]])
    return next((one for one in found if one.deliverable.id == deliverable), None)


def told(one: StatusRow | None) -> tuple[Any, ...] | None:
    return (one.state, one.days, one.last_day) if one else None


@pytest.mark.parametrize(
    ("as_of", "state", "days"),
    [
        (date(2023, 4, 24), "not-due", 15),
        (date(2023, 4, 25), "due", 14),
        (LAST, "due", 0),
        (date(2023, 5, 10), "overdue", 1),
        (date(2023, 6, 9), "overdue", 31),
    ],
)
def test_nothing_came(as_of: date, state: str, days: int) -> None:
    assert told(row(plan(), as_of)) == (state, days, LAST)


def test_it_came_in_time_or_late() -> None:
    the = plan()
    assert told(row(the, date(2023, 6, 1), came(LAST))) == ("submitted", 0, LAST)
    assert told(row(the, date(2023, 6, 1), came(date(2023, 5, 1)))) == ("submitted", 8, LAST)
    assert told(row(the, date(2023, 6, 1), came(date(2023, 5, 10)))) == ("late", 1, LAST)
    assert told(row(the, date(2023, 5, 9), came(date(2023, 5, 10)))) == ("due", 0, LAST), "not known yet on that day"


def test_the_setting_says_which_day_decides() -> None:
    one = came(date(2023, 5, 12), issued=date(2023, 5, 8))
    assert told(row(plan(), date(2023, 6, 1), one)) == ("late", 3, LAST)
    issued = plan(late_by="issued")
    assert told(row(issued, date(2023, 6, 1), one)) == ("submitted", 1, LAST)
    assert told(row(issued, date(2023, 6, 1), came(date(2023, 5, 12)))) == ("late", 3, LAST), "no day of issue is known"


def test_the_first_version_decides() -> None:
    found = row(plan(), date(2023, 6, 1), came(date(2023, 5, 5)), came(date(2023, 5, 20)))
    assert found is not None
    assert (*(told(found) or ()), found.versions) == ("submitted", 4, LAST, 2)


def test_it_was_returned() -> None:
    the, by = plan(), date(2023, 5, 25)
    back = came(date(2023, 5, 5), back=returned(date(2023, 5, 15), by))
    assert told(row(the, date(2023, 5, 14), back)) == ("submitted", 4, LAST), "not known yet on that day"
    assert told(row(the, date(2023, 5, 20), back)) == ("returned", 5, by)
    assert told(row(the, date(2023, 5, 26), back)) == ("returned", -1, by)
    assert told(row(the, date(2023, 6, 1), back, came(by))) == ("submitted", 0, by)
    assert told(row(the, date(2023, 6, 1), back, came(date(2023, 5, 27)))) == ("late", 2, by)
    twice = came(date(2023, 5, 24), back=returned(date(2023, 5, 26), date(2023, 6, 5)))
    assert told(row(the, date(2023, 6, 1), back, twice)) == ("returned", 4, date(2023, 6, 5))


def test_what_comes_again_under_the_day_of_issue_that_it_had_before_its_return_came_when_it_came() -> None:
    the, by = plan(late_by="issued"), date(2023, 5, 25)
    first = date(2023, 5, 8)
    back = came(date(2023, 5, 9), first, back=returned(date(2023, 5, 15), by))
    assert told(row(the, date(2023, 7, 1), back, came(date(2023, 6, 10), first))) == ("late", 16, by)
    assert told(row(the, date(2023, 7, 1), back, came(date(2023, 6, 10), date(2023, 5, 24)))) == ("submitted", 1, by)


def test_a_return_without_a_day_leaves_the_first_sending_to_decide() -> None:
    back = came(date(2023, 5, 5), back=returned(date(2023, 5, 15)))
    assert told(row(plan(), date(2023, 6, 1), back)) == ("returned", None, None)
    assert told(row(plan(), date(2023, 6, 30), back, came(date(2023, 6, 20)))) == ("submitted", 4, LAST)


def test_extended_exempt_and_asked_for() -> None:
    the, last = plan(EXTENDED), date(2023, 5, 20)
    assert told(row(the, date(2023, 5, 12))) == ("extended", 8, last)
    assert told(row(the, date(2023, 5, 21))) == ("overdue", 1, last)
    assert told(row(the, date(2023, 5, 21), came(last))) == ("submitted", 0, last)
    assert told(row(plan(EXEMPT), date(2023, 6, 1))) == ("exempt", None, LAST)
    assert told(row(plan(EXEMPT), date(2023, 6, 1), came(LAST))) == ("submitted", 0, LAST)
    back = came(date(2023, 5, 5), back=returned(date(2023, 5, 15), last))
    assert told(row(plan(EXEMPT), date(2023, 6, 1), back)) == ("exempt", None, LAST), "nobody waits for it again"
    assert told(row(plan(EXEMPT), date(2023, 6, 1), came(last))) == ("submitted", None, None), "nor did before"
    asked = plan(ASKED)
    assert told(row(asked, date(2023, 9, 2), deliverable="dc-2023")) == ("overdue", 2, date(2023, 8, 31))
    others = [one for one in status_rows(asked, {}, date(2023, 9, 2)) if one.deliverable.id == "dc-2023"]
    assert [one.unit.id for one in others] == ["so-y-te"]


def test_no_date_and_on_request() -> None:
    the = plan()
    assert told(row(the, date(2023, 6, 1), deliverable="ke-hoach")) == ("no-date", None, None)
    assert told(row(the, date(2023, 6, 1), came(date(2023, 2, 1)), deliverable="ke-hoach")) == ("submitted", None, None)
    assert row(the, date(2023, 6, 1), deliverable="chuyen-de") is None
    assert told(row(the, date(2023, 6, 1), came(date(2023, 5, 1)), deliverable="chuyen-de")) == (
        "submitted",
        None,
        None,
    )


def test_a_unit_that_is_no_more_owes_what_fell_due_before_and_its_heir_the_rest() -> None:
    text = shipped("plans/2023.yaml").read_text(encoding="utf-8")
    old = text[text.index("  - {id: so-ngoai-vu") :].split("}", 1)[0]
    the = as_read(
        Plan, YamlFile("p", text.replace(old, f"{old}, to: 2023-06-30, successors: [so-noi-vu]").encode())
    ).record
    assert the is not None
    rows = {(one.unit.id, one.deliverable.id): one.state for one in status_rows(the, {}, date(2023, 12, 1))}
    assert rows["so-ngoai-vu", "6m"] == "overdue"
    assert ("so-ngoai-vu", "1y") not in rows
    assert rows["so-noi-vu", "1y"] == "overdue"


@given(st.integers(-200, 200), st.integers(-200, 200))
def test_every_day_has_one_state_that_says_how_far_it_is(sent: int, asked: int) -> None:
    filed = came(LAST + timedelta(days=sent))
    one = row(THE, LAST + timedelta(days=asked), filed)
    assert one is not None
    if sent > asked:
        assert (one.state, one.days) == (
            ("overdue", asked) if asked > 0 else ("due" if asked >= -14 else "not-due", -asked)
        )
    else:
        assert (one.state, one.days) == (("late", sent) if sent > 0 else ("submitted", -sent))


THE = plan()


@pytest.mark.parametrize(
    ("until", "since", "owed"),
    [
        ("2022-12-31", None, []),
        ("2023-01-01", None, ["ke-hoach", "dai-6m", "dai-1y"]),
        ("2022-12-14", None, []),
        (None, "2023-06-14", ["ke-hoach", "dai-6m", "dai-1y"]),
        (None, "2023-06-15", ["ke-hoach", "dai-1y"]),
        (None, "2023-12-31", ["ke-hoach"]),
        (None, "2024-01-01", []),
    ],
)
def test_who_was_never_there_in_its_time_owes_nothing_undated(
    until: str | None, since: str | None, owed: list[str]
) -> None:
    """The plan's year is the time of what has no period."""
    the = plan()
    life = {"end": until and date.fromisoformat(until), "start": since and date.fromisoformat(since)}
    units = [one.model_copy(update=life if one.id == "dai-ptth-bao" else {}) for one in the.units]
    the = the.model_copy(update={"units": units})
    rows = status_rows(the, {}, date(2023, 2, 1), [the.unit_by_id["dai-ptth-bao"]])
    assert [one.deliverable.id for one in rows if one.state == "no-date"] == owed


def test_a_day_put_off_beyond_a_unit_s_end_takes_no_duty_from_it() -> None:
    the = plan(EXTENDED)
    units = [one.model_copy(update={"end": date(2023, 5, 15)} if one.id == "so-y-te" else {}) for one in the.units]
    the = the.model_copy(update={"units": units})
    assert told(row(the, date(2023, 5, 12))) == ("extended", 8, date(2023, 5, 20))
    assert told(row(the, date(2023, 5, 22))) == ("overdue", 2, date(2023, 5, 20))
    late = [one.model_copy(update={"start": date(2023, 5, 15)} if one.id == "so-y-te" else {}) for one in plan().units]
    late_plan = plan(EXTENDED).model_copy(update={"units": late})
    assert told(row(late_plan, date(2023, 5, 22))) == ("overdue", 2, date(2023, 5, 20)), "it was given to it"
