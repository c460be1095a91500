"""Time as plans say it: the issued words, and the days that they mean in the plan's year.

Words are read whole or not at all: what is not understood has no day, and nothing is guessed. The patterns stand as text:
`re` compiles each when the first words come to it, which most commands are spared.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from danvan_cli.text import clean, fold, squeeze
from danvan_cli.typed import YEARS

if TYPE_CHECKING:
    from collections.abc import Callable

Every = Literal["always", "day", "week", "month", "quarter", "half", "year"]
MOST: Final = 200
"""Longer words (characters) are no time, and are not read."""


@dataclass(frozen=True)
class When:
    """When something is due, as written and as understood.

    `days` are the last days on time: one, or each one of the plan's year where it recurs; none where no day is said.
    `first` is the first day of a span, `every` how often it recurs (`step` of them: every 2 weeks), `event` that it
    hangs on something else than the calendar. What says none of these is not `understood`.
    """

    words: str = ""
    days: tuple[date, ...] = ()
    first: date | None = None
    every: Every | None = None
    step: int = 1
    event: bool = False

    @property
    def last(self) -> date | None:
        """The last day on time; of what recurs that of the last time in the plan's year."""
        return self.days[-1] if self.days else None

    @property
    def understood(self) -> bool:
        """Whether the words say a time."""
        return bool(self.days or self.first or self.every or self.event)


@lru_cache(maxsize=4096)
def when(due: date | str, year: int, *, includes: bool = False) -> When:
    """Read when something is due: a day, or words such as `thường xuyên`, `15/3`, `trước ngày 18 hằng tháng`.

    The year is that of words that name none; `includes` tells whether «trước ngày» counts its day, as the plan's settings say.
    """
    if isinstance(due, date):
        return When(due.isoformat(), (due,), due)
    words = squeeze(clean(due))
    if len(words) > MOST:
        return When(words)
    plain = re.sub(r"\bqui\b", "quy", re.sub(r"\s{0,9}([/–])\s{0,9}", r"\1", fold(words))).strip(" .;,")
    return replace(_read(plain, _Year(year, includes), _KINDS) or When(), words=words)


class _Year(NamedTuple):
    """What words without a year are read in."""

    year: int
    includes: bool

    def before(self, day: date) -> date:
        """Give the last day on time of «trước ngày»."""
        return day if self.includes else day - timedelta(days=1)


# Spans: a day, a month, a quarter, half a year, a year ---------------------------------------------------------------

_Y: Final = r"(?:(?:/| nam | cua nam )(?P<y>\d{4}|lien ke|sau|ke tiep|tiep theo|nay))?"
_Q: Final = r"(?:i{1,3}|iv|[1-4])"
_M: Final = r"(?:0?[1-9]|1[0-2])"
_TO: Final = r"(?P<j> ?[-–] ?| ?, ?| den | va )"
_QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_WIDTHS: Final = {"month": 1, "quarter": 3}
"""Months of each."""
_SPANS: Final = (
    ("day", rf"(?:ngay )?(?P<d>\d{{1,2}})[/.-](?P<m>\d{{1,2}})(?:[.-](?P<z>\d{{4}})|[/.-](?P<x>\d\d)|{_Y})"),
    ("day", rf"(?:ngay )?(?P<d>\d{{1,2}}) thang (?P<m>\d{{1,2}}){_Y}"),
    ("day", r"(?:ngay )?(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    ("month", rf"thang (?P<m>{_M})(?:{_TO}(?:thang )?(?P<n>{_M}))?{_Y}"),
    ("month", rf"(?P<m>{_M})/(?P<y>\d{{4}})"),
    ("quarter", rf"quy (?P<m>{_Q})(?:{_TO}(?:quy )?(?P<n>{_Q}))?{_Y}"),
    ("half", r"0?6 thang (?P<m>dau|cuoi) nam(?: (?P<y>\d{4}))?"),
    ("year", r"nam (?P<y>\d{4}|nay)"),
    ("year", r"(?:trong|het) nam"),
)


class _Span(NamedTuple):
    """The first and the last day of what was named."""

    first: date
    last: date
    kind: str


def _span(text: str, year: int) -> _Span | None:
    """Read what names one stretch of days; None if it names none, or one that is not real."""
    for kind, pattern in _SPANS:
        if (found := re.fullmatch(pattern, text)) and (span := _days(kind, found.groupdict(), year)):
            return span
    return None


def _days(kind: str, said: dict[str, str | None], year: int) -> _Span | None:
    typed = said.get("y") or said.get("z")
    if short := said.get("x"):  # two figures name a year only if it is near
        typed = f"20{short}" if abs(2000 + int(short) - year) <= 1 else "0"
    at = int(typed) if typed and typed.isdigit() else year + (typed not in {None, "nay"})
    if at not in YEARS:
        return None
    one = said.get("m") or ""
    other = said.get("n") or one
    match kind:
        case "day":
            try:
                start = date(at, int(one), int(said["d"] or 0))
            except ValueError:
                return None
            return _Span(start, start, kind)
        case "month":
            months = int(one), int(other)
        case "quarter":
            months = 3 * _QUARTERS[one] - 2, 3 * _QUARTERS[other]
        case "half":
            months = (1, 6) if one == "dau" else (7, 12)
        case _:
            months = 1, 12
    if months[0] > months[1]:
        return None
    if (said.get("j") or "").strip() in {"va", ","} and months[1] - months[0] >= 2 * _WIDTHS.get(kind, 12):
        return None  # two times, and no stretch
    return _Span(date(at, months[0], 1), _end(at, months[1]), kind)


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


# The kinds of words --------------------------------------------------------------------------------------------------

_UNITS: Final[dict[str, Every]] = {
    "ngay": "day", "tuan": "week", "thang": "month", "quy": "quarter", "6 thang": "half", "06 thang": "half",
    "nam": "year",
}  # fmt: skip
_Match: TypeAlias = "re.Match[str]"
_Reader: TypeAlias = "Callable[[_Match, _Year], When | None]"
_Table: TypeAlias = "tuple[tuple[str, When | _Reader], ...]"


def _before(found: _Match, at: _Year) -> When | None:
    span = _span(found["s"], at.year)
    if span is None:
        return None
    last = at.before(span.first) if span.kind == "day" else span.first - timedelta(days=1)
    return When(days=(last,))


def _by(found: _Match, at: _Year) -> When | None:
    span = _span(found["s"], at.year)
    return span and When(days=(span.last,), first=span.first)


def _from(found: _Match, at: _Year) -> When | None:
    span = _span(found["s"], at.year)
    return span and When(first=span.first)


def _range(found: _Match, at: _Year) -> When | None:
    """Read two spans as one; the first takes its year from the second if it names none."""
    end = _span(found["t"], at.year)
    start = end and _span(found["s"], end.last.year)
    if not start or not end or start.first > end.last:
        return None
    if found["j"] in {" va ", ", "} and end.first - start.last > timedelta(days=1):
        return None  # two times, and no stretch
    return When(days=(end.last,), first=start.first)


def _listed(found: _Match, at: _Year) -> When | None:
    """Read two or three days that are named one after the other, each a time of its own: `tháng 6 và tháng 12`."""
    parts = [one for one in re.split(r" va |[,;] ", found["s"]) if one]
    read = [_read(one, at, _ONCE) for one in parts]
    days = [one.last for one in read if one is not None and one.last is not None]
    if not 1 < len(parts) == len(days) <= _LISTED or days != sorted(set(days)):
        return None
    if len({"truoc" in one for one in parts}) > 1:  # whether «trước» goes on is not said
        return None
    return When(days=tuple(days))


def _years(found: _Match, _at: _Year) -> When | None:
    first, last = int(found["a"]), int(found["b"])
    if first > last or not {first, last} <= set(YEARS):
        return None
    return When(days=(date(last, 12, 31),), first=date(first, 1, 1))


def _days_of_a_month(found: _Match, at: _Year) -> When | None:
    """Read the first part of a range of days whose month comes with its last one: `từ 01 đến 10/5`."""
    end = _span(found["t"], at.year)
    if end is None or end.kind != "day" or not 1 <= int(found["d"]) <= end.last.day:
        return None
    return When(days=(end.last,), first=end.last.replace(day=int(found["d"])))


def _every(found: _Match, _at: _Year) -> When | None:
    count, every = int(found.groupdict().get("n") or 1), _UNITS[found["u"]]
    if (count, every) == (6, "month"):
        return When(every="half")
    return When(every=every, step=count) if count else None


def _each(every: Every, later: int, found: _Match, at: _Year) -> When | None:
    """Give the days of each period of the year, or of that after it; a month that is shorter ends with its last day.

    Before a day that a month has not, all of it lies: its last day is still on time.
    """
    wanted = int(found["d"])
    if not 1 <= wanted <= 31:
        return None
    days = []
    for month in range(_WIDTHS[every] + later, 13 + later, _WIDTHS[every]):
        year, number = at.year + (month - 1) // 12, (month - 1) % 12 + 1
        last = _end(year, number)
        day = last.replace(day=min(wanted, last.day))
        days.append(at.before(day) if found["p"].startswith("truoc") and wanted <= last.day else day)
    return When(days=tuple(days), every=every)


_monthly, _next_month = partial(_each, "month", 0), partial(_each, "month", 1)
_quarterly, _next_quarter = partial(_each, "quarter", 0), partial(_each, "quarter", 1)


def _yearly(found: _Match, at: _Year) -> When | None:
    one = _read(found["s"], at, (*_ONCE, (_SEVERAL, _listed)))
    return one and replace(one, every="year")


_LIMITS: Final = ("truoc", "cham nhat", "muon nhat", "khong qua")


def _with_more(found: _Match, at: _Year) -> When | None:
    """Read words with more in brackets: how often with the day of it, a plan with its last day."""
    joined, one, more = (_read(text, at, _KINDS) for text in (f"{found['s']}, {found['t']}", found["s"], found["t"]))
    if joined and joined.every:
        return joined
    if not (one and more) or (one.every and more.days):
        return None
    if one.days and more.days:
        later = more.every is None and one.days <= more.days and found["t"].startswith(_LIMITS)
        return replace(more, first=one.first) if later else None
    return one


_PLANNED: Final = r"(?:(?:du kien|xong|hoan thanh|thuc hien|trien khai|han cuoi|han chot|thoi han):? )?"
_UNTIL: Final = r"den het|den|trong|het|vao"
_BY: Final = rf"{_PLANNED}(?:(?:cham nhat|muon nhat|khong qua)(?: la)?(?: (?:{_UNTIL}))?|{_UNTIL}) "
_DAY: Final = r"(?P<p>truoc |cham nhat(?: la)?(?: vao)? |vao |den |)ngay (?P<d>\d{1,2})"
_DAY_AGAIN: Final = _DAY.replace("?P<p>", "?:").replace("?P<d>", "?:")
_LISTED: Final = 6
"""So many days are named one after the other at most."""
_ADDED: Final = "dot xuat|khi co yeu cau|theo yeu cau|khi can|to chuc thuc hien|trien khai thuc hien|thuc hien"
_HANG: Final = r"(?:dinh ky )?(?:hang|moi)"
_ONCE: Final[_Table] = (
    (rf"{_PLANNED}truoc (?P<s>.+)", _before),
    (rf"{_PLANNED}truoc \d{{1,2}} ?(?:gio|h)(?: ?\d\d)? (?P<s>ngay .+)", _by),
    (rf"{_BY}(?P<s>.+)", _by),
    (rf"{_PLANNED}(?P<s>.+)", _by),
)
"""How one day, or the end of one stretch, is said."""
_SEVERAL: Final = r"(?P<s>[^()]{1,150})"
_KINDS: Final[_Table] = (
    *_ONCE,
    (r"(?:thuong xuyen|lien tuc)(?:,? (?:trong|ca) nam(?: \d{4})?)?|ca nam(?: \d{4})?", When(every="always")),
    (rf"{_HANG} (?P<u>ngay|tuan|thang|quy|0?6 thang|nam)", _every),
    (r"(?:dinh ky )?(?:moi )?(?P<n>\d{1,2}) (?P<u>ngay|tuan|thang|quy|nam)(?:/| )(?:mot |0?1 )?lan", _every),
    (r"(?P<s>[^()]{1,90}?) (?:hang|moi) nam", _yearly),
    (rf"{_HANG} nam,? (?P<s>[^()]{{1,90}})", _yearly),
    (rf"(?:{_HANG} thang,? )?{_DAY} (?:cua )?(?:thang (?:lien ke|sau|ke tiep|tiep theo))(?: lien ke)?", _next_month),
    (rf"{_DAY} (?:cua )?(?:hang|moi) thang", _monthly),
    (rf"{_HANG} thang,? {_DAY}", _monthly),
    (rf"(?:{_HANG} quy,? )?{_DAY} (?:cua )?thang cuoi (?:cua )?(?:(?:hang |moi )?quy)(?: hang quy)?", _quarterly),
    (rf"(?:{_HANG} quy,? )?{_DAY} (?:cua )?thang dau (?:cua )?quy (?:sau|lien ke|ke tiep|tiep theo)", _next_quarter),
    (rf"{_PLANNED}(?:tu )?(?:ngay )?(?P<d>\d{{1,2}}) ?(?:den(?: ngay)?|-|–) ?(?P<t>.+)", _days_of_a_month),
    (rf"{_PLANNED}(?:tu )?(?P<s>[^()]{{1,90}}?)(?P<j> den het | den | va |, | ?[-–] ?)(?P<t>[^()]{{1,90}})", _range),
    (_SEVERAL, _listed),
    (r"(?:giai doan )?(?P<a>\d{4}) ?[-–] ?(?P<b>\d{4})", _years),
    (r"(?:tu )?(?P<s>nam \d{4}) va (?:nhung|cac) nam (?:tiep theo|sau)", _from),
    (rf"(?:dinh ky )?(?P<q>{_HANG} quy, )?0?6 thang(?:(?:,| va) (?:hang |0?1 )?nam)?",
     lambda found, _at: When(every="quarter" if found["q"] else "half")),
    (rf"{_DAY} (?:cua )?(?:hang|moi) quy|{_HANG} quy,? {_DAY_AGAIN}", When(every="quarter")),
    (r"(?:ke )?tu (?P<s>.+)", _from),
    (r"(?:truoc )?(?:\d{1,2} ?(?:gio|h) )?(?:ngay )?(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)(?: (?:hang|moi) tuan)?",
     When(every="week")),
    (rf"(?P<s>[^()]{{1,90}}?),? (?:hoac|va) (?:{_ADDED})", lambda found, at: _read(found["s"], at, _KINDS)),
    (rf"(?P<s>[^()]{{1,90}}) \((?P<t>[^()]{{1,90}})\)(?: (?:hoac|va) (?:{_ADDED}))?", _with_more),
    (r"theo (?!doi\b).+|khi (?:co|can|phat sinh|ket thuc|hoan thanh|duoc)\b.*|dot xuat(?: khi .+)?|(?:ngay )?sau khi .+",
     When(event=True)),
    (r"(?:(?:sau|trong)(?: vong| thoi han)? )?\d{1,3} (?:ngay|tuan|thang|nam)(?: lam viec)? (?:ke tu|sau|tinh tu) .+",
     When(event=True)),
    (r"truoc (?:ngay|khi) .*[a-z].* \d{1,3} (?:ngay|tuan|thang)", When(event=True)),
)  # fmt: skip
"""How time is said (folded: lower case without marks), and what reads it; the first that reads the whole decides."""


def _read(text: str, at: _Year, kinds: _Table) -> When | None:
    for pattern, read in kinds:
        if (found := re.fullmatch(pattern, text)) and (one := read if isinstance(read, When) else read(found, at)):
            return one
    return None
