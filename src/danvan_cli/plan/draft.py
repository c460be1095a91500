"""The draft of a plan that a workspace begins with: the issuer, the usual sections, the units by the general scheme.

Departments (Nghị định 150/2025/NĐ-CP ngày 12/6/2025): Điều 8 names the twelve that every province has, Điều 9 those
that a province may have besides; a province has 14 at most, Hà Nội and Hồ Chí Minh 15 (Điều 10). Nghị định
370/2025/NĐ-CP has amended it, in what was not read here; some provinces divide Sở Văn hóa, Thể thao và Du lịch; Ban
quản lý of zones and public service units are none of its matter. So no department is confirmed: each province's own
decisions say which it has. Abbreviations and who signs are general usage.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, Final, Literal

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.plan.model import LAST_YEAR
from danvan_cli.plan.register import CITY, TWO_TIERS, communes, province, register_rows
from danvan_cli.text import clean, fold, squeeze
from danvan_cli.yaml.yamltext import plain_words, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from danvan_cli.plan.register import Division

SUBJECT: Final = "công tác dân vận chính quyền"
"""What the year's work is called where nothing else is said: danvan's own field."""
_PLAIN: Final = re.compile(r"[a-z0-9./-]+\.yaml")
"""A path that stands in YAML as it is."""
_LONGEST: Final = 200
"""Characters of a name that still reads within a sentence."""
_DATA: Final = Path(__file__).with_name("data")


def draft_plan(asked: str, year: int, subject: str = SUBJECT, register: str | None = None) -> str:
    """Write the draft of a province's plan as YAML; the province is named by its name or code.

    `subject` is what the year's work is called within a sentence, `register` the path, from the plan's folder, of the
    register that the units stand in (None: they stand in the plan).

    Raises:
        UsageError: if there is no such province, the year is before the two tiers or far ahead, or the subject is no name.
    """
    subject = squeeze(clean(subject)).strip()
    if not 1 <= len(subject) <= _LONGEST:
        raise UsageError(
            _("tên gọi công việc cần từ 1 đến {most} ký tự", most=_LONGEST), help=_("ví dụ: «cải cách hành chính»")
        )
    of, on = _asked(asked, year)
    if register is None:
        units = _units(of, on)
    else:
        units = _filled("draft-named", path=register if _PLAIN.fullmatch(register) else text(register))
    issuer = authority(of)
    title = f"Triển khai, thực hiện {subject} trên địa bàn {of.full} năm {year}"
    given = {key: _value(value) for key, value in issuer.items()}
    whole = _filled(
        "draft", subject=subject, year=year, issuer=issuer["name"], title=plain_words(title),
        called=plain_words(subject), short=plain_words(f"Ủy ban nhân dân {of.kind}"), units=units, **given,
    )  # fmt: skip
    return f"{whole}\n"


def draft_register(asked: str, year: int, schema: str) -> str:
    """Write a province's units as a register that plans share; `schema` is where its JSON Schema is, from its folder.

    Raises:
        UsageError: as `draft_plan`.
    """
    of, on = _asked(asked, year)
    return _filled("register", schema=schema, province=of.full, units=_units(of, on)) + "\n"


def _asked(asked: str, year: int) -> tuple[Division, date | None]:
    """Find the province, and as of which day its units are taken."""
    if year > LAST_YEAR:
        raise UsageError(_("năm kế hoạch không quá {year}", year=LAST_YEAR))
    if year < TWO_TIERS.year:
        raise UsageError(
            _("danh mục đơn vị chỉ có từ 01/7/2025, không lập được kế hoạch năm {year}", year=year),
            help=_("bắt đầu từ mẫu năm 2023 rồi sửa: danvan init --sample"),
        )
    on = date(year, 12, 31) if year == TWO_TIERS.year else None
    return province(asked, on), on


def _units(of: Division, on: date | None) -> str:
    """Write blocks and units, with what else there may be as comments."""
    more = (f"#{line[1:]}" for line in as_yaml(others(of)).splitlines())
    blocks, units = as_yaml(scheme_blocks(of, on)).rstrip(), as_yaml(scheme(of, on)).rstrip()
    return _filled("draft-units", blocks=blocks, others="\n".join(more), units=units)


def _filled(name: str, /, **values: object) -> str:
    """Fill in what `data/` has under a name; no line ends it."""
    template = _DATA.joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return Template(template).substitute(values).rstrip("\n")


# The units by the general scheme --------------------------------------------------------------------------------------

DEPARTMENTS: Final = "so-ban-nganh"
COMMUNES: Final = "xa"


_Entry = dict[str, Any]
"""What a plan says of a block or a unit: its words and lists of words, by their keys in the order that they stand in."""


def authority(of: Division) -> _Entry:
    """Give the province's own authority, which issues the plan: `Ủy ban nhân dân tỉnh Đồng Nai`."""
    name = f"Ủy ban nhân dân {of.full}"
    # A person's name stands with what it is, as the place that papers are dated at (NĐ 30/2020).
    place = of.full if of.code == "79" else of.name
    return {"id": "ubnd-tinh", "name": name, "abbr": "UBND", "place": place, "letterhead": ["Ủy ban nhân dân", of.full]}


def scheme_blocks(of: Division, on: date | None = None) -> list[_Entry]:
    """Give the two blocks of a province's units: its departments, and the authorities of its communes."""
    named = {one.kind for one in communes(of, on)}
    kinds = ", ".join(kind for kind in ("xã", "phường", "đặc khu") if kind in named)
    issuer = authority(of)
    return [
        {"id": DEPARTMENTS, "name": f"Các sở, ban, ngành {_tier(of)}", "kind": "sở", "superior": issuer["name"],
         "place": issuer["place"], "signs": ["GIÁM ĐỐC"]},
        {"id": COMMUNES, "name": f"UBND các {kinds}", "kind": "UBND xã", "signs": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]},
    ]  # fmt: skip


def scheme(of: Division, on: date | None = None) -> list[_Entry]:
    """Give a province's units: the departments that every province has, unconfirmed, then its communes' authorities.

    They are those of a day from 1/7/2025 on, as is the province; None is what the list knows last.
    """
    tier = _tier(of)
    office = _department("van-phong-ubnd", f"Văn phòng UBND {tier}", "VPUBND")
    inspectors = _department("thanh-tra-tinh", f"Thanh tra {tier}", "TTr")
    office |= {"kind": "văn phòng", "letterhead": ["Văn phòng"], "signs": ["CHÁNH VĂN PHÒNG"]}
    inspectors |= {"kind": "thanh tra", "signs": ["CHÁNH THANH TRA"]}
    return [*_departments("mọi tỉnh"), office, inspectors, *_authorities(communes(of, on))]


def others(of: Division) -> list[_Entry]:
    """Give the departments that some provinces have besides: what to ask, not what to take for granted."""
    largest = _departments("hai thành phố lớn nhất") if of.code in {"01", "79"} else []
    return _departments("một số tỉnh") + largest


def department_names() -> list[str]:
    """Name the departments that provinces have."""
    return [name for _where, _id, name, _abbr in register_rows("departments.tsv")]


def as_yaml(entries: Iterable[_Entry]) -> str:
    """Write blocks or units as items of a plan's list, one a line, as `plans/2023.yaml` has them."""
    return "".join(f"  - {{{', '.join(f'{key}: {_value(one[key])}' for key in one)}}}\n" for one in entries)


def _value(value: str | list[str] | Literal[False]) -> str:
    if isinstance(value, str):
        return plain_words(value)
    return bracketed(value) if value else "false"


def _departments(where: str) -> list[_Entry]:
    return [_department(*row[1:]) for row in register_rows("departments.tsv") if row[0] == where]


def _department(id_: str, name: str, abbr: str) -> _Entry:
    return {"id": id_, "name": name, "abbr": abbr, "block": DEPARTMENTS, "confirmed": False}


def _authorities(found: Iterable[Division]) -> list[_Entry]:
    found = tuple(found)
    ids = [f"{_slug(one.kind)}-{_slug(one.name)}" for one in found]
    return [
        {"id": name if ids.count(name) == 1 else f"{name}-{one.code}", "name": f"UBND {one.full}", "abbr": "UBND",
         "block": COMMUNES, "code": one.code, "kind": f"UBND {one.kind}", "place": one.name,
         "letterhead": ["Ủy ban nhân dân", one.full]}
        for name, one in zip(ids, found, strict=True)
    ]  # fmt: skip


def _tier(of: Division) -> str:
    return of.kind if of.kind == CITY else "tỉnh"


def _slug(name: str) -> str:
    """Make an id's part of a name: `Chân Mây - Lăng Cô` is `chan-may-lang-co`, `M'Drắk` is `mdrak`."""
    return "-".join(re.findall("[a-z0-9]+", fold(name.replace("'", ""))))


def bracketed(words: Iterable[str]) -> str:
    """Write words as a list on one line."""
    return f"[{', '.join(map(plain_words, words))}]"
