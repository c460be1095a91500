"""What the desk makes of what came: `danvan rank`, `summary`, `page`."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from danvan_cli.cli import as_json, complete, screen
from danvan_cli.cli.common import opened_plan, tell_backup, tell_document, tell_saved, with_broken_told
from danvan_cli.cli.options import (
    AS_OF,
    FORCE,
    ONE_BLOCK,
    OUTPUT,
    PLAN,
    argument,
    day_of,
    flag,
    help_page,
    must_end_in,
    option,
)
from danvan_cli.errors import DanvanError, Exit
from danvan_cli.lang import _
from danvan_cli.text import few, number
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from danvan_cli.desk.ranks import Why
    from danvan_cli.plan.model import Unit
    from danvan_cli.province.ranking import BlockRanking, Standing
    from danvan_cli.province.summary import Summary, Total


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
        _explain_place(one, ranks.why(one, found[0]))
    elif not (output or docs):
        for it in found:
            _show_block(it)
    return with_broken_told(opened)


def _notes(it: "Standing") -> str:
    """Say what is to note of a unit, in short."""
    from danvan_cli.page.words import note_said

    said = (note_said(one.code, "" if one.code == "doubt" else one.reason) for one in it.noted)
    return "; ".join(dict.fromkeys(said))


def _doubts(it: "Standing") -> None:
    """Say what tracking knows otherwise, a line each."""
    from danvan_cli.page.words import note_said

    for one in it.noted:
        if one.code == "doubt":
            screen.item(f"{it.unit.name}: {note_said(one.code, one.reason)}")


def _show_block(one: "BlockRanking") -> None:
    from danvan_cli.page.words import words_for
    from danvan_cli.scoring.figures import plain_figure, shown_if

    if not one.standings:
        screen.say(_("{block}: không có đơn vị nào vào ngày chấm điểm", block=one.block.name))
        screen.out("")
        return
    places = one.rubric.rounding.places if one.rubric else 2
    screen.say(_("{block}: theo điểm {basis}", block=one.block.name, basis=words_for("bases")[one.basis]))
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
    for it in one.standings:
        _doubts(it)
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


def _explain_place(unit: "Unit", why: "Why") -> None:
    """Say why a unit stands where it stands, and what would have lifted it one band."""
    from danvan_cli.page.words import words_for
    from danvan_cli.scoring.figures import plain_figure, shown_points

    one, it = why.ranking, why.standing
    if it is None or it.result is None or one.rubric is None:
        screen.out(f"{unit.name}: {_notes(it) if it else _('không được xếp hạng năm nay')}")
        return
    result, places = it.result, one.rubric.rounding.places
    place = _("hạng {rank}/{count}", rank=it.rank, count=why.ranked) if it.rank else _("không có hạng")
    screen.say(_("{unit}: {place} trong {block}, theo điểm {basis}", unit=unit.name, place=place,
                 block=one.block.name, basis=words_for("bases")[one.basis]))  # fmt: skip
    screen.item(_("Điểm: {how}", how=result.derivation))
    for word, band in ((_("Mức theo điểm"), result.by_points), (_("Mức được xếp"), result.band)):
        screen.out(f"{word}: {band.name if band else _('không xếp loại')}")
    for limit in result.applied:
        screen.item(_("Khống chế: {reason}", reason=limit.reason))
    _doubts(it)
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


# Summing up ------------------------------------------------------------------------------------------------------------


@help_page(
    ("danvan summary --period 6m", _("báo cáo tổng hợp 06 tháng: build/tong-hop-6m.docx, .xlsx")),
    (
        "danvan summary --period 6m --pick build/tong-hop-6m.xlsx",
        _("trích những câu đã đánh dấu ở trang «Kết quả» của sổ tổng hợp"),
    ),
    ("danvan summary --period 6m --explain tin-bai", _("một chỉ tiêu: từng đơn vị bao nhiêu")),
    about=_(
        "Tổng hợp từ hồ sơ của những đơn vị đã gửi báo cáo (theo province/received/). Đơn vị chưa gửi được nêu là chưa gửi,"
        " không tính là số 0. Báo cáo .docx và phụ lục .xlsx nằm ở build/; tổng trong phụ lục là công thức."
    ),
)
def summary(
    period: str = option("--period", _("báo cáo nào của một kỳ: 6m, 1y…"), _("MÃ"), complete.deliverables, default=...),
    as_of: str | None = AS_OF,
    block: str | None = ONE_BLOCK,
    explain: str | None = option(
        "--explain", _("lần một số tổng hợp về từng đơn vị"), _("CHỈ-TIÊU"), complete.indicators
    ),
    upward: str | None = option("--for", _("ghi thành hồ sơ của đơn vị cấp trên này, để báo cáo lên"), _("ĐƠN-VỊ")),
    pick: list[str] | None = option(
        "--pick",
        _("trích lời của đơn vị nào, dùng nhiều lần; hoặc sổ tổng hợp .xlsx đã đánh dấu câu trích"),
        _("ĐƠN-VỊ|TỆP"),
        complete.units,
    ),
    output: Path | None = OUTPUT,
    force: bool = FORCE,
    plan: Path | None = PLAN,
) -> Exit:
    """Sum up a period."""
    from danvan_cli.desk import summing
    from danvan_cli.province.summary import summary_as_dict

    must_end_in(output, ".docx")
    opened = opened_plan(plan)
    found = summing.sum_up(opened, period, day_of(as_of), block, apart=as_of is not None)
    out = found.summary
    as_json.give(**summary_as_dict(out))
    if explain:
        _explain_figure(out, summing.followed(found, explain))
    elif upward:
        saved = summing.report_upward(found, upward)
        path = shown(saved.path)
        screen.out(_("{path}: đã ghi; ở nơi báo cáo lên: danvan log {unit} --from {path}", path=path, unit=upward))
        as_json.made_file(saved.path, saved.kind, saved.backup)
        tell_backup(saved.backup)
    elif output or pick or not as_json.wanted():  # for machines the figures alone, unless a file is asked for
        made, annex, lost = summing.consolidate(found, output, pick or (), force=force)
        tell_document(made)
        tell_saved(annex)
        as_json.give(lost=lost)
        if lost:
            told = _("câu đã đánh dấu nay không còn, không trích: {cells}", cells=", ".join(lost))
            screen.remark(told, indent="  ")
        _tell_summary(out)
    return with_broken_told(opened)


_NAMES = 20
"""So many units are named; of more their number tells enough."""


def _tell_summary(out: "Summary") -> None:
    from danvan_cli.province.tracking import has_last_day, totals

    told = (
        _("phải gửi {owed}: đúng hạn {in_time}, chậm {late}, chưa gửi {missing}, bị trả lại {returned}")
        if has_last_day(out.plan, out.rows)
        else _("phải gửi {owed}, không ghi thời hạn: đã gửi {in_time}, chưa gửi {missing}, bị trả lại {returned}")
    )
    screen.out(told.format_map(totals(out.rows)))
    tasks = {state: sum(one[state] for one in out.states.values()) for state in ("done", "doing", "todo", "unknown")}
    if any(tasks.values()):
        screen.out(
            _("nhiệm vụ: hoàn thành {done}, đang làm {doing}, chưa làm {todo}, chưa nêu {unknown}").format_map(tasks)
        )
    if out.missing:
        names = few([row.unit.name for row in out.missing], _NAMES)
        screen.remark(_("chưa gửi, không tính: {names}", names=names), indent="  ")
    if out.unread:
        names = few([unit.name for unit in out.unread], _NAMES)
        screen.remark(_("đã gửi nhưng chưa có số liệu ở đây: {names}", names=names), indent="  ")
    broken = {figure.unit.name for total in out.figures for figure in total.figures if figure.breaks}
    if broken:
        screen.remark(_("số liệu không khớp: {names}", names=few(sorted(broken), _NAMES)), indent="  ")


def _explain_figure(out: "Summary", one: "Total") -> None:
    """Follow an indicator's figure to its units."""
    from danvan_cli.page.words import words_for

    screen.say(f"{one.indicator.name} ({one.indicator.unit}), {words_for('sums')[one.indicator.over_units]}")
    rows = [
        (it.unit.name, number(it.previous) if it.previous is not None else "", number(it.value) if it.value is not None else _("trống"),
         "; ".join(it.breaks))
        for it in one.figures
    ]  # fmt: skip
    rows += [(row.unit.name, "", _("chưa gửi"), "") for row in out.missing]
    both, before, now = one.beside or (0, None, None)
    known = _("{count} đơn vị có số liệu", count=len(one.known))
    whole = number(one.value) if one.value is not None else ""
    rows.append((_("Tổng hợp"), number(before) if before is not None and both == len(one.known) else "", whole, known))
    if before is not None and now is not None and both != len(one.known):
        rows.append(("", number(before), number(now), _("{count} đơn vị có số liệu cả hai kỳ", count=both)))
    beside = out.plan.period(out.period.beside)
    screen.table((_("Đơn vị"), beside.name if beside else "", out.period.name, _("Ghi chú")), rows, right=(1, 2))


# The page that a director opens ----------------------------------------------------------------------------------------


@help_page(
    ("danvan page", _("trang của cả thư mục làm việc: build/trang.html")),
    ("danvan page so-y-te", _("trang của một đơn vị: units/so-y-te/out/trang.html")),
    ("danvan page --public -o cong-khai.html", _("trang để công khai")),
    about=_(
        "Một tệp HTML mở bằng trình duyệt, không cần mạng: việc quá hạn và đang chờ, ai đã gửi gì, số liệu, điểm và hạng,"
        " khó khăn vướng mắc, các thời hạn của năm. Số nào cũng là số của status, summary, rank, review, obstacles. Trong"
        " thư mục của một đơn vị là trang của đơn vị ấy. --public bỏ tên người, lý do và tài liệu hạn chế để công khai."
    ),
)
def page(
    unit: str | None = argument(
        _("ĐƠN-VỊ"), _("trang của một đơn vị; bỏ qua là mọi đơn vị, ở units/<mã>/ là đơn vị ấy"), complete.units
    ),
    as_of: str | None = AS_OF,
    block: str | None = ONE_BLOCK,
    public: bool = flag("--public", _("để công khai: không có tên người, lý do, tài liệu hạn chế, đường dẫn")),
    output: Path | None = OUTPUT,
    force: bool = FORCE,
    plan: Path | None = PLAN,
) -> Exit:
    """Write the page."""
    from danvan_cli.desk.page import gather, write_page

    opened = opened_plan(plan)
    unit = unit or (None if block else opened.workspace.unit_here())
    found, path = gather(opened, day_of(as_of), unit, block, output, public=public)
    as_json.give_all(found)
    tell_saved(write_page(found, path, force=force))
    words = {
        "overdue": _("quá hạn {count}"),
        "returned": _("trả lại {count}"),
        "broken": _("tệp không đọc được {count}"),
    }
    counted = screen.told_counts(Counter[str](one.kind for one in found.alerts), words)
    screen.out(counted or _("không có gì quá hạn"))
    return with_broken_told(opened)
