"""What a person changed in a workbook, against what it held when it was sent and what is recorded now."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import UsageError
from danvan_cli.excel.form import BASE, KEY_MARK, LISTS, NEW, CellKind, Formula, Path, canonical
from danvan_cli.excel.incoming import CellChange, CellFault, Conflict, Edits, IncomingSheet, ListItem, cell_text
from danvan_cli.lang import _
from danvan_cli.ooxml.xlsx import Value, XlsxSheet
from danvan_cli.text import clean, squeeze
from danvan_cli.unit.recording import ITEM_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from danvan_cli.excel.baseline import Baseline, BaselineRows
    from danvan_cli.excel.form import Form, FormCell

_LISTS: Final = {"ke-hoach": "activities", "nhiem-vu": "evidence", "giai-trinh": "evidence", "vuong-mac": "obstacles",
                 "yeu-cau": "requested"}  # fmt: skip
"""The list that rows may be added to, by the sheet's key."""


def workbook_edits(pages: list[XlsxSheet], base: Baseline, form: Form, *, same_plan: bool) -> Edits:
    """Compare a workbook with what it held when sent, and that with what is recorded now.

    Args:
        pages: the workbook.
        base: its baseline.
        form: the unit's workbook as it would be written now.
        same_plan: whether texts of the plan must be the same as now.
    """
    return _Reader(base, form, same_plan=same_plan).edits(pages)


@dataclass
class _Item:
    """An item of a list: what it held when sent, and of each of its parts what the workbook holds, where, about what."""

    place: Path
    name: str
    held: dict[str, str] = field(default_factory=dict)
    typed: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, str]:
        """What the workbook holds."""
        return {part: got for part, (got, _spot, _about) in self.typed.items()}

    @property
    def same(self) -> tuple[str, ...]:
        """The parts that tell it from others; it cannot be without the first."""
        return ITEM_KEYS[self.place[-1]]

    @property
    def first(self) -> tuple[str, str]:
        """The cell that it is told by, and what that is about."""
        _got, spot, about = self.typed.get(self.same[0]) or next(iter(self.typed.values()))
        return spot, about


class _Reader:
    def __init__(self, base: Baseline, form: Form, *, same_plan: bool) -> None:
        self.base, self.form, self.same_plan = base, form, same_plan
        self.out = Edits()
        self.cells: dict[Path, FormCell] = {cell.path: cell for _sheet, _row, _key, cell in form.cells()}
        self.items: dict[Path, _Item] = {}

    def fault(self, cell: str, message: str, help_: str | None, path: Path = ()) -> None:
        self.out.faults.append(CellFault(cell, message, help_, path))

    def edits(self, pages: list[XlsxSheet]) -> Edits:
        """Give what the workbook brings."""
        known = {sheet.key: sheet for sheet in self.form.sheets}
        seen: dict[str, str] = {}
        unmarked: list[str] = []
        for page in pages:
            marks = ((at, str(one.value)) for at, one in page.cells.items())
            found = next((one for one in marks if one[1].startswith(f"{KEY_MARK}#")), None)
            if found is None:
                if page.cells and page.title not in {BASE, LISTS}:
                    unmarked.append(page.title)
                continue
            corner, key = found[0], found[1].removeprefix(f"{KEY_MARK}#")
            table = IncomingSheet(page, corner, known.get(key))
            if key not in self.base.cells:
                if key == "huong-dan" and key in known:
                    self.out.notes += self._typed_over(table, key)
                elif key in known:
                    self.out.notes.append(_("trang «{sheet}» không thuộc sổ này, bỏ qua", sheet=page.title))
            elif key in seen:
                message = _("hai trang cùng một nội dung: «{one}» và «{other}»", one=seen[key], other=page.title)
                self.fault(page.title, message, _("giữ một trang, xóa bản chép"))
            else:
                seen[key] = page.title
                self._page(table, key)
        self._absent(
            [known[key].title if key in known else key for key in self.base.cells if key not in seen], unmarked
        )
        self._items()
        return self.out

    def _absent(self, absent: list[str], unmarked: list[str]) -> None:
        """Tell sheets that are gone from those that only lost what they are known by, and from a person's own."""
        lost = [one for one in unmarked if one in absent] or (unmarked if absent else [])
        for one in lost:
            message = _("trang này mất hàng ẩn hoặc cột ẩn ở đầu trang, nên không biết dòng nào là của mục nào")
            self._hidden(one, message)
        for one in unmarked:
            if one not in lost:
                self.out.notes.append(_("trang «{sheet}» không thuộc sổ này, bỏ qua", sheet=one))
        for title in absent:
            if title not in lost and len(lost) < len(absent):
                self.out.notes.append(_("sổ không còn trang «{sheet}»: phần đó giữ nguyên", sheet=title))

    def _hidden(self, title: str, message: str) -> None:
        """Say that a sheet lost what it is known by."""
        hint = _("bấm Hoàn tác (Ctrl+Z) để lấy lại, hoặc chép phần đã điền sang sổ mới: danvan workbook")
        self.fault(title, message, hint)

    # One sheet -------------------------------------------------------------------------------------------------------

    def _page(self, table: IncomingSheet, key: str) -> None:
        base = self.base.cells[key]
        self._missing(table, base)
        if any(table.keys.get(at) != "=head" for at in table.rows) and not base.keys() & set(table.keys.values()):
            message = _("cột ẩn ở đầu trang đã bị làm trống, nên không biết dòng nào là của mục nào")
            self._hidden(table.title, message)
            return
        seen: set[str] = set()
        owner = ""
        for at in sorted(table.rows):
            name = table.keys.get(at, "")
            owner = name.partition("|")[0] if "|" in name else owner
            if name in base and name not in seen:
                seen.add(name)
                moved = self._moved(table, at)
                known = {table.columns[one] for one in base[name] if one in table.columns}
                table.use(at, table.rows[at] if moved or table.row(at) is None else known)
                if not moved:
                    self._row(table, at, base[name])
            elif not name.startswith(("=", KEY_MARK)):
                self._inserted(table, at, key, owner)
                if name in seen and key not in _LISTS:
                    table.use(at, table.rows[at])
                    self.out.notes.append(
                        _("{cell}: dòng chép thêm của một dòng đã có, không ghi", cell=table.spot(at))
                    )
        self.out.notes += [
            _("{sheet}: dòng «{row}» không còn trong sổ, phần đã ghi giữ nguyên", sheet=table.title, row=one)
            for one, cells in base.items()
            if one not in seen and any(old for _path, old in cells.values())
        ]
        if table.sheet:
            self._total(table)
            self.out.notes += self._typed_over(table, key)

    def _typed_over(self, table: IncomingSheet, key: str) -> Iterator[str]:
        sent = self.base.about.get("fixed")
        as_sent = str(sent.get(key)) if isinstance(sent, dict) else None
        return table.typed_over(same_plan=self.same_plan, as_sent=as_sent)

    def _total(self, table: IncomingSheet) -> None:
        """Find the total that the sheet shows."""
        at = next((at for at, one in table.keys.items() if one == "=tong"), 0)
        row = table.row(at)
        for key, cell in row.cells.items() if row else ():
            there = table.cell(at, key)
            if isinstance(cell.value, Formula) and there is not None and isinstance(there.value, Decimal):
                self.out.total = table.spot(at, key), there.value

    def _missing(self, table: IncomingSheet, base: BaselineRows) -> None:
        """Name the columns that were sent and are gone."""
        titles = {one.key: one.title for one in table.sheet.columns} if table.sheet else {}
        for one in sorted({one for row in base.values() for one in row} - table.columns.keys()):
            message = _("không còn cột «{column}»", column=titles.get(one, one))
            self.fault(table.title, message, _("lấy lại cột đó từ sổ gốc, hoặc tạo sổ mới: danvan workbook"))

    def _moved(self, table: IncomingSheet, at: int) -> bool:
        """Tell whether a row's visible name is another's than its hidden key says: sorted by half."""
        row = table.row(at)
        for key in table.sheet.named if table.sheet and row and self.same_plan else ():
            cell, there = row.cells.get(key) if row else None, table.cell(at, key)
            if cell is None or cell.kind is not None or there is None:
                continue
            if cell_text(there) != squeeze(clean(str(cell.value))):
                message = _("dòng này là của «{row}» nhưng ghi «{there}»", row=cell.value, there=str(there.value)[:40])
                hint = _("sắp xếp thì chọn cả bảng, kể cả cột ẩn; hoặc trả lại chữ cũ ở ô này")
                self.fault(table.spot(at, key), message, hint)
                return True
        return False

    def _row(self, table: IncomingSheet, at: int, base: Mapping[str, tuple[Path, str]]) -> None:
        for key, (path, old) in base.items():
            if key not in table.columns:
                continue
            spot, cell, about = table.spot(at, key), table.cell(at, key), table.about(at, key)
            place, part = path[:-1], path[-1]
            in_list = place[:-1] in self.form.lists
            there = self.cells.get(path)
            kind = self.form.lists[place[:-1]].get(part) if in_list else there.kind if there else None
            if kind is None:
                if cell is not None and str(cell.value) != "" and old == "":
                    self.out.notes.append(_("{cell}: mục này không còn trong kế hoạch, không ghi", cell=spot))
                continue
            got = self._read(spot, cell, kind, old, path)
            if got is None:
                continue
            if in_list:
                self._part(place, part, old, (got, spot, about))
            elif got != old:
                self._compare(CellChange(spot, about, path, kind, old, got))

    def _part(self, path: Path, part: str, held: str, typed: tuple[str, str, str]) -> None:
        """Note a part of a list's item."""
        item = self.items.setdefault(path, _Item(path[:-1], path[-1]))
        item.held[part], item.typed[part] = held, typed

    def _read(self, spot: str, cell: Value | None, kind: CellKind, old: str, path: Path = ()) -> str | None:
        """Read a cell; None where it is wrong, which is kept."""
        if cell is not None and cell.formula:
            hint = _("gõ thẳng giá trị, hoặc dán dạng giá trị (Paste Values)")
            self.fault(spot, _("ô nhập chứa công thức"), hint, path)
            return None
        try:
            got = canonical(cell, kind)
        except UsageError as error:
            self.fault(spot, error.message, error.help, path)
            return None
        if got != old and (wrong := self.form.misdated(got, kind)):
            self.fault(spot, wrong.message, wrong.help, path)
            return None
        plain = kind.name in {"text", "long"}  # what stands in the file may have spaces that a cell loses
        return old if plain and got == canonical(Value(old), kind) else got

    def _now(self, path: Path) -> str:
        """Give what a field holds now."""
        return str(self.cells[path].value) if path in self.cells else ""

    def _compare(self, change: CellChange) -> None:
        now = self._now(change.path)
        if now == change.old:
            self.out.changes.append(change)
        elif now != change.new:
            self.out.conflicts.append(Conflict(change, now))

    # Lists -----------------------------------------------------------------------------------------------------------

    def _inserted(self, table: IncomingSheet, at: int, key: str, above: str) -> None:
        """Take a row that a person inserted or copied: a new item of its sheet's list.

        Without a code of its own it is of the same task or criterion as the row above.
        """
        name = _LISTS.get(key)
        parts = next((kinds for path, kinds in self.form.lists.items() if path[-1] == name), {})
        prefix = "evidence." if name == "evidence" else ""
        texts = {part: table.cell(at, prefix + part) for part in parts}
        if not any(one is not None and str(one.value).strip() for part, one in texts.items() if part != "period"):
            return
        owner = table.cell(at, "id")
        place: Path = ("unit", str(name))
        about = ""
        if name not in {"obstacles", "requested"}:
            about = cell_text(owner) if owner and owner.value != "" else above
            root = ("score", "answers") if key == "giai-trinh" else ("unit", "tasks")
            place = (*root, about, str(name))
            if place not in self.form.lists:
                message = _("dòng thêm cần một mã đúng ở cột Mã, đang là «{id}»", id=about[:40])
                self.fault(table.spot(at, "id"), message, _("ghi mã như ở các dòng khác, ví dụ II.1.1"))
                table.use(at, table.rows[at])
                return
        for part, one in texts.items():
            if prefix + part in table.columns or part == "period":
                spot = table.spot(at, prefix + part)
                got = self._read(spot, one, parts[part], "")
                if got is not None:
                    self._part((*place, f"{NEW}row{at}"), part, "", (got, spot, about))
        table.use(
            at, {table.columns[one] for one in ("id", *(prefix + part for part in parts)) if one in table.columns}
        )

    def _items(self) -> None:
        """Settle the items: which are new, emptied, changed."""
        bad = {fault.cell for fault in self.out.faults}
        for path, item in self.items.items():
            if item.name.startswith(NEW):
                self._added(item, bad)
            elif item.values != item.held:
                self._changed(path, item)

    def _added(self, item: _Item, bad: set[str]) -> None:
        """Take a row that was empty when the workbook was sent, or was not there."""
        values = item.values
        if not _filled(values):
            return
        spot, about = item.first
        needed = item.same if item.place[-1] == "requested" else item.same[:1]
        missing = next((key for key in needed if not values.get(key)), None)
        if missing is not None:
            there = item.typed.get(missing)
            if there and there[1] not in bad:
                self.fault(there[1], _("còn thiếu nội dung của dòng này"), _("ghi vào ô này"))
            return
        period = item.name.removeprefix(NEW)
        kind = self.form.lists[item.place].get("period")
        if item.place[-1] == "evidence" and kind and period in dict(kind.choices):
            values["period"] = period
        told = {*item.same, *(part for part, got in values.items() if got)}  # a blank day was set when it was recorded
        if not any(_alike(one, values, told & one.keys()) for one in self._recorded(item.place)):
            self.out.added.append(ListItem(spot, about, item.place, None, {k: v for k, v in values.items() if v}))

    def _changed(self, path: Path, item: _Item) -> None:
        """Take a row of something that was recorded when the workbook was sent: emptied, or with other values."""
        place, held, values, (spot, about) = item.place, item.held, item.values, item.first
        need, at = item.same[0], self._index(item)
        if not _filled(values) and held.get(need):
            now = {part: self._now((*place, str(at), part)) if at is not None else "" for part in held}
            if not _alike(now, held, item.same):
                return  # gone already; another stands in its place
            if now == held:
                self.out.removed.append(ListItem(spot, about, place, at, held))
            else:
                whole = CellChange(spot, about, path, CellKind("text"), held[need], "")
                self.out.conflicts.append(Conflict(whole, now[need]))
            return
        if need in values and not values[need]:
            self.fault(spot, _("còn thiếu nội dung của dòng này"), _("ghi lại, hoặc làm trống cả dòng"))
            return
        for part, (got, cell, one) in item.typed.items():
            if got == held[part]:
                continue
            field_ = path if at is None else (*place, str(at), part)
            change = CellChange(cell, one, field_, self.form.lists[place][part], held[part], got)
            if at is None:  # gone meanwhile: there is no field to write, whatever side is preferred
                self.out.conflicts.append(Conflict(change, ""))
            else:
                self._compare(change)

    def _recorded(self, place: Path) -> list[dict[str, str]]:
        """Give the items of a list as they are recorded now."""
        out: list[dict[str, str]] = []
        while item := {
            part: self._now(path)
            for part in self.form.lists[place]
            if (path := (*place, str(len(out)), part)) in self.cells
        }:
            out.append(item)
        return out

    def _index(self, item: _Item) -> int | None:
        """Find an item of the baseline among those recorded now: the same, else the same thing, else its place."""
        now, index = dict(enumerate(self._recorded(item.place))), int(item.name)
        for parts in (item.held, item.same):
            for i in (index, *now):
                if i in now and _alike(now[i], item.held, parts):
                    return i
        sent = [one for one in self.items.values() if one.place == item.place and not one.name.startswith(NEW)]
        others = [one.held for one in sent if one.held != item.held]
        if index in now and len(now) == len(sent) and not any(_alike(now[index], one, item.same) for one in others):
            return index
        return None


def _alike(one: Mapping[str, str], other: Mapping[str, str], parts: Iterable[str]) -> bool:
    """Tell whether two items say the same in some of their parts."""
    return all(one.get(part, "") == other.get(part, "") for part in parts)


def _filled(values: Mapping[str, str]) -> bool:
    """Tell whether anything of an item stands there; its period alone says nothing."""
    return any(got for part, got in values.items() if part != "period")
