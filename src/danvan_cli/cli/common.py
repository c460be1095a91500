"""What commands share: the workspace opened; what was made or recorded, told, and what is left to do in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from danvan_cli.cli import as_json, screen
from danvan_cli.errors import Exit
from danvan_cli.findings.finding import severity_name
from danvan_cli.lang import _
from danvan_cli.text import clean, few
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from danvan_cli.desk.entries import Entered
    from danvan_cli.desk.log import Logged
    from danvan_cli.desk.made import Gaps, Made
    from danvan_cli.desk.opened import Open
    from danvan_cli.desk.waiting import Waiting
    from danvan_cli.plan.model import Plan
    from danvan_cli.scoring.result import Result
    from danvan_cli.unit.model import UnitRecord
    from danvan_cli.word.save import Saved


def opened_plan(plan: Path | None = None, template: Path | None = None) -> Open:
    """Open the workspace as `desk.opened.open_plan` does."""
    from danvan_cli.desk import opened  # with the models that it reads, no matter for a help page

    return opened.open_plan(plan, template, screen.note)


def with_broken_told(opened: Open, code: Exit = Exit.OK) -> Exit:
    """Name the broken receipts that were left out of what was shown; give the exit code, which says that there are."""
    errors = [error for found in opened.broken.values() for error in found]
    for error in errors:
        screen.fail(error)
    return max(code, *(error.exit for error in errors), key=int) if errors else code


# What was made -------------------------------------------------------------------------------------------------------

_MOST, _NAMED, _WIDTH = 12, 3, 60
"""So many headings with blanks are told of, so many blanks under each, each in so many letters."""


def tell_document(made: Made) -> Made:
    """Say what became of a document, and how much is still to be written in it; give it back."""
    tell_documents([made])
    return made


def tell_documents(every: Sequence[Made]) -> None:
    """Say what became of documents; where several have the same blanks, these are told once, with how many have them."""
    for one in every:
        more: dict[str, Any] = {"blanks": one.blanks, "proposals": one.proposals}
        tell_saved(one.saved, _open_places(**more), **more, gaps=one.gaps)
    if as_json.wanted():
        return
    for gaps, count in Counter(tuple(one.gaps) for one in every).items():
        if gaps and count > 1:
            screen.note(_("{count} văn bản còn những chỗ trống này:", count=count))
        tell_gaps(gaps)


def tell_gaps(gaps: Sequence[Gaps]) -> None:
    """Say on stderr where the blanks of a document are."""
    for one in gaps[:_MOST]:
        screen.remark(f"  {_cut(one.where)}: {few([*map(_cut, one.what)], _NAMED)}", indent="    ")
    if left := gaps[_MOST:]:
        count = sum(len(one.what) for one in left)
        screen.remark(_("  và {count} chỗ ở {parts} mục khác", count=count, parts=len(left)), indent="    ")


def _cut(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"


def tell_saved(saved: Saved, more: str | None = None, *, aside: bool = False, **values: object) -> None:
    """Say what became of a file, on stdout, or on stderr where something else is the result (`aside`); JSON says `values` besides."""
    as_json.made_file(saved.path, saved.kind, saved.backup, **values)
    states = {"new": _("đã tạo"), "updated": _("đã cập nhật"), "unchanged": _("không có gì thay đổi")}
    told = f"{shown(saved.path)}: {states[saved.kind]}" + (f"; {more}" if more else "")
    (screen.note if aside else screen.out)(told)
    tell_backup(saved.backup)


def tell_backup(copy: Path | None) -> None:
    """Say where the copy of what was replaced is kept, if there is one."""
    if copy and not as_json.wanted():
        screen.note(_("bản cũ giữ ở {path}", path=shown(copy)))


def tell_entry(done: Entered, told: str) -> None:
    """Print what was entered into the plan, and on stderr what the check has to say of it, the same once."""
    as_json.give(path=done.path, id=done.id, units=done.units, replaced=done.replaced, findings=done.found)
    as_json.give(in_time=[row.unit for row in done.in_time])
    screen.out(f"{shown(done.path)}: {told}")
    for one in {(it.rule, it.message): it for it in done.found}.values():
        screen.note(f"{one.path}:{one.spot.line}: {one.rule} {one.message}")


def write_pdf(paths: Sequence[Path], *, quiet: bool = False) -> None:
    """Make the PDF of each document, beside it, and say so unless `quiet`.

    Raises:
        DanvanError: if LibreOffice is missing or fails.
    """
    if not paths:
        return
    from danvan_cli.pdf.printing import to_pdf

    for path in to_pdf(paths):
        as_json.made_file(path, "updated")
        if not quiet:
            screen.out(_("{path}: đã tạo", path=shown(path)))


def _open_places(blanks: int, proposals: int) -> str:
    """Say how many blanks a document has, and how much is only proposed in it."""
    told = _("còn {count} chỗ trống phải điền (tô vàng)", count=blanks) if blanks else _("không còn chỗ trống")
    return f"{told}; {_('{count} đề xuất (chữ xanh) chưa tính vào đâu', count=proposals)}" if proposals else told


def tell_proposals(opened: Open, record: UnitRecord) -> None:
    """Say what is only proposed to a unit, task by task, and how its draft is made again, if it has one."""
    from danvan_cli.unit.model import owed

    for name, task in record.tasks.items():
        for one in task.proposed if not task.ended else ():
            screen.item(f"- {name}: {one.content}")
        if task.proposed_reason:
            screen.item(f"- {name}: {_('đề xuất không thực hiện: {reason}', reason=task.proposed_reason)}")
    if record.proposals:
        how = _("giữ: danvan log {id} --accept all, từng nhiệm vụ: danvan log {id} MÃ --accept 1; bỏ: --strike",
                id=record.unit)  # fmt: skip
        plans = (it.id for it in owed(opened.plan, opened.plan.unit_by_id[record.unit]) if it.kind == "plan")
        if plan := next(plans, None):
            how += _("; rồi làm lại: danvan report {id} --period {plan}", id=record.unit, plan=plan)
        screen.say(how)


def tell_logged(done: Logged, plan: Plan) -> None:
    """Print each change in a clerk's words, and on stderr what there is to remark on it."""
    from danvan_cli.unit.recording import told_again

    changes = [{"path": one.loc, "value": getattr(one, "item", getattr(one, "value", None))} for one in done.changes]
    as_json.give(unit=done.path.parent.name, path=done.path, changes=changes, files=done.files, findings=done.found,
                 remarks=done.remarks, backup=done.backup)  # fmt: skip
    lines = [line for one in done.changes if (line := told_again(done.before, one, plan))]
    lines = lines or [_("đã chép lại {path}", path=shown(one)) for one in done.files]
    for line in lines:
        screen.out(line)
    path = shown(done.path)
    if lines:
        screen.out(_("{path}: đã ghi {count} thay đổi", path=path, count=len(lines)))
    else:
        screen.out(_("{path}: không có gì thay đổi", path=path))
    for finding in done.found:
        spot = finding.spot
        place = f"{finding.path}:{spot.line}:{spot.column}: {finding.rule} {severity_name(finding.severity)}"
        screen.note(f"{place}: {clean(finding.message)}")
        if finding.help:
            screen.note(f"  help: {clean(finding.help)}")
    tell_backup(done.backup)
    for remark in done.remarks:
        screen.note(remark)


def band_said(result: Result) -> str:
    """Say which band a score has, or why it has none."""
    if result.blanks:
        return _("còn {count} tiêu chí chưa chấm", count=len(result.blanks))
    if not result.eligible:
        return _("không đủ điều kiện xếp loại")
    band = result.band.name if result.band else ""
    return f"{band} ({_('tạm xếp')})" if band and result.others else band


# What waits -----------------------------------------------------------------------------------------------------------

_SAID = {
    "report": _("có sổ số liệu, chưa có báo cáo"),
    "figures": _("có báo cáo, chưa có số liệu"),
    "log": _("đề xuất chưa ghi vào hồ sơ"),
    "choice": _("gói và hồ sơ ở đây cùng sửa một chỗ, chưa chọn"),
    "rest": _("nhận còn dở: nhận lại tệp ấy"),
    "confirm": _("kế hoạch đã đổi, chưa xác nhận"),
}
_SHOWN = 12
"""So many units are named; of more their number tells enough."""


def tell_waiting(found: Sequence[Waiting]) -> None:
    """Tell what waits, of which there is something: a line for each kind, with whose it is."""
    screen.out(_("Đang chờ:"))
    for what, words in _SAID.items():
        mine = [one for one in found if one.waiting_for == what]
        if mine:
            screen.item(f"  {_(words)}: {few([_named(one) for one in mine], _SHOWN)}")
    for one in [one for one in found if one.waiting_for == "log"][:_SHOWN]:
        screen.item(f"  danvan log {one.unit.id} --from {shown(one.path) if one.path else ''}")


def in_short(found: Sequence[Waiting]) -> str:
    """Count what waits in one line; empty where nothing does."""
    counted = [(words, sum(one.waiting_for == what for one in found)) for what, words in _SAID.items()]
    return "; ".join(f"{_(words).partition(':')[0]}: {count}" for words, count in counted if count)


def _named(one: Waiting) -> str:
    name = f"{one.unit.name} ({one.deliverable.id})" if one.deliverable else one.unit.name
    return _("{name}, {count} nhiệm vụ", name=name, count=one.count) if one.waiting_for == "confirm" else name
