"""How commands describe their parameters and their help pages, and the options that several share.

An option is the default of the function's parameter, as Typer takes it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias, TypeVar

import typer

from danvan_cli.cli import as_json
from danvan_cli.cli.complete import block_ids, units
from danvan_cli.lang import _

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

_Command = TypeVar("_Command", bound=Callable[..., object])


def option(
    names: str, help: str, takes: str | None = None, complete: Any = None, default: Any = None, **more: Any
) -> Any:
    """Describe an option.

    Args:
        names: as they are typed, in one text: `--output -o`.
        help: what it is for.
        takes: what stands for its value on the help page; None for a flag and for a choice.
        complete: what a shell's Tab key offers, of `complete`.
        default: its value where it is not given; `...` where it must be.
        more: as Typer has it.
    """
    return typer.Option(default, *names.split(), metavar=takes, help=help, autocompletion=complete, **more)


def flag(names: str, help: str, *, default: bool = False, **more: Any) -> Any:
    """Describe an option without a value."""
    return option(names, help, default=default, **more)


def argument(takes: str, help: str, complete: Any = None, default: Any = None) -> Any:
    """Describe an argument, as `option` does an option."""
    return typer.Argument(default, metavar=takes, help=help, autocompletion=complete)


def help_page(*examples: tuple[str, str], about: str = "") -> Callable[[_Command], _Command]:
    """Give a command what its help page says besides: what to type, and what that does; and a paragraph."""

    def given(command: _Command) -> _Command:
        vars(command).update(examples=examples, about=about)
        return command

    return given


class Verbs(NamedTuple):
    """A command with verbs: the function of each, with what it does; and the command's own help page."""

    verbs: Mapping[str, tuple[Callable[..., object], str]]
    examples: Sequence[tuple[str, str]]
    about: str


FindingsForm: TypeAlias = Literal["text", "json", "sarif", "github", "gitlab"] | None

PLAN: Final = option("--plan", _("tệp kế hoạch, nếu không phải của năm mới nhất"), _("TỆP"))
FORCE: Final = flag("--force", _("ghi đè, giữ lại bản cũ (.bak)"))
OUTPUT: Final = option("--output -o", _("tệp kết quả được ghi ra"), _("TỆP"))
TEMPLATE: Final = option("--template", _("mẫu riêng dùng cho văn bản này: tệp .docx hoặc .md.j2"), _("TỆP"))
PDF: Final = flag("--pdf", _("làm thêm bản PDF, nếu máy có LibreOffice hoặc Word"))
LANG: Final = option("--lang", _("ngôn ngữ của màn hình: vi hoặc en"), envvar="DANVAN_LANG", expose_value=False)
JSON: Final = flag("--json", _("in một tài liệu JSON cho máy đọc"), expose_value=False, callback=as_json.want)
COLOR: Final = option("--color", _("màu: auto (mặc định, theo cửa sổ lệnh), always hoặc never"), expose_value=False)
FORM: Final = option("--format", _("dạng kết quả; không ghi thì theo nơi chạy (GitHub, GitLab), còn lại là text"))
STRICT: Final = flag("--strict", _("cảnh báo và chỗ còn thiếu cũng là chưa đạt (mã thoát 1)"))
UNIT: Final = argument(_("ĐƠN-VỊ"), _("mã cơ quan, đơn vị, ví dụ so-y-te; bỏ qua nếu đang ở units/<mã>/"), units)
ONE_UNIT: Final = option("--unit", _("chỉ một đơn vị"), _("ĐƠN-VỊ"), units)
ONE_BLOCK: Final = option("--block", _("chỉ một khối"), _("KHỐI"), block_ids)
AS_OF: Final = option("--as-of", _("tính đến hết ngày này; bỏ qua là hôm nay"), _("NGÀY"))
ROOTS: Final = option(
    "--roots", _("chứng thư gốc được tin: tệp hoặc thư mục; bỏ qua là như roots trong danvan.yaml"), _("TỆP")
)


def must_end_in(output: "Path | None", ending: str) -> None:
    """Refuse the name of a file that does not end as what is written to it does, before anything is done."""
    from danvan_cli.files import named_so

    if output and not output.is_dir():  # of a folder is told when it is written
        named_so(output, ending)


def day_of(date: str | None) -> "dt.date":
    """Read a day; today where there is none.

    Raises:
        UsageError: if it is no day.
    """
    from danvan_cli.plan import calendar
    from danvan_cli.typed import typed_day as day

    return day(date) if date else calendar.today()
