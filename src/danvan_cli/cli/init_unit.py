"""`danvan init-unit`: a unit's folder, its file to fill in and the draft of its implementation plan."""

from pathlib import Path
from typing import TYPE_CHECKING

from danvan_cli.cli import as_json, complete, screen
from danvan_cli.cli.common import opened_plan, tell_document, tell_proposals, write_pdf
from danvan_cli.cli.options import PDF, PLAN, TEMPLATE, argument, flag, help_page, option
from danvan_cli.errors import DanvanError, Exit, UsageError
from danvan_cli.lang import _
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from danvan_cli.desk.init_unit import Beginning, Started
    from danvan_cli.plan.model import Task
    from danvan_cli.unit.carried import Carried


@help_page(
    ("danvan init-unit so-y-te", _("tệp và dự thảo kế hoạch của Sở Y tế")),
    ("danvan init-unit so-y-te --from ke-hoach-2022.docx", _("lấy hoạt động từ kế hoạch năm trước")),
    ("danvan init-unit --all", _("mọi cơ quan, đơn vị, địa phương")),
    about=_(
        "--from nhận kế hoạch năm trước của chính đơn vị (.docx) hoặc unit.yaml của năm khác: từng hoạt động được xếp vào"
        " nhiệm vụ theo từ ngữ giống nhau; chỗ chưa chắc thì hỏi, hoặc để thành đề xuất (chữ xanh); không bỏ hoạt động nào."
        " Những gì đã có thì giữ nguyên. Sau khi điền unit.yaml, làm lại bản Word: danvan report … --period ke-hoach."
    ),
)
def init_unit(
    units: list[str] | None = argument(_("ĐƠN-VỊ"), _("mã các cơ quan, đơn vị"), complete.units),
    every: bool = flag("--all", _("mọi cơ quan, đơn vị, địa phương của kế hoạch")),
    source: Path | None = option(
        "--from", _("kế hoạch năm trước (.docx), hoặc tệp đơn vị như samples/so-y-te.unit.yaml"), _("TỆP")
    ),
    template: Path | None = TEMPLATE,
    pdf: bool = PDF,
    plan: Path | None = PLAN,
) -> Exit:
    """Start units."""
    if every and units:
        raise UsageError(_("ghi mã đơn vị hoặc --all, không ghi cả hai"))
    from danvan_cli.desk.init_unit import own_task, source_of, start

    opened = opened_plan(plan, template)
    chosen = opened.plan.units if every else opened.named_units(units)
    if source and len(chosen) > 1:
        raise UsageError(_("--from chỉ dùng cho một đơn vị"))
    read = source_of(opened, chosen[0], source) if source else None
    if read and not opened.workspace.unit_file(chosen[0].id).exists():
        _settle(read, lambda typed: own_task(opened, chosen[0], typed))
    failed: list[tuple[str, DanvanError]] = []
    started: list[Started] = []
    for unit in screen.progress(chosen, _("tạo đơn vị")):
        with screen.kept(failed, unit.id):
            done = start(opened, unit, read)
            started.append(done)
            as_json.add("units", {"unit": unit, "file": done.file, "new": done.made, "document": done.document})
            as_json.give(figures=sum(one.figures for one in started))
            if len(chosen) == 1:
                _tell(done)
                if read and done.made:
                    _tell_source(read, unit.id)
    if len(chosen) > 1:
        new = sum(one.made for one in started)
        told = {"new": new, "kept": len(started) - new, "failed": len(failed)}
        screen.out(
            _("{new} đơn vị mới, {kept} đơn vị đã có (giữ nguyên), {failed} đơn vị không làm được").format_map(told)
        )
        screen.out(_("tệp của mỗi đơn vị: {folder}/<mã>/unit.yaml", folder=shown(opened.workspace.root / "units")))
    if count := sum(one.figures for one in started):
        screen.say(_("số liệu năm trước lấy từ archive: {count} số; số cả năm là số đã ước thực hiện", count=count))
    if pdf:
        write_pdf([done.document for done in started if done.document], quiet=len(chosen) > 1)
    return screen.failures(failed, named=len(chosen) > 1)


def _tell(done: "Started") -> None:
    screen.out(f"{shown(done.file)}: " + (_("đã tạo") if done.made else _("đã có, giữ nguyên")))
    if done.draft:
        tell_document(done.draft)
        if done.record and done.made:
            tell_proposals(done.record)
    elif done.document:
        screen.out(f"{shown(done.document)}: " + _("đã có, giữ nguyên"))


def _settle(source: "Beginning", task_of: "Callable[[str], Task]") -> None:
    """Ask in a terminal which task each activity is for that may be for several; elsewhere it is only proposed."""
    from danvan_cli.cli import prompts

    doubtful = [at for at, one in enumerate(source.found) if not one.match.sure]
    if not doubtful or not prompts.at_terminal():
        return
    screen.note(_("Enter: theo gợi ý; mã khác: nhiệm vụ đó; «-»: chưa xếp; q: để phần còn lại thành đề xuất."))
    try:
        for at in doubtful:
            source.found[at] = _asked(source.found[at], task_of)
    except prompts.Stopped:
        return


def _asked(one: "Carried", task_of: "Callable[[str], Task]") -> "Carried":
    from dataclasses import replace

    from danvan_cli.cli import prompts
    from danvan_cli.unit.matching import Match

    def understood(typed: str) -> Match:
        return Match((), sure=False) if typed == "-" else Match((task_of(typed),), sure=True)

    screen.say(f"\n{one.activity.content}")
    for task in one.match.tasks:
        screen.item(f"{task.id}. {task.label}")
    near = one.match.tasks[0].id if one.match.tasks else "-"
    told = prompts.answer("  " + _("nhiệm vụ [{near}]: ", near=near), understood)
    return replace(one, match=told or Match(one.match.tasks, sure=bool(one.match.tasks)))


def _tell_source(source: "Beginning", unit: str) -> None:
    """Say what became of each activity of an earlier year that a person must look at."""
    if source.record is not None:
        return
    told = [(one, [task.id for task in one.match.tasks]) for one in source.found]
    as_json.give(activities=[
        {"text": one.activity.content, "tasks": tasks, "sure": one.match.sure, "stale": one.stale} for one, tasks in told
    ], passed=source.passed)  # fmt: skip
    sure = sum(one.match.sure for one in source.found)
    loose = [one for one in source.found if not one.match.sure and one.match.tasks]
    lost = [one for one in source.found if not one.match.tasks]
    screen.out(
        _(
            "{path}: {count} hoạt động; {sure} đã xếp, {loose} chưa chắc (để thành đề xuất), {lost} chưa xếp",
            path=shown(source.path),
            count=len(source.found),
            sure=sure,
            loose=len(loose),
            lost=len(lost),
        )
    )
    for one in loose:
        screen.item(f"- {' / '.join(task.id for task in one.match.tasks)}? «{one.activity.content}»")
    for one in lost:
        screen.item("- " + _("chưa xếp: «{text}»", text=one.activity.content))
    if lost:
        screen.item(_("xếp hoạt động thứ 1 của các hoạt động chưa xếp: danvan log {id} MÃ --place 1", id=unit))
    for one in source.found:
        if one.stale:
            screen.item("- " + _("còn nhắc năm trước, xem lại: «{text}»", text=one.activity.content))
    if source.passed:
        screen.item("- " + _("không lấy hoạt động từ: {parts}", parts="; ".join(source.passed)))
