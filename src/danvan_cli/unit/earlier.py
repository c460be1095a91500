"""A unit's own plan of an earlier year, read for what it did then: activities with who, when and what came of them.

The document is anybody's. What stands under its tasks is read, paragraph by paragraph and row by row of its tables;
parts that hold no activities (aims, organisation) are named, so that nothing is lost unseen.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.text import fold, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from danvan_cli.ooxml.layout import Words

MOST_LINES: Final = 1000
"""No unit's plan of a year has more activities."""

_LEVELS: Final = tuple(
    (re.compile(pattern), level)
    for pattern, level in (
        (r"(?:[IVX]{1,5}|PHẦN [IVX\d]{1,5})\s{0,3}[.\-)/:]\s*", 0),
        (r"(?<![\d.])\d{1,2}(?:\.\d{1,2})+[.)]?\s+", 2),
        (r"\d{1,2}\s?[.\-)/]\s*(?!\d)", 1),
        (r"[a-zđ]\s?[.)]\s*", 3),
        (r"\(\d{1,2}\)\s*", 3),
        (r"[-–—•●*]\s*", 5),
        (r"\+\s*", 6),
    )
)
_PLAIN: Final = 5
_OTHER_PARTS: Final = re.compile(
    r"\b(?:muc dich|yeu cau|muc tieu|chi tieu|quan diem|to chuc thuc hien|kinh phi|che do (?:thong tin|bao cao)|can cu|phu luc)\b"
)
_NOT_OURS: Final = re.compile(
    r"(?<!\bdon )(?<!\bthu )(?<!\bvu viec )(?<!\bho so )(?<!\btruong hop )(?<!\bkien nghi )\bkhong thuoc (?:chuc nang|nganh|linh vuc|pham vi)\b"
)
"""What a line, or the line above a list, says of tasks that the unit does not do; a letter that is others' it passes on."""
_CLOSING: Final = re.compile(r"\./\.\s*$|(?i:^nơi nhận\b)")
_WHO: Final = r"(?:(?:don vi|co quan|bo phan|nguoi|phong|phan cong) ){0,2}"
_SAID: Final = tuple(
    (key, re.compile(rf"(?:{pattern})"))
    for key, pattern in (
        ("partners", rf"{_WHO}phoi hop(?: thuc hien)?"),
        ("lead", rf"{_WHO}(?:chu tri|thuc hien|phu trach|tham muu|don vi|chu tri thuc hien|phan cong)"),
        ("due", r"thoi (?:gian|han|diem)(?: (?:thuc hien|hoan thanh|trien khai))?|tien do(?: thuc hien)?|han hoan thanh|hoan thanh"),
        ("product", r"san pham(?: .{1,30})?|ket qua(?: .{1,30})?"),
        ("content", r"(?:ten )?(?:noi dung|nhiem vu|hoat dong|cong viec)(?: .{1,40})?"),
        ("number", r"tt|stt|so tt|so thu tu"),
    )
)  # fmt: skip
"""How a line or the head of a column says what it holds (folded)."""
_BRACKETS: Final = re.compile(r"\(([^()]{3,600})\)[ .;,]*$")


@dataclass(frozen=True)
class Once:
    """Something that a unit did, or meant to do, in an earlier year: what, who, when, with what; where it stood."""

    content: str
    under: str = ""
    """The headings above it."""
    lead: str | None = None
    partners: str | None = None
    due: date | str | None = None
    product: str | None = None
    task: str | None = None
    """The id of the task that it was for, where the file said so."""


@dataclass
class Earlier:
    """What was read of an earlier plan: its year (0: not said), its activities, the parts without any that were passed over.

    `until` is its last year, if it is known to be over several.
    """

    year: int = 0
    activities: list[Once] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    until: int = 0


def read_earlier(said: Iterable[Words]) -> Earlier:
    """Read a unit's plan from the words of its Word document.

    Raises:
        UsageError: if it has more activities than any plan.
    """
    words = [one for one in said if not one.header]
    out = Earlier(_year(words))
    found: dict[str, Once] = {}
    for read in (*_of_paragraphs(words, out.passed), *_of_tables(words)):
        one = replace(read, content=read.content.rstrip(" ;,"))
        key = squeeze(fold(one.content)).rstrip(" .;,")
        if before := found.get(key):  # the text and the annex say the same
            found[key] = replace(one, **{k: v for k, v in vars(before).items() if v})
        else:
            found[key] = one
        if len(found) > MOST_LINES:
            raise UsageError(
                _("kế hoạch có hơn {most} hoạt động: không giống kế hoạch của một đơn vị", most=MOST_LINES)
            )
    out.activities = list(found.values())
    return out


def _year(words: list[Words]) -> int:
    """Find the year that a plan is for: that of its title, else that of its date, else the one that it names most often."""
    text = [one.line for one in words if one.cell is None]
    basis = next((at for at, line in enumerate(text) if line.startswith(("Căn cứ", "Thực hiện", "I."))), 12)
    dated = " ".join(re.findall(r"tháng \d{0,2} ?năm 20\d\d", " ".join(one.line for one in words[:40])))
    for some in (" ".join(text[:basis]), dated, " ".join(text)):
        years = Counter(re.findall(r"(?i)\bnăm (20\d\d)\b", some))
        if years:
            return int(years.most_common(1)[0][0])
    return 0


# Paragraphs ----------------------------------------------------------------------------------------------------------


def _of_paragraphs(words: list[Words], passed: list[str]) -> Iterator[Once]:
    """Read the activities of the text: what stands under a heading and has nothing below it."""
    lines = [*_open_lines(words, passed)]
    levels: dict[int, str] = {}
    one: Once | None = None
    for (level, text), (next_level, next_text) in pairwise([*lines, (0, "")]):
        if one and (named := _named(text)):
            one = replace(one, **{named[0]: named[1]})
            continue
        if one:
            yield one
        one = None
        levels = {key: value for key, value in levels.items() if key < level}
        below = next_level > level and not _named(next_text)
        title = level == 0 or text.endswith(":") or (level < _PLAIN and below and not text.endswith((".", ";")))
        if not title:
            one = _apart(Once(text, ". ".join(levels.values())))
        if title or below:
            levels[level] = text.rstrip(":.;")
    if one:
        yield one


def _open_lines(words: list[Words], passed: list[str]) -> Iterator[tuple[int, str]]:
    """Walk the lines of those parts that hold activities, with how deep each stands; name the parts that do not."""
    lines = [(*depth(one.line), one.line) for one in words if one.cell is None and one.line]
    top = min((level for level, _text, _line in lines), default=0)
    opened = others = False
    for level, text, line in lines:
        if _CLOSING.search(line) or fold(line).startswith("phu luc"):
            return
        if level == top and top < _PLAIN:
            opened = not _OTHER_PARTS.search(fold(text))
            if not opened:
                passed.append(line[:80])
        none = _NOT_OURS.search(fold(text)) is not None
        others = level >= _PLAIN and (others or (none and text.endswith(":")))
        if opened and none:
            passed.append(line[:80])
        elif opened and text and not others:
            yield level, text


def depth(line: str) -> tuple[int, str]:
    """Tell how deep a line stands by its label, and give it without."""
    for label, level in _LEVELS:
        if (found := label.match(line)) and found.end() < len(line):
            return level, line[found.end() :].strip()
    return _PLAIN, line.strip()


def _named(text: str) -> tuple[str, str] | None:
    """Read a line such as «Đơn vị chủ trì: …»; None for any other."""
    name, sign, value = text.partition(":")
    if not sign or len(name) > 60 or not value.strip():
        return None
    key = _key(name)
    return (key, value.strip(" .;")) if key and key not in {"content", "number"} else None


def _key(head: str) -> str | None:
    """Tell what the head of a column, or of a line, says that there is."""
    plain = squeeze(fold(head).replace(";", " ")).strip(" .:*")
    return next((key for key, pattern in _SAID if pattern.fullmatch(plain)), None)


def _apart(one: Once) -> Once:
    """Take who, when and what out of the brackets that an activity ends with: (chủ trì: …; thời gian: …)."""
    found = _BRACKETS.search(one.content.rstrip())
    if found is None:
        return one
    told: dict[str, str] = {}
    last = ""
    for part in found[1].split(";"):
        if said := _named(part):
            last, told[said[0]] = said[0], said[1]
        elif not last:
            return one
        else:  # a value that has semicolons itself
            told[last] += f"; {part.strip()}"
    return replace(one, content=one.content[: found.start()].rstrip(), **told)


# Tables --------------------------------------------------------------------------------------------------------------


def _of_tables(words: list[Words]) -> Iterator[Once]:
    """Read the rows of those tables whose head names activities and who does them or when."""
    tables: dict[int, dict[int, dict[int, str]]] = {}
    for one in words:
        if one.cell is not None:
            table, row, column = one.cell
            cells = tables.setdefault(table, {}).setdefault(row, {})
            before = cells.get(column, "")
            cells[column] = f"{before}{'; ' if before and before[-1].isalnum() else ' '}{one.line}".strip()
    for rows in tables.values():
        yield from _of_table([*rows.values()])


def _of_table(rows: list[Mapping[int, str]]) -> Iterator[Once]:
    heads: dict[str, int] = {}
    under = ""
    for row in rows:
        if not heads:
            keys = {key: column for column, cell in sorted(row.items(), reverse=True) if (key := _key(cell))}
            heads = keys if "content" in keys and len(keys.keys() - {"number", "content"}) > 0 else {}
            width = len(row)
            continue
        filled = {column: cell for column, cell in row.items() if cell}
        content = row.get(heads["content"], "")
        if filled and (len(row) < width or (len(filled) < width and max(filled) <= heads["content"])):
            under = " ".join(filled.values())  # a row that titles those below it
            continue
        if not content or set(filled.values()) <= {str(n) for n in range(20)}:
            continue
        values = {key: row.get(column) or None for key, column in heads.items() if key not in {"number", "content"}}
        yield Once(depth(content)[1], under, **values)
