"""What the papers on results have in common: the results themselves, and what makes a decision of a paper."""

from __future__ import annotations

from typing import Any

from danvan_cli.papers.common import Cited, Common, examples
from danvan_cli.word.shape import Part, said, spread

GROUNDS: Any = said(
    "văn bản căn cứ, không có chữ «Căn cứ»",
    [
        "Kế hoạch số 05/KH-UBND ngày 05 tháng 01 năm 2023 của Ủy ban nhân dân tỉnh",
        "Biên bản họp Đoàn thẩm định ngày 20 tháng 12 năm 2023",
    ],
)


class Results(Part):
    """Scores, bands and ranks, by block."""

    class Counts(Part):
        """How many have a score."""

        total: int = said("số cơ quan, đơn vị, địa phương phải chấm", 34)
        sent: int = said("số đã gửi hồ sơ tự chấm", 33)
        scored: int = said("số đã có điểm", 33)
        ranked: int = said("số được xếp loại", 32)

    class Band(Part):
        """How many are in a band."""

        name: str = said("tên mức", "Hoàn thành tốt nhiệm vụ")
        count: int = said("số lượng", 12)

    class Excluded(Part):
        """Why some have no rank, and how many."""

        reason: str = said("lý do", "không gửi hồ sơ")
        count: int = said("số lượng", 1)
        names: list[str] = said("những ai", ["Sở Thông tin và Truyền thông"])

    class Over(Part):
        """A band that more are in than the criteria allow."""

        block: str = said("tên khối", "Khối các sở, ban, ngành tỉnh")
        band: str = said("tên mức", "Hoàn thành xuất sắc nhiệm vụ")
        percent: str = said("tỷ lệ tối đa, phần trăm", "20")
        count: int = said("số được xếp mức này", 5)
        allowed: int = said("số được phép", 3)
        of: int = said("trên tổng số", 17)

    class Row(Part):
        """A unit's result."""

        name: str = said("tên", "Sở Thông tin và Truyền thông")
        self_: str | None = said("điểm tự chấm", "92,50")
        verified: str | None = said("điểm thẩm định", "90,00")
        difference: str | None = said("chênh lệch", "-2,50")
        band: str | None = said("mức xếp loại", "Hoàn thành tốt")
        rank: int | None = said("hạng trong khối", 1)
        note: str | None = said("ghi chú", "bị khống chế: gửi báo cáo chậm")

    class Block(Part):
        """A block of units that are ranked together."""

        name: str = said("tên khối", "Khối các sở, ban, ngành tỉnh")
        rows: list[Results.Row] = said("cơ quan, đơn vị, địa phương theo thứ hạng")
        ranked: int = said("số được xếp hạng trong khối", 2)

    counts: Counts = said("số lượng")
    bands: list[Band] = said("mức xếp loại và số lượng")
    excluded: list[Excluded] = said("không xếp loại")
    over: list[Over] = said("mức vượt tỷ lệ")
    unofficial: bool = said("bộ tiêu chí chưa được ban hành", example=False, default=False)
    blocks: list[Block] = said("khối")
    noted: list[Row] = said("đơn vị được xếp hạng mà có ghi chú")


class Changes(Part):
    """The criteria of a unit whose points are others than it gave itself."""

    class Change(Part):
        """Such a criterion."""

        id: str = said("mã tiêu chí; rỗng ở dòng nêu việc gửi muộn, vi phạm", "1.2")
        title: str = said(
            "tên tiêu chí, hoặc việc gửi muộn, vi phạm", "Tỷ lệ cán bộ, công chức, viên chức được quán triệt"
        )
        before: str | None = said("điểm tự chấm; trống nếu đơn vị không tự chấm", "3,00")
        after: str | None = said("điểm thẩm định; trống nếu không có điểm", "1,50")
        reason: str = said("lý do", "thiếu tài liệu kiểm chứng")

    unit: str = said("tên", "Sở Y tế")
    rows: list[Changes.Change] = said("tiêu chí")


class DecisionPart(Part):
    """What a decision has."""

    common: Common = spread(examples("QĐ-SNV"))
    superior: str | None = said("cấp trên nhận để báo cáo", "Ủy ban nhân dân tỉnh", default=None)
    law: str | None = said("luật quy định thẩm quyền", "Luật Tổ chức chính quyền địa phương", default=None)
    grounds: list[str] = GROUNDS
    proposal: Cited = said("tờ trình")
    authority: list[str] = said("dòng thẩm quyền ban hành", ["GIÁM ĐỐC SỞ NỘI VỤ"], some=True)
    proposer: str | None = said("người đề nghị", "Trưởng phòng Xây dựng chính quyền")
    responsible: list[str] = said(
        "ai chịu trách nhiệm thi hành", ["Chánh Văn phòng Sở", "Trưởng phòng Xây dựng chính quyền"], default=[]
    )
