"""What goes into a unit's package: its document, its record, the evidence behind it, and the list of it all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Final

from danvan_cli.delivery.bag import kind_fault, name_fault, runs
from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes
from danvan_cli.lang import _
from danvan_cli.ooxml.parts import read_parts
from danvan_cli.papers.annexes import evidence_of
from danvan_cli.text import clean, squeeze
from danvan_cli.unit.evidence import FOLDER, MOST_BYTES, place
from danvan_cli.word.package import CORE, DOCUMENT, marked_parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from danvan_cli.plan.model import Deliverable, Plan, Unit
    from danvan_cli.scoring.model import ScoreRecord
    from danvan_cli.unit.model import Evidence, UnitRecord


_SHOWN: Final = 60
"""So many letters of a text that differs are shown."""


_PARAGRAPH: Final = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)


@dataclass
class Bundle:
    """What goes into a package: files by path, what each is, what stays at the unit, what is missing."""

    files: dict[str, bytes] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    restricted: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    """What is warned of in the record: for who packs, not for the list that goes along."""

    def add(self, path: str, data: bytes, title: str) -> None:
        """Add a file."""
        self.files[path], self.titles[path] = data, title

    def take(self, folder: Path, found: Evidence) -> None:
        """Add a piece of evidence from the unit's folder, or say why it does not go along."""
        title = clean(found.title)
        if found.restricted:
            if title not in self.restricted:
                self.restricted.append(title)
            return
        if found.file is None:
            return
        path = place(folder, found.file)
        if path is None or not path.is_file():
            self.gaps.append(_("thiếu tệp kiểm chứng «{title}»", title=title))
            return
        name = f"{FOLDER}/{found.file.removeprefix(f'{FOLDER}/')}"
        data = read_bytes(path, limit=MOST_BYTES)
        why = name_fault(name) or kind_fault(name)
        if why or runs(BytesIO(data)):  # who receives it would refuse the whole package
            why = why or _("tệp chạy được chương trình hoặc có macro")
            self.gaps.append(_("không kèm tệp kiểm chứng «{title}»: {why}; lưu lại thành .pdf", title=title, why=why))
            return
        if found.sha256 and sha256(data).hexdigest() != found.sha256:
            self.gaps.append(_("tệp kiểm chứng «{title}» đã khác lúc ghi", title=title))
        known = self.titles.get(name)
        self.add(name, data, f"{known}; {title}" if known and title not in known.split("; ") else title)


def behind(
    plan: Plan, unit: Unit, record: UnitRecord, deliverable: Deliverable, score: ScoreRecord | None
) -> Iterator[Evidence]:
    """Walk the evidence behind a deliverable: of a report that of its period's tasks, of a self-score that of its answers."""
    period = plan.period(deliverable.period)
    if period is not None:
        yield from (found for _task, found in evidence_of(plan, unit, record, period))
    for answer in score.answers.values() if score else ():
        yield from answer.evidence if answer else ()


def lying_ready(path: Path) -> tuple[bytes, int]:
    """Read a Word document that lies ready, edited by hand maybe: its bytes, and how many blanks are still in it."""
    from danvan_cli.ooxml.docx import read_word
    from danvan_cli.ooxml.layout import read_words

    data = read_bytes(path)
    said = read_words(read_word(data, path.name))
    if not any(one.text for one in said):
        raise UsageError(_("{path} trống", path=path))
    return data, sum(one.text.count("[…") for one in said)


def proposed_in(data: bytes) -> int:
    """Count the places in a document that are still shown as proposals; what was struck through is none."""
    from danvan_cli.nd30.figures import PROPOSED_STYLE
    from danvan_cli.ooxml.docx import W, read_word

    runs = read_word(data, "").document.iter(f"{W}r")
    styled = (run for run in runs if run.find(f"{W}rPr/{W}rStyle[@{W}val='{PROPOSED_STYLE[0]}']") is not None)
    return sum(
        1 for run in styled if run.find(f"{W}rPr/{W}strike") is None and any(one.text for one in run.iter(f"{W}t"))
    )


def differences(was: bytes, now: bytes) -> list[str]:
    """Say where the text of two documents differs, paragraph by paragraph: `«before» → «after»`, each cut short."""
    from difflib import SequenceMatcher

    from danvan_cli.ooxml.docx import read_word
    from danvan_cli.ooxml.layout import read_words

    before, after = (
        [squeeze(one.text) for one in read_words(read_word(data, "")) if one.text.strip()] for data in (was, now)
    )
    found = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            found.append(f"«{_cut(before[i1:i2])}» → «{_cut(after[j1:j2])}»")
    return found


def numbered_document(there: bytes, before: bytes, after: bytes) -> bytes:
    """Give an older document of ours its number and day, and nothing else.

    Two documents of one record, made `before` and `after` the number came, tell which paragraphs it stands in and how.
    """
    from difflib import SequenceMatcher

    parts, was, now = (read_parts(data) for data in (there, before, after))
    text = parts[DOCUMENT].decode()
    old, new = (_PARAGRAPH.findall(one[DOCUMENT].decode()) for one in (was, now))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace" and i2 - i1 == j2 - j1:  # a template may have more paragraphs where there is a number
            for one, other in zip(old[i1:i2], new[j1:j2], strict=True):
                text = text.replace(one, other)
    return marked_parts({**parts, DOCUMENT: text.encode(), CORE: now[CORE]})


def _cut(paragraphs: list[str]) -> str:
    text = " / ".join(paragraphs)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
