"""The text of PDF files from anybody, read in a process of its own that is stopped when it takes too long.

    python -m danvan_cli.pdf.text

reads paths from its input, one a line, and answers each with a line of JSON: the text of the first pages, or null.
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
    from pathlib import Path
    from types import TracebackType

PAGES: Final = 2
"""The first pages are read: letterhead, number, day and title stand there."""
SECONDS: Final = 20
"""So long one file may take."""
FAIR: Final = 2
"""Seconds that each file has; what one takes beyond is taken from `MORE`."""
MORE: Final = 60
"""So many seconds more all files together may take."""
MEMORY: Final = 1 << 30
MOST: Final = 40_000
"""Letters of a file's text that are looked at."""


class PdfReader:
    """Reads the text of PDF files, one after another; what cannot be read has none."""

    def __init__(self) -> None:
        self._left: float = MORE
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def text(self, path: Path) -> str | None:
        """Give the text of a file's first pages; None where it has none that can be read in time.

        Raises:
            UsageError: if it is not read in its fair time, and those before it have used up what all had beyond that.
        """
        process, began = self._process or self._start(), time.monotonic()
        most = min(SECONDS, FAIR + self._left)
        try:
            process.stdin.write(json.dumps(str(path)) + "\n")  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            answer = json.loads(self._answers.get(timeout=most))
        except (OSError, queue.Empty, ValueError) as error:
            self._stop()
            if isinstance(error, queue.Empty) and most < SECONDS:
                raise UsageError(
                    _("{path}: các tệp PDF trước đó đã dùng hết thời gian đọc của lần nhận này", path=path.name),
                    help=_("nhận riêng tệp này một lần nữa; vẫn không được thì đề nghị đơn vị gửi lại"),
                ) from None
            return None
        finally:
            self._left = max(0, self._left - max(0, time.monotonic() - began - FAIR))
        return answer if isinstance(answer, str) else None

    def _start(self) -> subprocess.Popen[str]:
        self._answers = queue.Queue()
        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, encoding="utf-8",
        )  # fmt: skip
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


def _listen(process: subprocess.Popen[str], answers: queue.Queue[str]) -> None:
    """Hand over the answers; an empty one when there will be no more."""
    with suppress(OSError, ValueError):
        for line in process.stdout or ():
            answers.put(line)
    answers.put("")


def _read(path: str) -> str | None:
    from pdfminer.high_level import extract_text

    try:
        return extract_text(path, maxpages=PAGES)[:MOST]
    except Exception:  # noqa: BLE001 - a broken PDF may fail in any way; it then has no text
        return None


def main() -> None:
    """Answer until the input ends."""
    with suppress(ImportError):
        import resource

        limits: Any = resource
        limits.setrlimit(limits.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    for line in sys.stdin:
        try:
            text = _read(json.loads(line))
        except MemoryError:
            text = None
        sys.stdout.write(json.dumps(text) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
