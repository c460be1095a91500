"""Vietnamese text: cleaning, sorting, nearest names, dates, figures, old encodings, marks of secrecy."""

from __future__ import annotations

import random
import time
import unicodedata
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli import text

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
words = st.text(LETTERS + LETTERS.upper() + " -0129", max_size=12)

# Each row in the order of a Vietnamese dictionary.
ORDERS = [
    ["a", "à", "ả", "ã", "á", "ạ", "ă", "ằ", "â", "ấ", "b", "c", "d", "đ", "e", "ê"],
    ["ba", "ba ba", "ba tàu", "bà", "bà chủ", "bả", "bã", "bá", "bạ", "bác", "băng", "bâng"],
    ["Bình Long", "Bình Phước", "Bù Đăng", "Bù Đốp", "Bù Gia Mập"],
    ["dân", "dận", "dâng", "đan", "đàn"],
    ["hoa", "hoà", "hoan", "hoàn", "hoãn", "hoang"],
    ["Lê", "lề", "lệ", "lên", "o", "ô", "ơ", "u", "ư"],
    ["nhiệm vụ 2", "nhiệm vụ 9", "nhiệm vụ 10", "nhiệm vụ 100"],
    ["II.1.2", "II.1.10", "II.2.1"],
    ["1", "2", "11", "a"],
]


@pytest.mark.parametrize("row", ORDERS, ids=lambda row: row[0])
def test_words_sort_as_in_a_vietnamese_dictionary(row: list[str]) -> None:
    mixed = random.Random(7).sample(row, len(row))
    assert sorted(mixed, key=text.sort_key) == row


@given(words, words, words)
def test_sorting_is_an_order_that_agrees_with_itself(a: str, b: str, c: str) -> None:
    one, two, three = map(text.sort_key, (a, b, c))
    assert (one < two) + (one == two) + (one > two) == 1
    if one <= two <= three:
        assert one <= three


@given(st.lists(st.text(max_size=8), max_size=8))
def test_any_text_can_be_sorted(values: list[str]) -> None:
    assert all(text.sort_key(a) <= text.sort_key(b) for a, b in pairwise(sorted(values, key=text.sort_key)))


@given(words)
def test_decomposed_letters_sort_as_composed_ones(value: str) -> None:
    assert text.sort_key(unicodedata.normalize("NFD", value)) == text.sort_key(value)


def test_a_number_of_any_length_can_be_sorted() -> None:
    assert text.sort_key("9" * 5000) < text.sort_key("1" + "0" * 5000)
    assert text.sort_key("007") == text.sort_key("7")


@given(st.text())
def test_clean_text_is_clean_already(value: str) -> None:
    once = text.clean(value)
    assert text.clean(once) == once
    assert not text.UNWANTED.search(once)
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("kế\u200bhoạch", "kếhoạch"),
        ("\x1b[31mđỏ\x07", "[31mđỏ"),
        ("a\u202eb\u2066c\ufeff", "abc"),
        ("ti\u1ebfng Vi\u00ea\u0323t", "tiếng Việt"),
        ("\ud800x", "x"),
        ("giữ\tnguyên\n", "giữ\tnguyên\n"),
    ],
)
def test_what_does_not_belong_in_a_document_is_left_out(dirty: str, clean: str) -> None:
    assert text.clean(dirty) == clean


@given(st.text())
def test_squeezed_text_has_single_spaces(value: str) -> None:
    squeezed = text.squeeze(value)
    assert squeezed == squeezed.strip()
    assert squeezed.split(" ") == (value.split() or [""])


@pytest.mark.parametrize(("typed", "plain"), [("SỞ Y TẾ", "so y te"), ("Đắk Đoa", "dak doa"), ("ươ", "uo")])
def test_folding_takes_all_marks_off(typed: str, plain: str) -> None:
    assert text.fold(typed) == plain


short = st.text("abđ", max_size=5)


@given(short, short, short)
def test_distance_is_a_distance(a: str, b: str, c: str) -> None:
    assert (text.distance(a, b, 9) == 0) == (a == b)
    assert text.distance(a, b, 9) == text.distance(b, a, 9)
    assert text.distance(a, c, 99) <= 2 * (text.distance(a, b, 99) + text.distance(b, c, 99))


@given(short, short, st.integers(0, 4))
def test_distance_stops_just_above_its_limit(a: str, b: str, limit: int) -> None:
    assert text.distance(a, b, limit) == min(text.distance(a, b, 99), limit + 1)


UNITS = ["so-noi-vu", "so-y-te", "so-tu-phap", "ban-dan-toc", "dai-ptth-bao", "huyen-bu-dop"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("so-noivu", "so-noi-vu"),
        ("so-nội-vụ", "so-noi-vu"),
        ("SO_Y_TE", "so-y-te"),
        ("so y tế", "so-y-te"),
        ("ban-dna-toc", "ban-dan-toc"),
        ("bu-dop", "huyen-bu-dop"),
    ],
)
def test_a_mistyped_name_finds_the_one_that_was_meant(typed: str, meant: str) -> None:
    assert text.nearest(typed, UNITS) == [meant]


def test_a_name_like_none_finds_none() -> None:
    assert text.nearest("kho-bac-nha-nuoc", UNITS) == []
    assert text.nearest("", UNITS) == []


@given(st.text(max_size=30), st.lists(st.text(max_size=12), max_size=6), st.integers(1, 4))
def test_the_nearest_are_known_names_each_once(typed: str, known: list[str], most: int) -> None:
    near = text.nearest(typed, known, most=most)
    assert len(near) <= most
    assert len(set(near)) == len(near)
    assert set(near) <= set(known)


@given(st.sampled_from(UNITS))
def test_a_known_name_is_nearest_to_itself(name: str) -> None:
    assert text.nearest(name, UNITS) == [name]


@pytest.mark.parametrize(
    ("day", "short_form", "long_form"),
    [
        (date(2023, 5, 10), "10/5/2023", "ngày 10 tháng 5 năm 2023"),
        (date(2023, 2, 5), "05/02/2023", "ngày 05 tháng 02 năm 2023"),
        (date(2023, 1, 12), "12/01/2023", "ngày 12 tháng 01 năm 2023"),
        (date(2023, 12, 31), "31/12/2023", "ngày 31 tháng 12 năm 2023"),
    ],
)
def test_dates_are_written_as_the_decree_does(day: date, short_form: str, long_form: str) -> None:
    assert text.day(day) == short_form
    assert text.long_day(day) == long_form


@pytest.mark.parametrize(
    ("figure", "written"),
    [
        (0, "0"),
        (1234567, "1.234.567"),
        (Decimal("87.50"), "87,50"),
        (Decimal("-1234.5"), "-1.234,5"),
        (Decimal("1E+3"), "1.000"),
    ],
)
def test_figures_are_written_with_points_and_a_comma(figure: Decimal | int, written: str) -> None:
    assert text.number(figure) == written


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("C«ng t¸c d©n vËn chÝnh quyÒn, chñ tr­¬ng cña §¶ng", "TCVN3"),
        ("Coâng taùc daân vaän chính quyeàn, chuû tröông cuûa Ñaûng", "VNI"),
        ("Công tác dân vận chính quyền, chủ trương của Đảng", None),
        ("Các phòng chuyên môn giám sát, thông báo, giao khoán", None),
        ("quân, tuyên, luân, khuân; hoá, toà, loã, xoã, thuê", None),
        ("ascii only", None),
        ("«trích dẫn» ® © 5×3", None),
    ],
)
def test_text_of_old_fonts_is_told_from_unicode(typed: str, kind: str | None) -> None:
    assert text.legacy_encoding(typed) == kind


@given(st.lists(st.text("".join(set(LETTERS)), min_size=1, max_size=1), min_size=1))
def test_marks_alone_are_no_old_font(letters: list[str]) -> None:
    assert text.legacy_encoding(" ".join(letters)) is None


@pytest.mark.parametrize(
    "marked",
    [
        "TỐI MẬT",
        "văn bản TUYỆT  MẬT số 1",
        "TỐI\u00a0MẬT",
        "MẬT",
        "  - MẬT",
        "[MẬT] nội dung",
        "MẬT - nội dung",
        "MẬT: nội dung",
        "# MẬT, không phổ biến",
        "text: MẬT",
        "Độ mật: mật",
        "ĐỘ MẬT: TỐI MẬT",
        'Độ Mật: "Tuyệt mật"',
        "có đóng dấu MẬT ở trang đầu",
        "dấu chỉ độ MẬT",
        "2TỐI MẬT3",
        "TỐI M\u00adẬT",
        "TỐI M\u206aẬT",
        "TUYỆT M\u3164Ậ\U000e0041T",
        "MÂ\u034f\u0323T",
        "TỐI_MẬT",
        "x_TUYỆT__MẬT_y",
        "TỐI-MẬT",
        "TUYỆT\x0bMẬT số 1",
        "Số 1\nMẬT\nvề việc",
    ],
)
def test_marks_of_secrecy_are_seen(marked: str) -> None:
    assert text.secret_mark(marked)


@pytest.mark.parametrize(
    "plain",
    [
        "bảo mật",
        "BẢO MẬT",
        "BÍ MẬT NHÀ NƯỚC",
        "MẬT ONG",
        "BUỔI TỐI - MẬT ONG",
        "MẬT ĐỘ dân số",
        "bí mật, cơ mật",
        "mật mã",
        "AN NINH - MẬT MÃ",
        "",
    ],
)
def test_words_with_mat_are_no_marks(plain: str) -> None:
    assert not text.secret_mark(plain)


def test_a_run_of_marks_takes_no_longer_than_it_is_long() -> None:
    """Put in order at once, half a million of them take hours."""
    began = time.process_time()
    for change in (text.clean, text.fold):
        assert change("ế" + "\u0301\u0323" * 250_000)
    assert time.process_time() - began < 20


@given(st.text("a \u0301\u0323\u0302ếạ\u1100\u1161"))
def test_long_texts_are_normalized_as_short_ones_are(value: str) -> None:
    whole = " ".join([value] * (2000 // (len(value) + 1) + 1))
    assert text.normalized(whole) == unicodedata.normalize("NFC", whole)
    assert text.normalized(whole, "NFD") == unicodedata.normalize("NFD", whole)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Đã quán triệt", "Đã quán triệt."),
        ("Đã quán triệt.", "Đã quán triệt."),
        ("Đạt 100 % kế hoạch;", "Đạt 100% kế hoạch."),
        ("Đã làm (kèm phụ lục)", "Đã làm (kèm phụ lục)."),
        ("Khẩu hiệu “Dân biết, dân bàn!”", "Khẩu hiệu “Dân biết, dân bàn!”"),
        ("Kết quả\n- Tổ chức 2 đợt\n- Đăng ký 12 mô hình", "Kết quả:\n- Tổ chức 2 đợt;\n- Đăng ký 12 mô hình."),
        ("- Một;\n\n- Hai;", "- Một;\n- Hai."),
        ("Đoạn một\nĐoạn hai", "Đoạn một.\nĐoạn hai."),
        ("Không có", "Không có."),
    ],
)
def test_punctuation_of_typed_text_is_completed(typed: str, printed: str) -> None:
    assert text.sentences(typed) == printed
    assert text.sentences(printed) == printed


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "0"), (2, "02"), (14, "14"), (Decimal("0.5"), "0,5"), (Decimal(3), "03")]
)
def test_what_is_counted_has_two_figures(count: Decimal | int, shown: str) -> None:
    assert text.counted(count) == shown
