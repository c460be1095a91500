"""`danvan status`: who has sent what, who still owes what, how many days late."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from danvan_cli.cli import screen
from danvan_cli.cli.made import tell_saved
from danvan_cli.cli.opening import opened_plan, with_broken_told
from danvan_cli.cli.options import AsOf, Force, Json, OneBlock, OneUnit, PlanFile, Strict, day_of, option
from danvan_cli.errors import Exit
from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from danvan_cli.delivery.status import StatusRow
    from danvan_cli.plan import model
    from danvan_cli.plan.model import Deliverable, Unit

ABOUT = _(
    "Đọc kế hoạch (gia hạn, miễn gửi, yêu cầu thêm) và hồ sơ đã nhận ở province/received/, không đọc tệp của đơn vị."
    " Đúng hạn tính theo ngày đến hay ngày ban hành là do «late_by» trong kế hoạch; cả hai ngày đều được nêu."
)
EXAMPLES = (
    ("danvan status", _("bảng mọi đơn vị, tính đến hôm nay")),
    ("danvan status --as-of 15/5/2023 --unit so-y-te", _("một đơn vị, tính đến một ngày")),
    ("danvan status -o so-theo-doi.xlsx", _("sổ theo dõi dạng Excel")),
)


def status(
    as_of: AsOf = None,
    block: OneBlock = None,
    unit: OneUnit = None,
    late: Annotated[bool, option("--late", _("chỉ những đơn vị đang quá hạn"))] = False,
    output: Annotated[Path | None, option("--output -o", _("ghi sổ theo dõi .xlsx, hoặc bảng .csv"), _("TỆP"))] = None,
    csv: Annotated[bool, option("--csv", _("in bảng CSV"))] = False,
    force: Force = False,
    strict: Strict = False,
    plan: PlanFile = None,
    json: Json = False,
) -> Exit:
    """Show who has sent what."""
    from danvan_cli.desk.following import csv_text, follow, tracking_book

    when = day_of(as_of)
    found = follow(opened_plan(plan), unit, block, when, late=late)
    if output:
        tell_saved(tracking_book(found, output, force=force), aside=True)
    if json:
        from danvan_cli.province.tracking import row_as_dict

        screen.data({"as_of": when, "rows": [row_as_dict(row) for row in found.rows]})
    elif csv:
        screen.out(csv_text(found).decode("utf-8-sig").replace("\r\n", "\n").rstrip("\n"))
    elif not output:
        _show(found.opened.plan, found.rows, found.units, when)
    return with_broken_told(found.opened, Exit.FINDINGS if strict and found.overdue else Exit.OK)


def _show(plan: "model.Plan", rows: "Sequence[StatusRow]", units: "Sequence[Unit]", when: "date") -> None:
    from danvan_cli.text import day

    by = _("ngày ban hành") if plan.settings.late_by == "issued" else _("ngày đến")
    screen.out(_("Tính đến hết ngày {day}; đúng hạn tính theo {by}", day=day(when), by=by))
    screen.out("")
    if not rows:
        screen.out(_("không có gì phải gửi trong phạm vi này"))
        return
    if len(units) == 1:
        _one(rows)
        return
    wide, narrow = _columns(rows)
    cells = {(row.unit.id, row.deliverable.id): row for row in rows}
    shown = {row.unit.id for row in rows}
    for block in plan.blocks:
        inside = [one for one in units if one.block == block.id and one.id in shown]
        if not inside:
            continue
        table = [(one.name, *(_cell(cells.get((one.id, it.id))) for it in wide)) for one in inside]
        screen.table((block.name, *(it.id for it in wide)), table, whole=range(1, 1 + len(wide)))
        screen.out("")
    for it in narrow:
        for row in rows:
            if row.deliverable is it:
                screen.say(f"{it.id}: {row.unit.name}: {_cell(row)}", indent="  ")
    if narrow:
        screen.out("")
    _totals(rows)


_MOST = 5
"""Columns of states that 80 columns hold beside the units' names."""


def _columns(rows: "Sequence[StatusRow]") -> tuple[list["Deliverable"], list["Deliverable"]]:
    """Part what is owed: what most units owe has a column, the rest is told line by line."""
    count: dict[str, int] = {}
    for row in rows:
        count[row.deliverable.id] = count.get(row.deliverable.id, 0) + 1
    every = list({row.deliverable.id: row.deliverable for row in rows}.values())
    order = sorted(every, key=lambda one: -count[one.id])[:_MOST]
    most = count[order[0].id]
    wide = [one for one in every if one in order and count[one.id] * 4 >= most]
    return wide, [one for one in every if one not in wide]


def _cell(row: "StatusRow | None") -> str:
    """Say a row's state in as few letters as a column has."""
    if row is None:
        return ""
    if row.unread:
        return _("biên nhận hỏng")
    days, far = row.days, abs(row.days or 0)
    if row.state == "returned" and days is not None:
        return _("trả lại, còn {days}", days=far) if days >= 0 else _("trả lại, QUÁ {days}", days=far)
    if row.state == "submitted" and row.last_day is None:
        return _("đã gửi")
    said = {
        "submitted": _("đúng hạn"),
        "late": _("chậm {days} ngày", days=far),
        "overdue": _("QUÁ {days} ngày", days=far),
        "due": _("còn {days} ngày", days=far),
        "not-due": _("chưa đến hạn"),
        "extended": _("gia hạn, còn {days}", days=far),
        "returned": _("trả lại"),
        "exempt": _("miễn"),
        "no-date": _("không ghi hạn"),
    }
    return said[row.state]


def _one(rows: "Sequence[StatusRow]") -> None:
    """Show one unit: what it owes, line by line, with both days."""
    from danvan_cli.text import day

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
        back = row.filed.returned if row.filed and row.state == "returned" else None
        if back:
            told = _(
                "{id}: trả lại ngày {day}: {reason}", id=row.deliverable.id, day=day(back.date), reason=back.reason
            )
            screen.say(told, indent="  ")


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
        screen.say(f"{one.id}: {', '.join(parts)}", indent="  ")
