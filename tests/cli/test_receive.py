"""What units send is taken in: real PDFs, Word files, workbooks and packages; bad ones harm no other."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from commands import at_terminal, environment
from danvan_cli.delivery import bag
from danvan_cli.inbox import intake, outline
from danvan_cli.ooxml.parts import read_parts
from danvan_cli.pdf.text import PdfReader
from danvan_cli.word.package import zipped_parts
from office import converted
from received import RECORDED, TODAY, UNIT, issued, receive, report_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from commands import Run


@pytest.fixture
def unit(begun: Callable[..., Path]) -> Path:
    """Give a workspace with a unit that has recorded things, and its six-month report."""
    return begun(*RECORDED)


def outcomes(run: Run, folder: Path, *arguments: object) -> list[dict[str, Any]]:
    done = receive(run, folder, *arguments, "--json")
    found = json.loads(done.stdout)["files"]
    assert isinstance(found, list)
    return found


def receipts(folder: Path) -> list[dict[str, Any]]:
    return [yaml.safe_load(path.read_text("utf-8")) for path in sorted((folder / "province").rglob("receipt.yaml"))]


def as_pdf(path: Path) -> Path:
    (made,) = converted([path], "pdf", path.parent)
    return made


@pytest.mark.office
def test_a_pdf_says_itself_of_whom_and_what_it_is(run: Run, unit: Path, tmp_path: Path) -> None:
    pdf = as_pdf(issued(report_of(unit), tmp_path / "scan-0001.docx", "45", "08"))
    (tmp_path / "scan-0001.docx").unlink()
    done = receive(run, unit, pdf, "--received", "9/5/2023", "--number", "77")
    assert (done.code, done.stderr) == (0, "")
    assert "so-y-te, 6m; 45/BC-SYT; ban hành 08/5/2023; đến 09/5/2023; số đến 77" in " ".join(done.stdout.split())
    (receipt,) = receipts(unit)
    assert (receipt["symbol"], receipt["issued"], receipt["received"], receipt["number"]) == (
        "45/BC-SYT", date(2023, 5, 8), date(2023, 5, 9), "77")  # fmt: skip
    (folder,) = (unit / "province" / "received" / UNIT / "6m").iterdir()
    assert folder.name.startswith("2023-05-09-")
    assert (folder / "scan-0001.pdf").read_bytes() == pdf.read_bytes()
    rows = json.loads(run("status", "--json", cwd=unit, today=TODAY).stdout)["rows"]
    mine = next(one for one in rows if (one["unit"], one["deliverable"]) == (UNIT, "6m"))
    assert (mine["state"], mine["days"], mine["issued"]) == ("submitted", 0, "2023-05-08")


def test_the_same_again_changes_nothing_and_another_version_lies_beside_it(
    run: Run, unit: Path, tmp_path: Path
) -> None:
    first = shutil.copy(report_of(unit), tmp_path / "BC 6 thang SYT.docx")
    assert receive(run, unit, first, "--received", "9/5/2023").code == 0
    before = {path: path.stat().st_mtime_ns for path in (unit / "province").rglob("*")}
    again = receive(run, unit, first, "--received", "11/5/2023")
    assert (again.code, "đã có, không đổi gì" in again.stdout) == (0, True)
    assert {path: path.stat().st_mtime_ns for path in (unit / "province").rglob("*")} == before
    issued(report_of(unit), Path(first), "45", "08")
    assert receive(run, unit, first, "--received", "11/5/2023").code == 0
    assert [one["received"].day for one in receipts(unit)] == [9, 11]
    rows = json.loads(run("status", "--unit", UNIT, "--json", cwd=unit, today=TODAY).stdout)["rows"]
    six = next(one for one in rows if one["deliverable"] == "6m")
    assert (six["state"], six["versions"]) == ("submitted", 2)


def test_what_a_receipt_lacks_is_filled_in_later_and_nothing_else_is(run: Run, unit: Path, tmp_path: Path) -> None:
    scan = tmp_path / "scan.jpg"
    scan.write_bytes(b"\xff\xd8\xff" + bytes(50))
    unclear = receive(run, unit, scan)
    assert (unclear.code, "chưa rõ đơn vị nào, báo cáo nào" in unclear.stderr) == (1, True)
    assert not receipts(unit)
    mine = ("--unit", "Sở Tư pháp", "--deliverable", "6m", "--received", "8/5/2023")
    assert receive(run, unit, scan, *mine).code == 0
    assert receive(run, unit, scan, *mine, "--symbol", "4/BC-STP", "--issued", "7/5/2023").code == 0
    assert receive(run, unit, scan, *mine, "--symbol", "5/BC-STP").code == 0
    (receipt,) = receipts(unit)
    assert (receipt["unit"], receipt["symbol"], receipt["issued"]) == ("so-tu-phap", "4/BC-STP", date(2023, 5, 7))


def test_the_file_s_own_day_is_the_day_it_came(run: Run, unit: Path, tmp_path: Path) -> None:
    one = Path(shutil.copy(report_of(unit), tmp_path / "bao-cao-6m.docx"))
    os.utime(one, (1683500000, 1683500000))  # of 2023-05-07 in Greenwich, of the 8th in Vietnam
    assert receive(run, unit, one).code == 0
    assert receipts(unit)[0]["received"] == date(2023, 5, 8)


def test_a_tracking_list_says_what_the_files_do_not(run: Run, unit: Path, tmp_path: Path) -> None:
    box = tmp_path / "hộp thư"
    box.mkdir()
    for name in ("a.jpg", "b.jpg"):
        (box / name).write_bytes(b"\xff\xd8\xff" + name.encode())
    listed = tmp_path / "so-den.csv"
    listed.write_text(
        "Số đến;Ngày đến;Tệp;Đơn vị;Báo cáo;Số, ký hiệu;Ngày ban hành\r\n"
        "411;8/5/2023;a.jpg;Sở Tư pháp;6m;4/BC-STP;7/5/2023\r\n412;10/5/2023;b.jpg;huyen-bu-dop;6m;;\r\n",
        encoding="utf-8-sig",
    )
    done = receive(run, unit, box, "--list", listed)
    assert done.code == 0, done.stderr
    assert {(one["unit"], one["number"], one["received"].day) for one in receipts(unit)} == {
        ("so-tu-phap", "411", 8), ("huyen-bu-dop", "412", 10)}  # fmt: skip
    listed.write_text("Tệp,Ngày đến\na.jpg,31/2/2023\n", encoding="utf-8")
    wrong = receive(run, unit, box, "--list", listed)
    assert (wrong.code, "so-den.csv, dòng 2" in wrong.stderr) == (2, True)
    listed.write_text("Cột\nx\n", encoding="utf-8")
    assert "không có cột «Tệp»" in receive(run, unit, box, "--list", listed).stderr


def test_a_row_of_a_list_knows_its_day_better_than_what_is_said_of_the_whole_folder(
    run: Run, unit: Path, tmp_path: Path
) -> None:
    box = tmp_path / "hộp thư"
    box.mkdir()
    for name in ("a.jpg", "b.jpg"):
        (box / name).write_bytes(b"\xff\xd8\xff" + name.encode())
    listed = tmp_path / "so-den.csv"
    listed.write_text("Tệp;Ngày đến;Đơn vị;Báo cáo\na.jpg;8/5/2023;STP;6m\nb.jpg;;STC;6m\n", encoding="utf-8")
    assert receive(run, unit, box, "--list", listed, "--received", "11/5/2023").code == 0
    assert {(one["unit"], one["received"].day) for one in receipts(unit)} == {("so-tu-phap", 8), ("so-tai-chinh", 11)}


def bad_files(unit: Path, box: Path, run: Run) -> dict[str, str]:
    """Make files that must not come in; give what is said of each."""
    assert run("submit", UNIT, "--period", "6m", "-o", box / "goi.zip", cwd=unit, today=TODAY).code == 0
    whole = (box / "goi.zip").read_bytes()
    (box / "goi.zip").unlink()
    (box / "hong.zip").write_bytes(whole[: len(whole) // 2])
    at = whole.index(b"data/unit.yaml") + 60
    (box / "gia.zip").write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    (box / "bao cao TỐI MẬT.pdf").write_bytes(b"%PDF-1.7")
    (box / "chay.exe").write_bytes(b"MZ")
    (box / "trong.pdf").write_bytes(b"")
    (box / "khong-phai.pdf").write_bytes(b"hello")
    (box / "la-so.docx").write_bytes(whole)
    (box / "cu.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (box / "lien-ket.pdf").symlink_to("/etc/hostname")
    secret = read_parts(report_of(unit).read_bytes())
    text = secret["word/document.xml"].decode().replace("BÁO CÁO", "MẬT", 1)
    (box / "co-dau.docx").write_bytes(zipped_parts(secret | {"word/document.xml": text.encode()}))
    old = secret["word/document.xml"].decode().replace("2023", "2022")
    (box / "nam-ngoai.docx").write_bytes(
        zipped_parts(secret | {"word/document.xml": old.encode(), "docProps/core.xml": b"<a/>"})
    )
    return {
        "hong.zip": "hỏng", "gia.zip": "hỏng", "bao cao TỐI MẬT.pdf": "độ mật", "chay.exe": "chạy được chương trình",
        "trong.pdf": "trống", "khong-phai.pdf": "không phải loại tệp", "la-so.docx": "không phải loại tệp như tên",
        "cu.docx": "không phải loại tệp", "lien-ket.pdf": "liên kết", "co-dau.docx": "độ mật", "nam-ngoai.docx": "năm 2022",
    }  # fmt: skip


def test_bad_files_are_refused_each_with_its_reason_and_harm_no_other(run: Run, unit: Path, tmp_path: Path) -> None:
    box = tmp_path / "hộp thư"
    box.mkdir()
    wanted = bad_files(unit, box, run)
    shutil.copy(report_of(unit), box / "BC 6 thang SYT.docx")
    aside = tmp_path / "để riêng"
    found = {Path(one["files"][0]).name: one for one in outcomes(run, unit, box, "--aside", aside)}
    assert {name for name, one in found.items() if one["state"] == "refused"} == wanted.keys()
    for name, says in wanted.items():
        assert says in found[name]["reason"], (name, found[name]["reason"])
    assert found["BC 6 thang SYT.docx"]["state"] == "filed"
    assert len(receipts(unit)) == 1
    assert {path.name for path in aside.iterdir()} == wanted.keys()
    assert [path.name for path in box.iterdir()] == ["BC 6 thang SYT.docx"]
    assert not list((unit / "province" / "received").glob(".*")), "nothing half filed is left"


def test_a_package_brings_the_record(run: Run, unit: Path, tmp_path: Path) -> None:
    made = run("submit", UNIT, "--period", "6m", cwd=unit, today=TODAY)
    assert (made.code, "chưa có số, ngày ban hành" in made.stderr) == (0, True)
    assert run("submit", UNIT, "--period", "6m", "--strict", cwd=unit, today=TODAY).code == 1
    package = unit / "units" / UNIT / "out" / "goi-6m.zip"
    bytes_ = package.read_bytes()
    run("submit", UNIT, "--period", "6m", cwd=unit, today="2023-06-01")
    assert package.read_bytes() == bytes_
    province = tmp_path / "tỉnh"
    assert run("init", province, "--sample").code == 0
    done = receive(run, province, package, "--received", "8/5/2023")
    assert (done.code, "đã ghi vào units/so-y-te: unit.yaml" in done.stderr) == (0, True)
    mine = province / "units" / UNIT / "unit.yaml"
    assert mine.read_bytes() == (unit / "units" / UNIT / "unit.yaml").read_bytes()
    assert run("check", cwd=province).code == 0
    run("log", UNIT, "--period", "6m", "--indicator", "tin-bai=65", cwd=unit)
    run("submit", UNIT, "--period", "6m", "--remake", cwd=unit, today=TODAY)
    assert receive(run, province, package, "--received", "9/5/2023").code == 0
    assert mine.read_bytes() == (unit / "units" / UNIT / "unit.yaml").read_bytes(), (
        "a later package replaces an earlier"
    )
    run("log", UNIT, "--period", "6m", "--indicator", "tin-bai=99", cwd=province)
    edited = mine.read_bytes()
    run("log", UNIT, "--period", "6m", "--indicator", "tin-bai=66", cwd=unit)
    run("submit", UNIT, "--period", "6m", "--remake", cwd=unit, today=TODAY)
    told = receive(run, province, package, "--received", "10/5/2023")
    assert (told.code, "hai bên cùng sửa; ở đây: 99; trong gói: 66" in " ".join(told.stderr.split())) == (1, True)
    assert mine.read_bytes() == edited


def test_a_package_of_an_older_revision_of_the_plan(run: Run, unit: Path, tmp_path: Path) -> None:
    assert run("submit", UNIT, "--period", "6m", "--remake", cwd=unit, today=TODAY).code == 0
    province = tmp_path / "tỉnh"
    assert run("init", province, "--sample").code == 0
    path = province / "plans" / "2023.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace(
            "owners: [all]\n            text: >-\n",
            "owners: [all]\n            due: 2023-06-30\n            text: >-\n",
            1,
        ),
        "utf-8",
    )
    package = unit / "units" / UNIT / "out" / "goi-6m.zip"
    done = receive(run, province, package)
    assert (done.code, "lập theo bản kế hoạch cũ" in done.stderr) == (1, True)
    assert not receipts(province)
    assert receive(run, province, package, "--carry").code == 0


def packed_with(unit: Path, run: Run, to: Path, more: dict[str, bytes]) -> Path:
    """Give the unit's package with more files in it, whole by its manifests."""
    made = unit / "units" / UNIT / "out" / "goi-6m.zip"
    assert run("submit", UNIT, "--period", "6m", "--remake", cwd=unit, today=TODAY).code == 0
    (to / "x").mkdir(parents=True)
    opened = bag.unpack(made, to / "x")
    payload = {name: (to / "x" / "data" / name).read_bytes() for name in opened.files}
    path = to / "goi-6m.zip"
    path.write_bytes(bag.pack(f"{UNIT}-6m", payload | more, opened.info))
    return path


def macros() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name in ("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"):
            zipped.writestr(name, os.urandom(400_000))  # the names lie far apart in the file
    return out.getvalue()


STRANGE = {
    "evidence/.git/config": (b"[core]\n\tfsmonitor = touch x\n", "ẩn: «.git»"),
    "evidence/chay.EXE": (b"MZ", "chạy được chương trình: «chay.EXE»"),
    "evidence/bien-ban.pdf": (b"MZ\x90\x00", "có macro: «evidence/bien-ban.pdf»"),
    "evidence/anh.jpg": (b"#!/bin/sh\n", "có macro: «evidence/anh.jpg»"),
    "evidence/lien-ket.txt": (b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(60), "có macro: «evidence/lien-ket.txt»"),
    "evidence/so.xlsx": (b"", "có macro: «evidence/so.xlsx»"),
    "evidence/trang.html": (b"<p>", "không chở loại tệp này: «evidence/trang.html»"),
    "evidence/khong-duoi": (b"x", "không chở loại tệp này: «evidence/khong-duoi»"),
    "them.pdf": (b"%PDF-1.7", "không chở loại tệp này: «them.pdf»"),
    "plans/2023.yaml": (b"a: 1", "không chở loại tệp này: «plans/2023.yaml»"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_package_with_what_ours_never_hold_is_refused(run: Run, unit: Path, tmp_path: Path, name: str) -> None:
    data, says = STRANGE[name]
    path = packed_with(unit, run, tmp_path / "gửi", {name: data or macros()})
    done = receive(run, unit, path)
    told = " ".join(done.stderr.split())
    assert (done.code, says in told) == (1, True), told
    assert "lập lại gói: danvan submit" in told
    assert not receipts(unit)
    assert not list((unit / "province" / "received").iterdir())


def test_submit_leaves_out_and_says_what_would_be_refused(run: Run, unit: Path, tmp_path: Path) -> None:
    for name, data in (("bien-ban.pdf", b"%PDF-1.7"), ("so.xlsx", macros()), ("trang.html", b"<p>")):
        (tmp_path / name).write_bytes(data)
        said = ("--evidence", tmp_path / name, "--title", f"Minh chứng {name}", "--date", "5/3/2023")
        assert run("log", UNIT, "II.1.1", *said, cwd=unit, today=TODAY).code == 0
    done = run("submit", UNIT, "--period", "6m", "--remake", cwd=unit, today=TODAY)
    told = " ".join(done.stderr.split())
    assert "không kèm tệp kiểm chứng «Minh chứng so.xlsx»: tệp chạy được chương trình hoặc có macro" in told
    assert "«Minh chứng trang.html»: gói không chở loại tệp này: «evidence/trang.html»" in told
    assert run("submit", UNIT, "--period", "6m", "--strict", cwd=unit, today=TODAY).code == 1
    assert receive(run, unit, unit / "units" / UNIT / "out" / "goi-6m.zip", "--received", "8/5/2023").code == 0
    (receipt,) = receipts(unit)
    evidence = {one["name"] for one in receipt["files"] if "/evidence/" in one["name"]}
    assert "goi/data/evidence/bien-ban.pdf" in evidence
    assert not [one for one in evidence if one.endswith((".xlsx", ".html"))]


def test_a_workbook_is_filled_in(run: Run, unit: Path, tmp_path: Path) -> None:
    assert run("workbook", UNIT, cwd=unit).code == 0
    book = unit / "units" / UNIT / "out" / "so-lieu.xlsx"
    province = tmp_path / "tỉnh"
    assert run("init", province, "--sample").code == 0
    done = receive(run, province, book)
    assert "đến" in done.stdout
    assert (receipts(province)[0]["deliverable"], (province / "units" / UNIT / "unit.yaml").exists()) == (
        "so-lieu",
        True,
    )
    rows = json.loads(run("status", "--json", cwd=province, today=TODAY).stdout)["rows"]
    assert {one["deliverable"] for one in rows} == {"ke-hoach", "tu-cham", "6m", "1y", "dai-6m", "dai-1y"}


def test_a_word_report_is_read_back_as_it_was_written(run: Run, unit: Path, tmp_path: Path) -> None:
    one = shutil.copy(report_of(unit), tmp_path / "BC 6 thang SYT.docx")
    done = receive(run, unit, one)
    assert (done.code, "xem rồi ghi" in done.stderr) == (0, True)
    path = unit / "build" / "de-xuat" / f"{UNIT}-6m.unit.yaml"
    text = path.read_text("utf-8")
    assert "chưa đọc được: bảng" in text
    again = run("log", UNIT, "--from", path, cwd=unit)
    assert (again.code, "không có gì thay đổi" in again.stdout) == (0, True), again.stdout
    blank = tmp_path / "trống"
    assert run("init", blank, "--sample").code == 0
    assert run("init-unit", UNIT, cwd=blank).code == 0
    assert run("log", UNIT, "--from", path, cwd=blank).code == 0
    told = [yaml.safe_load((where / "units" / UNIT / "unit.yaml").read_text("utf-8")) for where in (unit, blank)]
    for key in ("6m",):
        results = [{name: (one or {}).get("results", {}).get(key) for name, one in it["tasks"].items()} for it in told]
        assert results[0] == results[1]
    figures = [{name: (one or {}).get("6m") for name, one in it["indicators"].items()} for it in told]
    assert figures[0] == figures[1]


def test_two_people_at_once_lose_nothing(process: Run, unit: Path, tmp_path: Path) -> None:
    boxes = []
    for person in range(2):
        box = tmp_path / f"hộp {person}"
        box.mkdir()
        for i in range(6):
            (box / f"{person}-{i}.jpg").write_bytes(b"\xff\xd8\xff" + f"{person}{i}".encode())
        (box / "chung.jpg").write_bytes(b"\xff\xd8\xff same")
        boxes.append(box)
    codes: list[int] = []

    def take(box: Path) -> None:
        codes.append(receive(process, unit, box, "--unit", UNIT, "--deliverable", "6m", "--received", "9/5/2023").code)

    threads = [threading.Thread(target=take, args=(box,)) for box in boxes]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert codes == [0, 0]
    assert len(receipts(unit)) == 13
    assert not list((unit / "province" / "received").glob(".*"))


def test_what_two_people_received_merges_in_git(run: Run, unit: Path, tmp_path: Path) -> None:
    def git(*arguments: object) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b.vn", *map(str, arguments)],
            cwd=unit,
            check=True,
            capture_output=True,
        )

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "đầu")
    for person in ("một", "hai"):
        scan = tmp_path / f"{person}.jpg"
        scan.write_bytes(b"\xff\xd8\xff" + person.encode())
        git("checkout", "-q", "-b", person, "main")
        assert receive(run, unit, scan, "--unit", UNIT, "--deliverable", "6m", "--received", "9/5/2023").code == 0
        git("add", "-A")
        git("commit", "-qm", person)
    git("merge", "-q", "một")
    assert len(receipts(unit)) == 2
    assert run("status", cwd=unit, today=TODAY).code == 0


def test_a_pdf_that_hangs_or_breaks_the_reader_has_no_text(tmp_path: Path) -> None:
    broken = tmp_path / "a.pdf"
    broken.write_bytes(
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF"
    )
    with PdfReader() as reader:
        assert not reader.read(broken).text
        assert not reader.read(tmp_path / "none.pdf").text
        process = reader._worker._process
        assert process is not None
        process.kill()
        assert reader.read(tmp_path / "other.pdf").text is None
        assert reader.read(shutil.copy(broken, tmp_path / "b.pdf")).text == "", "a new process answers"
    assert sys.executable


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no names that are no UTF-8")
def test_a_name_that_is_no_utf8_loses_no_letter(run: Run, unit: Path, tmp_path: Path) -> None:
    shutil.copy(report_of(unit), tmp_path / os.fsdecode(b"B\xe1o c\xe1o.docx"))
    done = receive(run, unit, tmp_path / os.fsdecode(b"B\xe1o c\xe1o.docx"))
    assert done.code == 0
    assert r"B\xe1o c\xe1o.docx → so-y-te, 6m" in done.stdout
    (receipt,) = receipts(unit)
    assert [(one["name"], one["title"]) for one in receipt["files"]] == [("b-xe1o-c-xe1o.docx", r"B\xe1o c\xe1o.docx")]


def test_what_cannot_be_told_is_asked_in_a_terminal(unit: Path, tmp_path: Path) -> None:
    pytest.importorskip("pty")
    for name in ("một.jpg", "hai.jpg"):
        (tmp_path / name).write_bytes(b"\xff\xd8\xff" + name.encode())
    command = ["receive", str(tmp_path / "một.jpg"), str(tmp_path / "hai.jpg"), "--received", "9/5/2023"]
    typed = "Sở Y\nSở Y tế\n6m\n\n"  # a slip first; the second file is skipped
    done = at_terminal(command, unit, environment(TODAY, TERM="dumb"), typed.encode(), shown=(1, 2))
    code, told = done.code, done.stdout
    assert (code, "có phải" in told, "chưa rõ đơn vị nào" in told) == (1, True, True), told
    assert [(one["unit"], one["deliverable"], one["files"][0]["title"]) for one in receipts(unit)] == [
        (UNIT, "6m", "một.jpg")
    ]


def _zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name in names:
            with zipped.open(zipfile.ZipInfo(name), "w") as file:  # takes an empty name too
                file.write(b"<x")
    return out.getvalue()


def _ours(unit: Path, suffix: str, at: str, data: bytes) -> bytes:
    """Give a file of ours with one part damaged."""
    (source,) = (unit / "units" / UNIT / "out").glob(f"*{suffix}")
    parts = read_parts(source.read_bytes())
    (name,) = [one for one in parts if one.endswith(at)]
    return zipped_parts(parts | {name: data})


def test_one_bad_file_never_stops_the_others(
    run: Run, unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("workbook", UNIT, cwd=unit).code == 0
    box = tmp_path / "hộp"
    box.mkdir()
    sheets = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s'
    bad = {
        "a-rong.zip": _zipped(""), "b-rong.xlsx": _zipped("[Content_Types].xml", "xl/workbook.xml", ""),
        "c-rong.docx": _zipped("[Content_Types].xml", ""), "d-nul.zip": _zipped("a\0b", "bagit.txt"),
        "e.xlsx": _ours(unit, ".xlsx", "sheet1.xml", sheets % b'<row r="x"><c r="99"><v>1</v></c></row>'),
        "f.xlsx": _ours(unit, ".xlsx", "workbook.xml", b"<workbook/>"),
        "g.docx": _ours(unit, "6m.docx", "word/document.xml", b"<a/>"),
        "h.pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>\ntrailer<</Root 1 0 R>>",
        "i.docx": (unit / "units" / UNIT / "out" / "bao-cao-6m.docx").read_bytes()[:3000],
        "k.png": b"\x89PNG\r\n\x1a\n", "l.zip": b"PK\x05\x06" + b"\xff" * 18,
    }  # fmt: skip
    for name, data in bad.items():
        (box / name).write_bytes(data)
    (box / "no-nho.docx").write_bytes(report_of(unit).read_bytes())
    (box / "no-lon.docx").write_bytes(report_of(unit).read_bytes() + b"\n")
    shutil.copy(report_of(unit), box / "z BC 6 thang SYT.docx")
    bursts = {"no-nho.docx": RuntimeError("dictionary changed"), "no-lon.docx": MemoryError()}
    real = intake.look

    def look(path: Path, pdf: PdfReader) -> Any:
        if path.name in bursts:
            raise bursts[path.name]
        return real(path, pdf)

    monkeypatch.setattr(intake, "look", look)
    done = run("receive", box, "--json", cwd=unit, today=TODAY)
    files = {Path(one["files"][0]).name: one for one in json.loads(done.stdout)["files"]}
    assert files["z BC 6 thang SYT.docx"]["state"] == "filed"
    for name, burst in bursts.items():
        assert (files[name]["state"], type(burst).__name__ in files[name]["reason"]) == ("refused", True)
    assert {one["state"] for name, one in files.items() if name in bad} <= {"refused", "unclear"}
    assert done.code == 1


def test_what_follows_a_file_never_stops_the_others(
    run: Run, unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(report_of(unit), tmp_path / "BC 6 thang SYT.docx")
    monkeypatch.setattr(outline, "proposal", lambda *_: 1 // 0)
    done = receive(run, unit, tmp_path / "BC 6 thang SYT.docx")
    assert ("ZeroDivisionError" in done.stderr, "lỗi trong chính danvan" in done.stderr) == (True, False)
    assert len(receipts(unit)) == 1
    monkeypatch.undo()
    assert "xem rồi ghi" in receive(run, unit, tmp_path / "BC 6 thang SYT.docx").stderr


@pytest.mark.skipif(sys.platform != "linux", reason="names there are text")
def test_a_name_that_is_no_text_stops_nothing(process: Run, unit: Path, tmp_path: Path) -> None:
    box = tmp_path / "hop"
    box.mkdir()
    shutil.copy(report_of(unit), os.fsencode(box) + b"/BC 6 th\xe1ng SYT.docx")
    (box / "z BC 6 thang SYT.docx").write_bytes(report_of(unit).read_bytes() + b"\n")
    done = process("receive", box, cwd=unit, today=TODAY)
    assert (done.code, len(receipts(unit))) == (0, 2), done.stderr
