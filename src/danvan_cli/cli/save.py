"""`danvan save`: keeps a version of the workspace, where there is no git, to compare with later."""

from pathlib import Path

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.common import opened_plan
from danvan_cli.cli.options import PLAN, flag, help_page, option
from danvan_cli.lang import _
from danvan_cli.workspace import Workspace, shown


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
    from danvan_cli.desk.save import saved
    from danvan_cli.saved import FOLDER, versions

    root = Workspace.find(plan and plan.absolute().parent).root
    new = False
    if not listed:
        one, new = saved(opened_plan(plan), issued=issued, note=note)
        told = _("đã lưu {count} tệp", count=len(one.files)) if new else _("không có gì mới từ bản này, không lưu thêm")
        screen.out(f"{shown(root / FOLDER / one.name)}: {told}")
    every = versions(root)
    as_json.give(versions=[], saved=every[-1].name if new else None)
    for it in every:
        as_json.add("versions", {"id": it.name, "issued": it.issued, "note": it.note or None, "files": len(it.files)})
    if listed:
        rows = [(it.name, _("đã ban hành") if it.issued else "", it.note, str(len(it.files))) for it in every]
        heads = (_("Bản"), "", _("Ghi chú"), _("Số tệp"))
        screen.table(heads, rows, right=(3,), whole=(0,)) if rows else screen.out(_("chưa lưu bản nào"))
