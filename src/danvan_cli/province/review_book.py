"""The team's workbook: every criterion of all units of a block, with what each unit gave itself; filled in and read back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.errors import UsageError
from danvan_cli.excel.look import written
from danvan_cli.files import read_bytes
from danvan_cli.lang import _
from danvan_cli.ooxml.xlsx import Value, address, read
from danvan_cli.province.review_edits import Opinion
from danvan_cli.scoring.derive import derivation
from danvan_cli.scoring.figures import shown_if, shown_points
from danvan_cli.scoring.typed_answers import answer_of
from danvan_cli.scoring.typed_answers import written_answer as written_
from danvan_cli.text import clean, day, squeeze

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from danvan_cli.excel.look import PrintedSheet
    from danvan_cli.province.review import Reviewing

_MARK: Final = "danvan-review-book/1"
_HEADS: Final = (
    ("Đơn vị", 30), ("Mã", 8), ("Tiêu chí", 44), ("Tối đa", 9), ("Đơn vị trả lời", 30), ("Điểm tự chấm", 11),
    ("Tài liệu kiểm chứng, giải trình", 40), ("Thẩm định", 16), ("Lý do", 40), ("Điểm thẩm định", 11),
)  # fmt: skip
_VERIFIED, _REASON, _KEY, _BASE = 7, 8, 10, 11
_WAYS: Final = {
    "levels": "mã hoặc tên mức", "ratio": "tử số/mẫu số, như 45/50", "count": "số lượng", "deduction": "số lượng bị trừ",
}  # fmt: skip


class Fault(NamedTuple):
    """What is wrong in a cell."""

    cell: str
    message: str


def team_workbook(reviews: Sequence[Reviewing], title: str, when: date) -> bytes:
    """Write the workbook; the same input gives the same bytes."""
    with written(title) as (made, out):
        under = f"Lập ngày {day(when)}. Chỉ điền hai cột màu vàng; để trống là thống nhất với đơn vị."
        sheet = made.sheet(
            "Thẩm định",
            title,
            under,
            [*(head for head, _width in _HEADS), "", ""],
            [*(width for _head, width in _HEADS), 10, 10],
        )
        opened = made.format(bg_color="#FFF2CC", locked=False, num_format="@", valign="top")
        sheet.made.write_string(2, 0, "Người thẩm định:", made.line(italic=True))
        sheet.made.merge_range(2, 1, 2, 2, "", opened)
        sheet.made.write_string(2, 4, "Ngày, như 10/12/2023:", made.line(italic=True))
        sheet.made.merge_range(2, 5, 2, 6, "", opened)
        sheet.made.set_column(_KEY, _BASE, 10, None, {"hidden": True})
        sheet.made.write_string(3, _KEY, _MARK)
        at = 4
        for one in reviews:
            at = _unit(sheet, opened, one, at)
        sheet.made.freeze_panes(4, 3)
        sheet.made.autofilter(3, 0, max(at - 1, 4), len(_HEADS) - 1)
        sheet.made.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})
    return out.getvalue()


def _unit(sheet: PrintedSheet, opened: Any, one: Reviewing, at: int) -> int:
    """Write a unit's rows; give the row behind them."""
    verified, now, made = one.result(), one.record(), sheet.book
    self_points = {line.criterion.id: line.points for line in one.self_result.lines}
    reasons = {change.criterion: change.reason for change in one.review.changes}
    places = one.rubric.rounding.places
    text, mid = (
        made.format(bg_color="#F2F2F2", valign="top"),
        made.format(bg_color="#F2F2F2", valign="top", align="center"),
    )
    name = made.format(bg_color="#FCE4D6", bold=True, valign="top") if one.review.own else text
    for line in verified.lines:
        leaf = line.criterion
        if line.state == "group":
            continue
        mine, found = one.sent.answer(leaf.id), now.answer(leaf.id)
        changed = written_(leaf, found) if leaf.id in reasons or leaf.scorer != "self" else ""
        answer = derivation(leaf, mine, one.rubric.rounding) if self_points.get(leaf.id) is not None else ""
        proof = [it.number or it.title for it in mine.evidence] + ([mine.note] if mine.note else [])
        values = (
            one.unit.name, leaf.id, f"{leaf.title}{f' ({_WAYS[leaf.way]})' if leaf.way in _WAYS else ''}", shown_points(line.most, places),
            answer, shown_if(self_points.get(leaf.id), places), "\n".join(proof), changed, reasons.get(leaf.id, ""), shown_if(line.points, places),
        )  # fmt: skip
        sheet.row(at, values, (name, mid, text, mid, text, mid, text, opened, opened, mid))
        sheet.made.write_string(at, _KEY, f"{one.unit.id}|{leaf.id}")
        sheet.made.write_string(at, _BASE, changed)
        at += 1
    return at


class Filled(NamedTuple):
    """What a member wrote into the workbook."""

    member: str
    date: str
    said: dict[str, list[Opinion]]
    faults: list[Fault]


def filled(path: Path, open_: Callable[[str], Reviewing | None]) -> Filled:
    """Read a workbook that was filled in.

    Args:
        path: the workbook.
        open_: opens the review of a unit by its id; None where there is none.

    Raises:
        UsageError: if it is no workbook of the team's.
    """
    pages = read(read_bytes(path, limit=8 * 2**20), path.name)
    for page in pages:
        head = next((at for at, one in page.cells.items() if one.value == _MARK), None)
        if head is None:
            continue
        out = Filled(_text(page.cells.get((2, 1))), _text(page.cells.get((2, 5))), {}, [])
        shift = head[1] - _KEY
        rows = sorted({row for row, _column in page.cells if row > head[0]})
        for row in rows:
            cells = {column: page.cells.get((row, column + shift)) for column in (_VERIFIED, _REASON, _KEY, _BASE)}
            spot = f"{page.title}!{address(row, _VERIFIED + shift)}"
            _row(cells, spot, open_, out)
        return out
    raise UsageError(
        _("{path} không phải sổ thẩm định do danvan tạo", path=path.name),
        help=_("tạo sổ: danvan review book --block KHỐI -o TỆP.xlsx"),
    )


def _row(cells: Mapping[int, Value | None], spot: str, open_: Callable[[str], Reviewing | None], out: Filled) -> None:
    unit, _bar, name = _text(cells[_KEY]).partition("|")
    got, base, reason = _text(cells[_VERIFIED]), _text(cells[_BASE]), _text(cells[_REASON])
    value = cells[_VERIFIED]
    odd = value is not None and (value.formula or isinstance(value.value, date))
    if not name or (got == base and not odd):
        return
    one = open_(unit)
    row = one.rubric.row_by_id.get(name) if one else None
    if one is None or row is None:
        out.faults.append(Fault(spot, _("không có đơn vị hoặc tiêu chí này")))
        return
    if odd:
        out.faults.append(Fault(spot, _("ô là công thức, hoặc bị đổi thành ngày; gõ lại dạng chữ")))
    elif not got:
        out.faults.append(Fault(spot, _("ô đã xóa trống: điểm đã thẩm định không xóa được, ghi điểm khác kèm lý do")))
    elif not reason:
        out.faults.append(Fault(spot, _("thiếu lý do ở cột bên cạnh")))
    elif (now := _now(one, name)) not in {base, got}:
        out.faults.append(Fault(spot, _("tiêu chí này đã được người khác ghi «{now}» sau khi lập sổ", now=now)))
    else:
        try:
            out.said.setdefault(unit, []).append(Opinion(name, answer_of(row.criterion, got), reason))
        except (ValueError, ArithmeticError):
            out.faults.append(Fault(spot, _("không hiểu «{typed}»", typed=got[:40])))


def _now(one: Reviewing, name: str) -> str:
    leaf = one.rubric.row_by_id[name].criterion
    touched = any(change.criterion == name for change in one.review.changes)
    return written_(leaf, one.record().answer(name)) if touched or leaf.scorer != "self" else ""


def _text(value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value.value, Decimal):
        return f"{value.value.normalize():f}".replace(".", ",")
    return squeeze(clean(value.value.isoformat() if isinstance(value.value, date) else str(value.value)))
