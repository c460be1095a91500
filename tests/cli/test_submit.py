"""`danvan submit`: a package of the report, the record and the evidence."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from danvan_cli.word.package import is_untouched
from received import RECORDED, TODAY, UNIT
from word_files import edit, text_of, texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands import Run


@pytest.fixture
def unit(begun: Callable[..., Path]) -> Path:
    """Give a workspace with a unit that has recorded things, and its six-month report."""
    return begun(*RECORDED)


def test_the_package_holds_report_record_and_what_they_weigh(run: Run, unit: Path) -> None:
    made = run("submit", UNIT, "--period", "6m", cwd=unit, today=TODAY)
    assert (made.code, "chưa có số, ngày ban hành" in made.stderr) == (0, True)
    path = unit / "units" / UNIT / "out" / "goi-6m.zip"
    with zipfile.ZipFile(path) as zipped:
        held = {name: zipped.read(name) for name in zipped.namelist()}
    top = f"{UNIT}-6m/"
    assert {f"{top}data/{name}" for name in ("bao-cao-6m.docx", "muc-luc.docx", "unit.yaml")} < held.keys()
    sums = [line.split(maxsplit=1) for line in held[f"{top}manifest-sha256.txt"].decode().splitlines()]
    assert {top + name for _sum, name in sums} == {name for name in held if "/data/" in name}
    assert [hashlib.sha256(held[top + name]).hexdigest() for _sum, name in sums] == [one for one, _name in sums]
    assert held[f"{top}data/unit.yaml"] == (unit / "units" / UNIT / "unit.yaml").read_bytes()


def test_what_is_not_finished_is_not_packed_where_that_is_asked(run: Run, unit: Path) -> None:
    assert run("submit", UNIT, "--period", "6m", "--strict", cwd=unit, today=TODAY).code == 1
    assert run("submit", UNIT, "--period", "6n", cwd=unit, today=TODAY).code == 2


def test_the_same_record_is_the_same_package_on_any_day(run: Run, unit: Path) -> None:
    path = unit / "units" / UNIT / "out" / "goi-6m.zip"
    packed = []
    for day in (TODAY, "2023-06-01"):
        assert run("submit", UNIT, "--period", "6m", cwd=unit, today=day).code == 0
        packed.append(path.read_bytes())
    assert packed[0] == packed[1]


def packed(unit: Path, name: str, period: str = "6m") -> bytes:
    (package,) = (unit / "units" / UNIT / "out").glob(f"goi-{period}*.zip")
    with zipfile.ZipFile(package) as zipped:
        return zipped.read(f"{UNIT}-{period}/data/{name}")


def test_the_list_that_goes_along_holds_no_command_and_no_hash(run: Run, unit: Path, tmp_path: Path) -> None:
    assert run("submit", UNIT, "--period", "6m", cwd=unit, today=TODAY).code == 0
    path = tmp_path / "muc-luc.docx"
    path.write_bytes(packed(unit, "muc-luc.docx"))
    told = text_of(path)
    assert "Chưa có số, ngày ban hành" in told
    assert not re.search(r"danvan|SHA|DV\d|[0-9a-f]{12}", told)


def test_a_document_older_than_the_record_is_asked_about_then_made_again_or_packed(run: Run, unit: Path) -> None:
    assert run("report", UNIT, "--period", "6m", cwd=unit).code == 0
    there = unit / "units" / UNIT / "out" / "bao-cao-6m.docx"
    old = there.read_bytes()
    assert run("submit", UNIT, "--period", "6m", cwd=unit, today=TODAY).code == 0
    assert packed(unit, "bao-cao-6m.docx") == old
    assert run("log", UNIT, "II.1.2", "--period", "6m", "--result", "Kết quả ghi sau.", cwd=unit, today=TODAY).code == 0
    package = unit / "units" / UNIT / "out" / "goi-6m.zip"
    before = package.read_bytes()
    told = run("submit", UNIT, "--period", "6m", cwd=unit, today=TODAY)
    assert (told.code, told.stdout, package.read_bytes()) == (1, "", before)
    assert "Kết quả ghi sau." in told.stderr
    assert run("submit", UNIT, "--period", "6m", "--as-is", cwd=unit, today=TODAY).code == 0
    assert packed(unit, "bao-cao-6m.docx") == old == there.read_bytes()
    assert run("submit", UNIT, "--period", "6m", "--remake", cwd=unit, today=TODAY).code == 0
    assert packed(unit, "bao-cao-6m.docx") == there.read_bytes() != old
    assert run("submit", UNIT, "--period", "6m", "--remake", "--as-is", cwd=unit, today=TODAY).code == 2


def test_a_document_that_got_its_number_since_is_packed_with_it(run: Run, unit: Path) -> None:
    assert run("report", UNIT, "--period", "6m", cwd=unit).code == 0
    there = (unit / "units" / UNIT / "out" / "bao-cao-6m.docx").read_bytes()
    issued = ("--issued", "6m", "--number", "45/BC-SYT", "--date", "8/5/2023")
    assert run("log", UNIT, *issued, cwd=unit, today=TODAY).code == 0
    assert run("submit", UNIT, "--period", "6m", cwd=unit, today=TODAY).code == 0
    assert packed(unit, "bao-cao-6m.docx") != there
    numbered = packed(unit, "bao-cao-6m.docx")
    (unit / "numbered.docx").write_bytes(numbered)
    assert "45/BC-SYT" in text_of(unit / "numbered.docx")
    assert run("log", UNIT, "II.1.2", "--period", "6m", "--result", "Kết quả ghi sau.", cwd=unit, today=TODAY).code == 0
    told = run("submit", UNIT, "--period", "6m", cwd=unit, today=TODAY)
    assert (told.code, "đóng gói bản đang có" in told.stderr) == (0, True)
    assert "Kết quả ghi sau" in told.stderr  # what differs is what was recorded since, not the number
    assert "Số:" not in told.stderr
    was, now = (dict(docx_parts(data)) for data in (numbered, packed(unit, "bao-cao-6m.docx")))
    assert was["word/document.xml"] == now["word/document.xml"]
    assert is_untouched(packed(unit, "bao-cao-6m.docx"))


def docx_parts(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return [(name, zipped.read(name)) for name in zipped.namelist()]


def test_a_document_that_somebody_edited_is_packed_and_said(run: Run, unit: Path) -> None:
    assert run("report", UNIT, "--period", "6m", cwd=unit).code == 0
    path = unit / "units" / UNIT / "out" / "bao-cao-6m.docx"
    edit(path)
    told = run("submit", UNIT, "--period", "6m", cwd=unit, today=TODAY)
    assert (told.code, "đã có người sửa" in told.stderr) == (0, True)
    assert packed(unit, "bao-cao-6m.docx") == path.read_bytes()


def test_of_reports_on_request_the_one_that_was_made_is_packed_and_none_is_invented(run: Run, unit: Path) -> None:
    def submit(*more: str) -> tuple[int, str]:
        told = run("submit", UNIT, "--period", "chuyen-de", *more, cwd=unit, today=TODAY)
        return told.code, told.stderr

    code, said = submit()
    assert (code, "chưa có báo cáo" in said) == (2, True)
    assert run("report", UNIT, "--period", "chuyen-de", "--topic", "Dân chủ ở cơ sở", cwd=unit).code == 0
    assert submit()[0] == 0
    made = unit / "units" / UNIT / "out" / "bao-cao-chuyen-de-dan-chu-o-co-so.docx"
    assert packed(unit, made.name, "chuyen-de") == made.read_bytes()
    assert run("report", UNIT, "--period", "chuyen-de", "--topic", "Tiếp công dân", cwd=unit).code == 0
    code, said = submit()
    assert (code, "có 2 báo cáo" in said) == (2, True)
    assert submit("--topic", "Dân chủ ở cơ sở")[0] == 0


# The self-score


@pytest.fixture
def scored(begun: Callable[..., Path]) -> Path:
    """Give a workspace with a unit that has scored itself, and its report on that."""
    return begun(*RECORDED, f"score {UNIT} --answers samples/{UNIT}.score.yaml --report")


def test_the_package_of_a_self_score_holds_its_report_with_its_number(run: Run, scored: Path, tmp_path: Path) -> None:
    signed = tmp_path / "ky.pdf"
    signed.write_bytes(b"%PDF-1.4\n")
    issued = ("--issued", "tu-cham", "--number", "88/BC-SYT", "--date", "20/11/2023", "--file", signed)
    assert run("log", UNIT, *issued, cwd=scored, today="2023-11-25").code == 0
    assert run("submit", UNIT, "--period", "tu-cham", cwd=scored, today="2023-11-25").code == 0
    report = tmp_path / "x.docx"
    report.write_bytes(packed(scored, "bao-cao-tu-cham-diem.docx", "tu-cham"))
    assert "Số: 88/BC-SYT" in texts(report)
    assert packed(scored, "evidence/ky.pdf", "tu-cham") == signed.read_bytes()
    assert packed(scored, "bang-tu-cham-diem.docx", "tu-cham")


def test_a_self_score_without_its_report_says_that_it_lacks_it(run: Run, scored: Path) -> None:
    (scored / "units" / UNIT / "out" / "bao-cao-tu-cham-diem.docx").unlink()
    told = run("submit", UNIT, "--period", "tu-cham", cwd=scored, today="2023-11-25")
    assert (told.code, f"chưa có báo cáo tự chấm điểm: danvan score {UNIT} --report" in told.stderr) == (0, True)


def test_an_older_report_on_the_score_is_asked_about_and_an_issued_one_is_not_made_again(
    run: Run, scored: Path
) -> None:
    out = scored / "units" / UNIT / "out"
    answers = scored / "units" / UNIT / "score.yaml"
    answers.write_text(
        answers.read_text(encoding="utf-8").replace("value: 2440\n", "value: 2400\n", 1), encoding="utf-8"
    )
    told = run("submit", UNIT, "--period", "tu-cham", cwd=scored, today="2023-11-25")
    assert (told.code, "làm trước khi sổ có thay đổi" in told.stderr) == (1, True)
    issued = ("--issued", "tu-cham", "--number", "88/BC-SYT", "--date", "20/11/2023")
    assert run("log", UNIT, *issued, cwd=scored, today="2023-11-25").code == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    told = run("score", UNIT, "--report", cwd=scored)
    assert (told.code, "đã ban hành số 88/BC-SYT ngày 20/11/2023" in told.stderr) == (1, True)
    assert run("score", UNIT, "-o", out / "bang-tu-cham-diem.docx", cwd=scored).code == 1
    assert run("score", "--all", cwd=scored).code == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
