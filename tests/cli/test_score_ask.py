"""`danvan score --ask`, in a real terminal: what is asked, what is understood, what is kept when a person stops."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from commands import at_terminal, environment
from word_files import snapshot

if TYPE_CHECKING:
    from conftest import Run

pytest.importorskip("pty")
SCORE = Path("units") / "so-y-te" / "score.yaml"

# Số liệu của chúng tôi, không phải của tỉnh nào.
RUBRIC = """\
format: danvan-rubric/1
plan: "2023"
rubrics:
  - id: ngan
    name: Bộ tiêu chí ngắn
    official: false
    from: 2023-01-01
    blocks: [so-ban-nganh, su-nghiep, huyen]
    max: 50
    criteria:
      - id: "1"
        title: Kết quả
        criteria:
          - {id: "1.1", title: Kế hoạch, max: 10, levels: [{id: co, name: Có, points: 10}, {id: muon, name: Có muộn, points: 5}]}
          - {id: "1.2", title: Giải quyết đơn, max: 10, ratio: {}, na: rescale}
          - {id: "1.3", title: Nêu gương, max: 10, graded: 0.5, guide: Chấm theo bước nửa điểm}
      - id: "2"
        title: Báo cáo
        criteria:
          - {id: "2.1", title: Hội nghị, max: 10, count: {each: 2.5}, evidence: [Giấy mời]}
          - {id: "2.2", title: Kỷ luật, max: 5, deduction: {each: 1}}
          - {id: "2.3", title: Cấp trên chấm, max: 5, manual: true, by: superior}
    bands: [{id: tot, name: Tốt, from: 30}, {id: kem, name: Kém, from: 0}]
    violations: [{id: ky-luat, name: Lãnh đạo bị kỷ luật}]
    limits: [{id: loai, when: {violation: ky-luat}, deny: true, reason: Lãnh đạo bị kỷ luật}]
"""


@pytest.fixture
def folder(workspace: Path) -> Path:
    (workspace / "plans" / "2023.rubric.yaml").write_text(RUBRIC, encoding="utf-8")
    return workspace


def ask(folder: Path, *typed: str, end: str = "") -> tuple[int, str]:
    """Answer in a terminal, line by line; give the exit code and the whole screen."""
    lines = "".join(f"{line}\n" for line in typed) + end
    command = ["score", "so-y-te", "--ask", "--no-sheet"]
    done = at_terminal(command, folder, environment(TERM="dumb"), lines.encode(), shown=(1, 2))
    return done.code, done.stdout


def said(folder: Path, criterion: str) -> str:
    """Give what the file says of a criterion, without comments and empty places."""
    text = (folder / SCORE).read_text(encoding="utf-8")
    found = re.search(rf'^  "{re.escape(criterion)}":[^\n]*\n((?:    .*\n)+)', text, re.MULTILINE)
    assert found
    return " ".join(" ".join(line.split()) for line in found[1].splitlines() if not re.search(r":( \[\])?$", line))


def test_criterion_by_criterion_with_the_running_total_to_the_band(folder: Path) -> None:
    code, screen = ask(folder, "2", "45/50", "8,5", "4", "Giấy mời họp", "12/GM-SYT", "0", "không")
    assert code == 0, screen
    totals = re.findall(r"Tổng điểm đến nay: (\S+)/45", screen)
    assert totals == ["5,00", "14,00", "22,50", "32,50", "37,50"]
    assert "Chấm theo bước nửa điểm" in screen
    assert "Cấp trên chấm (" not in screen, "không hỏi tiêu chí của người khác"
    assert "Tạm xếp: Tốt" in screen
    assert said(folder, "1.1") == 'level: "muon"'
    assert said(folder, "1.2") == "value: 45 base: 50"
    assert said(folder, "1.3") == "points: 8.5"
    assert said(folder, "2.1") == 'count: 4 - title: "Giấy mời họp" number: "12/GM-SYT"'
    assert said(folder, "2.2") == "count: 0"
    assert re.search(r"^violations: \[\]", (folder / SCORE).read_text(encoding="utf-8"), re.MULTILINE)


def test_levels_are_understood_by_id_figures_as_vietnamese_write_them_and_na_with_its_reason(folder: Path) -> None:
    code, screen = ask(folder, "co", "2.440 : 2.475,5", "2440 : 2.475,5", "q")
    assert code == 1, screen
    assert "không rõ «2.440» là số nào" in screen
    assert "viết 2440 hoặc 2,440" in screen
    assert said(folder, "1.1") == 'level: "co"'
    assert said(folder, "1.2") == "value: 2440 base: 2475.5"
    code, screen = ask(folder, "kad", "q")
    assert "tiêu chí «1.3» không cho phép «không áp dụng»" in " ".join(screen.split())
    assert said(folder, "1.3") == ""


def test_not_applicable_wants_a_reason_and_is_rescaled(folder: Path) -> None:
    code, screen = ask(folder, "co", "KAD", "", "không áp dụng", "Không phát sinh đơn", "10", "q")
    assert code == 1, screen
    assert "mà không có giải trình" in " ".join(screen.split())
    assert said(folder, "1.2") == 'note: "Không phát sinh đơn" na: true'
    assert re.findall(r"Tổng điểm đến nay: (\S+)/45", screen)[-1] == "25,71"  # 20 × 45 : 35


def test_what_is_not_understood_or_does_not_fit_is_asked_again(folder: Path) -> None:
    code, screen = ask(folder, "3", "tốt", "-1", "1", "45", "4x/5", "3/0", "9/10", "8,3", "11", "8.5", "q")
    assert code == 1, screen
    whole = " ".join(screen.split())
    for wrong in ("không có mức «3»", "không có mức «tốt»", "không hiểu «45»", "không hiểu «4x/5»", "mẫu số bằng 0",
                  "8,3 điểm không đúng bước 0,5", "11 điểm vượt điểm tối đa 10"):  # fmt: skip
        assert wrong in whole, wrong
    assert [said(folder, name) for name in ("1.1", "1.2", "1.3")] == ['level: "co"', "value: 9 base: 10", "points: 8.5"]


def test_the_end_of_the_input_cancels_even_where_nothing_is_open_but_a_statement(folder: Path) -> None:
    code, screen = ask(folder, "1", "1/1", "10", "0", "0", end="\x04")
    assert (code, "đã hủy" in screen) == (1, True), screen
    assert said(folder, "2.2") == "count: 0"
    assert re.search(r"^violations:\s+#", (folder / SCORE).read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("typed", "end"), [(("1", "q"), ""), (("1", "thoát"), ""), (("1",), "\x04")])
def test_who_stops_keeps_what_was_answered_and_goes_on_there(folder: Path, typed: tuple[str, ...], end: str) -> None:
    code, screen = ask(folder, *typed, end=end)
    assert code == 1
    assert "đã dừng" in screen
    assert (said(folder, "1.1"), said(folder, "1.2")) == ('level: "co"', "")
    _code, screen = ask(folder, "q")
    assert "1.1. Kế hoạch (" not in screen
    assert "1.2. Giải quyết đơn (" in screen


def test_who_stops_at_the_evidence_keeps_the_answer(folder: Path) -> None:
    ask(folder, "", "", "", "4", "q")
    assert said(folder, "2.1") == "count: 4"


def test_enter_leaves_a_criterion_blank_and_evidence_may_be_explained_instead(folder: Path) -> None:
    code, screen = ask(folder, "", "", "", "2", "", "Lưu tại văn thư", "", "")
    assert code == 1, screen
    assert [said(folder, name) for name in ("1.1", "1.2", "1.3", "2.2")] == [""] * 4
    assert said(folder, "2.1") == 'count: 2 note: "Lưu tại văn thư"'
    assert re.search(r"^violations:\s+#", (folder / SCORE).read_text(encoding="utf-8"), re.MULTILINE)


def test_a_violation_is_stated_by_its_id_and_a_mistyped_one_asked_again(folder: Path) -> None:
    code, screen = ask(folder, "1", "1/1", "10", "0", "0", "ky-luatt", "ky-luat")
    assert code == 0, screen
    assert "DV924" in screen
    assert "Không đủ điều kiện xếp loại" in screen


def test_evidence_with_a_mark_of_secrecy_is_refused_and_the_points_stay(folder: Path) -> None:
    code, screen = ask(folder, "", "", "", "4", "TỐI MẬT: chuyện kín", "")
    assert code == 1
    assert "DV904" in screen
    assert said(folder, "2.1") == "count: 4"
    assert "kín" not in (folder / SCORE).read_text(encoding="utf-8")


def test_without_a_terminal_it_is_not_asked(run: Run, folder: Path) -> None:
    before = snapshot(folder)
    for more in ((), ("--json",)):
        told = run("score", "so-y-te", "--ask", *more, cwd=folder)
        assert (told.code, told.stdout) == (2, "")
        assert "--ask" in told.stderr
    assert snapshot(folder) == before


def test_one_goes_back_and_the_answer_that_stands_is_shown(folder: Path) -> None:
    code, screen = ask(folder, "1", "lùi", "2", "1/2", "lùi", "", "10", "0", "0", "1")
    assert code == 0, screen
    assert "đang ghi: Có (Enter: giữ nguyên)" in screen
    assert "đang ghi: 1/2" in screen
    assert [said(folder, name) for name in ("1.1", "1.2", "1.3")] == ['level: "muon"', "value: 1 base: 2", "points: 10"]
    assert "1. Lãnh đạo bị kỷ luật" in screen
    assert '\n  - "ky-luat"\n' in (folder / SCORE).read_text(encoding="utf-8")
    _code, screen = ask(folder)
    assert "Mọi tiêu chí đơn vị tự chấm đã có câu trả lời" in screen


def test_what_lacks_its_evidence_is_asked_for_it_alone(folder: Path) -> None:
    ask(folder, "1", "1/1", "10", "4", "", "", "0", "không")
    assert said(folder, "2.1") == "count: 4"
    code, screen = ask(folder, "Giấy mời", "7/GM-SYT")
    assert code == 0, screen
    assert "số lượng" not in screen
    assert said(folder, "2.1") == 'count: 4 - title: "Giấy mời" number: "7/GM-SYT"'


def test_nobody_at_a_terminal_is_told_of_keys_of_a_file(folder: Path) -> None:
    _code, screen = ask(folder, "", "3/0", "q")
    for key in ("value", "base", "na: true", "level"):
        assert key not in screen
    assert "ghi tử số/mẫu số" in screen


def test_only_what_the_unit_owes_by_a_day_is_asked_to_have_been_late(folder: Path) -> None:
    path = folder / "plans" / "2023.rubric.yaml"
    text = path.read_text(encoding="utf-8")
    limit = "{id: muon, when: {late: 1y}, cap: kem, reason: Báo cáo năm gửi muộn}"
    path.write_text(text.replace("limits: [", f"limits: [{limit}, ", 1), encoding="utf-8")
    _code, screen = ask(folder, "1", "1/1", "10", "0", "0", "2", "không")
    asked = re.findall(r"^  (\d)\. ((?:Kết|Báo|Kế) \S+ \S+)", screen, re.MULTILINE)
    assert asked == [("1", "Kết quả tự"), ("2", "Báo cáo kết"), ("3", "Báo cáo kết")], screen
    assert re.search(r'^late:[^\n]*\n  - "6m"', (folder / SCORE).read_text(encoding="utf-8"), re.MULTILINE)
