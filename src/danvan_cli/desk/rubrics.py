"""The rubrics of a plan's year as a command needs them, and which of them scores a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.rules.check_scoring import check_rubrics
from danvan_cli.scoring.choose import choose, rubric_path
from danvan_cli.scoring.model import RubricFile
from danvan_cli.workspace import shown
from danvan_cli.yaml.read import accepted, read

if TYPE_CHECKING:
    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.scoring.model import Rubric


def rubrics_of(opened: Open) -> RubricFile:
    """Read the rubrics of the plan's year, which must have no errors."""
    path = rubric_path(opened.path)
    if not opened.plan.scoring:
        raise UsageError(
            _("kế hoạch này không có chấm điểm, xếp loại"),
            help=_("nếu có, bỏ dòng «scoring: false» trong {path}", path=shown(opened.path)),
        )
    if not path.exists():
        raise UsageError(
            _("chưa có bộ tiêu chí {path}", path=shown(path)),
            help=_(
                "chép rồi sửa bộ tiêu chí mẫu: «danvan init mau --sample» ghi nó vào mau/plans; kiểm tra: danvan check"
            ),
        )
    there = read(RubricFile, path)
    return accepted(path, there, check_rubrics(there, opened.plan))


def rubrics_if_any(opened: Open) -> RubricFile | None:
    """Read the rubrics of the plan's year; None where there are none."""
    return rubrics_of(opened) if opened.plan.scoring and rubric_path(opened.path).exists() else None


def rubric_for(rubrics: RubricFile, plan: Plan, unit: Unit, name: str | None = None) -> Rubric:
    """Choose a unit's rubric."""
    rubric = choose(rubrics, plan, unit, name)
    if rubric is None:
        message = _(
            "không có bộ tiêu chí nào đang có hiệu lực cho khối «{block}» của {unit}", block=unit.block, unit=unit.name
        )
        hint = _("xem «blocks», «from», «to» trong tệp bộ tiêu chí")
        raise UsageError(message, help=hint)
    return rubric
