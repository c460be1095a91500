"""What the columns of anybody's table of figures hold, by the words of their heads: of which period, or no figures at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.inbox.recognize import time_of, words
from danvan_cli.lang import _

if TYPE_CHECKING:
    from danvan_cli.plan.model import Period, Plan

_HEADS: Final = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("skip", r"(?:s?tt|so (?:tt|thu tu)|muc|ma(?: so)?)"),
        ("unit", r"(?:don vi(?: tinh)?|dvt|dv tinh|dv)"),
        ("remark", r"ghi chu.*|(?:nguyen nhan|ly do|tai lieu|minh chung).*"),
        ("other", r"(?:ke hoach|chi tieu|muc tieu|ty le|ti le|tang|giam|so sanh|chenh lech|so voi|luy ke|binh quan|dat)\b.*"),
    )
)  # fmt: skip
"""How the head of a column says that there are no figures of a time in it, without marks."""
_COMPARED: Final = re.compile(r"\b(?:trong do|so voi|tang|giam|chenh lech|so sanh)\b")
_BEFORE: Final = re.compile(r"\b(?:nam truoc|cung ky|ky truoc|nam ngoai)\b")
_OURS: Final = re.compile(r"\b(?:nam nay|ky nay|ky bao cao)\b")
_NOW: Final = re.compile(
    r"\b(?:ket qua|so lieu|so luong|thuc hien|tong(?: so| cong)?|cong|nam nay|ky nay|ky bao cao|trong ky|con so|dat duoc|uoc)\b"
)
"""How a head says that its figures are the report's own, though it names no time."""
_YEARS: Final = re.compile(r"\b(20\d\d)\b")
_ESTIMATED: Final = re.compile(r"\buoc\b")


class Column(NamedTuple):
    """What a column holds: `value` (of the period `key`), `name`, `unit`, `skip`, `remark`, `other`; why it is not sure."""

    kind: str
    key: str = ""
    unsure: str = ""


OTHER: Final = Column("other")


class Heads:
    """Reads the heads of columns in one period's report."""

    def __init__(self, plan: Plan, period: Period) -> None:
        self.plan, self.period = plan, period
        self.year = max(plan.year, min(period.end.year, plan.years[-1]))
        self.time = time_of(words(period.name))

    def column(self, title: str, leaf: str, caption: str) -> Column:
        """Tell what a column holds by its heads, the upper ones first, the lowest of them, and what stands above the table."""
        low = words(leaf)
        kind = next((kind for kind, pattern in _HEADS if low and pattern.fullmatch(low)), None)
        if kind:
            return Column(kind)
        if (leaf and not low) or "%" in leaf or _COMPARED.search(low):
            return OTHER
        said = words(title)
        timed = bool(_YEARS.search(said) or _BEFORE.search(said) or time_of(said))
        if not timed and (years := set(_YEARS.findall(caption))) and str(self.year) not in years:
            return self._timed(f"{said} {words(caption)}", title or caption)
        if timed and not _OURS.search(said):
            return self._timed(said, title)
        return self._value(self.period.id, title, said, sure=bool(_NOW.search(said)))

    def _timed(self, said: str, title: str) -> Column:
        """Tell what a column holds whose heads name a time."""
        plan, period = self.plan, self.period
        time, years = time_of(said), set(map(int, _YEARS.findall(said)))
        exact = self._named(said)
        if exact is not None and exact in {period.id, period.previous, period.same}:
            return self._value(exact, title, said, sure=time in {None, time_of(words(plan.period_by_id[exact].name))})
        if time not in {None, "nam", self.time} or (years and not years & {self.year, self.year - 1}) or len(years) > 1:
            return OTHER
        same = time == self.time and len(years) == 1
        if _BEFORE.search(said) or years == {self.year - 1}:
            key, sure = self._before(said)
            if not key:
                return OTHER
            return self._value(key, title, "", sure=sure or (same and key == period.previous))
        return self._value(period.id, title, said, sure=same or (exact is None and not years))

    def _value(self, key: str, title: str, said: str, *, sure: bool) -> Column:
        unsure = "" if sure else _("cột không có tên")
        if title and not sure:
            unsure = _("cột «{head}» hiểu là {period}", head=title[:40], period=self.plan.period_by_id[key].name)
        if not _ESTIMATED.search(said):
            return Column("value", key, unsure)
        estimated = key == self.period.id and self.period.estimate
        return Column("value", self.period.estimated, unsure) if estimated else OTHER

    def _named(self, said: str) -> str | None:
        """Give the period that words name in full; the longest name counts."""
        found = [(len(name), one.id) for one in self.plan.periods if f" {(name := words(one.name))} " in f" {said} "]
        return max(found)[1] if found else None

    def _before(self, said: str) -> tuple[str, bool]:
        """Give the period of the year before that words mean, and whether it can be no other."""
        if "cung ky" in said and self.period.same:
            return self.period.same, True
        known = [one for one in (self.period.previous, self.period.same) if one]
        return (known[0], len(known) == 1 and bool(_BEFORE.search(said))) if known else ("", False)
