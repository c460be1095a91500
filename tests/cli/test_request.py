"""`danvan request`: one more report in the year, by a letter and then by its number and day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from danvan_cli.ooxml.docx import W, read_word
from plan_entries import BY, refused, states
from word_files import text_of

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Run


def test_a_report_is_asked_for_by_a_letter_then_owed(run: Run, workspace: Path) -> None:
    asked = (
        "request",
        "dan-chu",
        "--name",
        "Báo cáo thực hiện dân chủ ở cơ sở",
        "--owner",
        "huyen",
        "--by",
        "31/8/2023",
    )
    plan = (workspace / "plans" / "2023.yaml").read_bytes()
    assert run(*asked, "--period", "6m", cwd=workspace).code == 0
    letter = workspace / "build" / "yeu-cau" / "dan-chu.docx"
    word = read_word(letter.read_bytes(), "x")
    told = " ".join("".join(t.text or "" for t in one.iter(f"{W}t")) for one in word.document.iter(f"{W}p"))
    assert "thực hiện dân chủ ở cơ sở" in told
    assert "chậm nhất ngày 31/8/2023" in told
    assert "Số liệu báo cáo: từ ngày" in told
    assert run("format-check", letter, cwd=workspace).code == 0
    assert (workspace / "plans" / "2023.yaml").read_bytes() == plan, "a draft is no entry yet"
    assert run(*asked, "-n", "210/SNV", "-d", "1/8/2023", cwd=workspace).code == 0
    entered = (workspace / "plans" / "2023.yaml").read_bytes()
    assert run(*asked, "-n", "210/SNV", "-d", "1/8/2023", cwd=workspace).code == 0
    assert (workspace / "plans" / "2023.yaml").read_bytes() == entered
    assert "đã có báo cáo" in run(*asked, "-n", "211/SNV", "-d", "1/8/2023", cwd=workspace).stderr
    got = states(run, workspace, "dan-chu", "1/9/2023")
    assert set(got.values()) == {"overdue"}
    assert len(got) == 11


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("request", "6m", "--name", "x", "--by", "1/9/2023", *BY), 2, "đã có báo cáo"),
        (("request", "dan-chu", "--name", "x", "-n", "1/UBND", "-d", "1/8/2023"), 2, "--by"),
        (("request", "dan-chu", "--name", "x", "--by", "1/9/2023", "-n", "1/UBND"), 2, "--date"),
        (("request", "Dân chủ", "--name", "x"), 2, "mã"),
        (("request", "dan-chu", "--name", "x", "--owner", "so-y-te-2"), 2, "so-y-te"),
    ],
)  # fmt: skip
def test_what_is_wrong_writes_nothing(
    run: Run, workspace: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    refused(run, workspace, arguments, code, says)


def test_what_the_plan_gives_no_day_is_given_one_and_followed(run: Run, workspace: Path) -> None:
    assert set(states(run, workspace, "ke-hoach", "16/2/2023").values()) == {"no-date"}
    given = ("ke-hoach", "--by", "15/2/2023", "-n", "12/SNV", "-d", "1/2/2023")
    done = run("request", *given, cwd=workspace)
    assert done.code == 0, done.stderr
    assert set(states(run, workspace, "ke-hoach", "16/2/2023").values()) == {"overdue"}
    assert set(states(run, workspace, "ke-hoach", "14/2/2023").values()) == {"due"}
    assert run("check", cwd=workspace).code == 0
    urged = run("remind", "--as-of", "16/2/2023", "--deliverable", "ke-hoach", cwd=workspace)
    assert (urged.code, "chưa gửi «ke-hoach», lần 1" in urged.stdout) == (0, True), urged.stderr
    assert run("calendar", "so-y-te", "-o", workspace / "lich.ics", cwd=workspace).code == 0
    assert "Công văn số 12/SNV ngày 01/02/2023" in (workspace / "lich.ics").read_text("utf-8").replace("\n ", "")
    assert run("request", "ke-hoach", "--by", "20/2/2023", "-n", "15/SNV", "-d", "5/2/2023", cwd=workspace).code == 0
    assert set(states(run, workspace, "ke-hoach", "16/2/2023").values()) == {"due"}
    nameless = run("request", "dan-chu", "--by", "15/2/2023", cwd=workspace)
    assert (nameless.code, "chưa ghi tên báo cáo" in nameless.stderr) == (2, True)
    assert run("request", "6m", "--by", "20/5/2023", "-n", "15/SNV", "-d", "5/2/2023", cwd=workspace).code == 2


def test_a_letter_and_a_mail_say_where_the_day_comes_from(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    mail = workspace / "build" / "don-doc" / "ke-hoach-lan-1" / "so-y-te.txt"

    def urged(deliverable: str, as_of: str) -> tuple[str, str]:
        done = run(
            "remind", "--as-of", as_of, "--deliverable", deliverable, "--unit", "so-y-te", "--force", cwd=workspace
        )
        assert done.code == 0, done.stderr
        return text_of(workspace / "build" / "don-doc" / f"{deliverable}-lan-1.docx"), mail.read_text("utf-8")

    assert run("request", "ke-hoach", "--by", "15/2/2023", "-n", "12/SNV", "-d", "1/2/2023", cwd=workspace).code == 0
    letter, text = urged("ke-hoach", "16/2/2023")
    assert "chậm nhất ngày 15/02/2023 theo Công văn số 12/SNV ngày 01/02/2023." in letter
    assert "Theo Công văn số 12/SNV ngày 01/02/2023, hạn gửi" in text
    text = plan.read_text("utf-8")
    assert text.count("document:") == 1
    plan.write_text(re.sub(r",? *document: [^\n}]*", "", text), "utf-8")
    letter, text = urged("ke-hoach", "16/2/2023")
    assert "chậm nhất ngày 15/02/2023 theo thời hạn do Sở Nội vụ ấn định." in letter
    assert "Theo thời hạn do Sở Nội vụ ấn định, hạn gửi" in text
    report = ("request", "dan-chu", "--name", "Báo cáo dân chủ", "--by", "31/8/2023", "-n", "210/SNV", "-d", "1/8/2023")
    assert run(*report, cwd=workspace).code == 0
    mail = mail.parents[1] / "dan-chu-lan-1" / "so-y-te.txt"
    assert "theo Công văn số 210/SNV ngày 01/8/2023." in urged("dan-chu", "2/9/2023")[0]
    mail = mail.parents[1] / "6m-lan-1" / "so-y-te.txt"
    assert "Theo Kế hoạch công tác dân vận chính quyền năm 2023, hạn gửi" in urged("6m", "12/5/2023")[1]


def test_a_day_given_anew_raises_the_event_s_sequence(run: Run, workspace: Path) -> None:
    plan, ics = workspace / "plans" / "2023.yaml", workspace / "lich.ics"

    def event() -> tuple[int, str]:
        assert run("calendar", "so-y-te", "-o", ics, cwd=workspace).code == 0
        (told,) = (one for one in ics.read_text("utf-8").split("BEGIN:VEVENT") if "Hạn gửi: Kế hoạch" in one)
        return int(told.partition("SEQUENCE:")[2].split()[0]), told.partition("DTSTART;VALUE=DATE:")[2].split()[0]

    assert run("request", "ke-hoach", "--before", "21/2/2023", "-n", "9/SNV", "-d", "1/2/2023", cwd=workspace).code == 0
    assert event() == (1, "20230220")
    for by, number in (("15/2/2023", "12/SNV"), ("20/2/2023", "15/SNV"), ("10/2/2023", "16/SNV")):
        assert run("request", "ke-hoach", "--by", by, "-n", number, "-d", "1/2/2023", cwd=workspace).code == 0
        ics.unlink(missing_ok=True)
        event()
    last, day = event()
    assert (last, day) == (4, "20230210")
    plan.write_text(plan.read_text("utf-8").replace("by: 2023-02-10", "by: 2023-02-08"), "utf-8")
    assert event() == (last + 1, "20230208"), "by hand: held against the file that is there"
    bytes_ = ics.read_bytes()
    assert event() == (last + 1, "20230208")
    assert ics.read_bytes() == bytes_
