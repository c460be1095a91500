"""What a person changed in a workbook, against what it held when it was sent and what is recorded now."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import UsageError
from danvan_cli.excel.cells import canonical
from danvan_cli.excel.edits import CellChange, CellFault, Conflict, Edits, ListItem
from danvan_cli.excel.form import BASE, LISTS, MARK, NEW, CellKind, Formula, Path
from danvan_cli.excel.locked import typed_over
from danvan_cli.lang import _
from danvan_cli.ooxml.xlsx import Page, Value, address
from danvan_cli.text import clean, squeeze
from danvan_cli.unit.recording import ITEM_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from danvan_cli.excel.baseline import Baseline, BaselineRows
    from danvan_cli.excel.form import Form, Row, Sheet

_LISTS: Final = {"ke-hoach": "activities", "nhiem-vu": "evidence", "giai-trinh": "evidence", "vuong-mac": "obstacles",
                 "yeu-cau": "requested"}  # fmt: skip
"""The list that rows may be added to, by the sheet's key."""


def workbook_edits(pages: list[Page], base: Baseline, form: Form, *, same_plan: bool) -> Edits:
    """Compare a workbook with what it held when sent, and that with what is recorded now.

    Args:
        pages: the workbook.
        base: its baseline.
        form: the unit's workbook as it would be written now.
        same_plan: whether texts of the plan must be the same as now.
    """
    return _Reader(pages, base, form, same_plan=same_plan).edits()


class _Reader:
    def __init__(self, pages: list[Page], base: Baseline, form: Form, *, same_plan: bool) -> None:
        self.pages, self.base, self.form, self.same_plan = pages, base, form, same_plan
        self.out = Edits()
        self.kinds: dict[Path, CellKind] = {}
        self.now: dict[Path, str] = {}
        for _sheet, _row, _key, cell in form.cells():
            if cell.kind is not None:
                self.kinds[cell.path] = cell.kind
                self.now[cell.path] = str(cell.value)
        self.held: dict[Path, dict[str, str]] = {}
        """Of every item in the baseline what it held."""
        self.typed: dict[Path, dict[str, tuple[str, str, str]]] = {}
        """Of every item in the workbook what it holds now, with the cell and what it is about."""

    def edits(self) -> Edits:
        """Give what the workbook brings."""
        known = {sheet.key: sheet for sheet in self.form.sheets}
        seen: dict[str, str] = {}
        unmarked: list[str] = []
        for page in self.pages:
            place = next(
                ((at, str(one.value)) for at, one in page.cells.items() if str(one.value).startswith(f"{MARK}#")), None
            )
            if place is None:
                if page.cells and page.title not in {BASE, LISTS}:
                    unmarked.append(page.title)
                continue
            key = place[1].removeprefix(f"{MARK}#")
            if key not in self.base.cells:
                if key in known and key != "huong-dan":
                    self.out.notes.append(_("trang «{sheet}» không thuộc sổ này, bỏ qua", sheet=page.title))
                elif key in known:
                    columns = self._columns(page, place[0])
                    self.out.notes += typed_over(page, place[0], columns, known[key], set(), same_plan=self.same_plan)
                continue
            if key in seen:
                fault = _("hai trang cùng một nội dung: «{one}» và «{other}»", one=seen[key], other=page.title)
                self.out.faults.append(CellFault(page.title, fault, _("giữ một trang, xóa bản chép")))
                continue
            seen[key] = page.title
            self._page(page, place[0], key, known.get(key))
        self._absent(
            {key: known[key].title if key in known else key for key in self.base.cells if key not in seen}, unmarked
        )
        self._items()
        return self.out

    def _absent(self, absent: Mapping[str, str], unmarked: list[str]) -> None:
        """Tell sheets that are gone from those that only lost what they are known by, and from a person's own."""
        titles = list(absent.values())
        lost = [one for one in unmarked if one in titles] or (unmarked if titles else [])
        for one in lost:
            message = _("trang này mất hàng ẩn hoặc cột ẩn ở đầu trang, nên không biết dòng nào là của mục nào")
            self.out.faults.append(_hidden(one, message))
        for one in unmarked:
            if one not in lost:
                self.out.notes.append(_("trang «{sheet}» không thuộc sổ này, bỏ qua", sheet=one))
        for title in titles:
            if title not in lost and len(lost) < len(titles):
                self.out.notes.append(_("sổ không còn trang «{sheet}»: phần đó giữ nguyên", sheet=title))

    # One sheet -------------------------------------------------------------------------------------------------------

    def _columns(self, page: Page, place: tuple[int, int]) -> dict[str, int]:
        """Find the columns by their hidden keys."""
        row = place[0]
        return {
            str(one.value).removeprefix(MARK): column
            for (at, column), one in page.cells.items()
            if at == row and str(one.value).startswith(MARK) and column != place[1]
        }

    def _page(self, page: Page, place: tuple[int, int], key: str, sheet: Sheet | None) -> None:
        columns, base = self._columns(page, place), self.base.cells[key]
        self._missing(page, columns, base, sheet)
        rows = _rows(page, place[0])
        now = {row.key: row for row in sheet.rows} if sheet else {}
        named = {at: str(cells[place[1]].value) for at, cells in rows.items() if place[1] in cells}
        if len(rows) > sum(one == "=head" for one in named.values()) and not base.keys() & set(named.values()):
            message = _("cột ẩn ở đầu trang đã bị làm trống, nên không biết dòng nào là của mục nào")
            self.out.faults.append(_hidden(page.title, message))
            return
        seen: set[str] = set()
        used: set[tuple[int, int]] = set()
        owner, keys = "", {column: one for one, column in columns.items()}
        for at in sorted(rows):
            cells, name = rows[at], named.get(at, "")
            owner = name.partition("|")[0] if "|" in name else owner
            if name in base and name not in seen:
                seen.add(name)
                moved = self._moved(page, at, cells, columns, now.get(name), sheet)
                used |= {(at, column) for column in cells if moved or name not in now or keys.get(column) in base[name]}
                if not moved:
                    self._row(page, at, cells, columns, base[name], now.get(name), sheet)
            elif not name.startswith(("=", MARK)):
                used |= {(at, column) for column in self._inserted(page, at, cells, columns, key, owner)}
                if name in seen and key not in _LISTS:
                    used |= {(at, column) for column in cells}
                    spot = f"{page.title}!{address(at, place[1] + 1)}"
                    self.out.notes.append(_("{cell}: dòng chép thêm của một dòng đã có, không ghi", cell=spot))
        self.out.notes += [
            _("{sheet}: dòng «{row}» không còn trong sổ, phần đã ghi giữ nguyên", sheet=page.title, row=one)
            for one, cells_ in base.items()
            if one not in seen and any(old for _path, old in cells_.values())
        ]
        if sheet:
            self._total(page, named, columns, sheet)
            self.out.notes += typed_over(page, place, columns, sheet, used, same_plan=self.same_plan)

    def _total(self, page: Page, named: Mapping[int, str], columns: Mapping[str, int], sheet: Sheet) -> None:
        """Find the total that the sheet shows."""
        row = next((row for row in sheet.rows if row.key == "=tong"), None)
        at = next((at for at, name in named.items() if name == "=tong"), None)
        for key, cell in row.cells.items() if row and at is not None else ():
            there = page.cells.get((at or 0, columns.get(key, -1)))
            if isinstance(cell.value, Formula) and there is not None and isinstance(there.value, Decimal):
                self.out.total = f"{page.title}!{address(at or 0, columns[key])}", there.value

    def _missing(self, page: Page, columns: Mapping[str, int], base: BaselineRows, sheet: Sheet | None) -> None:
        """Name the columns that were sent and are gone."""
        titles = {one.key: one.title for one in sheet.columns} if sheet else {}
        for one in sorted({one for row in base.values() for one in row} - columns.keys()):
            message = _("không còn cột «{column}»", column=titles.get(one, one))
            hint = _("lấy lại cột đó từ sổ gốc, hoặc tạo sổ mới: danvan workbook")
            self.out.faults.append(CellFault(page.title, message, hint))

    def _moved(
        self,
        page: Page,
        at: int,
        cells: Mapping[int, Value],
        columns: Mapping[str, int],
        row: Row | None,
        sheet: Sheet | None,
    ) -> bool:
        """Tell whether a row's visible name is another's than its hidden key says: sorted by half."""
        if row is None or sheet is None or not self.same_plan:
            return False
        for key in sheet.named:
            cell, there = row.cells.get(key), cells.get(columns.get(key, -1))
            if cell is None or cell.kind is not None or there is None:
                continue
            if squeeze(clean(str(there.value))) != squeeze(clean(str(cell.value))):
                message = _("dòng này là của «{row}» nhưng ghi «{there}»", row=cell.value, there=str(there.value)[:40])
                spot = f"{page.title}!{address(at, columns[key])}"
                hint = _("sắp xếp thì chọn cả bảng, kể cả cột ẩn; hoặc trả lại chữ cũ ở ô này")
                self.out.faults.append(CellFault(spot, message, hint))
                return True
        return False

    def _row(
        self,
        page: Page,
        at: int,
        cells: Mapping[int, Value],
        columns: Mapping[str, int],
        base: Mapping[str, tuple[Path, str]],
        row: Row | None,
        sheet: Sheet | None,
    ) -> None:
        for key, (path, old) in base.items():
            if key not in columns:
                continue
            spot = f"{page.title}!{address(at, columns[key])}"
            kind = self._kind(path)
            if kind is None:
                if str(getattr(cells.get(columns[key]), "value", "")) != "" and old == "":
                    self.out.notes.append(_("{cell}: mục này không còn trong kế hoạch, không ghi", cell=spot))
                continue
            got = self._read(spot, cells.get(columns[key]), kind, old, path)
            if got is None:
                continue
            about = _about(row, key, sheet)
            if (owner := self._list(path)) is not None:
                item, part = owner
                self.held.setdefault(item, {})[part] = old
                self.typed.setdefault(item, {})[part] = got, spot, about
            elif got != old:
                self._compare(CellChange(spot, about, path, kind, old, got), self.now.get(path, ""))

    def _read(self, spot: str, cell: Value | None, kind: CellKind, old: str, path: Path = ()) -> str | None:
        """Read a cell; None where it is wrong, which is kept."""
        if cell is not None and cell.formula:
            hint = _("gõ thẳng giá trị, hoặc dán dạng giá trị (Paste Values)")
            self.out.faults.append(CellFault(spot, _("ô nhập chứa công thức"), hint, path))
            return None
        try:
            got = canonical(cell, kind)
        except UsageError as error:
            self.out.faults.append(CellFault(spot, error.message, error.help, path))
            return None
        if got != old and (wrong := self.form.misdated(got, kind)):
            self.out.faults.append(CellFault(spot, wrong.message, wrong.help, path))
            return None
        plain = kind.name in {"text", "long"}  # what stands in the file may have spaces that a cell loses
        return old if plain and got == canonical(Value(old), kind) else got

    def _compare(self, change: CellChange, now: str) -> None:
        if now == change.new:
            return
        if now == change.old:
            self.out.changes.append(change)
        else:
            self.out.conflicts.append(Conflict(change, now))

    def _kind(self, path: Path) -> CellKind | None:
        if (owner := self._list(path)) is not None:
            return self.form.lists[owner[0][:-1]].get(owner[1])
        return self.kinds.get(path)

    def _list(self, path: Path) -> tuple[Path, str] | None:
        """Give the item that a path leads into, and the part of it; None for what is in no list."""
        return (path[:-1], path[-1]) if path[:-2] in self.form.lists else None

    # Lists -----------------------------------------------------------------------------------------------------------

    def _inserted(
        self, page: Page, at: int, cells: Mapping[int, Value], columns: Mapping[str, int], key: str, above: str
    ) -> set[int]:
        """Take a row that a person inserted or copied: a new item of its sheet's list; give the columns that were read.

        Without a code of its own it is of the same task or criterion as the row above.
        """
        name = _LISTS.get(key)
        if name is None:
            return set()
        prefix = "evidence." if name == "evidence" else ""
        parts = next((kinds for path, kinds in self.form.lists.items() if path[-1] == name), {})
        texts = {part: cells.get(columns.get(prefix + part, -1)) for part in parts}
        if not any(one is not None and str(one.value).strip() for part, one in texts.items() if part != "period"):
            return set()
        owner = cells.get(columns.get("id", -1))
        place: Path
        if name in {"obstacles", "requested"}:
            place = ("unit", name)
        else:
            told = squeeze(clean(str(owner.value))) if owner and owner.value != "" else above
            root = ("score", "answers") if key == "giai-trinh" else ("unit", "tasks")
            place = (*root, told, name)
            if place not in self.form.lists:
                cell = f"{page.title}!{address(at, columns.get('id', 0))}"
                message = _("dòng thêm cần một mã đúng ở cột Mã, đang là «{id}»", id=told[:40])
                self.out.faults.append(CellFault(cell, message, _("ghi mã như ở các dòng khác, ví dụ II.1.1")))
                return set(cells)
        item = (*place, f"{NEW}row{at}")
        for part, one in texts.items():
            column = columns.get(prefix + part)
            if column is None and part != "period":
                continue
            spot = f"{page.title}!{address(at, column or 0)}"
            got = self._read(spot, one, parts[part], "")
            if got is not None:
                self.held.setdefault(item, {})[part] = ""
                self.typed.setdefault(item, {})[part] = got, spot, place[-2] if len(place) > 2 else ""
        return {columns[one] for one in ("id", *(prefix + part for part in parts)) if one in columns}

    def _items(self) -> None:
        """Settle the items: which are new, emptied, changed."""
        bad = {fault.cell for fault in self.out.faults}
        for item, cells in self.typed.items():
            values = {part: got for part, (got, _cell, _about_) in cells.items()}
            if item[-1].startswith(NEW):
                self._added(item, values, bad)
            elif values != self.held[item]:
                self._changed(item, values)

    def _first(self, item: Path) -> tuple[str, str]:
        """Give the cell that an item is told by, and what it is about."""
        cells, need = self.typed[item], ITEM_KEYS[item[-2]][0]
        _got, cell, about = cells[need] if need in cells else next(iter(cells.values()))
        return cell, about

    def _added(self, item: Path, values: dict[str, str], bad: set[str]) -> None:
        """Take a row that was empty when the workbook was sent, or was not there."""
        place, (cell, about) = item[:-1], self._first(item)
        if not _filled(values):
            return
        needed = ITEM_KEYS[place[-1]] if place[-1] == "requested" else ITEM_KEYS[place[-1]][:1]
        missing = next((key for key in needed if not values.get(key)), None)
        if missing is not None:
            there = self.typed[item].get(missing)
            if there and there[1] not in bad:
                cell = there[1]
                self.out.faults.append(CellFault(cell, _("còn thiếu nội dung của dòng này"), _("ghi vào ô này")))
            return
        period = item[-1].removeprefix(NEW)
        if place[-1] == "evidence" and period in dict(self._periods(place)):
            values["period"] = period
        if not self._there(place, values):
            self.out.added.append(ListItem(cell, about, place, None, {k: v for k, v in values.items() if v}))

    def _changed(self, item: Path, values: dict[str, str]) -> None:
        """Take a row of something that was recorded when the workbook was sent: emptied, or with other values."""
        place, (cell, about), held = item[:-1], self._first(item), self.held[item]
        need, at = ITEM_KEYS[item[-2]][0], self._index(item[:-1], int(item[-1]), self.held[item])
        if not _filled(values) and held.get(need):
            now = {part: self.now.get((*place, str(at), part), "") for part in held} if at is not None else {}
            if any(now.get(part, "") != held.get(part, "") for part in ITEM_KEYS[place[-1]]):
                return  # gone already; another stands in its place
            if now == held:
                self.out.removed.append(ListItem(cell, about, place, at, held))
            else:
                whole = CellChange(cell, about, item, CellKind("text"), held[need], "")
                self.out.conflicts.append(Conflict(whole, now[need]))
            return
        if need in values and not values[need]:
            hint = _("ghi lại, hoặc làm trống cả dòng")
            self.out.faults.append(CellFault(cell, _("còn thiếu nội dung của dòng này"), hint))
            return
        for part, (got, spot, one) in self.typed[item].items():
            if got == held[part]:
                continue
            path = item if at is None else (*place, str(at), part)
            change = CellChange(spot, one, path, self.form.lists[place][part], held[part], got)
            if at is None:  # gone meanwhile: there is no field to write, whatever side is preferred
                self.out.conflicts.append(Conflict(change, ""))
            else:
                self._compare(change, self.now.get(path, ""))

    def _periods(self, place: Path) -> tuple[tuple[str, str], ...]:
        kind = self.form.lists[place].get("period")
        return kind.choices if kind else ()

    def _now(self, place: Path) -> Iterator[tuple[int, dict[str, str]]]:
        """Walk the items of a list as they are recorded now."""
        i = 0
        parts = self.form.lists[place]
        while True:
            item = {part: self.now[*place, str(i), part] for part in parts if (*place, str(i), part) in self.now}
            if not item:
                return
            yield i, item
            i += 1

    def _there(self, place: Path, values: Mapping[str, str]) -> bool:
        return any(
            all(one.get(part, "") == value for part, value in values.items() if part in one)
            for _i, one in self._now(place)
        )

    def _index(self, place: Path, index: int, held: Mapping[str, str]) -> int | None:
        """Find an item of the baseline among those recorded now: the same, else the same thing, else its place."""
        now = dict(self._now(place))
        same = ITEM_KEYS[place[-1]]

        def fits(one: Mapping[str, str], parts: Iterable[str]) -> bool:
            return all(one.get(part, "") == held.get(part, "") for part in parts)

        for parts in (tuple(held), same):
            for i in (index, *now):
                if i in now and fits(now[i], parts):
                    return i
        sent_ = [one for item, one in self.held.items() if item[:-1] == place and not item[-1].startswith(NEW)]
        others = [one for one in sent_ if one != held]
        if (
            index in now
            and len(now) == len(sent_)
            and not any(all(now[index].get(part, "") == one.get(part, "") for part in same) for one in others)
        ):
            return index
        return None


def _rows(page: Page, above: int) -> dict[int, dict[int, Value]]:
    """Give the cells of each row below one, by column."""
    out: dict[int, dict[int, Value]] = {}
    for (row, column), value in page.cells.items():
        if row > above:
            out.setdefault(row, {})[column] = value
    return out


def _hidden(title: str, message: str) -> CellFault:
    """Say that a sheet lost what it is known by."""
    hint = _("bấm Hoàn tác (Ctrl+Z) để lấy lại, hoặc chép phần đã điền sang sổ mới: danvan workbook")
    return CellFault(title, message, hint)


def _filled(values: Mapping[str, str]) -> bool:
    """Tell whether anything of an item stands there; its period alone says nothing."""
    return any(got for part, got in values.items() if part != "period")


def _about(row: Row | None, key: str, sheet: Sheet | None) -> str:
    """Say what a cell is about: its row's name, its column's heading."""
    if row is None or sheet is None:
        return key
    name = next((str(row.cells[one].value) for one in sheet.named if one in row.cells and row.cells[one].value), "")
    title = next((one.title for one in sheet.columns if one.key == key), key)
    return f"{name[:40]}, {title[:1].lower()}{title[1:]}" if name else title
