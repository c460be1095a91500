"""A unit's year as Excel files, out and back: `danvan workbook`, `fill`."""

from pathlib import Path
from typing import Literal

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.common import opened_plan, tell_saved
from danvan_cli.cli.filled import taken_as_dict, tell_filled, tell_taken
from danvan_cli.cli.options import FORCE, OUTPUT, PLAN, UNIT, argument, flag, help_page, must_end_in, option
from danvan_cli.errors import DanvanError, Exit, UsageError
from danvan_cli.lang import _
from danvan_cli.workspace import shown


@help_page(
    ("danvan workbook so-y-te", _("sổ của Sở Y tế: units/so-y-te/out/so-lieu.xlsx")),
    ("danvan workbook so-y-te --by-lead", _("mỗi phòng chủ trì một sổ, và một sổ chung; fill ghép lại")),
    (
        "danvan workbook so-y-te --to gui-di",
        _("thư mục gửi đi: sổ, dự thảo Word, giấy hướng dẫn một trang; --all: mọi đơn vị"),
    ),
    about=_(
        "Sổ có sẵn những gì đã ghi, danh sách chọn, điểm tự tính và nhắc chỗ còn thiếu. Người nhận điền bằng Excel,"
        " LibreOffice, WPS hoặc Google Trang tính rồi gửi lại; danvan fill ghi vào, hai người sửa hai bản cũng ghép được."
    ),
)
def workbook(
    unit: str | None = UNIT,
    every: bool = flag("--all", _("mọi đơn vị đã có tệp: mỗi đơn vị một thư mục gửi đi trong build/gui-don-vi")),
    by_lead: bool = flag("--by-lead", _("chia sổ theo phòng, người chủ trì nhiệm vụ")),
    to: Path | None = option("--to", _("nơi đặt các thư mục gửi đi, mỗi đơn vị một thư mục"), _("THƯ-MỤC")),
    output: Path | None = OUTPUT,
    plan: Path | None = PLAN,
    force: bool = FORCE,
) -> Exit:
    """Write a unit's workbook."""
    from danvan_cli.desk import workbook as desk
    from danvan_cli.desk.score import rubrics_if_any

    for wrong, message in (
        (every and unit, _("--all không dùng cùng tên đơn vị")),
        (output and (every or to or by_lead), _("-o không dùng cùng --all, --to, --by-lead")),
    ):
        if wrong:
            raise UsageError(message)
    must_end_in(output, ".xlsx")
    opened = opened_plan(plan)
    rubrics = rubrics_if_any(opened)
    if not every:
        one = desk.unit_files(opened, rubrics, opened.unit(unit))
        path = output or opened.workspace.out(one.unit.id) / desk.WORKBOOK_NAME
        make, where = (desk.sending_folder, to / one.unit.id) if to else (desk.workbooks, path)
        for saved in make(one, where, by_lead=by_lead, force=force):
            tell_saved(saved)
        return Exit.OK
    place = to or opened.workspace.root / "build" / "gui-don-vi"
    units = opened.with_files()
    failed: list[tuple[str, DanvanError]] = []
    for who in screen.progress(units, _("làm sổ")):
        with screen.kept(failed, who.id):
            list(
                desk.sending_folder(desk.unit_files(opened, rubrics, who), place / who.id, by_lead=by_lead, force=force)
            )
    errors = dict(failed)
    as_json.give(folders=[{"unit": who, "path": place / who.id, "error": errors.get(who.id)} for who in units])
    count = len(units) - len(failed)
    screen.out(_("{path}: {count} thư mục, mỗi thư mục một đơn vị, sẵn sàng gửi", path=shown(place), count=count))
    if without := len(opened.plan.units) - len(units):
        screen.note(_("{count} đơn vị chưa có tệp nên chưa có sổ: danvan init-unit --all", count=without))
    return screen.failures(failed)


@help_page(
    ("danvan fill units/so-y-te/out/so-lieu.xlsx", _("ghi sổ đã điền vào tệp của đơn vị")),
    ("danvan fill units/so-y-te/out/so-lieu.xlsx --dry-run", _("chỉ xem sẽ ghi gì")),
    about=_(
        "So từng ô với lúc sổ được gửi và với tệp hiện nay: chỉ ô đã sửa mới được ghi, hai người sửa hai chỗ thì ghép lại,"
        " cùng sửa một ô thì hỏi. Sổ không sửa gì thì không đổi gì. Điểm được tính lại, không lấy số trong sổ."
    ),
)
def fill(
    files: list[Path] = argument(_("TỆP.xlsx"), _("sổ đã điền; nhiều sổ thì ghép lần lượt"), default=...),
    dry_run: bool = flag("--dry-run", _("chỉ cho xem sẽ ghi gì, không ghi")),
    partial: bool = flag("--partial", _("ghi những ô đúng, dù còn ô sai hoặc ô hai bên cùng sửa")),
    prefer: Literal["workbook", "file"] | None = option(
        "--prefer", _("hai bên cùng sửa một ô thì lấy: workbook (sổ) hoặc file (tệp hiện nay)")
    ),
    carry: bool = flag("--carry", _("sổ theo bản kế hoạch hoặc bộ tiêu chí cũ: ghi những mục vẫn như cũ")),
    unit: str | None = option("--unit", _("chỉ nhận sổ của đơn vị này"), _("ĐƠN-VỊ")),
    plan: Path | None = PLAN,
) -> Exit:
    """Take workbooks in."""
    from danvan_cli.desk.fill import Filling
    from danvan_cli.desk.score import rubrics_if_any

    opened = opened_plan(plan)
    only = opened.unit(unit).id if unit else None
    filling = Filling(opened, rubrics_if_any(opened), partial=partial, prefer=prefer, carry=carry, only=only)
    failed: list[tuple[str, DanvanError]] = []
    written: list[Path] = []
    for path in files:
        if path.name.startswith("~$"):
            screen.note(_("{path}: tệp tạm của sổ đang mở trong Excel, bỏ qua; hãy lưu sổ rồi đóng Excel", path=path))
            continue
        with screen.kept(failed, str(path)):
            taken = filling.take(path)
            as_json.add("files", taken_as_dict(taken))
            if not as_json.wanted():
                tell_taken(taken, named=len(files) > 1)
            if taken.error:
                raise taken.error
    worst = Exit.OK
    for one in filling.write(dry_run=dry_run):
        tell_filled(one)
        worst = max(worst, Exit.FINDINGS if one.incomplete else Exit.OK)
        written += one.paths if one.written else ()
    as_json.give(written=written)
    return max(worst, screen.failures(failed, named=len(files) > 1))
