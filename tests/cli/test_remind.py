"""Letters to those who are late: the second cites the first, the third goes to the issuer; obstacles and answers."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from openpyxl import load_workbook

from word_files import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Run

LATE = ("--deliverable", "6m", "--block", "huyen")


def letters(folder: Path) -> list[dict[str, Any]]:
    found = yaml.safe_load((folder / "province" / "reminders.yaml").read_text("utf-8"))["letters"]
    assert isinstance(found, list)
    return found


def sent(run: Run, folder: Path, tmp_path: Path, unit: str, day: str) -> None:
    scan = tmp_path / f"{unit}.jpg"
    scan.write_bytes(b"\xff\xd8\xff" + unit.encode())
    assert run("receive", scan, "--unit", unit, "--deliverable", "6m", "--received", day, cwd=folder).code == 0


def test_nobody_urges_itself(run: Run, workspace: Path) -> None:
    done = run("remind", "--as-of", "15/5/2023", "--deliverable", "6m", "--block", "so-ban-nganh", cwd=workspace)
    assert "Sở Nội vụ chưa gửi «6m»: cơ quan đôn đốc, không có công văn gửi chính mình" in done.stdout
    assert "so-noi-vu" not in letters(workspace)[0]["units"]
    assert "của 19 cơ quan" in text_of(workspace / "build" / "don-doc" / "6m-lan-1.docx")
    alone = run("remind", "--as-of", "15/5/2023", "--unit", "so-noi-vu", "--deliverable", "6m", cwd=workspace)
    assert (alone.code, "không có đơn vị nào quá hạn" in alone.stdout) == (0, False)
    assert "Sở Nội vụ chưa gửi «6m»" in alone.stdout
    soon = run("remind", "--as-of", "1/5/2023", "--within", "10", "--deliverable", "6m", cwd=workspace)
    assert "33 thư nhắc hạn" in soon.stdout


def test_three_letters_one_after_the_other(run: Run, workspace: Path, tmp_path: Path) -> None:
    out = workspace / "build" / "don-doc"
    first = run("remind", "--as-of", "15/5/2023", "--answer-by", "20/5/2023", *LATE, cwd=workspace)
    assert (first.code, "11 đơn vị chưa gửi «6m», lần 1" in first.stdout) == (0, True)
    told = text_of(out / "6m-lan-1.docx")
    assert "chưa nhận được báo cáo kết quả công tác dân vận chính quyền 06 tháng đầu năm 2023 của 11 cơ quan" in told
    assert "chậm nhất ngày 20/5/2023" in told
    assert "UBND huyện Bù Đốp" in told
    mail = (out / "6m-lan-1" / "huyen-bu-dop.txt").read_text("utf-8")
    assert "đã quá 6 ngày" in mail
    run("remind", "--as-of", "15/5/2023", *LATE, cwd=workspace)
    assert len(letters(workspace)) == 1, "a draft is replaced by the next"
    assert run("remind", "--issued", "6m", "--number", "118/SNV-XDCQ", "--date", "15/5/2023", cwd=workspace).code == 0
    again = run("remind", "--issued", "6m", "--number", "118/SNV-XDCQ", "--date", "15/5/2023", cwd=workspace)
    assert (again.code, "công văn 118/SNV-XDCQ đã được ghi" in again.stderr) == (2, True)
    sent(run, workspace, tmp_path, "huyen-bu-dop", "18/5/2023")
    second = run("remind", "--as-of", "25/5/2023", *LATE, cwd=workspace)
    assert "10 đơn vị chưa gửi «6m», lần 2" in second.stdout
    told = text_of(out / "6m-lan-2.docx")
    assert "đã có Công văn số 118/SNV-XDCQ ngày 15/5/2023 đôn đốc" in told
    assert "Quá thời hạn nêu trên" in told
    assert "UBND huyện Bù Đốp" not in told
    assert run("remind", "--issued", "6m", "--number", "130/SNV-XDCQ", "--date", "25/5/2023", cwd=workspace).code == 0
    third = run("remind", "--as-of", "5/6/2023", *LATE, cwd=workspace)
    assert "lần 3" in third.stdout
    told = text_of(out / "6m-lan-3.docx")
    assert "BÁO CÁO" in told
    assert "đã đôn đốc 02 lần" in told
    assert "118/SNV-XDCQ" in told
    assert "130/SNV-XDCQ" in told
    assert [one.get("report") for one in letters(workspace)] == [None, None, True]
    for path in out.glob("*.docx"):
        checked = run("format-check", path, cwd=workspace)
        assert (checked.code, "lỗi" in checked.stdout) == (0, False), checked.stdout


def test_one_letter_each_and_those_who_are_newly_late(run: Run, workspace: Path) -> None:
    one = ("remind", "--as-of", "15/5/2023", "--deliverable", "6m", "--unit", "so-y-te")
    assert run(*one, "--each", cwd=workspace).code == 0
    told = text_of(workspace / "build" / "don-doc" / "6m-lan-1-so-y-te.docx")
    assert "của Sở Y tế (quá hạn 06 ngày)" in told
    issue = ("remind", "--issued", "6m", "--number", "1/SNV", "--date", "15/5/2023")
    assert run(*issue, "--unit", "so-tu-phap", cwd=workspace).code == 2
    assert run(*issue, "--unit", "so-y-te", cwd=workspace).code == 0
    both = run("remind", "--as-of", "20/5/2023", "--deliverable", "6m", "--block", "so-ban-nganh", cwd=workspace)
    assert "18 đơn vị chưa gửi «6m», lần 1" in both.stdout
    assert "1 đơn vị chưa gửi «6m», lần 2" in both.stdout
    ambiguous = run("remind", "--issued", "6m", "--number", "2/SNV", "--date", "20/5/2023", cwd=workspace)
    assert (ambiguous.code, "--unit" in ambiguous.stderr) == (2, True)
    assert (
        run(
            "remind", "--issued", "6m", "--number", "1/SNV", "--date", "20/5/2023", "--unit", "so-y-te", cwd=workspace
        ).code
        == 2
    )


def test_those_who_are_soon_due_are_reminded_by_mail_alone(run: Run, workspace: Path) -> None:
    done = run("remind", "--as-of", "2/5/2023", "--within", "10", *LATE, cwd=workspace)
    assert (done.code, "11 thư nhắc hạn" in done.stdout) == (0, True)
    (folder,) = (workspace / "build" / "don-doc").iterdir()
    assert "còn 7 ngày" in (folder / "huyen-bu-dop-6m.txt").read_text("utf-8")
    assert "không có đơn vị nào quá hạn" in run("remind", "--as-of", "2/5/2023", cwd=workspace).stdout


def test_a_letter_that_was_edited_by_hand_is_not_overwritten(run: Run, workspace: Path) -> None:
    assert run("remind", "--as-of", "15/5/2023", *LATE, cwd=workspace).code == 0
    path = workspace / "build" / "don-doc" / "6m-lan-1.docx"
    from danvan_cli.ooxml.parts import read_parts
    from danvan_cli.word.package import zipped_parts

    parts = read_parts(path.read_bytes())
    path.write_bytes(zipped_parts(parts | {"word/document.xml": parts["word/document.xml"].replace(b"2023", b"2024")}))
    edited = path.read_bytes()
    done = run("remind", "--as-of", "16/5/2023", *LATE, cwd=workspace)
    assert (done.code, path.read_bytes() == edited) == (1, True)
    assert letters(workspace)[0]["as_of"].day == 15


def test_an_e_mail_that_somebody_wrote_in_is_kept(run: Run, workspace: Path) -> None:
    one = ("remind", *LATE, "--as-of")
    assert run(*one, "15/5/2023", cwd=workspace).code == 0
    folder = workspace / "build" / "don-doc" / "6m-lan-1"
    mine = folder / "huyen-bu-dop.txt"
    own = mine.read_text("utf-8") + "Điện thoại: …\n"
    mine.write_text(own, "utf-8")
    assert run(*one, "15/5/2023", cwd=workspace).code == 0
    assert sorted(path.name for path in folder.glob("*.bak")) == ["huyen-bu-dop.txt.bak"]
    assert mine.with_name("huyen-bu-dop.txt.bak").read_text("utf-8") == own
    assert "Điện thoại" not in mine.read_text("utf-8")


def test_a_draft_replaces_its_own_item_alone(run: Run, workspace: Path) -> None:
    some = ("remind", "--deliverable", "6m", "--as-of")
    for whom in (("--unit", "so-y-te"), LATE[2:]):
        assert run(*some, "15/5/2023", *whom, cwd=workspace).code == 0
    path = workspace / "province" / "reminders.yaml"
    text = path.read_text("utf-8")
    at = text.rindex('  - deliverable: "6m"')
    path.write_text(text[:at] + "  # đã điện thoại ngày 16\n" + text[at:], "utf-8")
    own = path.read_text("utf-8")
    assert run(*some, "17/5/2023", "--unit", "so-y-te", cwd=workspace).code == 0
    told = path.read_text("utf-8")
    assert told[told.index("  # đã") :] == own[own.index("  # đã") :]
    assert [one["as_of"].day for one in letters(workspace)] == [17, 15]
    assert run(*some, "18/5/2023", cwd=workspace).code == 0
    assert [one["as_of"].day for one in letters(workspace)] == [18], "one letter for two drafts"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--issued", "6m", "--number", "1/SNV"), "--date"),
        (("--issued", "6m", "--number", "1/SNV", "--date", "1/5/2023"), "chưa có dự thảo"),
        (("--as-of", "15/5/2023", "--answer-by", "1/5/2023"), "trước ngày"),
        (("--as-of", "32/5/2023"), "không có ngày"),
        (("--block", "huyện-nào"), "không có khối"),
    ],
)  # fmt: skip
def test_wrong_usage(run: Run, workspace: Path, arguments: tuple[str, ...], says: str) -> None:
    done = run("remind", *arguments, cwd=workspace)
    assert (done.code, says in done.stderr) == (2, True), done.stderr


def test_a_line_end_in_a_name_or_an_address_begins_no_header(run: Run, workspace: Path) -> None:
    assert run("init-unit", "huyen-bu-dop", cwd=workspace).code == 0
    unit = workspace / "units" / "huyen-bu-dop" / "unit.yaml"
    unit.write_text(
        unit.read_text("utf-8") + '\ncontact:\n  email: "a@b.vn\\r\\nBcc: k@b.vn\\u2028Cc: k@b.vn"\n', "utf-8"
    )
    plan = workspace / "plans" / "2023.yaml"
    text = plan.read_text("utf-8")
    name = re.search(r"^  - id: 6m\n(?:    .*\n)*?    name: (.+)$", text, re.MULTILINE)
    assert name
    spoilt = f'"{name[1]}\\nBcc: k@b.vn"'
    plan.write_text(text[: name.start(1)] + spoilt + text[name.end(1) :], "utf-8")
    assert run("remind", "--as-of", "15/5/2023", *LATE, cwd=workspace).code in {0, 1}
    mail = (workspace / "build" / "don-doc" / "6m-lan-1" / "huyen-bu-dop.txt").read_text("utf-8")
    lines = mail.splitlines()
    assert lines[0].startswith("Gửi: a@b.vn")
    assert lines[1].startswith("Tiêu đề: ")
    assert not [line for line in lines if line.startswith(("Bcc", "Cc"))]


def test_who_was_given_another_day_is_told_by_which_document(run: Run, workspace: Path) -> None:
    assert (
        run("extend", "6m", "huyen-bu-dop", "--by", "12/5/2023", "-n", "95/UBND", "-d", "28/4/2023", cwd=workspace).code
        == 0
    )
    assert run("remind", "--as-of", "15/5/2023", *LATE, cwd=workspace).code == 0
    cited = "(đã được gia hạn theo Công văn số 95/UBND ngày 28/4/2023)"
    out = workspace / "build" / "don-doc"
    said = cited.replace("gia hạn theo", "gia hạn đến ngày 12/5/2023 theo")
    assert text_of(out / "6m-lan-1.docx").count(said) == 1
    book = out / "sổ.xlsx"
    assert run("exempt", "6m", "huyen-phu-rieng", "-n", "96/UBND", "-d", "28/4/2023", cwd=workspace).code == 0
    assert run("status", "--as-of", "15/5/2023", "-o", book, cwd=workspace).code == 0
    whole = load_workbook(book)["Tổng hợp"]
    assert [whole.cell(cut.id + 1, 1).value for cut in whole.row_breaks.brk] == ["UBND các huyện, thị xã, thành phố"], (
        "a block and the totals behind it begin a page where they do not fit"
    )
    noted = {row[1]: row[8] for row in load_workbook(book)["6m"].iter_rows(min_row=5, values_only=True)}
    assert noted["UBND huyện Bù Đốp"] == "gia hạn theo Công văn số 95/UBND ngày 28/4/2023"
    assert noted["UBND huyện Phú Riềng"] == "miễn theo Công văn số 96/UBND ngày 28/4/2023"
    assert noted["UBND huyện Lộc Ninh"] is None
    assert f"là ngày 12/5/2023 {cited}, đến nay đã quá 3 ngày" in (out / "6m-lan-1" / "huyen-bu-dop.txt").read_text(
        "utf-8"
    )
    assert "gia hạn" not in (out / "6m-lan-1" / "huyen-phu-rieng.txt").read_text("utf-8")


def test_what_was_returned_is_urged_with_why_and_by_when_and_the_plan_keeps_its_day(run: Run, workspace: Path) -> None:
    scan = workspace / "bc.jpg"
    scan.write_bytes(b"\xff\xd8\xffbc")
    came = ("--unit", "so-y-te", "--deliverable", "6m", "--received", "5/5/2023")
    assert run("receive", scan, *came, cwd=workspace, today="2023-05-05").code == 0
    back = ("--reason", "Thiếu Phụ lục số liệu.", "--date", "10/5/2023", "--by", "25/5/2023", "--number", "130/SNV")
    assert run("send-back", "so-y-te", "6m", *back, cwd=workspace, today="2023-05-10").code == 0
    soon = ("remind", "--unit", "so-y-te", "--within", "5")
    assert run(*soon, "--as-of", "19/5/2023", cwd=workspace).stdout.count("thư nhắc hạn") == 0
    assert run(*soon, "--as-of", "20/5/2023", cwd=workspace).code == 0
    mail = (workspace / "build" / "don-doc" / "nhac-2023-05-20" / "so-y-te-6m.txt").read_text("utf-8")
    assert "Theo yêu cầu gửi lại tại Văn bản số 130/SNV, hạn gửi" in mail
    assert "là ngày 25/5/2023, còn 5 ngày." in mail
    assert run("remind", "--as-of", "2/6/2023", "--unit", "so-y-te", cwd=workspace, today="2023-06-02").code == 0
    told = text_of(next((workspace / "build" / "don-doc").glob("6m-lan-1*.docx")))
    assert "phải gửi về Sở Nội vụ chậm nhất ngày 09/5/2023." in told
    assert "Ngày 10/5/2023, Sở Nội vụ đã trả lại báo cáo" in told
    assert "tại Văn bản số 130/SNV, lý do: thiếu Phụ lục số liệu; thời hạn gửi lại: chậm nhất ngày 25/5/2023." in told
    assert "(bản gửi lại) của Sở Y tế (quá hạn 08 ngày)" in told


def test_what_was_issued_is_not_overwritten_by_what_goes_to_others(run: Run, workspace: Path) -> None:
    given = ("huyen-bu-dop", "--by", "20/5/2023", "-n", "95/UBND", "-d", "28/4/2023")
    assert run("extend", "6m", *given, cwd=workspace).code == 0
    assert run("remind", "--as-of", "15/5/2023", *LATE, cwd=workspace).code == 0
    assert run("remind", "--issued", "6m", "--number", "118/SNV", "--date", "15/5/2023", cwd=workspace).code == 0
    out = workspace / "build" / "don-doc"
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    again = run("remind", "--as-of", "25/5/2023", *LATE, cwd=workspace)
    assert (again.code, "1 đơn vị chưa gửi «6m», lần 1" in again.stdout) == (0, True), again.stdout
    assert {path: path.read_bytes() for path in before} == before
    assert "UBND huyện Bù Đốp" in text_of(out / "6m-lan-1-dot-2.docx")
    assert (out / "6m-lan-1-dot-2" / "huyen-bu-dop.txt").is_file()


def test_what_all_letters_leave_blank_is_told_once_and_counted(run: Run, workspace: Path) -> None:
    done = run("remind", "--as-of", "15/5/2023", *LATE, "--each", cwd=workspace)
    assert done.code == 0
    assert done.stdout.count(".docx: đã tạo") == 11
    assert "11 văn bản còn những chỗ trống này:" in done.stderr
    assert done.stderr.count("họ tên người ký") == 1


def issue(run: Run, workspace: Path, unit: str, number: str, day: str) -> None:
    done = run("remind", "--issued", "6m", "--unit", unit, "--number", number, "--date", day, cwd=workspace)
    assert done.code == 0, done.stderr


def test_each_letter_cites_those_that_went_to_the_same_units_and_each_was_urged_twice(
    run: Run, workspace: Path
) -> None:
    out, late = workspace / "build" / "don-doc", ("--deliverable", "6m", "--block", "su-nghiep")
    units = "dai-ptth-bao", "truong-cao-dang", "vqg-bu-gia-map"
    assert run("remind", "--as-of", "15/5/2023", *late, "--each", cwd=workspace).code == 0
    for i, unit in enumerate(units):
        issue(run, workspace, unit, f"1{i}/SNV", f"{15 + i}/5/2023")
    assert run("remind", "--as-of", "25/5/2023", *late, "--each", cwd=workspace).code == 0
    for i, unit in enumerate(units):
        text = text_of(out / f"6m-lan-2-{unit}.docx")
        assert f"Sở Nội vụ đã có Công văn số 1{i}/SNV ngày {15 + i}/5/2023 đôn đốc." in text
    assert run("remind", "--as-of", "25/5/2023", *late, cwd=workspace).code == 0
    cited = ", ".join(f"Công văn số 1{i}/SNV ngày {15 + i}/5/2023" for i in range(3))
    assert f"Sở Nội vụ đã có {cited} đôn đốc." in text_of(out / "6m-lan-2.docx")
    issue(run, workspace, units[0], "20/SNV", "25/5/2023")
    assert run("remind", "--as-of", "5/6/2023", *late, cwd=workspace).code == 0
    text = text_of(out / "6m-lan-3.docx")
    assert "Sở Nội vụ đã đôn đốc 02 lần:" in text
    assert text.count("- Công văn số ") == 4


def test_a_report_on_the_late_urges_nobody_and_the_next_one_stands_beside_it(run: Run, workspace: Path) -> None:
    one = ("--deliverable", "6m", "--unit", "so-y-te")
    for i, day in enumerate(("15/5/2023", "25/5/2023", "5/6/2023")):
        assert run("remind", "--as-of", day, *one, cwd=workspace).code == 0
        issue(run, workspace, "so-y-te", f"{i}/SNV", day)
    again = run("remind", "--as-of", "20/6/2023", *one, "--json", cwd=workspace)
    assert json.loads(again.stdout)["rounds"][0]["number"] == 3
    text = text_of(workspace / "build" / "don-doc" / "6m-lan-3-dot-2.docx")
    assert "đã đôn đốc 02 lần:" in text
    assert "2/SNV" not in text, "that was no letter to the late"


ENDED = """\
  - {id: tx-cu, name: UBND thị xã Cũ, abbr: UBND, block: huyen, to: 2023-06-30, successors: [phuong-a, phuong-b]}
  - {id: tx-het, name: UBND thị xã Hết, abbr: UBND, block: huyen, to: 2023-06-30}
  - {id: so-gop, name: Sở Gộp, abbr: SG, block: huyen, to: 2023-06-30, successors: [so-noi-vu]}
  - {id: phuong-a, name: UBND phường A, abbr: UBND, block: huyen, from: 2023-07-01}
  - {id: phuong-b, name: UBND phường B, abbr: UBND, block: huyen, from: 2023-07-01}
"""


def test_who_has_the_duties_of_a_unit_that_ended_is_urged_in_its_place(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    plan.write_text(plan.read_text("utf-8") + ENDED, "utf-8")
    out = workspace / "build" / "don-doc"
    done = run("remind", "--as-of", "15/7/2023", *LATE, cwd=workspace)
    told = " ".join(done.stdout.split())
    assert "UBND thị xã Hết chưa gửi «6m» và không còn: kế hoạch không ghi cơ quan kế thừa" in told
    assert "Sở Gộp (Sở Nội vụ) chưa gửi «6m»: cơ quan đôn đốc, không có công văn gửi chính mình" in told
    text = text_of(out / "6m-lan-1.docx")
    assert "UBND thị xã Cũ (UBND phường A và UBND phường B kế thừa nhiệm vụ)" in text
    assert "UBND thị xã Hết" not in text
    assert "Sở Gộp" not in text
    mail = (out / "6m-lan-1" / "tx-cu.txt").read_text("utf-8")
    assert "Kính gửi: UBND phường A; UBND phường B\n" in mail
    assert "06 tháng đầu năm 2023 của UBND thị xã Cũ là ngày 09/5/2023" in mail
    alone = run("remind", "--as-of", "15/7/2023", "--deliverable", "6m", "--unit", "tx-cu", "--each", cwd=workspace)
    assert alone.code == 0
    text = text_of(out / "6m-lan-1-tx-cu.docx")
    assert "Kính gửi: UBND phường A; UBND phường B" in text
    assert "của UBND thị xã Cũ (quá hạn 67 ngày)" in text
    assert "đề nghị UBND phường A và UBND phường B khẩn trương" in text
    before = run("remind", "--as-of", "15/6/2023", *LATE, cwd=workspace)
    assert "UBND thị xã Hết" in text_of(out / "6m-lan-1.docx"), before.stdout
    json_ = json.loads(run("remind", "--as-of", "15/7/2023", "--deliverable", "6m", "--json", cwd=workspace).stdout)
    assert [(one["unit"], one["answering"]) for one in json_["not_urged"]] == [
        ("so-noi-vu", ["so-noi-vu"]),
        ("tx-het", []),
        ("so-gop", ["so-noi-vu"]),
    ]


def test_what_is_to_be_sent_again_soon_is_reminded_of_as_well(run: Run, workspace: Path, tmp_path: Path) -> None:
    sent(run, workspace, tmp_path, "so-y-te", "5/5/2023")
    back = ("--reason", "Thiếu Phụ lục", "--date", "12/5/2023", "--by", "25/5/2023", "--number", "9/SNV")
    assert run("send-back", "so-y-te", "6m", *back, cwd=workspace, today="2023-05-12").code == 0
    sent(run, workspace, tmp_path, "so-tu-phap", "5/5/2023")
    back = ("--reason", "Thiếu Phụ lục", "--date", "12/5/2023")
    assert run("send-back", "so-tu-phap", "6m", *back, cwd=workspace, today="2023-05-12").code == 0
    done = run("remind", "--as-of", "20/5/2023", "--within", "5", "--deliverable", "6m", cwd=workspace)
    assert "1 thư nhắc hạn ở" in " ".join(done.stdout.split())
    mail = workspace / "build" / "don-doc" / "nhac-2023-05-20" / "so-y-te-6m.txt"
    assert "Theo yêu cầu gửi lại tại Văn bản số 9/SNV, hạn gửi" in mail.read_text("utf-8")
    assert "là ngày 25/5/2023, còn 5 ngày" in mail.read_text("utf-8")
