"""Who issues a plan, when, of which year: read off letterhead, title and text; nothing that they do not say."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.importing.guess import Entry, Guess
from danvan_cli.plan.citations import date_of
from danvan_cli.plan.register import provinces
from danvan_cli.text import UPPER, fold, slug, squeeze

if TYPE_CHECKING:
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
    r"(?= (?:trên địa bàn|của|năm 20\d\d|giai đoạn|trong (?:năm|các)|tại|đối với)\b| ?[,;.]|$)",
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
