"""Figures out of anybody's tables: rows by the indicators' names, columns by the times that their heads name.

What cannot be told is given with its place, never dropped; what was read of words that are only like a name says so.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.errors import UsageError
from danvan_cli.inbox.near import Near, NearNames
from danvan_cli.inbox.recognize import time_of, words
from danvan_cli.lang import _
from danvan_cli.text import fold, number, squeeze
from danvan_cli.unit import typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from danvan_cli.inbox.tables import ReadTable
    from danvan_cli.plan.figures import Indicator
    from danvan_cli.plan.model import Period, Plan

_SHORT: Final = re.compile(r"\(?(?:[IVX]{1,5}|[\d.]{1,6}|[a-zđA-Z])\)?[.)]?")
_BLANK: Final = re.compile(r"\[…|…\]|^[….\s_]+$")
_FIGURE: Final = re.compile(r"(?:đạt |là )?[-+]?\d[\d.,]*(?: \d{3})*(?: ?[^\d\s(/]{1,12}){0,4}", re.IGNORECASE)
_GROUPED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_LEADING: Final = re.compile(r"^(?:đạt|là)\s+", re.IGNORECASE)
_SUB: Final = re.compile(r"^\s*(?:[-–+*•]|trong đó\b|\d{1,2}\.\d{1,2}\b|[a-zđ]\s*[.)])", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"^\s*(?:[-–+*•]\s*|\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[a-zđ])\s*[.)/]\s*)+")
_BRACKETS: Final = re.compile(r"\(([^()]{1,24})\)")
_LINE: Final = re.compile(r"^([^:=]{4,140})[:=]\s*(\d[\d.,]*\s*%?[^\d:;.,()]{0,24})[.;,]?$")
"""A line of a list that tells a figure: `- Số lượt tiếp công dân: 45 lượt;`."""
_LYING: Final = 8
"""Rows of a table that has the indicators side by side."""
_LEFT: Final = 4
"""So many columns to the left of a name may hold what it stands under."""
_WHOLE: Final = re.compile(r"tong(?: so| cong)?|cong|chung")


class FigureRead(NamedTuple):
    """A figure that was read: where, of what, for which period, how it is written there; why it is to be looked at."""

    place: str
    indicator: Indicator
    key: str
    value: Decimal
    written: str
    unsure: str = ""


class Found(NamedTuple):
    """Something that stands in a document: where, of what, the words; why it is to be looked at, if it is."""

    place: str
    about: str
    value: str
    unsure: str = ""


class FigureReader:
    """Reads figures of one period's report."""

    def __init__(self, plan: Plan, period: Period) -> None:
        self.plan, self.period, self.heads = plan, period, Heads(plan, period)
        self.items = plan.indicator_by_id
        self.names = NearNames({one.id: (one.name,) for one in self.items.values()})
        self.units = {fold(one.unit) for one in self.items.values()}
        self._known: dict[tuple[str, str, str, frozenset[str]], Near] = {}
        self.read: list[FigureRead] = []
        self.left: list[Found] = []
        """What could not be read: what stands there, or why."""

    def table(self, table: ReadTable) -> bool:
        """Read a table; tell whether it is one of figures."""
        if len(table.rows) <= _LYING:
            turned = table.turned()
            if self._names_in(turned)[1] > max(1, self._names_in(table)[1]):
                table = turned
        column, count = self._names_in(table)
        if not count:
            return False
        _Reading(self, table, column).read()
        return True

    def line(self, place: str, text: str) -> None:
        """Read a line of a list, if it tells a figure."""
        if (found := _LINE.match(text)) and (near := self.near(_NUMBERED.sub("", found[1]))).found:
            self.take(place, near, self.period.id, found[2])

    def near(self, text: str, above: str = "", unit: str = "", taken: frozenset[str] = frozenset()) -> Near:
        """Find the indicator that a text means, by what it stands under and what it counts, of those not yet taken."""
        asked = text, above, unit, taken
        if asked not in self._known:
            self._known[asked] = self.names.near(text, above, self._counted_so(text, unit) - taken)
        return self._known[asked]

    def take(self, place: str, near: Near, key: str, written: str, unsure: str = "") -> None:
        """Read a figure of the indicator that words mean, or are only like."""
        one = self.items[near.names[0]]
        like = "" if near.exact else _("gần giống «{name}»", name=one.name)
        try:
            value = _figure(written, one)
        except UsageError as error:
            self.left.append(Found(place, one.name, error.message))
            return
        if value is not None:
            why = "; ".join(filter(None, (like, unsure)))
            self.read.append(FigureRead(place, one, key, value, squeeze(written), why))

    def settled(self) -> Iterator[FigureRead]:
        """Walk the figures that stand alone or are told alike; what is told in two ways is left with both its places."""
        told: dict[tuple[str, str], list[FigureRead]] = {}
        for one in self.read:
            told.setdefault((one.indicator.id, one.key), []).append(one)
        for same in told.values():
            if len({one.value for one in same}) == 1:
                yield min(same, key=lambda one: bool(one.unsure))
            else:
                others = "; ".join(f"{one.place}: {number(one.value)}" for one in same)
                why = _("nhiều số khác nhau: {values}", values=others)
                self.left.append(Found(same[0].place, same[0].indicator.name, why))

    def _counted_so(self, text: str, unit: str) -> set[str]:
        """Give the indicators that are counted in what a row says that it counts; all where it says nothing of that."""
        said = {one for part in re.split(r"[,/]", fold(unit)) if (one := part.strip())}
        if not said:
            first = fold(_NUMBERED.sub("", text)).removeprefix("tong ").removeprefix("so ").strip()
            begins = (one for one in self.units if f"{first} ".startswith(f"{one} "))
            said = {max(begins, key=len, default="")} - {""}
        if not said:
            return {*self.items}
        found: set[str] = set()
        for one in self.items.values():
            counted = {part.strip() for part in fold(one.unit).split(",")}
            if said & counted or any(f" {it} " in f" {fold(one.name)} " for it in said):
                found.add(one.id)
        return found

    def _names_in(self, table: ReadTable) -> tuple[int, int]:
        """Find the column that names most indicators beside figures, and how many.

        A column that says the same in row after row is what others stand under.
        """
        best = (0, 0)
        for column in range(len(table.rows[0]) if table.rows else 0):
            rows = [row for row in table.rows if any(map(is_figure, row[column + 1 :])) and words(row[column])]
            if len({row[column] for row in rows}) < len(rows) and column + 2 < len(table.rows[0]):
                continue
            found = {name for row in rows if (name := self._adds(_bare_name(row[column]), _above(row, column)))}
            best = max(best, (len(found), -column))
        return -best[1], best[0]

    def _adds(self, text: str, left: str) -> str | None:
        """Tell what a text means under what stands to its left, where that alone does not say it."""
        found = self.near(text, left).found
        return found if found and not (left and self.near(left).found == found) else None


class _Reading:
    """One table, read row by row."""

    def __init__(self, reader: FigureReader, table: ReadTable, column: int) -> None:
        self.reader, self.table, self.name = reader, table, column
        rows = table.rows
        self.first = next((i for i, row in enumerate(rows) if self._is_body(row)), len(rows))
        end = next((i for i, row in enumerate(rows[: self.first]) if _numbering(row)), self.first)
        heads = [row for i, row in enumerate(rows[:end]) if i == 0 or self._is_head(row)]
        below = [i + 1 for i, row in enumerate(rows[: self.first]) if row in heads or _numbering(row)]
        self.body = rows[max(below, default=0) :]
        self.heads = {row for row in heads if len(set(filter(None, row))) > 1}
        caption = " ".join([table.caption, *(next(filter(None, row), "") for row in heads if row not in self.heads)])
        ordered = [row for row in heads if row in self.heads]
        if table.sheet:
            # Joined cells have their words in the first: a blank head, but in the lowest row, is the one to its left
            upper: list[tuple[str, ...]] = [
                tuple(accumulate(row, lambda left, text: text or left)) for row in ordered[:-1]
            ]
            ordered = [*upper, *ordered[-1:]]
        above = [*zip(*ordered, strict=True)] or [()] * len(rows[0])
        self.titles = [" / ".join(dict.fromkeys(filter(None, some))) for some in above]
        leaves = [next(filter(None, reversed(some)), "") for some in above]
        self.columns = [
            reader.heads.column(title, leaf, caption) for title, leaf in zip(self.titles, leaves, strict=True)
        ]
        self.columns[: column + 1] = [_Column("skip")] * column + [_Column("name")]
        self._one_each(leaves)
        self.titles = [one or _("cột {number}", number=i + 1) for i, one in enumerate(self.titles)]

    def _is_body(self, row: Sequence[str]) -> bool:
        others = [text for i, text in enumerate(row) if i > self.name and is_figure(text)]
        years = {str(self.reader.heads.year + i) for i in range(-3, 2)}
        return bool(words(row[self.name]) and others) and not _numbering(row) and not set(others) <= years

    def _is_head(self, row: Sequence[str]) -> bool:
        """Tell whether a row above the first figures heads columns: one that titles rows below says nothing beside that."""
        return any(text and text != row[self.name] and not _SHORT.fullmatch(text) for text in row)

    def _one_each(self, leaves: Sequence[str]) -> None:
        """See that no period has two columns: the one of the total stands, else none."""
        for key in {one.key for one in self.columns if one.kind == "value"}:
            mine = [i for i, one in enumerate(self.columns) if one.kind == "value" and one.key == key]
            filled = [i for i in mine if any(map(is_figure, (row[i] for row in self.table.rows[self.first :])))]
            filled = [i for i in filled if self.titles[i]] or filled
            total = [i for i in filled if _WHOLE.fullmatch(words(leaves[i]))]
            keep = filled if len(filled) == 1 else total if len(total) == 1 else mine if len(mine) == 1 else []
            for i in mine:
                if i not in keep:
                    self.columns[i] = OTHER

    # Rows ------------------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read all rows below the heads, then say which columns were passed over."""
        group = parent = ""
        near = (self.reader.near(_bare_name(row[self.name])) for row in self.body)
        self.taken = frozenset(one.names[0] for one in near if one.exact)
        for i, row in enumerate(self.body, start=len(self.table.rows) - len(self.body)):
            filled = [text for text in row if text]
            if not filled or row in self.heads or _numbering(row):
                continue
            name = row[self.name]
            label = " ".join(text for text in (*row[: self.name], name) if text)
            title = max(filled, key=filled.count)  # a joined row has its words in every column
            joined = filled.count(title) > 1 and not is_figure(title)
            if joined or not self._values(row):
                if not self._blank(i, row):
                    group, parent = _bare_name(title if joined else name), ""
                continue
            sub = bool(_SUB.match(label))
            self._row(i, row, " ".join(filter(None, (group, _above(row, self.name), parent if sub else ""))))
            parent = parent if sub else _bare_name(name)
        self._passed_over()

    def _values(self, row: Sequence[str]) -> dict[int, str]:
        return {i: row[i] for i, one in enumerate(self.columns) if one.kind == "value" and row[i]}

    def _blank(self, i: int, row: Sequence[str]) -> bool:
        """Say of a row that names an indicator and has no figure that it is left blank; tell whether it is such."""
        near = self.reader.near(_bare_name(row[self.name]))
        blank = near.exact and any(one.kind == "value" for one in self.columns)
        if blank:
            self._leave(i, near.names[0], _("chỗ trống chưa điền"))
        return blank

    def _leave(self, i: int, about: str, why: str) -> None:
        self.reader.left.append(Found(self.table.place(i), about, why))

    def _row(self, i: int, row: Sequence[str], above: str) -> None:
        reader = self.reader
        name, said = row[self.name], ", ".join(self._values(row).values())
        counted = _BRACKETS.search(name)
        unit = next((row[c] for c, one in enumerate(self.columns) if one.kind == "unit" and row[c]), "")
        unit = unit or (counted[1] if counted and fold(counted[1]) in reader.units else "")
        name = _bare_name(name)
        near = reader.near(name, "", unit)
        if not near.exact:
            near = reader.near(name, above, unit, self.taken)
        if near.found is None and unit and (other := reader.near(name, "", "", self.taken).found):
            kept = reader.items[other]
            why = _("{figures}: đơn vị tính «{unit}», kế hoạch ghi «{other}»", figures=said, unit=unit, other=kept.unit)
            self._leave(i, kept.name, why)
            return
        if near.found is None:
            maybe = " / ".join(f"«{reader.items[one].name}»" for one in near.names)
            why = _("{figures}: không có chỉ tiêu này trong kế hoạch", figures=said)
            if maybe:
                why = _("{figures}: không rõ chỉ tiêu nào, có phải {names}?", figures=said, names=maybe)
            self._leave(i, name, why)
            return
        one = reader.items[near.found]
        for c, column in enumerate(self.columns):
            if column.kind == "remark" and row[c]:
                self._leave(i, one.name, f"{self.titles[c]}: {row[c]}")
            elif column.kind == "value" and (not row[c] or _BLANK.search(row[c])):
                if column.key in {reader.period.id, reader.period.estimated}:
                    self._leave(i, one.name, _("chỗ trống chưa điền"))
            elif column.kind == "value":
                reader.take(self.table.place(i), near, column.key, row[c], column.unsure)

    def _passed_over(self) -> None:
        for c, one in enumerate(self.columns):
            if one.kind == "other" and any(row[c] for row in self.body):
                name = _("{table}, cột «{head}»", table=self.table.name, head=self.titles[c][:60])
                told = "; ".join(dict.fromkeys(row[c] for row in self.body if row[c] and row[c] != row[self.name]))
                self.reader.left.append(Found(name, _("không phải số của kỳ báo cáo"), told))


def _bare_name(text: str) -> str:
    """Give a row's name without its number, its bullet and the unit of measure in brackets."""
    return squeeze(_BRACKETS.sub(" ", _NUMBERED.sub("", text))).strip(" :;.")


def _above(row: Sequence[str], column: int) -> str:
    """Give what a row says to the left of a column: what it stands under."""
    return " ".join(
        _bare_name(text)
        for text in row[max(0, column - _LEFT) : column]
        if len(words(text)) > 2 and not is_figure(text)
    )


@cache
def is_figure(text: str) -> bool:
    """Tell whether a cell holds a figure, perhaps with what it counts."""
    return bool(_FIGURE.fullmatch(text))


def _numbering(row: Sequence[str]) -> bool:
    """Tell whether a row only numbers the columns: (1) (2) (3), A B 1 2 3=2/1."""
    filled = [text.strip("() ") for text in row if text]
    short = [text for text in filled if re.fullmatch(r"[\d()=/+\-*x:%. ]{1,24}|[A-Z]", text)]
    firsts = {text[:1] for text in short}
    return len(filled) > 1 and len(short) == len(filled) and ({"1", "2"} <= firsts or {"A", "1"} <= firsts)


def _figure(value: str, one: Indicator) -> Decimal | None:
    """Read a figure as a Vietnamese document writes it: the point parts thousands, what is counted may stand behind."""
    text = squeeze(_LEADING.sub("", value)).strip(" .;")
    percent = text.endswith("%")
    text = text.removesuffix("%").strip()
    if percent and one.figure_kind == "count":
        raise UsageError(_("{value} là tỷ lệ, chỉ tiêu này là số đếm", value=value[:40]))
    for unit in sorted({*(part.strip() for part in one.unit.split(",")), one.unit}, key=len, reverse=True):
        if text.casefold().endswith(unit.casefold()) and text[: -len(unit)].strip():
            text = text[: -len(unit)].strip()
            break
    if text in {"-", "–", "—", "x", "X"}:
        raise UsageError(_("«{value}»: không rõ là 0 hay chưa có", value=value[:40]))
    if re.fullmatch(r"\d{1,3}(?: \d{3})+", text):
        text = text.replace(" ", "")
    if re.fullmatch(r"0\d{1,3}", text):
        text = text.lstrip("0") or "0"
    return typed.figure(text.replace(".", "") if _GROUPED.fullmatch(text) else text, one.figure_kind)


# Which period the figures of a column are of, by the words of its heads ----------------------------------------------


_HEADS: Final = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("skip", r"(?:s?tt|so (?:tt|thu tu)|muc|ma(?: so)?)"),
        ("unit", r"(?:don vi(?: tinh)?|dvt|dv tinh|dv)"),
        ("remark", r"ghi chu.*|(?:nguyen nhan|ly do|tai lieu|minh chung).*"),
        ("other", r"(?:ke hoach|chi tieu|muc tieu|ty le|ti le|tang|giam|so sanh|chenh lech|so voi|luy ke|binh quan|dat)\b.*"),
    )
)  # fmt: skip
"""How the head of a column says that there are no figures of a time in it, without marks."""
_COMPARED: Final = re.compile(r"\b(?:trong do|so voi|tang|giam|chenh lech|so sanh)\b")
_BEFORE: Final = re.compile(r"\b(?:nam truoc|cung ky|ky truoc|nam ngoai)\b")
_OURS: Final = re.compile(r"\b(?:nam nay|ky nay|ky bao cao)\b")
_NOW: Final = re.compile(
    r"\b(?:ket qua|so lieu|so luong|thuc hien|tong(?: so| cong)?|cong|nam nay|ky nay|ky bao cao|trong ky|con so|dat duoc|uoc)\b"
)
"""How a head says that its figures are the report's own, though it names no time."""
_YEARS: Final = re.compile(r"\b(20\d\d)\b")
_ESTIMATED: Final = re.compile(r"\buoc\b")


class _Column(NamedTuple):
    """What a column holds: `value` (of the period `key`), `name`, `unit`, `skip`, `remark`, `other`; why it is not sure."""

    kind: str
    key: str = ""
    unsure: str = ""


OTHER: Final = _Column("other")


class Heads:
    """Reads the heads of columns in one period's report."""

    def __init__(self, plan: Plan, period: Period) -> None:
        self.plan, self.period = plan, period
        self.year = max(plan.year, min(period.end.year, plan.years[-1]))
        self.time = time_of(words(period.name))

    def column(self, title: str, leaf: str, caption: str) -> _Column:
        """Tell what a column holds by its heads, the upper ones first, the lowest of them, and what stands above the table."""
        low = words(leaf)
        kind = next((kind for kind, pattern in _HEADS if low and pattern.fullmatch(low)), None)
        if kind:
            return _Column(kind)
        if (leaf and not low) or "%" in leaf or _COMPARED.search(low):
            return OTHER
        said = words(title)
        timed = bool(_YEARS.search(said) or _BEFORE.search(said) or time_of(said))
        if not timed and (years := set(_YEARS.findall(caption))) and str(self.year) not in years:
            return self._timed(f"{said} {words(caption)}", title or caption)
        if timed and not _OURS.search(said):
            return self._timed(said, title)
        return self._value(self.period.id, title, said, sure=bool(_NOW.search(said)))

    def _timed(self, said: str, title: str) -> _Column:
        """Tell what a column holds whose heads name a time."""
        plan, period = self.plan, self.period
        time, years = time_of(said), set(map(int, _YEARS.findall(said)))
        exact = self._named(said)
        if exact is not None and exact in {period.id, period.previous, period.same}:
            return self._value(exact, title, said, sure=time in {None, time_of(words(plan.period_by_id[exact].name))})
        if time not in {None, "nam", self.time} or (years and not years & {self.year, self.year - 1}) or len(years) > 1:
            return OTHER
        same = time == self.time and len(years) == 1
        if _BEFORE.search(said) or years == {self.year - 1}:
            key, sure = self._before(said)
            if not key:
                return OTHER
            return self._value(key, title, "", sure=sure or (same and key == period.previous))
        return self._value(period.id, title, said, sure=same or (exact is None and not years))

    def _value(self, key: str, title: str, said: str, *, sure: bool) -> _Column:
        unsure = "" if sure else _("cột không có tên")
        if title and not sure:
            unsure = _("cột «{head}» hiểu là {period}", head=title[:40], period=self.plan.period_by_id[key].name)
        if not _ESTIMATED.search(said):
            return _Column("value", key, unsure)
        estimated = key == self.period.id and self.period.estimate
        return _Column("value", self.period.estimated, unsure) if estimated else OTHER

    def _named(self, said: str) -> str | None:
        """Give the period that words name in full; the longest name counts."""
        found = [(len(name), one.id) for one in self.plan.periods if f" {(name := words(one.name))} " in f" {said} "]
        return max(found)[1] if found else None

    def _before(self, said: str) -> tuple[str, bool]:
        """Give the period of the year before that words mean, and whether it can be no other."""
        if "cung ky" in said and self.period.same:
            return self.period.same, True
        known = [one for one in (self.period.previous, self.period.same) if one]
        return (known[0], len(known) == 1 and bool(_BEFORE.search(said))) if known else ("", False)
