"""Last year's figures, out of the archive of the workspace, for the periods that this year's are held against."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from danvan_cli.errors import UsageError
from danvan_cli.plan.model import Plan
from danvan_cli.unit.model import UnitRecord
from danvan_cli.workspace import Workspace
from danvan_cli.yaml.read import read
from danvan_cli.yaml.schema import Model

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.plan.figures import Indicator
    from danvan_cli.plan.model import Unit

_M = TypeVar("_M", bound=Model)


def with_last_year(workspace: Workspace, plan: Plan, unit: Unit, record: UnitRecord) -> UnitRecord:
    """Give a record with last year's figures where it has none itself; the same record where nothing is known.

    They are found in the archive of this year's workspace. What the unit has taken over from others counts, where figures
    can be added.
    """
    archive = workspace.root / "archive"
    if not plan.indicator_by_id or not archive.is_dir():
        return record
    found = _last(archive, plan.year)
    if found is None or not (keys := _keys(plan, found[1])):
        return record
    told = {name: dict(figures or {}) for name, figures in record.indicators.items()}
    more = False
    for one in plan.indicator_by_id.values():
        for key, old_key in keys.items():
            if record.figure(one.id, key) is None and (value := _figure(found, one, unit, old_key)) is not None:
                told.setdefault(one.id, {})[key] = value
                more = True
    return record.model_copy(update={"indicators": told}) if more else record


def _last(archive: Path, year: int) -> tuple[Workspace, Plan] | None:
    """Find the closed year before a year."""
    for folder in sorted(archive.iterdir(), reverse=True):
        there = Workspace(folder)
        for path in reversed(there.plans):
            plan = _record(Plan, path)
            if plan is not None and plan.years[-1] == year - 1:
                return there, plan
    return None


def _record(model: type[_M], path: Path) -> _M | None:
    """Read a file once while it stays the same; None where it cannot be read."""
    found = path.stat()
    return _kept(model, path, found.st_mtime_ns, found.st_size)  # type: ignore[return-value]  # it is of the model


@lru_cache(maxsize=256)
def _kept(model: type[Model], path: Path, _time: int, _size: int) -> Model | None:
    with suppress(UsageError):
        return read(model, path).record
    return None


def _keys(plan: Plan, old: Plan) -> dict[str, str]:
    """Tell for each period that this year's are held against which figures of last year's are its own.

    That is the period of the same days: whole where it was reported when it was over, else as it was estimated; what had
    been done by the day of the report stands beside the same time of this year.
    """
    found: dict[str, str] = {}
    for one in plan.periods:
        before = plan.period(one.previous)
        then = before and next((it for it in old.periods if (it.start, it.end) == (before.start, before.end)), None)
        if before is None or then is None:
            continue
        found[before.id] = then.estimated if then.estimate else then.id
        if one.same and then.estimate:
            found[one.same] = then.id
    return found


def _figure(found: tuple[Workspace, Plan], indicator: Indicator, unit: Unit, key: str) -> Decimal | None:
    """Give a figure of last year: the unit's own, else what those came to that it alone has followed."""
    there, plan = found
    own = _of(there, unit.id, indicator.id, key)
    if own is not None:
        return own
    before = [one for one in plan.units if one.end and unit.id in one.successors]
    figures = [_of(there, one.id, indicator.id, key) for one in before]
    known = [one for one in figures if one is not None]
    alone = all(len(one.successors) == 1 for one in before)
    if not known or len(known) < len(figures) or not alone or (len(known) > 1 and indicator.over_units != "sum"):
        return None
    return sum(known, Decimal(0))


def _of(there: Workspace, unit: str, indicator: str, key: str) -> Decimal | None:
    path = there.unit_file(unit)
    record = _record(UnitRecord, path) if path.is_file() else None
    return record.figure(indicator, key) if record else None
