"""The options that several commands share, each with one name and one meaning."""

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import typer

from danvan_cli.cli.complete import units
from danvan_cli.lang import _

Plan: TypeAlias = Annotated[
    Path | None,
    typer.Option("--plan", metavar=_("TỆP"), help=_("tệp kế hoạch, nếu không phải của năm mới nhất")),
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help=_("in một tài liệu JSON cho máy đọc"))]
Force: TypeAlias = Annotated[bool, typer.Option("--force", help=_("ghi đè, giữ lại bản cũ (.bak)"))]
Output: TypeAlias = Annotated[
    Path | None, typer.Option("--output", "-o", metavar=_("TỆP"), help=_("tệp kết quả được ghi ra"))
]
Template: TypeAlias = Annotated[
    Path | None,
    typer.Option("--template", metavar=_("TỆP"), help=_("mẫu riêng dùng cho văn bản này: tệp .docx hoặc .md.j2")),
]
Pdf: TypeAlias = Annotated[bool, typer.Option("--pdf", help=_("làm thêm bản PDF, nếu máy có LibreOffice"))]
Lang: TypeAlias = Annotated[
    Literal["vi", "en"] | None,
    typer.Option("--lang", envvar="DANVAN_LANG", expose_value=False, help=_("ngôn ngữ của màn hình: vi hoặc en")),
]
Strict: TypeAlias = Annotated[
    bool, typer.Option("--strict", help=_("cảnh báo và chỗ còn thiếu cũng là chưa đạt (mã thoát 1)"))
]
UnitArgument: TypeAlias = Annotated[
    str | None,
    typer.Argument(
        metavar=_("ĐƠN-VỊ"),
        help=_("mã cơ quan, đơn vị, ví dụ so-y-te; bỏ qua nếu đang ở units/<mã>/"),
        autocompletion=units,
    ),
]
