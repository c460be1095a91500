"""`danvan format-check` as a clerk runs it."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import TYPE_CHECKING

import corpus
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Run


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "bao-cao.docx"
    path.write_bytes(corpus.write(corpus.good("BC")))
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    made = corpus.good("BC")
    for change in (
        corpus.put("TrichYeu", bold=False),
        corpus.sheet(left=20),
        corpus.say("SoKyHieu", "Số: 5/BC-SNV"),
        corpus.say("DiaDanh", "Bình Phước, ngày 5 tháng 3 năm 2023"),
    ):
        change(made)
    path = tmp_path / "sai.docx"
    path.write_bytes(corpus.write(made, "tabs"))
    return path


def test_a_right_document_passes(run: Run, good: Path) -> None:
    done = run("format-check", good)
    assert (done.code, done.stdout) == (0, "không có gì phải sửa\n")


def test_each_finding_names_component_paragraph_words_what_is_must_be_and_the_clause(run: Run, bad: Path) -> None:
    done = run("format-check", "sai.docx", cwd=bad.parent)
    assert done.code == 1
    assert max(map(len, done.stdout.splitlines())) <= 80
    said = " ".join(done.stdout.split())
    assert "sai.docx: đoạn 5 (Trích yếu «Kết quả công tác văn thư, lưu trữ năm 2022»):" in said
    assert "ND302 lỗi: chữ không đậm, phải đậm (Phụ lục I, II.5)" in said
    assert "ND102 lỗi: lề trái 20 mm, cần 30–35 (Phụ lục I, I.3)" in said
    assert done.stdout.endswith("4 lỗi\n")


def test_json_has_places_instead_of_lines(run: Run, bad: Path) -> None:
    done = run("format-check", bad, "--json")
    made = json.loads(done.stdout)
    assert (made["errors"], made["warnings"], done.code) == (4, 0, 1)
    assert {frozenset(one) for one in made["findings"]} == {
        frozenset({"rule", "severity", "path", "place", "paragraph", "sure", "message"})
    }
    assert [one["recognised"] for one in made["documents"]] == ["Báo cáo"]
    assert run("format-check", bad, "--format", "json").stdout == done.stdout


def test_sarif_comes_alone_on_stdout(run: Run, bad: Path) -> None:
    done = run("format-check", bad, "--format", "sarif")
    assert {one["ruleId"] for one in json.loads(done.stdout)["runs"][0]["results"]} == {
        "ND102",
        "ND302",
        "ND503",
        "ND506",
    }


def test_notes_and_warnings_fail_only_where_asked(run: Run, tmp_path: Path) -> None:
    made = corpus.good("BC")
    corpus.say("KetThuc", "Đề nghị thực hiện theo quy định.")(made)
    path = tmp_path / "a.docx"
    path.write_bytes(corpus.write(made))
    assert run("format-check", path).code == 0
    assert run("format-check", path, "--strict").code == 1
    corpus.say("KetThuc", "Đề nghị thực hiện./.")(made)
    corpus.say("SoKyHieu", "Số:      /BC-SNV")(made)
    path.write_bytes(corpus.write(made))
    done = run("format-check", path, "--strict")
    assert (done.code, done.stdout.count("ND507")) == (0, 0)
    assert "1 điều không nêu" in done.stderr
    done = run("format-check", path, "--strict", "--notes")
    assert (done.code, done.stdout.count("ND507")) == (0, 1)


def test_what_was_recognised_is_said_first_and_only_what_is_sure_where_asked(run: Run, tmp_path: Path) -> None:
    made = corpus.good("QĐ")
    corpus.put("CanCu", italic=False)(made)
    corpus.put("DiaDanh", italic=False)(made)
    made.annex += [
        corpus.Row("TenLoai", "QUY CHẾ"),
        corpus.Row("TrichYeu", "Quản lý tài liệu"),
        corpus.Row("KemTheo", "(Kèm theo Quyết định số 25/QĐ-SNV ngày 15 tháng 3 năm 2023)"),
        corpus.Row("Dieu", "Điều 1. Phạm vi điều chỉnh", {"bold": True}),
    ]
    path = tmp_path / "a.docx"
    path.write_bytes(corpus.write(made))
    done = run("format-check", "a.docx", cwd=tmp_path)
    assert "a.docx: Quyết định, kèm Quy chế (đoạn " in done.stderr
    assert "ND303 lỗi (có thể): kiểu đứng" in done.stdout
    assert run("format-check", path, "--sure").stdout.count("ND303") == 1


def test_fix_writes_a_mended_copy_and_says_what_is_left(run: Run, bad: Path) -> None:
    before = bad.read_bytes()
    out = bad.with_name("da-sua.docx")
    done = run("format-check", bad.name, "--fix", "-o", out.name, cwd=bad.parent)
    assert done.code == 1
    assert "ND503" in done.stdout
    assert "da-sua.docx: đã sửa 3 điều, còn 1 điều cần người xem" in done.stderr
    assert bad.read_bytes() == before
    first = out.read_bytes()
    assert run("format-check", bad.name, "--fix", "-o", out.name, cwd=bad.parent).code == 1
    assert out.read_bytes() == first


def test_a_dry_run_shows_what_would_be_mended_and_writes_nothing(run: Run, bad: Path, good: Path) -> None:
    done = run("format-check", bad.name, good.name, "--dry-run", cwd=bad.parent)
    assert done.code == 1
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0] == "sai.docx:"
    assert lines[1].split("  ")[0] == "Quy tắc"
    assert re.search(r"^ND102 +phần 1 \(trang in\) +lề trái 20 mm +30 mm +1$", done.stdout, re.MULTILINE)
    assert "ND503" in done.stdout
    assert "sai.docx: sẽ sửa 3 điều, còn 1 điều cần người xem; chưa ghi gì" in done.stderr
    assert "bao-cao.docx: sẽ sửa 0 điều" in done.stderr
    assert {path.name for path in bad.parent.iterdir()} == {"sai.docx", "bao-cao.docx"}


def test_json_of_a_mended_copy_tells_what_was_changed_and_what_is_left(run: Run, bad: Path) -> None:
    done = run("format-check", bad, "--fix", "-o", bad.with_name("b.docx"), "--json", "--only", "nd1, ND5")
    made = json.loads(done.stdout)
    assert [one["rule"] for one in made["findings"]] == ["ND503"]
    (document,) = made["documents"]
    assert set(document) == {"path", "recognised", "changes", "kept"}
    assert document["kept"] == []
    assert {(one["rule"], one["before"], one["after"], one["count"]) for one in document["changes"]} == {
        ("ND102", "lề trái 20 mm", "30 mm", 1), ("ND506", "ngày 5", "05", 1),
    }  # fmt: skip
    assert set(document["changes"][0]) == {"rule", "place", "paragraph", "before", "after", "count"}


def test_rules_that_are_none_or_need_a_person_are_told(run: Run, bad: Path) -> None:
    assert "không có quy tắc thể thức nào là DV301" in run("format-check", bad, "--only", "DV301").stderr
    done = run("format-check", bad, "--only", "ND503", "--dry-run")
    assert (done.code, "phải sửa bằng tay" in done.stderr) == (2, True)
    done = run("format-check", bad, "--only", "ND503")
    assert (done.code, done.stdout.count("ND")) == (1, 1)


def test_a_document_of_word_97_is_read_by_way_of_libreoffice(
    run: Run, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = bad.read_bytes()
    old = bad.with_name("cu.doc")
    old.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + "WordDocument".encode("utf-16-le"))
    monkeypatch.setattr("danvan_cli.pdf.printing.shutil.which", lambda _name: None)
    done = run("format-check", old)
    assert (done.code, "không tìm thấy LibreOffice để đọc" in done.stderr) == (1, True)
    monkeypatch.setattr("danvan_cli.desk.format_check.of_today", lambda _data, _path: data)
    assert run("format-check", old).stdout == run("format-check", bad).stdout.replace("sai.docx", "cu.doc")
    old.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"))
    assert "có đặt mật khẩu" in run("format-check", old).stderr


def test_fix_never_writes_over_the_document_or_another_one_unasked(run: Run, bad: Path, good: Path) -> None:
    kept = good.read_bytes()
    assert run("format-check", bad, "--fix", "-o", bad).code == 2
    assert run("format-check", bad, "--fix", "-o", good).code == 1
    assert good.read_bytes() == kept
    done = run("format-check", bad, "--fix", "-o", good, "--force")
    assert (done.code, good.with_name("bao-cao.docx.bak").read_bytes()) == (1, kept)


@pytest.mark.parametrize("arguments", [["--fix"], ["-o", "x.docx"], ["--fix", "-o", "x.docx", "hai.docx"]])
def test_fix_takes_one_document_and_a_name_for_the_copy(run: Run, good: Path, arguments: list[str]) -> None:
    done = run("format-check", good, *arguments, cwd=good.parent)
    assert (done.code, done.stdout) == (2, "")
    assert "--fix sửa một tệp và ghi ra tệp nêu ở -o" in done.stderr
    assert not good.with_name("x.docx").exists()


def test_what_cannot_be_read_does_not_keep_the_others_from_being_checked(run: Run, good: Path, bad: Path) -> None:
    broken = bad.with_name("hong.docx")
    broken.write_bytes(b"abc")
    done = run("format-check", broken, good, bad, "khong-co.docx")
    assert done.code == 2
    assert done.stdout.count("sai.docx") == 4
    assert done.stderr.count("lỗi: ") == 2


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no names that are no UTF-8")
def test_a_name_that_is_no_utf8_is_told_in_every_form_and_loses_no_letter(run: Run, bad: Path) -> None:
    name = os.fsdecode(b"B\xe1o c\xe1o.docx")
    bad.rename(bad.with_name(name))
    for form in ("sarif", "gitlab", "json", "github", "text"):
        done = run("format-check", name, "--format", form, cwd=bad.parent)
        assert done.code == 1, form
        assert "UnicodeEncodeError" not in done.stderr
        shown = done.stdout.encode("utf-8", "backslashreplace").decode()
        if form in {"sarif", "gitlab", "json"}:
            assert json.loads(shown)
        assert {"sarif": "B%E1o%20c%E1o.docx", "text": r"B\xe1o c\xe1o.docx"}.get(
            form, r"B\udce1o c\udce1o.docx"
        ) in shown


def test_what_mending_brings_to_light_does_not_count_against_what_was_mended(run: Run, tmp_path: Path) -> None:
    made = corpus.good("BC")
    corpus.put("CoQuanBanHanh", pt=15, rule=15.0)(made)  # of smaller letters the same rule is too long
    (tmp_path / "a.docx").write_bytes(corpus.write(made))
    assert "sẽ sửa 1 điều, còn 1 điều" in run("format-check", tmp_path / "a.docx", "--dry-run").stderr
