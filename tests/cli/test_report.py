"""`danvan report`: what a clerk gets from what was recorded, and what happens when something is wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from word_files import edit, highlighted, snapshot, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Run

UNIT = Path("units") / "so-y-te"
REPORT = UNIT / "out" / "bao-cao-6m.docx"


@pytest.fixture
def unit(begun: Callable[..., Path]) -> Path:
    """Give a workspace where Sở Y tế has begun and recorded nothing."""
    return begun("init-unit so-y-te")


@pytest.fixture
def filled(begun: Callable[..., Path]) -> Path:
    """Give a workspace where Sở Y tế has recorded what the sample says."""
    return begun("init-unit so-y-te --from samples/so-y-te.unit.yaml")


def record(workspace: Path, old: str, new: str) -> None:
    path = workspace / UNIT / "unit.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_blank_is_listed_that_of_a_task_too_whose_words_are_shortened(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    plan.write_text(re.sub(r"^ +label: .*\n", "", plan.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    assert run("init-unit", "so-y-te", cwd=workspace).code == 0
    (made,) = json.loads(run("report", "so-y-te", "--period", "6m", "--json", cwd=workspace).stdout)["made"]
    assert any("…" in one for gap in made["gaps"] for one in gap["what"])
    assert sum(len(gap["what"]) for gap in made["gaps"]) == made["blanks"]


def test_with_nothing_recorded_a_whole_skeleton_is_made_and_its_blanks_are_counted(run: Run, unit: Path) -> None:
    made = run("report", "so-y-te", "--period", "6m", cwd=unit)
    blanks = highlighted(unit / REPORT)
    assert (made.code, "II.1. " in made.stderr) == (0, True)
    assert f"còn {len(blanks)} chỗ trống" in made.stdout
    shown = json.loads(run("show", "--json", cwd=unit).stdout)
    written = texts(unit / REPORT)
    for number, area in enumerate(shown["areas"], 1):
        title = area["title"] if number < 7 else "Công tác kiểm tra, tự chấm điểm, đánh giá, xếp loại"
        assert any(text.startswith(f"{number}. {title}") for text in written)
    assert len([blank for blank in blanks if "kết quả:" in blank]) == len(shown["tasks"])
    for part in ("I. TÌNH HÌNH", "II. KẾT QUẢ", "III. ĐÁNH GIÁ", "IV. PHƯƠNG HƯỚNG", "V. KIẾN NGHỊ", "Phụ lục II"):
        assert any(text.startswith(part) for text in written)


def test_number_and_day_are_empty_places_and_no_blanks(run: Run, unit: Path) -> None:
    run("report", "so-y-te", "--period", "6m", cwd=unit)
    squeezed = [" ".join(text.split()) for text in texts(unit / REPORT)]
    assert {"Số: /BC-SYT", "Bình Phước, ngày tháng 5 năm 2023", "Kính gửi: Sở Nội vụ"} <= set(squeezed)


def test_strict_takes_blanks_for_unfinished(run: Run, unit: Path) -> None:
    assert run("report", "so-y-te", "--period", "6m", "--strict", cwd=unit).code == 1
    assert (unit / REPORT).exists()


def test_results_figures_and_obstacles_of_the_period_are_in_the_report(run: Run, filled: Path) -> None:
    run("report", "so-y-te", "--period", "6m", cwd=filled)
    written = texts(filled / REPORT)
    assert any("15/16 đơn vị trực thuộc ban hành" in text for text in written)
    assert not any("16/16 đơn vị trực thuộc ban hành và" in text for text in written), "kết quả của kỳ khác"
    at = written.index("Hồ sơ thủ tục hành chính đã giải quyết")
    assert written[at + 2 : at + 4] == ["1.322", "1.486"]
    at = written.index("Lượt tiếp đoàn đông người")
    assert written[at + 2 : at + 4] == ["1", "0"], "số 0 không phải chỗ trống"
    assert any("tập huấn nghiệp vụ. Đề nghị Sở Nội vụ mở lớp" in text for text in written)


def test_the_unit_may_be_left_out_inside_its_folder(run: Run, unit: Path) -> None:
    made = run("report", "--period", "6m", cwd=unit / UNIT / "out")
    assert made.code == 0, made.stderr
    assert (unit / REPORT).exists()


def test_the_same_record_gives_the_same_bytes_on_any_day(run: Run, filled: Path) -> None:
    run("report", "so-y-te", "--period", "6m", cwd=filled, today="2023-05-01")
    before = snapshot(filled)
    again = run("report", "so-y-te", "--period", "6m", cwd=filled, today="2024-01-31")
    assert "không có gì thay đổi" in again.stdout
    assert snapshot(filled) == before


def test_a_record_that_changed_updates_a_report_that_nobody_edited(run: Run, unit: Path) -> None:
    run("report", "so-y-te", "--period", "6m", cwd=unit)
    record(unit, "signer:", "signer: Nguyễn Văn Mẫu")
    again = run("report", "so-y-te", "--period", "6m", cwd=unit)
    assert "đã cập nhật" in again.stdout
    assert "Nguyễn Văn Mẫu" in texts(unit / REPORT)
    assert not list((unit / UNIT / "out").glob("*.bak*"))


def test_a_report_edited_by_a_person_is_kept_unless_forced(run: Run, unit: Path) -> None:
    run("report", "so-y-te", "--period", "6m", cwd=unit)
    edited = edit(unit / REPORT)
    refused = run("report", "so-y-te", "--period", "6m", cwd=unit)
    assert (refused.code, (unit / REPORT).read_bytes()) == (1, edited)
    forced = run("report", "so-y-te", "--period", "6m", "--force", cwd=unit)
    assert forced.code == 0
    assert (unit / f"{REPORT}.bak").read_bytes() == edited
    assert "bao-cao-6m.docx.bak" in forced.stderr
    edit(unit / REPORT)
    run("report", "so-y-te", "--period", "6m", "--force", cwd=unit)
    assert (unit / f"{REPORT}.bak").read_bytes() == edited, "bản giữ trước không bị ghi đè"


@pytest.mark.parametrize("folder", ["mới", "mới/nữa"])
def test_it_can_be_written_anywhere(run: Run, unit: Path, folder: str) -> None:
    assert run("report", "so-y-te", "--period", "6m", "-o", f"{folder}/a.docx", cwd=unit).code == 0
    assert (unit / folder / "a.docx").exists()
    assert not (unit / REPORT).exists()


def test_the_plan_can_be_made_again_from_what_was_filled_in(run: Run, unit: Path) -> None:
    record(unit, "    activities: []", '    activities:\n      - {content: "Hội nghị A", due: hằng quý}')
    assert "đã cập nhật" in run("report", "so-y-te", "--period", "ke-hoach", cwd=unit).stdout
    written = texts(unit / UNIT / "out" / "ke-hoach-trien-khai.docx")
    assert {"- Hội nghị A.", "Hội nghị A", "hằng quý"} <= set(written)


TYPED = (
    "A & B", "a < b > c", '"nháy" \'đơn\'', "{ngoặc}", "{{ unit.name }}", "{% for x in y %}", "{# không #}",
    "**đậm** và *nghiêng*", "| ô | khác |", "# không là đề mục", "<w:b/>", "&amp;", "\\n \\* \\{", "]]>", "%s", "ĐỂ ươ ẵ ỹ",
)  # fmt: skip


def test_data_comes_out_as_typed_wherever_it_stands(run: Run, unit: Path) -> None:
    record(unit, "      6m:\n", "      6m: |-\n" + "".join(f"        {line}\n" for line in TYPED))
    record(unit, "signer:", f"signer: {json.dumps(TYPED[2] + TYPED[4] + TYPED[5], ensure_ascii=False)}")
    record(unit, "drafter_abbr:", f"drafter_abbr: {json.dumps(TYPED[0] + TYPED[7], ensure_ascii=False)}")
    record(unit, "    lead:", f"    lead: {json.dumps(TYPED[8] + TYPED[10], ensure_ascii=False)}")
    record(unit, "signer:", "papers: {progress: true}\nsigner:")
    record(unit, "obstacles: []", f"obstacles: [{{text: {json.dumps(TYPED[9] + TYPED[1], ensure_ascii=False)}}}]")
    made = run("report", "so-y-te", "--period", "6m", cwd=unit)
    assert made.code == 0, made.stderr
    written = texts(unit / REPORT)
    assert {one if one.endswith(";") else f"{one}." for one in TYPED} <= set(written)
    assert TYPED[2] + TYPED[4] + TYPED[5] in written
    assert f"- Lưu: VT, {TYPED[0]}{TYPED[7]}." in written
    assert TYPED[8] + TYPED[10] in written
    assert f"- {TYPED[9]}{TYPED[1]}." in written


def test_an_activity_with_every_sign_comes_out_as_typed(run: Run, unit: Path) -> None:
    items = "".join(f"      - {{content: {json.dumps(one, ensure_ascii=False)}}}\n" for one in TYPED)
    record(unit, "    activities: []\n", f"    activities:\n{items}")
    made = run("report", "so-y-te", "--period", "ke-hoach", cwd=unit)
    assert made.code == 0, made.stderr
    written = texts(unit / UNIT / "out" / "ke-hoach-trien-khai.docx")
    assert set(TYPED) <= set(written)
    assert {f"- {one.rstrip(' .;')}." for one in TYPED} <= set(written)


def test_a_thematic_report_has_its_topic_and_its_request(run: Run, unit: Path) -> None:
    asked = "Công văn số 12/SNV-XDCQ ngày 05/6/2023 của Sở Nội vụ"
    made = run("report", "so-y-te", "--period", "chuyen-de", "--topic", "dân chủ & cơ sở", "--request", asked, cwd=unit)
    assert made.code == 0, made.stderr
    path = unit / UNIT / "out" / "bao-cao-chuyen-de-dan-chu-co-so.docx"
    written = texts(path)
    assert "Dân chủ & cơ sở" in written
    assert f"Thực hiện {asked}, Sở Y tế báo cáo như sau:" in written
    assert any(text.startswith("Kính gửi: […") for text in written), "kế hoạch không nói gửi ai"
    assert f"còn {len(highlighted(path))} chỗ trống" in made.stdout


def test_reports_on_two_topics_do_not_overwrite_each_other(run: Run, unit: Path) -> None:
    long = "Kết quả thực hiện dân chủ trong hoạt động của cơ quan hành chính nhà nước"
    for topic in ("A", "B", f"{long} quý I", f"{long} quý II"):
        assert run("report", "so-y-te", "--period", "dot-xuat", "--topic", topic, cwd=unit).code == 0
    assert len(list((unit / UNIT / "out").glob("bao-cao-dot-xuat-*.docx"))) == 4


@pytest.mark.parametrize("topic", ["", "   ", None])
def test_a_thematic_report_without_a_topic_is_asked_for_one(run: Run, unit: Path, topic: str | None) -> None:
    arguments = [] if topic is None else ["--topic", topic]
    told = run("report", "so-y-te", "--period", "chuyen-de", *arguments, cwd=unit)
    assert told.code == 2
    assert "--topic" in told.stderr


def test_a_topic_for_a_periodic_report_is_refused(run: Run, unit: Path) -> None:
    assert run("report", "so-y-te", "--period", "6m", "--topic", "A", cwd=unit).code == 2
    assert not (unit / REPORT).exists()


@pytest.mark.parametrize("option", ["--topic", "--request"])
@pytest.mark.parametrize("mark", ["TUYỆT MẬT: Chuyện kín", "Độ mật: Mật - Chuyện kín", "(MẬT) Chuyện kín"])
def test_a_marked_secret_is_refused_and_not_repeated(run: Run, unit: Path, option: str, mark: str) -> None:
    before = snapshot(unit)
    arguments = {"--topic": "A", option: mark}
    told = run("report", "so-y-te", "--period", "chuyen-de", *(x for pair in arguments.items() for x in pair), cwd=unit)
    assert told.code == 2
    assert "Chuyện kín" not in told.stdout + told.stderr
    assert snapshot(unit) == before


def test_a_marked_secret_in_the_record_is_refused_and_not_repeated(run: Run, unit: Path) -> None:
    record(unit, "      6m:\n", '      6m: "TỐI MẬT: Chuyện kín"\n')
    told = run("report", "so-y-te", "--period", "6m", cwd=unit)
    assert told.code == 1
    assert "Chuyện kín" not in told.stdout + told.stderr
    assert not (unit / REPORT).exists()


@pytest.mark.parametrize(
    ("period", "says"),
    [("6n", "6m"), ("dai-6m", "6m, 1y"), ("tu-cham", "ke-hoach"), ("xyz", "6m"), ("../6m", "6m"), ("", "6m")],
)
def test_a_report_that_the_unit_does_not_owe_is_told_with_those_it_does(
    run: Run, unit: Path, period: str, says: str
) -> None:
    told = run("report", "so-y-te", "--period", period, cwd=unit)
    assert (told.code, told.stdout) == (2, "")
    assert says in told.stderr


def test_a_file_that_lags_behind_the_plan_is_said_with_the_report(run: Run, unit: Path) -> None:
    record(unit, "  II.1.1:", "  II.9.9:")
    told = run("report", "so-y-te", "--period", "6m", cwd=unit)
    assert told.code == 0
    assert "danvan update-unit so-y-te" in told.stderr


def test_a_unit_that_has_not_begun_is_told_how(run: Run, workspace: Path) -> None:
    told = run("report", "so-noi-vu", "--period", "6m", cwd=workspace)
    assert told.code == 2
    assert "danvan init-unit so-noi-vu" in told.stderr


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("status: todo", "status: xong", r"unit\.yaml:\d+:13: DV1"),
        ("    due:", "    due: 2023-02-30", r"unit\.yaml:\d+:10: DV114"),
        ("tasks:", "tasks:\n  II.9.9: {status: todo}", r"unit\.yaml:\d+:3: DV902"),
        ("unit: so-y-te", "unit: so-noi-vu", r"unit\.yaml:\d+:\d+: DV9"),
        ("tasks:", "tasks:\ntasks:", r"unit\.yaml:\d+:1: DV105"),
    ],
)
def test_an_error_in_the_record_is_told_by_line_and_nothing_is_made(
    run: Run, unit: Path, old: str, new: str, place: str
) -> None:
    record(unit, old, new)
    told = run("report", "so-y-te", "--period", "6m", cwd=unit)
    assert told.code == 1
    assert re.search(place, told.stderr)
    assert not (unit / REPORT).exists()


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"\x00" * 100, "đ".encode("cp1258")])
def test_a_file_that_is_no_record_is_told(run: Run, unit: Path, data: bytes) -> None:
    (unit / UNIT / "unit.yaml").write_bytes(data)
    told = run("report", "so-y-te", "--period", "6m", cwd=unit)
    assert told.code in {1, 2}
    assert "unit.yaml" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("template", "place", "says"),
    [
        ("---\ntype: BÁO CÁO\n---\n{% for x in areas %}\n{{ x.title }}\n", "bao-cao.md.j2:4:", "DV8"),
        ("---\ntype: BÁO CÁO\n---\nMột\n\n{{ unit.nmae }}\n", "bao-cao.md.j2:6:", "name"),
        ("---\ntype: BÁO CÁO\n---\n{{ unti.name }}\n", "bao-cao.md.j2:4:", "unit"),
        ("---\ntype: BÁO CÁO\n---\n{{ ''.__class__ }}\n", "bao-cao.md.j2:4:", "DV8"),
        ("---\ntipe: BÁO CÁO\n---\nA\n", "bao-cao.md.j2:2:", "type"),
        ('---\ntype: BÁO CÁO\n---\n{% include "../../x" %}\n', "bao-cao.md.j2:4:", "DV8"),
        ("---\ntype: BÁO CÁO\n---\n**A\n", "bao-cao.md.j2:4:", "DV8"),
    ],
)
def test_a_broken_template_of_the_users_own_is_told_by_line(
    run: Run, unit: Path, template: str, place: str, says: str
) -> None:
    (unit / "templates").mkdir()
    (unit / "templates" / "bao-cao.md.j2").write_text(template, encoding="utf-8")
    told = run("report", "so-y-te", "--period", "6m", cwd=unit)
    assert told.code == 1
    assert place in told.stderr
    assert says in told.stderr
    assert "Traceback" not in told.stderr
    assert not (unit / REPORT).exists()


def test_a_template_that_is_not_utf8_is_told(run: Run, unit: Path) -> None:
    (unit / "templates").mkdir()
    (unit / "templates" / "bao-cao.md.j2").write_bytes("Báo cáo".encode("utf-16"))
    told = run("report", "so-y-te", "--period", "6m", cwd=unit)
    assert told.code == 1
    assert "bao-cao.md.j2:1:" in told.stderr


def test_a_good_template_of_the_users_own_goes_before_the_shipped_one(run: Run, unit: Path) -> None:
    (unit / "templates").mkdir()
    mine = '---\nsignature: "{{ signature }}"\n---\n{{ unit.name }} báo cáo {{ period.name }}.\n'
    (unit / "templates" / "bao-cao.md.j2").write_text(mine, encoding="utf-8")
    assert run("report", "so-y-te", "--period", "6m", cwd=unit).code == 0
    assert "Sở Y tế báo cáo 06 tháng đầu năm 2023." in texts(unit / REPORT)


def test_the_bytes_do_not_depend_on_the_language_of_the_screen(run: Run, filled: Path) -> None:
    run("report", "so-y-te", "--period", "6m", cwd=filled)
    before = (filled / REPORT).read_bytes()
    assert run("--lang", "en", "report", "so-y-te", "--period", "6m", "-o", "en.docx", cwd=filled).code == 0
    assert (filled / "en.docx").read_bytes() == before


def test_a_unit_that_is_its_own_addressee_reports_to_the_issuer(run: Run, workspace: Path) -> None:
    run("init-unit", "so-noi-vu", cwd=workspace)
    run("report", "so-noi-vu", "--period", "6m", cwd=workspace)
    written = texts(workspace / "units" / "so-noi-vu" / "out" / "bao-cao-6m.docx")
    assert "Kính gửi: Ủy ban nhân dân tỉnh Bình Phước" in written
    draft = texts(workspace / "units" / "so-noi-vu" / "out" / "ke-hoach-trien-khai.docx")
    assert not any("Sở Nội vụ (theo dõi" in text for text in draft)


def test_what_was_issued_is_not_made_again_but_as_a_draft_elsewhere(run: Run, unit: Path, tmp_path: Path) -> None:
    assert run("report", "so-y-te", "--period", "6m", cwd=unit).code == 0
    issued = ("--issued", "6m", "--number", "45/BC-SYT", "--date", "8/5/2023")
    assert run("log", "so-y-te", *issued, cwd=unit, today="2023-11-05").code == 0
    there = unit / UNIT / "out" / "bao-cao-6m.docx"
    before = there.read_bytes()
    assert run("log", "so-y-te", "II.1.1", "--period", "6m", "--result", "Việc của tháng 11.", cwd=unit).code == 0
    told = run("report", "so-y-te", "--period", "6m", cwd=unit)
    assert (told.code, told.stdout) == (1, "")
    assert "45/BC-SYT ngày 08/5/2023" in told.stderr
    assert there.read_bytes() == before
    for same in (there, there.parent / ".." / "out" / there.name):
        assert run("report", "so-y-te", "--period", "6m", "-o", same, cwd=unit).code == 1
    assert there.read_bytes() == before
    copy = tmp_path / "bản sao.docx"
    assert run("report", "so-y-te", "--period", "6m", "-o", copy, cwd=unit).code == 0
    assert "DỰ THẢO" in texts(copy)
    assert not any("45/BC-SYT" in text for text in texts(copy)[:8])
    assert run("report", "so-y-te", "--period", "1y", cwd=unit).code == 0


def test_a_report_named_in_words_is_understood_and_told(run: Run, unit: Path) -> None:
    done = run("report", "so-y-te", "--period", "6 tháng đầu năm", cwd=unit)
    assert (done.code, "hiểu «6 tháng đầu năm» là 6m" in done.stderr) == (0, True)


def test_the_report_that_one_block_owes_for_a_quarter_tells_what_was_recorded_for_it(run: Run, unit: Path) -> None:
    plan = unit / "plans" / "2023.yaml"
    quarter = "{id: quy, kind: report, name: Báo cáo, owners: [so-ban-nganh], every: quarter, to: so-noi-vu}"
    text = plan.read_text("utf-8").replace("\ndeliverables:\n", f"\ndeliverables:\n  - {quarter}\n", 1)
    plan.write_text(text, "utf-8")
    logged = run("log", "so-y-te", "II.1.1", "--period", "quy-1", "--result", "Đã mở ba lớp.", cwd=unit)
    assert logged.code == 0, logged.stderr
    assert run("report", "so-y-te", "--period", "quy-1", cwd=unit).code == 0
    told = texts(unit / UNIT / "out" / "bao-cao-quy-1.docx")
    assert "Đã mở ba lớp." in told
    assert not {"Kỳ trước", "Tăng/giảm"} & {*told}, "nothing stands beside a quarter of which no other is told"


def test_where_no_plan_is_owed_no_report_says_that_one_was_issued(run: Run, unit: Path) -> None:
    plan = unit / "plans" / "2023.yaml"
    text = plan.read_text("utf-8")
    start = text.index("  - id: ke-hoach\n")
    plan.write_text(text[:start] + text[text.index("  - id: tu-cham\n") :], "utf-8")
    path = unit / UNIT / "unit.yaml"
    path.write_text(re.sub(r"(?m)^  ke-hoach:.*\n", "", path.read_text("utf-8")), "utf-8")
    done = run("report", "so-y-te", "--period", "6m", cwd=unit)
    assert done.code == 0, done.stderr
    assert not [line for line in texts(unit / REPORT) if "đã ban hành Kế hoạch" in line]


def test_a_subject_that_is_a_doing_itself_is_not_done_twice(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    text = plan.read_text("utf-8")
    plan.write_text(re.sub(r"(?m)^subject: .*$", "subject: thực hiện dân chủ ở cơ sở", text, count=1), "utf-8")
    assert run("init-unit", "so-y-te", cwd=workspace).code == 0
    assert run("report", "so-y-te", "--period", "6m", cwd=workspace).code == 0
    told = [line for path in (workspace / UNIT / "out").glob("*.docx") for line in texts(path)]
    assert "Kết quả thực hiện dân chủ ở cơ sở 06 tháng đầu năm 2023" in told
    assert not [line for line in told if "thực hiện thực hiện" in line.casefold()]
