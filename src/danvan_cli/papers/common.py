"""What papers have in common: the plan they follow, who writes to whom, letterhead, signature, remarks, how agencies are written of.

Persons, numbers and dates of the examples are made up. What reads a plan or a record is imported where it is used: the
classes alone are enough to list templates and to offer their names.
"""

from __future__ import annotations

import datetime as dt
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.text import day, fold, sentences, slug, squeeze
from danvan_cli.typed import nothing
from danvan_cli.word.blank import Blank, PaperText, Pieces
from danvan_cli.word.shape import Part, said, taken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.plan.model import Deliverable, Plan, Unit
    from danvan_cli.unit.model import Remarks, UnitRecord
    from danvan_cli.word.shape import Examples


class SignatureLines(Part):
    """Who signs."""

    lines: list[str] = said("các dòng quyền hạn, chức vụ", ["GIÁM ĐỐC"], some=True)
    name: str | None = said("họ tên người ký", "Nguyễn Văn An")


class Letterhead(Part):
    """What stands at the top; number and day stay empty places until the document is issued."""

    superior: list[str] = said("cơ quan chủ quản, từng dòng", ["ỦY BAN NHÂN DÂN", "TỈNH BÌNH PHƯỚC"])
    issuer: list[str] = said("cơ quan ban hành, từng dòng", ["SỞ NỘI VỤ"], some=True)
    name: str = said("tên cơ quan ban hành trong câu", "Sở Nội vụ")
    number: str | None = said("số văn bản; trống khi chưa phát hành", "25")
    symbol: PaperText = said("ký hiệu", "BC-SNV")
    place: str = said("địa danh", "Bình Phước")
    date: dt.date | None = said("ngày phát hành; trống khi chưa phát hành", dt.date(2023, 5, 15))
    year: int | None = said("năm ở phần đầu; trống khi chưa biết, ở kế hoạch nhiều năm", 2023)
    month: int | None = said("tháng ở phần đầu", 5)
    draft: bool = said("bản sao ghi là dự thảo", example=False, default=False)


class FollowedPlan(Part):
    """The plan that a paper follows."""

    class Title(Part):
        """What the plan is called."""

        title: str = said("trích yếu của kế hoạch", "Thực hiện công tác dân vận chính quyền năm 2023")
        subject: str = said("tên gọi công việc của kế hoạch", "công tác dân vận chính quyền")
        doing: str = said("việc thực hiện công việc ấy, trong câu", "thực hiện công tác dân vận chính quyền")
        year: int = said("năm, năm đầu nếu kế hoạch cho nhiều năm", 2023)
        span: str = said("thời gian của kế hoạch", "năm 2023")

    class Issuer(Part):
        """Whose plan it is."""

        name: str = said("tên đầy đủ", "Ủy ban nhân dân tỉnh")
        short: str = said("tên gọi tắt", "UBND tỉnh")

    plan: Title = said("kế hoạch của tỉnh")
    issuer: Issuer = said("cơ quan ban hành kế hoạch")


class UnitName(Part):
    """A unit."""

    id: str = said("mã", "so-y-te")
    name: str = said("tên đầy đủ", "Sở Y tế")


class Unsigned(FollowedPlan):
    """What every paper of a unit has, also one that others sign."""

    class Source(Part):
        """Under which number the plan was issued."""

        number: str | None = said("số và ký hiệu", "05/KH-UBND")
        date: dt.date | None = said("ngày ban hành", dt.date(2023, 1, 5))
        amended: str = said(
            "các văn bản đã sửa đổi kế hoạch, trong ngoặc; rỗng nếu chưa sửa",
            " (sửa đổi, bổ sung tại Kế hoạch số 52/KH-UBND ngày 20/4/2023)",
        )

    class Writer(UnitName):
        """The unit that writes."""

        full: str = said("tên không viết tắt", "Sở Y tế")
        first: str = said("tên ở lần nhắc đầu tiên, kèm cách viết tắt nếu có", "Sở Y tế")
        short: str = said("tên ở các lần nhắc sau", "Sở Y tế")
        abbr: str = said("chữ viết tắt", "SNV")
        drafter: str | None = said("đơn vị soạn thảo, tên đầy đủ", "Phòng Xây dựng chính quyền")
        drafter_abbr: str | None = said("chữ viết tắt của đơn vị soạn thảo", "XDCQ")
        subordinates: str = said("cách gọi các đơn vị trực thuộc", "các phòng, đơn vị thuộc Sở")
        copies: list[str] = said("nơi nhận riêng của đơn vị", ["Lãnh đạo Sở"], some=True)

    source: Source = said("số, ngày của kế hoạch")
    unit: Writer = said("cơ quan, đơn vị làm văn bản")
    letterhead: Letterhead = said("phần đầu văn bản")


class Common(Unsigned):
    """What every paper of a unit has that the unit signs."""

    signature: SignatureLines = said("chữ ký")


class Addressed(Part):
    """To whom a paper goes."""

    to: list[str] = said("nơi nhận ghi ở Kính gửi", ["Sở Nội vụ"])
    addressee: str | None = said("nơi nhận trong câu", "Sở Nội vụ")


class Cited(Part):
    """Number and day of a document, as far as they are known."""

    number: str | None = said("số, ký hiệu", "312/TB-SNV", default=None)
    date: dt.date | None = said("ngày", dt.date(2023, 12, 5), default=None)


class RemarksTold(Part):
    """What a unit says itself of its work."""

    situation: str | None = said("tình hình, công tác chỉ đạo", "Lãnh đạo Sở đã chỉ đạo kịp thời.")
    results: str | None = said("kết quả, của báo cáo chuyên đề, đột xuất", "Đã tổ chức 04 hội nghị.")
    handling: str | None = said("việc xử lý, của báo cáo đột xuất", "Đã niêm phong kho, chuyển hồ sơ đi nơi khác.")
    strengths: str | None = said("ưu điểm", "Các nhiệm vụ được thực hiện đúng thời hạn.")
    limits: str | None = said("hạn chế", "Việc tổng hợp số liệu còn chậm.")
    causes: str | None = said("nguyên nhân", "Công chức phụ trách kiêm nhiệm nhiều việc.")
    next: str | None = said("phương hướng", "Tiếp tục thực hiện các nhiệm vụ của Kế hoạch.")
    proposals: str | None = said("kiến nghị, đề xuất", "Mở lớp bồi dưỡng cho công chức phụ trách.")


_UNITS: Final = {
    "SYT": ("so-y-te", "Sở Y tế", "Văn phòng Sở", "VP"),
    "SNV": ("so-noi-vu", "Sở Nội vụ", "Phòng Xây dựng chính quyền", "XDCQ"),
}
"""The units of the examples, by abbreviation: id, name, drafting room and its abbreviation."""


def examples(symbol: str) -> Examples:
    """Give the examples of a paper with a symbol, such as `BC-SYT`; it tells the unit."""
    abbr = next((one for one in _UNITS if one in symbol), "SNV")
    id_, name, drafter, short = _UNITS[abbr]
    return {
        "unit.id": id_, "unit.name": name, "unit.full": name, "unit.first": name, "unit.short": name, "unit.abbr": abbr,
        "unit.drafter": drafter, "unit.drafter_abbr": short, "letterhead.symbol": symbol,
        "letterhead.issuer": [name.upper()], "letterhead.name": name,
    }  # fmt: skip


def to(*names: str) -> Examples:
    """Give the examples of whom a paper goes to."""
    return {"to": [*names], "addressee": names[0]}


def followed_plan(plan: Plan) -> FollowedPlan:
    """Name the plan that a paper follows."""
    return FollowedPlan(plan=taken(FollowedPlan.Title, plan), issuer=taken(FollowedPlan.Issuer, plan.issuer))


def common(
    plan: Plan,
    unit: Unit,
    record: UnitRecord,
    kind: str,
    deliverable: Deliverable | None,
    *,
    year: int | None = None,
    draft: bool = False,
) -> Common:
    """Give what every paper of a unit has.

    `kind` is the code of the document's type, as `BC`, `deliverable` what it is in the plan, if it is anything there, `year`
    when it is written, where that is known otherwise. A copy that says it is a draft has no number and day.
    """
    from danvan_cli.plan.head import signer

    letter = plan.letter(unit)
    sent = record.sent(deliverable.id) if deliverable and not draft else None
    due = plan.last_day(deliverable, unit) if deliverable else None
    when = sent.date if sent else None
    month = when or due
    signing = month or plan.issued.date
    known = signer(unit, signing) if signing else None
    number, symbol = letter_number(sent.number if sent else None, f"{kind}-{unit.abbr}")
    own = office(unit)
    return taken(
        Common,
        followed_plan(plan),
        source=Unsigned.Source(number=numbered(plan), date=plan.issued.date, amended=amended(plan)),
        unit=taken(
            Unsigned.Writer,
            unit,
            full=own.full,
            first=own.first,
            short=own.short,
            subordinates=record.subordinates or own.subordinates,
            copies=record.recipients or [*own.copies],
            drafter=record.drafter,
            drafter_abbr=record.drafter_abbr,
        ),
        letterhead=Letterhead(
            superior=plan.issuer.superior if unit.id == plan.issuer.id else _superior(plan, letter.superior),
            issuer=unit.letterhead or [unit.name],
            name=own.full,
            number=number,
            symbol=symbol,
            place=letter.place or plan.issuer.place,
            date=when,
            year=month.year if month else year or (None if plan.until else plan.year),
            month=month.month if month else None,
            draft=draft,
        ),
        signature=SignatureLines(
            lines=record.signs or (known.lines if known else letter.signs),
            name=record.signer or (known.name if known else None),
        ),
    )


def letter(plan: Plan, unit: Unit, record: UnitRecord, year: int | None = None) -> Common:
    """Give what every letter has; its symbol names the unit and the room that drafted it (II.3 of Phụ lục I)."""
    made = common(plan, unit, record, "", None, year=year)
    drafter = record.drafter_abbr or Blank("chữ viết tắt của đơn vị soạn thảo")
    return with_head(made, symbol=Pieces((unit.abbr, "-", drafter)))


def with_head(made: Common, **changes: object) -> Common:
    """Change something of a letterhead."""
    return taken(Common, made, letterhead=taken(Letterhead, made.letterhead, **changes))


def told(remarks: Remarks) -> RemarksTold:
    """Give what a unit says of its work, its punctuation completed."""
    parts = {key: getattr(remarks, key, None) for key in RemarksTold.__annotations__}
    return RemarksTold(
        **{key: None if not text else "Không có." if nothing(text) else sentences(text) for key, text in parts.items()}
    )


def obstacle_line(text: str, proposal: str | None) -> str:
    """Write an obstacle as a line: what it is, then what is proposed."""
    return f"{sentences(text)} {proposal_said(proposal)}" if proposal else sentences(text)


def proposal_said(proposal: str) -> str:
    """Write a proposal; one that begins by asking is not announced once more."""
    asks = fold(proposal).startswith(("de nghi", "de xuat", "kien nghi", "kinh de nghi", "kinh mong"))
    return sentences(proposal if asks else f"Đề xuất: {proposal}")


def itemised(items: Sequence[str]) -> list[str]:
    """End the items of a list: each with a semicolon, the last with a full stop."""
    return [item.rstrip(" .;,") + (";" if at < len(items) else ".") for at, item in enumerate(items, start=1)]


def addressed(name: str | None) -> Addressed:
    """Address a paper to somebody, or to nobody known yet."""
    return Addressed(to=[name] if name else [], addressee=name)


def addressee(plan: Plan, unit: Unit, deliverable: Deliverable | None) -> str | None:
    """Name who a deliverable goes to; a unit does not write to itself, but to the plan's issuer."""
    if deliverable is None or deliverable.to is None:
        return None
    to = plan.issuer.id if deliverable.to == unit.id else deliverable.to
    via = deliverable.via if deliverable.via not in {None, unit.id} else None
    return plan.recipient(to) + (f" (qua {plan.recipient(via)})" if via else "")


def above(plan: Plan, unit: Unit) -> str | None:
    """Name whom one who collects reports to: the plan's issuer; the issuer itself to its superior, if it has one."""
    return plan.issuer.name if unit.id != plan.issuer.id else " ".join(plan.issuer.superior) or None


def follower(plan: Plan, unit: Unit) -> str | None:
    """Name who follows the units' work for the plan's issuer: to whom or through whom most of it is sent."""
    from danvan_cli.unit.model import owed

    ways = [way for one in owed(plan, unit) for way in (one.via, one.to) if way not in {None, plan.issuer.id}]
    first = max(dict.fromkeys(ways), key=ways.count, default=None)
    return plan.recipient(first) if first and first != unit.id else None


def due_of_kind(plan: Plan, unit: Unit, kind: str) -> Deliverable | None:
    """Find the first deliverable of a kind that a unit owes: its plan, its self-score."""
    from danvan_cli.unit.model import owed

    return next((one for one in owed(plan, unit) if one.kind == kind), None)


def _superior(plan: Plan, superior: str | None) -> list[str]:
    """Give the lines of the authority above a unit; the plan's issuer breaks as on its own letterhead."""
    if superior == plan.issuer.name:
        return plan.issuer.letterhead
    return [superior] if superior else []


def numbered(plan: Plan) -> str | None:
    """Write the plan's own number with its symbol; None where it is not known yet."""
    number, symbol = letter_number(plan.issued.number, f"KH-{plan.issuer.abbr}")
    return f"{number}/{symbol}" if number else None


def amended(plan: Plan) -> str:
    """Name in brackets what has amended a plan, for a paper that cites it; empty where nothing has."""
    return f" (sửa đổi, bổ sung tại {amending(plan)})" if plan.amendments else ""


def amending(plan: Plan) -> str:
    """Name what has amended a plan."""
    return ", ".join(f"{one.type} số {one.number} ngày {day(one.date)}" for one in plan.amendments)


def letter_number(number: str | None, symbol: str) -> tuple[str | None, str]:
    """Tell a number from its symbol: `15` and `15/KH-SYT` are the same; a symbol that was issued stays as it is."""
    bare, _slash, issued = (number or "").partition("/")
    return bare.strip() or None, issued.strip() or symbol


_LONGEST: Final = 48  # letters of a topic in a file's name
_NAMES: Final = {"plan": "ke-hoach-trien-khai", "self-score": "bang-tu-cham-diem"}


def file_name(deliverable: Deliverable, topic: str | None = None) -> str:
    """Name a document's file: `ke-hoach-trien-khai.docx`, `bao-cao-6m.docx`, `bao-cao-chuyen-de-<topic>.docx`."""
    if deliverable.kind in _NAMES:
        return f"{_NAMES[deliverable.kind]}.docx"
    words = slug(topic or "")
    if topic and not 0 < len(words) <= _LONGEST:  # cut, it could be another topic's name too
        words = f"{words[:_LONGEST]}-{sha256(topic.encode()).hexdigest()[:8]}".lstrip("-")
    return f"bao-cao-{deliverable.id}{f'-{words}' if words else ''}.docx"


# How an agency is written of, and to whom it copies its papers, by its kind: what a unit says itself goes before ------

_IN_FULL: Final = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "MTTQ": "Mặt trận Tổ quốc"}
"""Abbreviations that every office uses, in full."""
_COMMITTEE: Final = "UBND "
_BELOW: Final = "các phòng, ban, đơn vị trực thuộc"
_LOCALITIES: Final = {
    "huyện": ("Huyện ủy", "các phòng, ban; UBND các xã, thị trấn"),
    "thị xã": ("Thị ủy", "các phòng, ban; UBND các xã, phường"),
    "thành phố": ("Thành ủy", "các phòng, ban; UBND các phường, xã"),
    "thị trấn": ("Đảng ủy thị trấn", _BELOW),
    "xã": ("Đảng ủy xã", _BELOW),
    "phường": ("Đảng ủy phường", _BELOW),
    "đặc khu": ("Đảng ủy đặc khu", _BELOW),
}
"""The committee of the Party of each kind of locality, and how those below its people's committee are called."""
_OFFICES: Final = {
    "Sở": ("Lãnh đạo Sở", "các phòng, đơn vị thuộc Sở"),
    "Ban": ("Lãnh đạo Ban", "các phòng, đơn vị thuộc Ban"),
    "Văn phòng": ("Lãnh đạo Văn phòng", "các phòng, đơn vị thuộc Văn phòng"),
    "Thanh tra": ("Lãnh đạo Thanh tra", "các phòng thuộc Thanh tra"),
    "Đài": ("Lãnh đạo Đài", "các phòng, bộ phận thuộc Đài"),
    "Trường": ("Ban Giám hiệu", "các phòng, khoa, đơn vị thuộc Trường"),
}
"""By how a name begins: who leads the agency, and how those below it are called."""


class Office(NamedTuple):
    """What is written of an agency."""

    full: str
    """Its name without abbreviations."""
    first: str
    """As it is named the first time: in full, with what it is called from then on."""
    short: str
    """As it is named from then on."""
    subordinates: str
    copies: tuple[str, ...]
    """Who gets each of its papers, besides those to whom it is addressed."""


def office(unit: Unit) -> Office:
    """Tell how an agency is written of."""
    name = squeeze(unit.name)
    full = in_full(name)
    if not name.startswith(_COMMITTEE):
        head, below = next((it for start, it in _OFFICES.items() if name.startswith(f"{start} ")), (None, _BELOW))
        return Office(full, full, full, below, (head or "Lãnh đạo đơn vị",))
    place = name.removeprefix(_COMMITTEE)
    kind = next((one for one in _LOCALITIES if place.startswith(f"{one} ")), "")
    if not kind:
        return Office(full, full, full, _BELOW, ("Lãnh đạo đơn vị",))
    party, below = _LOCALITIES[kind]
    short = f"{_COMMITTEE}{kind}"
    copies = (
        f"Thường trực {party}", f"Thường trực HĐND {kind}", f"Ủy ban MTTQ Việt Nam {kind}", f"Lãnh đạo UBND {kind}"
    )  # fmt: skip
    return Office(full, f"{full} (sau đây viết tắt là {short})", short, below, copies)


def in_full(name: str) -> str:
    """Write a name without the abbreviations that every office uses."""
    return " ".join(_IN_FULL.get(word, word) for word in name.split(" "))
