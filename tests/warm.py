"""`danvan` for scripts of a shell, each call a process forked from this one, which has imported everything already.

What stands on PATH is a small program that hands over its arguments, environment, folder and streams, and ends as the fork does:
a hundredth of a second instead of half a second of importing. What a start itself is to show takes the installed command.
"""

from __future__ import annotations

import marshal
import os
import socket
import sys
import threading
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from forked import ended

from commands import of_its_own, split

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The first lines are sh's and Python's at once: a path with a space, or a long one, cannot stand behind #!.
CLIENT = """#!/bin/sh
'''exec' "{python}" -IS "$0" "$@"
' '''
import _socket, marshal, os, sys
there = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
there.connect({address!r})
told = marshal.dumps((sys.argv[1:], os.getcwd(), dict(os.environ)))
streams = b"".join(one.to_bytes(4, sys.byteorder) for one in (0, 1, 2))
sent = there.sendmsg([told], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, streams)])
there.sendall(told[sent:])
there.shutdown(_socket.SHUT_WR)
os._exit(int(there.recv(8) or b"99"))
"""


@contextmanager
def warm(folder: Path) -> Iterator[str]:
    """Put such a `danvan` into a folder; give what PATH must be for it to be found first."""
    folder.mkdir(parents=True, exist_ok=True)
    address = f"\0danvan-{os.getpid()}-{threading.get_ident()}-{os.urandom(6).hex()}"  # no file: a path may be too long
    program = folder / "danvan"
    program.write_text(CLIENT.format(python=sys.executable, address=address), encoding="utf-8")
    program.chmod(0o755)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as here:
        here.bind(address)
        here.listen()
        serving = threading.Thread(target=_serve, args=(here,), daemon=True)
        serving.start()
        try:
            yield f"{folder}{os.pathsep}{os.environ['PATH']}"
        finally:
            here.shutdown(socket.SHUT_RDWR)
            serving.join()


def _serve(here: socket.socket) -> None:
    with suppress(OSError):  # shut down
        while True:
            threading.Thread(target=_run, args=(here.accept()[0],), daemon=True).start()


def _run(caller: socket.socket) -> None:
    """Run one command as its caller would."""
    told, handles, _flags, _who = socket.recv_fds(caller, 1 << 16, 3)
    while more := caller.recv(1 << 16):
        told += more
    arguments, cwd, variables = marshal.loads(told)  # noqa: S302 - from the program above
    code = ended(split(partial(of_its_own, arguments, cwd, variables, handles)))
    for handle in handles:
        os.close(handle)
    caller.sendall(str(code).encode())
    caller.close()
