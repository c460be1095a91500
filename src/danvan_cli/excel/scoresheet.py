"""The sheets of scoring: answers with live points, totals, khống chế and band; explanations and evidence."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from danvan_cli.excel.form import (
    COUNT,
    DAY,
    FLAG,
    LISTS,
    LONG,
    NUMBER,
    TEXT,
    CellKind,
    Column,
    Form,
    FormCell,
    Formula,
    Sheet,
    SheetRow,
    excel_row,
    field_text,
    item_cells,
    item_places,
)
from danvan_cli.scoring.arithmetic import points
from danvan_cli.scoring.evaluate import evaluate
from danvan_cli.scoring.figures import rounded
from danvan_cli.scoring.formulas import GIVEN_BY_OTHERS, LEFT_OUT, literal, quoted, rescaled_formula
from danvan_cli.scoring.model import ANSWERS, Answer
from danvan_cli.scoring.proposals import may_be_late
from danvan_cli.scoring.ways import Cells, way_of
from danvan_cli.text import day

if TYPE_CHECKING:
    from collections.abc import Callable

    from danvan_cli.excel.form import Path
    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.scoring.model import Criterion, Limit, Rubric, ScoreRecord
    from danvan_cli.scoring.result import Result, ScoredLine
    from danvan_cli.unit.model import Evidence

SCORE: Final = "cham-diem"
EXPLAIN: Final = "giai-trinh"
YES_NO: Final = CellKind("choice", (("co", "Có"), ("khong", "Không")))
EVIDENCE: Final = {"title": TEXT, "number": TEXT, "date": DAY}
"""What of evidence stands in a workbook."""

_WHO: Final = {"verifier": "Tổ thẩm định chấm", "superior": "Cấp trên chấm", "survey": "Khảo sát"}
_NEVER: Final = 99


def levels(criterion: Criterion) -> CellKind:
    """Give the choices of a criterion's levels, each told apart by its number."""
    named = ((one.id, f"{i}. {one.name}"[:240]) for i, one in enumerate(criterion.levels, start=1))
    return CellKind("choice", tuple(named))


def evidence_cells(path: Path, one: Evidence | None) -> dict[str, FormCell]:
    """Give the cells of a document of evidence, or of an empty place for one."""
    return item_cells(path, one, EVIDENCE, prefix="evidence.")


class Scoring:
    """A unit's answers as sheets.

    `lists` are the rows of the hidden sheet, a name and its points each.
    """

    def __init__(self, plan: Plan, unit: Unit, rubric: Rubric, record: ScoreRecord) -> None:
        self.plan, self.unit, self.rubric, self.record = plan, unit, rubric, record
        self.result: Result = evaluate(rubric, record)
        self.lists: list[tuple[str, Decimal]] = []
        self._explain = self._explanations()
        self._note = {row.key: i for i, row in enumerate(self._explain.rows)}

    def sheets(self, form: Form) -> list[Sheet]:
        """Give both sheets, and tell the form what lists they hold."""
        for one in self.rubric.own:
            form.lists["score", "answers", one.id, "evidence"] = dict(EVIDENCE)
        return [self._answers(), self._explain]

    # Explanations ----------------------------------------------------------------------------------------------------

    def _explanations(self) -> Sheet:
        sheet = Sheet(
            EXPLAIN,
            "Giải trình",
            "Giải trình điểm bị trừ, tiêu chí không áp dụng; mỗi tài liệu kiểm chứng một dòng.",
            [
                Column("id", "Mã", 8),
                Column("title", "Tiêu chí", 42),
                Column("asked", "Tài liệu cần có", 24),
                Column("note", "Giải trình", 44),
                Column("evidence.title", "Tài liệu kiểm chứng", 34),
                Column("evidence.number", "Số, ký hiệu", 16),
                Column("evidence.date", "Ngày", 12),
            ],
            named=("id", "title"),
        )
        for one in self.rubric.own:
            answer, path = self.record.answer(one.id), ("score", "answers", one.id)
            wanted = {"title"} if one.evidence and not answer.evidence and not answer.note else ()
            first = {
                "title": FormCell(one.title),
                "asked": FormCell("; ".join(one.evidence)),
                "note": FormCell(answer.note or "", (*path, "note"), LONG),
            }
            for place, item in item_places(answer.evidence, 1):
                cells = {"id": FormCell(one.id)} | first
                cells |= item_cells((*path, "evidence", place), item, EVIDENCE, wanted, prefix="evidence.")
                sheet.rows.append(SheetRow(f"{one.id}|{place}" if not first else one.id, cells))
                first = {}
        return sheet

    # Answers ---------------------------------------------------------------------------------------------------------

    def _answers(self) -> Sheet:
        places = self.rubric.rounding.places
        official = "" if self.rubric.official else " Bộ tiêu chí tham khảo, chưa được ban hành."
        sheet = Sheet(
            SCORE,
            "Chấm điểm",
            f"{self.rubric.name}. Chỉ điền ô màu vàng; điểm được tính tự động. Tiêu chí chưa chấm thì để trống, không ghi số 0.{official}",
            [
                Column("id", "Mã", 8),
                Column("title", "Tiêu chí", 48),
                Column("most", "Điểm tối đa", 9),
                Column("level", "Mức", 34),
                Column("value", "Tử số", 11),
                Column("base", "Mẫu số", 11),
                Column("count", "Số lượng", 9),
                Column("points", "Điểm chấm", 9),
                Column("na", "Không áp dụng", 9),
                Column("got", "Điểm đạt", 10, places),
                Column("state", "Ghi chú", 22),
            ],
            named=("id", "title"),
        )
        for i, line in enumerate(self.result.lines):
            sheet.rows.append(self._line(sheet, i, line))
        self._totals(sheet)
        return sheet

    def _line(self, sheet: Sheet, index: int, line: ScoredLine) -> SheetRow:
        one, at = line.criterion, excel_row(index)
        cells = {"id": FormCell(one.id), "title": FormCell(one.title), "most": FormCell(one.most)}
        got = sheet.column("got")
        if line.state == "group":
            under = ",".join(f"{got}{excel_row(i)}" for i in self._under(index))
            formula = f'=IF(COUNT({under})=0,"",ROUND(SUM({under}),6))'
            cells["got"] = FormCell(Formula(formula, "" if line.points is None else line.points))
            return SheetRow(one.id, cells, "group")
        if one.survey is not None and not one.survey.held:
            cells["got"] = FormCell(LEFT_OUT if line.points is None else line.points)
            cells["state"] = FormCell("Năm nay không khảo sát")
            return SheetRow(one.id, cells)
        if line.state == "other":
            cells["got"], cells["state"] = FormCell(GIVEN_BY_OTHERS), FormCell(_WHO.get(one.scorer, ""))
            return SheetRow(one.id, cells)
        path, answer = ("score", "answers", one.id), line.answer
        kinds = {
            "level": levels(one),
            "value": NUMBER,
            "base": NUMBER,
            "count": COUNT,
            "points": CellKind("points", (), one.most, one.graded),
        }
        for key in way_of(one).keys:
            wanted = line.part != "bonus" and not answer.na
            cells[key] = FormCell(field_text(getattr(answer, key)), (*path, key), kinds[key], wanted=wanted)
        address = {key: f"{sheet.column(key)}{at}" for key in ANSWERS}
        if one.na and line.part == "criteria":
            cells["na"] = FormCell("x" if answer.na else "", (*path, "na"), FLAG)
            address["na"] = f"{sheet.column('na')}{at}"
        first = len(self.lists) + 1
        for level, name in kinds["level"].choices:
            self.lists.append((name, points(one, Answer(level=level), self.rubric.rounding)))
        names, worths = (f"{LISTS}!${letter}${first}:${letter}${max(first, len(self.lists))}" for letter in "AB")
        note = f"'{self._explain.title}'!{self._explain.column('note')}{excel_row(self._note[one.id])}"
        formula = self._formula(one, address, note, Cells(address, names, worths))
        value = LEFT_OUT if line.state == "na" and line.points is None else "" if line.points is None else line.points
        cells["got"] = FormCell(Formula(formula, value))
        if one.evidence:
            shown = self._explain.column("evidence.title")
            document = f"'{self._explain.title}'!{shown}{excel_row(self._note[one.id])}"
            test = f'=IF(AND(ISNUMBER({got}{at}),{got}{at}>0,{document}="",TRIM({note})=""),"Thiếu tài liệu, giải trình","")'
            if "na" in address:
                test = test.replace("=IF(AND(", f'=IF(AND({address["na"]}="",')
            cells["state"] = FormCell(Formula(test, "Thiếu tài liệu, giải trình" if line.missing_evidence else ""))
        return SheetRow(one.id, cells)

    def _formula(self, one: Criterion, at: dict[str, str], note: str, cells: Cells) -> str:
        """Write the points of a leaf that a unit scores itself; what does not apply wants its explanation in `note`."""
        rounding = self.rubric.rounding
        got = way_of(one).formula(one, cells, rounding)
        if one.na is None or "na" not in at:
            return f"={got}"
        full = literal(rounded(one.most, rounding)) if one.na == "full" else quoted(LEFT_OUT)
        given = "&".join(at[key] for key in ANSWERS)
        return f'=IF({at["na"]}<>"",IF(AND(TRIM({note})<>"",{given}=""),{full},""),{got})'

    def _under(self, index: int) -> list[int]:
        """List the rows right under a group."""
        depth, out = self.result.lines[index].depth, []
        for i in range(index + 1, len(self.result.lines)):
            if self.result.lines[i].depth <= depth or self.result.lines[i].part != self.result.lines[index].part:
                break
            if self.result.lines[i].depth == depth + 1:
                out.append(i)
        return out

    # Totals ----------------------------------------------------------------------------------------------------------

    def _totals(self, sheet: Sheet) -> None:
        result, rubric, rounding = self.result, self.rubric, self.rubric.rounding
        got, most = sheet.column("got"), sheet.column("most")
        lines = result.lines

        def rows(*parts: str, top: bool = False) -> list[int]:
            return [i for i, one in enumerate(lines) if one.part in parts and (not top or one.depth == 1)]

        def added(indexes: list[int]) -> str:
            return f"SUM({','.join(f'{got}{excel_row(i)}' for i in indexes)})" if indexes else "0"

        def put(key: str, title: str, formula: str, value: str | Decimal | int, most_: Decimal | None = None) -> str:
            column = "level" if isinstance(value, str) and key.startswith("muc") else "got"  # a name needs room
            cells = {"title": FormCell(title), column: FormCell(Formula(f"={formula}", value))}
            if most_ is not None:
                cells["most"] = FormCell(most_)
            sheet.rows.append(SheetRow(f"={key}", cells, "total"))
            return f"{got}{excel_row(len(sheet.rows) - 1)}"

        self._statements(sheet)
        sheet.rows.append(SheetRow("=tong-hop", {"title": FormCell("Tổng hợp")}, "heading"))
        first = len(sheet.rows)
        for i in rows("criteria", top=True):
            one, shown = lines[i], sheet.rows[i].cells["got"].value
            value = shown.value if isinstance(shown, Formula) else shown
            put(f"nd-{one.criterion.id}", f"{one.criterion.id}. {one.criterion.title}", f"{got}{excel_row(i)}", value,
                one.most)  # fmt: skip
        sheet.chart = (first, len(sheet.rows) - 1)
        base = rows("criteria")
        span = f"{{0}}{excel_row(base[0])}:{{0}}{excel_row(base[-1])}"
        gots, mosts = span.format(got), span.format(most)
        left = put("loai-ra", "Điểm tối đa của tiêu chí không áp dụng (bỏ ra)",
                   f"SUMPRODUCT(({gots}={quoted(LEFT_OUT)})*{mosts})", result.left_out)  # fmt: skip
        open_ = [i for i in rows("criteria", "deductions") if lines[i].state in {"blank", "scored", "na"}]
        blank = "+".join(f'({got}{excel_row(i)}="")' for i in open_) or "0"
        blanks = put("chua-cham", "Số tiêu chí chưa chấm", blank, len(result.blanks))
        earned = put("cong", "Cộng điểm các tiêu chí", f"ROUND({added(rows('criteria', top=True))},6)", result.earned,
                     result.scope)  # fmt: skip
        scope = literal(result.scope)
        scaled = rescaled_formula(earned, result.scope, left, rounding)
        subtotal = put("quy-doi", "Sau khi quy đổi phần không áp dụng",
                       f"IF(AND({left}>0,{left}<{scope}),{scaled},{earned})", result.subtotal, result.scope)  # fmt: skip
        bonus = taken = "0"
        if rubric.bonus:
            bonus = put("thuong", "Điểm thưởng", f"MIN({added(rows('bonus'))},{literal(rubric.bonus.max)})", result.bonus,
                        rubric.bonus.max)  # fmt: skip
        if rubric.deductions:
            taken = put("tru", "Điểm trừ", f"MIN({added(rows('deductions'))},{literal(rubric.deductions.max)})",
                        result.deductions, rubric.deductions.max)  # fmt: skip
        ceiling = result.scope + (rubric.bonus.max if rubric.bonus and rubric.over_max else 0)
        total = put("tong", "TỔNG ĐIỂM TỰ CHẤM", f"ROUND(MIN(MAX({subtotal}+{bonus}-{taken},0),{literal(ceiling)}),6)",
                    result.total, result.scope)  # fmt: skip
        complete = f"AND({blanks}=0,{left}<{scope})"
        flags = [(limit, put(f"kc-{limit.id}", f"Khống chế: {limit.reason}",
                             f"IF({complete},IF({self._applies(sheet, limit)},1,0),0)",
                             int(limit in result.applied))) for limit in rubric.limits]  # fmt: skip
        self._band(put, total, complete, flags)

    def _statements(self, sheet: Sheet) -> None:
        """Ask what only the unit can state: late reports, violations."""
        record, limits = self.record, self.rubric.limits
        named = record.late or any(limit.when.late for limit in limits)
        mine = may_be_late(self.plan, self.unit, self.rubric, record.late) if named else []
        late = [(one.id, f"Gửi muộn: {one.name}", self._last(one.id)) for one in mine]
        bad = [(one.id, f"Vi phạm: {one.name}", "") for one in self.rubric.violations]
        if not late and not bad:
            return
        sheet.rows.append(SheetRow("=khang-dinh", {"title": FormCell("Đơn vị khẳng định")}, "heading"))
        for key, asked, stated in (("late", late, record.late), ("violations", bad, record.violations)):
            for one, title, note in asked:
                value = "" if stated is None else "co" if one in stated else "khong"
                cells = {
                    "title": FormCell(title),
                    "level": FormCell(value, ("score", key, one), YES_NO, wanted=True),
                    "state": FormCell(note),
                }
                sheet.rows.append(SheetRow(f"{key}|{one}", cells))

    def _last(self, deliverable: str) -> str:
        last = self.plan.last_day(self.plan.deliverable_by_id[deliverable], self.unit)
        return f"ngày cuối đúng hạn {day(last)}" if last else ""

    def _applies(self, sheet: Sheet, limit: Limit) -> str:
        when, got, most = limit.when, sheet.column("got"), sheet.column("most")
        if when.criterion is None or when.below is None:
            key = f"late|{when.late}" if when.late is not None else f"violations|{when.violation}"
            at = next((i for i, row in enumerate(sheet.rows) if row.key == key), None)
            return "FALSE" if at is None else f'{sheet.column("level")}{excel_row(at)}="Có"'
        lines = self.result.lines
        at = next((i for i, one in enumerate(lines) if one.criterion.id == when.criterion), None)
        if at is None:
            return "FALSE"
        inside = {one.id for one in lines[at].criterion.leaves()}
        leaves = [i for i, one in enumerate(lines) if one.criterion.id in inside]
        pending = sum((lines[i].most for i in leaves if lines[i].state == "other"), Decimal(0))
        left = "+".join(
            f"IF({got}{excel_row(i)}={quoted(LEFT_OUT)},{most}{excel_row(i)},0)"
            for i in leaves
            if lines[i].state != "other"
        )
        whole = literal(lines[at].most)
        have = f"({got}{excel_row(at)}+{literal(pending)})*{whole}"
        need = f"{literal(when.below)}*({whole}-({left or 0}))"
        return f"IF(ISNUMBER({got}{excel_row(at)}),ROUND({have}-{need},8)<0,FALSE)"

    def _band(
        self, put: Callable[[str, str, str, str], str], total: str, complete: str, flags: list[tuple[Limit, str]]
    ) -> None:
        result, bands = self.result, self.rubric.bands_down
        rank = {band.id: len(bands) - i for i, band in enumerate(bands)}
        by_points = "0"
        for band in reversed(bands):
            by_points = f"IF({total}>={literal(band.start)},{rank[band.id]},{by_points})"
        names = ",".join(quoted(band.name) for band in reversed(bands))

        def named(number: str) -> str:
            return f'IF({number}=0,"",CHOOSE(MAX(1,{number}),{names}))'

        shown = result.by_points.name if result.by_points else ""
        by = f"({by_points})"
        put("muc-theo-diem", "Mức theo điểm", f'IF({complete},{named(by)},"")', shown)

        def lowest(pairs: list[tuple[int, str]]) -> str:
            tests = ",".join(f"IF({flag}=1,{number},{_NEVER})" for number, flag in pairs)
            return f"MIN({tests})" if tests else str(_NEVER)

        forced = lowest([(rank[one.force], flag) for one, flag in flags if one.force in rank])
        capped = lowest([(rank[one.cap], flag) for one, flag in flags if one.cap in rank])
        final = f"IF({by}=0,0,MIN(IF({forced}={_NEVER},{by},{forced}),{capped}))"
        denied = "+".join(flag for limit, flag in flags if limit.deny) or "0"
        deny = "Không đủ điều kiện xếp loại"
        value = "" if result.by_points is None else result.band.name if result.band else deny
        put(
            "muc",
            "MỨC TỰ XẾP LOẠI",
            f'IF({complete},IF({by}=0,"",IF(({denied})>0,{quoted(deny)},{named(final)})),"")',
            value,
        )
