"""The sheet of figures: what a unit reports in each period, with the plan's checks as live formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.excel.form import FIGURES, Column, FormCell, Formula, Sheet, SheetRow, capital, excel_row, field_text
from danvan_cli.scoring.formulas import quoted
from danvan_cli.unit.model import figure_keys

if TYPE_CHECKING:
    from danvan_cli.plan.figures import Check, Indicators
    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.unit.model import UnitRecord


def indicator_sheet(plan: Plan, unit: Unit, indicators: Indicators, record: UnitRecord) -> Sheet:
    """Lay out the figures of each period."""
    keys = figure_keys(plan, unit, record)
    names = {one.id: one.name for one in plan.periods}
    estimates = {one.estimated: f"{one.name} (ước cả kỳ)" for one in plan.periods if one.estimate}
    official = "" if indicators.official else f" Chỉ tiêu tham khảo, chưa do {plan.issuer.name} ban hành."
    sheet = Sheet(
        "chi-tieu",
        "Chỉ tiêu",
        f"Số liệu của từng kỳ báo cáo. Không phát sinh thì ghi số 0; chưa có số liệu thì để trống.{official}",
        [
            Column("area", "Nội dung", 9),
            Column("name", "Chỉ tiêu", 52),
            Column("unit", "Đơn vị tính", 12),
            *(Column(key, capital((names | estimates)[key]), 14) for key in keys),
            Column("check", "Kiểm tra", 34),
        ],
        named=("name",),
    )
    items = indicators.items
    rows = {one.id: excel_row(i) for i, one in enumerate(items)}
    by_last: dict[str, list[Check]] = {}
    for check in indicators.checks:
        left, _relation, right = check.sides
        if all(one in rows for one in (*left, *right)):
            by_last.setdefault(max((*left, *right), key=lambda one: rows[one]), []).append(check)
    for one in items:
        cells = {"area": FormCell(one.area), "name": FormCell(one.name), "unit": FormCell(one.unit)}
        kind = FIGURES[one.figure_kind]
        for key in keys:
            value = field_text(record.figure(one.id, key))
            cells[key] = FormCell(value, ("unit", "indicators", one.id, key), kind, wanted=True)
        if checks := by_last.get(one.id):
            formula = "&".join(_check(sheet, check, rows, keys) for check in checks)
            broken = [says.says for says in checks for key in keys if _breaks(record, says, key)]
            cells["check"] = FormCell(Formula(f"={formula}", "".join(map(_sentence, broken))))
        sheet.rows.append(SheetRow(one.id, cells))
    return sheet


def _sentence(says: str) -> str:
    return f"{says[:200].rstrip('.')}. "


def _check(sheet: Sheet, check: Check, rows: dict[str, int], keys: list[str]) -> str:
    """Write a check of figures as a formula that is empty, or says what is wrong in each period."""
    left, relation, right = check.sides
    out = []
    for key in keys:
        letter = sheet.column(key)
        sides = [[f"{letter}{rows[one]}" for one in side] for side in (left, right)]
        every = [*sides[0], *sides[1]]
        holds = f"ROUND({'+'.join(sides[0])}-({'+'.join(sides[1])}),6){relation}0"
        says = quoted(_sentence(check.says))
        out.append(f'IF(COUNT({",".join(every)})={len(every)},IF({holds},"",{says}),"")')
    return "&".join(out)


def _breaks(record: UnitRecord, check: Check, key: str) -> bool:
    sums = check.sums(lambda name: record.figure(name, key))
    return sums is not None and not check.holds(*sums)
