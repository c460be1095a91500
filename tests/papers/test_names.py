"""What templates may name is what they get: the shapes beside the real contexts, the examples beside the filters."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest

from danvan_cli.papers import library, trial
from danvan_cli.papers.catalogue import FILTER_USES, PARTS, paper_kinds
from danvan_cli.papers.kinds.bang_tu_cham_diem import score_sheet
from danvan_cli.papers.kinds.bao_cao import report_paper
from danvan_cli.papers.kinds.bao_cao_tu_cham_diem import score_report
from danvan_cli.papers.kinds.huong_dan_so import guide
from danvan_cli.papers.kinds.ke_hoach_don_vi import unit_plan
from danvan_cli.papers.kinds.ke_hoach_tinh import province_plan
from danvan_cli.scoring.evaluate import evaluate
from danvan_cli.scoring.model import ScoreRecord, choose
from danvan_cli.unit.model import owed
from danvan_cli.word import naming
from danvan_cli.word.shape import Part, plain_values, said, sample, shape_of, sparse
from danvan_cli.word.syntax import FILTERS
from danvan_cli.word.template import compile_template, parse_template
from shapes import misfits
from shares import some
from shipped import ANSWERS, PLAN, RECORD, ROOT, RUBRICS, UNIT, recorded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.findings.finding import Finding
    from danvan_cli.papers.paper import Paper

TEMPLATES = sorted(path.name.removesuffix(".md.j2") for path in (ROOT / "templates").glob("*.md.j2"))


NAMES = {name: shape_of(paper) for name, paper in paper_kinds().items()}


def real_papers() -> Iterator[Paper]:
    """Give the papers of the shipped plan, of every unit with nothing recorded, and of the sample."""
    yield province_plan(PLAN)
    nothing = [(unit, recorded(unit.id), ScoreRecord(format="danvan-score/1")) for unit in PLAN.units]
    for unit, record, answer in [*nothing, (UNIT, RECORD, ANSWERS)]:
        yield unit_plan(PLAN, unit, record)
        for one in owed(PLAN, unit):
            if one.kind == "report":
                for words in ((None, None), ("nội dung", "văn bản")):
                    made = report_paper(PLAN, unit, record, one, *words)
                    assert made.template == ("bao-cao" if one.id in PLAN.periodic else "bao-cao-rieng")
                    yield made
        result = evaluate(choose(RUBRICS, PLAN, unit, answer.rubric), answer)  # type: ignore[arg-type]
        yield score_sheet(PLAN, unit, record, result)
        yield score_report(PLAN, unit, record, result)
        for scored in (True, False):
            yield guide(PLAN, unit, scored=scored)


def test_real_contexts_are_exactly_of_their_shapes() -> None:
    made = list(real_papers())
    assert {one.template for one in made} == {
        "ke-hoach-tinh", "ke-hoach-don-vi", "bao-cao", "bao-cao-rieng", "bang-tu-cham-diem", "bao-cao-tu-cham-diem",
        "huong-dan-so",
    }  # fmt: skip
    wrong = {(one.template, it) for one in made for it in misfits(NAMES[one.template], plain_values(one))}
    assert not wrong


def test_every_shipped_template_is_a_document_with_a_purpose_or_a_part_that_one_includes() -> None:
    included = {part for name in NAMES for part in library.parts_of(name)}
    assert included == set(PARTS)
    assert set(TEMPLATES) == {*NAMES, *PARTS}
    assert all(paper.about for paper in paper_kinds().values())


@pytest.mark.parametrize("name", NAMES)
def test_shipped_templates_name_only_what_their_shape_has(name: str) -> None:
    assert not naming.misnamed(parse_template(name, library.loader(None)), NAMES[name])


@pytest.mark.parametrize("name", NAMES)
def test_shipped_templates_can_be_made_of_full_and_of_sparse_data(name: str) -> None:
    template = library.compiled_template(name)
    full, empty = (template.render(make(NAMES[name])) for make in (sample, sparse))
    assert len(empty.blanks) >= len(full.blanks)


@pytest.mark.parametrize("name", some(TEMPLATES))
def test_shipped_templates_pass_the_check_that_users_run_on_theirs(name: str) -> None:
    assert not trial.tried_template(ROOT / "templates" / f"{name}.md.j2")


def test_every_filter_is_explained_by_an_example_that_is_true() -> None:
    assert set(FILTER_USES) == set(FILTERS)
    shown = [(one.example, one.gives) for one in FILTER_USES.values() if one.gives]
    source = "\n\n".join(f"x {{{{ {example} }}}}" for example, _gives in shown)
    rendered = compile_template("mau", lambda _name: (source, "mau.md.j2")).render({})
    paragraphs = docx.Document(io.BytesIO(rendered.data)).paragraphs
    assert [one.text for one in paragraphs] == [f"x {gives}" for _example, gives in shown]


# The search for names that are not there -----------------------------------------------------------------------------


class Named(Part):
    name: str = said("tên", "x")


class Unit(Named):
    head: Named = said("đứng đầu")


class Titled(Part):
    title: str = said("tên", "x")


class Row(Titled):
    parts: list[Titled] = said("phần")


class Tried(Part):
    unit: Unit = said("đơn vị")
    rows: list[Row] = said("dòng")
    final: bool = said("cuối cùng", example=True)


SHAPE = shape_of(Tried)


def found(source: str, **parts: str) -> list[tuple[str, int, int, str | None]]:
    texts = {"mau": source, **parts}
    parsed = parse_template("mau", lambda name: (texts[name], f"{name}.md.j2"))
    return [told(one) for one in naming.misnamed(parsed, SHAPE)]


def told(one: Finding) -> tuple[str, int, int, str | None]:
    assert one.rule == "DV803"
    assert one.source
    return one.source[one.spot.column - 1 :][: one.spot.length], one.spot.line, one.spot.column, one.help


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("{{ unit.nmae }}", [("nmae", 1, 9, "có phải «name»?")]),
        ("{{ unit.name ~ unit.head.nam }}", [("nam", 1, 26, "có phải «name»?")]),
        ("{{ unit.name ~ rows.name }}", [("name", 1, 21, None)]),
        ("{{ uint.name }}", [("uint", 1, 4, "có phải «unit»?")]),
        ("{% if final %}\n{{ a }}\n{% elif not final %}\n{{ b }}\n{% else %}\n{{ c }}\n{% endif %}",
         [("a", 2, 4, None), ("b", 4, 4, None), ("c", 6, 4, None)]),
        ("{% for row in rows %}\n{% for part in row.parts %}\n{{ loop.index }}. {{ part.titel }}\n{% endfor %}\n{% endfor %}", [("titel", 3, 27, "có phải «title»?")]),
        ("{% for row in rows %}\n{{ row.title }}\n{% endfor %}\n\n{{ row.title }}", [("row", 5, 4, "có phải «rows»?")]),
        ("{{ loop.index }}", [("loop", 1, 4, None)]),
        ("{% for row in rows %}\n{{ loop.idnex }}\n{% endfor %}", [("idnex", 2, 9, "có phải «index»?")]),
        ("{% for x in unit %}\n{{ x }}\n{% endfor %}", [("unit", 1, 13, None)]),
        ("{{ rows | first | upper }}{{ (rows | first).titel }}", [("titel", 1, 45, "có phải «title»?")]),
        ("{{ rows[0].titel }}", [("titel", 1, 12, "có phải «title»?")]),
        ("{{ rows[-1].titel }}", [("titel", 1, 13, "có phải «title»?")]),
        ("{{ mising | default('x') }}", [("mising", 1, 4, None)]),
        ("{{ (unit if final else unit).nmae }}", [("nmae", 1, 30, "có phải «name»?")]),
        ("{{ unit.name | blank(untt.name) }}", [("untt", 1, 22, "có phải «unit»?")]),
        ('---\ntype: KẾ HOẠCH\nsubject: "của {{ unit.nmae }}"\n---\nx', [("nmae", 3, 23, "có phải «name»?")]),
    ],
)  # fmt: skip
def test_a_name_that_is_not_there_is_found_where_it_stands(source: str, wrong: list[object]) -> None:
    assert found(source) == wrong


@pytest.mark.parametrize(
    "source",
    [
        "{{ unit.name }} {{ unit['name'] }} {{ unit.head.name | upper }}",
        "{% for row in rows %}\n{{ row.title }}{% if loop.last %}.{% endif %}\n{% endfor %}",
        "{{ thing is defined }} {% if thing is not defined %}x{% endif %}",
        "{{ (rows | last).title }} {{ rows[0].parts[1].title }} {{ rows[-1].title }} {{ rows | length }}",
        "{{ none | blank('x') }} {{ 'a' ~ 1 }} {{ [1, 2] | join(', ') }}",
    ],
)
def test_a_name_that_is_there_is_left_alone(source: str) -> None:
    assert not found(source)


def test_parts_are_searched_with_the_loop_that_they_stand_in() -> None:
    source = '{% for row in rows %}\n{% include "dong" %}\n{% endfor %}'
    assert found(source, dong="{{ row.title }} {{ row.tilte }}") == [("tilte", 1, 24, "có phải «title»?")]
