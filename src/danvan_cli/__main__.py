"""Where `danvan` starts, and where every error becomes a line a clerk can read and an exit code."""

from __future__ import annotations

import gc
import os
import sys

from danvan_cli import __version__


def main() -> int:
    """Run the command line.

    Returns:
        The exit code: see `danvan_cli.errors.Exit`; 130 if the user stopped it.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            # A Windows console or a pipe may say cp1252 or ASCII, where Vietnamese letters raise.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    gc.disable()  # the command line turns it on again once everything is imported
    try:
        code = _run(sys.argv[1:])
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001 - the one place where errors end
        code = _failed(error)
    gc.freeze()  # the system takes everything back faster than a last search for what could be freed
    return _flushed(code)


def _run(arguments: list[str]) -> int:
    if arguments == ["--version"]:  # answered before anything slow is imported
        if sys.stdout is not None:
            sys.stdout.write(f"danvan {__version__}\n")
        return 0
    # pydantic would read the metadata of every installed package to find plugins; none of them is ours.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from danvan_cli import lang

    arguments = sys.argv[1:] = _as_typed(arguments)
    lang.use(_language(arguments, lang.LANGUAGES))
    from danvan_cli.cli import screen
    from danvan_cli.cli.app import run

    screen.use_colour(_asked(arguments, "--color"))
    return run()


def _as_typed(arguments: list[str]) -> list[str]:
    """Give the words of a command that was copied from Word as a keyboard has them.

    Word makes one long dash of `--`, and curly quotes, which no shell but PowerShell takes for quotes: what stands
    between them comes as several words.
    """
    out: list[str] = []
    quoted: list[str] = []
    for word in arguments:
        if quoted or word[:1] in {"\u201c", "\u201e"}:
            quoted.append(word)
            if word[-1:] in {"\u201d", "\u201c"} and (len(quoted) > 1 or len(word) > 1):
                out.append(" ".join(quoted)[1:-1])
                quoted = []
        elif word[:1] in {"\u2013", "\u2014"} and word[1:2].isascii() and word[1:2].isalpha():
            name = word[1:].lstrip("-\u2013\u2014")
            out.append(("-" if len(name) == 1 else "--") + name)
        else:
            out.append(word)
    return out + quoted


def _language(arguments: list[str], known: tuple[str, ...]) -> str:
    """Find the screen's language before anything is parsed: help and usage errors speak it too.

    A value that is no language is left for the parser to refuse.
    """
    asked = _asked(arguments, "--lang", os.environ.get("DANVAN_LANG", ""))
    return asked if asked in known else known[0]


def _asked(arguments: list[str], option: str, without: str = "") -> str:
    """Find what an option of every command says, before anything is parsed."""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if word == "--":
            break
        if word == option:
            without = following
        elif word.startswith(f"{option}="):
            without = word.removeprefix(f"{option}=")
    return without


def _failed(error: BaseException) -> int:
    """Say what went wrong in one or two lines, with the traceback only where it was asked for."""
    from danvan_cli.cli import screen
    from danvan_cli.errors import Cancelled, DanvanError, Exit, named
    from danvan_cli.files import reason
    from danvan_cli.lang import _

    if os.environ.get("DANVAN_DEBUG") == "1":
        import traceback

        screen.note("".join(traceback.format_exception(error)).rstrip())
    debug = _("đặt biến môi trường DANVAN_DEBUG=1 rồi chạy lại để xem chi tiết và gửi cho người bảo trì")
    match error:
        case DanvanError():
            screen.fail(error)
            return error.exit
        case KeyboardInterrupt():
            screen.note(_("đã dừng theo yêu cầu"))
            return 130
        case Cancelled():
            screen.note(_("đã hủy: câu đang hỏi chưa được trả lời nên không ghi gì thêm"))
            return Exit.FINDINGS
        case BrokenPipeError():  # `danvan … | head`
            return 0
        case OSError():
            where = f"{error.filename}: " if error.filename else ""
            failure = DanvanError(_("hệ thống từ chối: {what}", what=where + reason(error)), help=debug)
        case MemoryError():
            failure = DanvanError(_("máy không đủ bộ nhớ cho việc này"), help=debug)
        case RecursionError():
            failure = DanvanError(_("dữ liệu lồng vào nhau sâu quá"), help=debug)
        case _:
            failure = DanvanError(_("lỗi trong chính danvan ({what})", what=named(error)), help=debug)
    screen.fail(failure)
    return failure.exit


def _flushed(code: int) -> int:
    """Write out what is still held back, while an error can still be told."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError as error:
            from danvan_cli.cli import screen

            if failure := screen.lost(stream, error):
                screen.fail(failure)
                code = code or failure.exit
    return code


if __name__ == "__main__":
    sys.exit(main())
