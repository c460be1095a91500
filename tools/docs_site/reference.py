"""The pages of reference, read off the program each time: its commands, the keys of its files, its papers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import typer
from typer.main import get_command

from danvan_cli.cli import app as shell
from danvan_cli.cli.word import VALUE_WORDS
from danvan_cli.desk.schema import schema_of
from danvan_cli.papers.catalogue import FILTER_USES, PARTS, paper_kinds
from danvan_cli.word.naming import dotted
from danvan_cli.word.shape import shape_of
from danvan_cli.word.values import as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from danvan_cli.word.shape import ContextName

FILES: Final = {
    "plan": ("Kế hoạch", "plans/2026.yaml"),
    "rubric": ("Bộ tiêu chí", "plans/2026.rubric.yaml"),
    "calendar": ("Ngày nghỉ, ngày làm bù", "plans/calendar.yaml"),
    "functions": ("Chức năng từng loại đơn vị", "plans/functions.yaml"),
    "register": ("Danh mục đơn vị dùng chung", "don-vi.yaml"),
    "unit": ("Tệp của đơn vị", "units/so-y-te/unit.yaml"),
    "score": ("Câu trả lời tự chấm", "units/so-y-te/score.yaml"),
}
"""Each kind of file that `danvan schema` knows: what it is, and where one lies."""

EVERYWHERE: Final = ("lang", "color", "help")
"""Options of every command, told once."""

TYPES: Final = {"string": "chữ", "integer": "số nguyên", "number": "số", "boolean": "có/không", "array": "danh sách",
                "object": "nhóm", "null": ""}  # fmt: skip


def cell(text: object) -> str:
    """Write something into a cell of a table."""
    return " ".join(str(text).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").split())


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """Write a table."""
    for row in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(map(cell, row))} |"
    yield ""


def anchor(heading: str) -> str:
    """Name a heading as code hosts do, so that a link works there and here."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def capital(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]


# Commands


def commands() -> str:
    """Describe every command as its help page does."""
    everywhere = ", ".join(f"`--{name}`" for name in EVERYWHERE)
    about = (
        f"Trang này làm từ chính chương trình; cùng nội dung với `danvan LỆNH --help`. Lệnh nào cũng có {everywhere}."
    )
    lines = ["# Các lệnh", "", about, ""]
    root: Any = get_command(shell.app)
    for head, names in shell.COMMAND_GROUPS.items():
        lines += [f"## {head}", ""]
        for name in names:
            lines += _command(root.commands[name].load(), typer.Context(root, info_name="danvan"), name)
    return "\n".join(lines)


def _command(command: Any, above: Any, name: str) -> Iterator[str]:
    context = typer.Context(command, parent=above, info_name=name)
    whole = context.command_path
    pieces = " ".join(command.collect_usage_pieces(context))
    yield from (f"### {whole}", "", f"{capital(command.short_help or '')}.", "", f"`{whole} {pieces}`", "")
    if command.about:
        yield from (command.about.replace("<", "&lt;").replace("*", "\\*"), "")
    params = [one for one in command.get_params(context) if not getattr(one, "hidden", False)]
    rows = [
        (f"`{shell.named_as_typed(one)}`", getattr(one, "help", "") or "")
        for one in params
        if one.name not in EVERYWHERE
    ]
    if rows:
        yield from table(("Gõ", "Để làm gì"), rows)
    if command.examples:
        yield "```sh"
        for typed, does in command.examples:
            yield from (f"# {does}", typed)
        yield from ("```", "")
    for verb, lazy in getattr(command, "commands", {}).items():
        yield from _command(lazy.load(), context, verb)


# Files


def files() -> str:
    """Describe the keys of every kind of file as its schema does."""
    about = (
        "Trang này làm từ lược đồ mà `danvan schema` in ra; trình soạn thảo đọc lược đồ ấy ở `plans/.schema/`. "
        "Tệp lớn thì bắt đầu ở mục mang tên loại tệp; tên nhóm dẫn tới mục của nhóm đó."
    )
    lines = ["# Khóa của từng loại tệp", "", about, ""]
    for kind, (title, where) in FILES.items():
        schema: dict[str, Any] = schema_of(kind)
        groups: dict[str, Any] = {"": schema, **schema["$defs"]}
        lines += [f"## {title}", "", f"Ví dụ `{where}`; lược đồ: `danvan schema {kind}`.", ""]
        for name, group in groups.items():
            if name:
                lines += [f"### {title}: {name}", "", f"{group.get('description', '')}.", ""]
            must = group.get("required", ())
            rows = [
                (f"`{key}`", _kind(it, title), "bắt buộc" if key in must else "", it.get("description", ""))
                for key, it in group.get("properties", {}).items()
            ]
            lines += table(("Khóa", "Kiểu", "", "Là gì"), rows)
    return "\n".join(lines)


def _kind(schema: dict[str, Any], title: str) -> str:
    """Name what a key takes, with a link to the group's own table."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return f"[{name}](#{anchor(f'{title}: {name}')})"
    if "enum" in schema or "const" in schema:
        return ", ".join(f"`{one}`" for one in schema.get("enum", [schema.get("const")]))
    if several := schema.get("anyOf", schema.get("oneOf")):
        return " hoặc ".join(dict.fromkeys(filter(None, (_kind(one, title) for one in several))))
    if schema.get("format") == "date":
        return "ngày"
    if schema.get("type") == "array" and (inner := _kind(schema.get("items", {}), title)):
        return f"danh sách {inner}"
    if isinstance(values := schema.get("additionalProperties"), dict):
        return f"nhóm, mỗi khóa một {_kind(values, title)}"
    return TYPES.get(str(schema.get("type", "")), "")


# Papers


def papers() -> str:
    """Describe every paper that is made, and what its template may name."""
    lines = ["# Các văn bản và mẫu", ""]
    lines += ["Trang này làm từ chính chương trình; mỗi mẫu xem được bằng `danvan templates list MẪU`.", ""]
    for name, kind in paper_kinds().items():
        lines += [f"## {capital(kind.about)} ({name})", ""]
        lines += [f"Làm bằng `{kind.command}`.", ""] if kind.command else []
        rows = [(f"`{key}`", VALUE_WORDS[it.kind], it.about, _example(it)) for key, it in dotted(shape_of(kind))]
        lines += table(("Tên", "Kiểu", "Là gì", "Ví dụ"), rows)
    lines += ["## Phần dùng chung", ""]
    lines += table(("Phần", "Là gì"), [(f"`{name}`", about) for name, about in PARTS.items()])
    lines += ["## Bộ lọc", ""]
    uses = [(f"`{name}`", use.about, f"`{use.example}`", use.gives) for name, use in FILTER_USES.items()]
    return "\n".join([*lines, *table(("Bộ lọc", "Làm gì", "Ví dụ", "Cho ra"), uses)])


def _example(name: ContextName) -> str:
    """Write an example as a document would show it."""
    if name.inner is not None:
        return ""
    some = name.example or () if name.kind == "list" else [name.example]
    return "; ".join("".join(as_text(one)) for one in some)


PAGES: Final[dict[str, Callable[[], str]]] = {"lenh.md": commands, "tep.md": files, "van-ban.md": papers}
"""The pages that are made, by the names that others link to."""
