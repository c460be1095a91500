"""Citations: where a text names a legal document, and how the field writes numbers, symbols and dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from danvan_cli.nd30.codes import TYPES
from danvan_cli.text import LOWER, UPPER, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from danvan_cli.plan.model import Document

# The three forms of NĐ 30/2020 and of the Party: 21/KH-UBND, 20/2021/NĐ-CP (and 62/2020/QH14), 27-KH/BDVTU-BCSD.
_NAME = rf"[{UPPER}][0-9{UPPER}{LOWER}&]*"
# The digit stands before the look behind it: a search that begins with a digit skips everything else.
_SYMBOL = rf"\d(?<![\w/-]\d)\d{{0,4}}(?:/\d{{4}})?(?:/{_NAME}(?:-{_NAME})+|-{_NAME}/{_NAME}(?:-{_NAME})*|(?<=/\d{{4}})/{_NAME})"
_CITATION = (  # as text: to compile it takes 9 ms, and most commands look for none
    rf"(?P<symbol>{_SYMBOL})"
    r"(?:,?\s+ngày\s+(?P<day>\d{1,2})(?:[/.-]|\s+tháng\s+)(?P<month>\d{1,2})(?:[/.-]|\s+năm\s+)(?P<year>\d{4}))?"
)
# What stands before the symbol. Looked for from there, within so many letters: a third of the time of one expression.
_TYPE = re.compile(rf"[{UPPER}][{LOWER}]*(?:\s[{LOWER}]+){{1,3}}\s+số:?\s+\Z")
_TYPE_ROOM: Final = 60
_CODE = re.compile(r"(?:\d+(?:/\d{4})?[/-])?([^-/]*)")

# The decree's codes, and beside them those of legal normative documents and of the Party (whose QĐ is also Quy định).
CITED_TYPES: Final = {letters: (name,) for letters, name in TYPES.items()} | {
    "QĐ": ("Quyết định", "Quy định"),
    "TT": ("Thông tư",),
    "NĐ": ("Nghị định",),
    "CTrPH": ("Chương trình",),
    "KL": ("Kết luận",),
    "CV": ("Công văn",),
}

ISSUERS: Final = {
    "QH": ("Quốc hội", ("NĐ", "TT")),
    "CP": ("Chính phủ", ("TT", "CT")),
    "TTg": ("Thủ tướng Chính phủ", ("NĐ", "NQ", "TT")),
    "HĐND": ("Hội đồng nhân dân", ("NĐ", "TT")),
    "UBND": ("Ủy ban nhân dân", ("NĐ", "TT")),
}
"""What an issuer is called in a symbol, its name, and types that are never its own.

Luật Ban hành văn bản quy phạm pháp luật 2015, Điều 4: a Nghị định is the Government's, a Thông tư a minister's.
"""
_ISSUER = re.compile(r"\d+(?:/\d{4})?/(?:(?P<type>[^-/]+)-)?(?P<issuer>[^-/]+)")
_PARTY = re.compile(r"\d+(?P<first>[-/])(?P<type>[^-/]+)[-/](?P<issuer>TW|TU|HU|ĐU|BDVTW|BDVTU|BTGTU|UBKTTU)(?![^-])")
_STATE = re.compile(r"\d+-[^-/]+/(?P<issuer>CP|TTg|UBND|HĐND|QH\d*)(?![^-])")


def issuer(symbol: str) -> str | None:
    """Give the issuer in a symbol, as `ISSUERS` calls it; None where it is none of those."""
    found = _ISSUER.match(symbol)
    name = found["issuer"].rstrip("0123456789") if found else ""
    return name if name in ISSUERS else None


def form(symbol: str) -> str | None:
    """Give a symbol as its issuer writes it, where it is written in the other form; None where it is right.

    The State writes 21/KH-UBND (Nghị định 30/2020/NĐ-CP, Phụ lục I), the Party 27-KH/TU (general knowledge).
    """
    if (party := _PARTY.match(symbol)) and party["first"] == "/":
        number, _slash, rest = symbol.partition("/")
        return f"{number}-{rest.replace('-', '/', 1)}"
    if _STATE.match(symbol):
        number, _dash, rest = symbol.partition("-")
        return f"{number}/{rest.replace('/', '-', 1)}"
    return None


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a text that names a document by its symbol.

    `start` counts characters of the text; `when` is None where the text gives no date or `dated` is False, and also
    where the date written does not exist (`dated` True).
    """

    symbol: str
    type: str | None
    when: date | None
    dated: bool
    start: int


def cited(text: str) -> Iterator[Citation]:
    """Find the documents that a text names by symbol, in order."""
    if "/" not in text:  # no form of a symbol does without
        return
    behind = 0
    for found in re.finditer(_CITATION, text):
        dated = found["day"] is not None
        kind = _TYPE.search(text, max(behind, found.start() - _TYPE_ROOM), found.start())
        behind = found.end()
        yield Citation(
            symbol=found["symbol"],
            type=" ".join(kind[0].split()[:-1]) if kind else None,
            when=date_of(found["year"], found["month"], found["day"]) if dated else None,
            dated=dated,
            start=found.start("symbol"),
        )


def date_of(year: str, month: str, day: str) -> date | None:
    """Give a day that is written in figures; None where there is no such day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def code(symbol: str) -> str | None:
    """Give the type code in a symbol: `KH` of `27-KH/BDVTU-BCSD`, `NĐ` of `20/2021/NĐ-CP`; None where it has none."""
    found = _CODE.match(symbol)
    return found[1] if found and found[1] in CITED_TYPES else None


class Names:
    """Finds, in one pass over a text, the documents that are cited by name alone (laws, resolutions of a congress)."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._by_name: dict[str, str] = {}
        for document in documents:
            if document.symbol is None and document.title:
                title = squeeze(document.title)
                name = title if title.startswith(document.type) else f"{document.type} {title}"
                self._by_name[name] = document.id
        heads = sorted({name.split(" ", 1)[0] for name in self._by_name})
        self._lengths = sorted({len(name) for name in self._by_name}, reverse=True)
        self._heads = re.compile("|".join(map(re.escape, heads))) if heads else None

    def cited(self, text: str) -> Iterator[str]:
        """Give the ids of the documents that a text names."""
        if self._heads is None:
            return
        text = squeeze(text)
        for found in self._heads.finditer(text):
            for length in self._lengths:
                document = self._by_name.get(text[found.start() : found.start() + length])
                if document:
                    yield document
                    break
