"""`danvan show`: the plan at a glance."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from danvan_cli.cli import complete, screen
from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import Json, PlanFile, option
from danvan_cli.desk.opened import Open
from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.text import day

if TYPE_CHECKING:
    from danvan_cli.plan.model import Deliverable

    _Dated = tuple[Deliverable, date | None]

EXAMPLES = (
    ("danvan show --owner so-y-te", _("việc và hồ sơ phải gửi của Sở Y tế")),
    ("danvan show --due-before 2023-06-01", _("những gì phải gửi trước 01/6/2023")),
    ("danvan show --units", _("mã của các cơ quan, đơn vị, địa phương")),
)


def show(
    owner: Annotated[str | None, option("--owner", _("chỉ việc của một đơn vị"), _("MÃ"), complete.units)] = None,
    area: Annotated[str | None, option("--area", _("chỉ một nội dung, ví dụ II.3"), _("MÃ"), complete.areas)] = None,
    due_before: Annotated[
        str | None, option("--due-before", _("chỉ hồ sơ có hạn cuối trước ngày này"), _("NGÀY"))
    ] = None,
    units: Annotated[bool, option("--units", _("liệt kê các cơ quan, đơn vị, địa phương"))] = False,
    plan: PlanFile = None,
    json: Json = False,
) -> None:
    """Show areas and tasks, and who owes what by when."""
    opened = opened_plan(plan)
    the_plan = opened.plan
    unit = opened.unit(owner) if owner else None
    before = _day(due_before) if due_before else None
    areas = [opened.area(area)] if area else the_plan.areas
    tasks = [t for one in areas for t in one.tasks if unit is None or the_plan.binds(t.owners, unit)]
    deliverables = [
        (one, last)
        for one in the_plan.deliverable_by_id.values()
        if unit is None or the_plan.owes(one, unit)
        for last in [the_plan.last_day(one, unit)]
        if before is None or (last is not None and last < before)
    ]
    if json:
        screen.data(_as_json(opened, areas, tasks, deliverables), indent=2)
    elif units:
        _show_units(opened)
    else:
        if before is None:
            _show_tasks(opened, areas, {one.id for one in tasks})
        if area is None:
            _show_deliverables(opened, deliverables)


def _show_tasks(opened: Open, areas: list[Any], shown: set[str]) -> None:
    from danvan_cli.plan.model import ALL

    plan = opened.plan
    screen.say(plan.title)
    screen.out("")
    for area in areas:
        screen.out(screen.clipped(f"{area.id}. {area.title}"))
        for task in area.tasks:
            if task.id in shown:
                owners = "" if task.owners == [ALL] else f" [{_owners(opened, task.owners)}]"
                ended = _("(đã thôi giao từ {day}) ", day=day(task.ended)) if task.ended else ""
                screen.out(screen.clipped(f"  {task.id:<8} {ended}{task.label}{owners}"))
    screen.out("")
    if all(task.owners == [ALL] for area in areas for task in area.tasks):
        screen.out(_("Nhiệm vụ không nêu riêng ai: mọi cơ quan, đơn vị, địa phương cùng thực hiện."))
        screen.out("")


def _show_deliverables(opened: Open, deliverables: list["_Dated"]) -> None:
    from danvan_cli.plan import calendar

    if not deliverables:
        screen.out(_("không có hồ sơ nào phải gửi trong phạm vi này"))
        return
    now = calendar.today()
    rows = []
    for one, last in deliverables:
        rows.append((one.id, _owners(opened, one.owners), *_when(one, last, now), _to(opened, one)))
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

    plan = opened.plan
    names = {ALL: _("tất cả")} | {u.id: u.name for u in plan.units} | {b.id: b.name for b in plan.blocks}
    return "; ".join(names[one] for one in owners)


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
                screen.out(f"  {unit.id:<18} {unit.name}" + ("" if unit.confirmed else _(" (chưa đối chiếu)")))
        screen.out("")


def _day(value: str) -> date:
    """Read a day from the command line, as ISO or as Vietnamese write it."""
    for separator, order in (("-", (0, 1, 2)), ("/", (2, 1, 0))):
        parts = value.split(separator)
        if len(parts) == 3 and all(part.isdecimal() for part in parts):
            try:
                return date(*(int(parts[i]) for i in order))
            except ValueError:
                break
    raise UsageError(_("«{value}» không phải ngày", value=value[:40]), help=_("ví dụ: 2023-06-01 hoặc 01/6/2023"))


def _as_json(opened: Open, areas: list[Any], tasks: list[Any], deliverables: list["_Dated"]) -> dict[str, Any]:
    plan = opened.plan
    kept = {one.id for one in tasks}
    return {
        "plan": _picked(plan, "id", "year", "title", "state", "revision") | {"issuer": plan.issuer.name},
        "areas": [
            {"id": one.id, "title": one.title, "tasks": [t.id for t in one.tasks if t.id in kept]} for one in areas
        ],
        "tasks": [
            {"id": t.id, "area": one.id, "text": t.text, "owners": t.owners, "due": t.due}
            for one in areas
            for t in one.tasks
            if t.id in kept
        ],
        "deliverables": [
            _picked(one, "id", "kind", "period", "owners", "before") | {"last_day": last, "to": one.to}
            for one, last in deliverables
        ],
        "documents": [_picked(one, "id", "type", "symbol", "date", "title") for one in plan.documents],
        "units": [
            {"id": one.id, "name": one.name, "kind": plan.letter(one).kind, "block": one.block} for one in plan.units
        ],
    }


def _picked(thing: object, *names: str) -> dict[str, Any]:
    """Take some of what something says by the same names."""
    return {name: getattr(thing, name) for name in names}
