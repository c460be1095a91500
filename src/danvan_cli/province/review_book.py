"""The team's workbook: every criterion of all units of a block, with what each unit gave itself; filled in and read back."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.errors import UsageError
from danvan_cli.excel.look import written
from danvan_cli.files import read_bytes
from danvan_cli.lang import _
from danvan_cli.ooxml.xlsx import Value, address, read_xlsx
from danvan_cli.province.review import STATED
from danvan_cli.province.review_edits import Opinion, stated
from danvan_cli.scoring.arithmetic import answer_of, derivation, in_words, misfits
from danvan_cli.scoring.arithmetic import written_answer as written_
from danvan_cli.scoring.model import Answer
from danvan_cli.scoring.ways import way_of
from danvan_cli.text import clean, day, squeeze
from danvan_cli.typed import typed_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from danvan_cli.excel.look import Book, PrintedSheet
    from danvan_cli.province.review import Reviewing, What
    from danvan_cli.province.tracked import Told
    from danvan_cli.scoring.model import Criterion, RubricRow

_MARK: Final = "danvan-review-book/1"
_HEADS: Final = (
    ("Đơn vị", 28), ("Mã", 8), ("Tiêu chí", 44), ("Tối đa", 9), ("Đơn vị trả lời", 30), ("Điểm tự chấm", 11),
    ("Tài liệu kiểm chứng, giải trình", 40), ("Thẩm định", 16), ("Lý do", 40), ("Điểm thẩm định", 11),
)  # fmt: skip
_VERIFIED, _REASON, _KEY, _BASE = 7, 8, 10, 11
_WAYS: Final = {
    "levels": "chọn mức", "ratio": "tử số/mẫu số, như 45/50", "count": "số lượng", "deduction": "số lượng bị trừ",
}  # fmt: skip


class Fault(NamedTuple):
    """What is wrong in a cell."""

    cell: str
    message: str


_NOTHING: Final = "không"


def team_workbook(
    reviews: Sequence[Reviewing], title: str, when: date, proposed: Callable[[Reviewing], Sequence[Told]]
) -> bytes:
    """Write the workbook; the same input gives the same bytes. `proposed` gives what receipts propose of a unit."""
    with written(title) as (made, out):
        under = f"Lập ngày {day(when)}. Chỉ điền hai cột màu vàng; để trống là thống nhất với đơn vị."
        if not all(one.rubric.official for one in reviews):
            under += " Bộ tiêu chí tham khảo, chưa được cấp có thẩm quyền ban hành."
        sheet = made.sheet("Thẩm định", title, under, (*_HEADS, ("", 0.5), ("", 0.5)))
        opened = made.format(bg_color="#FFF2CC", locked=False, num_format="@", valign="top")
        sheet.made.write_string(2, 0, "Người thẩm định:", made.line(italic=True))
        sheet.made.merge_range(2, 1, 2, 2, "", opened)
        sheet.made.write_string(2, 4, f"Ngày, như {day(when)}:", made.line(italic=True))
        sheet.made.merge_range(2, 5, 2, 6, "", opened)
        sheet.made.set_column(_KEY, _BASE, 10, None, {"hidden": True})
        sheet.made.write_string(3, _KEY, _MARK)
        at, lists = 4, _Lists(made)
        for one in reviews:
            at = _unit(sheet, one, at, proposed(one), lists)
        sheet.made.freeze_panes(4, 3)
        sheet.made.autofilter(3, 0, max(at - 1, 4), _BASE)  # a row that is sorted keeps its key
        sheet.made.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})
    return out.getvalue()


class _Look:
    """The formats of a unit's rows."""

    def __init__(self, one: Reviewing, made: Book) -> None:
        grey, places = {"bg_color": "#F2F2F2", "valign": "top"}, one.rubric.rounding.places
        self.figures = f"0.{'0' * places}" if places else "0"
        self.text, self.mid = made.format(**grey), made.format(**grey, align="center")
        self.figure = made.format(**grey, align="center", num_format=self.figures)
        self.name = made.format(bg_color="#FCE4D6", bold=True, valign="top") if one.review.own else self.text
        opened = {"bg_color": "#FFF2CC", "locked": False, "valign": "top"}
        self.opened = made.format(**opened, num_format="@")
        self.number = made.format(**opened, num_format="0.####", align="center")
        self.told = made.format(bg_color="#FCE4D6", valign="top")
        self.sum = made.format(bold=True, bg_color="#E2EFDA", valign="top")
        self.sum_figure = made.format(
            bold=True, bg_color="#E2EFDA", valign="top", align="center", num_format=self.figures
        )


def _unit(sheet: PrintedSheet, one: Reviewing, at: int, found: Sequence[Told], lists: _Lists) -> int:
    """Write a unit's rows: its criteria, what is stated beside them, its totals; give the row behind them."""
    look, verified, now = _Look(one, sheet.book), one.result(), one.record()
    self_points = {line.criterion.id: line.points for line in one.self_result.lines}
    reasons = {change.criterion: change.reason for change in one.review.changes}
    told = {it.criterion: it for it in found}
    for line in verified.lines:
        leaf = line.criterion
        if line.state == "group":
            continue
        mine, answer = one.sent.answer(leaf.id), now.answer(leaf.id)
        changed = leaf.id in reasons or leaf.scorer != "self"
        how = derivation(leaf, mine, one.rubric.rounding) if self_points.get(leaf.id) is not None else ""
        proof = [it.number or it.title for it in mine.evidence] + ([mine.note] if mine.note else [])
        tracked = told.get(leaf.id)
        if tracked:
            proof.insert(0, f"Theo sổ theo dõi: {_shown(leaf, tracked.answer)} ({tracked.why})")
        values = (
            one.unit.name, leaf.id, f"{leaf.title}{f' ({_WAYS[leaf.way]})' if leaf.way in _WAYS else ''}", line.most,
            how, self_points.get(leaf.id), "\n".join(proof), _shown(leaf, answer) if changed else "",
            reasons.get(leaf.id, ""), line.points,
        )  # fmt: skip
        given = look.number if _one_number(leaf) else look.opened
        formats = (look.name, look.mid, look.text, look.figure, look.text, look.figure,
                   look.told if tracked else look.text, given, look.opened, look.figure)  # fmt: skip
        sheet.row(at, values, formats)
        lists.offer(sheet, at, leaf)
        _keys(sheet, at, f"{one.unit.id}|{leaf.id}", written_(leaf, answer) if changed else "")
        at += 1
    return _beside(sheet, one, at, look, told.get(None))


def _beside(sheet: PrintedSheet, one: Reviewing, at: int, look: _Look, late: Told | None) -> int:
    """Write what is stated beside a unit's criteria, and its totals; give the row behind them."""
    verified = one.result()
    for what, title in STATED.items():
        tracked = late if what == "late" else None
        proof_ = f"Theo sổ theo dõi: {_listed(tracked.late)} ({tracked.why})" if tracked else ""
        last = one.review.stated(what)
        text = _listed(last.value) if last else ""
        how = f"{title} (ghi mã, cách nhau bằng dấu phẩy; không có thì ghi: {_NOTHING})"
        row = (one.unit.name, "", f"{how}\n{_offered(one, what)}", None,
                  _listed(getattr(one.sent, what)), None, proof_, text, last.reason if last else "", None)  # fmt: skip
        formats = (look.name, look.mid, look.text, look.mid, look.text, look.mid, look.told if tracked else look.text,
                   look.opened, look.opened, look.mid)  # fmt: skip
        sheet.row(at, row, formats)
        _keys(sheet, at, f"{one.unit.id}|@{what}", text)
        at += 1
    totals = (one.unit.name, "", "Tổng điểm khi lập sổ", verified.scope, verified.band.name if verified.band else "",
              one.self_result.total, "", "", "", verified.total)  # fmt: skip
    figures = {3, 5, 9}
    sheet.row(at, totals, [look.sum_figure if i in figures else look.sum for i in range(len(totals))])
    return at + 1


def _offered(one: Reviewing, what: str) -> str:
    """Name what can be late, or violated: each code with what it stands for."""
    dated = [it for it in one.plan.deliverable_by_id.values() if one.plan.last_day(it, one.unit)]
    those = dated if what == "late" else one.rubric.violations
    return "\n".join(f"{it.id}: {it.name}" for it in those) or "không có mã nào"


def _keys(sheet: PrintedSheet, at: int, key: str, base: str) -> None:
    sheet.made.write_string(at, _KEY, key)
    sheet.made.write_string(at, _BASE, base)


class _Lists:
    """The levels of criteria as lists on a hidden sheet, each list once: a name may hold a comma."""

    def __init__(self, book: Book) -> None:
        self.made, self.at = book.book.add_worksheet("Mức"), dict[tuple[str, ...], int]()
        self.made.hide()

    def offer(self, sheet: PrintedSheet, at: int, leaf: Criterion) -> None:
        """Offer a criterion's levels in its cell; whatever is typed is still read, and judged when it comes back."""
        names = tuple(level.name for level in leaf.levels)
        if not names:
            return
        if names not in self.at:
            self.at[names] = len(self.at)
            self.made.write_column(0, self.at[names], names)
        column = address(0, self.at[names]).rstrip("1")
        offered = {"validate": "list", "source": f"='Mức'!${column}$1:${column}${len(names)}",
                   "error_type": "warning", "error_message": "Chọn một mức trong danh sách"}  # fmt: skip
        sheet.made.data_validation(at, _VERIFIED, at, _VERIFIED, offered)


def _one_number(leaf: Criterion) -> bool:
    return way_of(leaf).keys in {("points",), ("count",)}


def _shown(leaf: Criterion, answer: Answer) -> str | Decimal:
    """Give what a cell shows of an answer: a level by its name, a number as one."""
    if _one_number(leaf) and not answer.na:
        number = answer.points if answer.points is not None else answer.count
        return Decimal(number) if number is not None else ""
    return next((level.name for level in leaf.levels if level.id == answer.level), written_(leaf, answer))


def _listed(ids: Sequence[str] | None) -> str:
    return "" if ids is None else ", ".join(ids) or _NOTHING


class Filled(NamedTuple):
    """What a member wrote into the workbook."""

    member: str
    date: str
    said: dict[str, list[Opinion]]
    stated: dict[str, list[Statement]]
    faults: list[Fault]


class Statement(NamedTuple):
    """What a member states beside criteria."""

    what: What
    ids: str
    reason: str


def filled(path: Path, open_: Callable[[str], Reviewing | None], dated: Callable[[str], object]) -> Filled:
    """Read a workbook that was filled in; all that is wrong in it is told at once.

    `open_` opens the review of a unit by its id, None where there is none; `dated` reads the day that is typed, also
    where none is, and raises UsageError where there is to be one.

    Raises:
        UsageError: if it is no workbook of the team's.
    """
    for page in read_xlsx(read_bytes(path, limit=8 * 2**20), path.name):
        head = next((at for at, one in page.cells.items() if one.value == _MARK), None)
        if head is None:
            continue
        out = Filled(_text(page.cells.get((2, 1))), _text(page.cells.get((2, 5))), {}, {}, [])
        shift = head[1] - _KEY
        for row in sorted({row for row, _column in page.cells if row > head[0]}):
            cells = {column: page.cells.get((row, column + shift)) for column in (_VERIFIED, _REASON, _KEY, _BASE)}
            unit, _bar, name = _text(cells[_KEY]).partition("|")
            one = open_(unit) if name else None
            try:
                _row(cells, one, unit, name, out)
            except UsageError as wrong:
                who = f"{one.unit.name}, {name.lstrip('@')}" if one else unit
                spot = f"{page.title}!{address(row, _VERIFIED + shift)} ({who})"
                out.faults.append(Fault(spot, str(wrong)))
        if out.said or out.stated or out.faults:
            out.faults[:0] = _unsigned(page.title, out, dated)
        return out
    raise UsageError(
        _("{path} không phải sổ thẩm định do danvan tạo", path=path.name),
        help=_("tạo sổ: danvan review book --block KHỐI -o TỆP.xlsx"),
    )


def _unsigned(title: str, out: Filled, dated: Callable[[str], object]) -> Iterator[Fault]:
    """Find what is missing of who filled a workbook, and when."""
    if not out.member:
        yield Fault(f"{title}!{address(2, 1)}", _("chưa ghi người thẩm định"))
    try:
        dated(out.date)
    except UsageError as wrong:
        yield Fault(f"{title}!{address(2, 5)}", str(wrong))


def _row(cells: Mapping[int, Value | None], one: Reviewing | None, unit: str, name: str, out: Filled) -> None:
    got, base, reason, value = _text(cells[_VERIFIED]), _text(cells[_BASE]), _text(cells[_REASON]), cells[_VERIFIED]
    odd = value is not None and (value.formula or isinstance(value.value, date))
    if not name or (got == base and not odd and (got or not reason)):
        return
    beside = next((what for what in STATED if name == f"@{what}"), None)
    row = one.rubric.row_by_id.get(name) if one else None
    if one is None or (row is None and beside is None):
        raise UsageError(_("không có đơn vị hoặc tiêu chí này"))
    if odd:
        raise UsageError(_("ô là công thức, hoặc bị đổi thành ngày; gõ lại dạng chữ"))
    if beside and got != base:
        _statement(one, beside, got, reason, out)
    elif row and (opinion := _opinion(one, row, (got, base, reason), out)):
        out.said.setdefault(unit, []).append(opinion)


def _opinion(one: Reviewing, row: RubricRow, cells: tuple[str, str, str], out: Filled) -> Opinion | None:
    """Read what a row says of a criterion; None where it says what stands already."""
    got, base, reason = cells
    leaf = row.criterion
    since = _since(one, leaf.id, out)
    if not got and not base and since:
        return None  # a reason beside a cell that was never filled
    answer = _answer(one, leaf, got)
    told, now = written_(leaf, answer), _now(one, leaf)
    if told == now or (told == base and not since):
        return None
    if not reason:
        raise UsageError(_("thiếu lý do ở cột bên cạnh"))
    if now != base and since:
        raise UsageError(_("tiêu chí này đã được người khác ghi «{now}» sau khi lập sổ", now=now))
    wrong = next(misfits(leaf, answer, row.part), None)
    if wrong is not None and not answer.na:
        raise UsageError(". ".join(filter(None, in_words(wrong, leaf))))
    return Opinion(leaf.id, answer, reason)


def _answer(one: Reviewing, leaf: Criterion, got: str) -> Answer:
    """Read a cell; one that was emptied agrees with what the unit gave itself."""
    mine = one.sent.answer(leaf.id)
    if not got and leaf.scorer == "self" and mine.given:
        return Answer(**{key: getattr(mine, key) for key in mine.given})
    if not got:
        raise UsageError(_("ô đã xóa trống: điểm đã thẩm định không xóa được, ghi điểm khác kèm lý do"))
    try:
        return answer_of(leaf, got)
    except (ValueError, ArithmeticError):
        raise UsageError(_("không hiểu «{typed}»", typed=got[:40])) from None


def _statement(one: Reviewing, what: What, got: str, reason: str, out: Filled) -> None:
    ids = stated(one, what, got)
    if not got:
        raise UsageError(_("ô đã xóa trống; không có thì ghi: {nothing}", nothing=_NOTHING))
    last = one.review.stated(what)
    if last and list(last.value) == ids:
        return
    if not reason:
        raise UsageError(_("thiếu lý do ở cột bên cạnh"))
    out.stated.setdefault(one.unit.id, []).append(Statement(what, got, reason))


def _now(one: Reviewing, leaf: Criterion) -> str:
    touched = any(change.criterion == leaf.id for change in one.review.changes)
    return written_(leaf, one.record().answer(leaf.id)) if touched or leaf.scorer != "self" else ""


def _since(one: Reviewing, name: str, out: Filled) -> bool:
    """Tell whether the last to say something of a criterion is another than who filled this workbook, on its day."""
    last = next((it for it in reversed(one.review.changes) if it.criterion == name), None)
    if last is None or last.member != out.member:
        return True
    with suppress(UsageError):
        return bool(out.date) and typed_day(out.date) != last.date
    return True


def _text(value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value.value, Decimal):
        return f"{value.value.normalize():f}".replace(".", ",")
    return squeeze(clean(value.value.isoformat() if isinstance(value.value, date) else str(value.value)))
