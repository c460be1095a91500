"""What was recorded and is taken back: an activity, a result, a piece of evidence, a figure, an obstacle, a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from danvan_cli.desk.opened import meant_topic
from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.text import fold, squeeze
from danvan_cli.typed import called
from danvan_cli.unit.recording import ITEM_KEYS
from danvan_cli.yaml.splice import Put
from danvan_cli.yaml.tree import at
from danvan_cli.yaml.yamlfile import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.desk.log_options import LogOptions
    from danvan_cli.desk.opened import UnitHeld
    from danvan_cli.plan.model import Deliverable
    from danvan_cli.yaml.yamlfile import Loc

KIND_NAMES: Final = {
    "activity": "hoạt động",
    "result": "kết quả",
    "evidence": "tài liệu",
    "indicator": "số liệu",
    "obstacle": "vướng mắc",
    "issued": "ban hành",
    "report": "báo cáo",
}
"""What can be taken back, by the option that records it and in words."""
_LISTS: Final = {"activity": "activities", "evidence": "evidence", "obstacle": "obstacles"}


def taken_back(book: UnitHeld, said: LogOptions) -> Iterator[Put]:
    """Walk the edits that take things back: of the task, the figures of the period, the report that are named beside.

    Each is `KIND=WHICH`: the number of an item or its words, a period, an id.
    """
    opened, task = book.opened, said.task
    period = opened.period(said.period) if said.period else None
    report = opened.of_unit(book.unit, said.report) if said.report else None
    gone: dict[Loc, set[int]] = {}
    for one in said.remove:
        kind, which = _read(one)
        if kind in {"activity", "evidence", "result"} and task is None:
            raise UsageError(
                _("«{typed}» cần mã nhiệm vụ", typed=one[:60]),
                help=_("ghi mã sau tên đơn vị, ví dụ: danvan log so-y-te II.1.1 …; xem các mã: danvan show"),
            )
        of: Loc = ("tasks", task.id) if task else ()
        match kind:
            case "result":
                yield _blank(book, (*of, "results", opened.period(which).id), one)
            case "indicator":
                if period is None:
                    raise UsageError(_("{option} cần có {other}", option=one[:60], other="--period"))
                name = called(which, {it.id: (it.name,) for it in opened.plan.indicator_by_id.values()}) or which
                yield _blank(book, ("indicators", name, period.id), one)
            case "issued" | "report":
                yield from _of_report(book, kind, opened.of_unit(book.unit, which), said.topic, gone)
            case _:
                if kind == "obstacle":
                    of = _place(book, report, said.topic) if report else ()
                loc = (*of, _LISTS[kind])
                gone.setdefault(loc, set()).add(_found(at(book.root, loc) or [], loc, which))
    for loc, indexes in gone.items():
        yield Put(loc, [one for i, one in enumerate(at(book.root, loc)) if i not in indexes])


def _read(typed: str) -> tuple[str, str]:
    name, sign, which = typed.partition("=")
    wanted = squeeze(fold(name))
    kind = next((key for key, words in KIND_NAMES.items() if wanted in {key, fold(words)}), None)
    if not (sign and kind and which.strip()):
        raise UsageError(
            _("«{typed}»: không rõ bỏ gì", typed=typed[:60]),
            help=_(
                "viết LOẠI=CÁI-NÀO, loại là: {kinds}", kinds=", ".join(f"{k} ({_(v)})" for k, v in KIND_NAMES.items())
            ),
        )
    return kind, squeeze(which)


def _blank(book: UnitHeld, loc: Loc, typed: str) -> Put:
    if at(book.root, loc) is None:
        raise UsageError(_("«{typed}»: chưa ghi gì ở đó", typed=typed[:60]))
    return Put(loc, None)


def _place(book: UnitHeld, report: Deliverable, topic: str | None) -> Loc:
    """Tell where a report's own text stands."""
    if not report.on_request:
        return ("reports", report.id)
    topic, there = meant_topic(book.record, report, topic)
    if there is None:
        raise UsageError(_("chưa có báo cáo «{topic}»", topic=topic[:60]))
    return ("requested", book.record.requested.index(there))


def _of_report(
    book: UnitHeld, kind: str, report: Deliverable, topic: str | None, gone: dict[Loc, set[int]]
) -> Iterator[Put]:
    """Take back number, day and file of what was issued, or a whole report on request."""
    if kind == "report":
        if not report.on_request:
            raise UsageError(
                _("chỉ bỏ được cả một báo cáo chuyên đề, đột xuất"),
                help=_('làm trống một mục: --report {id} --section "MỤC="', id=report.id),
            )
        gone.setdefault(("requested",), set()).add(int(_place(book, report, topic)[1]))
        return
    loc = _place(book, report, topic) if report.on_request else ("deliverables", report.id)
    keys = [key for key in ("number", "date", "file", "sha256") if at(book.root, (*loc, key)) is not None]
    if not keys:
        raise UsageError(_("«{id}» chưa ghi số, ngày ban hành", id=report.id))
    yield from (Put((*loc, key), None) for key in keys)


def _found(items: list[Any], loc: Loc, which: str) -> int:
    keys = ITEM_KEYS[str(loc[-1])]
    told = [[squeeze(str(one.get(key) or "")) for key in keys] for one in items]
    if which.isdecimal():
        found = [int(which) - 1] if 0 < int(which) <= len(items) else []
    else:
        found = [i for i, words in enumerate(told) if fold(which) in map(fold, words)]
        found = found or [i for i, words in enumerate(told) if any(fold(which) in fold(one) for one in words)]
    if len(found) == 1:
        return found[0]
    listed = "; ".join(f"{i}. {shortened(' '.join(filter(None, words)))}" for i, words in enumerate(told, start=1))
    raise UsageError(
        _("không rõ «{which}» là mục nào", which=which[:60])
        if found
        else _("không có mục «{which}»", which=which[:60]),
        help=_("đang có: {items}", items=listed) if listed else None,
    )
