"""Packing what a unit sends, and saying what is still missing in it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from danvan_cli.delivery.bag import pack
from danvan_cli.desk.made import make
from danvan_cli.desk.opened import meant_topic
from danvan_cli.desk.report import document_path, unit_document
from danvan_cli.desk.score import Answers, report_path, rubrics_of, score_document
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.files import read_bytes, write
from danvan_cli.lang import _
from danvan_cli.papers.annexes import full_number
from danvan_cli.papers.bundle import Bundle, behind, differences, lying_ready, numbered_document, proposed_in
from danvan_cli.papers.common import Cited
from danvan_cli.papers.kinds.muc_luc_goi import contents
from danvan_cli.rules.check import check_unit
from danvan_cli.rules.secrets import refuse_secret_file
from danvan_cli.unit.adopt import sha12
from danvan_cli.unit.evidence import FOLDER
from danvan_cli.unit.model import Evidence, UnitRecord
from danvan_cli.word.package import is_untouched
from danvan_cli.word.save import save
from danvan_cli.workspace import shown
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.yamlfile import yaml_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Deliverable, Unit
    from danvan_cli.scoring.model import ScoreRecord
    from danvan_cli.unit.model import Requested
    from danvan_cli.word.package import Rendered


class Packed(NamedTuple):
    """A package that was written: where, whether it is other than before, what is in it and what is not.

    `remarks` say how the document stands to the record.
    """

    path: Path
    changed: bool
    files: int
    gaps: list[str]
    restricted: list[str]
    remarks: list[str]


Older = Literal["ask", "remake", "as-is"]
"""What becomes of a document that is older than the record: it is asked about, made again, or packed as it stands."""


def pack_for_sending(
    opened: Open,
    unit: str | None,
    deliverable: str,
    output: Path | None = None,
    *,
    topic: str | None = None,
    older: Older = "ask",
) -> Packed:
    """Pack what a unit sends: the document, its record, the evidence behind it, and the list of it all.

    The package is `output`, else `out/goi-<id>.zip`, of a report on request (which one: `topic`) with its topic. `older`
    is what becomes of a document that danvan made of an older record.
    """
    who, what = opened.unit(unit), opened.deliverable(deliverable)
    opened.owed(who, what)
    record = opened.record(who)
    bundle = Bundle()
    path = document_path(opened, who, what)
    if what.on_request:
        path, entry = _asked_for(opened, who, what, record, topic)
        record = record.telling(entry)
    remarks = _papers(opened, who, what, record, bundle, path, older)
    _records(opened, who, what, record, bundle)
    sent = record.sent(what.id)
    told = Cited(number=full_number(who, what, sent) or None, date=sent.date)
    revision = sha12(opened.data)
    listed = make(contents(opened.plan, who, what, bundle, told), opened.templates)
    bundle.add("muc-luc.docx", listed.data, _("mục lục"))
    info = {
        "Source-Organization": who.name,
        "External-Description": what.name,
        "Bag-Software-Agent": "danvan",
        "Danvan-Unit": who.id,
        "Danvan-Plan": opened.plan.id,
        "Danvan-Revision": revision,
        "Danvan-Deliverable": what.id,
    }
    info |= {"Danvan-Number": told.number} if told.number else {}
    info |= {"Danvan-Date": sent.date.isoformat()} if sent.date else {}
    name = path.stem.removeprefix("bao-cao-") if what.on_request else what.id  # of each topic its own
    packed = output or opened.workspace.out(who.id) / f"goi-{name}.zip"
    changed = write(packed, pack(f"{who.id}-{what.id}", bundle.files, info))
    return Packed(packed, changed, len(bundle.files), [*bundle.gaps, *bundle.warned], bundle.restricted, remarks)


def _papers(
    opened: Open, unit: Unit, what: Deliverable, record: UnitRecord, bundle: Bundle, path: Path, older: Older
) -> list[str]:
    """Take what is sent: the documents, as they lie ready or made now, and the signed one."""
    papers: list[tuple[str, Path, Callable[[UnitRecord], Rendered]]]
    if what.kind == "self-score":
        answers = Answers(opened, rubrics_of(opened), unit)
        answers.tell_over()
        scored, report = answers.scored, report_path(path)
        papers = [(what.name, path, partial(score_document, opened, scored))]
        if report.exists():
            papers.append((_("báo cáo tự chấm điểm"), report, partial(score_document, opened, scored, report=True)))
    else:
        papers = [(what.name, path, partial(unit_document, opened, unit, deliverable=what))]
    remarks = [told for paper in papers for told in _document(*paper, record, what, bundle, older)]
    sent = record.sent(what.id)
    if what.kind == "self-score" and len(papers) == 1 and not sent.file:
        bundle.gaps.append(_("chưa có báo cáo tự chấm điểm: danvan score {id} --report", id=unit.id))
    if not (sent.number and sent.date):
        bundle.gaps.append(_("chưa có số, ngày ban hành"))
    if sent.file:
        signed = Evidence(title=what.name, number=sent.number, date=sent.date, file=sent.file, sha256=sent.sha256)
        bundle.take(opened.workspace.unit(unit.id) / FOLDER, signed)
    return remarks


def _document(
    title: str, path: Path, made: Callable[[UnitRecord], Rendered], record: UnitRecord, what: Deliverable,
    bundle: Bundle, older: Older,
) -> list[str]:  # fmt: skip
    """Take a document: as it lies ready, a person may have edited it, else made now."""
    remarks: list[str] = []
    if not path.exists():
        rendered = made(record)
        data, blanks = rendered.data, len(rendered.blanks)
    else:
        refuse_secret_file(path)
        data, blanks = lying_ready(path)
        if not is_untouched(data):
            remarks.append(_("{name}: đã có người sửa, đóng gói bản đang có", name=path.name))
        else:
            data, blanks, remarks = _as_recorded(record, what, path, made, (data, blanks), older)
    _settled(what, record, data)
    bundle.add(path.name, data, title)
    if blanks:
        bundle.gaps.append(_("{name}: {count} chỗ trống", name=path.name, count=blanks))
    return remarks


def _settled(what: Deliverable, record: UnitRecord, data: bytes) -> None:
    """See that nothing in a plan is only proposed, in the record it was made of or in what a person left of it."""
    count = 0 if what.kind != "plan" else record.proposals if is_untouched(data) else proposed_in(data)
    if count:
        raise DanvanError(
            _("kế hoạch còn {count} đề xuất chưa giữ hay bỏ", count=count),
            help=_("giữ hết: danvan log {id} --accept all, bỏ hết: --strike all; rồi làm lại: danvan report {id} --period {what}"
                   "; sửa trong Word thì xóa hoặc bỏ màu chữ xanh", id=record.unit, what=what.id),
        )  # fmt: skip


def _as_recorded(
    record: UnitRecord, what: Deliverable, path: Path, made: Callable[[UnitRecord], Rendered],
    there: tuple[bytes, int], older: Older,
) -> tuple[bytes, int, list[str]]:  # fmt: skip
    """Hold a document that danvan made against the record of now; what becomes of an older one must be said."""
    fresh = made(record)
    if fresh.data == there[0]:
        return *there, []
    sent = record.sent(what.id)
    if sent.number:  # what it was before its number and day came
        others = {name: one for name, one in record.deliverables.items() if name != what.id}
        before = made(record.model_copy(update={"deliverables": others})).data
        if before == there[0]:
            return fresh.data, len(fresh.blanks), []
        there = (numbered_document(there[0], before, fresh.data), there[1])
    differs = differences(there[0], fresh.data)
    if not differs:
        return fresh.data, len(fresh.blanks), []
    if older == "remake" and not sent.number:
        save(path, fresh.data)
        return fresh.data, len(fresh.blanks), [_("{name}: đã làm lại theo sổ hiện nay", name=path.name)]
    told = "; ".join(differs[:_TOLD]) + (" …" if len(differs) > _TOLD else "")
    if older == "as-is" or sent.number:
        return *there, [_("{name}: khác sổ hiện nay, đóng gói bản đang có: {what}", name=path.name, what=told)]
    raise DanvanError(
        _("{name} làm trước khi sổ có thay đổi: {what}", name=path.name, what=told),
        help=_("thêm --remake để làm lại rồi đóng gói, hoặc --as-is để đóng gói bản đang có"),
    )


_TOLD: Final = 3
"""So many of the places that differ are named."""


def _asked_for(
    opened: Open, unit: Unit, what: Deliverable, record: UnitRecord, topic: str | None
) -> tuple[Path, Requested]:
    """Find the report on request that is meant among those that were made, and its entry; none is invented."""
    made = [one for one in record.requested if document_path(opened, unit, what, one.topic).exists()]
    record = record.model_copy(update={"requested": made})
    if any(one.report == what.id for one in made):
        _topic, found = meant_topic(record, what, topic)
        if found:
            return document_path(opened, unit, what, found.topic), found
    raise UsageError(
        _("chưa có báo cáo «{id}» nào để gửi", id=what.id),
        help=_('làm trước: danvan report {unit} --period {id} --topic "…"', unit=unit.id, id=what.id),
    )


def _records(opened: Open, unit: Unit, what: Deliverable, record: UnitRecord, bundle: Bundle) -> None:
    """Take the unit's record as it stands, and the evidence behind what is sent; say what the checks have to say."""
    folder = opened.workspace.unit(unit.id)
    data = read_bytes(folder / "unit.yaml")
    bundle.add("unit.yaml", data, _("số liệu, kết quả của đơn vị"))
    found = check_unit(as_read(UnitRecord, yaml_file(shown(folder / "unit.yaml"), data)), opened.plan, opened.levels)
    bundle.warned += [
        f"{one.path}:{one.spot.line}: {one.rule} {one.message}" for one in found if one.severity == "warning"
    ]
    score = _score(opened, unit, bundle) if what.kind == "self-score" else None
    for one in behind(opened.plan, unit, record, what, score):
        bundle.take(folder / FOLDER, one)


def _score(opened: Open, unit: Unit, bundle: Bundle) -> ScoreRecord | None:
    answers = Answers(opened, rubrics_of(opened), unit)
    if answers.held.new:
        bundle.gaps.append(_("chưa tự chấm điểm"))
        return None
    bundle.add("score.yaml", answers.held.data, _("điểm tự chấm"))
    result = answers.result
    if result.blanks:
        bundle.gaps.append(_("còn {count} tiêu chí chưa chấm", count=len(result.blanks)))
    bundle.gaps += [
        _("tiêu chí {id} chưa có tài liệu kiểm chứng", id=line.criterion.id)
        for line in result.lines
        if line.missing_evidence
    ]
    return answers.record
