"""What the tests of receiving begin with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from danvan_cli.ooxml.parts import read_parts
from danvan_cli.word.package import zipped_parts

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Result, Run

TODAY = "2023-05-12"
UNIT = "so-y-te"
RECORDED = (f"init-unit {UNIT} --from samples/{UNIT}.unit.yaml", f"report {UNIT} --period 6m")
"""What lets the unit record things and make its six-month report."""


def receive(run: Run, folder: Path, *arguments: object) -> Result:
    return run("receive", *arguments, cwd=folder, today=TODAY)


def issued(source: Path, to: Path, number: str, day: str) -> Path:
    """Number and date a document, as the e-office does after it is signed."""
    parts = read_parts(source.read_bytes())
    text = parts["word/document.xml"].decode()
    for old, new in ((r">\s+/<", f">{number}/<"), (r"ngày\s+tháng", f"ngày {day} tháng")):
        text, count = re.subn(old, new, text, count=1)
        assert count == 1, old
    to.write_bytes(zipped_parts(parts | {"word/document.xml": text.encode()}))
    return to


def report_of(folder: Path) -> Path:
    return folder / "units" / UNIT / "out" / "bao-cao-6m.docx"
