"""The plan of the province as it was issued: its whole text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.papers.common import Letterhead, SignatureLines, amending, letter_number
from danvan_cli.papers.paper import Paper
from danvan_cli.plan.labels import labelled_lines
from danvan_cli.word.shape import Part, said, taken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.plan.labels import LabelledLine
    from danvan_cli.plan.model import Plan
    from danvan_cli.plan.sections import Section, Table


class Verbatim(Part):
    text: str = said("nguyên văn", "Nâng cao nhận thức, trách nhiệm của cán bộ, công chức.")


class IssuedRow(Part):
    cells: list[str] = said("các ô; ^ nối ô trên, < nối ô bên trái", ["Sắp xếp đơn vị sự nghiệp"], some=True)


class IssuedTable(Part):
    columns: list[str] = said("mỗi cột là gì", ["text"], some=True)
    widths: list[int] = said("độ rộng các cột, theo tỷ lệ")
    head: list[IssuedRow] = said("các dòng đầu bảng", examples={"cells": ["Nội dung"]})
    rows: list[IssuedRow] = said("các dòng", some=True)


class IssuedLine(Part):
    kind: str = said("heading (đề mục), title (tên mục), text (đoạn), table (bảng)", "text")
    text: str = said("nguyên văn, kể cả nhãn", "1. Nâng cao nhận thức, trách nhiệm của cán bộ, công chức.")
    depth: int = said("cấp của tên mục, từ 1", 1)
    table: IssuedTable | None = said("bảng")


class IssuedAnnex(Part):
    number: str = said("số của phụ lục; trống nếu chỉ có một", "I")
    heading: str = said("tên phụ lục", "DANH MỤC NHIỆM VỤ")
    landscape: bool = said("trang nằm ngang", example=True)
    lines: list[IssuedLine] = said("từng đoạn một")


class IssuedText(Part):
    title: str = said("trích yếu", "Thực hiện công tác dân vận chính quyền năm 2023")
    year: int = said("năm", 2023)
    consolidated: str | None = said(
        "lần sửa đổi và các văn bản sửa đổi; trống nếu chưa sửa", "Bản hợp nhất, lần sửa đổi 2"
    )
    opening: list[Verbatim] = said(
        "các đoạn mở đầu",
        examples={"text": "Thực hiện Chương trình công tác năm 2023, Ủy ban nhân dân tỉnh ban hành Kế hoạch này."},
    )
    lines: list[IssuedLine] = said("các phần, từng đoạn một", some=True)
    annexes: list[IssuedAnnex] = said("các phụ lục")
    closing: list[Verbatim] = said("các đoạn kết", examples={"text": "Trên đây là Kế hoạch của tỉnh./."})
    recipients: list[str] = said("các dòng nơi nhận", ["Ban Dân vận Tỉnh ủy", "Lưu: VT"], some=True)


class ProvincePlan(Paper, about="kế hoạch của tỉnh", command="danvan export", listed=1):
    plan: IssuedText = said("kế hoạch của tỉnh, nguyên văn đã ban hành")
    letterhead: Letterhead = said("phần đầu văn bản", examples={"symbol": "KH-UBND"})
    signature: SignatureLines = said("chữ ký")


def province_plan(plan: Plan) -> ProvincePlan:
    """Make the issued plan's paper."""
    issued = taken(
        IssuedText,
        plan,
        consolidated=f"Bản hợp nhất, lần sửa đổi {plan.revision}, theo {amending(plan)}" if plan.amendments else None,
        opening=[taken(Verbatim, one) for one in plan.opening],
        lines=[_line(one) for one in labelled_lines(one for one in plan.sections if not one.annex)],
        annexes=[_annex(one, one.annex) for one in plan.sections if one.annex],
        closing=[taken(Verbatim, one) for one in plan.closing],
    )
    when = plan.issued.date
    number, symbol = letter_number(plan.issued.number, f"KH-{plan.issuer.abbr}")
    letterhead = taken(
        Letterhead,
        plan.issuer,
        issuer=plan.issuer.letterhead,
        number=number,
        symbol=symbol,
        date=when,
        year=when.year if when else plan.year,
        month=when.month if when else None,
        draft=False,
    )
    return ProvincePlan(plan=issued, letterhead=letterhead, signature=taken(SignatureLines, plan.signature))


def _annex(one: Section, title: str) -> IssuedAnnex:
    lines = [*map(_line, labelled_lines([one]))][1:]
    return taken(IssuedAnnex, one, number=title[len("Phụ lục") :].strip(), lines=lines)


def _line(one: LabelledLine) -> IssuedLine:
    return taken(IssuedLine, one, table=one.table and _table(one.table))


def _rows(one: Table) -> Iterator[list[str]]:
    """Give the rows that have not ended; what goes on with a cell of one that has begins where it goes on."""
    from danvan_cli.plan.sections import ABOVE

    begun: dict[int, str] = {}
    for row in one.rows:
        joined = {i: cell for i, cell in begun.items() if i < len(row.cells) and row.cells[i] == ABOVE}
        begun = {}
        cells = [joined.get(i, cell) for i, cell in enumerate(row.cells)]
        if not row.ended:
            yield cells
        else:
            begun = {i: cell for i, cell in enumerate(cells) if cell != ABOVE}


def _table(one: Table) -> IssuedTable:
    return IssuedTable(
        columns=list(one.columns),
        widths=one.widths,
        head=[IssuedRow(cells=row) for row in one.head],
        rows=[IssuedRow(cells=cells) for cells in _rows(one)],
    )
