"""A plan's file, and that of its rubrics, brought to a later year: as a tree, and what of it a person is to confirm.

What has an id, a day or a name of ours moves on. The issued text stays word for word; where it names the year that is over,
that is to be confirmed too.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.plan.calendar import last_day
from danvan_cli.plan.moved import moved_day, moved_due, moved_end, moved_id, moved_name, names_years
from danvan_cli.text import day as written
from danvan_cli.yaml.schema import as_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from danvan_cli.plan.calendar import Calendar
    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.yaml.yamlfile import Loc

_THAT_YEAR: Final = ("amendments", "extensions", "exemptions", "requests")
"""What happened to the plan in its own year."""
_TAKEN: Final = {
    "blocks": "", "indicators": "", "documents": ": xem văn bản còn hiệu lực không", "recipients": "", "register": "",
}  # fmt: skip
"""What is taken over whole, and what else is to be said of it."""
_WHO: Final = ("owners", "lead", "with", "follow", "to", "via")
_OURS: Final = ("label", "name")
_AS_IT_IS: Final = {*_OURS, "id", "number", "kind", "labels", "columns", "widths"}
_NO_WORDS: Final = frozenset(("id", "from", "to", "basis"))
_WEEKEND: Final = {5: "thứ Bảy", 6: "Chủ nhật"}


@dataclass
class NextYear:
    """What a file becomes: its tree, what is to be confirmed at which places, and what a person should hear of."""

    tree: Any = None
    says: dict[Loc, list[str]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    """What was called otherwise: periods, reports."""
    succeeded: list[Unit] = field(default_factory=list)
    """Units that have ended and left the plan, their work with those that came after them."""
    orphaned: list[Unit] = field(default_factory=list)
    """Units that have ended without anybody named to come after them: they stay until a person decides."""
    dropped: list[str] = field(default_factory=list)
    """Tasks that had ended, and are no part of the new plan."""

    def confirm(self, loc: Loc, says: str) -> None:
        """Have a place confirmed."""
        self.says.setdefault(loc, []).append(says)


def next_plan(root: Mapping[str, Any], plan: Plan, year: int, calendar: Calendar) -> NextYear:
    """Bring a plan to a later year, as a draft, from the tree of its file; the calendar tells of days off."""
    return _Mover(root, plan, year, calendar).moved()


def next_rubrics(root: Mapping[str, Any], plan: Plan, year: int, plan_id: str, ids: Mapping[str, str]) -> NextYear:
    """Bring the rubrics of a plan that is over to a later one, called `plan_id`, in which `ids` are called otherwise."""
    out, was, by = NextYear(), plan.year, year - plan.year

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: renamed(one) for key, one in value.items()}
        if isinstance(value, list):
            return [renamed(one) for one in value]
        return ids.get(value, value) if isinstance(value, str) else value

    out.tree = {**renamed(root), "plan": plan_id}
    for i, one in enumerate(out.tree.get("rubrics") or ()):
        loc: Loc = ("rubrics", i)
        one.pop("kept", None)  # lines of the document that the rubric was read from
        out.confirm((*loc, "id"), f"lấy từ bộ tiêu chí {plan.span}")
        one["id"] = moved_id(one["id"], was, by, plan.years[-1])
        _named(out, one, loc, plan, by)
        _telling(out, one, loc, plan.years)
        if one.get("basis"):
            out.confirm((*loc, "basis"), f"văn bản của {plan.span}")
        for key, move in (("from", moved_day), ("to", moved_end)):
            if key in one and (day := as_day(str(one[key]))):
                one[key] = move(day, by)
                out.confirm((*loc, key), f"chuyển từ {written(day)}")
    return out


def _named(out: NextYear, node: dict[str, Any], loc: Loc, plan: Plan, by: int) -> None:
    """Bring the names of ours at a place to the new year."""
    for key, old in [(key, node[key]) for key in _OURS if isinstance(node.get(key), str)]:
        node[key] = moved_name(old, plan.year, by, plan.years[-1])
        if node[key] != old:
            out.confirm((*loc, key), "đã đổi năm trong tên")
        elif said := names_years(old, plan.years):
            out.confirm((*loc, key), f"còn nêu {said}")


def _telling(out: NextYear, node: Any, loc: Loc, years: range) -> None:
    """Have whatever still names a year that is over confirmed."""
    if isinstance(node, (dict, list)):
        for key, one in node.items() if isinstance(node, dict) else enumerate(node):
            if key not in _NO_WORDS:
                _telling(out, one, (*loc, key), years)
    elif isinstance(node, str) and (said := names_years(node, years)):
        out.confirm(loc, f"còn nêu {said}")


class _Mover:
    def __init__(self, root: Mapping[str, Any], plan: Plan, year: int, calendar: Calendar) -> None:
        self.root, self.plan, self.year, self.calendar = root, plan, year, calendar
        self.was, self.until, self.by, self.out = plan.year, plan.years[-1], year - plan.year, NextYear()
        self.over = [one for one in plan.units if one.end and one.end < date(year, 1, 1)]
        self.gone_items: set[str] = set()
        self.heirs: dict[str, list[str]] = {}
        for one in self.over:
            (self.out.succeeded if self._heirs(one) else self.out.orphaned).append(one)
        if plan.register_file is None:
            self.heirs = {one.id: self._heirs(one) for one in self.out.succeeded}

    def _heirs(self, unit: Unit) -> list[str]:
        """Name who does a unit's work in the new year: those that came after it, or after them."""
        found, ways, seen = [], [*unit.successors], {unit.id}
        while ways:
            one = self.plan.unit_by_id.get(ways.pop(0))
            if one is None or one.id in seen:
                continue
            seen.add(one.id)
            if one.end and one.end < date(self.year, 1, 1):
                ways += one.successors
            else:
                found.append(one.id)
        return found

    def moved(self) -> NextYear:
        parts: dict[str, Callable[[Any], Any]] = {
            "id": self._id, "year": lambda _old: self.year, "until": lambda old: old and old + self.by,
            "revision": lambda _old: 1, "state": lambda _old: "draft", "title": self._title, "settings": self._settings,
            "issued": lambda _old: {"number": None, "date": None}, "opening": lambda old: self._texts(old, ("opening",)),
            "sections": self._sections, "closing": lambda old: self._texts(old, ("closing",)),
            "deliverables": self._deliverables, "periods": self._periods, "signature": self._signature, "units": self._units,
            **dict.fromkeys(_THAT_YEAR, lambda _old: []),
        }  # fmt: skip
        tree: dict[str, Any] = {}
        for key, old in self.root.items():
            if key != "kept":
                tree[key] = parts[key](old) if key in parts else old
            if key in _TAKEN and old:
                self.out.confirm((key,), f"lấy từ kế hoạch {self.plan.span}{_TAKEN[key]}")
        if documents := tree.get("documents"):
            tree["documents"] = [self._citing(one) for one in documents]
        for key in ("subject", "parties", "blocks", "indicators"):
            _telling(self.out, tree.get(key), (key,), self.plan.years)
        self._compared(tree)
        self.out.tree = tree
        return self.out

    def _citing(self, document: dict[str, Any]) -> dict[str, Any]:
        """Take what has ended off the places that cite a document."""
        cited = document.get("cited") or ()
        if self.gone_items.isdisjoint(cited):
            return document
        return {**document, "cited": [name for name in cited if name not in self.gone_items]}

    # The head

    def _id(self, old: str) -> str:
        new = moved_id(old, self.was, self.by, self.until)
        return new if new != old else f"{old}-{self.year}"

    def _title(self, old: str) -> str:
        new = moved_name(old, self.was, self.by, self.until)
        self.out.confirm(("title",), "đã đổi năm trong tên" if new != old else f"tên của {self.plan.span}")
        return new

    def _settings(self, old: dict[str, Any] | None) -> Any:
        if not old or not old.get("days"):
            return old
        moved = {}
        for name, given in old["days"].items():
            id_, was = self._renamed(name), as_day(str(given["by"]))
            by = moved_day(was, self.by)
            moved[id_] = {"by": by}
            self.out.confirm(("settings", "days", id_, "by"), self._from(was, by))
        return {**old, "days": moved}

    def _signature(self, old: dict[str, Any]) -> Any:
        said = [", ".join(old.get("lines") or ()), old.get("name")]
        if any(said):
            self.out.confirm(("signature", "lines"), f"{self.plan.span} ghi: {'; '.join(filter(None, said))}")
        return {**old, "lines": []} | ({"name": None} if "name" in old else {})

    # Text

    def _sections(self, old: list[Any]) -> list[Any]:
        for i, one in enumerate(old or ()):
            if isinstance(one, dict):
                self.out.confirm(("sections", i, "heading"), f"lấy từ kế hoạch {self.plan.span}")
        return [self._texts(one, ("sections", i)) for i, one in enumerate(old or ())]

    def _texts(self, node: Any, loc: Loc) -> Any:
        """Take issued text over: word for word, but for who does it and until when; what names the year is told."""
        if isinstance(node, list):
            left = [one for one in node if not self._ended(one, loc)]
            return [self._texts(one, (*loc, i)) for i, one in enumerate(left)]
        if not isinstance(node, dict):
            if isinstance(node, str) and (said := names_years(node, self.plan.years)):
                row = next((i for i, it in enumerate(loc) if it in {"cells", "head"}), len(loc))
                self.out.confirm(loc[: row + 1], f"lời văn còn nêu {said}")
            return node
        new = dict(node)
        for key, one in node.items():
            here = (*loc, key)
            if key in _WHO:
                new[key] = self._who(one, here)
            elif key == "due":
                new[key] = self._due(one, here)
            elif key == "targets" and one:
                self.out.confirm(here, f"chỉ tiêu của {self.plan.span}")
            elif key not in _AS_IT_IS:
                new[key] = self._texts(one, here)
        _named(self.out, new, loc, self.plan, self.by)
        return new

    def _ended(self, one: Any, loc: Loc) -> bool:
        """Tell whether an item had ended; it leaves with what is below it."""
        if not (isinstance(one, dict) and one.get("ended") and loc[-1] == "items"):
            return False
        self.out.dropped.append(str(one.get("id")))
        ways = [one]
        while ways:
            it = ways.pop()
            self.gone_items.add(str(it.get("id")))
            ways += [*(it.get("items") or ()), *((it.get("table") or {}).get("rows") or ())]
        return True

    def _who(self, old: Any, loc: Loc) -> Any:
        """Put those that came after a unit in its place."""
        names = old if isinstance(old, list) else [old]
        found = list(dict.fromkeys(new for name in names for new in self.heirs.get(name, [name])))
        if found == names:
            return old
        gone = ", ".join(name for name in names if name in self.heirs)
        self.out.confirm(loc, f"thay cho {gone} đã kết thúc")
        return found[0] if isinstance(old, str) and (len(found) == 1 or loc[-1] in {"to", "via"}) else found

    def _due(self, old: Any, loc: Loc) -> Any:
        day: date | str | None = old
        with suppress(ValueError):
            day = as_day(old) if isinstance(old, str) else old
        new = moved_due(day, self.was, self.year, self.until)
        if new != day:
            told = self._from(day, new) if isinstance(day, date) and isinstance(new, date) else f"chuyển từ «{old}»"
            self.out.confirm(loc, told)
        return new

    # What is owed

    def _renamed(self, old: str) -> str:
        new = moved_id(old, self.was, self.by, self.until)
        if new != old:
            self.out.ids[old] = new
        return new

    def _called(self, one: dict[str, Any], loc: Loc, *ids: str) -> dict[str, Any]:
        """Copy something with the ids and the names that it has in the new year."""
        new = one | {key: self._renamed(one[key]) for key in ids if isinstance(one.get(key), str)}
        _named(self.out, new, loc, self.plan, self.by)
        return new

    def _deliverables(self, old: list[Any]) -> list[Any]:
        out = []
        for i, one in enumerate(old or ()):
            loc = ("deliverables", i)
            new = self._called(one, loc, "id", "period")
            if new.get("without"):
                new["without"] = [self._renamed(name) for name in new["without"]]
            if new.get("duty") in self.gone_items:
                new["duty"] = None
            for key in _WHO:
                if new.get(key):
                    new[key] = self._who(new[key], (*loc, key))
            self._days(new, loc)
            out.append(new)
        return out

    def _days(self, new: dict[str, Any], loc: Loc) -> None:
        """Bring the day of something to the new year, or the words that give it."""
        for key in ("before", "by"):
            if new.get(key):
                day = as_day(str(new[key]))
                new[key] = now = moved_day(day, self.by)
                days = (now, None) if key == "before" else (None, now)
                last = last_day(*days, includes=self.plan.settings.before_includes_day)
                self.out.confirm((*loc, key), self._from(day, last))
        if new.get("due"):
            self.out.confirm((*loc, "due"), f"{self.plan.span} ghi «{new['due']}»")
            new["due"] = moved_due(new["due"], self.was, self.year, self.until)

    def _from(self, was: date, last: date | None) -> str:
        """Say which day moved on, and whether the new last day is one of rest."""
        said = f"chuyển từ {written(was)}"
        if last is None:
            return said
        rest = _WEEKEND.get(last.weekday())
        if self.calendar.covers(last.year):
            known = self.calendar.rest(last)
            rest = known and (rest or known)
        return f"{said}; ngày cuối {written(last)} là {rest}" if rest else said

    def _periods(self, old: list[Any]) -> list[Any]:
        out = []
        for i, one in enumerate(old or ()):
            loc = ("periods", i)
            new = self._called(one, loc, "id", "previous", "same")
            start, end = (as_day(str(one[key])) for key in ("from", "to"))
            new |= {"from": moved_day(start, self.by), "to": moved_end(end, self.by)}
            self.out.confirm((*loc, "to"), f"kỳ chuyển từ {written(start)} - {written(end)}")
            out.append(new)
        return out

    def _compared(self, tree: dict[str, Any]) -> None:
        """Have each period that is reported held against that of the year before, where the plan does not say so yet."""
        plan = self.plan
        if plan.until or self.by != 1 or not plan.indicator_by_id:
            return
        known = {one["id"]: one for one in tree.get("periods") or ()}
        more: list[dict[str, Any]] = []
        for one in plan.deliverables:
            period = plan.period(one.period)
            if period is None or period.previous or one.kind != "report":
                continue
            id_ = moved_id(period.id, self.was, self.by)
            before = f"{id_.replace(str(self.year), '').strip('-')}-{self.was}"
            if before in known:
                continue
            if id_ not in known:
                name = moved_name(period.name, self.was, self.by)
                more.append(_period(id_, name, moved_day(period.start, self.by), moved_end(period.end, self.by)))
                known[id_] = more[-1]
            more.append(_period(before, period.name, period.start, period.end))
            known[before] = more[-1]
            known[id_]["previous"] = before
            if period.estimate:
                known[id_]["same"] = f"{before}-ck"
                days = [plan.last_day(it) for it in plan.deliverables if it.period == period.id]
                end = min((day for day in days if day), default=period.end)  # what was done by the day of the report
                more.append(_period(f"{before}-ck", f"cùng kỳ {period.name}", period.start, end))
        if more:
            tree["periods"] = [*(tree.get("periods") or ()), *more]
            self.out.confirm(("periods",), f"thêm kỳ của năm {self.was} để so sánh")

    # Units

    def _units(self, old: list[Any]) -> list[Any]:
        if old:
            self.out.confirm(("units",), f"lấy từ kế hoạch {self.plan.span}")
        left = [one for one in old or () if one.get("id") not in self.heirs]
        orphans = {one.id: one for one in self.out.orphaned}
        out = []
        for i, one in enumerate(left):
            new = dict(one)
            if gone := orphans.get(str(one.get("id"))):
                end = written(gone.end) if gone.end else ""
                self.out.confirm(("units", i, "to"), f"đã kết thúc ngày {end}, chưa ghi cơ quan kế thừa (successors)")
            if new.get("parent") in self.heirs:
                new["parent"] = self.heirs[new["parent"]][0]
                self.out.confirm(("units", i, "parent"), "cơ quan cấp trên đã kết thúc")
            out.append(new)
        return out


def _period(id_: str, name: str, start: date, end: date) -> dict[str, Any]:
    return {"id": id_, "name": name, "from": start, "to": end, "official": False}
