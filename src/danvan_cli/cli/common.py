"""What several commands begin with: the workspace, its plan without errors, a unit and its file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_cli.errors import InvalidFileError, UsageError
from danvan_cli.files import read_bytes, safe_name
from danvan_cli.lang import _
from danvan_cli.plan.load import as_plan, read_calendar
from danvan_cli.text import nearest
from danvan_cli.unit.load import as_unit
from danvan_cli.workspace import Workspace, shown
from danvan_cli.yamlfile import YamlFile

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.calendar import Calendar
    from danvan_cli.findings import Finding
    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.unit.model import UnitRecord


@dataclass(frozen=True)
class Open:
    """A workspace with its plan, which has no errors; `data` are the bytes of the plan's file."""

    workspace: Workspace
    path: Path
    data: bytes
    plan: Plan
    calendar: Calendar

    def unit(self, given: str | None) -> Unit:
        """Find a unit by its id or name; without one, the unit whose folder is the current one.

        Raises:
            UsageError: if there is none of that name.
        """
        name = given or self.workspace.unit_here()
        if name is None:
            raise UsageError(
                _("chưa nói đơn vị nào"),
                help=_("ghi mã đơn vị sau tên lệnh, ví dụ so-y-te; xem các mã: danvan show --units"),
            )
        by_name = {unit.name: unit.id for unit in self.plan.units}
        unit = self.plan.unit_by_id.get(by_name.get(name, name))
        if unit is not None:
            return unit
        near = nearest(name, [*self.plan.unit_by_id, *by_name], most=3)
        ids = dict.fromkeys(by_name.get(one, one) for one in near)
        if not ids:
            safe_name(name)
        raise UsageError(
            _("không có đơn vị «{name}» trong kế hoạch {plan}", name=name[:80], plan=self.plan.id),
            help=_("có phải: {near}?", near=", ".join(f"{one} ({self.plan.unit_by_id[one].name})" for one in ids))
            if ids
            else _("xem các mã đơn vị: danvan show --units"),
        )

    def record(self, unit: Unit) -> UnitRecord:
        """Read a unit's file, which must have no errors.

        Raises:
            UsageError: if the unit has no file yet.
            InvalidFileError: if it has errors.
        """
        path = self.workspace.unit(unit.id) / "unit.yaml"
        if not path.exists():
            raise UsageError(
                _("{unit} chưa có tệp {path}", unit=unit.name, path=shown(path)),
                help=_("tạo tệp này: danvan init-unit {id}", id=unit.id),
            )
        from danvan_cli.rules.check import check_unit

        read = as_unit(YamlFile(shown(path), read_bytes(path)))
        refuse(path, check_unit(read, self.plan))
        if read.record is None:
            raise UsageError(_("không đọc được {path}", path=shown(path)))
        return read.record


def open_plan(given: Path | None = None) -> Open:
    """Find the workspace, read its plan and calendar.

    Raises:
        UsageError: if there is no workspace or no plan, or it cannot be read.
        InvalidFileError: if the plan has errors.
    """
    from danvan_cli.rules.check import check_plan

    workspace = Workspace.find(given.absolute().parent if given and given.is_file() else None)
    path = workspace.plan(given)
    data = read_bytes(path)
    calendar, _found = read_calendar(workspace.calendar)
    read = as_plan(YamlFile(shown(path), data))
    refuse(path, check_plan(read, calendar))
    if read.plan is None:
        raise UsageError(_("không đọc được {path}", path=shown(path)))
    return Open(workspace, path, data, read.plan, calendar)


def refuse(path: Path, found: list[Finding]) -> None:
    """Stop where a file has errors.

    Raises:
        InvalidFileError: with the errors.
    """
    errors = [one for one in found if one.severity == "error"]
    if errors:
        raise InvalidFileError(_("{path} có {count} lỗi, phải sửa trước", path=shown(path), count=len(errors)), errors)
