"""`danvan page`: one HTML page that a director opens, of the workspace or of one unit."""

from collections import Counter
from pathlib import Path

from danvan_cli.cli import as_json, complete, screen
from danvan_cli.cli.common import opened_plan, tell_saved, with_broken_told
from danvan_cli.cli.options import AS_OF, FORCE, ONE_BLOCK, OUTPUT, PLAN, argument, day_of, flag, help_page
from danvan_cli.errors import Exit
from danvan_cli.lang import _


@help_page(
    ("danvan page", _("trang của cả thư mục làm việc: build/trang.html")),
    ("danvan page so-y-te", _("trang của một đơn vị: units/so-y-te/out/trang.html")),
    ("danvan page --public -o cong-khai.html", _("trang để công khai")),
    about=_(
        "Một tệp HTML mở bằng trình duyệt, không cần mạng: việc quá hạn và đang chờ, ai đã gửi gì, số liệu, điểm và hạng,"
        " khó khăn vướng mắc, các thời hạn của năm. Số nào cũng là số của status, summary, rank, review, obstacles. Trong"
        " thư mục của một đơn vị là trang của đơn vị ấy. --public bỏ tên người, lý do và tài liệu hạn chế để công khai."
    ),
)
def page(
    unit: str | None = argument(
        _("ĐƠN-VỊ"), _("trang của một đơn vị; bỏ qua là mọi đơn vị, ở units/<mã>/ là đơn vị ấy"), complete.units
    ),
    as_of: str | None = AS_OF,
    block: str | None = ONE_BLOCK,
    public: bool = flag("--public", _("để công khai: không có tên người, lý do, tài liệu hạn chế, đường dẫn")),
    output: Path | None = OUTPUT,
    force: bool = FORCE,
    plan: Path | None = PLAN,
) -> Exit:
    """Write the page."""
    from danvan_cli.desk.page import gather, write_page

    opened = opened_plan(plan)
    unit = unit or (None if block else opened.workspace.unit_here())
    found, path = gather(opened, day_of(as_of), unit, block, output, public=public)
    as_json.give_all(found)
    tell_saved(write_page(found, path, force=force))
    count = Counter[str](one.kind for one in found.alerts)
    words = {
        "overdue": _("quá hạn {count}", count=count["overdue"]),
        "returned": _("trả lại {count}", count=count["returned"]),
        "broken": _("tệp không đọc được {count}", count=count["broken"]),
    }
    screen.out(", ".join(told for kind, told in words.items() if count[kind]) or _("không có gì quá hạn"))
    return with_broken_told(opened)
