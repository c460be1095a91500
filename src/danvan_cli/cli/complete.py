"""What the Tab key offers: names of the plan, read without checking it, and nothing at all where there is no plan.

Each function is an `autocompletion` of Typer's: from what was typed to the names that fit it, with what they mean.
Letters without marks find those with marks. A shell that waits must hear no error: whatever fails offers nothing.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import typer

from danvan_cli.text import clean, fold

Completion: TypeAlias = Callable[[typer.Context, str], list[tuple[str, str]]]
_ABOUT = 60
"""Letters of what a name means: the shell sets it beside the name."""


def _offering(known: Callable[[typer.Context], Iterable[tuple[Any, Any]]]) -> Completion:
    """Make a completion of a function that lists all names with their meaning."""

    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        try:
            typed = fold(clean(incomplete))
            return [
                (str(name), " ".join(clean(str(about)).split())[:_ABOUT])
                for name, about in known(ctx)
                if fold(str(name)).startswith(typed)
            ]
        except Exception:  # noqa: BLE001 - see above
            return []

    return complete


def _of_plan(listed: Callable[[Any], Iterable[Any]], about: str = "{name}") -> Completion:
    """Make a completion of a function that lists things of the plan; `about` says what they mean."""
    return _offering(lambda ctx: ((one["id"], about.format_map(one)) for one in listed(_plan(ctx))))


@_offering
def units(ctx: typer.Context) -> Iterable[tuple[Any, Any]]:
    """Offer the plan's units; where the unit may be left out before a task, in a unit's folder the tasks too."""
    from danvan_cli.workspace import Workspace

    plan = _plan(ctx)
    leaves_out = any(param.name == "task" for param in ctx.command.params) and Workspace.find().unit_here()
    return [*((one["id"], one["name"]) for one in plan["units"]), *(_tasks(plan) if leaves_out else ())]


block_ids = _of_plan(lambda plan: plan["blocks"])
periods = _of_plan(lambda plan: plan["periods"])
deliverables = _of_plan(lambda plan: plan["deliverables"])
report_ids = _of_plan(
    lambda plan: (one for one in plan["deliverables"] if one["kind"] != "self-score" and "every" not in one)
)
"""The documents that `danvan report` makes."""
indicators = _of_plan(lambda plan: plan["indicators"]["items"], about="{name} ({unit})")


@_offering
def tasks(ctx: typer.Context) -> Iterable[tuple[Any, Any]]:
    """Offer the plan's tasks."""
    return _tasks(_plan(ctx))


def _plan(ctx: typer.Context) -> Any:
    """Read the plan in use as it stands, unchecked; fails where there is none."""
    from danvan_cli.files import read_bytes
    from danvan_cli.workspace import Workspace
    from danvan_cli.yaml.yamlfile import YamlFile

    path = Workspace.find().plan(ctx.params.get("plan"))
    root = YamlFile(path, read_bytes(path)).root
    if "register" not in root:
        return root
    from danvan_cli.plan.shared import fetched

    return root | fetched(path)(root["register"]).root


def _tasks(plan: Any) -> Iterable[tuple[Any, Any]]:
    every = (one for one in _items(plan) if "owners" in one)
    return ((one["id"], one.get("label") or one.get("title") or one.get("text", "")) for one in every)


def _items(plan: Any) -> Iterable[Any]:
    """Walk what stands in the plan's sections of tasks, rows of tables too."""

    def walk(items: Iterable[Any]) -> Iterable[Any]:
        for one in items:
            yield one
            yield from walk([*one.get("table", {}).get("rows", ()), *one.get("items", ())])

    return walk(one for section in plan["sections"] if section["kind"] == "tasks" for one in section["items"])
