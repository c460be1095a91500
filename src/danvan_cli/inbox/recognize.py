"""Of whom and what a document is: unit, deliverable, symbol and day of issue, from its text, its title and its name."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from danvan_cli.papers.common import file_name
from danvan_cli.plan.citations import code, date_of
from danvan_cli.text import LOWER, UPPER, by_marks, clean, distance, fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from danvan_cli.inbox.model import Look
    from danvan_cli.pdf.signatures import FoundSignature
    from danvan_cli.plan.model import Deliverable, Plan, Unit

_HEAD: Final = 1500
"""Letters of a text in which the letterhead and the title lie."""
_SYMBOL: Final = re.compile(
    rf"Số:?\s*([0-9]{{1,5}})\s*(/\s*[{UPPER}][{UPPER}{LOWER}0-9]*(?:-[{UPPER}{LOWER}0-9&]+| ?- ?[{UPPER}0-9&]{{2,}}(?![{LOWER}]))*)"
)
_UNNUMBERED: Final = re.compile(rf"Số:?\s*/\s*([{UPPER}{LOWER}]+)[\w-]*")
_DASHES: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"), "-")
"""The dashes that Word makes of a hyphen, or that are typed for one."""
_LIKELY: Final = -1, 3
"""Years before the plan's first and after its last in which what is sent for it is issued: any other is a slip, and a person is asked."""
_ISSUED: Final = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_NAMED_SYMBOL: Final = re.compile(r"(?<!\d)(\d{1,5})[ _./-]+((?:BC|KH|CV|TTr|BB)[-_ ][A-ZĐ]{2,}(?:-[A-ZĐ]+)*)")
_MOTTO: Final = re.compile(r"cong hoa xa hoi chu nghia viet nam|doc lap tu do hanh phuc")
_OF_PROVINCE: Final = re.compile(r"\btinh (\w+ \w+)")
_IN_PROVINCE: Final = re.compile(r"\b(?:tinh|thanh pho) ")
_LEADING: Final = re.compile(r"^(?:ban giam doc|ban lanh dao)\b")
"""Who leads a body is none below it."""
_PROVINCE: Final = re.compile(r"\buy ban nhan dan tinh (\w+ \w+)")
_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")
_LOCALITY: Final = re.compile(
    r"\buy ban nhan dan (?:xa|phuong|thi tran|dac khu|huyen|thi xa|thanh pho) (\w+(?: \w+){0,4})"
)
"""A locality's own name: what kind it is may have changed since."""
_LETTERS: Final = re.compile(r"[^a-z]+")
_YEAR: Final = re.compile(r"\b(20\d{2})\b")
_AHEAD: Final = re.compile(r"\b(?:phuong huong|nhiem vu|ke hoach|chuong trinh)\b")
"""Where a report that looks back on a year begins to say what the next one is to bring."""
_CITED: Final = re.compile(r"\bso \d+ (?:\w+ ){1,6}ngay \d{1,2} (?:thang )?\d{1,2} (?:nam )?20\d{2}\b")
"""A document that is named with its day, which is nothing that a report is about."""
_EXPANDED: Final = {"bc": "bao cao", "kh": "ke hoach", "snv": "so noi vu", "ubnd": "uy ban nhan dan"}
_KINDS: Final = {"KH": {"plan"}, "BC": {"report", "self-score"}}
_TYPES: Final = frozenset({"bao", "cao", "ke", "hoach", "ket", "qua"})
"""Words that tell nothing where several things of a kind are owed."""
_AROUND: Final = frozenset({
    "cong", "tac", "nam", "ve", "viec", "thuc", "hien", "tinh", "hinh", "phuong", "huong", "nhiem", "vu", "so", "da", "ky",
    "gui", "noi", "scan", "ban", "chinh", "final", "signed", "sua", "moi", "lan", "kem", "theo", "file", "van",
})  # fmt: skip
"""Words that may stand around what a title or a name says, whatever that is."""
_TIME: Final = re.compile(
    r"\b(?:(?P<months>\d\d) thang(?: (?P<half>dau|cuoi))?|(?P<quarter>quy (?:\d\d|i{1,3}|iv))|(?<!ngay \d\d )thang (?P<month>\d\d))\b"
)
_WHOLE: Final = re.compile(r"(?<!dau )(?<!cuoi )\bnam\b")
_SHORT_TIME: Final = re.compile(r"(?<![a-z0-9])(\d{1,2}) ?t(?=$|[^a-z0-9])")
_BELOW: Final = re.compile(
    r"\b(?:uy ban nhan dan (?:xa|phuong|thi tran|dac khu)|(?:phong|chi cuc|trung tam|truong|tram|ban|benh vien|doi|hat) \w+)\b"
)
"""How the name of a body begins that stands under another one in a letterhead."""
_BESIDE: Final = re.compile(
    r"\b(dang (?:uy|bo)|chi (?:uy|bo)|cong doan|lien doan lao dong|mat tran to quoc(?: viet nam)?|(?:ub)?mttq(?: viet nam| vn)?|hdnd"
    r"|bhxh|bao hiem xa hoi|kho bac(?: nha nuoc)?|kiem lam|cong an|(?:bo|ban) chi huy quan su|toa an(?: nhan dan)?"
    r"|vien kiem sat(?: nhan dan)?|thanh tra|van phong|to (?:cong nghe so(?: cong dong)?|hoa giai|dan pho)) $"
)
"""How the name of another body ends where a unit's follows: «Đảng ủy Sở Y tế», «Công an huyện Bù Đốp» are none."""
_NAMED_BESIDE: Final = re.compile(
    r"\b(?:(?<!quoc )(?<!du )phong(?! (?:chong|chay|trao)\b)|(?<!moi )(?<!thi )(?<!chu )truong(?! hop\b)|(?<!phan )tram|chi cuc"
    r"|(?<!uy )(?<!van )(?<!dia )(?<!co )ban(?! (?:hanh|sao|chinh)\b)|(?<!giai )(?<!tap )doan(?! ket\b)|trung tam|benh vien"
    r"|(?<!xa )(?<!dai )(?<!co )hoi(?! (?:nghi|hop|thao)\b))(?: [a-z]+){1,5} $"
)
"""The same of a body with a name of its own, «Hội Nông dân huyện Bù Đốp»; «giai đoạn», «môi trường», «hội nghị» begin no name."""
_BELOW_SUCH: Final = re.compile(
    r"(?:(?:tinh|huyen|xa) )?(?:phong|chi cuc|trung tam|truong|tram|benh vien|ban|(?:lien )?doan|hoi)\b"
)
"""How a unit is called whose letterhead may begin with such a body above it: «Phòng GD&ĐT», then «Trường Tiểu học …»."""
_AUTHORITY: Final = "uy ban nhan dan "
_NO_BODY: Final = re.compile(
    r"\b(?:ban (?:hanh|dau|chinh(?! (?:sach|tri)\b)|ky|cuoi|scan|so|mem|word|docx?|pdf|sua|gui|du thao|in|goc|day du|moi(?! truong\b)|sao"
    r"|nhap|bo sung|dieu chinh|cap nhat|hoan|luu|trinh|dien tu|giay|cung|\d+)|phong (?:chong|ngua)|doi (?:ngu|moi|thoai|voi|song|tuong)"
    r"|truong hop)\b ?"
)
"""What people write in files' names that begins as a body does: «Sở Y tế bản ký», «phòng, chống», «đối thoại»."""
_NO_NAME: Final = re.compile(r"\b(?:so \d|(?:kinh )?gui |ngay \d|v v )")
"""Where the names in a letterhead are over."""
_ENOUGH: Final = 0.18
"""So much of a deliverable's telling words must be found."""
_CLEAR: Final = 1.15
"""So many times as well as the next one the best must fit."""
_CONTRADICTED: Final = "contradicted"
"""Of a letterhead that the signatures stand against: it tells a person who says otherwise, and no unit."""
_OWN: Final = frozenset({"head", "symbol", "signature", _CONTRADICTED})
"""What tells a unit beyond what a person can have mistaken."""


@dataclass(frozen=True)
class Recognized:
    """What a document says of itself; None is what it does not say clearly."""

    unit: str | None
    deliverable: str | None
    symbol: str | None
    issued: date | None
    other_year: int | None = None
    """A year that it is about, where that is not the plan's."""
    own_unit: str | None = None
    """The unit that its own letterhead or symbol names, whatever a person said."""
    by: tuple[str, ...] = ()
    """What told unit and deliverable."""
    stranger: bool = False
    """Whether its letterhead is of a body that is no unit, nor the one that a person said."""


class Recognizer:
    """Knows a plan's units and deliverables by their names; compiled once, asked for each document."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        named: dict[str, dict[str, str]] = {}
        for unit in plan.units:
            for name in _names(unit):
                named.setdefault(words(name), {})[unit.id] = unit.name
        self.names = {name: next(iter(units)) for name, units in named.items()}
        self.alike = {name: units for name, units in named.items() if len(units) > 1}
        """Names that several units share but for their marks, which a text with marks tells apart, or that were of one
        unit after another, which the day of issue does."""
        self.lengths = sorted({name.count(" ") + 1 for name in self.names}, reverse=True)
        """How many words names have, the longest first."""
        abbreviations = Counter(unit.abbr for unit in plan.units)
        self.abbreviations = {unit.abbr: unit.id for unit in plan.units if abbreviations[unit.abbr] == 1}
        every = list(plan.deliverable_by_id.values())
        self.times = {one.id: time_of(words(one.name)) for one in every}
        about = [word for word in words(plan.subject).split() if word not in {"cong", "tac"}]
        self.subject = " ".join(about[:2])
        self.told = {one.id: set(words(one.name).split()) for one in every}
        found = Counter(word for telling in self.told.values() for word in telling)
        self.weight = {word: math.log((len(every) + 1) / count) + 0.05 for word, count in found.items()}

    def guess(self, seen: Look, unit: str | None = None, deliverable: str | None = None) -> Recognized:
        """Tell of whom and what a document is; of which unit, which deliverable where that is known."""
        head, stem = (clean(one).translate(_DASHES) for one in (seen.contents.text[:_HEAD], seen.path.stem))
        symbol, issued = _symbol(head, stem), self._day(head)
        signers = {one for it in seen.contents.signatures if (one := self._signer(it, issued))}
        own, why = self._unit(head, stem, seen.path.parent.name, symbol, signers, issued)
        alien = own if unit and own != unit and why in _OWN else None
        strange = own is None and unit is not None and self._strange(head, self.plan.unit_by_id[unit], symbol)
        own = None if why == _CONTRADICTED else own
        by = [] if unit or own is None else [why]
        unit = unit or own
        if deliverable is None and unit is not None:
            found = self._deliverable(head, stem, seen.contents.title, self.plan.unit_by_id[unit], symbol)
            deliverable, why = found or (None, "")
            by += [why] if why else []
        subject = f"{_subject(head)} {stem} {seen.contents.title}"
        years = {int(year) for year in _YEAR.findall(subject)} if seen.contents.text or seen.contents.title else set()
        first, last = self.plan.years[0], self.plan.years[-1]
        near = {year for year in years if first - 1 <= year <= last + 1}
        if not near and min(years, default=0) > last:
            near = {min(years)}  # all that it is about is still to come
        other = max(near, default=None) if years.isdisjoint(self.plan.years) else None
        return Recognized(unit, deliverable, symbol, issued, other, alien, tuple(by), strange)

    def _day(self, head: str) -> date | None:
        """Give the day in the letterhead; None where it is still empty, none, or not about the plan's year."""
        found = _ISSUED.search(head)
        (before, after), years = _LIKELY, self.plan.years
        likely = found is not None and years[0] + before <= int(found[3]) <= years[-1] + after
        return date_of(*found.group(3, 2, 1)) if found and likely else None

    def _unit(
        self, head: str, stem: str, folder: str, symbol: str | None, signers: set[str], when: date | None = None
    ) -> tuple[str | None, str]:
        """Find the unit by letterhead, symbol and folder, without a letterhead by signer or file's name too; and say by which.

        None where any two disagree: a file in the wrong folder, or a forged one, is for a person to look at.
        """
        above = _above(head)
        if self._foreign(above):
            return None, ""
        by_head, of_another = self._place(above, _before_title(head), when)
        if of_another:
            return None, ""  # which has a letterhead of its own
        if by_head and signers and by_head not in signers:
            return by_head, _CONTRADICTED
        by_signer = next(iter(signers)) if len(signers) == 1 else None
        found = {
            "head": by_head,
            "symbol": self._abbreviated([(symbol or "").rpartition("/")[2].partition("-")[2]]),
            "signature": by_signer,
            "folder": self._meant(words(folder), folder, when),
        }
        if not (by_head or by_signer):  # a file's name may also name to whom it goes: these need no name to agree
            tokens = set(re.split(r"[^A-ZĐ0-9]+", stem))
            named, of_another = self._place(words(stem), stem, when)
            names = {one for one in (named, self._abbreviated(tokens)) if one}
            if len(names) > 1 or of_another:
                return None, ""
            found["name"] = next(iter(names), None)
        told = {key: one for key, one in found.items() if one}
        return (next(iter(told.values())), next(iter(told))) if len(set(told.values())) == 1 else (None, "")

    def _signer(self, signature: FoundSignature, when: date | None) -> str | None:
        """Find the unit that the certificate of a signature names, where that is what it says of itself and can be believed.

        None where a body below a unit signed, or one of another province.
        """
        if signature.found not in {"valid", "then"}:
            return None
        named, issuer = [words(one) for one in signature.named], self.plan.issuer
        home = words(" ".join((issuer.name, *issuer.letterhead, *issuer.superior)))
        provinces = (_IN_PROVINCE.sub("", words(one)) for one in signature.provinces)
        told = [*_OF_PROVINCE.findall(" ".join(named)), *provinces]
        if _IN_PROVINCE.search(home) and any(f" {one} " not in f" {home} " for one in told):
            return None
        for name, said in zip(named, signature.named, strict=True):  # with or without the province behind it
            alone = _IN_PROVINCE.split(name)[0].strip()
            if unit := self._meant(name, said, when) or self._meant(alone, said, when):
                return unit
            if _BELOW.search(name) and not _LEADING.search(name):
                return None
        return None

    def _meant(self, name: str, said: str, when: date | None) -> str | None:
        """Find the unit of a name without marks, as it was said on a day; None where that could be several."""
        if name not in self.alike:
            return self.names.get(name)
        every, units = self.alike[name], self.plan.unit_by_id
        there = {id_: one for id_, one in every.items() if not when or units[id_].there(when)}
        if len(set(every.values())) == 1:  # one after another
            return next(iter(there)) if len(there) == 1 else None
        return by_marks(said, there)

    def _foreign(self, above: str) -> bool:
        """Tell whether a letterhead is of another province: it names one, and not ours."""
        ours = _PROVINCE.findall(words(" ".join(self.plan.issuer.letterhead)))
        named = [one for one in _PROVINCE.findall(above) if not any(name.startswith(one) for name in self.names)]
        return bool(ours and named) and not set(ours) & set(named)

    def _strange(self, head: str, unit: Unit, symbol: str | None) -> bool:
        """Tell whether a letterhead is not that of a unit, nor of one before it, beyond doubt."""
        above, before = _above(head), self.plan.predecessors.get(unit.id, ())
        return bool(above) and (self._foreign(above) or all(_of_another(above, it, symbol) for it in (unit, *before)))

    def _abbreviated(self, tokens: Iterable[str]) -> str | None:
        found = {self.abbreviations[token] for token in tokens if token in self.abbreviations}
        return found.pop() if len(found) == 1 else None

    def _place(self, text: str, source: str, when: date | None) -> tuple[str | None, bool]:
        """Find a unit's name in a text, and whether it stands in another body's: the longest run of words, None where two are as long.

        The source is the text with its marks, of a day.
        """
        said = text.split()
        for length in self.lengths:
            runs = ((" ".join(said[i : i + length]), i) for i in range(len(said) - length + 1))
            if found := {self._meant(run, source, when): at for run, at in runs if run in self.names}:
                (unit, at), *more = found.items()
                return (None, False) if more else (unit, _in_another(said, at, length))
        return None, False

    def _deliverable(self, head: str, stem: str, title: str, unit: Unit, symbol: str | None) -> tuple[str, str] | None:
        """Find what is owed that a document's own words tell beyond doubt, and say by which.

        How rare words are among what is owed counts; beyond that its time, its own words or its being the only one of
        its kind must tell it from all others.
        """
        plan, every = self.plan, self.plan.deliverable_by_id.values()
        sends = (plan.owes, plan.exempt)  # who was let off may send all the same
        owed = [one for one in every if one.on_request or any(may(one, unit) for may in sends)]
        ours = {file_name(one).removesuffix(".docx"): one.id for one in owed}
        plain = re.sub(r"^\d+[-_ ]*", "", stem.casefold())
        plain = plain.removesuffix(")").rstrip("0123456789").removesuffix("(").rstrip("-_ ")
        if known := ours.get(stem.casefold()) or ours.get(plain):
            return known, "name"
        unnumbered = _UNNUMBERED.search(head)
        kinds = _KINDS.get((code(symbol) if symbol else unnumbered[1] if unnumbered else None) or "")
        pool = [one for one in owed if kinds is None or one.kind in kinds]
        subject = _subject(head)
        for text, by in ((subject, "title"), (title, "title"), (stem, "name")):
            said = words(text)  # without the names of the unit: they tell nothing of what it is
            if self._looks_back(said):
                return None
            for name in sorted(map(words, _names(unit)), key=len, reverse=True):
                said = f" {said} ".replace(f" {name} ", " ").strip()
            if found := self._told(said, pool, strangers=by == "name"):
                return found, by
            if by == "title" and text == subject and len(set(said.split()) - _TYPES - _AROUND) > 1:
                return None  # it says what it is, and that is nothing that is owed, or could be several
        return None

    def _looks_back(self, text: str) -> bool:
        """Tell whether words are of the year before the plan's, which they name only for what is ahead: `… năm 2022, phương hướng năm 2023`."""
        about = {int(year) for year in _YEAR.findall(_AHEAD.split(_CITED.sub("", text))[0])}
        return self.plan.years[0] - 1 in about and about.isdisjoint(self.plan.years)

    def _told(self, text: str, pool: list[Deliverable], strangers: int) -> str | None:
        """Find the one that the words of a title or a name tell of all that it could be; None where they leave a doubt.

        So many words that have nothing to do with it (`strangers`) may stand there.
        """
        told, time = set(text.split()), time_of(text)
        fit = [one for one in pool if time is None or self.times[one.id] in {None, time}]
        fit = [one for one in fit if None in {time, self.times[one.id]} or not self._unsaid(told, one, fit)]
        if f" {self.subject} " in f" {text} " and (alone := self._alone(told, fit)):
            return alone
        best = sorted(((self._likeness(told, one), one.id) for one in fit), reverse=True)[:2]
        if not best or best[0][0] < _ENOUGH:
            return None
        likeness, name = best[0]
        mine = self.told[name]
        telling = (told & mine) - _TYPES
        strange, whole = _telling(told - mine), _telling(mine) <= told
        if f" {self.subject} " not in f" {text} " and len(strange) > strangers and not whole:
            return None  # of something else
        if len(best) > 1 and best[1][0] and not (telling and likeness >= _CLEAR * best[1][0]):
            return None
        shared = set[str]().union(*(self.told[one.id] for one in pool if one.id != name))
        timed = time is not None and self.times[name] == time
        return name if timed or telling - shared or (len(pool) == 1 and telling) else None

    def _alone(self, told: set[str], fit: list[Deliverable]) -> str | None:
        """Find the one of which a text says words that no other has, and nothing beside what it is called: a self-score."""
        found = []
        for one in fit:
            others = (self.told[it.id] for it in fit if it is not one)
            if len((told & self.told[one.id] - _TYPES - _AROUND).difference(*others)) > 1:
                found.append(one.id)
        return found[0] if len(found) == 1 and not _telling(told - self.told[found[0]]) else None

    def _unsaid(self, told: set[str], one: Deliverable, fit: list[Deliverable]) -> bool:
        """Tell whether one has words of its own among those of the same time, and a text says none of them: no self-score."""
        others = [self.told[it.id] for it in fit if it is not one and self.times[it.id] == self.times[one.id]]
        own = _telling(self.told[one.id].difference(*others))
        return bool(others and own) and own.isdisjoint(told)

    def _likeness(self, told: set[str], one: Deliverable) -> float:
        known = told & self.weight.keys()
        name = self.told[one.id]
        either = sum(self.weight[word] for word in known | name)
        return sum(self.weight[word] for word in known & name) / either if either else 0


def _of_another(above: str, unit: Unit, symbol: str | None) -> bool:
    """Tell whether a letterhead is of a body below a unit, or names it not and the symbol is another's, or another locality."""
    said = f" {' '.join(above.split())} "
    if named := [one for one in map(words, _names(unit)) if f" {one} " in said]:
        name = max(named, key=len)
        return _in_another(said.split(), len(said.split(f" {name} ", maxsplit=1)[0].split()), len(name.split()))
    letters = (symbol or "").rpartition("/")[2].removeprefix(f"{code(symbol or '')}-").partition("-")[0]
    mine, its = (_LETTERS.sub("", fold(it)) for it in (unit.abbr, letters))
    if its and not mine.startswith(its) and not its.startswith(mine):
        return True
    own, named = _LOCALITY.match(words(unit.name)), _LOCALITY.findall(above)
    if not own or not named:
        return False
    return all(distance(" ".join(it.split()[: own[1].count(" ") + 1]), own[1], 1) > 1 for it in named)


def _in_another(said: list[str], at: int, length: int) -> bool:
    """Tell whether a unit's name among words is only a part of another body's, or above one that is below it."""
    before, after = (_NO_BODY.sub("", f"{' '.join(one)} ").strip() for one in (said[:at], said[at + length :]))
    name = " ".join(said[at : at + length])
    if _BELOW.search(_NO_NAME.split(after)[0]):
        return True
    if name.startswith(_AUTHORITY):
        return False
    if beside := _BESIDE.search(f"{before} "):
        return beside[1] not in name  # «Bộ Công an» is above «Công an tỉnh»
    return not _BELOW_SUCH.match(name) and bool(_NAMED_BESIDE.search(f"{before} "))


def _telling(said: set[str]) -> set[str]:
    return {word for word in said - _TYPES - _AROUND if not word.isdigit()}


def time_of(text: str) -> str | None:
    """Give the time that a title is about, in words of `words`: months of a half, a quarter, a month, the whole year."""
    if found := _TIME.search(text):
        months, half, quarter, month = found.group("months", "half", "quarter", "month")
        return f"{months} {half or 'dau'}" if months else quarter or f"thang {month}"
    return "nam" if _WHOLE.search(text) else None


def words(text: str) -> str:
    """Reduce a text to its words without marks and case, the usual abbreviations written out."""
    found = _NOT_WORD.sub(" ", _SHORT_TIME.sub(r"\1 thang", fold(text))).split()
    return " ".join(_EXPANDED.get(one, f"{int(one):02d}" if one.isdigit() and len(one) < 3 else one) for one in found)


def _symbol(head: str, stem: str) -> str | None:
    if found := _SYMBOL.search(head):
        return f"{found[1]}{''.join(found[2].split())}"
    if _UNNUMBERED.search(head):
        return None
    if found := _NAMED_SYMBOL.search(stem):
        return f"{found[1]}/{re.sub('[_ ]', '-', found[2])}"
    return None


def _names(unit: Unit) -> list[str]:
    spaced = unit.id.replace("-", " ")
    return [
        unit.name,
        unit.name.removeprefix("UBND "),
        *([" ".join(unit.letterhead)] if unit.letterhead else []),
        *([spaced] if " " in spaced else []),
    ]


def _above(head: str) -> str:
    """Give the words of the letterhead, without the motto."""
    return _MOTTO.sub(" ", words(_UNNUMBERED.sub(" ", _before_title(head))))


def _before_title(head: str) -> str:
    """Give the letterhead: what stands before the type of document, a line in capitals."""
    found = re.search(r"^[^\S\n]*(?:BÁO CÁO|KẾ HOẠCH|TỜ TRÌNH|QUYẾT ĐỊNH|BẢNG|BIÊN BẢN|DANH MỤC)\b", head, re.MULTILINE)
    return head[: found.start()] if found else re.split(r"(?i)\b(?:v/v|kính gửi)\b", head[:500], maxsplit=1)[0]


def _subject(head: str) -> str:
    """Give the type and the title of a document: the lines from the type to the first paragraph."""
    found = re.search(r"^[^\S\n]*((?:BÁO CÁO|KẾ HOẠCH|BẢNG)\b.*)", head, re.MULTILINE | re.DOTALL)
    if not found:
        return ""
    taken: list[str] = []
    for line in map(str.strip, found[1].splitlines()[:7]):
        if len(taken) > 1 and (not line or re.match(r"(?:Thực hiện|Căn cứ|Kính gửi|I\.)", line)):
            break
        taken.append(line)
    return " ".join(taken)
