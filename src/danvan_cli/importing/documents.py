"""The documents that a plan cites, as its register of documents has them: only what the text gives of each."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.importing.guess import Entry, Guess
from danvan_cli.plan.citations import CITED_TYPES, cited, code
from danvan_cli.text import LOWER, UPPER, Ids, fold, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
_WHEN: Final = re.compile(r",? ngày \d{1,2}(?:[/.-]| tháng )\d{1,2}(?:[/.-]| năm )\d{4}")

_Found = tuple[int, str, dict[str, Any], str]
"""Where a document is cited, what it is known by, what is said of it, by which rule."""


def documents(texts: Iterable[tuple[str, str]]) -> list[Entry]:
    """Give the documents that the texts of a plan cite, in their order, each once."""
    found: dict[str, Entry] = {}
    taken = Ids()
    for place, text in texts:
        for _start, key, said, rule in sorted((*_by_symbol(text), *_by_name(text)), key=itemgetter(0)):
            if key not in found:
                found[key] = Entry({"id": _id(said, taken), **said, "cited": []}, {"id": Guess(rule)})
            known = found[key]
            for name, value in said.items():  # what differs elsewhere is to be looked at; the first stands
                if known.setdefault(name, value) != value and name in {"type", "date"}:
                    shown = value if isinstance(value, str) else f"{value:%d/%m/%Y}"
                    known.guesses[name] = Guess("van-ban-hai-cach", shown)
            if place not in known["cited"]:
                known["cited"].append(place)
    return [*found.values()]


def _by_symbol(text: str) -> Iterator[_Found]:
    for one in cited(text):
        known = CITED_TYPES.get(code(one.symbol) or "", ())
        said: dict[str, Any] = {"type": one.type or (known[0] if known else "Văn bản"), "symbol": one.symbol}
        end = one.start + len(one.symbol)
        if one.when:
            said["date"] = one.when
            end = dated.end() if (dated := _WHEN.match(text, end)) else end
        behind = text[end:]
        if of := _OF.match(behind):
            said["issuer"] = of["of"].strip()
            behind = behind[of.end() :]
        if (about := _ABOUT.match(behind)) and (title := about["title"].strip(' ,”"')):
            said["title"] = title
        yield one.start, one.symbol, said, "van-ban-theo-ky-hieu"


def _by_name(text: str) -> Iterator[_Found]:
    for pattern, kind, signs in _NAMED:
        for found in pattern.finditer(text) if any(map(text.__contains__, signs)) else ():
            behind = text[found.end() : found.end() + _JUST]
            if re.match(r" (?:số|ngày)\b", behind) and re.search(r"\d/", behind):
                continue  # its symbol follows
            name = found[0].strip()
            own = next((it for it in ("Bộ luật", "Pháp lệnh") if name.startswith(it)), kind)
            yield found.start(), fold(name), {"type": own, "title": name}, "van-ban-theo-ten"


def _id(said: dict[str, Any], taken: Ids) -> str:
    """Make an id: `kh-27`, `luat-tiep-cong-dan`."""
    if symbol := said.get("symbol"):
        number = re.match(r"\d+", symbol)
        return taken.free(f"{fold(code(symbol) or 'vb')}-{number[0] if number else 0}")
    base = slug(said["title"])
    return taken.free(base if len(base) < 60 else base[:60].rpartition("-")[0])
