"""Small PDF files written by hand."""

from __future__ import annotations

HEAD = "BT /F 12 Tf 50 703 Td (So:                /BC-SYT) Tj 0 -40 Td (BAO CAO) Tj ET"
"""The content of a page with an empty place for its number."""


def stream(content: str, head: str = "") -> str:
    """Write a stream, with what stands in its dictionary."""
    return f"<< {head} /Length {len(content)} >>\nstream\n{content}\nendstream"


def pdf(
    content: str = HEAD, annotations: str = "", *more: str, fonts: str = "/F 4 0 R", root: str = "", page: str = ""
) -> bytes:
    """Write a PDF of one page.

    Args:
        content: what draws the page; its font is `/F`, object 4.
        annotations: references to those of the page.
        more: objects from 6 on.
        fonts: the fonts of the page.
        root: what the catalogue has besides.
        page: what the page has besides.
    """
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {root} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R {page} /Annots [{annotations}]"
            f" /Resources << /Font << {fonts} >> >> >>"
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        stream(content),
        *more,
    ]
    out, places = _laid(objects)
    return _ended(out, places, f"<< /Root 1 0 R /Size {len(objects) + 1} >>")


def drawn(
    *texts: tuple[str, str], single: bool = False, rotate: int = 0, mapped: bool = True, lines: str = ""
) -> bytes:
    """Write a PDF of one page in a font of its own, whose letters are all half as wide as they are high.

    Args:
        texts: each a text and the matrix that it is drawn with: `14 0 0 14 50 700` is 14 points high, at (50, 700).
        single: every letter is placed by itself, spaces are not drawn at all.
        rotate: how the page is turned to be looked at.
        mapped: whether the file says which letter each code is.
        lines: what draws lines.
    """
    letters = sorted({letter for text, _matrix in texts for letter in text})
    codes = {letter: f"{code:02x}" for code, letter in enumerate(letters, start=1)}
    content = lines
    for text, matrix in texts:
        shown = "".join(codes[one] for one in text)
        if single:
            placed = [f"{(i - before) / 2:g} 0 Td <{codes[one]}> Tj" for before, i, one in _inked(text)]
            shown = " ".join(placed)
        content += f"BT /F 1 Tf {matrix} Tm {shown if single else f'<{shown}> Tj'} ET\n"
    pairs = "".join(f"<{code}> <{letter.encode('utf-16-be').hex()}>\n" for letter, code in codes.items())
    said = (
        f"/CMapName /A def 1 begincodespacerange <00> <ff> endcodespacerange {len(codes)} beginbfchar\n{pairs}endbfchar"
    )
    widths = " ".join(["500"] * len(codes))
    known = "/ToUnicode 7 0 R" if mapped else ""
    font = (
        "<< /Type /Font /Subtype /TrueType /BaseFont /AAAAAA+Chu /FirstChar 1 /LastChar "
        f"{len(codes)} /Widths [{widths}] /FontDescriptor 8 0 R {known} >>"
    )
    about = "<< /Type /FontDescriptor /FontName /AAAAAA+Chu /Flags 4 /Ascent 800 /Descent -200 /FontBBox [0 -200 500 800] >>"
    return pdf(content, "", font, stream(said), about, fonts="/F 6 0 R", page=f"/Rotate {rotate}")


def _inked(text: str) -> list[tuple[int, int, str]]:
    """List the letters of a text that leave ink, each with its place and that of the one before it."""
    out, before = [], 0
    for i, letter in enumerate(text):
        if letter != " ":
            out.append((before, i, letter))
            before = i
    return out


def hybrid() -> bytes:
    """Write a PDF with two tables of its objects, one for old readers and one for new ones, as Word does."""
    font, resources = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", "/Resources << /Font << /F 4 0 R >> >>"
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R {resources} >>"
    kids = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    out, places = _laid(["<< /Type /Catalog /Pages 2 0 R >>", kids, page, font, stream(HEAD)])
    at, entry = len(out), f"\x01{chr(len(out) >> 8)}{chr(len(out) & 255)}"
    out += f"6 0 obj\n{stream(entry, '/Type /XRef /Size 7 /W [1 2 0] /Index [6 1] /Root 1 0 R')}\nendobj\n"
    return _ended(out, places, f"<< /Root 1 0 R /Size 7 /XRefStm {at} >>")


def form(text: str, more: str = "/Resources << /Font << /F 4 0 R >> >>") -> str:
    """Write what a field shows."""
    return stream(f"BT /F 12 Tf 0 3 Td ({text}) Tj ET", f"/Type /XObject /Subtype /Form /BBox [0 0 60 15] {more}")


def field(left: int, low: int, look: int, flags: int = 4) -> str:
    """Write a field of a signature: its place, the object of what it shows."""
    return (
        f"<< /Type /Annot /Subtype /Widget /FT /Sig /F {flags} /Rect [{left} {low} {left + 60} {low + 15}]"
        f" /AP << /N {look} 0 R >> >>"
    )


def _laid(objects: list[str]) -> tuple[str, list[int]]:
    out, places = "%PDF-1.5\n", []
    for i, one in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{i} 0 obj\n{one}\nendobj\n"
    return out, places


def _ended(out: str, places: list[int], trailer: str) -> bytes:
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    ends = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer {trailer}\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}{ends}".encode("latin-1")
