"""The options that several verbs of `danvan review` share."""

from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from danvan_cli.cli import complete
from danvan_cli.errors import UsageError
from danvan_cli.lang import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from danvan_cli.plan.model import Unit
    from danvan_cli.province.review import Decision

Some: TypeAlias = Annotated[
    str | None,
    typer.Argument(
        metavar=_("ĐƠN-VỊ"), help=_("đơn vị nào; bỏ qua là mọi đơn vị đã gửi"), autocompletion=complete.units
    ),
]
Block: TypeAlias = Annotated[
    str | None, typer.Option("--block", metavar=_("KHỐI"), help=_("cả một khối"), autocompletion=complete.blocks)
]
Date: TypeAlias = Annotated[
    str | None, typer.Option("--date", "-d", metavar=_("NGÀY"), help=_("ngày của việc đang ghi; bỏ qua là hôm nay"))
]
NewDecision: TypeAlias = Annotated[
    str | None,
    typer.Option("--decision", metavar=_("SỐ"), help=_("quyết định mới, ngày --date, khi sửa điểm đã chính thức")),
]
Member: TypeAlias = Annotated[str | None, typer.Option("--member", metavar=_("TÊN"), help=_("ai thẩm định"))]
On: TypeAlias = Annotated[
    str | None, typer.Option("--on", metavar=_("MÃ"), help=_("cuộc kiểm tra, khảo sát làm căn cứ"))
]


def day_of(date: str | None) -> "dt.date":
    """Read a day; today where there is none.

    Raises:
        UsageError: if it is no day.
    """
    from danvan_cli.plan import calendar
    from danvan_cli.unit.typed import day

    return day(date) if date else calendar.today()


def decision_of(number: str | None, date: str | None) -> "Decision | None":
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
    return Decision(squeeze(number), day_of(date))


def say(units: "Iterable[Unit]", told: str) -> None:
    """Print what was recorded of each unit."""
    from danvan_cli.cli import screen

    for unit in units:
        screen.out(f"{unit.id}: {told}")
