"""The annex of a consolidated report as a workbook: every figure of every unit, totals as formulas."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from danvan_cli.errors import UsageError
from danvan_cli.excel.look import written
from danvan_cli.files import read_bytes
from danvan_cli.lang import _
from danvan_cli.ooxml.parts import read_parts
from danvan_cli.ooxml.xlsx import address, read_xlsx
from danvan_cli.province.summary import PROGRESS, REPORTED, over
from danvan_cli.province.summary_paper import OBSTACLES, citable
from danvan_cli.province.tracking import state_said
from danvan_cli.text import clean, day, fold, squeeze
from danvan_cli.word.package import CUSTOM, custom_xml, zipped_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from danvan_cli.excel.look import Book, PrintedSheet
    from danvan_cli.ooxml.xlsx import Value
    from danvan_cli.plan.model import Unit
    from danvan_cli.province.summary import Summary
    from danvan_cli.province.summary_paper import CitedWords

_FORMULAS: Final = {"sum": "=SUM({})", "average": "=ROUND(AVERAGE({}),2)"}
_TITLES: Final = {"sum": "Cộng", "average": "Bình quân", "none": "Không tổng hợp"}
_RESULTS: Final = "Kết quả"
_PICK: Final = "Trích vào báo cáo: gõ x, hoặc gõ câu trích"
_PICK_MARK: Final = "danvan-summary-pick/1"
_CROSSES: Final = frozenset({"x", "co", "v", "✓"})
"""What stands for a cross in the column that picks words, folded."""


def annex_workbook(out: Summary, marks: Mapping[str, str] | None = None) -> bytes:
    """Write the workbook; the same input gives the same bytes.

    With `marks`, what a person wrote beside units' words, it is a person's, and not danvan's to overwrite.
    """
    with written("Tổng hợp") as (made, data):
        _Book(made, out, marks or {}).write()
    return zipped_parts({**read_parts(data.getvalue()), CUSTOM: custom_xml("")}) if marks else data.getvalue()


class Picked(NamedTuple):
    """What was marked in the workbook to be cited, the marks as they stand there, and the cells whose words are no more."""

    cited: CitedWords
    marks: dict[str, str]
    lost: list[str]


def picked_words(path: Path, out: Summary) -> Picked:
    """Read which of units' words are to be cited: those marked with an x, or what is typed there instead.

    Raises:
        UsageError: if it is no such workbook, or nothing is marked in it.
    """
    words = {key: text for key, _area, _unit, text in _pieces(out)}
    told = {(area, unit.id) for area, those in out.words.items() for unit, _text in those}
    for name in out.obstacles:
        words[f"{OBSTACLES}|{name}|"] = ""  # as it is, with what is proposed and answered
        told.add((OBSTACLES, name))
    found = Picked({}, {}, [])
    for page in read_xlsx(read_bytes(path, limit=16 * 2**20), path.name):
        head = next((at for at, one in page.cells.items() if one.value == _PICK_MARK), None)
        rows = sorted(at for at in page.cells if head and at[0] > head[0] and at[1] == head[1])
        for row, column in rows:
            key, mark, shown = (_text(page.cells.get((row, at))) for at in (column, column - 1, column - 2))
            if not mark:
                continue
            if words.get(key) and fold(mark) in _CROSSES and shown not in {"", squeeze(words[key])}:
                mark = shown  # shortened where it stands
            area, _bar, rest = key.partition("|")
            unit = rest.partition("|")[0]
            text = words.get(key) if fold(mark) in _CROSSES else mark
            if text is None or (area, unit) not in told:
                found.lost.append(f"{page.title}!{address(row, column - 1)}")
                continue
            found.marks[key] = mark
            found.cited.setdefault((area, unit), []).append(text)
    if not found.marks and not found.lost:
        how = _(
            "sổ tổng hợp do danvan summary làm: gõ x ở cột «{head}» của trang «{sheet}»", head=_PICK, sheet=_RESULTS
        )
        raise UsageError(_("{path}: chưa có dòng nào được đánh dấu để trích", path=path.name), help=how)
    return found


def _text(cell: Value | None) -> str:
    return squeeze(clean(str(cell.value))) if cell else ""


def _pieces(out: Summary) -> Iterator[tuple[str, str, Unit, str]]:
    """Walk units' words piece by piece: a key, the area's title, the unit, the words."""
    for area in out.plan.areas:
        for unit, text in out.words[area.id]:
            for piece in citable(text):
                yield f"{area.id}|{unit.id}|{sha256(piece.encode()).hexdigest()[:8]}", area.title, unit, piece


class _Book:
    def __init__(self, made: Book, out: Summary, marks: Mapping[str, str]) -> None:
        self.made, self.out, self.marks = made, out, marks
        plain = {"align": "right", "num_format": "#,##0.####"}
        self.figure, self.wrong = made.format(**plain), made.format(**plain, bg_color="#F8CBAD")
        self.gone = made.format(align="center", bg_color="#EDEDED")
        self.total = made.format(**plain, bold=True, bg_color="#E2EFDA")
        self.label = made.format(bold=True, bg_color="#E2EFDA")

    def write(self) -> None:
        self._figures("Số liệu", "SỐ LIỆU TỔNG HỢP", "value")
        if beside := self.out.plan.period(self.out.period.beside):
            self._figures("Kỳ so sánh", f"SỐ LIỆU {beside.name.upper()}, TRONG BÁO CÁO", "previous")
        if self.out.period.estimate:
            self._figures("Ước cả kỳ", "SỐ LIỆU ƯỚC CẢ KỲ", "estimate")
        self._progress()
        self._sent()
        self._words()
        self._obstacles()

    def _sheet(
        self, name: str, title: str, columns: Sequence[tuple[str, float]], *, figures: bool = False
    ) -> PrintedSheet:
        indicators = self.out.plan.indicators
        ours = figures and indicators is not None and not indicators.official
        more = "; chỉ tiêu tham khảo, chưa được ban hành" if ours else ""
        of = f"; {self.out.of}" if self.out.of else ""
        under = f"(Tính đến hết ngày {day(self.out.as_of)}{of}{more})"
        return self.made.sheet(name, f"{title} {self.out.period.name.upper()}", under, columns)

    def _figures(self, name: str, title: str, which: Literal["value", "previous", "estimate"]) -> None:
        totals = self.out.figures
        indicators = [(f"{one.indicator.name} ({one.indicator.unit})", 13) for one in totals]
        columns = (("TT", 6), ("Cơ quan, đơn vị, địa phương", 40), *indicators)
        sheet = self._sheet(name, title, columns, figures=True)
        rows = [row for row in self.out.rows if row.state != "exempt"]
        by_unit = {row.unit.id: i for i, row in enumerate(self.out.reported)}
        for number, row in enumerate(rows, start=1):
            at, there = number + 3, by_unit.get(row.unit.id)
            figures = [one.figures[there] if there is not None else None for one in totals]
            values = [getattr(it, which) if it else "chưa gửi" for it in figures]
            wrong = [it.breaks if it and which == "value" else () for it in figures]
            usual = self.gone if there is None else self.figure
            styles = [self.wrong if breaks else usual for breaks in wrong]
            sheet.row(at, (number, row.unit.name, *values), (self.made.mid, self.made.text, *styles))
            for column, breaks in enumerate(wrong, start=2):
                if breaks:
                    sheet.made.write_comment(at, column, "\n".join(breaks))
        at = 4 + len(rows)
        for i, label in enumerate(("Tổng hợp", "Cách tổng hợp", "Số đơn vị có số liệu")):
            sheet.row(at + i, (None, label), (self.label, self.label))
        for column, one in enumerate(totals, start=2):
            cells = f"{address(4, column)}:{address(at - 1, column)}"
            found = [value for it in one.figures if (value := getattr(it, which)) is not None]
            total = over(one.indicator, found)
            if total is None:
                sheet.cell(at, column, None, self.total)
            else:  # an average is rounded as the report's is
                formula = _FORMULAS[one.indicator.over_units].format(cells)
                sheet.formula(at, column, formula, total, self.total)
            sheet.cell(at + 1, column, _TITLES[one.indicator.over_units], self.made.mid)
            sheet.formula(at + 2, column, f"=COUNT({cells})", len(found), self.total)

    def _progress(self) -> None:
        states = [(words, 14) for words in ("Đã hoàn thành", "Đang thực hiện", "Chưa thực hiện", "Chưa nêu")]
        sheet = self._sheet("Tiến độ", "TIẾN ĐỘ NHIỆM VỤ", (("TT", 6), ("Nội dung", 60), *states, ("Cộng", 12)))
        formats = (self.made.mid, self.made.text, *(self.figure,) * len(states))
        for at, area in enumerate(self.out.plan.areas, start=4):
            counts = [self.out.states[area.id][state] for state in PROGRESS]
            sheet.row(at, (at - 3, area.title, *counts), formats)
            sheet.formula(at, 6, f"=SUM(C{at + 1}:F{at + 1})", sum(counts), self.total)
        at = 4 + len(self.out.plan.areas)
        sheet.row(at, (None, "Cộng"), (self.label, self.label))
        sums = [sum(count[state] for count in self.out.states.values()) for state in PROGRESS]
        for column, value in enumerate((*sums, sum(sums)), start=2):
            sheet.formula(at, column, f"=SUM({address(4, column)}:{address(at - 1, column)})", value, self.total)

    def _sent(self) -> None:
        columns = (
            ("TT", 6), ("Cơ quan, đơn vị, địa phương", 44), ("Hạn gửi", 14), ("Ngày đến", 14), ("Số, ký hiệu", 20),
            ("Ngày ban hành", 16), ("Tình trạng", 30),
        )  # fmt: skip
        sheet = self._sheet("Tình hình gửi", "TÌNH HÌNH GỬI BÁO CÁO", columns)
        when = self.made.format(align="center", num_format="dd/mm/yyyy")
        for number, row in enumerate(self.out.rows, start=1):
            came = [getattr(row.receipt, key, None) for key in ("received", "symbol", "issued")]
            values = (number, row.unit.name, row.last_day, *came, state_said(row))
            state = self.made.mid if row.state in REPORTED else self.gone
            sheet.row(number + 3, values, (self.made.mid, self.made.text, when, when, self.made.mid, when, state))

    def _words(self) -> None:
        columns = (("TT", 6), ("Nội dung", 40), ("Cơ quan, đơn vị, địa phương", 36), ("Kết quả", 100), (_PICK, 36))
        sheet = self._sheet(_RESULTS, "KẾT QUẢ CỦA TỪNG ĐƠN VỊ", columns)
        rows = ((key, area, unit.name, text) for key, area, unit, text in _pieces(self.out))
        self._to_pick(sheet, rows, len(columns))

    def _obstacles(self) -> None:
        columns = (
            ("TT", 6), ("Khó khăn, vướng mắc", 56), ("Đề xuất", 56), ("Cơ quan, đơn vị, địa phương", 50),
            ("Đã trả lời", 40), (_PICK, 24),
        )  # fmt: skip
        sheet = self._sheet("Vướng mắc", "KHÓ KHĂN, VƯỚNG MẮC", columns)
        rows = []
        for name, one in self.out.obstacles.items():
            who = "; ".join(it.name for it in one.units)
            rows.append((f"{OBSTACLES}|{name}|", one.text, one.proposal, who, "; ".join(one.answers)))
        self._to_pick(sheet, rows, len(columns))

    def _to_pick(self, sheet: PrintedSheet, rows: Iterable[tuple[str | None, ...]], column: int) -> None:
        """Write rows that can be marked: each with its key in a hidden column."""
        opened, at = self.made.format(bg_color="#FFF2CC"), 3
        sheet.made.write_string(at, column, _PICK_MARK)
        for at, (key, *told) in enumerate(rows, start=4):
            formats = (self.made.mid, *(self.made.text,) * len(told), opened)
            sheet.row(at, (at - 3, *told, self.marks.get(str(key))), formats)
            sheet.made.write_string(at, column, str(key))
        sheet.made.set_column(column, column, None, None, {"hidden": True})
        sheet.made.autofilter(3, 0, at, column)  # a row that is sorted keeps its key
