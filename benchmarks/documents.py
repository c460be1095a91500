"""Word documents: how fast they are made and judged, and with how much memory.

    python benchmarks/documents.py

- Made: ours against docxtpl, on one 4-page report with a 40-row table, same content and styles. The docxtpl template is
  our own rendered document with docxtpl's tags in the place of the data, so that both fill the same styles and layout.
- Made on two cores: 5,000 of these reports by two processes against one.
- Memory: the peak of a process that makes 5,000 documents against one that makes 500.
- Judged: `format-check` of a document of 20 pages against python-docx opening it; `--fix` of one whose margins, alignment
  and spacing are wrong throughout, against judging it.
- Read: a plan of about 60 pages made into a proposal in process, held against its source word by word, without the export that
  proves it, against python-docx opening it and reading its paragraphs' text. Text lies in runs of some ten words, as Word leaves it;
  with one run a paragraph, as no editor saves, python-docx is quicker and the line below says so.
- Memory: the peak of a process that judges and mends 600 documents of 4 pages against one that does 60.

Each document goes from data to bytes; rounds alternate; ratios are of medians. Prints one JSON list of lines.
"""

from __future__ import annotations

import io
import json
import multiprocessing
import resource
import subprocess
import sys
import time
from functools import cache
from itertools import cycle
from statistics import median
from typing import TYPE_CHECKING, Any

import docx
from docxtpl import DocxTemplate

from danvan_cli.desk.bring_in import drafted, read_source_bytes
from danvan_cli.importing.owners import KnownOwners
from danvan_cli.nd30.judge import judge
from danvan_cli.nd30.mending import mend
from danvan_cli.word.template import Template, compile_template

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 15
MANY = 5000
PAGES = 20
PLANS = 18
"""More than are kept of what was read before."""
JUDGED = 600

HEAD = """---
letterhead: {superior: [UBND TỈNH BÌNH PHƯỚC], issuer: [SỞ Y TẾ], symbol: BC-SYT, place: Bình Phước, year: 2023, month: 5}
type: BÁO CÁO
subject: SUBJECT
to: [Ủy ban nhân dân tỉnh, Sở Nội vụ]
signature: {lines: [GIÁM ĐỐC], name: Nguyễn Văn A}
recipients: [Như trên, "Lưu: VT, NV"]
---
# I. KẾT QUẢ THỰC HIỆN

"""

OURS = (
    HEAD.replace("SUBJECT", '"{{ subject }}"')
    + """{% for area in areas %}
## {{ area.title }}

{% for line in area.lines %}
- **{{ line.title }}**: {{ line.result }};

{% endfor %}
{% endfor %}
# Phụ lục I

# Tiến độ

| TT | Nhiệm vụ | Kết quả | Thời hạn |
|:-:|----------|------------|:----:|
{% for row in rows %}
| {{ row.number }} | {{ row.title }} | {{ row.result }} | {{ row.due }} |
{% endfor %}
"""
)

# The same document with docxtpl's own paragraph and row tags.
THEIRS = (
    HEAD.replace("SUBJECT", '"{% raw %}{{ subject }}{% endraw %}"')
    + """{% raw %}{%p for area in areas %}

## {{ area.title }}

{%p for line in area.lines %}

- **{{ line.title }}**: {{ line.result }};

{%p endfor %}

{%p endfor %}

# Phụ lục I

# Tiến độ

| TT | Nhiệm vụ | Kết quả | Thời hạn |
|:-:|----------|------------|:----:|
| {%tr for row in rows %} | . | . | . |
| {{ row.number }} | {{ row.title }} | {{ row.result }} | {{ row.due }} |
| {%tr endfor %} | . | . | . |
{% endraw %}"""
)

RESULT = (
    "Đã tổ chức 12 hội nghị quán triệt cho 1.250 lượt cán bộ, công chức & viên chức; tỷ lệ đạt 98,5% so với kế hoạch"
)
DATA: dict[str, Any] = {
    "subject": "Kết quả thực hiện công tác dân vận chính quyền 6 tháng đầu năm 2023",
    "areas": [
        {
            "title": f"{number}. Nội dung công tác thứ {number}",
            "lines": [{"title": f"Nhiệm vụ {number}.{line}", "result": RESULT} for line in range(1, 5)],
        }
        for number in range(1, 6)
    ],
    "rows": [
        {"number": n, "title": f"Nhiệm vụ thứ {n} của đơn vị", "result": RESULT[:60], "due": "10/5/2023"}
        for n in range(1, 41)
    ],
}


def compiled(source: str) -> Template:
    return compile_template("bao-cao", lambda name: (source, f"{name}.md.j2"))


def texts(data: bytes) -> list[str]:
    """Give all text of a document, to see that both made the same."""
    document = docx.Document(io.BytesIO(data))
    rows = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [text for text in (*(p.text for p in document.paragraphs), *rows) if text]


def seconds(make: Callable[[], object], times: int) -> float:
    """Time one call, as the mean of a few in a row."""
    start = time.perf_counter()
    for _ in range(times):
        make()
    return (time.perf_counter() - start) / times


def compared(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int, times: tuple[int, int]
) -> tuple[float, float]:
    """Time two calls in turn, and give the medians."""
    pairs = [(seconds(ours, times[0]), seconds(theirs, times[1])) for _ in range(rounds)]
    mine, other = (median(side) for side in zip(*pairs, strict=True))
    return mine, other


@cache
def report() -> Template:
    """Compile our template, once a process."""
    return compiled(OURS)


def made(_number: int = 0) -> bytes:
    """Make one report."""
    return report().render(DATA).data


def size(number: int) -> int:
    """Make one report for another process: what comes back is small."""
    return len(made(number))


def by_docxtpl() -> tuple[float, float]:
    """Time one report of ours and of docxtpl's.

    Raises:
        ValueError: if the two documents differ.
    """
    source = compiled(THEIRS).render({}).data

    def theirs() -> bytes:
        document = DocxTemplate(io.BytesIO(source))
        document.render(DATA, autoescape=True)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    if texts(made()) != texts(theirs()):
        raise ValueError("the two documents differ")
    return compared(made, theirs, ROUNDS, (20, 2))


def on_cores(count: int) -> float:
    """Time `MANY` reports made by so many processes, which are there already."""
    with multiprocessing.get_context("fork").Pool(count) as pool:
        pool.map(size, range(2 * count))
        start = time.perf_counter()
        pool.map(size, range(MANY), chunksize=MANY // count // 4)
        return time.perf_counter() - start


def two_cores() -> tuple[float, float]:
    """Time `MANY` reports on two cores and on one, in turn."""
    pairs = [(on_cores(2), on_cores(1)) for _ in range(5)]
    two, one = (median(side) for side in zip(*pairs, strict=True))
    return two, one


def peak(count: int, doing: str = "made") -> float:
    """Tell the megabytes that a process of its own needs to make, or to mend, so many reports."""
    command = [sys.executable, __file__, str(count), doing]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout)


def spoiled(data: bytes) -> bytes:
    """Spoil a document's form from end to end: margins, alignment, spacing."""
    document = docx.Document(io.BytesIO(data))
    section = document.sections[0]
    section.left_margin, section.right_margin = docx.shared.Mm(20), docx.shared.Mm(10)
    for paragraph in document.paragraphs:
        paragraph.alignment, paragraph.paragraph_format.space_after = 0, 0
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def long_document() -> bytes:
    """Make a report of about 20 pages."""
    areas = [
        {"title": f"{number}. Nội dung công tác thứ {number}",
         "lines": [{"title": f"Nhiệm vụ {number}.{line}", "result": RESULT} for line in range(1, 10)]}
        for number in range(1, 32)
    ]  # fmt: skip
    return report().render(DATA | {"areas": areas}).data


def judging() -> tuple[float, float]:
    """Time `format-check` of a long document, and python-docx opening it."""
    data = long_document()
    return compared(lambda: judge(data, "a.docx"), lambda: docx.Document(io.BytesIO(data)), ROUNDS, (5, 20))


def mending() -> tuple[float, float]:
    """Time `--fix` of a long document that is wrong throughout, and judging it."""
    data = spoiled(long_document())
    return compared(lambda: mend(data, "a.docx"), lambda: judge(data, "a.docx"), ROUNDS // 3, (2, 4))


def plan(number: int, words: int) -> bytes:
    """Make a plan of about 60 pages, its text in runs of so many words."""
    document = docx.Document()

    def say(text: str) -> None:
        paragraph, rest = document.add_paragraph(), text.split(" ")
        for at in range(0, len(rest), words):
            run = paragraph.add_run(" ".join(rest[at : at + words]) + (" " if at + words < len(rest) else ""))
            run.font.size = docx.shared.Pt(14) if words < len(rest) else None

    left = "ỦY BAN NHÂN DÂN\nTỈNH BÌNH PHƯỚC\nSố: 12/KH-UBND"
    right = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nBình Phước, ngày 12 tháng 01 năm 2026"
    head = document.add_table(1, 2)
    head.cell(0, 0).text, head.cell(0, 1).text = left, right
    say("KẾ HOẠCH")
    say("Thực hiện công tác dân vận năm 2026")
    for label, heading in (("I", "MỤC ĐÍCH, YÊU CẦU"), ("II", "NHIỆM VỤ, GIẢI PHÁP"), ("III", "TỔ CHỨC THỰC HIỆN")):
        say(f"{label}. {heading}")
        for area in range(1, 15):
            say(f"{area}. Nhóm công việc thứ {area} của đợt {number}")
            for task in range(1, 14):
                who = ("Sở Nội vụ chủ trì, phối hợp với Sở Y tế xây dựng", "Các cơ quan, đơn vị", "Tiếp tục")[task % 3]
                due = ("; hoàn thành trước ngày 15/3/2026", "", " theo Kế hoạch số 21/KH-UBND")[task % 3]
                say(f"- {who} việc số {number}.{area}.{task}: {RESULT}; {RESULT[3:]}, {RESULT[:70]}{due}.")
    for line in ("Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn A"):
        say(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def reading(words: int) -> tuple[float, float]:
    """Time a plan's way from its file to a proposal, and python-docx reading the same; no plan is read twice in a row."""
    plans = [plan(number, words) for number in range(PLANS)]
    ours, theirs = cycle(plans), cycle(plans)

    def proposed() -> object:
        return drafted(read_source_bytes(next(ours), "a.docx"), KnownOwners(), "a.docx")

    return compared(
        proposed, lambda: [one.text for one in docx.Document(io.BytesIO(next(theirs))).paragraphs], 2 * PLANS, (1, 2)
    )


def main() -> None:
    lines: list[dict[str, object]] = []

    def line(what: str, ours: float, theirs: float, unit: str, **target: float) -> None:
        ratio = theirs / ours if "least" in target else ours / theirs
        lines.append({"what": what, "ours": ours, "theirs": theirs, "unit": unit, "ratio": ratio, **target})

    ours, theirs = by_docxtpl()
    line("documents per second : docxtpl", ours * 1000, theirs * 1000, "ms", least=20)
    two, one = two_cores()
    line(f"{MANY:,} documents on two cores : on one", two, one, "s", least=1.5)
    line(f"{MANY:,} documents, memory : {MANY // 10}", peak(MANY), peak(MANY // 10), "MB", most=1.1)
    mine, opening = judging()
    line(f"format-check, {PAGES} pages : python-docx opens", mine * 1000, opening * 1000, "ms", most=10)
    ours, theirs = mending()
    line(f"--fix, {PAGES} pages : format-check", ours * 1000, theirs * 1000, "ms", most=5)
    for words, what, target in ((10, "as Word saves", {"most": 3}), (999, "one run each", {})):
        ours, theirs = reading(words)
        line(f"import, 60 pages, {what} : python-docx reads", ours * 1000, theirs * 1000, "ms", **target)
    mended = [peak(count, "mended") for count in (JUDGED, JUDGED // 10)]
    line(f"{JUDGED} documents judged and mended, memory : {JUDGED // 10}", *mended, "MB", most=1.1)
    json.dump(lines, sys.stdout)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        wrong = spoiled(made())
        for _number in range(int(sys.argv[1])):
            made() if sys.argv[2] == "made" else mend(wrong, "a.docx")
        unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit)
    else:
        main()
