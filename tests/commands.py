"""How tests run `danvan`: within this process as far as that is the same, as a process of its own else."""

from __future__ import annotations

import gc
import io
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
import warnings
from contextlib import ExitStack, chdir, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from unittest.mock import patch

from forked import ended, forked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import ModuleType

COMMAND = Path(sys.executable).with_name("danvan.exe" if os.name == "nt" else "danvan")

# What the machine that runs the tests may have set, and what would change the screen or git.
UNSET = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TERM", "PYTHONIOENCODING", "PYTHONUTF8",
         "PYTHONDONTWRITEBYTECODE",
         "GITHUB_ACTIONS", "GITLAB_CI"}  # fmt: skip
PREFIXES = ("DANVAN_", "_DANVAN", "_TYPER", "GIT_")


@dataclass(frozen=True)
class Result:
    """How a command ended."""

    code: int
    stdout: str
    stderr: str


class Run(Protocol):
    """Runs `danvan` with these arguments."""

    def __call__(
        self,
        *arguments: object,
        cwd: Path | None = None,
        today: str | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Result: ...


def secluded(above: Path) -> None:
    """Forget, in this process and those it starts, what surrounds the tests: settings, repositories above a folder."""
    for name in [name for name in os.environ if name in UNSET or name.startswith(PREFIXES)]:
        del os.environ[name]
    os.environ |= {
        "GIT_CEILING_DIRECTORIES": str(above), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
        "XDG_CACHE_HOME": str(above / "cache"),
    }  # fmt: skip


def environment(today: str | None = None, **more: str) -> dict[str, str]:
    """Give the environment of a command under test."""
    return os.environ | {"PYTHONWARNINGS": "error"} | ({"DANVAN_TODAY": today} if today else {}) | more


def spawned(arguments: list[str], cwd: Path, variables: Mapping[str, str]) -> Result:
    """Run the installed command as a user does: a process of its own."""
    done = subprocess.run([COMMAND, *arguments], capture_output=True, check=False, env=variables, cwd=cwd, timeout=120)
    return Result(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def called(arguments: list[str], cwd: Path, variables: Mapping[str, str]) -> Result:
    """Run the command in this process, which is afterwards as it was.

    Twenty times as quick as a process. What a process has of its own is tried in one: its start and end,
    signals, a terminal, a pipe that breaks, what it imports, the memory it takes.
    """
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2)]  # the command itself sets UTF-8
    with ExitStack() as held:
        assert _alone.acquire(blocking=False), "a process has one folder and one stdout: no commands at once"
        held.callback(_alone.release)
        held.enter_context(_surrounded(variables))
        held.enter_context(chdir(cwd))
        held.enter_context(_collected())
        held.enter_context(_unlogged())
        held.enter_context(warnings.catch_warnings())
        warnings.simplefilter("error")
        nothing = held.enter_context(Path(os.devnull).open(encoding="utf-8"))
        held.enter_context(patch.multiple(sys, argv=[str(COMMAND), *arguments], stdin=nothing))
        held.enter_context(patch.multiple(sys, stdout=streams[0], stderr=streams[1]))
        main = held.enter_context(_speaking(arguments)).main
        held.callback(import_module("danvan_cli.cli.as_json").begin)  # nothing of it is printed for machines any more
        try:
            code = main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    told = [stream.buffer.getvalue().decode("utf-8") for stream in streams if not stream.flush()]
    return Result(code, *told)


def at_terminal(
    arguments: list[str], cwd: Path, variables: Mapping[str, str], typed: bytes = b"", *, shown: tuple[int, ...] = ()
) -> Result:
    """Run the command where somebody types, in a process forked from this one, which has imported it already.

    Five times as quick as a new process. What it says goes into pipes, but the streams of `shown` to the terminal too:
    what that shows is the first of them.
    """
    ours, theirs = os.openpty()
    os.write(ours, typed)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        handles = [theirs, *(theirs if number in shown else file.fileno() for number, file in ((1, out), (2, err)))]
        process = split(partial(of_its_own, arguments, cwd, variables, handles))
        os.close(theirs)
        screen = _to_end(ours)
        code = ended(process)
        told = [file.read() for file in (out, err) if not file.seek(0)]
    for number in shown[:1]:
        told[number - 1] = screen.replace(b"\r\n", b"\n")
    return Result(code, *(text.decode("utf-8") for text in told))


def aside(
    arguments: list[str],
    cwd: Path,
    variables: Mapping[str, str],
    *,
    given: bytes = b"",
    first: Callable[[], None] = lambda: None,
) -> Result:
    """Run the command without a terminal in a process forked from this one, with what its input holds.

    `first` is called in that process before the command: what holds for a whole process, as a limit. What is told fits
    into a pipe.
    """
    pipes = [os.pipe() for _ in range(3)]
    os.write(pipes[0][1], given)
    os.close(pipes[0][1])
    handles = [pipes[0][0], pipes[1][1], pipes[2][1]]

    def work() -> int:
        first()
        return of_its_own(arguments, cwd, variables, handles)

    process = split(work)
    for handle in handles:
        os.close(handle)
    told = [_to_end(pipe[0]) for pipe in pipes[1:]]
    return Result(ended(process), *(text.decode("utf-8") for text in told))


def split(work: Callable[[], int]) -> int:
    """Let a function work in a process forked from this one; give the process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12: threads of pytest's workers, which only wait
        return forked(work)


def _to_end(handle: int) -> bytes:
    """Read what comes until nothing more will."""
    read = b""
    with suppress(OSError):  # Linux: the other end of a terminal is closed
        while piece := os.read(handle, 65536):
            read += piece
    os.close(handle)
    return read


def of_its_own(arguments: list[str], cwd: Path, variables: Mapping[str, str], handles: Sequence[int]) -> int:
    """Run the command in this process, which does nothing else; give its code."""
    signal.alarm(60)
    for number, handle in enumerate(handles):
        os.dup2(handle, number)
    sys.stdin = os.fdopen(
        os.dup(0), encoding="utf-8"
    )  # not number 0: that would be read by readline, where it is there
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
    os.environ.clear()
    os.environ.update(variables)
    os.chdir(cwd)
    warnings.simplefilter("error")
    sys.argv = [str(COMMAND), *arguments]
    with _unlogged(), _speaking(arguments) as start:
        try:
            return int(start.main())
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else int(end.code is not None)


@contextmanager
def _surrounded(variables: Mapping[str, str]) -> Iterator[None]:
    """Let these variables be all that surround the command: only what differs is set, and set back."""
    before = dict(os.environ)
    _set(variables, before)
    try:
        yield
    finally:
        _set(before, dict(os.environ))


def _set(wanted: Mapping[str, str], there: Mapping[str, str]) -> None:
    for name in there.keys() - wanted.keys():
        del os.environ[name]
    os.environ.update({name: value for name, value in wanted.items() if there.get(name) != value})


@contextmanager
def _collected() -> Iterator[None]:
    """Leave the garbage collector as it was: a process at its end needs it no more, this one goes on."""
    thresholds = gc.get_threshold()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)
        gc.enable()


@contextmanager
def _unlogged() -> Iterator[None]:
    """Let libraries log as where nobody listens: warnings go to stderr, which pytest's handler would keep from it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers[:] = []
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


_alone = threading.Lock()

_worlds: dict[str, dict[str, ModuleType]] = {}
"""The modules of danvan for a screen that is not Vietnamese: a process translates many texts once, at import."""


@contextmanager
def _speaking(arguments: list[str]) -> Iterator[Any]:
    """Give `danvan_cli.__main__` as imported for the language that is asked for."""
    start, lang = import_module("danvan_cli.__main__"), import_module("danvan_cli.lang")
    wanted, before = start._language(arguments, lang.LANGUAGES), lang.current()
    ours = _danvan() if wanted != lang.LANGUAGES[0] else {}
    if ours:
        for name in ours:
            del sys.modules[name]
        sys.modules.update(_worlds.get(wanted, {}))
        start = import_module("danvan_cli.__main__")
    try:
        yield start
    finally:
        if ours:
            _worlds[wanted] = _danvan()
            for name in _worlds[wanted]:
                del sys.modules[name]
            sys.modules.update(ours)
        lang.use(before)


def _danvan() -> dict[str, ModuleType]:
    return {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "danvan_cli"}
