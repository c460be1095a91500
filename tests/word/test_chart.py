"""Charts: native, editable, right in their figures; and only where a chart can stand."""

from __future__ import annotations

import io
import re
import subprocess
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli import text
from danvan_cli.ooxml.parts import read_parts
from danvan_cli.word import chart, package
from danvan_cli.word.blank import Blank
from danvan_cli.word.template import compile_template
from office import converted
from templates_made import render, word, wrong
from tools_needed import require
from validators import audit, sdk
from word_files import rezipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


SOURCE = 'Trước.\n\n{{ xs | chart("Điểm theo nội dung") }}\n\nSau.'
ROWS = [
    {"label": 'Quán triệt & "đổi mới" <công tác>', "value": Decimal("11.75"), "most": 15},
    {"label": "Chưa chấm", "value": None, "most": 10},
    {"label": "Không điểm", "value": 0, "most": Decimal("1234.5")},
]
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def series(data: bytes, number: int = 1) -> list[tuple[str, dict[int, str], dict[int, str]]]:
    """Read from a document's chart each series: its name, its labels and its figures by their places."""
    root = parse_xml(read_parts(data)[f"word/charts/chart{number}.xml"])

    def points(series: Any, path: str) -> dict[int, str]:
        found = series.findall(f"{path}/{C}pt")
        return {int(point.get("idx", "")): point.findtext(f"{C}v") or "" for point in found}

    return [
        (
            points(one, f"{C}tx/{C}strRef/{C}strCache")[0],
            points(one, f"{C}cat/{C}strRef/{C}strCache"),
            points(one, f"{C}val/{C}numRef/{C}numCache"),
        )
        for one in root.iter(f"{C}ser")
    ]


def test_a_chart_shows_each_label_with_both_figures_and_a_blank_is_not_zero() -> None:
    labels = dict(enumerate(row["label"] for row in ROWS))
    assert series(render(SOURCE, {"xs": ROWS}).data) == [
        ("Điểm tự chấm", labels, {0: "11.75", 2: "0"}),
        ("Điểm tối đa", labels, {0: "15", 1: "10", 2: "1234.5"}),
    ]


def test_series_take_the_names_that_the_template_gives() -> None:
    data = render('{{ xs | chart("A", "Kỳ này", "Kỳ trước") }}', {"xs": ROWS}).data
    assert [name for name, *_more in series(data)] == ["Kỳ này", "Kỳ trước"]


@given(st.text(min_size=1))
def test_any_label_comes_out_as_text(label: str) -> None:
    template = compile_template("mau", lambda _name: (SOURCE, "mau"))
    data = template.render({"xs": [{"label": f"A {label}", "value": 1, "most": 2}]}).data
    assert series(data)[0][1] == {0: text.squeeze(text.clean(f"A {label}"))}
    docx.Document(io.BytesIO(data))


STACKS = [{"label": "Tuyên truyền", "values": [3, 1, 0]}, {"label": "Cải cách", "values": [Decimal(2), None, 6]}]


def test_parts_of_a_whole_are_stacked_in_the_order_of_their_names() -> None:
    data = render('{{ xs | chart("Tiến độ", "Xong", "Đang làm", "Chưa làm") }}', {"xs": STACKS}).data
    assert [(name, figures) for name, _labels, figures in series(data)] == [
        ("Xong", {0: "3", 1: "2"}), ("Đang làm", {0: "1"}), ("Chưa làm", {0: "0", 1: "6"}),
    ]  # fmt: skip
    root = parse_xml(read_parts(data)["word/charts/chart1.xml"])
    (grouping,), (overlap,) = root.iter(f"{C}grouping"), root.iter(f"{C}overlap")
    assert (grouping.get("val"), overlap.get("val")) == ("stacked", "100")
    fills = [one.find(f".//{A}solidFill/{A}srgbClr").get("val") for one in root.iter(f"{C}ser")]
    assert len(set(fills)) == 3


def test_a_chart_in_an_annex_on_its_side_is_not_higher_than_its_page() -> None:
    source = "{% for x in one %}\n# Phụ lục SIDE\n\n## TÊN\n\n{{ xs | chart('A') }}\n{% endfor %}"
    data = {"one": [1], "xs": ROWS * 13}
    heights = [
        round(int(word(source.replace("SIDE", side), data).element.body.xpath("//wp:extent/@cy")[0]) / 36_000)
        for side in ("", "{.landscape}")
    ]
    assert heights[1] < 210 - 30 - 15 - 20 < heights[0] < 297 - 40


def test_the_figures_are_said_in_words_for_who_does_not_see_the_chart() -> None:
    (found,) = word(SOURCE, {"xs": ROWS}).element.body.xpath("//wp:docPr/@descr")
    assert found == (
        'Điểm theo nội dung. Quán triệt & "đổi mới" <công tác>: điểm tự chấm 11,75, điểm tối đa 15; '
        "Chưa chấm: điểm tự chấm chưa có, điểm tối đa 10; Không điểm: điểm tự chấm 0, điểm tối đa 1.234,5."
    )


def test_stacked_figures_are_said_in_words_too() -> None:
    document = word('{{ xs | chart("Tiến độ", "Xong", "Đang làm", "Chưa làm") }}', {"xs": STACKS})
    assert document.element.body.xpath("//wp:docPr/@descr") == [
        "Tiến độ. Tuyên truyền: xong 3, đang làm 1, chưa làm 0; Cải cách: xong 2, đang làm chưa có, chưa làm 6."
    ]


@pytest.mark.office
def test_a_chart_can_be_edited_word_finds_its_figures_in_a_workbook(tmp_path: Path) -> None:
    book = read_parts(render(SOURCE, {"xs": ROWS}).data)["word/embeddings/chart1.xlsx"]
    parts = read_parts(book)
    words = [node.text for node in parse_xml(parts["xl/sharedStrings.xml"]).iter(f"{S}t")]
    rows = [
        {
            cell.get("r"): words[int(cell.findtext(f"{S}v") or "")] if cell.get("t") == "s" else cell.findtext(f"{S}v")
            for cell in row
        }
        for row in parse_xml(parts["xl/worksheets/sheet1.xml"]).iter(f"{S}row")
    ]
    assert rows == [
        {"B1": "Điểm tự chấm", "C1": "Điểm tối đa"},
        {"A2": ROWS[0]["label"], "B2": "11.75", "C2": "15"},
        {"A3": "Chưa chấm", "C3": "10"},
        {"A4": "Không điểm", "B4": "0", "C4": "1234.5"},
    ]
    path = tmp_path / "a.xlsx"
    path.write_bytes(book)
    assert audit(path) == []
    assert sdk(path) == []


@pytest.mark.office
@pytest.mark.parametrize("validate", [audit, sdk])
def test_documents_with_charts_are_valid_word(validate: Callable[[Path], list[str]], tmp_path: Path) -> None:
    below = [{"label": "Âm", "value": Decimal("-0.5"), "most": 2}, {"label": "Trống", "value": None, "most": None}]
    path = tmp_path / "a.docx"
    source = f'{SOURCE}\n\n{{{{ ys | chart("Hai") }}}}\n\n{{{{ zs | chart("Ba", "a", "b", "c") }}}}'
    path.write_bytes(render(source, {"xs": ROWS, "ys": below, "zs": STACKS}).data)
    assert validate(path) == []
    for number in (1, 2, 3):
        book = path.with_suffix(f".{number}.xlsx")
        book.write_bytes(read_parts(path.read_bytes())[f"word/embeddings/chart{number}.xlsx"])
        assert validate(book) == []


def test_two_charts_do_not_share_figures() -> None:
    data = render("{% for xs in all %}\n" + SOURCE + "\n{% endfor %}", {"all": [ROWS[:1], ROWS[1:]]}).data
    assert [series(data, number)[1][2] for number in (1, 2)] == [{0: "15"}, {0: "10", 1: "1234.5"}]


def test_only_documents_with_charts_carry_their_parts() -> None:
    parts = read_parts(render("Không có.").data)
    assert not [name for name in parts if "chart" in name]
    assert b"xlsx" not in parts["[Content_Types].xml"]


def test_the_same_chart_gives_the_same_bytes_and_an_edited_one_is_noticed() -> None:
    data = render(SOURCE, {"xs": ROWS}).data
    assert data == render(SOURCE, {"xs": ROWS}).data
    assert package.is_untouched(data)
    assert not package.is_untouched(rezipped(data, word_charts_chart1_xml=b"<x/>"))
    assert not package.is_untouched(rezipped(data, word_embeddings_chart1_xlsx=b"x"))


@pytest.mark.office
def test_a_chart_has_decimal_commas_and_whole_labels_on_paper(tmp_path: Path) -> None:
    label = "Công tác phối hợp, tạo điều kiện để Mặt trận Tổ quốc và Nhân dân tham gia giám sát, góp ý, phản biện"
    path = tmp_path / "a.docx"
    path.write_bytes(render(SOURCE, {"xs": [*ROWS, {"label": label, "value": Decimal("2.5"), "most": 3}]}).data)
    (printed,) = converted([path], "pdf", tmp_path)
    command = [require("pdftotext"), "-bbox", str(printed), "-"]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    found = re.findall(r'<word xMin="([\d.]+)" [^>]*xMax="([\d.]+)"[^>]*>(.*?)</', done.stdout)
    words = [word for _left, _right, word in found]
    assert {"11,75", "0,00", "2,50", "1.234,50"} <= set(words)
    assert [word for word in label.split() if word not in words] == []
    margins = 30 / 25.4 * 72, 595.3 - 15 / 25.4 * 72
    assert all(margins[0] - 1 <= float(left) and float(right) <= margins[1] + 1 for left, right, _word in found)


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ('Xem {{ xs | chart("A") }}', 1, 13),
        ('một\n\n# {{ xs | chart("A") }}', 3, 11),
        ('- {{ xs | chart("A") }}', 1, 11),
        ('**{{ xs | chart("A") }}**', 1, 11),
        ('| A |\n|---|\n| {{ xs | chart("A") }} |', 3, 11),
        ('{{ xs | chart("A") | upper }}', 1, 9),
        ('{{ xs | chart("A") ~ "x" }}', 1, 9),
        ('{% if xs | chart("A") %}\nx\n{% endif %}', 1, 12),
        ('---\ntype: "{{ xs | chart(1) }}"\n---\n', 2, 16),
    ],
)  # fmt: skip
def test_a_chart_anywhere_but_alone_in_a_paragraph_is_a_mistake_at_its_place(
    source: str, line: int, column: int
) -> None:
    found = [one for one in wrong(source, {"xs": ROWS}) if "biểu đồ" in one.message]
    assert [(one.rule, one.spot.line, one.spot.column) for one in found] == [("DV804", line, column)]


@pytest.mark.parametrize(
    "xs",
    [
        [], [1], "chữ", [{"label": "A", "value": 1}], [{"label": "A", "value": "x", "most": 1}],
        [{"label": "A", "value": True, "most": 1}], [{"label": "A", "value": Decimal("NaN"), "most": 1}],
        [{"label": ["A"], "value": 1, "most": 1}], [ROWS[0]] * (chart.MAX_BARS + 1),
        STACKS, [*ROWS, *STACKS], [{"label": "A", "values": 1}],
    ],
)  # fmt: skip
def test_a_value_that_makes_no_chart_is_told_with_its_place(xs: object) -> None:
    (found,) = wrong(SOURCE, {"xs": xs})
    assert (found.rule, found.spot.line) == ("DV803", 3)


def test_a_misspelt_list_is_told_with_the_nearest_name() -> None:
    (found,) = wrong('{{ areaz | chart("A") }}', {"areas": ROWS})
    assert (found.rule, found.help) == ("DV803", "có phải «areas»?")


def test_a_blank_value_has_no_bar() -> None:
    data = render(SOURCE, {"xs": [{"label": "A", "value": Blank("điểm"), "most": 1}]}).data
    assert series(data)[0][2] == {}


def test_no_document_has_charts_without_end() -> None:
    many = list(range(chart.MAX_CHARTS + 1))
    (found,) = wrong("{% for one in many %}\n" + SOURCE + "\n{% endfor %}", {"many": many, "xs": ROWS})
    assert (found.rule, found.spot.line) == ("DV803", 4)
