"""The page that a director opens: gathered from a workspace, laid out by the room `page`, saved."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from danvan_cli.delivery.status import came_and_back
from danvan_cli.desk import page_figures, page_today
from danvan_cli.desk.page_seen import Seen, page_about
from danvan_cli.errors import UsageError
from danvan_cli.files import named_so
from danvan_cli.lang import _
from danvan_cli.page import shown
from danvan_cli.plan.days import next_days
from danvan_cli.text import clean, squeeze
from danvan_cli.unit.model import duties, empty_record
from danvan_cli.unit.progress import next_steps, unit_progress
from danvan_cli.word.save import save, sealed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Task
    from danvan_cli.unit.progress import Progress
    from danvan_cli.word.save import Saved

_LEAST: Final = 3
"""What is shorter is no name and no title."""


def gather(
    opened: Open,
    as_of: date,
    unit: str | None = None,
    block: str | None = None,
    path: Path | None = None,
    *,
    public: bool = False,
) -> tuple[shown.Page, Path]:
    """Gather what a page shows, and where it is to lie: at `path`, from where its links lead, or in its usual place.

    It is of a unit, of one block, or of the whole workspace; `public`: for everybody.
    """
    one = opened.unit(unit) if unit else None
    if one and block:
        raise UsageError(_("trang của một đơn vị không dùng cùng --block"))
    units = [one] if one else opened.units(None, block)
    name = "-".join(["trang", *([units[0].block] if block else ()), *(["cong-khai"] if public else ())])
    path = path or (opened.workspace.out(one.id) if one else opened.workspace.build) / f"{name}.html"
    seen = Seen(opened, units, as_of, path, public=public, one=one is not None)
    sums = page_figures.sums(seen) if one is None else []
    figures = page_figures.own_figures(seen) if one else page_figures.figures_shown(seen, sums)
    obstacles = page_figures.obstacles(seen)
    if seen.brief and not public:
        seen.forget_records()
    scores = page_figures.scores(seen)
    own, following = _of_unit(seen) if one else ((), ())
    page = shown.Page(
        page_about(seen, one),
        seen.blocks,
        () if seen.brief else tuple(seen.names.values()),
        page_today.alerts(seen),
        page_today.reports_shown(seen),
        page_today.cells(seen),
        figures,
        page_figures.progress_shown(seen, sums),
        scores,
        obstacles,
        page_today.year(seen),
        own,
        page_figures.score_lines(seen) if one else (),
        following,
    )
    return (_withheld(seen, page) if public else page), path


def write_page(page: shown.Page, path: Path, *, force: bool = False) -> Saved:
    """Write a page that was gathered for this place, under a page's name: else a browser would not open it."""
    from danvan_cli.page.write import page_html  # Jinja, and what it lays out: not for who only wants the data

    return save(named_so(path, ".html", ".htm"), sealed(page_html(page)), force=force)


# A unit's own page: its duties, what its next report lacks, what to do next


def _of_unit(seen: Seen) -> tuple[tuple[shown.Duty, ...], tuple[shown.Next, ...]]:
    unit, plan = seen.units[0], seen.plan
    record = seen.record(unit)
    done = unit_progress(plan, unit, record or empty_record(plan, unit), seen.as_of, *came_and_back(seen.rows))
    own = tuple(_duties(seen, done))
    if record is None:
        begin = shown.Next("begin", unit.id, command=f"danvan init-unit {unit.id}")
        return own, () if seen.opened.workspace.unit_file(unit.id).exists() else (begin,)
    mine = (
        one.last for one in done.deadlines for it in one.deliverables if done.period and it.period == done.period.id
    )
    last = next(mine, None)
    names: dict[str, str] = {task.id: task.label for task in plan.tasks}
    names |= {one.id: one.name for one in plan.deliverable_by_id.values()}
    names |= {one.id: one.name for one in plan.indicator_by_id.values()}
    steps = (
        shown.Next(it.code, names.get(it.about, it.about), it.count, last, it.typed) for it in next_steps(done, unit.id)
    )
    return own, tuple(steps)


def _duties(seen: Seen, done: Progress) -> Iterator[shown.Duty]:
    unit, plan = seen.units[0], seen.plan
    record = seen.record(unit) or empty_record(plan, unit)
    mine = duties(plan, unit)
    own = {name: one.due for name, one in record.tasks.items()}
    days = {one.task.id: one.last for one in next_days(plan, mine, seen.as_of, own)}
    areas = {task.id: area.title for area in plan.areas for task in area.tasks}
    lacks: tuple[tuple[shown.Lack, Sequence[Task]], ...] = (
        ("new", done.new),
        ("changed", done.changed),
        ("result", done.without_result),
        ("evidence", done.without_evidence),
    )
    for task in mine:
        it, last = record.task(task.id), days.get(task.id)
        state, left = it.status or "todo" if it.applies else "none", (last - seen.as_of).days if last else None
        missing = tuple(code for code, those in lacks if any(one.id == task.id for one in those))
        lead, result = None if seen.public else it.lead, it.results.get(done.period.id) if done.period else None
        spot = seen.in_record(unit, ("tasks", task.id)) if task.id in record.tasks else seen.in_plan(task.loc)
        yield shown.Duty(task.id, task.label, areas[task.id], state, last, left, missing, lead, result, spot)


# What a page for everybody leaves out of what people wrote


def _withheld(seen: Seen, page: shown.Page) -> shown.Page:
    """Take names of people and restricted documents out of what units and those who answered wrote.

    Reasons, and where things stand, are not on a public page in the first place.
    """
    texts = [text for one in page.obstacles for text in (one.text, *one.proposals, *one.answers, one.document or "")]
    texts += [one.result or "" for one in page.duties]
    whole = squeeze(clean("\n".join(texts)))
    names = {way for one in _known(seen) if len(name := squeeze(clean(one))) >= _LEAST for way in (name, name.upper())}
    known = sorted({one for one in names if one in whole}, key=lambda one: (-len(one), one))
    # A name stays one over the end of a line, and in capitals
    pattern = re.compile("|".join(r"\s+".join(map(re.escape, one.split())) for one in known) or "(?!)")

    def told(text: str) -> str:
        return pattern.sub("…", clean(text))

    def obstacle(one: shown.ShownObstacle) -> shown.ShownObstacle:
        proposals, answers = tuple(map(told, one.proposals)), tuple(map(told, one.answers))
        document = told(one.document) if one.document else None
        return replace(one, text=told(one.text), proposals=proposals, answers=answers, document=document)

    own = tuple(replace(one, result=told(one.result) if one.result else None) for one in page.duties)
    return replace(page, obstacles=tuple(map(obstacle, page.obstacles)), duties=own)


def _known(seen: Seen) -> Iterator[str]:
    """Name all people that are known, and all that is only to be seen at a unit."""
    yield seen.plan.signature.name or ""
    yield from (one.name for unit in seen.plan.units for one in unit.signers)
    evidence = []
    for record in filter(None, seen.records.values()):
        yield record.signer or ""
        if record.contact:
            yield from filter(None, (record.contact.name, record.contact.phone, record.contact.email))
        evidence += [it for task in record.tasks.values() for it in task.evidence]
    for review in filter(None, seen.opinions.values()):
        yield from (one.member for one in review.review.changes)
        yield from (one.member for one in review.review.statements)
        answers = (*review.sent.answers.values(), *(one.answer for one in review.review.changes))
        evidence += [it for one in answers if one for it in one.evidence]
    yield from (text for it in evidence if it.restricted for text in (it.title, it.number or ""))
