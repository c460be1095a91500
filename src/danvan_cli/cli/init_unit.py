"""`danvan init-unit`: a unit's folder, its file to fill in and the draft of its implementation plan."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from danvan_cli.cli import complete, screen
from danvan_cli.cli.made import blanks, state, write_pdf
from danvan_cli.cli.opening import open_plan
from danvan_cli.cli.options import Pdf, Plan, Template
from danvan_cli.desk.opened import Open
from danvan_cli.desk.report import document, document_path
from danvan_cli.errors import DanvanError, Exit, UsageError
from danvan_cli.lang import _
from danvan_cli.workspace import shown
from danvan_cli.yaml.read import refuse

if TYPE_CHECKING:
    from danvan_cli.plan.model import Unit
    from danvan_cli.unit.model import UnitRecord
    from danvan_cli.word.save import Saved

ABOUT = _("Những gì đã có thì giữ nguyên. Sau khi điền unit.yaml, làm lại bản Word: danvan report … --period ke-hoach.")
EXAMPLES = (
    ("danvan init-unit so-y-te", _("tệp và dự thảo kế hoạch của Sở Y tế")),
    ("danvan init-unit --all", _("mọi cơ quan, đơn vị, địa phương")),
)


@dataclass(frozen=True)
class Started:
    """What was done for a unit: its file (made now or left), the draft if it was written, and its blanks."""

    file: Path
    made: bool
    document: Path | None
    saved: "Saved | None"
    blanks: int


def init_unit(
    units: Annotated[
        list[str] | None,
        typer.Argument(metavar=_("ĐƠN-VỊ"), help=_("mã các cơ quan, đơn vị"), autocompletion=complete.units),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help=_("mọi cơ quan, đơn vị, địa phương của kế hoạch"))] = False,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar=_("TỆP"), help=_("điền sẵn từ một tệp đơn vị, ví dụ samples/so-y-te.unit.yaml")),
    ] = None,
    template: Template = None,
    pdf: Pdf = False,
    plan: Plan = None,
) -> Exit:
    """Start units."""
    if every and units:
        raise UsageError(_("ghi mã đơn vị hoặc --all, không ghi cả hai"))
    opened = open_plan(plan, template)
    chosen = (
        opened.plan.units if every else [opened.unit(one) for one in dict.fromkeys(units or [])] or [opened.unit(None)]
    )
    if source and len(chosen) > 1:
        raise UsageError(_("--from chỉ dùng cho một đơn vị"))
    failed: list[tuple[Unit, DanvanError]] = []
    started: list[Started] = []
    for unit in screen.progress(chosen, _("tạo đơn vị")):
        try:
            done = start(opened, unit, source)
        except DanvanError as error:
            failed.append((unit, error))
            continue
        started.append(done)
        if len(chosen) == 1:
            _tell(done)
    if len(chosen) > 1:
        new = sum(one.made for one in started)
        screen.out(
            _(
                "{new} đơn vị mới, {kept} đơn vị đã có (giữ nguyên), {failed} đơn vị không làm được",
                new=new,
                kept=len(started) - new,
                failed=len(failed),
            )
        )
        screen.out(_("tệp của mỗi đơn vị: {folder}/<mã>/unit.yaml", folder=shown(opened.workspace.root / "units")))
    if pdf:
        write_pdf([done.document for done in started if done.document], quiet=len(chosen) > 1)
    for unit, failure in failed:
        if len(chosen) > 1:
            screen.note(f"{unit.id}:")
        screen.fail(failure)
    return max((failure.exit for _unit, failure in failed), default=Exit.OK)


def _tell(done: Started) -> None:
    screen.out(f"{shown(done.file)}: " + (_("đã tạo") if done.made else _("đã có, giữ nguyên")))
    if done.document and done.saved:
        screen.out(f"{shown(done.document)}: {state(done.saved)}; {blanks(done.blanks)}")
    elif done.document:
        screen.out(f"{shown(done.document)}: " + _("đã có, giữ nguyên"))


def start(opened: Open, unit: "Unit", source: Path | None = None) -> Started:
    """Make what a unit lacks: its file, and the draft of its implementation plan.

    Args:
        opened: the workspace and its plan.
        unit: who.
        source: a unit's file to fill in from.

    Raises:
        DanvanError: if a file has errors or cannot be written.
    """
    from danvan_cli.unit.adopt import adopt
    from danvan_cli.unit.model import owed
    from danvan_cli.word.save import save

    recorded = _recorded(opened, unit, source) if source else None
    adopted = adopt(opened.workspace, opened.plan, opened.data, unit, recorded)
    deliverable = next((one for one in owed(opened.plan, unit) if one.kind == "plan"), None)
    if deliverable is None:
        return Started(adopted.path, adopted.made, None, None, 0)
    path = document_path(opened, unit, deliverable)
    if path.exists():
        return Started(adopted.path, adopted.made, path, None, 0)
    rendered = document(opened, unit, opened.record(unit), deliverable)
    saved = save(path, rendered, force=False)
    return Started(adopted.path, adopted.made, path, saved, len(rendered.blanks))


def _recorded(opened: Open, unit: "Unit", source: Path) -> "UnitRecord":
    from danvan_cli.rules.check import check_unit
    from danvan_cli.unit.model import UnitRecord
    from danvan_cli.yaml.read import read as read_as

    read = read_as(UnitRecord, source)
    refuse(source, check_unit(read, opened.plan))
    if read.record is None:
        raise UsageError(_("không đọc được {path}", path=shown(source)))
    if read.record.unit != unit.id:
        raise UsageError(
            _(
                "{path} là tệp của «{other}», không phải «{id}»",
                path=shown(source),
                other=read.record.unit,
                id=unit.id,
            )
        )
    return read.record
