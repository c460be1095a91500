"""Following what units owe: `danvan status`, `remind`."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from danvan_cli.cli import as_json, complete, screen
from danvan_cli.cli.common import opened_plan, tell_documents, tell_saved, tell_waiting, with_broken_told
from danvan_cli.cli.options import AS_OF, FORCE, ONE_BLOCK, ONE_UNIT, PLAN, STRICT, day_of, flag, help_page, option
from danvan_cli.errors import Exit, UsageError
from danvan_cli.lang import _
from danvan_cli.text import day, squeeze
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.delivery.status import StatusRow
    from danvan_cli.desk.following import Followed
    from danvan_cli.desk.made import Made
    from danvan_cli.plan import model
    from danvan_cli.plan.model import Deliverable, Unit
    from danvan_cli.province.reminders import Round
    from danvan_cli.word.save import Saved


@help_page(
    ("danvan status", _("bảng mọi đơn vị, tính đến hôm nay")),
    ("danvan status --as-of 15/5/2023 --unit so-y-te", _("một đơn vị, tính đến một ngày")),
    ("danvan status --all", _("từng đơn vị, từng báo cáo, kể cả khi rất nhiều")),
    ("danvan status -o so-theo-doi.xlsx", _("sổ theo dõi dạng Excel")),
    about=_(
        "Đọc kế hoạch (gia hạn, miễn gửi, yêu cầu thêm) và hồ sơ đã nhận ở province/received/, không theo tệp của đơn vị."
        " Đúng hạn tính theo ngày đến hay ngày ban hành là do «late_by» trong kế hoạch; cả hai ngày đều được nêu. Cuối bảng là"
        " những gì đã đến mà còn chờ: đề xuất chưa ghi, báo cáo chưa có số liệu… (phần này xem cả tệp của đơn vị)."
    ),
)
def status(
    as_of: str | None = AS_OF,
    block: str | None = ONE_BLOCK,
    unit: str | None = ONE_UNIT,
    late: bool = flag("--late", _("chỉ những đơn vị đang quá hạn")),
    all_: bool = flag("--all", _("từng đơn vị và từng báo cáo, không thu gọn")),
    output: Path | None = option("--output -o", _("ghi sổ theo dõi .xlsx, hoặc bảng .csv"), _("TỆP")),
    csv: bool = flag("--csv", _("in bảng CSV")),
    force: bool = FORCE,
    strict: bool = STRICT,
    plan: Path | None = PLAN,
) -> Exit:
    """Show who has sent what."""
    from danvan_cli.desk.following import follow, tracking_book

    when = day_of(as_of)
    found = follow(opened_plan(plan), unit, block, when, late=late)
    if output:
        tell_saved(tracking_book(found, output, force=force), aside=True)
    if as_json.wanted():
        from danvan_cli.province.tracking import row_as_dict

        rows = [row_as_dict(row) for row in found.rows]
        tasks = [vars(one) | {"task": one.task.id} for one in found.tasks]
        as_json.give(as_of=when, rows=rows, tasks=tasks, waiting=found.waiting)
    elif csv:
        from danvan_cli.province.tracking import as_csv

        screen.copied(as_csv(found.opened.plan, found.rows).decode("utf-8-sig").replace("\r\n", "\n").rstrip("\n"))
    elif not output:
        _show(found, late=late, whole=all_)
    return with_broken_told(found.opened, Exit.FINDINGS if strict and found.overdue else Exit.OK)


def _show(found: "Followed", *, late: bool, whole: bool) -> None:
    plan, rows, units, when = found.opened.plan, found.rows, found.units, found.as_of
    by = _("ngày ban hành") if plan.settings.late_by == "issued" else _("ngày đến")
    screen.out(_("Tính đến hết ngày {day}; đúng hạn tính theo {by}", day=day(when), by=by))
    screen.out("")
    if not rows:
        screen.out(_("không có gì phải gửi trong phạm vi này"))
    elif len(units) == 1:
        _one(rows)
    elif not whole and (len(units) > _READABLE or len({row.deliverable.id for row in rows}) > _REPORTS):
        _by_unit(rows) if late else _by_report(rows)
    else:
        _grid(plan, rows, units)
        _totals(plan, found.every)
    _tasks(found, whole=whole or len(units) == 1)
    if found.waiting:
        screen.out("")
        tell_waiting(found.waiting)


_READABLE = 60
_REPORTS = 8
"""So many units, so many reports are shown cell by cell; of more only what is due, late or returned, in short."""
_NAMES = 12
"""So many units that are behind with a report are named; of more their number tells enough."""
_AHEAD = 30
"""Tasks that fall due within so many days are named."""


def _by_report(rows: "Sequence[StatusRow]") -> None:
    """Show in short what is due, late or returned: a line a report, then who is behind."""
    from danvan_cli.province.tracking import totals

    open_, quiet, behind, many = [], 0, [], False
    for one in {row.deliverable.id: row.deliverable for row in rows}.values():
        mine = [row for row in rows if row.deliverable is one]
        if {row.state for row in mine}.isdisjoint(("due", "overdue", "late", "returned", "extended")):
            quiet += 1
            continue
        told, last = totals(mine), next((row.last_day for row in mine if row.last_day), None)
        counts = [str(told[key]) for key in ("owed", "in_time", "late", "missing", "overdue", "returned")]
        counts[4] = screen.Late(counts[4]) if told["overdue"] else counts[4]
        open_.append((one.id, day(last) if last else "", *counts))
        names = [f"{row.unit.name} ({abs(row.days)})" for row in mine if row.overdue and row.days is not None]
        many |= len(names) > _NAMES
        if 0 < len(names) <= _NAMES:
            behind.append(screen.Late(_("{id} quá hạn (số ngày): {names}", id=one.id, names=", ".join(names))))
    if open_:
        counted = (_("Phải gửi"), _("Đúng hạn"), _("Chậm"), _("Chưa gửi"), _("Quá hạn"), _("Trả lại"))
        screen.table((_("Mã"), _("Hạn cuối"), *counted), open_, whole=range(8))
        screen.out("")
    for line in behind:
        screen.item(line)
    if many:
        screen.out(_("đơn vị nào quá hạn: danvan status --late"))
    if quiet:
        screen.out(_("{count} báo cáo, hồ sơ chưa đến hạn hoặc đã xong: danvan status --all", count=quiet))


def _by_unit(rows: "Sequence[StatusRow]") -> None:
    """Show who is behind: a line a unit, with all that is overdue."""
    for unit in {row.unit.id: row.unit for row in rows}.values():
        cells = [f"{row.deliverable.id} {_cell(row)}" for row in rows if row.unit is unit and row.overdue]
        screen.item(screen.Late(f"{unit.name}: {'; '.join(cells)}"))


def _tasks(found: "Followed", *, whole: bool) -> None:
    """Name the tasks that fall due soon or have, and say what is not known of them."""
    tasks = [one for one in found.tasks if whole or -_AHEAD <= one.days <= _AHEAD]
    if not tasks:
        return
    screen.out("")
    screen.out(_("Nhiệm vụ có hạn (đã xong hay chưa: xem tệp của đơn vị):"))
    table = []
    for one in tasks:
        left = _("còn {days}", days=one.days) if one.days >= 0 else _("đã qua {days}", days=-one.days)
        table.append((one.task.id, day(one.last_day), left, str(len(one.units)), one.task.label))
    screen.table((_("Mã"), _("Hạn cuối"), _("Ngày"), _("Đơn vị"), _("Nhiệm vụ")), table, whole=(0, 1, 2, 3))


def _grid(plan: "model.Plan", rows: "Sequence[StatusRow]", units: "Sequence[Unit]") -> None:
    wide, narrow = _columns(rows)
    cells = {(row.unit.id, row.deliverable.id): row for row in rows}
    shown = {row.unit.id for row in rows}
    for block in plan.blocks:
        inside = [one for one in units if one.block == block.id and one.id in shown]
        owed = [it for it in wide if any((one.id, it.id) in cells for one in inside)]
        if not owed:
            continue
        table = [(plan.told_apart[one.id], *(_cell(cells.get((one.id, it.id))) for it in owed)) for one in inside]
        screen.table((block.name, *(it.id for it in owed)), table, whole=range(1, 1 + len(owed)))
        screen.out("")
    for it in narrow:
        alike: dict[str, list[str]] = {}
        for row in rows:
            if row.deliverable is it:
                alike.setdefault(_cell(row), []).append(row.unit.name)
        for cell, names in alike.items():
            told = "; ".join(names) if len(names) <= _NAMES else _("{count} đơn vị", count=len(names))
            screen.item(type(cell)(f"{it.id}: {told}: {cell}"))
    if narrow:
        screen.out("")


_MOST = 5
"""Columns of states that 80 columns hold beside the units' names."""


def _columns(rows: "Sequence[StatusRow]") -> tuple[list["Deliverable"], list["Deliverable"]]:
    """Part what is owed: what most units owe has a column, what is not due yet after the others; the rest is told by its states."""
    count = Counter(row.deliverable.id for row in rows)
    open_ = {row.deliverable.id for row in rows if row.state != "not-due"}
    every = list({row.deliverable.id: row.deliverable for row in rows}.values())
    most = max(count.values())
    many = [one for one in every if count[one.id] * 4 >= most]
    order = sorted(many, key=lambda one: (one.id not in open_, -count[one.id]))[:_MOST]
    wide = [one for one in many if one in order]
    return wide, [one for one in every if one not in wide]


def _cell(row: "StatusRow | None") -> str:
    """Say a row's state in as few letters as a column has; what is late or overdue is red."""
    from danvan_cli.page.words import short_state

    if row is None:
        return ""
    said = short_state("unread" if row.unread else row.state, row.days, dated=row.last_day is not None)
    return screen.Late(said) if row.overdue or row.state == "late" else said


def _one(rows: "Sequence[StatusRow]") -> None:
    """Show one unit: what it owes, line by line, with both days."""
    table = []
    for row in rows:
        receipt = row.receipt
        issued = day(receipt.issued) if receipt and receipt.issued else ""
        came = day(receipt.received) if receipt else ""
        last = day(row.last_day) if row.last_day else ""
        table.append((row.deliverable.id, last, issued, came, receipt.symbol if receipt else "", _cell(row)))
    heads = (_("Mã"), _("Hạn cuối"), _("Ban hành"), _("Đến"), _("Số, ký hiệu"), _("Tình trạng"))
    screen.table(heads, table, whole=(0, 1, 2, 3))
    for row in rows:
        if row.versions > 1 and row.deliverable.on_request:
            screen.out(_("{id}: đã nhận {count} báo cáo", id=row.deliverable.id, count=row.versions))
        elif row.versions > 1:
            screen.out(_("{id}: {count} bản đã nhận", id=row.deliverable.id, count=row.versions))
        if row.filed and row.filed.returned and row.state == "returned":
            back, name = row.filed.returned, row.deliverable.id
            screen.item(_("{id}: trả lại ngày {day}: {reason}", id=name, day=day(back.date), reason=back.reason))


def _totals(plan: "model.Plan", rows: "Sequence[StatusRow]") -> None:
    from danvan_cli.province.tracking import has_last_day, totals

    for one in {row.deliverable.id: row.deliverable for row in rows}.values():
        mine = [row for row in rows if row.deliverable is one]
        told, dated = totals(mine), has_last_day(plan, mine)
        came = _("đúng hạn {count}", count=told["in_time"]) if dated else _("đã gửi {count}", count=told["in_time"])
        parts = [
            _("phải gửi {count}", count=told["owed"]),
            came,
            *([_("chậm {count}", count=told["late"])] if dated else []),
            _("chưa gửi {count}", count=told["missing"]),
            *([_("trong đó quá hạn {count}", count=told["overdue"])] if told["overdue"] else []),
            *([_("bị trả lại {count}", count=told["returned"])] if told["returned"] else []),
        ]
        screen.item(f"{one.id}: {', '.join(parts)}")


# Letters and e-mails ---------------------------------------------------------------------------------------------------


@help_page(
    ("danvan remind --as-of 15/5/2023 --answer-by 20/5/2023", _("công văn đôn đốc ở build/don-doc/")),
    ("danvan remind --as-of 2/5/2023 --within 10", _("thêm thư nhắc các đơn vị còn 10 ngày trở lại")),
    about=_(
        "Một công văn cho mọi đơn vị quá hạn cùng một báo cáo, có danh sách kèm theo; --each thì mỗi đơn vị một công văn."
        " Công văn đã phát hành thì ghi lại bằng --issued: lần sau viện dẫn lần trước, lần thứ ba thành báo cáo lên cấp"
        " trên. Thư điện tử nằm cạnh, mỗi đơn vị một tệp .txt."
    ),
)
def remind(
    as_of: str | None = AS_OF,
    within: int | None = option("--within", _("thêm thư nhắc cho ai còn ngần này ngày"), _("NGÀY"), min=0),
    deliverable: str | None = option("--deliverable", _("chỉ một báo cáo, hồ sơ"), _("MÃ"), complete.deliverables),
    block: str | None = ONE_BLOCK,
    unit: str | None = ONE_UNIT,
    each: bool = flag("--each", _("mỗi đơn vị một công văn")),
    answer_by: str | None = option("--answer-by", _("hạn gửi ghi trong công văn"), _("NGÀY")),
    issued: str | None = option("--issued", _("công văn về báo cáo này đã phát hành"), _("MÃ"), complete.deliverables),
    number: str | None = option("--number", _("số, ký hiệu công văn đã phát hành"), _("SỐ")),
    date: str | None = option("--date", _("ngày công văn đã phát hành"), _("NGÀY")),
    force: bool = FORCE,
    plan: Path | None = PLAN,
) -> Exit:
    """Make letters to those who are late."""
    from danvan_cli.desk.urging import Urging

    urging = Urging(opened_plan(plan))
    if issued or number or date:
        if not (issued and number and date):
            raise UsageError(_("ghi công văn đã phát hành cần đủ --issued, --number và --date"))
        symbol, on = squeeze(number), urging.opened.happened(date)
        urging.issued(issued, unit, symbol, on)
        path = urging.kept.path
        as_json.give(path=path, number=symbol, date=on)
        screen.out(_("{path}: đã ghi công văn {number} ngày {day}", path=shown(path), number=symbol, day=day(on)))
        return Exit.OK
    when = day_of(as_of)
    by = day_of(answer_by) if answer_by else None
    if by and by < when:
        raise UsageError(_("hạn gửi {by} trước ngày {day}", by=answer_by, day=when), help=_("ghi một ngày sau đó"))
    rows = urging.rows(unit, block, deliverable, when)
    late = False
    as_json.give(as_of=when, rounds=[], mails=[])
    for round_, letters, mails in urging.urge(rows, when, by, each=each, force=force):
        _tell_round(round_, letters, mails)
        late = True
    own = urging.not_urged(rows, when)
    as_json.give(
        not_urged=[as_json.picked(row, "unit", "deliverable", "days") | {"answering": who} for row, who in own]
    )
    for row, who in own:
        _tell_not_urged(row, who)
    soon = urging.soon(rows, when, within) if within is not None else []
    tasks = urging.soon_tasks(unit, block, when, within) if within is not None and deliverable is None else []
    words = _("{count} thư nhắc hạn ở {path}"), _("{count} thư nhắc hạn nhiệm vụ ở {path}")
    for texts, told in zip((soon, tasks), words, strict=True):
        if texts:
            screen.out(told.format(count=len(texts), path=shown(texts[0].path.parent)))
            _tell_backups(texts)
    if not late and not own and not soon and not tasks:
        screen.out(_("không có đơn vị nào quá hạn"))
    return with_broken_told(urging.opened)


def _tell_round(round_: "Round", letters: "Sequence[Made]", mails: "Sequence[Saved]") -> None:
    """Say which letters were made, and to how many."""
    tell_documents(letters)
    units = [row.unit for row in round_.rows]
    as_json.add("rounds", {"deliverable": round_.deliverable, "number": round_.number, "units": units})
    screen.out(
        _("{count} đơn vị chưa gửi «{id}», lần {number}; thư điện tử ở {path}",
          count=len(round_.rows), id=round_.deliverable.id, number=round_.number, path=shown(mails[0].path.parent))
    )  # fmt: skip
    _tell_backups(mails)


def _tell_not_urged(row: "StatusRow", who: "Sequence[Unit]") -> None:
    """Say what is late and goes into no letter: who answers for it would urge itself, or there is nobody."""
    name, heirs = row.unit.name, [one.name for one in who if one.id != row.unit.id]
    told = _("{unit} chưa gửi «{id}»: cơ quan đôn đốc, không có công văn gửi chính mình")
    if not who:
        told = _("{unit} chưa gửi «{id}» và không còn: kế hoạch không ghi cơ quan kế thừa, không có công văn")
    screen.out(told.format(unit=f"{name} ({', '.join(heirs)})" if heirs else name, id=row.deliverable.id))


def _tell_backups(mails: "Sequence[Saved]") -> None:
    """Say how many e-mails are kept as they were, since somebody may have written in them."""
    as_json.add("mails", *({"path": one.path, "state": one.kind, "backup": one.backup} for one in mails))
    if count := sum(1 for one in mails if one.backup):
        screen.note(_("giữ lại {count} thư cũ khác thư mới, thành tệp .bak", count=count))
