"""Marks of state secrecy are stopped at every door, whatever brings them, and what they stand beside is not repeated."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any, get_args, get_origin

import docx
import pytest
from docx.shared import Pt
from openpyxl import load_workbook

from danvan_cli.cli.app import Group
from danvan_cli.delivery.bag import pack, unpack
from received import RECORDED, TODAY, UNIT, receive, report_of
from unit_books import SCORED, made
from verified import BY, review, scored_alike
from word_files import snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from commands import Run

SAID = "TỐI MẬT: chuyện kín"


def texts(group: Group, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Give every option that takes a text, with the command it is of."""
    for name, lazy in group.commands.items():
        command: Any = lazy.load()  # type: ignore[attr-defined]
        if isinstance(command, Group):
            yield from texts(command, (*above, name))
            continue
        for one in command.params:
            annotation = getattr(getattr(one, "type_descriptor", None), "annotation", None)
            kind = get_args(annotation)[0] if get_origin(annotation) is list else annotation
            if one.param_type_name == "option" and kind is str:
                yield (*above, name), max(one.opts, key=len)


def test_no_option_of_any_command_brings_one(run: Run, tmp_path: Path) -> None:
    options = [*texts(Group(name="danvan"))]
    assert len(options) > 60
    for command, option in options:
        done = run(*command, option, SAID, cwd=tmp_path)
        assert (done.code, f"{option} mang dấu chỉ độ mật" in done.stderr) == (2, True), (command, option, done.stderr)
        assert "chuyện kín" not in done.stdout + done.stderr


def in_header(source: Path, to: Path) -> Path:
    """Mark a Word document as is done by hand: above the page, in capitals by their format."""
    document = docx.Document(str(source))
    run = document.sections[0].header.paragraphs[0].add_run("Tối mật")
    run.font.all_caps, run.font.size = True, Pt(14)
    document.save(str(to))
    return to


def in_page_header(source: Path, to: Path) -> Path:
    book = load_workbook(source)
    book.worksheets[0].oddHeader.center.text = "MẬT"
    book.save(to)
    return to


def as_sheet_name(source: Path, to: Path) -> Path:
    book = load_workbook(source)
    book.create_sheet("TUYỆT MẬT")
    book.save(to)
    return to


@pytest.fixture
def unit(begun: Callable[..., Path]) -> Path:
    return begun(*RECORDED)


def test_word_files(run: Run, unit: Path, tmp_path: Path) -> None:
    marked = in_header(report_of(unit), tmp_path / "bao-cao.docx")
    before = snapshot(unit)
    assert "độ mật" in receive(run, unit, marked).stdout + receive(run, unit, marked).stderr
    for said in (("II.1.1", "--evidence", marked), ("--issued", "6m", "--number", "1/BC-SYT", "--file", marked)):
        done = run("log", UNIT, *said, cwd=unit)
        assert (done.code, "độ mật" in done.stderr) == (2, True), done.stderr
    assert {name for name in snapshot(unit).keys() - before.keys() if not name.startswith(".")} == set()
    for more in ((), ("--fix", "-o", tmp_path / "sua.docx")):
        done = run("format-check", marked, *more, cwd=unit)
        assert (done.code, "độ mật" in done.stderr) == (2, True), done.stderr
    assert not (tmp_path / "sua.docx").exists()
    shutil.copy(marked, report_of(unit))
    done = run("submit", UNIT, "--period", "6m", cwd=unit, today=TODAY)
    assert (done.code, "độ mật" in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize("mark", [in_page_header, as_sheet_name])
def test_workbooks(run: Run, begun: Callable[..., Path], tmp_path: Path, mark: Callable[[Path, Path], Path]) -> None:
    folder = begun(*SCORED)
    path = mark(made(run, folder / "units" / UNIT).path, tmp_path / "so.xlsx")
    before = snapshot(folder / "units")
    filled = run("fill", path, cwd=folder)
    assert (filled.code, "độ mật" in filled.stderr) == (2, True), filled.stderr
    taken = receive(run, folder, path, "--json")
    assert "độ mật" in json.loads(taken.stdout)["files"][0]["reason"]
    listed = receive(run, folder, path, "--list", path)
    assert (listed.code, "độ mật" in listed.stderr) == (2, True), listed.stderr
    assert snapshot(folder / "units") == before


def test_packages(run: Run, unit: Path, tmp_path: Path) -> None:
    assert run("submit", UNIT, "--period", "6m", "-o", tmp_path / "goi.zip", cwd=unit, today=TODAY).code == 0
    whole = unpack(tmp_path / "goi.zip", tmp_path / "mo")
    files = {name: (tmp_path / "mo" / "data" / name).read_bytes() for name in whole.files}
    marked = in_header(tmp_path / "mo" / "data" / "bao-cao-6m.docx", tmp_path / "b.docx").read_bytes()
    for changed, more in (({"bao-cao-6m.docx": marked}, {}), ({}, {"Danvan-Number": "MẬT"})):
        (tmp_path / "hong.zip").write_bytes(pack(f"{UNIT}-6m", files | changed, whole.info | more))
        done = receive(run, unit, tmp_path / "hong.zip", "--json")
        assert "độ mật" in json.loads(done.stdout)["files"][0]["reason"], done.stdout


def test_answers_and_opinions(run: Run, workspace: Path, tmp_path: Path) -> None:
    folder = scored_alike(workspace)
    answers = tmp_path / "a.yaml"
    answers.write_text(
        'format: danvan-score/1\nanswers:\n  "2.1": {count: 1, note: "T\\u1ED0I M\\u1EACT: kín"}\n', "utf-8"
    )
    opinions = tmp_path / "b.yaml"
    opinions.write_text(
        f'format: danvan-opinions/1\nmember: Trần Bình\ndate: 2023-12-09\nanswers:\n  "9.1": {{points: 8, reason: "{SAID}"}}\n',
        "utf-8",
    )
    before = snapshot(folder / "units")
    for done in (
        run("score", UNIT, "--answers", answers, cwd=folder),
        review(run, folder, "take", opinions, "--unit", UNIT),
    ):
        assert (done.code, "DV904" in done.stderr + done.stdout) == (1, True), done.stderr
        assert "kín" not in done.stderr + done.stdout
    assert review(run, folder, "book", "--block", "so-ban-nganh", "-o", tmp_path / "so.xlsx").code == 0
    done = review(run, folder, "take", in_page_header(tmp_path / "so.xlsx", tmp_path / "m.xlsx"))
    assert (done.code, "độ mật" in done.stderr) == (2, True), done.stderr
    assert review(run, folder, "set", UNIT, "9.1=8", *BY).code == 0
    assert snapshot(folder / "units") == before
