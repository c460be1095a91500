"""The verbs of `danvan review` about scores: what they are, and what those who verify find them to be."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from danvan_cli.cli import as_json, complete, screen
from danvan_cli.cli.common import opened_plan, tell_saved
from danvan_cli.cli.options import FORCE, OUTPUT, PLAN, UNIT, argument, day_of, help_page, option
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.lang import _
from danvan_cli.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.desk.reviews import Recorded, Reviews
    from danvan_cli.province.review import Decision, Reviewing
    from danvan_cli.province.review_edits import By, Opinion
    from danvan_cli.scoring.result import ScoredLine

SOME: Final = argument(_("ĐƠN-VỊ"), _("đơn vị nào; bỏ qua là mọi đơn vị đã gửi"), complete.units)
BLOCK: Final = option("--block", _("cả một khối"), _("KHỐI"), complete.block_ids)
DATE: Final = option("--date -d", _("ngày của việc đang ghi; bỏ qua là hôm nay"), _("NGÀY"))
_DECISION: Final = option("--decision", _("quyết định mới, ngày --date, khi sửa điểm đã chính thức"), _("SỐ"))
_MEMBER: Final = option("--member", _("ai thẩm định"), _("TÊN"))
_ON: Final = option("--on", _("cuộc kiểm tra, khảo sát làm căn cứ"), _("MÃ"))


def reviews_of(plan: Path | None) -> "Reviews":
    """Open the reviews of the workspace."""
    from danvan_cli.desk.reviews import Reviews

    return Reviews(opened_plan(plan))


def _by(reviews: "Reviews", member: str, date: str | None, on: str | None = None) -> "By":
    """Say who verifies, on which day, on the ground of which inspection."""
    from danvan_cli.province.review_edits import By

    return By(squeeze(member), reviews.opened.happened(date), on)


def _decision(reviews: "Reviews", number: str | None, date: str | None) -> "Decision | None":
    """Read a decision, which has a day; None where there is none."""
    from danvan_cli.province.review import Decision

    if number is None:
        return None
    if not date:
        raise UsageError(_("thiếu ngày của quyết định {number}", number=number), help=_("ghi thêm --date NGÀY"))
    return Decision(squeeze(number), reviews.opened.happened(date))


def _tell_recorded(one: "Recorded") -> None:
    """Say what a review has come to after scores were changed."""
    from danvan_cli.scoring.figures import shown_points

    as_json.add("units", one)
    if one.reopened:
        told = _("kết quả đã chốt được mở lại; sửa xong thì chốt lại: danvan review final {id}", id=one.unit.id)
        screen.out(f"{one.unit.id}: {told}")
    told = _("{unit}: ghi {count} thay đổi; tự chấm {self}, thẩm định {verified}",
             unit=one.unit.id, count=one.count, self=shown_points(one.self_total, one.places), verified=shown_points(one.verified, one.places))  # fmt: skip
    if one.blanks:
        told += _(", còn {count} tiêu chí chưa thẩm định", count=one.blanks)
    screen.out(told)
    if one.decision:
        screen.out(f"{one.unit.id}: {_('chính thức theo {decision}', decision=one.decision)}")


# What scores are ------------------------------------------------------------------------------------------------------


@help_page(
    ("danvan review show so-y-te", _("điểm tự chấm và điểm thẩm định từng tiêu chí")),
    ("danvan review show --block so-ban-nganh", _("cả khối, mỗi đơn vị một dòng")),
)
def show(unit: str | None = SOME, block: str | None = BLOCK, plan: Path | None = PLAN) -> None:
    """Show scores: of one unit criterion by criterion, of several in a line each."""
    from danvan_cli.province.review import review_as_dict

    reviews = reviews_of(plan)
    if as_json.wanted():
        as_json.give(units=[review_as_dict(one) for one in reviews.those(unit, block)])
    elif len(units := reviews.opened.units(unit, block)) == 1:
        _show_one(reviews, reviews.sure(units[0]))
    else:
        _show_all(reviews.those(unit, block))


def _show_one(reviews: "Reviews", one: "Reviewing") -> None:
    from danvan_cli.page.words import words_for
    from danvan_cli.scoring.figures import plain_figure, shown_if, shown_points

    places = one.rubric.rounding.places
    mine = {line.criterion.id: line for line in one.self_result.lines}
    result = one.result()
    reasons = {it.criterion: it for it in one.review.changes}
    own = _(" (đơn vị tự thẩm định mình)") if one.review.own else ""
    screen.say(f"{one.unit.name}: {words_for('stages')[one.review.stage]}{own}")
    table = []
    for line in result.lines:
        change = reasons.get(line.criterion.id)
        table.append((
            line.criterion.id, line.criterion.title, plain_figure(line.most), shown_if(mine[line.criterion.id].points, places),
            shown_if(line.points, places), f"{change.reason} ({change.member})" if change else "",
        ))  # fmt: skip
    heads = (_("Mã"), _("Tiêu chí"), _("Tối đa"), _("Tự chấm"), _("Thẩm định"), _("Lý do"))
    screen.table(heads, table, right=(2, 3, 4), whole=(0,))
    band = (
        result.band.name if result.band else _("chưa xếp được") if result.blanks else _("không đủ điều kiện xếp loại")
    )
    screen.out(_("Tổng: tự chấm {self}, thẩm định {verified}/{most}: {band}",
                 self=shown_points(one.self_result.total, places), verified=shown_points(result.total, places), most=plain_figure(result.scope), band=band))  # fmt: skip
    if result.blanks:
        ids = ", ".join(it.criterion.id for it in result.blanks)
        screen.out(_("Còn {count} tiêu chí chưa thẩm định: {ids}", count=len(result.blanks), ids=ids))
    for told in reviews.doubts(one):
        screen.remark(_("trái với sổ theo dõi: {told}", told=told), indent="  ")
    if reviews.proposed(one):
        screen.remark(_("ghi theo sổ theo dõi: danvan review tracked {id} --member TÊN", id=one.unit.id), indent="  ")
    if one.newer:
        screen.note(_("đơn vị đã gửi bản tự chấm khác sau khi bắt đầu thẩm định; đang dùng bản đầu"))
    for it in one.review.inspections:
        told = f"{it.id}: {it.kind} {it.date:%d/%m/%Y}: {it.finding} {it.document or ''}".rstrip()
        screen.item(told)


def _show_all(those: "Sequence[Reviewing]") -> None:
    from danvan_cli.page.words import words_for
    from danvan_cli.scoring.figures import shown_if

    table = []
    for one in those:
        result, places = one.result(), one.rubric.rounding.places
        table.append((
            one.unit.name + (" (*)" if one.review.own else ""), shown_if(one.self_result.total, places), shown_if(result.total, places),
            len(result.blanks) or "", words_for("stages")[one.review.stage],
        ))  # fmt: skip
    screen.table((_("Đơn vị"), _("Tự chấm"), _("Thẩm định"), _("Còn trống"), _("Bước")), table, right=(1, 2, 3))
    if any(one.review.own for one in those):
        screen.out(_("(*) đơn vị tự thẩm định mình"))


# Verifying ------------------------------------------------------------------------------------------------------------


@help_page(
    (
        'danvan review set so-y-te 9.1=8 --member "Trần Bình" --reason "Đối chiếu"',
        _("một tiêu chí thẩm định khác với đơn vị"),
    ),
    (
        'danvan review set so-y-te --late 6m --member "Trần Bình" --reason "Sổ đến"',
        _("báo cáo gửi muộn theo thẩm định"),
    ),
    (
        'danvan review set so-y-te --undo 9.1 --member "Trần Bình" --reason "Nhầm"',
        _("ghi nhầm tiêu chí: trở về như trước; thêm 9.2=8 thì ghi luôn vào 9.2"),
    ),
    about=_(
        "Chỗ nào sai thì không ghi gì. Số lẻ viết bằng dấu phẩy; tỷ lệ viết tử số/mẫu số; mức viết mã, tên hoặc số thứ tự."
    ),
)
def set_(
    member: str = option("--member", _("ai thẩm định"), _("TÊN"), default=...),
    reason: str = option("--reason", _("vì sao"), _("CHỮ"), default=...),
    unit: str | None = UNIT,
    put: list[str] | None = argument(_("MÃ=…"), _("tiêu chí và kết quả thẩm định, như 1.2=3,5")),
    late: str | None = option("--late", _("báo cáo, hồ sơ gửi muộn theo thẩm định; «không»"), _("MÃ,…")),
    violations: str | None = option("--violations", _("vi phạm theo thẩm định; «không»"), _("MÃ,…")),
    undo: list[str] | None = option("--undo", _("bỏ ý kiến thẩm định vừa ghi của tiêu chí này"), _("MÃ")),
    date: str | None = DATE,
    on: str | None = _ON,
    decision: str | None = _DECISION,
    plan: Path | None = PLAN,
) -> None:
    """Record what a member finds criteria to deserve, as typed."""
    from danvan_cli.desk.reviews import set_scores

    if unit and "=" in unit:  # inside the unit's folder it is left out
        put, unit = [unit, *(put or [])], None
    if not (put or late or violations or undo):
        raise UsageError(_("chưa nói ghi gì"), help=_("ghi thêm MÃ=…, --late, --violations hoặc --undo"))
    reviews = reviews_of(plan)
    by, new = _by(reviews, member, date, on), _decision(reviews, decision, date)
    done = set_scores(
        reviews, unit, put or [], undo=undo or [], late=late, violations=violations, by=by, reason=reason, decision=new
    )
    _tell_recorded(done)


@help_page(
    ('danvan review ask so-y-te --member "Trần Bình"', _("thẩm định Sở Y tế, hỏi từng tiêu chí")),
    about=_("Enter là thống nhất với đơn vị, q là dừng; điều đã trả lời được ghi ngay."),
)
def ask(
    unit: str | None = UNIT,
    member: str | None = _MEMBER,
    date: str | None = DATE,
    on: str | None = _ON,
    plan: Path | None = PLAN,
) -> None:
    """Ask criterion by criterion in a terminal; each answer is written down at once."""
    from danvan_cli.cli import prompts
    from danvan_cli.desk.reviews import read_opinion, record, recorded
    from danvan_cli.scoring.figures import shown_points

    prompts.require_terminal("danvan review ask", _("dùng danvan review set, hoặc danvan review take TỆP"))
    reviews = reviews_of(plan)
    one = reviews.sure(reviews.opened.unit(unit))
    one.refuse_if_official(None)
    count = 0
    try:
        by = _by(reviews, member or prompts.line(_("Người thẩm định: ")), date, on)
        screen.note(_("Enter: thống nhất với đơn vị; q: dừng (đã ghi thì đã lưu)."))
        for line in one.result().lines:
            if line.state == "group":
                continue
            _show_criterion(one, line)

            def opinion(text: str, name: str = line.criterion.id) -> "Opinion":
                return read_opinion(one, f"{name}={text}", by)

            said = prompts.answer(_("  thẩm định: "), opinion)
            if said is None:
                continue
            why = prompts.line(_("  lý do: ")) or _("không ghi lý do")
            told = record(reviews, one.unit, said._replace(reason=why), by)
            count += told.count
            screen.out(f"  {shown_points(told.verified, told.places)}")
    except prompts.Stopped:
        pass
    _tell_recorded(recorded(reviews.sure(one.unit), count))


def _show_criterion(one: "Reviewing", line: "ScoredLine") -> None:
    """Show a criterion, and what the unit answered."""
    from danvan_cli.scoring.arithmetic import derivation
    from danvan_cli.scoring.figures import plain_figure

    leaf = line.criterion
    mine = one.sent.answer(leaf.id)
    told = derivation(leaf, mine, one.rubric.rounding) if not mine.blank else _("chưa có")
    most = _("tối đa {most}", most=plain_figure(leaf.most))
    screen.say(f"\n{leaf.id}. {leaf.title} ({most}): {told}")
    for number, level in enumerate(leaf.levels, start=1):
        screen.say(f"  {number}. {level.name} ({plain_figure(level.points)})")


@help_page(
    ("danvan review book --block so-ban-nganh", _("sổ cả khối: build/tham-dinh-so-ban-nganh.xlsx")),
    ("danvan review book so-y-te -o tham-dinh-syt.xlsx", _("sổ của một đơn vị")),
    about=_(
        "Mỗi dòng một tiêu chí của một đơn vị, cạnh điểm và tài liệu đơn vị nêu; chỉ điền hai cột vàng. Bỏ qua -o thì ghi"
        " vào build/. Sổ đã có người điền không bị ghi đè."
    ),
)
def book(
    unit: str | None = SOME,
    block: str | None = BLOCK,
    output: Path | None = OUTPUT,
    force: bool = FORCE,
    plan: Path | None = PLAN,
) -> None:
    """Write the team's workbook, every criterion of all units of a block."""
    from danvan_cli.desk.ranks import team_book

    saved, count, missing = team_book(reviews_of(plan), unit, block, output, when=day_of(None), force=force)
    as_json.give(units=count, missing=missing)
    tell_saved(saved, _("{count} đơn vị", count=count))
    if missing:
        names = "; ".join(unit.name for unit in missing)
        screen.remark(_("chưa gửi bản tự chấm: {names}", names=names), indent="  ")


@help_page(
    ("danvan review take tham-dinh.xlsx", _("sổ thẩm định đã điền")),
    ("danvan review take y-kien.yaml --unit so-y-te", _("ý kiến của một thành viên về một đơn vị")),
    about=_("Sổ Excel do danvan review book làm, hoặc tệp YAML «danvan-opinions/1». Ghi cả tệp, hoặc không ghi gì."),
)
def take(
    source: Path = argument(_("TỆP"), _("sổ thẩm định .xlsx, hoặc tệp ý kiến .yaml"), default=...),
    unit: str | None = option(
        "--unit", _("ý kiến trong tệp .yaml là về đơn vị nào, nếu tệp không ghi"), _("ĐƠN-VỊ"), complete.units
    ),
    date: str | None = DATE,
    decision: str | None = _DECISION,
    plan: Path | None = PLAN,
) -> None:
    """Take the team's workbook as filled in, or a member's opinions in a file."""
    from danvan_cli.desk.reviews import take

    reviews = reviews_of(plan)
    new = _decision(reviews, decision, date)
    when = reviews.opened.happened(date) if date and new is None else None
    taken, faults = take(reviews, source, unit, when, new)
    as_json.give(units=[])
    for fault in faults:
        screen.note(_("{cell}: lỗi: {message}", cell=fault.cell, message=fault.message))
    if faults:
        raise DanvanError(_("{path}: {count} ô phải sửa, chưa ghi gì", path=source.name, count=len(faults)))
    for one in taken:
        _tell_recorded(one)
    if not taken:
        screen.out(_("{path}: không có gì thay đổi", path=source.name))


@help_page(
    ("danvan review tracked --block so-ban-nganh", _("chỗ nào điểm ghi khác sổ theo dõi")),
    ('danvan review tracked so-y-te --member "Trần Bình"', _("ghi theo sổ theo dõi")),
    about=_(
        "Nêu những tiêu chí về chế độ báo cáo, những khống chế do gửi muộn mà điểm đang ghi khác sổ theo dõi, kèm ngày đến của"
        " từng báo cáo. Có --member thì ghi theo sổ, lý do là chính những ngày đó."
    ),
)
def tracked(
    unit: str | None = SOME,
    block: str | None = BLOCK,
    member: str | None = _MEMBER,
    date: str | None = DATE,
    plan: Path | None = PLAN,
) -> None:
    """Propose what receipts say of reports in time and late, and record it where a member takes it."""
    from danvan_cli.desk.reviews import take_tracked

    reviews = reviews_of(plan)
    if member:
        for one in take_tracked(reviews, unit, block, _by(reviews, member, date)):
            _tell_recorded(one)
        return
    as_json.give(proposed=[])
    told = [(one.unit, it) for one in reviews.those(unit, block) for it in reviews.proposed(one)]
    for who, it in told:
        name = it.criterion or _("gửi muộn")
        given = it.answer.level or it.answer.count if it.criterion else ", ".join(it.late) or _("không có")
        as_json.add("proposed", {"unit": who, "criterion": it.criterion, "answer": given, "why": it.why})
        screen.item(f"{who.id} {name}={given}: {it.why}")
    differ = _("{count} chỗ ghi khác sổ theo dõi; ghi theo sổ: thêm --member TÊN", count=len(told))
    screen.out(differ if told else _("điểm không có chỗ nào khác sổ theo dõi"))
