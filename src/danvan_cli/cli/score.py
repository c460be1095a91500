"""`danvan score`: a unit scores itself; the table, the band and why, and the signed sheet."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.common import band_said, opened_plan, tell_backup, tell_document, write_pdf
from danvan_cli.cli.options import (
    FORCE,
    OUTPUT,
    PDF,
    PLAN,
    STRICT,
    TEMPLATE,
    UNIT,
    flag,
    help_page,
    must_end_in,
    option,
)
from danvan_cli.errors import DanvanError, Exit, UsageError
from danvan_cli.lang import _
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from decimal import Decimal

    from danvan_cli.desk.opened import Open
    from danvan_cli.desk.score import Scored, SelfScore
    from danvan_cli.scoring.model import Rubric, RubricFile
    from danvan_cli.scoring.result import Result, ScoredLine


@help_page(
    (
        "danvan score so-y-te --answers samples/so-y-te.score.yaml",
        _("ghi các câu trả lời mẫu, tính điểm, làm bảng tự chấm điểm"),
    ),
    ("danvan score so-y-te --report", _("làm cả báo cáo tự chấm điểm để gửi kèm bảng")),
    ("danvan score so-y-te --explain", _("từng tiêu chí được bao nhiêu điểm, tính thế nào")),
    ("danvan score so-y-te --ask", _("chấm từng tiêu chí ngay trên màn hình, thấy tổng điểm sau mỗi câu")),
    about=_(
        "Câu trả lời nằm ở units/<mã>/score.yaml. Những gì dữ liệu của đơn vị trả lời được (tỷ lệ từ số liệu, báo cáo đúng "
        "hạn, nhiệm vụ đã xong) chỉ được đề xuất; --accept mới ghi vào."
    ),
)
def score(
    unit: str | None = UNIT,
    answers: Path | None = option("--answers", _("tệp câu trả lời; được ghi vào score.yaml của đơn vị"), _("TỆP")),
    replace: bool = flag("--replace", _("cho câu trả lời của tệp thay câu trả lời đã có")),
    ask: bool = flag("--ask", _("trả lời từng tiêu chí trên màn hình")),
    accept: bool = flag("--accept", _("ghi các đề xuất cho tiêu chí chưa chấm vào score.yaml")),
    explain: bool = flag("--explain", _("viết rõ cách tính từng tiêu chí")),
    every: bool = flag("--all", _("mọi đơn vị đã có score.yaml: một bảng tổng hợp")),
    word: bool = option("--sheet/--no-sheet", _("có hoặc không làm bảng Word"), default=True),
    report: bool = flag("--report", _("làm cả báo cáo tự chấm điểm, có bảng điểm và danh mục kiểm chứng kèm theo")),
    output: Path | None = OUTPUT,
    template: Path | None = TEMPLATE,
    pdf: bool = PDF,
    plan: Path | None = PLAN,
    force: bool = FORCE,
    strict: bool = STRICT,
) -> Exit:
    """Score a unit."""
    from danvan_cli.desk import score as desk

    for wrong, message in (
        (
            every and (unit or answers or replace or ask or accept or report or output),
            _("--all không dùng cùng đơn vị, --answers, --ask, --accept, --report hoặc -o"),
        ),
        (report and (output or not word), _("--report không dùng cùng -o hoặc --no-sheet")),
        ((pdf or template) and not word, _("--pdf, --template không dùng cùng --no-sheet")),
        (report and template, _("--template chỉ thay mẫu của một văn bản, không dùng cùng --report")),
        (replace and not answers, _("{option} cần có {other}", option="--replace", other="--answers")),
    ):
        if wrong:
            raise UsageError(message)
    must_end_in(output, ".docx")
    opened = opened_plan(plan, template)
    rubrics = desk.rubrics_of(opened)
    if every:
        return _everyone(opened, rubrics, sheet=word, pdf=pdf, force=force, strict=strict)
    asked = None
    if ask:
        from danvan_cli.cli.asking import ask_answers

        asked = ask_answers
    done = desk.score_unit(
        opened, rubrics, opened.unit(unit), answers=answers, replace=replace, accept=accept, ask=asked
    )
    _replaced(done)
    if done.begun:
        screen.note(_("đã tạo {path}: điền câu trả lời vào đó, hoặc dùng --ask, --answers", path=shown(done.path)))
    if not as_json.wanted():
        tell_score(done, explain=explain)
    for told in done.contrary:
        screen.remark(_("mâu thuẫn: {what}", what=told))
    if word:
        papers = desk.score_papers(opened, done.scored, output, report=report, force=force)
        made = [tell_document(one) for one in papers]  # said as it is written: the next may fail
        write_pdf([one.saved.path for one in made] if pdf else [])
    as_json.give(**score_as_dict(done.scored))
    return _exit(done.scored, strict=strict)


def _replaced(done: "SelfScore") -> None:
    """Tell what a file of answers replaces, on stderr, since the score is the result; stop where nothing was written."""
    path, taking = shown(done.path), done.taking
    if not taking.replaced:
        return
    for one in taking.replaced:
        screen.note(f"{one.about}: {one.old} → {one.new}")
    count = len(taking.replaced)
    if taking.refused:
        raise DanvanError(
            _("{path}: {count} câu trả lời đã có sẽ bị thay như trên, chưa ghi gì", path=path, count=count),
            help=_("thêm --replace để thay (bản cũ được giữ lại), hoặc bỏ các câu đó khỏi tệp"),
        )
    screen.note(_("{path}: đã thay {count} câu trả lời", path=path, count=count))
    tell_backup(taking.backup)


def _exit(scored: "Scored", *, strict: bool) -> Exit:
    return Exit.FINDINGS if scored.result.by_points is None or (strict and scored.gaps) else Exit.OK


# All units -----------------------------------------------------------------------------------------------------------


def _everyone(opened: "Open", rubrics: "RubricFile", *, sheet: bool, pdf: bool, force: bool, strict: bool) -> Exit:
    """Score every unit that has answers; those that could not be scored are told at the end."""
    from danvan_cli.desk.score import scored_once, sheet_of, units_with_answers

    units = units_with_answers(opened)
    written: list[Path] = []
    failed: list[tuple[str, DanvanError]] = []
    chosen: dict[tuple[str, str | None], Rubric] = {}
    worst, rows = Exit.OK, []
    for unit in screen.progress(units, _("chấm điểm")):
        with screen.kept(failed, unit.id):
            one = scored_once(opened, rubrics, unit, chosen)
            path = sheet_of(opened, one, force=force) if sheet else None
            written += [path] if path else []
            worst = max(worst, _exit(one, strict=strict))
            if as_json.wanted():
                as_json.add("units", score_as_dict(one))
            rows.append(_row(one))
    headings = (_("Mã"), _("Cơ quan, đơn vị"), _("Điểm"), _("Trên"), _("Xếp loại"))
    screen.table(headings, rows, right=(2, 3), whole=(0,))
    screen.note(_("{count} đơn vị đã có bảng điểm, trên {all} đơn vị", count=len(units), all=len(opened.plan.units)))
    write_pdf(written if pdf else [], quiet=True)
    return max(worst, screen.failures(failed))


def _row(scored: "Scored") -> tuple[str, ...]:
    from danvan_cli.scoring.figures import plain_figure, shown_points

    unit, result = scored.unit, scored.result
    total = shown_points(result.total, result.rubric.rounding.places)
    return unit.id, unit.name, total, plain_figure(result.scope), band_said(result)


# One unit ------------------------------------------------------------------------------------------------------------


def tell_score(done: "SelfScore", *, explain: bool) -> None:
    """Print the table, the total, the band and why; what is missing; what the unit's data propose."""
    from danvan_cli.scoring.figures import shown_if, shown_points

    unit, result, _unstated = done.scored
    rubric, places = result.rubric, result.rubric.rounding.places
    screen.say(f"{unit.name}: {rubric.name}")
    if not rubric.official:
        screen.out(_("(bộ tiêu chí này không phải bộ tiêu chí chính thức)"))
    rows = []
    for line in result.lines:
        leaf, most, points = line.criterion, shown_points(line.most, places), shown_if(line.points, places)
        rows.append((leaf.id, leaf.title, most, points, _beside(line, explain=explain)))
    heads = (_("TT"), _("Tiêu chí"), _("Tối đa"), _("Điểm"), _("Cách tính") if explain else _("Ghi chú"))
    screen.table(heads, rows, right=(2, 3), whole=(0,))
    for text in in_sentences(result, explain=explain):
        screen.out(text)
    _missing(done.scored)
    _proposed(done)


def _beside(line: "ScoredLine", *, explain: bool) -> str:
    """Say what stands beside a line: how it was computed, or what is to be known about it."""
    words = {
        "blank": "" if line.part == "bonus" else _("chưa chấm"),
        "na": _("không áp dụng, được đủ điểm") if line.criterion.na == "full" else _("không áp dụng, bỏ ra và quy đổi"),
        "other": {
            "verifier": _("người thẩm định chấm"),
            "superior": _("cấp trên chấm"),
            "survey": _("theo khảo sát"),
        }.get(line.criterion.scorer, ""),
    }
    if line.state in words:
        return words[line.state]
    parts = [line.derivation, line.answer.note] if explain else []
    return "; ".join(filter(None, [*parts, _("thiếu kiểm chứng") if line.missing_evidence else ""]))


def in_sentences(result: "Result", *, explain: bool = False) -> list[str]:
    """Say the total, the band and why, in sentences."""
    from danvan_cli.scoring.figures import plain_figure, shown_points

    places = result.rubric.rounding.places
    total, scope = shown_points(result.total, places), plain_figure(result.scope)
    how = f"  ({result.derivation})" if explain or result.bonus or result.deductions or result.left_out else ""
    out = [_("Tổng điểm tự chấm: {total}/{scope}", total=total, scope=scope) + how]
    others = sum(line.most for line in result.others if line.part == "criteria")
    if others:
        out.append(_("Còn {most} điểm không do đơn vị chấm.", most=plain_figure(others)))
    if result.blanks:
        out.append(_("Còn {count} tiêu chí chưa chấm nên chưa xếp loại.", count=len(result.blanks)))
    elif result.by_points is None:
        out.append(_("Không có tiêu chí nào để tính điểm nên chưa xếp loại."))
    elif not result.eligible:
        out.append(_("Không đủ điều kiện xếp loại."))
    elif result.band:
        label = _("Tạm xếp") if result.others else _("Tự xếp loại")
        out.append(f"{label}: {result.band.name}")
        if result.by_points and result.by_points != result.band:
            out.append(_("(theo điểm là «{band}»)", band=result.by_points.name))
    out += [_("Khống chế: {reason}", reason=limit.reason) for limit in result.applied]
    return [screen.wrapped(line) for line in out]


def _missing(scored: "Scored") -> None:
    for line in scored.result.missing:
        needed = "; ".join(line.criterion.evidence)
        told = _("thiếu tài liệu kiểm chứng của tiêu chí {id}: {needed} (hoặc giải trình); ghi bằng --ask hoặc trong sổ",
                 id=line.criterion.id, needed=needed)  # fmt: skip
        screen.remark(told)
    words = {
        "late": _("chưa khẳng định có báo cáo nào gửi muộn không; trả lời bằng --ask"),
        "violations": _("chưa khẳng định có vi phạm nào không; trả lời bằng --ask"),
    }
    for name in scored.unstated:
        screen.remark(words[name])


def _proposed(done: "SelfScore") -> None:
    """Tell what the unit's data would answer, and where its dates speak against what was stated."""
    from danvan_cli.scoring.arithmetic import derivation

    answers, late, dates, denied = done.proposed
    if answers or late is not None:
        screen.note(_("đề xuất từ dữ liệu của đơn vị (ghi vào bằng --accept):"))
        for name, one in answers.items():
            how = derivation(one.criterion, one.answer, done.scored.result.rubric.rounding)
            screen.remark(f"  {name}: {how} ({one.why})")
        if late is not None:
            screen.remark(f"  late: [{', '.join(late)}] ({_('mới xét: {ids}', ids=', '.join(dates))})")
    for name, why in denied.items():
        screen.remark(_("«{id}» không ghi trong late, nhưng {why}", id=name, why=why))


def score_as_dict(scored: "Scored") -> dict[str, Any]:
    """Give the keys that `score --json` promises; points are decimal strings."""
    from danvan_cli.scoring.figures import exact

    unit, result, _unstated = scored
    places = result.rubric.rounding.places

    def points(most: "Decimal", own: "Decimal | None") -> dict[str, str | None]:
        return {"max": exact(most, places), "self": exact(own, places), "verified": None}

    criteria = [
        {"id": line.criterion.id, **points(line.most, line.points), "missing_evidence": line.missing_evidence}
        for line in result.lines
    ]
    told = {"unit": unit.id, "rubric": result.rubric.id, **points(result.rubric.max, result.total)}
    band = result.band.name if result.band else None
    return told | {"band": band, "eligible": result.eligible, "criteria": criteria}
