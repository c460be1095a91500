"""The models of what came in: a receipt beside what a unit sent, and the return of it beside that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from danvan_cli.lang import _
from danvan_cli.pdf.signatures import FoundSignature
from danvan_cli.yaml.schema import Day, Model, Slug, Text, no_items, problem

if TYPE_CHECKING:
    from collections.abc import Iterable

RECEIPT_FORMAT: Final = "danvan-receipt/1"
RETURN_FORMAT: Final = "danvan-return/1"
CORRECTION_FORMAT: Final = "danvan-correction/1"
AMENDED_FORMAT: Final = "danvan-amended/1"
RECEIPT, RETURN, CORRECTION, AMENDED = "receipt.yaml", "return.yaml", "correction.yaml", "amended.yaml"
"""The files' names, beside what came."""
AMENDABLE: Final = ("number", "received", "symbol", "issued")
"""What of a receipt is put right beside it."""
PACKAGE: Final = "goi"
"""The folder of an unpacked package, beside its receipt."""
WORKBOOK: Final = "so-lieu"
"""Under this a workbook is filed: it is what reports are made of, and none itself."""


_Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class SignedBy(Model):
    """What was found of a digital signature on the day on which the file came."""

    found: Literal[
        "valid", "then", "expired", "unknown", "unrooted", "unfit", "filled", "changed", "partial", "broken", "gone",
        "unread", "unchecked",
    ] = Field(description="Kết quả; unchecked: chưa kiểm tra; không kết quả nào gồm việc kiểm tra thu hồi")  # fmt: skip
    signer: Text | None = Field(None, description="Tên trong chứng thư")
    organisation: Text | None = Field(None, description="Cơ quan, tổ chức trong chứng thư")
    when: Text | None = Field(None, description="Lúc ký, như chữ ký ghi")
    stamped: bool = Field(False, description="true: lúc ký theo dấu thời gian")
    more: Text | None = None

    @property
    def signature(self) -> FoundSignature:
        """What was found."""
        return FoundSignature(**self.model_dump(exclude_none=True))


class ReceivedFile(Model):
    """A file that came: its name here and there, its digest."""

    name: Text = Field(description="Tên tệp trong thư mục này")
    title: Text | None = Field(None, description="Tên tệp như đơn vị đặt, nếu khác")
    sha256: _Digest
    size: Annotated[int, Field(ge=0)]
    signatures: list[SignedBy] = Field(default_factory=no_items, description="Các chữ ký số của tệp, nếu có")


def signed_by(signatures: Iterable[FoundSignature]) -> list[SignedBy]:
    """Put what was found of signatures into the form of a receipt."""
    fields = SignedBy.model_fields
    told = ({key: value for key, value in one._asdict().items() if key in fields and value} for one in signatures)
    return [SignedBy(**one) for one in told]


class Receipt(Model):
    """What came in from a unit, and when; written once, never edited."""

    format: Literal["danvan-receipt/1"]
    plan: Slug
    unit: Slug
    deliverable: Slug
    number: Text | None = Field(None, description="Số đến")
    received: Day = Field(description="Ngày đến")
    symbol: Text | None = Field(None, description="Số, ký hiệu văn bản của đơn vị")
    issued: Day | None = Field(None, description="Ngày ban hành ghi trên văn bản")
    sha256: _Digest = Field(description="SHA-256 của tệp đã nhận; của gói: SHA-256 của tagmanifest-sha256.txt")
    files: list[ReceivedFile] = Field(min_length=1)
    revision: Text | None = Field(None, description="Bản kế hoạch mà đơn vị theo khi lập gói")
    notes: list[Text] = Field(default_factory=no_items)


class Returning(Model):
    """The return of something: when, why, by when it is to come again."""

    date: Day = Field(description="Ngày trả lại")
    reason: Text
    number: Text | None = Field(None, description="Văn bản trả lại, nếu có")
    before: Day | None = Field(None, description="«trước ngày …»")
    by: Day | None = Field(None, description="«chậm nhất ngày …»: gồm cả ngày đó")

    @model_validator(mode="after")
    def _one_date(self) -> Self:
        if self.before and self.by:
            raise problem("DV113", _("chỉ ghi một trong hai: «before» (trước ngày) hoặc «by» (chậm nhất ngày)"))
        return self


class FormerReturn(Returning):
    """A return as it was entered before it was put right, or taken back."""

    until: Day = Field(description="Ngày sửa, hoặc bỏ")


class Return(Returning):
    """Why a unit has to send something again, and by when; what was entered wrongly before stays with it."""

    format: Literal["danvan-return/1"]
    undone: Day | None = Field(None, description="Ngày bỏ việc trả lại đã ghi nhầm; trống là vẫn trả lại")
    was: list[FormerReturn] = Field(default_factory=no_items, description="Đã ghi thế nào trước khi sửa")

    def former(self, today: Day) -> list[FormerReturn]:
        """Give what was entered up to now, with this."""
        told = {key: getattr(self, key) for key in Returning.model_fields}
        return [*self.was, FormerReturn(**told, until=self.undone or today)]


class ReceiptChange(Model):
    """What a receipt says wrongly, and what is right; what is not named stays as the receipt has it."""

    date: Day = Field(description="Ngày sửa")
    number: Text | None = Field(None, description="Số đến")
    received: Day | None = Field(None, description="Ngày đến")
    symbol: Text | None = Field(None, description="Số, ký hiệu văn bản của đơn vị")
    issued: Day | None = Field(None, description="Ngày ban hành ghi trên văn bản")


class Amended(Model):
    """How what a receipt says was put right, one time after another; the receipt itself stays as it is."""

    format: Literal["danvan-amended/1"]
    changes: list[ReceiptChange] = Field(min_length=1)

    def of(self, receipt: Receipt) -> Receipt:
        """Give a receipt as it is to be read."""
        now: dict[str, object] = {}
        for one in self.changes:
            now |= {key: value for key in AMENDABLE if (value := getattr(one, key)) is not None}
        return receipt.model_copy(update=now)


class Correction(Model):
    """That something was filed wrongly: it counts no more, and where it is filed now."""

    format: Literal["danvan-correction/1"]
    date: Day = Field(description="Ngày sửa")
    moved: Text | None = Field(None, description="Nay nằm ở đâu trong province/received/; trống là bỏ khỏi sổ")
