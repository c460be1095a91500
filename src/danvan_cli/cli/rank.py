"""`danvan rank`: places and bands by block, and the documents that tell them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from danvan_cli.cli import complete
from danvan_cli.cli.options import Force, Json, Plan
from danvan_cli.errors import Exit, UsageError
from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Unit
    from danvan_cli.province.ranking import BlockRanking
    from danvan_cli.province.review import Reviewing

ABOUT = _(
    "Mỗi khối xếp theo điểm xa nhất đã có: chính thức, không thì thẩm định, không thì tự chấm; --by chọn khác. Đơn vị"
    " chưa đến bước đó không có hạng và được nêu rõ vì sao. Tỷ lệ khống chế chỉ được báo, không tự hạ mức của ai."
)
EXAMPLES = (
    ("danvan rank --by self", _("xếp hạng theo điểm tự chấm")),
    ("danvan rank --by self --explain so-y-te", _("vì sao đứng ở đó, thiếu gì để lên một mức")),
    ("danvan rank --docs", _("biên bản, thông báo, tờ trình, quyết định ở build/xep-loai/")),
)


def rank(
    block: Annotated[
        str | None, typer.Option("--block", metavar=_("KHỐI"), help=_("chỉ một khối"), autocompletion=complete.blocks)
    ] = None,
    by: Annotated[
        Literal["self", "verified", "official"] | None,
        typer.Option("--by", help=_("xếp theo: self (tự chấm), verified (thẩm định), official (chính thức)")),
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain", metavar=_("ĐƠN-VỊ"), help=_("vì sao đơn vị đứng ở đó"), autocompletion=complete.units
        ),
    ] = None,
    docs: Annotated[bool, typer.Option("--docs", help=_("làm biên bản, thông báo, tờ trình, quyết định"))] = False,
    final: Annotated[bool, typer.Option("--final", help=_("thông báo là kết quả cuối cùng, sau giải trình"))] = False,
    answer_by: Annotated[
        str | None, typer.Option("--answer-by", metavar=_("NGÀY"), help=_("hạn giải trình ghi trong thông báo"))
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar=_("TỆP.xlsx"), help=_("bảng xếp hạng có biểu đồ"))
    ] = None,
    force: Force = False,
    plan: Plan = None,
    json: Json = False,
) -> Exit:
    """Rank units by block."""
    from danvan_cli.cli import screen
    from danvan_cli.cli.opening import open_plan
    from danvan_cli.desk.rubrics import rubrics_of
    from danvan_cli.province.ranking import as_dict, ranking

    opened = open_plan(plan)
    rubrics = rubrics_of(opened)
    open_ = opener(opened)
    one = opened.unit(explain) if explain else None
    wanted = {one.block} if one else {unit.block for unit in opened.units(None, block)}
    blocks = [it for it in opened.plan.blocks if it.id in wanted]
    if block and one and opened.plan.block_by_id[one.block] not in blocks:
        raise UsageError(_("{unit} không thuộc khối này", unit=one.name))
    rankings = ranking(opened.plan, rubrics, blocks, open_, by)
    if output:
        _book(opened, rankings, output)
    if docs:
        _documents(opened, rankings, open_, final=final, answer_by=answer_by, force=force)
    if json:
        from json import dumps

        screen.out(dumps({"blocks": [as_dict(it) for it in rankings]}, ensure_ascii=False))
    elif one:
        _explain(one, rankings[0])
    elif not (output or docs):
        for it in rankings:
            _show(it)
    return Exit.OK


def opener(opened: "Open") -> "Callable[[Unit], Reviewing | None]":
    """Give what opens a unit's review."""
    from danvan_cli.cli.review import verifier
    from danvan_cli.delivery.store import received
    from danvan_cli.desk.rubrics import rubrics_of
    from danvan_cli.province.review import reviewing

    rubrics, own = rubrics_of(opened), verifier(opened)
    came = received(opened.workspace.received, opened.plan.id)
    return lambda unit: reviewing(opened.workspace, opened.plan, rubrics, unit, came, own=own)


def _show(one: "BlockRanking") -> None:
    from danvan_cli.cli import screen
    from danvan_cli.province.ranking import BASES
    from danvan_cli.scoring.figures import plain, shown

    places = one.rubric.rounding.places if one.rubric else 2
    screen.out(screen.wrapped(_("{block}: theo điểm {basis}", block=one.block.name, basis=BASES[one.basis])))
    rows = []
    for it in one.standings:
        later = it.official if it.official is not None else it.verified
        difference = it.difference
        rows.append((
            it.rank or "-", it.unit.name, shown(it.self_total, places) if it.self_total is not None else "",
            shown(later, places) if later is not None else "",
            (("+" if difference > 0 else "") + shown(difference, places)) if difference is not None else "",
            it.band or "; ".join(it.notes),
        ))  # fmt: skip
    heads = (_("Hạng"), _("Đơn vị"), _("Tự chấm"), _("Thẩm định"), _("Lệch"), _("Mức, ghi chú"))
    screen.table(heads, rows, right=(0, 2, 3, 4))
    for over in one.over:
        told = _("quá tỷ lệ: {band} có {count} đơn vị, được {allowed} trên {of} ({percent}%)", band=over.band.name,
                 count=len(over.units), allowed=over.allowed, of=over.of, percent=plain(over.quota.percent))  # fmt: skip
        screen.out(screen.wrapped(told, indent="  "))
    if (
        one.basis != "self"
        and one.rubric
        and any(it.criterion.scorer != "self" for it in one.rubric.rows if it.criterion.way)
    ):
        screen.out(_("Điểm thẩm định gồm cả phần đơn vị không tự chấm; cột Lệch tính cả phần đó."))
    if one.rubric and not one.rubric.official:
        screen.out(_("Bộ tiêu chí này không phải bộ tiêu chí chính thức."))
    screen.out("")


def _explain(unit: "Unit", one: "BlockRanking") -> None:
    """Say why a unit stands where it stands, and what would have lifted it one band."""
    from danvan_cli.cli import screen
    from danvan_cli.province.ranking import BASES
    from danvan_cli.scoring.figures import plain, shown
    from danvan_cli.scoring.lift import lift, lost

    it = next((one_ for one_ in one.standings if one_.unit.id == unit.id), None)
    if it is None or it.result is None or one.rubric is None:
        why = "; ".join(it.notes) if it else _("không được xếp hạng năm nay")
        screen.out(f"{unit.name}: {why}")
        return
    result, places = it.result, one.rubric.rounding.places
    ranked = sum(1 for other in one.standings if other.rank is not None)
    place = _("hạng {rank}/{count}", rank=it.rank, count=ranked) if it.rank else _("không có hạng")
    screen.out(screen.wrapped(_("{unit}: {place} trong {block}, theo điểm {basis}", unit=unit.name, place=place,
                                block=one.block.name, basis=BASES[one.basis])))  # fmt: skip
    screen.out(screen.wrapped(_("Điểm: {how}", how=result.derivation), indent="  "))
    for word, band in ((_("Mức theo điểm"), result.by_points), (_("Mức được xếp"), result.band)):
        screen.out(f"{word}: {band.name if band else _('không xếp loại')}")
    for limit in result.applied:
        screen.out(screen.wrapped(_("Khống chế: {reason}", reason=limit.reason), indent="  "))
    tied = [
        other.unit.name for other in one.standings if other.rank == it.rank and it.rank and other.unit.id != unit.id
    ]
    if tied:
        screen.out(screen.wrapped(_("Đồng hạng với: {names}", names="; ".join(tied)), indent="  "))
    screen.out(_("Mất điểm nhiều nhất:"))
    for line, points in lost(result)[:8]:
        screen.out(
            screen.wrapped(
                f"  {line.criterion.id} {line.criterion.title}: -{shown(points, places)}/{plain(line.most)}",
                indent="    ",
            )
        )
    up = lift(result)
    if up is None:
        screen.out(_("Đã ở mức cao nhất, hoặc còn tiêu chí chưa chấm."))
        return
    if up.need:
        screen.out(_("Để lên «{band}» còn thiếu {need} điểm.", band=up.band.name, need=shown(up.need, places)))
        if up.gains:
            names = ", ".join(line.criterion.id for line, _points in up.gains)
            screen.out(screen.wrapped(_("Ít nhất phải đạt đủ điểm ở: {names}.", names=names), indent="  "))
        else:
            screen.out(_("Đạt đủ điểm mọi tiêu chí đã chấm vẫn không đủ."))
    for limit in up.limits:
        screen.out(
            screen.wrapped(_("Phải không bị khống chế: {reason}.", reason=limit.reason.rstrip(".")), indent="  ")
        )


def _book(opened: "Open", rankings: "Sequence[BlockRanking]", output: Path) -> None:
    from danvan_cli.cli import screen
    from danvan_cli.cli.made import state
    from danvan_cli.files import write
    from danvan_cli.province.ranking_papers import as_workbook
    from danvan_cli.word.save import Saved
    from danvan_cli.workspace import shown

    if output.suffix.lower() != ".xlsx":
        raise UsageError(_("{path}: không ghi được dạng này", path=output), help=_("đặt tên tệp .xlsx"))
    new = not output.exists()
    changed = write(output, as_workbook(opened.plan, rankings))
    screen.note(f"{shown(output)}: {state(Saved(output, 'new' if new else 'updated' if changed else 'unchanged'))}")


def _documents(
    opened: "Open", rankings: "Sequence[BlockRanking]", open_: "Callable[[Unit], Reviewing | None]", *, final: bool,
    answer_by: str | None, force: bool,
) -> None:  # fmt: skip
    """Make the documents that tell the results."""
    from danvan_cli.cli.made import write_document
    from danvan_cli.cli.review import verifier
    from danvan_cli.papers.make import make
    from danvan_cli.province.ranking_papers import Change, papers
    from danvan_cli.province.review import differences
    from danvan_cli.text import day
    from danvan_cli.unit.model import UnitRecord
    from danvan_cli.unit.typed import day as typed
    from danvan_cli.yaml.read import read as read_as

    who = opened.plan.unit_by_id.get(verifier(opened) or "")
    if who is None:
        raise UsageError(
            _("kế hoạch không ghi hồ sơ tự chấm gửi đến đơn vị nào"),
            help=_("ghi «to» ở báo cáo tự chấm trong kế hoạch"),
        )
    path = opened.workspace.unit(who.id) / "unit.yaml"
    record = read_as(UnitRecord, path).record if path.exists() else None
    changes = []
    for ranking in rankings:
        places = ranking.rubric.rounding.places if ranking.rubric else 2
        for it in ranking.standings:
            one = open_(it.unit) if it.result is not None else None
            changes += [Change(it.unit, places, *told) for told in (differences(one) if one and one.begun else ())]
    by = day(typed(answer_by)) if answer_by else None
    for paper in papers(opened.plan, who, record, rankings, changes, final=final, answer_by=by):
        path = opened.workspace.build / "xep-loai" / f"{paper.template}.docx"
        write_document(path, make(paper, opened.templates), force=force)
