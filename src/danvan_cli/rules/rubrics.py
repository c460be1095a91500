"""DV7: a rubric adds up, its bands leave no gap, its names exist, and each of its rules can come into play."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from danvan_cli.findings.rule import OURS, rule
from danvan_cli.lang import _
from danvan_cli.rules.context import FileCheck, meant
from danvan_cli.scoring.figures import plain_figure, rounded
from danvan_cli.scoring.model import FACTS, scoring_day

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.model import Plan
    from danvan_cli.scoring.model import Rubric, RubricFile
    from danvan_cli.yaml.yamlfile import Loc

    _Names = list[tuple[Loc, str | None]]

LEVELS: Final = range(2, 5)
"""How many levels a tree of criteria has."""


@dataclass(frozen=True)
class RubricCheck(FileCheck):
    """One rubric of a file, where it stands, and the plan of its year (None where there is none)."""

    rubrics: RubricFile
    number: int
    plan: Plan | None

    @cached_property
    def rubric(self) -> Rubric:
        """The rubric that is looked at."""
        return self.rubrics.rubrics[self.number]

    def at(self, rule: str, loc: Loc, message: str, *, help: str | None = None, key: bool = False) -> Finding:
        """Make a finding at a place of the rubric."""
        return super().at(rule, ("rubrics", self.number, *loc), message, help=help, key=key)


@rule(
    "DV701", "Điểm cộng lại không khớp", "error",
    "Điểm của nhóm phải bằng tổng các mục con, tổng các tiêu chí phải bằng thang điểm; nếu không, bảng chấm điểm sai.",
    wrong='max: 15\ncriteria:\n  - {id: "1.1", max: 5, …}\n  - {id: "1.2", max: 8, …}', right="max: 13",
)  # fmt: skip
def points_add_up(check: RubricCheck) -> Iterator[Finding]:
    """DV701: a group's stated points are the sum of what it holds, and all criteria give the scale."""
    for criterion, _part, _depth, loc in check.rubric.rows:
        if criterion.criteria and criterion.max is not None and criterion.max != criterion.most:
            given, summed = plain_figure(criterion.max), plain_figure(criterion.most)
            message = _(
                "nhóm «{id}» ghi {max} điểm nhưng các mục con cộng lại là {sum}", id=criterion.id, max=given, sum=summed
            )
            hint = _("sửa «max» thành {sum}, hoặc sửa điểm các mục con", sum=criterion.most)
            yield check.at("DV701", (*loc, "max"), message, help=hint)
    whole = sum((one.most for one in check.rubric.criteria), Decimal(0))
    if whole != check.rubric.max:
        most, summed = plain_figure(check.rubric.max), plain_figure(whole)
        message = _("thang điểm {max} nhưng các tiêu chí cộng lại là {sum}", max=most, sum=summed)
        hint = _("thừa hoặc thiếu {off} điểm", off=plain_figure(abs(whole - check.rubric.max)))
        yield check.at("DV701", ("max",), message, help=hint)


@rule(
    "DV703", "Mức xếp loại hở hoặc chồng lên nhau", "error",
    "Mỗi tổng điểm phải thuộc đúng một mức; điểm dưới (from) thuộc về mức đó.",
    wrong="- {id: tot, name: Tốt, from: 70, below: 85}\n- {id: xuat-sac, name: Xuất sắc, from: 90}",
    right="- {id: tot, name: Tốt, from: 70}\n- {id: xuat-sac, name: Xuất sắc, from: 90}",
)  # fmt: skip
def bands_cover_the_scale(check: RubricCheck) -> Iterator[Finding]:
    """DV703: bands begin at 0, and each ends where the next begins."""
    bands = sorted(enumerate(check.rubric.bands), key=lambda one: one[1].start)
    at, lowest = bands[0]
    if lowest.start != 0:
        message = _("tổng điểm dưới {start} không thuộc mức nào", start=plain_figure(lowest.start))
        yield check.at("DV703", ("bands", at, "from"), message, help=_("mức thấp nhất ghi from: 0"))
    for (at, one), (_other, above) in pairwise(bands):
        start = plain_figure(above.start)
        if one.start == above.start:
            message = _("mức «{id}» và «{other}» cùng bắt đầu từ {start}", id=one.id, other=above.id, start=start)
            yield check.at("DV703", ("bands", at, "from"), message)
        elif one.below is not None and one.below != above.start:
            wrong = _("hở") if one.below < above.start else _("chồng lên nhau")
            message = _(
                "mức «{id}» đến dưới {below}, mức «{other}» từ {start}: {wrong}",
                id=one.id, below=plain_figure(one.below), other=above.id, start=start, wrong=wrong,
            )  # fmt: skip
            hint = _("ghi below: {start}, hoặc bỏ «below»", start=above.start)
            yield check.at("DV703", ("bands", at, "below"), message, help=hint)
    at, top = bands[-1]
    if top.below is not None and top.below <= _ceiling(check.rubric):
        message = _("tổng điểm từ {below} trở lên không thuộc mức nào", below=plain_figure(top.below))
        yield check.at("DV703", ("bands", at, "below"), message, help=_("mức cao nhất không ghi «below»"))


def _ceiling(rubric: Rubric) -> Decimal:
    return rubric.max + (rubric.bonus.max if rubric.bonus and rubric.over_max else Decimal(0))


@rule("DV704")
def rubrics_are_of_the_plan(check: RubricCheck) -> Iterator[Finding]:
    """DV704: the file names the plan that it lies beside; told once."""
    if check.plan is not None and check.rubrics.plan != check.plan.id and not check.number:
        message = _(
            "tệp ghi kế hoạch «{id}», kế hoạch đang dùng là «{plan}»", id=check.rubrics.plan, plan=check.plan.id
        )
        hint = meant(check.rubrics.plan, [check.plan.id])
        yield check.file.finding("DV704", check.file.span(("plan",)), message, help=hint)


@rule(
    "DV704", "Bộ tiêu chí nêu tên không có", "error",
    "Tiêu chí, mức, vi phạm, chỉ tiêu, báo cáo hay khối được nêu tên phải có; nếu không, quy tắc không bao giờ chạy.",
    wrong="when: {late: 6-thang}", right="when: {late: 6m}",
)  # fmt: skip
def names_exist(check: RubricCheck) -> Iterator[Finding]:
    """DV704: whatever a rubric names is there: criteria, bands, violations, and what the plan defines."""
    rubric, plan = check.rubric, check.plan
    limits, quotas = list(enumerate(rubric.limits)), list(enumerate(rubric.quota))
    criteria: _Names = [(("limits", i, "when", "criterion"), one.when.criterion) for i, one in limits]
    criteria += [(("tie_criteria", i), name) for i, name in enumerate(rubric.tie_criteria)]
    violations: _Names = [(("limits", i, "when", "violation"), one.when.violation) for i, one in limits]
    bands: _Names = [
        (("limits", i, key), name) for i, one in limits for key, name in (("cap", one.cap), ("force", one.force))
    ]
    bands += [(("quota", i, "band"), one.band) for i, one in quotas]
    bands += [(("quota", i, "of", j), name) for i, one in quotas for j, name in enumerate(one.of)]
    spaces: list[tuple[Iterable[tuple[Loc, str | None]], Collection[str], str]] = [
        (criteria, [row.criterion.id for row in rubric.rows], _("không có tiêu chí «{id}»")),
        (bands, list(rubric.band_by_id), _("không có mức xếp loại «{id}»")),
        (violations, [one.id for one in rubric.violations], _("không có vi phạm «{id}» trong danh mục «violations»")),
    ]
    if plan is not None:
        rows = [(row.loc, row.criterion) for row in rubric.rows]
        blocks = [(("blocks", i), name) for i, name in enumerate(rubric.blocks)]
        sent: _Names = [(("limits", i, "when", "late"), one.when.late) for i, one in limits]
        sent += [((*loc, "deliverable"), one.deliverable) for loc, one in rows]
        figures = [
            ((*loc, one.way, "from" if key == "count" else key), name)
            for loc, one in rows
            for key, name in one.sources.items()
        ]
        areas = [((*loc, "area"), one.area) for loc, one in rows]
        spaces += [
            (blocks, plan.block_by_id, _("khối «{id}» không có trong kế hoạch")),
            (sent, plan.deliverable_by_id, _("báo cáo, hồ sơ «{id}» không có trong kế hoạch")),
            (figures, [*plan.indicator_by_id, *FACTS], _("không có chỉ tiêu số liệu «{id}»")),
            (areas, [one.id for one in plan.areas], _("nội dung «{id}» không có trong kế hoạch")),
        ]
    for named, known, message in spaces:
        yield from check.unknown("DV704", named, known, message)


@rule(
    "DV705", "Quy tắc không bao giờ dùng đến hoặc lúc nào cũng đúng", "warning",
    "Mức không ai đạt được, khống chế không đổi gì hay lúc nào cũng đúng thường là gõ nhầm số.",
    wrong='when: {criterion: "1.1", below: 50}  # tiêu chí 1.1 nhiều nhất 5 điểm',
    right='when: {criterion: "1.1", below: 2.5}',
)  # fmt: skip
def rules_can_apply(check: RubricCheck) -> Iterator[Finding]:
    """DV705: every band can be reached, every khống chế rule can come true and change something."""
    rubric = check.rubric
    ceiling, top = _ceiling(rubric), rubric.bands_down[0]
    for i, band in enumerate(rubric.bands):
        if band.start > ceiling:
            message = _("không ai đạt được mức «{id}»: cần {start}, nhiều nhất được {most}",
                        id=band.id, start=plain_figure(band.start), most=plain_figure(ceiling))  # fmt: skip
            yield check.at("DV705", ("bands", i, "from"), message)
    conditions = [limit.when.model_dump_json() for limit in rubric.limits]
    denying = {when: limit for limit, when in reversed(list(zip(rubric.limits, conditions, strict=True))) if limit.deny}
    for i, (limit, when) in enumerate(zip(rubric.limits, conditions, strict=True)):
        if denying.get(when, limit) is not limit:
            message = _(
                "quy tắc «{id}» không bao giờ dùng đến: cùng điều kiện thì «{other}» đã loại khỏi xếp loại",
                id=limit.id, other=denying[when].id,
            )  # fmt: skip
            yield check.at("DV705", ("limits", i, "when"), message)
        elif limit.cap == top.id:
            message = _("khống chế «{id}» không đổi gì: «{band}» đã là mức cao nhất", id=limit.id, band=top.id)
            yield check.at("DV705", ("limits", i, "cap"), message)
        row = rubric.row_by_id.get(limit.when.criterion or "")
        if row is not None and limit.when.below is not None and limit.when.below > row.criterion.most:
            message = _(
                "điều kiện của «{id}» lúc nào cũng đúng: tiêu chí «{criterion}» nhiều nhất {most} điểm",
                id=limit.id, criterion=row.criterion.id, most=plain_figure(row.criterion.most),
            )  # fmt: skip
            yield check.at("DV705", ("limits", i, "when", "below"), message)


@rule(
    "DV706", "Mã trong bộ tiêu chí bị lặp", "error",
    "Câu trả lời và khống chế gọi tiêu chí bằng mã: một mã phải chỉ đúng một tiêu chí.",
    wrong='- {id: "1.1", …}\n- {id: "1.1", …}', right='- {id: "1.1", …}\n- {id: "1.2", …}',
)  # fmt: skip
def ids_are_unique(check: RubricCheck) -> Iterator[Finding]:
    """DV706: criteria, levels, bands, limits and violations each have an id of their own; so do a file's rubrics."""
    rubric = check.rubric
    if rubric.id in {one.id for one in check.rubrics.rubrics[: check.number] if one.version == rubric.version}:
        message = _("mã «{id}» đã dùng ở trên", id=rubric.id)
        yield check.at("DV706", ("id",), message, help=_("tăng «version», hoặc đổi mã"))
    spaces: list[list[tuple[str, Loc]]] = [[(row.criterion.id, row.loc) for row in rubric.rows]]
    for key in ("bands", "limits", "violations"):
        spaces += [[(one.id, (key, i)) for i, one in enumerate(getattr(rubric, key))]]
    spaces += [[(one.id, (*row.loc, "levels", i)) for i, one in enumerate(row.criterion.levels)] for row in rubric.rows]
    for named in spaces:
        seen: set[str] = set()
        for name, loc in named:
            if name in seen:
                yield check.at("DV706", (*loc, "id"), _("mã «{id}» đã dùng ở trên", id=name))
            seen.add(name)


@rule(
    "DV707", "Bộ tiêu chí không có từ 2 đến 4 tầng", "error",
    "Bảng chấm điểm trình bày được từ hai đến bốn tầng: nhóm, tiêu chí, tiêu chí thành phần, mục.",
    wrong="criteria: [một dãy tiêu chí, không có nhóm]", right="criteria: [nhóm, mỗi nhóm có criteria]", source=OURS,
)  # fmt: skip
def tree_has_two_to_four_levels(check: RubricCheck) -> Iterator[Finding]:
    """DV707: a rubric is a tree of two to four levels."""
    rows = [row for row in check.rubric.rows if row.part == "criteria"]
    if max(row.depth for row in rows) < LEVELS.start:
        message = _("bộ tiêu chí chỉ có một tầng")
        yield check.at("DV707", ("criteria",), message, key=True, help=_("chia thành nhóm, mỗi nhóm có tiêu chí con"))
    for row in rows:
        if row.depth == LEVELS.stop:
            message = _("tiêu chí «{id}» ở tầng thứ {depth}; nhiều nhất là {most}",
                        id=row.criterion.id, depth=row.depth, most=LEVELS.stop - 1)  # fmt: skip
            yield check.at("DV707", row.loc, message)


@rule("DV701")
def points_have_the_places(check: RubricCheck) -> Iterator[Finding]:
    """DV701: no points are finer than the rounding, else what is printed would not add up."""
    rubric = check.rubric
    given: list[tuple[Loc, Decimal | None]] = [
        *((row.loc, row.criterion.max) for row in rubric.rows if not row.criterion.criteria),
        (("bonus",), rubric.bonus.max if rubric.bonus else None),
        (("deductions",), rubric.deductions.max if rubric.deductions else None),
    ]
    for loc, most in given:
        if most is not None and most != rounded(most, rubric.rounding):
            places = rubric.rounding.places
            points = plain_figure(most)
            message = _("{points} điểm có quá {places} chữ số thập phân của «rounding»", points=points, places=places)
            yield check.at("DV701", (*loc, "max"), message, help=_("tăng «rounding.places», hoặc làm tròn «max»"))


@rule(
    "DV708", "Mức hoặc ngưỡng cho điểm sai", "error",
    "Không mức nào được nhiều điểm hơn tiêu chí; ngưỡng cao hơn phải được nhiều điểm hơn.",
    wrong="max: 3\nlevels:\n  - {id: tot, name: Tốt, points: 4}",
    right="max: 3\nlevels:\n  - {id: tot, name: Tốt, points: 3}",
)  # fmt: skip
def points_stay_within(check: RubricCheck) -> Iterator[Finding]:
    """DV708: no level and no threshold gives more than the criterion; thresholds rise with their points."""
    for one, _part, _depth, loc in check.rubric.rows:
        if one.criteria:
            continue
        parts: list[tuple[Loc, Decimal]] = [((*loc, "levels", i, "points"), p.points) for i, p in enumerate(one.levels)]
        thresholds = one.ratio.thresholds if one.ratio else []
        parts += [((*loc, "ratio", "thresholds", i, "points"), p.points) for i, p in enumerate(thresholds)]
        for where, given in parts:
            if given > one.most:
                message = _("{points} điểm vượt điểm tối đa {most} của tiêu chí «{id}»",
                            points=plain_figure(given), most=plain_figure(one.most), id=one.id)  # fmt: skip
                yield check.at("DV708", where, message)
        for (_i, low), (j, high) in pairwise(sorted(enumerate(thresholds), key=lambda item: item[1].start)):
            if low.start == high.start or low.points >= high.points:
                message = _("ngưỡng {start} % không cho nhiều điểm hơn ngưỡng dưới nó", start=plain_figure(high.start))
                yield check.at("DV708", (*loc, "ratio", "thresholds", j), message)


@rule(
    "DV709", "Không đạt được điểm tối đa của tiêu chí", "warning",
    "Mức cao nhất, ngưỡng cao nhất hay bước điểm không cho đủ điểm tối đa thì thang điểm không bao giờ đạt được.",
    wrong="max: 3\ngraded: 0.7", right="max: 3\ngraded: 0.5",
)  # fmt: skip
def full_points_can_be_had(check: RubricCheck) -> Iterator[Finding]:
    """DV709: a criterion's full points can be had by its own levels, thresholds or steps."""
    for one, _part, _depth, loc in check.rubric.rows:
        best = max((level.points for level in one.levels), default=None)
        if one.ratio and one.ratio.thresholds:
            best = max(threshold.points for threshold in one.ratio.thresholds)
        if best is not None and best < one.most:
            message = _("tiêu chí «{id}» ghi {most} điểm nhưng mức cao nhất chỉ được {best}",
                        id=one.id, most=plain_figure(one.most), best=plain_figure(best))  # fmt: skip
            yield check.at("DV709", (*loc, "max"), message)
        if one.graded and one.most % one.graded:
            step, most = plain_figure(one.graded), plain_figure(one.most)
            message = _("bước điểm {step} không chia hết {most} điểm", step=step, most=most)
            yield check.at("DV709", (*loc, "graded"), message)


@rule(
    "DV710", "Hai bộ tiêu chí cùng lúc cho một khối", "error",
    "Mỗi khối vào mỗi ngày chỉ được chấm theo một bộ tiêu chí.",
    wrong="- {from: 2023-01-01, blocks: [huyen], …}\n- {from: 2023-06-01, blocks: [huyen], …}",
    right="- {from: 2023-01-01, to: 2023-05-31, blocks: [huyen], …}\n- {from: 2023-06-01, blocks: [huyen], …}",
)  # fmt: skip
def one_rubric_at_a_time(check: RubricCheck) -> Iterator[Finding]:
    """DV710: no two rubrics are in force for one block on one day."""
    here = check.rubric
    for other in check.rubrics.rubrics[: check.number]:
        both = [block for block in here.blocks if block in other.blocks]
        apart = (here.end is not None and here.end < other.start) or (other.end is not None and other.end < here.start)
        if both and not apart:
            message = _(
                "khối «{block}» đã có bộ tiêu chí «{other}» trong cùng thời gian", block=both[0], other=other.id
            )
            yield check.at("DV710", ("blocks",), message, help=_("sửa «from», «to» hoặc «blocks»"))


@rule(
    "DV711", "Khối không có bộ tiêu chí", "warning",
    "Đơn vị trong khối không tự chấm điểm được vì không bộ tiêu chí nào có hiệu lực vào ngày tự chấm.",
    wrong="blocks: [so-ban-nganh]", right="blocks: [so-ban-nganh, su-nghiep, huyen]",
)  # fmt: skip
def every_block_has_one(check: RubricCheck) -> Iterator[Finding]:
    """DV711: on the day of the self-score, every block of the plan has a rubric; told once, at the first."""
    if check.plan is None or check.number:
        return
    day = scoring_day(check.plan)
    covered = {block for one in check.rubrics.rubrics if one.in_force(day) for block in one.blocks}
    for block in check.plan.blocks:
        if block.id not in covered:
            message = _("khối «{id}» không có bộ tiêu chí nào có hiệu lực vào ngày tự chấm điểm", id=block.id)
            yield check.at("DV711", ("blocks",), message)


@rule("DV705")
def extras_have_their_points(check: RubricCheck) -> Iterator[Finding]:
    """DV705: the cap of bonus or deduction lines can be reached by the lines it caps."""
    for key, extra in (("bonus", check.rubric.bonus), ("deductions", check.rubric.deductions)):
        if extra is not None and (sums := sum((one.most for one in extra.criteria), Decimal(0))) < extra.max:
            most, summed = plain_figure(extra.max), plain_figure(sums)
            message = _("ghi nhiều nhất {max} điểm nhưng các dòng cộng lại chỉ {sum}", max=most, sum=summed)
            yield check.at("DV705", (key, "max"), message)
