"""Small PDF files written by hand."""

from __future__ import annotations

HEAD = "BT /F 12 Tf 50 703 Td (So:                /BC-SYT) Tj 0 -40 Td (BAO CAO) Tj ET"
"""The content of a page with an empty place for its number."""


def stream(content: str, head: str = "") -> str:
    """Write a stream, with what stands in its dictionary."""
    return f"<< {head} /Length {len(content)} >>\nstream\n{content}\nendstream"


def pdf(content: str = HEAD, annotations: str = "", *more: str, fonts: str = "/F 4 0 R", root: str = "") -> bytes:
    """Write a PDF of one page.

    Args:
        content: what draws the page; its font is `/F`, object 4.
        annotations: references to those of the page.
        more: objects from 6 on.
        fonts: the fonts of the page.
        root: what the catalogue has besides.
    """
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {root} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Annots [{annotations}]"
            f" /Resources << /Font << {fonts} >> >> >>"
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        stream(content),
        *more,
    ]
    out, places = "%PDF-1.4\n", []
    for i, one in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{i} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    at = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    out += f"trailer << /Root 1 0 R /Size {len(objects) + 1} >>\nstartxref\n{at}\n%%EOF\n"
    return out.encode("latin-1")
