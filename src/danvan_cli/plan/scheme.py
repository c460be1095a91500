"""The units that a province's plan names by the general scheme: its departments, and the authorities of its communes.

Departments (Nghị định 150/2025/NĐ-CP ngày 12/6/2025): Điều 8 names the twelve that every province has, Điều 9 those
that a province may have besides; a province has 14 at most, Hà Nội and Hồ Chí Minh 15 (Điều 10). Nghị định
370/2025/NĐ-CP has amended it, in what was not read here; some provinces divide Sở Văn hóa, Thể thao và Du lịch; Ban
quản lý of zones and public service units are none of its matter. So no department is confirmed: each province's own
decisions say which it has. Abbreviations and who signs are general usage.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from danvan_cli.plan.register import CITY, communes, rows
from danvan_cli.text import fold
from danvan_cli.yaml.yamltext import plain_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from danvan_cli.plan.register import Division

DEPARTMENTS: Final = "so-ban-nganh"
COMMUNES: Final = "xa"


@dataclass(frozen=True, slots=True)
class Listed:
    """A block or a unit to be written into a plan; empty is what it has from its block, or has not."""

    id: str
    name: str
    abbr: str = ""
    block: str = ""
    code: str = ""
    confirmed: bool = True
    kind: str = ""
    superior: str = ""
    place: str = ""
    letterhead: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


def authority(of: Division) -> Listed:
    """Give the province's own authority, which issues the plan: `Ủy ban nhân dân tỉnh Đồng Nai`."""
    name = f"Ủy ban nhân dân {of.full}"
    return Listed("ubnd-tinh", name, "UBND", place=_place(of), letterhead=("Ủy ban nhân dân", of.full))


def scheme_blocks(of: Division, on: date | None = None) -> tuple[Listed, ...]:
    """Give the two blocks of a province's units: its departments, and the authorities of its communes."""
    named = {one.kind for one in communes(of, on)}
    kinds = ", ".join(kind for kind in ("xã", "phường", "đặc khu") if kind in named)
    first = Listed(
        DEPARTMENTS, f"Các sở, ban, ngành {_tier(of)}", kind="sở", superior=authority(of).name, place=_place(of),
        signs=("GIÁM ĐỐC",),
    )  # fmt: skip
    return first, Listed(
        COMMUNES, f"UBND các {kinds}", kind="UBND xã", signs=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    )  # fmt: skip


def scheme(of: Division, on: date | None = None) -> tuple[Listed, ...]:
    """Give a province's units: the departments that every province has, unconfirmed, then its communes' authorities.

    They are those of a day from 1/7/2025 on, as is the province; None is what the list knows last.
    """
    tier = _tier(of)
    office = Listed(
        "van-phong-ubnd", f"Văn phòng UBND {tier}", "VPUBND", DEPARTMENTS, confirmed=False, kind="văn phòng",
        letterhead=("Văn phòng",), signs=("CHÁNH VĂN PHÒNG",),
    )  # fmt: skip
    inspectors = Listed(
        "thanh-tra-tinh", f"Thanh tra {tier}", "TTr", DEPARTMENTS, confirmed=False, kind="thanh tra",
        signs=("CHÁNH THANH TRA",),
    )  # fmt: skip
    return (*_departments("mọi tỉnh"), office, inspectors, *_authorities(communes(of, on)))


def others(of: Division) -> tuple[Listed, ...]:
    """Give the departments that some provinces have besides: what to ask, not what to take for granted."""
    largest = _departments("hai thành phố lớn nhất") if of.code in {"01", "79"} else ()
    return (*_departments("một số tỉnh"), *largest)


def department_names() -> list[str]:
    """Name the departments that provinces have."""
    return [name for _where, _id, name, _abbr in rows("departments.tsv")]


def as_yaml(units: Iterable[Listed]) -> str:
    """Write blocks or units as items of a plan's list, one a line, as `plans/2023.yaml` has them."""
    return "".join(f"  - {{{', '.join(_entries(one))}}}\n" for one in units)


def _departments(where: str) -> tuple[Listed, ...]:
    found = (row for row in rows("departments.tsv") if row[0] == where)
    return tuple(Listed(id_, name, abbr, DEPARTMENTS, confirmed=False) for _where, id_, name, abbr in found)


def _authorities(found: Iterable[Division]) -> tuple[Listed, ...]:
    found = tuple(found)
    ids = [f"{_slug(one.kind)}-{_slug(one.name)}" for one in found]
    return tuple(
        Listed(
            name if ids.count(name) == 1 else f"{name}-{one.code}", f"UBND {one.full}", "UBND", COMMUNES, one.code,
            kind=f"UBND {one.kind}", place=one.name, letterhead=("Ủy ban nhân dân", one.full),
        )
        for name, one in zip(ids, found, strict=True)
    )  # fmt: skip


def _tier(of: Division) -> str:
    return of.kind if of.kind == CITY else "tỉnh"


def _place(of: Division) -> str:
    """Give the place that a province's papers are dated at: a person's name stands with what it is (NĐ 30/2020)."""
    return of.full if of.code == "79" else of.name


def _slug(name: str) -> str:
    """Make an id's part of a name: `Chân Mây - Lăng Cô` is `chan-may-lang-co`, `M'Drắk` is `mdrak`."""
    return "-".join(re.findall("[a-z0-9]+", fold(name.replace("'", ""))))


def _entries(one: Listed) -> Iterator[str]:
    for key, value in asdict(one).items():
        if key == "confirmed":
            yield from () if value else ("confirmed: false",)
        elif value:
            yield f"{key}: {bracketed(value) if isinstance(value, tuple) else plain_words(value)}"


def bracketed(words: Iterable[str]) -> str:
    """Write words as a list on one line."""
    return f"[{', '.join(map(plain_words, words))}]"
