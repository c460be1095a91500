"""`danvan fill`: takes what people typed into workbooks into the units' files."""

from pathlib import Path
from typing import Literal

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.common import opened_plan
from danvan_cli.cli.filled import taken_as_dict, tell_filled, tell_taken
from danvan_cli.cli.options import PLAN, argument, flag, help_page, option
from danvan_cli.errors import DanvanError, Exit
from danvan_cli.lang import _


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
    from danvan_cli.desk.rubrics import rubrics_if_any

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
