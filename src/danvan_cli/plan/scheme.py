"""The units that a province's plan names by the general scheme: its departments, and the authorities of its communes.

Departments (Nghị định 150/2025/NĐ-CP ngày 12/6/2025): Điều 8 names the twelve that every province has, Điều 9 those
that a province may have besides; a province has 14 at most, Hà Nội and Hồ Chí Minh 15 (Điều 10). Nghị định
370/2025/NĐ-CP has amended it, in what was not read here; some provinces divide Sở Văn hóa, Thể thao và Du lịch; Ban
quản lý of zones and public service units are none of its matter. So no department is confirmed: each province's own
decisions say which it has. Abbreviations and who signs are general usage.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from danvan_cli.plan.register import CITY, communes
from danvan_cli.text import fold
from danvan_cli.yaml.yamltext import plain_words, text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from danvan_cli.plan.register import Division

DEPARTMENTS: Final = "so-ban-nganh"
COMMUNES: Final = "xa"

_EVERYWHERE: Final = (
    ("so-noi-vu", "Sở Nội vụ", "SNV"),
    ("so-tu-phap", "Sở Tư pháp", "STP"),
    ("so-tai-chinh", "Sở Tài chính", "STC"),
    ("so-cong-thuong", "Sở Công Thương", "SCT"),
    ("so-nong-nghiep", "Sở Nông nghiệp và Môi trường", "SNNMT"),
    ("so-xay-dung", "Sở Xây dựng", "SXD"),
    ("so-khoa-hoc", "Sở Khoa học và Công nghệ", "SKHCN"),
    ("so-van-hoa", "Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL"),
    ("so-giao-duc", "Sở Giáo dục và Đào tạo", "SGDĐT"),
    ("so-y-te", "Sở Y tế", "SYT"),
)
_SOMEWHERE: Final = (
    ("so-ngoai-vu", "Sở Ngoại vụ", "SNgV"),
    ("so-dan-toc", "Sở Dân tộc và Tôn giáo", "SDTTG"),
    ("so-du-lich", "Sở Du lịch", "SDL"),
)
_TWO_LARGEST: Final = ("so-quy-hoach", "Sở Quy hoạch - Kiến trúc", "SQHKT")
DEPARTMENT_NAMES: Final = tuple(one[1] for one in (*_EVERYWHERE, *_SOMEWHERE, _TWO_LARGEST))
"""The departments that provinces have, by name."""


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
    letterhead: tuple[str, ...] = field(default=())
    signs: tuple[str, ...] = field(default=())


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

    Args:
        of: the province, as of the same day.
        on: as of which day, from 1/7/2025 on; None for what the list knows last.
    """
    return (*_departments(of), *_authorities(communes(of, on)))


def others(of: Division) -> tuple[Listed, ...]:
    """Give the departments that some provinces have besides: what to ask, not what to take for granted."""
    more = (*_SOMEWHERE, _TWO_LARGEST) if of.code in {"01", "79"} else _SOMEWHERE
    return tuple(Listed(*one, DEPARTMENTS, confirmed=False) for one in more)


def as_yaml(units: Iterable[Listed]) -> str:
    """Write blocks or units as items of a plan's list, one a line, as `plans/2023.yaml` has them."""
    return "".join(f"  - {{{', '.join(_entries(one))}}}\n" for one in units)


def _departments(of: Division) -> tuple[Listed, ...]:
    tier = _tier(of)
    office = Listed(
        "van-phong-ubnd", f"Văn phòng UBND {tier}", "VPUBND", DEPARTMENTS, confirmed=False, kind="văn phòng",
        letterhead=("Văn phòng",), signs=("CHÁNH VĂN PHÒNG",),
    )  # fmt: skip
    inspectors = Listed(
        "thanh-tra-tinh", f"Thanh tra {tier}", "TTr", DEPARTMENTS, confirmed=False, kind="thanh tra",
        signs=("CHÁNH THANH TRA",),
    )  # fmt: skip
    return (*(Listed(*one, DEPARTMENTS, confirmed=False) for one in _EVERYWHERE), office, inspectors)


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


def _entries(one: Listed) -> list[str]:
    entries = [f"id: {one.id}", f"name: {plain_words(one.name)}"]
    entries += [f"{key}: {plain_words(value)}" for key in ("abbr", "block") if (value := getattr(one, key))]
    if one.code:
        entries.append(f"code: {text(one.code)}")
    if not one.confirmed:
        entries.append("confirmed: false")
    entries += [f"{key}: {plain_words(value)}" for key in ("kind", "superior", "place") if (value := getattr(one, key))]
    for key in ("letterhead", "signs"):
        if values := getattr(one, key):
            entries.append(f"{key}: [{', '.join(map(plain_words, values))}]")
    return entries
