"""What the Tab key offers: names of the plan, read without checking it, and nothing at all where there is no plan.

Each function is an `autocompletion` of Typer's: from what was typed to the names that fit it, with what they mean.
Letters without marks find those with marks. A shell that waits must hear no error: whatever fails offers nothing.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import typer

from danvan_cli.lang import _
from danvan_cli.text import clean, fold

Offer: TypeAlias = list[tuple[str, str]]
_ABOUT = 60
"""Letters of what a name means: the shell sets it beside the name."""


def _offering(known: Callable[[typer.Context], Iterable[tuple[Any, Any]]]) -> Callable[[typer.Context, str], Offer]:
    """Make a completion of a function that lists all names with their meaning."""

    def complete(ctx: typer.Context, incomplete: str) -> Offer:
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


@_offering
def units(ctx: typer.Context) -> Iterable[tuple[Any, Any]]:
    """Offer the plan's units; where the unit may be left out before a task, the tasks of the unit that stands here."""
    from danvan_cli.workspace import Workspace

    plan = _plan(ctx)
    leaves_out = any(param.name == "task" for param in ctx.command.params) and Workspace.find().unit_here()
    return [*((one["id"], one["name"]) for one in plan["units"]), *(_tasks(ctx, plan) if leaves_out else ())]


@_offering
def blocks(ctx: typer.Context) -> Iterable[tuple[Any, Any]]:
    """Offer the plan's blocks."""
    return ((one["id"], one["name"]) for one in _plan(ctx)["blocks"])


@_offering
def tasks(ctx: typer.Context) -> Iterable[tuple[Any, Any]]:
    """Offer the tasks of the unit that was named, else all."""
    return _tasks(ctx, _plan(ctx))


@_offering
def periods(ctx: typer.Context) -> Iterable[tuple[Any, Any]]:
    """Offer the plan's periods."""
    return ((one["id"], one["name"]) for one in _plan(ctx)["periods"])


@_offering
def deliverables(ctx: typer.Context) -> Iterable[tuple[Any, Any]]:
    """Offer what the unit that was named owes, else what any owes."""
    plan = _plan(ctx)
    return ((one["id"], one["name"]) for one in _bound(ctx, plan, plan["deliverables"]))


@_offering
def reports(ctx: typer.Context) -> Iterable[tuple[Any, Any]]:
    """Offer the documents that `danvan report` makes."""
    plan = _plan(ctx)
    made = (one for one in plan["deliverables"] if one["kind"] != "self-score" and "every" not in one)
    return ((one["id"], one["name"]) for one in _bound(ctx, plan, made))


@_offering
def areas(ctx: typer.Context) -> Iterable[tuple[Any, Any]]:
    """Offer the plan's areas."""
    return ((one["id"], one["title"]) for one in _items(_plan(ctx)) if "title" in one and "owners" not in one)


@_offering
def indicators(ctx: typer.Context) -> Iterable[tuple[Any, Any]]:
    """Offer the plan's indicators, ready for a figure behind the sign."""
    return ((f"{one['id']}=", f"{one['name']} ({one['unit']})") for one in _plan(ctx)["indicators"]["items"])


@_offering
def indicator_ids(ctx: typer.Context) -> Iterable[tuple[Any, Any]]:
    """Offer the plan's indicators."""
    return ((one["id"], f"{one['name']} ({one['unit']})") for one in _plan(ctx)["indicators"]["items"])


@_offering
def rule_codes(ctx: typer.Context) -> Iterable[tuple[Any, Any]]:
    """Offer the codes of all rules."""
    del ctx
    from danvan_cli.findings.rule import catalogue

    return ((rule.code, _(rule.name)) for rule in catalogue().values())


@_offering
def template_names(ctx: typer.Context) -> Iterable[tuple[Any, Any]]:
    """Offer the names of the templates."""
    del ctx
    from danvan_cli.papers.catalogue import paper_kinds

    return ((name, paper.about) for name, paper in paper_kinds().items())


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


def _tasks(ctx: typer.Context, plan: Any) -> Iterable[tuple[Any, Any]]:
    every = (one for one in _items(plan) if "owners" in one)
    return (
        (one["id"], one.get("label") or one.get("title") or one.get("text", "")) for one in _bound(ctx, plan, every)
    )


def _items(plan: Any) -> Iterable[Any]:
    """Walk what stands in the plan's sections of tasks, rows of tables too."""
    open_ = [
        one for section in reversed(plan["sections"]) if section["kind"] == "tasks" for one in section["items"][::-1]
    ]
    while open_:
        one = open_.pop()
        yield one
        open_ += [*one.get("items", ())][::-1] + [*one.get("table", {}).get("rows", ())][::-1]


def _bound(ctx: typer.Context, plan: Any, items: Iterable[Any]) -> Iterable[Any]:
    """Leave out what the unit that was named, or stands here, has nothing to do with."""
    from danvan_cli.workspace import Workspace

    # An option that still lacks its value keeps Typer from telling the arguments apart: they are in `args` then.
    given = {ctx.params.get("unit"), *ctx.args} - {None} or {Workspace.find().unit_here()}
    unit = next((one for one in plan["units"] if given & {one["id"], one["name"]}), None)
    mine = {"all", unit["id"], unit["block"]} if unit else None
    return (one for one in items if mine is None or mine & set(one["owners"]))
