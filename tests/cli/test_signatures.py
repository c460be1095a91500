"""`danvan signatures`, and what `danvan receive` makes of the signatures of what comes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, get_args

import pytest
import yaml

from danvan_cli.delivery.model import SignedBy
from danvan_cli.ooxml.xlsx import read_xlsx
from danvan_cli.pdf import signatures
from pdf_files import pdf
from received import TODAY
from signing import edited, person, scanned, seal, signed, trust

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Run

OTHER = b"BT /F 12 Tf 50 703 Td (So: 99) Tj ET"


def settings(folder: Path, roots: str) -> None:
    (folder / "danvan.yaml").write_text(f"format: danvan-settings/1\nroots: [{roots}]\n", encoding="utf-8")


def test_each_file_is_told_against_the_roots_that_the_workspace_names(run: Run, workspace: Path) -> None:
    trust(workspace / "chung-thu-goc")
    settings(workspace, "chung-thu-goc")
    once = signed(pdf(), person())
    for name, data in (("a.pdf", signed(once, seal(), "2")), ("b.pdf", edited(once, OTHER)), ("c.pdf", pdf())):
        (workspace / name).write_bytes(data)
    done = run("signatures", "a.pdf", "c.pdf", cwd=workspace, today=TODAY)
    assert (done.code, done.stdout.count("hợp lệ, chưa kiểm tra thu hồi")) == (0, 2)
    assert "  chữ ký số của Nguyễn Thị Thử (Ban Giám đốc, Sở Y tế), ghi là ký lúc" in done.stdout
    assert done.stdout.endswith("c.pdf:\n  không có chữ ký số\n")
    assert run("signatures", "a.pdf", "c.pdf", "--strict", cwd=workspace, today=TODAY).code == 1
    done = run("signatures", "b.pdf", "--json", cwd=workspace, today=TODAY)
    ((one,),) = [file["signatures"] for file in json.loads(done.stdout)["files"]]
    assert (done.code, one["found"], one["organisation"]) == (1, "changed", "Ban Giám đốc, Sở Y tế")
    done = run("signatures", "a.pdf", "--roots", workspace / "chung-thu-goc" / "LOI-DAN.txt", cwd=workspace)
    assert (done.code, "LOI-DAN.txt không phải chứng thư" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("roots", "code", "said"),
    [
        ("../goc", 1, "«../goc» nằm ngoài thư mục làm việc"),
        ("khong-co", 2, "không có tệp"),
        ("plans", 2, "không có chứng thư nào ở plans"),
        ("plans/2023.yaml", 2, "plans/2023.yaml không phải chứng thư"),
    ],
)
def test_roots_that_are_none_are_told_before_anything_is_taken_in(
    run: Run, workspace: Path, roots: str, code: int, said: str
) -> None:
    settings(workspace, roots)
    (workspace / "a.pdf").write_bytes(pdf())
    for command in (("signatures", "a.pdf"), ("receive", "a.pdf")):
        done = run(*command, cwd=workspace, today=TODAY)
        assert (done.code, said in done.stderr, done.stdout) == (code, True, "")


def test_a_receipt_can_hold_whatever_is_found() -> None:
    assert get_args(SignedBy.model_fields["found"].annotation) == tuple(signatures.FOUND)


def test_without_the_extra_the_user_hears_how_to_get_it(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signatures, "find_spec", lambda _name: None)
    (workspace / "a.pdf").write_bytes(signed(pdf(), seal()))
    done = run("signatures", "a.pdf", cwd=workspace)
    assert (done.code, done.stdout) == (1, "a.pdf:\n  có chữ ký số, chưa kiểm tra\n")
    assert "pip install 'danvan[sign]'" in done.stderr


def test_a_scan_is_taken_as_of_who_signed_it_and_the_receipt_says_what_was_found(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    """A letterhead that says otherwise is asked for, a file that was changed since is told."""
    trust(workspace / "chung-thu-goc")
    settings(workspace, "chung-thu-goc")
    post = tmp_path / "thu"
    post.mkdir()
    (post / "BC 6 thang dau nam.pdf").write_bytes(signed(scanned(), seal()))
    (post / "BC 6 thang dau nam 2.pdf").write_bytes(signed(pdf("BT /F 12 Tf 50 703 Td (SO TU PHAP) Tj ET"), seal()))
    (post / "BC 6 thang SXD.pdf").write_bytes(edited(signed(pdf(), seal()), OTHER))
    done = run("receive", post, cwd=workspace, today=TODAY)
    assert done.code == 1
    told = " ".join(done.stdout.split())
    assert "dau nam.pdf → so-y-te, 6m;" in told
    assert "theo chữ ký số, tên tệp" in told
    said = " ".join(done.stderr.split())
    assert said.count("hợp lệ, chưa kiểm tra thu hồi") == 2
    assert "dau nam 2.pdf: chưa rõ đơn vị nào, báo cáo nào" in said
    assert "TỆP ĐÃ BỊ SỬA SAU KHI KÝ" in said
    assert "danvan send-back" in said
    (receipt,) = (workspace / "province" / "received" / "so-y-te").rglob("receipt.yaml")
    ((one,),) = [file["signatures"] for file in yaml.safe_load(receipt.read_text("utf-8"))["files"]]
    assert (one["found"], one["signer"], "stamped" in one) == ("valid", "Sở Y tế", False)
    assert run("check", cwd=workspace, today=TODAY).code == 0
    assert run("status", "-o", "so.xlsx", cwd=workspace, today=TODAY).code == 0
    pages = read_xlsx((workspace / "so.xlsx").read_bytes(), "so.xlsx")
    notes = [str(cell.value) for page in pages for cell in page.cells.values() if "chữ ký số" in str(cell.value)]
    who = "chữ ký số của Sở Y tế (Ủy ban nhân dân tỉnh Bình Phước)"
    assert sorted(notes) == [f"{who}: TỆP ĐÃ BỊ SỬA SAU KHI KÝ", f"{who}: hợp lệ, chưa kiểm tra thu hồi"]
