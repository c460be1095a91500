"""Every document of every unit, as the commands make it today, before `format-check`."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import docx
import pytest

from danvan_cli.desk.made import make
from danvan_cli.nd30.judge import judge
from danvan_cli.papers.catalogue import paper_kinds
from danvan_cli.papers.kinds.bang_tu_cham_diem import score_sheet
from danvan_cli.papers.kinds.bao_cao import report_paper
from danvan_cli.papers.kinds.bao_cao_tu_cham_diem import score_report
from danvan_cli.papers.kinds.ke_hoach_don_vi import unit_plan
from danvan_cli.papers.kinds.ke_hoach_tinh import province_plan
from danvan_cli.papers.library import compiled_template
from danvan_cli.scoring.evaluate import evaluate
from danvan_cli.text import squeeze
from danvan_cli.unit.model import owed
from danvan_cli.word.shape import sample, shape_of, sparse
from shares import some
from shipped import ANSWERS, PLAN, RECORD, RUBRIC, UNIT, recorded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.text.paragraph import Paragraph

    from danvan_cli.unit.model import UnitRecord
    from danvan_cli.word.package import Rendered

# Of the issued text: it writes `nhà nước`; and it signs KT. CHỦ TỊCH without the line TM. above it [K].
ISSUED = {"ND512"}
ISSUED_TITLES = [squeeze(area.title) for area in PLAN.areas]
KINDS = sorted(name for name, kind in paper_kinds().items() if kind.official)


def warned(data: bytes, name: str) -> list[str]:
    """Give what is warned of, but for the capitals of headings that are quoted from the issued plan."""
    found = [one for one in judge(data, name) if one.severity != "note"]
    if not found:
        return []
    texts = [squeeze(one.text) for one in paragraphs_of(data)]
    ours = [one for one in texts if "nhà nước" in one and not any(title in one for title in ISSUED_TITLES)]
    return [f"{one.rule} {one.place} {one.message}" for one in found if one.rule != "ND512"] + ours


def paragraphs_of(data: bytes) -> list[Paragraph]:
    document = docx.Document(io.BytesIO(data))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return [*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)]


@pytest.mark.parametrize("name", KINDS)
def test_no_kind_of_paper_is_warned_of(name: str) -> None:
    """Of every kind that is signed, full and with hardly anything known."""
    shape = shape_of(paper_kinds()[name])
    for context in (sample(shape), sparse(shape)):
        assert warned(compiled_template(name).render(context).data, name) == []


def documents(record: UnitRecord) -> Iterator[tuple[str, Rendered]]:
    unit = PLAN.unit_by_id[record.unit]
    yield "ke-hoach", make(unit_plan(PLAN, unit, record), None)
    for one in owed(PLAN, unit):
        if one.kind == "report":
            topic = "kết quả thực hiện dân chủ ở cơ sở" if one.on_request else None
            yield one.id, make(report_paper(PLAN, unit, record, one, topic), None)


@pytest.mark.parametrize("name", sorted(paper_kinds()))
def test_no_paper_speaks_of_software_or_calculates(name: str) -> None:
    shape = shape_of(paper_kinds()[name])
    for context in (sample(shape), sparse(shape)):
        data = compiled_template(name).render(context).data
        said = " ".join(one.text for one in paragraphs_of(data))
        assert not re.search(r"danvan|phần mềm|SHA-256|→|«|[×=≥<]|(?<=\d) %|ngày cuối đúng hạn", said), name


@pytest.mark.parametrize("unit", some(unit.id for unit in PLAN.units))
def test_no_document_of_any_unit_has_an_error_of_form(unit: str) -> None:
    for name, made in documents(recorded(unit)):
        assert warned(made.data, name) == [], name


def test_the_filled_in_documents_of_the_sample_unit_have_none_either() -> None:
    result = evaluate(RUBRIC, ANSWERS)
    made = dict(documents(RECORD))
    made["bang"] = make(score_sheet(PLAN, UNIT, RECORD, result), None)
    made["tu-cham"] = make(score_report(PLAN, UNIT, RECORD, result), None)
    for name, one in made.items():
        assert warned(one.data, name) == [], name


def test_the_plan_as_issued_has_only_what_the_issued_text_brings() -> None:
    found = judge(make(province_plan(PLAN), None).data, "ke-hoach")
    assert {one.rule for one in found if one.severity == "error"} == set()
    assert {one.rule for one in found if one.severity == "warning"} == ISSUED
