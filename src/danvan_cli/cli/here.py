"""`danvan` alone: where you are, and what is next."""

from typing import TYPE_CHECKING

from danvan_cli.cli import screen
from danvan_cli.cli.opening import opened_plan
from danvan_cli.errors import DanvanError, Exit, UsageError
from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Deliverable, Plan, Task, Unit
    from danvan_cli.unit.progress import Deadline, Progress

_SHOWN = 2
"""So many deadlines and so many tasks are named: the rest is counted."""
_ENTERED = ("result", "figure", "estimate")
"""Of what is entered one after another only the first is named."""


def here() -> Exit:
    """Say where the current folder is, what is due, and what to type next.

    Raises:
        DanvanError: if the plan or the unit's file has errors.
    """
    from danvan_cli.findings.finding import InvalidFileError
    from danvan_cli.workspace import Workspace

    try:
        Workspace.find()
    except UsageError:
        screen.say(_("Chưa ở trong thư mục làm việc nào của danvan: không thấy plans/*.yaml."))
        _next([_("danvan init TÊN-THƯ-MỤC --province TÊN-TỈNH"), "danvan demo", "danvan --help"])
        return Exit.OK
    try:
        opened = opened_plan()
        _unit(opened) if opened.workspace.unit_here() else _workspace(opened)
    except InvalidFileError as error:
        raise DanvanError(error.message, help=_("xem từng chỗ sai và cách sửa: danvan check")) from None
    return Exit.OK


def _workspace(opened: "Open") -> None:
    from danvan_cli.cli.waiting import in_short
    from danvan_cli.desk.following import follow
    from danvan_cli.plan import calendar
    from danvan_cli.plan.model import ALL
    from danvan_cli.unit.progress import deadlines

    plan = opened.plan
    screen.out(screen.clipped(_("Kế hoạch {year}: {title}", year=plan.year, title=plan.title)))
    begun = len(opened.begun())
    screen.out(_("{begun}/{all} cơ quan, đơn vị, địa phương đã có tệp riêng", begun=begun, all=len(plan.units)))
    ahead = [one for one in deadlines(plan, plan.deliverable_by_id.values(), calendar.today()) if one.days >= 0]
    for one in ahead[:_SHOWN]:
        bound = len(plan.bound([owner for deliverable in one.deliverables for owner in deliverable.owners]))
        every = any(ALL in deliverable.owners for deliverable in one.deliverables)
        who = _("tất cả") if every else _("{count} đơn vị", count=bound)
        screen.out(screen.clipped(f"{_due(plan, one)}: {who}"))
    if waits := in_short(follow(opened, None, None, calendar.today()).waiting):
        screen.say(_("đang chờ: {what} (danvan status)", what=waits), indent="  ")
    if not plan.tasks:
        screen.out(_("kế hoạch chưa có nhiệm vụ: viết tiếp vào «sections» của tệp kế hoạch"))
    elif not ahead and plan.deliverable_by_id:
        screen.out(_("mọi thời hạn của kế hoạch đã qua"))
    _next(["danvan check", "danvan show", *(["danvan init-unit --all"] if begun < len(plan.units) else [])])


def _unit(opened: "Open") -> None:
    from danvan_cli.delivery.status import came_in
    from danvan_cli.plan import calendar
    from danvan_cli.unit.progress import next_steps, unit_progress

    unit = opened.unit(None)
    if not opened.workspace.unit_file(unit.id).exists():
        screen.out(_line(_("{unit}: chưa có tệp unit.yaml", unit=unit.name)))
        _next([f"danvan init-unit {unit.id}"])
        return
    came = came_in(opened.plan, opened.workspace.received, unit, calendar.today())
    done = unit_progress(opened.plan, unit, opened.record(unit), calendar.today(), came)
    first, *others = _told(opened.plan, unit, done)
    screen.out(_line(first))
    for line in others:
        screen.out(screen.clipped(line))
    steps = {"entry" if one.code in _ENTERED else one.code: one.typed for one in reversed(next_steps(done))}
    _next([*reversed(steps.values())][:_SHOWN] or ["danvan check"])


def _told(plan: "Plan", unit: "Unit", done: "Progress") -> "Iterable[str]":
    """Tell what is open for a unit, the most pressing first."""
    first, later = next(iter(done.deadlines), None), done.deadlines[1:_SHOWN]
    state = _due(plan, first) if first else _("không còn thời hạn nào")
    tasks = _("{count} nhiệm vụ chưa có kết quả", count=len(done.without_result)) if done.without_result else ""
    yield "; ".join(filter(None, [f"{unit.name}: {state}", tasks]))
    for one in later:
        yield _due(plan, one)
    if done.due:
        from danvan_cli.text import day

        named = ", ".join(f"{one.task.id} ({day(one.last)})" for one in done.due)
        yield _("nhiệm vụ đến hạn hoặc đã quá hạn: {tasks}", tasks=named)
    if done.undated:
        yield _("chưa ban hành, kế hoạch không ghi thời hạn: {what}", what=_names(plan, done.undated))
    lacking = {
        _("{count} chỉ tiêu chưa có số liệu", count=len(done.without_figure)): done.without_figure,
        _("{count} chỉ tiêu chưa có số ước cả kỳ", count=len(done.without_estimate)): done.without_estimate,
        _("{count} kết quả chưa có tài liệu kiểm chứng", count=len(done.without_evidence)): done.without_evidence,
    }
    if some := [words for words, open_ones in lacking.items() if open_ones]:
        yield "; ".join(some)
    if done.new:
        yield _("kế hoạch có nhiệm vụ mà tệp chưa có: {tasks}", tasks=_ids(done.new))
    if done.changed:
        yield _("kế hoạch đã đổi sau khi đơn vị nhận: {tasks}", tasks=_ids(done.changed))


def _due(plan: "Plan", deadline: "Deadline") -> str:
    from danvan_cli.text import day

    what, days = _names(plan, deadline.deliverables), deadline.days
    if days < 0:
        message = _("quá hạn {days} ngày: {what} ({last})", days=-days, what=what, last=day(deadline.last))
    elif days == 0:
        message = _("hôm nay là hạn cuối: {what} ({last})", what=what, last=day(deadline.last))
    else:
        message = _("còn {days} ngày đến thời hạn {what} ({last})", days=days, what=what, last=day(deadline.last))
    return message


def _names(plan: "Plan", deliverables: "Sequence[Deliverable]") -> str:
    """Name deliverables in a few words, as they are spoken of."""
    return ", ".join(dict.fromkeys(_name(plan, one) for one in deliverables))


def _name(plan: "Plan", deliverable: "Deliverable") -> str:
    period = plan.period_by_id.get(deliverable.period or "")
    match deliverable.kind:
        case "plan":
            return _("kế hoạch triển khai")
        case "self-score":
            return _("tự chấm điểm")
        case _ if period and deliverable.periodic:
            return _("báo cáo {period}", period=period.name)
    return deliverable.name[:1].lower() + deliverable.name[1:]


def _ids(tasks: "Sequence[Task]") -> str:
    more = len(tasks) - _SHOWN
    ids = ", ".join(task.id for task in tasks[:_SHOWN])
    return ids + _(" và {count} nhiệm vụ nữa", count=more) if more > 0 else ids


def _line(text: str) -> str:
    return screen.wrapped(text, indent="  ")


def _next(commands: "Sequence[str]") -> None:
    head = _("tiếp theo: ")
    for place, command in enumerate(commands):
        screen.out((head if place == 0 else " " * len(head)) + command)
