"""`danvan init-unit`: a unit's folder, its file to fill in and the draft of its implementation plan."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from danvan_cli.cli import complete, screen
from danvan_cli.cli.made import blanks, tell_saved, write_pdf
from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import AlsoPdf, PlanFile, TemplateFile, argument, option
from danvan_cli.errors import DanvanError, Exit, UsageError
from danvan_cli.lang import _

if TYPE_CHECKING:
    from danvan_cli.desk.init_unit import Started

ABOUT = _("Những gì đã có thì giữ nguyên. Sau khi điền unit.yaml, làm lại bản Word: danvan report … --period ke-hoach.")
EXAMPLES = (
    ("danvan init-unit so-y-te", _("tệp và dự thảo kế hoạch của Sở Y tế")),
    ("danvan init-unit --all", _("mọi cơ quan, đơn vị, địa phương")),
)


def init_unit(
    units: Annotated[list[str] | None, argument(_("ĐƠN-VỊ"), _("mã các cơ quan, đơn vị"), complete.units)] = None,
    every: Annotated[bool, option("--all", _("mọi cơ quan, đơn vị, địa phương của kế hoạch"))] = False,
    source: Annotated[
        Path | None, option("--from", _("điền sẵn từ một tệp đơn vị, ví dụ samples/so-y-te.unit.yaml"), _("TỆP"))
    ] = None,
    template: TemplateFile = None,
    pdf: AlsoPdf = False,
    plan: PlanFile = None,
) -> Exit:
    """Start units."""
    if every and units:
        raise UsageError(_("ghi mã đơn vị hoặc --all, không ghi cả hai"))
    from danvan_cli.desk.init_unit import start
    from danvan_cli.workspace import shown

    opened = opened_plan(plan, template)
    chosen = opened.plan.units if every else opened.named_units(units)
    if source and len(chosen) > 1:
        raise UsageError(_("--from chỉ dùng cho một đơn vị"))
    failed: list[tuple[str, DanvanError]] = []
    started: list[Started] = []
    for unit in screen.progress(chosen, _("tạo đơn vị")):
        try:
            done = start(opened, unit, source)
        except DanvanError as error:
            failed.append((unit.id, error))
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
    return screen.failures(failed, named=len(chosen) > 1)


def _tell(done: "Started") -> None:
    from danvan_cli.workspace import shown

    screen.out(f"{shown(done.file)}: " + (_("đã tạo") if done.made else _("đã có, giữ nguyên")))
    if done.document and done.saved:
        tell_saved(done.saved, blanks(done.blanks))
    elif done.document:
        screen.out(f"{shown(done.document)}: " + _("đã có, giữ nguyên"))
