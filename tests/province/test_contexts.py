"""What the province's documents are made from is exactly what their templates may name."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import pages
from danvan_cli.delivery.model import RECEIPT_FORMAT, Receipt, ReceivedFile
from danvan_cli.delivery.status import status_rows
from danvan_cli.delivery.store import Filed
from danvan_cli.papers import library
from danvan_cli.papers.results import Changes, Results
from danvan_cli.plan.model import Plan
from danvan_cli.province import ranking, ranking_papers, reminders, summary, summary_paper
from danvan_cli.province.reminders import REMINDERS_FORMAT, Reminders, Urged
from danvan_cli.province.review import Reviewing, reviewing
from danvan_cli.scoring.model import RubricFile
from danvan_cli.unit.model import UnitRecord
from danvan_cli.word.shape import plain_values, shape_of
from danvan_cli.workspace import Workspace
from danvan_cli.yaml.read import read as read_as
from shapes import misfits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.papers.paper import Paper
    from danvan_cli.plan.model import Unit

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def plan() -> Plan:
    made = read_as(Plan, ROOT / "plans" / "2023.yaml").record
    assert made is not None
    return made


@pytest.fixture(scope="module")
def rubrics() -> RubricFile:
    made = read_as(RubricFile, ROOT / "plans" / "2023.rubric.yaml").record
    assert made is not None
    return made


def letters(plan: Plan) -> Iterator[Paper]:
    rows = status_rows(plan, {}, date(2023, 6, 1))
    for times in range(3):
        issued = [
            Urged(
                deliverable="6m",
                units=[one.id for one in plan.units],
                as_of=date(2023, 5, 15),
                number=f"{n}/SNV",
                date=date(2023, 5, 15 + n),
            )
            for n in range(times)
        ]
        record = Reminders(format=REMINDERS_FORMAT, plan="2023", letters=issued)
        (round_,) = [
            one for one in reminders.rounds(plan, rows, record, date(2023, 6, 1)) if one.deliverable.id == "6m"
        ]
        assert (round_.number, round_.is_report, len(round_.before)) == (times + 1, times == 2, times)
        for by in (None, date(2023, 6, 10)):
            yield reminders.round_paper(plan, round_, None, date(2023, 6, 1), by, list(round_.rows))
        yield reminders.round_paper(plan, round_, None, date(2023, 6, 1), None, [round_.rows[0]])


def results(plan: Plan, rubrics: RubricFile, tmp_path: Path) -> Iterator[Paper]:
    score = tmp_path / "units" / "so-y-te" / "score.yaml"
    score.parent.mkdir(parents=True)
    score.write_bytes((ROOT / "samples" / "so-y-te.score.yaml").read_bytes())

    def opened(unit: Unit) -> Reviewing | None:
        return reviewing(Workspace(tmp_path), plan, rubrics, unit, {}, {}, own="so-noi-vu")

    for blocks in (plan.blocks, []):
        made = ranking.ranking(plan, rubrics, blocks, opened)
        for final in (True, False):
            who = plan.unit_by_id["so-noi-vu"]
            row = Changes.Change(id="1.1", title="Kế hoạch", before=None, after="1,00", reason="thiếu")
            change = Changes(unit=plan.units[0].name, rows=[row])
            yield from ranking_papers.result_papers(plan, who, None, made, [change], final=final, answer_by=None)
    yield ranking_papers.team(plan, plan.unit_by_id["so-noi-vu"])


def summaries(plan: Plan) -> Iterator[Paper]:
    file = ReceivedFile(name="a.pdf", sha256="0" * 64, size=1)
    receipt = Receipt(
        format=RECEIPT_FORMAT,
        plan="2023",
        unit="so-y-te",
        deliverable="6m",
        received=date(2023, 5, 8),
        sha256="0" * 64,
        files=[file],
    )
    sample = read_as(UnitRecord, ROOT / "samples" / "so-y-te.unit.yaml").record
    one = plan.deliverable_by_id["6m"]
    for came in ({}, {("so-y-te", "6m"): [Filed("x", receipt)]}):
        for record in (sample, None):
            when = date(2023, 6, 1)
            rows = status_rows(plan, came, when)
            out = summary.summed_up(plan, rows, lambda _unit, record=record: record, one, when)  # type: ignore[misc]
            yield summary_paper.summary_paper(out, plan.unit_by_id["so-noi-vu"], None, ranking_papers.results([]))


def test_real_contexts_are_exactly_of_their_shapes(plan: Plan, rubrics: RubricFile, tmp_path: Path) -> None:
    made = [*letters(plan), *results(plan, rubrics, tmp_path), *summaries(plan)]
    assert {one.template for one in made} == {
        "cong-van-don-doc", "bao-cao-chua-gui", "bien-ban-tham-dinh", "thong-bao-ket-qua", "to-trinh-cong-nhan", "quyet-dinh-cong-nhan",
        "quyet-dinh-doan-tham-dinh", "bao-cao-tong-hop",
    }  # fmt: skip
    wrong = {(one.template, it) for one in made for it in misfits(shape_of(type(one)), plain_values(one))}
    assert not wrong


@pytest.mark.office
def test_the_year_s_report_of_all_units_stays_under_twelve_pages(plan: Plan, tmp_path: Path) -> None:
    one = plan.deliverable_by_id["1y"]
    text = (ROOT / "samples" / "so-y-te.unit.yaml").read_text("utf-8").partition("\nobstacles:")[0]
    came, records = {}, {}
    for at, unit in enumerate(plan.units):
        receipt = Receipt(
            format=RECEIPT_FORMAT, plan="2023", unit=unit.id, deliverable="1y", received=date(2023, 11, 8), sha256="0" * 64,
            files=[ReceivedFile(name="a.pdf", sha256="0" * 64, size=1)],
        )  # fmt: skip
        came[unit.id, "1y"] = [Filed("x", receipt)]
        hard = "".join(
            f"  - {{text: Việc thứ {n} của đơn vị {at} {'còn khó khăn ' * 8}, proposal: Đề nghị {n} {'hướng dẫn ' * 6}}}\n"
            for n in range(2)
        )
        path = tmp_path / f"{unit.id}.yaml"
        path.write_text(f"{text}\nobstacles:\n{hard}", "utf-8")
        records[unit.id] = read_as(UnitRecord, path).record
    when = date(2023, 12, 1)
    out = summary.summed_up(plan, status_rows(plan, came, when), lambda unit: records[unit.id], one, when)
    rows = {
        block.id: [
            Results.Row(name=it.name, self_="79,47", verified="87,97", difference="-1,00",
                        band="Hoàn thành tốt nhiệm vụ", rank=1, note=None)
            for it in plan.units if it.block == block.id
        ]
        for block in plan.blocks
    }  # fmt: skip
    told = plain_values(
        summary_paper.summary_paper(out, plan.unit_by_id["so-noi-vu"], None, ranking_papers.results([]))
    )
    told |= {
        "blocks": [{"name": block.name, "rows": [plain_values(it) for it in rows[block.id]]} for block in plan.blocks]
    }
    path = tmp_path / "tong-hop.docx"
    path.write_bytes(library.compiled_template("bao-cao-tong-hop", None).render(told).data)
    (printed,) = pages.printed([path])
    assert 8 < len(printed.pages) < 12
