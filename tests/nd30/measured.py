"""How well each rule does on the corpus: what it finds among what it should find, as made and re-saved by LibreOffice.

The corpus holds each document twice: plain, and in one of the ways in which real files differ (`ways`). The plain ones are
re-saved as .docx, those of the others that such a form keeps by way of .doc and of .odt.

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
import ways  # noqa: E402
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
def cases(rule: str, share: int = 1) -> list[Case]:
    """Write the documents of one rule, or one in so many; techniques of letterheads and of formatting go round."""
    return list(_cases(rule, share))


def _cases(rule: str, share: int) -> Iterator[Case]:
    at = sorted(BREAKS).index(rule)
    start = 2 * at
    changes = [(True, *one) for one in BREAKS[rule]] + [(False, *one) for one in KEEPS[rule]]
    for number, (breaks, kind, change) in enumerate(changes):
        if (number - at) % share:
            continue
        technique, means = COMBINED[(start + number) % len(COMBINED)]
        made = corpus.good(kind)
        change(made)
        name = f"{rule}-{'sai' if breaks else 'dung'}-{number}-{technique}-{means}.docx"
        yield Case(rule, breaks, name, corpus.write(made, technique, means))


@cache
def others(rule: str, share: int = 1) -> list[Case]:
    """Write the documents of one rule, or one in so many, as real files differ; the ways go round."""
    start = sorted(BREAKS).index(rule)
    made = []
    for number, case in enumerate(cases(rule, share), start):
        way = ways.WAYS[number % len(ways.WAYS)]
        name = case.name.replace(".docx", f"-{way.__name__}.docx")
        made.append(case._replace(name=name, data=ways.written(case.data, way)))
    return made


def resaved(given: Sequence[Case], folder: Path, *forms: str) -> list[Case]:
    """Have LibreOffice open documents and save them again, in one form after the other."""
    paths = [folder / case.name for case in given]
    for path, case in zip(paths, given, strict=True):
        path.write_bytes(case.data)
    for form in forms:
        paths = converted(paths, form, folder / f"again-{form}-{len(forms)}")
    return [case._replace(data=path.read_bytes()) for case, path in zip(given, paths, strict=True)]


def in_all_forms(plain: Sequence[Case], other: Sequence[Case]) -> dict[str, list[Case]]:
    """Give the documents as they were written and as they come back from LibreOffice."""
    out = {"Như viết": [*plain, *other]}
    names = tuple(f"-{way.__name__}.docx" for way in ways.SURVIVING)
    other = [case for case in other if case.name.endswith(names)]
    for name, given, forms in (
        ("Lưu lại .docx", plain, ("docx",)), ("Qua .doc", other, ("doc", "docx")), ("Qua .odt", other, ("odt", "docx")),
    ):  # fmt: skip
        with tempfile.TemporaryDirectory() as folder:
            out[name] = resaved(given, Path(folder), *forms)
    return out


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


def as_table(counted: dict[str, dict[str, Figures]], documents: int) -> str:
    """Lay the figures out for the documentation."""
    rules = sorted({rule for figures in counted.values() for rule in figures})
    none = Figures(0, 0, 0)
    columns = [[figures.get(rule, none) for rule in rules] for figures in counted.values()]
    sums = [Figures(*map(sum, zip(*column, strict=True))) for column in columns]
    rows = [
        *((rule, *column) for rule, *column in zip(rules, *columns, strict=True)),
        ("**Cộng**", *sums),
    ]
    lines = [
        f"{documents} văn bản.",
        "",
        "| Quy tắc | " + " | ".join(f"{name}: đúng | Thừa | Sót" for name in counted) + " |",
        "|---|" + "--:|" * 3 * len(counted),
        *(
            f"| {rule} | " + " | ".join(f"{one.right} | {one.wrong} | {one.missed}" for one in row) + " |"
            for rule, *row in rows
        ),
        "| Độ chính xác, độ phủ | " + " | ".join(f"{one.precision:.3f} | {one.recall:.3f} |" for one in sums) + " |",
    ]
    return "\n".join(lines) + "\n"


def measured() -> str:
    """Measure everything and give the table."""
    plain, other = ([case for rule in sorted(BREAKS) for case in of(rule)] for of in (cases, others))
    counted = {name: figures(given) for name, given in in_all_forms(plain, other).items()}
    return as_table(counted, len(plain) + len(other))


def shown() -> str:
    """Give the table that the documentation shows."""
    return PAGE.read_text(encoding="utf-8").partition(MARKS[0])[2].partition(MARKS[1])[0]


if __name__ == "__main__":
    tools_needed.marked = True
    table = measured()
    before, _start, rest = PAGE.read_text(encoding="utf-8").partition(MARKS[0])
    PAGE.write_text(f"{before}{MARKS[0]}{table}{MARKS[1]}{rest.partition(MARKS[1])[2]}", encoding="utf-8")
