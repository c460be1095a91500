"""The options that several verbs of `danvan review` share."""

from typing import TYPE_CHECKING, Annotated, TypeAlias

from danvan_cli.cli import as_json, complete, screen
from danvan_cli.cli.options import argument, option
from danvan_cli.errors import UsageError
from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Unit
    from danvan_cli.province.review import Decision

Some: TypeAlias = Annotated[
    str | None, argument(_("ĐƠN-VỊ"), _("đơn vị nào; bỏ qua là mọi đơn vị đã gửi"), complete.units)
]
WholeBlock: TypeAlias = Annotated[str | None, option("--block", _("cả một khối"), _("KHỐI"), complete.blocks)]
Date: TypeAlias = Annotated[str | None, option("--date -d", _("ngày của việc đang ghi; bỏ qua là hôm nay"), _("NGÀY"))]
NewDecision: TypeAlias = Annotated[
    str | None, option("--decision", _("quyết định mới, ngày --date, khi sửa điểm đã chính thức"), _("SỐ"))
]
Member: TypeAlias = Annotated[str | None, option("--member", _("ai thẩm định"), _("TÊN"))]
On: TypeAlias = Annotated[str | None, option("--on", _("cuộc kiểm tra, khảo sát làm căn cứ"), _("MÃ"))]


def decision_of(opened: "Open", number: str | None, date: str | None) -> "Decision | None":
    """Read a decision; None where there is none.

    Raises:
        UsageError: if it has no day.
    """
    from danvan_cli.province.review import Decision
    from danvan_cli.text import squeeze

    if number is None:
        return None
    if not date:
        raise UsageError(_("thiếu ngày của quyết định {number}", number=number), help=_("ghi thêm --date NGÀY"))
    return Decision(squeeze(number), opened.happened(date))


def tell_units(units: "Iterable[Unit]", told: str) -> None:
    """Print what was recorded of each unit."""
    for unit in units:
        as_json.add("units", {"unit": unit})
        screen.out(f"{unit.id}: {told}")
