"""The self-score sheet (bảng tự chấm điểm): each criterion with its points, how they come about, what stands behind."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from danvan_cli.papers import annexes
from danvan_cli.papers.common import Common, Letterhead, addressee, common, due_of_kind, examples, letter_number
from danvan_cli.papers.paper import Paper
from danvan_cli.scoring.figures import plain_figure, shown_points
from danvan_cli.text import counted, sentences
from danvan_cli.word.blank import Blank
from danvan_cli.word.shape import Part, said, spread, taken

if TYPE_CHECKING:
    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.scoring.result import Result, ScoredLine
    from danvan_cli.unit.model import UnitRecord

_SCORED_BY: Final = {
    "self": "Do đơn vị tự chấm",
    "verifier": "Do cơ quan thẩm định chấm",
    "superior": "Do cấp trên chấm",
    "survey": "Theo kết quả khảo sát",
}


class ScoredRow(Part):
    kind: str = said(
        "title: đề mục của tiêu chí gồm các tiêu chí con; line: tiêu chí; sum: dòng cộng của đề mục", "line"
    )
    id: str = said("mã tiêu chí", "1.2")
    title: str = said("tên tiêu chí", "Ban hành kế hoạch đúng thời hạn")
    most: str = said("điểm tối đa", "3")
    points: str = said("điểm tự chấm; chữ trống nếu chưa tính được", "3,00")
    basis: list[str] = said("lý do, căn cứ, giải trình", ["Căn cứ: 15/KH-SYT."])


class Score(Part):
    class Rubric(Part):
        name: str = said("tên", "Bộ tiêu chí dùng thử")
        version: str = said("phiên bản", "2023.1")
        official: bool = said("là bộ tiêu chí chính thức", example=False)
        source: str = said("nguồn; chữ trống nếu không ghi", "Công văn số 12/SNV-XDCQ")
        basis: list[str] = said("căn cứ", ["Kế hoạch số 05/KH-UBND"])

    class Sum(Part):
        most: str = said("tối đa của những người chấm ở đây", "85")
        whole: str = said("tối đa, cả phần do người khác chấm", "100")
        points: str = said("điểm; chữ trống nếu còn tiêu chí chưa chấm", "80,50")
        converted: str | None = said("điểm sau khi quy đổi, nếu có tiêu chí không áp dụng", "81,20")

    class Extra(Part):
        name: str = said("tên", "Điểm thưởng")
        most: str = said("tối đa", "5")
        points: str = said("điểm, có dấu; chữ trống nếu chưa tính được", "+2,00")
        rows: list[ScoredRow] = said("các dòng")

    class Total(Part):
        most: str = said("tối đa", "100")
        points: str = said("điểm", "82,50")
        basis: list[str] = said("điều cần nói thêm về tổng điểm", ["Chưa gồm 10 điểm do cấp trên chấm."])

    class Ranking(Part):
        band: str | None = said("mức; trống nếu chưa xếp được", "Hoàn thành tốt nhiệm vụ")
        by_points: str | None = said("mức theo điểm, nếu bị khống chế", "Hoàn thành xuất sắc nhiệm vụ")
        reasons: list[str] = said("lý do khống chế", ["có báo cáo gửi chậm"])

    class Area(Part):
        label: str = said("tiêu chí cấp một", "1. Công tác chỉ đạo")
        value: Decimal | None = said("điểm", Decimal("18.50"))
        most: Decimal = said("tối đa", Decimal(20))

    class Evidence(Part):
        id: str = said("mã tiêu chí", "1.2")
        criterion: str = said("tên tiêu chí", "Ban hành kế hoạch đúng thời hạn")
        thing: annexes.EvidenceRow = spread()

    addressee: str | None = said("nơi nhận trong câu", "Sở Nội vụ")
    rubric: Rubric = said("bộ tiêu chí")
    rows: list[ScoredRow] = said("các dòng tiêu chí", some=True)
    sum: Sum = said("cộng các tiêu chí")
    extras: list[Extra] = said("điểm thưởng, điểm trừ")
    total: Total = said("tổng điểm")
    ranking: Ranking = said("tự xếp loại")
    provisional: bool = said("tạm xếp: còn điểm do người khác chấm", example=True)
    areas: list[Area] = said("biểu đồ điểm: {{ areas | chart(…) }}")
    evidence: list[Evidence] = said("tài liệu kiểm chứng")


class SheetCommon(Common):
    class Head(Letterhead):
        unnumbered: bool = said("không ghi số", example=True)

    letterhead: Head = said("phần đầu văn bản")


class ScoreSheet(Paper, about="bảng tự chấm điểm", command="danvan score", listed=5):
    common: SheetCommon = spread(examples("BC-SYT"))
    score: Score = spread()


def score_sheet(plan: Plan, unit: Unit, record: UnitRecord, result: Result) -> ScoreSheet:
    """Make a unit's self-score sheet, to be signed."""
    deliverable = due_of_kind(plan, unit, "self-score")
    made = common(plan, unit, record, "", deliverable)
    # A sheet has no type code of its own: it goes unnumbered with the report it belongs to, unless a number is known.
    number, symbol = letter_number(record.sent(deliverable.id).number if deliverable else None, unit.abbr)
    head = taken(SheetCommon.Head, made.letterhead, number=number, symbol=symbol, unnumbered=not number)
    return ScoreSheet(common=taken(SheetCommon, made, letterhead=head), score=score_of(plan, unit, result))


def score_of(plan: Plan, unit: Unit, result: Result) -> Score:
    """Tell a score, to whom the plan has it sent."""
    from danvan_cli.word.chart import MAX_BARS

    rubric, areas = result.rubric, _areas(result)
    return Score(
        addressee=addressee(plan, unit, due_of_kind(plan, unit, "self-score")),
        rubric=taken(Score.Rubric, rubric, version=str(rubric.version), source=rubric.source or ""),
        rows=_rows(plan, result, "criteria"),
        sum=Score.Sum(
            most=plain_figure(result.scope),
            whole=plain_figure(sum(one.most for one in rubric.criteria)),
            points=_sum(result, "criteria", result.earned),
            converted=_points(result, result.subtotal) if result.subtotal != result.earned else None,
        ),
        extras=[
            Score.Extra(
                name=name,
                most=plain_figure(extra.max),
                points=(sign if points else "") + shown if (shown := _sum(result, part, points)) else "",
                rows=_rows(plan, result, part),
            )
            for name, sign, part, extra, points in (
                ("Điểm thưởng", "+", "bonus", rubric.bonus, result.bonus),
                ("Điểm trừ", "-", "deductions", rubric.deductions, result.deductions),
            )
            if extra
        ],
        total=_total(result),
        ranking=_ranking(result),
        provisional=bool(result.band and result.others),
        areas=areas if len(areas) <= MAX_BARS else [],
        evidence=[row for line in result.lines for row in _evidence(line)],
    )


def _points(result: Result, points: Decimal) -> str:
    return shown_points(points, result.rubric.rounding.places)


def _sum(result: Result, part: str, points: Decimal) -> str:
    """Write a part's sum; it stands empty while something of the part is blank."""
    return "" if any(one.part == part for one in result.blanks) else _points(result, points)


def _rows(plan: Plan, result: Result, part: str) -> list[ScoredRow]:
    """Give the rows of a part: a title over the criteria below it, and their sum under them, so that columns add up."""
    counts = {name: one.unit for name, one in plan.indicator_by_id.items()}
    rows: list[ScoredRow] = []
    open_: list[ScoredLine] = []

    def close(depth: int) -> None:
        while open_ and open_[-1].depth >= depth:
            rows.append(_row(open_.pop(), result, counts, "sum"))

    for line in result.lines:
        if line.part == part:
            close(line.depth)
            group = line.state == "group"
            rows.append(_row(line, result, counts, "title" if group else "line"))
            open_ += [line] if group else []
    close(0)
    return rows


def _row(line: ScoredLine, result: Result, counts: dict[str, str], kind: str) -> ScoredRow:
    """Give a line's row: with a gap where it is to be scored, without points where they are not final."""
    most = points = ""
    if kind != "title":
        settled = _settled(line, result)
        most, points = plain_figure(line.most), "" if settled is None else _points(result, settled)
    if line.state == "blank" and line.part != "bonus":
        points = Blank(f"điểm {line.criterion.id}")
    basis = [] if line.state == "group" else _basis(line, counts)
    return taken(ScoredRow, line.criterion, kind=kind, most=most, points=points, basis=basis)


def _settled(line: ScoredLine, result: Result) -> Decimal | None:
    """Give a line's points if they are final: no leaf of it is blank, and some leaf is scored here."""
    below = {leaf.id for leaf in line.criterion.leaves()}
    states = {one.state for one in result.lines if one.criterion.id in below}
    return None if "blank" in states or states == {"other"} else line.points


def _basis(line: ScoredLine, counts: dict[str, str]) -> list[str]:
    """Say in words why a criterion has its points, what stands behind them, what the unit explains."""
    if line.state == "other":
        return [f"{_SCORED_BY[line.criterion.scorer]}."]
    one, answer, told = line.criterion, line.answer, list[str]()
    if line.state == "na":
        full = line.points is not None
        told.append(f"Không áp dụng; {'được tính đủ điểm' if full else 'điểm được quy đổi theo các tiêu chí còn lại'}.")
    elif line.state == "scored":
        from danvan_cli.scoring.ways import way_of

        counted = counts.get(one.sources.get("count", ""), "trường hợp")
        told.append(sentences(way_of(one).reason(one, answer, counted)))
    if answer.evidence:
        told.append(sentences(f"Căn cứ: {'; '.join(one.number or one.title for one in answer.evidence)}"))
    if answer.note:
        told.append(sentences(f"Giải trình: {answer.note}"))
    return [text for text in told if text]


def _total(result: Result) -> Score.Total:
    """Give the total and what is to be said of it; a gap where something is still blank."""
    points, told = _points(result, result.total), list[str]()
    if result.blanks:
        told.append(f"Còn {counted(len(result.blanks))} tiêu chí chưa chấm; cộng đến nay: {points} điểm.")
    elif (whole := result.subtotal + result.bonus - result.deductions) < result.total:
        told.append("Tổng điểm không dưới 0.")
    elif whole > result.total:
        part = f"{plain_figure(result.scope)} điểm đơn vị tự chấm, trong " if result.scope != result.rubric.max else ""
        told.append(f"Tính theo giới hạn của {part}thang điểm {plain_figure(result.rubric.max)}.")
    others = [one for one in result.others if one.part == "criteria"]
    if others:
        who = " và ".join(dict.fromkeys(_SCORED_BY[one.criterion.scorer].lower() for one in others))
        told.append(f"Chưa gồm {plain_figure(sum(one.most for one in others))} điểm {who}.")
    return Score.Total(
        most=plain_figure(result.rubric.max), points=Blank("tổng điểm") if result.blanks else points, basis=told
    )


def _ranking(result: Result) -> Score.Ranking:
    """Give the band that the unit ranks itself in, and the reasons of the limits that lower or deny it."""
    band, before = result.band, result.by_points
    if not result.eligible:
        denied = [limit.reason for limit in result.applied if limit.deny]
        return Score.Ranking(band="không đủ điều kiện xếp loại", by_points=None, reasons=denied)
    if band is None or before is None or band.id == before.id:
        return Score.Ranking(band=band.name if band else None, by_points=None, reasons=[])
    limits = [limit.reason for limit in result.applied if band.id in {limit.cap, limit.force}]
    return Score.Ranking(band=band.name, by_points=before.name, reasons=limits)


def _areas(result: Result) -> list[Score.Area]:
    """Give the chart's rows: the criteria of the first level; what is not final has no bar."""
    areas = []
    for one in result.lines:
        if one.part == "criteria" and one.depth == 1:
            label = annexes.area_label(one.criterion.id, one.criterion.title)
            areas.append(Score.Area(label=label, value=_settled(one, result), most=one.most))
    return areas


def _evidence(line: ScoredLine) -> list[Score.Evidence]:
    """List a criterion's evidence; an explanation stands instead of what is missing, else a gap."""
    if line.state not in {"scored", "na"}:
        return []
    rows = annexes.evidence_listed(annexes.thing(found, "") for found in line.answer.evidence)
    if line.missing_evidence:
        rows.append(_instead(Blank(f"tài liệu hoặc giải trình: {'; '.join(line.criterion.evidence)}")))
    elif not rows and line.criterion.evidence and line.answer.note:
        rows.append(_instead(f"(Giải trình thay tài liệu: {line.answer.note})"))
    return [Score.Evidence(id=line.criterion.id, criterion=line.criterion.title, thing=row) for row in rows]


def _instead(title: str) -> annexes.EvidenceRow:
    return annexes.EvidenceRow(title=title, number="", date="", behind="", note="")
