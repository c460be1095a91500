"""The table of commands, and Typer brought to speak the screen's language.

Typer carries its own copy of click, whose headings and error messages are English and pass through no
translation: help pages are laid out here, and usage errors are told again in `usage`.
"""

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout, suppress
from functools import cache
from importlib import import_module
from io import StringIO
from keyword import iskeyword
from typing import Any, Final, Literal

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from danvan_cli import __version__
from danvan_cli.cli import as_json, screen
from danvan_cli.cli.options import COLOR, JSON, LANG, Verbs, flag
from danvan_cli.cli.params import quicken
from danvan_cli.cli.usage import metavar, retold
from danvan_cli.errors import Exit, UsageError
from danvan_cli.lang import _
from danvan_cli.text import clean, nearest

COMMAND_GROUPS = {
    _("Lệnh về kế hoạch"): {
        "init": _("tạo thư mục làm việc với kế hoạch, lịch, dữ liệu thử"),
        "demo": _("chạy thử việc chính từ đầu đến cuối"),
        "import": _("đưa kế hoạch đã ban hành (Word, PDF) thành dữ liệu"),
        "new-year": _("đóng năm đang làm vào archive/, bắt đầu dự thảo năm sau"),
        "check": _("kiểm tra kế hoạch, tệp của đơn vị, mẫu văn bản"),
        "show": _("xem nhanh kế hoạch: nhiệm vụ, ai phải gửi gì, khi nào"),
        "export": _("xuất kế hoạch thành văn bản Word như bản đã ban hành"),
        "diff": _("kế hoạch sửa gì, cho ai, họ phải làm gì"),
        "save": _("lưu một bản để so về sau, khi máy không có git"),
        "rule": _("giải thích một quy tắc kiểm tra, hoặc liệt kê tất cả"),
        "schema": _("in lược đồ JSON để trình soạn thảo kiểm tra và gợi ý"),
        "calendar": _("thời hạn dưới dạng tệp lịch .ics"),
        "extend": _("gia hạn một báo cáo, hồ sơ cho một số đơn vị"),
        "exempt": _("miễn gửi một báo cáo, hồ sơ cho một số đơn vị"),
        "request": _("yêu cầu thêm một báo cáo trong năm"),
        "doctor": _("máy này có gì, thiếu gì, sửa thế nào"),
    },
    _("Lệnh của đơn vị"): {
        "init-unit": _("tạo tệp và kế hoạch triển khai của đơn vị"),
        "update-unit": _("đưa sửa đổi của kế hoạch vào tệp của đơn vị"),
        "log": _("ghi kết quả, số liệu, tài liệu kiểm chứng, văn bản đã ban hành"),
        "score": _("tự chấm điểm, làm bảng tự chấm điểm"),
        "workbook": _("làm sổ Excel để đơn vị điền, và thư mục gửi đi"),
        "fill": _("ghi sổ Excel đã điền vào tệp của đơn vị"),
        "report": _("làm báo cáo của đơn vị cho một kỳ báo cáo"),
        "submit": _("đóng gói báo cáo, số liệu, tài liệu kiểm chứng để gửi đi"),
    },
    _("Lệnh tổng hợp"): {
        "receive": _("nhận báo cáo, hồ sơ các đơn vị gửi đến"),
        "signatures": _("chữ ký số của tệp PDF: còn nguyên không, ai ký, lúc nào"),
        "send-back": _("trả lại một báo cáo, hồ sơ đã nhận, nêu lý do, hạn gửi lại"),
        "status": _("ai đã gửi gì, ai còn nợ, chậm mấy ngày"),
        "remind": _("công văn đôn đốc các đơn vị chưa gửi, thư nhắc hạn"),
        "obstacles": _("khó khăn, vướng mắc các đơn vị nêu, và trả lời"),
        "review": _("thẩm định điểm tự chấm, qua các vòng đến khi chính thức"),
        "rank": _("xếp hạng theo khối, biên bản, tờ trình, quyết định, thông báo"),
        "summary": _("báo cáo tổng hợp của tỉnh cho một kỳ"),
        "page": _("một trang HTML để lãnh đạo mở xem, cả tỉnh hoặc một đơn vị"),
    },
    _("Lệnh cho văn bản Word"): {
        "templates": _("xem, chép, kiểm tra mẫu văn bản Word"),
        "format-check": _("kiểm tra thể thức văn bản Word theo Nghị định 30/2020/NĐ-CP"),
    },
}
"""Each command and what it does, in one line, by whom it serves.

The command `new-year` is the function `new_year` of the module of its name, or of its subject, imported when it runs; what
its help page says besides, it is given by `help_page`. It returns None or an exit code; errors are raised. A command
with verbs is no function but a `Verbs`.
"""

COMMANDS = {name: does for group in COMMAND_GROUPS.values() for name, does in group.items()}

_HOMES: Final = {
    "years": ("init", "new-year"),
    "units": ("init-unit", "update-unit"),
    "entries": ("extend", "exempt", "request"),
    "documents": ("export", "report", "submit", "calendar"),
    "workbooks": ("workbook", "fill"),
    "receive": ("receive", "send-back"),
    "following": ("status", "remind"),
    "results": ("rank", "summary", "page"),
    "word": ("templates", "format-check"),
    "versions": ("save", "diff"),
    "checks": ("check", "doctor", "signatures"),
    "reference": ("rule", "schema"),
}
"""The modules that several commands share; each other command has one of its name."""
_COMPLETING = "_DANVAN_COMPLETE"
"""What a shell sets when the Tab key is pressed."""
_OPTIONS: Final = _("[TÙY CHỌN]")
_COMMAND: Final = _("LỆNH [THAM SỐ]…")


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments (those of the process if None) name; give its exit code.

    Raises:
        UsageError: if the arguments are wrong.
        DanvanError: whatever the command raises.
    """
    group = _whole()
    as_json.begin()
    if _COMPLETING in os.environ:
        return _completed(group)
    try:
        code = group.main(arguments, prog_name="danvan", standalone_mode=False)
    except typer.TyperException as error:
        raise retold(error) from None
    if code == 130:  # Typer's word for Ctrl-C
        raise KeyboardInterrupt
    if text := as_json.json_document():
        screen.for_machines(text)
    return int(code or Exit.OK)


def found(command: str) -> Any:
    """Import what a command is: a function, or its verbs."""
    name = command.replace("-", "_") + "_" * iskeyword(command)
    module = next((home for home, commands in _HOMES.items() if command in commands), name)
    return getattr(import_module(f"danvan_cli.cli.{module}"), name)


class Command(TyperCommand):
    """A command whose help page is in the screen's language."""

    about: str = ""
    examples: Sequence[tuple[str, str]] = ()

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        _write_page(self, ctx, formatter)


class _Lazy(TyperCommand):
    """Stands for a command until it runs: it is imported then."""

    def __init__(self, name: str, short_help: str, verb: Any = None) -> None:
        super().__init__(name, short_help=short_help)
        self._verb = verb

    def load(self) -> "Command | Group":
        command = self._verb or found(str(self.name))
        made = Group(name=self.name, verbs=command.verbs) if isinstance(command, Verbs) else _built(self.name, command)
        made.short_help, made.about, made.examples = self.short_help, command.about, command.examples
        _imported()
        return made

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        return self.load().make_context(info_name, args, parent, **extra)


class Group(TyperGroup):
    """All commands, listed from the table and imported when one runs; or the verbs of one."""

    about = _("Kế hoạch công tác dân vận chính quyền dưới dạng dữ liệu: kiểm tra, làm văn bản, báo cáo.")
    examples: Sequence[tuple[str, str]] = (
        ("danvan demo", _("xem thử, trong một thư mục mới")),
        ("danvan check", _("kiểm tra mọi tệp của thư mục làm việc")),
        ("danvan report so-y-te --period 6m", _("báo cáo 06 tháng của Sở Y tế")),
    )

    def __init__(
        self, *, verbs: Mapping[str, tuple[Callable[..., object], str]] | None = None, **settings: Any
    ) -> None:
        ours = {"options_metavar": _OPTIONS, "subcommand_metavar": _COMMAND, "add_help_option": False}
        super().__init__(**(settings | ours))
        if verbs is None:
            self.groups = COMMAND_GROUPS
            self.commands.update((name, _Lazy(name, does)) for name, does in COMMANDS.items())
        else:
            self.params += _built(None, _everywhere).params
            self.groups = {_("Lệnh"): {name: does for name, (_verb, does) in verbs.items()}}
            self.commands.update((name, _Lazy(name, does, verb)) for name, (verb, does) in verbs.items())

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the arguments, which name a verb."""
        if not args and not self.invoke_without_command and not ctx.resilient_parsing:
            raise UsageError(
                _("chưa nói làm gì: {command} …", command=ctx.command_path),
                help=_("một trong: {known}", known=", ".join(self.commands)),
            )
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page; that of danvan itself says where the documentation lies that came with it."""
        _write_page(self, ctx, formatter)
        if self.groups is COMMAND_GROUPS:
            from danvan_cli.files import shipped

            with formatter.section(_("Tài liệu trên máy này")):
                formatter.write(f"{'':{formatter.current_indent}}{shipped('docs/index.md')}\n")

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that was typed; where there is none, name the nearest."""
        if args[0] not in self.commands and not ctx.resilient_parsing:
            near, whole = nearest(args[0], self.commands, most=2), ctx.command_path
            raise UsageError(
                _("không có lệnh «{name}»", name=f"{whole} {args[0]}".removeprefix("danvan ")),
                help=_("có phải {near}?", near=" / ".join(f"{whole} {name}" for name in near))
                if near
                else _("xem các lệnh: {command} --help", command=whole),
            )
        return super().resolve_command(ctx, args)


app = typer.Typer(cls=Group, invoke_without_command=True, rich_markup_mode=None, pretty_exceptions_enable=False)


def _show_version(wanted: bool) -> None:
    if wanted:
        screen.out(f"danvan {__version__}")
        raise typer.Exit


def _show_help(context: typer.Context, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        screen.out(context.get_help())
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    _json: bool = JSON,
    _lang: Literal["vi", "en"] | None = LANG,
    _color: Literal["auto", "always", "never"] | None = COLOR,
    _version: bool = flag(
        "--version", _("in phiên bản rồi thoát"), is_eager=True, expose_value=False, callback=_show_version
    ),
) -> int | None:
    """Carry the options of `danvan` itself; without a command, say where the user is and what is next."""
    if context.invoked_subcommand is not None:
        return None
    from danvan_cli.cli.here import here

    _imported()
    return here()


def _everywhere(
    json: bool = JSON,
    lang: Literal["vi", "en"] | None = LANG,
    color: Literal["auto", "always", "never"] | None = COLOR,
    help: bool = flag(
        "--help", _("hiện trang trợ giúp này rồi thoát"), is_eager=True, expose_value=False, callback=_show_help
    ),
) -> None:
    """Carry the options that every command has."""


@cache
def _whole() -> Any:
    """Make the group of all commands; like a command, once for all that are run in this process."""
    group: Any = get_command(app)
    _translate_completion(group)
    quicken(group.params)
    group.params.append(_built(None, _everywhere).params[-1])
    return group


@cache
def _built(name: str | None, function: Callable[..., object]) -> Any:
    """Make a command of a function, with the options that every command has."""
    single = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    single.command(name, cls=Command, options_metavar=_OPTIONS, add_help_option=False)(function)
    command: Any = get_command(single)
    quicken(command.params)
    if function is not _everywhere:
        command.params += _built(None, _everywhere).params
    return command


def _imported() -> None:
    """Let the garbage collector work again, without looking at what was imported.

    Frozen imports save a fifth of a short command's time; a high threshold half of a large plan's.
    """
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    gc.enable()


def _completed(group: Any) -> int:
    """Answer a shell's Tab key. Whatever goes wrong offers nothing: nobody who types wants to read about it."""
    modules: dict[str, Any] = sys.modules
    modules["rich"] = None  # not to be found: Typer would read markup by it, and our texts have none
    try:
        with suppress(Exception):
            group.main([], prog_name="danvan", standalone_mode=False)
    finally:
        del modules["rich"]
    return Exit.OK


# Help pages


def _write_page(command: Command | Group, ctx: Any, formatter: Any) -> None:
    """Write usage, description, arguments, options, commands and examples, within 80 columns."""
    formatter.write_usage(ctx.command_path, " ".join(command.collect_usage_pieces(ctx)), prefix=_("Cách dùng: "))
    summary = command.short_help or ""
    for text in (summary and f"{summary[0].upper()}{summary[1:]}.", command.about):
        if text:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(text)
    general = _("Tùy chọn")
    last = {"argument": _("Tham số"), "option": general}
    groups = command.groups if isinstance(command, Group) else {}
    sections = {heading: [*listed.items()] for heading, listed in groups.items()}
    for param in command.get_params(ctx):
        heading = getattr(param, "rich_help_panel", None) or last[param.param_type_name]
        sections.setdefault(heading, []).append((named_as_typed(param), getattr(param, "help", None) or ""))
    sections[general] = sections.pop(general)  # what every command has stands last
    for heading, section in sections.items():
        with formatter.section(heading):
            formatter.write_dl(section)
    if command.examples:
        with formatter.section(_("Ví dụ")):
            for typed, does in command.examples:  # what is typed stays on one line: it is copied
                formatter.write(f"{'':{formatter.current_indent}}{typed}\n")
                formatter.current_indent += 4
                formatter.write_text(does)
                formatter.current_indent -= 4


def named_as_typed(param: Any) -> str:
    """Name a parameter as it is typed: `-o, --output TỆP`, `--lang vi|en`, `MÃ`."""
    if not isinstance(param, TyperOption):
        return metavar(param)
    names = ", ".join(sorted(param.opts, key=len))
    if param.is_flag:
        return " / ".join([names, *param.secondary_opts])
    choices = param.type_descriptor.choices
    return f"{names} {'|'.join(map(str, choices)) if choices else metavar(param)}"


def _translate_completion(group: Any) -> None:
    """Describe the options that set up a shell's completion, and tell in our words what they did."""
    words = {
        "install_completion": _("cài tính năng gõ Tab để hoàn thành lệnh"),
        "show_completion": _("in đoạn mã của tính năng gõ Tab"),
    }
    for param in group.params:
        param.help = words.get(param.name, param.help)
        if param.name == "install_completion":
            param.callback = _installed(param.callback)


def _installed(install: Callable[..., Any]) -> Callable[..., Any]:
    def told(ctx: Any, param: Any, value: Any) -> Any:
        said = StringIO()
        try:
            with redirect_stdout(said):
                return install(ctx, param, value)
        except SystemExit:
            where = said.getvalue().partition(" completion installed in ")[2].partition("\n")[0]
            screen.note(_("đã cài vào {path}; mở lại cửa sổ dòng lệnh để dùng", path=clean(where)))
            raise
        except typer.Exit:
            raise UsageError(
                _("không cài được tính năng gõ Tab cho cửa sổ dòng lệnh này"),
                help=_("dùng được với bash, zsh, fish và PowerShell"),
            ) from None

    return told
