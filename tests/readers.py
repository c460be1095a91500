"""The processes that read PDF files, forked from one that has imported what reads: once for a session of tests.

Each is a process of its own as ever, with its bounds; what a start itself is to show, a test shows by the real one.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

from danvan_cli.pdf import worker

FORKS = """
import json, os, runpy, signal, socket, sys
import danvan_cli.pdf.text
try:
    import danvan_cli.pdf.signed
except ImportError:
    pass
here = socket.socket(fileno=int(sys.argv[1]))
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
while told := socket.recv_fds(here, 1 << 16, 2):
    words, handles = told[0].decode(), told[1]
    if not words:
        break
    process = os.fork()
    if not process:
        here.close()
        for number, handle in enumerate(handles):
            os.dup2(handle, number)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        module, folder, variables = json.loads(words)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(variables)
        sys.stdin, sys.stdout = os.fdopen(0), os.fdopen(1, "w", encoding="utf-8")
        runpy.run_module(module, run_name="__main__")
        sys.stdout.flush()
        os._exit(0)
    for handle in handles:
        os.close(handle)
    here.send(str(process).encode())
"""


@dataclass
class Forked:
    """What a reader's owner needs of its process."""

    number: int
    stdin: IO[str]
    stdout: IO[str]

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.number, signal.SIGKILL)

    def wait(self) -> None:
        """It is its parent's, which waits for none."""


def lend() -> None:
    """Begin to fork them, until the end of this process."""
    if sys.platform == "linux":
        worker._started = _started


@cache
def _parent() -> tuple[socket.socket, threading.Lock]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        parent = _popen([sys.executable, "-W", "ignore", "-c", FORKS, str(theirs.fileno())], pass_fds=[theirs.fileno()])
    atexit.register(parent.wait)
    atexit.register(ours.close)
    return ours, threading.Lock()


_popen, spawned = subprocess.Popen, worker._started


def _started(module: str) -> Any:
    if subprocess.Popen is not _popen:  # a test put something else in its place
        return spawned(module)
    parent, alone = _parent()
    (there, stdin), (stdout, here) = os.pipe(), os.pipe()
    with alone:
        socket.send_fds(parent, [json.dumps([module, str(Path.cwd()), dict(os.environ)]).encode()], [there, here])
        number = int(parent.recv(16))
    os.close(there)
    os.close(here)
    return Forked(number, os.fdopen(stdin, "w", encoding="utf-8"), os.fdopen(stdout, encoding="utf-8"))
