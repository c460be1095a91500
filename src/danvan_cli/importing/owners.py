"""Who is named in a text, held against a register of units: ids where it has them, names to be settled where not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.importing.guess import Guess
from danvan_cli.plan.draft import department_names
from danvan_cli.plan.owed import ALL
from danvan_cli.text import LOWER, UPPER, Ids, by_marks, distance, fold, slug, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from danvan_cli.plan.head import Block, Unit

_LONG: Final = (("uy ban nhan dan", "ubnd"), ("hoi dong nhan dan", "hdnd"), ("uy ban mat tran to quoc viet nam", "uy ban mttq viet nam"),
                ("mat tran to quoc", "mttq"))  # fmt: skip
_FORMER: Final = (
    "Văn phòng Ủy ban nhân dân tỉnh", "Văn phòng Ủy ban nhân dân thành phố", "Sở Kế hoạch và Đầu tư", "Sở Giao thông vận tải", "Sở Tài nguyên và Môi trường", "Sở Thông tin và Truyền thông",
    "Sở Lao động - Thương binh và Xã hội", "Sở Nông nghiệp và Phát triển nông thôn", "Sở Văn hóa và Thể thao",
    "Sở Nông nghiệp và Môi trường", "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh", "Ban Tuyên giáo và Dân vận Tỉnh ủy",
    "Đài Phát thanh và Truyền hình tỉnh", "Đài Phát thanh - Truyền hình tỉnh", "Báo và Phát thanh, Truyền hình tỉnh",
    "Bộ Chỉ huy Quân sự tỉnh", "Bộ Chỉ huy Bộ đội Biên phòng tỉnh", "Ban Quản lý Khu kinh tế", "Ban Quản lý các khu công nghiệp",
    "Văn phòng HĐND và UBND", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân", "Trung tâm Phục vụ hành chính công tỉnh", "Liên minh Hợp tác xã tỉnh",
)  # fmt: skip
"""Names with an «and» or a comma in them, besides those of the departments there are now."""
_HEAD: Final = (
    r"Sở|Ban|UBND|Ủy ban|Uỷ ban|HĐND|Hội đồng nhân dân|Công an|Thanh tra|Văn phòng|Đài|Báo|Trường|Hội|Đoàn|Liên đoàn|Liên minh|Liên hiệp|Bộ Chỉ huy|Trung tâm|"
    r"Trạm|Chi cục|Cục|Kho bạc|Bảo hiểm|Thuế|Ngân hàng|Viện|Tòa án|Toà án|Mặt trận|MTTQ|Tỉnh đoàn|Tỉnh Đoàn|Bệnh viện|Vườn quốc gia|Phòng|Quỹ|Thống kê|Bưu điện|Bộ|Ủy viên|"
    r"Công ty|Tổng công ty|Tập đoàn|Hiệp hội|Học viện|Đại học|Hợp tác xã"
)
_PROPER: Final = re.compile(
    rf"(?:{_HEAD})\b(?:\s(?:[{UPPER}][{UPPER}{LOWER}]*|-|–|và(?=\s[{UPPER}])|tỉnh|thành phố|xã|phường|huyện|thị xã|đặc khu|ủy|nhân dân|dân|trưởng|hành chính|công|kinh tế|nghiệp|dân tộc|đầu tư|quản lý|khu))*"
)
_ROLE: Final = re.compile(
    r"(?i:(?:đồng chí )?(?:phó )?(?:thủ trưởng|giám đốc(?: ?- ?tổng biên tập)?|tổng biên tập|chủ tịch|chánh thanh tra|chánh văn phòng|trưởng ban|hiệu trưởng|"
    r"người đứng đầu|lãnh đạo|thường trực|đề nghị|giao|yêu cầu|phân công|trưởng)) (?=\S)"
)
_ALL: Final = re.compile(
    r"(?:cac |toan the |tat ca (?:cac )?)?(?:co quan|don vi|dia phuong|nganh|so|ban|cap|cap uy|to chuc)(?:,? (?:va )?(?:cac )?(?:co quan|don vi|dia phuong|ban|nganh|so|cap|chinh quyen|to chuc))*"
    r"(?: (?:co )?lien quan| trong tinh| toan tinh| tren dia ban(?: tinh)?| trong toan tinh| trong ke hoach nay)*"
)
_PLACES: Final = re.compile(r"cac dia phuong(?!,| va)")
"""The communes, or districts too: no departments."""
_DEPARTMENTS: Final = re.compile(
    r"(?:cac )?so(?:,? (?:va )?(?:ban|nganh|co quan chuyen mon))*(?: (?:cap )?tinh| thanh pho| thuoc .{2,20})?"
)
_GROUP: Final = re.compile(
    r"(?:(?:ubnd|chu tich ubnd|mttq|cap uy) )?(?:cac |nhung )|ubnd (?:cap )?(?:xa|huyen)\b|cap (?:xa|huyen)\b|(?:cac )?(?:xa|phuong|dac khu|huyen)[, ]"
)
_DOES: Final = (
    r"[^.;:()]{2,120}?(?=:| (?:có trách nhiệm|căn cứ|chủ động|chủ trì|tổ chức|xây dựng|triển khai|thực hiện|phối hợp|"
    r"tiếp tục|đẩy mạnh|tăng cường|báo cáo|theo chức năng|trên cơ sở|theo dõi|rà soát|tham mưu|bố trí|quán triệt|cụ thể hóa|chỉ đạo|tập trung|"
    r"khẩn trương|nghiêm túc|kịp thời|thường xuyên|phải|hướng dẫn|kiểm tra|tuyên truyền)\b)"
)
"""The rest of a name, up to what is to be done."""
_BEGINS: Final = re.compile(rf"(?:[Cc]ác|UBND|Ủy ban nhân dân|Chủ tịch|Thủ trưởng)\s{_DOES}")
_NAMED: Final = re.compile(rf"(?:{_HEAD})\s(?=[{UPPER}]|tỉnh|nhân dân|thành phố|xã|phường){_DOES}")
_SPLIT: Final = re.compile(r" ?(?:;|\n) ?| và (?=(?:Chủ tịch|Thủ trưởng|Giám đốc|UBND|Ủy ban|Uỷ ban|[Cc]ác)\s)")
_AND: Final = re.compile(r", ?| và | ?& ?")
_GOES_ON: Final = re.compile(r"(?:[,;]| ?,? và| &| cùng(?: với)?) ")
"""What stands between the names of those whom a text begins with."""
_MIXED: Final = re.compile(r"\bva (?:so|ban|cong an)\b")
_NO_GROUP: Final = frozenset((
    "cac", "va", "cua", "tinh", "thuoc", "truc", "nhung", "chu", "tich", "thu", "truong", "cap", "dia", "phuong", "don", "vi", "co", "quan", "dac", "khu",
))  # fmt: skip
"""Words that tell no group from another."""
_GROUPS: Final = ("các", "ubnd", "ủy ban nhân dân", "cấp", "đơn vị", "cơ quan", "sở")
_LONGEST: Final = 120
_UNKNOWN: Final = "ten-chua-co-ma"
_START: Final = 2
_BEGIN: Final = 300
"""Within so many letters a text says who it begins with."""


class Named(NamedTuple):
    """Who was named: the id, or the name as written where the register has none; how it was found."""

    id: str | None
    name: str
    rule: str = ""


@dataclass
class KnownOwners:
    """The units, blocks and others that owners are held against; names that it lacks become others to be settled."""

    units: list[Unit] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    also: dict[str, str] = field(default_factory=dict)
    """The ids of others by name: parties, the issuer."""
    before: dict[str, str] = field(default_factory=dict)
    """The id, by its names, of who issued the plan that the units come from; the new one may be somebody else's."""
    issuer: str = ""
    """Who issues the plan that is read."""
    added: dict[str, tuple[str, str]] = field(default_factory=dict)
    """What was named and is not there: the id that it got, its name, the rule behind."""

    def __post_init__(self) -> None:
        self.refresh()

    def issued_by(self, issuer: dict[str, Any]) -> None:
        """Learn who issues the plan, who keeps the id that he had, and else gets one that nobody has."""
        names = (issuer["name"], issuer["short"])
        known = next((self.before[one] for one in names if one in self.before), None)
        issuer["id"] = known or self._ids.free(issuer["id"])
        self.issuer = issuer["id"]
        self.also |= {one: issuer["id"] for one in names if one not in self.also}
        self.refresh()

    def refresh(self) -> None:
        """Learn the names anew, after others have been added."""
        self._names: dict[str, str] = {}
        self._alike: dict[str, dict[str, str]] = {}  # which units' name it may be, with its marks
        of_units = [(name, one.id) for one in self.units for name in one.names if name.casefold() != "ubnd"]
        for name, id_ in of_units:
            self._alike.setdefault(_key(name), {}).setdefault(id_, name)
        for name, id_ in (*of_units, *((one.name, one.id) for one in self.blocks), *self.also.items()):
            self._names.setdefault(_key(name), id_)
        self._book = dict(self._names)
        self._ids = Ids((ALL, *self._names.values(), *self.also.values()))
        self._one = cache(self._found)
        self._read: dict[str, list[Named]] = {}
        bodies = [one.name for one in self.units] + [one.name for one in self.blocks]
        known = (*bodies, *self.also, *department_names(), *_FORMER)
        plain, (long, short) = {*map(fold, known)}, _LONG[0]
        forms = plain | {one.replace(long, short) for one in plain} | {one.replace(short, long) for one in plain}
        names = sorted(forms, key=len, reverse=True)
        self._known = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")
        self._starts = {name[:_START] for name in names}
        self._departments = [one.id for one in self.blocks if re.match(r"cac so\b|so\b", _key(one.name))]
        self._others = [one for one in self.blocks if one.id not in self._departments]

    def read(self, words: str) -> list[Named]:
        """Tell who is named in words that name nobody else and nothing more: a cell, a line of its own, a heading."""
        if words not in self._read:
            bare = squeeze(_ROLE.sub("", squeeze(self._joined(words)))).strip(" .;,:")
            self._read[words] = [one for part in self._split(bare) for one in self._part(part.strip(" .,:"))]
        return self._read[words]

    def _split(self, words: str) -> Iterator[str]:
        """Part a list, but not within a name: `Văn phòng HĐND và UBND` is one."""
        within = [it.span() for it in self._known.finditer(even(words))]
        at = 0
        for sign in _SPLIT.finditer(words):
            if not any(start < sign.start() < end for start, end in within):
                yield words[at : sign.start()]
                at = sign.end()
        yield words[at:]

    def _joined(self, words: str) -> str:
        """Give lines as a list, but those that a name goes over as one."""
        if "\n" not in words:
            return words
        plain = words.replace("\n", " ")
        within = [it.span() for it in self._known.finditer(even(plain))]
        over = {at for start, end in within for at in range(start + 1, end)}
        return "".join(letter if letter != "\n" else " " if at in over else "; " for at, letter in enumerate(words))

    def _part(self, part: str) -> list[Named]:
        """Read one part, which may be a list with commas."""
        part = _ROLE.sub("", part)
        if not part:
            return []
        if found := self._one(part):
            return found
        out: list[Named] = []
        at = 0
        for known in self._known.finditer(even(part)):
            name = part[known.start() : known.end()]
            out += self._several(part[at : known.start()])
            out += self._one(name) or [Named(None, name, _UNKNOWN)]
            at = known.end()
        return out + self._several(part[at:])

    def _several(self, words: str) -> list[Named]:
        """Read what stands between names that are known."""
        found = ((word, self._one(word)) for word in _groups(words))
        return [
            one for word, some in found for one in some or ([Named(None, word, _UNKNOWN)] if _is_name(word) else [])
        ]

    def _found(self, name: str) -> list[Named]:
        """Find one name; nothing where it may be several."""
        key = _key(name)
        if len(several := self._alike.get(key, {})) > 1:  # names that differ in their marks alone
            return [Named(only, name)] if (only := by_marks(name, several)) else []
        if found := self._names.get(key):
            return [Named(found, name)]
        for tail in (" tinh", " thanh pho", " xa", " phuong", " chu tri", " (chu tri)"):
            if found := self._names.get(key.removesuffix(tail)) or self._names.get(f"{key}{tail}"):
                return [Named(found, name)]
        if found := self._of_city(key):
            return [Named(found, name, "ten-gan-giong")]
        if _ALL.fullmatch(key) and not _DEPARTMENTS.fullmatch(key) and not _PLACES.match(key):
            return [Named(ALL, name)]
        if _DEPARTMENTS.fullmatch(key) and key not in {"so", "cac so khac"}:
            return [Named(one, name) for one in self._departments] or [Named(None, name, "nhom-khong-ro")]
        if _GROUP.match(f"{key} ") and len(name) <= _LONGEST:
            if near := self._block(key):
                return [Named(near, name)]
            known = self._known.search(even(name))
            alone = known is None or even(name)[: known.start()].endswith("thuoc ")
            return [Named(None, name, "nhom-khong-ro")] if alone and not _MIXED.search(key) else []
        begun = (other for other in self._book if len(key) > 9 and other[:3] == key[:3])
        alike = {self._book[other] for other in begun if distance(other, key, 2) <= 2}
        return [Named(alike.pop(), name, "ten-gan-giong")] if len(alike) == 1 else []

    def _of_city(self, key: str) -> str | None:
        """Find the body of a province that has become a city since, or of a city that was a province."""
        for own, other in ((" tinh", " thanh pho"), (" thanh pho", " tinh")):
            if key.endswith(own) and (found := self._names.get(key.removesuffix(own) + other)):
                return found
        return None

    def _block(self, key: str) -> str | None:
        """Find the block that a group's words mean: the one with most of them."""
        words = {*re.findall(r"\w+", key)} - _NO_GROUP
        scored = {one.id: len(words & {*re.findall(r"\w+", _key(one.name))}) for one in self._others}
        best = max(scored.values(), default=0)
        found = [id_ for id_, score in scored.items() if score == best]
        return found[0] if len(found) == 1 and words and best / len(words) >= 0.6 else None

    def laid_on(self, text: str) -> list[Named]:
        """Tell whom a task's text lays it on at its beginning: a unit that is known and others, or whoever it says it is given to.

        Where no unit is known, as outside of a workspace, whoever it begins with, but for «Các …», which may be no body.
        """
        named = self.begins(text)
        sure = (named and named[0].id) or _ROLE.match(text) or not (self.units or text.startswith("Các "))
        return named if sure else []

    def begins(self, text: str) -> list[Named]:
        """Tell who a text begins with; nobody where it begins with anything else."""
        role = _ROLE.match(text)
        bare = text[role.end() : _BEGIN] if role else text[:_BEGIN]
        if even(bare[:_START])[:_START] in self._starts and (found := self._known.match(plain := even(bare))):
            names = [bare[: found.end()]]
            while (more := _GOES_ON.match(bare, found.end())) and (after := self._known.match(plain, more.end())):
                names.append(bare[more.end() : after.end()])
                found = after
            others = (_BEGINS.match(bare, more.end()) or _NAMED.match(bare, more.end())) if more else None
            named = [one for name in names for one in self._one(name) or [Named(None, name, _UNKNOWN)]]
            return named + (self.read(others[0]) if others else [])
        if bare[:1].isupper() and (found := _BEGINS.match(bare) or (_NAMED.match(bare) if role else None)):
            return self.read(found[0])
        return []

    def ids(self, named: Iterable[Named]) -> list[str]:
        """Give the ids of who was named, each once; who has none gets one, to be settled."""
        return [*dict.fromkeys(one.id or self._add(one) for one in named)]

    def others(self, named: Iterable[Named]) -> list[str]:
        """Give the ids of who was named without who issues the plan."""
        return self.ids(one for one in named if one.id != self.issuer)

    def _add(self, one: Named) -> str:
        name = squeeze(one.name).strip(" .;,:")
        key = _key(name)
        if key not in self._names or (len(self._alike.get(key, ())) > 1 and self._names[key] not in self.added):
            known = self._names[key] = self._ids.free(slug(name)[:50].strip("-") or "co-quan")
            self.added[known] = (name, one.rule or _UNKNOWN)
        return self._names[key]


def said_at_large(named: list[Named], words: str = "liên quan") -> tuple[list[Named], Guess | None]:
    """Leave out «các cơ quan liên quan» beside those who are named: it does not say who. Give what is to be settled too."""
    wide = next((one for one in named if one.id == ALL and words in one.name), None)
    rest = [one for one in named if one.id != ALL]
    return (rest, Guess("nhom-lien-quan", wide.name)) if wide and rest else (named, None)


def leading(text: str) -> tuple[str, str] | None:
    """Tell who a sentence begins with, and who works along: `Sở Nội vụ chủ trì, phối hợp với Sở Y tế xây dựng …`; None where nobody."""
    if found := _COLON.match(text):
        return found["who"], ""
    if any(map(text[:_BEGIN].lower().__contains__, _TO_LEAD)) and (found := _LEADS.match(text)):
        return found["who"], (found["with"] or "")
    return None


_TO_LEAD: Final = ("chủ trì", "tham mưu", "đầu mối")
_LEADS: Final = re.compile(
    rf"(?:(?i:giao|yêu cầu|đề nghị) )?(?P<who>(?:(?:{_HEAD}|Giám đốc|Thủ trưởng|Chủ tịch|Người đứng đầu)\b|(?i:các (?:sở|cơ quan|đơn vị|xã|phường|ban|ngành|địa phương)))[^.;:()]{{0,200}}?)"
    r" ?,? (?i:(?:có trách nhiệm )?(?:chủ trì|tham mưu|làm đầu mối|là cơ quan đầu mối))\b(?:[^.;:()]{0,40}?\bphối hợp (?:(?:chặt chẽ )?với )?(?P<with>[^.;:()]{3,300}?)"
    r"(?= (?:xây dựng|tổ chức|triển khai|rà soát|tham mưu|thực hiện|hướng dẫn|kiểm tra|theo dõi|đôn đốc|tiếp tục|đẩy mạnh|nâng cao|tăng cường|tuyên truyền|tổng hợp|ban hành|hoàn thiện|hoàn thành|đánh giá|cập nhật|công khai|nghiên cứu|bố trí|trình|báo cáo|giám sát|bảo đảm|phát động|khảo sát|sơ kết|tổng kết|lập|duy trì|vận hành|số hóa)\b|[.;:]|$))?"
)
_COLON: Final = re.compile(rf"(?P<who>(?:Các )?(?:{_HEAD})\b[^.;:()]{{1,90}}): (?=[{UPPER}])")


def _groups(piece: str) -> list[str]:
    """Part words at commas and «và», a group with commas of its own (các sở, ban, ngành) left whole."""
    piece = piece.strip(" ,;.").removesuffix(" và")
    if not piece:
        return []
    out: list[str] = []
    for word in filter(None, (it.strip(" .,;") for it in _AND.split(piece))):
        joins = out and not _PROPER.match(word) and not re.match(r"(?i:các|UBND|ủy ban)\b", word)
        if joins and (out[-1].casefold().startswith(_GROUPS) or " các " in out[-1]):
            start = piece.find(out[-1])
            out[-1] = piece[start : piece.find(word, start + len(out[-1])) + len(word)]
        else:
            out.append(re.sub(r"^(?:và|cùng|với|phối hợp(?: với)?) ", "", word))
    return out


def _is_name(word: str) -> bool:
    return len(word) <= _LONGEST and bool(_PROPER.match(word) or re.match(r"(?i:các|cấp|đơn vị|cơ quan)\b", word))


def even(text: str) -> str:
    """Fold a text letter by letter, so that places stay."""
    out = fold(text)
    return out if len(out) == len(text) else "".join((fold(letter) or " ")[:1] for letter in text)


def _key(name: str) -> str:
    key = squeeze(fold(name).replace("–", "-").replace(" - ", "-"))
    for long, short in _LONG:
        key = key.replace(long, short)
    return key.strip(" .;,:")
