"""How well each rule does on the corpus: what it finds among what it should find, as made and re-saved by LibreOffice.

    python tests/nd30/measured.py

writes the table of docs/format-check.md anew.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import corpus  # noqa: E402 - found beside this file
from changes import BREAKS, KEEPS  # noqa: E402

import tools_needed  # noqa: E402
from danvan_cli.nd30.judge import judge  # noqa: E402
from office import converted  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PAGE = HERE.parents[1] / "docs" / "format-check.md"
MARKS = ("<!-- bảng đo: bắt đầu -->\n", "<!-- bảng đo: kết thúc -->\n")
COMBINED = list(itertools.product(corpus.TECHNIQUES, corpus.MEANS))


class Case(NamedTuple):
    """A document of the corpus: the rule it was made for, whether it breaks it, its name, its bytes."""

    rule: str
    breaks: bool
    name: str
    data: bytes

    @property
    def found(self) -> set[str]:
        return {finding.rule for finding in judge(self.data, self.name)}


class Figures(NamedTuple):
    """What a rule found: rightly, wrongly, not."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


@cache
def cases(rule: str) -> list[Case]:
    """Write the documents of one rule; techniques of letterheads and of formatting go round."""
    return list(_cases(rule))


def _cases(rule: str) -> Iterator[Case]:
    start = 2 * sorted(BREAKS).index(rule)
    changes = [(True, *one) for one in BREAKS[rule]] + [(False, *one) for one in KEEPS[rule]]
    for number, (breaks, kind, change) in enumerate(changes):
        technique, means = COMBINED[(start + number) % len(COMBINED)]
        made = corpus.good(kind)
        change(made)
        name = f"{rule}-{'sai' if breaks else 'dung'}-{number}-{technique}-{means}.docx"
        yield Case(rule, breaks, name, corpus.write(made, technique, means))


def resaved(given: Sequence[Case], folder: Path) -> list[Case]:
    """Have LibreOffice open documents and save them again."""
    paths = [folder / case.name for case in given]
    for path, case in zip(paths, given, strict=True):
        path.write_bytes(case.data)
    again = converted(paths, "docx", folder / "again")
    return [case._replace(data=path.read_bytes()) for case, path in zip(given, again, strict=True)]


def figures(given: Sequence[Case]) -> dict[str, Figures]:
    """Count, for each rule, over all documents."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for case in given:
        found = case.found
        wanted = {case.rule} if case.breaks else set()
        right.update(found & wanted)
        wrong.update(found - wanted)
        missed.update(wanted - found)
    return {rule: Figures(right[rule], wrong[rule], missed[rule]) for rule in sorted({*BREAKS, *wrong})}


def as_table(made: dict[str, Figures], again: dict[str, Figures], documents: int) -> str:
    """Lay the figures out for the documentation."""
    head = [
        f"{documents} văn bản, mỗi văn bản hai lần: như được viết, và sau khi LibreOffice mở và lưu lại.",
        "",
        "| Quy tắc | Đúng | Thừa | Sót | Độ chính xác | Độ phủ | Lưu lại: đúng | Thừa | Sót | Độ chính xác | Độ phủ |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    rows = [
        f"| {rule} | "
        + " | ".join(
            f"{one.right} | {one.wrong} | {one.missed} | {one.precision:.2f} | {one.recall:.2f}" for one in pair
        )
        + " |"
        for rule, pair in ((rule, (made[rule], again[rule])) for rule in made)
    ]
    return "\n".join([*head, *rows]) + "\n"


def measured() -> str:
    """Measure everything and give the table."""
    given = [case for rule in sorted(BREAKS) for case in cases(rule)]
    with tempfile.TemporaryDirectory() as folder:
        again = resaved(given, Path(folder))
    return as_table(figures(given), figures(again), len(given))


def shown() -> str:
    """Give the table that the documentation shows."""
    return PAGE.read_text(encoding="utf-8").partition(MARKS[0])[2].partition(MARKS[1])[0]


if __name__ == "__main__":
    tools_needed.marked = True
    before, _start, rest = PAGE.read_text(encoding="utf-8").partition(MARKS[0])
    table = measured()
    PAGE.write_text(f"{before}{MARKS[0]}{table}{MARKS[1]}{rest.partition(MARKS[1])[2]}", encoding="utf-8")
