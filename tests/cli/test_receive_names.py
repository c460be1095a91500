"""Files are called and packed as people, mail programs and systems do: what is one thing is taken as one, all else by itself."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from openpyxl import Workbook

from danvan_cli.text import normalized
from received import RECORDED, UNIT, issued, receive, report_of
from shares import some

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands import Run

NAME = "Báo cáo 6 tháng Sở Y tế.docx"


@pytest.fixture
def unit(begun: Callable[..., Path]) -> Path:
    return begun(*RECORDED)


@pytest.fixture
def report(unit: Path, tmp_path: Path) -> Path:
    (tmp_path / "hộp").mkdir()
    return issued(report_of(unit), tmp_path / "hộp" / NAME, "45", "08")


def receipts(folder: Path) -> list[dict[str, Any]]:
    return [yaml.safe_load(path.read_text("utf-8")) for path in sorted((folder / "province").rglob("receipt.yaml"))]


@pytest.mark.parametrize("other", ["Báo cáo 6 tháng Sở Y tế.pdf", "BÁO CÁO 6 tháng sở y tế.PDF"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_pair_is_one_document_however_its_names_are_written(
    run: Run, unit: Path, report: Path, other: str, form: Any
) -> None:
    (report.parent / normalized(other, form)).write_bytes(b"%PDF-1.4\n%%EOF\n")
    assert receive(run, unit, report.parent).code == 0
    (receipt,) = receipts(unit)
    assert len(receipt["files"]) == 2


def test_what_systems_and_open_programs_leave_is_passed_over(run: Run, unit: Path, report: Path) -> None:
    left = ["~$o cao.docx", ".DS_Store", "._a.docx", "Thumbs.db", "desktop.ini", "__MACOSX/._a.docx", ".~lock.a.docx#"]
    for name in left:
        path = report.parent / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    done = receive(run, unit, *(path for path in sorted(report.parent.iterdir())), "--json")
    assert (done.code, len(json.loads(done.stdout)["files"])) == (0, 1)
    assert receive(run, unit, report.parent / left[0]).code == 0


@pytest.mark.parametrize(
    "table",
    [
        f"Tệp;Số đến;Ngày đến\r\n{NAME};412;12/5/2023\r\n",
        f"Tệp,Số đến,Ngày đến\n{NAME},412,12/5/2023\n",
        f"Tệp;Số đến;Ngày đến\r{NAME};412;12/5/2023\r",
        f"SỔ VĂN BẢN ĐẾN, NĂM 2023\nTệp;Số đến;Ngày đến\n{NAME};412;12/5/2023\n",
        f"Tên tệp\tSố đến\tNgày đến\n{NAME}\t412\t12/5/2023\n",
        f"Tệp;Số đến;Ngày đến\nC:\\Hộp thư\\{NAME};412;12/5/2023\n",
        f"Tệp;Số đến;Ngày đến;Báo cáo\n{NAME.upper()};412;12/5/2023;Báo cáo kết quả công tác dân vận chính quyền 06 tháng đầu năm 2023\n",
    ],
)
@pytest.mark.parametrize("coding", some(["utf-8-sig", "utf-16"], 2))
def test_a_tracking_list_is_read_in_any_dialect(
    run: Run, unit: Path, report: Path, tmp_path: Path, table: str, coding: str
) -> None:
    report.rename(report.with_name(normalized(NAME, "NFD")))
    (tmp_path / "sổ.csv").write_bytes(table.encode(coding))
    assert receive(run, unit, report.parent, "--list", tmp_path / "sổ.csv").code == 0
    (receipt,) = receipts(unit)
    assert (receipt["number"], str(receipt["received"])) == ("412", "2023-05-12")


def test_a_broken_cell_of_a_tracking_list_is_refused_with_its_row(
    run: Run, unit: Path, report: Path, tmp_path: Path
) -> None:
    book = Workbook()
    for row in (["Tệp", "Mã đơn vị"], [NAME, "#N/A"]):
        book.active.append(row)
    book.active["B2"].data_type = "e"
    book.save(tmp_path / "sổ.xlsx")
    done = receive(run, unit, report, "--list", tmp_path / "sổ.xlsx")
    assert (done.code, "dòng 2" in done.stderr, "#N/A" in done.stderr) == (2, True, True)


def test_a_row_of_no_file_is_named_and_one_of_a_file_that_came_before_is_not(
    run: Run, unit: Path, report: Path, tmp_path: Path
) -> None:
    listed = tmp_path / "sổ.csv"
    listed.write_text(f"Tệp;Số đến\n{NAME};412\nBC của Sở Tư pháp.pdf;413\n", "utf-8")
    done = receive(run, unit, report, "--list", listed)
    assert "sổ văn bản đến: không có tệp nào tên «BC của Sở Tư pháp.pdf»" in " ".join(done.stderr.split())
    assert NAME not in done.stderr
    report.unlink()
    (report.parent / "khác.png").write_bytes(b"\x89PNG")
    told = json.loads(receive(run, unit, report.parent, "--list", listed, "--json").stdout)
    assert told["unmatched"] == ["BC của Sở Tư pháp.pdf"]


@pytest.mark.parametrize("rows", ['Tệp;Số đến\n"' + "x" * 140_000 + '";1\n', "Tệp\n" + "a" * 140_000])
def test_a_list_with_a_cell_beyond_all_bounds_is_refused_by_name(
    run: Run, unit: Path, report: Path, tmp_path: Path, rows: str
) -> None:
    (tmp_path / "sổ.csv").write_text(rows, "utf-8")
    done = receive(run, unit, report, "--list", tmp_path / "sổ.csv")
    assert (done.code, "sổ.csv" in done.stderr, "chính danvan" in done.stderr) == (2, True, False)


@pytest.fixture
def package(run: Run, unit: Path, tmp_path: Path) -> Path:
    assert run("submit", UNIT, "--period", "6m", "-o", tmp_path / "goi.zip", "--remake", cwd=unit).code == 0
    return tmp_path / "goi.zip"


def test_an_unpacked_package_is_the_one_package(run: Run, unit: Path, package: Path, tmp_path: Path) -> None:
    box = tmp_path / "tải về"
    with zipfile.ZipFile(package) as zipped:
        zipped.extractall(box)
    (folder,) = box.iterdir()
    (folder / ".DS_Store").write_bytes(b"x")
    (folder / "data" / "Thumbs.db").write_bytes(b"x")
    for path in folder.rglob("*"):
        os.utime(path, (315532800, 315532800))
    done = receive(run, unit, box, "--json")
    (told,) = json.loads(done.stdout)["files"]
    assert (done.code, told["state"], told["by"], told["deliverable"]) == (0, "filed", ["package"], "6m")
    assert told["received"] > "2023"
    assert told["files"] == [str(folder)]
    (again,) = json.loads(receive(run, unit, package, "--json").stdout)["files"]
    assert again["state"] == "known"


def test_an_unpacked_package_that_was_changed_is_refused_whole(
    run: Run, unit: Path, package: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(package) as zipped:
        zipped.extractall(tmp_path / "tải về")
    record = next((tmp_path / "tải về").rglob("unit.yaml"))
    record.write_bytes(record.read_bytes() + b"\n")
    done = receive(run, unit, tmp_path / "tải về", "--json")
    (told,) = json.loads(done.stdout)["files"]
    assert (done.code, told["state"]) == (1, "refused")
    assert not receipts(unit)


@pytest.mark.parametrize("above", ["", "so-y-te-6m/", "Tải về/so-y-te-6m/"])
def test_a_package_that_a_system_packed_again_is_taken_without_what_the_system_left(
    run: Run, unit: Path, package: Path, tmp_path: Path, above: str
) -> None:
    again = tmp_path / "nén lại.zip"
    with zipfile.ZipFile(package) as zipped, zipfile.ZipFile(again, "w") as out:
        for one in zipped.infolist():
            out.writestr(above + one.filename.partition("/")[2], zipped.read(one))
        for name in (
            f"__MACOSX/{above}._bagit.txt",
            f"{above}.DS_Store",
            f"{above}data/Thumbs.db",
            f"{above}desktop.ini",
        ):
            out.writestr(name, b"x")
    assert receive(run, unit, again).code == 0
    assert not [*(unit / "province").rglob("*.db"), *(unit / "province").rglob(".DS*")]


def archive(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as out:
        for name, data in files.items():
            out.writestr(name, data)
    return path


def test_what_an_archive_or_a_mail_holds_is_taken_each_by_itself(
    run: Run, unit: Path, report: Path, package: Path, tmp_path: Path
) -> None:
    word = report.read_bytes()
    inner = archive(tmp_path / "trong.zip", {f"Mới/{NAME}": word, f"Mới/{NAME[:-5]}.pdf": b"%PDF-1.4\n%%EOF\n"})
    mail = EmailMessage()
    mail["Date"] = "Tue, 09 May 2023 09:00:00 +0700"
    mail.set_content("Kính gửi Sở Nội vụ")
    mail.add_attachment(inner.read_bytes(), maintype="application", subtype="zip", filename="báo cáo.zip")
    mail.add_attachment(package.read_bytes(), maintype="application", subtype="zip", filename="goi.zip")
    mail.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="../../x.exe")
    (tmp_path / "thư.eml").write_bytes(mail.as_bytes())
    done = receive(run, unit, tmp_path / "thư.eml", "--json")
    told = json.loads(done.stdout)["files"]
    assert [(one["state"], len(one["files"])) for one in told] == [("filed", 2), ("filed", 1), ("refused", 1)]
    assert told[0]["files"][0] == f"{tmp_path / 'thư.eml'}/{NAME}"
    assert {one["received"] for one in told[:2]} == {"2023-05-09"}
    assert "(trong thư.eml)" in receive(run, unit, tmp_path / "thư.eml").stdout


def test_what_cannot_be_opened_is_refused_and_harms_no_other(
    run: Run, unit: Path, report: Path, tmp_path: Path
) -> None:
    (report.parent / "a.zip").write_bytes(b"PK\3\4 x".ljust(99))
    (report.parent / "b.eml").write_bytes(b"Subject: x\n\nkh\xc3\xb4ng")
    shutil.copy(archive(tmp_path / "c.zip", {}), report.parent)
    told = json.loads(receive(run, unit, report.parent, "--json").stdout)["files"]
    assert sorted(one["state"] for one in told) == ["filed", "refused", "refused", "refused"]


def test_what_is_wrong_with_a_row_of_another_matter_stops_nothing(
    run: Run, unit: Path, report: Path, tmp_path: Path
) -> None:
    """An office's register holds letters of anybody."""
    listed = tmp_path / "sổ.csv"
    rows = f"Tệp,Số đến,Ngày đến,Đơn vị\ngia cuoc.pdf,411,8/5/2023,Bưu điện tỉnh\n{NAME},412,12/5/2023,\n"
    listed.write_text(rows, "utf-8")
    done = receive(run, unit, report, "--list", listed)
    assert done.code == 0, done.stderr
    assert "không có tệp nào tên «gia cuoc.pdf»" in " ".join(done.stderr.split())
    (receipt,) = receipts(unit)
    assert receipt["number"] == "412"
    listed.write_text(f"Tệp,Đơn vị,Báo cáo\n{NAME},Bưu điện tỉnh,\nb.jpg,Sở Tư pháp,6m\n", "utf-8")
    (tmp_path / "b.jpg").write_bytes(b"\xff\xd8\xffb")
    done = receive(run, unit, report, tmp_path / "b.jpg", "--list", listed)
    assert (done.code, f"{NAME}: sổ.csv, dòng 2" in " ".join(done.stderr.split())) == (2, True)
    assert {one["unit"] for one in receipts(unit)} == {receipt["unit"], "so-tu-phap"}, "the rest comes in"


def test_two_files_of_one_name_are_told_apart_by_their_ids_or_not_at_all(run: Run, unit: Path, tmp_path: Path) -> None:
    box, listed, book = tmp_path / "thư", tmp_path / "sổ.csv", tmp_path / "nhận.csv"
    for one in ("so-y-te", "so-tu-phap"):
        (box / one).mkdir(parents=True)
        (box / one / "bc.jpg").write_bytes(b"\xff\xd8\xff" + one.encode())
    listed.write_text("Tệp,Đơn vị,Báo cáo,Số đến\nbc.jpg,so-y-te,6m,1\nbc.jpg,so-tu-phap,6m,2\n", "utf-8")
    done = receive(run, unit, box, "--list", listed)
    assert (done.code, "dòng 3" in done.stderr, "bc.jpg" in done.stderr) == (2, True, True)
    assert not (unit / "province" / "received").exists()
    assert receive(run, unit, box, "--deliverable", "6m", "-o", book).code == 0
    text = book.read_text("utf-8-sig")
    assert text.count("bc.jpg;") == 2
    book.write_text(text.replace(";so-y-te;", ";so-xay-dung;").replace(";so-tu-phap;", ";so-tai-chinh;"), "utf-8")
    assert receive(run, unit, "--list", book).code == 0
    there = [one for one in (unit / "province" / "received").glob("*/6m/*") if not (one / "correction.yaml").exists()]
    assert sorted(one.parts[-3] for one in there) == ["so-tai-chinh", "so-xay-dung"]


def test_a_row_that_names_the_folder_is_of_the_file_in_it_alone(run: Run, unit: Path, tmp_path: Path) -> None:
    box, listed, book = tmp_path / "thư", tmp_path / "sổ.csv", tmp_path / "nhận.csv"
    for one in ("ngoại vụ", "dân tộc"):
        (box / one).mkdir(parents=True)
        (box / one / "bc.jpg").write_bytes(b"\xff\xd8\xff" + one.encode())
    listed.write_text("Tệp,Đơn vị,Báo cáo\nbc.jpg,so-ngoai-vu,6m\n", "utf-8")
    done = receive(run, unit, box, "--list", listed)
    assert (done.code, "có thể là của nhiều tệp" in done.stderr) == (2, True)
    assert "không có tệp nào tên" not in done.stderr
    listed.write_text("Tệp,Đơn vị,Báo cáo\nD:\\thư\\Ngoại vụ\\BC.jpg,so-ngoai-vu,6m\n", "utf-8")
    done = receive(run, unit, box, "--list", listed, "-o", book)
    assert (done.code, "nhận mới 1, chưa rõ 1" in done.stdout) == (1, True), done
    assert ("ngoại vụ/bc.jpg →" in done.stdout, "dân tộc/bc.jpg: chưa rõ" in done.stderr) == (True, True)
    assert [one["unit"] for one in receipts(unit)] == ["so-ngoai-vu"]
    text = book.read_text("utf-8-sig")
    assert "dân tộc/bc.jpg;" in text
    lines = text.splitlines()
    at = next(i for i, line in enumerate(lines) if "dân tộc/bc.jpg" in line)
    heads = next(line for line in lines if line.startswith("Tệp")).split(";")
    cells = lines[at].split(";")
    cells[heads.index("Đơn vị")], cells[heads.index("Báo cáo")] = "ban-dan-toc", "6m"
    lines[at] = ";".join(cells)
    book.write_text("\n".join(lines), "utf-8")
    assert receive(run, unit, box, "--list", book).code == 0
    assert sorted(one["unit"] for one in receipts(unit)) == ["ban-dan-toc", "so-ngoai-vu"]


def test_a_row_that_is_wrong_leaves_the_row_of_another_folder_alone(run: Run, unit: Path, tmp_path: Path) -> None:
    box, listed = tmp_path / "thư", tmp_path / "sổ.csv"
    for one in ("ngoại vụ", "bưu điện"):
        (box / one).mkdir(parents=True)
        (box / one / "bc.jpg").write_bytes(b"\xff\xd8\xff" + one.encode())
    listed.write_text("Tệp,Đơn vị,Báo cáo\nngoại vụ/bc.jpg,so-ngoai-vu,6m\nbưu điện/bc.jpg,Bưu điện tỉnh,6m\n", "utf-8")
    done = receive(run, unit, box, "--list", listed)
    assert (done.code, "bưu điện/bc.jpg: sổ.csv, dòng 3" in " ".join(done.stderr.split())) == (2, True), done
    assert [one["unit"] for one in receipts(unit)] == ["so-ngoai-vu"]


def test_a_link_to_nothing_of_the_same_name_stops_no_other(run: Run, unit: Path, tmp_path: Path) -> None:
    box, listed = tmp_path / "thư", tmp_path / "sổ.csv"
    for one in ("ngoại vụ", "dân tộc"):
        (box / one).mkdir(parents=True)
    for name in ("bc.jpg", "nv.jpg"):
        (box / "ngoại vụ" / name).write_bytes(b"\xff\xd8\xff" + name.encode())
    (box / "dân tộc" / "bc.jpg").symlink_to(tmp_path / "nowhere")
    listed.write_text("Tệp,Đơn vị,Báo cáo\nbc.jpg,so-y-te,6m\nnv.jpg,so-ngoai-vu,6m\n", "utf-8")
    done = receive(run, unit, box, "--list", listed)
    assert (done.code, "nhận mới 1, không nhận 2" in done.stdout) == (2, True), done
    assert [one["unit"] for one in receipts(unit)] == ["so-ngoai-vu"]
