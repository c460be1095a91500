"""`danvan diff`: what an edit of the plan changes, for whom, and what they must do now."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from danvan_cli.cli import screen
from danvan_cli.cli.options import Json, Plan
from danvan_cli.errors import Exit, UsageError
from danvan_cli.findings.finding import InvalidFileError
from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.plan.changes import Change
    from danvan_cli.plan.model import Plan as PlanModel
    from danvan_cli.scoring.model import RubricFile

ABOUT = _(
    "CŨ và MỚI là tệp kế hoạch, hoặc một bản trong kho git: main, HEAD~3, HEAD~3:plans/2023.yaml. Không ghi MỚI thì so với "
    "tệp đang có. Đổi thứ tự, ghi chú hay cách xuống dòng không phải là thay đổi. Bộ tiêu chí bên cạnh kế hoạch được so cùng."
)
EXAMPLES = (
    ("danvan diff main", _("so bản ở nhánh main với tệp đang có")),
    ("danvan diff main HEAD --format markdown", _("để dán vào yêu cầu hợp nhất (merge request)")),
)
_MARKS = {"-": ("[-", "-]"), "+": ("{+", "+}"), "=": ("", "")}
_SHOWN = 6
"""So many units are named, the others counted."""


def diff(
    old: Annotated[str, typer.Argument(metavar=_("CŨ"), help=_("tệp, hoặc bản git, trước khi sửa"))],
    new: Annotated[str | None, typer.Argument(metavar=_("MỚI"), help=_("tệp, hoặc bản git, sau khi sửa"))] = None,
    format: Annotated[Literal["text", "json", "markdown"], typer.Option("--format", help=_("dạng kết quả"))] = "text",
    json: Json = False,
    plan: Plan = None,
) -> Exit:
    """Print what changed between two readings of a plan."""
    from danvan_cli.plan.changes import plan_changes
    from danvan_cli.scoring.rubric_changes import rubric_changes

    if old and not old.strip("0"):  # what a code host sends for a new branch
        screen.note(_("nhánh mới, chưa có bản trước để so"))
        return Exit.OK
    was, now = _read(old, plan), _read(new, plan)
    changes = plan_changes(was.plan, now.plan)
    if was.complete and now.complete:
        changes += rubric_changes(was.rubrics, now.rubrics, now.plan)
    else:
        screen.note(_("không so bộ tiêu chí: bên cạnh một trong hai tệp không có"))
    if json or format == "json":
        from json import dumps

        screen.out(dumps({"changes": [one.as_dict() for one in changes]}, ensure_ascii=False, indent=2))
    elif format == "markdown":
        screen.out(_markdown(changes, now.plan))
    else:
        for one in changes:
            screen.out(_told(one, now.plan) + "\n")
        screen.out(_summary(changes, now.plan, same=was.data == now.data))
    return Exit.OK


# Reading -------------------------------------------------------------------------------------------------------------


class _Side(NamedTuple):
    """A plan, the rubrics beside it, the plan's bytes; `complete` if it is known whether there are rubrics."""

    plan: "PlanModel"
    rubrics: "RubricFile | None"
    data: bytes
    complete: bool


def _read(given: str | None, plan: Path | None) -> _Side:
    """Read a plan and the rubrics beside it, from files or from a revision.

    Raises:
        UsageError: if there is no such file or revision.
        InvalidFileError: if the plan has errors that keep it from being read.
    """
    from danvan_cli.files import read_bytes
    from danvan_cli.scoring.choose import rubric_path
    from danvan_cli.workspace import Workspace, shown

    path = Path(given) if given is not None else Workspace.find().plan(plan)
    if given is None or path.exists():
        data = read_bytes(path)
        beside = rubric_path(path)
        other = read_bytes(beside) if beside.exists() else None
        return _Side(_plan(data, shown(path)), _rubrics(other, shown(beside)), data, other is not None)
    from danvan_cli.revisions import Repository

    revision, _colon, name = given.partition(":")
    if (path.suffix in {".yaml", ".yml"} and not name) or not revision:
        raise UsageError(_("không có tệp {path}", path=given[:200]))
    repository = Repository.find(Path.cwd())
    repository.require(revision)
    place = repository.top / name if name else Workspace.find().plan(plan)
    found = repository.read(revision, place)
    if found is None:
        raise UsageError(
            _("bản «{revision}» không có tệp {path}", revision=revision[:80], path=shown(place)),
            help=_("nêu tên tệp lúc đó: danvan diff {revision}:plans/TÊN.yaml", revision=revision[:80]),
        )
    data, then = found
    rubrics = repository.read(revision, rubric_path(repository.top / then))
    label = f"{revision}:{then}"
    scored = _rubrics(rubrics[0], f"{revision}:{rubrics[1]}") if rubrics else None
    return _Side(_plan(data, label), scored, data, complete=True)


def _plan(data: bytes, label: str) -> "PlanModel":
    from danvan_cli.plan.model import Plan
    from danvan_cli.yaml.read import as_read
    from danvan_cli.yaml.yamlfile import YamlFile

    read = as_read(Plan, YamlFile(label, data))
    if read.record is None:
        errors = [one for one in read.findings if one.severity == "error"]
        raise InvalidFileError(_("{path} có lỗi nên không so được", path=label), errors)
    return read.record


def _rubrics(data: bytes | None, label: str) -> "RubricFile | None":
    from danvan_cli.scoring.model import RubricFile
    from danvan_cli.yaml.read import as_read
    from danvan_cli.yaml.yamlfile import YamlFile

    if data is None:
        return None
    read = as_read(RubricFile, YamlFile(label, data))
    if read.record is None:
        errors = [one for one in read.findings if one.severity == "error"]
        raise InvalidFileError(_("{path} có lỗi nên không so được", path=label), errors)
    return read.record


# Telling -------------------------------------------------------------------------------------------------------------


def _whom(one: "Change", plan: "PlanModel") -> str:
    """Say whom a change concerns: all, some by name, or how many."""
    if not one.units:
        return ""
    if len(one.units) == len(plan.units):
        return _("tất cả {count} đơn vị", count=len(plan.units))
    names = [plan.unit_by_id[unit].name if unit in plan.unit_by_id else unit for unit in one.units]
    more = len(names) - _SHOWN
    return "; ".join(names[:_SHOWN]) + (_("; và {count} đơn vị khác", count=more) if more > 0 else "")


def _told(one: "Change", plan: "PlanModel") -> str:
    """Lay one change out for the screen."""
    lines = [screen.wrapped(f"{one.id}: {one.text}", indent="  ")]
    if one.words:
        marked = " ".join(f"{_MARKS[how][0]}{text}{_MARKS[how][1]}" for how, text in one.words)
        lines.append(screen.wrapped(f"    {marked}", indent="    "))
    if whom := _whom(one, plan):
        lines.append(screen.wrapped(_("  cho: {whom}", whom=whom), indent="       "))
    if one.todo:
        lines.append(screen.wrapped(_("  phải làm: {todo}", todo=one.todo), indent="       "))
    return "\n".join(lines)


def _summary(changes: "Sequence[Change]", plan: "PlanModel", *, same: bool) -> str:
    """Count the changes and whom they concern."""
    from danvan_cli.plan.changes import concerned

    if same and not changes:
        return _("hai bản giống hệt nhau")
    if not changes:
        return screen.wrapped(_("không có gì thay đổi: chỉ khác thứ tự, ghi chú hoặc cách viết tệp"))
    return _(
        "{count} thay đổi; liên quan {units}/{all} đơn vị",
        count=len(changes),
        units=len(concerned(changes)),
        all=len(plan.units),
    )


def _markdown(changes: "Sequence[Change]", plan: "PlanModel") -> str:
    """Write the changes as Markdown for a merge request."""
    head = [f"### {_('Thay đổi của kế hoạch {id}', id=_escaped(plan.id))}", "", _summary(changes, plan, same=False)]
    if not changes:
        return "\n".join(head)
    rows = [f"| {_('Mục')} | {_('Thay đổi')} | {_('Cho')} | {_('Phải làm')} |", "|---|---|---|---|"]
    for one in changes:
        said = _escaped(one.text)
        if one.words:
            said += "<br>" + " ".join(_worded(how, text) for how, text in one.words)
        rows.append(f"| {_escaped(one.id)} | {said} | {_escaped(_whom(one, plan))} | {_escaped(one.todo)} |")
    return "\n".join([*head, "", *rows])


def _worded(how: str, text: str) -> str:
    shown = _escaped(text)
    return {"-": f"<del>{shown}</del>", "+": f"<ins>{shown}</ins>", "=": shown}[how]


def _escaped(text: str) -> str:
    """Make a text of the plan harmless in Markdown: no markup, no link, no mention, no cell of its own."""
    from danvan_cli.text import clean

    plain = " ".join(clean(text).split())
    escaped = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for sign in "\\`*_{}[]()#+!|~@":
        escaped = escaped.replace(sign, f"&#{ord(sign)};") if sign in "@|" else escaped.replace(sign, f"\\{sign}")
    return escaped
