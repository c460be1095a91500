"""Ranking by block, why a unit has its place; what verifying and ranking put on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_cli.desk.made import Made, made
from danvan_cli.errors import UsageError
from danvan_cli.files import named_so
from danvan_cli.lang import _
from danvan_cli.papers.kinds.cong_van_giai_trinh import Notice, explanation_letter
from danvan_cli.province.ranking import members, ranking
from danvan_cli.province.ranking_papers import changed_points, ranking_workbook, result_papers, team
from danvan_cli.province.reminders import collector
from danvan_cli.scoring.ranking import lift, lost_points
from danvan_cli.text import day as written_day
from danvan_cli.word.save import save

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.desk.reviews import Reviews
    from danvan_cli.plan.model import Unit
    from danvan_cli.province.notes import Basis
    from danvan_cli.province.ranking import BlockRanking, Standing
    from danvan_cli.scoring.ranking import Lift
    from danvan_cli.scoring.result import ScoredLine
    from danvan_cli.word.save import Saved


@dataclass(frozen=True)
class Why:
    """Why a unit stands where it stands: who shares its place, where it lost most, what would lift it one band.

    `standing` is None where it is not ranked this year.
    """

    ranking: BlockRanking
    standing: Standing | None
    ranked: int = 0
    tied: tuple[Unit, ...] = ()
    lost: tuple[tuple[ScoredLine, Decimal], ...] = ()
    up: Lift | None = None


def rankings(reviews: Reviews, block: str | None, unit: Unit | None, basis: Basis | None) -> list[BlockRanking]:
    """Rank all blocks, one of them, or that of a unit."""
    plan = reviews.opened.plan
    wanted = {one.block for one in reviews.opened.units(None, block)}
    if unit:
        if block and unit.block not in wanted:
            raise UsageError(_("{unit} không thuộc khối này", unit=unit.name))
        wanted = {unit.block}
    blocks = [it for it in plan.blocks if it.id in wanted]
    return ranking(plan, reviews.rubrics, blocks, reviews.open, basis, reviews.doubts)


def in_the_way(reviews: Reviews, found: Sequence[BlockRanking], *, final: bool) -> list[str]:
    """Say what no paper on results can say: what tracking contradicts, and as final what is not settled."""
    told = []
    for it in (one for ranked in found for one in ranked.standings):
        told += [f"{it.unit.name}: {note.reason}" for note in it.noted if note.code == "doubt"]
        one = reviews.open(it.unit) if final and it.result is not None else None
        if one and one.review.final is None and one.official is None:
            told.append(_("{unit}: kết quả chưa chốt", unit=it.unit.name))
    return told


def why(unit: Unit, one: BlockRanking) -> Why:
    """Say why a unit stands where it stands in its block."""
    it = next((other for other in one.standings if other.unit.id == unit.id), None)
    if it is None or it.result is None or one.rubric is None:
        return Why(one, it)
    tied = tuple(o.unit for o in one.standings if it.rank and o.rank == it.rank and o.unit.id != unit.id)
    ranked = sum(1 for other in one.standings if other.rank is not None)
    return Why(one, it, ranked, tied, tuple(lost_points(it.result)), lift(it.result))


def ranking_book(opened: Open, found: Sequence[BlockRanking], path: Path, *, force: bool) -> Saved:
    """Write the ranking as a workbook."""
    return save(named_so(path, ".xlsx"), ranking_workbook(opened.plan, found), force=force)


def result_documents(
    reviews: Reviews, found: Sequence[BlockRanking], *, final: bool, answer_by: date | None, force: bool
) -> Iterator[Made]:
    """Make the documents that tell the results, final or with the day by which units may explain, in turn.

    Those about one block have its id in their names: they are others than those about all.
    """
    opened, who = reviews.opened, reviews.verifier
    if who is None:
        raise UsageError(
            _("kế hoạch không ghi hồ sơ tự chấm gửi đến đơn vị nào"),
            help=_("ghi «to» ở báo cáo tự chấm trong kế hoạch"),
        )
    record = opened.record_unchecked(who)
    scored = (reviews.open(it.unit) for one in found for it in one.standings if it.result is not None)
    changes = [told for one in scored if one and one.begun and (told := changed_points(one)).rows]
    by = written_day(answer_by) if answer_by else None
    of = f"-{found[0].block.id}" if len(found) == 1 < len(opened.plan.blocks) else ""
    for paper in result_papers(opened.plan, who, record, found, changes, final=final, answer_by=by):
        yield made(opened, opened.workspace.build / "xep-loai" / f"{paper.template}{of}.docx", paper, force=force)


# Verifying -----------------------------------------------------------------------------------------------------------


def team_book(
    reviews: Reviews, unit: str | None, block: str | None, path: Path | None, *, when: date, force: bool
) -> tuple[Saved, int, list[Unit]]:
    """Write the team's workbook; give how many units stand in it, too, and which have sent nothing."""
    opened = reviews.opened
    those = reviews.those(unit, block)
    of = f"-{those[0].unit.id}" if unit else f"-{those[0].unit.block}" if block else ""
    path = named_so(path or opened.workspace.build / f"tham-dinh{of}.xlsx", ".xlsx")
    title = f"SỔ THẨM ĐỊNH ĐIỂM {opened.plan.subject} {opened.plan.span}".upper()
    from danvan_cli.province.review_book import team_workbook  # with the reader of workbooks, which papers do without

    saved = save(path, team_workbook(those, title, when, reviews.proposed), force=force)
    inside = {one.unit.id for one in those}
    scored = {it.id for one in opened.plan.blocks for it in members(opened.plan, one)}
    return saved, len(those), [it for it in opened.units(unit, block) if it.id in scored - inside]


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
    who = reviews.verifier or collector(opened.plan)
    decision = team(opened.plan, who)
    return made(
        opened, path or opened.workspace.build / "xep-loai" / f"{decision.template}.docx", decision, force=force
    )
