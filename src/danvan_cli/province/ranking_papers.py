"""The documents and the workbook that tell a ranking."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.excel.look import written
from danvan_cli.papers.common import (
    Cited,
    Common,
    SignatureLines,
    Unsigned,
    addressed,
    amended,
    common,
    numbered,
    with_head,
)
from danvan_cli.papers.kinds.bien_ban_tham_dinh import Minutes
from danvan_cli.papers.kinds.quyet_dinh_cong_nhan import Recognition
from danvan_cli.papers.kinds.quyet_dinh_doan_tham_dinh import TeamDecision
from danvan_cli.papers.kinds.thong_bao_ket_qua import ResultNotice
from danvan_cli.papers.kinds.to_trinh_cong_nhan import RecognitionProposal
from danvan_cli.papers.results import Changes, DecisionPart, Results
from danvan_cli.province.notes import BASES
from danvan_cli.province.review import STATED
from danvan_cli.scoring.figures import plain_figure, shown_if
from danvan_cli.text import long_day
from danvan_cli.unit.model import empty_record
from danvan_cli.word.shape import taken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.excel.look import Book
    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.province.ranking import BlockRanking, Standing
    from danvan_cli.province.review import Reviewing
    from danvan_cli.scoring.ranking import OverQuota
    from danvan_cli.unit.model import UnitRecord

_UNOFFICIAL: Final = "; bộ tiêu chí tham khảo, chưa được ban hành"
_PAGE_LINES: Final = 32
"""Lines on a printed page: a chart that would be cut has a page of its own."""
_NONE: Final = "–"
"""What stands where there are no points and none are to come."""


def results(rankings: Sequence[BlockRanking]) -> Results:
    """Tell results as every paper does: counts, bands, who has none, a table by block."""
    every = [it for one in rankings for it in one.standings]
    blocks = [
        Results.Block(name=one.block.name, rows=[_row(one, it) for it in one.standings], ranked=_ranked(one))
        for one in rankings
        if one.standings
    ]
    bands = Counter(it.band for it in every if it.band)
    order = {band.name: band.start for one in rankings if one.rubric for band in one.rubric.bands}
    excluded: dict[str, list[str]] = {}
    for it in every:
        if it.rank is None:
            excluded.setdefault("; ".join(it.notes), []).append(it.unit.name)
    return Results(
        counts=Results.Counts(
            total=len(every),
            sent=sum(1 for it in every if not unsent(it)),
            scored=sum(1 for it in every if it.result is not None),
            ranked=sum(bands.values()),
        ),
        bands=[Results.Band(name=it, count=bands[it]) for it in sorted(order, key=lambda it: -order[it])],
        excluded=[Results.Excluded(reason=why, count=len(who), names=who) for why, who in excluded.items()],
        over=[_over(one, it) for one in rankings for it in one.over],
        unofficial=any(one.rubric is not None and not one.rubric.official for one in rankings),
        blocks=blocks,
        noted=[row for one in blocks for row in one.rows if row.rank and row.note],
    )


def _over(one: BlockRanking, it: OverQuota) -> Results.Over:
    percent, count = plain_figure(it.quota.percent), len(it.units)
    return taken(Results.Over, it, block=one.block.name, band=it.band.name, percent=percent, count=count)


def _ranked(one: BlockRanking) -> int:
    return sum(1 for it in one.standings if it.rank is not None)


def unsent(it: Standing) -> bool:
    """Tell whether a unit has sent no self-score."""
    return any(note.code == "not-sent" for note in it.noted)


def _row(one: BlockRanking, it: Standing) -> Results.Row:
    places = one.rubric.rounding.places if one.rubric else 2
    sign = "+" if it.difference and it.difference > 0 else ""
    return Results.Row(
        name=it.unit.name,
        self_=shown_if(it.self_total, places) or None,
        verified=shown_if(it.later, places) or (_NONE if it.result is None else None),
        difference=sign + shown_if(it.difference, places) or None,
        band=it.band or ("không xếp loại" if it.rank is None else None),
        rank=it.rank,
        note="; ".join(it.notes) or None,
    )


def result_papers(
    plan: Plan, verifier: Unit, record: UnitRecord | None, rankings: Sequence[BlockRanking], changes: Sequence[Changes],
    *, final: bool, answer_by: str | None,
) -> tuple[Minutes, ResultNotice, RecognitionProposal, Recognition]:  # fmt: skip
    """Make the papers that tell a ranking, written by the verifier, with its record if it has one here.

    `changes` are each unit's criteria whose points were changed, `answer_by` says by when units may explain.
    """
    told, head, nobody = results(rankings), record or empty_record(plan, verifier), Minutes.Person()
    minutes = Minutes(
        common=taken(Unsigned, common(plan, verifier, head, "BB", None)),
        results=told,
        held=Minutes.Held(),
        chair=nobody,
        secretary=nobody,
        changes=[*changes],
    )
    notice = ResultNotice(
        common=common(plan, verifier, head, "TB", None),
        superior=plan.issuer.name,
        results=told,
        decision=Cited(),
        final=final,
        answer_by=answer_by,
        changes=[*changes],
    )
    proposal = RecognitionProposal(
        common=common(plan, verifier, head, "TTr", None),
        addressed=addressed(plan.issuer.name),
        grounds=legal_grounds(plan),
        criteria=criteria_bases(rankings),
        results=told,
        missing=[it.unit.name for one in rankings for it in one.standings if unsent(it)],
    )
    decision = _decision(plan, verifier)
    recognition = Recognition(decision=decision, criteria=criteria_bases(rankings), results=told)
    return minutes, notice, proposal, recognition


def team(plan: Plan, verifier: Unit) -> TeamDecision:
    """Make the decision that founds the team; who is in it, and what it is to do, is a person's to write."""
    return TeamDecision(decision=_decision(plan, verifier))


def changed_points(one: Reviewing) -> Changes:
    """Tell the criteria of a unit whose verified points differ from the self-score, and what the team states otherwise."""
    places, rows = one.rubric.rounding.places, list[Changes.Change]()
    mine = {line.criterion.id: line.points for line in one.self_result.lines if line.state != "group"}
    reasons = {change.criterion: change.reason for change in one.review.changes}
    for line in one.result().lines:
        name, title, was = line.criterion.id, line.criterion.title, mine.get(line.criterion.id)
        if line.state != "group" and name in reasons and line.points != was:
            before, after = (shown_if(points, places) or None for points in (was, line.points))
            rows.append(Changes.Change(id=name, title=title, before=before, after=after, reason=reasons[name]))
    names = {it.id: it.name for it in one.plan.deliverable_by_id.values()}
    names |= {it.id: it.name for it in one.rubric.violations}
    for what, title in STATED.items():
        last = one.review.stated(what)
        if last and set(last.value) != set(getattr(one.sent, what) or ()):
            said = f"{title}: {'; '.join(names.get(it, it) for it in last.value) or 'không có'}"
            rows.append(Changes.Change(id="", title=said, before=None, after=None, reason=last.reason))
    return Changes(unit=one.unit.name, rows=rows)


def _decision(plan: Plan, verifier: Unit) -> DecisionPart:
    """Give what a decision has: the head of the plan's issuer takes it, that of the verifier proposes it."""
    head = with_head(
        common(plan, verifier, empty_record(plan, verifier), "", None),
        superior=[],
        issuer=plan.issuer.letterhead,
        name=plan.issuer.name,
        symbol=f"QĐ-{plan.issuer.abbr}",
        place=plan.issuer.place,
    )
    decides = head_of(plan.signature.lines) or "CHỦ TỊCH"
    proposes = head_of(plan.letter(verifier).signs)
    return DecisionPart(
        common=taken(Common, head, signature=SignatureLines(lines=[decides], name=None)),
        proposal=Cited(),
        grounds=legal_grounds(plan),
        authority=[said_once(decides, plan.issuer.name.upper())],
        proposer=said_once(proposes.capitalize(), verifier.name) if proposes else None,
    )


def head_of(signs: Sequence[str]) -> str | None:
    """Find the title of an office's head in the lines under which it signs: `KT. CHỦ TỊCH` is for the CHỦ TỊCH."""
    titles = (re.sub(r"(?i)^(?:KT|TL|TUQ|Q)\s*\.\s*", "", one.strip()) for one in signs)
    return next((one for one in titles if not one.upper().startswith("TM")), None)


def said_once(title: str, name: str) -> str:
    """Write a title before an office's name; words that both share stand once: `Chánh Văn phòng Ủy ban nhân dân`."""
    words = title.split()
    start = next((i for i in range(len(words)) if name.lower().startswith(" ".join(words[i:]).lower())), len(words))
    return " ".join([*words[:start], name])


def legal_grounds(plan: Plan) -> list[str]:
    """List what the documents rest on, as far as it is known: the plan."""
    number, when = numbered(plan), plan.issued.date
    if not (number and when):
        return []
    about = plan.title[:1].lower() + plan.title[1:]
    return [f"Kế hoạch số {number} {long_day(when)} của {plan.issuer.name} về {about}{amended(plan)}"]


def criteria_bases(rankings: Sequence[BlockRanking]) -> list[str]:
    """List the documents that issued the criteria, as far as the rubrics name them; those that nobody issued have none."""
    found = [basis for one in rankings if one.rubric and one.rubric.official for basis in one.rubric.basis]
    return list(dict.fromkeys(found))


def ranking_workbook(plan: Plan, rankings: Sequence[BlockRanking]) -> bytes:
    """Write a ranking as a workbook: a sheet and a chart for each block."""
    with written("Xếp hạng") as (book, out):
        for number, one in enumerate([it for it in rankings if it.standings] or rankings, start=1):
            _sheet(book, plan, one, number)
    return out.getvalue()


def _sheet(book: Book, plan: Plan, one: BlockRanking, number: int) -> None:
    places = one.rubric.rounding.places if one.rubric else 2
    figure = book.format(align="center", num_format=f"0.{'0' * places}" if places else "0")
    later = BASES["official" if one.basis == "official" else "verified"]
    columns = (
        ("Hạng", 8), ("Cơ quan, đơn vị, địa phương", 44), ("Điểm tự chấm", 14), (f"Điểm {later}", 14),
        ("Chênh lệch (phần đơn vị tự chấm)", 12), ("Mức xếp loại", 26), ("Ghi chú", 44),
    )  # fmt: skip
    title = f"{one.block.name.upper()}: XẾP HẠNG {plan.span.upper()}"
    under = f"(Theo điểm {BASES[one.basis]}{_UNOFFICIAL if one.rubric and not one.rubric.official else ''})"
    sheet = book.sheet(f"Khối {number}", title, under, columns)
    for at, it in enumerate(one.standings, start=4):
        values = (it.rank, it.unit.name, it.self_total, it.later, it.difference, it.band, "; ".join(it.notes))
        sheet.row(at, values, (book.mid, book.text, figure, figure, figure, book.mid, book.text))
    if ranked := _ranked(one):
        below, lines = 5 + len(one.standings), ranked + 5
        sheet.made.insert_chart(below, 1, _chart(book, one, sheet.made.get_name(), ranked))
        if below + lines > _PAGE_LINES:
            sheet.made.set_h_pagebreaks([below - 1])


def _chart(book: Book, one: BlockRanking, sheet: str, ranked: int) -> Any:
    """Make the chart of a block's scores, the best on top."""
    column, name, font = (2 if one.basis == "self" else 3), f"Điểm {BASES[one.basis]}", {"name": "Times New Roman"}
    chart = book.book.add_chart({"type": "bar"})
    chart.add_series({
        "name": name, "categories": [sheet, 4, 1, 3 + ranked, 1], "values": [sheet, 4, column, 3 + ranked, column],
        "data_labels": {"value": True},
    })  # fmt: skip
    chart.set_title({"name": name, "name_font": font | {"size": 13}})
    chart.set_y_axis({"reverse": True, "num_font": font})
    chart.set_x_axis({"min": 0, "max": float(one.rubric.max) if one.rubric else None, "num_font": font})
    chart.set_legend({"none": True})
    chart.set_size({"width": 900, "height": max(240, 26 * ranked + 120)})
    return chart
