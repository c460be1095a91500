"""`--json` of every command: one document, nothing else on stdout, the keys that docs/json.md promises."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from danvan_cli.cli import as_json
from danvan_cli.cli.app import COMMANDS
from danvan_cli.cli.review import VERBS
from pdf_files import pdf
from word_files import edit

if TYPE_CHECKING:
    from conftest import Run

DOCS = Path(__file__).parents[2] / "docs" / "json.md"
BY = "-n 95/UBND-NC -d 28/4/2023"
MEMBER = "--member Bình --reason 'Đối chiếu'"
SCENE = (  # the row of docs/json.md, what is typed; one after the other in one workspace
    ("danvan", ""),
    ("doctor", "doctor"),
    ("check", "check"),
    ("show", "show"),
    ("export", "export"),
    ("diff", "diff plans/2023.yaml plans/2023.yaml"),
    ("rule", "rule"),
    ("schema", "schema unit"),
    ("calendar", "calendar"),
    ("extend", f"extend 6m so-y-te --by 20/5/2023 {BY}"),
    ("exempt", f"exempt 6m vqg-bu-gia-map {BY}"),
    ("request", "request dan-chu --name 'Báo cáo' --by 31/8/2023"),
    ("request --number", f"request dan-chu --name 'Báo cáo' --by 31/8/2023 {BY}"),
    ("init-unit", "init-unit so-tu-phap"),
    ("init-unit --from .docx", "init-unit so-tu-phap --from cũ.docx"),
    ("init-unit", "init-unit so-y-te --from samples/so-y-te.unit.yaml"),
    ("update-unit", "update-unit so-y-te"),
    ("log", "log so-y-te II.1.1 --status đang"),
    ("score", "score so-y-te --answers samples/so-y-te.score.yaml"),
    ("score --all", "score --all"),
    ("workbook", "workbook so-y-te"),
    ("workbook --all", "workbook --all"),
    ("fill", "fill units/so-y-te/out/so-lieu.xlsx"),
    ("report", "report so-y-te --period 6m"),
    ("submit", "submit so-y-te --period 6m"),
    ("submit", "submit so-y-te --period tu-cham"),
    ("receive", "receive units/so-y-te/out/goi-6m.zip units/so-y-te/out/goi-tu-cham.zip --received 9/5/2023"),
    ("send-back", "send-back so-y-te 6m --reason 'Thiếu phụ lục' --by 20/5/2023"),
    ("status", "status"),
    ("remind", "remind"),
    ("remind --issued", "remind --issued 6m --unit so-tu-phap --number 4/SNV --date 10/5/2023"),
    ("obstacles", "obstacles"),
    ("obstacles MÃ", "obstacles {obstacle} --state answered --answer 'Đã rõ' --document 5/SNV"),
    ("review show", "review show so-y-te"),
    ("review set", f"review set so-y-te 9.1=3 {MEMBER}"),
    ("review tracked", "review tracked so-y-te"),
    ("review book", "review book so-y-te"),
    ("review take", "review take build/tham-dinh-so-y-te.xlsx"),
    ("review inspect", "review inspect so-y-te --finding 'Chưa công khai'"),
    ("review notice", "review notice so-y-te -n 312/TB -d 12/5/2023"),
    ("review explained", "review explained so-y-te -n 99/SYT-VP -d 14/5/2023"),
    ("review letter", "review letter so-y-te"),
    ("review team", "review team"),
    ("review final", "review final so-y-te"),
    ("review official", "review official so-y-te -n 88/QĐ-UBND -d 15/5/2023"),
    ("rank", "rank"),
    ("rank --docs", "rank --docs --block so-ban-nganh"),
    ("summary", "summary --period 6m"),
    ("summary -o", "summary --period 6m -o tổng.docx"),
    ("page", "page"),
    ("receive", "receive trống.pdf --unit so-tai-chinh --deliverable 6m --received 10/5/2023"),
    ("receive --move", "receive --move {receipt} --unit so-tai-chinh --deliverable 1y"),
    ("receive --undo", "receive --undo {receipt}"),
    ("templates list", "templates list"),
    ("templates list MẪU", "templates list bao-cao"),
    ("templates list PHẦN", "templates list can-cu"),
    ("templates eject", "templates eject can-cu"),
    ("templates check", "templates check"),
    ("format-check", "format-check build/ke-hoach-2023.docx"),
    ("signatures", "signatures trống.pdf"),
    ("import", "import build/ke-hoach-2023.docx -o nhập.yaml"),
    ("save", "save --issued --note 'Kế hoạch'"),
    ("new-year", "new-year 2024"),
    ("new-year --undo", "new-year --undo"),
    ("init", "init khác --province 75 --year 2026"),
    ("demo", "demo thử"),
)
ASKS = {"ask"}  # in a terminal only, where no document is printed


def promised() -> dict[str, set[str]]:
    """Read the keys of each row of docs/json.md; none where the document is a list, or somebody else's."""
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: set(re.findall(r"`([a-z_]+)`", re.sub(r"\([^)]*\)", "", keys))) for name, keys in rows}


def test_every_command_has_its_row() -> None:
    played = {row for row, _typed in SCENE}
    rows = promised()
    assert played <= set(rows)
    every = {*COMMANDS, "danvan"}
    assert not every - {name.split()[0] for name in rows}, "without a row in docs/json.md"
    assert not every - {name.split()[0] for name in played}, "not played in SCENE, so its keys are held by nothing"
    assert {name.removeprefix("review ") for name in played if name.startswith("review")} == set(VERBS) - ASKS


def test_every_command_prints_one_document_of_the_keys_that_are_promised(run: Run, workspace: Path) -> None:
    rows = promised()
    (workspace / "trống.pdf").write_bytes(pdf())
    told: dict[str, str] = {}
    for name, typed in SCENE:
        words = [word.format(**told) for word in shlex.split(typed)]
        done = run(*words, "--json", cwd=workspace, today="2023-05-15")
        assert done.code in {0, 1}, (typed, done.stderr)
        made = json.loads(done.stdout)
        if isinstance(made, dict) and name != "schema":
            assert set(made) == rows[name], typed
            assert all(set(one) >= {"path", "state", "backup"} for one in made.get("made", []))
        elif name == "rule":
            assert set(made[0]) == rows[name]
        if typed == "init-unit so-tu-phap":
            (workspace / made["made"][0]["path"]).rename(workspace / "cũ.docx")
            shutil.rmtree(workspace / "units")
        if name == "obstacles":
            told["obstacle"] = made["obstacles"][0]["id"]
        if name == "receive":
            told["receipt"] = Path(made["files"][0]["folder"]).name.rpartition("-")[2]


def test_what_went_wrong_is_told_as_ever_and_nothing_is_printed(run: Run, workspace: Path) -> None:
    for typed, code in (("show --owner khong-co", 2), ("report so-y-te --period 6m", 2), ("check nowhere", 2)):
        done = run(*typed.split(), "--json", cwd=workspace)
        plainly = run(*typed.split(), cwd=workspace)
        assert (done.code, done.stdout, done.stderr) == (code, "", plainly.stderr)
    run("export", cwd=workspace)
    edit(workspace / "build" / "ke-hoach-2023.docx")
    assert run("export", "--json", cwd=workspace).stdout == ""


@pytest.mark.parametrize("typed", ["log so-y-te --ask", "score so-y-te --ask", "review ask so-y-te"])
def test_nobody_is_asked_where_a_document_is_printed(run: Run, workspace: Path, typed: str) -> None:
    run("init-unit", "so-y-te", cwd=workspace)
    done = run(*typed.split(), "--json", cwd=workspace)
    assert (done.code, done.stdout) == (2, "")
    assert "hoặc --json" in done.stderr


def test_what_is_no_plain_value_is_never_printed_as_it_happens_to_look() -> None:
    with pytest.raises(TypeError):
        as_json.plain(object())
