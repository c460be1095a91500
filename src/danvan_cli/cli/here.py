"""`danvan` alone: where you are, and what is next."""

from pathlib import Path
from typing import TYPE_CHECKING

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.common import in_short, opened_plan
from danvan_cli.errors import DanvanError, Exit
from danvan_cli.findings.finding import InvalidFileError
from danvan_cli.lang import _
from danvan_cli.text import day, few
from danvan_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from danvan_cli.desk.following import DeskStep
    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Deliverable, Plan, Task, Unit
    from danvan_cli.unit.progress import Deadline, Progress

_SHOWN = 2
"""So many deadlines and so many tasks are named: the rest is counted."""
_ENTERED = ("result", "figure", "estimate")
"""Of what is entered one after another only the first is named."""
_STEPS = 3
"""So many things to do next are named."""


def here() -> Exit:
    """Say where the current folder is, what is due, and what to type next.

    Raises:
        DanvanError: if the plan or the unit's file has errors.
    """
    as_json.give(plan=None, unit=None, told=[], next=[])
    if Workspace.holding(Path()) is None:
        screen.say(_("Chưa ở trong thư mục làm việc nào của danvan: không thấy plans/*.yaml."))
        _next([_("danvan init TÊN-THƯ-MỤC --province TÊN-TỈNH"), "danvan demo", "danvan --help"])
        return Exit.OK
    try:
        opened = opened_plan()
        as_json.give(plan=opened.plan, unit=opened.workspace.unit_here())
        _unit(opened) if opened.workspace.unit_here() else _workspace(opened)
    except InvalidFileError as error:
        raise DanvanError(error.message, help=_("xem từng chỗ sai và cách sửa: danvan check")) from None
    return Exit.OK


def _workspace(opened: "Open") -> None:
    from danvan_cli.desk.following import agenda, follow, late
    from danvan_cli.plan import calendar
    from danvan_cli.plan.days import written_years
    from danvan_cli.plan.model import ALL
    from danvan_cli.unit.progress import deadlines

    plan = opened.plan
    _tell(_("Kế hoạch {year}: {title}", year=written_years(plan.years), title=plan.title))
    begun = len(opened.begun())
    found = follow(opened, None, None, calendar.today())
    owed = [row for row in found.every if row.state != "exempt"]
    came = sum(bool(row.filed) for row in owed)
    if begun < len(plan.units) and not came:
        _tell(_("{begun}/{all} cơ quan, đơn vị, địa phương đã có tệp riêng", begun=begun, all=len(plan.units)))
    elif came:
        _tell(_("đã nhận {count}/{all} báo cáo, hồ sơ của kế hoạch", count=came, all=len(owed)))
    behind = late(found)
    for rows in behind[:1]:
        days, what = max(abs(row.days or 0) for row in rows), _name(plan, rows[0].deliverable)
        told = _("QUÁ HẠN {days} ngày: {what}: {count} đơn vị chưa gửi", days=days, what=what, count=len(rows))
        more = _("; và {count} báo cáo khác", count=len(behind) - 1) if len(behind) > 1 else ""
        _tell(screen.Late(told + more))
    ahead = [one for one in deadlines(plan, plan.deliverable_by_id.values(), calendar.today()) if one.days >= 0]
    for one in ahead[: 1 if behind else _SHOWN]:
        bound = len(plan.bound([owner for deliverable in one.deliverables for owner in deliverable.owners]))
        every = any(ALL in deliverable.owners for deliverable in one.deliverables)
        who = _("tất cả") if every else _("{count} đơn vị", count=bound)
        _tell(f"{_due(plan, one)}: {who}")
    if waits := in_short(found.waiting):
        _tell(_("đang chờ: {what}", what=waits), whole=True)
    if not plan.tasks:
        _tell(_("kế hoạch chưa có nhiệm vụ: viết tiếp vào «sections» của tệp kế hoạch"))
    elif not ahead and plan.deliverable_by_id:
        _tell(_("mọi thời hạn của kế hoạch đã qua"))
    steps = [(one.command, _why(one)) for one in agenda(found)]
    if begun < len(plan.units) and not came:
        steps.insert(0, ("danvan init-unit --all", _("tệp riêng cho mọi đơn vị")))
    looks = [("danvan check", ""), ("danvan show", "")]
    _next([*steps, *looks[: max(0, _SHOWN - len(steps))]])


def _why(step: "DeskStep") -> str:
    """Say why something is next."""
    words = {
        "receive": _("{what}: {count} đơn vị chưa gửi"),
        "waiting": _("{count} việc đang chờ"),
        "remind": _("đôn đốc {count} đơn vị quá hạn"),
        "soon": _("nhắc {count} đơn vị sắp đến hạn"),
        "book": _("sổ thẩm định cho {count} đơn vị vừa gửi bản tự chấm"),
        "verify": _("{count} đơn vị đang thẩm định"),
        "rank": _("{count} đơn vị đã chốt điểm"),
        "decide": _("mọi đơn vị đã chốt điểm: văn bản kết quả"),
        "summary": _("tổng hợp {count} báo cáo đã nhận"),
        "page": _("trang cho lãnh đạo, có hồ sơ mới"),
    }
    return words[step.doing].format(count=step.many, what=step.about.id if step.about else "")


def _unit(opened: "Open") -> None:
    from danvan_cli.delivery.status import came_and_back, unit_rows
    from danvan_cli.plan import calendar
    from danvan_cli.unit.progress import next_steps, unit_progress

    unit = opened.unit(None)
    if not opened.workspace.unit_file(unit.id).exists():
        _tell(_("{unit}: chưa có tệp unit.yaml", unit=unit.name), whole=True)
        _next([f"danvan init-unit {unit.id}"])
        return
    rows = unit_rows(opened.plan, opened.workspace.received, unit, calendar.today())
    came, back = came_and_back(rows)
    done = unit_progress(opened.plan, unit, opened.record(unit), calendar.today(), came, back)
    first, *others = _told(opened.plan, unit, done, back)
    late = any(one.days < 0 for one in done.deadlines[:_SHOWN])
    _tell(screen.Late(first) if late else first, whole=True)
    for line in others:
        _tell(line)
    for row in rows:
        if row.state == "returned" and row.filed and row.filed.returned:
            name, why = _name(opened.plan, row.deliverable), row.filed.returned.reason
            if row.deliverable.on_request:  # there may be several
                name = f"{name} {row.filed.receipt.symbol or ''}".rstrip()
            _tell(screen.Late(_("bị trả lại: {what}: {why}", what=name, why=why)), whole=True)
    steps = {"entry" if one.code in _ENTERED else one.code: one.typed for one in reversed(next_steps(done))}
    _next([*reversed(steps.values())][:_SHOWN] or ["danvan check"])


def _told(plan: "Plan", unit: "Unit", done: "Progress", back: "Container[str]") -> "Iterable[str]":
    """Tell what is open for a unit, the most pressing first."""
    first, later = next(iter(done.deadlines), None), done.deadlines[1:_SHOWN]
    state = _due(plan, first) if first else _("không còn thời hạn nào")
    tasks = _("{count} nhiệm vụ chưa có kết quả", count=len(done.without_result)) if done.without_result else ""
    yield "; ".join(filter(None, [f"{unit.name}: {state}", tasks]))
    for one in later:
        yield _due(plan, one)
    if done.due:
        named = ", ".join(f"{one.task.id} ({day(one.last)})" for one in done.due)
        yield _("nhiệm vụ đến hạn hoặc đã quá hạn: {tasks}", tasks=named)
    if undated := [one for one in done.undated if one.id not in back]:
        yield _("chưa ban hành, kế hoạch không ghi thời hạn: {what}", what=_names(plan, undated))
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
    what, days = _names(plan, deadline.deliverables), deadline.days
    if days < 0:
        return _("quá hạn {days} ngày: {what} ({last})", days=-days, what=what, last=day(deadline.last))
    if days == 0:
        return _("hôm nay là hạn cuối: {what} ({last})", what=what, last=day(deadline.last))
    return _("còn {days} ngày đến thời hạn {what} ({last})", days=days, what=what, last=day(deadline.last))


def _names(plan: "Plan", deliverables: "Sequence[Deliverable]") -> str:
    """Name deliverables in a few words, as they are spoken of."""
    return ", ".join(dict.fromkeys(_name(plan, one) for one in deliverables))


def _name(plan: "Plan", deliverable: "Deliverable") -> str:
    period = plan.period(deliverable.period)
    if deliverable.kind == "plan":
        return _("kế hoạch triển khai")
    if deliverable.kind == "self-score":
        return _("tự chấm điểm")
    if period and deliverable.id in plan.periodic:
        return _("báo cáo {period}", period=period.name)
    return deliverable.name[:1].lower() + deliverable.name[1:]


def _ids(tasks: "Sequence[Task]") -> str:
    return few([task.id for task in tasks], _SHOWN, ", ")


def _tell(text: str, *, whole: bool = False) -> None:
    """Print a line, cut to the screen's width unless it is told whole."""
    as_json.add("told", text)
    if whole:
        screen.item(text)
    else:
        screen.out(type(text)(screen.clipped(text)))


def _next(commands: "Sequence[str | tuple[str, str]]") -> None:
    """Print what to type next, and why where that is told; the first few, a document says all."""
    head = _("tiếp theo: ")
    pairs = [(one, "") if isinstance(one, str) else one for one in commands]
    as_json.add("next", *(command for command, _why in pairs))
    wide = max(len(command) for command, _why in pairs[:_STEPS])
    for place, (command, why) in enumerate(pairs[:_STEPS]):
        line = (head if place == 0 else " " * len(head)) + (f"{command:<{wide}}  {why}" if why else command)
        screen.say(line, indent=" " * (len(head) + 4))
