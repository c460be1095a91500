"""What units have to send, by the text of their duties: plans, self-scores, reports with their days and where they go."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.importing.guess import Entry, Guess
from danvan_cli.plan.citations import date_of
from danvan_cli.plan.owed import ALL, periods_of
from danvan_cli.text import roman, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from danvan_cli.importing.owners import KnownOwners
    from danvan_cli.importing.tree import Node, Tree

_DAY: Final = re.compile(
    r"(?P<how>trước|chậm nhất|muộn nhất|đến|vào)(?: (?:là|vào|trong|đến|hết)){0,3} (?:ngày |(?<=trước )|(?<=nhất ))(?P<d>\d{1,2})(?:/| tháng )(?P<m>\d{1,2})(?:(?:/| năm )(?P<y>\d{4}))?(?P<each> (?:hằng|hàng) năm)?(?P<next> (?:của )?năm (?:liền kề|kế tiếp|tiếp theo|sau))?",
    re.IGNORECASE,
)
_FROM: Final = re.compile(r"từ (?:ngày )?\d{1,2}(?:/| tháng )[^,;.:()]{1,20} $", re.IGNORECASE)
"""What makes a day behind it the end of a span."""
_NEAR: Final = 40
"""Within so many letters before its end a span begins."""
_LIMITS: Final = frozenset({"trước", "chậm nhất", "muộn nhất"})
_RECURS: Final = re.compile(
    r"(?:trước|chậm nhất|vào)(?: (?:là|vào))* ngày \d{1,2} (?:(?:của )?(?:(?:hằng|hàng) (?:tháng|quý)|tháng (?:cuối|đầu) (?:của )?(?:(?:mỗi|hằng|hàng) )?quý(?: (?:sau|liền kề))?|tháng (?:liền kề|sau)))",
    re.IGNORECASE,
)
_QUARTER: Final = r"(?:IV|I{1,3}|[1-4])\b(?! tháng)"
_ON: Final = (
    r"(?:báo cáo(?: (?:kết quả|tình hình)(?: thực hiện)?)?|định kỳ|hằng|hàng|từng|báo cáo (?:kết quả|tình hình)"
    rf"(?:(?! tháng| năm)[^.;,:\d]){{1,60}}?(?= qu[ýí] {_QUARTER}(?:,|,? và) (?:qu[ýí] )?{_QUARTER}))"
)
"""What a quarter stands behind that is reported on; with more words between, only several quarters are."""
_PERIODS: Final = tuple(
    (every, re.compile(pattern, re.IGNORECASE))
    for every, pattern in (
        ("month", r"(?:báo cáo|định kỳ|hằng|hàng) tháng\b"),
        ("quarter", rf"{_ON} qu[ýí]\b|\bqu[ýí](?= ?(?:[,:(]|và\b|trước ngày))"),
        ("half", r"\b(?:0?6|sáu) tháng\b(?! cuối năm)(?: đầu năm)?"),
        ("year", (r"\b(?:0?1|một) năm\b|\btổng kết(?: năm)?\b|(?:báo cáo|hằng|hàng|định kỳ|(?<!tháng )cuối|cả) năm\b"
         r"|(?:(?<=[,;] )|(?<=\bvà ))(?<!ngày, tháng, )(?<!ngày, tháng và )năm(?= ?(?:[(,;.:)]|trước|chậm|gửi|về|theo|các|\d{4}|$))")),
    )
)  # fmt: skip
_BEHIND: Final = re.compile(
    rf"(?:{_DAY.pattern})(?: ?\(?(?:đối với|cho|là|gửi|nộp))? ?(?:báo cáo )?(?:kết quả |sơ kết |định kỳ )?$",
    re.IGNORECASE,
)
"""A day right before the name of what is due then: `trước ngày 10/6 (đối với báo cáo 6 tháng)`."""
_QUARTERS: Final = re.compile(
    rf"(?:{_ON} (?:qu[ýí] \()?)?qu[ýí] (?P<some>{_QUARTER}(?:(?:,|,? và) (?:qu[ýí] )?{_QUARTER})*)",
    re.IGNORECASE,
)
"""Quarters by their numbers: `quý I, II và quý III`."""
_REPORT: Final = re.compile(r"báo cáo", re.IGNORECASE)
_RESULT: Final = re.compile(r"báo cáo (?:kết quả|tình hình|việc|về|[Uu]|[Ss]ở)")
_PLAN: Final = re.compile(r"(?:xây dựng|ban hành|lập)\b[^.;]{0,60}\bkế hoạch\b", re.IGNORECASE)
_NOT_THEIRS: Final = re.compile(r"theo dõi|đôn đốc|hướng dẫn|kiểm tra|tổng hợp", re.IGNORECASE)
_SCORE: Final = re.compile(r"\btự (?:chấm điểm|đánh giá|chấm)\b[^.;]{0,200}", re.IGNORECASE)
_TO: Final = re.compile(
    r"(?:gửi(?: (?:về|cho|đến))?|về|báo cáo) (?P<to>(?:Sở|Ủy ban|UBND|Ban|Văn phòng|Cơ quan|Thanh tra|Công an)\b[^.;,()]{1,80}?)(?= (?:trước|chậm nhất|để|tổng hợp|theo|định kỳ|kết quả|trong|qua|thông qua|đúng)\b| ?[.;,(]|$)"
)
_VIA: Final = re.compile(
    r"\(?(?:thông )?qua (?P<via>(?:Sở|Ban|Văn phòng|Thanh tra)\b[^.;,()]{1,60}?)(?= (?:trước|để|tổng hợp|chậm nhất)\b|[.;,()]|$)"
)
_TOPIC: Final = re.compile(r"chuyên đề", re.IGNORECASE)
_AD_HOC: Final = re.compile(r"đột xuất|khi có yêu cầu|theo yêu cầu", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"(?<=[.;]) (?=[A-ZĐÀ-Ỹ])")
_EVERYBODY: Final = [ALL]
"""Whom a paragraph binds that says nobody, in a section on reports."""
_MANY: Final = re.compile(
    r"\b(?:các|những|mọi) (?:sở|ban|cơ quan|đơn vị|địa phương|phòng|tổ chức|xã)\b|\bthủ trưởng\b", re.IGNORECASE
)
_NAMES: Final = {"half": "06 tháng đầu năm", "year": "năm"}
_IDS: Final = {"half": "6m", "year": "1y", "month": "thang", "quarter": "quy"}
_RECURRING: Final = {"half": "nua-nam", "year": "nam"}
_AFTER: Final = range(1, 4)
"""In these months a report of a year tells of the one before."""


class _At(NamedTuple):
    """A paragraph: the id of its place, who is bound by it, what it says."""

    place: str
    owners: list[str]
    text: str


def sending(
    tree: Tree, register: KnownOwners, year: int, subject: str, until: int | None = None
) -> tuple[list[Entry], list[Entry]]:
    """Read what the duties say is to be sent, and the periods that it is for."""
    reader = _Reader(register, year, subject, until)
    for part in tree.parts:
        if part.kind in {"duties", "reporting"} and part.annex is None:
            for at in _places(part.items, _EVERYBODY if part.kind == "reporting" else []):
                reader.read(at)
    reader.end()
    for part in tree.parts:
        if (
            part.kind in {"duties", "reporting"}
            and part.annex is None
            and (left := reader.left(_places(part.items, [])))
        ):
            part.guesses.setdefault("heading", Guess("bao-cao-chua-doc", ", ".join(left)))
    return reader.owed, reader.periods


def _places(nodes: list[Node], owners: list[str]) -> Iterator[_At]:
    for node in nodes:
        bound = node.given.get("owners") or owners
        if block := node.text or node.title:
            yield _At(node.id, bound, block.text)
        yield from _places(node.items, bound)


class _Reader:
    def __init__(self, register: KnownOwners, year: int, subject: str, until: int | None = None) -> None:
        self.register, self.year, self.subject = register, year, subject
        self.years = range(year, (until or year) + 1)
        self.owed: list[Entry] = []
        self.periods: list[Entry] = []
        self.via: str | None = None
        self.taken: set[str] = set()
        self.days: set[date] = set()
        """By when something is owed."""
        self.units = {one.id for one in register.units}
        self.blocks = {one.id for one in register.blocks}

    def read(self, at: _At) -> None:
        """Read one paragraph."""
        general = at.owners == [ALL] or not self.blocks.isdisjoint(at.owners)
        span = f"giai đoạn {self.year} - {self.years[-1]}" if len(self.years) > 1 else f"năm {self.year}"
        of_year = f"{self.subject} {span}"
        for sentence in _SENTENCE.split(at.text):
            if self.via is None and "qua " in sentence and (found := _VIA.search(sentence)):
                self.via = next((one.id for one in self.register.read(found["via"]) if one.id in self.units), None)
            if not at.owners:
                continue
            if general and (found := _PLAN.search(sentence)) and not _NOT_THEIRS.search(sentence[: found.start()]):
                name, behind = f"Kế hoạch triển khai {of_year}", sentence[found.end() :]
                self._add(at, "ke-hoach", name, sentence, behind, "ke-hoach-don-vi", kind="plan")
            if general and (found := _SCORE.search(sentence)) and re.search("chấm điểm|tự chấm", sentence):
                name, behind = f"Kết quả tự chấm điểm {of_year}", sentence[found.start() :]
                self._add(at, "tu-cham", name, sentence, behind, "tu-cham", kind="self-score")
            elif _REPORT.search(sentence):
                self._reports(at, sentence)

    def _reports(self, at: _At, sentence: str) -> None:
        name = f"Báo cáo kết quả {self.subject}"
        first = ((it.start(), every) for every, pattern in _PERIODS if (it := pattern.search(sentence)))
        found = [(start, every, _BEHIND.search(sentence[:start])) for start, every in sorted(first)]
        for (start, every, said), (stop, _next, other) in pairwise([*found, (len(sentence), "", None)]):
            window = said[0] if said else sentence[start : other.start() if other else stop]
            if every in _NAMES:
                self._yearly(at, every, name, sentence, window)
            else:
                around = next((it for it in _RECURS.finditer(sentence) if it.start() < start < it.end()), None)
                recurs = around or _RECURS.search(window)
                rule, due = ("bao-cao-co-han", squeeze(recurs[0])) if recurs else ("bao-cao-khong-han", None)
                left = _quarters_left(sentence[start:], self.years) if every == "quarter" else None
                self._add(at, _IDS[every], name, sentence, rule=rule, every=every, due=due, without=left)
        if not found and _DAY.search(sentence) and _RESULT.search(sentence):
            self._yearly(at, "year", name, sentence, sentence)
        for word, named, pattern in (("chuyen-de", "chuyên đề", _TOPIC), ("dot-xuat", "đột xuất", _AD_HOC)):
            if pattern.search(sentence):
                self._add(at, word, f"Báo cáo {named} về {self.subject}", rule="bao-cao-khong-han", on_request=True)

    def _yearly(self, at: _At, every: str, name: str, sentence: str, window: str) -> None:
        """Add the report of a year or half of one: in a plan over several years that of each, unless its day names one."""
        day = _limit(window)
        year = self.year if len(self.years) == 1 else None
        if day and day["y"] and year is None:
            year = int(day["y"]) - (every == "year" and int(day["m"]) in _AFTER)
        if year is not None and year in self.years:
            period = self._period(every, year)
            self._add(at, period, f"{name} {_NAMES[every]} {year}", sentence, window, period=period)
        elif year is None:
            rule, due = ("bao-cao-co-han", squeeze(day[0])) if day else ("bao-cao-khong-han", None)
            second = [periods_of("half", it, dated=True)[1].id for it in self.years] if every == "half" else None
            self._add(at, _RECURRING[every], name, sentence, window, rule, every=every, due=due, without=second)

    def _add(
        self, at: _At, id_: str, name: str, sentence: str = "", behind: str = "", rule: str = "", kind: str = "report", **more: Any,
    ) -> None:  # fmt: skip
        """Add something to be sent, where the sentence says that it goes, by the day that the words behind it name."""
        mine = [one for one in at.owners if one != ALL]
        some = mine and not any(one in self.blocks or one.startswith(("cac-", "ubnd-")) for one in mine)
        own = f"{mine[0].split('-')[0]}-{id_}" if some else id_
        if own in self.taken:
            return
        self.taken.add(own)
        day = _limit(behind)
        guesses = {"id": Guess(rule or ("bao-cao-co-han" if day else "bao-cao-khong-han"))}
        if at.owners is _EVERYBODY and not _MANY.search(at.text):
            guesses["owners"] = Guess("nhiem-vu-chung", at.place)
        entry = Entry(
            {"id": own, "kind": kind, "name": name, "owners": at.owners, "duty": at.place, **more},
            guesses,
        )
        if day and (real := self._day(day)):
            self.days.add(real)
            if "every" not in more:
                entry["before" if day["how"].casefold() == "trước" else "by"] = real
        for key, pattern in (("to", _TO), ("via", _VIA)):
            if found := pattern.search(sentence):
                named = [one.id for one in self.register.read(found[key]) if one.id not in {None, ALL} | self.blocks]
                if len(named) == 1:
                    entry[key], entry.guesses[key] = named[0], Guess("noi-gui")
        self.owed.append(entry)

    def _day(self, said: re.Match[str]) -> date | None:
        """Give the day that a text names, of the plan's first year where it names none."""
        return date_of(said["y"] or str(self.year + bool(said["next"])), said["m"], said["d"])

    def _period(self, every: str, year: int) -> str:
        """Give the id of a period, which is set as the decree on reports has it, to be confirmed."""
        id_ = _IDS[every] if len(self.years) == 1 else f"{_IDS[every]}-{year}"
        if all(one["id"] != id_ for one in self.periods):
            one = periods_of("half" if every == "half" else "year", year)[0]
            values = {"id": id_, "name": one.name, "from": one.start, "to": one.end, "official": False}
            self.periods.append(Entry(values, {"from": Guess("ky-theo-nd09")}))
        return id_

    def left(self, places: Iterator[_At]) -> list[str]:
        """List the places that say by when something is to be reported, and nothing that is owed has that day."""
        out = []
        for at in places:
            said = [one for one in _SENTENCE.split(at.text) if _REPORT.search(one)]
            days = [found for one in said for found in _DAY.finditer(one) if found["how"].casefold() in _LIMITS]
            dates = {*map(self._day, days)}
            recurs = any(map(_RECURS.search, said)) and not any(
                it["duty"] == at.place and "due" in it for it in self.owed
            )
            if dates - self.days - {None} or recurs:
                out.append(at.place)
        return out

    def end(self) -> None:
        """Say where what names no recipient goes, if another place names the one who takes it; mark early yearly reports."""
        for one in self.owed:
            if self.via and "to" not in one and one["kind"] == "report" and "on_request" not in one:
                one["to"], one.guesses["to"] = self.via, Guess("noi-gui-chung", self.via)
        for period in self.periods:
            days = [one.get("before") or one.get("by") for one in self.owed if one.get("period") == period["id"]]
            if period["id"].startswith(_IDS["year"]) and any(day and day <= period["to"] for day in days):
                official = period.pop("official")
                period |= {"estimate": True, "official": official}


def _limit(text: str) -> re.Match[str] | None:
    """Find the day by which something is due: no end of a span; one that is called a limit before any other."""
    days = [it for it in _DAY.finditer(text) if not _FROM.search(text, max(it.start() - _NEAR, 0), it.start())]
    return next((it for it in days if it["how"].casefold() in _LIMITS), days[0] if days else None)


def _quarters_left(text: str, years: range) -> list[str] | None:
    """List the quarters that a text leaves out which begins with a report for some by their numbers; None where it does not."""
    if not _QUARTERS.match(text):
        return None  # a number further on tells more of one, as of all
    named = re.findall(r"\w+", " ".join(it["some"] for it in _QUARTERS.finditer(text)).upper())
    left = [one for one in range(1, 5) if str(one) not in named and roman(one) not in named]
    every = [it.id for year in years for it in periods_of("quarter", year, dated=len(years) > 1)]
    return [id_ for at, id_ in enumerate(every) if at % 4 + 1 in left] or None
