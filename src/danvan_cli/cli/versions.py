"""The plan then and now: `danvan save`, `diff`."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.common import opened_plan
from danvan_cli.cli.options import PLAN, argument, flag, help_page, option
from danvan_cli.errors import Exit
from danvan_cli.lang import _
from danvan_cli.text import clean, few
from danvan_cli.workspace import Workspace, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.plan.changes import Change
    from danvan_cli.plan.model import Plan as PlanModel


@help_page(
    ('danvan save --issued --note "Kế hoạch số 11"', _("lưu bản vừa ban hành")),
    ("danvan save", _("lưu bản đang làm; không có gì mới thì không lưu")),
    ("danvan save --list", _("các bản đã lưu")),
    about=_(
        "Dành cho máy không có git. Kế hoạch, bộ tiêu chí, tệp đơn vị, mẫu riêng được chép vào ban-luu/NGÀY-SỐ, mở xem hoặc chép"
        " lại bằng tay được. So với một bản: danvan diff 2023-03-01-1, danvan check --against 2023-03-01-1; ban-hanh là bản lưu mới"
        " nhất có --issued. Bản lưu bị sửa thì không được dùng để so."
    ),
)
def save(
    issued: bool = flag("--issued", _("đây là bản đã ban hành")),
    note: str = option("--note", _("ghi chú về bản này"), _("CHỮ"), default=""),
    listed: bool = flag("--list", _("chỉ liệt kê các bản đã lưu")),
    plan: Path | None = PLAN,
) -> None:
    """Keep a version of the workspace."""
    from danvan_cli.desk.diff import saved
    from danvan_cli.saved import SAVED_FOLDER, versions

    root = Workspace.find(plan and plan.absolute().parent).root
    new = False
    if not listed:
        one, new = saved(opened_plan(plan), issued=issued, note=note)
        told = _("đã lưu {count} tệp", count=len(one.files)) if new else _("không có gì mới từ bản này, không lưu thêm")
        screen.out(f"{shown(root / SAVED_FOLDER / one.name)}: {told}")
    every = versions(root)
    as_json.give(versions=[], saved=every[-1].name if new else None)
    for it in every:
        as_json.add("versions", {"id": it.name, "issued": it.issued, "note": it.note or None, "files": len(it.files)})
    if listed:
        rows = [(it.name, _("đã ban hành") if it.issued else "", it.note, str(len(it.files))) for it in every]
        heads = (_("Bản"), "", _("Ghi chú"), _("Số tệp"))
        screen.table(heads, rows, right=(3,), whole=(0,)) if rows else screen.out(_("chưa lưu bản nào"))


_SHOWN = 6
"""So many units are named, the others counted."""


@help_page(
    ("danvan diff main", _("so bản ở nhánh main với tệp đang có")),
    ("danvan diff main HEAD --format markdown", _("để dán vào yêu cầu hợp nhất (merge request)")),
    about=_(
        "CŨ và MỚI là tệp kế hoạch, hoặc một bản trong kho git: main, HEAD~3, HEAD~3:plans/2023.yaml. Không ghi MỚI thì so với "
        "tệp đang có. Đổi thứ tự, ghi chú hay cách xuống dòng không phải là thay đổi. Bộ tiêu chí bên cạnh kế hoạch được so cùng."
    ),
)
def diff(
    old: str = argument(_("CŨ"), _("tệp, hoặc bản git, trước khi sửa"), default=...),
    new: str | None = argument(_("MỚI"), _("tệp, hoặc bản git, sau khi sửa")),
    format: Literal["text", "json", "markdown"] = option("--format", _("dạng kết quả"), default="text"),
    plan: Path | None = PLAN,
) -> Exit:
    """Print what changed between two readings of a plan."""
    as_json.want(format == "json")
    if old and not old.strip("0"):  # what a code host sends for a new branch
        screen.note(_("nhánh mới, chưa có bản trước để so"))
        as_json.give(changes=[])
        return Exit.OK
    from danvan_cli.desk.diff import compared

    found = compared(old, new, plan)
    changes, now = found.changes, found.plan
    if not found.rubrics:
        screen.note(_("không so bộ tiêu chí: bên cạnh một trong hai tệp không có"))
    as_json.give(changes=changes)
    if format == "markdown":
        screen.copied(_markdown(changes, now))
    else:
        for one in changes:
            screen.out(_told(one, now) + "\n")
        screen.out(_summary(changes, now))
    return Exit.OK


def _whom(one: "Change", plan: "PlanModel") -> str:
    """Say whom a change concerns: all, some by name, or how many."""
    if not one.units:
        return ""
    if len(one.units) == len(plan.units):
        return _("tất cả {count} đơn vị", count=len(plan.units))
    names = [plan.unit_by_id[unit].name if unit in plan.unit_by_id else unit for unit in one.units]
    return few(names, _SHOWN)


def _told(one: "Change", plan: "PlanModel") -> str:
    """Lay one change out for the screen."""
    lines = [screen.wrapped(f"{one.id}: {one.text}", indent="  ")]
    if one.words:
        lines.append(screen.wrapped(f"    {screen.marked(one.words)}", indent="    "))
    if whom := _whom(one, plan):
        lines.append(screen.wrapped(_("  cho: {whom}", whom=whom), indent="       "))
    if one.todo:
        lines.append(screen.wrapped(_("  phải làm: {todo}", todo=one.todo), indent="       "))
    return "\n".join(lines)


def _summary(changes: "Sequence[Change]", plan: "PlanModel") -> str:
    """Count the changes and whom they concern."""
    from danvan_cli.plan.changes import concerned

    if not changes:
        return screen.wrapped(_("không có gì thay đổi; thứ tự, ghi chú, cách viết tệp không tính"))
    units, every = len(concerned(changes)), len(plan.units)
    return _("{count} thay đổi; liên quan {units}/{all} đơn vị", count=len(changes), units=units, all=every)


def _markdown(changes: "Sequence[Change]", plan: "PlanModel") -> str:
    """Write the changes as Markdown for a merge request."""
    head = [f"### {_('Thay đổi của kế hoạch {id}', id=_escaped(plan.id))}", "", _summary(changes, plan)]
    if not changes:
        return "\n".join(head)
    rows = [f"| {_('Mục')} | {_('Thay đổi')} | {_('Cho')} | {_('Phải làm')} |", "|---|---|---|---|"]
    for one in changes:
        said = _escaped(one.text)
        if one.words:
            tags = {"-": "<del>{}</del>", "+": "<ins>{}</ins>", "=": "{}"}
            said += "<br>" + " ".join(tags[how].format(_escaped(text)) for how, text in one.words)
        rows.append(f"| {_escaped(one.id)} | {said} | {_escaped(_whom(one, plan))} | {_escaped(one.todo)} |")
    return "\n".join([*head, "", *rows])


def _escaped(text: str) -> str:
    """Make a text of the plan harmless in Markdown: no markup, no link, no mention, no cell of its own."""
    plain = " ".join(clean(text).split())
    escaped = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for sign in "\\`*_{}[]()#+!|~@":
        escaped = escaped.replace(sign, f"&#{ord(sign)};") if sign in "@|" else escaped.replace(sign, f"\\{sign}")
    return escaped
