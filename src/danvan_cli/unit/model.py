"""The model of `unit.yaml`: what a unit decides and records. It never holds a copy of the plan's text."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import core_schema

from danvan_cli.findings.rule import rule
from danvan_cli.lang import _
from danvan_cli.text import day, fold, slug, squeeze
from danvan_cli.typed import TIMES, nothing
from danvan_cli.yaml.schema import Day, Due, Id, Model, Points, Ready, Slug, Text, maybe, problem

if TYPE_CHECKING:
    from danvan_cli.plan.model import Deliverable, Period, Plan, Task, Unit

UNIT_FORMAT: Final = "danvan-unit/1"
TYPE_CODES: Final = {"plan": "KH", "report": "BC"}
"""The code of a deliverable's type of document in its symbol (NĐ 30/2020, Phụ lục III)."""
State = Literal["todo", "doing", "done"]
STATES: Final[dict[State, str]] = {"todo": "chưa thực hiện", "doing": "đang thực hiện", "done": "đã hoàn thành"}
TextOrBlank = Annotated[
    str | None,
    Ready(
        core_schema.no_info_before_validator_function(
            lambda value: (value.strip() or None) if isinstance(value, str) else value,
            core_schema.nullable_schema(core_schema.str_schema()),
        )
    ),
]
"""Text that may still be missing."""
_TIME: Final = f"Thời gian: ngày 2023-06-30, hoặc chữ ({', '.join(TIMES[1:])}); chữ giữ nguyên, hạn cuối suy ra từ chữ"


class Activity(Model):
    """What a unit itself will do for a task."""

    content: Text = Field(description="Nội dung hoạt động")
    lead: TextOrBlank = maybe("Chủ trì")
    partners: TextOrBlank = maybe("Phối hợp", alias="with")
    due: Due = maybe(_TIME)
    product: TextOrBlank = maybe("Sản phẩm")
    proposed_product: TextOrBlank = maybe("Sản phẩm đề xuất, chưa tính vào đâu; giữ thì ghi ở product")
    done: Day | None = maybe("Ngày làm xong")


class Evidence(Model):
    """A file or a numbered document behind a result."""

    title: Text
    number: TextOrBlank = maybe("Số, ký hiệu văn bản, ví dụ 15/KH-SYT")
    date: Day | None = maybe("Ngày của chính tài liệu, không phải ngày ghi")
    period: Slug | None = maybe("Kỳ báo cáo mà tài liệu này kiểm chứng, nếu chỉ một kỳ")
    expires: Day | None = maybe("Hết giá trị sau ngày này")
    file: TextOrBlank = maybe("Tệp trong thư mục evidence/ của đơn vị")
    sha256: TextOrBlank = maybe("SHA-256 của tệp khi ghi; không sửa tay")
    restricted: bool = maybe("true: kiểm tra trực tiếp tại đơn vị, không kèm tệp", False)


class TaskRecord(Model):
    """What a unit decides and records for one task."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"required": ["applies"], "properties": {"applies": {"const": False}}},
            "then": {"required": ["reason"], "properties": {"reason": {"type": "string", "pattern": r"\S"}}},
        }
    )

    fingerprint: TextOrBlank = maybe("Dấu vân tay của nhiệm vụ khi đơn vị nhận; không sửa tay")
    ended: TextOrBlank = maybe("Bản kế hoạch không còn giao nhiệm vụ này cho đơn vị; không sửa tay")
    applies: bool = maybe("false: không thuộc chức năng của đơn vị (kèm reason)", True)
    reason: TextOrBlank = maybe("Vì sao không thực hiện")
    lead: TextOrBlank = maybe("Chủ trì")
    due: Due = maybe(_TIME)
    status: State | None = maybe("Trạng thái hiện nay")
    states: dict[str, State | None] = maybe("Trạng thái cuối kỳ, theo mã kỳ", {})
    activities: list[Activity] = []
    proposed: list[Activity] = maybe("Hoạt động đề xuất: chưa tính vào đâu; giữ thì chuyển sang activities", [])
    proposed_reason: TextOrBlank = maybe(
        "Đề xuất coi là không thuộc chức năng, vì lý do này: chưa tính vào đâu; giữ thì ghi ở reason"
    )
    results: dict[str, TextOrBlank] = {}
    evidence: list[Evidence] = []

    @property
    def settled(self) -> bool:
        """Whether nothing of the task is left to be done."""
        return self.status == "done" or not self.applies

    @property
    def proposals(self) -> int:
        """How much is proposed for the task that nobody has kept or struck."""
        products = sum(one.proposed_product is not None and not one.product for one in self.activities)
        return len(self.proposed) + (self.proposed_reason is not None) + products

    def state_in(self, period: Period, plan: Plan) -> State | None:
        """Tell how far the task was at a period's end; None where that is not known.

        What is said of now counts for a period of which nothing was said, unless a later one was spoken of since.
        """
        if known := self.states.get(period.id):
            return known
        if any(self.states.get(one.id) or self.results.get(one.id) for one in plan.periods if one.end > period.end):
            return None
        return self.status or (None if self.states else "todo")

    def told_in(self, period: Period, plan: Plan) -> State | None:
        """Tell it as papers do: that nothing was begun, as the file says at first, does not count beside a result."""
        state = self.state_in(period, plan)
        silent = state == "todo" and not self.states.get(period.id)
        return None if silent and not nothing(self.results.get(period.id) or "không") else state

    @rule(
        "DV907", "Nhiệm vụ không thực hiện mà không có lý do", "error",
        "Nhiệm vụ chung chỉ được bỏ khi đơn vị nói vì sao không thuộc chức năng của mình.", wrong="applies: false",
        right="applies: false\nreason: Sở không có chức năng quản lý đất đai",
    )  # fmt: skip
    @model_validator(mode="after")
    def _reason(self) -> TaskRecord:
        if not self.applies and not self.reason:
            said = _("nhiệm vụ không thực hiện (applies: false) mà không ghi lý do")
            raise problem("DV907", said, _('thêm dòng «reason: "…"» nói vì sao không thuộc chức năng của đơn vị'))
        return self


class Obstacle(Model):
    """What a unit reports up through Sở Nội vụ."""

    text: Text = Field(description="Khó khăn, vướng mắc; không có thì ghi: Không có")
    proposal: TextOrBlank = None
    date: Day | None = None


class Remarks(Model):
    """The parts of a report that are no task's: situation, appraisal, what is next, proposals."""

    situation: TextOrBlank = maybe("Tình hình, công tác chỉ đạo; của báo cáo đột xuất: diễn biến")
    results: TextOrBlank = maybe("Kết quả, cho báo cáo chuyên đề, đột xuất, báo cáo riêng")
    handling: TextOrBlank = maybe("Việc xử lý, cho báo cáo đột xuất")
    strengths: TextOrBlank = maybe("Ưu điểm")
    limits: TextOrBlank = maybe("Hạn chế")
    causes: TextOrBlank = maybe("Nguyên nhân")
    next: TextOrBlank = maybe("Phương hướng, nhiệm vụ thời gian tới")
    proposals: TextOrBlank = maybe("Kiến nghị, đề xuất")
    obstacles: list[Obstacle] = maybe("Khó khăn, vướng mắc nêu riêng trong báo cáo này", [])


class Sent(Model):
    """A document the unit has issued for a deliverable; number and day come from the e-office."""

    number: TextOrBlank = None
    date: Day | None = None
    file: TextOrBlank = None
    sha256: TextOrBlank = maybe("SHA-256 của tệp khi ghi; không sửa tay")


class Requested(Remarks, Sent):
    """A thematic or ad hoc report: what it is about, who asked for it, its own text, number and day."""

    report: Slug = Field(description="Mã báo cáo theo yêu cầu trong kế hoạch")
    topic: Text = Field(description="Nội dung báo cáo")
    request: TextOrBlank = maybe("Văn bản yêu cầu: số, ngày, cơ quan ban hành")


class Contact(Model):
    """Whom to ask about what a unit has sent, at the office."""

    name: TextOrBlank = maybe("Họ tên người theo dõi, báo cáo")
    phone: TextOrBlank = maybe("Điện thoại cơ quan")
    email: TextOrBlank = maybe("Thư điện tử công vụ")


class PaperSettings(Model):
    """How a unit wants its papers made."""

    details: Literal["annex", "text"] = maybe(
        "Chủ trì, phối hợp, thời gian của hoạt động ghi ở: annex (Phụ lục), text (lời văn)", "annex"
    )
    progress: bool = maybe("true: báo cáo kèm phụ lục, biểu đồ tiến độ nhiệm vụ", False)


class UnitRecord(Model):
    """A unit's file."""

    format: Literal["danvan-unit/1"]
    unit: Slug
    plan: Slug
    adopted: TextOrBlank = maybe("Bản kế hoạch đơn vị đã nhận; không sửa tay")
    inherits: list[Slug] = maybe(
        "Các đơn vị mà đơn vị này kế thừa; hồ sơ của họ giữ nguyên ở units/<mã>/, không chép lại", []
    )
    drafter: TextOrBlank = maybe("Đơn vị soạn thảo, tên đầy đủ như ghi trong câu")
    drafter_abbr: TextOrBlank = maybe("Chữ viết tắt của đơn vị soạn thảo: sau «Lưu: VT,» và trong ký hiệu công văn")
    signs: list[Text] = maybe("Các dòng quyền hạn, chức vụ người ký, nếu khác của kế hoạch", [])
    signer: TextOrBlank = maybe("Họ tên người ký")
    recipients: list[Text] = maybe(
        "Nơi nhận riêng của đơn vị, mỗi nơi một dòng, không kể dòng Lưu; trống là theo loại cơ quan", []
    )
    subordinates: TextOrBlank = maybe(
        "Cách gọi các phòng, ban, đơn vị trực thuộc trong câu; trống là theo loại cơ quan"
    )
    headings: dict[Id, Text] = maybe("Tên nội dung như đơn vị viết trong văn bản của mình, theo mã", {})
    papers: PaperSettings = maybe("Cách làm văn bản của đơn vị", PaperSettings())
    contact: Contact | None = maybe("Người liên hệ của đơn vị")
    tasks: dict[Id, TaskRecord] = {}
    reports: dict[str, Remarks | None] = {}
    requested: list[Requested] = maybe("Từng báo cáo chuyên đề, đột xuất", [])
    indicators: dict[str, dict[str, Points | None] | None] = {}
    deliverables: dict[str, Sent | None] = {}
    obstacles: list[Obstacle] = []
    unplaced: list[Activity] = maybe(
        "Hoạt động của kế hoạch năm trước chưa xếp vào nhiệm vụ nào: chưa tính vào đâu", []
    )

    @property
    def proposals(self) -> int:
        """How much is proposed that nobody has kept or struck."""
        return sum(one.proposals for one in self.tasks.values() if one.applies and not one.ended)

    @property
    def raised_obstacles(self) -> list[Obstacle]:
        """Every obstacle that the unit raises, in its own list or in a report, without what only says that there is none."""
        reports = (*filter(None, self.reports.values()), *self.requested)
        every = [*self.obstacles, *(one for report in reports for one in report.obstacles)]
        known = {squeeze(one.text): one for one in reversed(every) if not nothing(one.text)}
        return [*known.values()][::-1]

    def task(self, task: str) -> TaskRecord:
        """Give what is recorded for a task; an empty record where there is nothing."""
        return self.tasks.get(task) or TaskRecord()

    def remarks(self, deliverable: str) -> Remarks:
        """Give a report's own parts; empty where there is nothing."""
        return self.reports.get(deliverable) or Remarks()

    def on_topic(self, report: str, topic: str) -> int | None:
        """Give the place of a thematic or ad hoc report among those on request; None where it is not there."""
        known = [(one.report, _plain(one.topic)) for one in self.requested]
        return known.index((report, _plain(topic))) if (report, _plain(topic)) in known else None

    def telling(self, one: Requested) -> UnitRecord:
        """Give the record as one report on request tells it: its text, number and day stand as that report's."""
        reports, sent = {**self.reports, one.report: one}, {**self.deliverables, one.report: one}
        return self.model_copy(update={"reports": reports, "deliverables": sent})

    def figure(self, indicator: str, period: str | None) -> Points | None:
        """Give a figure for one of the plan's `figure_keys`, or None: blank is not 0."""
        return (self.indicators.get(indicator) or {}).get(period or "")

    def sent(self, deliverable: str) -> Sent:
        """Give number and day of an issued document; empty where there is none."""
        return self.deliverables.get(deliverable) or Sent()


SECTIONS: Final = {
    "situation": "tình hình, công tác chỉ đạo",
    "results": "kết quả",
    "strengths": "ưu điểm",
    "limits": "hạn chế",
    "causes": "nguyên nhân",
    "next": "phương hướng, nhiệm vụ thời gian tới",
    "proposals": "kiến nghị, đề xuất",
}
"""The parts of a report's remarks, in the order of its outline."""
AD_HOC_SECTIONS: Final = {
    "situation": "diễn biến",
    "causes": "nguyên nhân",
    "handling": "xử lý",
    "results": "kết quả",
    "proposals": "kiến nghị",
}
"""Those of a report on something that happened."""


def sections(plan: Plan, report: Deliverable) -> dict[str, str]:
    """Name the parts of the remarks that a report has, in the order of its outline."""
    if report.ad_hoc:
        return AD_HOC_SECTIONS
    gone = {"results"} if report.id in plan.periodic else {"results", "next"} if report.kind == "self-score" else ()
    return {key: name for key, name in SECTIONS.items() if key not in gone}


def _plain(text: str) -> str:
    """Give a topic as it is compared with what people type again, and as files are named: no marks, capitals, signs."""
    return slug(text) or squeeze(fold(text))


def fingerprint(task: Task) -> str:
    """Digest what a unit relied on when it took a task over: its text, owners and due date.

    SHA-256 of the NFC text with its spaces collapsed, the owners as written and the due date; the first 12
    hexadecimal digits.
    """
    body = "\n".join((squeeze(task.text), " ".join(task.owners), str(task.due or "")))
    return hashlib.sha256(body.encode()).hexdigest()[:12]


def owed(plan: Plan, unit: Unit) -> list[Deliverable]:
    """List what a unit owes, in the plan's order."""
    return [one for one in plan.deliverable_by_id.values() if plan.owes(one, unit)]


def reported_periods(plan: Plan, unit: Unit) -> list[Period]:
    """List the periods that a unit reports on, by their ends: the last quarter before its year."""
    mine = {one.period for one in owed(plan, unit) if one.kind == "report"}
    return sorted((one for one in plan.periods if one.id in mine), key=lambda one: (one.end, -one.start.toordinal()))


def figure_keys(plan: Plan, unit: Unit, record: UnitRecord) -> list[str]:
    """List what a unit's figures are asked for: the periods it reports on, what they are held against, what it has told."""
    mine = reported_periods(plan, unit)
    asked = {key for one in mine for key in (one.id, one.estimated, one.previous, one.same)}
    asked |= {key for one in record.indicators.values() for key, figure in (one or {}).items() if figure is not None}
    return [key for key in plan.figure_keys if key in asked or not mine]


def due_words(due: date | str | None) -> str:
    """Write a due date as documents do; empty where there is none."""
    return day(due) if isinstance(due, date) else due or ""


def given(plan: Plan, task: Task) -> str:
    """Say what the plan itself says of a task beside its text: who leads, who works along, the time, the product."""
    told = (
        ("chủ trì", plan.leads(task)),
        ("phối hợp", plan.partners(task)),
        ("thời gian", due_words(task.due)),
        ("sản phẩm", task.product),
    )
    parts = [f"{name}: {value}" for name, value in told if value]
    return f"Kế hoạch ghi: {'; '.join(parts)}" if parts else ""


def empty_record(plan: Plan, unit: Unit) -> UnitRecord:
    """Give the record of a unit that has recorded nothing."""
    return UnitRecord(format=UNIT_FORMAT, unit=unit.id, plan=plan.id)


# How far a unit's file lags behind its plan: what it lacks, what has ended, whether it is history ----------------------


def duties(plan: Plan, unit: Unit, on: date | None = None) -> list[Task]:
    """List the tasks that a plan lays on a unit, in its order: those it still does, or did on a day."""
    there = (task for task in plan.tasks if not task.ended or (on and on < task.ended))
    return [task for task in there if plan.binds(task.owners, unit)]


def gone(plan: Plan, unit: Unit, record: UnitRecord) -> list[str]:
    """List what a unit once took over and the plan no longer lays on it, where the file does not say so yet.

    What was never taken over (no fingerprint) and is not in the plan is a mistyped id, and none of these.
    """
    mine = {task.id for task in duties(plan, unit)}
    return [
        name
        for name, one in record.tasks.items()
        if name not in mine and not one.ended and (one.fingerprint or name in plan.task_by_id)
    ]


def lacking(plan: Plan, unit: Unit, record: UnitRecord) -> list[Task]:
    """List the tasks of a unit that its file does not hold, or holds as ended."""
    return [task for task in duties(plan, unit) if task.id not in record.tasks or record.tasks[task.id].ended]


def superseded(unit: Unit, today: date) -> bool:
    """Tell whether a unit is no more and others have its duties."""
    return bool(unit.successors) and unit.end is not None and unit.end < today
