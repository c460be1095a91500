"""What a plan says around its sections: issuer, number and day, how it is read, the documents it cites, the units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from danvan_cli.findings.rule import rule
from danvan_cli.lang import _
from danvan_cli.yaml.schema import Day, Id, Model, Slug, Text, many, maybe, problem

if TYPE_CHECKING:
    from datetime import date


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


# The units that do the plan's work: their blocks, letterheads and signers --------------------------------------------


class Letter(Model):
    """What a unit's letterhead and signature need."""

    kind: Text | None = maybe("Loại cơ quan: sở, ban, UBND huyện…")
    superior: Text | None = maybe("Cơ quan chủ quản, dòng trên ở đầu văn bản")
    place: Text | None = maybe("Địa danh ghi trên văn bản")
    signs: list[Text] = many("Các dòng quyền hạn, chức vụ của người ký")


class Block(Letter):
    """A block of units that are ranked together; its units share what it gives."""

    id: Slug
    name: Text


@rule(
    "DV305", "Ngày đầu sau ngày cuối", "error",
    "Kỳ hoặc thời gian có ngày đầu sau ngày cuối là rỗng.", wrong="{from: 2023-06-14, to: 2022-12-15}",
    right="{from: 2022-12-15, to: 2023-06-14}",
)  # fmt: skip
def _ordered(start: date | None, end: date | None) -> None:
    if start and end and start > end:
        raise problem("DV305", _("ngày «from» sau ngày «to»"), _("đổi chỗ «from» và «to»"))


class Signer(Model):
    """Who signs for a unit, from a day to a day."""

    name: Text
    lines: list[Text] = Field(min_length=1)
    start: Day | None = Field(None, alias="from")
    end: Day | None = Field(None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Signer:
        _ordered(self.start, self.end)
        return self


class Unit(Letter):
    """An agency, public service unit or locality that does the plan's work."""

    id: Slug
    name: Text
    abbr: Text = Field(description="Chữ viết tắt trong ký hiệu văn bản, ví dụ: SYT")
    block: Slug
    code: Annotated[
        str | None,
        BeforeValidator(lambda v: str(v) if type(v) is int else v),
        WithJsonSchema({"type": ["string", "integer", "null"]}),
    ] = maybe("Mã đơn vị hành chính (Tổng cục Thống kê)")
    letterhead: list[Text] = many("Các dòng tên ở đầu văn bản, nếu khác tên cơ quan")
    confirmed: bool = maybe("false: chưa đối chiếu với nguồn chính thức", True)
    signers: list[Signer] = many()
    start: Day | None = maybe("Có từ ngày", alias="from")
    end: Day | None = maybe("Đến hết ngày", alias="to")
    successors: list[Slug] = many("Cơ quan kế thừa nhiệm vụ")
    parent: Slug | None = maybe("Cơ quan cấp trên trong kế hoạch")

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called besides its id: `Sở Giáo dục và Đào tạo`, `SGDĐT`, `Sở GDĐT`."""
        return (self.name, self.abbr, *((f"Sở {self.abbr[1:]}",) if self.name.startswith("Sở ") else ()))

    def there(self, when: date) -> bool:
        """Tell whether it exists on a day."""
        return (self.start is None or self.start <= when) and (self.end is None or when <= self.end)

    @model_validator(mode="after")
    def _in_order(self) -> Unit:
        _ordered(self.start, self.end)
        return self


def signer(unit: Unit, when: date) -> Signer | None:
    """Find who signs for a unit on a day."""
    for one in unit.signers:
        if (one.start is None or one.start <= when) and (one.end is None or when <= one.end):
            return one
    return None
