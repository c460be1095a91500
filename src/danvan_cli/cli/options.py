"""The options that several commands share, each with one name and one meaning."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

import typer

from danvan_cli.cli import as_json
from danvan_cli.cli.complete import blocks, units
from danvan_cli.lang import _

if TYPE_CHECKING:
    import datetime as dt


def option(names: str, help: str, takes: str | None = None, complete: Any = None, **more: Any) -> Any:
    """Describe an option.

    Args:
        names: as they are typed, in one text: `--output -o`.
        help: what it is for.
        takes: what stands for its value on the help page; None for a flag and for a choice.
        complete: what a shell's Tab key offers, of `complete`.
        more: as Typer has it.
    """
    return typer.Option(*names.split(), metavar=takes, help=help, autocompletion=complete, **more)


def argument(takes: str, help: str, complete: Any = None) -> Any:
    """Describe an argument, as `option` does an option."""
    return typer.Argument(metavar=takes, help=help, autocompletion=complete)


PlanFile: TypeAlias = Annotated[
    Path | None, option("--plan", _("tệp kế hoạch, nếu không phải của năm mới nhất"), _("TỆP"))
]
Force: TypeAlias = Annotated[bool, option("--force", _("ghi đè, giữ lại bản cũ (.bak)"))]
Output: TypeAlias = Annotated[Path | None, option("--output -o", _("tệp kết quả được ghi ra"), _("TỆP"))]
TemplateFile: TypeAlias = Annotated[
    Path | None, option("--template", _("mẫu riêng dùng cho văn bản này: tệp .docx hoặc .md.j2"), _("TỆP"))
]
AlsoPdf: TypeAlias = Annotated[bool, option("--pdf", _("làm thêm bản PDF, nếu máy có LibreOffice hoặc Word"))]
Lang: TypeAlias = Annotated[
    Literal["vi", "en"] | None,
    typer.Option("--lang", envvar="DANVAN_LANG", expose_value=False, help=_("ngôn ngữ của màn hình: vi hoặc en")),
]
Json: TypeAlias = Annotated[
    bool,
    option("--json", _("in một tài liệu JSON cho máy đọc"), expose_value=False, callback=as_json.want),
]
Color: TypeAlias = Annotated[
    Literal["auto", "always", "never"] | None,
    option("--color", _("màu: auto (mặc định, theo cửa sổ lệnh), always hoặc never"), expose_value=False),
]
FindingsForm: TypeAlias = Annotated[
    Literal["text", "json", "sarif", "github", "gitlab"] | None,
    option("--format", _("dạng kết quả; không ghi thì theo nơi chạy (GitHub, GitLab), còn lại là text")),
]
Strict: TypeAlias = Annotated[bool, option("--strict", _("cảnh báo và chỗ còn thiếu cũng là chưa đạt (mã thoát 1)"))]
UnitArgument: TypeAlias = Annotated[
    str | None, argument(_("ĐƠN-VỊ"), _("mã cơ quan, đơn vị, ví dụ so-y-te; bỏ qua nếu đang ở units/<mã>/"), units)
]
OneUnit: TypeAlias = Annotated[str | None, option("--unit", _("chỉ một đơn vị"), _("ĐƠN-VỊ"), units)]
OneBlock: TypeAlias = Annotated[str | None, option("--block", _("chỉ một khối"), _("KHỐI"), blocks)]
AsOf: TypeAlias = Annotated[str | None, option("--as-of", _("tính đến hết ngày này; bỏ qua là hôm nay"), _("NGÀY"))]
Roots: TypeAlias = Annotated[
    list[Path] | None,
    option("--roots", _("chứng thư gốc được tin: tệp hoặc thư mục; bỏ qua là như roots trong danvan.yaml"), _("TỆP")),
]
LastDay: TypeAlias = Annotated[str | None, option("--by", _("chậm nhất ngày này, gồm cả ngày đó"), _("NGÀY"))]
Before: TypeAlias = Annotated[str | None, option("--before", _("trước ngày này"), _("NGÀY"))]
DocumentType: TypeAlias = Annotated[str, option("--type", _("tên loại văn bản"), _("CHỮ"))]


def day_of(date: str | None) -> "dt.date":
    """Read a day; today where there is none.

    Raises:
        UsageError: if it is no day.
    """
    from danvan_cli.plan import calendar
    from danvan_cli.unit.typed import day

    return day(date) if date else calendar.today()
