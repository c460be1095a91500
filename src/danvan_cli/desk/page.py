"""The page that a director opens: gathered from the workspace, laid out by the room `page`, saved beside the documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_cli.desk import page_figures, page_scores, page_today, page_unit
from danvan_cli.desk.page_public import withheld
from danvan_cli.desk.page_seen import Seen, about
from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.page import shown
from danvan_cli.word.save import save, sealed

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.word.save import Saved


@dataclass(frozen=True)
class Wanted:
    """Which page: of a unit (None: of the workspace), of one block, for everybody, as of which day."""

    as_of: date
    unit: str | None = None
    block: str | None = None
    public: bool = False


def gather(opened: Open, wanted: Wanted, path: Path | None = None) -> tuple[shown.Page, Path]:
    """Gather what a page shows, and where it is to lie: at `path`, from where its links lead, or in its usual place."""
    one = opened.unit(wanted.unit) if wanted.unit else None
    if one and wanted.block:
        raise UsageError(_("trang của một đơn vị không dùng cùng --block"))
    units = [one] if one else opened.units(None, wanted.block)
    name = "-".join(["trang", *([units[0].block] if wanted.block else ()), *(["cong-khai"] if wanted.public else ())])
    path = path or (opened.workspace.out(one.id) if one else opened.workspace.build) / f"{name}.html"
    seen = Seen(opened, units, wanted.as_of, path, public=wanted.public, one=one is not None)
    sums = page_figures.sums(seen) if one is None else []
    figures = page_figures.own_figures(seen) if one else page_figures.figures(seen, sums)
    obstacles = page_figures.obstacles(seen)
    if seen.brief and not wanted.public:
        seen.forget_records()
    scores = page_scores.scores(seen)
    duties, following = page_unit.of_unit(seen) if one else ((), ())
    page = shown.Page(
        about(seen, one),
        seen.blocks,
        () if seen.brief else tuple(seen.names.values()),
        page_today.alerts(seen),
        page_today.reports(seen),
        page_today.cells(seen),
        figures,
        page_figures.progress(seen, sums),
        scores,
        obstacles,
        page_today.year(seen),
        duties,
        page_scores.lines(seen) if one else (),
        following,
    )
    return (withheld(seen, page) if wanted.public else page), path


def write_page(page: shown.Page, path: Path, *, force: bool = False) -> Saved:
    """Write a page that was gathered for this place, under a page's name: else a browser would not open it."""
    if path.suffix.lower() not in {".html", ".htm"}:
        raise UsageError(_("{path}: không ghi được dạng này", path=path), help=_("đặt tên tệp .html"))
    from danvan_cli.page.write import page_html  # Jinja, and what it lays out: not for who only wants the data

    return save(path, sealed(page_html(page)), force=force)
