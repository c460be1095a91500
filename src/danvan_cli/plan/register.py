"""The provinces and communes of Viet Nam since 1/7/2025, as `data/` lists them, and what was there before.

Only what begins a workspace or checks a plan of after that day reads the lists, in 5 ms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import dropwhile, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.text import fold, nearest, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TWO_TIERS: Final = date(2025, 7, 1)
"""From this day on there are provinces and communes, and no districts (Luật số 72/2025/QH15)."""
CITY: Final = "thành phố"
_DATA: Final = Path(__file__).with_name("data")
_PREFIXES: Final = ("", "tinh", "thanhpho", "tp")
_ALSO: Final = {"hcm": "79", "thuathienhue": "46"}
"""What provinces are called besides."""


@dataclass(frozen=True, slots=True)
class Division:
    """A province or a commune: its code (two or five digits), its kind in small letters, its name without it."""

    code: str
    kind: str
    name: str

    @property
    def full(self) -> str:
        """Its name with its kind, as it stands within a sentence: `tỉnh Đồng Nai`, `xã Bù Gia Mập`."""
        kind = "Thành phố" if self.code == "79" else self.kind  # there the word belongs to the name
        return f"{kind} {self.name}"


@lru_cache(maxsize=4)
def provinces(on: date | None = None) -> tuple[Division, ...]:
    """Give the 34 provinces and cities of the first tier, in the order of their codes.

    They are those of a day from 1/7/2025 on; None is what the list knows last.
    """
    return _as_of(on, (row for row in register_rows("provinces.tsv") if len(row[0]) == 2))


def province(asked: str, on: date | None = None) -> Division:
    """Find a province by its code or its name, with or without marks and what it is: `75`, `dong nai`, `TP.HCM`.

    Raises:
        UsageError: if there is none: the nearest names, or what it now belongs to.
    """
    known = {_key(one.name): one for one in provinces(on)}
    known |= {one.code: one for one in provinces(on)}
    key = _key(asked)
    names = [key.removeprefix(prefix) for prefix in _PREFIXES if key.startswith(prefix)]
    for name in names:
        if found := known.get(_ALSO.get(name, name)):
            return found
    message = _("không có «{name}» trong 34 tỉnh, thành phố từ 01/7/2025", name=asked[:80])
    for name in names:
        if merged := _merged(on).get(name):
            old, new = merged
            raise UsageError(
                message, help=_("{old} nay thuộc {new}: ghi «{name}»", old=old, new=new.full, name=new.name)
            )
    near = nearest(asked, [one.name for one in provinces(on)], most=3)
    hint = _("có phải: {near}?", near=", ".join(f"«{one}»" for one in near)) if near else None
    raise UsageError(message, help=hint or _("ghi tên, ví dụ: «Đồng Nai», hoặc mã 02 chữ số, ví dụ: 75"))


def communes(of: Division, on: date | None = None) -> tuple[Division, ...]:
    """Give a province's communes, wards and special zones, in the order of their codes, as of a day or as known last."""
    from_it = dropwhile(lambda row: row[0] != of.code, register_rows("provinces.tsv"))
    own = takewhile(lambda row: len(row[0]) == 5 or row[0] == of.code, from_it)
    return _as_of(on, (row for row in own if row[0] != of.code))


_LEVEL = re.compile(
    r"(?:(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+)?"
    r"(?P<level>huyện|quận|thị xã|thị trấn|thành phố|tp\.?|tỉnh|xã|phường|đặc khu)(?:\s+(?P<name>[^,]+))?(?:,|$)",
    re.IGNORECASE,
)


def ceased(kind: str | None, name: str, code: str | None, on: date) -> str | None:
    """Tell why an authority is no more on a day: a district's, a town's, a merged province's; None where nothing says so.

    What no list of ours holds (a commune of before 1/7/2025) is never said to be gone. `kind` says what it is where its name
    (`UBND huyện Bù Đăng`) does not; codes of districts had three digits.
    """
    name = squeeze(name.replace(".", ". "))
    said = _LEVEL.match(name) or _LEVEL.match(f"{squeeze(kind or '')} {name}")
    if on < TWO_TIERS or said is None or not said["name"]:
        return None
    level = said["level"].casefold()
    called = _key(said["name"])
    if level == "tỉnh" and called in _merged(on):
        old, new = _merged(on)[called]
        return _("từ 01/7/2025 {old} thuộc {new} (Nghị quyết 202/2025/QH15)", old=old, new=new.full)
    if level == "thị trấn":
        return _("từ 01/7/2025 cấp xã chỉ gồm xã, phường, đặc khu (Luật số 72/2025/QH15)")
    first = level in {CITY, "tp", "tp."} and len(code or "") != 3
    if level in {"tỉnh", "xã", "phường", "đặc khu"} or (first and called in _cities(on)):
        return None
    return _("từ 01/7/2025 không còn cấp huyện (Luật số 72/2025/QH15)")


@lru_cache(maxsize=2)
def _cities(on: date) -> set[str]:
    return {_key(one.name) for one in provinces(on) if one.kind == CITY} | {"hcm"}


@lru_cache(maxsize=2)
def _merged(on: date | None) -> Mapping[str, tuple[str, Division]]:
    """Give the provinces of before 1/7/2025 whose name is no more, by key: what each was, and what it belongs to."""
    now = {one.code: one for one in provinces(on)}
    gone = ((f"{kind} {name}", name, now[new]) for _code, kind, name, new in register_rows("former.tsv"))
    return {_key(name): (full, new) for full, name, new in gone if not any(one.name == name for one in now.values())}


def _as_of(on: date | None, listed: Iterable[list[str]]) -> tuple[Division, ...]:
    found: dict[str, Division] = {}
    for code, kind, name, *since in listed:
        if not since or on is None or since[0] <= on.isoformat():
            found[code] = Division(code, kind, name)  # a later kind stands behind the one before
    return tuple(found.values())


@cache
def _text(file: str) -> str:
    return _DATA.joinpath(file).read_text(encoding="utf-8")


def register_rows(file: str) -> Iterator[list[str]]:
    """Give the rows of a list of `data/`."""
    for line in _text(file).splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def _key(name: str) -> str:
    """Bring a name to what all ways of writing it share: small letters without marks, and digits."""
    return "".join(letter for letter in fold(name) if letter.isalnum())
