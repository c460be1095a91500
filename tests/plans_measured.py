"""How much of plans of many hands `danvan import` keeps and understands, as Word files and as PDF.

    python tests/plans_measured.py

writes the tables of docs/import.md anew.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE)]

import tools_needed  # noqa: E402
from danvan_cli.desk.bring_in import drafted, read_source, read_source_bytes  # noqa: E402
from danvan_cli.importing.owners import KnownOwners  # noqa: E402
from danvan_cli.importing.parts import bare_recipient  # noqa: E402
from danvan_cli.importing.proof import held, unspaced  # noqa: E402
from danvan_cli.plan.model import Plan  # noqa: E402
from danvan_cli.yaml.read import read  # noqa: E402
from office import converted  # noqa: E402
from plans_made import SHAPES, plans  # noqa: E402 - found beside this file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from danvan_cli.importing.source import Source
    from plans_made import MadePlan

PAGE: Final = HERE.parent / "docs" / "import.md"
MARKS: Final = ("<!-- bảng đo: bắt đầu -->\n", "<!-- bảng đo: kết thúc -->\n")
EACH: Final = 5
UNDERSTOOD: Final = {
    "sections": "phần",
    "tasks": "nhiệm vụ",
    "owners": "cơ quan",
    "dues": "thời hạn",
    "citations": "viện dẫn",
}


@cache
def shipped() -> Plan:
    found = read(Plan, HERE.parent / "plans" / "2023.yaml").record
    assert found
    return found


def register() -> KnownOwners:
    plan = shipped()
    return KnownOwners(
        plan.units, plan.blocks, {}, dict.fromkeys((plan.issuer.name, plan.issuer.short), plan.issuer.id)
    )


@dataclass
class Score:
    """What was kept of how many paragraphs; of each kind what was found rightly, wrongly, not."""

    kept: int = 0
    paragraphs: int = 0
    counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))

    def add(self, kind: str, found: Iterable[Any], wanted: Iterable[Any]) -> None:
        some, all_ = Counter(found), Counter(wanted)
        right = (some & all_).total()
        for at, count in enumerate((right, some.total() - right, all_.total() - right)):
            self.counts[kind][at] += count

    @property
    def share(self) -> float:
        return self.kept / self.paragraphs

    def f1(self, kind: str) -> float:
        right, wrong, missed = self.counts[kind]
        return 2 * right / (2 * right + wrong + missed) if right + wrong + missed else 1.0


def score(made: MadePlan, source: Source, into: Score) -> None:
    """Import a plan, and hold what came of it against what is known of it."""
    plan = drafted(source, register(), made.name).plan
    there = [*map(unspaced, held(plan))]
    counted, whole = Counter(there), "\n".join(there)
    for said in made.paragraphs:
        joined = (said.isupper() or said == "Phụ lục") and unspaced(said) in whole
        into.kept += bool(counted[unspaced(said)] or counted[unspaced(bare_recipient(said))] or joined)
    into.paragraphs += len(made.paragraphs)
    into.add("sections", (unspaced(one.heading) for one in plan.sections), map(unspaced, made.sections))
    tasks = {unspaced(one.text.partition("\n")[0]): one for one in plan.tasks}
    into.add("tasks", [*tasks], (unspaced(one.text) for one in made.tasks))
    into.add(
        "owners",
        (
            (key, who)
            for key, one in tasks.items()
            for who in {*one.lead, *one.partners, *(() if one.lead else one.owners)}
        ),
        ((unspaced(one.text), who) for one in made.tasks for who in one.owners),
    )
    into.add(
        "dues",
        ((key, _time(str(one.due))) for key, one in tasks.items() if one.due),
        ((unspaced(one.text), _time(one.due)) for one in made.tasks),
    )
    into.add("citations", (one.symbol for one in plan.documents if one.symbol), made.citations)


def _time(words: str) -> str:
    return unspaced(words).casefold().removeprefix("hoànthành").rstrip(".")


def as_word(each: int) -> dict[str, Score]:
    """Measure Word files, by shape."""
    out: dict[str, Score] = defaultdict(Score)
    for made in plans(each):
        score(made, read_source_bytes(made.data, made.name), out[made.shape])
    return out


def as_pdf(each: int, folder: Path) -> dict[str, Score]:
    """Measure PDF files that LibreOffice prints, by shape."""
    out: dict[str, Score] = defaultdict(Score)
    some = plans(each, accepted=True)
    paths = [folder / one.name for one in some]
    for path, made in zip(paths, some, strict=True):
        path.write_bytes(made.data)
    for path, made in zip(converted(paths, "pdf", folder / "pdf"), some, strict=True):
        score(made, read_source(path), out[made.shape])
    return out


def total(scores: Iterable[Score]) -> Score:
    """Add up scores."""
    out = Score()
    for one in scores:
        out.kept += one.kept
        out.paragraphs += one.paragraphs
        for kind, counts in one.counts.items():
            out.counts[kind] = [a + b for a, b in zip(out.counts[kind], counts, strict=True)]
    return out


def _table(title: str, scores: dict[str, Score]) -> Sequence[str]:
    lines = [
        f"### {title}",
        "",
        f"| hình dạng | kế hoạch | đoạn, ô giữ nguyên | {' | '.join(f'F1 {name}' for name in UNDERSTOOD.values())} |",
    ]
    lines.append("|---" * (3 + len(UNDERSTOOD)) + "|")
    for name, one, count in (
        *((shape, scores[shape], EACH) for shape in SHAPES),
        ("tất cả", total(scores.values()), EACH * len(SHAPES)),
    ):
        figures = " | ".join(f"{one.f1(kind):.3f}".replace(".", ",") for kind in UNDERSTOOD)
        kept = f"{100 * one.share:.2f} % ({one.kept}/{one.paragraphs})".replace(".", ",")
        lines.append(f"| {name} | {count} | {kept} | {figures} |")
    return [*lines, ""]


def main() -> None:
    """Measure, and write the tables."""
    tools_needed.marked = True
    with tempfile.TemporaryDirectory() as folder:
        lines = [*_table("Word (.docx)", as_word(EACH)), *_table("PDF (LibreOffice in ra)", as_pdf(EACH, Path(folder)))]
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(MARKS[0], 1)
    after = rest.split(MARKS[1], 1)[1]
    PAGE.write_text(before + MARKS[0] + "\n".join(lines) + MARKS[1] + after, encoding="utf-8")


if __name__ == "__main__":
    main()
