"""A unit's implementation plan: what it will do for each task, what it owes, what is not for it to do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, TypeAlias

from danvan_cli.papers.common import Common, addressee, common, due_of_kind, examples, follower, itemised
from danvan_cli.papers.paper import Paper
from danvan_cli.text import day, sentences, squeeze
from danvan_cli.word.blank import Proposed
from danvan_cli.word.shape import Part, said, spread, taken

if TYPE_CHECKING:
    from collections.abc import Callable

    from danvan_cli.papers.annexes import Tasks
    from danvan_cli.plan.model import Deliverable, Plan, Task, Unit
    from danvan_cli.unit.model import Activity, TaskRecord, UnitRecord


class UnitPlan(Paper, about="kế hoạch triển khai của đơn vị", command="danvan init-unit", listed=2):
    class Sentence(Part):
        sentence: str = said(
            "nội dung; khi không có phụ lục thì đủ chủ trì, phối hợp, thời gian, sản phẩm",
            "Niêm yết thủ tục tại bộ phận một cửa.",
        )

    class Task(Part):
        label: str = said("tên gọn", "Công khai thủ tục hành chính")
        missing: str = said(
            "chữ của chỗ trống khi chưa có hoạt động", "hoạt động của đơn vị: Công khai thủ tục hành chính"
        )
        activities: list[UnitPlan.Sentence] = said("hoạt động")

    class Area(Part):
        title: str = said("tên", "Công tác cải cách hành chính")
        tasks: list[UnitPlan.Task] = said("nhiệm vụ của đơn vị")

    class Owed(Part):
        id: str = said("mã", "6m")
        name: str = said("tên", "Báo cáo 06 tháng")
        sentence: str = said("một câu đủ nơi gửi và hạn", "Báo cáo 06 tháng: gửi Sở Nội vụ trước ngày 10/5/2023;")

    class Row(Part):
        area: str | None = said(
            "tên nội dung, ở dòng đề mục; trống ở các dòng khác", "Công tác cải cách hành chính", default=None
        )
        number: int = said("số thứ tự", 1)
        content: str | None = said("hoạt động", "Niêm yết thủ tục tại bộ phận một cửa", default=None)
        lead: str | None = said("chủ trì", "Văn phòng", default=None)
        partners: str | None = said("phối hợp", "Các phòng", default=None)
        due: str | None = said("thời gian", "Quý I", default=None)
        product: str | None = said("sản phẩm", "Bảng niêm yết", default=None)
        label: str | None = said("tên gọn của nhiệm vụ", "Công khai thủ tục hành chính", default=None)

    common: Common = spread(examples("KH-SYT"))
    areas: list[Area] = said("nội dung mà đơn vị có nhiệm vụ", some=True)
    deliverables: list[Owed] = said("báo cáo, hồ sơ phải gửi, theo thời hạn")
    follower: str | None = said("ai theo dõi, tổng hợp cho tỉnh", "Sở Nội vụ")
    scoring: bool = said("kế hoạch có chấm điểm, xếp loại", example=True)
    has_drafter: bool = said("đã biết đơn vị soạn thảo", example=True)
    rows: list[Row] = said("các dòng của danh mục hoạt động; trống khi chi tiết đã ghi trong lời văn")
    skipped: list[str] = said(
        "nhiệm vụ không thuộc chức năng, kèm lý do",
        ["Công khai kế hoạch sử dụng đất: Sở không có chức năng quản lý đất đai."],
    )


def unit_plan(plan: Plan, unit: Unit, record: UnitRecord, *, draft: bool = False) -> UnitPlan:
    """Make a unit's implementation plan, a draft to be completed and signed."""
    from danvan_cli.papers import annexes
    from danvan_cli.unit.model import owed

    tasks = annexes.recorded_tasks(plan, unit, record)
    areas = _without_others(annexes.by_area(plan, record, tasks))
    in_text = record.papers.details == "text"
    due = [it for it in _all_owed(plan, unit, owed(plan, unit)) if it[0].kind != "plan"]
    outside = [f"{task.label}: {one.reason}" for task, one in tasks if not one.applies]
    known = len(outside)
    outside += [f"{task.label}: {one.proposed_reason}" for task, one in tasks if one.applies and one.proposed_reason]

    def told(task: Task, one: TaskRecord) -> UnitPlan.Task:
        said = (look(_sentence(task, one, it, whole=in_text)) for it, look in _shown(one))
        activities = [UnitPlan.Sentence(sentence=sentence) for sentence in said]
        return taken(UnitPlan.Task, task, missing=f"hoạt động của đơn vị: {task.label}", activities=activities)

    return UnitPlan(
        common=common(plan, unit, record, "KH", due_of_kind(plan, unit, "plan"), draft=draft),
        areas=[UnitPlan.Area(title=title, tasks=[told(*it) for it in doing]) for title, doing in areas],
        deliverables=[
            taken(UnitPlan.Owed, one, sentence=sentence)
            for (one, _said), sentence in zip(due, itemised([said for _one, said in due]), strict=True)
        ],
        follower=follower(plan, unit),
        scoring=plan.scoring,
        has_drafter=record.drafter is not None,
        rows=[] if in_text else _rows(plan, unit, areas),
        skipped=[text if at < known else Proposed(text) for at, text in enumerate(itemised(outside))],
    )


_Look: TypeAlias = "Callable[[str], str]"


def _shown(one: TaskRecord) -> list[tuple[Activity, _Look]]:
    """Give what a unit does for a task, and behind it what is only proposed, in its own look."""
    return [*((it, str) for it in one.activities), *((it, Proposed) for it in one.proposed)]


def _without_others(areas: Tasks) -> Tasks:
    """Leave out the tasks that are proposed to be others', but where an area has nothing else."""
    mine = [(title, [(task, one) for task, one in doing if not one.proposed_reason]) for title, doing in areas]
    return [(title, own or doing) for (title, own), (_title, doing) in zip(mine, areas, strict=True)]


def _rows(plan: Plan, unit: Unit, areas: Tasks) -> list[UnitPlan.Row]:
    """Give a row for each area that has tasks, and for each activity; a task without any has one that is empty."""
    rows: list[UnitPlan.Row] = []
    for number, (area, doing) in enumerate(areas, start=1):
        rows.append(UnitPlan.Row(number=number, area=area))
        own: list[tuple[Task, TaskRecord, Activity | None, _Look]] = [
            (task, one, it, look) for task, one in doing for it, look in _shown(one) or ((None, str),)
        ]
        rows += [_row(plan, unit, at, *it) for at, it in enumerate(own, start=1)]
    return rows


def _row(
    plan: Plan, unit: Unit, number: int, task: Task, record: TaskRecord, activity: Activity | None, look: _Look
) -> UnitPlan.Row:
    """Give the row of an activity; what the unit has not said itself is what the plan says.

    Who leads inside the unit is for the unit to say: the plan's word stands only where another one leads.
    """
    from danvan_cli.unit.model import due_words

    leads = "" if unit.id in task.lead or squeeze(unit.name) == task.lead_words else plan.leads(task)
    told = {
        "content": activity.content if activity else None,
        "lead": (activity and activity.lead) or record.lead or leads or None,
        "partners": (activity.partners or "") if activity else plan.partners(task),
        "due": due_words((activity and activity.due) or record.due or task.due),
        "product": (activity and activity.product) or task.product,
    }
    shown = {key: look(value) if value else value for key, value in told.items()}
    if activity and activity.proposed_product and not told["product"]:
        shown["product"] = Proposed(activity.proposed_product)
    return UnitPlan.Row(number=number, label=task.label, **shown)


def _sentence(task: Task, record: TaskRecord, activity: Activity, *, whole: bool) -> str:
    """Write an activity; as a whole with a sentence on who leads, who works along, the time and the product."""
    from danvan_cli.unit.model import due_words

    told = {
        "chủ trì": activity.lead or record.lead,
        "phối hợp": activity.partners,
        "thời gian": due_words(activity.due or record.due or task.due),
        "sản phẩm": activity.product or task.product,
    }
    details = "; ".join(f"{name}: {value}" for name, value in told.items() if value) if whole else ""
    content = sentences(activity.content)
    return f"{content} {sentences(details[:1].upper() + details[1:])}" if details else content


_OFTEN: Final = {"month": "hằng tháng", "quarter": "hằng quý", "half": "06 tháng một lần", "year": "hằng năm"}


def _all_owed(plan: Plan, unit: Unit, owed: list[Deliverable]) -> list[tuple[Deliverable, str]]:
    """Write what a unit owes, in order of the last days; what recurs is one, where it is owed each time as the plan says."""
    recurring = {one.id: (listed, times) for listed, times in plan.recurring() for one in times}
    mine = {one.id for one in owed if plan.dated(one, unit) is one}
    found: dict[str, tuple[date, Deliverable, str]] = {}
    for one in owed:
        whole, times = recurring.get(one.id, (one, []))
        last = plan.last_day(one, unit) or date.max
        halves = {it.name.rpartition(" ")[0] for it in times}  # without their years
        once = whole.every == "half" and len(halves) == 1 and len(times) == len(plan.years) > 1  # one half of each year
        if whole.due and (once or not whole.without) and times and mine.issuperset(it.id for it in times):
            to, often = addressee(plan, unit, one), _OFTEN["year" if once else whole.every or "year"]
            name = halves.pop() if once else whole.name
            told = f"{name}: gửi {f'{to} ' if to else ''}{often} ({whole.due})"
            found.setdefault(whole.id, (last, whole, told))
        else:
            found[one.id] = (last, one, _owes(plan, unit, one))
    return [(one, told) for _last, one, told in sorted(found.values(), key=lambda it: (it[0], it[1].on_request))]


def _owes(plan: Plan, unit: Unit, deliverable: Deliverable) -> str:
    """Write what a unit owes as a line, with the date as the plan has it."""
    sent = f"{deliverable.name}: gửi {addressee(plan, unit, deliverable) or ''}".rstrip()
    dated, last = plan.dated(deliverable, unit), plan.last_day(deliverable, unit)
    if dated.before and last and last != dated.before:
        return f"{sent} trước ngày {day(dated.before)}"
    if last:
        return f"{sent} chậm nhất ngày {day(last)}"
    if deliverable.on_request:
        return f"{sent} khi có yêu cầu"
    return f"{sent}, Kế hoạch không quy định thời hạn"
