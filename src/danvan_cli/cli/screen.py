"""What is printed: results on stdout, notes and errors on stderr, findings, tables, progress.

Whatever is printed passes one door, which lets no escape sequence of a plan, a workbook or a file name reach the
terminal, and no line of theirs be a command to the code host that reads the log.
"""

from __future__ import annotations

import errno
import os
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from danvan_cli.cli import as_json
from danvan_cli.errors import DanvanError, Exit
from danvan_cli.files import reason
from danvan_cli.findings.finding import InvalidFileError, as_dict, count
from danvan_cli.lang import _
from danvan_cli.text import UNWANTED, clean, readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import TextIO

    from danvan_cli.findings.finding import Finding

_T = TypeVar("_T")

WIDTH = 80
"""Columns of the screen where there is none to ask: in a pipe, a file, a test."""
_NARROWEST = 40

_CONTROLS = re.compile("\x1b\\[[0-9;]*m|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_COMMANDS = re.compile(r"^([^\S\n]*):(?=:)|#(?=#\[)", re.MULTILINE)
"""What starts a command in the log of GitHub and of Azure, wherever it came from."""

_COLOURS = {"error": "1;31", "warning": "1;33", "note": "1;36", "help": "1;32", "place": "1", "line": "2", "late": "31"}
_WITHOUT = {"", "0", "false"}
_choice = {"colour": "auto"}


class Late(str):
    """A text, or a cell of a table, that tells of what is late: red, and it says so in words too."""

    __slots__ = ()


def use_colour(choice: str | None) -> None:
    """Take what `--color` says for all that this process prints."""
    _choice["colour"] = choice or "auto"


def out(text: str) -> None:
    """Print a result on stdout; on a terminal no line is longer than it is wide."""
    if isinstance(text, Late):
        colour = _coloured(sys.stdout)
        text = "\n".join(_paint(line, "late", colour) for line in text.split("\n"))
    copied(_fitted(text))


def copied(text: str) -> None:
    """Print on stdout what somebody copies, or another program reads: its lines stay as they are."""
    if not as_json.wanted():
        _write(sys.stdout, _harmless(text, sys.stdout))


def for_machines(text: str) -> None:
    """Print a document of JSON, or the commands of a code host, on stdout: what is escaped there stays what it is."""
    _write(sys.stdout, _CONTROLS.sub(lambda found: f"\\u{ord(found[0][0]):04x}{found[0][1:]}", text))


def note(text: str) -> None:
    """Print on stderr what is no result: progress, remarks."""
    _write(sys.stderr, _harmless(_fitted(text), sys.stderr))


def say(text: str, *, indent: str = "") -> None:
    """Print a paragraph on stdout, broken as `wrapped` does."""
    out(type(text)(wrapped(text, indent=indent)))


def item(text: str) -> None:
    """Print a paragraph on stdout whose later lines stand two columns further in than its first."""
    say(text, indent=" " * (len(text) - len(text.lstrip(" ")) + 2))


def remark(text: str, *, indent: str = "") -> None:
    """Print a paragraph on stderr, broken as `wrapped` does."""
    note(wrapped(text, indent=indent))


def fail(error: DanvanError) -> None:
    """Print an error on stderr: the findings behind it if there are any, the message, and what to do."""
    colour = _coloured(sys.stderr)
    if isinstance(error, InvalidFileError):
        note(_listing(error.findings, colour=colour))
    lines = [f"{_paint(_('lỗi'), 'error', colour)}: {clean(error.message)}"]
    if error.help:
        lines.append(_help(error.help, colour))
    note("\n".join(lines))


@contextmanager
def kept(failed: list[tuple[str, DanvanError]], name: str) -> Iterator[None]:
    """Keep the error of one of several, so that the others are done; `failures` prints it."""
    try:
        yield
    except DanvanError as error:
        failed.append((name, error))


def failures(failed: Iterable[tuple[str, DanvanError]], *, named: bool = True) -> Exit:
    """Print the errors of what could not be done, each under its name if `named`; give the worst exit code."""
    worst = Exit.OK
    for name, error in failed:
        if named:
            note(f"{name}:")
        fail(error)
        worst = max(worst, error.exit)
    return worst


def findings(found: Sequence[Finding]) -> None:
    """Print findings with the lines they are about, and how many there are."""
    if found:
        out(_listing(found, colour=_coloured(sys.stdout)))
    out(counted_in_words(found))


def at_host() -> bool:
    """Tell whether a code host runs this, which takes findings in its own form."""
    return "GITHUB_ACTIONS" in os.environ or "GITLAB_CI" in os.environ


def print_findings(
    found: Sequence[Finding], form: str | None, checked: str, more: dict[str, Any] | None = None
) -> None:
    """Print findings in a form: `text`, `sarif`, `github` or `gitlab`; None is the one for where this runs.

    `checked` tells people what was checked, `more` is what JSON says besides.
    """
    if as_json.wanted():
        as_json.give(**as_dict(found), **more or {})
        return
    if form is None and at_host():
        from danvan_cli.findings.hosts import guessed

        form = guessed(os.environ)
    if form in {"github", "gitlab"}:
        from danvan_cli.findings import hosts

        if text := hosts.as_github(found) if form == "github" else hosts.as_gitlab(found):
            for_machines(text)
        note(f"{counted_in_words(found)}; {checked}")
    elif form == "sarif":
        from danvan_cli.findings.hosts import as_sarif

        for_machines(as_sarif(found))
    else:
        findings(found)
        note(checked)


def verdict(found: Sequence[Finding], *, strict: bool) -> Exit:
    """Give the exit code that findings mean."""
    counted = count(found)
    return Exit.FINDINGS if counted["error"] or (strict and counted["warning"]) else Exit.OK


def counted_in_words(found: Sequence[Finding]) -> str:
    """Count findings in words: `3 lỗi, 1 cảnh báo, 2 lưu ý`."""
    words = {"error": _("{count} lỗi"), "warning": _("{count} cảnh báo"), "note": _("{count} lưu ý")}
    return told_counts(count(found), words) or _("không có gì phải sửa")


def told_counts(kinds: Mapping[str, int], words: Mapping[str, str]) -> str:
    """Say in a line how many there are of each kind that there is any of; empty where there is none."""
    return ", ".join(said.format(count=kinds[kind]) for kind, said in words.items() if kinds[kind])


def table(
    headings: Sequence[str], rows: Iterable[Sequence[object]], *, right: Iterable[int] = (), whole: Iterable[int] = ()
) -> None:
    """Print a table on stdout, as wide as the screen; what does not fit is wrapped, never cut; `Late` cells are red.

    Args:
        headings: one for each column.
        rows: the cells; None is left empty.
        right: the columns (from 0) of figures, set to the right.
        whole: the columns that are never broken: codes, dates.
    """
    from danvan_cli.cli import table as grid

    if as_json.wanted():
        return
    colour = _coloured(sys.stdout)

    def painted(cell: str, part: str) -> str:
        return _paint(part, "late", colour and isinstance(cell, Late) and bool(part))

    cells = [
        [Late(cell) if isinstance(cell, Late) else "" if cell is None else clean(str(cell)) for cell in row]
        for row in rows
    ]
    first, *others = grid.lines(headings, cells, right=[*right], whole=[*whole], width=_width(), painted=painted)
    copied("\n".join([_paint(first, "place", colour), *others]))


def progress(items: Sequence[_T], doing: str) -> Iterator[_T]:
    """Go through the items with a bar on stderr behind what is done, which only a terminal shows."""
    if not _terminal(sys.stderr) or len(items) < 2:
        yield from items
        return
    from rich.console import Console
    from rich.progress import track
    from rich.text import Text

    yield from track(
        items,
        description=Text(clean(doing)).plain,
        console=Console(stderr=True, no_color=not _coloured(sys.stderr)),
        transient=True,
    )


def wrapped(text: str, *, indent: str = "") -> str:
    """Break a paragraph to the screen's width; `indent` stands before every line but the first."""
    import textwrap

    return textwrap.fill(
        clean(text), _width(), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def marked(words: Iterable[tuple[str, str]]) -> str:
    """Write how a text changed: [-what was taken out-], {+what was put in+}."""
    marks = {"-": ("[-", "-]"), "+": ("{+", "+}"), "=": ("", "")}
    return " ".join(f"{marks[how][0]}{text}{marks[how][1]}" for how, text in words)


def clipped(text: str) -> str:
    """Cut a line to the screen's width; an ellipsis says that it goes on."""
    line, width = clean(text), _width()
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def lost(stream: TextIO, error: OSError) -> DanvanError | None:
    """Deal with a stream that takes no more text, so that Python does not complain about it again at its end.

    What to tell the user is given back; None where the reader left early (`danvan rule | head`).
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
    if error.errno in {errno.EPIPE, errno.EINVAL}:  # Windows says EINVAL
        return None
    return DanvanError(_("không ghi được kết quả ra: {why}", why=reason(error)))


def _harmless(text: str, stream: TextIO | None) -> str:
    """Take out what would steer the terminal, but for our own colours, and what would steer a code host."""
    if "GITHUB_ACTIONS" in os.environ or "TF_BUILD" in os.environ:
        text = _COMMANDS.sub(lambda found: f"{found[0]} ", text)
    ours = {f"\x1b[{code}m" for code in ("0", *_COLOURS.values())} if "\x1b" in text and _coloured(stream) else ()
    return _CONTROLS.sub(lambda found: found[0] if found[0] in ours else "", text)


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:  # pythonw, or a closed descriptor
        return
    try:
        stream.write(text + "\n")
    except OSError as error:
        if failure := lost(stream, error):
            raise failure from None


def _listing(found: Sequence[Finding], *, colour: bool) -> str:
    """Lay findings out: place, code, severity, message; the line with carets under the value; the help."""
    from danvan_cli.findings import finding as report

    blocks = []
    for finding in found:
        severity = finding.severity
        path = " ".join(readable(finding.path).splitlines())  # a name may hold a line end
        plain = f"{finding.rule} {report.severity_name(severity)}" + ("" if finding.sure else _(" (có thể)"))
        kind = _paint(plain, severity, colour)
        if finding.place:
            place = wrapped(f"{path}: {finding.place}:", indent="  ")
            said = wrapped(f"  {plain}: {finding.message}", indent="    ").replace(plain, kind, 1)
            lines = [_paint(place, "place", colour), said]
        else:
            place = f"{path}:{finding.spot.line}:{finding.spot.column}:"
            lines = [f"{_paint(place, 'place', colour)} {kind}: {clean(finding.message)}"]
        if excerpt := report.excerpt(finding, _width() - _MARGIN if _known() else report.EXCERPT_WIDTH):
            number, source, carets = excerpt
            # One for one, so that the carets stay under the value.
            source = UNWANTED.sub("\ufffd", source)
            bar, gap = _paint(f"{number:>5} |", "line", colour), _paint(f"{'|':>7}", "line", colour)
            bare = carets.lstrip()
            lead = carets.removesuffix(bare)
            lines += [f"{bar} {source}", f"{gap} {lead}{_paint(bare, severity, colour)}"]
        if finding.help:
            lines.append(_help(finding.help, colour))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


_MARGIN = 10
"""Columns before a line of source, and of the marks that say that it goes on."""


def _help(text: str, colour: bool) -> str:
    first, *more = clean(text).splitlines() or [""]
    return "\n".join([f"  {_paint('help', 'help', colour)}: {first}", *(f"        {line}" for line in more)])


def _paint(text: str, style: str, colour: bool) -> str:
    return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if colour else text


def _fitted(text: str) -> str:
    """Break lines that are longer than the terminal is wide; where none is, they stay as they are, to be searched."""
    if len(text) <= _NARROWEST or not _known():
        return text
    width = _width()
    return "\n".join(line if len(line) <= width else _broken(line, width) for line in text.split("\n"))


def _broken(line: str, width: int) -> str:
    from danvan_cli.cli.table import columns

    def seen(text: str) -> int:
        return columns(_CONTROLS.sub("", text))

    lead = len(line) - len(line.lstrip(" "))
    first, *words = line.lstrip(" ").split(" ")
    lines = [" " * lead + first]
    room = lead + seen(first)
    for word in words:
        wide = seen(word)
        if room + 1 + wide <= width:
            lines[-1], room = f"{lines[-1]} {word}", room + 1 + wide
        else:
            lines.append(" " * (lead + 2) + word)
            room = lead + 2 + wide
    return "\n".join(lines)


def _coloured(stream: TextIO | None) -> bool:
    """Tell whether colours are wanted there (`--color`, https://no-color.org, https://force-color.org) and shown."""
    wanted, shown = _choice["colour"] == "always", _terminal(stream)
    if _choice["colour"] == "auto" and not os.environ.get("NO_COLOR"):
        forced = os.environ.get("FORCE_COLOR", "") not in _WITHOUT
        wanted = forced or (shown and os.environ.get("TERM") != "dumb")
    return wanted and (os.name != "nt" or not shown or _windows_colours(stream))


def _windows_colours(stream: TextIO | None) -> bool:
    """Make an older Windows console understand escape sequences; tell whether it does."""
    import ctypes

    kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009 - not there elsewhere, where types are checked
    console = kernel.GetStdHandle(-12 if stream is sys.stderr else -11)
    # 1: processed output, 2: wrap at the end of a line, 4: escape sequences.
    return bool(kernel.SetConsoleMode(console, 7))


def _terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _known() -> bool:
    """Tell whether the columns of the screen are known: of a terminal, or as the environment says."""
    return _terminal(sys.stdout) or os.environ.get("COLUMNS", "").isdecimal()


def _width() -> int:
    """Tell the columns of the screen."""
    import shutil

    return max(_NARROWEST, shutil.get_terminal_size((WIDTH, 24)).columns) if _known() else WIDTH
