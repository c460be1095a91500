"""Where each line of a document belongs: letterhead, title, text, closing, nơi nhận, signature, annexes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from danvan_cli.importing.guess import Guess
from danvan_cli.importing.source import Beside, Passage, blocks
from danvan_cli.importing.tree import Branch, grow_annex
from danvan_cli.nd30.components import find_components
from danvan_cli.nd30.lines import cut
from danvan_cli.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.importing.source import Source
    from danvan_cli.nd30.components import Components
    from danvan_cli.ooxml.layout import WordParagraph

_HEAD: Final = {"QuocHieu", "TieuNgu", "CoQuanChuQuan", "CoQuanBanHanh", "SoKyHieu", "DiaDanh", "TenLoai", "TrichYeu",
                "TrichYeuCongVan", "KinhGui", "KinhGuiDong"}  # fmt: skip
_TAIL: Final = {"NoiNhan", "NoiNhanDong", "ChucVu", "HoTen", "Cuoi"}
_LINES: Final = {"CoQuanChuQuan": "superior", "CoQuanBanHanh": "letterhead", "TrichYeu": "title", "TrichYeuCongVan": "title",
                 "NoiNhanDong": "recipients"}  # fmt: skip
_FIRST: Final = {"SoKyHieu": "number", "DiaDanh": "place_and_day", "TenLoai": "type"}
"""What is read of the first such line, which is kept as it stands all the same."""
_COPIES: Final = re.compile(r"Nơi nhận ?:?", re.IGNORECASE)
_ANNEX: Final = re.compile(r"phụ lục(?: ?(?:số ?)?[:.]? ?(?:[IVXLC]{1,5}|\d{1,3}|[A-H]))?\b ?[:.\-–]? ?", re.IGNORECASE)
_ANNEXED: Final = re.compile(r"(?:DANH MỤC|BẢNG|BIỂU|ĐỀ CƯƠNG|PHÂN CÔNG|MẪU|CHỈ TIÊU)\b")
_YEAR: Final = re.compile(r"20\d\d")
_RECIPIENT: Final = re.compile(r"[-–+*] ?(?=\S)")


@dataclass
class Parts:
    """A document's lines by where they belong, each in one place; `kept` are those that a plan has no other field for."""

    superior: list[str] = field(default_factory=list)
    letterhead: list[str] = field(default_factory=list)
    number: str = ""
    place_and_day: str = ""
    type: str = ""
    title: list[str] = field(default_factory=list)
    body: list[Passage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    signature: list[str] = field(default_factory=list)
    signer: str = ""
    annexes: list[Branch] = field(default_factory=list)
    kept: list[Beside] = field(default_factory=list)
    pictured: str = ""


def place_lines(source: Source) -> Parts:
    """Give each line of a document its place."""
    paragraphs = source.layout.paragraphs
    first_annex = _first_annex(paragraphs)
    main = find_components(replace(source.layout, paragraphs=list(paragraphs[:first_annex])), body=False)
    out = Parts(pictured=source.pictured)
    at_body, at_tail = _bounds(main, paragraphs[:first_annex])
    _place(out, main, paragraphs[:at_body], _HEAD, "đầu văn bản")
    if out.place_and_day.endswith(" năm"):  # a narrow column of a PDF, whose lines are paragraphs
        year = next((one.text for one in out.kept if _YEAR.fullmatch(one.text)), "")
        out.place_and_day = f"{out.place_and_day} {year}"
    out.body = [*blocks(paragraphs[at_body:at_tail], source)]
    _place(out, main, paragraphs[at_tail:first_annex], _TAIL, "cuối văn bản")
    out.annexes = _annexes(paragraphs[first_annex:], source)
    out.kept += source.beside
    return out


def _bounds(main: Components, paragraphs: Sequence[WordParagraph]) -> tuple[int, int]:
    """Tell where the body begins and where it ends."""
    index = {id(one): at for at, one in enumerate(paragraphs)}
    at_body, at_tail = 0, len(paragraphs)
    for name, line in main.lines:
        at = index[id(line.paragraph)]
        if name in _HEAD:
            at_body = max(at_body, at + 1)
        elif name in _TAIL and not (line.paragraph.cell and line.paragraph.cell.bordered):  # no table is a signature
            at_tail = min(at_tail, at)
    while at_tail > at_body and not paragraphs[at_tail - 1].plain:
        at_tail -= 1
    return at_body, max(at_tail, at_body)


def _place(out: Parts, main: Components, paragraphs: Sequence[WordParagraph], known: set[str], where: str) -> None:
    """Place the lines of head or tail by what they were found to be; what is nothing of that is kept."""
    here = {id(one) for one in paragraphs}
    named = [(name, line) for name, line in main.lines if name in known and id(line.paragraph) in here]
    found = Counter((id(line.paragraph), line.text) for _name, line in named)
    for name, line in named:
        _put(out, name, line.text, where)
    for one in paragraphs:
        for line in cut(one, tabs=True):
            if found[id(one), line.text]:
                found[id(one), line.text] -= 1
            elif line.text:
                out.kept.append(Beside(where, line.text))


def _put(out: Parts, name: str, text: str, where: str) -> None:
    if name in _LINES:
        getattr(out, _LINES[name]).append(text)
    elif name == "ChucVu" and not out.signer:
        out.signature.append(text)
    elif name == "HoTen" and not out.signer:
        out.signer = text
    else:
        if name in _FIRST and not getattr(out, _FIRST[name]):
            setattr(out, _FIRST[name], text)
        out.kept.append(Beside(where, text))


def bare_recipient(text: str) -> str:
    """Give a line of nơi nhận without the dash before it and the sign behind it, which every such line has."""
    found = _RECIPIENT.match(text)
    return (text[found.end() :] if found else text).rstrip(";., ") or text


def _first_annex(paragraphs: Sequence[WordParagraph]) -> int:
    """Tell where the annexes begin: behind nơi nhận and the signature."""
    copies = next((at for at, one in enumerate(paragraphs) if _COPIES.match(one.plain) and len(one.plain) < 400), None)
    if copies is None:
        return next(
            (at for at, one in enumerate(paragraphs) if at and one.cell is None and _annex_line(one)), len(paragraphs)
        )
    section, cell = paragraphs[copies].section, paragraphs[copies].cell
    for at, one in enumerate(paragraphs[copies + 1 :], start=copies + 1):
        beside = cell is not None and one.cell is not None and one.cell.table == cell.table
        if beside or one.box or not one.plain:
            continue
        if _annex_line(one) or one.section > section or _titled(one):
            start = at
            while (
                start > copies + 1
                and (before := paragraphs[start - 1]).plain
                and before.section == one.section > section
            ):
                start -= 1
            return start
    return len(paragraphs)


def _annex_line(one: WordParagraph) -> bool:
    found = _ANNEX.match(one.plain)
    return found is not None and (one.plain.isupper() or len(one.plain) < 60 or one.format.align == "center")


def _titled(one: WordParagraph) -> bool:
    centred = one.cell is None and one.format.align == "center"
    return centred and one.plain.isupper() and _ANNEXED.match(one.plain) is not None


def _annexes(paragraphs: Sequence[WordParagraph], source: Source) -> list[Branch]:
    starts = [at for at, one in enumerate(paragraphs) if one.cell is None and _annex_line(one)]
    if paragraphs and (not starts or any(one.plain for one in paragraphs[: starts[0]])):
        starts = [0, *starts]
    return [_annex(paragraphs[start:end], source) for start, end in pairwise([*starts, len(paragraphs)])]


def _annex(paragraphs: Sequence[WordParagraph], source: Source) -> Branch:
    """Part an annex into its line «Phụ lục …» as issued, its name and the rest."""
    every = [*blocks(paragraphs, source)]
    line, heading = "", []
    if every and (found := _ANNEX.match(every[0].text)):
        first = every.pop(0)
        line, rest = squeeze(found[0]).rstrip(" :.-–"), first.text[found.end() :]
        if rest:
            line, heading = first.text[: found.end()].strip(), [rest]
    while every and every[0].text and not every[0].text.startswith("(") and (not heading or _names(every[0])):
        heading.append(every.pop(0).text)
    lying = any(one.table is not None and one.table.landscape for one in every)
    unnamed = {} if line else {"annex": Guess("phu-luc-khong-ten")}
    return Branch(
        [], "text", items=grow_annex(every), label=" ".join(heading), annex=line or "Phụ lục", landscape=lying, guesses=unnamed,
    )  # fmt: skip


def _names(block: Passage) -> bool:
    looks = block.centred and (block.bold or block.text.isupper())
    return looks and len(block.text) < 300 and not re.match(r"[IVX]+\.", block.text)
