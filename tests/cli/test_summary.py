"""The consolidated report: who reported, figures by their own rule, words, obstacles; what is missing is never 0."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from docx import Document
from openpyxl import load_workbook

from books import saved_by_libreoffice
from commands import called, environment
from copies import copied
from danvan_cli.ooxml.docx import W, read_word

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Run

TODAY = "2023-06-01"
UNITS = {"so-y-te": 64, "so-tu-phap": 10, "so-tai-chinh": None}


def text_of(path: Path) -> str:
    word = read_word(path.read_bytes(), path.name)
    return " ".join("".join(t.text or "" for t in one.iter(f"{W}t")) for one in word.document.iter(f"{W}p"))


@pytest.fixture(scope="module")
def _reported(made_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a workspace with the records of four units, of which three have reported and one has not: once."""
    above = tmp_path_factory.mktemp("bàn")
    folder = copied(made_workspace, above / made_workspace.name)

    def do(*arguments: object) -> None:
        done = called([*map(str, arguments)], folder, environment())
        assert done.code == 0, done.stderr

    sample = folder / "samples" / "so-y-te.unit.yaml"
    for unit, value in {**UNITS, "so-xay-dung": 1000}.items():
        mine = above / f"{unit}.yaml"
        mine.write_text(re.sub(r"^unit: .*$", f"unit: {unit}", sample.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
        do("init-unit", unit, "--from", mine)
        do("log", unit, "--period", "6m", "--indicator", "tin-bai=" + ("" if value is None else str(value)))
        if unit in UNITS:
            scan = above / f"{unit}.jpg"
            scan.write_bytes(b"\xff\xd8\xff" + unit.encode())
            day = "9/5/2023" if unit != "so-tu-phap" else "12/5/2023"
            do("receive", scan, "--unit", unit, "--deliverable", "6m", "--received", day)
    return folder


@pytest.fixture
def desk(_reported: Path, tmp_path: Path) -> Path:
    """Give a workspace with the records of four units, of which three have reported and one has not."""
    return copied(_reported, tmp_path / _reported.name)


def summary(run: Run, desk: Path, *arguments: object) -> dict[str, Any]:
    done = run("summary", "--period", "6m", "--json", *arguments, cwd=desk, today=TODAY)
    assert done.code == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def figure(told: dict[str, Any], name: str) -> dict[str, Any]:
    found = next(one for one in told["figures"] if one["id"] == name)
    assert isinstance(found, dict)
    return found


def test_who_has_not_reported_is_missing_and_no_zero(run: Run, desk: Path) -> None:
    told = summary(run, desk)
    assert (told["sent"]["owed"], told["sent"]["in_time"], told["sent"]["late"]) == (34, 2, 1)
    assert "so-xay-dung" in told["sent"]["missing_units"]
    assert len(told["sent"]["missing_units"]) == 31
    one = figure(told, "tin-bai")
    assert (one["value"], one["units"]) == ("74", 2), "neither the blank nor who has not sent counts"
    assert figure(summary(run, desk, "--as-of", "10/5/2023"), "tin-bai")["value"] == "64"


def test_each_indicator_goes_by_its_own_rule(run: Run, desk: Path) -> None:
    plan = desk / "plans" / "2023.yaml"
    text = plan.read_text("utf-8")
    at = text.index("id: tin-bai")
    line = text[at : text.index("}", at)]
    for rule, value in (("average", "37.00"), ("none", None)):
        plan.write_text(text.replace(line, f"{line}, over_units: {rule}"), "utf-8")
        assert figure(summary(run, desk), "tin-bai")["value"] == value
    shown = run("summary", "--period", "6m", "--explain", "tin-bai", cwd=desk, today=TODAY)
    assert "không tổng hợp" in shown.stdout


def test_a_figure_is_followed_to_its_units(run: Run, desk: Path) -> None:
    told = run("summary", "--period", "6m", "--explain", "tin-bai", cwd=desk, today=TODAY)
    assert told.code == 0
    rows = {" ".join(line.split()) for line in told.stdout.splitlines()}
    assert "Sở Y tế 52 64" in rows
    assert "Sở Tư pháp 52 10" in rows
    assert "Sở Tài chính 52 trống" in rows
    assert "Sở Xây dựng chưa gửi" in rows
    assert any(row.startswith("Tổng hợp 104 74 2 đơn vị") for row in rows), rows
    wrong = run("summary", "--period", "6m", "--explain", "tin-ba", cwd=desk)
    assert (wrong.code, "tin-bai" in wrong.stderr) == (2, True)


def test_figures_that_break_a_check_are_named(run: Run, desk: Path) -> None:
    logged = run("log", "so-tu-phap", "--period", "6m", "--indicator", "don-da-giai-quyet=99999", cwd=desk)
    assert logged.code == 0, logged.stderr
    told = summary(run, desk)
    assert figure(told, "don-da-giai-quyet")["breaks"] == ["so-tu-phap"]
    done = run("summary", "--period", "6m", cwd=desk, today=TODAY)
    assert "số liệu không khớp: Sở Tư pháp" in done.stderr
    told = text_of(desk / "build" / "tong-hop-6m.docx")
    assert "- Đơn đúng hạn cộng đơn quá hạn bằng đơn đã giải quyết; chưa đúng ở: Sở Tư pháp." in told
    assert told.count("chưa đúng ở: ") == 2, "each check once, not with each of its figures"


def test_progress_is_that_of_the_period_s_end_and_what_nobody_said_is_counted_apart(run: Run, desk: Path) -> None:
    def progress() -> dict[str, int]:
        areas = summary(run, desk)["progress"]
        return {state: sum(one[state] for one in areas) for state in ("todo", "doing", "done", "unknown")}

    before = progress()
    for unit in UNITS:
        assert run("log", unit, "II.1.2", "--status", "xong", cwd=desk, today="2023-11-10").code == 0
    assert progress() == before
    path = desk / "units" / "so-y-te" / "unit.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count("    states:") > 1
    path.write_text(re.sub(r"    states:.*\n(?:      6m:.*\n)?", "", text), encoding="utf-8")
    assert progress()["unknown"] > 0
    assert run("summary", "--period", "6m", cwd=desk, today=TODAY).code == 0
    assert ", chưa nêu " in text_of(desk / "build" / "tong-hop-6m.docx")


def test_who_sums_up_has_a_place_for_its_remarks(run: Run, desk: Path) -> None:
    assert run("init-unit", "so-noi-vu", cwd=desk).code == 0
    path = desk / "units" / "so-noi-vu" / "unit.yaml"
    text = path.read_text(encoding="utf-8")
    own = "reports:\n  tong-hop-6m: {strengths: Các đơn vị gửi đủ.}\n"
    path.write_text(text.replace("reports:\n", own, 1), encoding="utf-8")
    assert run("check", path, cwd=desk).code == 0
    assert run("summary", "--period", "6m", cwd=desk, today=TODAY).code == 0
    assert "Các đơn vị gửi đủ." in text_of(desk / "build" / "tong-hop-6m.docx")


def test_the_report_and_its_annex(run: Run, desk: Path) -> None:
    done = run("summary", "--period", "6m", cwd=desk, today=TODAY)
    assert (done.code, "phải gửi 34: đúng hạn 2, chậm 1, chưa gửi 31" in done.stdout) == (0, True)
    told = text_of(desk / "build" / "tong-hop-6m.docx")
    assert "phải gửi báo cáo: 34; gửi đúng hạn: 02; gửi chậm: 01; chưa gửi: 31" in told
    assert "Sở Y tế: Sở đã tổ chức quán triệt Kế hoạch trong toàn ngành" in told
    assert "Sở Y tế; Sở Tư pháp; Sở Tài chính: " in told or "Sở Tư pháp; Sở Tài chính; Sở Y tế: " in told, (
        "one obstacle, all who raised it"
    )
    assert "Sở Xây dựng: " not in told
    assert run("format-check", desk / "build" / "tong-hop-6m.docx", cwd=desk).code == 0
    annex = desk / "build" / "tong-hop-6m.xlsx"
    first = annex.read_bytes()
    run("summary", "--period", "6m", cwd=desk, today=TODAY)
    assert annex.read_bytes() == first
    sheet = load_workbook(annex)["Số liệu"]
    heads = {str(sheet.cell(4, i).value): i for i in range(1, sheet.max_column + 1)}
    column = next(i for head, i in heads.items() if head.startswith("Tin, bài"))
    last = next(i for i in range(5, sheet.max_row + 1) if sheet.cell(i, 2).value == "Tổng hợp")
    assert str(sheet.cell(last, column).value).startswith("=SUM(")


def test_what_a_person_edited_in_the_annex_is_not_overwritten(run: Run, workspace: Path) -> None:
    assert run("summary", "--period", "6m", cwd=workspace, today=TODAY).code == 0
    path = workspace / "build" / "tong-hop-6m.xlsx"
    book = load_workbook(path)
    book.worksheets[0]["A1"] = "của tôi"
    book.save(path)
    own = path.read_bytes()
    done = run("summary", "--period", "6m", cwd=workspace, today=TODAY)
    assert (done.code, "tong-hop-6m.xlsx đã được người sửa" in done.stderr, path.read_bytes() == own) == (1, True, True)
    done = run("summary", "--period", "6m", "--force", cwd=workspace, today=TODAY)
    assert (done.code, "tong-hop-6m.xlsx.bak" in done.stderr) == (0, True)
    assert path.with_name("tong-hop-6m.xlsx.bak").read_bytes() == own


@pytest.mark.office
def test_the_annex_s_formulas_come_to_what_the_report_says(run: Run, desk: Path, tmp_path: Path) -> None:
    assert run("summary", "--period", "6m", cwd=desk, today=TODAY).code == 0
    (again,) = saved_by_libreoffice([desk / "build" / "tong-hop-6m.xlsx"], tmp_path)
    sheet = load_workbook(again, data_only=True)["Số liệu"]
    last = next(i for i in range(5, sheet.max_row + 1) if sheet.cell(i, 2).value == "Tổng hợp")
    told = summary(run, desk)
    computed = [sheet.cell(last, i).value for i in range(3, 3 + len(told["figures"]))]
    for one, value in zip(told["figures"], computed, strict=True):
        wanted = None if one["value"] is None else Decimal(one["value"])
        assert (None if value is None else Decimal(str(value))) == wanted, one["id"]
    counts = [sheet.cell(last + 2, i).value for i in range(3, 3 + len(told["figures"]))]
    assert counts == [one["units"] for one in told["figures"]]


def test_a_unit_whose_record_is_not_here_is_said_to_be_without_figures(run: Run, desk: Path, tmp_path: Path) -> None:
    scan = tmp_path / "x.jpg"
    scan.write_bytes(b"\xff\xd8\xffx")
    assert (
        run("receive", scan, "--unit", "huyen-bu-dop", "--deliverable", "6m", "--received", "9/5/2023", cwd=desk).code
        == 0
    )
    done = run("summary", "--period", "6m", cwd=desk, today=TODAY)
    assert "đã gửi nhưng chưa có số liệu ở đây: UBND huyện Bù Đốp" in done.stderr
    assert figure(summary(run, desk), "tin-bai")["value"] == "74"
    assert "Đã gửi nhưng chưa có số liệu để tổng hợp: UBND huyện Bù Đốp" in text_of(desk / "build" / "tong-hop-6m.docx")


def test_a_file_as_it_was_first_made_says_not_that_nothing_was_begun(run: Run, desk: Path, tmp_path: Path) -> None:
    def told() -> tuple[list[str], int]:
        out = json.loads(run("summary", "--period", "6m", "--json", cwd=desk, today=TODAY).stdout)
        return out["unread"], sum(area["todo"] for area in out["progress"])

    before = told()
    scan = tmp_path / "a.jpg"
    scan.write_bytes(b"\xff\xd8\xffngoai-vu")
    named = ("--unit", "so-ngoai-vu", "--deliverable", "6m", "--received", "9/5/2023")
    assert run("init-unit", "so-ngoai-vu", cwd=desk, today=TODAY).code == 0
    assert run("log", "so-ngoai-vu", "--accept", "all", cwd=desk, today=TODAY).code == 0
    assert run("receive", scan, *named, cwd=desk, today=TODAY).code == 0
    assert told() == (["so-ngoai-vu"], before[1])
    later = ("log", "so-ngoai-vu", "II.1.1", "--due", "Quý IV/2023")
    assert "trạng thái cuối kỳ 6m" in run(*later, cwd=desk, today="2023-07-01").stdout
    assert told() == (["so-ngoai-vu"], before[1])
    assert run("log", "so-ngoai-vu", "--period", "6m", "--indicator", "kiem-tra=0", cwd=desk, today=TODAY).code == 0
    assert told()[0] == []


def test_a_district_reports_upward_what_its_units_come_to(run: Run, desk: Path, tmp_path: Path) -> None:
    done = run("summary", "--period", "6m", "--for", "huyen-bu-dop", cwd=desk, today=TODAY)
    assert done.code == 0, done.stderr
    path = desk / "build" / "tong-hop-6m.unit.yaml"
    above = tmp_path / "tỉnh"
    assert run("init", above, "--sample").code == 0
    assert run("init-unit", "huyen-bu-dop", cwd=above).code == 0
    logged = run("log", "huyen-bu-dop", "--from", path, cwd=above)
    assert logged.code == 0, logged.stderr
    told = yaml.safe_load((above / "units" / "huyen-bu-dop" / "unit.yaml").read_text("utf-8"))
    assert told["indicators"]["tin-bai"]["6m"] == 74
    raised = [one for one in told["obstacles"] if "Sở Y tế" in one["text"]]
    assert raised
    assert {str(one["date"]) for one in raised} == {min(TODAY, "2023-06-14")}  # not the day on which it is recorded


def test_what_somebody_wrote_into_what_is_reported_upward_is_kept(run: Run, desk: Path) -> None:
    upward = ("summary", "--period", "6m", "--for", "huyen-bu-dop")
    assert run(*upward, cwd=desk, today=TODAY).code == 0
    path = desk / "build" / "tong-hop-6m.unit.yaml"
    own = path.read_bytes() + b"# hoi lai So Y te\n"
    path.write_bytes(own)
    done = run(*upward, cwd=desk, today=TODAY)
    assert (done.code, "tong-hop-6m.unit.yaml.bak" in done.stderr) == (0, True)
    assert path.with_name(f"{path.name}.bak").read_bytes() == own


def test_scores_by_block_stand_in_the_year_s_report(run: Run, desk: Path) -> None:
    sample = (desk / "samples" / "so-y-te.score.yaml").read_bytes()
    (desk / "units" / "so-y-te" / "score.yaml").write_bytes(sample)
    assert run("summary", "--period", "1y", cwd=desk, today="2023-12-01").code == 0
    assert "KẾT QUẢ CHẤM ĐIỂM, XẾP LOẠI" in text_of(desk / "build" / "tong-hop-1y.docx")
    assert run("summary", "--period", "6m", cwd=desk, today=TODAY).code == 0
    assert "KẾT QUẢ CHẤM ĐIỂM, XẾP LOẠI" not in text_of(desk / "build" / "tong-hop-6m.docx")


@pytest.mark.parametrize(
    ("name", "says"),
    [("tu-cham", "không phải báo cáo"), ("6n", "không có báo cáo"), ("chuyen-de", "không phải báo cáo")],
)
def test_what_is_no_report_of_a_period(run: Run, workspace: Path, name: str, says: str) -> None:
    done = run("summary", "--period", name, cwd=workspace)
    assert (done.code, says in done.stderr) == (2, True), done.stderr


def test_a_period_for_which_blocks_owe_reports_of_their_own_is_summed_up_by_report(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    two = "".join(
        f"  - {{id: nua-{who}, kind: report, name: Báo cáo, period: nua, owners: [{who}]}}\n"
        for who in ("huyen", "so-ban-nganh")
    )
    period = "  - {id: nua, name: nửa năm, from: 2023-01-01, to: 2023-06-30}\n"
    text = plan.read_text("utf-8").replace("\ndeliverables:\n", f"\ndeliverables:\n{two}", 1)
    plan.write_text(text.replace("\nperiods:\n", f"\nperiods:\n{period}", 1), "utf-8")
    refused = run("summary", "--period", "nua", cwd=workspace)
    assert (refused.code, "nua-huyen, nua-so-ban-nganh" in refused.stderr) == (2, True), refused.stderr
    assert run("summary", "--period", "nua-huyen", cwd=workspace).code == 0


def test_every_report_is_in_one_count_and_both_days_stand_under_their_names(run: Run, desk: Path) -> None:
    back = ("--reason", "Thiếu phụ lục", "--date", "15/5/2023", "--by", "25/5/2023")
    assert run("send-back", "so-tai-chinh", "6m", *back, cwd=desk, today=TODAY).code == 0
    count = summary(run, desk)["sent"]
    assert count["owed"] == 34 == count["in_time"] + count["late"] + count["missing"] + count["returned"]
    done = run("summary", "--period", "6m", cwd=desk, today=TODAY)
    assert "phải gửi 34: đúng hạn 1, chậm 1, chưa gửi 31, bị trả lại 1" in done.stdout
    told = text_of(desk / "build" / "tong-hop-6m.docx")
    assert "gửi đúng hạn: 01; gửi chậm: 01; chưa gửi: 31; bị trả lại, chưa gửi lại: 01 (chi tiết" in told
    assert "(Đúng hạn tính theo ngày đến.)" in told
    assert "Ngày ban hành Ngày đến Tình trạng" in told
    assert "chưa gửi 31, trong đó quá hạn 31, bị trả lại 1" in " ".join(
        run("status", "--late", cwd=desk, today=TODAY).stdout.split()
    ), "the totals of those who are late are totals over all"


def test_what_is_not_stated_is_no_task_that_is_not_begun(run: Run, desk: Path) -> None:
    path = desk / "units" / "so-tu-phap" / "unit.yaml"
    path.write_text(re.sub(r"    (?:status|states):.*\n(?:      6m:.*\n)?", "", path.read_text("utf-8")), "utf-8")
    areas = summary(run, desk)["progress"]
    told = {state: sum(one[state] for one in areas) for state in ("done", "doing", "todo", "unknown")}
    done = run("summary", "--period", "6m", cwd=desk, today=TODAY)
    said = "hoàn thành {done}, đang làm {doing}, chưa làm {todo}, chưa nêu {unknown}".format(**told)
    assert said in done.stdout
    sheet = load_workbook(desk / "build" / "tong-hop-6m.xlsx", data_only=True)["Tiến độ"]
    head = [cell.value for cell in sheet[4]]
    last = [cell.value for cell in sheet[sheet.max_row]][: len(head)]
    assert last[head.index("Chưa nêu")] == told["unknown"] > 0
    assert last[head.index("Cộng")] == sum(told.values())
    word = Document(desk / "build" / "tong-hop-6m.docx")
    table = next(one for one in word.tables if one.rows[0].cells[-1].text == "Cộng")
    assert [cell.text for cell in table.rows[0].cells[-2:]] == ["Chưa nêu", "Cộng"]
    counts = [*(told[state] for state in ("done", "doing", "todo", "unknown")), sum(told.values())]
    assert [cell.text for cell in table.rows[-1].cells[2:]] == [*map(str, counts)]
    share = f"{told['done'] * 100 / sum(told.values()):.1f}%".replace(".", ",").replace(",0%", "%")
    assert f"đã hoàn thành {told['done']:02d} ({share})" in text_of(desk / "build" / "tong-hop-6m.docx")


def test_a_block_and_a_day_that_was_asked_for_have_files_of_their_own(run: Run, desk: Path) -> None:
    for more in (
        (),
        ("--block", "so-ban-nganh"),
        ("--as-of", "10/5/2023"),
        ("--block", "huyen", "--as-of", "10/5/2023"),
    ):
        assert run("summary", "--period", "6m", *more, cwd=desk, today=TODAY).code == 0
    assert sorted(path.stem for path in (desk / "build").glob("*.docx")) == [
        "tong-hop-6m", "tong-hop-6m-den-2023-05-10", "tong-hop-6m-huyen-den-2023-05-10", "tong-hop-6m-so-ban-nganh"]  # fmt: skip
    assert "phải gửi báo cáo: 34;" in text_of(desk / "build" / "tong-hop-6m.docx")


def test_figures_are_said_in_prose_over_those_who_have_both(run: Run, desk: Path) -> None:
    assert run("log", "so-tu-phap", "--period", "6m-2022", "--indicator", "tin-bai=", cwd=desk).code == 0
    assert run("summary", "--period", "6m", cwd=desk, today=TODAY).code == 0
    told = text_of(desk / "build" / "tong-hop-6m.docx")
    (said,) = re.findall(r"truyền về công tác dân vận: 74 [^;]* của 02 đơn vị có số liệu; [^;]*?\)\.", told)
    change = f"; tăng {64 - 52} ({(64 - 52) * 100 / 52:.1f}%) (01 đơn vị có số liệu cả hai kỳ)"
    assert "so với 06 tháng đầu năm 2022 tính trên 03 đơn vị có số liệu cả hai kỳ" in told, (
        "what most have is told once"
    )
    assert said.endswith(f"{change.replace('.', ',')}."), said
    figures = [yaml.safe_load((desk / "units" / unit / "unit.yaml").read_text("utf-8"))["indicators"] for unit in UNITS]
    part, whole = (sum(one[name]["6m"] for one in figures) for name in ("cb-quan-triet", "cb-tong-so"))
    assert run("log", "so-y-te", "--period", "6m", "--indicator", "doi-thoai=3", cwd=desk).code == 0
    assert run("summary", "--period", "6m", cwd=desk, today=TODAY).code == 0
    small = text_of(desk / "build" / "tong-hop-6m.docx")
    assert "đứng đầu với Nhân dân: 07 cuộc; tăng 04." in small, "below ten with their zero; of few no share is told"
    assert f"bằng {part * 100 / whole:.1f}%".replace(".", ",").replace(",0%", "%") in told
    for annex in ("I", "II", "III"):
        assert f"tại Phụ lục {annex}" in told


def test_a_merged_obstacle_keeps_every_proposal_and_the_answers(run: Run, desk: Path) -> None:
    for unit, proposal in (("so-y-te", "Ban hành mức chi"), ("so-tu-phap", "Cấp thêm kinh phí")):
        told = ("--obstacle", "Chưa có hướng dẫn mức chi", "--proposal", proposal, "--date", "3/5/2023")
        done = run("log", unit, *told, cwd=desk, today=TODAY)
        assert done.code == 0, done.stderr
    raised = json.loads(run("obstacles", "--json", cwd=desk, today=TODAY).stdout)["obstacles"]
    id_ = next(one["id"] for one in raised if one["unit"] == "so-y-te" and "hướng dẫn mức chi" in one["text"])
    answer = ("--answer", "Sở Tài chính đang soạn thảo", "--document", "12/STC", "--date", "20/5/2023")
    assert run("obstacles", id_, *answer, cwd=desk, today=TODAY).code == 0
    assert run("summary", "--period", "6m", cwd=desk, today=TODAY).code == 0
    told = text_of(desk / "build" / "tong-hop-6m.docx")
    assert "Đề xuất: Cấp thêm kinh phí; Ban hành mức chi. Đã trả lời: Sở Tài chính đang soạn thảo (12/STC)." in told
    sheet = load_workbook(desk / "build" / "tong-hop-6m.xlsx")["Vướng mắc"]
    kept = {row[1]: row[2:5:2] for row in sheet.iter_rows(min_row=5, values_only=True)}
    assert kept["Chưa có hướng dẫn mức chi"] == (
        "Cấp thêm kinh phí; Ban hành mức chi",
        "Sở Tài chính đang soạn thảo (12/STC)",
    )


def test_only_the_picked_are_cited(run: Run, desk: Path) -> None:
    assert run("summary", "--period", "6m", "--pick", "so-tu-phap", cwd=desk, today=TODAY).code == 0
    told = text_of(desk / "build" / "tong-hop-6m.docx").partition("II. KẾT QUẢ")[2].partition("III. ĐÁNH GIÁ")[0]
    assert ("Sở Tư pháp: " in told, "Sở Y tế: " in told) == (True, False)
    assert "Kết quả của từng cơ quan, đơn vị, địa phương tại bảng tổng hợp kèm theo." in told


def test_estimates_are_summed_up_and_told(run: Run, desk: Path, tmp_path: Path) -> None:
    for unit in UNITS:
        scan = tmp_path / f"{unit}-1y.jpg"
        scan.write_bytes(b"\xff\xd8\xff1y" + unit.encode())
        came = ("--unit", unit, "--deliverable", "1y", "--received", "8/11/2023")
        assert run("receive", scan, *came, cwd=desk, today="2023-11-08").code == 0
    typed = ("--period", "1y", "--estimate", "--indicator", "tin-bai=1500")
    assert run("log", "so-tu-phap", *typed, cwd=desk, today="2023-11-08").code == 0
    assert run("log", "so-y-te", "--period", "1y", "--estimate", "--indicator", "tin-bai=", cwd=desk).code == 0
    told = run("summary", "--period", "1y", "--json", cwd=desk, today="2023-11-20")
    assert figure(json.loads(told.stdout), "tin-bai")["estimate"] == str(1500 + 140)
    assert run("summary", "--period", "1y", cwd=desk, today="2023-11-20").code == 0
    assert "; ước cả kỳ 1.640 (02 đơn vị có số ước)." in text_of(desk / "build" / "tong-hop-1y.docx")
    table = Document(desk / "build" / "tong-hop-1y.docx").tables[2]
    assert [row.cells[-1].text for row in table.rows if row.cells[1].text.startswith("Tin, bài")] == ["1.640"]
    assert table.rows[0].cells[-1].text == "Ước cả kỳ"
    sheet = load_workbook(desk / "build" / "tong-hop-1y.xlsx", data_only=True)["Ước cả kỳ"]
    column = next(i for i in range(1, sheet.max_column + 1) if str(sheet.cell(4, i).value).startswith("Tin, bài"))
    assert 1640 in [sheet.cell(i, column).value for i in range(5, sheet.max_row + 1)]


def test_sentences_marked_in_the_annex_are_cited_and_stay_marked(run: Run, desk: Path) -> None:
    assert run("summary", "--period", "6m", cwd=desk, today=TODAY).code == 0
    path = desk / "build" / "tong-hop-6m.xlsx"
    assert "chưa có dòng nào được đánh dấu" in run("summary", "--period", "6m", "--pick", path, cwd=desk).stderr
    book = load_workbook(path)
    sheet = book["Kết quả"]
    mine = [i for i in range(5, sheet.max_row + 1) if sheet.cell(i, 3).value == "Sở Tư pháp"]
    sheet.cell(mine[1], 5, "X")
    sheet.cell(mine[2], 5, "Đã mở 03 lớp, có kiểm tra")
    sheet.cell(mine[3], 5, "x")
    sheet.cell(mine[4], 4, "Rút gọn ngay tại chỗ")
    sheet.cell(mine[4], 5, "x")
    assert sheet.auto_filter.ref.startswith("A4:F"), "who sorts the rows sorts their keys too"
    wanted = str(sheet.cell(mine[1], 4).value)
    key = str(sheet.cell(mine[3], 6).value)
    sheet.cell(mine[3], 6, f"{key.rpartition('|')[0]}|00000000")
    book.save(path)
    before = path.with_suffix(".docx").read_bytes()
    refused = run("summary", "--period", "6m", cwd=desk, today=TODAY).stderr
    assert "đã được người sửa" in refused
    assert "--pick build/tong-hop-6m.xlsx" in refused
    assert path.with_suffix(".docx").read_bytes() == before
    for twice in (False, True):
        done = run("summary", "--period", "6m", "--pick", path, cwd=desk, today=TODAY)
        assert (done.code, f"không trích: Kết quả!E{mine[3]}" in done.stderr) == (0, not twice), done.stderr
        told = text_of(desk / "build" / "tong-hop-6m.docx").partition("II. KẾT QUẢ")[2].partition("III. ĐÁNH GIÁ")[0]
        assert wanted in told
        assert "Đã mở 03 lớp, có kiểm tra" in told
        assert "Rút gọn ngay tại chỗ" in told
        assert "Sở Y tế: " not in told
        sheet = load_workbook(path)["Kết quả"]
        assert [sheet.cell(i, 5).value for i in mine[1:4]] == ["X", "Đã mở 03 lớp, có kiểm tra", None]
    assert "đã được người sửa" in run("summary", "--period", "6m", cwd=desk, today=TODAY).stderr, "marks are a person's"


def test_obstacles_of_one_unit_each_are_chosen_where_they_are_many(run: Run, desk: Path) -> None:
    for at in range(12):
        said = ("--obstacle", f"Việc thứ {at} {'rất ' * 30}khó", "--proposal", f"Đề nghị {at}", "--date", "3/5/2023")
        assert run("log", "so-tu-phap", *said, cwd=desk, today=TODAY).code == 0
    path = desk / "build" / "tong-hop-6m.xlsx"

    def told() -> str:
        return text_of(path.with_suffix(".docx")).partition("4. Khó khăn")[2].partition("IV. PHƯƠNG")[0]

    assert run("summary", "--period", "6m", cwd=desk, today=TODAY).code == 0
    cited = [at for at in range(12) if f"Đề nghị {at}." in told()]
    assert 2 < len(cited) < 12
    assert f"{12 - len(cited):02d} khó khăn, vướng mắc khác của từng cơ quan, đơn vị, địa phương tại bảng" in told()
    book = load_workbook(path)
    sheet = book["Vướng mắc"]
    rows = {str(sheet.cell(i, 2).value)[:11].strip(): i for i in range(5, sheet.max_row + 1)}
    assert len(rows) > 12, "the annex holds all"
    sheet.cell(rows["Việc thứ 11"], 6, "x")
    sheet.cell(rows["Việc thứ 10"], 6, "Việc thứ mười còn khó")
    book.save(path)
    assert run("summary", "--period", "6m", "--pick", path, cwd=desk, today=TODAY).code == 0
    assert "Đề nghị 11." in told()
    assert "- Sở Tư pháp: Việc thứ mười còn khó." in told()
    assert "Đề nghị 9." not in told()
    assert "Sở Y tế: Sở đã tổ chức" in text_of(path.with_suffix(".docx")), "of words nothing was chosen"


def test_the_annex_goes_over_to_pages_that_can_be_read(run: Run, desk: Path) -> None:
    assert run("summary", "--period", "6m", cwd=desk, today=TODAY).code == 0
    book = load_workbook(desk / "build" / "tong-hop-6m.xlsx")
    sheet = book["Số liệu"]
    wide = sum(one.width for one in sheet.column_dimensions.values() for _column in range(one.min, one.max + 1))
    assert wide / sheet.page_setup.fitToWidth <= 245
    assert sheet.print_title_cols == "$A:$B", "each page says whose figures they are"
    assert "chỉ tiêu tham khảo" in sheet.cell(2, 1).value
    assert "A1:B1" in {str(one) for one in sheet.merged_cells.ranges}, "and what they are figures of"
    assert book["Vướng mắc"].page_setup.fitToWidth in {None, 1}


def test_what_lies_under_a_broken_receipt_is_not_said_to_be_overdue(run: Run, desk: Path) -> None:
    next(desk.glob("province/received/so-y-te/6m/*/receipt.yaml")).write_text("format: danvan-receipt/1\n", "utf-8")
    told = run("summary", "--period", "6m", "--json", cwd=desk, today=TODAY)
    rows = json.loads(run("status", "--json", cwd=desk, today=TODAY).stdout)["rows"]
    overdue = [row["unit"] for row in rows if row["deliverable"] == "6m" and row["state"] == "overdue"]
    assert "so-y-te" not in overdue
    assert json.loads(told.stdout)["sent"]["overdue"] == len(overdue)


def test_what_figures_are_held_against_is_named_and_an_average_is_said_to_be_one(run: Run, desk: Path) -> None:
    """The year's report goes out before its year is over: it is held against the same time of last year, not the last period."""
    plan = desk / "plans" / "2023.yaml"
    text = plan.read_text("utf-8")
    at = text.index("id: tin-bai")
    line = text[at : text.index("}", at)]
    plan.write_text(text.replace(line, f"{line}, over_units: average"), "utf-8")
    now = ("--indicator", "tin-bai=10", "--indicator", "kiem-tra=5")
    assert run("log", "so-tu-phap", "--period", "1y", *now, cwd=desk, today="2023-11-08").code == 0
    before = ("--indicator", "kiem-tra=4")
    assert run("log", "so-tu-phap", "--period", "1y-2022-ck", *before, cwd=desk, today="2023-11-08").code == 0
    for unit in ("so-tu-phap", "so-y-te"):
        scan = desk / f"{unit}-1y.jpg"
        scan.write_bytes(b"\xff\xd8\xff" + unit.encode())
        came = ("--unit", unit, "--deliverable", "1y", "--received", "8/11/2023")
        assert run("receive", scan, *came, cwd=desk, today="2023-11-08").code == 0
    assert run("summary", "--period", "1y", cwd=desk, today="2023-11-12").code == 0
    told = text_of(desk / "build" / "tong-hop-1y.docx")
    assert "Tin, bài tuyên truyền về công tác dân vận (bình quân): 70,50 tin, bài" in told
    book = load_workbook(desk / "build" / "tong-hop-1y.xlsx")
    assert book["Kỳ so sánh"]["A1"].value == "SỐ LIỆU CÙNG KỲ NĂM 2022, TRONG BÁO CÁO NĂM 2023"
    shown = run("summary", "--period", "1y", "--explain", "tin-bai", cwd=desk, today="2023-11-12").stdout
    rows = [" ".join(line.split()) for line in shown.splitlines()]
    assert "Đơn vị cùng kỳ năm 2022 năm 2023 Ghi chú" in rows
    assert "Tổng hợp 99,00 70,50 2 đơn vị có số liệu" in rows
    record = desk / "units" / "so-tu-phap" / "unit.yaml"
    kept = re.sub(r"(\n  tin-bai: .*?), 1y-2022-ck: \d+", r"\1", record.read_text("utf-8"))
    record.write_text(kept, "utf-8")
    shown = run("summary", "--period", "1y", "--explain", "tin-bai", cwd=desk, today="2023-11-12").stdout
    rows = [" ".join(line.split()) for line in shown.splitlines()]
    assert "Tổng hợp 70,50 2 đơn vị có số liệu" in rows, "not beside what other units had"
    assert any(row.startswith("99,00 131,00 1 đơn vị có số liệu cả") for row in rows), rows
    assert run("page", cwd=desk, today="2023-11-12").code == 0
    page = (desk / "build" / "trang.html").read_text("utf-8")
    assert "So với <bdi>cùng kỳ năm 2022</bdi>" in page
    assert "So kỳ trước" not in page


def test_a_report_on_one_block_says_so_and_ranks_that_block_alone(run: Run, desk: Path) -> None:
    answers = "samples/so-y-te.score.yaml"
    for unit in ("so-y-te", "dai-ptth-bao"):
        assert run("score", unit, "--answers", answers, cwd=desk, today="2023-11-08").code == 0
    scan = desk / "1y.jpg"
    scan.write_bytes(b"\xff\xd8\xff 1y")
    came = ("--unit", "so-y-te", "--deliverable", "1y", "--received", "8/11/2023")
    assert run("receive", scan, *came, cwd=desk, today="2023-11-08").code == 0
    made = ("summary", "--period", "1y")
    assert run(*made, "--block", "so-ban-nganh", cwd=desk, today="2023-11-12").code == 0
    assert run(*made, cwd=desk, today="2023-11-12").code == 0
    whole, part = (text_of(desk / "build" / f"tong-hop-1y{of}.docx") for of in ("", "-so-ban-nganh"))
    of = "khối các sở, ban, ngành tỉnh"
    assert f"công tác dân vận chính quyền năm 2023 của {of} " in part
    assert f"Tổng số cơ quan, đơn vị, địa phương thuộc {of} phải gửi báo cáo: 20;" in part
    assert "Đài Phát thanh - Truyền hình và Báo Bình Phước" not in part
    assert "Đài Phát thanh - Truyền hình và Báo Bình Phước 79,47" in whole
    assert of not in whole
    book = load_workbook(desk / "build" / "tong-hop-1y-so-ban-nganh.xlsx")
    assert f"(Tính đến hết ngày 12/11/2023; {of}" in str(book["Số liệu"]["A2"].value)


def test_what_a_check_says_stands_before_a_colon_without_its_full_stop(run: Run, desk: Path) -> None:
    logged = run("log", "so-tu-phap", "--period", "6m", "--indicator", "don-da-giai-quyet=99999", cwd=desk)
    told = " ".join((logged.stdout + logged.stderr).split())
    assert "bằng đơn đã giải quyết: " in told
    assert ".:" not in told
