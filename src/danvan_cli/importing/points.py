"""A table of criteria, points, ways and evidence, made into a rubric that is to be completed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.importing.guess import Entry, Guess
from danvan_cli.importing.proof import Proof, held_against, unspaced
from danvan_cli.importing.sheets import SourceTable, headed
from danvan_cli.text import Ids, fold, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from danvan_cli.yaml.yamlfile import Map

_COLUMNS: Final = (
    ("number", re.compile(r"^(?:s?tt|so tt|so thu tu|muc)$")),
    ("points", re.compile(r"\bdiem (?:toi da|chuan|quy dinh|so)\b|^(?:thang |so )?diem\b|\bthang diem\b")),
    ("evidence", re.compile(r"\b(?:kiem chung|minh chung|chung minh|tai lieu|ho so)\b")),
    ("way", re.compile(r"\b(?:cach (?:cham|tinh)|phuong phap|huong dan|cach danh gia|dien giai)\b")),
    ("title", re.compile(r"\b(?:tieu chi|noi dung|chi tieu|linh vuc)\b")),
)
"""What a column is, by its head (folded)."""
_NUMBER: Final = re.compile(r"(?P<n>(?:[IVX]{1,5}|[A-H]|[a-zđ]|\d{1,2})(?:\.\d{1,2}){0,3})[.)]?(?= |$)")
_BULLET: Final = re.compile(r"[-–+*•] ?")
_FIGURE: Final = re.compile(r"(?P<f>\d{1,3}(?:[.,]\d{1,2})?)(?: ?điểm)?")
_AT_END: Final = re.compile(r"(?:[:(=] ?|\bđược |\bchấm |\btính )(?P<f>\d{1,3}(?:[.,]\d{1,2})?) ?điểm\)?[.;]?$")
_EACH: Final = re.compile(
    r"\bmỗi [^.;]{1,80}?(?P<how>trừ|được(?: cộng)?|cộng|tính) (?P<f>\d{1,3}(?:[.,]\d{1,2})?) ?điểm", re.IGNORECASE
)
_BESIDE: Final = (
    ("bonus", "thuong", re.compile(r"^(?:diem (?:thuong|cong)|thuong diem|cong diem)\b")),
    ("deductions", "tru", re.compile(r"^(?:diem tru|tru diem)\b")),
)
"""What stands beside the scale, by how its line begins (folded); its key, and its id where it has no number."""
_TOTAL: Final = re.compile(r"^(?:tong (?:cong|diem|so diem)|cong:?$)")


@dataclass
class PointsTable:
    """A rubric made of a table: its entry, the cells of the source, and how many of them it holds."""

    entry: Entry
    cells: int = 0
    lost: list[str] = field(default_factory=list)
    """The cells of the source that it does not hold."""


def is_rubric(sheets: Iterable[SourceTable]) -> bool:
    """Tell a table of points by the heads of its columns."""
    return any(headed(one.rows, _COLUMNS, {"title", "points"}) for one in sheets)


def read_points(sheets: Sequence[SourceTable], plan: str, year: int, blocks: Sequence[str]) -> PointsTable | None:
    """Make a rubric of tables, for the plan of that id, year and blocks; None where none of them is one of points."""
    reader = _Reader()
    for sheet in sheets:
        first, columns = headed(sheet.rows, _COLUMNS, {"title", "points"}) or (len(sheet.rows), [])
        reader.kept += filter(None, (*sheet.around, *chain.from_iterable(sheet.rows[:first])))
        for row in sheet.rows[first:]:
            reader.row(columns, row)
    if not reader.roots:
        return None
    cells = [cell for sheet in sheets for cell in (*sheet.around, *chain.from_iterable(sheet.rows)) if cell]
    entry = reader.rubric(plan, year, blocks)
    there = Counter(unspaced(one) for said in _held(entry) for one in said.split("\n"))
    there.update(map(unspaced, reader.consumed))
    whole = "\n".join(there)
    lost = [
        cell for cell in cells if not all(there[unspaced(line)] or unspaced(line) in whole for line in cell.split("\n"))
    ]
    return PointsTable(entry, len(cells), lost)


class _Reader:
    def __init__(self) -> None:
        self.roots: list[Entry] = []
        self.stack: list[tuple[int, Entry]] = []
        self.kept: list[str] = []
        self.total: Decimal | None = None
        self.ids = Ids()
        self.consumed: list[str] = []
        """Numbers and points, which the rubric holds as such."""

    def row(self, columns: list[str], row: Sequence[str]) -> None:
        """Read a row: a criterion where it has a number, else a line of the one before."""
        said = {kind: cell for kind, cell in zip(columns, row, strict=False) if kind and cell}
        more = [cell for kind, cell in zip(columns, row, strict=False) if not kind and cell]
        title, points = said.get("title", ""), said.get("points", "")
        number = _NUMBER.match(said.get("number", "")) or _NUMBER.match(title)
        total = bool(_TOTAL.match(fold(title or said.get("number", ""))))
        own = "number" in said
        bare_title = title if own or not number else title[number.end() :].strip()
        beside = next(((key, id_) for key, id_, begins in _BESIDE if begins.match(fold(bare_title))), None)
        if beside and points and (not number or _depth(number["n"]) == 0):
            self.consumed += [said.get("number", ""), title, points]
            self._criterion(number["n"] if number else beside[1], bare_title, said, more, depth=0)
            self.roots[-1] |= {"beside": beside[0], "cells": [*filter(None, (said.get("number"), title, points))]}
        elif number and title and not total:
            self.consumed += [said["number"] if own else title, points]
            self._criterion(number["n"], bare_title, said, more, depth=_depth(number["n"]))
        elif self.stack and said and not total:
            self._line(said, more)
        else:
            self.total = _figure(points) if total else self.total
            self.kept += filter(None, row)

    def _criterion(self, number: str, title: str, said: dict[str, str], more: list[str], *, depth: int) -> None:
        while self.stack and self.stack[-1][0] >= depth:
            self.stack.pop()
        above = self.stack[-1][1] if self.stack else None
        id_ = fold(number).upper() if number.isupper() else number
        if above is not None and "." not in number:
            id_ = f"{above['id']}.{fold(number)}"
        entry = Entry({
            "id": self.ids.free(id_), "title": title, "max": _figure(said.get("points", "")),
            "guide": [said["way"]] if "way" in said else [], "evidence": _lines(said.get("evidence", ""), *more),
            "criteria": [], "levels": [], "said": [],
        })  # fmt: skip
        (self.roots if above is None else above["criteria"]).append(entry)
        self.stack.append((depth, entry))

    def _line(self, said: dict[str, str], more: list[str]) -> None:
        """Read a line below a criterion: a level with its points, else a part of how it is scored."""
        entry = self.stack[-1][1]
        title, points = said.get("title", ""), _figure(said.get("points", ""))
        if title and points is not None:
            self.consumed += [title, said["points"]]
            name = _BULLET.sub("", title, count=1)
            entry["said"] += [title, said["points"]]
            entry["levels"].append({"id": f"muc-{len(entry['levels']) + 1}", "name": name, "points": points})
            entry["guide"] += [said["way"]] if "way" in said else []
        else:
            entry["guide"] += [cell for cell in (title, said.get("points", ""), said.get("way", "")) if cell]
        entry["evidence"] += _lines(said.get("evidence", ""), *more)

    def rubric(self, plan: str, year: int, blocks: Sequence[str]) -> Entry:
        """Give the whole rubric."""
        roots, beside = self._beside()
        criteria = [_finished(one) for one in roots]
        most = sum((_most(one) for one in criteria), Decimal(0))
        named = (one for one in self.kept if re.search(r"tiêu chí|chấm điểm", one, re.IGNORECASE))
        name = next(named, f"Bộ tiêu chí năm {year}")
        values = {
            "id": f"bo-tieu-chi-{plan}", "name": squeeze(name)[:200], "official": False, "from": date(year, 1, 1), "to": date(year, 12, 31),
            "blocks": list(blocks) or ["all"], "max": self.total or most or Decimal(100),
            "criteria": criteria, **beside, "bands": [Entry({"id": "chua-ro", "name": "[… mức xếp loại …]", "from": 0})],
            "kept": [Entry({"where": "ngoài các tiêu chí", "text": one}) for one in self.kept],
        }  # fmt: skip
        guesses = {
            "official": Guess("bo-tieu-chi-chinh-thuc"), "from": Guess("bo-tieu-chi-tu-ngay"), "blocks": Guess("bo-tieu-chi-khoi"),
            "bands": Guess("muc-xep-loai-khong-co"),
        }  # fmt: skip
        if self.total is not None and self.total != most:
            guesses["max"] = Guess("tong-diem-khac", f"{most:f}")
        return Entry(values, guesses | {key: Guess("diem-ngoai-thang") for key in beside})

    def _beside(self) -> tuple[list[Entry], dict[str, Entry]]:
        """Part what stands beside the scale from the criteria; all are criteria where the table's total counts it in."""
        some = [one for one in self.roots if "beside" in one and not any(it["criteria"] for it in one["criteria"])]
        if self.total == sum((_most(_finished(one)) for one in self.roots), Decimal(0)):
            some = []
        out: dict[str, Entry] = {}
        for one in some:
            lines = [_finished(it) for it in one["criteria"] or [one]]
            for line in lines:
                if "deduction" in line:  # beside the scale each is counted, whether it is given or taken
                    line["count"], line.guesses["count"] = line.pop("deduction"), line.guesses.pop("deduction")
            if one["criteria"]:
                self.kept += [*one["cells"], *one["guide"], *one["said"], *one["evidence"]]
            extra = out.setdefault(one["beside"], Entry({"max": Decimal(0), "criteria": []}))
            extra["max"] += one.get("max") or sum(map(_most, lines), Decimal(0))
            extra["criteria"] += lines
        return [one for one in self.roots if one not in some], out


def _figure(text: str) -> Decimal | None:
    """Read points: `10`, `2,5`, `5 điểm`; None where it is no figure."""
    found = _FIGURE.fullmatch(squeeze(text))
    return _decimal(found) if found else None


def _decimal(found: re.Match[str]) -> Decimal:
    return Decimal(found["f"].replace(",", "."))


def _lines(*cells: str) -> list[str]:
    return [line for cell in cells for line in cell.split("\n") if line]


def _depth(number: str) -> int:
    """Tell how deep a criterion's number stands: `I` 0, `1` 1, `1.1` 2, `a` 4."""
    if number[0].isdigit():
        return 1 + number.count(".")
    return 5 if number.islower() else 0


def _finished(entry: Entry) -> Entry:
    """Say how a leaf is scored, as far as its words say it."""
    values = {key: entry[key] for key in ("id", "title", "max") if key in entry}
    guide = [*entry["guide"]]
    guesses: dict[str, Guess] = {}
    if entry["criteria"]:
        values["criteria"] = [_finished(one) for one in entry["criteria"]]
        guide += [*entry["said"], *entry["evidence"]]
    else:
        values["max"] = values.get("max") or max((one["points"] for one in entry["levels"]), default=None) or Decimal(1)
        if "max" not in entry:
            guesses["max"] = Guess("diem-khong-ro")
        way = _way(entry, values["max"], guide, guesses)
        values |= way
        guide += [] if way.get("levels") is entry["levels"] else entry["said"]
        if entry["evidence"]:
            values["evidence"] = entry["evidence"]
    if guide:
        values["guide"] = "\n".join(guide)
    return Entry(values, guesses)


def _way(entry: Entry, most: Decimal, guide: Sequence[str], guesses: dict[str, Guess]) -> dict[str, Any]:
    """Tell how a leaf is scored: by levels, so much for each, else as the one who scores finds."""
    if len(entry["levels"]) > 1 and all(one["points"] <= most for one in entry["levels"]):
        return {"levels": entry["levels"]}
    words = " ".join([*guide, *(one["name"] for one in entry["levels"])])
    if found := _EACH.search(words):
        each = _decimal(found)
        key = "deduction" if found["how"].casefold() == "trừ" else "count"
        guesses[key] = Guess("cach-cham-moi-viec", found[0][:60])
        return {key: {"each": each}}
    said = [(line, _decimal(it)) for line in words.split("; ") if (it := _AT_END.search(line))]
    if len(said) > 1 and max(points for _line, points in said) == most:
        guesses["levels"] = Guess("cach-cham-theo-muc")
        levels = [
            {"id": f"muc-{at}", "name": line, "points": points} for at, (line, points) in enumerate(said, start=1)
        ]
        return {"levels": levels}
    guesses["manual"] = Guess("cach-cham-khong-ro")
    return {"manual": True}


def _most(entry: Entry) -> Decimal:
    if "criteria" in entry:
        return sum((_most(one) for one in entry["criteria"]), Decimal(0))
    return Decimal(entry.get("max") or 0)


def _held(value: Any) -> Iterator[str]:
    """Walk all words that a rubric holds."""
    if isinstance(value, dict):
        for one in value.values():
            yield from _held(one)
    elif isinstance(value, list):
        for one in value:
            yield from _held(one)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, Decimal):
        yield f"{value:f}"


# Against its source ---------------------------------------------------------------------------------------------------

_LABEL: Final = re.compile(r"(?:[IVX]{1,5}|[A-HĐ]|[a-zđ]|\d{1,2})(?P<deep>(?:\.\d{1,2}){0,3})(?P<end>[.)]?)")
_DASH: Final = re.compile(r"[-–+*•] ?(?=\S)")
_POINTS: Final = re.compile(r"\d{1,3}(?:(?P<sign>[.,])\d{1,2})?(?P<unit>(?: ?điểm)?)")


def prove(rubric: Map, sheets: Sequence[SourceTable]) -> Proof:
    """Hold a rubric, as its file says it, against the cells and lines of its source.

    Numbers, points and dashes are written as most of the source has them; any that it has otherwise is a difference.
    """
    lines = _lines(*(cell for sheet in sheets for cell in (*sheet.around, *chain.from_iterable(sheet.rows))))
    first = [next(filter(None, row), "") for sheet in sheets for row in sheet.rows]
    return held_against(lines, [line for one in _Printer(lines, first).rubric(rubric) for line in one.split("\n")])


class _Printer:
    def __init__(self, lines: Sequence[str], first: Sequence[str]) -> None:
        labels = [found for line in first if (found := _LABEL.fullmatch(line))]
        self.joint = "" if labels else " "
        labels = labels or [found for line in first if (found := _LABEL.match(line)) and line[found.end() :][:1] == " "]
        points = [found for line in lines if (found := _POINTS.fullmatch(line))]
        self.deep = any(found["deep"] for found in labels)
        self.end = _usual(found["end"] for found in labels)
        self.sign = "." if any(found["sign"] == "." for found in points) else ","
        self.unit = _usual(found["unit"] for found in points)
        self.bullet = _usual(found[0] for line in lines if (found := _DASH.match(line)))

    def rubric(self, rubric: Map) -> Iterator[str]:
        """Give the cells of all criteria, and what stands around them."""
        for one in rubric.get("criteria") or ():
            yield from self._criterion(one, "")
        extra = (rubric[key] for key, _id, _begins in _BESIDE if rubric.get(key))
        for one in chain.from_iterable(it["criteria"] for it in extra):
            yield from self._criterion(one, one["id"].rpartition(".")[0])
        yield from (one["text"] for one in rubric.get("kept") or ())

    def _criterion(self, one: Map, above: str) -> Iterator[str]:
        own = one["id"].removeprefix(f"{above}.") if above and not (self.deep and one["id"][0].isdigit()) else one["id"]
        if own not in {id_ for _key, id_, _begins in _BESIDE}:
            yield from [f"{own}{self.end} {one['title']}"] if self.joint else [f"{own}{self.end}", one["title"]]
        else:
            yield one["title"]
        guide = one.get("guide", "")
        if "max" in one:
            yield self._points(one["max"])
        yield from filter(None, [guide])
        yield from one.get("evidence") or ()
        for level in one.get("levels") or ():
            if level["name"] not in guide:
                yield from (self.bullet + level["name"], self._points(level["points"]))
        for below in one.get("criteria") or ():
            yield from self._criterion(below, one["id"])

    def _points(self, value: Any) -> str:
        return f"{value}".replace(".", self.sign) + self.unit


def _usual(some: Iterator[str]) -> str:
    return next((one for one, _count in Counter(some).most_common(1)), "")
