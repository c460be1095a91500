"""The first screen of a province's page, as the picture that docs/page.md shows; its units and figures are made up.

python tests/page/picture.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent)]

import pages_made  # noqa: E402 - found beside this file's folder
import tools_needed  # noqa: E402
from browser import browser  # noqa: E402
from danvan_cli.page.write import page_html  # noqa: E402

if __name__ == "__main__":
    tools_needed.marked = True
    with tempfile.TemporaryDirectory() as folder, browser(Path(folder, "profile"), tools_needed.require) as window:
        page = Path(folder, "trang.html")
        page.write_bytes(page_html(pages_made.province(150)))
        window.open(page)
        (HERE.parents[1] / "docs" / "images" / "trang.png").write_bytes(window.picture(0.75))
