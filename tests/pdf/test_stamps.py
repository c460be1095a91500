"""What stands in the fields of a signed PDF is read where it stands: a number that was put in after the signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from danvan_cli.pdf.text import PdfReader

if TYPE_CHECKING:
    from pathlib import Path


def form(text: str, more: str = "/Resources << /Font << /F 4 0 R >> >>") -> str:
    return stream(f"BT /F 12 Tf 0 3 Td ({text}) Tj ET", f"/Type /XObject /Subtype /Form /BBox [0 0 60 15] {more}")


def stream(content: str, head: str = "") -> str:
    return f"<< {head} /Length {len(content)} >>\nstream\n{content}\nendstream"


def field(left: int, low: int, look: int, flags: int = 4) -> str:
    return (
        f"<< /Type /Annot /Subtype /Widget /FT /Sig /F {flags} /Rect [{left} {low} {left + 60} {low + 15}]"
        f" /AP << /N {look} 0 R >> >>"
    )


def written(path: Path, *annotations: str, looks: tuple[str, ...]) -> Path:
    page = "BT /F 12 Tf 50 703 Td (So:                /BC-SYT) Tj 0 -40 Td (BAO CAO) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Annots [{' '.join(annotations)}]"
            " /Resources << /Font << /F 4 0 R >> >> >>"
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        stream(page),
        *looks,
    ]
    out, places = "%PDF-1.4\n", []
    for i, one in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{i} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{at:010} 00000 n \n" for at in places)
    out += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n"
    )
    path.write_text(f"{out}startxref\n{out.index('xref')}\n%%EOF\n", "latin-1")
    return path


def read(path: Path) -> str:
    with PdfReader() as pdf:
        return " ".join((pdf.read(path).text or "").split())


def test_a_number_in_a_field_is_read_in_its_line(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", field(80, 700, 6), looks=(form("45"),))
    assert read(path) == "So: 45 /BC-SYT BAO CAO"


def test_a_look_within_a_look_is_read_and_what_is_long_stands_for_itself(tmp_path: Path) -> None:
    outer = stream(
        "q /Fm Do Q", "/Type /XObject /Subtype /Form /BBox [0 0 60 15] /Resources << /XObject << /Fm 7 0 R >> >>"
    )
    long = form("Signed by a person with a long name")
    path = written(tmp_path / "a.pdf", field(80, 700, 6), field(80, 660, 8), looks=(outer, form("45"), long))
    assert read(path).startswith("So: 45 /BC-SYT BAO CAO")
    assert "Signed by a person with a long name" in read(path)


@pytest.mark.parametrize("flags", [2, 6])
def test_what_is_hidden_is_not_read(tmp_path: Path, flags: int) -> None:
    assert "45" not in read(written(tmp_path / "a.pdf", field(80, 700, 6, flags), looks=(form("45"),)))


def test_a_broken_field_harms_no_page(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", "<< /AP 9 >>", "77", field(80, 700, 6), looks=(form("45"),))
    assert "45 /BC-SYT" in read(path)
