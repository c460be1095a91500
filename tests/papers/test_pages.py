"""Documents with little and with far more in them than usual, on paper: nothing runs off a page or is torn apart."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

import pages
from danvan_cli.papers import library
from danvan_cli.papers.catalogue import paper_kinds
from danvan_cli.papers.kinds.bang_tu_cham_diem import score_sheet
from danvan_cli.papers.kinds.bao_cao import report_paper
from danvan_cli.papers.kinds.ke_hoach_don_vi import unit_plan
from danvan_cli.papers.kinds.ke_hoach_tinh import province_plan
from danvan_cli.scoring.evaluate import evaluate
from danvan_cli.unit.model import owed
from danvan_cli.word.chart import MAX_BARS
from danvan_cli.word.shape import plain_values, sample, shape_of, sparse
from danvan_cli.word.template import compile_template
from pages import faults
from shares import some
from shipped import ANSWERS, PLAN, RECORD, RUBRIC, UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from danvan_cli.papers.paper import Paper
    from danvan_cli.word.shape import Shape
    from pages import Printed

ROWS = 100
LONGEST = "Ban Quản lý các dự án đầu tư xây dựng, bồi thường, giải phóng mặt bằng và tái định cư huyện Bù Gia Mập"
LETTERHEAD = ["Ban Quản lý các dự án", "đầu tư xây dựng, bồi thường,", "giải phóng mặt bằng và tái định cư"]

WIDE = """---
letterhead: "{{ letterhead }}"
type: KẾ HOẠCH
subject: "{{ subject }}"
signature: "{{ signature }}"
recipients: "{{ recipients }}"
---
Nội dung./.

{% for one in annexes %}
# Phụ lục {{ loop.index | roman }} {.landscape}

## BẢNG RỘNG

| TT | Việc | Chủ trì | Kết quả |
|:---:|---------|------|--------|
{% for row in one.rows %}
{% if loop.index is odd %}
| **{{ loop.index }}** | **Nhóm {{ row.lead }}** | | |
{% endif %}
| {{ loop.index }} | {{ row.title }} | {{ row.lead }} | {{ row.result }} |
{% endfor %}

{{ states | chart("Tiến độ", "Xong", "Chưa") }}
{% endfor %}

# Phụ lục cuối

## DANH MỤC

| TT | Việc |
|:---:|---------|
{% for row in rows %}
| {{ loop.index }} | {{ row.title }} |
{% endfor %}
"""


def crowded(value: Any, lists: Iterator[int], depth: int = 0) -> Any:
    """Make every list long and every phrase longer; each row has a word that stands nowhere else."""
    if isinstance(value, dict):
        # No table has more than a few rows of head.
        return {key: one if key == "head" else crowded(one, lists, depth) for key, one in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        at, times = next(lists), _times(value, depth)
        return [_row(value[number % len(value)], lists, depth, f"q{at}z{number}") for number in range(times)]
    if isinstance(value, str) and value.count(" ") > 2:  # not a day, a unit, a symbol
        return f"{value} của {LONGEST}"
    return value


def _times(rows: list[dict[str, Any]], depth: int) -> int:
    if any("label" in row and {"value", "values"} & row.keys() for row in rows):
        return min(len(rows) * 3, MAX_BARS)
    if any(map(_has_rows, rows)):
        return min(len(rows), 8)
    return 20 if depth else ROWS


def _has_rows(row: dict[str, Any]) -> bool:
    """Tell whether a row, or a group in it, has lists of rows of its own."""
    groups = [one for one in row.values() if isinstance(one, dict)]
    lists = [one for one in row.values() if isinstance(one, list)]
    return any(one and isinstance(one[0], dict) for one in lists) or any(map(_has_rows, groups))


def _row(row: dict[str, Any], lists: Iterator[int], depth: int, own: str) -> dict[str, Any]:
    """Make a row longer, with its own word behind the name of what it is about."""
    longer: dict[str, Any] = crowded(row, lists, depth + 1)
    if "area" in row and not own.endswith("0"):  # of ten rows one is the title of the others
        longer["area"] = None
    key = next((key for key in _ABOUT if longer.get(key)), None)
    return longer if key is None else longer | {key: f"{longer[key]} {own}"}


_ABOUT = ("area", "content", "criterion", "name", "title", "label", "behind")


def given() -> Iterator[tuple[str, Paper]]:
    """Give the name of each document, and its paper."""
    yield "plan", province_plan(PLAN)
    yield "ke-hoach", unit_plan(PLAN, UNIT, RECORD)
    yield "tu-cham", score_sheet(PLAN, UNIT, RECORD, evaluate(RUBRIC, ANSWERS))
    for one in owed(PLAN, UNIT):
        if one.id in PLAN.periodic or one.on_request:
            yield one.id, report_paper(PLAN, UNIT, RECORD, one)


def _wide() -> dict[str, Any]:
    """Give the context of the template with wide annexes."""
    row = {"title": "Tổ chức hội nghị", "lead": "Văn phòng", "result": "Đã có kết quả"}
    return {
        "letterhead": {"superior": ["ỦY BAN NHÂN DÂN TỈNH"], "issuer": ["SỞ Y TẾ"], "name": "Sở Y tế", "symbol": "KH-SYT",
                       "place": "Bình Phước", "year": 2023, "month": 5},
        "signature": {"lines": ["GIÁM ĐỐC"], "name": "Nguyễn Văn A"}, "recipients": ["Như trên", "Lưu: VT"],
        "subject": "Triển khai công tác", "annexes": [{"rows": [row]}, {"rows": [row]}], "rows": [row],
        "states": [{"label": "Tuyên truyền, vận động", "value": 1, "most": 2}],
    }  # fmt: skip


OURS = ("plan", "ke-hoach", "tu-cham", "6m", "1y", "chuyen-de", "dot-xuat", "wide")


def _bare(shape: Shape) -> dict[str, Any]:
    """Make the emptiest context; a report on a period has one, and one before it."""
    full = sample(shape)
    return sparse(shape) | {key: full[key] for key in ("period", "previous") if key in full}


SHAPES = {name: shape_of(paper) for name, paper in paper_kinds().items() if paper.official}
pytestmark = pytest.mark.office

KINDS = {"full": sample, "sparse": _bare, "long": lambda shape: _long(sample(shape))}
"""How each template is filled from its shape."""
CASES = [
    *(pytest.param(name, marks=[pytest.mark.fire] * (name in {"plan", "1y"})) for name in OURS),
    *some((f"{name}.{[*KINDS][(at + step) % 3]}" for at, name in enumerate(SHAPES) for step in range(3)), 3),
]
"""Every time: ours but two, and each template filled in one of the ways, which go round; `make fire` prints all."""


@pytest.fixture(scope="module")
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printed]:
    """Make and print in one run what is asked for."""
    folder = tmp_path_factory.mktemp("dài")
    here = (one for one in request.session.items if one.path == request.path)
    asked = {"6m", "wide", *(str(one.callspec.params["name"]) for one in here if hasattr(one, "callspec"))}
    rendered = {
        name: library.compiled_template(paper.template).render(_long(plain_values(paper)))
        for name, paper in given()
        if name in asked
    }
    rendered["wide"] = compile_template("wide", lambda _name: (WIDE, "wide")).render(_long(_wide()))
    for name, shape in SHAPES.items():
        template = library.compiled_template(name)
        kinds = {f"{name}.{kind}": make for kind, make in KINDS.items()}
        rendered |= {one: template.render(make(shape)) for one, make in kinds.items() if one in asked}
    paths = [folder / f"{name}.docx" for name in rendered]
    for path, document in zip(paths, rendered.values(), strict=True):
        path.write_bytes(document.data)
    return dict(zip(rendered, pages.printed(paths), strict=True))


def _long(context: dict[str, Any]) -> dict[str, Any]:
    """Crowd a context; its frame is that of the agency with the longest name."""
    longer: dict[str, Any] = crowded(context, count(1))
    longer["letterhead"] = context["letterhead"] | {"superior": LETTERHEAD[:2], "issuer": LETTERHEAD, "name": LONGEST}
    longer["signature"] = {
        "lines": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC PHỤ TRÁCH"],
        "name": "Công Tằng Tôn Nữ Thị Huyền Trân",
    }
    return longer


def test_the_long_documents_are_all_here(printed: dict[str, Printed]) -> None:
    assert {one.values[0] for one in CASES} == {*OURS, *(f"{name}.{kind}" for name in SHAPES for kind in KINDS)}
    assert len(printed["6m"].pages) > 30
    tokens = {token for page in printed["6m"].pages for token in pages.TOKEN.findall(page.text)}
    assert len(tokens) >= 2 * ROWS


@pytest.mark.parametrize("name", CASES)
def test_each_page_is_as_the_decree_says(printed: dict[str, Printed], name: str) -> None:
    assert faults(printed[name]) == []


def test_annexes_on_their_side_lie_between_upright_pages(printed: dict[str, Printed]) -> None:
    lying = [page.landscape for page in printed["wide"].pages]
    assert not lying[0]
    assert not lying[-1]
    assert sum(lying) > 4


# The measures themselves ---------------------------------------------------------------------------------------------


def test_the_measures_see_what_is_wrong(tmp_path: Path) -> None:
    source = """---
letterhead: {issuer: [SỞ Y TẾ], symbol: KH, place: A}
signature: {lines: [GIÁM ĐỐC], name: Nguyễn Văn A}
recipients: [Như trên]
---
Nội dung./.

# Phụ lục

## DANH MỤC

| TT | Việc |
|---|---|
{% for x in xs %}
| {{ x }} | q1z{{ x }} |
{% endfor %}
"""
    path = tmp_path / "a.docx"
    template = compile_template("mau", lambda name: (source, f"templates/{name}.md.j2"))
    path.write_bytes(template.render({"xs": list(range(100))}).data)

    def font(document: Any) -> None:
        run = document.paragraphs[0].add_run("Phông khác")
        run.font.name, run.font.size = "DejaVu Sans", Pt(9)

    def margin(document: Any) -> None:
        document.paragraphs[1].paragraph_format.left_indent = Mm(-25)

    def number(document: Any) -> None:
        document.sections[1]._sectPr.remove(document.sections[1]._sectPr.find(qn("w:pgNumType")))

    def head(document: Any) -> None:
        row = document.tables[-1].rows[0]._tr
        row.trPr.remove(row.trPr.find(qn("w:tblHeader")))

    def heading(document: Any) -> None:
        added = document.paragraphs[0].insert_paragraph_before("I. CUỐI TRANG", "heading 1")
        added.paragraph_format.keep_with_next = False
        added.paragraph_format.space_before = Mm(205)

    def signature(document: Any) -> None:
        (opening,) = (p for p in document.paragraphs if p.style.style_id == "KhoangCachKy")
        opening.paragraph_format.page_break_before = True

    said = {font: "font DejaVu", margin: "«Nội» from", number: "for number", head: "rows without a head",
            heading: "ends with «i.cuốitrang»", signature: "nơi nhận without"}  # fmt: skip
    paths = [path]
    for spoil in said:
        document = docx.Document(str(path))
        spoil(document)
        paths.append(tmp_path / f"{spoil.__name__}.docx")
        document.save(str(paths[-1]))
    right, *wrong = map(faults, pages.printed(paths))
    assert right == []
    for (spoil, words), found in zip(said.items(), wrong, strict=True):
        assert any(words in fault for fault in found), (spoil.__name__, found)
