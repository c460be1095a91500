"""The documents that a plan cites, as its register of documents has them: only what the text gives of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.importing.guess import Guess
from danvan_cli.plan.citations import CITED_TYPES, cited, code
from danvan_cli.text import LOWER, UPPER, Ids, fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_OF: Final = re.compile(
    rf" ?,? ?của (?P<of>[{UPPER}][^.;,()]{{0,160}}?)(?= (?:về|ban hành|phê duyệt|quy định|triển khai|phối hợp|thực hiện|và (?:Kế hoạch|Quyết định|Nghị quyết|Chỉ thị|Công văn))\b|[.;,()]|$)"
)
_ABOUT: Final = re.compile(r" ?,? ?(?:về(?: việc)?) (?P<title>[^;)]{1,600}?)(?=;|\.(?: |$)|\./|\)|$)")
_LAW: Final = re.compile(
    rf"(?<![\w/])(?:Luật|Bộ luật|Pháp lệnh) (?P<name>[{UPPER}][{LOWER}]+(?:,?\s(?!số\b|năm\b|ngày\b|của\b|đã\b|được\b|có\b|sửa\b|quy\b|này\b|hiện\b|là\b|theo\b|để\b|trong\b|trên\b|đối\b|đến\b|cho\b|và các\b|và [{UPPER}])[{LOWER}]+){{0,10}})"
)
_CONGRESS: Final = re.compile(
    r"Nghị quyết Đại hội\s[^.;,()]{0,90}?(?:lần thứ\s[IVXL]+(?:\scủa Đảng)?|nhiệm kỳ \d{4} ?[-–] ?\d{4})"
)
_NAMED: Final = (
    (_LAW, "Luật", ("Luật ", "Bộ luật ", "Pháp lệnh ")),
    (_CONGRESS, "Nghị quyết", ("Nghị quyết Đại hội",)),
)
"""Documents that are cited by name, their kind, and what every text has that does so."""
_JUST: Final = 60


@dataclass
class Cited:
    """A document that is cited: what the plan's register says of it, and what is not sure."""

    entry: dict[str, Any]
    guesses: dict[str, Guess] = field(default_factory=dict)


def documents(texts: Iterable[tuple[str, str]]) -> list[Cited]:
    """Give the documents that the texts of a plan cite, in their order, each once."""
    found: dict[str, Cited] = {}
    taken = Ids()
    for place, text in texts:
        for _start, key, entry, guess in sorted((*_by_symbol(text), *_by_name(text)), key=lambda it: it[0]):
            if key not in found:
                found[key] = Cited({"id": _id(entry, taken), **entry, "cited": []}, {"id": guess})
            _join(found[key], entry)
            if place not in found[key].entry["cited"]:
                found[key].entry["cited"].append(place)
    return [*found.values()]


def _by_symbol(text: str) -> Iterable[tuple[int, str, dict[str, Any], Guess]]:
    for one in cited(text):
        letters = code(one.symbol)
        known = CITED_TYPES.get(letters or "", ())
        kind = one.type or (known[0] if known else "Văn bản")
        entry: dict[str, Any] = {"type": kind, "symbol": one.symbol, "date": one.when}
        behind = text[_end(text, one.start + len(one.symbol), one.when) :]
        if of := _OF.match(behind):
            entry["issuer"] = of["of"].strip()
            behind = behind[of.end() :]
        if about := _ABOUT.match(behind):
            entry["title"] = about["title"].strip(' ,”"')
        yield (
            one.start,
            one.symbol,
            {key: value for key, value in entry.items() if value},
            Guess("van-ban-theo-ky-hieu"),
        )


_WHEN: Final = re.compile(r",? ngày \d{1,2}(?:[/.-]| tháng )\d{1,2}(?:[/.-]| năm )\d{4}")


def _end(text: str, at: int, when: date | None) -> int:
    """Tell where a citation with its day ends."""
    found = _WHEN.match(text, at) if when else None
    return found.end() if found else at


def _by_name(text: str) -> Iterable[tuple[int, str, dict[str, Any], Guess]]:
    for pattern, kind, signs in _NAMED:
        for found in pattern.finditer(text) if any(map(text.__contains__, signs)) else ():
            if re.match(r" (?:số|ngày)\b", text[found.end() :]) and re.search(
                r"\d/", text[found.end() : found.end() + _JUST]
            ):
                continue  # its symbol follows
            name = found[0].strip()
            own = next((it for it in ("Bộ luật", "Pháp lệnh") if name.startswith(it)), kind)
            yield found.start(), fold(name), {"type": own, "title": name}, Guess("van-ban-theo-ten")


def _join(known: Cited, entry: dict[str, Any]) -> None:
    """Add what another place says of the same document; where they differ, the first stands and is to be looked at."""
    for key, value in entry.items():
        if key in {"id", "cited"}:
            continue
        had = known.entry.get(key)
        if had is None:
            cited_in = known.entry.pop("cited")
            known.entry |= {key: value, "cited": cited_in}
        elif had != value and key in {"type", "date"}:
            shown = value if isinstance(value, str) else f"{value:%d/%m/%Y}"
            known.guesses[key] = Guess("van-ban-hai-cach", str(shown))


def _id(entry: dict[str, Any], taken: Ids) -> str:
    """Make an id: `kh-27`, `luat-tiep-cong-dan`."""
    symbol = entry.get("symbol")
    if symbol:
        number = re.match(r"\d+", symbol)
        base = f"{fold(code(symbol) or 'vb')}-{number[0] if number else 0}"
    else:
        base = "-".join(re.findall("[a-z0-9]+", fold(entry["title"])))
        base = base if len(base) < 60 else base[:60].rpartition("-")[0]
    return taken.free(base)
