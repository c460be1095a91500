"""Figures as people type them: one reader for commands and workbooks, and what could be two figures is asked about."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli import typed
from danvan_cli.errors import UsageError
from danvan_cli.excel.form import NUMBER, canonical
from danvan_cli.ooxml.xlsx import Value
from danvan_cli.scoring.arithmetic import answer_of
from danvan_cli.scoring.model import Criterion

if TYPE_CHECKING:
    from collections.abc import Callable

POINTS = Criterion(id="1", title="Điểm", max=Decimal(10_000), manual=True)
RATIO = Criterion.model_validate({"id": "2", "title": "Tỷ lệ", "max": 10, "ratio": {}})
COUNT = Criterion.model_validate({"id": "3", "title": "Số lượng", "max": 10, "count": {"each": Decimal(1)}})

READERS: dict[str, Callable[[str], object]] = {
    "a command": typed.typed_figure,
    "a unit's workbook": lambda text: Decimal(canonical(Value(text), NUMBER)),
    "points, also in a team's workbook": lambda text: answer_of(POINTS, text).points,
    "a ratio": lambda text: answer_of(RATIO, f"{text}/5000").value,
    "a count": lambda text: answer_of(COUNT, text).count,
}
everywhere = pytest.mark.parametrize("read", READERS.values(), ids=READERS)


@everywhere
@pytest.mark.parametrize("text", ["1.234", "12.000", "999.999"])
def test_a_point_before_three_digits_is_asked_about_everywhere(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(UsageError, match="không rõ") as refused:
        read(text)
    assert refused.value.help == f"viết {text.replace('.', '')} hoặc {text.replace('.', ',')}"


@everywhere
@pytest.mark.parametrize(
    ("text", "figure"), [("1486", 1486), ("1.234.567", 1_234_567), ("1.234,0", 1234), ("7,00", 7), ("05", 5), ("00", 0)]
)
def test_every_reader_takes_the_same(read: Callable[[str], object], text: str, figure: int) -> None:
    assert read(text) == figure


def test_what_the_help_says_is_read() -> None:
    assert (typed.typed_figure("1234"), typed.typed_figure("1,234")) == (1234, Decimal("1.234"))


@pytest.mark.parametrize("text", ["ngày 05 tháng 3 năm 2023", "5 tháng 3 năm 2023", "05/3/2023", "5.3.2023"])
def test_a_day_is_read_as_documents_write_it(text: str) -> None:
    assert typed.typed_day(text).isoformat() == "2023-03-05"


def test_a_count_is_whole() -> None:
    with pytest.raises(UsageError, match="không phải số nguyên"):
        answer_of(COUNT, "1,234")


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2) | st.integers(-(10**12), 10**12).map(Decimal))
def test_a_figure_as_danvan_writes_it_is_read_back_or_asked_about(value: Decimal) -> None:
    text = f"{value:,f}".translate(str.maketrans(",.", ".,"))
    if "," not in text and text.count(".") == 1:
        with pytest.raises(typed.MistypedError, match="không rõ"):
            typed.typed_figure(text)
    else:
        assert typed.typed_figure(text) == value


@given(st.text(alphabet="0123456789.,- ٣x", max_size=12))
def test_any_text_is_a_figure_or_is_told_what_to_write(text: str) -> None:
    try:
        got = typed.typed_figure(text)
    except typed.MistypedError:
        with pytest.raises(UsageError) as refused:
            typed.typed_figure(text)
        assert refused.value.help
    else:
        assert (got is None) == (not text.strip())
