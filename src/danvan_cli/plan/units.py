"""The units that do a plan's work: their blocks, letterheads and signers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from danvan_cli.findings.rule import rule
from danvan_cli.lang import _
from danvan_cli.yaml.schema import Day, Model, Slug, Text, many, maybe, problem

if TYPE_CHECKING:
    from datetime import date


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
