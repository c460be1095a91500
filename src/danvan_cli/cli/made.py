"""How the commands tell what they made: the file, whether it is new, what is still to be written or looked at in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.cli import as_json, screen
from danvan_cli.lang import _
from danvan_cli.text import few
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from danvan_cli.desk.entries import Entered
    from danvan_cli.desk.made import Gaps, Made
    from danvan_cli.unit.model import UnitRecord
    from danvan_cli.word.save import Saved


_MOST, _NAMED, _WIDTH = 12, 3, 60
"""So many headings with blanks are told of, so many blanks under each, each in so many letters."""


def tell_document(made: Made) -> Made:
    """Say what became of a document, and how much is still to be written in it; give it back."""
    tell_documents([made])
    return made


def tell_documents(every: Sequence[Made]) -> None:
    """Say what became of documents; where several have the same blanks, these are told once, with how many have them."""
    same: dict[tuple[Gaps, ...], int] = {}
    for one in every:
        tell_saved(
            one.saved, blanks(one.blanks, one.proposals), blanks=one.blanks, proposals=one.proposals, gaps=one.gaps
        )
        key = tuple(one.gaps)
        same[key] = same.get(key, 0) + 1
    for gaps, count in () if as_json.wanted() else same.items():
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
    as_json.made(saved.path, saved.kind, saved.backup, **values)
    told = f"{shown(saved.path)}: {saved_state(saved)}" + (f"; {more}" if more else "")
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
        as_json.made(path, "updated")
        if not quiet:
            screen.out(_("{path}: đã tạo", path=shown(path)))


def saved_state(saved: Saved) -> str:
    """Say whether a document is new, changed or as it was."""
    return {"new": _("đã tạo"), "updated": _("đã cập nhật"), "unchanged": _("không có gì thay đổi")}[saved.kind]


def blanks(count: int, proposals: int = 0) -> str:
    """Say how many blanks a document has, and how much is only proposed in it."""
    told = _("còn {count} chỗ trống phải điền (tô vàng)", count=count) if count else _("không còn chỗ trống")
    return f"{told}; {_('{count} đề xuất (chữ xanh) chưa tính vào đâu', count=proposals)}" if proposals else told


def tell_proposals(record: UnitRecord) -> None:
    """Say what is only proposed to a unit, task by task."""
    for name, task in record.tasks.items():
        for one in task.proposed if not task.ended else ():
            screen.say(f"- {name}: {one.content}", indent="  ")
        if task.proposed_reason:
            screen.say(f"- {name}: {_('đề xuất không thực hiện: {reason}', reason=task.proposed_reason)}", indent="  ")
    if record.proposals:
        screen.say(_("giữ: danvan log {id} --accept all, từng nhiệm vụ: danvan log {id} MÃ --accept 1; bỏ: --strike; "
                     "rồi làm lại: danvan report {id} --period ke-hoach", id=record.unit))  # fmt: skip
