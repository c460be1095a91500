"""What people type is read as they mean it, or they are asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from danvan_cli.errors import UsageError
from danvan_cli.unit import typed

if TYPE_CHECKING:
    from danvan_cli.plan.model import Plan


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("done", "done"), ("Xong", "done"), ("đã hoàn thành", "done"), ("hoàn  thành", "done"), ("hoan thanh", "done"),
        ("đang", "doing"), ("Đang thực hiện", "doing"), ("chưa", "todo"), ("chưa thực hiện", "todo"), ("todo", "todo"),
    ],
)  # fmt: skip
def test_a_state_is_taken_in_any_usual_form(value: str, state: str) -> None:
    assert typed.state(value) == state


def test_a_mistyped_state_gets_the_nearest_and_an_unknown_one_the_list() -> None:
    with pytest.raises(UsageError) as refused:
        typed.state("dagn")
    assert refused.value.help == "có phải «doing»?"
    with pytest.raises(UsageError) as refused:
        typed.state("xyzxyzxyz")
    assert "todo (chưa)" in (refused.value.help or "")


@pytest.mark.parametrize(
    "value", ["2023-02-10", "10/2/2023", "10/02/2023", "10.2.2023", "10-2-2023", "ngày 10/2/2023", " 10/2/2023 "]
)
def test_a_day_is_taken_as_it_is_written_here_and_in_the_file(value: str) -> None:
    assert typed.day(value) == date(2023, 2, 10)


@pytest.mark.parametrize(
    "value", ["30/2/2023", "2023-13-01", "10/2/23", "0203-02-10", "hôm qua", "", "10/2/2023x", "٣/2/2023"]
)
def test_any_other_day_is_refused(value: str) -> None:
    with pytest.raises(UsageError):
        typed.day(value)


def test_a_due_date_is_a_day_or_a_word() -> None:
    assert typed.due("30/6/2023") == date(2023, 6, 30)
    assert typed.due("Hang quy") == "hằng quý"
    assert [typed.due(value) for value in ("Quý  II", "29/2", "cuối năm")] == ["Quý II", "29/2", "cuối năm"]
    for value in ("32/13/2023", "30/2", "12"):
        with pytest.raises(UsageError) as refused:
            typed.due(value)
        assert "thường xuyên" in (refused.value.help or "")


@pytest.mark.parametrize(
    ("value", "figure"),
    [
        ("1486", 1486), ("0", 0), ("8,5", "8.5"), ("8.5", "8.5"), ("8.50", "8.50"), ("0.125", "0.125"), ("-3", -3),
        ("1.234,5", "1234.5"), ("12.345.678,25", "12345678.25"), (" 7 ", 7), ("1,234", "1.234"), ("1.234.567", 1234567),
    ],
)  # fmt: skip
def test_a_figure_is_taken_with_comma_or_point(value: str, figure: int | str) -> None:
    assert typed.figure(value) == Decimal(figure)


def test_nothing_is_a_blank_and_not_0() -> None:
    assert typed.figure("") is None
    assert typed.figure("  ") is None


@pytest.mark.parametrize(("value", "plain"), [("1.234", "1234"), ("-12.000", "-12000"), ("100.001", "100001")])
def test_a_figure_that_could_be_two_is_asked_about(value: str, plain: str) -> None:
    with pytest.raises(UsageError, match="không rõ") as refused:
        typed.figure(value)
    assert plain in (refused.value.help or "")


@pytest.mark.parametrize("value", ["mười", "1e3", "nan", "008", "1 234", "5%", "٣", "1,2,3", "9" * 30])
def test_any_other_figure_is_refused(value: str) -> None:
    with pytest.raises(UsageError):
        typed.figure(value)


def test_an_indicator_is_found_by_id_or_name_and_the_nearest_is_told(plan: Plan) -> None:
    assert typed.indicator(plan, "tin-bai=64") == ("tin-bai", Decimal(64))
    assert typed.indicator(plan, "Lượt tiếp công dân = ") == ("tcd-luot", None)
    with pytest.raises(UsageError) as refused:
        typed.indicator(plan, "tin-bao=5")
    assert "tin-bai" in (refused.value.help or "")
    with pytest.raises(UsageError, match="thiếu dấu ="):
        typed.indicator(plan, "tin-bai")
