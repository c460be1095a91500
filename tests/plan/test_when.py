"""Time as plans say it: whole phrases are read to the days they mean, anything else has no day."""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from danvan_cli.plan.when import MOST, when
from danvan_cli.text import day

YEAR = 2026


def last(words: str) -> str | None:
    found = when(words, YEAR).last
    return found.isoformat() if found else None


@pytest.mark.parametrize(
    ("words", "first", "until"),
    [
        ("15/3", "2026-03-15", "2026-03-15"),
        ("Ngày 15 tháng 3", "2026-03-15", "2026-03-15"),
        ("10/5/2023", "2023-05-10", "2023-05-10"),
        ("trước ngày 10/12", None, "2026-12-09"),
        ("Hoàn thành trước ngày 01/3", None, "2026-02-28"),
        ("Trước ngày 31/01 năm liền kề", None, "2027-01-30"),
        ("chậm nhất ngày 31/01 năm sau", "2027-01-31", "2027-01-31"),
        ("chậm nhất là ngày 20/01/2026 và tổ chức thực hiện", "2026-01-20", "2026-01-20"),
        ("trước 16 giờ ngày 10/12", "2026-12-10", "2026-12-10"),
        ("đến hết ngày 30/6", "2026-06-30", "2026-06-30"),
        ("chậm nhất trong tháng 6/2026", "2026-06-01", "2026-06-30"),
        ("Xong trong Quý II/2026", "2026-04-01", "2026-06-30"),
        ("Xong trong tháng 02", "2026-02-01", "2026-02-28"),
        ("trước tháng 6", None, "2026-05-31"),
        ("trước quý III năm 2026", None, "2026-06-30"),
        ("6 tháng đầu năm", "2026-01-01", "2026-06-30"),
        ("Quý 4", "2026-10-01", "2026-12-31"),
        ("Quý I, II", "2026-01-01", "2026-06-30"),
        ("quý I-II/2027", "2027-01-01", "2027-06-30"),
        ("tháng 4 - 5", "2026-04-01", "2026-05-31"),
        ("Quý IV/2025 và Quý I/2026", "2025-10-01", "2026-03-31"),
        ("Từ tháng 12/2025 đến quý I/2026", "2025-12-01", "2026-03-31"),
        ("từ tháng 10 đến hết tháng 12/2027", "2027-10-01", "2027-12-31"),
        ("từ ngày 01 đến ngày 10/5", "2026-05-01", "2026-05-10"),
        ("Trong năm 2026", "2026-01-01", "2026-12-31"),
        ("trong năm", "2026-01-01", "2026-12-31"),
        ("Dự kiến ngày 04/12/2025 (Chậm nhất ngày 11/12/2025)", "2025-12-04", "2025-12-11"),
        ("từ tháng 3", "2026-03-01", None),
    ],
)
def test_what_has_a_last_day(words: str, first: str | None, until: str | None) -> None:
    read = when(words, YEAR)
    assert (read.words, str(read.first or "") or None, last(words), read.every) == (words, first, until, None)
    assert last(words.upper()) == last(unicodedata.normalize("NFD", words)) == until


@pytest.mark.parametrize(
    ("words", "every", "step", "count", "first", "until"),
    [
        ("thường xuyên", "always", 1, 0, None, None),
        ("Thường xuyên trong năm", "always", 1, 0, None, None),
        ("cả năm", "always", 1, 0, None, None),
        ("hằng tháng", "month", 1, 0, None, None),
        ("Hàng quý", "quarter", 1, 0, None, None),
        ("định kỳ 6 tháng một lần", "half", 1, 0, None, None),
        ("Định kỳ 02 tuần một lần (trước 15 giờ thứ Năm)", "week", 2, 0, None, None),
        ("trước ngày 18 hằng tháng", "month", 1, 12, "2026-01-17", "2026-12-17"),
        ("hằng tháng (trước ngày 18)", "month", 1, 12, "2026-01-17", "2026-12-17"),
        ("chậm nhất ngày 31 hằng tháng", "month", 1, 12, "2026-01-31", "2026-12-31"),
        ("Trước ngày 05 của tháng liền kề", "month", 1, 12, "2026-02-04", "2027-01-04"),
        ("trước ngày 15 tháng cuối quý", "quarter", 1, 4, "2026-03-14", "2026-12-14"),
        ("Hằng quý (trước ngày 18 tháng cuối quý)", "quarter", 1, 4, "2026-03-17", "2026-12-17"),
        ("trước ngày 05 tháng đầu quý sau", "quarter", 1, 4, "2026-04-04", "2027-01-04"),
        ("trước ngày 10/12 hằng năm", "year", 1, 1, "2026-12-09", "2026-12-09"),
        ("định kỳ hàng năm (trước ngày 15/12) hoặc đột xuất", "year", 1, 1, "2026-12-14", "2026-12-14"),
    ],
)
def test_what_recurs(
    words: str, every: str, step: int, count: int, first: str | None, until: str | None
) -> None:  # fmt: skip
    read = when(words, YEAR)
    assert (read.every, read.step, len(read.days)) == (every, step, count)
    assert (str(read.days[0]) if read.days else None, last(words)) == (first, until)


@pytest.mark.parametrize(
    "words",
    [
        "khi có yêu cầu", "Đột xuất", "Theo hướng dẫn của Trung ương", "Theo các mốc thời gian tại Quyết định số 1/QĐ",
        "Sau 03 tháng kể từ khi có văn bản mới", "90 ngày kể từ ngày Kế hoạch được ban hành", "trước ngày bầu cử 95 ngày",
        "Trong thời hạn 05 ngày làm việc kể từ khi nhận hồ sơ",
    ],
)  # fmt: skip
def test_what_hangs_on_an_event_has_no_day(words: str) -> None:
    read = when(words, YEAR)
    assert (read.event, read.days, read.every, read.understood) == (True, (), None, True)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Tháng 6 và tháng 12", ["2026-06-30", "2026-12-31"]), ("Quý I; Quý III", ["2026-03-31", "2026-09-30"]),
        ("trước ngày 20/6 và trước ngày 20/12 hằng năm", ["2026-06-19", "2026-12-19"]),
        ("ngày 10 hằng tháng", [f"2026-{n:02d}-10" for n in range(1, 13)]), ("hạn cuối: 30/6/26", ["2026-06-30"]),
        ("giai đoạn 2026 - 2030", ["2030-12-31"]), ("năm 2026 và những năm tiếp theo", []),
        ("trước ngày 18 hằng quý", []), ("6 tháng, năm", []), ("hằng quý, 6 tháng và năm", []),
    ],
)  # fmt: skip
def test_several_days_are_several_and_no_stretch(words: str, days: list[str]) -> None:
    read = when(words, YEAR)
    assert ([one.isoformat() for one in read.days], read.understood) == (days, True)


@pytest.mark.parametrize(
    "words",
    [
        "30/2", "ngày 31/4/2026", "tháng 13", "quý V", "cuối năm", "sau ngày 10/5", "10/5/99", "Quý I, III/2026",
        "trước ngày 15/6 và 15/12",
        "tháng 5 đến tháng 3", "trước ngày 20/6 và ngày 20/12", "quý II hoặc quý III", "Sở Nội vụ", "hội nghị 15/3", "",
        "hằng tháng (trước ngày 10/12)", "15/3/9999", "x" * 10_000, "Theo dõi", "từ ngày 31 đến ngày 10/5",
    ],
)  # fmt: skip
def test_what_is_not_understood_keeps_its_words_and_has_no_day(words: str) -> None:
    read = when(words, YEAR)
    assert (read.words, read.understood, read.days) == (words, False, ())


def test_before_counts_its_day_where_the_settings_say_so() -> None:
    assert when("trước ngày 10/12", YEAR, includes=True).last == date(2026, 12, 10)
    assert when("trước ngày 18 hằng tháng", YEAR, includes=True).days[0] == date(2026, 1, 18)
    assert when("chậm nhất ngày 10/12", YEAR, includes=True).last == date(2026, 12, 10)
    assert when("trước tháng 6", YEAR, includes=True).last == date(2026, 5, 31)


DAYS = st.dates(date(2020, 1, 1), date(2099, 12, 31))
BY = st.sampled_from(
    ["", "chậm nhất ", "chậm nhất là ", "đến ", "đến hết ", "hoàn thành ", "xong trong ", "muộn nhất vào "]
)
FORMS = st.sampled_from(
    [day, lambda d: f"{d.day}/{d.month}/{d.year}", lambda d: f"{d.day:02d}/{d.month:02d}", lambda d: f"{d:%Y-%m-%d}",
     lambda d: f"ngày {d.day} tháng {d.month} năm {d.year}", lambda d: f"{d.day}.{d.month}.{d.year}"]
)  # fmt: skip


@given(DAYS, BY, FORMS)
def test_a_day_comes_back_from_any_way_to_write_it(one: date, lead: str, form: object) -> None:
    written = form(one)  # type: ignore[operator]
    written = written if written.startswith("ngày") else f"ngày {written}"
    assert when(lead + written, one.year).last == one
    assert when(f"trước {written}", one.year).last == one - timedelta(days=1)
    if str(one.year) not in written:
        assert when(f"{written} năm sau", one.year - 1).last == one
        yearly = when(f"{lead}{written} hằng năm", one.year)
        assert (yearly.every, yearly.days) == ("year", (one,))


@given(st.integers(2020, 2099), st.integers(1, 12), st.integers(1, 12), BY)
def test_months_and_quarters_end_with_their_last_day(year: int, one: int, other: int, lead: str) -> None:
    until = date(year, other, monthrange(year, other)[1])
    assert when(f"{lead}tháng {other}/{year}", YEAR).last == until
    assert when(f"{lead}tháng {other}", year).last == until
    spans = [f"từ tháng {one} đến tháng {other}/{year}", f"tháng {one:02d}-{other:02d}/{year}"]
    assert {when(words, YEAR).last for words in spans} == {until if one <= other else None}
    quarter = (other + 2) // 3
    ended = date(year, quarter * 3, monthrange(year, quarter * 3)[1])
    roman = ["I", "II", "III", "IV"][quarter - 1]
    assert when(f"{lead}quý {roman}/{year}", YEAR).last == when(f"{lead}quý {quarter}", year).last == ended


@given(st.integers(1, 31), st.integers(2020, 2098))
def test_a_day_of_every_month(number: int, year: int) -> None:
    days = when(f"chậm nhất ngày {number:02d} hằng tháng", year).days
    assert [one.month for one in days] == list(range(1, 13))
    assert all(one.day == min(number, monthrange(year, one.month)[1]) for one in days)
    before = [one - timedelta(days=one.day == number) for one in days]  # all of February lies before its 31st
    assert when(f"trước ngày {number} hằng tháng", year).days == tuple(before)
    assert when(f"ngày {number} tháng liền kề".replace("ngày", "đến ngày"), year).days[-1].year == year + 1


OTHER = st.text(st.sampled_from("bcdghlxăâêôơ ,;:?"), min_size=3)
"""Nothing of it is a word of the grammar."""


@given(OTHER, st.sampled_from(["15/3", "trước ngày 10/12", "quý II/2026", "hằng tháng", "trước ngày 18 hằng tháng"]))
@example("bcd ", "15/3")
def test_text_that_is_not_time_is_given_no_last_day(noise: str, phrase: str) -> None:
    assume(any(letter.isalpha() for letter in noise))
    assert not when(noise, YEAR).understood
    assert when(f"{noise} {phrase}", YEAR).last is None
    assert when(f"{phrase} {noise}", YEAR).last is None


@given(st.text())
def test_any_text_is_read_without_failing(words: str) -> None:
    read = when(words, YEAR)
    assert all(one.year for one in read.days)
    assert when(read.words, YEAR) == read, "reading what was kept gives the same"


@pytest.mark.parametrize(
    "piece", ["hằng năm ", "hoặc đột xuất ", "từ ", "đến ", "(", "1", "15/3 - ", "trước ngày ", "thường xuyên và "]
)
def test_reading_is_quick_whatever_is_written(piece: str) -> None:
    for size in (MOST, 100 * MOST):
        began = perf_counter()
        for _ in range(5):
            when((piece * size)[:size], YEAR)
        assert perf_counter() - began < 0.5
