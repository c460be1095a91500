"""Citations: documents named in running text, as the field writes them."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.plan.citations import CITED_TYPES, Names, cited, code
from danvan_cli.plan.model import Document


@pytest.mark.parametrize(
    ("text", "symbol", "kind", "when"),
    [
        ("Kế hoạch số 27-KH/BDVTU-BCSD ngày 12/01/2023", "27-KH/BDVTU-BCSD", "Kế hoạch", date(2023, 1, 12)),
        ("theo Nghị định số 20/2021/NĐ-CP ngày 15/3/2021", "20/2021/NĐ-CP", "Nghị định", date(2021, 3, 15)),
        ("Luật số 10/2022/QH15 ngày 10 tháng 11 năm 2022", "10/2022/QH15", None, date(2022, 11, 10)),
        ("Quyết định số: 2685/QĐ-UBND, ngày 18.10.2021", "2685/QĐ-UBND", "Quyết định", date(2021, 10, 18)),
        ("Chương trình phối hợp số 06-CTr/BDVTU-BCSD", "06-CTr/BDVTU-BCSD", "Chương trình phối hợp", None),
        ("Quy định số 11-QĐ/TW", "11-QĐ/TW", "Quy định", None),
        ("Công văn số 1/UBND-NC", "1/UBND-NC", "Công văn", None),
        ("(76/NQ-CP)", "76/NQ-CP", None, None),
        ("Kế hoạch\nsố 1/KH-UBND\nngày 01/02/2023", "1/KH-UBND", "Kế hoạch", date(2023, 2, 1)),
        ("ĐỀ ÁN 06/ĐA-UBND", "06/ĐA-UBND", None, None),
    ],
)
def test_a_citation_is_read_with_type_symbol_and_date(
    text: str, symbol: str, kind: str | None, when: date | None
) -> None:
    [found] = cited(text)
    assert (found.symbol, found.type, found.when) == (symbol, kind, when)
    assert text[found.start :].startswith(symbol)
    assert found.dated == (when is not None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "giai đoạn 2021 - 2025",
        "ngày 15/7/2021",
        "24/7",
        "tỷ lệ 3/4",
        "12/BC",
        "A4/B5-C",
        "2305/2460 người",
        "km/h",
        "1/a-b",
    ],
)
def test_what_is_no_symbol_is_no_citation(text: str) -> None:
    assert list(cited(text)) == []


def test_a_date_that_does_not_exist_is_seen_but_not_read() -> None:
    [found] = cited("Kế hoạch số 27-KH/TU ngày 30/02/2023")
    assert (found.dated, found.when) == (True, None)


def test_a_date_of_another_sentence_is_not_the_citations() -> None:
    [found] = cited("Kế hoạch số 27-KH/TU; ngày 30/3/2023 họp")
    assert not found.dated


def test_two_citations_keep_their_own_types() -> None:
    found = list(cited("Chỉ thị số 10/CT-TTg ngày 22/4/2019, Quy chế số 06-QC/TU, 76/NQ-CP"))
    assert [(one.symbol, one.type) for one in found] == [
        ("10/CT-TTg", "Chỉ thị"),
        ("06-QC/TU", "Quy chế"),
        ("76/NQ-CP", None),
    ]


@given(st.text("Kế hoạch số ngày ACĐ/-&0123456789.,\n", max_size=120))
def test_a_citation_stands_where_it_says(text: str) -> None:
    for found in cited(text):
        assert text[found.start :].startswith(found.symbol)


@pytest.mark.parametrize("piece", ["Aa ", "A", "a", "1/A-", "1/A", "1-A/", "Kế hoạch ", " ", "1/2023/", "Kế hoạch số "])
def test_no_text_takes_long(piece: str) -> None:
    start = time.process_time()
    list(cited("/" + piece * 100_000))
    list(cited(piece * 100_000 + "1/KH-UBND"))
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("symbol", "letters"),
    [
        ("27-KH/BDVTU", "KH"),
        ("20/2021/NĐ-CP", "NĐ"),
        ("06-CTr/TU", "CTr"),
        ("1/UBND-NC", None),
        ("10/2022/QH15", None),
        ("", None),
    ],
)
def test_the_code_of_a_type_is_read_from_a_symbol(symbol: str, letters: str | None) -> None:
    assert code(symbol) == letters
    assert letters is None or letters in CITED_TYPES


def test_documents_without_a_symbol_are_found_by_their_names() -> None:
    names = Names(
        [
            Document(id="luat-tcd", type="Luật", title="Luật Tiếp công dân"),
            Document(id="luat-tc", type="Luật", title="Tố cáo"),
            Document(id="kh", type="Kế hoạch", symbol="1/KH-UBND", title="Luật gì đó"),
        ]
    )
    assert list(names.cited("Luật Tiếp công dân, Luật Khiếu nại, Luật Tố cáo")) == ["luat-tcd", "luat-tc"]
    assert list(names.cited("Luật Tố\u00a0cáo, Luật\nKhiếu nại")) == list(names.cited("Luật Tố cáo, Luật Khiếu nại"))
    assert list(Names([]).cited("Luật Tố cáo")) == []
