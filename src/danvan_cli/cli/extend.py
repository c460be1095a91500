"""`danvan extend`: puts off one thing's date for some units, by a document."""

from typing import Annotated

import typer

from danvan_cli.cli import complete
from danvan_cli.cli.options import Plan
from danvan_cli.lang import _

ABOUT = _("Ghi vào «extensions» của kế hoạch; không phải sửa đổi kế hoạch, thời hạn của các đơn vị khác giữ nguyên.")
EXAMPLES = (
    (
        "danvan extend 6m so-y-te --by 20/5/2023 --number 95/UBND-NC --date 28/4/2023",
        _("gia hạn báo cáo 06 tháng cho Sở Y tế"),
    ),
    (
        "danvan extend 6m so-y-te so-tu-phap --by 1/6/2023 -n 95/UBND -d 28/4/2023",
        _("hai đơn vị một lần"),
    ),
)


def extend(
    deliverable: Annotated[
        str, typer.Argument(metavar=_("MÃ"), help=_("báo cáo, hồ sơ nào"), autocompletion=complete.deliverables)
    ],
    units: Annotated[
        list[str], typer.Argument(metavar=_("ĐƠN-VỊ…"), help=_("cho những đơn vị nào"), autocompletion=complete.units)
    ],
    number: Annotated[str, typer.Option("--number", "-n", metavar=_("SỐ"), help=_("số, ký hiệu văn bản cho phép"))],
    date: Annotated[str, typer.Option("--date", "-d", metavar=_("NGÀY"), help=_("ngày văn bản đó"))],
    by: Annotated[
        str | None, typer.Option("--by", metavar=_("NGÀY"), help=_("chậm nhất ngày này, gồm cả ngày đó"))
    ] = None,
    before: Annotated[str | None, typer.Option("--before", metavar=_("NGÀY"), help=_("trước ngày này"))] = None,
    kind: Annotated[str, typer.Option("--type", metavar=_("CHỮ"), help=_("tên loại văn bản"))] = "Công văn",
    plan: Plan = None,
) -> None:
    """Put off a date for some units."""
    from danvan_cli.cli.entered import tell
    from danvan_cli.cli.opening import open_plan
    from danvan_cli.desk import entries as desk

    done = desk.extend(open_plan(plan), deliverable, units, by, before, desk.Asked(kind, number, date))
    tell(done, _("đã gia hạn «{id}» cho {units}", id=done.id, units=", ".join(done.units)))
