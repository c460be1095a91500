"""A PDF's pages as paragraphs: columns, paragraphs over pages, page numbers, tables by their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from danvan_cli.desk.bring_in import drafted
from danvan_cli.errors import UsageError
from danvan_cli.importing.owners import KnownOwners
from danvan_cli.importing.pdf_source import as_source
from danvan_cli.pdf import pages as pages_module
from danvan_cli.pdf.pages import PdfPage, Piece, RuledLine, read_pages
from pdf_files import pdf

if TYPE_CHECKING:
    from pathlib import Path

LEFT, RIGHT, INDENT = 85.0, 552.0, 121.0


def line(text: str, foot: float, left: float = LEFT, right: float | None = None, *, bold: bool = False) -> Piece:
    return Piece(text, left, right or left + 6.0 * len(text), foot, 14, bold)


def page(*pieces: Piece, rules: list[RuledLine] | None = None) -> PdfPage:
    return PdfPage(595, 842, [*pieces], rules or [], False)


def head() -> list[Piece]:
    middle = 2 * 297.5
    return [
        line("ỦY BAN NHÂN DÂN", 760, 90, bold=True), line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 760, 330, bold=True),
        line("TỈNH VÍ DỤ", 742, 110, bold=True), line("Độc lập - Tự do - Hạnh phúc", 742, 350, bold=True),
        line("Số:", 720, 110), line("145", 720, 140), line("/KH-UBND", 720, 170),
        line("Ví Dụ, ngày", 720, 330), line("08", 720, 410), line("tháng 01 năm 2026", 720, 430),
        line("KẾ HOẠCH", 690, middle / 2 - 27, bold=True), line("Công tác dân vận năm 2026", 670, middle / 2 - 75, bold=True),
    ]  # fmt: skip


def plan_of(*pages: PdfPage) -> Any:
    return drafted(as_source(pages), KnownOwners(), "a.pdf").plan


def test_a_page_that_is_but_a_picture_is_told() -> None:
    text = line("I. MỤC ĐÍCH, YÊU CẦU", 640, INDENT, bold=True), line("Nâng cao nhận thức.", 615, INDENT)
    scan, seal = PdfPage(595, 842, [line("2", 40, 297, 303)], [], True), page(*head(), *text)._replace(pictured=True)
    guess = guesses(seal, scan)["state"]
    assert (guess.rule, guess.about, guess.sure) == ("chi-co-hinh", "trang 2", "unsure")
    assert "state" not in guesses(seal)


def test_a_day_that_a_narrow_column_breaks_is_whole() -> None:
    text = line("I. MỤC ĐÍCH, YÊU CẦU", 640, INDENT, bold=True), line("Nâng cao nhận thức.", 615, INDENT)
    broken = [one for one in head() if one.foot != 720]
    broken += [line("Số: 145/KH-UBND", 720, 110), line("Ví Dụ, ngày 08 tháng 01 năm", 720, 330), line("2026", 704, 400)]
    plan = plan_of(page(*sorted(broken, key=lambda one: -one.foot), *text))
    assert f"{plan.issued.date}" == "2026-01-08"


def guesses(*pages: PdfPage) -> Any:
    return drafted(as_source(pages), KnownOwners(), "a.pdf").draft.plan.guesses


def test_number_and_day_paragraphs_over_pages_and_margins() -> None:
    first = page(
        *head(),
        line("I. MỤC ĐÍCH, YÊU CẦU", 640, INDENT, bold=True),
        line("Nâng cao nhận thức của cán bộ, công chức về công tác dân vận, đổi mới", 615, INDENT, RIGHT),
        line("nội dung, phương thức vận động Nhân dân ở cơ sở, bảo đảm thiết thực, phù hợp", 597, LEFT, RIGHT),
        line("1", 40, 297, 303),
    )
    second = page(
        line("CƠ QUAN IN", 800, 250),
        line("với tình hình của địa phương.", 750),
        line("II. TỔ CHỨC THỰC HIỆN", 725, INDENT, bold=True),
        line("Sở Nội vụ theo dõi việc thực hiện.", 700, INDENT),
        line("2", 40, 297, 303),
    )
    third = page(
        line("CƠ QUAN IN", 800, 250), line("Các đơn vị báo cáo kết quả.", 750, INDENT), line("3", 40, 297, 303)
    )
    plan = plan_of(first, second, third)
    assert (plan.issued.number, f"{plan.issued.date}") == ("145/KH-UBND", "2026-01-08")
    assert plan.issuer.place == "Ví Dụ"
    (whole,) = (one.item.text for one in plan.placed if one.section.id == "I")
    assert whole == (
        "Nâng cao nhận thức của cán bộ, công chức về công tác dân vận, đổi mới nội dung, phương thức vận động Nhân dân ở cơ sở,"
        " bảo đảm thiết thực, phù hợp với tình hình của địa phương."
    )
    assert [(one.where, one.text) for one in plan.kept][-1] == ("đầu trang, cuối trang", "CƠ QUAN IN")


def test_a_label_that_hangs_out_has_the_lines_below_it_in_its_paragraph() -> None:
    """So Word lays its lists out; the sign in front is a letter of a font of signs."""
    hang = INDENT + 18
    plan = plan_of(
        page(
            *head(),
            line("I. NHIỆM VỤ", 640, INDENT, bold=True),
            line("\uf0b7 Nâng cao nhận thức của cán bộ, công chức về công tác dân vận, đổi mới", 615, INDENT, RIGHT),
            line("nội dung, phương thức vận động Nhân dân ở cơ sở. Bảo đảm thiết thực, phù hợp.", 597, hang, RIGHT),
            line("với tình hình của địa phương.", 579, hang),
            line("\uf0b7 Tổ chức đối thoại với Nhân dân.", 555, INDENT),
        )
    )
    assert plan.sections[0].labels == ["•"]
    assert [one.text for one in plan.tasks] == [
        "Nâng cao nhận thức của cán bộ, công chức về công tác dân vận, đổi mới nội dung, phương thức vận động Nhân dân ở cơ sở. Bảo đảm thiết thực, phù hợp. với tình hình của địa phương.",
        "Tổ chức đối thoại với Nhân dân.",
    ]


def test_a_table_is_read_by_its_lines() -> None:
    xs, ys = (85.0, 120.0, 320.0, 440.0, 550.0), (640.0, 610.0, 560.0, 530.0)
    rules = [RuledLine(x, ys[-1], x, ys[0]) for x in xs] + [RuledLine(xs[0], y, xs[-1], y) for y in ys]
    cells = [
        line("TT", 620, 90), line("Nội dung", 620, 130), line("Chủ trì", 620, 330), line("Thời gian", 620, 450),
        line("1", 590, 90), line("Rà soát văn bản quy phạm pháp", 590, 125, 318), line("Sở Tư pháp", 590, 330), line("Quý II/2026", 590, 450),
        line("luật của tỉnh", 574, 125),
        line("2", 540, 90), line("Tuyên truyền", 540, 125), line("Sở Nội vụ", 540, 330), line("Quý III/2026", 540, 450),
    ]  # fmt: skip
    plan = plan_of(page(*head(), line("I. NHIỆM VỤ", 655, INDENT, bold=True), *cells, rules=rules))
    told = [(one.text, one.lead, one.due) for one in plan.tasks]
    assert told == [
        ("Rà soát văn bản quy phạm pháp luật của tỉnh", ["so-tu-phap"], "Quý II/2026"),
        ("Tuyên truyền", ["so-noi-vu"], "Quý III/2026"),
    ]


def test_a_scan_is_refused_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path := tmp_path / "a.pdf").write_bytes(pdf("q 1 0 0 1 0 0 cm Q"))
    with pytest.raises(UsageError, match="không có chữ nào"):
        read_pages(path)
    monkeypatch.setattr(pages_module.Worker, "ask", lambda *_asked: [[595, 842, [], [], True]])
    with pytest.raises(UsageError, match="bản quét"):
        read_pages(path)
    (path := tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 broken")
    monkeypatch.undo()
    with pytest.raises(UsageError, match="không đọc được"):
        read_pages(path)
