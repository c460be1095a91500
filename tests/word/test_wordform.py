"""A province's own Word form: what comes out of it, and what it may not do; the same tags in `.md.j2` templates too."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli import text
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.ooxml.parts import read_parts
from danvan_cli.word.compiled import TemplateError
from danvan_cli.word.package import is_untouched, zipped_parts
from danvan_cli.word.shape import Part, said, sample, shape_of
from danvan_cli.word.template import compile_template
from danvan_cli.word.wordform import compile_form
from validators import audit, sdk
from word_files import blank

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from docx.document import Document

    from danvan_cli.findings.finding import Finding
    from danvan_cli.word.package import Rendered
    from danvan_cli.word.wordform import WordForm

Change = Callable[["Document"], object]
Valid = Callable[[bytes], bool]

DATA = {
    "unit": {"name": "Sở A & B"},
    "rows": [{"title": "Một", "points": Decimal("1234.5")}, {"title": "Hai", "points": None}],
    "none_here": None,
    "empty": [],
    "day": date(2023, 2, 5),
    "long": "- gạch một\r\n- gạch hai",
}


@cache
def form(*paragraphs: str, change: Change | None = None) -> bytes:
    """Make a form as somebody would in Word; the same one once."""
    document = blank()
    for one in paragraphs:
        document.add_paragraph(one)
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def fill(data: bytes, context: Mapping[str, object] = DATA) -> Rendered:
    return compile_form(data, "templates/mau.docx").render(context)


def opened(rendered: Rendered) -> Document:
    return docx.Document(io.BytesIO(rendered.data))


def lines(*paragraphs: str, context: Mapping[str, object] = DATA) -> list[str]:
    return [one.text for one in opened(fill(form(*paragraphs), context)).paragraphs]


def wrong(data: bytes, context: Mapping[str, object] = DATA) -> list[Finding]:
    with pytest.raises(TemplateError) as caught:
        fill(data, context)
    return caught.value.findings


def table(rows: list[list[str]]) -> Change:
    def change(document: Document) -> None:
        made = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(made.rows, rows, strict=True):
            for cell, typed in zip(row.cells, cells, strict=True):
                cell.text = typed

    return change


@pytest.fixture
def valid(tmp_path: Path) -> Valid:
    """Ask both validators whether a document has no more wrong with it than what python-docx begins with."""

    def found(data: bytes) -> set[str]:
        path = tmp_path / "van-ban.docx"
        path.write_bytes(data)
        return {*audit(path), *sdk(path)}

    return lambda data: found(data) <= found(form("x"))


# What comes out ------------------------------------------------------------------------------------------------------


@cache
def _sentence() -> WordForm:
    return compile_form(form("Trước {{ x }} sau"), "templates/mau.docx")


@given(st.text())
def test_whatever_stands_in_data_comes_out_as_text(value: str) -> None:
    (shown,) = [one.text for one in opened(_sentence().render({"x": value})).paragraphs]
    assert shown == f"Trước {text.clean(value)} sau"


@pytest.mark.parametrize(
    "value",
    ["&", "<w:p/>", "]]>", "{{ x }}", "{_{ x }_}", "{%p if %}", "&amp;", "một\r\nhai\tba", "a\ud800b", "\x0c\x07"],
)
def test_markup_in_data_stays_text(value: str) -> None:
    assert lines("{{ x }}", context={"x": value}) == [text.clean(value)]


def test_figures_days_and_filters_are_written_as_in_other_templates() -> None:
    assert lines("{{ rows[0].points | number }}; {{ day | day }}; {{ unit.name | upper }}") == [
        "1.234,5; 05/02/2023; SỞ A & B"
    ]


def test_a_tag_that_word_has_cut_into_runs_with_its_own_quotes_is_read_whole() -> None:
    def change(document: Document) -> None:
        paragraph = document.add_paragraph("Của ")
        for piece in ("{", "{ unit", ".name | ", "blank(“đơn vị”) }", "} và {{ none_here\u00a0| blank(‘ai’) }}"):
            paragraph.add_run(piece).bold = piece == "{"

    rendered = fill(form(change=change))
    assert opened(rendered).paragraphs[0].text == "Của Sở A & B và [… ai …]"


@pytest.mark.office
def test_a_blank_is_a_highlighted_run_that_looks_like_the_text_around_it_and_is_counted(valid: Valid) -> None:
    def change(document: Document) -> None:
        paragraph = document.add_paragraph("Số: ")
        run = paragraph.add_run("{{ none_here | blank('số văn bản') }}")
        run.bold = True
        run.font.underline = True

    rendered = fill(form("{{ unit.name }}", "{{ none_here }}", change=change))
    runs = [run for one in opened(rendered).paragraphs for run in one.runs if run.font.highlight_color]
    assert [run.text for run in runs] == ["[… chưa có thông tin …]", "[… số văn bản …]"]
    assert (runs[1].bold, runs[1].underline) == (True, True)
    assert rendered.blanks == ("chưa có thông tin", "số văn bản")
    assert valid(rendered.data)


def test_paragraphs_rows_and_cells_are_repeated_and_chosen() -> None:
    rows = [["{%tr for row in rows %}", ""], ["{{ loop.index }}. {{ row.title }}", "{{ row.points | number }}"],
            ["{%tr endfor %}", ""]]  # fmt: skip
    rendered = fill(
        form("{%p if empty %}", "không", "{%p else %}", "có", "{%p endif %}", "{%r if rows %}x{%r endif %}",
             change=table(rows))
    )  # fmt: skip
    document = opened(rendered)
    assert [one.text for one in document.paragraphs] == ["có", "x"]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["1. Một", "1.234,5"], ["2. Hai", "[… chưa có thông tin …]"],
    ]  # fmt: skip
    columns = [["{%tc for row in rows %}", "{{ row.title }}", "{%tc endfor %}"]]
    wide = opened(fill(form(change=table(columns)))).tables[0]
    assert [cell.text for cell in wide.rows[0].cells] == ["Một", "Hai"]
    assert len(wide.columns) == 2


def test_a_value_of_several_lines_becomes_as_many_paragraphs_where_asked() -> None:
    def change(document: Document) -> None:
        document.add_paragraph("{{p long }}", style="List Bullet")

    made = opened(fill(form("{{ long }}", "{{p empty }}", change=change))).paragraphs
    assert [(one.text, one.style.name) for one in made if one.style] == [
        ("- gạch một\n- gạch hai", "Normal"), ("- gạch một", "List Bullet"), ("- gạch hai", "List Bullet"),
    ]  # fmt: skip


@pytest.mark.office
def test_what_tags_leave_of_tables_is_still_a_document(valid: Valid) -> None:
    rows = [["{%tr for row in empty %}"], ["{{ row.title }}"], ["{%tr endfor %}"]]
    inside = table([["{%p if empty %}"]])

    def change(document: Document) -> None:
        table(rows)(document)
        inside(document)
        last = document.tables[1].rows[0].cells[0]
        last.add_paragraph("x")
        last.add_paragraph("{%p endif %}")

    rendered = fill(form("a", change=change))
    assert valid(rendered.data)
    assert [len(one.rows) for one in opened(rendered).tables] == [1]


def test_a_repeated_paragraph_does_not_repeat_what_word_counts_once() -> None:
    word = "http://schemas.microsoft.com/office/word/2010/wordml"

    def change(document: Document) -> None:
        document.paragraphs[1]._p.set(f"{{{word}}}paraId", "00000001")

    rendered = fill(form("{%p for row in rows %}", "{{ row.title }}", "{%p endfor %}", change=change))
    assert b"00000001" not in read_parts(rendered.data)["word/document.xml"]


def test_headers_are_filled() -> None:
    def change(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "Đầu {{ unit.name }}"

    document = opened(fill(form("x", change=change)))
    assert document.sections[0].header.paragraphs[0].text == "Đầu Sở A & B"


@pytest.mark.office
def test_the_same_input_gives_the_same_bytes_and_a_hand_edit_is_seen(valid: Valid) -> None:
    data = form("{{ unit.name }}")
    compiled = compile_form(data, "mau.docx")
    once = compiled.render(DATA).data
    assert once == compiled.render(DATA).data == fill(data).data
    assert is_untouched(once)
    parts = read_parts(once)
    parts["word/document.xml"] = parts["word/document.xml"].replace("Sở A".encode(), "Sở B".encode())
    assert not is_untouched(zipped_parts(parts))
    assert valid(once)


# What is wrong -------------------------------------------------------------------------------------------------------


def test_an_unknown_name_is_an_error_at_its_paragraph_with_the_nearest_name() -> None:
    (found,) = wrong(form("Đoạn một", "", "Kính gửi {{ unit.nmae }}, của {{ unit.name }}"))
    assert (found.rule, found.help) == ("DV803", "có phải «name»?")
    assert found.place == "đoạn 2 («Kính gửi {{ unit.nmae }}, của {{ unit.name }}»)"
    assert (found.spot.line, found.spot.column, found.spot.length) == (2, 18, 4)


class Row(Part):
    title: str = said("tên", "x")


class Listed(Part):
    empty: list[Row] = said("không có gì")
    rows: list[Row] = said("dòng")


def test_unknown_names_are_found_on_every_branch_without_rendering() -> None:
    compiled = compile_form(
        form("{% if empty %}{{ tên_lạ }}{% elif rows %}{% for row in rows %}{{ row.titel }}{% endfor %}{% endif %}"),
        "mau.docx",
    )
    shape = shape_of(Listed)
    assert [(one.rule, one.spot.column) for one in compiled.misnamed(shape)] == [("DV803", 18), ("DV803", 70)]
    assert not compile_form(form("{% for row in rows %}{{ row.title }}{% endfor %}"), "mau.docx").misnamed(shape)
    assert sample(shape)["rows"]


@pytest.mark.parametrize(
    ("paragraphs", "rule"),
    [
        (["{{ unit.name"], "DV801"),
        (["{{ unit.name }"], "DV801"),
        (["{{ }}"], "DV801"),
        (["{% if rows %} thiếu"], "DV801"),
        (["{% endfor %}"], "DV801"),
        (["{% if rows %} a", "b {% endif %}"], "DV804"),
        (["{%p if rows %} chữ", "{%p endif %}"], "DV804"),
        (["{%p if rows %}{{ unit.name }}", "{%p endif %}"], "DV804"),
        (["{%tr for row in rows %}", "{%tr endfor %}"], "DV804"),
        (["{{ unit }}"], "DV803"),
        (["{{ rows }}"], "DV803"),
        (["{% for x in unit.name %}{{ x }}{% endfor %}"], "DV803"),
        (["{{ x\ny }}"], "DV801"),
        (["{{ unit.name }}\U000f0000"], "DV802"),
    ],
)
def test_a_wrong_tag_is_told_by_its_paragraph(paragraphs: list[str], rule: str) -> None:
    found = wrong(form("Đoạn đúng.", *paragraphs))
    assert found[0].rule == rule
    assert found[0].place.startswith("đoạn ")
    assert not found[0].place.startswith("đoạn 1 ")


def test_a_tag_beside_a_row_tag_would_be_lost_and_is_an_error() -> None:
    rows = [["{%tr for row in rows %}", "{{ unit.name }}"], ["x", ""], ["{%tr endfor %}", ""]]
    assert {one.rule for one in wrong(form(change=table(rows)))} == {"DV804"}


# What a form may not do; a template neither --------------------------------------------------------------------------

ESCAPES = [
    "{{ unit.__class__ }}",
    "{{ unit | attr('__class__') }}",
    "{{ ''.join(unit) }}",
    "{{ unit.items() }}",
    "{{ rows.append(1) }}",
    "{{ '%s' | format(unit) }}",
    "{{ '%s' % unit }}",
    "{{ '{0.__class__}'.format(unit) }}",
    "{{ cycler('a') }}",
    "{{ joiner() }}",
    "{{ namespace() }}",
    "{{ lipsum() }}",
    "{{ range(10 ** 9) | length }}",
    "{{ self.__init__ }}",
    "{{ _state }}",
    "{{ 'a' * 10 ** 9 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 1 // 0 }}",
    "{{ unit.name | safe }}",
    "{{ rows | map(attribute='x') }}",
    "{{ rows | join(d='x') }}",
    "{{ unit[rows] }}",
    "{% set x = 1 %}",
    "{% import 'x' as y %}",
    "{% from 'x' import y %}",
    "{% extends 'x' %}",
    "{% block x %}{% endblock %}",
    "{% macro x() %}{% endmacro %}",
    "{% call x() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% with x = 1 %}{% endwith %}",
    "{% autoescape false %}{% endautoescape %}",
    "{% do x %}",
    "{% include '../../etc/passwd' %}",
    "{% for x in rows recursive %}{{ loop(rows) }}{% endfor %}",
    "{{ ((((((((((((((((((((((((((((((((((((((((((((((((" + "1" + "))))))))))))))))))))))))))))))))))))))))))))))))) }}",
    "{% for a in l %}" * 5 + "x" + "{% endfor %}" * 5,
]  # fmt: skip


@pytest.mark.parametrize("escape", ESCAPES)
def test_no_template_and_no_form_reaches_beyond_its_data(escape: str) -> None:
    context = DATA | {"l": [1, 2]}
    codes = {one.rule for one in wrong(form("Đúng.", escape), context)}
    assert codes <= {"DV801", "DV802"}
    with pytest.raises(TemplateError) as caught:
        compile_template("mau", _only(f"Đúng.\n\n{escape}\n")).render(context)
    assert {one.rule for one in caught.value.findings} <= {"DV801", "DV802", "DV805"}


def _only(source: str) -> Callable[[str], tuple[str, str]]:
    def load(name: str) -> tuple[str, str]:
        if name != "mau":
            raise LookupError(name)
        return source, "mau.md.j2"

    return load


@pytest.mark.parametrize(
    "tag",
    ["{{tr unit.name }}", "{{tc unit.name }}", "{%p include 'x' %}", "{%tr import 'x' as y %}", "{%tc set x = 1 %}",
     "{{r unit.__class__ }}", "{{p unit.__class__ }}", "{% vm %}", "{% hm %}", "{% colspan rows %}", "{% cellbg rows %}",
     "{{ rows | chart('x') }}"],
)  # fmt: skip
def test_docxtpls_own_forms_pass_through_the_same_list(tag: str) -> None:
    assert "DV802" in {one.rule for one in wrong(form("Đúng.", tag))}


def test_letters_of_nobody_in_a_form_stay_where_they_are() -> None:
    """Characters for private use once stood for tags."""
    assert lines("{{ x }}", "\U000f0000", "a\U000f0005", context={"x": 1}) == ["1", "\U000f0000", "a\U000f0005"]


def test_values_are_plain_text_also_where_docxtpl_would_take_xml() -> None:
    assert lines("{{r x }}", context={"x": "<w:r><w:t>y</w:t></w:r>"}) == ["<w:r><w:t>y</w:t></w:r>"]


def _attributes(document: Document) -> None:
    cell = document.add_table(1, 1).rows[0].cells[0].paragraphs[0]
    cell.add_run("x")._r.set(qn("w:rsidR"), "{% colspan " + " " * 5000)


def _scattered(text: str, count: int) -> Change:
    def change(document: Document) -> None:
        for number in range(count):
            document.add_paragraph(f"{number} {text}")

    return change


@pytest.mark.parametrize(("text", "change"), [
    ("{{" * 50_000, None), ("{%r " * 4_000, None), ("{# " * 4_000, None), ("{{ " + "(" * 9_000, None), ("", _attributes),
    ("", _scattered("{{ {{ {{ {% {# ", 400)), ("", _scattered("{% if unit %}", 400)),
], ids=["braces", "runs", "comments", "brackets", "attributes", "many paragraphs", "never closed"])  # fmt: skip
def test_no_form_takes_long_to_be_refused(text: str, change: Change | None) -> None:
    data = form(text, change=change)
    start = time.process_time()
    with suppress(DanvanError):
        fill(data)
    assert time.process_time() - start < 5


def test_loops_and_the_length_of_what_comes_out_are_bounded() -> None:
    loops = "{% for a in l %}{% for b in l %}{% for c in l %}"
    source = f"{loops}{'x' * 1000}{'{% endfor %}' * 3}"
    start = time.process_time()
    (found,) = wrong(form(source), {"l": ["a"] * 300})
    assert found.rule == "DV803"
    (found,) = wrong(form(f"{loops}{'{% endfor %}' * 3}"), {"l": ["a"] * 300})
    assert found.rule == "DV803"
    assert time.process_time() - start < 10


def _with(data: bytes, changes: Mapping[str, tuple[bytes, bytes]], **more: bytes) -> bytes:
    parts = read_parts(data)
    for name, (old, new) in changes.items():
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new, 1)
    return zipped_parts(parts | more)


_RELATIONS = "word/_rels/document.xml.rels"
_KIND = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def _related(kind: bytes, *, outside: bool) -> bytes:
    mode = b' TargetMode="External"' if outside else b""
    relation = b'<Relationship Id="rIdX" Type="' + _KIND + kind + b'" Target="x.bin"' + mode + b"/></Relationships>"
    return _with(form("{{ unit.name }}"), {_RELATIONS: (b"</Relationships>", relation)})


REFUSED: dict[str, Callable[[], bytes]] = {
    "ole": lambda: _related(b"oleObject", outside=False),
    "embedded": lambda: _related(b"package", outside=False),
    "altChunk": lambda: _related(b"aFChunk", outside=False),
    "ActiveX": lambda: _related(b"control", outside=False),
    "image from outside": lambda: _related(b"image", outside=True),
    "subdocument": lambda: _related(b"subDocument", outside=True),
    "macro": lambda: _with(form("x"), {}, **{"word/vbaProject.bin": b"macro"}),
    "DDE": lambda: _with(
        form("x"), {"word/document.xml": (b"<w:body>", b'<w:body><w:p><w:fldSimple w:instr=" DDEAUTO c:\\x "/></w:p>')}
    ),
    "DTD": lambda: _with(
        form("x"), {"word/document.xml": (b"<w:document", b"<!DOCTYPE x [<!ENTITY y 'z'>]><w:document")}
    ),
    "no zip": lambda: b"PK",
    "old Word": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_form_that_runs_or_fetches_something_is_not_opened(kind: str) -> None:
    with pytest.raises(UsageError):
        compile_form(REFUSED[kind](), "mau.docx")


def test_a_form_is_no_heavier_than_documents_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("danvan_cli.word.wordform.MAX_WRITTEN", 1_000)
    with pytest.raises(UsageError, match="bung ra lớn bất thường"):
        compile_form(form("x"), "mau.docx")


def _fields(code: str) -> bytes:
    """Give a form with fields: `{` begins one, `|` its result, `}` ends it; `/` ends a run, and ¶ a paragraph."""
    runs, results = "", [False]
    for piece in filter(None, re.split(r"([{}|/¶])", code)):
        if kind := {"{": "begin", "|": "separate", "}": "end"}.get(piece):
            results = {"{": [*results, False], "|": [*results[:-1], True], "}": results[:-1]}[piece]
            runs += f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
        elif piece in "/¶":
            runs += "</w:p><w:p>" if piece == "¶" else ""
        else:
            tag = "t" if results[-1] else "instrText"
            runs += f'<w:r><w:{tag} xml:space="preserve">{piece}</w:{tag}></w:r>'
    return _with(form("{{ x }}"), {"word/document.xml": (b"<w:body>", f"<w:body><w:p>{runs}</w:p>".encode())})


@pytest.mark.parametrize(
    "code",
    [
        '{ TOC \\o "1-3" \\h |{ HYPERLINK \\l "_Toc1" |I. Chung{ PAGEREF _Toc1 \\h |2}}}',
        '{ HYPERLINK "https://a.gov.vn" |a}', "{ HYPER/LINK \\l x |a}", "{ PAGE |1} / { NUMPAGES |2}",
        "{ = { PAGE |3} - 1 |2}", '{ IF { PAGE |1} = 1 "a" "LINK" |a}', "{ SEQ Bảng |1}", "{ STYLEREF link |x}", "{}",
    ],
)  # fmt: skip
def test_a_form_with_harmless_fields_is_taken(code: str) -> None:
    data = _fields(code)
    assert "một" in [paragraph.text for paragraph in opened(fill(data, {"x": "một"})).paragraphs]


@pytest.mark.parametrize(
    "code",
    [
        "{ DDEAUTO c:\\a |x}", "{ INCLUDE/TEXT a |x}", "{ in¶cludePicture http://a |x}", "{ IF 1 = 1 { LINK Excel a |x} |y}",
        "{ TOC |{ RD a |}}", "{ MACROBUTTON a b}", "{ DATABASE |x}", "{ IMPORT a}", '{ "DDE" a}', "{ PAGE |{ PRINT 27 |}}",
        "{{ QUOTE DDE |DDE} a |x}", "{ INC{ QUOTE LUDETEXT |LUDETEXT} a |x}", "{ PAGE |1} INCLUDETEXT a", "{ LINK a",
    ],
)  # fmt: skip
def test_a_field_that_fetches_is_found_wherever_it_stands(code: str) -> None:
    with pytest.raises(UsageError, match="lấy nội dung từ nơi khác"):
        compile_form(_fields(code), "mau.docx")


def test_a_zip_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("word/document.xml", b" " * (64 * 2**20))
    with pytest.raises(UsageError):
        compile_form(out.getvalue(), "mau.docx")


def test_only_plain_data_is_handed_over() -> None:
    class Leaky:
        hidden = "x"

    for tag in ("{{ thing.hidden }}", "{{ thing['hidden'] }}", "{{ thing['__class__'] }}", "{{ thing }}"):
        made: Any = {"thing": Leaky()}
        assert wrong(form(tag), made)[0].rule == "DV803"
