"""Where the launchers start: a menu, or a drop target. Whatever happens, the window stays until it has been read."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from danvan_cli.windows.listing import Listed

NOT_DROPPED: Final = 77
"""The exit code where a launcher's name was typed in a window, which then must not be closed."""


def start(words: Sequence[str]) -> int:
    """Do what a launcher is for: `menu`, `mend`, `record`, `receive`."""
    from danvan_cli import lang
    from danvan_cli.errors import Cancelled

    if (asked := os.environ.get("DANVAN_LANG")) in lang.LANGUAGES:
        lang.use(asked)
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors=errors)
    try:
        if words[:1] != ["menu"]:
            return _drop(words[0])
        from danvan_cli.windows.menu import menu

        return menu()
    except (KeyboardInterrupt, Cancelled):
        return 0
    except Exception as error:  # noqa: BLE001 - the window would close over it
        from danvan_cli.cli import screen
        from danvan_cli.errors import DanvanError, named

        screen.fail(DanvanError(_("lỗi trong chính danvan ({what})", what=named(error))))
        wait()
        return 1


def _drop(verb: str) -> int:
    from danvan_cli.cli import screen
    from danvan_cli.windows import drops
    from danvan_cli.windows.listing import show

    work: dict[str, tuple[Callable[[Sequence[Path]], list[Listed]], str, str]] = {
        "mend": (drops.mend_dropped, "sua-the-thuc", _("Sửa thể thức")),
        "record": (drops.record_dropped, "ghi-so", _("Ghi sổ")),
        "receive": (drops.receive_dropped, "nhan", _("Nhận hồ sơ gửi đến")),
    }
    do, name, title = work[verb]
    paths = drops.dropped_here()
    if not paths:
        screen.say(_("Kéo tệp, thư mục rồi thả vào biểu tượng này; muốn chọn từng việc thì mở «Mở danvan»."))
        if paths is None:
            return NOT_DROPPED
        wait()
        return 1
    entries = do(paths)
    opened = show(name, title, entries)
    failed = any(one.failed for one in entries)
    if failed or not opened:
        wait()
    return int(failed)


def wait() -> None:
    """Leave the window open until somebody has read it."""
    try:
        input(_("Nhấn Enter để đóng cửa sổ này… "))
    except (EOFError, KeyboardInterrupt):
        return


if __name__ == "__main__":
    sys.exit(start(sys.argv[1:]))
