"""`danvan status`: who has sent what, who still owes what, how many days late."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.common import opened_plan, tell_saved, tell_waiting, with_broken_told
from danvan_cli.cli.options import AS_OF, FORCE, ONE_BLOCK, ONE_UNIT, PLAN, STRICT, day_of, flag, help_page, option
from danvan_cli.errors import Exit
from danvan_cli.lang import _
from danvan_cli.text import day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.delivery.status import StatusRow
    from danvan_cli.desk.following import Followed
    from danvan_cli.plan import model
    from danvan_cli.plan.model import Deliverable, Unit


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

        tasks = [
            {"task": one.day.task.id, "last_day": one.day.last, "days": one.days, "units": one.units}
            for one in found.tasks
        ]
        as_json.give(as_of=when, rows=[row_as_dict(row) for row in found.rows], tasks=tasks)
        waits = [
            {
                "unit": it.unit,
                "waiting_for": it.what,
                "deliverable": it.deliverable,
                "count": it.count or None,
                "path": it.path,
            }
            for it in found.waiting
        ]
        as_json.give(waiting=waits)
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
        _totals(found.every)
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
        table.append((one.day.task.id, day(one.day.last), left, str(len(one.units)), one.day.task.label))
    screen.table((_("Mã"), _("Hạn cuối"), _("Ngày"), _("Đơn vị"), _("Nhiệm vụ")), table, whole=(0, 1, 2, 3))


def _grid(plan: "model.Plan", rows: "Sequence[StatusRow]", units: "Sequence[Unit]") -> None:
    wide, narrow = _columns(rows)
    cells = {(row.unit.id, row.deliverable.id): row for row in rows}
    shown = {row.unit.id for row in rows}
    for block in plan.blocks:
        inside = [one for one in units if one.block == block.id and one.id in shown]
        if not inside:
            continue
        table = [(plan.told_apart[one.id], *(_cell(cells.get((one.id, it.id))) for it in wide)) for one in inside]
        screen.table((block.name, *(it.id for it in wide)), table, whole=range(1, 1 + len(wide)))
        screen.out("")
    for it in narrow:
        for row in rows:
            if row.deliverable is it:
                cell = _cell(row)
                screen.item(type(cell)(f"{it.id}: {row.unit.name}: {cell}"))
    if narrow:
        screen.out("")


_MOST = 5
"""Columns of states that 80 columns hold beside the units' names."""


def _columns(rows: "Sequence[StatusRow]") -> tuple[list["Deliverable"], list["Deliverable"]]:
    """Part what is owed: what most units owe has a column, the rest is told line by line."""
    count = Counter(row.deliverable.id for row in rows)
    every = list({row.deliverable.id: row.deliverable for row in rows}.values())
    order = sorted(every, key=lambda one: -count[one.id])[:_MOST]
    most = count[order[0].id]
    wide = [one for one in every if one in order and count[one.id] * 4 >= most]
    return wide, [one for one in every if one not in wide]


def _cell(row: "StatusRow | None") -> str:
    """Say a row's state in as few letters as a column has; what is late or overdue is red."""
    from danvan_cli.page.words import state_said

    if row is None:
        return ""
    said = state_said("unread" if row.unread else row.state, row.days, dated=row.last_day is not None)
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
        if row.versions > 1:
            screen.out(_("{id}: {count} bản đã nhận", id=row.deliverable.id, count=row.versions))
        if row.filed and row.filed.returned and row.state == "returned":
            back, name = row.filed.returned, row.deliverable.id
            screen.item(_("{id}: trả lại ngày {day}: {reason}", id=name, day=day(back.date), reason=back.reason))


def _totals(rows: "Sequence[StatusRow]") -> None:
    from danvan_cli.province.tracking import totals

    for one in {row.deliverable.id: row.deliverable for row in rows}.values():
        told = totals([row for row in rows if row.deliverable is one])
        parts = [
            _("phải gửi {count}", count=told["owed"]),
            _("đúng hạn {count}", count=told["in_time"]),
            _("chậm {count}", count=told["late"]),
            _("chưa gửi {count}", count=told["missing"]),
            *([_("trong đó quá hạn {count}", count=told["overdue"])] if told["overdue"] else []),
            *([_("bị trả lại {count}", count=told["returned"])] if told["returned"] else []),
        ]
        screen.item(f"{one.id}: {', '.join(parts)}")
