"""Lines as a reader sees them: a paragraph cut at its line breaks, in letterhead and signature at its tabs too."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from danvan_cli.text import clean, normalized, squeeze

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from danvan_cli.ooxml.layout import Run, WordParagraph

_PAGE_MIDDLE_MM: Final = 105
_RIGHT_HALF_MM: Final = 60
"""Measured from the left margin: the left column's middle lies before it, the right column behind."""
_DEFAULT_TAB_MM: Final = 12.7
_APART: Final = re.compile(
    r"(?<=VIỆT NAM)[ \u00a0]+(?=Độc lập)|(?<=\S)[ \u00a0]{4,}(?=CỘNG H|Độc lập|[^\W\d_][^,;:]{2,40},\s*ngày|(?:TM|KT|TL|TUQ|Q)\s?\.\s?[A-ZĐ]|(?:PHÓ )?(?:GIÁM ĐỐC|CHỦ TỊCH|TRƯỞNG|CHÁNH))"
)
"""Spaces between two columns, told by what stands in the right one."""
_NUMBER: Final = re.compile(r"Số ?:?")
_DASHES: Final = "_-–—=.*─━¯~"


@dataclass(eq=False, slots=True)
class Line:
    """One line: its runs, its paragraph, and the half of the page that tabs put it in (empty: no tabs)."""

    runs: list[Run]
    paragraph: WordParagraph
    tabbed: str = ""
    text: str = ""
    """What it says: NFC, one space at most, with the label of Word's numbering."""
    _counts: list[int] = field(default_factory=list)

    @property
    def side(self) -> str:
        """`left`, `right`, or empty where it stands in the middle or nobody can tell."""
        cell, box = self.paragraph.cell, self.paragraph.box_mm
        if cell is not None and not cell.bordered:
            return "left" if cell.middle < 0.45 else "right" if cell.middle > 0.55 else ""
        if box is not None:
            return "left" if box < _PAGE_MIDDLE_MM else "right"
        return self.tabbed

    @property
    def shaped(self) -> bool:
        """Whether the paragraph's alignment says where the line stands: not where tabs or spaces push it."""
        said = "".join(run.text for run in self.paragraph.runs)
        return not self.tabbed and not said.startswith("   ") and not said.lstrip(" \u00a0").startswith("\t")

    @property
    def upper(self) -> bool:
        """Whether every letter that is shown is a capital."""
        return all(run.format.caps or run.text == run.text.upper() for run in self.runs)

    def share(self, has: Callable[[Run], bool]) -> float:
        """Tell which part of the letters and digits (0 to 1) is as asked."""
        every = mine = 0
        for run, count in zip(self.runs, self.counts, strict=True):
            every += count
            if count and has(run):
                mine += count
        return mine / (every or 1)

    @property
    def counts(self) -> list[int]:
        """How many letters and digits each run has."""
        if len(self._counts) != len(self.runs):
            self._counts = [sum(map(str.isalnum, run.text)) for run in self.runs]
        return self._counts


def plain_text(value: str) -> str:
    """Bring a text to one form: NFC, no unseen letters, one space at most."""
    return squeeze(clean(value))


def letters(value: str) -> str:
    """Give the bare letters and digits of a text in lower case, to compare what it says."""
    bare = normalized(value.casefold().replace("đ", "d"), "NFD")
    return "".join(filter(str.isalnum, bare))


def is_rule(value: str) -> bool:
    """Whether a line is a rule made of typed signs, or an ornament of them (`---o0o---`)."""
    return len(value) > 2 and not value.strip(_DASHES + "oO0&+ \t\n\u00a0") and sum(map(value.count, _DASHES)) > 1


def whole_line(paragraph: WordParagraph) -> Line:
    """Give a paragraph as one line."""
    return Line(paragraph.runs, paragraph, text=paragraph.plain)


def cut(paragraph: WordParagraph, *, tabs: bool) -> list[Line]:
    """Cut a paragraph at line breaks, and at tabs if asked; empty pieces are left out."""
    said = paragraph.text
    if "\n" not in said and not (tabs and ("\t" in said or "   " in said or "\u00a0" in said)):
        return [whole_line(paragraph)] if paragraph.plain else []  # most are one line
    out: list[Line] = []
    for row in _split(paragraph.runs, "\n"):
        pieces = _columns(row) if tabs else [row]
        shown = 0
        for before, piece in enumerate(pieces):
            text = "".join(run.text for run in piece)
            if not text.strip():
                continue
            label = f"{paragraph.label} " if paragraph.label and not out else ""
            half = _half(paragraph, before, shown) if len(pieces) > 1 else ""
            out.append(Line(piece, paragraph, half, plain_text(label + text)))
            shown += 1
    return out


def _columns(row: list[Run]) -> list[list[Run]]:
    """Cut a row where tabs part its columns, or many spaces do."""
    said = "".join(run.text for run in row)
    if "\t" in said or not (apart := _APART.search(said)):
        pieces = _split(row, "\t")
        if len(pieces) > 1 and _NUMBER.fullmatch(plain_text("".join(run.text for run in pieces[0]))):
            pieces[:2] = [pieces[0] + pieces[1]]  # the tab leaves room for the number
        return pieces
    pieces = [[], []]
    at = 0
    for run in row:
        head = max(0, min(len(run.text), apart.start() - at))
        tail = max(0, min(len(run.text), apart.end() - at))
        if head:
            pieces[0].append(run._replace(text=run.text[:head]))
        if tail < len(run.text):
            pieces[1].append(run._replace(text=run.text[tail:]))
        at += len(run.text)
    return pieces


def _half(paragraph: WordParagraph, tabs: int, pieces: int) -> str:
    """Tell in which half of the page a piece stands, after so many tabs and pieces of the same row."""
    stops = paragraph.format.tabs
    if tabs == 0:
        return "left"
    if stops:
        return "left" if stops[min(tabs, len(stops)) - 1] < _RIGHT_HALF_MM else "right"
    return "right" if pieces or tabs * _DEFAULT_TAB_MM > _RIGHT_HALF_MM else "left"


def _split(runs: Iterable[Run], sign: str) -> list[list[Run]]:
    rows: list[list[Run]] = [[]]
    for run in runs:
        for at, piece in enumerate(run.text.split(sign)):
            if at:
                rows.append([])
            if piece:
                rows[-1].append(run._replace(text=piece))
    return rows
