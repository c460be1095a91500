"""Questions in a terminal: what cannot be read is asked again, nothing is skipped, the end of the input cancels."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

import pytest

from danvan_cli.cli import prompts
from danvan_cli.errors import Exit, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def set_(*lines: str) -> None:
        left = list(lines)

        def read(_question: str = "") -> str:
            if not left:
                raise EOFError
            return left.pop(0)

        monkeypatch.setattr(builtins, "input", read)

    return set_


def number(typed: str) -> int:
    if not typed.isdecimal():
        raise UsageError("không phải số", help="viết 3")
    return int(typed)


def test_what_cannot_be_read_is_asked_again(typing: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    typing("ba", " 3 ")
    assert prompts.answer("? ", number) == 3
    told = capsys.readouterr().err
    assert "không phải số" in told
    assert "viết 3" in told


def test_nothing_typed_skips(typing: Callable[..., None]) -> None:
    typing("  ")
    assert prompts.answer("? ", number) is None


@pytest.mark.parametrize("word", ["q", "Q", "thoát"])
def test_enough_is_said_in_a_word(typing: Callable[..., None], word: str) -> None:
    typing(word)
    with pytest.raises(prompts.Stopped):
        prompts.answer("? ", number)


def test_the_end_of_the_input_cancels(typing: Callable[..., None]) -> None:
    typing("ba")
    with pytest.raises(prompts.Cancelled) as caught:
        prompts.answer("? ", number)
    assert caught.value.exit is Exit.FINDINGS
