"""`danvan send-back`: what is returned is owed again by the day that was set."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from received import RECORDED, TODAY, UNIT, issued, receive, report_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from commands import Run


@pytest.fixture
def unit(begun: Callable[..., Path]) -> Path:
    """Give a workspace with a unit that has recorded things, and its six-month report."""
    return begun(*RECORDED)


def test_it_is_returned_and_sent_again(run: Run, unit: Path, tmp_path: Path) -> None:
    one = shutil.copy(report_of(unit), tmp_path / "BC 6 thang SYT.docx")
    assert receive(run, unit, one, "--received", "9/5/2023").code == 0
    back = ("send-back", UNIT, "6m", "--reason", "Thiếu Phụ lục số liệu")
    assert run(*back, "--by", "11/5/2023", cwd=unit, today=TODAY).code == 2
    done = run(*back, "--by", "20/5/2023", cwd=unit, today=TODAY)
    assert (done.code, "đã ghi trả lại" in done.stdout) == (0, True)
    assert "đã trả lại rồi" in run(*back, cwd=unit, today=TODAY).stderr
    shown = run("status", "--unit", UNIT, cwd=unit, today=TODAY).stdout
    assert "trả lại, còn 8" in shown
    assert "trả lại ngày 12/5/2023: Thiếu Phụ lục số liệu" in shown
    assert run("status", "--strict", "--unit", UNIT, "--as-of", "21/5/2023", cwd=unit).code == 1
    issued(report_of(unit), Path(one), "45", "08")
    assert run("receive", one, "--received", "21/5/2023", cwd=unit, today="2023-05-21").code == 0
    assert "chậm 1 ngày" in run("status", "--unit", UNIT, cwd=unit, today="2023-05-22").stdout
    assert "chưa nhận" in run("send-back", UNIT, "1y", "--reason", "x", cwd=unit).stderr


def test_of_several_reports_on_request_the_one_that_is_named_is_returned(run: Run, workspace: Path) -> None:
    for symbol, day in (("40/BC-SYT", "3/4/2023"), ("51/BC-SYT", "9/5/2023")):
        scan = workspace / f"{day[0]}.jpg"
        scan.write_bytes(b"\xff\xd8\xff" + symbol.encode())
        came = ("--deliverable", "chuyen-de", "--symbol", symbol, "--received", day)
        assert receive(run, workspace, scan, "--unit", UNIT, *came).code == 0
    back = ("send-back", UNIT, "chuyen-de", "--reason", "Thiếu số liệu", "--by", "20/5/2023")
    unsaid = run(*back, cwd=workspace, today=TODAY)
    assert (unsaid.code, "đã nhận nhiều báo cáo: 40/BC-SYT, 51/BC-SYT" in unsaid.stderr) == (2, True)
    assert "đã nhận: 40/BC-SYT" in run(*back, "--symbol", "99/BC-SYT", cwd=workspace, today=TODAY).stderr
    nothing = run("send-back", UNIT, "6m", "--reason", "x", "--symbol", "1/BC", cwd=workspace, today=TODAY).stderr
    assert ("chưa nhận «6m» của Sở Y tế" in nothing, "đã nhận:" in nothing) == (True, False), "there is none to name"
    assert run(*back, "--symbol", "51/bc-syt", cwd=workspace, today=TODAY).code == 0
    [returned] = (workspace / "province" / "received" / UNIT / "chuyen-de").glob("*/return.yaml")
    assert returned.parent.name.startswith("2023-05-09")
    assert "chuyen-de: đã nhận 2 báo cáo" in run("status", "--unit", UNIT, cwd=workspace, today=TODAY).stdout
    other = workspace / "khác.jpg"
    other.write_bytes(b"\xff\xd8\xffk")
    came = ("--deliverable", "chuyen-de", "--symbol", "60/BC-SYT", "--received", "2023-05-12")
    assert receive(run, workspace, other, "--unit", UNIT, *came).code == 0
    said = run("status", "--unit", UNIT, cwd=workspace, today="2023-05-21").stdout
    assert "51/BC-SYT" in said, "another report is not this one sent again"
    assert "trả lại, QUÁ 1" in said
    assert run("init-unit", UNIT, cwd=workspace).code == 0
    home = run(cwd=workspace / "units" / UNIT, today="2023-05-21").stdout
    assert "51/BC-SYT: Thiếu số liệu" in " ".join(home.split())
    undo = run(*back[:3], "--undo", "--symbol", "51/BC-SYT", cwd=workspace, today=TODAY)
    assert (undo.code, "đã bỏ việc trả lại" in undo.stdout) == (0, True)


@pytest.mark.parametrize(("letter", "state"), [("2023-05-18", "trả lại, còn 5"), ("2023-05-08", "trả lại, QUÁ 5")])
def test_what_is_put_off_after_it_was_returned_may_be_sent_until_then(
    run: Run, unit: Path, tmp_path: Path, letter: str, state: str
) -> None:
    one = shutil.copy(report_of(unit), tmp_path / "BC 6 thang SYT.docx")
    assert receive(run, unit, one, "--received", "9/5/2023").code == 0
    assert run("send-back", UNIT, "6m", "--reason", "Sai", "--by", "20/5/2023", cwd=unit, today=TODAY).code == 0
    put_off = ("extend", "6m", UNIT, "--by", "30/5/2023", "-n", "95/UBND-NC", "-d", letter)
    assert run(*put_off, cwd=unit, today="2023-05-18").code == 0
    assert state in run("status", "--unit", UNIT, cwd=unit, today="2023-05-25").stdout
    assert run("remind", "--deliverable", "6m", cwd=unit, today="2023-05-31").code == 0
    mail = next((unit / "build" / "don-doc").glob(f"6m-lan-1/*{UNIT}*")).read_text("utf-8")
    days = {"2023-05-18": "30/5/2023 (đã được gia hạn theo Công văn số 95/UBND-NC", "2023-05-08": "20/5/2023, đến nay"}
    assert f"Theo yêu cầu gửi lại ngày {TODAY[8:]}/5/2023" in mail
    assert f"là ngày {days[letter]}" in mail


def test_a_return_entered_wrongly_is_put_right_or_taken_back_on_record(run: Run, unit: Path, tmp_path: Path) -> None:
    one = shutil.copy(report_of(unit), tmp_path / "BC 6 thang SYT.docx")
    assert receive(run, unit, one, "--received", "9/5/2023").code == 0
    back = ("send-back", UNIT, "6m")
    (receipt,) = (unit / "province" / "received" / UNIT / "6m").iterdir()

    def shown(*arguments: str, code: int = 0) -> str:
        assert run(*back, *arguments, cwd=unit, today=TODAY).code == code
        return run("status", "--unit", UNIT, cwd=unit, today=TODAY).stdout

    for wrong in (("--correct", "--reason", "x"), ("--undo",)):  # not returned yet
        shown(*wrong, code=2)
    assert "trả lại ngày 12/5/2023: Thiếu" in shown("--reason", "Thiếu", "--by", "20/5/2023")
    for wrong in (
        ("--correct",),
        ("--correct", "--date", "8/5/2023"),
        ("--correct", "--by", "11/5/2023"),
        ("--correct", "--undo"),
    ):
        shown(*wrong, code=2)
    assert "trả lại ngày 11/5/2023: Số liệu sai" in shown("--correct", "--date", "11/5/2023", "--reason", "Số liệu sai")
    assert "trả lại" not in shown("--undo")
    assert "trả lại ngày 12/5/2023: Lần hai" in shown("--reason", "Lần hai")
    told = yaml.safe_load((receipt / "return.yaml").read_text("utf-8"))
    assert [(str(it["date"]), it["reason"], str(it["until"])) for it in told["was"]] == [
        ("2023-05-12", "Thiếu", "2023-05-12"), ("2023-05-11", "Số liệu sai", "2023-05-12")
    ]  # fmt: skip
    assert ("by" in told, "undone" in told) == (False, False)
