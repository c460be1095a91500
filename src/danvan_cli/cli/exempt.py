"""`danvan exempt`: lets some units off sending something, by a document."""

from typing import Annotated

import typer

from danvan_cli.cli import complete
from danvan_cli.cli.options import Plan
from danvan_cli.lang import _

ABOUT = _("Ghi vào «exemptions» của kế hoạch; không phải sửa đổi kế hoạch.")
EXAMPLES = (
    ("danvan exempt 6m vqg-bu-gia-map --number 95/UBND-NC --date 28/4/2023", _("miễn báo cáo 06 tháng cho một đơn vị")),
    ("danvan exempt tu-cham so-noi-vu -n 9/UBND-NC -d 1/10/2023", _("miễn tự chấm điểm")),
)


def exempt(
    deliverable: Annotated[
        str, typer.Argument(metavar=_("MÃ"), help=_("báo cáo, hồ sơ nào"), autocompletion=complete.deliverables)
    ],
    units: Annotated[
        list[str], typer.Argument(metavar=_("ĐƠN-VỊ…"), help=_("cho những đơn vị nào"), autocompletion=complete.units)
    ],
    number: Annotated[str, typer.Option("--number", "-n", metavar=_("SỐ"), help=_("số, ký hiệu văn bản cho phép"))],
    date: Annotated[str, typer.Option("--date", "-d", metavar=_("NGÀY"), help=_("ngày văn bản đó"))],
    kind: Annotated[str, typer.Option("--type", metavar=_("CHỮ"), help=_("tên loại văn bản"))] = "Công văn",
    plan: Plan = None,
) -> None:
    """Let units off sending something."""
    from danvan_cli.cli.entered import tell
    from danvan_cli.cli.opening import open_plan
    from danvan_cli.desk import entries as desk

    done = desk.exempt(open_plan(plan), deliverable, units, desk.Asked(kind, number, date))
    tell(done, _("đã miễn «{id}» cho {units}", id=done.id, units=", ".join(done.units)))
