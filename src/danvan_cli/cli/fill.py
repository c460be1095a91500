"""`danvan fill`: takes what people typed into workbooks into the units' files."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from danvan_cli.cli.options import Json, Plan
from danvan_cli.errors import DanvanError, Exit, UsageError
from danvan_cli.lang import _

if TYPE_CHECKING:
    from danvan_cli.cli.books import Held
    from danvan_cli.desk.opened import Open
    from danvan_cli.excel.merge import Edits, Sent
    from danvan_cli.scoring.model import RubricFile

ABOUT = _(
    "So từng ô với lúc sổ được gửi và với tệp hiện nay: chỉ ô đã sửa mới được ghi, hai người sửa hai chỗ thì ghép lại,"
    " cùng sửa một ô thì hỏi. Sổ không sửa gì thì không đổi gì. Điểm được tính lại, không lấy số trong sổ."
)
EXAMPLES = (
    ("danvan fill units/so-y-te/out/so-lieu.xlsx", _("ghi sổ đã điền vào tệp của đơn vị")),
    ("danvan fill units/so-y-te/out/so-lieu.xlsx --dry-run", _("chỉ xem sẽ ghi gì")),
)


def fill(
    files: Annotated[
        list[Path], typer.Argument(metavar=_("TỆP.xlsx"), help=_("sổ đã điền; nhiều sổ thì ghép lần lượt"))
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("chỉ cho xem sẽ ghi gì, không ghi"))] = False,
    partial: Annotated[
        bool, typer.Option("--partial", help=_("ghi những ô đúng, dù còn ô sai hoặc ô hai bên cùng sửa"))
    ] = False,
    prefer: Annotated[
        Literal["workbook", "file"] | None,
        typer.Option("--prefer", help=_("hai bên cùng sửa một ô thì lấy: workbook (sổ) hoặc file (tệp hiện nay)")),
    ] = None,
    carry: Annotated[
        bool, typer.Option("--carry", help=_("sổ theo bản kế hoạch hoặc bộ tiêu chí cũ: ghi những mục vẫn như cũ"))
    ] = False,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar=_("ĐƠN-VỊ"), help=_("chỉ nhận sổ của đơn vị này"))
    ] = None,
    plan: Plan = None,
    json: Json = False,
) -> Exit:
    """Take workbooks in."""
    from json import dumps

    from danvan_cli.cli import screen
    from danvan_cli.cli.books import rubrics_if_any
    from danvan_cli.cli.opening import open_plan

    opened = open_plan(plan)
    only = opened.unit(unit).id if unit else None
    rubrics = rubrics_if_any(opened)
    filling = Filling(opened, rubrics, partial=partial, prefer=prefer, carry=carry, only=only, quiet=json)
    failed: list[tuple[Path, DanvanError]] = []
    for path in files:
        try:
            filling.take(path)
        except DanvanError as error:
            failed.append((path, error))
    worst = filling.write(dry_run=dry_run)
    if json:
        screen.out(dumps({"files": filling.told, "written": filling.written}, ensure_ascii=False))
    for path, failure in failed:
        if len(files) > 1:
            screen.note(f"{path}:")
        screen.fail(failure)
    return max([worst, *(failure.exit for _path, failure in failed)])


class Filling:
    """Workbooks taken in one after the other; each unit's files are written once, at the end, or not at all."""

    def __init__(
        self,
        opened: "Open",
        rubrics: "RubricFile | None",
        *,
        partial: bool,
        prefer: str | None,
        carry: bool,
        only: str | None,
        quiet: bool,
    ) -> None:
        self.opened, self.rubrics, self.partial, self.prefer, self.carry = opened, rubrics, partial, prefer, carry
        self.only, self.quiet = only, quiet
        self.kept: dict[str, _Kept] = {}
        self.told: list[dict[str, Any]] = []
        self.written: list[str] = []

    def take(self, path: Path) -> None:
        """Merge one workbook into what its unit's files would be.

        Raises:
            UsageError: if it is no workbook of ours, or of another unit.
            DanvanError: if it is of another revision of the plan or another version of the rubric.
        """
        from danvan_cli.cli.books import held
        from danvan_cli.excel.bring import bound, unfit
        from danvan_cli.excel.merge import edits, sent
        from danvan_cli.files import read_bytes
        from danvan_cli.ooxml.xlsx import MAX_BYTES, read
        from danvan_cli.workspace import shown

        pages = read(read_bytes(path, limit=MAX_BYTES), shown(path))
        base = sent(pages, shown(path))
        name = str(base.about.get("unit", ""))
        if self.only is not None and name != self.only:
            raise UsageError(
                _("{path} là sổ của «{other}», không phải «{id}»", path=shown(path), other=name[:64], id=self.only)
            )
        if base.about.get("plan") != self.opened.plan.id:
            raise UsageError(
                _("{path} theo kế hoạch «{other}», ở đây là «{id}»", path=shown(path),
                  other=str(base.about.get("plan"))[:40], id=self.opened.plan.id),
                help=_("chọn đúng kế hoạch bằng --plan"),
            )  # fmt: skip
        unit = self.opened.unit(name)
        kept = self.kept.get(name)
        if kept is None:
            now = held(self.opened, self.rubrics, unit)
            kept = self.kept[name] = _Kept(now.unit_data, now.score_data, new_score=now.new_score)
        else:
            now = held(self.opened, self.rubrics, unit, kept.now)
        stale = self._stale(base, now, shown(path))
        form, _scoring = now.form()
        found = edits(pages, base, form, same_plan=not stale)
        if stale:
            _drop(found, stale)
        self._settle(found)
        if now.rubric:
            found.faults += unfit(found, form, now.rubric, now.score)
        self._tell(shown(path), name, found)
        if found.faults or found.conflicts:
            kept.incomplete = True
            kept.refused = kept.refused or not self.partial
        if kept.refused:
            return
        faulty = {fault.cell for fault in found.faults}
        wrong = {bound(one.path) for one in found.changes if one.cell in faulty}
        wrong |= {bound(fault.path) for fault in found.faults if fault.path}
        wrong |= {bound(one.change.path) for one in found.conflicts}
        found.changes = [one for one in found.changes if bound(one.path) not in wrong]
        try:
            merged = _merged(now, found, form)
        except DanvanError:
            kept.incomplete, kept.refused = True, not self.partial
            raise
        kept.now = merged.unit_data, merged.score_data
        kept.total, kept.remark = _totals(merged, found)

    def _stale(self, base: "Sent", now: "Held", path: str) -> set[str]:
        """Give what is not as it was when a workbook was sent.

        Raises:
            DanvanError: if there is anything, and it was not said that the rest is to be carried over.
        """
        about = now.about()
        was, prints = base.about.get("prints"), about["prints"]
        if not isinstance(was, dict) or not isinstance(prints, dict):
            raise UsageError(_("{path}: trang ẩn không đọc được", path=path))
        differs = {key for key in was.keys() | prints.keys() if was.get(key) != prints.get(key)}
        if differs and not self.carry:
            names = {
                "tasks": _("nhiệm vụ"),
                "indicators": _("chỉ tiêu"),
                "deliverables": _("báo cáo"),
                "answers": _("tiêu chí"),
                "rubric": _("bộ tiêu chí"),
            }
            listed = []
            for key in sorted(differs):
                kind, _space, one = key.partition(" ")
                state = _("mới") if key not in was else _("đã bỏ") if key not in prints else _("đã sửa")
                listed.append(f"{names.get(kind, kind)} {one} ({state})")
            more = _(" và {count} mục nữa", count=len(listed) - 8) if len(listed) > 8 else ""
            raise DanvanError(
                _(
                    "{path} theo bản kế hoạch hoặc bộ tiêu chí khác: {what}",
                    path=path,
                    what=", ".join(listed[:8]) + more,
                ),
                help=_("gửi sổ mới (danvan workbook), hoặc --carry: ghi những mục vẫn như cũ, mục đã đổi để lại"),
            )
        return differs

    def _settle(self, found: "Edits") -> None:
        """Decide conflicts as the user asked."""
        if self.prefer == "workbook":
            found.changes += [one.change for one in found.conflicts if not _item(one.change.path)]
            found.conflicts = [one for one in found.conflicts if _item(one.change.path)]
        elif self.prefer == "file":
            found.conflicts = []

    def _tell(self, path: str, unit: str, found: "Edits") -> None:
        from danvan_cli.cli import screen
        from danvan_cli.excel.cells import shown
        from danvan_cli.text import clean

        if self.quiet:
            self.told.append(_as_dict(path, unit, found))
            return
        for one in found.changes:
            screen.out(screen.wrapped(
                f"{one.cell}: {one.about}: {shown(one.old, one.kind)} → {shown(one.new, one.kind)}", indent="  "))  # fmt: skip
        for item, word in [*((one, _("thêm")) for one in found.added), *((one, _("bỏ")) for one in found.removed)]:
            text = next((value for key, value in item.values.items() if key in {"content", "title", "text"}), "")
            screen.out(screen.wrapped(f"{item.cell}: {word} «{clean(text)[:70]}»", indent="  "))
        for note in found.notes:
            screen.note(note)
        for conflict in found.conflicts:
            one = conflict.change
            screen.note(_("{cell}: hai bên cùng sửa ({about})", cell=one.cell, about=one.about))
            for head, value in ((_("lúc gửi"), one.old), (_("trong sổ"), one.new), (_("hiện nay"), conflict.now)):
                screen.note(f"  {head}: {shown(value, one.kind)}")
        for fault in found.faults:
            screen.note(_("{cell}: lỗi: {message}", cell=fault.cell, message=clean(fault.message)))
            if fault.help:
                screen.note(f"  help: {clean(fault.help)}")

    def write(self, *, dry_run: bool) -> Exit:
        """Write every unit's files that have changed; give the worst that happened."""
        from danvan_cli.cli import screen
        from danvan_cli.workspace import shown

        worst = Exit.OK
        for name, kept in self.kept.items():
            if kept.incomplete:
                worst = Exit.FINDINGS
            if kept.refused:
                screen.note(
                    _(
                        "{id}: chưa ghi gì; sửa các ô trên, hoặc --partial để ghi những ô đúng, --prefer để chọn bên",
                        id=name,
                    )
                )
                continue
            paths = kept.changed(self.opened.workspace.unit(name))
            if not self.quiet:
                where = ", ".join(map(shown, paths))
                if not paths:
                    screen.out(_("{id}: không có gì thay đổi", id=name))
                elif dry_run:
                    screen.out(_("{id}: sẽ ghi vào {where}", id=name, where=where))
                else:
                    screen.out(_("{id}: đã ghi vào {where}", id=name, where=where))
                for line, tell in ((kept.remark, screen.note), (kept.total, screen.out)):
                    if line:
                        tell(line)
            if paths and not dry_run:
                _write(self.opened, self.opened.workspace.unit(name), kept)
                self.written += map(shown, paths)
        return worst


@dataclass
class _Kept:
    """Of a unit between its workbooks only what is needed to write it: its files' bytes, before and as they would be."""

    unit: bytes
    score: bytes | None
    new_score: bool
    incomplete: bool = False
    refused: bool = False
    total: str = ""
    remark: str = ""

    def __post_init__(self) -> None:
        self.now = self.unit, self.score

    def changed(self, folder: Path) -> list[Path]:
        """List the files that would change."""
        pairs = ((self.unit, self.now[0], "unit.yaml"), (self.score, self.now[1], "score.yaml"))
        return [folder / name for before, after, name in pairs if before != after]


def _totals(now: "Held", found: "Edits") -> tuple[str, str]:
    """Say the score as computed again, and where the workbook shows another."""
    from danvan_cli.scoring.evaluate import evaluate
    from danvan_cli.scoring.figures import plain, shown

    if now.rubric is None:
        return "", ""
    result = evaluate(now.rubric, now.score)
    if not any(line.state == "scored" for line in result.lines):
        return "", ""
    total = shown(result.total, now.rubric.rounding.places)
    band = result.band.name if result.band else _("còn {count} tiêu chí chưa chấm", count=len(result.blanks))
    if result.by_points and not result.eligible:
        band = _("không đủ điều kiện xếp loại")
    line = _("điểm tự chấm tính lại: {total}/{most}, {band}", total=total, most=plain(result.scope), band=band)
    if found.total and found.total[1] != result.total:
        there = plain(found.total[1])
        return line, _(
            "{cell}: sổ ghi tổng {there}, tính lại được {total}", cell=found.total[0], there=there, total=total
        )
    return line, ""


def _item(path: tuple[str, ...]) -> bool:
    """Tell whether a path is a whole item of a list."""
    from danvan_cli.unit.recording import KEYS

    return path[-1].isdigit() and path[-2] in KEYS


def _drop(found: "Edits", stale: set[str]) -> None:
    """Leave out what is about things that are not as they were; say so."""

    def old(path: tuple[str, ...]) -> bool:
        kinds = {"reports": "deliverables"}
        return len(path) > 2 and f"{kinds.get(path[1], path[1])} {path[2]}" in stale

    for one in found.changes:
        if old(one.path):
            found.notes.append(_("{cell}: mục này đã đổi từ khi gửi sổ, không ghi", cell=one.cell))
    found.changes = [one for one in found.changes if not old(one.path)]
    found.added = [one for one in found.added if not old(one.path)]
    found.removed = [one for one in found.removed if not old(one.path)]
    found.conflicts = [one for one in found.conflicts if not old(one.change.path)]


def _merged(now: "Held", found: "Edits", form: Any) -> "Held":
    """Give a unit's files with what a workbook brings.

    Raises:
        InvalidFileError: if they would have errors.
    """
    from danvan_cli.cli.books import Held
    from danvan_cli.excel.bring import score_edits, unit_edits
    from danvan_cli.unit.recording import effective, with_fingerprints
    from danvan_cli.yaml.splice import spliced

    root = now.unit_read.file.root
    wanted = effective(root, with_fingerprints(unit_edits(found, root, form), now.record, now.opened.plan))
    unit_data = spliced(now.unit_read.file, wanted) if wanted else now.unit_data
    score_data = now.score_data
    if now.score_read:
        tree = now.score_read.file.root
        changes = effective(tree, score_edits(found, tree, form, now.score))
        score_data = spliced(now.score_read.file, changes) if changes else score_data
    merged = Held(now.opened, now.unit, now.rubric, unit_data, score_data, now.new_score)
    merged.refuse()
    return merged


def _write(opened: "Open", folder: Path, kept: _Kept) -> None:
    """Write both files of a unit, or neither."""
    from danvan_cli.files import write
    from danvan_cli.unit.adopt import keep
    from danvan_cli.yaml.splice import swap

    unit, score = kept.now
    if unit != kept.unit:
        keep(opened.workspace, opened.data)
        swap(folder / "unit.yaml", kept.unit, unit)
    if score is None or score == kept.score:
        return
    try:
        if kept.new_score:
            write(folder / "score.yaml", score)
        else:
            swap(folder / "score.yaml", kept.score or b"", score)
    except BaseException:
        if unit != kept.unit:
            swap(folder / "unit.yaml", unit, kept.unit)
        raise


def _as_dict(path: str, unit: str, found: "Edits") -> dict[str, Any]:
    return {
        "file": path,
        "unit": unit,
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
