"""How an agency is written of, and to whom it copies its papers, by its kind: what a unit says itself goes before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.text import squeeze

if TYPE_CHECKING:
    from danvan_cli.plan.model import Unit

_IN_FULL: Final = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "MTTQ": "Mặt trận Tổ quốc"}
"""Abbreviations that every office uses, in full."""
_COMMITTEE: Final = "UBND "
_BELOW: Final = "các phòng, ban, đơn vị trực thuộc"
_LOCALITIES: Final = {
    "huyện": ("Huyện ủy", "các phòng, ban; UBND các xã, thị trấn"),
    "thị xã": ("Thị ủy", "các phòng, ban; UBND các xã, phường"),
    "thành phố": ("Thành ủy", "các phòng, ban; UBND các phường, xã"),
    "thị trấn": ("Đảng ủy thị trấn", _BELOW),
    "xã": ("Đảng ủy xã", _BELOW),
    "phường": ("Đảng ủy phường", _BELOW),
    "đặc khu": ("Đảng ủy đặc khu", _BELOW),
}
"""The committee of the Party of each kind of locality, and how those below its people's committee are called."""
_OFFICES: Final = {
    "Sở": ("Lãnh đạo Sở", "các phòng, đơn vị thuộc Sở"),
    "Ban": ("Lãnh đạo Ban", "các phòng, đơn vị thuộc Ban"),
    "Văn phòng": ("Lãnh đạo Văn phòng", "các phòng, đơn vị thuộc Văn phòng"),
    "Thanh tra": ("Lãnh đạo Thanh tra", "các phòng thuộc Thanh tra"),
    "Đài": ("Lãnh đạo Đài", "các phòng, bộ phận thuộc Đài"),
    "Trường": ("Ban Giám hiệu", "các phòng, khoa, đơn vị thuộc Trường"),
}
"""By how a name begins: who leads the agency, and how those below it are called."""


class Office(NamedTuple):
    """What is written of an agency."""

    full: str
    """Its name without abbreviations."""
    first: str
    """As it is named the first time: in full, with what it is called from then on."""
    short: str
    """As it is named from then on."""
    subordinates: str
    copies: tuple[str, ...]
    """Who gets each of its papers, besides those to whom it is addressed."""


def office(unit: Unit) -> Office:
    """Tell how an agency is written of."""
    name = squeeze(unit.name)
    full = in_full(name)
    if not name.startswith(_COMMITTEE):
        head, below = next((it for start, it in _OFFICES.items() if name.startswith(f"{start} ")), (None, _BELOW))
        return Office(full, full, full, below, (head or "Lãnh đạo đơn vị",))
    place = name.removeprefix(_COMMITTEE)
    kind = next((one for one in _LOCALITIES if place.startswith(f"{one} ")), "")
    if not kind:
        return Office(full, full, full, _BELOW, ("Lãnh đạo đơn vị",))
    party, below = _LOCALITIES[kind]
    short = f"{_COMMITTEE}{kind}"
    copies = (
        f"Thường trực {party}", f"Thường trực HĐND {kind}", f"Ủy ban MTTQ Việt Nam {kind}", f"Lãnh đạo UBND {kind}"
    )  # fmt: skip
    return Office(full, f"{full} (sau đây viết tắt là {short})", short, below, copies)


def in_full(name: str) -> str:
    """Write a name without the abbreviations that every office uses."""
    return " ".join(_IN_FULL.get(word, word) for word in name.split(" "))
