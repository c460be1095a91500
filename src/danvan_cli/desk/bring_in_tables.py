"""What `danvan import` does with tables: points become a rubric to be completed, a list of units is added to those there are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from danvan_cli.desk.bring_in import ToConfirm, read_source, refuse_written, to_confirm_in
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.files import read_bytes
from danvan_cli.importing.points import is_rubric, prove, read_points
from danvan_cli.importing.sheets import of_csv, of_document, of_workbook
from danvan_cli.importing.unit_list import is_unit_list, read_units
from danvan_cli.importing.written import written_rubric
from danvan_cli.lang import _
from danvan_cli.nd30.lines import letters
from danvan_cli.plan.model import Plan
from danvan_cli.plan.shared import Register, register_path
from danvan_cli.rules.check import check_text
from danvan_cli.rules.levels import leveled, levels_of
from danvan_cli.scoring.model import RubricFile
from danvan_cli.text import secret_mark
from danvan_cli.unit.evidence import MOST_BYTES
from danvan_cli.word.save import save
from danvan_cli.workspace import Workspace, shown
from danvan_cli.yaml.held import Held, put_all
from danvan_cli.yaml.read import as_read, read, refuse
from danvan_cli.yaml.splice import Add, Put
from danvan_cli.yaml.yamlfile import yaml_file

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.importing.proof import Proof
    from danvan_cli.importing.sheets import SourceTable
    from danvan_cli.importing.unit_list import UnitList
    from danvan_cli.word.save import Saved

_Kind = Literal["plan", "rubric", "units"]
_TABLES: Final = {".csv", ".xlsx"}


@dataclass(frozen=True)
class ImportedRubric:
    """What was made of a table of points."""

    path: Path
    saved: Saved
    to_confirm: list[ToConfirm]
    criteria: int
    cells: int
    """How many cells and paragraphs of the source it holds: all of them."""
    proof: Proof
    """The rubric as its file says it, held against its source."""


def kind_of(path: Path) -> _Kind:
    """Tell what a file is: a plan, a table of points, a list of units."""
    if path.suffix.lower() not in _TABLES:
        source = read_source(path)
        named = any(one.cell is None and letters(one.plain) == "kehoach" for one in source.layout.paragraphs[:60])
        return "rubric" if not named and is_rubric(of_document(source)) else "plan"
    sheets = _sheets(path)
    if is_rubric(sheets):
        return "rubric"
    if is_unit_list(sheets):
        return "units"
    raise UsageError(
        _("không rõ {path} là bảng điểm hay danh sách đơn vị", path=path.name),
        help=_(
            "bảng cần dòng đầu nêu tên cột (tiêu chí, điểm tối đa; hoặc tên đơn vị), hay ghi --as rubric, --as units"
        ),
    )


def _sheets(path: Path) -> list[SourceTable]:
    if path.suffix.lower() not in _TABLES:
        return of_document(read_source(path))
    data = read_bytes(path, limit=MOST_BYTES)
    sheets = of_csv(data, path.name) if path.suffix.lower() == ".csv" else of_workbook(data, path.name)
    if any(secret_mark(cell) for sheet in sheets for row in sheet.rows for cell in row):
        raise UsageError(_("{path}: mang dấu chỉ độ mật: không đọc", path=path.name))
    return sheets


def import_rubric(path: Path, output: Path | None = None, *, force: bool = False) -> ImportedRubric:
    """Make a table of points, of which no cell is lost, into a rubric that is to be completed."""
    plan = _plan(Workspace.find(output.absolute().parent if output else None).plan())
    sheets = _sheets(path)
    made = read_points(sheets, plan.id, plan.year, [one.id for one in plan.blocks])
    if made is None:
        raise DanvanError(
            _("{path} không có bảng điểm nào", path=path.name),
            help=_("bảng cần dòng đầu nêu tên cột: tiêu chí, điểm tối đa"),
        )
    if made.lost:
        places = "; ".join(one[:60] for one in made.lost[:10])
        raise DanvanError(
            _("không phải chữ nào của bản gốc cũng có chỗ trong bộ tiêu chí, nên chưa ghi gì: {places}", places=places)
        )
    target = output or Workspace.find().plan().with_name(f"{plan.id}.rubric.yaml")
    if not force:
        refuse_written(target, _("ghi ra tệp khác bằng -o, hoặc thêm --force để ghi đè (bản cũ được giữ lại)"))
    data = written_rubric(made.entry, plan.id, path.name).encode()
    file = yaml_file(shown(target), data)
    there = as_read(RubricFile, file)
    refuse(target, leveled(there.findings, levels_of(target.absolute().parent)))
    if there.record is None:
        raise DanvanError(_("không làm được bộ tiêu chí từ tệp này"))
    saved = save(target, data, force=force)
    proof = prove(file.root["rubrics"][0], sheets)
    return ImportedRubric(target, saved, to_confirm_in(file), len(there.record.rubrics[0].rows), made.cells, proof)


def _plan(path: Path) -> Plan:
    plan = read(Plan, path).record
    if plan is None:
        raise UsageError(_("không đọc được kế hoạch của thư mục làm việc"))
    return plan


def import_units(path: Path, output: Path | None = None) -> tuple[Path, UnitList]:
    """Add a list of units to the workspace's plan, or to the register that it names: give which, and what was found."""
    workspace = Workspace.find(output.absolute().parent if output else None)
    plan_path = output or workspace.plan()
    plan = _plan(plan_path)
    found = read_units(_sheets(path), plan)
    if not (found.units or found.doubles or found.renamed):
        raise DanvanError(
            _("{path} không có đơn vị nào", path=path.name),
            help=_("bảng cần dòng đầu nêu tên cột: tên đơn vị, viết tắt, mã, khối"),
        )
    named = plan.register_file
    target = register_path(plan_path, named) if named else plan_path
    check = partial(check_text, levels=levels_of(workspace.root))  # the rules are for a plan that is done
    held = Held(Plan, plan_path, check)
    listed: Held[Plan] | Held[Register] = Held(Register, target, check) if named else held
    adds: list[Put | Add] = [
        *(Add(("blocks",), one) for one in found.blocks),
        *(Add(("units",), one) for one in found.units),
    ]
    left: list[Put | Add] = []
    if found.settled:  # who was only named is a unit now, by the same id
        left.append(Put(("parties",), [one for one in held.file.root["parties"] if one["id"] not in found.settled]))
    put_all([(listed, adds), (held, left)] if named else [(held, adds + left)])
    return target, found
