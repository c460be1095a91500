"""What was recorded in a unit's file, told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.made import tell_backup
from danvan_cli.findings.finding import severity_name
from danvan_cli.lang import _
from danvan_cli.text import clean
from danvan_cli.unit.recording import told_again
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from danvan_cli.desk.log import Logged
    from danvan_cli.plan.model import Plan


def tell_logged(done: Logged, plan: Plan) -> None:
    """Print each change in a clerk's words, and on stderr what there is to remark on it."""
    changes = [{"path": one.loc, "value": getattr(one, "item", getattr(one, "value", None))} for one in done.changes]
    as_json.give(unit=done.path.parent.name, path=done.path, changes=changes, files=done.files, findings=done.found,
                 remarks=done.remarks, backup=done.backup)  # fmt: skip
    lines = [line for one in done.changes if (line := told_again(done.before, one, plan))]
    lines = lines or [_("đã chép lại {path}", path=shown(one)) for one in done.files]
    for line in lines:
        screen.out(line)
    path = shown(done.path)
    if lines:
        screen.out(_("{path}: đã ghi {count} thay đổi", path=path, count=len(lines)))
    else:
        screen.out(_("{path}: không có gì thay đổi", path=path))
    for finding in done.found:
        spot = finding.spot
        place = f"{finding.path}:{spot.line}:{spot.column}: {finding.rule} {severity_name(finding.severity)}"
        screen.note(f"{place}: {clean(finding.message)}")
        if finding.help:
            screen.note(f"  help: {clean(finding.help)}")
    tell_backup(done.backup)
    for remark in done.remarks:
        screen.note(remark)
