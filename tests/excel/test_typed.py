"""What people type into cells, in every usual form."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.errors import UsageError
from danvan_cli.excel.form import (
    COUNT,
    DAY,
    DUE,
    FIGURES,
    FLAG,
    LONG,
    NUMBER,
    TEXT,
    CellKind,
    canonical,
    shown_cell,
    value_of,
)
from danvan_cli.ooxml.xlsx import Value
from danvan_cli.text import squeeze

LEVELS = CellKind("choice", (("dat", "1. Đạt, có mặt vượt"), ("khong", "2. Không đạt")))


@pytest.mark.parametrize(
    ("kind", "value", "percent", "told"),
    [
        (NUMBER, Decimal("8.5"), False, "8.5"),
        (NUMBER, "8,5", False, "8.5"),
        (NUMBER, " 8.5 ", False, "8.5"),
        (NUMBER, "1.234,50", False, "1234.5"),
        (NUMBER, Decimal(0), False, "0"),
        (NUMBER, "75%", False, "0.75"),
        (NUMBER, "75 %", False, "0.75"),
        (NUMBER, Decimal("0.75"), True, "0.75"),
        (NUMBER, "0,75", False, "0.75"),
        (FIGURES["percent"], "75%", False, "75"),
        (FIGURES["percent"], "7,5 %", False, "7.5"),
        (FIGURES["percent"], Decimal("0.75"), True, "75"),
        (FIGURES["percent"], Decimal(75), False, "75"),
        (COUNT, "7", False, "7"),
        (COUNT, Decimal("7.0"), False, "7"),
        (DAY, date(2023, 5, 10), False, "2023-05-10"),
        (DAY, "10/5/2023", False, "2023-05-10"),
        (DAY, "ngày 10/05/2023", False, "2023-05-10"),
        (DAY, "10-5-2023", False, "2023-05-10"),
        (DAY, "10.5.2023", False, "2023-05-10"),
        (DAY, "2023-05-10", False, "2023-05-10"),
        (DAY, "2023/5/10", False, "2023-05-10"),
        (DAY, "2023.05.10", False, "2023-05-10"),
        (DAY, "ngày 10 tháng 5 năm 2023", False, "2023-05-10"),
        (DAY, "10 Tháng 05 năm 2023", False, "2023-05-10"),
        (DUE, "hàng quý", False, "hằng quý"),
        (DUE, "Thường Xuyên", False, "thường xuyên"),
        (DUE, date(2023, 6, 30), False, "2023-06-30"),
        (TEXT, "  hai   từ ", False, "hai từ"),
        (TEXT, "=1+1", False, "=1+1"),
        (TEXT, Decimal(2712345678), False, "2712345678"),
        (LONG, "một\r\n hai \n", False, "một\n hai"),
        (LEVELS, "1. Đạt, có mặt vượt", False, "dat"),
        (LEVELS, "đạt, có mặt vượt", False, "dat"),
        (LEVELS, Decimal(2), False, "khong"),
        (LEVELS, "khong", False, "khong"),
        (FLAG, "X", False, "x"),
        (FLAG, True, False, "x"),
        (FLAG, "Không áp dụng", False, "x"),
        (FLAG, "không", False, ""),
        (NUMBER, "  ", False, ""),
    ],
)
def test_it_is_read_as_what_it_is(kind: CellKind, value: str | Decimal | date, percent: bool, told: str) -> None:
    assert canonical(Value(value, percent=percent), kind) == told


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (NUMBER, "1.234"), (NUMBER, "mười"), (NUMBER, Decimal(-1)), (NUMBER, date(2023, 1, 1)), (COUNT, "1,5"),
        (DAY, "32/1/2023"), (DAY, Decimal(5)), (DUE, "30/2/2023"), (DUE, Decimal(45000)), (LEVELS, "3"), (FLAG, "có lẽ"),
        (LONG, "Độ mật: MẬT"), (TEXT, date(2023, 2, 5)), (LONG, date(2023, 2, 5)), (TEXT, True),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_what_to_write(kind: CellKind, value: str | Decimal | date) -> None:
    with pytest.raises(UsageError) as caught:
        canonical(Value(value), kind)
    assert caught.value.help


@pytest.mark.parametrize(
    ("value", "percent", "message", "instead"),
    [
        ("1.250", False, "không rõ «1.250» là số nào", "viết 1250; số đếm là số nguyên"),
        (
            Decimal("1.25"),
            False,
            "«1,25» không phải số nguyên",
            "có phải 1.250? nếu phải thì gõ 1250; số đếm là số nguyên",
        ),
        ("75%", False, "«75%» là tỷ lệ, cần một số đếm", "ghi một số nguyên"),
        (Decimal("0.75"), True, "«75%» là tỷ lệ, cần một số đếm", "ghi một số nguyên"),
        ("100 %", False, "«100%» là tỷ lệ, cần một số đếm", "ghi một số nguyên"),
    ],
)
@pytest.mark.parametrize("kind", [COUNT, FIGURES["count"]])
def test_a_count_is_told_of_as_it_was_typed(
    value: str | Decimal, percent: bool, message: str, instead: str, kind: CellKind
) -> None:
    with pytest.raises(UsageError) as caught:
        canonical(Value(value, percent=percent), kind)
    assert (caught.value.message, caught.value.help) == (message, instead)


def test_an_error_of_the_spreadsheet_is_no_value() -> None:
    with pytest.raises(UsageError, match="#REF"):
        canonical(Value("#REF!", error=True), NUMBER)


@given(st.decimals(min_value=0, max_value=10**12, places=3))
def test_figures_come_back_as_they_went_out(value: Decimal) -> None:
    told = f"{value.normalize():f}"
    assert canonical(Value(told.replace(".", ",") if len(told.partition(".")[2]) != 3 else value), NUMBER) == told
    assert value_of(told, NUMBER) == value


@given(st.dates(min_value=date(2001, 1, 1), max_value=date(2099, 12, 31)))
def test_days_come_back_as_they_went_out(value: date) -> None:
    for typed in (value, f"{value.day}/{value.month}/{value.year}", value.isoformat()):
        assert value_of(canonical(Value(typed), DAY), DAY) == value


@pytest.mark.parametrize(
    ("value", "told", "held"),
    [
        (" Trước ngày 18  hằng tháng", "Trước ngày 18 hằng tháng", "Trước ngày 18 hằng tháng"),
        ("15/3", "15/3", "15/3"),
        ("1234 ngày kể từ khi ký", "1234 ngày kể từ khi ký", "1234 ngày kể từ khi ký"),
        ("30/6/2023", "2023-06-30", date(2023, 6, 30)),
    ],
)
def test_a_time_in_words_comes_back_as_typed(value: str, told: str, held: object) -> None:
    assert canonical(Value(value), DUE) == told
    assert value_of(told, DUE) == held
    assert squeeze(value) in shown_cell(told, DUE)


@pytest.mark.parametrize(("held", "shown"), [("1250000", "1.250.000"), ("8.50", "8,50"), ("-3", "-3"), ("x", "x")])
def test_a_figure_is_shown_as_people_write_it(held: str, shown: str) -> None:
    assert shown_cell(held, NUMBER) == shown
