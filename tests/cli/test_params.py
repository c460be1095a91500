"""Values of the command line: taken as Typer takes them, and the plain ones without waiting for pydantic."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer looks at annotations
from typing import TYPE_CHECKING, Annotated, Any, Literal

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.main import get_command

from danvan_cli.cli.params import quicken

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


def taken(arguments: Sequence[str], *, quick: bool) -> dict[str, Any] | str:
    """Give what a command with every kind of parameter gets, or the name of the error."""
    got: dict[str, Any] = {}

    def command(
        unit: Annotated[str | None, typer.Argument()] = None,
        more: Annotated[list[Path] | None, typer.Argument()] = None,
        file: Annotated[Path | None, typer.Option("--file")] = None,
        kind: Annotated[Literal["text", "json"], typer.Option("--kind")] = "text",
        figure: Annotated[list[str] | None, typer.Option("--figure")] = None,
        count: Annotated[int | None, typer.Option("--count", max=9)] = None,
        flag: Annotated[bool, typer.Option("--flag/--no-flag")] = True,
    ) -> None:
        got.update({name: value for name, value in locals().items() if name != "got"})

    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(context_settings={"help_option_names": []})(command)
    made: Any = get_command(app)
    if quick:
        quicken(made.params)
    try:
        made.main(list(arguments), standalone_mode=False)
    except typer.TyperException as error:
        return type(error).__name__
    return got


OPTIONS = st.one_of(
    st.tuples(st.sampled_from(["--file", "--kind", "--figure", "--count"]), WORDS | st.sampled_from("39")),
    st.tuples(st.sampled_from(["--flag", "--no-flag", "json", "--kind=json", "--kind=jso"])),
    st.tuples(WORDS),
)


@given(st.lists(OPTIONS, max_size=4))
def test_values_are_what_typer_makes_of_them(parts: list[tuple[str, ...]]) -> None:
    arguments = [word for part in parts for word in part]
    assert taken(arguments, quick=True) == taken(arguments, quick=False)


@pytest.mark.parametrize("arguments", [[], ["a", "b", "c"], ["--kind", "json", "--file", "x", "--figure", "a=1"]])
def test_plain_values_do_not_reach_typers_own_checks(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_given: object) -> None:
        raise AssertionError

    monkeypatch.setattr("typer.core.build_runtime_param", never)
    assert isinstance(taken(arguments, quick=True), dict)
