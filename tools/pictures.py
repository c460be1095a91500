"""The pictures of the README, made from the real program: `python tools/pictures.py`, with LibreOffice, poppler and Chromium.

The screen is what a terminal shows, as SVG that names no font of another host; the papers and pages are printed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

FOLDER: Final = Path(__file__).parents[1] / "docs" / "images"
DANVAN: Final = Path(sys.executable).with_name("danvan")
TODAY: Final = "2023-05-15"
PREPARED: Final = ("demo .", "report so-y-te --period 6m --pdf --force", "page -o build/trang.html")
"""What is done before: the sample's units have sent in time, late or not at all."""
SCREEN: Final = ("check plans/2023.yaml", "log so-y-te --period 1y --indicator kiem-tra=4", "")
"""What is typed in the picture of a terminal: the plan with a wrong day, a record, where one stands."""


def environment(folder: Path) -> dict[str, str]:
    """Give the environment of a command in the picture."""
    ours = {"DANVAN_TODAY": TODAY, "XDG_CACHE_HOME": str(folder.parent), "COLUMNS": "80", "TERM": "xterm-256color"}
    return {name: value for name, value in os.environ.items() if not name.startswith("DANVAN_")} | ours


def typed(words: str, folder: Path) -> str:
    """Run a command at a terminal of its own; give what the terminal shows, colours included."""
    ours, theirs = os.openpty()
    command = [str(DANVAN), *words.split()]
    process = subprocess.Popen(command, cwd=folder, stdout=theirs, stderr=theirs, env=environment(folder))
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:  # the other end is closed
        pass
    process.wait()
    return shown.decode("utf-8").replace("\r\n", "\n")


def screen(folder: Path) -> str:
    """Draw the terminal."""
    plan = folder / "plans" / "2023.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("before: 2023-05-10", "before: 2024-05-10"), encoding="utf-8")
    console = Console(record=True, width=80, file=StringIO(), force_terminal=True, color_system="truecolor")
    for words in SCREEN:
        console.print(Text.assemble(("$ ", "bold green"), ("danvan " + words).strip()))
        console.print(Text.from_ansi(typed(words, folder).rstrip("\n")), "", sep="\n")
        plan.write_text(text, encoding="utf-8")  # mended after the first
    svg = console.export_svg(title="danvan", unique_id="danvan")
    svg = re.sub(r"@font-face \{[^{}]*\}\s*", "", svg)
    return re.sub(r"Fira Code", "Consolas, 'Liberation Mono', Menlo", svg)


def page_of(pdf: Path, target: Path) -> None:
    """Print the first page of a PDF."""
    subprocess.run(
        ["pdftoppm", "-r", "50", "-gray", "-png", "-f", "1", "-singlefile", pdf, target.with_suffix("")], check=True
    )


def window(html: Path, target: Path, size: str) -> None:
    """Photograph a page in Chromium."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [shutil.which("chromium") or "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
             "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--hide-scrollbars", f"--user-data-dir={profile}", f"--window-size={size}", f"--screenshot={target}",
             html.as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip


def main() -> None:
    """Make all pictures."""
    with tempfile.TemporaryDirectory() as above:
        folder = Path(above, "binh-phuoc")
        folder.mkdir()
        for words in PREPARED:
            typed(words, folder)
        FOLDER.joinpath("man-hinh.svg").write_text(screen(folder), encoding="utf-8")
        page_of(folder / "units/so-y-te/out/bao-cao-6m.pdf", FOLDER / "bao-cao.png")
        window(folder / "build/trang.html", FOLDER / "trang.png", "1100,560")


if __name__ == "__main__":
    main()
