"""What `extend`, `exempt` and `request` share: an entry of the plan that rests on a document, checked and written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from danvan_cli.cli import screen
from danvan_cli.errors import UsageError
from danvan_cli.lang import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from danvan_cli.desk.opened import Open
    from danvan_cli.findings.finding import Finding


def add(opened: Open, key: str, entry: dict[str, Any], told: str) -> None:
    """Write an entry into the plan's list of that key; what the check says of it is told.

    Raises:
        InvalidFileError: if the plan would have errors; nothing is written then.
        DanvanError: if it cannot be written.
    """
    from danvan_cli.plan.model import Plan
    from danvan_cli.rules.check import check_plan
    from danvan_cli.rules.levels import leveled, levels_of
    from danvan_cli.workspace import shown
    from danvan_cli.yaml.read import as_read, refuse
    from danvan_cli.yaml.splice import Add, spliced, swap
    from danvan_cli.yaml.yamlfile import YamlFile

    def checked(data: bytes) -> list[Finding]:
        return leveled(
            check_plan(as_read(Plan, YamlFile(shown(opened.path), data)), opened.calendar),
            levels_of(opened.workspace.root),
        )

    data = spliced(YamlFile(shown(opened.path), opened.data), [Add((key,), entry)])
    known = {(one.rule, one.message) for one in checked(opened.data)}
    found = checked(data)
    refuse(opened.path, found)
    swap(opened.path, opened.data, data)
    screen.out(f"{shown(opened.path)}: {told}")
    for one in found:
        if (one.rule, one.message) not in known:
            screen.note(f"{one.path}:{one.spot.line}: {one.rule} {one.message}")


def dated(by: str | None, before: str | None, *, needed: bool = True) -> dict[str, dt.date]:
    """Read the day of an entry: one of two ways to say it.

    Raises:
        UsageError: if both are given, or none where one is needed.
    """
    from danvan_cli.unit.typed import day

    if (by is not None and before is not None) or (needed and by is None and before is None):
        raise UsageError(_("ghi một trong hai: --by (chậm nhất ngày) hoặc --before (trước ngày)"))
    return {"by": day(by)} if by else {"before": day(before)} if before else {}


def authority(kind: str, number: str, date: str) -> dict[str, Any]:
    """Give the document that an entry rests on."""
    from danvan_cli.unit.typed import day

    return {"type": " ".join(kind.split()), "number": "".join(number.split()), "date": day(date)}


def units_of(opened: Open, names: Sequence[str]) -> list[str]:
    """Find units by id or name, each once."""
    return list(dict.fromkeys(opened.unit(name).id for name in names))
