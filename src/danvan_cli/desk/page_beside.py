"""Workspaces side by side: what every unit owes this week over all their plans."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from danvan_cli.desk import page_today
from danvan_cli.desk.page_seen import Seen, about
from danvan_cli.lang import _
from danvan_cli.page import shown
from danvan_cli.text import Ids, clean, sort_key, squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from danvan_cli.desk.opened import Open

WEEK: Final = 7
_KINDS: Final = frozenset(("overdue", "returned", "due", "broken"))


def beside(workspaces: Sequence[Open], as_of: date, path: Path, *, public: bool = False) -> shown.Page:
    """Gather what units owe this week: what is overdue or returned, or falls due within seven days.

    Units are the same where their names are; whatever else a workspace says stands on its own page. The workspaces keep
    their order; the page is to lie at `path`.
    """
    every = [Seen(one, one.plan.units, as_of, path, public=public, beside=True) for one in workspaces]
    blocks, units = _merged(every)
    reports: list[shown.Report] = []
    cells: list[shown.Cell] = []
    alerts: list[shown.Alert] = []
    year: list[shown.YearDay] = []
    names = [one.name for seen in every for one in seen.plan.deliverable_by_id.values()]
    for at, seen in enumerate(every, start=1):
        wanted = {row.deliverable.id for row in seen.rows if _this_week(row.state, row.days)}
        for one in page_today.reports(seen):
            if one.id in wanted:
                by_block = {
                    blocks[_key(seen.plan.block_by_id[it].name)].id: counts for it, counts in one.by_block.items()
                }
                name = f"{one.name} ({seen.plan.subject})" if names.count(one.name) > 1 else one.name
                reports.append(replace(one, id=f"{at}-{one.id}", name=name, by_block=by_block))
        mine = (one for one in page_today.cells(seen) if one.report in wanted)
        cells += [replace(one, unit=seen.names[one.unit].id, report=f"{at}-{one.report}") for one in mine]
        alerts += [
            one
            for one in page_today.alerts(seen)
            if one.kind in _KINDS and (one.kind != "due" or (one.days or 0) <= WEEK)
        ]
        year += page_today.year(seen)
    first = about(every[0], None)
    face = replace(
        first,
        title=_("{count} kế hoạch: việc phải gửi trong tuần", count=len(every)),
        plan="; ".join(about(seen, None).plan for seen in every),
        issuer="; ".join(dict.fromkeys(about(seen, None).issuer for seen in every)),
        draft=any(seen.plan.state == "draft" for seen in every),
        digest=sha256(b"".join(sha256(one.data).digest() for one in workspaces)).hexdigest()[:12],
        commit=None,
        dirty=False,
    )
    return shown.Page(
        face,
        tuple(blocks.values()),
        units,
        tuple(alerts),
        tuple(reports),
        tuple(cells),
        year=tuple(sorted(year, key=lambda one: one.day)),
    )


def _this_week(state: str, days: int | None) -> bool:
    return state in {"overdue", "returned"} or (state in {"due", "extended"} and days is not None and days <= WEEK)


def _merged(every: Sequence[Seen]) -> tuple[dict[str, shown.BlockName], tuple[shown.UnitName, ...]]:
    """Put together blocks and units of the same names; each workspace calls its units so from then on."""
    blocks: dict[str, shown.BlockName] = {}
    units: dict[tuple[str, int], shown.UnitName] = {}
    block_ids, ids = Ids(), Ids()
    for seen in every:
        for block in seen.blocks:
            if _key(block.name) not in blocks:
                blocks[_key(block.name)] = replace(block, id=block_ids.free(block.id))
        names, turns = {}, Counter[str]()
        for unit in seen.units:
            turns[_key(unit.name)] += 1  # two communes of a plan may have one name
            key = _key(unit.name), turns[_key(unit.name)]
            if key not in units:
                block = blocks[_key(seen.plan.block_by_id[unit.block].name)]
                units[key] = replace(seen.names[unit.id], id=ids.free(unit.id), block=block.id)
            names[unit.id] = units[key]
        seen.names = names
    order = {block.id: at for at, block in enumerate(blocks.values())}
    told = sorted(units.values(), key=lambda one: (order[one.block], sort_key(one.name), one.id))
    return blocks, tuple(told)


def _key(name: str) -> str:
    return squeeze(clean(name)).casefold()
