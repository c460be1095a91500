"""`danvan templates`, and templates of the users' own in the commands that make documents."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest

from danvan_cli.ooxml.parts import read_parts
from danvan_cli.papers import library
from danvan_cli.papers.catalogue import PARTS, paper_kinds
from danvan_cli.word.package import is_untouched, zipped_parts
from danvan_cli.word.shape import sample, shape_of
from tools_needed import require
from word_files import blank, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Run

OUT = Path("units") / "so-y-te" / "out"


@pytest.fixture
def unit(begun: Callable[..., Path]) -> Path:
    """Give a workspace where Sở Y tế has begun."""
    return begun("init-unit so-y-te")


def form(*paragraphs: str) -> bytes:
    document = blank()
    for one in paragraphs:
        document.add_paragraph(one)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def good_form() -> bytes:
    """Make a form as a province has it: a document of the right form, with tags where the unit's name stood."""
    parts = read_parts(
        library.compiled_template("bao-cao-rieng").render(sample(shape_of(paper_kinds()["bao-cao-rieng"]))).data
    )
    name = parts["word/document.xml"].decode()
    parts["word/document.xml"] = name.replace("Sở Y tế", "{{ unit.name }}").encode()
    return zipped_parts(parts)


def put(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / "templates" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


# list ----------------------------------------------------------------------------------------------------------------


def test_all_templates_and_parts_are_listed_also_outside_of_a_workspace(run: Run) -> None:
    told = run("templates")
    assert (told.code, told.stdout) == (0, run("templates", "list").stdout)
    assert all(name in told.stdout for name in (*paper_kinds(), *PARTS))


def test_the_users_own_templates_are_told_beside_those_they_stand_for(run: Run, workspace: Path) -> None:
    put(workspace, "bao-cao.docx", form("x"))
    put(workspace, "ke-hoach-tinh.md.j2", "x")
    put(workspace, "noi-bo.md.j2", "x")
    told = json.loads(run("templates", "list", "--json", cwd=workspace).stdout)
    own = {one["name"]: one["path"] for one in (*told["templates"], *told["parts"]) if one["path"]}
    assert own == {
        "bao-cao": "templates/bao-cao.docx",
        "ke-hoach-tinh": "templates/ke-hoach-tinh.md.j2",
        "noi-bo": "templates/noi-bo.md.j2",
    }
    assert next(one for one in told["templates"] if one["name"] == "bao-cao")["command"] == "danvan report"


def test_a_template_tells_every_name_with_type_meaning_and_example(run: Run) -> None:
    told = run("templates", "list", "bao-cao").stdout
    for said in ("unit.name", "Sở Y tế", "areas[].tasks[].result", "danh sách", "ngày?", "long_day", "can-cu"):
        assert said in told
    names = {one["name"]: one for one in json.loads(run("templates", "list", "bao-cao", "--json").stdout)["names"]}
    assert names["source.date"] == {
        "name": "source.date", "type": "day", "optional": True, "about": "ngày ban hành", "example": "05/01/2023",
    }  # fmt: skip


@pytest.mark.parametrize("name", [*paper_kinds(), *PARTS])
def test_every_template_and_part_can_be_told(run: Run, name: str) -> None:
    told = run("templates", "list", name)
    assert (told.code, told.stderr.count("lỗi")) == (0, 0), told.stderr


def test_a_part_tells_which_templates_include_it(run: Run) -> None:
    told = json.loads(run("templates", "list", "kiem-chung", "--json").stdout)
    assert {"bao-cao", "bao-cao-rieng"} <= set(told["used_by"])


def test_a_mistyped_template_is_told_with_the_nearest(run: Run, workspace: Path) -> None:
    for action in ("list", "eject"):
        told = run("templates", action, "bao-ca", cwd=workspace)
        assert (told.code, told.stdout) == (2, "")
        assert "có phải «bao-cao»?" in told.stderr


# eject ---------------------------------------------------------------------------------------------------------------


def test_a_copy_with_its_parts_is_right_and_makes_the_same_document(run: Run, unit: Path) -> None:
    assert run("report", "so-y-te", "--period", "6m", "-o", "truoc.docx", cwd=unit).code == 0
    told = run("templates", "eject", "bao-cao", "--with-parts", cwd=unit)
    assert told.code == 0
    made = sorted(path.name for path in (unit / "templates").iterdir())
    assert made == ["bao-cao.md.j2", "can-cu.md.j2", "kiem-chung.md.j2", "vuong-mac.md.j2"]
    assert run("templates", "check", cwd=unit).code == 0
    assert run("report", "so-y-te", "--period", "6m", "-o", "sau.docx", cwd=unit).code == 0
    assert (unit / "sau.docx").read_bytes() == (unit / "truoc.docx").read_bytes()


def test_a_changed_copy_is_never_lost(run: Run, workspace: Path) -> None:
    assert "--with-parts" in run("templates", "eject", "bao-cao", cwd=workspace).stderr
    own = workspace / "templates" / "bao-cao.md.j2"
    own.write_text("của tôi", encoding="utf-8")
    assert run("templates", "eject", "bao-cao", cwd=workspace).code == 1
    assert own.read_text(encoding="utf-8") == "của tôi"
    assert run("templates", "eject", "bao-cao", "--force", cwd=workspace).code == 0
    assert "của tôi" in [path.read_text(encoding="utf-8") for path in own.parent.glob("*.bak*")]


# check ---------------------------------------------------------------------------------------------------------------


def test_unknown_names_are_told_with_line_column_and_the_nearest_in_parts_too(run: Run, workspace: Path) -> None:
    run("templates", "eject", "bao-cao", "--with-parts", cwd=workspace)
    own = workspace / "templates" / "bao-cao.md.j2"
    own.write_text(own.read_text(encoding="utf-8").replace("{{ task.result |", "{{ task.reslut |"), encoding="utf-8")
    put(workspace, "can-cu.md.j2", "Căn cứ {{ issuer.nmae }};\n")
    for command in (("templates", "check"), ("check",)):
        told = run(*command, cwd=workspace)
        assert told.code == 1
        assert "có phải «result»?" in told.stdout
        assert "templates/can-cu.md.j2:1:18: DV803" in told.stdout
        assert told.stdout.count("can-cu.md.j2:1:18") == 1


def test_a_missing_part_and_a_document_of_the_wrong_form_are_told(run: Run, workspace: Path) -> None:
    run("templates", "eject", "ke-hoach-tinh", cwd=workspace)
    own = workspace / "templates" / "ke-hoach-tinh.md.j2"
    text = own.read_text(encoding="utf-8")
    own.write_text(text.replace('signature: "{{ signature }}"\n', ""), encoding="utf-8")
    told = run("templates", "check", cwd=workspace)
    assert told.code == 1
    assert "DV808" in told.stdout
    assert "DV807" in told.stdout
    assert "dữ liệu đủ" in told.stdout
    assert "dữ liệu thiếu" in told.stdout


def test_a_value_that_only_full_data_shows_to_be_wrong_is_found(run: Run, workspace: Path) -> None:
    run("templates", "eject", "bao-cao-rieng", cwd=workspace)
    own = workspace / "templates" / "bao-cao-rieng.md.j2"
    own.write_text(own.read_text(encoding="utf-8") + "\n{{ topic | number }}\n", encoding="utf-8")
    told = run("templates", "check", cwd=workspace)
    assert told.code == 1
    assert "làm thử bao-cao-rieng với dữ liệu đủ" in told.stdout


def test_a_template_that_nothing_uses_is_told(run: Run, workspace: Path) -> None:
    put(workspace, "bao-caoo.md.j2", "x")
    told = run("templates", "check", cwd=workspace)
    assert (told.code, "có phải «bao-cao»?" in told.stdout) == (0, True)
    assert run("templates", "check", "--strict", cwd=workspace).code == 1


def test_a_word_form_is_checked_by_paragraph(run: Run, workspace: Path) -> None:
    put(workspace, "bao-cao-rieng.docx", good_form())
    assert run("templates", "check", cwd=workspace).code == 0, run("templates", "check", cwd=workspace).stdout
    put(workspace, "bao-cao-rieng.docx", form("Đoạn một", "Của {{ unit.nmae }}"))
    for command in (("templates", "check"), ("check",)):
        told = run(*command, "--json", cwd=workspace)
        found = [one for one in json.loads(told.stdout)["findings"] if one["rule"] == "DV803"]
        assert [(one["paragraph"], one["place"]) for one in found] == [(2, "đoạn 2 («Của {{ unit.nmae }}»)")]
    put(workspace, "bao-cao-rieng.docx", form("Của {{ unit.name }}"))
    assert "DV807" in run("templates", "check", cwd=workspace).stdout


def test_a_file_of_any_name_is_checked_for_the_document_it_is_meant_for(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mẫu của tỉnh.docx"
    path.write_bytes(form("{{ plan.titel }}"))
    told = run("templates", "check", path, "--for", "bao-cao")
    assert (told.code, "có phải «title»?" in told.stdout) == (1, True)
    assert run("templates", "check", "khong-co.docx", "--for", "bao-cao").code == 2
    assert run("templates", "list", "--for", "bao-cao").code == 2


# Documents of the users' own templates -------------------------------------------------------------------------------


def test_a_word_form_in_templates_is_used_and_a_hand_edit_of_its_document_is_kept(run: Run, unit: Path) -> None:
    put(unit, "bao-cao.docx", form("Mẫu của tỉnh: {{ unit.name }}", "{{ remarks.situation | blank('tình hình') }}"))
    told = run("report", "so-y-te", "--period", "6m", cwd=unit)
    assert (told.code, "còn 1 chỗ trống" in told.stdout) == (0, True)
    path = unit / OUT / "bao-cao-6m.docx"
    assert texts(path) == ["Mẫu của tỉnh: Sở Y tế", "[… tình hình …]"]
    assert is_untouched(path.read_bytes())
    assert "không có gì thay đổi" in run("report", "so-y-te", "--period", "6m", cwd=unit).stdout
    edited = docx.Document(str(path))
    edited.add_paragraph("sửa tay")
    edited.save(str(path))
    assert run("report", "so-y-te", "--period", "6m", cwd=unit).code == 1
    assert "sửa tay" in texts(path)


@pytest.mark.parametrize(
    ("command", "made"),
    [
        (("report", "so-y-te", "--period", "1y"), OUT / "bao-cao-1y.docx"),
        (("report", "so-y-te", "--period", "chuyen-de", "--topic", "x", "-o", "x.docx"), Path("x.docx")),
        (("export",), Path("build") / "ke-hoach-2023.docx"),
        (("init-unit", "so-noi-vu"), Path("units") / "so-noi-vu" / "out" / "ke-hoach-trien-khai.docx"),
        (("score", "so-y-te"), OUT / "bang-tu-cham-diem.docx"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_every_command_takes_a_template_of_either_kind(
    run: Run, unit: Path, command: tuple[str, ...], made: Path
) -> None:
    (unit / "riêng.docx").write_bytes(form("Mẫu Word năm {{ plan.year }}"))
    run(*command, "--template", "riêng.docx", cwd=unit)
    assert texts(unit / made) == ["Mẫu Word năm 2023"]
    (unit / made).unlink()
    (unit / "riêng.md.j2").write_text("Mẫu chữ năm {{ plan.year }}", encoding="utf-8")
    run(*command, "--template", "riêng.md.j2", cwd=unit)
    assert "Mẫu chữ năm 2023" in texts(unit / made)


@pytest.mark.parametrize("name", ["không có.docx", "plans/2023.yaml"])
def test_a_template_that_is_none_is_refused_before_anything_is_written(run: Run, unit: Path, name: str) -> None:
    told = run("report", "so-y-te", "--period", "6m", "--template", name, cwd=unit)
    assert (told.code, told.stdout) == (2, "")
    assert not (unit / OUT / "bao-cao-6m.docx").exists()


def test_an_unknown_name_stops_the_document_and_names_the_paragraph(run: Run, unit: Path) -> None:
    (unit / "m.docx").write_bytes(form("một", "{{ unit.nmae }}"))
    told = run("report", "so-y-te", "--period", "6m", "--template", "m.docx", cwd=unit)
    assert told.code == 1
    assert "đoạn 2 («{{ unit.nmae }}»)" in told.stderr
    assert "có phải «name»?" in told.stderr


@pytest.mark.office
def test_a_pdf_is_made_beside_the_document(run: Run, unit: Path) -> None:
    require("soffice")
    told = run("report", "so-y-te", "--period", "6m", "--pdf", cwd=unit)
    assert told.code == 0, told.stderr
    assert "bao-cao-6m.pdf: đã tạo" in told.stdout
    assert (unit / OUT / "bao-cao-6m.pdf").read_bytes().startswith(b"%PDF")


def test_where_libreoffice_is_missing_the_document_is_there_and_the_message_says_what_to_do(
    run: Run, unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("danvan_cli.pdf.printing._PLACES", ())
    told = run("export", "--pdf", cwd=unit, env={"PATH": str(tmp_path)})
    assert told.code == 1
    assert (unit / "build" / "ke-hoach-2023.docx").exists()
    assert "LibreOffice" in told.stderr


@pytest.mark.parametrize(("name", "made"), [
    ("bao-cao.docx", lambda: form("{{ unit.name }}", "TỐI MẬT")), ("bao-cao.md.j2", lambda: "---\n---\nMẬT\n"),
])  # fmt: skip
def test_a_template_with_a_mark_of_secrecy_makes_nothing(
    run: Run, unit: Path, name: str, made: Callable[[], str | bytes]
) -> None:
    path = put(unit, name, made())
    for command in (
        ("templates", "check", path),
        ("report", "so-y-te", "--period", "6m"),
        ("report", "so-y-te", "--period", "6m", "--template", path),
    ):
        done = run(*command, cwd=unit)
        assert (done.code, "độ mật" in done.stdout + done.stderr) == (2, True), done.stderr
