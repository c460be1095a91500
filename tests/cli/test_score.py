"""`danvan score`: from a file, from answers, with --json, for all; what is told, written, and never touched."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from word_files import edit, highlighted, snapshot, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Run

UNIT = Path("units") / "so-y-te"
SCORE = UNIT / "score.yaml"
SHEET = UNIT / "out" / "bang-tu-cham-diem.docx"
SAMPLE = "samples/so-y-te.score.yaml"
RUBRIC = Path("plans") / "2023.rubric.yaml"


@pytest.fixture
def scored(begun: Callable[..., Path]) -> Path:
    """Give a workspace where Sở Y tế has taken the sample answers."""
    return begun(f"score so-y-te --answers {SAMPLE} --no-sheet")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, text.count(old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def answers(workspace: Path, body: str, name: str = "a.yaml") -> Path:
    path = workspace / name
    path.write_text(f"format: danvan-score/1\n{body}\n", encoding="utf-8")
    return path


def squeezed(text: str) -> str:
    return " ".join(text.split())


# From score.yaml ------------------------------------------------------------------------------------------------------


def test_a_unit_without_answers_gets_an_empty_sheet_of_them_and_is_unfinished(run: Run, workspace: Path) -> None:
    told = run("score", "so-y-te", cwd=workspace)
    assert told.code == 1
    assert "units/so-y-te/score.yaml" in told.stderr
    assert "Còn 26 tiêu chí chưa chấm" in told.stdout
    written = (workspace / SCORE).read_text(encoding="utf-8")
    assert "KHÔNG phải bộ tiêu chí chính thức" in written
    assert run("check", SCORE, cwd=workspace).code == 0
    before = snapshot(workspace)
    assert run("score", "so-y-te", cwd=workspace).code == 1
    assert snapshot(workspace) == before


def test_what_stands_in_the_file_is_scored_with_table_total_band_and_gaps(run: Run, scored: Path) -> None:
    told = run("score", "so-y-te", "--no-sheet", cwd=scored)
    said = squeezed(told.stdout)
    assert told.code == 0
    assert "(bộ tiêu chí này không phải bộ tiêu chí chính thức)" in said
    assert "Tổng điểm tự chấm: 79,47/90" in said
    assert "Còn 10 điểm không do đơn vị chấm." in said
    assert "Tạm xếp: Hoàn thành tốt nhiệm vụ" in said
    assert re.search(r"thiếu tài liệu kiểm chứng của tiêu chí 5\.2: Lịch tiếp công dân", squeezed(told.stderr))
    assert all(len(line) <= 80 for line in told.stdout.splitlines())


def test_a_rubric_that_is_over_is_told_where_another_is_in_force(run: Run, scored: Path) -> None:
    path = scored / "plans" / "2023.rubric.yaml"
    first = path.read_text("utf-8")
    body = first.partition("rubrics:\n")[2]
    for old, new in (("id: mau-2023", "id: mau-2024"), ("2023-01-01", "2024-01-01"), ("2023-12-31", "2024-12-31")):
        body = body.replace(old, new, 1)
    path.write_text(f"{first.rstrip()}\n\n{body}", "utf-8")
    words = "rubric: mau-2024"
    assert words not in run("score", "so-y-te", cwd=scored, today="2023-11-01").stderr
    told = run("score", "so-y-te", cwd=scored, today="2024-11-01").stderr
    assert words in squeezed(told)
    assert "mau-2023, hôm nay không còn hiệu lực" in squeezed(told)
    assert run("init-unit", "so-y-te", cwd=scored).code == 0
    packed = run("submit", "so-y-te", "--period", "tu-cham", cwd=scored, today="2024-11-01")
    assert (packed.code, squeezed(packed.stderr).count(words)) == (0, 1), packed.stderr


def test_each_line_is_explained_as_on_paper(run: Run, scored: Path) -> None:
    told = squeezed(run("score", "so-y-te", "--explain", "--no-sheet", cwd=scored).stdout)
    wanted = ("12 : 13 (92,31 %)", "11 × 0,5 = 5,5 > 5", "4 − 1 × 2 = 2 →", "14,50 + 13,00 + 12,50 + 7,50 + 13,77 +")
    for line in wanted:
        assert line in told


def test_not_applicable_and_rescaling_are_told_and_add_up(run: Run, scored: Path) -> None:
    given = answers(scored, 'answers: {"5.3": {na: true, note: Không có đối thoại}}')
    assert run("score", "so-y-te", "--answers", given, "--replace", "--no-sheet", cwd=scored).code == 0
    told = squeezed(run("score", "so-y-te", "--explain", "--no-sheet", cwd=scored).stdout)
    assert "76,70 × 90 : (90 − 3) = 79,34" in told
    assert "Tổng điểm tự chấm: 79,34/90" in told


@pytest.mark.parametrize(
    ("body", "band", "says"),
    [
        ("violations: [diem-nong]", "Không hoàn thành nhiệm vụ", "Để phát sinh điểm nóng"),
        ("late: [1y]", "Hoàn thành tốt nhiệm vụ", "Báo cáo năm gửi muộn"),
        ("violations: [vi-pham-phap-luat]", None, "Không đủ điều kiện xếp loại"),
        ('answers: {"5.2": {level: khong}, "5.4": {points: 0}, "5.1": {value: 1, base: 2}}', "Hoàn thành nhiệm vụ", "dưới một nửa"),
    ],
)  # fmt: skip
def test_limits_are_told_with_their_reason(run: Run, scored: Path, body: str, band: str | None, says: str) -> None:
    given = answers(scored, body)
    told = run("score", "so-y-te", "--answers", given, "--replace", "--no-sheet", cwd=scored)
    assert told.code == 0
    assert says in squeezed(told.stdout)
    found = json.loads(run("score", "so-y-te", "--json", "--no-sheet", cwd=scored).stdout)
    assert (found["band"], found["eligible"]) == (band, band is not None)


def test_strict_takes_missing_evidence_and_what_is_not_stated_for_unfinished(run: Run, scored: Path) -> None:
    assert run("score", "so-y-te", "--no-sheet", "--strict", cwd=scored).code == 1
    note = answers(scored, 'answers: {"5.2": {level: day-du, note: Sổ theo dõi tại đơn vị}}')
    assert run("score", "so-y-te", "--no-sheet", "--strict", "--answers", note, cwd=scored).code == 0
    change(scored / SCORE, "violations: []", "violations:")
    told = run("score", "so-y-te", "--no-sheet", "--strict", cwd=scored)
    assert told.code == 1
    assert "chưa khẳng định có vi phạm nào không" in squeezed(told.stderr)
    assert run("score", "so-y-te", "--no-sheet", cwd=scored).code == 0


def test_a_wrong_answer_in_the_file_is_told_by_line_and_nothing_is_made(run: Run, scored: Path) -> None:
    change(scored / SCORE, "points: 3.5\n", "points: 9\n")
    before = snapshot(scored)
    told = run("score", "so-y-te", cwd=scored)
    assert (told.code, told.stdout) == (1, "")
    assert re.search(r"score\.yaml:\d+:13: DV921", told.stderr)
    assert snapshot(scored) == before


def test_when_nothing_is_left_to_be_scored_it_says_so(run: Run, scored: Path) -> None:
    (scored / RUBRIC).write_text(
        "format: danvan-rubric/1\nplan: '2023'\nrubrics:\n  - id: mau-2023\n    name: Thử\n    official: true\n"
        "    from: 2023-01-01\n    blocks: [so-ban-nganh, su-nghiep, huyen]\n    max: 10\n    criteria:\n"
        "      - {id: '1', title: A, criteria: [{id: '1.3', title: B, max: 10, manual: true, na: rescale}]}\n"
        "    bands: [{id: tot, name: Tốt, from: 0}]\n",
        encoding="utf-8",
    )
    (scored / SCORE).write_text(
        'format: danvan-score/1\nunit: so-y-te\nanswers: {"1.3": {na: true, note: Không có}}\n', encoding="utf-8"
    )
    told = run("score", "so-y-te", "--no-sheet", cwd=scored)
    assert told.code == 1
    assert "Không có tiêu chí nào để tính điểm" in told.stdout


# --answers ------------------------------------------------------------------------------------------------------------


def test_answers_go_into_the_file_and_all_else_stays_byte_for_byte(run: Run, workspace: Path) -> None:
    run("score", "so-y-te", "--no-sheet", cwd=workspace)
    path = workspace / SCORE
    text = path.read_text(encoding="utf-8")
    mine = text.replace("answers:\n", "answers:\n  # ghi chú của tôi\n", 1).replace("\n", "\r\n")
    path.write_bytes(mine.encode())
    given = answers(workspace, 'answers: {"1.1": {level: chua-co}, "2.2": {count: 3}}')
    assert run("score", "so-y-te", "--no-sheet", "--answers", given, cwd=workspace).code == 1
    old, new = mine.split("\r\n"), path.read_bytes().decode().split("\r\n")
    assert len(old) == len(new)
    changed = [(a.strip(), b.strip()) for a, b in zip(old, new, strict=True) if a != b]
    assert changed == [("level:", 'level: "chua-co"'), ("count:", "count: 3")]


def test_the_same_answers_again_change_nothing(run: Run, scored: Path) -> None:
    before = snapshot(scored)
    assert run("score", "so-y-te", "--answers", SAMPLE, "--no-sheet", cwd=scored).code == 0
    assert snapshot(scored) == before


def test_answers_replace_those_they_name_and_no_others(run: Run, scored: Path) -> None:
    def points() -> dict[str, str]:
        found = json.loads(run("score", "so-y-te", "--json", "--no-sheet", cwd=scored).stdout)
        return {one["id"]: one["self"] for one in found["criteria"]}

    before = points()
    body = 'answers:\n  "1.3": {na: true, note: Không có đơn vị trực thuộc}\n  "2.2": {count: 1}\n  "3.3": {}\n  "3.4":'
    replacing = ("score", "so-y-te", "--no-sheet", "--replace", "--answers")
    assert run(*replacing, answers(scored, body), cwd=scored).code == 0
    after = points()
    assert {name for name in before if before[name] != after[name]} == {"1", "1.3", "2", "2.2"}
    assert (after["1.3"], after["2.2"]) == (None, "0.50")
    back = answers(scored, 'answers: {"1.3": {value: 16, base: 16}, "2.2": {count: 11}}')
    told = run(*replacing, back, cwd=scored)
    assert told.code == 0, told.stderr
    assert points()["1.3"] == before["1.3"], "không áp dụng rồi lại áp dụng"
    assert run("check", SCORE, cwd=scored).code == 0


def test_what_answers_would_replace_is_shown_and_replaced_only_where_that_is_said(run: Run, scored: Path) -> None:
    body = 'answers: {"1.3": {na: true, note: Không có đơn vị}, "2.2": {count: 11}, "5.1": {value: 53, base: 56}}\nlate: [6m]'
    given, before = answers(scored, body), snapshot(scored)
    told = run("score", "so-y-te", "--no-sheet", "--answers", given, cwd=scored)
    assert (told.code, told.stdout, "--replace" in told.stderr) == (1, "", True)
    said = told.stderr.splitlines()
    assert [line.partition(":")[0] for line in said[:4]] == ["1.3", "2.2", "5.1", "late"]
    assert said[0] == "1.3: 16/16 → không áp dụng"
    assert re.match("2.2: tài liệu kiểm chứng: .* → .*trống", said[1]), "the number is the same, its evidence goes"
    assert said[2].startswith("5.1: 54/56")
    assert "→ 53/56" in said[2]
    assert said[3] == "late: [] → [6m]"
    assert "4 câu trả lời đã có sẽ bị thay như trên" in said[4]
    assert snapshot(scored) == before
    told = run("score", "so-y-te", "--no-sheet", "--replace", "--answers", given, cwd=scored)
    assert (told.code, "late: [] → [6m]" in told.stderr) == (0, True)
    kept = (scored / SCORE).with_name("score.yaml.bak")
    assert kept.read_bytes() == before[SCORE.as_posix()][1]
    assert run("score", "so-y-te", "--no-sheet", "--answers", given, cwd=scored).code == 0, "nothing left to replace"
    assert run("score", "so-y-te", "--no-sheet", "--replace", cwd=scored).code == 2


def test_an_empty_sheet_of_answers_wipes_nothing_out(run: Run, scored: Path) -> None:
    run("score", "so-noi-vu", "--no-sheet", cwd=scored)
    empty = (scored / "units" / "so-noi-vu" / "score.yaml").read_text(encoding="utf-8").replace("unit: so-noi-vu\n", "")
    (scored / "a.yaml").write_text(empty, encoding="utf-8")
    before = (scored / SCORE).read_bytes()
    assert run("score", "so-y-te", "--no-sheet", "--answers", "a.yaml", cwd=scored).code == 0
    assert (scored / SCORE).read_bytes() == before


@pytest.mark.parametrize(
    ("body", "code", "says"),
    [
        ("unit: so-noi-vu\nanswers: {'1.4': {points: 1}}", 2, "so-noi-vu"),
        ("unit: so-gi-do", 1, "a.yaml:2:7: DV901"),
        ("answers: {'1.4': {points: 4.5}}", 1, "a.yaml:2:27: DV921"),
        ("answers: {'1.4': {points: 0.3}}", 1, "a.yaml:2:27: DV921"),
        ("answers: {'1.4': {points: -1}}", 1, "a.yaml:2:27: DV113"),
        ("answers: {'1.4': {points: '3'}}", 1, "a.yaml:2:27: DV112"),
        ("answers: {'1.1': {level: day-dủ}}", 1, "a.yaml:2:26: DV921"),
        ("answers: {'2.2': {count: 1.5}}", 1, "a.yaml:2:26: DV112"),
        ("answers: {'1.2': {value: 3, base: 0}}", 1, "a.yaml:2:35: DV921"),
        ("answers: {'9.1': {points: 10}}", 1, "a.yaml:2:11: DV922"),
        ("answers: {'9.9': {points: 10}}", 1, "a.yaml:2:11: DV920"),
        ("answers: {'1': {points: 10}}", 1, "a.yaml:2:11: DV921"),
        ("answers: {'1.1': {lever: day-du}}", 1, "a.yaml:2:19: DV110"),
        ("rubric: mau-2022", 1, "a.yaml:2:9: DV923"),
        ("late: [bao-cao]", 1, "a.yaml:2:8: DV924"),
        ("answers: [", 1, "a.yaml:3:1: DV103"),
        ("answers: {'1.2': {value: 99999999999999999999999999999999, base: 1}}", 1, "a.yaml:2:26: DV1"),
    ],
)
def test_wrong_answers_are_refused_at_their_place_and_nothing_is_written(
    run: Run, scored: Path, body: str, code: int, says: str
) -> None:
    answers(scored, body)
    before = snapshot(scored)
    told = run("score", "so-y-te", "--answers", "a.yaml", cwd=scored)
    assert (told.code, told.stdout) == (code, "")
    assert says in told.stderr
    assert "Traceback" not in told.stderr
    assert snapshot(scored) == before


def test_answers_that_are_not_there_are_told(run: Run, scored: Path) -> None:
    before = snapshot(scored)
    told = run("score", "so-y-te", "--answers", "khong-co.yaml", cwd=scored)
    assert told.code == 2
    assert "khong-co.yaml" in told.stderr
    assert snapshot(scored) == before


# Proposals ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def recorded(run: Run, workspace: Path) -> Path:
    """Give a workspace where Sở Y tế has recorded its year and answered nothing."""
    assert run("init-unit", "so-y-te", "--from", "samples/so-y-te.unit.yaml", cwd=workspace).code == 0
    run("score", "so-y-te", "--no-sheet", cwd=workspace)
    return workspace


def test_what_the_record_can_answer_is_proposed_and_not_entered(run: Run, recorded: Path) -> None:
    before = (recorded / SCORE).read_bytes()
    told = run("score", "so-y-te", "--no-sheet", cwd=recorded)
    assert told.code == 1
    assert "--accept" in told.stderr
    assert re.search(r"^ +7\.2: \d+ : \d+", told.stderr, re.MULTILINE)
    assert (recorded / SCORE).read_bytes() == before


def test_accept_enters_proposals_for_what_is_blank_and_leaves_the_rest(run: Run, recorded: Path) -> None:
    path = recorded / SCORE
    text = path.read_text(encoding="utf-8")
    proof = "evidence:\n      - {title: Biên bản, number: 7/BB}"
    filled = re.sub(r'("2\.2":[^\n]*\n    count:)', r"\1 1", text)
    filled = re.sub(r'("1\.2":[^\n]*\n    value:\n    base:\n    )evidence: \[\]', rf"\1{proof}", filled)
    assert filled.count(proof) == 1
    path.write_text(filled, encoding="utf-8")
    told = run("score", "so-y-te", "--no-sheet", "--accept", cwd=recorded)
    assert told.code == 1, told.stderr
    after = path.read_text(encoding="utf-8")
    assert re.search(r'"2\.2":[^\n]*\n    count: 1\n', after), "câu đã trả lời giữ nguyên"
    assert re.search(r'"1\.2":[^\n]*\n    value: \d+\n    base: \d+\n', after)
    assert after.count(proof) == 1, "kiểm chứng đã ghi giữ nguyên"
    before = snapshot(recorded)
    run("score", "so-y-te", "--no-sheet", "--accept", cwd=recorded)
    assert snapshot(recorded) == before


def test_dates_that_speak_against_what_is_stated_are_told(run: Run, recorded: Path) -> None:
    unit = recorded / UNIT / "unit.yaml"
    text = unit.read_text(encoding="utf-8")
    head, _key, tail = text.partition("\ndeliverables:")
    late = "\ndeliverables:\n  1y: {number: 300/BC-SYT, date: 2023-11-20}"
    rest = re.sub(r"\A.*?(?=\n\S|\Z)", "", tail, count=1, flags=re.DOTALL)
    unit.write_text(head + late + rest, encoding="utf-8")
    told = run("score", "so-y-te", "--no-sheet", cwd=recorded)
    assert re.search(r"^ +8\.2: «Gửi muộn» → 1,00", told.stderr, re.MULTILINE)
    assert "late: [1y]" in told.stderr
    change(recorded / SCORE, "\nlate:  #", "\nlate: []  #")
    told = run("score", "so-y-te", "--no-sheet", cwd=recorded)
    assert "«1y» không ghi trong late, nhưng ban hành ngày 20/11/2023" in squeezed(told.stderr)


def test_that_none_was_late_is_not_proposed_while_the_report_that_a_limit_asks_about_is_not_sent(
    run: Run, begun: Callable[..., Path]
) -> None:
    folder = begun("init-unit so-y-te")
    sent = ("--issued", "6m", "--number", "5/BC-SYT", "--date", "5/5/2023")
    assert run("log", "so-y-te", *sent, cwd=folder, today="2023-06-01").code == 0
    told = run("score", "so-y-te", "--no-sheet", "--accept", cwd=folder, today="2023-06-01")
    assert "chưa khẳng định có báo cáo nào gửi muộn không" in told.stderr
    text = (folder / SCORE).read_text(encoding="utf-8")
    assert "\nlate:  #" in text
    assert 'level: "' in text, "that the report of the half was in time is written down"


def test_figures_that_cannot_be_points_are_not_proposed(run: Run, recorded: Path) -> None:
    unit = recorded / UNIT / "unit.yaml"
    text = unit.read_text(encoding="utf-8")
    changed = re.sub(r"(\n +cb-quan-triet: \{[^}]*1y: )[\d.]+", r"\g<1>-5", text)
    assert changed != text
    unit.write_text(changed, encoding="utf-8")
    told = run("score", "so-y-te", "--no-sheet", cwd=recorded)
    assert told.code == 1
    assert "Traceback" not in told.stderr
    assert not re.search(r"^ +1\.2: ", told.stderr, re.MULTILINE)


def test_a_unit_without_a_record_may_score_itself(run: Run, scored: Path) -> None:
    assert not (scored / UNIT / "unit.yaml").exists()
    told = run("score", "so-y-te", cwd=scored)
    assert (told.code, "đề xuất" in told.stderr) == (0, False)
    assert (scored / SHEET).is_file()


# --json ---------------------------------------------------------------------------------------------------------------


def test_json_is_one_document_with_decimal_strings_that_add_up(run: Run, scored: Path) -> None:
    told = run("score", "so-y-te", "--json", cwd=scored)
    assert (told.code, told.stderr) == (0, "")
    found = json.loads(told.stdout)
    assert list(found) == ["unit", "rubric", "max", "self", "verified", "band", "eligible", "made", "criteria"]
    assert {key: found[key] for key in list(found)[:-2]} == {
        "unit": "so-y-te", "rubric": "mau-2023", "max": "100.00", "self": "79.47", "verified": None,
        "band": "Hoàn thành tốt nhiệm vụ", "eligible": True,
    }  # fmt: skip
    lines = {one["id"]: one for one in found["criteria"]}
    assert lines["5.2"] == {"id": "5.2", "max": "4.00", "self": "4.00", "verified": None, "missing_evidence": True}
    assert lines["9.1"] == {"id": "9.1", "max": "10.00", "self": None, "verified": None, "missing_evidence": False}
    groups = [one for name, one in lines.items() if name.isdecimal()]
    assert sum(Decimal(one["self"] or 0) for one in groups) == Decimal(found["self"])
    for group in groups:
        inside = [
            Decimal(one["self"]) for name, one in lines.items() if name.startswith(f"{group['id']}.") and one["self"]
        ]
        assert Decimal(group["self"] or 0) == sum(inside)
    assert (scored / SHEET).is_file(), "--json cũng làm bảng Word"


def test_what_is_blank_has_no_band_in_json(run: Run, scored: Path) -> None:
    text = (scored / SCORE).read_text(encoding="utf-8")
    head, key, tail = text.partition('  "5.4":')
    (scored / SCORE).write_text(head + key + tail.replace("points: 3", "points:", 1), encoding="utf-8")
    told = run("score", "so-y-te", "--json", cwd=scored)
    found = json.loads(told.stdout)
    assert (told.code, found["self"], found["band"]) == (1, "76.47", None)
    assert next(one for one in found["criteria"] if one["id"] == "5.4")["self"] is None
    assert any("5.4" in blank for blank in highlighted(scored / SHEET))


# The sheet ------------------------------------------------------------------------------------------------------------


def test_the_sheet_says_on_its_face_that_the_rubric_is_not_official(run: Run, scored: Path) -> None:
    told = run("score", "so-y-te", cwd=scored)
    assert "units/so-y-te/out/bang-tu-cham-diem.docx: đã tạo" in told.stdout
    written = texts(scored / SHEET)
    assert any("Bộ tiêu chí tham khảo, chưa do Ủy ban nhân dân tỉnh Bình Phước ban hành." in text for text in written)
    assert not any("nhóm làm phần mềm" in text for text in written)
    assert any("Bộ tiêu chí mẫu chấm điểm" in text for text in written)
    assert {"79,47", "13,77", "Hoàn thành tốt nhiệm vụ"} & set(written)
    assert "DANH MỤC TÀI LIỆU KIỂM CHỨNG" in " ".join(written)


def test_no_sheet_is_made_where_none_is_wanted_and_elsewhere_where_told(run: Run, scored: Path) -> None:
    assert not (scored / UNIT / "out").exists()
    assert run("score", "so-y-te", "-o", "x/bảng.docx", cwd=scored).code == 0
    assert (scored / "x" / "bảng.docx").is_file()
    assert not (scored / SHEET).exists()


def test_a_sheet_that_a_person_edited_is_kept_unless_forced(run: Run, scored: Path) -> None:
    run("score", "so-y-te", cwd=scored)
    edited = edit(scored / SHEET)
    for more in ((), ("--json",)):
        told = run("score", "so-y-te", *more, cwd=scored)
        assert told.code == 1
        assert "--force" in told.stderr
        assert (scored / SHEET).read_bytes() == edited
    assert run("score", "so-y-te", "--force", cwd=scored).code == 0
    assert [path.read_bytes() for path in (scored / SHEET).parent.glob("*.bak*")] == [edited]


# Rubrics --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("    max: 100\n", "    max: 90\n", r"2023\.rubric\.yaml:\d+:10: DV701"),
        ("{late: 1y}", "{late: 2y}", r"2023\.rubric\.yaml:\d+:22: DV704"),
        ("name: Hoàn thành nhiệm vụ, from: 50", "name: Hoàn thành nhiệm vụ, from: 75", r"rubric\.yaml:\d+:\d+: DV703"),
        ("            deduction: {each: 2, from: cb-ky-luat}\n", "", r"2023\.rubric\.yaml:\d+:\d+: DV702"),
        ('plan: "2023"', 'plan: "2022"', r"2023\.rubric\.yaml:\d+:7: DV704"),
    ],
)
def test_a_rubric_with_errors_is_refused_with_their_places(
    run: Run, scored: Path, old: str, new: str, place: str
) -> None:
    change(scored / RUBRIC, old, new)
    before = snapshot(scored)
    for arguments in (("so-y-te",), ("--all",)):
        told = run("score", *arguments, cwd=scored)
        assert (told.code, told.stdout) == (1, "")
        assert re.search(place, told.stderr)
    assert snapshot(scored) == before


def test_without_a_rubric_it_says_what_to_do(run: Run, scored: Path) -> None:
    (scored / RUBRIC).unlink()
    told = run("score", "so-y-te", cwd=scored)
    assert told.code == 2
    assert "plans/2023.rubric.yaml" in told.stderr


def test_a_block_without_a_rubric_in_force_is_told(run: Run, scored: Path) -> None:
    change(scored / RUBRIC, "blocks: [so-ban-nganh, su-nghiep, huyen]", "blocks: [huyen]")
    told = run("score", "so-noi-vu", cwd=scored)
    assert told.code == 2
    assert "so-ban-nganh" in told.stderr


def test_answers_to_an_older_version_are_told_before_they_are_counted(run: Run, scored: Path) -> None:
    change(scored / RUBRIC, "    version: 1\n", "    version: 2\n")
    told = run("score", "so-y-te", cwd=scored)
    assert told.code == 1
    assert "DV923" in told.stderr


# --all ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def several(run: Run, scored: Path) -> Path:
    """Give three units with whole answers, one of them wrong, and one that has only begun."""
    for unit in ("so-noi-vu", "so-tai-chinh"):
        assert run("score", unit, "--answers", SAMPLE, "--no-sheet", cwd=scored).code == 0
    run("score", "so-tu-phap", "--no-sheet", cwd=scored)
    path = scored / "units" / "so-noi-vu" / "score.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('level: "dat"', 'level: "gioi"'), encoding="utf-8")
    return scored


def test_all_scores_every_unit_and_a_broken_one_harms_no_other(run: Run, several: Path) -> None:
    told = run("score", "--all", cwd=several)
    assert told.code == 1
    rows = {line.split()[0]: squeezed(line) for line in told.stdout.splitlines() if line.startswith("so-")}
    assert set(rows) == {"so-y-te", "so-tai-chinh", "so-tu-phap"}
    assert "79,47" in rows["so-y-te"]
    assert "(tạm xếp)" in squeezed(told.stdout), "the superior has still to score"
    assert re.search(r"so-noi-vu/score\.yaml:\d+:\d+: DV921", told.stderr)
    sheets = {path.parent.parent.name for path in several.glob("units/*/out/bang-tu-cham-diem.docx")}
    assert sheets == {"so-y-te", "so-tai-chinh", "so-tu-phap"}


def test_in_english_the_column_of_bands_is_headed_band(run: Run, scored: Path) -> None:
    head = run("--lang", "en", "score", "--all", "--no-sheet", cwd=scored).stdout.splitlines()[0]
    assert "Band" in head
    assert "Severity" not in head


def test_all_as_json_is_one_document_of_those_that_could_be_scored(run: Run, several: Path) -> None:
    told = run("score", "--all", "--json", "--no-sheet", cwd=several)
    assert told.code == 1
    found = json.loads(told.stdout)["units"]
    assert {one["unit"]: (one["self"], one["band"]) for one in found} == {
        "so-tai-chinh": ("79.47", "Hoàn thành tốt nhiệm vụ"),
        "so-tu-phap": ("0.00", None),
        "so-y-te": ("79.47", "Hoàn thành tốt nhiệm vụ"),
    }
    one = json.loads(run("score", "so-y-te", "--json", "--no-sheet", cwd=several).stdout)
    assert next(other for other in found if other["unit"] == "so-y-te") == one
    assert not list(several.glob("units/*/out/*"))


def test_all_is_strict_as_one_is(run: Run, scored: Path) -> None:
    assert run("score", "--all", "--no-sheet", cwd=scored).code == 0
    assert run("score", "--all", "--no-sheet", "--strict", cwd=scored).code == 1
    note = answers(scored, 'answers: {"5.2": {level: day-du, note: Sổ theo dõi tại đơn vị}}')
    assert run("score", "so-y-te", "--no-sheet", "--answers", note, cwd=scored).code == 0
    assert run("score", "--all", "--no-sheet", "--strict", cwd=scored).code == 0
    change(scored / SCORE, "late: []", "late:")
    assert run("score", "--all", "--no-sheet", "--strict", cwd=scored).code == 1


@pytest.mark.parametrize("more", [("so-y-te",), ("--ask",), ("--accept",), ("-o", "x.docx"), ("--answers", SAMPLE)])
def test_all_goes_with_nothing_that_is_one_units(run: Run, workspace: Path, more: tuple[str, ...]) -> None:
    assert run("score", "--all", *more, cwd=workspace).code == 2


def test_all_where_no_unit_has_begun_says_how_to_begin(run: Run, workspace: Path) -> None:
    told = run("score", "--all", cwd=workspace)
    assert (told.code, told.stdout) == (2, "")
    assert "danvan score" in told.stderr


def test_the_unit_may_be_left_out_inside_its_folder_and_is_named_when_mistyped(run: Run, scored: Path) -> None:
    assert "79,47/90" in run("score", "--no-sheet", cwd=scored / UNIT).stdout
    told = run("score", "so-y-tê", cwd=scored)
    assert told.code == 2
    assert "so-y-te" in told.stderr


# The report ----------------------------------------------------------------------------------------------------------


def test_the_report_is_written_beside_the_sheet_when_asked_for(run: Run, scored: Path) -> None:
    report = (scored / SHEET).with_name("bao-cao-tu-cham-diem.docx")
    assert run("score", "so-y-te", cwd=scored).code == 0
    assert not report.exists()
    told = run("score", "so-y-te", "--report", cwd=scored)
    assert told.code == 0, told.stderr
    assert "bao-cao-tu-cham-diem.docx" in squeezed(told.stdout)
    written = texts(report)
    assert any("Tổng điểm tự chấm: 79,47/90 điểm" in text for text in written)
    assert {"BÁO CÁO", "Phụ lục I", "Phụ lục II"} <= set(written)


def test_a_report_that_a_person_has_edited_is_not_overwritten(run: Run, scored: Path) -> None:
    report = (scored / SHEET).with_name("bao-cao-tu-cham-diem.docx")
    assert run("score", "so-y-te", "--report", cwd=scored).code == 0
    edited = edit(report)
    assert run("score", "so-y-te", "--report", cwd=scored).code != 0
    assert report.read_bytes() == edited
    assert run("score", "so-y-te", "--report", "--force", cwd=scored).code == 0
    assert report.read_bytes() != edited


@pytest.mark.parametrize("other", [("-o", "a.docx"), ("--no-sheet",)])
def test_two_documents_have_no_one_name_and_no_report_goes_without_its_sheet(
    run: Run, scored: Path, other: tuple[str, ...]
) -> None:
    before = snapshot(scored)
    assert run("score", "so-y-te", "--report", *other, cwd=scored).code == 2
    assert snapshot(scored) == before
