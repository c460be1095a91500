"""What `danvan diff` and `danvan save` do: two readings of a plan compared, from files or git; a version kept without git."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.files import read_bytes
from danvan_cli.findings.finding import InvalidFileError
from danvan_cli.lang import _
from danvan_cli.plan.calendar import today
from danvan_cli.plan.model import Plan
from danvan_cli.plan.shared import fetched_then, register_path
from danvan_cli.saved import Version, repository, save_version
from danvan_cli.text import clean, squeeze
from danvan_cli.workspace import Workspace, shown
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.schema import Model
from danvan_cli.yaml.yamlfile import yaml_file

if TYPE_CHECKING:
    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.changes import Change
    from danvan_cli.scoring.model import RubricFile
    from danvan_cli.yaml.schema import Fetch

_M = TypeVar("_M", bound=Model)


@dataclass(frozen=True)
class PlanSide:
    """A plan as it was read, the rubrics beside it; `complete` if it is known whether there are rubrics."""

    plan: Plan
    rubrics: RubricFile | None
    complete: bool


@dataclass(frozen=True)
class PlanDiff:
    """What changed between two readings, the later plan, whether rubrics were compared."""

    changes: list[Change]
    plan: Plan
    rubrics: bool


def compared(old: str, new: str | None, plan: Path | None) -> PlanDiff:
    """Compare two readings of a plan, and the rubrics beside them where it is known whether there are any.

    Each is a file or a revision; no `new` is the plan in use as it stands (`plan` where one was named).
    """
    from danvan_cli.plan.changes import plan_changes
    from danvan_cli.scoring.rubric_changes import rubric_changes

    was, now = _side(old, plan), _side(new, plan)
    changes = plan_changes(was.plan, now.plan)
    both = was.complete and now.complete
    if both:
        changes += rubric_changes(was.rubrics, now.rubrics, now.plan)
    return PlanDiff(changes, now.plan, both)


def _side(given: str | None, plan: Path | None) -> PlanSide:
    """Read a plan and the rubrics beside it, from files or from a revision."""
    from danvan_cli.scoring.model import RubricFile, rubric_path

    path = Path(given) if given is not None else Workspace.find().plan(plan)
    if given is None or path.exists():
        beside = rubric_path(path)
        scored = _reading(RubricFile, read_bytes(beside), shown(beside)) if beside.exists() else None
        return PlanSide(_reading(Plan, read_bytes(path), shown(path)), scored, scored is not None)
    revision, _colon, name = given.partition(":")
    if (path.suffix in {".yaml", ".yml"} and not name) or not revision:
        raise UsageError(_("không có tệp {path}", path=given[:200]))
    kept = repository(Path.cwd(), revision)
    kept.require(revision)
    place = kept.top / name if name else Workspace.find().plan(plan)
    found = kept.read(revision, place)
    if found is None:
        raise UsageError(
            _("bản «{revision}» không có tệp {path}", revision=revision[:80], path=shown(place)),
            help=_("nêu tên tệp lúc đó: danvan diff {revision}:plans/TÊN.yaml", revision=revision[:80]),
        )
    data, then = found
    rubrics = kept.read(revision, rubric_path(kept.top / then))
    label = f"{revision}:{then}"
    scored = _reading(RubricFile, rubrics[0], f"{revision}:{rubrics[1]}") if rubrics else None
    return PlanSide(_reading(Plan, data, label, fetched_then(kept, revision, then, revision)), scored, complete=True)


def _reading(model: type[_M], data: bytes, label: str, fetch: Fetch | None = None) -> _M:
    read = as_read(model, yaml_file(label, data), fetch)
    if read.record is None:
        errors = [one for one in read.findings if one.severity == "error"]
        raise InvalidFileError(_("{path} có lỗi nên không so được", path=label), errors)
    return read.record


def saved(opened: Open, *, issued: bool, note: str) -> tuple[Version, bool]:
    """Keep a version of the workspace; tell whether it is new. What is said to be issued must say so itself."""
    if issued and opened.plan.state != "issued":
        raise DanvanError(
            _("{path} ghi state: {state}, chưa phải bản đã ban hành", path=shown(opened.path), state=opened.plan.state),
            help=_(
                "kế hoạch đã ban hành thì sửa thành state: issued rồi lưu lại; còn dự thảo thì lưu không có --issued"
            ),
        )
    return save_version(
        opened.workspace.root, today().isoformat(), issued=issued, note=squeeze(clean(note)), others=_above(opened)
    )


def _above(opened: Open) -> list[Path]:
    """Give the register of units that the plan names, where it lies right above the workspace."""
    root, named = opened.workspace.root, opened.plan.register_file
    path = register_path(opened.path, named, root) if named else root
    return [path] if not path.is_relative_to(root.resolve()) and path.is_file() else []
