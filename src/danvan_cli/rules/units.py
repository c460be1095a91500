"""DV9: a unit's file fits the plan, its figures agree, and nothing is in it that must not be."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_cli.findings.rule import OURS, rule
from danvan_cli.lang import _
from danvan_cli.rules.context import UnitsFileCheck
from danvan_cli.text import LOWER, UPPER, number
from danvan_cli.typed import misfigured
from danvan_cli.unit.adopt import Revisions
from danvan_cli.unit.model import SECTIONS, fingerprint, gone, lacking, sections
from danvan_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.model import Plan
    from danvan_cli.unit.model import Evidence, Remarks, Sent, UnitRecord
    from danvan_cli.yaml.yamlfile import Loc

_NAME = f"[{UPPER}][{LOWER}]*"
# A citizen's number (12 digits, formerly 9), a telephone number (no part of a digest), a complainant's name.
_PERSONAL = (
    (r"(?i:căn cước|cccd|cmnd|chứng minh)[^\n\d]{0,40}(\d{9}(?:\d{3})?)(?!\d)", "số căn cước"),
    (
        r"(?<![\da-f./-])(0\d{3}[ .]?\d{3}[ .]?\d{3}|\+84[ .]?\d{2,3}[ .]?\d{3}[ .]?\d{3,4})(?![\da-f/-])",
        "số điện thoại",
    ),
    (
        rf"(?i:đơn(?: thư| khiếu nại| tố cáo| kiến nghị)?) của ((?:ông|bà|anh|chị) {_NAME}(?: {_NAME})+)",
        "tên người gửi đơn",
    ),
)
PERSONAL_KINDS = tuple(kind for _pattern, kind in _PERSONAL)
"""What personal data are called on the screen."""
_MAY_BE_PERSONAL = (re.compile(r"của (?:ông|bà|anh|chị) "), re.compile(r"\d[\d .]{8}"))
"""What every such text holds one of; one after the other they are found in half the time of both at once."""
_SHOWN = 5
"""So many of the tasks that a file lacks are named."""


@lru_cache(maxsize=4)
def _once(workspace: Workspace, kept: tuple[str, ...]) -> set[tuple[str, str]]:
    """Give the names of the revisions that were kept, which are called by their digests."""
    del kept
    return Revisions(workspace).names()


@dataclass(frozen=True)
class UnitCheck(UnitsFileCheck):
    """A unit's file, the plan it belongs to, and its record."""

    name = "unit.yaml"
    record: UnitRecord

    @cached_property
    def once(self) -> set[tuple[str, str]]:
        """What the plan called deliverables, periods, indicators, areas when units took it over: what was recorded for them stays."""
        workspace = Workspace.holding(Path(self.file.path).absolute().parent)
        return _once(workspace, tuple(Revisions(workspace).kept)) if workspace else set()

    @cached_property
    def evidence(self) -> list[tuple[Loc, Evidence]]:
        """The evidence of its tasks."""
        tasks = self.record.tasks.items()
        return [(("tasks", name, "evidence", i), one) for name, task in tasks for i, one in enumerate(task.evidence)]

    @property
    def sent(self) -> list[tuple[Loc, Sent]]:
        """What it has issued for what it owes, and its reports on request."""
        known: list[tuple[Loc, Sent]] = [
            (("deliverables", name), one) for name, one in self.record.deliverables.items() if one
        ]
        return known + [(("requested", i), one) for i, one in enumerate(self.record.requested)]

    @property
    def happened(self) -> list[tuple[Loc, date | None]]:
        """The days of evidence, of what was issued, of obstacles, of activities that are done."""
        days = [
            *super().happened,
            *((("obstacles", i, "date"), one.date) for i, one in enumerate(self.record.obstacles)),
        ]
        for name, task in self.record.tasks.items():
            days += [(("tasks", name, "activities", i, "done"), one.done) for i, one in enumerate(task.activities)]
        return days


@rule(
    "DV901", "Đơn vị không có trong kế hoạch", "error",
    "Tệp của đơn vị phải mang mã một đơn vị trong «units».", wrong="unit: so-yte", right="unit: so-y-te",
)  # fmt: skip
@rule(
    "DV908", "Đơn vị và thư mục không khớp", "error",
    "units/<mã>/unit.yaml phải là tệp của đúng đơn vị đó.", wrong="units/so-y-te/unit.yaml: unit: so-noi-vu",
    right="unit: so-y-te",
)  # fmt: skip
def unit_is_the_plans(check: UnitsFileCheck) -> Iterator[Finding]:
    """DV901, DV908: the unit is one of the plan's, and the file lies in its folder; answers may name no unit."""
    name = check.record.unit
    message = _("cơ quan, đơn vị «{id}» không có trong kế hoạch")
    yield from check.unknown("DV901", [(("unit",), name)], check.plan.unit_by_id, message)
    path = Path(check.file.path).absolute()
    if name and path.name == check.name and path.parent.parent.name == "units" and path.parent.name != name:
        message = _("tệp nằm trong thư mục «{folder}» mà ghi đơn vị «{id}»", folder=path.parent.name, id=name)
        yield check.at("DV908", ("unit",), message, help=_("sửa dòng «unit», hoặc chuyển tệp về units/{id}/", id=name))


@rule(
    "DV902", "Nhiệm vụ không có trong kế hoạch", "error",
    "Kết quả ghi cho một nhiệm vụ không có sẽ không vào báo cáo nào.", wrong="II.1.9: …", right="II.1.3: …",
)  # fmt: skip
@rule("DV203, DV208, DV209, DV931")
def names_are_the_plans(check: UnitCheck) -> Iterator[Finding]:
    """DV902, DV203, DV208, DV209, DV931: tasks, periods, indicators and deliverables are the plan's, or were."""
    plan, record = check.plan, check.record
    periods: list[tuple[Loc, str]] = [
        (("tasks", task, key, name), name)
        for task, one in record.tasks.items()
        for key, names in (("results", one.results), ("states", one.states))
        for name in names
    ]
    figures: list[tuple[Loc, str]] = [
        (("indicators", indicator, name), name)
        for indicator, known in record.indicators.items()
        for name in known or {}
    ]
    reports: list[tuple[Loc, str]] = [
        (("reports", name), name)
        for name in record.reports
        if name.removeprefix("tong-hop-") not in plan.deliverable_by_id  # the remarks of who sums a report up
    ]
    reports += [(("deliverables", name), name) for name in record.deliverables]
    # What was once taken over has ended: DV917.
    tasks = (name for name, one in record.tasks.items() if not (one.ended or one.fingerprint))
    task, period = _("nhiệm vụ «{id}» không có trong kế hoạch"), _("kỳ báo cáo «{id}» không có trong kế hoạch")
    area, indicator = _("nội dung «{id}» không có trong kế hoạch"), _("chỉ tiêu «{id}» không có trong kế hoạch")
    report = _("báo cáo, hồ sơ «{id}» không có trong kế hoạch")
    requested = ((("requested", i, "report"), one.report) for i, one in enumerate(record.requested))
    on_request = sorted(one.id for one in plan.deliverables if one.on_request)
    hint = _("kế hoạch đổi mã thì chép sang mã mới; nếu không thì để nguyên")
    asked = _("«{id}» không phải báo cáo theo yêu cầu trong kế hoạch")
    for code, kind, named, known, message in (
        ("DV902", "task", ((("tasks", name), name) for name in tasks), list(plan.task_by_id), task),
        ("DV902", "area", ((("headings", name), name) for name in record.headings), [one.id for one in plan.areas], area),
        ("DV203", "period", periods, list(plan.period_by_id), period),
        ("DV203", "period", figures, plan.figure_keys, period),
        ("DV208", "indicator", ((("indicators", name), name) for name in record.indicators), plan.indicator_by_id, indicator),
        ("DV209", "deliverable", reports, sorted(plan.deliverable_by_id), report),
        ("DV209", "request", requested, on_request, asked),
    ):  # fmt: skip
        strange = [(loc, name) for loc, name in named if name not in known]
        once = [(loc, name) for loc, name in strange if (kind, name) in check.once]
        fresh = [one for one in strange if one not in once] if once else strange
        yield from check.unknown(code, fresh, known, message, key=named is not requested)
        for loc, name in once:
            if _filled(check.file.root, loc):
                said = _("kế hoạch không còn «{id}»: điều đã ghi được giữ lại, không vào văn bản nào", id=name)
                yield check.at("DV931", loc, said, help=hint, key=named is not requested)


def _filled(value: Any, loc: Loc) -> bool:
    """Tell whether anything is written at a place."""
    for key in loc:
        value = value[key]
    if isinstance(value, dict | list):
        return any(_filled(one, ()) for one in (value.values() if isinstance(value, dict) else value))
    return value is not None


@rule(
    "DV930", "Báo cáo theo yêu cầu còn thiếu", "note",
    "Mỗi báo cáo chuyên đề, đột xuất là một mục riêng ở «requested»: nội dung, văn bản yêu cầu và các phần của báo cáo.",
    wrong="requested:\n  - {report: dot-xuat, topic: Mưa lũ}",
    right='requested:\n  - {report: dot-xuat, topic: Mưa lũ, request: "Công văn số 9/UBND-NC", situation: …}',
)  # fmt: skip
@rule(
    "DV931", "Chữ không vào báo cáo nào", "warning",
    "Báo cáo chuyên đề, đột xuất lấy chữ, số, ngày từ mục của chính nó ở «requested»; hai mục cùng nội dung thì chỉ một được dùng; điều ghi cho báo cáo, kỳ, chỉ tiêu mà kế hoạch không còn thì giữ lại mà không vào đâu.",
    wrong='reports:\n  chuyen-de: {results: "…"}',
    right='requested:\n  - {report: chuyen-de, topic: Dân chủ ở cơ sở, results: "…"}',
)  # fmt: skip
def reports_on_request_are_whole(check: UnitCheck) -> Iterator[Finding]:
    """DV930, DV931: each is an entry of its own, and says what its outline asks for."""
    record = check.record
    known = {one.id: one for one in check.plan.deliverables if one.on_request}
    for key, told in (("reports", record.reports), ("deliverables", record.deliverables)):
        for name, one in told.items():
            if name in known and one and one.model_dump(exclude_defaults=True):
                message = _("«{id}» là báo cáo theo yêu cầu: ghi thành từng mục ở «requested»", id=name)
                yield check.at("DV931", (key, name), message, key=True)
    for i, one in enumerate(record.requested):
        if one.report not in known:
            continue
        if record.on_topic(one.report, one.topic) != i:
            yield check.at("DV931", ("requested", i, "topic"), _("đã có mục cùng nội dung «{topic}»", topic=one.topic))
            continue
        parts = {
            "request": _("văn bản yêu cầu"),
            **{k: _(v) for k, v in sections(check.plan, known[one.report]).items()},
        }
        if lacks := [name for key, name in parts.items() if not getattr(one, key)]:
            message = _("báo cáo «{topic}» còn thiếu: {what}", topic=one.topic, what="; ".join(lacks))
            yield check.at("DV930", ("requested", i, "topic"), message)


@rule("DV931")
def every_part_is_one_of_its_report(check: UnitCheck) -> Iterator[Finding]:
    """DV931: what is said of a report stands in its outline; results of a period's report are those of the tasks."""
    record, known = check.record, check.plan.deliverable_by_id
    told: list[tuple[Loc, str, Remarks]] = [
        (("reports", name), name, one) for name, one in record.reports.items() if one
    ]
    told += [(("requested", i), one.report, one) for i, one in enumerate(record.requested)]
    for loc, name, one in told:
        report = known.get(name)
        if report is None or report.kind == "plan" or (report.on_request and loc[0] == "reports"):
            continue
        parts = sections(check.plan, report)
        for key in (*SECTIONS, "handling"):
            if key not in parts and getattr(one, key):
                hint = _("các mục: {names}", names="; ".join(_(it) for it in parts.values()))
                message = _("«{name}» không có mục này: chữ không vào văn bản", name=report.name)
                yield check.at("DV931", (*loc, key), message, help=hint, key=True)


@rule(
    "DV903", "Nhiệm vụ đã thay đổi từ khi đơn vị nhận", "warning",
    "Nội dung nhiệm vụ trong kế hoạch không còn như lúc đơn vị xây dựng kế hoạch của mình.",
    wrong="fingerprint: 000000000000", right="xem lại nhiệm vụ rồi xác nhận",
)  # fmt: skip
def tasks_are_as_adopted(check: UnitCheck) -> Iterator[Finding]:
    """DV903: the plan still says what it said when the unit took its tasks over."""
    for name, record in check.record.tasks.items():
        task = check.plan.task_by_id.get(name)
        if task and not record.ended and record.fingerprint and record.fingerprint != fingerprint(task):
            message = _("nhiệm vụ {id} đã thay đổi trong kế hoạch từ khi đơn vị nhận", id=name)
            hint = _(
                "xem chữ đã sửa: danvan update-unit {unit}; đọc lại, rồi xác nhận: danvan log {unit} {id} --confirm",
                unit=check.record.unit,
                id=name,
            )
            yield check.at("DV903", ("tasks", name, "fingerprint"), message, help=hint)


@rule(
    "DV917", "Tệp đơn vị chưa theo kịp kế hoạch", "warning",
    "Kế hoạch đã thêm, bỏ hoặc đổi mã nhiệm vụ từ khi đơn vị nhận; tệp phải có đủ nhiệm vụ thì báo cáo mới đủ.",
    wrong="thiếu II.1.3 mà kế hoạch giao", right="danvan update-unit so-y-te", source=OURS,
)  # fmt: skip
def tasks_are_the_plans(check: UnitCheck) -> Iterator[Finding]:
    """DV917: a file that was made from the plan holds all of the unit's tasks; any file says which have ended."""
    plan, record = check.plan, check.record
    unit = plan.unit_by_id.get(record.unit)
    if unit is None:
        return
    hint = _("đưa sửa đổi của kế hoạch vào tệp: danvan update-unit {id}", id=unit.id)
    for name in gone(plan, unit, record):
        message = _("kế hoạch không còn giao nhiệm vụ «{id}» cho đơn vị", id=name)
        yield check.at("DV917", ("tasks", name), message, help=hint, key=True)
    if not record.adopted or (unit.end and unit.successors):
        return  # typed by hand; or it ends, and its successors take in what is new
    messages = [
        _("chưa ghi nhận là đơn vị kế thừa {name}", name=one.name)
        for one in plan.predecessors.get(unit.id, ())
        if one.id not in record.inherits
    ]
    if missing := [task.id for task in lacking(plan, unit, record)]:
        ids = ", ".join(missing[:_SHOWN]) + (", …" if len(missing) > _SHOWN else "")
        messages.append(_("thiếu {count} nhiệm vụ của kế hoạch: {ids}", count=len(missing), ids=ids))
    for message in messages:
        yield check.at("DV917", ("adopted",), message, help=hint)


@rule(
    "DV918", "Số liệu không đúng loại của chỉ tiêu", "error",
    "Số đếm (người, đơn vị, cuộc…) là số nguyên, không âm; tỷ lệ nằm từ 0 đến 100; chỉ tiêu có phần lẻ thì kế hoạch ghi kind: amount.",
    wrong="cb-quan-triet: {6m: 1250.5}", right="cb-quan-triet: {6m: 1250}", source="«kind» của chỉ tiêu trong «indicators»",
)  # fmt: skip
def figures_are_of_their_kind(check: UnitCheck) -> Iterator[Finding]:
    """DV918: a count is whole and not below 0, a percentage from 0 to 100."""
    for one in check.plan.indicator_by_id.values():
        for key, value in (check.record.indicators.get(one.id) or {}).items():
            if value is not None and (wrong := misfigured(value, one.figure_kind)):
                message = f"{one.name}: {wrong.message}"
                yield check.at("DV918", ("indicators", one.id, key), message, help=wrong.help)


@rule(
    "DV906", "Số liệu không khớp", "warning",
    "Các chỉ tiêu của một kỳ phải khớp theo phép kiểm tra của kế hoạch.", wrong="đã giải quyết 12, tiếp nhận 10",
    right="đã giải quyết 10, tiếp nhận 12", source="phép kiểm tra trong «indicators»",
)  # fmt: skip
def figures_agree(check: UnitCheck) -> Iterator[Finding]:
    """DV906: the figures of a period, and their estimates, pass the plan's checks; blanks are left out."""
    indicators, known = check.plan.indicators, check.plan.indicator_by_id
    if indicators is None:
        return
    for key, period in _figure_names(check.plan).items():
        for one in indicators.checks:
            left, relation, right = one.sides
            sums = one.sums(lambda name, key=key: check.record.figure(name, key))  # type: ignore[misc]
            if sums is None or one.holds(*sums):
                continue
            compared = f"{number(sums[0])} {relation} {number(sums[1])}"
            message = _(
                "số liệu kỳ {period}: {says}: {compared} không đúng", period=period, says=one.says, compared=compared
            )
            added = ", ".join(known[i].name if i in known else i for i in (*left, *right))
            hint = _("xem lại số liệu: {names}", names=added)
            yield check.at("DV906", ("indicators", left[0], key), message, help=hint)


@rule(
    "DV932", "Hoạt động năm trước chưa xếp", "note",
    "Hoạt động lấy từ kế hoạch năm trước mà chưa thuộc nhiệm vụ nào thì không vào kế hoạch, không vào báo cáo.",
    wrong="unplaced: [{content: Trồng cây}]", right="chuyển vào activities của một nhiệm vụ, hoặc xóa", source=OURS,
)  # fmt: skip
def nothing_of_last_year_is_left(check: UnitCheck) -> Iterator[Finding]:
    """DV932: every activity of last year's plan has a task, or was struck."""
    if check.record.unplaced:
        count = len(check.record.unplaced)
        message = _("{count} hoạt động của kế hoạch năm trước chưa thuộc nhiệm vụ nào", count=count)
        hint = _("xếp vào một nhiệm vụ: danvan log {id} MÃ --place 1; hoặc xóa khỏi unplaced", id=check.record.unit)
        yield check.at("DV932", ("unplaced",), message, help=hint, key=True)


@rule("DV906")
def figures_do_not_fall(check: UnitCheck) -> Iterator[Finding]:
    """DV906: a cumulative figure is not less than that of the period before, nor than its own estimate."""
    names = _figure_names(check.plan)
    years: dict[date, list[str]] = defaultdict(list)
    for period in sorted(check.plan.periods, key=lambda p: (p.start, p.end)):
        years[period.start] += [key for key in (period.id, period.estimated) if key in names]
    for one in check.plan.indicator_by_id.values():
        if one.over_periods != "cumulative":
            continue
        for keys in years.values():
            known = [(key, value) for key in keys if (value := check.record.figure(one.id, key)) is not None]
            for (earlier, small), (later, large) in itertools.pairwise(known):
                if small > large:
                    message = _(
                        "{name}: số cộng dồn {later} ({large}) nhỏ hơn {earlier} ({small})",
                        name=one.name,
                        later=names[later],
                        earlier=names[earlier],
                        large=number(large),
                        small=number(small),
                    )
                    yield check.at("DV906", ("indicators", one.id, later), message)


def _figure_names(plan: Plan) -> dict[str, str]:
    """Name what a figure may be recorded for, on the screen: each period, and the estimate of its whole."""
    names = {}
    for period in plan.periods:
        names[period.id] = period.name
        if period.estimate:
            names[period.estimated] = _("{period} (ước cả kỳ)", period=period.name)
    return names


@rule(
    "DV905", "Có thể là thông tin cá nhân", "warning",
    "Số căn cước, số điện thoại, tên người khiếu nại, tố cáo không được nằm trong báo cáo công tác.",
    wrong="đơn của ông N.V.A, số điện thoại …", right="01 đơn khiếu nại về đất đai",
)  # fmt: skip
def no_personal_data(check: UnitsFileCheck) -> Iterator[Finding]:
    """DV905: nothing in the file looks like a citizen's number, a telephone number or a complainant's name."""
    file = check.file
    if not file.dirty and not any(one.search(file.text) for one in _MAY_BE_PERSONAL):
        return
    for pattern, what in _PERSONAL:
        for place in file.matches(re.compile(pattern), 1):
            message = _("có thể là thông tin cá nhân ({what})", what=_(what))
            yield file.finding("DV905", place, message, help=_("bỏ đi, hoặc viết tắt tên và chỉ nêu nội dung vụ việc"))
