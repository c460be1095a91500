"""What is printed on narrow terminals, in colour and without, and how English help speaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from danvan_cli.cli import screen, table
from danvan_cli.cli.app import COMMANDS
from danvan_cli.cli.review import VERBS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

PAGES = ["", *COMMANDS, *(f"review {verb}" for verb in VERBS)]
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
LOOKS = (
    "", "check", "show", "show --units", "show II.1.1", "calendar", "doctor", "update-unit so-y-te", "report so-y-te --period 1y",
    "score so-y-te --explain", "score --all --no-sheet", "status", "status --all", "status --late", "status --unit so-y-te", "remind",
    "obstacles", "review show so-y-te", "review show", "rank --by self", "rank --by self --explain so-y-te", "summary --period 6m",
    "summary --period 6m --explain tin-bai", "templates list", "templates list bao-cao", "format-check build/ke-hoach-2023.docx",
    "format-check build/ke-hoach-2023.docx --dry-run", "rule", "diff plans/2023.yaml khác.yaml",
)  # fmt: skip
"""What reports; what other commands make is told by the same few functions."""
IMPERATIVE = {
    "add", "also", "answer", "ask", "back", "bring", "check", "cite", "close", "compare", "copy", "draft", "explain", "export",
    "find", "follow", "give", "go", "join", "keep", "leave", "let", "list", "look", "make", "mend", "move", "name", "only", "pack",
    "play", "press", "print", "put", "rank", "read", "record", "replace", "return", "save", "score", "see", "send", "set", "settle",
    "show", "sum", "take", "tell", "try", "type", "verify", "write",
}  # fmt: skip
"""How a help page's lines may begin in English; a new verb is put here."""


def too_long(text: str, width: int) -> list[str]:
    """List the lines that are longer than a terminal is wide though they could be broken."""
    plain = [COLOUR.sub("", line) for line in text.splitlines()]
    return [line for line in plain if len(line) > width and len(line.split()) > 1]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_help_page_fits_sixty_columns(run: Run, language: str) -> None:
    for page in PAGES:
        done = run(*page.split(), "--help", "--lang", language, env={"COLUMNS": "60"})
        assert (done.code, too_long(done.stdout, 60)) == (0, []), page


def test_english_help_speaks_in_the_imperative(run: Run) -> None:
    wrong = []
    for page in PAGES[1:]:
        told = run(*page.split(), "--help", "--lang", "en").stdout
        about, _heading, examples = told.partition("\nExamples:\n")
        said = [one.strip() for one in about.split("\n\n")[1:3] if one.startswith("  ")]  # what it does, and how
        said += re.findall(r"^ {2,4}\S.*\n {6}(\S.*)$", examples, re.MULTILINE)
        wrong += [(page, one) for one in said if re.split(r"\W", one)[0].casefold() not in IMPERATIVE]
    assert not wrong, "begin it in locale/en.json with a verb that tells what to do, one of IMPERATIVE"


def test_every_command_fits_sixty_columns(run: Run, begun: Callable[..., Path]) -> None:
    folder = begun(
        "init-unit so-y-te --from samples/so-y-te.unit.yaml", "score so-y-te --answers samples/so-y-te.score.yaml",
        "report so-y-te --period 6m", "submit so-y-te --period 6m", "submit so-y-te --period tu-cham",
        "receive units/so-y-te/out/goi-6m.zip units/so-y-te/out/goi-tu-cham.zip --received 9/5/2023", "export",
    )  # fmt: skip
    changed = (folder / "plans" / "2023.yaml").read_text("utf-8").replace("so-y-te", "so-y-te-moi")
    (folder / "khác.yaml").write_text(changed, "utf-8")
    for language, every in (("vi", LOOKS), ("en", ("", "status", "rank --by self", "review show", "doctor"))):
        for typed in every:
            done = run(*typed.split(), cwd=folder, today="2023-05-15", env={"COLUMNS": "60", "DANVAN_LANG": language})
            assert done.code in {0, 1}, (typed, done.stderr)
            assert not too_long(done.stdout + done.stderr, 60), typed


def test_findings_fit_too_with_the_mark_under_the_place(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    plan.write_text(plan.read_text("utf-8").replace("id: so-y-te,", "id: so-y-te, xyz: 1,"), "utf-8")
    done = run("check", cwd=workspace, env={"COLUMNS": "60"})
    assert done.code == 1
    assert not too_long(done.stdout, 60)
    marked = [one for one in re.findall(r"\| (.*)\n +\| ( *)\^+", done.stdout) if "xyz" in one[0]]
    assert [line[len(before) :][:3] for line, before in marked] == ["xyz"]


ROWS = [("so-y-te", "Sở Y tế và các đơn vị trực thuộc", "09/5/2023", "QUÁ 6 ngày")]


@pytest.mark.parametrize("width", [80, 60, 48, 40])
def test_a_table_is_narrowed_then_broken_then_told_line_by_line(width: int) -> None:
    heads = ("Mã", "Cơ quan, đơn vị, địa phương", "Hạn cuối cùng phải gửi", "Tình trạng")
    lines = [*table.lines(heads, ROWS * 2, right=[], whole=[0, 2, 3], width=width)]
    assert max(map(table.columns, lines)) <= width
    assert sum(line.count("09/5/2023") for line in lines) == 2, "a day is never broken"
    assert sum(line.count("so-y-te") for line in lines) == 2
    words = " ".join(lines).split()
    assert all(
        words.count(word) >= 2
        for word in ["Sở", "Y", "tế", "và", "các", "đơn", "vị", "trực", "thuộc", "QUÁ", "6", "ngày"]
    )


@pytest.mark.parametrize(
    ("typed", "env", "painted"),
    [("", {}, False), ("", {"FORCE_COLOR": "1"}, True), ("", {"FORCE_COLOR": "0"}, False), ("--color always", {}, True),
     ("", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False), ("--color always", {"NO_COLOR": "1"}, True),
     ("--color=never", {"FORCE_COLOR": "1"}, False), ("--color auto", {"FORCE_COLOR": "1"}, True),
     ("--color always --json", {}, False)],
)  # fmt: skip
def test_colour_is_as_it_is_asked_for(
    run: Run, workspace: Path, typed: str, env: dict[str, str], painted: bool
) -> None:
    done = run("show", "--units", *typed.split(), cwd=workspace, env=env)
    listed = run("rule", *typed.split(), cwd=workspace, env=env)
    failed = run("show", "--owner", "xyz", *typed.split(), cwd=workspace, env=env)
    assert [done.code, listed.code, failed.code] == [0, 0, 2]
    assert "\x1b" not in done.stdout
    assert ("\x1b[" in listed.stdout) == painted
    assert ("\x1b[" in failed.stderr) == (painted or ("always" in typed))


def test_a_wrong_colour_is_refused(run: Run) -> None:
    done = run("rule", "--color", "đỏ")
    assert done.code == 2
    assert "auto, always, never" in done.stderr


def test_what_is_late_is_red_and_says_so_without_colour(run: Run, workspace: Path) -> None:
    (workspace / "province").mkdir(exist_ok=True)
    plain = run("status", cwd=workspace, today="2023-05-15").stdout
    red = run("status", "--color", "always", cwd=workspace, today="2023-05-15").stdout
    assert COLOUR.sub("", red) == plain
    painted = re.findall(r"\x1b\[31m(.*?)\x1b\[0m", red)
    assert len(painted) == plain.count("QUÁ 6 ngày") > 30
    assert set(painted) == {"QUÁ 6 ngày"}


def test_what_others_wrote_cannot_paint(capsys: pytest.CaptureFixture[str]) -> None:
    screen.use_colour("always")
    try:
        screen.table(("a",), [(screen.Late("x\x1b[32my"),), ("\x1b[31mz",)])
    finally:
        screen.use_colour(None)
    assert "\x1b[32m" not in (told := capsys.readouterr().out)
    assert told.count("\x1b[31m") == 1
