"""The list of what a package holds, to be printed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from danvan_cli.papers.common import Cited, FollowedPlan, UnitName, followed_plan
from danvan_cli.papers.paper import Paper
from danvan_cli.word.shape import Part, said, spread, taken

if TYPE_CHECKING:
    from danvan_cli.papers.bundle import Bundle
    from danvan_cli.plan.model import Deliverable, Plan, Unit


class PackageContents(Paper, about="mục lục của gói gửi đi", command="danvan submit", official=False, listed=8):
    class Packed(Part):
        name: str = said("tên", "Báo cáo kết quả 06 tháng đầu năm")
        number: str | None = said("số, ký hiệu", "45/BC-SYT")
        date: dt.date | None = said("ngày ban hành", dt.date(2023, 5, 8))

    class Row(Part):
        name: str = said("đường dẫn trong gói", "evidence/bien-ban.pdf")
        title: str = said("là gì", "Biên bản đối thoại")
        size: str = said("dung lượng", "120 KB")

    class Restricted(Part):
        title: str = said("tên", "Sổ tiếp công dân")

    followed: FollowedPlan = spread()
    unit: UnitName = said("đơn vị lập gói")
    deliverable: Packed = said("báo cáo, hồ sơ trong gói")
    rows: list[Row] = said("các tệp trong gói")
    restricted: list[Restricted] = said("tài liệu chỉ xem tại đơn vị")
    gaps: list[str] = said("những chỗ còn thiếu khi lập gói", ["Chưa có số, ngày ban hành"])


def contents(plan: Plan, unit: Unit, deliverable: Deliverable, bundle: Bundle, sent: Cited) -> PackageContents:
    """Make the list of what a package holds; `sent` is number and day of its document, as far as they are known."""
    return PackageContents(
        followed=followed_plan(plan),
        unit=taken(UnitName, unit),
        deliverable=taken(PackageContents.Packed, sent, name=deliverable.name),
        rows=[
            PackageContents.Row(name=path, title=bundle.titles[path], size=_size(len(data)))
            for path, data in bundle.files.items()
        ],
        restricted=[PackageContents.Restricted(title=one) for one in bundle.restricted],
        gaps=bundle.gaps,
    )


def _size(count: int) -> str:
    if count < 1024:
        return f"{count} B"
    return f"{count / 1024:.0f} KB" if count < 2**20 else f"{count / 2**20:.1f} MB".replace(".", ",")
