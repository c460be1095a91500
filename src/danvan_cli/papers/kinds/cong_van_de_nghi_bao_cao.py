"""The letter that asks for a report mid-year, with an outline of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from danvan_cli.papers.common import Common, above, examples, letter
from danvan_cli.papers.paper import Paper
from danvan_cli.text import day
from danvan_cli.word.shape import Part, said, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.plan.model import Period, Plan, Unit
    from danvan_cli.unit.model import UnitRecord


class RequestLetter(Paper, about="công văn đề nghị báo cáo, có đề cương", command="danvan request", listed=11):
    class Span(Part):
        from_: dt.date = said("từ ngày", dt.date(2022, 12, 1))
        to: dt.date = said("đến ngày", dt.date(2023, 10, 31))

    class Heading(Part):
        title: str = said("tên mục", "Kết quả thực hiện")
        points: list[str] = said("các ý", ["Công tác chỉ đạo", "Kết quả đạt được", "Số liệu theo biểu"])

    common: Common = spread(examples("SNV-XDCQ"))
    superior: str | None = said("cấp trên nhận để báo cáo", "Ủy ban nhân dân tỉnh")
    to: list[str] = said(
        "nơi nhận ghi ở Kính gửi", ["Các sở, ban, ngành tỉnh", "Ủy ban nhân dân các huyện, thị xã, thành phố"]
    )
    topic: str = said("nội dung báo cáo", "Kết quả thực hiện dân chủ ở cơ sở năm 2023")
    request: str | None = said(
        "văn bản yêu cầu", "Công văn số 210/UBND-NC ngày 02 tháng 10 năm 2023 của Ủy ban nhân dân tỉnh", default=None
    )
    period: Span | None = said("thời gian của số liệu")
    answer_by: str | None = said("hạn gửi", "15/11/2023")
    contact: str | None = said("đầu mối liên hệ", "Phòng Xây dựng chính quyền, Sở Nội vụ", default=None)
    outline: list[Heading] = said("đề cương", default=[])


def request_letter(
    plan: Plan,
    writer: Unit,
    record: UnitRecord,
    name: str,
    whom: Sequence[str],
    period: Period | None,
    by: dt.date | None,
) -> RequestLetter:
    """Make the letter that asks blocks and units (all blocks if `whom` is empty) for a report on a period.

    Who to ask for more, and the outline, are a person's to write.
    """
    names = {block.id: block.name for block in plan.blocks} | {unit.id: unit.name for unit in plan.units}
    return RequestLetter(
        common=letter(plan, writer, record),
        superior=above(plan, writer),
        to=[names[one] for one in whom] or [block.name for block in plan.blocks],
        topic=name.removeprefix("Báo cáo ").strip(),
        period=RequestLetter.Span(from_=period.start, to=period.end) if period else None,
        answer_by=day(by) if by else None,
    )
