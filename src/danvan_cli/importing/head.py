"""Who issues a plan, when, of which year, and the documents that it cites: nothing that letterhead, title and text do not say."""

from __future__ import annotations

import re
from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.importing.guess import Entry, Guess
from danvan_cli.plan.citations import CITED_TYPES, cited, code, date_of
from danvan_cli.plan.register import provinces
from danvan_cli.text import LOWER, UPPER, Ids, fold, slug, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from danvan_cli.importing.parts import Parts

_NUMBER: Final = re.compile(r"Số ?:? ?(?P<number>\d{1,5})?[ .…_]{0,20}[/-] ?(?P<symbol>[^ ]+)", re.IGNORECASE)
_PLACE: Final = re.compile(r"(?P<place>[^,]{2,60}), ?ngày\b", re.IGNORECASE)
_DAY: Final = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})", re.IGNORECASE)
_YEARS: Final = re.compile(r"giai đoạn (20\d\d) ?[-–] ?(20\d\d)", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<!đến )năm (20\d\d)", re.IGNORECASE)
_UNTIL: Final = re.compile(r"(?<!nhìn )đến năm (20\d\d)", re.IGNORECASE)
_UNIT: Final = re.compile(r"\b(?:tỉnh|thành phố|xã|phường|đặc khu|huyện|thị xã|thị trấn)\b")
_SUBJECT: Final = re.compile(
    r"^(?:(?:về việc|về|v/v) )?(?:(?:triển khai|tổ chức|tiếp tục|tăng cường),? ){0,3}(?:(?:thực hiện|triển khai) )?(?P<subject>.{1,300}?)"
    r"(?= (?:trên địa bàn|của|năm 20\d\d|giai đoạn|trong (?:năm|các)|tại|đối với)\b| ?[;.]|$)",
    re.IGNORECASE,
)


_BEGIN: Final = 20_000
"""Within so many letters a text names who issues it."""
_NOBODY: Final = "[… cơ quan ban hành …]"


class Head(NamedTuple):
    """What a plan says of itself; `guesses` by key."""

    year: int
    until: int | None
    title: str
    subject: str
    issuer: Entry
    number: str | None
    day: date | None
    guesses: dict[str, Guess]


def read_head(parts: Parts, text: str, now: int) -> Head:
    """Read a plan's head, off its lines and all its text; `now` is the year to take where the document names none."""
    title = squeeze(" ".join(parts.title))
    years = _YEARS.search(title)
    found = years or _YEAR.search(title)
    last = years[2] if years else until[1] if (until := _UNTIL.search(title)) else 0
    guesses = {"year": Guess("nam-theo-trich-yeu" if found else "nam-theo-ngay")}
    if found := found or _YEAR.search(parts.place_and_day):
        year = int(found[1])
    else:
        counted = Counter(_YEAR.findall(text)).most_common(1)
        year = int(counted[0][0]) if counted else now
    if not title:
        guesses["title"] = Guess("trich-yeu-khong-ro")
    named = _SUBJECT.match(title)
    subject = squeeze(named["subject"]) if named else ""
    if not subject[1:2].isupper():  # as it stands within a sentence
        subject = subject[:1].lower() + subject[1:]
    day = _DAY.search(parts.place_and_day)
    guesses["subject"] = Guess("ten-viec-theo-trich-yeu")
    number = _NUMBER.search(parts.number)
    symbol = number["symbol"] if number else ""
    return Head(
        year, int(last) if int(last) > year else None, title, subject, _issuer(parts, text, symbol),
        f"{int(number['number']):02d}/{symbol}" if number and number["number"] else None, date_of(*day.group(3, 2, 1)) if day else None, guesses,
    )  # fmt: skip


def _issuer(parts: Parts, text: str, symbol: str) -> Entry:
    lines = parts.letterhead
    name = in_sentence(squeeze(" ".join(lines)), text)
    place = _PLACE.match(parts.place_and_day)
    unit = [*_UNIT.finditer(name)]
    short = name[: unit[-1].end()] if unit and name[unit[-1].end() :].strip() else name
    abbr = symbol.partition("-")[2] if symbol.upper().startswith("KH-") else symbol.rpartition("-")[2]
    if not abbr and fold(name).startswith("uy ban nhan dan"):
        abbr = "UBND"
    abbr = abbr or "".join(word[0] for word in name.split()[:6]).upper()
    guesses = {"name": Guess("co-quan-theo-dau-van-ban" if name else "co-quan-khong-ro")}
    if not place:
        guesses["place"] = Guess("dia-danh-khong-ro")
    return Entry({
        "id": slug(re.sub("(?:Ủy|Uỷ) ban nhân dân", "UBND", short))[:60] or "co-quan",
        "name": name or _NOBODY, "short": short or _NOBODY, "abbr": abbr or "[…]",
        "place": squeeze(place["place"]) if place else "[… địa danh …]", "letterhead": lines or [_NOBODY],
        "superior": parts.superior or None,
    }, guesses)  # fmt: skip


def in_sentence(name: str, text: str) -> str:
    """Write a name in capitals as it stands within a sentence: as the text itself has it, else by what it is made of."""
    if not name or not name.isupper():
        return name
    text = text[:_BEGIN]
    plain = fold(text)
    at = plain.find(fold(name))
    if at >= 0 and len(plain) == len(text) and not (found := text[at : at + len(name)]).isupper():
        return found[0].upper() + found[1:]
    small = name.lower()
    known = [one.name for one in provinces()]
    words = {
        match[0].casefold(): match[0]
        for match in re.finditer(rf"(?<=[\w,;] )(?:[{UPPER}]\w*(?:\s(?=[{UPPER}]))?){{2,6}}", text)
        if not match[0].isupper()
    }
    for one in (*sorted(words.values(), key=len, reverse=True), *known):
        at = small.find(one.casefold())
        if at > 0 and _UNIT.search(small[:at]):
            small = small[:at] + one + small[at + len(one) :]
            break
    else:
        if unit := [*_UNIT.finditer(small)]:
            end = unit[-1].end()
            small = small[:end] + small[end:].title()
    return small[0].upper() + small[1:]


# The documents that a plan cites, as its register has them ------------------------------------------------------------


_OF: Final = re.compile(
    rf" ?,? ?của (?P<of>[{UPPER}][^.;,()]{{0,160}}?)(?= (?:về|ban hành|phê duyệt|quy định|triển khai|phối hợp|thực hiện|và (?:Kế hoạch|Quyết định|Nghị quyết|Chỉ thị|Công văn))\b|[.;,()]|$)"
)
_ABOUT: Final = re.compile(r" ?,? ?(?:về(?: việc)?) (?P<title>[^;)]{1,600}?)(?=;|\.(?: |$)|\./|\)|$)")
_LAW: Final = re.compile(
    rf"(?<![\w/])(?:Luật|Bộ luật|Pháp lệnh) (?P<name>(?:Thực hiện|[{UPPER}][{LOWER}]+)(?:,?\s(?!số\b|năm\b|ngày\b|của\b|đã\b|được\b|có\b|sửa\b|quy\b|này\b|hiện\b|là\b|theo\b|để\b|trong\b|trên\b|đối\b|đến\b|cho\b|và các\b|và [{UPPER}])[{LOWER}]+){{0,10}})"
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
