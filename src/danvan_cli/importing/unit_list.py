"""A list of units, held against those that there are: what is new, what is there already, what seems renamed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.importing.sheets import SourceTable, headed
from danvan_cli.text import Ids, distance, fold, slug, squeeze, toned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from danvan_cli.plan.model import Plan

_COLUMNS: Final = (
    ("number", re.compile(r"^(?:s?tt|so tt|so thu tu)$")),
    ("abbr", re.compile(r"\bviet tat\b|^ky hieu\b|^abbr$")),
    ("code", re.compile(r"^(?:ma|code)\b|\bma (?:so|don vi|dvhc|hanh chinh)\b")),
    ("block", re.compile(r"\b(?:khoi|nhom|block)\b|^loai\b")),
    ("place", re.compile(r"\b(?:dia danh|noi ban hanh)\b")),
    ("name", re.compile(r"\bten\b|\b(?:co quan|don vi|dia phuong|name)\b|^(?:xa, phuong|so, ban, nganh)")),
)
"""What a column is, by its head (folded)."""


@dataclass
class UnitList:
    """What a list of units comes to."""

    units: list[dict[str, Any]] = field(default_factory=list)
    """What is new, as the register writes it."""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    doubles: list[str] = field(default_factory=list)
    """Names that are there already, or twice in the list."""
    renamed: list[tuple[str, str]] = field(default_factory=list)
    """What is called so now, and so in the list: the same code, or nearly the same name."""
    unread: list[str] = field(default_factory=list)
    """Rows that name no unit."""
    settled: set[str] = field(default_factory=set)
    """The ids of others that the plan named, who are units now."""


def is_unit_list(sheets: Iterable[SourceTable]) -> bool:
    """Tell a list of units by the heads of its columns."""
    return any(headed(one.rows, _COLUMNS, {"name"}) for one in sheets)


def read_units(sheets: Iterable[SourceTable], plan: Plan) -> UnitList:
    """Read a list of units, beside the units, blocks and others that a plan has."""
    reader = _Reader(plan)
    for sheet in sheets:
        if found := headed(sheet.rows, _COLUMNS, {"name"}):
            first, columns = found
            for row in sheet.rows[first:]:
                reader.row({kind: cell for kind, cell in zip(columns, row, strict=False) if kind and cell})
    return reader.out


class _Reader:
    def __init__(self, plan: Plan) -> None:
        units, blocks = plan.units, plan.blocks
        self.out = UnitList()
        self.parties = {_unit_key(one.name): one.id for one in plan.parties}
        self.names = {_unit_key(one.names[0]): one.name for one in units}
        self.codes = {one.code: one.name for one in units if one.code}
        self.code_of = {one.name: one.code for one in units if one.code}
        self.written = {_written(one.name) for one in units}
        self.ids = Ids(("all", plan.issuer.id, *plan.unit_by_id, *plan.block_by_id, *(one.id for one in plan.parties)))
        self.known_blocks = {_unit_key(name): one.id for one in blocks for name in (one.name, one.id)}
        self.block = blocks[0].id if len(blocks) == 1 else None
        """Of units of which the list does not say it."""

    def row(self, said: dict[str, str]) -> None:
        """Read one row."""
        name = squeeze(said.get("name", ""))
        if not name or not any(map(str.isalpha, name)):
            if said:
                self.out.unread.append(" | ".join(said.values())[:80])
            return
        if _written(name) in self.written:
            self.out.doubles.append(name)
            return
        key, code = _unit_key(name), said.get("code", "")
        near = (there for known, there in self.names.items() if len(key) > 9 and distance(known, key, 1) <= 1)
        alike = self.names.get(key)
        # Two of one province, told apart by their codes: xã Lộc Thành and xã Lộc Thạnh
        two = alike and code and self.code_of.get(alike, code) != code
        if other := self.codes.get(code) if two else alike or self.codes.get(code) or next(near, None):
            self.out.renamed.append((other, name))
            return
        self.written.add(_written(name))
        self.names[key] = name
        if code:
            self.codes[code], self.code_of[name] = name, code
        if settled := self.parties.pop(key, None):
            self.out.settled.add(settled)
        entry: dict[str, Any] = {
            "id": settled or self._id(name),
            "name": name,
            "abbr": said.get("abbr") or initials(name),
        }
        entry["block"] = self._block(said.get("block", ""))
        entry |= {key: said[key] for key in ("code", "place") if key in said}
        self.out.units.append(entry | {"confirmed": False})

    def _block(self, named: str) -> str:
        key = _unit_key(named)
        if not named:
            if self.block is None:
                self.block = "don-vi"
                self.out.blocks.append({"id": "don-vi", "name": "Các cơ quan, đơn vị"})
            return self.block
        if key not in self.known_blocks:
            self.known_blocks[key] = self._id(named)
            self.out.blocks.append({"id": self.known_blocks[key], "name": named})
        return self.known_blocks[key]

    def _id(self, name: str) -> str:
        base = slug(re.sub(r"^(?:UBND|Ủy ban nhân dân) ", "", name))[:60].strip("-")
        return self.ids.free(base or "don-vi")


def _written(name: str) -> str:
    told = squeeze(name).casefold().replace("ủy ban nhân dân", "ubnd").replace("uỷ ban nhân dân", "ubnd")
    return re.sub(r"[^\W_]+", lambda word: "".join(toned(word[0])), told)  # hoà is hòa


def _unit_key(name: str) -> str:
    """Bring a unit's name to what all ways of writing it share."""
    return slug(fold(name).replace("uy ban nhan dan", "ubnd"))


def initials(name: str) -> str:
    """Make an abbreviation as such are usually made: `SYT` of `Sở Y tế`, `UBND` of an authority's."""
    if _unit_key(name).startswith("ubnd"):
        return "UBND"
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word.casefold() != "và").upper()[:12]
