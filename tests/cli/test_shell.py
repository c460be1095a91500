"""What every command shares: starting, help, usage errors, exit codes, findings and tables on the screen."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from commands import COMMAND, Run, at_terminal, called, environment
from copies import copied
from danvan_cli import __main__, __version__
from danvan_cli.cli import app as shell
from danvan_cli.cli import as_json, screen
from danvan_cli.cli.options import Verbs, help_page
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.findings.finding import Finding, InvalidFileError, Spot
from danvan_cli.findings.rule import catalogue
from plans_made import Hand
from repositories import committed, few_units
from signing import scanned, seal, signed, trust
from warm import warm

ENGLISH = re.compile(
    r"\b(usage|options|arguments|commands|show|this|exit|error|missing|invalid|default|try)\b", re.IGNORECASE
)


def words(text: str) -> str:
    """Leave out what is typed and so is no language: options, what follows `danvan`."""
    return re.sub(
        r"--?[a-z-]+|^  (?:danvan (?:review )?)?[a-z-]+|danvan (?:review )?[a-z-]+|help:", "", text, flags=re.MULTILINE
    )


# Starting


def test_version_is_told(process: Run) -> None:
    told = process("--version")
    assert (told.code, told.stdout, told.stderr) == (0, f"danvan {__version__}\n", "")


def test_version_is_told_also_beside_other_options(process: Run) -> None:
    assert process("--lang", "vi", "--version").stdout == f"danvan {__version__}\n"


def test_version_imports_nothing_slow() -> None:
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "danvan_cli", "--version"],
        capture_output=True, check=True, env=environment(), text=True, encoding="utf-8",
    )  # fmt: skip
    imported = {line.rpartition("|")[2].strip() for line in told.stderr.splitlines()}
    assert "danvan_cli" in imported
    assert not imported & {"typer", "pydantic", "rich", "yaml", "re", "json", "pathlib", "danvan_cli.lang"}


def test_help_of_danvan_imports_no_command() -> None:
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "danvan_cli", "--help"],
        capture_output=True, check=True, env=environment(), text=True, encoding="utf-8",
    )  # fmt: skip
    imported = {line.rpartition("|")[2].strip() for line in told.stderr.splitlines()}
    assert "danvan_cli.cli.app" in imported
    assert not imported & {"danvan_cli.cli.reference", "danvan_cli.cli.checks", "pydantic", "rich"}


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1:strict"])
def test_vietnamese_is_printed_whatever_the_console_says(process: Run, encoding: str) -> None:
    told = process("--help", env={"PYTHONIOENCODING": encoding})
    assert (told.code, told.stderr) == (0, "")
    assert "Cách dùng: danvan" in told.stdout


@pytest.mark.parametrize(
    ("arguments", "environ", "language"),
    [
        ([], "", "vi"),
        ([], "en", "en"),
        ([], "fr", "vi"),
        (["--lang", "en", "rule"], "", "en"),
        (["rule", "--lang=en"], "vi", "en"),
        (["rule", "--lang", "vi"], "en", "vi"),
        (["rule", "--lang"], "en", "vi"),
        (["rule", "--", "--lang", "en"], "", "vi"),
    ],
)
def test_the_language_is_known_before_anything_is_parsed(
    arguments: list[str], environ: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANVAN_LANG", environ)
    assert __main__._language(arguments, ("vi", "en")) == language


# Help


def pages() -> dict[str, Any]:
    """Give every command, and every verb that a command has, by what is typed."""
    found: dict[str, Any] = {name: shell.found(name) for name in shell.COMMANDS}
    for name, command in [*found.items()]:
        if isinstance(command, Verbs):
            found |= {f"{name} {verb}": function for verb, (function, _does) in command.verbs.items()}
    return found


PAGES = pages()


def folded(page: str) -> list[str]:
    """Give the lines of a help page without where the documentation lies: how long that is, is the machine's."""
    return [line for line in page.splitlines() if not line.endswith("index.md")]


@pytest.mark.parametrize("command", ["", *PAGES])
def test_help_is_vietnamese_and_fits_80_columns(run: Run, command: str) -> None:
    told = run(*command.split(), "--help")
    assert (told.code, told.stderr) == (0, "")
    assert max(map(len, folded(told.stdout))) <= 80
    assert not ENGLISH.findall(words(told.stdout))
    for heading in ("Cách dùng: ", "Tùy chọn:", "Ví dụ:"):
        assert heading in told.stdout


@pytest.mark.parametrize("command", ["", *PAGES])
def test_help_is_english_too_and_fits_80_columns(run: Run, command: str) -> None:
    told = run(*command.split(), "--help", env={"DANVAN_LANG": "en"})
    assert (told.code, told.stderr) == (0, "")
    assert max(map(len, folded(told.stdout))) <= 80
    for heading in ("Usage: ", "Options:", "Examples:"):
        assert heading in told.stdout


EACH = """
import os, sys
import danvan_cli.cli.app
from danvan_cli.__main__ import main
for typed in sys.stdin.read().splitlines():
    if os.fork() == 0:
        sys.argv = ["danvan", *typed.split()]
        sys.stdout = sys.stderr = open(os.devnull, "w")
        try:
            main()
        finally:
            os.write(1, f"{typed}: {sorted(HEAVY & {*sys.modules})}\\n".encode())
            os._exit(0)
    os.wait()
"""


@pytest.mark.skipif(os.name == "nt", reason="needs fork")
def test_help_and_wrong_usage_wait_for_nothing_heavy() -> None:
    heavy = {"pydantic", "yaml", "jinja2", "markdown_it", "rich", "docx"}
    typed = [*(f"{command} {wrong}" for command in PAGES for wrong in ("--help", "--no-such-option")), "templates list"]
    told = subprocess.run(
        [sys.executable, "-c", f"HEAVY = {heavy}\n{EACH}"], input="\n".join(typed),
        capture_output=True, check=False, env=environment(), text=True, encoding="utf-8",
    )  # fmt: skip
    assert told.stdout.splitlines() == [f"{one}: []" for one in typed], told.stderr


def test_help_lists_every_command_with_what_it_does(process: Run) -> None:
    told = process("--help").stdout
    for name, does in shell.COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(does)}$", told, re.MULTILINE)


# Examples


def examples() -> list[str]:
    """List what the help pages say can be typed."""
    listed = [shell.Group.examples, *(command.examples for command in PAGES.values())]
    return [typed for page in listed for typed, _does in page]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder that the first example of all, `danvan demo`, makes; tests work on copies."""
    above = tmp_path_factory.mktemp("demo")
    assert called(["demo"], above, environment("2023-05-15")).code == 0
    return above / "danvan-demo"


@pytest.mark.parametrize("command", PAGES)
def test_every_command_shows_two_examples_of_itself_and_every_verb_one(command: str) -> None:
    typed = [example for example, _does in PAGES[command].examples]
    assert len(set(typed)) >= (1 if " " in command else 2), "give its help_page more examples"
    assert all(example.startswith(f"danvan {command}") for example in typed)


def received(run: Run, folder: Path, typed: str) -> None:
    """Lay ready what the examples of receiving name, and file a report that can be sent back; nothing else has come."""
    for name in ("hop-thu", "province"):
        shutil.rmtree(folder / name)
    (folder / "hop-thu").mkdir()
    shutil.copy(folder / "units" / "so-y-te" / "out" / "bao-cao-6m.docx", folder / "hop-thu")
    scans = [folder / "scan.jpg", folder / "da-nhan.jpg"]
    for scan in scans:
        scan.write_bytes(b"\xff\xd8\xff" + scan.name.encode())
    said = ("--unit", "so-y-te", "--deliverable", "6m", "--received", "1/5/2023")
    assert run("receive", scans[1], *said, cwd=folder, today="2023-05-10").code == 0
    if "--correct" in typed:
        back = ("send-back", "so-y-te", "6m", "--reason", "Thiếu")
        assert run(*back, cwd=folder, today="2023-05-10").code == 0


def picked(run: Run, folder: Path, typed: str) -> None:
    """Mark a sentence in the annex of a report that sums up what one unit sent."""
    received(run, folder, typed)
    assert run("summary", "--period", "6m", cwd=folder, today="2023-05-12").code == 0
    path = folder / "build" / "tong-hop-6m.xlsx"
    book = load_workbook(path)
    book["Kết quả"].cell(5, 5, "x")
    book.save(path)


def looked_at(_run: Run, folder: Path, _typed: str) -> None:
    """Lay ready a signed scan, and whom the office trusts."""
    trust(folder / "chung-thu-goc")
    (folder / "bao-cao-6m.pdf").write_bytes(signed(scanned(), seal()))


def moved_on(run: Run, folder: Path, _typed: str) -> None:
    """Close the year that is taken back."""
    assert run("new-year", "2024", cwd=folder).code == 0


def to_fill(run: Run, folder: Path, _typed: str) -> None:
    """Make the workbook that is filled in."""
    assert run("workbook", "so-y-te", cwd=folder).code == 0


def verified(run: Run, folder: Path, typed: str) -> None:
    """Come as far in verifying as an example needs: a file to take, points where none are, a notice, a result."""
    (folder / "y-kien.yaml").write_text(
        'format: danvan-opinions/1\nmember: Trần Bình\ndate: 2023-12-09\nanswers:\n  "9.1": {points: 8, reason: khá}\n',
        encoding="utf-8",
    )
    before = ["book --block so-ban-nganh -o tham-dinh.xlsx"] if " take " in typed else []
    before += ["notice so-y-te -n 1/TB"] if " explained " in typed else []
    before += ["explained so-y-te -n 99/SYT-VP -d 10/12/2023"] if "--correct" in typed else []
    scored = any(one in typed for one in (" final ", " official ", " --undo "))
    before += ["set so-y-te 9.1=8 --member A --reason B"] if scored else []
    before += ["final so-y-te"] if " official " in typed else []
    for one in before:
        assert run("review", *one.split(), cwd=folder, today="2023-12-10").code == 0, one


def brought_in(run: Run, folder: Path, typed: str) -> None:
    """Lay ready what the examples of importing name: a plan of another year, a table of points, a list of units."""
    (folder / "ke-hoach.docx").write_bytes(Hand("nhãn gõ", 1).write().data)
    (folder / "don-vi.csv").write_text("STT;Tên đơn vị;Ký hiệu\n1;Sở Dân tộc và Tôn giáo;SDTTG\n", encoding="utf-8")
    book = Workbook()
    for row in (["TT", "Tiêu chí", "Điểm tối đa"], ["1", "Ban hành kế hoạch", 10]):
        book.active.append(row)
    book.save(folder / "bang-diem.xlsx")
    if "plans/2026.yaml --ask" in typed:
        assert run("import", "ke-hoach.docx", cwd=folder).code == 0


@pytest.mark.skipif(os.name == "nt", reason="the examples are typed into a shell of Unix here")
def day_of(typed: str) -> str:
    """Give the day on which an example is typed: in May, or the day of what has happened in it."""
    if typed.startswith("danvan review"):
        return "2023-12-31"
    happened = re.search(r" (?:-d|--date) (\d+)/(\d+)/(\d+)", typed)
    said = f"{happened[3]}-{int(happened[2]):02d}-{int(happened[1]):02d}" if happened else ""
    return max(said, "2023-05-15")


PREPARED = {
    "danvan receive": received,
    "danvan send-back": received,
    "danvan import": brought_in,
    "danvan review": verified,
    "danvan signatures": looked_at,
    "danvan fill": to_fill,
    "--pick": picked,
    "new-year --undo": moved_on,
}


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(one, marks=pytest.mark.office if "--pdf" in one else ())
        for one in dict.fromkeys(examples())
        if one != "danvan demo"  # which has made the folder
    ],
)
def test_every_example_runs(typed: str, run: Run, demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    copied(demo, folder)
    needed = re.findall(r"--(?:evidence|file) (\S+)", typed)
    for name in needed:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"%PDF-1.7 a file that an example names")
    if " diff " in typed or "--against" in typed:
        committed(folder)
    if "ke-hoach-2022.docx" in typed:
        shutil.copy(folder / "units" / "so-y-te" / "out" / "ke-hoach-trien-khai.docx", folder / "ke-hoach-2022.docx")
    for begins, prepare in PREPARED.items():
        if begins in typed:
            prepare(run, folder, typed)
    today = day_of(typed)
    asks = "--ask" in typed or " ask " in typed
    if not asks and not set(typed) & set("|<>&;$*"):
        done = run(*shlex.split(typed)[1:], cwd=folder, today=today)
        assert done.code == 0, done.stderr
        return
    if asks:
        done = at_terminal(shlex.split(typed)[1:], folder, environment(today), b"q\n" * 3, shown=(1,))
        assert done.code == 0, done.stderr
        return
    with warm(tmp_path / "bin") as path:
        told = subprocess.run(
            ["sh", "-c", typed], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
            env=environment(today, PATH=path), check=False, timeout=60,
        )  # fmt: skip
    assert told.returncode == 0, told.stderr.decode("utf-8")


# Usage errors


@pytest.mark.parametrize(
    ("arguments", "message", "help_line"),
    [
        (["chek"], "không có lệnh «chek»", "có phải danvan check?"),
        (["zzzzzz"], "không có lệnh «zzzzzz»", "xem các lệnh: danvan --help"),
        (["--hepl"], "không có tùy chọn «--hepl»", "có phải --help?"),
        (["rule", "--jsn"], "không có tùy chọn «--jsn»", "có phải --json?"),
        (["calendar", "--unit", "x"], "không có tùy chọn «--unit»", "xem cách dùng: danvan calendar --help"),
        (["rule", "-x"], "không có tùy chọn «-x»", "xem cách dùng: danvan rule --help"),
        (["rule", "DV101", "DV102"], "thừa tham số: DV102", "xem cách dùng: danvan rule --help"),
        (["rule", "--json=3"], "tùy chọn «--json» không nhận giá trị", "xem cách dùng"),
        (["rule", "--lang"], "sau tùy chọn «--lang» phải có một giá trị", "xem cách dùng"),
        (["rule", "--lang", "fr"], "tùy chọn --lang", "chọn một trong: vi, en"),
    ],
)
def test_wrong_usage_is_told_in_vietnamese_with_what_to_type(
    run: Run, arguments: list[str], message: str, help_line: str
) -> None:
    told = run(*arguments)
    assert (told.code, told.stdout) == (2, "")
    first, second = told.stderr.splitlines()
    assert first.startswith(f"lỗi: {message}")
    assert second.startswith(f"  help: {help_line}")
    assert not ENGLISH.findall(words(told.stderr))


def test_a_wrong_language_in_the_environment_is_told_by_its_name(run: Run) -> None:
    told = run("rule", env={"DANVAN_LANG": "fr"})
    assert told.code == 2
    assert "DANVAN_LANG" in told.stderr


@help_page()
def sample(
    target: Annotated[Path, typer.Argument(metavar="TỆP", help="tệp cần đọc")],
    count: Annotated[int, typer.Option("--count", min=1, max=9)] = 1,
    kind: Annotated[Literal["text", "json"], typer.Option("--kind")] = "text",
) -> int:
    """Stand for a command with every kind of parameter."""
    assert target.is_file()
    return count if kind == "text" else 0


@pytest.fixture
def try_sample(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command made of `sample` through the shell, in this process."""
    monkeypatch.setattr(shell, "COMMANDS", {"sample": "thử"})
    monkeypatch.setattr(shell, "_whole", shell._whole.__wrapped__)  # not the group that is made already
    monkeypatch.setattr(shell, "_imported", lambda: None)  # the tests keep their garbage collector
    monkeypatch.setitem(sys.modules, "danvan_cli.cli.sample", sys.modules[__name__])
    return lambda *arguments: shell.run(["sample", *map(str, arguments)])


@pytest.mark.parametrize(
    ("arguments", "message", "help_line"),
    [
        ([], "thiếu tham số TỆP", "tệp cần đọc"),
        (
            [__file__, "--count", "hai"],
            "tùy chọn --count: giá trị «hai» không dùng được",
            "cần một số nguyên, ví dụ 3 (từ 1 đến 9)",
        ),
        (
            [__file__, "--count", "12"],
            "tùy chọn --count: giá trị «12» không dùng được",
            "cần một số nguyên, ví dụ 3 (từ 1 đến 9)",
        ),
        (
            [__file__, "--kind", "xml"],
            "tùy chọn --kind: giá trị «xml» không dùng được",
            "chọn một trong: text, json",
        ),
    ],
)
def test_a_value_that_does_not_fit_is_told_with_what_does(
    try_sample: Any, arguments: list[str], message: str, help_line: str
) -> None:
    with pytest.raises(UsageError) as told:
        try_sample(*arguments)
    assert (told.value.message, told.value.help) == (message, help_line)


def test_a_command_gives_its_own_exit_code(try_sample: Any) -> None:
    assert try_sample(__file__, "--count", "7") == 7
    assert try_sample(__file__, "--kind", "json") == 0


def test_a_command_can_be_stopped_with_ctrl_c(try_sample: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    @help_page()
    def stopped(target: str) -> None:
        raise KeyboardInterrupt(target)

    monkeypatch.setattr(sys.modules[__name__], "sample", stopped)
    with pytest.raises(KeyboardInterrupt):
        try_sample("x")


# Errors


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (DanvanError("không ghi được x", help="đóng tệp"), 1, ["lỗi: không ghi được x", "  help: đóng tệp"]),
        (UsageError("không có tệp x"), 2, ["lỗi: không có tệp x"]),
        (KeyboardInterrupt(), 130, ["đã dừng theo yêu cầu"]),
        (BrokenPipeError(), 0, []),
        (
            FileNotFoundError(2, "No such file", "x.yaml"),
            1,
            ["lỗi: hệ thống từ chối: x.yaml: không có tệp", "DANVAN_DEBUG=1"],
        ),
        (MemoryError(), 1, ["lỗi: máy không đủ bộ nhớ", "DANVAN_DEBUG=1"]),
        (RecursionError(), 1, ["lỗi: dữ liệu lồng vào nhau sâu quá", "DANVAN_DEBUG=1"]),
        (KeyError("x"), 1, ["lỗi: lỗi trong chính danvan (KeyError: 'x')", "DANVAN_DEBUG=1"]),
        (ValueError(), 1, ["lỗi: lỗi trong chính danvan (ValueError: )", "DANVAN_DEBUG=1"]),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_every_error_ends_in_a_line_and_an_exit_code_without_traceback(
    error: BaseException,
    code: int,
    said: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DANVAN_DEBUG", raising=False)
    assert __main__._failed(error) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    lines = shown.err.splitlines()
    assert len(lines) == len(said)
    assert all(part in line for part, line in zip(said, lines, strict=True))


def test_a_traceback_comes_where_it_was_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANVAN_DEBUG", "1")
    assert __main__._failed(KeyError("x")) == 1
    assert "KeyError: 'x'\n" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to try")
@pytest.mark.parametrize("arguments", [["rule"], ["rule", "--json"], ["--help"], ["--version"]], ids=" ".join)
def test_a_full_disk_behind_stdout_is_told(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        told = subprocess.run(
            [COMMAND, *arguments], stdout=full, stderr=subprocess.PIPE, check=False, env=environment()
        )
    assert told.returncode == 1
    assert "ổ đĩa đã đầy" in told.stderr.decode("utf-8")
    assert b"Traceback" not in told.stderr
    assert b"Exception ignored" not in told.stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes break differently on Windows")
@pytest.mark.parametrize("arguments", [["rule"], ["--help"], ["--version"]], ids=" ".join)
def test_a_reader_who_leaves_early_is_no_error(arguments: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        told = subprocess.run(
            [COMMAND, *arguments], stdout=write, stderr=subprocess.PIPE, check=False, env=environment()
        )
    finally:
        os.close(write)
    assert (told.returncode, told.stderr) == (0, b"")


# Findings and tables


def finding(**changed: Any) -> Finding:
    """Give a finding about the value of `before`."""
    settings: dict[str, Any] = {
        "rule": "DV302",
        "path": "plans/2023.yaml",
        "spot": Spot(118, 9, 10),
        "message": "thời hạn 10/5/2024 nằm ngoài năm kế hoạch 2023",
        "help": "viết một ngày trong năm 2023",
        "source": "before: 2024-05-10",
    }
    return Finding(**(settings | changed))


def test_a_finding_shows_its_place_its_line_a_caret_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    screen.findings([finding()])
    assert capsys.readouterr().out == (
        "plans/2023.yaml:118:9: DV302 lỗi: thời hạn 10/5/2024 nằm ngoài năm kế hoạch 2023\n"
        "  118 | before: 2024-05-10\n"
        "      |         ^^^^^^^^^^\n"
        "  help: viết một ngày trong năm 2023\n"
        "1 lỗi\n"
    )


def test_findings_are_counted_by_severity() -> None:
    severities = {rule.severity: rule.code for rule in catalogue().values()}
    found = [finding(rule=severities[name]) for name in ("error", "error", "warning", "note")]
    assert screen.counted_in_words(found) == "2 lỗi, 1 cảnh báo, 1 lưu ý"
    assert screen.counted_in_words([]) == "không có gì phải sửa"


def test_a_finding_whose_line_is_secret_shows_none(capsys: pytest.CaptureFixture[str]) -> None:
    screen.findings([finding(source=None, help=None)])
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_the_findings_behind_an_error_are_shown_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    screen.fail(InvalidFileError("kế hoạch có lỗi", [finding()], help="sửa rồi chạy lại"))
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "DV302 lỗi" in shown.err
    assert shown.err.endswith("lỗi: kế hoạch có lỗi\n  help: sửa rồi chạy lại\n")


@given(st.text(max_size=60), st.integers(1, 80))
def test_nothing_in_a_file_can_steer_the_terminal(text: str, column: int) -> None:
    nasty = finding(
        path=text,
        message=text,
        help=text,
        source=text.replace("\n", " ") + "\x1b[2J\u202e",
        spot=Spot(1, column, 3),
    )
    shown = screen._listing([nasty], colour=False)
    assert not screen.UNWANTED.search(shown)


@pytest.mark.parametrize("mark", ["\x1b", "\u202e", "\u200b", "\x07"])
def test_the_caret_stays_under_its_value_behind_an_unprintable_sign(mark: str) -> None:
    shown = screen._listing([finding(source=f"a{mark}b: sai", spot=Spot(1, 6, 3))], colour=False).splitlines()
    assert shown[2].index("^^^") == shown[1].index("sai")


def test_a_table_keeps_markup_and_emoji_codes_as_typed(capsys: pytest.CaptureFixture[str]) -> None:
    screen.table(["Mã", "Tên"], [["[bold]II.1[/x]", ":smile: \x1b[31mđỏ"], [None, 12]], right=[1])
    shown = capsys.readouterr().out
    assert "[bold]II.1[/x]" in shown
    assert ":smile: [31mđỏ" in shown
    assert "None" not in shown


@given(st.lists(st.lists(st.text(max_size=120), min_size=3, max_size=3), max_size=4))
def test_a_table_fits_80_columns(rows: list[list[str]]) -> None:
    from rich.cells import cell_len

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", StringIO())
        screen.table(["Mã", "Nhiệm vụ", "Đến hạn"], rows)
        shown = sys.stdout.getvalue()  # type: ignore[attr-defined]
    assert all(cell_len(line) <= 80 for line in shown.splitlines())


def test_a_table_loses_no_word(capsys: pytest.CaptureFixture[str]) -> None:
    text = "Tiếp tục đổi mới, nâng cao chất lượng công tác dân vận của cơ quan hành chính nhà nước các cấp " * 2
    screen.table(["Mã", "Nhiệm vụ"], [["II.1.1", text]], whole=[0])
    shown = capsys.readouterr().out.split()
    assert all(word in shown for word in text.split())


@pytest.mark.parametrize(
    ("environ", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colours_come_only_where_they_are_wanted(
    environ: dict[str, str], coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(screen, "_windows_colours", lambda: True)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    screen.findings([finding()])
    assert ("\x1b[" in terminal.getvalue()) is coloured


def test_no_colour_leaves_the_command_in_a_pipe(run: Run) -> None:
    assert "\x1b" not in run("rule").stdout + run("rule", "DV999").stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
@pytest.mark.parametrize(("terminal", "steered"), [("xterm", True), ("dumb", False)])
def test_progress_is_a_bar_on_stderr_in_a_terminal_only(
    run: Run, workspace: Path, terminal: str, steered: bool
) -> None:
    few_units(workspace)
    done = at_terminal(["init-unit", "--all"], workspace, environment(TERM=terminal), shown=(2,))
    assert done.code == 0
    assert ("tạo đơn vị" in done.stderr) is steered
    assert ("\x1b[" in done.stderr) is steered
    assert "\x1b" not in done.stdout
    piped = run("init-unit", "--all", cwd=workspace)
    assert (piped.code, piped.stderr) == (0, "")


def test_progress_is_silent_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(screen.progress(["a", "b", "c"], "đang làm")) == ["a", "b", "c"]
    assert capsys.readouterr() == ("", "")


# make


@pytest.mark.skipif(os.name == "nt", reason="make is not for Windows")
def test_make_says_which_python_it_needs(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    folder = tmp_path / "thư mục có dấu cách"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        (folder / name).write_bytes((root / name).read_bytes())
    old = tmp_path / "old-python"
    old.write_text("#!/bin/sh\n[ \"$1\" = --version ] && echo 'Python 3.9.2'\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    told = subprocess.run(
        ["make", "demo", f"PYTHON={old}"],
        cwd=folder,
        capture_output=True,
        check=False,
        env=environment(),
        text=True,
        encoding="utf-8",
    )
    assert told.returncode != 0
    assert "Cần Python 3.11 trở lên" in told.stderr
    assert "Python 3.9.2" in told.stderr
    assert not (folder / ".venv").exists()


# What strangers' text would steer


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
@pytest.mark.parametrize("command", ["fill", "format-check", "receive"])
def test_a_name_of_a_file_steers_neither_terminal_nor_code_host(run: Run, workspace: Path, command: str) -> None:
    name = "::add-mask::so\x1b]0;x\x07\x1b[31m \x9b2J ##[group]\n::error::y.docx"
    (workspace / name).write_bytes(b"PK\x03\x04 no more")
    done = run(command, name, cwd=workspace, env={"GITHUB_ACTIONS": "true"})
    printed = done.stdout + done.stderr
    assert "y.docx" in printed
    assert not re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f]", printed)
    assert "##[" not in printed
    own = r"::(error|warning|notice) file=[^\n]*"  # what format-check tells GitHub itself
    assert [
        line for line in printed.splitlines() if line.lstrip().startswith("::") and not re.fullmatch(own, line)
    ] == []


def test_a_colour_in_a_file_is_escaped_for_a_code_host(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    plan.write_text(plan.read_text("utf-8").replace("\nyear: 2023", '\nyear: 2023\n"a\\e[31mb": 1'), "utf-8")
    for form in ("github", "gitlab", "sarif", "json", "text"):
        done = run("check", "--format", form, cwd=workspace)
        assert done.code == 1, done.stderr
        assert "\x1b" not in done.stdout + done.stderr


def test_what_steers_is_escaped_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    screen.for_machines("::error::a\x1b[31mb\x9b")
    assert capsys.readouterr().out == "::error::a\\u001b[31mb\\u009b\n"


def test_json_keeps_what_it_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    as_json.begin()
    as_json.want()
    as_json.give(a="::x \x9b2J ##[\x7f")
    screen.for_machines(as_json.json_document())
    as_json.begin()
    printed = capsys.readouterr().out
    assert not re.findall("[\x7f-\x9f]", printed)
    assert json.loads(printed) == {"a": "::x \x9b2J ##[\x7f"}


@pytest.mark.parametrize("command", ["score --all --no-sheet", "templates check templates/bao-cao.md.j2"])
def test_json_is_the_same_in_the_log_of_a_code_host(run: Run, demo: Path, tmp_path: Path, command: str) -> None:
    folder = copied(demo, tmp_path / "demo")
    rubric = folder / "plans" / "2023.rubric.yaml"
    rubric.write_text(
        rubric.read_text("utf-8")
        .replace("name: Hoàn thành tốt", "name: '##[ tốt'")
        .replace("'##[ tốt' nhiệm vụ", "'##[ tốt'"),
        "utf-8",
    )
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / "bao-cao.md.j2").write_text("{{ unit '##[' }}", "utf-8")
    plainly, there = (run(*command.split(), "--json", cwd=folder, env=env) for env in ({}, {"GITHUB_ACTIONS": "true"}))
    assert "##[" in plainly.stdout
    assert there.stdout == plainly.stdout
