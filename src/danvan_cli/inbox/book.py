"""The tracking list (sổ văn bản đến): what a clerk has noted of each file that came; and the intake book, which reads back as one.

The intake book has for each file what it was taken as and why, in columns that a tracking list has.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from filecmp import cmp
from itertools import takewhile
from operator import eq
from typing import TYPE_CHECKING, Final

from danvan_cli.delivery.model import WORKBOOK
from danvan_cli.errors import UsageError
from danvan_cli.files import name_key, read_bytes
from danvan_cli.inbox.model import Said
from danvan_cli.inbox.recognize import words
from danvan_cli.inbox.tables import separated, table_of_page
from danvan_cli.lang import _
from danvan_cli.plan.days import misdated
from danvan_cli.rules.secrets import refuse_secret_file
from danvan_cli.text import clean, day, squeeze
from danvan_cli.typed import called, typed_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from danvan_cli.ooxml.xlsx import Value
    from danvan_cli.plan.model import Plan, Unit

MAX_LIST: Final = 8 * 2**20
_PARTS: Final = re.compile(r"[\\/]")
_COLUMNS: Final = {
    "tep": "file", "ten tep": "file", "file": "file", "ten file": "file", "tap tin": "file", "ten tap tin": "file",
    "tep dinh kem": "file", "file dinh kem": "file", "so den": "number", "ngay den": "received", "ma don vi": "unit",
    "don vi": "unit", "co quan don vi": "unit", "bao cao": "deliverable", "ma bao cao": "deliverable",
    "so ky hieu": "symbol", "ngay ban hanh": "issued", "ngay van ban": "issued",
    "ma ho so": "id",
}  # fmt: skip
"""What a tracking list's columns are called, without marks."""
_FORMULA: Final = "=+-@"
"""What begins a formula in Excel: a stranger's file name must not be one."""
_HEADS: Final = (
    ("Tệp", 40), ("Số đến", 10), ("Ngày đến", 13), ("Đơn vị", 34), ("Báo cáo", 40), ("Số ký hiệu", 18), ("Ngày ban hành", 13),
    ("Kết quả", 46), ("Mã hồ sơ", 11),
)  # fmt: skip
_DAYS: Final = (2, 6)
_UNIT, _REPORT = 3, 4
_LISTS: Final = "danh-muc"
_UNDER: Final = "Sửa thẳng vào các cột từ Số đến đến Ngày ban hành rồi nhận lại: danvan receive --list"


def tracking_list(path: Path, plan: Plan, unit: Callable[[str, date | None], Unit]) -> dict[str, Said]:
    """Read a tracking list (sổ văn bản đến): for each file its number and day of arrival, and what else is known.

    It is a `.csv`, or an `.xlsx` whose first sheet holds it; `unit` finds a unit by its id or name on a day.

    A register holds much that is no report: what is wrong with a row is told of its file alone (`Said.wrong`).

    Raises:
        UsageError: if it has no column of files, or a cell of a row of an intake book is wrong.
    """
    heads: list[str] = []
    out: dict[str, Said] = {}
    for number, row in enumerate(_table(path), start=1):
        if not heads:
            found = _heads(row)
            heads = found if "file" in found else []
            continue
        said = zip(heads, (squeeze(clean(cell)) for cell in row), strict=False)
        told = {head: cell for head, cell in said if head and cell}
        if "file" not in told:
            continue
        key = _key(told["file"], told.get("id"))
        try:
            out[key] = _alone(out.get(key), _row(told, plan, unit))
        except UsageError as error:
            why = _("{path}, dòng {row}: {why}", path=path.name, row=number, why=error.message)
            if "id" in told:
                raise UsageError(why, help=error.help) from None
            out[key] = Said(file=told["file"], wrong=UsageError(f"{told['file']}: {why}", help=error.help))
    if not heads:
        raise UsageError(
            _("{path} không có cột «Tệp»", path=path.name),
            help=_("dòng đầu ghi tên cột: Tệp, Số đến, Ngày đến, Đơn vị, Báo cáo, Số ký hiệu, Ngày ban hành"),
        )
    return out


def rows_by_file(known: Mapping[str, Said], paths: Iterable[Path]) -> dict[Path, Said]:
    """Give files their rows: by their names, of several of one name by their folders; what could be of two is wrong."""
    named: dict[str, dict[Path, list[str]]] = defaultdict(dict)
    for path in paths:
        named[name_key(path.name)][path] = _keys(path.parts)
    claimed: dict[Path, dict[Said, int]] = defaultdict(dict)
    for key, row in known.items():
        said, alike = _keys(_PARTS.split(str(row.file))), named.get(key.partition("\n")[0], {})
        near = {path: len([*takewhile(bool, map(eq, said, its))]) for path, its in alike.items()}
        most = max(near.values(), default=0)  # reckoned once: every unit may send a file of the same name
        best = [path for path, shared in near.items() if shared == most]
        others = any(not _same(best[0], it) for it in best[1:])
        for path in best:
            claimed[path][_unclear(row) if others and not (row.id or row.wrong) else row] = near[path]
    out = {}
    for path, rows in claimed.items():
        most = max(rows.values())
        best_rows = [row for row, shared in rows.items() if shared == most]
        out[path] = best_rows[-1] if len(best_rows) == 1 or best_rows[-1].id else _unclear(best_rows[-1])
    return out


def _same(one: Path, other: Path) -> bool:
    """Tell whether two files hold the same; what cannot be read is the same as nothing."""
    try:
        return cmp(one, other, shallow=False)
    except OSError:
        return False


def _keys(parts: Sequence[str]) -> list[str]:
    """Give the parts of a path as people compare them, the file's name first."""
    return [name_key(one) for one in reversed(parts)]


def _unclear(row: Said) -> Said:
    why = _("sổ văn bản đến: «{name}» có thể là của nhiều tệp, dòng cùng tên", name=str(row.file)[:80])
    how = _("ghi cả thư mục ở cột «Tệp», như so-y-te/bao-cao.pdf, hoặc nhận từng tệp với --unit")
    return Said(file=row.file, wrong=UsageError(why, help=how))


def _key(file: str, id_: str | None) -> str:
    """Give the key of a row: the file's name, and by what it is known among several of that name: its id, or its folder."""
    return f"{name_key(file)}\n{id_ or '/'.join(map(name_key, _PARTS.split(file)))}"


def _alone(other: Said | None, one: Said) -> Said:
    """Give a row beside which no other one says something else of the same file."""
    if other not in {None, one} and not one.id:
        raise UsageError(
            _("một dòng trên cũng ghi tệp «{name}», mà ghi khác", name=str(one.file)[:80]),
            help=_("đổi tên tệp cho khác nhau ở sổ và trong thư mục, hoặc nhận từng tệp với --unit"),
        )
    return one


def _row(told: Mapping[str, str], plan: Plan, unit: Callable[[str, date | None], Unit]) -> Said:
    """Read a row: what is written under each head."""
    days = {key: typed_day(told[key]) for key in ("issued", "received") if key in told}
    who = unit(told["unit"], days.get("issued")).id if "unit" in told else None
    for when in days.values():
        if wrong := misdated(when, plan.years):
            raise wrong
    name = told.get("deliverable")
    name = None if name == WORKBOOK else name  # as the intake book says it
    name = name and (called(name, {one.id: (one.name,) for one in plan.deliverable_by_id.values()}) or name)
    if name is not None and name not in plan.deliverable_by_id:
        ids = ", ".join(plan.deliverable_by_id)
        raise UsageError(_("kế hoạch không có «{id}»", id=name[:64]), help=_("các mã: {ids}", ids=ids))
    return Said(
        who, name, told.get("symbol"), days.get("issued"), told.get("number"), days.get("received"), told["file"],
        told.get("id"),
    )  # fmt: skip


def _table(path: Path) -> Sequence[Sequence[str]]:
    refuse_secret_file(path)
    data = read_bytes(path, limit=MAX_LIST)
    if path.suffix.lower() == ".xlsx":
        from danvan_cli.ooxml.xlsx import read_xlsx

        page = read_xlsx(data, path.name)[0]
        shown = {at: _as_text(one) if one.error else one for at, one in page.cells.items()}
        table = table_of_page(page._replace(cells=shown))
        return table.rows if table else ()
    return separated(data, path.name, lambda rows: max(map(_known, rows), default=0))


def _as_text(cell: Value) -> Value:
    """Give a cell's error (`#N/A`) as its text: it names no unit and no day, and is refused as any such word is."""
    return cell._replace(value=str(cell.value), error=False)


def _known(row: Sequence[str]) -> int:
    """Count the columns that a row names, if one is that of the files."""
    heads = {*_heads(row)}
    return len(heads - {""}) if "file" in heads else 0


def _heads(row: Sequence[str]) -> list[str]:
    return [_COLUMNS.get(words(cell), "") for cell in row]


# The intake book ------------------------------------------------------------------------------------------------------


_Row = tuple[Said, str]
"""What is known of a file, with its name and the id of what was filed; what became of it and by what it was told."""


def book_csv(rows: Sequence[_Row]) -> bytes:
    """Write the book as CSV, with the plan's ids."""
    out = io.StringIO()
    write = csv.writer(out, delimiter=";", lineterminator="\r\n")
    write.writerow([head for head, _width in _HEADS])
    for row in rows:
        cells = [day(cell) if i in _DAYS and cell else cell for i, cell in enumerate(_cells(row))]  # type: ignore[arg-type]
        write.writerow([f" {one}" if isinstance(one, str) and one and one[0] in _FORMULA else one for one in cells])
    return out.getvalue().encode("utf-8-sig")


def as_workbook(rows: Sequence[_Row], plan: Plan, title: str) -> bytes:
    """Write the book as a workbook: units and reports by their names, chosen from lists; what is not known is marked."""
    from danvan_cli.excel.look import written

    shared = Counter(one.name for one in plan.units)
    units = {one.id: one.name if shared[one.name] == 1 else one.id for one in plan.units}
    reports = {one.id: one.name for one in plan.deliverable_by_id.values()}
    with written(title) as (book, out):
        sheet = book.sheet("so-nhan", title, _UNDER, _HEADS)
        days = book.format(align="center", num_format="dd/mm/yyyy")
        missing = book.format(bg_color="#FFF2CC")
        last = 4 + max(len(rows), 1) - 1
        for at, row in enumerate(rows, start=4):
            cells: list[object] = list(_cells(row))
            cells[_UNIT] = units.get(str(cells[_UNIT]), "")
            cells[_REPORT] = reports.get(str(cells[_REPORT]), cells[_REPORT])
            forms = [
                days if i in _DAYS else missing if i in {_UNIT, _REPORT} and not cell else book.text
                for i, cell in enumerate(cells)
            ]
            sheet.row(at, cells, forms)
        sheet.made.autofilter(3, 0, last, len(_HEADS) - 1)
        lists = book.book.add_worksheet(_LISTS)
        for column, names in ((_UNIT, units), (_REPORT, reports)):
            lists.set_column(column - _UNIT, column - _UNIT, 60)
            for at, name in enumerate(names.values()):
                lists.write_string(at, column - _UNIT, name)
            letter = "AB"[column - _UNIT]
            source = f"='{_LISTS}'!${letter}$1:${letter}${len(names)}"
            sheet.made.data_validation(
                4, column, last, column, {"validate": "list", "source": source, "error_type": "warning"}
            )
        lists.hide()
    return out.getvalue()


def _cells(row: _Row) -> tuple[str | date | None, ...]:
    said, became = row
    return (
        said.file, said.number, said.received, said.unit, said.deliverable, said.symbol, said.issued, became, said.id,
    )  # fmt: skip
