"""The draft of a plan that a workspace begins with: the issuer, the units and the usual sections, nothing invented."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.plan.model import LAST_YEAR
from danvan_cli.plan.register import TWO_TIERS, province
from danvan_cli.plan.scheme import as_yaml, authority, bracketed, others, scheme, scheme_blocks
from danvan_cli.text import clean, squeeze
from danvan_cli.yaml.yamltext import plain_words, text

if TYPE_CHECKING:
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
    whole = _filled(
        "draft", subject=subject, year=year, issuer=issuer.name, title=plain_words(title), called=plain_words(subject),
        id=issuer.id, name=plain_words(issuer.name), short=plain_words(f"Ủy ban nhân dân {of.kind}"), abbr=issuer.abbr,
        place=plain_words(issuer.place), letterhead=bracketed(issuer.letterhead), units=units,
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
