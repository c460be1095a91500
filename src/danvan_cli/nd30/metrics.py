"""How long a line is in Times New Roman Bold: for ruled lines under it, made and judged."""

from __future__ import annotations

import unicodedata
from typing import Final

from danvan_cli.nd30 import figures as nd30
from danvan_cli.text import normalized

# Thousandths of the font's size; a letter with marks is as wide as the bare one.
_WIDTHS: Final = {
    250: " ,.", 278: "il/'", 333: "fjt;:()-", 389: "Is", 444: "cerz", 500: "Jagovxy0123456789–", 556: 'Sbdhknpquđ"',
    611: "FP", 667: "BELTZ", 722: "ACDNRUVXYĐw", 778: "GHKOQ", 833: "m&", 944: "M", 1000: "W",
}  # fmt: skip
_WIDTH_OF: Final = {letter: width for width, letters in _WIDTHS.items() for letter in letters}


def width(shown: str, pt: float) -> int:
    """Measure a line, as it is shown, in letters of a size: in twentieths of a point."""
    letters = normalized(shown, "NFD")
    thousandths = sum(_WIDTH_OF.get(letter, 500) for letter in letters if not unicodedata.combining(letter))
    return round(thousandths * pt * 20 / 1000)


def styled_width(shown: str, style: str) -> int:
    """Measure a line in one of nd30's styles, in twentieths of a point."""
    row = nd30.BY_ID[style]
    return width(shown.upper() if row.caps else shown, row.pt.use)
