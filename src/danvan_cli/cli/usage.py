"""Typer's errors of usage, told again in the screen's language, with what to type instead."""

import re
from typing import Any

import typer
from typer.core import TyperOption

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.text import nearest


def metavar(param: Any) -> str:
    """Name what a parameter takes, as help pages and errors write it."""
    return str(param.metavar or param.name.upper().replace("_", "-"))


def retold(error: typer.TyperException) -> UsageError:
    """Tell a usage error again in the screen's language, with what to type instead."""
    message, hint = _told(error)
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx else "danvan"
    return UsageError(message, help=hint or _("xem cách dùng: {command} --help", command=path))


def _told(error: Any) -> tuple[str, str | None]:
    """Give the message, and the hint if there is one."""
    match type(error).__name__:
        case "NoSuchOption":
            near = nearest(
                error.option_name,
                (name for it in error.ctx.command.get_params(error.ctx) for name in it.opts if name.startswith("-")),
            )
            hint = _("có phải {near}?", near=near[0]) if near else None
            return _("không có tùy chọn «{name}»", name=error.option_name), hint
        case "MissingParameter":
            return _("thiếu {what}", what=_label(error.param)), error.param and error.param.help
        case "BadOptionUsage" if "does not take" in error.message:
            return _("tùy chọn «{name}» không nhận giá trị", name=error.option_name), None
        case "BadOptionUsage":
            return _("sau tùy chọn «{name}» phải có một giá trị", name=error.option_name), None
        case "BadParameter":
            return _bad_value(error)
    if found := re.fullmatch(r"Got unexpected extra argument\(s\) \((.*)\)", error.message, re.DOTALL):
        return _("thừa tham số: {extra}", extra=found[1]), None
    return error.message, None


def _bad_value(error: Any) -> tuple[str, str | None]:
    """Tell of a value that does not fit.

    Typer's own check has pydantic's error as its cause; a check in a command has none.
    """
    param = error.param
    cause = error.__cause__
    if not hasattr(cause, "errors"):
        return f"{_label(param)}: {error.message}", None
    value = cause.errors()[0]["input"]
    message = _("{what}: giá trị «{value}» không dùng được", what=_label(param), value=value)
    if choices := param.type_descriptor.choices:
        return message, _("chọn một trong: {known}", known=", ".join(map(str, choices)))
    if param.name == "year":
        from danvan_cli.plan.calendar import today

        hint = _("cần một năm, ví dụ {year}", year=today().year + 1)
    else:
        hint = _("cần một số nguyên, ví dụ 3")
    low, high = param.min, param.max
    if low is not None or high is not None:
        hint += _(" (từ {low} đến {high})", low="…" if low is None else low, high="…" if high is None else high)
    return message, hint


def _label(param: Any) -> str:
    if isinstance(param, TyperOption):
        source = _(" (biến môi trường {name})", name=param.envvar) if param.envvar else ""
        return _("tùy chọn {name}", name=" / ".join(param.opts)) + source
    return _("tham số {name}", name=metavar(param)) if param else _("tham số")
