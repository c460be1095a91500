"""`danvan show`: the plan at a glance."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_cli.cli import as_json, complete, screen
from danvan_cli.cli.common import opened_plan
from danvan_cli.cli.options import PLAN, argument, day_of, flag, help_page, option
from danvan_cli.desk.opened import Open
from danvan_cli.lang import _
from danvan_cli.text import day

if TYPE_CHECKING:
    from danvan_cli.plan.model import Area, Deliverable, Task

    _Areas = list[tuple[Area, list[Task]]]
    _Dated = tuple[Deliverable, date | None]


@help_page(
    ("danvan show --owner so-y-te", _("việc và hồ sơ phải gửi của Sở Y tế")),
    ("danvan show II.1.1", _("một nhiệm vụ: nguyên văn, ai thực hiện, thời gian")),
    ("danvan show --due-before 2023-06-01", _("những gì phải làm, phải gửi trước 01/6/2023")),
    ("danvan show --units", _("mã của các cơ quan, đơn vị, địa phương")),
)
def show(
    name: str | None = argument(
        _("MÃ"), _("chỉ một nhiệm vụ, một nội dung hoặc một đơn vị, ví dụ II.1.1"), complete.tasks
    ),
    owner: str | None = option("--owner", _("chỉ việc của một đơn vị"), _("MÃ"), complete.units),
    area: str | None = option("--area", _("chỉ một nội dung, ví dụ II.3"), _("MÃ")),
    due_before: str | None = option("--due-before", _("chỉ việc, hồ sơ có hạn cuối trước ngày này"), _("NGÀY")),
    units: bool = flag("--units", _("liệt kê các cơ quan, đơn vị, địa phương")),
    plan: Path | None = PLAN,
) -> None:
    """Show areas and tasks, and who owes what by when."""
    from danvan_cli.desk.show import choose_shown, found_by_name
    from danvan_cli.plan.model import Area, Task

    opened = opened_plan(plan)
    before = day_of(due_before) if due_before else None
    what = found_by_name(opened, name) if name else None
    if isinstance(what, Area):
        area = what.id
    elif what and not isinstance(what, Task):
        owner = what.id
    task = what if isinstance(what, Task) else None
    areas, deliverables = choose_shown(opened, owner, area, before, task)
    as_json.give(**_as_dict(opened, areas, deliverables))
    if task:
        _show_task(opened, task)
    elif units:
        _show_units(opened)
    else:
        if areas or before is None:
            _show_tasks(opened, areas)
        if area is None:
            _show_deliverables(opened, deliverables)


def _show_tasks(opened: Open, areas: "_Areas") -> None:
    from danvan_cli.plan.model import ALL

    screen.say(opened.plan.title)
    screen.out("")
    there = [(area, tasks) for area, tasks in areas if tasks]
    for area, tasks in there:
        screen.out(screen.clipped(f"{area.id}. {area.title}"))
        for task in tasks:
            owners = "" if task.owners == [ALL] else f" [{_owners(opened, task.owners)}]"
            ended = _("(đã thôi giao từ {day}) ", day=day(task.ended)) if task.ended else ""
            screen.out(screen.clipped(f"  {task.id:<8} {ended}{task.label}{owners}"))
            if more := _more(opened, task):
                screen.say("           " + more, indent="           ")
    screen.out("")
    if not opened.plan.tasks:
        screen.out(_("kế hoạch chưa có nhiệm vụ: viết tiếp vào «sections» của tệp kế hoạch") + "\n")
    elif not there:
        screen.out(_("không có nhiệm vụ nào trong phạm vi này") + "\n")
    elif all(task.owners == [ALL] for _area, tasks in there for task in tasks):
        screen.out(_("Nhiệm vụ không nêu riêng ai: mọi cơ quan, đơn vị, địa phương cùng thực hiện.") + "\n")


def _show_task(opened: Open, task: "Task") -> None:
    """Print all that the plan says of one task."""
    screen.say(f"{task.id}. {task.label}")
    if task.ended:
        screen.out(_("(đã thôi giao từ {day}) ", day=day(task.ended)).strip())
    for line in task.text.split("\n"):
        screen.say(line)
    screen.say(_("ai thực hiện: {who}", who=_owners(opened, task.owners)))
    if more := _more(opened, task):
        screen.say(more)


def _more(opened: Open, task: "Task") -> str:
    """Say who leads a task, who works along, by when, and what comes of it; empty where the plan does not."""
    from danvan_cli.plan.calendar import today

    plan = opened.plan
    names = [
        (_("chủ trì"), plan.leads(task)),
        (_("phối hợp"), plan.partners(task)),
        (_("theo dõi"), plan.followers(task)),
    ]
    parts = [f"{name}: {who}" for name, who in names if who]
    if task.due:
        days, words = plan.when(task.due).days, day(task.due) if isinstance(task.due, date) else task.due
        dated = _("hạn cuối {day}", day=day(days[-1])) if days else _("không có hạn cuối")
        if len(days) > 1 and (ahead := [one for one in days if one >= today()]):
            dated = _("hạn tới {day}", day=day(ahead[0]))
        parts.append(_("thời gian: {words}", words=words) + ("" if isinstance(task.due, date) else f" ({dated})"))
    if task.product:
        parts.append(_("sản phẩm: {product}", product=task.product))
    return "; ".join(parts)


def _show_deliverables(opened: Open, deliverables: list["_Dated"]) -> None:
    from danvan_cli.plan import calendar

    if not deliverables:
        screen.out(_("không có hồ sơ nào phải gửi trong phạm vi này"))
        return
    now = calendar.today()
    rows = [
        (one.id, _owners(opened, one.owners), *_when(one, last, now), _to(opened, one)) for one, last in deliverables
    ]
    headings = (_("Mã"), _("Ai gửi"), _("Hạn cuối"), _("Còn"), _("Gửi đến"))
    screen.table(headings, rows, whole=(0, 2))
    if any(one.before for one, _last in deliverables) and not opened.plan.settings.before_includes_day:
        screen.out(_("«Trước ngày» không gồm ngày đó: hạn cuối là ngày liền trước."))


def _when(one: "Deliverable", last: date | None, now: date) -> tuple[str, str]:
    if last is None:
        return (_("khi có yêu cầu"), "") if one.on_request else (_("không ghi thời hạn"), "")
    left = (last - now).days
    if left > 0:
        return day(last), _("{days} ngày", days=left)
    return day(last), _("hôm nay") if left == 0 else _("quá {days} ngày", days=-left)


def _owners(opened: Open, owners: list[str]) -> str:
    from danvan_cli.plan.model import ALL

    return _("tất cả") if owners == [ALL] else opened.plan.named(owners)


def _to(opened: Open, one: "Deliverable") -> str:
    if one.to is None:
        return _("không ghi")
    plan = opened.plan
    to = plan.issuer.short if one.to == plan.issuer.id else plan.recipient(one.to)
    return to + (_(" (qua {via})", via=plan.recipient(one.via)) if one.via else "")


def _show_units(opened: Open) -> None:
    plan = opened.plan
    for block in plan.blocks:
        screen.out(f"{block.name} ({block.id})")
        for unit in plan.units:
            if unit.block == block.id:
                told = f"  {unit.id:<18} {unit.name}" + ("" if unit.confirmed else _(" (chưa đối chiếu)"))
                screen.say(told, indent=" " * 21)
        screen.out("")


def _as_dict(opened: Open, areas: "_Areas", deliverables: list["_Dated"]) -> dict[str, Any]:
    plan = opened.plan
    return {
        "plan": as_json.picked(plan, "id", "year", "title", "state", "revision")
        | {"issuer": plan.issuer.name, "subject": plan.subject},
        "areas": [{"id": one.id, "title": one.title, "tasks": [it.id for it in tasks]} for one, tasks in areas],
        "tasks": [
            {"id": it.id, "area": one.id, "text": it.text, "owners": it.owners, "due": it.due}
            | {"last_day": plan.when(it.due).last, "lead": it.lead, "with": it.partners, "follow": it.follow}
            | {"product": it.product}
            for one, tasks in areas
            for it in tasks
        ],
        "deliverables": [
            as_json.picked(one, "id", "kind", "period", "owners", "before") | {"last_day": last, "to": one.to}
            for one, last in deliverables
        ],
        "documents": [as_json.picked(one, "id", "type", "symbol", "date", "title") for one in plan.documents],
        "units": [
            {"id": one.id, "name": one.name, "kind": plan.letter(one).kind, "block": one.block} for one in plan.units
        ],
    }
