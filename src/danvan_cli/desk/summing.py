"""Summing a period up: the consolidated report and its annex, a figure followed to its units, what is reported upward."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from danvan_cli.delivery.status import status_rows
from danvan_cli.desk.made import Made, made
from danvan_cli.desk.opened import no_periods
from danvan_cli.desk.reviews import Reviews
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.files import read_bytes, safe_name
from danvan_cli.lang import _
from danvan_cli.province.obstacles import kept_obstacles, path_of
from danvan_cli.province.ranking import ranking
from danvan_cli.province.ranking_papers import results
from danvan_cli.province.reminders import collector
from danvan_cli.province.summary import summed_up, upward
from danvan_cli.province.summary_book import annex_workbook, picked_words
from danvan_cli.province.summary_paper import summary_paper, words_cited
from danvan_cli.rules.secrets import refuse_secret_file
from danvan_cli.scoring.model import rubric_path
from danvan_cli.unit.model import UNIT_FORMAT, UnitRecord
from danvan_cli.unit.typed import indicator
from danvan_cli.word.package import is_untouched
from danvan_cli.word.save import save
from danvan_cli.workspace import shown
from danvan_cli.yaml.yamltext import document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from danvan_cli.delivery.store import Received
    from danvan_cli.desk.opened import Open
    from danvan_cli.papers.results import Results
    from danvan_cli.plan.model import Deliverable, Unit
    from danvan_cli.province.summary import Summary, Total
    from danvan_cli.word.save import Saved


@dataclass(frozen=True)
class SummedPeriod:
    """A period summed up, from these receipts."""

    opened: Open
    received: Received
    summary: Summary
    name: str
    """What its files are called: those of one block, or as of a day that was asked for, have their own."""


def sum_up(opened: Open, name: str, as_of: date, block: str | None, *, apart: bool = False) -> SummedPeriod:
    """Sum up a report, named by its id, its name or the period that all owe it for: of all units, or those of a block.

    What came after the day `as_of` is not counted; `apart`: that day was asked for, and is not just today.
    """
    one = _report(opened, name)
    units = opened.units(None, block) if block else None
    came = opened.received(lenient=True)
    rows = status_rows(opened.plan, came, as_of, units, opened.broken)
    found = summed_up(
        opened.plan, rows, lambda unit: _record(opened, unit), one, as_of, answers=lambda it: _answers(opened, it)
    )
    if units:
        found.block = opened.plan.block_by_id[units[0].block]
    parts = [one.id, *([units[0].block] if units else ()), *([f"den-{as_of}"] if apart else ())]
    return SummedPeriod(opened, came, found, f"tong-hop-{'-'.join(parts)}")


def _report(opened: Open, name: str) -> Deliverable:
    plan = opened.plan
    periodic = [it for it in plan.deliverables if it.id in plan.periodic and it.period == name]
    if len(periodic) > 1 and name not in plan.deliverable_by_id:
        said = _("kỳ «{id}» có {count} báo cáo: tổng hợp từng báo cáo", id=name, count=len(periodic))
        raise UsageError(said, help=", ".join(it.id for it in periodic))
    one = plan.deliverable_by_id.get(name) or next(iter(periodic), None) or opened.deliverable(name)
    able = {it.id for it in plan.deliverable_by_id.values() if it.kind == "report" and it.period in plan.period_by_id}
    if one.id not in able:
        ids = ", ".join(it for it in plan.deliverable_by_id if it in able)
        how = _("tổng hợp được: {ids}", ids=ids) if ids else no_periods()
        raise UsageError(_("«{id}» không phải báo cáo của một kỳ", id=one.id), help=how)
    return one


def _answers(opened: Open, unit: Unit) -> dict[str, str]:
    if not path_of(opened.workspace, unit.id).exists():
        return {}
    items = kept_obstacles(opened.workspace, opened.plan, unit.id, opened.levels).record.items
    return {it.id: it.answer + (f" ({it.document})" if it.document else "") for it in items if it.answer}


def _record(opened: Open, unit: Unit) -> UnitRecord | None:
    """Read a unit's record; one that cannot be read is told and counts as not here."""
    record, path = opened.record_unchecked(unit), opened.workspace.unit_file(unit.id)
    if record is None and path.exists():
        opened.tell(_("không đọc được {path}", path=shown(path)))
    return record


def consolidate(
    period: SummedPeriod, path: Path | None, pick: Sequence[str] = (), *, force: bool
) -> tuple[Made, Saved, list[str]]:
    """Make the report and, beside it, its annex; give, too, where in a workbook words are marked that units say no more.

    `pick`: of whose words the report cites, or the annex in which what it cites is marked; the marks stay in it then.
    """
    opened, out = period.opened, period.summary
    writer = collector(opened.plan, out.deliverable)
    books = {}
    for one in pick:
        if one.lower().endswith(".xlsx"):
            refuse_secret_file(Path(one))
            books[one] = picked_words(Path(one), out)
    units = [opened.unit(one).id for one in pick if one not in books]
    chosen = (words_cited(out, units) if units else {}) if pick else None
    for book in books.values():
        chosen = (chosen or {}) | book.cited
    told = summary_paper(out, writer, _record(opened, writer), _results(period), chosen)
    path = path or opened.workspace.build / f"{period.name}.docx"
    annex = path.with_suffix(".xlsx")
    marks = next((book.marks for one, book in books.items() if Path(one).resolve() == annex.resolve()), None)
    if not (force or marks) and annex.exists() and not is_untouched(read_bytes(annex)):
        raise DanvanError(
            _("{path} đã được người sửa nên không bị ghi đè", path=shown(annex)),
            help=_(
                "đã đánh dấu câu trích trong đó thì thêm --pick {path}; bỏ chỗ đã sửa thì thêm --force",
                path=shown(annex),
            ),
        )
    report = made(opened, path, told, force=force)
    saved = save(annex, annex_workbook(out, marks), force=force or bool(marks))
    return report, saved, [spot for book in books.values() for spot in book.lost]


def _results(period: SummedPeriod) -> Results:
    """Give scores and bands by block, in the year's last report; nothing where there is no rubric or no score."""
    opened, out = period.opened, period.summary
    last = max((one.end for one in opened.plan.periods if one.start.year >= opened.plan.year - 1), default=None)
    if out.period.end != last or not rubric_path(opened.path).exists():
        return results([])
    reviews = Reviews(opened, period.received)
    blocks = [out.block] if out.block else opened.plan.blocks
    found = ranking(opened.plan, reviews.rubrics, blocks, reviews.open)
    return results([one for one in found if any(it.result is not None for it in one.standings)])


def followed(period: SummedPeriod, name: str) -> Total:
    """Give an indicator's figure with those of the units."""
    id_, _value = indicator(period.opened.plan, f"{name}=")
    return next(it for it in period.summary.figures if it.indicator.id == id_)


def report_upward(period: SummedPeriod, unit: str) -> Saved:
    """Write what the units under a unit come to, for that unit's own record in the workspace above."""
    opened, out = period.opened, period.summary
    told = {"format": UNIT_FORMAT, **upward(out, safe_name(unit), opened.plan.id)}
    head = (
        f"# Tổng hợp {len(out.reported)}/{len(out.reported) + len(out.missing)} đơn vị trực thuộc, kỳ {out.period.name}.\n"
        f"# Ghi vào hồ sơ ở nơi báo cáo lên: danvan log {unit} --from TỆP-NÀY\n"
    )
    path = opened.workspace.build / f"{period.name}.unit.yaml"
    return save(path, head.encode() + document(told))
