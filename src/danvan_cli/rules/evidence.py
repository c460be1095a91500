"""DV91: the evidence behind results is there, unchanged, of its period, and not stale."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import UsageError
from danvan_cli.files import reason
from danvan_cli.findings.rule import OURS, rule
from danvan_cli.lang import _
from danvan_cli.plan.days import written_years
from danvan_cli.text import day
from danvan_cli.unit.evidence import FOLDER, place, sha256
from danvan_cli.unit.model import Evidence
from danvan_cli.yaml.yamlfile import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.model import Period
    from danvan_cli.rules.context import UnitsFileCheck
    from danvan_cli.rules.units import UnitCheck
    from danvan_cli.unit.model import Sent, TaskRecord
    from danvan_cli.yaml.yamlfile import Loc

REPEATED: Final = ("always", "week", "month", "quarter")
"""Tasks that never end: their evidence must be of late."""


@rule(
    "DV910", "Thiếu tệp kiểm chứng", "warning",
    "Tệp kiểm chứng nằm trong evidence/ của đơn vị, ngoài git; bản sao thư mục ở máy khác có thể không có.",
    wrong="file: bien-ban.pdf", right="chép bien-ban.pdf vào evidence/",
)  # fmt: skip
@rule(
    "DV911", "Tệp kiểm chứng đã thay đổi", "warning",
    "Tệp không còn như khi ghi (SHA-256 khác): người đọc báo cáo sẽ thấy một tài liệu khác.",
    wrong="sửa tệp sau khi ghi", right="ghi lại: danvan log … --evidence TỆP",
)  # fmt: skip
@rule(
    "DV914", "Tệp kiểm chứng nằm ngoài thư mục evidence", "error",
    "Chỉ tệp trong evidence/ của chính đơn vị mới là tài liệu của đơn vị; đường dẫn khác có thể lộ tệp riêng của máy.",
    wrong="file: ../so-noi-vu/evidence/a.pdf", right="file: a.pdf",
)  # fmt: skip
@rule(
    "DV915", "Tài liệu kiểm chứng không có gì để xem", "note",
    "Không có số văn bản, không có tệp thì không ai kiểm tra lại được.", wrong='title: "Biên bản hội nghị"',
    right='title: "Biên bản hội nghị"\nnumber: "3/BB-SYT"',
)  # fmt: skip
def evidence_is_there(check: UnitsFileCheck) -> Iterator[Finding]:
    """DV910, DV911, DV914, DV915: the files are there that evidence and issued documents name.

    The file must be called as in a unit's folder: beside a sample or another's copy nothing is looked for.
    """
    items: list[tuple[Loc, Evidence | Sent]] = [*check.evidence, *check.sent]
    file = Path(check.file.path)
    named = file.name == check.name and any(one.file is not None for _loc, one in items)
    folder = file.absolute().parent / FOLDER if named and file.is_file() else None
    digest = cache(sha256)
    for loc, one in items:
        if one.file is None:
            if isinstance(one, Evidence) and not one.number and not one.restricted:
                message = _("tài liệu «{title}» không có gì để xem lại", title=shortened(one.title))
                hint = _("ghi number (số, ký hiệu), file (tệp), hoặc restricted: true nếu chỉ kiểm tra tại đơn vị")
                yield check.at("DV915", (*loc, "title"), message, help=hint)
            continue
        path = place(folder or Path(FOLDER), one.file)
        if path is None:
            message = _("«{file}» không nằm trong thư mục evidence/ của đơn vị", file=shortened(one.file))
            hint = _("chép tệp vào evidence/ và chỉ ghi tên tệp, hoặc ghi lại: danvan log … --evidence TỆP")
            yield check.at("DV914", (*loc, "file"), message, help=hint)
        elif folder is not None:
            yield from _file(check, (*loc, "file"), path, one, digest)


@rule(
    "DV912", "Tài liệu kiểm chứng ngoài kỳ", "warning",
    "Tài liệu của kỳ khác không chứng minh được kết quả của kỳ này.", wrong="period: 6m, date: 2023-09-01",
    right="period: 1y, date: 2023-09-01", source=OURS,
)  # fmt: skip
@rule("DV203")
def evidence_is_of_its_period(check: UnitsFileCheck) -> Iterator[Finding]:
    """DV912, DV203: a date lies in its period; without one, in the span of the periods that reports are for."""
    items, plan = check.evidence, check.plan
    periods = (((*loc, "period"), one.period) for loc, one in items)
    yield from check.unknown("DV203", periods, plan.period_by_id, _("kỳ báo cáo «{id}» không có trong kế hoạch"))
    for loc, one in items:
        period = plan.period(one.period)
        within = (period.start, period.end) if period else plan.reported
        if one.date is None or within is None or (one.period and not period):
            continue
        first, last = within
        if not first <= one.date <= last:
            what = period.name if period else _("năm kế hoạch {year}", year=written_years(plan.years))
            message = _("ngày {date} của tài liệu nằm ngoài {what}", date=day(one.date), what=what)
            hint = _("kỳ này từ {first} đến {last}: xem lại ngày, hoặc kỳ (period)", first=day(first), last=day(last))
            yield check.at("DV912", (*loc, "date"), message, help=hint)


@rule(
    "DV913", "Tài liệu kiểm chứng đã cũ", "note",
    "Việc thường xuyên, hằng quý cần tài liệu mới của kỳ; tài liệu đã hết giá trị không chứng minh được gì.",
    wrong="expires: 2023-01-31", right="thêm tài liệu của kỳ này",
    source="quy ước của danvan; settings.evidence_days của kế hoạch",
)  # fmt: skip
def evidence_is_fresh(check: UnitCheck) -> Iterator[Finding]:
    """DV913: what is behind a result was still valid, and of late, at the period's end."""
    for name, record in check.record.tasks.items():
        for period in check.plan.periods:
            if record.results.get(period.id):
                yield from _stale(check, name, record, period)


@rule(
    "DV916", "Nhiệm vụ hoàn thành mà không có gì chứng minh", "note",
    "Nhiệm vụ đã hoàn thành cần kết quả hoặc tài liệu kiểm chứng để vào báo cáo và bảng tự chấm điểm.",
    wrong="status: done", right='status: done\nresults: {6m: "…"}',
)  # fmt: skip
def done_tasks_show_something(check: UnitCheck) -> Iterator[Finding]:
    """DV916: a task that is done has a result or evidence."""
    for name, record in check.record.tasks.items():
        if record.status == "done" and not record.evidence and not any(record.results.values()):
            message = _("nhiệm vụ {id} đã hoàn thành mà chưa có kết quả, chưa có tài liệu kiểm chứng", id=name)
            hint = _('ghi kết quả: danvan log {unit} {id} --period … --result "…"', unit=check.record.unit, id=name)
            yield check.at("DV916", ("tasks", name, "status"), message, help=hint)


def _file(
    check: UnitsFileCheck, loc: Loc, path: Path, one: Evidence | Sent, digest: Callable[[Path], str]
) -> Iterator[Finding]:
    again = _("chép tệp vào evidence/, hoặc ghi lại: danvan log … --evidence TỆP")
    try:
        if not path.is_file():
            if not (isinstance(one, Evidence) and one.restricted):
                message = _("không có tệp «{file}» trong thư mục evidence/", file=shortened(one.file))
                hint = _("tệp kiểm chứng không nằm trong git; {again}", again=again)
                yield check.at("DV910", loc, message, help=hint)
            return
        changed = one.sha256 and digest(path) != one.sha256.lower()
    except (OSError, UsageError) as error:
        message = error.message if isinstance(error, UsageError) else ""
        if isinstance(error, OSError):
            message = _("không đọc được «{file}»: {why}", file=shortened(one.file), why=reason(error))
        yield check.at("DV910", loc, message, help=again)
        return
    if changed:
        message = _("tệp «{file}» đã thay đổi từ khi ghi", file=shortened(one.file))
        hint = _("nếu bản này đúng thì ghi lại: danvan log … --evidence TỆP; nếu không thì chép lại bản cũ")
        yield check.at("DV911", loc, message, help=hint)


def _stale(check: UnitCheck, name: str, record: TaskRecord, period: Period) -> Iterator[Finding]:
    """DV913, for one task and one period that has a result."""
    mine = [(i, one) for i, one in enumerate(record.evidence) if one.period in {None, period.id}]
    for i, one in mine:
        if one.expires and one.expires < period.end:
            last = day(one.expires)
            message = _("tài liệu hết giá trị ngày {date}, trước khi hết kỳ {period}", date=last, period=period.name)
            hint = _("thêm tài liệu còn giá trị, hoặc ghi period là kỳ mà tài liệu này kiểm chứng")
            yield check.at("DV913", ("tasks", name, "evidence", i, "expires"), message, help=hint)
    task = check.plan.task_by_id.get(name)
    due = record.due or (task.due if task else None)
    dated: list[tuple[date, int]] = [(one.date, i) for i, one in mine if one.date]
    days = check.plan.settings.evidence_days
    if dated and check.plan.when(due).every in REPEATED and max(dated)[0] < period.end - timedelta(days):
        newest, i = max(dated)
        message = _(
            "tài liệu mới nhất của việc {due} này đã cũ: {date}, quá {days} ngày trước khi hết kỳ {period}",
            due=due,
            date=day(newest),
            days=days,
            period=period.name,
        )
        yield check.at("DV913", ("tasks", name, "evidence", i, "date"), message, help=_("thêm tài liệu của kỳ này"))
