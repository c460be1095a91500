"""Packing what a unit sends, and saying what is still missing in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from danvan_cli.delivery.bag import pack
from danvan_cli.desk.report import document_path, unit_document
from danvan_cli.desk.rubrics import rubrics_of
from danvan_cli.desk.score import Answers, sheet_of
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.files import read_bytes, write
from danvan_cli.lang import _
from danvan_cli.papers.annexes import full_number
from danvan_cli.papers.bundle import Bundle, behind, differences, lying_ready
from danvan_cli.papers.common import Cited
from danvan_cli.papers.kinds.muc_luc_goi import contents
from danvan_cli.papers.make import make
from danvan_cli.rules.check import check_unit
from danvan_cli.rules.secrets import refuse_secret_file
from danvan_cli.text import clean, squeeze
from danvan_cli.unit.adopt import sha12
from danvan_cli.unit.evidence import FOLDER
from danvan_cli.unit.model import Evidence, UnitRecord
from danvan_cli.word.package import is_untouched
from danvan_cli.word.save import save
from danvan_cli.workspace import shown
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.yamlfile import yaml_file

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Deliverable, Unit
    from danvan_cli.scoring.model import ScoreRecord
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

    Args:
        opened: the workspace.
        unit: the unit's id or name; None is the one whose folder is the current one.
        deliverable: the id or name of what it sends.
        output: where the package is written; `out/goi-<id>.zip` if not said.
        topic: of reports on request, which one.
        older: what becomes of a document that danvan made of an older record.

    Raises:
        UsageError: if the unit does not owe it, or it is not known which report on request is meant.
        InvalidFileError: if its files have errors.
        DanvanError: if the package cannot be written.
    """
    who, what = opened.unit(unit), opened.deliverable(deliverable)
    opened.owed(who, what)
    record = opened.record(who)
    bundle = Bundle()
    remarks = _document(opened, who, what, record, bundle, topic, older)
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
    path = output or opened.workspace.out(who.id) / f"goi-{what.id}.zip"
    changed = write(path, pack(f"{who.id}-{what.id}", bundle.files, info))
    return Packed(path, changed, len(bundle.files), [*bundle.gaps, *bundle.warned], bundle.restricted, remarks)


def _document(
    opened: Open, unit: Unit, what: Deliverable, record: UnitRecord, bundle: Bundle, topic: str | None, older: Older
) -> list[str]:
    """Take the document: as it lies ready, a person may have edited it, else made now; and the signed one."""
    path = _asked_for(opened, unit, what, topic) if what.on_request else document_path(opened, unit, what)
    remarks: list[str] = []
    if not path.exists():
        rendered = _made_now(opened, unit, what, record)
        data, blanks = rendered.data, len(rendered.blanks)
    else:
        refuse_secret_file(path)
        data, blanks = lying_ready(path)
        if not is_untouched(data):
            remarks.append(_("{name}: đã có người sửa, đóng gói bản đang có", name=path.name))
        elif not what.on_request:
            data, blanks, remarks = _as_recorded(opened, unit, what, record, path, (data, blanks), older)
    bundle.add(path.name, data, what.name)
    if blanks:
        bundle.gaps.append(_("{name}: {count} chỗ trống", name=path.name, count=blanks))
    sent = record.sent(what.id)
    if not (sent.number and sent.date):
        bundle.gaps.append(_("chưa có số, ngày ban hành"))
    if sent.file:
        signed = Evidence(title=what.name, number=sent.number, date=sent.date, file=sent.file, sha256=sent.sha256)
        bundle.take(opened.workspace.unit(unit.id) / FOLDER, signed)
    return remarks


def _made_now(opened: Open, unit: Unit, what: Deliverable, record: UnitRecord) -> Rendered:
    if what.kind == "self-score":
        return sheet_of(opened, Answers(opened, rubrics_of(opened), unit).scored)
    return unit_document(opened, unit, record, what)


def _as_recorded(
    opened: Open, unit: Unit, what: Deliverable, record: UnitRecord, path: Path, there: tuple[bytes, int], older: Older
) -> tuple[bytes, int, list[str]]:
    """Hold a document that danvan made against the record of now.

    Raises:
        DanvanError: if it is older than the record, and what is to become of it was not said.
    """
    fresh = _made_now(opened, unit, what, record)
    if fresh.data == there[0]:
        return *there, []
    sent = record.sent(what.id)
    if sent.number and what.kind != "self-score":  # what it was before its number and day came
        others = {name: one for name, one in record.deliverables.items() if name != what.id}
        if unit_document(opened, unit, record.model_copy(update={"deliverables": others}), what).data == there[0]:
            return fresh.data, len(fresh.blanks), []
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


def _asked_for(opened: Open, unit: Unit, what: Deliverable, topic: str | None) -> Path:
    """Find the report on request that is meant among those that were made; none is invented.

    Raises:
        UsageError: if there is none, or several and none was named.
    """
    if topic is not None:
        path = document_path(opened, unit, what, squeeze(clean(topic)))
        made = [path] if path.exists() else []
    else:
        stem = document_path(opened, unit, what).stem
        made = sorted(opened.workspace.out(unit.id).glob(f"{stem}*.docx"))
    if len(made) == 1:
        return made[0]
    if not made:
        raise UsageError(
            _("chưa có báo cáo «{id}» nào để gửi", id=what.id),
            help=_('làm trước: danvan report {unit} --period {id} --topic "…"', unit=unit.id, id=what.id),
        )
    raise UsageError(
        _("có {count} báo cáo «{id}»: {names}", count=len(made), id=what.id, names=", ".join(one.name for one in made)),
        help=_('nói rõ báo cáo nào: thêm --topic "nội dung như khi làm"'),
    )


def _records(opened: Open, unit: Unit, what: Deliverable, record: UnitRecord, bundle: Bundle) -> None:
    """Take the unit's record as it stands, and the evidence behind what is sent; say what the checks have to say."""
    folder = opened.workspace.unit(unit.id)
    data = read_bytes(folder / "unit.yaml")
    bundle.add("unit.yaml", data, _("số liệu, kết quả của đơn vị"))
    found = check_unit(as_read(UnitRecord, yaml_file(shown(folder / "unit.yaml"), data)), opened.plan)
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
