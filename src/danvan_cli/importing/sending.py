"""What units have to send, by the text of their duties: plans, self-scores, reports with their days and where they go."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.importing.guess import Guess
from danvan_cli.plan.owed import ALL, periods_of
from danvan_cli.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.importing.owners import Register
    from danvan_cli.importing.tree import Node, Tree

_D: Final = r"(?P<how>trước|chậm nhất|muộn nhất|đến|vào)(?: (?:là|vào|trong|đến|hết)){0,3} ngày (?P<d>\d{1,2})(?:/| tháng )(?P<m>\d{1,2})(?:(?:/| năm )(?P<y>\d{4}))?(?P<each> (?:hằng|hàng) năm)?"
_DAY: Final = re.compile(_D, re.IGNORECASE)
_RECURS: Final = re.compile(
    r"(?:trước|chậm nhất|vào)(?: (?:là|vào))* ngày \d{1,2} (?:(?:của )?(?:(?:hằng|hàng) (?:tháng|quý)|tháng (?:cuối|đầu) (?:của )?(?:(?:mỗi|hằng|hàng) )?quý(?: (?:sau|liền kề))?|tháng (?:liền kề|sau)))",
    re.IGNORECASE,
)
_PERIODS: Final = (
    ("month", re.compile(r"(?:báo cáo|định kỳ|hằng|hàng) tháng\b", re.IGNORECASE)),
    (
        "quarter",
        re.compile(r"(?:báo cáo|định kỳ|hằng|hàng|từng) qu[ýí]\b|\bqu[ýí](?= ?(?:[,:(]|và\b))", re.IGNORECASE),
    ),
    ("half", re.compile(r"\b(?:0?6|sáu) tháng\b(?: đầu năm)?", re.IGNORECASE)),
    (
        "year",
        re.compile(
            r"\b(?:0?1|một) năm\b|\btổng kết(?: năm)?\b|(?:báo cáo|hằng|hàng|định kỳ|cuối|cả) năm\b|\bbáo cáo năm\b|(?<=,\s)năm(?= ?(?:\(|trước|\d{4} ?\())",
            re.IGNORECASE,
        ),
    ),
)
_REPORT: Final = re.compile(r"báo cáo", re.IGNORECASE)
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
_NAMES: Final = {"half": "06 tháng đầu năm", "year": "năm"}
_IDS: Final = {"half": "6m", "year": "1y", "month": "thang", "quarter": "quy"}


@dataclass
class Owed:
    """Something to be sent: what the plan's list says of it, and what is not sure."""

    entry: dict[str, Any]
    guesses: dict[str, Guess] = field(default_factory=dict)


@dataclass
class Sending:
    """What is to be sent, and the periods that it is for."""

    owed: list[Owed] = field(default_factory=list)
    periods: list[Owed] = field(default_factory=list)


@dataclass
class _At:
    node: Node
    owners: list[str]
    text: str


def sending(tree: Tree, register: Register, year: int, subject: str) -> Sending:
    """Read what the duties say is to be sent."""
    reader = _Reader(register, year, subject)
    for part in tree.parts:
        if part.kind in {"duties", "reporting"} and part.annex is None:
            for at in _places(part.items, [ALL] if part.kind == "reporting" else []):
                reader.read(at)
    reader.end()
    return reader.out


def _places(nodes: list[Node], owners: list[str]) -> Iterator[_At]:
    for node in nodes:
        bound = node.given.get("owners") or owners
        if node.text or node.title:
            text = squeeze(" ".join(block.text for block in (node.title, node.text) if block))
            yield _At(node, bound, text if node.text is None or not node.title else node.text.text)
        yield from _places(node.items, bound)


class _Reader:
    def __init__(self, register: Register, year: int, subject: str) -> None:
        self.register, self.year, self.subject = register, year, subject
        self.out = Sending()
        self.via: str | None = None
        self.taken: set[str] = set()

    def read(self, at: _At) -> None:
        """Read one paragraph."""
        for sentence in _SENTENCE.split(at.text):
            self._via(sentence)
            if not at.owners:
                continue
            general = at.owners == [ALL] or any(one in self._blocks for one in at.owners)
            if general and (found := _PLAN.search(sentence)) and not _NOT_THEIRS.search(sentence[: found.start()]):
                self._add(
                    at,
                    "ke-hoach",
                    "plan",
                    f"Kế hoạch triển khai {self.subject} năm {self.year}",
                    "ke-hoach-don-vi",
                    sentence,
                    found.end(),
                )
            if general and (found := _SCORE.search(sentence)) and re.search("chấm điểm|tự chấm", sentence):
                self._add(
                    at,
                    "tu-cham",
                    "self-score",
                    f"Kết quả tự chấm điểm {self.subject} năm {self.year}",
                    "tu-cham",
                    sentence,
                    found.start(),
                )
            elif _REPORT.search(sentence):
                self._reports(at, sentence)

    @property
    def _blocks(self) -> set[str]:
        return {one.id for one in self.register.blocks}

    def _reports(self, at: _At, sentence: str) -> None:
        found = sorted(
            (it.start(), it.end(), every) for every, pattern in _PERIODS for it in pattern.finditer(sentence)
        )
        seen: set[str] = set()
        ends = [*(start for start, _end, _every in found[1:]), len(sentence)]
        for (start, _end, every), stop in zip(found, ends, strict=False):
            if every in seen:
                continue
            seen.add(every)
            window = sentence[start:stop]
            if every in {"month", "quarter"}:
                recurs = _RECURS.search(window)
                name = "Báo cáo kết quả " + self.subject
                more: dict[str, Any] = {"every": every, "due": squeeze(recurs[0]) if recurs else None}
                self._add(
                    at,
                    _IDS[every],
                    "report",
                    name,
                    "bao-cao-co-han" if recurs else "bao-cao-khong-han",
                    sentence,
                    start,
                    more,
                )
                continue
            name = f"Báo cáo kết quả {self.subject} {_NAMES[every]} {self.year}"
            self._add(at, _IDS[every], "report", name, "", window, 0, {"period": self._period(every)}, whole=sentence)
        if (
            not found
            and (day := _DAY.search(sentence))
            and re.search(r"báo cáo (?:kết quả|tình hình|việc|về|[Uu]|[Ss]ở)", sentence)
        ):
            del day
            self._add(
                at,
                "1y",
                "report",
                f"Báo cáo kết quả {self.subject} năm {self.year}",
                "",
                sentence,
                0,
                {"period": self._period("year")},
            )
        for word, pattern in (("chuyen-de", _TOPIC), ("dot-xuat", _AD_HOC)):
            if pattern.search(sentence) and _REPORT.search(sentence) and at.owners:
                name = f"Báo cáo {'chuyên đề' if word == 'chuyen-de' else 'đột xuất'} về {self.subject}"
                self._add(at, word, "report", name, "bao-cao-khong-han", "", 0, {"on_request": True})

    def _add(
        self, at: _At, id_: str, kind: str, name: str, rule: str, said: str, start: int, more: dict[str, Any] | None = None,
        whole: str = "",
    ) -> None:  # fmt: skip
        """Add something to be sent, with the day that stands behind it in what was said."""
        mine = [one for one in at.owners if one != ALL]
        some = mine and not any(one in self._blocks or one.startswith(("cac-", "ubnd-")) for one in mine)
        own = f"{mine[0].split('-')[0]}-{id_}" if some else id_
        if own in self.taken:
            return
        self.taken.add(own)
        entry: dict[str, Any] = {
            "id": own,
            "kind": kind,
            "name": name,
            **{k: v for k, v in (more or {}).items() if k == "period"},
        }
        entry["owners"] = at.owners
        guesses: dict[str, Guess] = {}
        day = None if more and more.get("every") else _DAY.search(said, start)
        if day and (real := self._day(day)):
            entry["before" if day["how"].casefold() == "trước" else "by"] = real
        guesses["id"] = Guess(rule or ("bao-cao-co-han" if day else "bao-cao-khong-han"))
        self._where(entry, guesses, whole or said)
        entry |= {"duty": at.node.id, **{k: v for k, v in (more or {}).items() if k != "period" and v is not None}}
        self.out.owed.append(Owed(entry, guesses))

    def _where(self, entry: dict[str, Any], guesses: dict[str, Guess], said: str) -> None:
        for key, pattern in (("to", _TO), ("via", _VIA)):
            if found := pattern.search(said):
                named = [one for one in self.register.read(found[key]) if one.id and one.id not in self._blocks | {ALL}]
                if len(named) == 1 and named[0].id:
                    entry[key] = named[0].id
                    guesses[key] = Guess("noi-gui")

    def _via(self, sentence: str) -> None:
        if self.via is None and "qua " in sentence and (found := _VIA.search(sentence)):
            named = [
                one.id
                for one in self.register.read(found["via"])
                if one.id in {unit.id for unit in self.register.units}
            ]
            self.via = named[0] if named else None

    def _day(self, found: re.Match[str]) -> date | None:
        try:
            return date(int(found["y"] or self.year), int(found["m"]), int(found["d"]))
        except ValueError:
            return None

    def _period(self, every: str) -> str:
        """Give the id of a period, which is set as the decree on reports has it, to be confirmed."""
        id_ = _IDS[every]
        if all(one.entry["id"] != id_ for one in self.out.periods):
            one = periods_of("half" if every == "half" else "year", self.year)[0]
            entry = {"id": id_, "name": one.name, "from": one.start, "to": one.end, "official": False}
            self.out.periods.append(Owed(entry, {"from": Guess("ky-theo-nd09")}))
        return id_

    def end(self) -> None:
        """Say where what names no recipient goes, if another place names the one who takes it; mark early yearly reports."""
        for one in self.out.owed:
            entry = one.entry
            if self.via and "to" not in entry and entry["kind"] == "report" and not entry.get("on_request"):
                entry["to"] = self.via
                one.guesses["to"] = Guess("noi-gui-chung", self.via)
        for period in self.out.periods:
            days = [
                one.entry.get("before") or one.entry.get("by")
                for one in self.out.owed
                if one.entry.get("period") == period.entry["id"]
            ]
            if any(day and day <= period.entry["to"] for day in days) and period.entry["id"] == "1y":
                official = period.entry.pop("official")
                period.entry |= {"estimate": True, "official": official}
