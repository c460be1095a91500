"""How `fill` and `receive` tell what a workbook brings, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from danvan_cli.cli import screen
from danvan_cli.lang import _
from danvan_cli.text import clean
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from danvan_cli.desk.fill import Taken, UnitFilled
    from danvan_cli.scoring.result import Result


def tell_taken(taken: Taken, *, named: bool = False) -> None:
    """Print what a workbook brings, cell by cell, each with its file if `named`; what must be looked at goes to stderr."""
    from danvan_cli.excel.cells import shown_cell

    found, of = taken.found, f"{shown(taken.path)}: " if named else ""
    for one in found.changes:
        screen.item(
            f"{of}{one.cell}: {one.about}: {shown_cell(one.old, one.kind)} → {shown_cell(one.new, one.kind)}")  # fmt: skip
    for item, word in [*((one, _("thêm")) for one in found.added), *((one, _("bỏ")) for one in found.removed)]:
        text = next((value for key, value in item.values.items() if key in {"content", "title", "text", "topic"}), "")
        about = f"{item.about}: " if item.about else ""
        screen.item(f"{of}{item.cell}: {about}{word} «{clean(text)[:70]}»")
    for note in found.notes:
        screen.note(of + note)
    for conflict in found.conflicts:
        one = conflict.change
        screen.note(of + _("{cell}: hai bên cùng sửa ({about})", cell=one.cell, about=one.about))
        for head, value in ((_("lúc gửi"), one.old), (_("trong sổ"), one.new), (_("hiện nay"), conflict.now)):
            screen.note(f"  {head}: {shown_cell(value, one.kind)}")
    for fault in found.faults:
        screen.note(of + _("{cell}: lỗi: {message}", cell=fault.cell, message=clean(fault.message)))
        if fault.help:
            screen.note(f"  help: {clean(fault.help)}")


def tell_filled(one: UnitFilled) -> None:
    """Print which files of a unit were written, and its score as computed again."""
    if one.refused:
        message = _(
            "{id}: chưa ghi gì; sửa các ô trên, hoặc --partial để ghi những ô đúng, --prefer để chọn bên", id=one.unit
        )
        screen.note(message)
        return
    where = ", ".join(map(shown, one.paths))
    if not one.paths:
        screen.out(_("{id}: không có gì thay đổi", id=one.unit))
    elif one.written:
        screen.out(_("{id}: đã ghi vào {where}", id=one.unit, where=where))
    else:
        screen.out(_("{id}: sẽ ghi vào {where}", id=one.unit, where=where))
    if one.result and any(line.state == "scored" for line in one.result.lines):
        _total(one, one.result)


def _total(one: UnitFilled, result: Result) -> None:
    """Say the score, and where the workbook shows another."""
    from danvan_cli.scoring.figures import plain_figure, shown_points

    total = shown_points(result.total, result.rubric.rounding.places)
    if one.total and one.total[1] != result.total:
        cell, there = one.total
        screen.note(
            _("{cell}: sổ ghi tổng {there}, tính lại được {total}", cell=cell, there=plain_figure(there), total=total)
        )
    band = result.band.name if result.band else _("còn {count} tiêu chí chưa chấm", count=len(result.blanks))
    if result.by_points and not result.eligible:
        band = _("không đủ điều kiện xếp loại")
    elif result.band and result.others:
        band += f" ({_('tạm xếp')})"
    most = plain_figure(result.scope)
    screen.out(_("điểm tự chấm tính lại: {total}/{most}, {band}", total=total, most=most, band=band))


def taken_as_dict(taken: Taken) -> dict[str, Any]:
    """Give the keys that `fill --json` promises of a workbook."""
    found = taken.found
    return {
        "file": taken.path,
        "unit": taken.unit,
        "changes": [{"cell": one.cell, "path": list(one.path[1:]), "old": one.old, "new": one.new} for one in found.changes],
        "added": [{"cell": one.cell, "path": list(one.path[1:]), "item": one.values} for one in found.added],
        "removed": [{"cell": one.cell, "path": list(one.path[1:]), "item": one.values} for one in found.removed],
        "conflicts": [
            {"cell": one.change.cell, "path": list(one.change.path[1:]), "sent": one.change.old, "workbook": one.change.new,
             "file": one.now}
            for one in found.conflicts
        ],
        "errors": [{"cell": one.cell, "message": one.message, "help": one.help} for one in found.faults],
        "notes": found.notes,
    }  # fmt: skip
