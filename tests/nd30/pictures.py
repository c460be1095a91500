"""The same document before and after `--fix`, as the pictures that docs/format-check.md shows.

python tests/nd30/pictures.py
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import corpus  # noqa: E402 - found beside this file
import docx  # noqa: E402
from docx.oxml import parse_xml  # noqa: E402
from docx.oxml.ns import nsdecls, qn  # noqa: E402

import tools_needed  # noqa: E402
from danvan_cli.nd30.mending import mend  # noqa: E402
from office import converted  # noqa: E402

FOLDER = HERE.parents[1] / "docs" / "images"
WRONG = (
    corpus.every(font="Calibri"), corpus.put("TenLoai", pt=16), corpus.put("TrichYeu", bold=False), corpus.put("NoiDung", align="left", first=0, after=0),
    corpus.put("Diem", first=0, after=0), corpus.put("NoiNhan", pt=14), corpus.put("DiaDanh", italic=False), corpus.say("DiaDanh", "Bình Phước, ngày 5 tháng 2 năm 2023"),
    corpus.sheet(left=20, right=10, top=15, bottom=15, number="bottom", number_align="right", own_first=False),
)  # fmt: skip
ROWS = (
    ("Đơn vị", "Văn bản đi", "Văn bản đến", "Hồ sơ đã lập"),
    ("Văn phòng", "412", "1.250", "96"),
    ("Thanh tra", "87", "301", "41"),
)


def document() -> bytes:
    """Make a report as it often comes, with a table that is as wide as its text."""
    made = corpus.good("BC")
    for change in WRONG:
        change(made)
    file = docx.Document(io.BytesIO(corpus.write(made)))
    table = file.add_table(len(ROWS), len(ROWS[0]))
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{border}</w:tblBorders>"))
    for row, said in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, said, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.font.name, run.font.size = "Calibri", docx.shared.Pt(12)
    place = next(p for p in file.paragraphs if p.text.startswith("II. "))
    place._p.addprevious(table._tbl)
    for one in table._tbl.iter(qn("w:tcW"), qn("w:gridCol")):
        one.set(qn("w:w"), str(round(180 / len(ROWS[0]) * 1440 / 25.4)))
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def main() -> None:
    """Draw both first pages."""
    tools_needed.marked = True
    FOLDER.mkdir(exist_ok=True)
    data = document()
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"format-check-{name}.docx" for name in ("truoc", "sau")]
        for path, written in zip(paths, (data, mend(data, "a.docx").data), strict=True):
            path.write_bytes(written)
        for page in converted(paths, "pdf", Path(folder)):
            command = ["pdftoppm", "-r", "90", "-mono", "-png", "-f", "1", "-l", "1", "-singlefile"]
            subprocess.run([*command, str(page), str(FOLDER / page.stem)], check=True)


if __name__ == "__main__":
    main()
