"""`danvan rank`: places, ties and why, and the documents that tell them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from docx import Document
from openpyxl import load_workbook

from verified import BY, OTHER, OWN, TODAY, UNIT, ranked, review, scored_alike
from word_files import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Run


@pytest.fixture
def desk(workspace: Path) -> Path:
    """Give a workspace in which three units have scored themselves alike."""
    return scored_alike(workspace)


def of_block(folder: Path) -> dict[str, str]:
    """Read the papers about one block by the names of their kinds."""
    end = "-so-ban-nganh"
    return {path.stem.removesuffix(end): text_of(path) for path in folder.glob(f"*{end}.docx")}


def test_ranking_by_the_furthest_that_any_has_come_to(run: Run, desk: Path) -> None:
    rows = ranked(run, desk)
    assert [(one["unit"], one["rank"], one["self"]) for one in rows[:3]] == [
        (OWN, 1, "79.47"),
        (OTHER, 1, "79.47"),
        (UNIT, 1, "79.47"),
    ]
    assert {(one["rank"], one["self"], one["band"]) for one in rows[3:]} == {(None, None, None)}
    assert review(run, desk, "set", UNIT, "9.1=8", *BY).code == 0
    assert review(run, desk, "set", OTHER, "9.1=9", *BY).code == 0
    rows = ranked(run, desk)
    assert [(one["unit"], one["rank"], one["verified"]) for one in rows[:2]] == [
        (OTHER, 1, "88.47"),
        (UNIT, 2, "87.47"),
    ]
    own = next(one for one in rows if one["unit"] == OWN)
    assert (own["rank"], own["notes"]) == (None, ["đơn vị tự thẩm định", "chưa thẩm định xong"])
    assert [one["rank"] for one in ranked(run, desk, "--by", "self")[:3]] == [1, 1, 1]
    for unit, decision in ((UNIT, "1/QĐ"), (OTHER, "1/QĐ")):
        assert review(run, desk, "final", unit).code == 0
        assert review(run, desk, "official", unit, "--decision", decision, "--date", "28/12/2023").code == 0
    rows = ranked(run, desk)
    assert [(one["unit"], one["official"]) for one in rows[:2]] == [(OTHER, "88.47"), (UNIT, "87.47")]


def test_why_a_unit_stands_where_it_stands(run: Run, desk: Path) -> None:
    told = " ".join(run("rank", "--by", "self", "--explain", UNIT, cwd=desk).stdout.split())
    assert "hạng 1/3" in told
    assert "Đồng hạng với: Sở Nội vụ; Sở Tư pháp" in told
    assert "Để lên «Hoàn thành xuất sắc nhiệm vụ» còn thiếu 10,53 điểm" in told
    assert "Ít nhất phải đạt đủ điểm ở:" in told
    assert "chưa gửi hồ sơ tự chấm" in run("rank", "--explain", "so-xay-dung", cwd=desk).stdout


def test_the_documents_that_tell_the_results(run: Run, desk: Path, tmp_path: Path) -> None:
    for unit, points in ((UNIT, "8"), (OTHER, "10"), (OWN, "9")):
        assert review(run, desk, "set", unit, f"9.1={points}", *BY).code == 0
    book = tmp_path / "xh.xlsx"
    done = run(
        "rank", "--block", "so-ban-nganh", "--docs", "--answer-by", "20/12/2023", "-o", book, cwd=desk, today=TODAY
    )
    assert done.code == 0, done.stderr
    folder = desk / "build" / "xep-loai"
    told = of_block(folder)
    assert set(told) == {"bien-ban-tham-dinh", "thong-bao-ket-qua", "to-trinh-cong-nhan", "quyet-dinh-cong-nhan"}
    for name in ("bien-ban-tham-dinh", "thong-bao-ket-qua"):
        cited = "tại Phụ lục I; các tiêu chí có kết quả thẩm định khác với tự chấm và lý do tại Phụ lục II kèm theo"
        assert cited in told[name]
        criterion = "9.1 Chất lượng tham mưu, phối hợp và tác động thực tế"
        assert f"Sở Y tế {criterion} – 8,00 đối chiếu hồ sơ" in " ".join(told[name].split())
    assert "Hoàn thành tốt nhiệm vụ: 03 cơ quan, đơn vị, địa phương;" in told["bien-ban-tham-dinh"]
    assert "chậm nhất ngày 20/12/2023" in told["thong-bao-ket-qua"]
    assert "đã gửi hồ sơ tự chấm điểm: 03/20." in told["to-trinh-cong-nhan"]
    decision = told["quyet-dinh-cong-nhan"]
    assert "Hoàn thành tốt nhiệm vụ: 03 cơ quan, đơn vị, địa phương;" in decision
    assert "Không hoàn thành nhiệm vụ: không có." in decision
    assert "của 03 cơ quan, đơn vị, địa phương, gồm:" in decision, "who has no band is recognised for nothing"
    for blank in (
        "luật quy định thẩm quyền", "quyết định ban hành bộ tiêu chí chấm điểm", "số tờ trình", "ngày tờ trình",
        "chữ viết tắt của đơn vị soạn thảo",
    ):  # fmt: skip
        assert f"[… {blank}" in decision
    assert "Điểm tự chấm" not in decision
    assert all("bộ tiêu chí tham khảo" in text.casefold() for text in told.values()), "on every paper"
    assert (
        "Không xếp loại: 17 cơ quan, đơn vị, địa phương (chưa gửi hồ sơ tự chấm): Sở " in told["quyet-dinh-cong-nhan"]
    )
    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BÌNH PHƯỚC" in told["quyet-dinh-cong-nhan"]
    for path in folder.glob("*.docx"):
        assert run("format-check", path, cwd=desk).code == 0
    sheet = load_workbook(book)["Khối 1"]
    assert [sheet.cell(i, 2).value for i in (5, 6, 7)] == ["Sở Tư pháp", "Sở Nội vụ", "Sở Y tế"]
    assert [sheet.cell(i, 5).value for i in (5, 6, 7)] == [0, 0, 0], "points of what others score are no difference"
    shutil.copy(book, tmp_path / "a.xlsx")
    run("rank", "--block", "so-ban-nganh", "-o", book, cwd=desk, today="2024-01-05")
    assert book.read_bytes() == (tmp_path / "a.xlsx").read_bytes()


def test_papers_about_one_block_leave_those_about_all_as_they_are(run: Run, desk: Path) -> None:
    assert review(run, desk, "set", UNIT, "9.1=8", *BY).code == 0
    assert run("rank", "--docs", cwd=desk, today=TODAY).code == 0
    folder = desk / "build" / "xep-loai"
    whole = {path: path.read_bytes() for path in folder.iterdir()}
    assert run("rank", "--docs", "--block", "so-ban-nganh", cwd=desk, today=TODAY).code == 0
    assert {path: path.read_bytes() for path in whole} == whole
    more = {path.name for path in folder.iterdir()} - {path.name for path in whole}
    assert more == {f"{path.stem}-so-ban-nganh.docx" for path in whole}


def test_a_chart_that_a_page_would_cut_has_a_page_of_its_own(run: Run, desk: Path, tmp_path: Path) -> None:
    book = tmp_path / "xh.xlsx"
    assert run("rank", "--by", "self", "-o", book, cwd=desk, today=TODAY).code == 0
    sheets = load_workbook(book)
    (cut,) = sheets["Khối 1"].row_breaks.brk
    assert cut.id == 4 + 20, "behind the last of many units"
    assert not sheets["Khối 2"].row_breaks.brk


def test_the_difference_is_over_what_the_unit_scores_itself(run: Run, desk: Path) -> None:
    assert review(run, desk, "set", UNIT, "9.1=8", "1.1=chua-day-du", *BY).code == 0
    lines = [line.split() for line in run("rank", "--block", "so-ban-nganh", cwd=desk, today=TODAY).stdout.splitlines()]
    (line,) = [line for line in lines if line[1:4] == ["Sở", "Y", "tế"]]
    assert line[4:7] == ["79,47", "85,47", "-2,00"]


def test_a_violation_that_the_team_states_is_told_with_why(run: Run, desk: Path) -> None:
    assert review(run, desk, "set", UNIT, "9.1=8", "--violations", "diem-nong", *BY).code == 0
    assert run("rank", "--docs", "--block", "so-ban-nganh", cwd=desk, today=TODAY).code == 0
    for name in ("bien-ban-tham-dinh", "thong-bao-ket-qua"):
        told = " ".join(text_of(desk / "build" / "xep-loai" / f"{name}-so-ban-nganh.docx").split())
        said = "Vi phạm đã ghi nhận: Để phát sinh điểm nóng, khiếu kiện đông người kéo dài do lỗi của đơn vị"
        assert f"{said} – – đối chiếu hồ sơ" in told
        assert "Không hoàn thành nhiệm vụ" in told


def test_what_is_over_a_quota_and_who_sent_but_is_not_verified_are_on_the_papers(run: Run, desk: Path) -> None:
    for unit, points in ((UNIT, "10"), (OTHER, "10")):
        assert review(run, desk, "set", unit, f"9.1={points}", *BY).code == 0
    path = desk / "plans" / "2023.rubric.yaml"
    path.write_text(path.read_text("utf-8").replace("from: 90}", "from: 80}"), "utf-8")
    assert run("rank", "--docs", "--block", "so-ban-nganh", cwd=desk, today=TODAY).code == 0
    told = of_block(desk / "build" / "xep-loai")
    over = "có 02/02 cơ quan, đơn vị, địa phương được xếp mức Hoàn thành xuất sắc nhiệm vụ; tỷ lệ tối đa 20%"
    assert over in told["to-trinh-cong-nhan"]
    settle = "[… vượt tỷ lệ khống chế, phải quyết định trước khi ký: Các sở, ban, ngành tỉnh có 2/2 cơ quan, đơn vị"
    assert settle in told["quyet-dinh-cong-nhan"], "no decision recognises what the criteria do not allow"
    assert over in told["bien-ban-tham-dinh"]
    table = Document(desk / "build" / "xep-loai" / "quyet-dinh-cong-nhan-so-ban-nganh.docx").tables[-1]
    assert [(row.cells[0].text, row.cells[-1].text) for row in table.rows[2:]] == [("1", "1"), ("2", "1")]
    assert "đã gửi hồ sơ tự chấm điểm: 03/20." in told["to-trinh-cong-nhan"], "who is not verified has sent"
    assert "Sở Nội vụ" not in told["to-trinh-cong-nhan"].partition("2. Chưa gửi hồ sơ:")[2].partition("II. KẾT QUẢ")[
        0
    ].replace("Sở Nội vụ kính", "")
    assert "(đơn vị tự thẩm định; chưa thẩm định xong): Sở Nội vụ." in told["quyet-dinh-cong-nhan"]


def test_a_block_of_which_no_unit_is_there_any_more_has_no_heading(run: Run, desk: Path) -> None:
    """A decision names the blocks alone in which somebody has a place."""
    plan = desk / "plans" / "2023.yaml"
    ended = plan.read_text("utf-8").replace("abbr: UBND, block: huyen,", "abbr: UBND, block: huyen, to: 2023-06-30,")
    plan.write_text(ended, "utf-8")
    assert review(run, desk, "set", UNIT, "9.1=8", *BY).code == 0
    shown = run("rank", "-o", "xh.xlsx", cwd=desk, today=TODAY)
    assert shown.code == 0
    assert len(load_workbook(desk / "xh.xlsx").worksheets) == 2
    shown = run("rank", cwd=desk, today=TODAY)
    assert "UBND các huyện, thị xã, thành phố: không có đơn vị nào vào ngày chấm điểm" in shown.stdout
    assert run("rank", "--docs", cwd=desk, today=TODAY).code == 0
    told = {one.stem: text_of(one) for one in (desk / "build" / "xep-loai").glob("*.docx")}
    names = ("Các sở, ban, ngành tỉnh", "Các đơn vị sự nghiệp trực thuộc", "UBND các huyện, thị xã")
    for paper, heads in (("bien-ban-tham-dinh", (1, 1, 0)), ("quyet-dinh-cong-nhan", (1, 0, 0))):
        assert tuple(told[paper].count(name) for name in names) == heads, paper


def test_who_was_gone_before_the_scoring_has_not_failed_to_send_a_score(run: Run, desk: Path) -> None:
    plan = desk / "plans" / "2023.yaml"
    text = plan.read_text("utf-8")
    plan.write_text(text.replace("id: so-ngoai-vu, ", "id: so-ngoai-vu, to: 2023-06-30, "), "utf-8")
    book = review(run, desk, "book", "--block", "so-ban-nganh")
    told = " ".join((book.stdout + book.stderr).split())
    assert (book.code, "chưa gửi bản tự chấm" in told, "Sở Ngoại vụ" in told) == (0, True, False)
