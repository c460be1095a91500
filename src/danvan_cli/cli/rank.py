"""`danvan rank`: places and bands by block, and the documents that tell them."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from danvan_cli.cli import as_json, complete, screen
from danvan_cli.cli.common import opened_plan, tell_document, tell_saved, with_broken_told
from danvan_cli.cli.options import FORCE, ONE_BLOCK, PLAN, day_of, flag, help_page, option
from danvan_cli.errors import DanvanError, Exit
from danvan_cli.lang import _

if TYPE_CHECKING:
    from danvan_cli.desk.ranks import Why
    from danvan_cli.plan.model import Unit
    from danvan_cli.province.ranking import BlockRanking, Standing


@help_page(
    ("danvan rank --by self", _("xếp hạng theo điểm tự chấm")),
    ("danvan rank --by self --explain so-y-te", _("vì sao đứng ở đó, thiếu gì để lên một mức")),
    ("danvan rank --docs", _("biên bản, thông báo, tờ trình, quyết định ở build/xep-loai/")),
    about=_(
        "Mỗi khối xếp theo điểm xa nhất đã có: chính thức, không thì thẩm định, không thì tự chấm; --by chọn khác. Đơn vị"
        " chưa đến bước đó không có hạng và được nêu rõ vì sao. Tỷ lệ khống chế chỉ được báo, không tự hạ mức của ai."
    ),
)
def rank(
    block: str | None = ONE_BLOCK,
    by: Literal["self", "verified", "official"] | None = option(
        "--by", _("xếp theo: self (tự chấm), verified (thẩm định), official (chính thức)")
    ),
    explain: str | None = option("--explain", _("vì sao đơn vị đứng ở đó"), _("ĐƠN-VỊ"), complete.units),
    docs: bool = flag("--docs", _("làm biên bản, thông báo, tờ trình, quyết định")),
    final: bool = flag("--final", _("thông báo là kết quả cuối cùng, sau giải trình")),
    answer_by: str | None = option("--answer-by", _("hạn giải trình ghi trong thông báo"), _("NGÀY")),
    output: Path | None = option("--output -o", _("bảng xếp hạng có biểu đồ"), _("TỆP.xlsx")),
    force: bool = FORCE,
    plan: Path | None = PLAN,
) -> Exit:
    """Rank units by block."""
    from danvan_cli.desk import ranks
    from danvan_cli.desk.reviews import Reviews
    from danvan_cli.province.ranking import ranking_as_dict

    opened = opened_plan(plan)
    reviews = Reviews(opened, lenient=not docs)
    one = opened.unit(explain) if explain else None
    last = day_of(answer_by) if answer_by else None
    found = ranks.rankings(reviews, block, one, by)
    if output:
        tell_saved(ranks.ranking_book(opened, found, output, force=force), aside=True)
    if docs and (told := ranks.in_the_way(reviews, found, final=final)):
        for line in told:
            screen.remark(line, indent="  ")
        how = _("ghi theo sổ theo dõi: danvan review tracked; sổ sai thì sửa sổ (receive, extend); chốt: review final")
        raise DanvanError(_("{count} chỗ không thể ghi vào văn bản kết quả", count=len(told)), help=how)
    if docs:
        for made in ranks.result_documents(reviews, found, final=final, answer_by=last, force=force):
            tell_document(made)
    as_json.give(blocks=[ranking_as_dict(it) for it in found])
    if one:
        _explain(one, ranks.why(one, found[0]))
    elif not (output or docs):
        for it in found:
            _show(it)
    return with_broken_told(opened)


def _notes(it: "Standing") -> str:
    """Say what is to note of a unit."""
    from danvan_cli.page.words import note_said

    return "; ".join(note_said(one.code, one.reason) for one in it.noted)


def _show(one: "BlockRanking") -> None:
    from danvan_cli.page.words import said
    from danvan_cli.scoring.figures import plain_figure, shown_if

    if not one.standings:
        screen.say(_("{block}: không có đơn vị nào vào ngày chấm điểm", block=one.block.name))
        screen.out("")
        return
    places = one.rubric.rounding.places if one.rubric else 2
    screen.say(_("{block}: theo điểm {basis}", block=one.block.name, basis=said("bases")[one.basis]))
    rows = []
    for it in one.standings:
        later = it.official if it.official is not None else it.verified
        sign = "+" if it.difference and it.difference > 0 else ""
        points = (shown_if(it.self_total, places), shown_if(later, places), sign + shown_if(it.difference, places))
        doubted = any(one.code == "doubt" for one in it.noted)
        told = "; ".join(filter(None, (it.band, _notes(it)))) if doubted else it.band or _notes(it)
        rows.append((it.rank or "-", it.unit.name, *points, told))
    heads = (_("Hạng"), _("Đơn vị"), _("Tự chấm"), _("Thẩm định"), _("Lệch"), _("Mức, ghi chú"))
    screen.table(heads, rows, right=(0, 2, 3, 4))
    for over in one.over:
        told = _("quá tỷ lệ: {band} có {count} đơn vị, được {allowed} trên {of} ({percent}%)", band=over.band.name,
                 count=len(over.units), allowed=over.allowed, of=over.of, percent=plain_figure(over.quota.percent))  # fmt: skip
        screen.item(told)
    leaves = [it.criterion for it in one.rubric.rows if it.criterion.way] if one.rubric else []
    if one.basis != "self" and any(leaf.scorer != "self" for leaf in leaves):
        screen.out(_("Điểm thẩm định gồm cả phần đơn vị không tự chấm; cột Lệch chỉ so phần đơn vị tự chấm."))
    if one.rubric and not one.rubric.official:
        screen.out(_("Bộ tiêu chí này không phải bộ tiêu chí chính thức."))
    screen.out("")


def _explain(unit: "Unit", why: "Why") -> None:
    """Say why a unit stands where it stands, and what would have lifted it one band."""
    from danvan_cli.page.words import said
    from danvan_cli.scoring.figures import plain_figure, shown_points

    one, it = why.ranking, why.standing
    if it is None or it.result is None or one.rubric is None:
        screen.out(f"{unit.name}: {_notes(it) if it else _('không được xếp hạng năm nay')}")
        return
    result, places = it.result, one.rubric.rounding.places
    place = _("hạng {rank}/{count}", rank=it.rank, count=why.ranked) if it.rank else _("không có hạng")
    screen.say(_("{unit}: {place} trong {block}, theo điểm {basis}", unit=unit.name, place=place,
                 block=one.block.name, basis=said("bases")[one.basis]))  # fmt: skip
    screen.item(_("Điểm: {how}", how=result.derivation))
    for word, band in ((_("Mức theo điểm"), result.by_points), (_("Mức được xếp"), result.band)):
        screen.out(f"{word}: {band.name if band else _('không xếp loại')}")
    for limit in result.applied:
        screen.item(_("Khống chế: {reason}", reason=limit.reason))
    if why.tied:
        names = "; ".join(other.name for other in why.tied)
        screen.item(_("Đồng hạng với: {names}", names=names))
    screen.out(_("Mất điểm nhiều nhất:"))
    for line, points in why.lost[:8]:
        lost = f"-{shown_points(points, places)}/{plain_figure(line.most)}"
        screen.item(f"  {line.criterion.id} {line.criterion.title}: {lost}")
    up = why.up
    if up is None:
        screen.out(_("Đã ở mức cao nhất, hoặc còn tiêu chí chưa chấm."))
        return
    if up.need:
        screen.out(_("Để lên «{band}» còn thiếu {need} điểm.", band=up.band.name, need=shown_points(up.need, places)))
        if up.gains:
            names = ", ".join(line.criterion.id for line, _points in up.gains)
            screen.item(_("Ít nhất phải đạt đủ điểm ở: {names}.", names=names))
        else:
            screen.out(_("Đạt đủ điểm mọi tiêu chí đã chấm vẫn không đủ."))
    for limit in up.limits:
        screen.item(_("Phải không bị khống chế: {reason}.", reason=limit.reason.rstrip(".")))
