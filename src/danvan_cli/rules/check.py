"""A whole check: of a plan, a calendar, a unit's file. The rules are those of the modules imported here.

What is found stands at the `levels` of the workspace that it is checked for: an error of them stops what would be written.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from danvan_cli.files import shipped
from danvan_cli.findings.finding import in_order
from danvan_cli.findings.rule import OURS, ask_rules, find, rule
from danvan_cli.lang import _
from danvan_cli.rules import citations, dates, evidence, references, tidy  # noqa: F401 - they declare rules
from danvan_cli.rules.context import PlanCheck, RegisterCheck
from danvan_cli.rules.levels import leveled
from danvan_cli.rules.units import UnitCheck
from danvan_cli.text import INVISIBLE, MAY_BE_SECRET, SECRECY, bare, clean, may_be_secret, squeeze
from danvan_cli.yaml.marks import MARK, marks, texts_of
from danvan_cli.yaml.read import accepted
from danvan_cli.yaml.read import read as read_as
from danvan_cli.yaml.yamlfile import MAX_FINDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.calendar import Calendar
    from danvan_cli.plan.model import Plan
    from danvan_cli.plan.shared import Register
    from danvan_cli.rules.levels import Levels
    from danvan_cli.unit.functions import Functions
    from danvan_cli.unit.model import UnitRecord
    from danvan_cli.yaml.read import Read
    from danvan_cli.yaml.yamlfile import YamlFile

_EXCUSE = re.compile(r"#\s*danvan:\s*ignore\s+(DV\d{3})\b[ \t]*(.*)")
_BLOCK = ("|", ">")
_MANY = 100


def check_plan(
    read: Read[Plan], calendar: Calendar, levels: Levels, edits: list[Finding] | None = None
) -> list[Finding]:
    """Check a plan that was read: what reading found, every rule, and what the policy on edits found, if it was asked."""
    found = [*read.findings, *(edits or ())]
    if read.record is not None:
        found += ask_rules(PlanCheck(read.file, read.record, calendar, read.shared))
    if (other := read.shared) is None:
        return leveled(finished(read.file, found, edits=edits is not None), levels)
    there = finished(other, [one for one in found if one.path == other.path], idle=False)
    here = finished(read.file, [one for one in found if one.path != other.path], edits=edits is not None)
    return leveled(in_order([*here, *there]), levels)


def check_register(read: Read[Register]) -> list[Finding]:
    """Check a register of units by itself: what no plan is needed for."""
    found = list(read.findings)
    if read.record is not None:
        found += [*ask_rules(RegisterCheck(read.file, read.record)), *to_confirm(read.file)]
    return finished(read.file, found, idle=False)


def check_unit(read: Read[UnitRecord], plan: Plan, levels: Levels) -> list[Finding]:
    """Check a unit's file that was read, against its plan."""
    found = list(read.findings)
    if read.record is not None and read.record.plan != plan.id:  # all else would be told of another plan's names
        said = _("tệp của kế hoạch «{other}», không phải «{id}»", other=read.record.plan, id=plan.id)
        how = _("mỗi thư mục làm việc chỉ có một kế hoạch; kế hoạch khác: danvan init TÊN-THƯ-MỤC")
        found.append(read.file.finding("DV909", read.file.span(("plan",)), said, help=how))
    elif read.record is not None:
        found += ask_rules(UnitCheck(read.file, plan, read.record))
    return leveled(finished(read.file, found), levels)


def check_text(read: Read[Any], levels: Levels) -> list[Finding]:
    """Check a file that no rule of its own is for: what reading found, and what its text says."""
    return leveled(finished(read.file, read.findings), levels)


def functions_of(path: Path, levels: Levels) -> Functions:
    """Read the functions of a workspace; those that are shipped where it has none of its own.

    Raises:
        InvalidFileError: if the file has errors.
    """
    from danvan_cli.unit.functions import Functions

    path = path if path.exists() else shipped("plans/functions.yaml")
    there = read_as(Functions, path)
    return accepted(path, there, check_text(there, levels))


def finished(file: YamlFile, found: list[Finding], *, edits: bool = False, idle: bool = True) -> list[Finding]:
    """Give what was found of a file, in order: with marks of secrecy, without what is excused or must not be told.

    Excuses of DV6 can be idle only where the file was held against a revision (`edits`), none is idle where several plans
    share the file (`idle`).
    """
    spaces, secret = _of_text(file)
    found = [*found, *spaces]
    if secret:
        found = _untold(file, [*found, *_secrets(file, secret)], secret)
    return in_order(excused(file, found, edits=edits, idle=idle))


_texts: WeakKeyDictionary[YamlFile, tuple[list[Finding], list[tuple[int, int]]]] = WeakKeyDictionary()


def _of_text(file: YamlFile) -> tuple[list[Finding], list[tuple[int, int]]]:
    """Give what the text alone says, whatever it is read as: spaces too many, and where marks of secrecy stand."""
    if file not in _texts:
        _texts[file] = [*tidy.spaces(file)], _secret_places(file)
    return _texts[file]


def _secret_places(file: YamlFile) -> list[tuple[int, int]]:
    """Find the marks of state secrecy: in a line as it reads, and in a value, folded lines and escapes resolved."""
    read = bare if INVISIBLE.search(file.text) else clean
    text = read(file.text) if file.dirty or read is bare else file.text
    if "\\" not in text and not may_be_secret(text):
        return []
    places = sorted(file.matches(re.compile(SECRECY), 1, read)) if may_be_secret(text) else []
    more = []
    for start, end, written in file.texts():
        value = bare(written)
        if MAY_BE_SECRET.search(value) and not _any_inside(places, start, end) and (mark := re.search(SECRECY, value)):
            more.append(file.piece(start, end, value, mark.start(1), len(mark[1])))
    return sorted([*places, *more])


def _any_inside(places: list[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether a sorted list of places has one that begins within a text."""
    near = bisect_left(places, (start, -1))
    return near < len(places) and places[near][0] < end


@rule(
    "DV904", "Có dấu chỉ độ mật", "error",
    "Tài liệu MẬT, TỐI MẬT, TUYỆT MẬT không được đưa vào máy có nối mạng; nội dung không được chép hay hiện lại.",
    wrong="Độ mật: …", right="để trống và báo cáo theo đường riêng", source="Luật Bảo vệ bí mật nhà nước 2018, Điều 5",
)  # fmt: skip
def _secrets(file: YamlFile, secret: list[tuple[int, int]]) -> Iterator[Finding]:
    """DV904: no line bears a mark of state secrecy."""
    by_line = {file.spot(start).line: (start, end) for start, end in reversed(secret)}
    for place in islice(by_line.values(), MAX_FINDINGS):
        message = _("có dấu chỉ độ mật; nội dung không được đưa vào đây và không hiện lại")
        hint = _("bỏ đoạn này và báo cáo theo đường riêng của tài liệu mật")
        yield file.finding("DV904", place, message, help=hint)


def _untold(file: YamlFile, found: list[Finding], secret: list[tuple[int, int]]) -> list[Finding]:
    """Take what bears a mark out of the findings: the line, the whole text the line belongs to, what quotes it."""
    lines = {file.spot(start).line for start, _end in secret}
    quotes = set()
    for start, end, value in file.texts():
        if _any_inside(secret, start, end):
            lines.update(range(file.spot(start).line, file.spot(max(start, end - 1)).line + 1))
            quotes.add(squeeze(value)[:40])
    quotes.discard("")
    blind = file.root is None or len(quotes) > _MANY  # which lines belong together is not known
    told = []
    for one in found:
        here = blind or one.spot.line in lines
        said = squeeze(f"{one.message} {one.help}")
        quoted = here or re.search(SECRECY, bare(said)) or any(quote in said for quote in quotes)
        if quoted and one.rule != "DV904":
            told.append(replace(one, message=_(find(one.rule).name), help=None, source=None, fix=None))
        else:
            told.append(replace(one, source=None) if here else one)
    return told


@rule(
    "DV960", "Chỗ còn cần xác nhận", "warning",
    "Điều máy hiểu từ lời văn mà chưa chắc thì phải có người xem trước khi giao cho các đơn vị.",
    wrong="lead: so-noi-vu  # cần xác nhận: cơ quan nêu trong ngoặc ở cuối đoạn", right="lead: so-noi-vu", source=OURS,
)  # fmt: skip
@rule(
    "DV961", "Kế hoạch đã ban hành còn chỗ cần xác nhận", "error",
    "Kế hoạch ghi là đã ban hành thì không còn điều nào do máy đoán.",
    wrong="state: issued\nyear: 2026  # cần xác nhận: lấy năm của ngày ban hành", right="state: issued\nyear: 2026", source=OURS,
)  # fmt: skip
def places_are_confirmed(check: PlanCheck) -> Iterator[Finding]:
    """DV960: each place that somebody is still to look at; DV961: a plan that has any is no issued one."""
    found = [*to_confirm(check.file)]
    yield from found
    if found and check.plan.state == "issued":
        said = _("kế hoạch ghi là đã ban hành mà còn {count} chỗ cần xác nhận", count=len(found))
        yield check.at("DV961", ("state",), said, help=_("ghi state: draft cho đến khi đã xem hết các chỗ ấy"))


def to_confirm(file: YamlFile) -> Iterator[Finding]:
    """DV960: find the places of a plan, a register of units or a file of rubrics that somebody is still to look at."""
    for one in islice(marks(file), MAX_FINDINGS):
        said = _("cần xác nhận: {what}", what=one.says) if one.says else _("chỗ này cần xác nhận")
        how = _("xem lại, sửa cho đúng, rồi xóa ghi chú «# {mark}»", mark=MARK)
        yield file.finding("DV960", (one.start, one.end), said, help=how)


class _Excuse(NamedTuple):
    """A comment that excuses a rule: where it stands, the rule, its reason, the first and last line it is for."""

    at: tuple[int, int]
    rule: str
    reason: str
    first: int
    last: int


def excused(file: YamlFile, findings: list[Finding], *, edits: bool = False, idle: bool = True) -> list[Finding]:
    """Leave out what the user excused on the line itself: `# danvan: ignore DV301 lý do`.

    Behind the `>-` or `|` of a folded text, where no comment can stand, it excuses the lines of that text. What
    excuses nothing is a finding itself (DV116), where every rule could be asked and the file is no other plan's (`idle`).
    """
    if "danvan:" not in file.text:
        return findings
    excuses = list(_excuses(file))
    lines: dict[tuple[str, int], list[int]] = {}
    for at, given in enumerate(excuses):
        for line in range(given.first, given.last + 1):
            lines.setdefault((given.rule, line), []).append(at)
    left, used = [], set()
    for one in findings:
        by = lines.get((one.rule, one.spot.line), [])
        used.update(by)
        if not any(excuses[at].reason for at in by):
            left.append(one)
    if any(one.rule.startswith("DV1") and one.severity == "error" for one in findings):
        return left
    return left + [
        _idle(file, one)
        for at, one in enumerate(excuses)
        if not one.reason or (idle and at not in used and (edits or not one.rule.startswith("DV6")))
    ]


def _excuses(file: YamlFile) -> Iterator[_Excuse]:
    around = texts_of(file)
    for found in _EXCUSE.finditer(file.text):
        line = last = file.spot(found.start()).line
        start, end = around(found.start())
        if start < found.start() < end:
            if file.text[start] not in _BLOCK or file.spot(start).line != line:
                continue  # a text that says so, no comment
            last = file.spot(end - 1).line
        yield _Excuse(found.span(1), found[1], found[2].strip(), line, last)


@rule(
    "DV116", "Lời bỏ qua không có tác dụng", "warning",
    "Lời «danvan: ignore» không còn bỏ qua điều gì, hoặc không nêu lý do, sẽ che lỗi mới mà không ai biết.",
    wrong="before: 2023-05-10  # danvan: ignore DV303",
    right="before: 2023-05-10  # danvan: ignore DV303 đã thống nhất gửi sớm", source=OURS,
)  # fmt: skip
def _idle(file: YamlFile, excuse: _Excuse) -> Finding:
    """DV116: an excuse that excuses nothing, or gives no reason."""
    if not excuse.reason:
        message = _("bỏ qua {rule} mà không có lý do nên không có tác dụng", rule=excuse.rule)
        return file.finding("DV116", excuse.at, message, help=_("ghi lý do sau mã quy tắc"))
    message = _("dòng này không có gì của {rule} để bỏ qua", rule=excuse.rule)
    return file.finding("DV116", excuse.at, message, help=_("bỏ lời ghi này; lỗi có thể đã được sửa"))
