"""Templates: what they make of Markdown, data and mistakes."""

from __future__ import annotations

import io
import string
from datetime import date
from decimal import Decimal
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli import text
from danvan_cli.word import compiled as compiler
from danvan_cli.word.blank import Blank
from danvan_cli.word.compiled import MAX_STEPS, TemplateError
from danvan_cli.word.template import compile_template
from templates_made import render, texts, word, wrong

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
AWKWARD = ["&", "<b>", "</w:t>", "]]>", "{{ x }}", "{% if %}", "{# #}", "*", "**", "|", "#", "_", "\\", '"', "'", "`",
           "&amp;", "[…", "…]", "<!--", "\U000f0000"]  # fmt: skip


def plain(**data: object) -> Any:
    """Load nothing but one template that shows `x` inside a paragraph and a cell."""
    source = "Trước {{ x }} sau.\n\n| Cột |\n|---|\n| **{{ x }}** |\n"
    template = compile_template("mau", lambda _name: (source, "mau.md.j2"))
    return docx.Document(io.BytesIO(template.render(data).data))


@given(st.text(st.sampled_from(VIETNAMESE + VIETNAMESE.upper() + string.punctuation + string.digits + " ")))
def test_every_letter_and_sign_in_data_comes_out_as_typed(value: str) -> None:
    document = plain(x=value)
    assert document.paragraphs[0].text == f"Trước {value} sau."
    assert document.tables[0].rows[1].cells[0].text == value


@pytest.mark.parametrize("value", AWKWARD)
def test_markup_in_data_stays_text(value: str) -> None:
    assert texts("{{ x }}\n\n**{{ x }}**\n\n# {{ x }}", {"x": value}) == [
        ("NoiDung", value), ("NoiDung", value), ("Heading1", value),
    ]  # fmt: skip


@given(st.text())
def test_no_data_breaks_the_document(value: str) -> None:
    shown = plain(x=value).paragraphs[0].text
    assert shown == f"Trước {text.clean(value).strip(chr(10))} sau."


def test_line_breaks_and_tabs_in_data_come_out() -> None:
    assert texts("Kết quả: {{ x }}.", {"x": "một\r\nhai\tba"}) == [("NoiDung", "Kết quả: một\nhai\tba.")]


def test_lines_joined_with_a_blank_among_them_stay_lines() -> None:
    parts = ["một", Blank("hai"), "ba"]
    assert texts("Có: {{ x | join('\\n') }}", {"x": parts}) == [("NoiDung", "Có: một\n[… hai …]\nba")]


def test_decomposed_letters_are_composed() -> None:
    assert texts("Chữ {{ x }}", {"x": "e\u0302\u0301"}) == [("NoiDung", "Chữ ế")]


# Styles ------------------------------------------------------------------------------------------------------------


def test_labels_pick_styles_and_stay_as_typed() -> None:
    source = (
        "Căn cứ Luật A;\nCăn cứ Luật B.\n\nCăn cứ nội dung trên, đề nghị thực hiện.\n\nI. MỤC ĐÍCH\n1. Khoản\n"
        "a) Điểm\nđ) Điểm\n- Gạch\n+ Cộng\nThân bài\nnối dòng"
    )
    assert texts(source) == [
        ("CanCu", "Căn cứ Luật A;"),
        ("CanCu", "Căn cứ Luật B."),
        ("NoiDung", "Căn cứ nội dung trên, đề nghị thực hiện."),
        ("Heading1", "I. MỤC ĐÍCH"),
        ("Khoan", "1. Khoản"),
        ("Diem", "a) Điểm"),
        ("Diem", "đ) Điểm"),
        ("GachDauDong", "- Gạch"),
        ("DauCong", "+ Cộng Thân bài nối dòng"),
    ]


def test_headings_use_words_own_styles_and_annexes_theirs() -> None:
    source = "# I. MỘT\n\n## 1. Hai\n\n### a) Ba\n\n# Phụ lục I\n\n# Tên phụ lục\n\n# II. BỐN"
    assert [style for style, _text in texts(source)] == [
        "Heading1", "Heading2", "Heading3", "PhuLuc", "TenPhuLuc", "Heading1",
    ]  # fmt: skip


def test_a_value_alone_becomes_a_paragraph_per_line_but_never_a_heading() -> None:
    value = "Mở đầu\n\n- gạch;\n+ cộng\na) điểm\n1. khoản\nI. KHÔNG PHẢI ĐỀ MỤC\n# cũng không"
    assert texts("{{ x }}", {"x": value}) == [
        ("NoiDung", "Mở đầu"), ("GachDauDong", "- gạch;"), ("DauCong", "+ cộng"), ("Diem", "a) điểm"),
        ("Khoan", "1. khoản"), ("NoiDung", "I. KHÔNG PHẢI ĐỀ MỤC"), ("NoiDung", "# cũng không"),
    ]  # fmt: skip


def test_a_label_may_be_counted_by_a_tag() -> None:
    source = "{% for x in xs %}\n{{ loop.index | roman }}. {{ x }}\n{{ loop.index }}. {{ x }}\n{% endfor %}"
    assert texts(source, {"xs": ["A", "B"]}) == [
        ("Heading1", "I. A"), ("Khoan", "1. A"), ("Heading1", "II. B"), ("Khoan", "2. B"),
    ]  # fmt: skip


def test_emphasis_makes_bold_and_italic_runs_across_tags() -> None:
    (paragraph,) = word("**đậm {{ x }}** *nghiêng* ***cả {{ x }}*** thường \\*", {"x": "X"}).paragraphs
    assert [(run.text, bool(run.bold), bool(run.italic)) for run in paragraph.runs] == [
        ("đậm ", True, False), ("X", True, False), (" ", False, False), ("nghiêng", False, True), (" ", False, False),
        ("cả ", True, True), ("X", True, True), (" thường *", False, False),
    ]  # fmt: skip


def test_a_backslash_at_a_lines_end_breaks_the_line() -> None:
    assert texts("một\\\nhai {{ x }}\\\nba", {"x": 1}) == [("NoiDung", "một\nhai 1\nba")]


def test_braces_in_a_templates_own_text() -> None:
    assert texts("{% raw %}{{ x }} {% if %}{% endraw %}") == [("NoiDung", "{{ x }} {% if %}")]


def test_comments_leave_no_trace() -> None:
    assert texts("một\n{# ghi chú\nhai dòng #}\nhai{# ba #}") == [("NoiDung", "một hai")]


# Tables ------------------------------------------------------------------------------------------------------------

TABLE = """| TT | Nội dung | Điểm |
|:-:|--------|--:|
{% for row in rows %}
| {{ loop.index }} | {{ row.text }}{% if row.new %} (mới){% endif %} | {{ row.points | number }} |
{% if row.note %}
| | *{{ row.note }}* | |
{% endif %}
{% endfor %}
| | Cộng | |
Sau bảng."""

ROWS = [
    {"text": "A | B", "new": True, "points": Decimal("1234.50"), "note": None},
    {"text": "C", "new": False, "points": 2, "note": "ghi chú"},
]


def test_control_lines_inside_a_table_repeat_rows() -> None:
    document = word(TABLE, {"rows": ROWS})
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["TT", "Nội dung", "Điểm"], ["1", "A | B (mới)", "1.234,50"], ["2", "C", "2"], ["", "ghi chú", ""],
        ["", "Cộng", ""],
    ]  # fmt: skip
    assert document.paragraphs[-1].text == "Sau bảng."


def test_a_table_fills_the_page_as_its_dashes_say_and_repeats_its_head() -> None:
    table = word(TABLE, {"rows": ROWS}).tables[0]
    widths = [int(column.get(f"{{{table._tbl.nsmap['w']}}}w")) for column in table._tbl.tblGrid]
    assert sum(widths) == 9354  # 165 mm
    assert widths[1] == pytest.approx(9354 * 8 / 11, abs=1)
    head, *body = table.rows
    assert head._tr.xpath("./w:trPr/w:tblHeader")
    assert not any(row._tr.xpath("./w:trPr/w:tblHeader") for row in body)
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
    styles = [cell.paragraphs[0].style.style_id for row in (head, body[0]) for cell in row.cells]
    assert styles == ["DauBang", "DauBang", "DauBang", "OBangGiua", "OBang", "OBangPhai"]


def test_a_control_line_around_a_table_repeats_the_table() -> None:
    source = "{% for t in tables %}\n| {{ t }} |\n|---|\n| x |\n{% endfor %}\nHết."
    assert len(word(source, {"tables": ["A", "B", "C"]}).tables) == 3


# Tags --------------------------------------------------------------------------------------------------------------


def test_choices_and_loops_inside_a_paragraph() -> None:
    source = "Có{% for x in xs if x %} {{ x }}{% if not loop.last %},{% endif %}{% else %} không{% endfor %}."
    assert texts(source, {"xs": ["a", "b", ""]}) == [("NoiDung", "Có a, b.")]
    assert texts(source, {"xs": []}) == [("NoiDung", "Có không.")]


def test_included_parts_stand_in_their_place() -> None:
    source = '{% for x in xs %}\n{% include "phan" %}\n{% endfor %}\nHết.'
    assert texts(source, {"xs": [1, 2]}, phan="- mục {{ x }};") == [
        ("GachDauDong", "- mục 1;"), ("GachDauDong", "- mục 2;"), ("NoiDung", "Hết."),
    ]  # fmt: skip


def test_a_key_is_never_a_method() -> None:
    assert texts("Số: {{ area.items }}.", {"area": {"items": 3}}) == [("NoiDung", "Số: 3.")]


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("'sở' | capital", "Sở"), ("'Đơn' | uncapital", "đơn"), ("'sở' | upper", "SỞ"), ("'SỞ' | lower", "sở"),
        ("day | day", "10/5/2023"), ("iso | long_day", "ngày 05 tháng 02 năm 2023"), ("12.5 | number", "12,5"),
        ("1234 | number", "1.234"), ("xs | join(', ')", "a, b"), ("xs | length", "2"), ("xs | first", "a"),
        ("xs | last", "b"), ("19 | roman", "XIX"), ("'a' ~ 1 ~ xs[1]", "a1b"), ("xs[-2]", "a"), ("none | default('-')", "-"),
        ("khong_co | default('-')", "-"), ("day", "10/5/2023"), ("2023", "2023"), ("true", "có"),
        ("'x' if 'a' in xs and not xs is none else 'y'", "x"),
    ],
)  # fmt: skip
def test_what_an_expression_shows(expression: str, shown: str) -> None:
    data = {"day": date(2023, 5, 10), "iso": "2023-02-05", "xs": ["a", "b"]}
    assert texts(f"= {{{{ {expression} }}}}.", data) == [("NoiDung", f"= {shown}.")]


# Blanks ------------------------------------------------------------------------------------------------------------


def test_blanks_are_visible_counted_and_survive_filters() -> None:
    source = (
        "Kết quả: {{ a | blank('kết quả & <số>') }}; {{ none | blank('khó khăn') | upper }}; {{ 'x ' ~ b }}; {{ c }}.\n\n"
        "{{ d | blank('đề xuất') }}\n\n{{ [b, 'y'] | join(', ') }}; {{ 0 | blank('số') }}"
    )
    data = {"a": "", "b": Blank("họ tên"), "c": None, "d": []}
    done = render(source, data)
    assert done.blanks == ("kết quả & <số>", "khó khăn", "họ tên", "chưa có thông tin", "đề xuất", "họ tên")
    runs = [
        run
        for p in docx.Document(io.BytesIO(done.data)).paragraphs
        for run in p.runs
        if run.style.style_id == "ChoTrong"
    ]
    assert [run.text for run in runs][:2] == ["[… kết quả & <số> …]", "[… khó khăn …]"]


@pytest.mark.parametrize("filter_", ["day", "counted", "number", "uncapital"])
def test_what_is_missing_is_named_behind_a_filter_too(filter_: str) -> None:
    assert render(f"{{{{ a | {filter_} | blank('ngày tờ trình') }}}}", {"a": None}).blanks == ("ngày tờ trình",)


def test_data_cannot_forge_a_blank() -> None:
    value = '[… giả …]</w:t></w:r><w:r><w:rPr><w:rStyle w:val="ChoTrong"/></w:rPr><w:t>[… giả …]'
    assert render("{{ x }}\n\nb {{ x }}", {"x": value}).blanks == ()


# Mistakes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "code", "line", "column"),
    [
        ("một\n{{ a b }}", "DV801", 2, 1),
        ("một\n\nhai {{ a", "DV801", 3, 5),
        ("{% if a %}\nmột", "DV801", 1, 4),
        ("một\n{% endfor %}", "DV801", 2, 4),
        ("{% for a in b %}\n{% endif %}\n{% endfor %}", "DV801", 2, 4),
        ("{% raw x %}\na", "DV801", 1, 1),
        ("{% set a = 1 %}", "DV802", 1, 4),
        ("{% macro a() %}{% endmacro %}", "DV802", 1, 4),
        ("{% extends 'a' %}", "DV802", 1, 4),
        ("{{ a() }}", "DV802", 1, 5),
        ("{{ a | lipsum }}", "DV802", 1, 8),
        ("{{ a * 9 }}", "DV802", 1, 1),
        ("{{ a + 9 }}", "DV802", 1, 1),
        ("{{ a[b] }}", "DV802", 1, 5),
        ("{{ a[-b] }}", "DV802", 1, 5),
        ("{{ -a }}", "DV802", 1, 1),
        ("{{ {'a': 1} }}", "DV802", 1, 1),
        ("{{ a is callable }}", "DV802", 1, 9),
        ("{% include a %}", "DV802", 1, 1),
        ("{% include '../a' %}", "DV802", 1, 1),
        ("{% for a in b recursive %}\n{% endfor %}", "DV802", 1, 15),
        ("{% for a in b %}\n" * 5 + "{% endfor %}\n" * 5, "DV802", 5, 1),
        ("{{ " + "not " * 60 + "a }}", "DV802", 1, 1),
        ("a {% if x %}b\n\nc{% endif %}", "DV804", 3, 2),
        ("| A |\n|---|\n| {% if x %}a |\n| b{% endif %} |", "DV804", 4, 4),
        ("{% if x %}\n| A |\n|---|\n{% for b in c %}\n\n| d |\n{% endfor %}\n{% endif %}", "DV804", 6, 1),
        ("một **hai", "DV804", 1, 1),
        ("**{{ a }}", "DV804", 1, 1),
        ("#### sâu", "DV804", 1, 1),
        ("a {% include 'b' %}", "DV804", 1, 3),
        ("một\n{% include 'khong-co' %}", "DV805", 2, 13),
        ("---\ntilte: A\n---\n", "DV806", 2, 1),
        ("---\ntype: A\n", "DV806", 1, 1),
        ("---\ntype: [\n---\n", "DV806", None, None),
        ("---\n- a\n---\n", "DV806", 1, 1),
        ('---\ntype: "{% if a %}x{% endif %}"\n---\n', "DV806", 2, None),
        ('---\ntype: "{{ a() }}"\n---\n', "DV802", 2, None),
        ("\U000f0000", "DV802", 1, 1),
        ("{% if a %}x{% else %}y{% else %}z{% endif %}", "DV801", 1, 26),
        ("{% if a %}x{% else %}y{% elif a %}z{% endif %}", "DV801", 1, 26),
        ("{% for b in a %}\n\nx\n\n{% else %}\n\ny\n\n{% else %}\n\nz\n\n{% endfor %}", "DV801", 9, None),
        ("x {{ " + "9" * 5000 + " | number }}", "DV801", 1, 3),
    ],
)  # fmt: skip
def test_a_mistake_is_found_at_its_place(source: str, code: str, line: int | None, column: int | None) -> None:
    found = wrong(source)
    assert code in {finding.rule for finding in found}
    first = next(finding for finding in found if finding.rule == code)
    assert line in {None, first.spot.line}
    assert column in {None, first.spot.column}
    assert first.path == "templates/mau.md.j2"


def test_all_mistakes_are_told_at_once() -> None:
    found = wrong("---\ntilte: A\n---\n{{ a() }}\n\n**x\n\n{% set b = 1 %}\n\n{% include 'c' %}")
    assert [finding.rule for finding in found] == ["DV806", "DV802", "DV804", "DV802", "DV805"]


def test_circular_parts_are_refused_at_the_tag_that_closes_the_circle() -> None:
    (found,) = wrong('{% include "a" %}', a='x\n\n{% include "b" %}', b='{% include "a" %}')
    assert (found.rule, found.path, found.spot.line) == ("DV805", "templates/b.md.j2", 1)


@pytest.mark.parametrize(
    "escape",
    [
        "{{ ''.__class__.__mro__ }}", "{{ x.__init__.__globals__ }}", "{{ self._TemplateReference__context }}",
        "{{ cycler.__init__ }}", "{{ x | attr('__class__') }}", "{{ x['__class__'] }}", "{{ '%s' % x }}",
        "{{ lipsum() }}", "{{ range(9) }}", "{{ x | map('upper') }}", "{{ '{0.__class__}'.format(x) }}",
        "{% for a in x.mro() %}{% endfor %}", "{{ namespace }}", "{{ loop.__class__ }}", "{{ x.append }}",
        "{% import 'os' as os %}", "{{ _state }}", "{{ x | _key('type') }}", "{% filter upper %}{% endfilter %}",
    ],
)  # fmt: skip
def test_no_way_out_of_the_sandbox(escape: str) -> None:
    assert wrong(f"a {escape}", {"x": [1]})


@pytest.mark.parametrize(
    ("source", "line", "help_"),
    [
        ("một\n\nhai {{ untt.name }}", 3, "unit"),
        ("{{ unit.nmae }}", 1, "name"),
        ("{% if unti %}\na\n{% endif %}", 1, "unit"),
        ("a\n\n{% for x in unist %}\n{{ x }}\n{% endfor %}", 3, "unit"),
        ("{{ unti | blank('x') }}", 1, "unit"),
        ("a {{ 'x' ~ unti }}", 1, "unit"),
        ("{{ names[0].title }}", 1, ""),
        ('---\ntype: A\nsubject: "{{ unti }}"\n---\n', 3, "unit"),
        ("{% for row in rows %}\n\n{{ rwo }}\n{% endfor %}", 3, "row"),
        ("| A |\n|---|\n{% for row in rows %}\n| {{ row.txt }} |\n{% endfor %}", 4, "text"),
    ],
)  # fmt: skip
def test_an_unknown_name_is_told_with_its_line_and_the_nearest_name(source: str, line: int | None, help_: str) -> None:
    (found,) = wrong(source, {"unit": {"name": "A"}, "rows": [{"text": "x"}], "names": ["A"]})
    assert (found.rule, found.spot.line) == ("DV803", line)
    assert help_ in str(found.help)


def test_a_place_that_a_list_has_not_is_told_as_such() -> None:
    with pytest.raises(TemplateError) as told:
        render("{{ xs[-1].x }}", {"xs": []})
    assert "danh sách không có mục [-1]: chỉ có 0" in told.value.findings[0].message


def test_an_error_inside_an_included_part_names_that_part() -> None:
    (found,) = wrong('một\n\n{% include "phan" %}', {"x": 1}, phan="a\n\nb {{ xx }}")
    assert (found.path, found.spot.line, found.spot.column) == ("templates/phan.md.j2", 3, 6)


@pytest.mark.parametrize(
    "source", ["{{ x }}", "{{ xs | day }}", "{% for a in none %}\n{% endfor %}", "{% if 1 < 'a' %}\n{% endif %}",
               "{{ [] | first }}", "{{ 'a' | number }}", "{{ none.a }}", "{{ 4000 | roman }}",
               "{{ '1e300000' | number }}", "{{ '1e-300000' | number }}", f"{{{{ '{'9' * 5000}' | number }}}}"],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_told_with_its_place(source: str) -> None:
    (found,) = wrong(f"một\n\n{source}", {"x": {"a": 1}, "xs": "2023-13-01"})
    assert (found.rule, found.spot.line) == ("DV803", 3)


def test_endless_work_is_stopped() -> None:
    data = {"xs": list(range(MAX_STEPS // 100))}
    (found,) = wrong("{% for a in xs %}{% for b in xs %}{% endfor %}{% endfor %}", data)
    assert found.rule == "DV803"


LIST = "[" + ", ".join(["x"] * 40) + "]"


@pytest.mark.parametrize(
    "source",
    [
        f"{{{{ {LIST} | join({LIST} | join({LIST} | join({LIST} | join(x)))) }}}}",
        f"{{% for a in [{'x ~ ' * 99} x] %}}{{% for b in [{'a ~ ' * 99} a] %}}{{{{ {'b ~ ' * 99} b }}}}{{% endfor %}}{{% endfor %}}",
        "{% for a in xs %}{% for b in xs %}{% if (x | upper | lower) == x %}{% endif %}{% endfor %}{% endfor %}",
        "{% for a in xs %}{% for b in xs %}{{ x }}{% endfor %}{% endfor %}",
        "{% for a in xs %}{% for b in xs %}{% if ('1e499' | number) == x %}{% endif %}{% endfor %}{% endfor %}",
    ],
)
def test_what_multiplies_is_stopped_where_it_stands(source: str) -> None:
    (found,) = wrong(f"một\n\n{source}", {"x": "x" * 1000, "xs": [*range(400)]})
    assert (found.rule, found.spot.line) == ("DV803", 3)
    assert "dài quá mức" in found.message


def test_work_that_shows_nothing_ends_in_time_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiler, "MAX_SECONDS", 0.05)
    long = f"{{% for a in [{'x ~ ' * 99} x] %}}{{% for c in xs %}}{{% for d in xs %}}{{% if x in a %}}{{% endif %}}"
    (found,) = wrong(f"{long}{{% endfor %}}{{% endfor %}}{{% endfor %}}", {"x": "x" * 1000 + "y", "xs": [*range(150)]})
    assert "quá 0.05 giây" in found.message


def test_an_if_has_so_many_branches() -> None:
    """Python's compiler goes into each from the one before it."""
    for source in (
        "{% if x %}" + "{% elif x %}a" * 3000 + "{% endif %}",
        "{% if x %}{% elif x %}" * 15 + "{% elif x %}" * 190 + "{% endif %}" * 15,
    ):
        found = wrong(source, {"x": 1})
        assert [(one.rule, one.message) for one in found] == [("DV801", "thẻ if có quá 200 nhánh")]


@pytest.mark.parametrize(
    "source",
    [
        "{{a}}" * 60_000,
        "{{ a }}\n\n" * 6_000,
        "x" * 600_000,
        "{{ " + "(" * 3000,
        "{{ a" + ".b" * 3000 + " }}",
        "{% if a %}" * 50,
    ],
)
def test_a_template_beyond_the_bounds_is_refused(source: str) -> None:
    assert {finding.rule for finding in wrong(source, {"a": 1})} & {"DV801", "DV802"}


def test_parts_included_over_and_over_are_refused() -> None:
    parts = {f"p{n}": f'{{% include "p{n + 1}" %}}\n' * 12 for n in range(7)}
    found = wrong('{% include "p0" %}', {}, **parts, p7="x" * 1000)
    assert {finding.rule for finding in found} <= {"DV801", "DV805"}


def test_the_same_input_gives_the_same_bytes_however_often_rendered() -> None:
    source = "---\ntype: A\nsignature: {lines: [B], name: C}\n---\nx {{ x }}"
    template = compile_template("mau", lambda _name: (source, "mau"))
    assert template.render({"x": 1}).data == template.render({"x": 1}).data
    assert template.render({"x": 1}).data != template.render({"x": 2}).data
    assert template.render({"x": 1}).data == render(source, {"x": 1}).data


@given(st.text(alphabet="{}%# -|*`\n.ai)1forendinclude\"'\\", max_size=60))
def test_any_text_is_a_template_or_an_error_with_places(source: str) -> None:
    def load(_name: str) -> tuple[str, str]:
        return source, "mau"

    try:
        compile_template("mau", load).render({"a": "x", "i": [1]})
    except TemplateError as error:
        places = [finding.spot.line for finding in error.findings]
    else:
        places = [1]
    assert places
    assert all(1 <= line <= source.count("\n") + 1 for line in places)
