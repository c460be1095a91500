"""Typer's parameters made quick: plain values need no pydantic, whose import costs more than all of Typer.

What is done here is what Typer does, without its detour. Where a value is not plain, Typer does it.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_origin

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.text import secret_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from typer import Context

    from danvan_cli.cli.complete import Completion


class Offered(NamedTuple):
    """What a shell is offered for what is being typed, as Typer's completion reads it."""

    value: str
    help: str
    type: str = "plain"


def quicken(params: Iterable[Any]) -> None:
    """Let parameters take plain values without pydantic, and let their completion offer what does not begin as typed.

    Typer drops every offer that does not begin letter by letter with what was typed: `sở-y` would not find `so-y-te`.
    """
    for param in params:
        one: Any = param
        methods = vars(one)
        methods["get_runtime_param"] = partial(_Plain, one, one.get_runtime_param)
        offer = one.type_descriptor.parameter_info.autocompletion
        if offer is not None:
            methods["shell_complete"] = partial(_completed, offer)


class _Plain:
    """Takes a value without pydantic where that gives the same, else as Typer does."""

    def __init__(self, param: Any, typers: Callable[[], Any]) -> None:
        self._typers = typers
        self._name = max(param.opts, key=len) if param.param_type_name == "option" else str(param.metavar or param.name)
        self._many = param.multiple or param.nargs == -1
        annotation = param.type_descriptor.annotation
        self._kind = get_args(annotation)[0] if get_origin(annotation) is list else annotation
        self._choices = get_args(self._kind)

    def coerce(self, value: Any, param: Any, ctx: Context) -> Any:
        """Turn words of the command line into the parameter's value."""
        if value is None:
            return () if self._many else None
        if self._many and isinstance(value, (list, tuple)) and all(map(self._plain, value)):
            return [self._made(one) for one in value]
        if not self._many and self._plain(value):
            return self._made(value)
        return self._typers().coerce(value, param=param, ctx=ctx)

    def _plain(self, value: Any) -> bool:
        known = value in self._choices if self._choices else self._kind is str or self._kind is Path
        return isinstance(value, str) and known

    def _made(self, value: str) -> str | Path:
        if self._kind is Path:
            return Path(value)
        text = _text(value)
        if not text.isascii() and secret_mark(text):  # the one place where every text that an option brings comes by
            from danvan_cli.rules.secrets import refuse_secret_text

            refuse_secret_text(self._name, text)
        return text


def _text(value: str) -> str:
    """Read an argument's bytes as UTF-8, whatever the locale said they were; a letter that is none is never dropped."""
    if value.isascii():
        return value
    try:
        return value.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        told = value.encode("utf-8", "replace").decode("utf-8")
        raise UsageError(
            _("tham số «{value}» có chữ không phải UTF-8", value=told),
            help=_("gõ lại trong cửa sổ lệnh dùng UTF-8 (LANG=C.UTF-8), hoặc ghi vào tệp rồi dùng --from"),
        ) from None


def _completed(offer: Completion, ctx: Context, incomplete: str) -> list[Offered]:
    return [Offered(*one) for one in offer(ctx, incomplete)]
