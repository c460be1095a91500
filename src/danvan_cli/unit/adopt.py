"""A unit takes the plan over: its folder, its file as danvan first writes it, the revision of the plan it relied on."""

from __future__ import annotations

import hashlib
import re
import textwrap
from typing import TYPE_CHECKING, Any

from danvan_cli.errors import DanvanError
from danvan_cli.files import write
from danvan_cli.lang import _
from danvan_cli.plan.model import Plan
from danvan_cli.text import squeeze
from danvan_cli.unit.model import (
    UNIT_FORMAT,
    UnitRecord,
    duties,
    empty_record,
    figure_keys,
    fingerprint,
    given,
    owed,
    reported_periods,
    sections,
)
from danvan_cli.workspace import shown
from danvan_cli.yaml.held import locked
from danvan_cli.yaml.read import read as read_as
from danvan_cli.yaml.schema import ROUTINE
from danvan_cli.yaml.yamltext import entry, flow, ident, indented, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.plan.model import Area, Period, Task, Unit
    from danvan_cli.unit.model import Activity
    from danvan_cli.workspace import Workspace

_NAME = re.compile(r"[0-9a-f]{12}")
_FEW = 4
"""So many periods have an empty place at each task; of more, only what is recorded is written."""


def sha12(data: bytes) -> str:
    """Name a revision of a plan: the first 12 hexadecimal digits of its file's SHA-256."""
    return hashlib.sha256(data).hexdigest()[:12]


def keep_revision(workspace: Workspace, data: bytes) -> None:
    """Keep a revision of a plan that some unit has adopted, once.

    Raises:
        DanvanError: if it cannot be written.
    """
    write(workspace.adopted(sha12(data)), data)


class Revisions:
    """The revisions of plans that units have adopted; each is read at most once, and only when it is asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._plans: dict[str, Plan | None] = {}
        self._tasks: dict[str, dict[str, Task]] = {}

    def task(self, digest: str, name: str | None) -> Task | None:
        """Find a task as some unit took it over, by its fingerprint; None where no revision that was kept has it.

        `name` is the revision to look at first.
        """
        if name and (found := self._of(name).get(digest)):
            return found
        return next((found for one in self.kept if (found := self._of(one).get(digest))), None)

    @property
    def kept(self) -> list[str]:
        """The revisions that were kept."""
        return sorted(path.stem for path in self._workspace.adopted("x").parent.glob("*.yaml"))

    def names(self) -> set[tuple[str, str]]:
        """Give what any of them called what units record for, with what it was; reports on request are named twice."""
        found: set[tuple[str, str]] = set()
        for plan in filter(None, map(self._plan, self.kept)):
            found |= {("deliverable", name) for name in plan.deliverable_by_id}
            found |= {("request", one.id) for one in plan.deliverables if one.on_request}
            found |= {("period", name) for name in (*plan.period_by_id, *plan.figure_keys)}
            found |= {("indicator", name) for name in plan.indicator_by_id}
            found |= {("area", area.id) for area in plan.areas}
        return found

    def _of(self, name: str) -> dict[str, Task]:
        """Give the tasks of a revision by their fingerprints; none where it cannot be read."""
        if name not in self._tasks:
            plan = self._plan(name)
            self._tasks[name] = {fingerprint(task): task for task in plan.tasks} if plan else {}
        return self._tasks[name]

    def _plan(self, name: str) -> Plan | None:
        if name not in self._plans:
            path = self._workspace.adopted(name) if _NAME.fullmatch(name) else None
            self._plans[name] = read_as(Plan, path, alone=True).record if path and path.exists() else None
        return self._plans[name]


def adopt(workspace: Workspace, plan: Plan, data: bytes, unit: Unit, recorded: UnitRecord | None = None) -> bool:
    """Make a unit's folder and file, with what is filled in from the start; what exists is left as it is.

    The bytes of the plan's file are kept once for each revision that some unit has adopted.

    Returns:
        Whether it was made now; False if it was there already.

    Raises:
        DanvanError: if it cannot be written, or what exists is of another plan, which would be taken for this one.
    """
    path = workspace.unit_file(unit.id)
    if path.exists():
        there = read_as(UnitRecord, path).record
        if there is not None and there.plan != plan.id:
            said = _(
                "{path} là của kế hoạch «{other}», không phải «{id}»", path=shown(path), other=there.plan, id=plan.id
            )
            how = _("mỗi thư mục làm việc chỉ có một kế hoạch; kế hoạch khác: danvan init TÊN-THƯ-MỤC")
            raise DanvanError(said, help=how)
        return False
    made = scaffold(plan, unit, sha12(data), recorded).encode()
    with locked(path):
        if path.exists():  # somebody else has begun it meanwhile
            return False
        keep_revision(workspace, data)
        write(path, made)
    return True


# The unit's file as it is first written: every task by id with its label, and a place for all that is recorded -------


def scaffold(plan: Plan, unit: Unit, adopted: str, recorded: UnitRecord | None = None) -> str:
    """Write a unit's file, with what is known already (a sample, last year's file); what that lacks is left to fill in.

    `adopted` are the first 12 digits of the plan file's SHA-256. Reading the text gives `recorded`, with the fingerprints
    of today's plan.
    """
    return "\n".join(_lines(plan, unit, adopted, recorded or empty_record(plan, unit))) + "\n"


def heading(area: Area) -> list[str]:
    """Write the comment above an area's tasks, from the first column."""
    return textwrap.wrap(squeeze(f"── {area.id}. {area.title}"), 98, initial_indent="# ", subsequent_indent="# ")


def task_lines(plan: Plan, unit: Unit, task: Task, known: UnitRecord) -> list[str]:
    """Write a task with what is known of it, from the first column."""
    return [line[2:] for line in _task(plan, task, known, reported_periods(plan, unit))]


def _lines(plan: Plan, unit: Unit, adopted: str, known: UnitRecord) -> Iterator[str]:
    yield "# yaml-language-server: $schema=../../plans/.schema/unit.json"
    yield f"# {squeeze(unit.name)}: những gì đơn vị quyết định và ghi nhận cho kế hoạch {plan.span}."
    yield "# Chỗ trống là chưa có; số 0 phải gõ số 0. Kiểm tra: danvan check"
    yield f"format: {UNIT_FORMAT}"
    yield f"unit: {ident(unit.id)}"
    yield f"plan: {text(plan.id)}"
    yield f"adopted: {text(adopted)}  # bản kế hoạch đã nhận, không sửa tay"
    before = (one.id for one in plan.predecessors.get(unit.id, ()))
    if inherits := dict.fromkeys([*known.inherits, *before]):
        yield f"inherits: [{', '.join(map(ident, inherits))}]"
    yield from entry("drafter", known.drafter, note="đơn vị soạn thảo, tên đầy đủ")
    yield from entry("drafter_abbr", known.drafter_abbr, note="chữ viết tắt của đơn vị soạn thảo, ghi sau «Lưu: VT,»")
    yield f"signs: [{', '.join(map(text, known.signs))}]  # các dòng chức vụ người ký, để trống nếu theo kế hoạch"
    yield from entry("signer", known.signer, note="họ tên người ký")
    yield f"recipients: [{', '.join(map(text, known.recipients))}]  # nơi nhận riêng, để trống nếu theo loại cơ quan"
    called = "cách gọi đơn vị trực thuộc, để trống nếu theo loại cơ quan"
    yield from entry("subordinates", known.subordinates, note=called)
    for key in ("headings", "papers"):
        if told := getattr(known, key) and known.model_dump(include={key}, exclude_defaults=True).get(key):
            yield f"{key}: {flow(told)}"
    for part in (_tasks, _reports, _requested, _indicators, _deliverables, _obstacles):
        yield ""
        yield from part(plan, unit, known)
    if known.unplaced:
        yield ""
        yield f"# Hoạt động của kế hoạch năm trước chưa xếp vào nhiệm vụ nào: danvan log {unit.id} MÃ --place 1, hoặc xóa."
        yield from entry("unplaced", _plain(known.unplaced))


def _tasks(plan: Plan, unit: Unit, known: UnitRecord) -> Iterator[str]:
    yield "# Mỗi nhiệm vụ: lead (chủ trì), due (ngày, hoặc: " + ", ".join(ROUTINE) + "),"
    yield "# status (todo: chưa, doing: đang, done: đã hoàn thành), activities (hoạt động của đơn vị),"
    yield "# results (kết quả theo kỳ), evidence (tài liệu kiểm chứng)."
    if known.proposals:
        yield "# proposed, proposed_reason là đề xuất, chưa tính vào đâu: giữ (chuyển sang activities, reason) hoặc xóa,"
        yield f"# hoặc: danvan log {unit.id} MÃ --accept all, --strike 2 (không nêu mã: mọi đề xuất)."
    yield "# Nhiệm vụ chung mà không thuộc chức năng: applies: false và reason: lý do."
    if not duties(plan, unit):
        yield "tasks: {}"
        return
    periods = reported_periods(plan, unit)
    if len(periods) > _FEW:
        yield from textwrap.wrap(f"Kết quả ghi theo kỳ, ví dụ results: {{{periods[0].id}: …}}. Các kỳ: {', '.join(one.id for one in periods)}.",
                                 98, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)  # fmt: skip
    yield "tasks:"
    for area in plan.areas:
        yield from indented(heading(area), 2)
        for task in area.tasks:
            if not task.ended and plan.binds(task.owners, unit):
                yield from _task(plan, task, known, periods)


def _reports(plan: Plan, unit: Unit, known: UnitRecord) -> Iterator[str]:
    yield "# Các phần của báo cáo không thuộc riêng nhiệm vụ nào."
    reports = [one for one in owed(plan, unit) if one.kind == "report" and not one.on_request]
    yield "reports:" if reports else "reports: {}"
    for one in reports:
        remarks = known.remarks(one.id)
        yield f"  {one.id}:  # {squeeze(one.name)}"
        for key, note in sections(plan, one).items():
            yield from _field(key, getattr(remarks, key), note)
        if remarks.obstacles:
            yield from _field("obstacles", [it.model_dump(exclude_none=True) for it in remarks.obstacles])


def _requested(plan: Plan, unit: Unit, known: UnitRecord) -> Iterator[str]:
    on_request = [one for one in owed(plan, unit) if one.on_request]
    if on_request or known.requested:
        yield "# Mỗi báo cáo theo yêu cầu là một mục: report, topic (nội dung), request (văn bản yêu cầu), các phần báo cáo."
        yield from (f"#   report: {one.id}  # {squeeze(one.name)}" for one in on_request)
        yield from entry("requested", [one.model_dump(exclude_defaults=True) for one in known.requested])


def _indicators(plan: Plan, unit: Unit, known: UnitRecord) -> Iterator[str]:
    if plan.indicators is None or not plan.indicators.items:
        yield "indicators: {}"
        return
    ours = "" if plan.indicators.official else " Bộ chỉ tiêu này là của danvan, không có trong kế hoạch."
    yield f"# Số liệu theo kỳ.{ours}"
    yield "indicators:"
    for indicator in plan.indicator_by_id.values():
        figures = {key: known.figure(indicator.id, key) for key in figure_keys(plan, unit, known)}
        yield f"  {indicator.id}: {flow(figures)}  # {squeeze(f'{indicator.name} ({indicator.unit})')}"


def _deliverables(plan: Plan, unit: Unit, known: UnitRecord) -> Iterator[str]:
    yield "# Văn bản đã ban hành: số, ngày do hệ thống quản lý văn bản cấp sau khi ký."
    mine = [one for one in owed(plan, unit) if not one.on_request]
    yield "deliverables:" if mine else "deliverables: {}"
    for one in mine:
        sent = known.sent(one.id)
        cells = sent.model_dump(exclude=set() if sent.sha256 else {"sha256"})
        yield f"  {one.id}: {flow(cells)}  # {squeeze(one.name)}"


def _obstacles(_plan: Plan, _unit: Unit, known: UnitRecord) -> Iterator[str]:
    yield "# Khó khăn, vướng mắc: text, proposal (đề xuất), date (ngày nêu; trống thì vào báo cáo của mọi kỳ)."
    yield from entry("obstacles", [one.model_dump(exclude_none=True) for one in known.obstacles])


def _plain(activities: list[Activity]) -> list[dict[str, Any]]:
    return [one.model_dump(by_alias=True, exclude_none=True) for one in activities]


def _task(plan: Plan, task: Task, known: UnitRecord, periods: list[Period]) -> Iterator[str]:
    record = known.task(task.id)
    yield f"  {task.id}:  # {squeeze(task.label)}"
    if said := given(plan, task):
        yield from indented(textwrap.wrap(squeeze(said), 94, initial_indent="# ", subsequent_indent="# "), 4)
    yield f'    fingerprint: "{fingerprint(task)}"'
    if not record.applies:
        yield "    applies: false"
        yield from _field("reason", record.reason)
    yield from _field("lead", record.lead)
    yield from _field("due", record.due)
    yield f"    status: {record.status or 'todo'}"
    if record.states:
        yield f"    states: {flow(record.states)}"
    yield from _field("activities", _plain(record.activities))
    if record.proposed:
        yield from _field("proposed", _plain(record.proposed))
    if record.proposed_reason:
        yield from _field("proposed_reason", record.proposed_reason)
    kept = [*(one.id for one in periods if len(periods) <= _FEW), *record.results]
    yield from _field("results", {period: record.results.get(period) for period in kept})
    yield from _field("evidence", [one.model_dump(exclude_defaults=True) for one in record.evidence])


def _field(key: str, value: object, note: str = "") -> Iterator[str]:
    """Write a key of a task or report: text quoted on its line, or as a block where it has several lines."""
    yield from indented(entry(key, value, note=note), 4)
