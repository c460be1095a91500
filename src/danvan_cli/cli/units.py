"""Units' files: begun by `danvan init-unit`, brought up to the plan's edits by `update-unit`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_cli.cli import as_json, complete, screen
from danvan_cli.cli.common import opened_plan, tell_document, tell_proposals, write_pdf
from danvan_cli.cli.options import PDF, PLAN, TEMPLATE, argument, flag, help_page, option
from danvan_cli.errors import DanvanError, Exit, UsageError
from danvan_cli.lang import _
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from danvan_cli.desk.opened import Open
    from danvan_cli.desk.units import Beginning, Started, Updated
    from danvan_cli.plan.model import Task
    from danvan_cli.unit.carried import Carried
    from danvan_cli.unit.update import Suspect


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
    from danvan_cli.desk.units import source_of, start_unit

    opened = opened_plan(plan, template)
    chosen = opened.plan.units if every else opened.named_units(units)
    if source and len(chosen) > 1:
        raise UsageError(_("--from chỉ dùng cho một đơn vị"))
    read = source_of(opened, chosen[0], source) if source else None
    if read and not opened.workspace.unit_file(chosen[0].id).exists():
        _settle(read, lambda typed: opened.own_task(chosen[0], typed))
    failed: list[tuple[str, DanvanError]] = []
    started: list[Started] = []
    for unit in screen.progress(chosen, _("tạo đơn vị")):
        with screen.kept(failed, unit.id):
            done = start_unit(opened, unit, read)
            started.append(done)
            as_json.add("units", {"unit": unit, "file": done.file, "new": done.made, "document": done.document})
            as_json.give(figures=sum(one.figures for one in started))
            if len(chosen) == 1:
                _tell(opened, done)
                if read and done.made:
                    _tell_source(read, unit.id)
    _tell_begun(opened, started, failed, several=len(chosen) > 1)
    if count := sum(one.figures for one in started):
        screen.say(_("số liệu năm trước lấy từ archive: {count} số; số cả năm là số đã ước thực hiện", count=count))
    if pdf:
        write_pdf([done.document for done in started if done.document], quiet=len(chosen) > 1)
    return screen.failures(failed, named=len(chosen) > 1)


def _tell_begun(
    opened: "Open", started: "list[Started]", failed: list[tuple[str, DanvanError]], *, several: bool
) -> None:
    """Say how many units were begun, where their files are, and that none has a draft where that is so."""
    if several:
        new = sum(one.made for one in started)
        told = {"new": new, "kept": len(started) - new, "failed": len(failed)}
        screen.out(
            _("{new} đơn vị mới, {kept} đơn vị đã có (giữ nguyên), {failed} đơn vị không làm được").format_map(told)
        )
        screen.out(_("tệp của mỗi đơn vị: {folder}/<mã>/unit.yaml", folder=shown(opened.workspace.root / "units")))
    if started and not any(one.document for one in started):
        screen.remark(
            _(
                "không có dự thảo kế hoạch triển khai: kế hoạch không ghi hồ sơ nào «kind: plan» cho đơn vị ở «deliverables»"
            )
        )


def _tell(opened: "Open", done: "Started") -> None:
    screen.out(f"{shown(done.file)}: " + (_("đã tạo") if done.made else _("đã có, giữ nguyên")))
    if done.draft:
        tell_document(done.draft)
        if done.record and done.made:
            tell_proposals(opened, done.record)
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
    count = {"count": len(source.found), "sure": sure, "loose": len(loose), "lost": len(lost)}
    told_of = _("{path}: {count} hoạt động; {sure} đã xếp, {loose} chưa chắc (để thành đề xuất), {lost} chưa xếp")
    screen.out(told_of.format(path=shown(source.path), **count))
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


@help_page(
    ("danvan update-unit so-y-te", _("đưa sửa đổi của kế hoạch vào tệp của Sở Y tế")),
    ("danvan update-unit --all --dry-run", _("xem mọi đơn vị phải nhận gì, chưa ghi")),
    about=_(
        "Nhiệm vụ mới được thêm vào, nhiệm vụ không còn được đánh dấu (ended), nhiệm vụ đổi mã giữ mọi điều đã ghi; nhiệm vụ "
        "đã sửa chờ đơn vị đọc lại rồi xác nhận (danvan log … --confirm). Những gì đơn vị đã ghi giữ nguyên từng chữ. Đơn vị "
        "kế thừa ghi tên đơn vị trước vào «inherits»; hồ sơ của đơn vị đó ở nguyên chỗ cũ, không chép để khỏi tính hai lần."
    ),
)
def update_unit(
    units: list[str] | None = argument(_("ĐƠN-VỊ"), _("mã các cơ quan, đơn vị"), complete.units),
    every: bool = flag("--all", _("mọi cơ quan, đơn vị đã có tệp unit.yaml")),
    dry_run: bool = flag("--dry-run", _("chỉ xem, chưa ghi gì")),
    plan: Path | None = PLAN,
) -> Exit:
    """Bring a plan's edits into units' files."""
    if every and units:
        raise UsageError(_("ghi mã đơn vị hoặc --all, không ghi cả hai"))
    from danvan_cli.desk import units as desk
    from danvan_cli.unit.adopt import Revisions

    opened = opened_plan(plan)
    chosen = opened.with_files() if every else opened.named_units(units)
    revisions = Revisions(opened.workspace)
    done: list[Updated] = []
    failed: list[tuple[str, DanvanError]] = []
    for unit in screen.progress(chosen, _("cập nhật đơn vị")):
        with screen.kept(failed, unit.id):
            done.append(desk.bring_plan_edits(opened, unit, revisions, write=not dry_run))
    as_json.give(units=[_updated_as_dict(one) for one in done])
    many = every or len(chosen) > 1
    if many:
        _tell_all(opened, done, len(failed), dry_run=dry_run)
    else:
        for one in done:
            _tell_updated(opened, one, dry_run=dry_run)
    return screen.failures(failed, named=many)


def _updated_as_dict(one: "Updated") -> dict[str, Any]:
    """Give the keys that `--json` promises; `changed` tells whether the file takes anything in."""
    update = one.update
    return {
        "unit": one.unit.id,
        "added": [task.id for task in update.added],
        "returned": [task.id for task in update.returned],
        "ended": update.ended,
        "renamed": [{"from": was, "to": now} for was, now in update.renamed],
        "suspect": [
            {"task": it.task.id, "words": screen.marked(it.words), "other": list(it.remarks)} for it in update.suspect
        ],
        "inherits": [unit.id for unit in update.inherits],
        "changed": bool(update.takes),
    }


def _tell_updated(opened: "Open", one: "Updated", *, dry_run: bool) -> None:
    """Tell all that concerns one unit."""
    from danvan_cli.plan.calendar import today
    from danvan_cli.unit.model import superseded

    update, path = one.update, shown(one.path)
    _tell_taken(opened, one)
    for suspect in update.suspect:
        _tell_suspect(suspect, one.unit.id)
    if one.proposed:
        tell_proposals(opened, one.proposed)
    if dry_run and update.takes:
        screen.out(_("{path}: sẽ ghi {count} thay đổi (chạy thử, chưa ghi gì)", path=path, count=update.takes))
    elif update.takes:
        screen.out(_("{path}: đã ghi {count} thay đổi", path=path, count=update.takes))
    elif superseded(one.unit, today()):
        heirs = ", ".join(one.unit.successors)
        screen.say(_("{path}: giữ nguyên; nhiệm vụ đã chuyển cho {heirs}", path=path, heirs=heirs))
    else:
        screen.out(_("{path}: không có gì thay đổi", path=path))


def _tell_taken(opened: "Open", one: "Updated") -> None:
    """Tell what a unit's file takes in."""
    update = one.update
    for task in update.added:
        _say(_("{id}: nhiệm vụ mới: {label}", id=task.id, label=task.label))
    for task in update.returned:
        _say(_("{id}: lại là nhiệm vụ của đơn vị: {label}", id=task.id, label=task.label))
    for was, now in update.renamed:
        _say(_("{was}: nay là {now}, mọi điều đã ghi đi theo mã mới", was=was, now=now))
    for name in update.ended:
        _say(_("{id}: kế hoạch không còn giao; đánh dấu «ended», những gì đã ghi giữ nguyên", id=name))
    for unit in update.inherits:
        path = shown(opened.workspace.unit_file(unit.id))
        _say(_("kế thừa {name}: hồ sơ giữ nguyên ở {path}", name=unit.name, path=path))


def _tell_all(opened: "Open", done: "Sequence[Updated]", failed: int, *, dry_run: bool) -> None:
    """Tell which units take in what, in one table, and once for all what the tasks that changed say now."""
    rows = [_row(one) for one in done if one.update.takes or one.update.suspect]
    if rows:
        headings = (_("Mã"), _("Mới"), _("Không còn"), _("Đã sửa"), _("Kế thừa"))
        screen.table(headings, rows, whole=(0,))
    once: dict[tuple[str, str], Suspect] = {}  # the same task as it was and as it is
    for suspect in (it for one in done for it in one.update.suspect):
        once.setdefault((suspect.task.id, repr(suspect.was)), suspect)
    for suspect in once.values():
        _tell_suspect(suspect)
    took = sum(1 for one in done if one.update.takes)
    wait = sum(1 for one in done if one.update.suspect)
    count = {"took": took, "wait": wait, "failed": failed, "all": len(done) + failed}
    told = _(
        "{took} đơn vị nhận sửa đổi, {wait} đơn vị phải xác nhận, {failed} đơn vị không làm được, trên {all} đơn vị"
    )
    screen.say(told.format_map(count))
    if dry_run:
        screen.out(_("(chạy thử, chưa ghi gì)"))
    without = len(opened.plan.units) - len(done) - failed
    if without:
        screen.note(_("{count} đơn vị khác của kế hoạch không cập nhật lần này", count=without))


def _row(one: "Updated") -> tuple[str, ...]:
    update = one.update
    new = [*(task.id for task in (*update.added, *update.returned)), *(f"{was}→{now}" for was, now in update.renamed)]
    suspect, inherits = [it.task.id for it in update.suspect], [unit.id for unit in update.inherits]
    return (one.unit.id, *map(", ".join, (new, update.ended, suspect, inherits)))


def _tell_suspect(one: "Suspect", unit: str = "…") -> None:
    """Tell how a task changed, and what the unit is to type when it has read it."""
    _say(_("{id}: đã thay đổi từ khi đơn vị nhận: {label}", id=one.task.id, label=one.task.label))
    for line in filter(None, (screen.marked(one.words), *one.remarks)):
        screen.say(f"    {line}", indent="    ")
    screen.out("    " + _("đọc lại rồi xác nhận: {command}", command=f"danvan log {unit} {one.task.id} --confirm"))


def _say(text: str) -> None:
    screen.item(f"  {text}")
