"""What verifying puts on paper: the team's workbook, the letter that explains, the decision that founds the team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_cli.desk.made import Made, made
from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.papers.kinds.cong_van_giai_trinh import Notice, explanation_letter
from danvan_cli.province.ranking_papers import team
from danvan_cli.province.reminders import sender
from danvan_cli.word.save import save

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.desk.reviews import Reviews
    from danvan_cli.plan.model import Unit
    from danvan_cli.word.save import Saved


@dataclass(frozen=True)
class TeamBook:
    """The team's workbook: how many units stand in it, and which have sent nothing."""

    saved: Saved
    count: int
    missing: tuple[Unit, ...]


def team_book(
    reviews: Reviews, unit: str | None, block: str | None, path: Path | None, *, when: date, force: bool
) -> TeamBook:
    """Write the team's workbook."""
    opened = reviews.opened
    those = reviews.those(unit, block)
    name = "-".join(
        ["tham-dinh", *({one.unit.id for one in those} if unit else {those[0].unit.block} if block else ())]
    )
    path = workbook_path(path or opened.workspace.build / f"{name}.xlsx")
    title = f"SỔ THẨM ĐỊNH ĐIỂM {opened.plan.subject} {opened.plan.span}".upper()
    from danvan_cli.province.review_book import team_workbook  # with the reader of workbooks, which papers do without

    saved = save(path, team_workbook(those, title, when, reviews.proposed), force=force)
    inside = {one.unit.id for one in those}
    missing = tuple(it for it in reviews.units(unit, block) if it.id not in inside)
    return TeamBook(saved, len(those), missing)


def workbook_path(path: Path) -> Path:
    """Take the name of a workbook."""
    if path.suffix.lower() != ".xlsx":
        raise UsageError(_("{path}: không ghi được dạng này", path=path), help=_("đặt tên tệp .xlsx"))
    return path


def explanation(reviews: Reviews, unit: str | None, path: Path | None, *, force: bool) -> Made:
    """Make the letter in which a unit explains the points that differ."""
    opened = reviews.opened
    one = reviews.sure(opened.unit(unit))
    verified = {line.criterion.id: line.points for line in one.result().lines if line.points is not None}
    last = one.review.notices[-1] if one.review.notices else None
    notice = Notice(number=last.number, date=last.date) if last else Notice()
    record = opened.record_or_empty(one.unit)
    letter = explanation_letter(opened.plan, one.unit, record, one.self_result, verified, notice)
    return made(opened, path or opened.workspace.out(one.unit.id) / f"{letter.template}.docx", letter, force=force)


def team_decision(reviews: Reviews, path: Path | None, *, force: bool) -> Made:
    """Make the draft of the decision that founds the team."""
    opened = reviews.opened
    who = reviews.verifier or sender(opened.plan)
    decision = team(opened.plan, who)
    return made(opened, path or results_folder(opened) / f"{decision.template}.docx", decision, force=force)


def results_folder(opened: Open) -> Path:
    """Tell where the documents on results are made."""
    return opened.workspace.build / "xep-loai"
