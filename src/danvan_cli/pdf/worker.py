"""A process of its own for what reads files from anybody: bounded in time and memory, and nobody's harm when it dies.

A module that reads answers lines of JSON with lines of JSON: `serve`, run by `python -m`. `Worker` asks it.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Self

from danvan_cli.errors import UsageError
from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS: Final = 20
"""So long one file may take."""
FAIR: Final = 2
"""Seconds that each file has; what one takes beyond is taken from `MORE`."""
MORE: Final = 60
"""So many seconds more all files together may take."""
_MEMORY: Final = 1 << 30


class Worker:
    """Asks a module of ours in a process of its own, which is started for the first file and ended when it takes too long."""

    def __init__(self, module: str, seconds: float | None = None) -> None:
        """Know the module; `seconds` is what a single file may take whatever comes, where that is not as usual."""
        self._module = module
        self._most = seconds or SECONDS
        self._left = seconds or MORE
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()
        self._one = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop()

    def ask(self, name: str, question: object) -> Any:
        """Ask of a file; None where no answer came: it took too long, or more memory than there is.

        A UsageError: it is not read in its fair time, and those before it have used up what all had beyond that.
        """
        with self._one:
            process, began = self._process or self._start(), time.monotonic()
            most = min(self._most, FAIR + self._left)
            try:
                process.stdin.write(json.dumps(question) + "\n")  # type: ignore[union-attr]
                process.stdin.flush()  # type: ignore[union-attr]
                return json.loads(self._answers.get(timeout=most))
            except (OSError, queue.Empty, ValueError) as error:
                self._stop()
                if isinstance(error, queue.Empty) and most < self._most:
                    raise UsageError(
                        _("{path}: các tệp PDF trước đó đã dùng hết thời gian đọc của lần nhận này", path=name),
                        help=_("nhận riêng tệp này một lần nữa; vẫn không được thì đề nghị đơn vị gửi lại"),
                    ) from None
                return None
            finally:
                self._left = max(0, self._left - max(0, time.monotonic() - began - FAIR))

    def _start(self) -> subprocess.Popen[str]:
        self._answers = queue.Queue()
        self._process = _started(self._module)
        threading.Thread(target=_listen, args=(self._process, self._answers), daemon=True).start()
        return self._process

    def _stop(self) -> None:
        if self._process is not None:
            with suppress(OSError):
                self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                with suppress(OSError, ValueError):
                    stream.close()  # type: ignore[union-attr]
            self._process = None


def _started(module: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-W", "ignore", "-m", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
    )  # fmt: skip


def _listen(process: subprocess.Popen[str], answers: queue.Queue[str]) -> None:
    """Hand over the answers; an empty one when there will be no more."""
    with suppress(OSError, ValueError):
        for line in process.stdout or ():
            answers.put(line)
    answers.put("")


def serve(answer: Callable[[Any], object]) -> None:
    """Answer until the input ends; null where there is no memory for an answer."""
    with suppress(ImportError):
        import resource

        limits: Any = resource
        limits.setrlimit(limits.RLIMIT_AS, (_MEMORY, _MEMORY))
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    for line in sys.stdin:
        try:
            found = answer(json.loads(line))
        except MemoryError:
            found = None
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
