"""What a plan says of itself and around its sections: issuer, number and day, how it is read, the documents it cites."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from danvan_cli.yaml.schema import Day, Id, Model, Slug, Text, many, maybe


class SetDay(Model):
    """A day that the coordinator gives something that the plan gives none."""

    by: Day = Field(description="«chậm nhất ngày …»: gồm cả ngày đó")
    document: Text | None = maybe("Văn bản ấn định ngày đó, nếu có")
    was: list[Day] = many("Những ngày đã ấn định trước, theo thứ tự")


class Settings(Model):
    """How the plan's words are read."""

    before_includes_day: bool = maybe("true: «trước ngày 10/5» gồm cả ngày 10/5; false: ngày cuối cùng là 09/5", False)
    late_by: Literal["issued", "received"] = maybe(
        "Đúng hạn tính theo: received (ngày đến), issued (ngày ban hành; chưa biết thì theo ngày đến)", "received"
    )
    evidence_days: int = maybe(
        "Tài liệu kiểm chứng của việc thường xuyên, hằng quý cũ hơn ngần này ngày so với cuối kỳ là đã cũ", 180, ge=1
    )
    days: dict[Slug, SetDay] = Field(
        default_factory=dict, description="Ngày cuối cho báo cáo, hồ sơ mà kế hoạch không ghi thời hạn, theo mã"
    )


class Issuer(Model):
    """Who issues the plan."""

    id: Slug
    name: Text = Field(description="Tên đầy đủ, ví dụ: Ủy ban nhân dân tỉnh Bình Phước")
    short: Text = Field(description="Tên dùng trong câu, ví dụ: Ủy ban nhân dân tỉnh")
    abbr: Text = Field(description="Chữ viết tắt trong ký hiệu văn bản, ví dụ: UBND")
    place: Text = Field(description="Địa danh ghi trên văn bản")
    letterhead: list[Text] = Field(min_length=1, description="Các dòng tên cơ quan ban hành ở đầu văn bản")
    superior: list[Text] = many("Các dòng tên cơ quan chủ quản, nếu có")


class Party(Model):
    """Who has a part in the plan and is none of its units: it receives, leads, works along."""

    id: Slug
    name: Text


class Issued(Model):
    """Number and date of the plan; empty where the source does not give them."""

    number: Text | None = None
    date: Day | None = None


class Paragraph(Model):
    """A paragraph of the issued text; `id` is the place that citations name."""

    id: Id
    text: Text


NOTE: Final = "chú thích"
"""How the place of a footnote is called."""


class Kept(Model):
    """A line of the source that the plan has no other place for: the nation's name, number and day, a footnote."""

    where: Text = Field(description="Chỗ của dòng ấy trong bản gốc, ví dụ: đầu văn bản, chú thích 1")
    text: Text = Field(description="Nguyên văn")
    behind: Text | None = maybe("Của chú thích: những chữ đứng ngay trước số chú thích")


class Document(Model):
    """A legal document in the plan's register; what the text does not give is left out."""

    id: Id
    type: Text = Field(description="Tên loại: Nghị quyết, Chỉ thị, Kế hoạch, Luật…")
    symbol: Text | None = maybe("Số, ký hiệu, ví dụ: 76/NQ-CP")
    date: Day | None = None
    issuer: Text | None = None
    title: Text | None = None
    cited: list[Id] = many("Những chỗ của kế hoạch nêu văn bản này")


class Signature(Model):
    """The issued plan's signature."""

    lines: list[Text]
    name: Text | None = None
