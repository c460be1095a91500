"""What `danvan save` does: keeps a version of the workspace where there is no git, and lists those that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.errors import DanvanError
from danvan_cli.lang import _
from danvan_cli.plan.calendar import today
from danvan_cli.plan.shared import register_path
from danvan_cli.saved import Version, save_version
from danvan_cli.text import clean, squeeze
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.desk.opened import Open


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
