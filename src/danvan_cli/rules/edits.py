"""DV6: the policy on edits of an issued plan, held against the plan as it was in a revision."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.findings.rule import OURS, ask_rules, rule
from danvan_cli.lang import _
from danvan_cli.plan.changes import plan_changes
from danvan_cli.rules.context import standing
from danvan_cli.scoring.rubric_changes import rubric_changes
from danvan_cli.text import clean, day, squeeze

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.changes import Change
    from danvan_cli.plan.model import Amendment, Plan
    from danvan_cli.scoring.model import RubricFile
    from danvan_cli.unit.model import UnitRecord
    from danvan_cli.yaml.yamlfile import Loc, YamlFile

FORMS: Final = ("kế hoạch", "quyết định")
"""Documents of equal form: what a plan is, and what a plan is issued with (Nghị định 30/2020/NĐ-CP, Điều 18.3)."""
_FORMAL: Final = (
    "section-heading", "section-labels", "text-number", "text-labels", "plan-recipients", "plan-signature", "plan-issuer",
)  # fmt: skip
"""What is form and procedure: a công văn đính chính may mend it."""
_CONTENT: Final = ("plan-title", "plan-year", "plan-until", "plan-number", "plan-date", "plan-settings")
_OURS: Final = (
    "section-form", "section-renamed", "area-renamed", "task-label", "task-renamed", "deliverable-renamed",
    "deliverable-duty", "duty-label", "text-renamed", "period-renamed",
)  # fmt: skip
"""What the issued document does not say."""


class UnitsHold(NamedTuple):
    """What the units of a workspace hold: their records by unit, the rubrics that have scores, and with whom.

    `adopted` are the texts that some unit has adopted under each task's id.
    """

    records: dict[str, UnitRecord]
    scored: dict[str, list[str]]
    adopted: dict[str, set[str]]


@dataclass(frozen=True)
class Edit:
    """An edit of an issued plan: the plan before and after, the rubrics beside it, what units hold, and today."""

    old: Plan
    new: Plan
    file: YamlFile
    old_rubrics: RubricFile | None
    new_rubrics: RubricFile | None
    rubric_file: YamlFile | None
    held: Callable[[], UnitsHold]
    today: date
    shared: YamlFile | None = None
    """The register that the plan takes its units from, where it names one."""

    @cached_property
    def changes(self) -> list[Change]:
        """What changed in the plan."""
        return plan_changes(self.old, self.new)

    @cached_property
    def rubric_changes(self) -> list[Change]:
        """What changed in the rubrics."""
        return rubric_changes(self.old_rubrics, self.new_rubrics, self.new)

    @cached_property
    def units(self) -> UnitsHold:
        """What the units hold; read when it is first asked for."""
        return self.held()

    @cached_property
    def fresh(self) -> list[tuple[int, Amendment]]:
        """The amendments that this edit brings, with their number in the list."""
        known = [(one.type, one.number, one.date) for one in self.old.amendments]
        return [
            (i, one)
            for i, one in enumerate(self.new.amendments)
            if one.revision > self.old.revision or (one.type, one.number, one.date) not in known
        ]

    @cached_property
    def needing(self) -> list[Change]:
        """The changes that need an amendment."""
        plan = [one for one in self.changes if self._needs(one)]
        return plan + [one for one in self.rubric_changes if self._points(one)]

    def _needs(self, one: Change) -> bool:
        if one.kind in _OURS:
            return False
        if one.kind in {"plan-number", "plan-date"}:  # a place that was empty is filled in
            return getattr(self.old.issued, one.id) is not None
        if one.kind.startswith("period-"):
            period = self.old.period_by_id.get(one.id)
            return period is not None and period.official
        if one.kind.startswith(("indicator-", "check-")):
            return bool(self.old.indicators and self.old.indicators.official)
        parts = ("section-", "task-", "area-", "deliverable-", "text-", "duty-")
        return one.kind in (*_CONTENT, *_FORMAL) or one.kind.startswith(parts)

    def _points(self, one: Change) -> bool:
        rubrics = self.old_rubrics.rubrics if self.old_rubrics else ()
        official = {rubric.id: rubric.official for rubric in rubrics}  # of several versions the last
        return official.get(one.id.split("/", 1)[0], False) and one.kind in _SCORING

    def loc(self, one: Change) -> Loc:
        """Tell where a change of the plan is to be shown: the thing's value, else the list it was in."""
        kind, _dash, what = one.kind.partition("-")
        if kind == "plan":
            if one.id in type(self.new.settings).model_fields:
                return ("settings",)
            return ("issued", one.id) if one.id in {"number", "date"} else (one.id,)
        known = self._locs.get((kind if kind != "duty" else "text", one.id))
        if known is None:
            return (_LISTS.get(kind, "format"),)
        if kind == "task" and what in {"reworded", "due"}:
            task = self.new.task_by_id[one.id]
            return task.text_at if what == "reworded" else task.due_at
        if kind in {"text", "duty"}:
            return known if what == "reworded" else (*self._items.get(one.id, known), _FIELDS.get(what, "id"))
        field = _FIELDS.get(what, "id")
        if field == "before":
            given = self.new.listed[known[1]] if known[0] == "deliverables" else self.new.deliverable_by_id[one.id]  # type: ignore[index]
            field = "due" if given.every else "by" if given.by else field
        return (*known, field)

    @cached_property
    def _items(self) -> dict[str, Loc]:
        return {one.id or one.item.id: one.loc for one in reversed(self.new.placed)}

    @cached_property
    def _locs(self) -> dict[tuple[str, str], Loc]:
        plan = self.new
        out: dict[tuple[str, str], Loc] = {("text", place): loc for place, loc in self._items.items()}
        out |= {("text", place): loc for place, loc, _text in plan.places() if "rows" not in loc}
        out |= {("area", area.id): area.loc for area in plan.areas}
        out |= {("task", task.id): task.loc for task in plan.tasks}
        out |= {("deliverable", one.id): loc for loc, one in plan.sendings()}
        out |= {("deliverable", one.id): ("deliverables", i) for i, one in enumerate(plan.listed)}
        for key, listed in (("section", plan.sections), ("unit", plan.units), ("period", plan.own_periods)):
            out |= {(key, one.id): (f"{key}s", i) for i, one in enumerate(listed)}  # type: ignore[attr-defined]
        return out

    def at(self, rule: str, loc: Loc, message: str, help: str | None = None) -> Finding:
        """Make a finding at a place of the plan; of what is gone, at the key of the list it was in."""
        file = standing(loc, self.file, self.shared)
        return file.finding(rule, file.span(loc, key=len(loc) == 1), message, help=help)

    def shown(self, rule: str, one: Change, message: str, help: str | None = None) -> Finding:
        """Make a finding at a change, in the plan or in the rubrics."""
        if self.rubric_file is not None and one in self.rubric_changes:
            return self.rubric_file.finding(rule, self.rubric_file.span(self._rubric_loc(one)), message, help=help)
        return self.at(rule, self.loc(one), message, help)

    def _rubric_loc(self, one: Change) -> Loc:
        name, _slash, inner = one.id.partition("/")
        rubrics = self.new_rubrics.rubrics if self.new_rubrics else []
        i = next((i for i, rubric in enumerate(rubrics) if rubric.id == name), None)
        if i is None:
            return ("rubrics",)
        if one.kind == "band":
            return ("rubrics", i, "bands", next((j for j, band in enumerate(rubrics[i].bands) if band.id == inner), 0))
        row = rubrics[i].row_by_id.get(inner)
        if row is None:
            return ("rubrics", i, "id")
        return ("rubrics", i, *row.loc, "max" if row.criterion.max is not None else "id")


_SCORING: Final = frozenset((
    "rubric-removed", "rubric-max", "rubric-over_max", "rubric-rounding", "rubric-limits", "rubric-violations",
    "criterion-added", "criterion-removed", "criterion-renamed", "criterion-points", "criterion-way", "band",
))  # fmt: skip
"""What of a rubric can change what somebody scores."""
_LISTS: Final = {
    "deliverable": "deliverables", "unit": "units", "period": "periods", "section": "sections", "area": "sections",
    "task": "sections", "text": "sections", "duty": "sections",
}  # fmt: skip
"""Where what is gone was listed."""
_FIELDS: Final = {
    "reworded": "title", "ended": "ended", "heading": "heading", "lead": "lead", "partners": "with", "follow": "follow",
    "product": "product", "number": "number", "labels": "labels", "targets": "targets", "cells": "cells", "due": "due",
    "owners": "owners", "owners-gained": "owners", "owners-lost": "owners",
    "date": "before", "name": "name", "kind": "kind", "period": "period", "to": "to", "via": "via",
}  # fmt: skip


def _holds(name: str, one: Change) -> bool:
    """Tell whether a name that an amendment covers is that of a change, or of the area, duty or rubric that holds it."""
    return one.id == name or one.id.startswith((f"{name}.", f"{name}/"))


@rule(
    "DV601", "Sửa kế hoạch đã ban hành mà chưa có văn bản sửa đổi", "error",
    "Nhiệm vụ, thời hạn, người thực hiện, điểm của kế hoạch đã ban hành chỉ thay đổi theo một văn bản sửa đổi có số, ngày.",
    wrong="before: 2023-06-10   # bản trước 2023-06-20",
    right="amendments:\n  - {revision: 2, type: Kế hoạch, number: 52/KH-UBND, date: 2023-04-20, covers: [6m]}",
    source="Nghị định 30/2020/NĐ-CP, Điều 18",
)  # fmt: skip
@rule(
    "DV607", "Văn bản sửa đổi không cùng hình thức", "warning",
    "Nội dung sửa bằng văn bản có hình thức tương đương; công văn đính chính chỉ sửa thể thức, kỹ thuật trình bày, thủ tục ban hành.",
    wrong="amendments: [{type: Công văn, covers: [6m], …}]", right="amendments: [{type: Kế hoạch, covers: [6m], …}]",
    source="Nghị định 30/2020/NĐ-CP, Điều 18",
)  # fmt: skip
def changes_are_covered(edit: Edit) -> Iterator[Finding]:
    """DV601, DV607: a change of task, date, owner or point has an amendment that covers it, of equal form."""
    for one in edit.needing:
        covering = [it for _i, it in edit.fresh if any(_holds(name, one) for name in it.covers)]
        if not covering:
            said = _("{id}: {text}: chưa có văn bản sửa đổi", id=one.id, text=one.text)
            entry = f"{{revision: {edit.old.revision + 1}, type: Kế hoạch, number: …, date: …, covers: [{one.id}]}}"
            yield edit.shown("DV601", one, said, _("thêm vào «amendments»: - {entry}", entry=entry))
        elif one.kind not in _FORMAL and not any(squeeze(it.type).lower() in FORMS for it in covering):
            said = _(
                "{id}: {text}: {type} số {number} không cùng hình thức với kế hoạch, chỉ sửa được thể thức, thủ tục",
                id=one.id, text=one.text, type=covering[0].type, number=covering[0].number,
            )  # fmt: skip
            yield edit.shown("DV607", one, said, _("nội dung kế hoạch phải sửa bằng kế hoạch hoặc quyết định"))


@rule(
    "DV611", "Văn bản sửa đổi nêu chỗ không thay đổi", "warning",
    "Văn bản nói sửa mà kế hoạch không sửa: quên sửa, hoặc ghi nhầm mã.", wrong="covers: [6m]   # 6m không đổi",
    right="covers: [1y]",
)  # fmt: skip
def amendments_change_something(edit: Edit) -> Iterator[Finding]:
    """DV611: what a new amendment covers has changed."""
    for i, amendment in edit.fresh:
        for j, name in enumerate(amendment.covers):
            if not any(_holds(name, one) for one in edit.needing):
                said = _("văn bản sửa đổi nêu «{name}» nhưng chỗ đó không thay đổi", name=name)
                yield edit.at("DV611", ("amendments", i, "covers", j), said)


@rule("DV608")
def amendments_stay(edit: Edit) -> Iterator[Finding]:
    """DV608: what amended the plan before stays on record, as it was."""
    for one in edit.old.amendments:
        if one not in edit.new.amendments:
            said = _("{type} số {number} ngày {date} đã sửa kế hoạch, không được bỏ hoặc sửa lại",
                     type=one.type, number=one.number, date=day(one.date))  # fmt: skip
            yield edit.at("DV608", ("amendments",), said, _("để nguyên mục này; sửa tiếp thì thêm mục mới"))


@rule(
    "DV602", "Sửa thời hạn đã qua", "error",
    "Thời hạn đã qua thì ai đúng hạn, ai muộn đã rõ; sửa lại là sửa kết quả của các đơn vị.",
    wrong="before: 2023-06-20   # bản trước 2023-05-10, nay đã là tháng 6",
    right="extensions: [{units: [so-y-te], deliverable: 6m, by: 2023-06-20, …}]", source=OURS,
)  # fmt: skip
def past_dates_stay(edit: Edit) -> Iterator[Finding]:
    """DV602: a day that has gone by is not moved."""
    for one in edit.changes:
        if one.kind not in {"deliverable-date", "task-due", "plan-settings"}:
            continue
        before, after = _days_of(edit.old, one.kind, one.before), _days_of(edit.new, one.kind, one.id)
        was = next((day for day in before if day < edit.today and day not in after), None)
        if was is not None:
            said = _("{id}: thời hạn {was} đã qua, không sửa được nữa", id=one.id, was=day(was))
            yield edit.shown("DV602", one, said, _("đơn vị được gửi muộn thì ghi vào «extensions», kèm văn bản"))


def _days_of(plan: Plan, kind: str, id: str) -> list[date]:
    """List the last days of a task, of what is to be sent, or of all that is; of what recurs of each time."""
    if kind == "task-due":
        task = plan.task_by_id.get(id)
        return list(plan.when(task.due).days) if task else []
    sent = ((plan.listed[int(i)].id, one) for (key, i, *_rest), one in plan.sendings() if key == "deliverables")
    return [last for listed, one in sent if kind == "plan-settings" or listed == id if (last := plan.last_day(one))]


@rule(
    "DV603", "Dùng lại mã cho nhiệm vụ khác", "error",
    "Kết quả của các đơn vị ghi theo mã: mã cũ mang việc mới thì kết quả cũ thành của việc khác.",
    wrong="- id: II.1.1   # trước là nhiệm vụ khác", right="- id: II.1.9", source=OURS,
)  # fmt: skip
def ids_keep_their_meaning(edit: Edit) -> Iterator[Finding]:
    """DV603: an id that meant one task is not given to another."""
    old, new = edit.old.task_by_id, edit.new.task_by_id
    before = {key: _same(task.text) for key, task in old.items()}
    after = {_same(task.text): key for key, task in new.items()}
    for key, task in new.items():
        text = _same(task.text)
        if key in old:
            moved = text != before[key] and after.get(before[key], key) != key
            again = bool(old[key].ended) and text != before[key]
        else:
            moved, again = False, text not in edit.units.adopted.get(key, {text})
        if moved or again:
            meant = old[key].text if key in old else min(edit.units.adopted[key])
            said = _("mã {id} đã là của nhiệm vụ khác: «{text}»", id=key, text=_same(meant)[:60])
            yield edit.at("DV603", (*task.loc, "id"), said, _("đặt một mã chưa dùng bao giờ"))


def _same(text: str) -> str:
    return squeeze(clean(text))


@rule(
    "DV604", "Xóa nhiệm vụ hoặc đơn vị đã có hồ sơ", "error",
    "Nhiệm vụ đơn vị đã nhận thì kết thúc, không xóa: kết quả đã ghi phải còn chỗ đứng.", wrong="bỏ nhiệm vụ II.1.1",
    right="- id: II.1.1\n  ended: 2023-07-01", source=OURS,
)  # fmt: skip
def adopted_things_end(edit: Edit) -> Iterator[Finding]:
    """DV604: a task that units have adopted is ended, not removed; a unit with a file too."""
    for one in edit.changes:
        if one.kind == "task-removed":
            with_it = [unit for unit, record in edit.units.records.items() if one.id in record.tasks]
            if with_it:
                said = _("nhiệm vụ {id} bị xóa mà {count} đơn vị đã nhận ({units})",
                         id=one.id, count=len(with_it), units=_few(with_it))  # fmt: skip
                yield edit.shown("DV604", one, said, _("giữ nhiệm vụ, thêm «ended: NĂM-THÁNG-NGÀY»"))
        elif one.kind == "unit-removed" and one.id in edit.units.records:
            said = _("đơn vị {id} bị xóa mà đã có hồ sơ", id=one.id)
            yield edit.shown("DV604", one, said, _("giữ đơn vị, thêm «to» và «successors»"))


def _few(units: list[str]) -> str:
    return ", ".join(units[:3]) + ("…" if len(units) > 3 else "")


@rule(
    "DV605", "Sửa điểm khi đã có tự chấm", "error",
    "Đã có đơn vị tự chấm thì điểm, cách chấm, mức xếp loại không đổi nữa: mọi đơn vị phải được chấm như nhau.",
    wrong="max: 6   # trước là 5, ba đơn vị đã tự chấm", right="bộ tiêu chí mới, có hiệu lực từ ngày sau", source=OURS,
)  # fmt: skip
def points_stay_once_scored(edit: Edit) -> Iterator[Finding]:
    """DV605: points do not change once scores exist."""
    for one in edit.rubric_changes:
        with_scores = edit.units.scored.get(one.id.split("/", 1)[0], []) if one.kind in _SCORING else []
        if with_scores:
            said = _("{text}: đã có {count} đơn vị tự chấm theo bộ tiêu chí này ({units})",
                     text=one.text, count=len(with_scores), units=_few(with_scores))  # fmt: skip
            yield edit.shown("DV605", one, said, _("lập bộ tiêu chí mới có «from» cho lần chấm sau"))


@rule(
    "DV606", "Lần sửa đổi không tăng", "error",
    "Mỗi lần sửa nội dung là một lần sửa đổi mới, để ai cũng biết mình đang theo bản nào.",
    wrong="revision: 1   # đã sửa thời hạn", right="revision: 2", source=OURS,
)  # fmt: skip
def revision_rises(edit: Edit) -> Iterator[Finding]:
    """DV606: an edit that needs an amendment makes another revision; no revision is less than the one before."""
    was, now = edit.old.revision, edit.new.revision
    if now < was or (now == was and edit.needing):
        said = _("lần sửa đổi phải tăng: đang là {now}, bản trước là {was}", now=now, was=was)
        yield edit.at("DV606", ("revision",) if "revision" in (edit.file.root or {}) else ("format",), said,
                      _("viết revision: {next}", next=was + 1))  # fmt: skip


@rule(
    "DV609", "Kế hoạch đã ban hành trở lại dự thảo hoặc bị xóa", "error",
    "Dự thảo thì được sửa tự do; kế hoạch đã ban hành không trở lại dự thảo để tránh việc kiểm tra.",
    wrong="state: draft   # bản trước: issued", right="state: issued", source=OURS,
)  # fmt: skip
def issued_stays_issued(edit: Edit) -> Iterator[Finding]:
    """DV609: an issued plan does not become a draft again."""
    if edit.new.state == "draft":
        said = _("kế hoạch đã ban hành trở lại dự thảo")
        yield edit.file.finding("DV609", edit.file.span(("state",)), said, help=_("viết state: issued"))


def policy(edit: Edit) -> list[Finding]:
    """Hold an edit of a plan against the policy; a draft may be edited freely."""
    return list(ask_rules(edit)) if edit.old.state == "issued" else []
