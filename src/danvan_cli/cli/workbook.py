"""`danvan workbook`: a unit's whole year as an Excel file to fill in, and the folder to send with it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from danvan_cli.cli.options import Force, Output, Plan, UnitArgument
from danvan_cli.errors import DanvanError, Exit, UsageError
from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.cli.books import Held
    from danvan_cli.desk.opened import Open
    from danvan_cli.papers.paper import Paper
    from danvan_cli.scoring.model import RubricFile
    from danvan_cli.word.save import Saved

ABOUT = _(
    "Sổ có sẵn những gì đã ghi, danh sách chọn, điểm tự tính và nhắc chỗ còn thiếu. Người nhận điền bằng Excel,"
    " LibreOffice, WPS hoặc Google Trang tính rồi gửi lại; danvan fill ghi vào, hai người sửa hai bản cũng ghép được."
)
EXAMPLES = (
    ("danvan workbook so-y-te", _("sổ của Sở Y tế: units/so-y-te/out/so-lieu.xlsx")),
    ("danvan workbook so-y-te --by-lead", _("mỗi phòng chủ trì một sổ, và một sổ chung; fill ghép lại")),
    (
        "danvan workbook so-y-te --to gui-di",
        _("thư mục gửi đi: sổ, dự thảo Word, giấy hướng dẫn một trang; --all: mọi đơn vị"),
    ),
)


def workbook(
    unit: UnitArgument = None,
    every: Annotated[
        bool,
        typer.Option("--all", help=_("mọi đơn vị đã có tệp: mỗi đơn vị một thư mục gửi đi trong build/gui-don-vi")),
    ] = False,
    by_lead: Annotated[bool, typer.Option("--by-lead", help=_("chia sổ theo phòng, người chủ trì nhiệm vụ"))] = False,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar=_("THƯ-MỤC"), help=_("nơi đặt các thư mục gửi đi, mỗi đơn vị một thư mục")),
    ] = None,
    output: Output = None,
    plan: Plan = None,
    force: Force = False,
) -> Exit:
    """Write a unit's workbook."""
    from danvan_cli.cli import screen
    from danvan_cli.cli.books import NAME, held, rubrics_if_any
    from danvan_cli.cli.made import state
    from danvan_cli.cli.opening import open_plan
    from danvan_cli.workspace import shown

    for wrong, message in (
        (every and unit, _("--all không dùng cùng tên đơn vị")),
        (output and (every or to or by_lead), _("-o không dùng cùng --all, --to, --by-lead")),
    ):
        if wrong:
            raise UsageError(message)
    opened = open_plan(plan)
    rubrics = rubrics_if_any(opened)
    if not every:
        one = held(opened, rubrics, opened.unit(unit))
        folder = to / one.unit.id if to else opened.workspace.unit(one.unit.id) / "out"
        made = _folder(one, folder, by_lead=by_lead, force=force) if to else _books(
            one, output or folder / NAME, by_lead=by_lead, force=force
        )  # fmt: skip
        for saved in made:
            screen.out(f"{shown(saved.path)}: {state(saved)}")
            if saved.backup:
                screen.note(_("bản cũ giữ ở {path}", path=shown(saved.backup)))
        return Exit.OK
    return _all(opened, rubrics, to or opened.workspace.root / "build" / "gui-don-vi", by_lead=by_lead, force=force)


def _all(opened: "Open", rubrics: "RubricFile | None", place: Path, *, by_lead: bool, force: bool) -> Exit:
    """Write a folder for every unit that has a file; one with errors harms no other."""
    from danvan_cli.cli import screen
    from danvan_cli.cli.books import held
    from danvan_cli.workspace import shown

    units = [one for one in opened.plan.units if (opened.workspace.unit(one.id) / "unit.yaml").is_file()]
    if not units:
        raise UsageError(_("chưa đơn vị nào có unit.yaml"), help=_("tạo cho mọi đơn vị: danvan init-unit --all"))
    done = 0
    failed = []
    for unit in screen.progress(units, _("làm sổ")):
        try:
            for _saved in _folder(held(opened, rubrics, unit), place / unit.id, by_lead=by_lead, force=force):
                pass
            done += 1
        except DanvanError as error:
            failed.append((unit, error))
    screen.out(_("{path}: {count} thư mục, mỗi thư mục một đơn vị, sẵn sàng gửi", path=shown(place), count=done))
    if len(units) < len(opened.plan.units):
        screen.note(
            _(
                "{count} đơn vị chưa có tệp nên chưa có sổ: danvan init-unit --all",
                count=len(opened.plan.units) - len(units),
            )
        )
    for unit, failure in failed:
        screen.note(f"{unit.id}:")
        screen.fail(failure)
    return max((failure.exit for _unit, failure in failed), default=Exit.OK)


def _books(one: "Held", path: Path, *, by_lead: bool, force: bool) -> "Iterator[Saved]":
    """Write a unit's workbook, or one for each who leads tasks and one of all the rest."""
    from danvan_cli.excel.sheets import leads
    from danvan_cli.excel.write import workbook as written
    from danvan_cli.unit.evidence import file_name
    from danvan_cli.word.save import save_bytes

    def save(path: Path, tasks: list[str] | None, lead: str, *, whole: bool) -> "Saved":
        form, scoring = one.form(tasks, whole=whole)
        title = f"Sổ công tác dân vận chính quyền, {one.unit.name}" + (f", {lead}" if lead else "")
        return save_bytes(path, written(form, scoring, one.about(), title), force=force)

    if not by_lead:
        yield save(path, None, "", whole=True)
        return
    by = leads(one.opened.plan, one.unit, one.record)
    rest = f"{path.stem}-chung"
    taken = {rest}
    for lead, tasks in by.items():
        if not lead:
            continue
        stem = f"{path.stem}-{Path(file_name(lead)).stem}"
        if stem in taken:
            stem = f"{stem}-{len(taken) + 1}"
        taken.add(stem)
        yield save(path.with_name(f"{stem}.xlsx"), tasks, lead, whole=False)
    yield save(path.with_name(f"{rest}.xlsx"), by.get("", []), "", whole=True)


def _folder(one: "Held", folder: Path, *, by_lead: bool, force: bool) -> "Iterator[Saved]":
    """Write what is sent to a unit: its workbook, drafts of what it owes, a page that says what to do."""
    from danvan_cli.cli.books import NAME
    from danvan_cli.papers.file_names import file_name
    from danvan_cli.papers.kinds.bang_tu_cham_diem import score_sheet
    from danvan_cli.papers.kinds.bao_cao import report
    from danvan_cli.papers.kinds.huong_dan_so import guide
    from danvan_cli.papers.kinds.ke_hoach_don_vi import unit_plan
    from danvan_cli.papers.make import make
    from danvan_cli.scoring.evaluate import evaluate
    from danvan_cli.unit.model import owed
    from danvan_cli.word.save import save

    plan, unit, record, templates = one.opened.plan, one.unit, one.record, one.opened.templates
    yield from _books(one, folder / NAME, by_lead=by_lead, force=force)
    for deliverable in owed(plan, unit):
        if deliverable.kind == "plan":
            paper: Paper = unit_plan(plan, unit, record)
        elif deliverable.kind == "report" and not deliverable.on_request:
            paper = report(plan, unit, record, deliverable)
        elif deliverable.kind == "self-score" and one.rubric:
            paper = score_sheet(plan, unit, record, evaluate(one.rubric, one.score))
        else:
            continue
        yield save(folder / file_name(deliverable), make(paper, templates), force=force)
    page = guide(plan, unit, scored=one.rubric is not None)
    yield save(folder / "huong-dan.docx", make(page, templates), force=force)
