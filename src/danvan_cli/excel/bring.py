"""What a workbook brings, as edits of the unit's two files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from danvan_cli.excel.form import shown_cell, value_of
from danvan_cli.excel.incoming import CellFault
from danvan_cli.lang import _
from danvan_cli.scoring.arithmetic import in_words, misfits
from danvan_cli.scoring.model import ANSWERS, Answer
from danvan_cli.unit.proposals import settled
from danvan_cli.unit.recording import listed, record_state
from danvan_cli.yaml.splice import Add, Put
from danvan_cli.yaml.tree import at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from danvan_cli.excel.form import Form, Path
    from danvan_cli.excel.incoming import CellChange, Edits, ListItem
    from danvan_cli.scoring.model import Criterion, Rubric, ScoreRecord
    from danvan_cli.scoring.ways import Misfit
    from danvan_cli.unit.model import State, UnitRecord

_STATED = ("late", "violations")


def unit_edits(brought: Edits, root: Any, form: Form, record: UnitRecord, today: date) -> list[Put | Add]:
    """Give the edits of `unit.yaml`; a period that is over, and not the last, says nothing of how far a task is now."""
    over = _over(form, today)
    out: list[Put | Add] = []
    settle: dict[str, dict[str, str]] = {}
    for one in brought.changes:
        match one.path:
            case ("unit", "tasks", task, "proposed", name):
                settle.setdefault(task, {})[name] = one.new
            case ("unit", "tasks", task, "states", name):
                period, state = form.plan.period_by_id[name], value_of(one.new, one.kind)
                if state is None or name in over:
                    out.append(Put(one.path[1:], state))
                else:
                    out += record_state(task, cast("State", state), record, form.plan, today, period)
            case ("unit", *_more) if one.path[:-2] not in form.lists:
                out += _field(one)
    for task, chosen in settle.items():
        keep, strike = ({name for name, what in chosen.items() if what == way} for way in ("keep", "strike"))
        out += settled(root, task, keep, strike)
    return [*out, *_lists(brought, root, form, "unit")]


def _over(form: Form, today: date) -> set[str]:
    """List the periods whose states are of then: those that are over, but for the last."""
    paths = (cell.path for _sheet, _row, _key, cell in form.cells())
    ends = {one[4]: form.plan.period_by_id[one[4]].end for one in paths if one[1] == "tasks" and one[3] == "states"}
    return {name for name, end in ends.items() if end < min(today, max(ends.values()))}


def misstated(brought: Edits, form: Form, today: date) -> list[CellFault]:
    """Say which cells tell how far a task is now, each otherwise."""
    said: dict[str, list[CellChange]] = {}
    over = _over(form, today)
    for one in brought.changes:
        match one.path:
            case ("unit", "tasks", task, "states", period) if one.new and period not in over:
                said.setdefault(task, []).append(one)
    out: list[CellFault] = []
    for told in said.values():
        for one in told:
            other = next((each for each in told if each.new != one.new), None)
            if other:
                message = _(
                    "kỳ chưa hết thì mọi dòng ghi trạng thái hiện nay, mà {cell} ghi «{state}»",
                    cell=other.cell, state=shown_cell(other.new, other.kind),
                )  # fmt: skip
                out.append(CellFault(one.cell, message, _("ghi một trạng thái ở các dòng ấy"), one.path))
    return out


def score_edits(brought: Edits, root: Any, form: Form, record: ScoreRecord) -> list[Put | Add]:
    """Give the edits of `score.yaml`."""
    out: list[Put | Add] = []
    stated: dict[str, dict[str, str]] = {}
    for one in brought.changes:
        match one.path:
            case ("score", "answers", name, key):
                value = value_of(one.new, one.kind)
                out.append(Put(("answers", name, key), bool(value) if key == "na" else value))
            case ("score", key, name):
                stated.setdefault(key, {})[name] = one.new
    for key, said in stated.items():
        old = getattr(record, key)
        names = [name for name in old or () if said.get(name, "co") == "co"]
        names += [name for name, value in said.items() if value == "co" and name not in names]
        every = _asked(form, key)
        blank = all(said.get(one, "" if old is None else "x") == "" for one in every)
        out.append(Put((key,), None if blank else names))
    return [*out, *_lists(brought, root, form, "score")]


def _asked(form: Form, key: str) -> list[str]:
    return [cell.path[2] for _sheet, _row, _key, cell in form.cells() if cell.path[:2] == ("score", key)]


def _field(one: CellChange) -> Iterator[Put]:
    path = one.path[1:]
    value = value_of(one.new, one.kind)
    match path:
        case ("tasks", _task, "reason"):
            yield Put((*path[:-1], "applies"), value is None)
            yield Put(path, value)
        case ("signs",):
            yield Put(path, [line.strip() for line in one.new.split("\n") if line.strip()])
        case _:
            yield Put(path, value)


def _lists(brought: Edits, root: Any, form: Form, file: str) -> Iterator[Put | Add]:
    gone: dict[Path, set[int]] = {}
    for one in brought.removed:
        if one.path[0] == file and one.at is not None:
            gone.setdefault(one.path[1:], set()).add(one.at)
    for item in brought.changes:
        if item.path[0] == file and item.path[:-2] in form.lists:
            *place, index, part = item.path[1:]
            yield Put((*place, int(index), part), value_of(item.new, item.kind))
    for one in brought.added:
        if one.path[0] == file and not gone.get(one.path[1:]):
            yield from listed(root, one.path[1:], _item(one, form))
    for path, indexes in gone.items():  # the list is written anew: what else of it changed, too
        changed: dict[int, dict[str, object]] = {}
        for change in brought.changes:
            if change.path[:-2] == (file, *path):
                changed.setdefault(int(change.path[-2]), {})[change.path[-1]] = value_of(change.new, change.kind)
        left = [
            {key: value for key, value in {**item, **changed.get(i, {})}.items() if value is not None or key in item}
            for i, item in enumerate(at(root, path) or ())
            if i not in indexes
        ]
        more = [_item(one, form) for one in brought.added if one.path == (file, *path)]
        yield Put(path, [*left, *more])


def _item(one: ListItem, form: Form) -> dict[str, object]:
    kinds = form.lists[one.path]
    return {part: value_of(told, kinds[part]) for part, told in one.values.items() if part in kinds and told}


def bound(path: Path) -> Path:
    """Give what a field stands or falls with: an answer is one thing, and so is a statement about late reports."""
    if path[:2] == ("score", "answers"):
        return path[:3]
    return path[:2] if path[0] == "score" else path


def unfit(brought: Edits, form: Form, rubric: Rubric, record: ScoreRecord) -> list[CellFault]:
    """Say which cells make an answer that its criterion cannot take, or leave a statement half made."""
    out: list[CellFault] = []
    touched: dict[str, dict[str, CellChange]] = {}
    for one in brought.changes:
        if one.path[:2] == ("score", "answers") and len(one.path) == 4:
            touched.setdefault(one.path[2], {})[one.path[3]] = one
    for name, cells in touched.items():
        row = rubric.row_by_id.get(name)
        if row is None:
            continue
        there = record.answer(name)
        told: dict[str, Any] = {key: getattr(there, key) for key in (*ANSWERS, "na", "note")}
        told |= {key: value_of(one.new, one.kind) for key, one in cells.items()}
        told["na"] = bool(told["na"])
        first = next(iter(cells.values()))
        for bad in misfits(row.criterion, Answer.model_construct(**told), row.part):
            if bad.key not in cells and bad.key in ANSWERS and told.get(bad.key) is None:
                continue  # only half of it is filled in: a blank, which is counted as one
            out.append(_fault(bad, row.criterion, cells.get(bad.key, first).cell, na=bool(told["na"])))
    for key in _STATED:
        changed = [one for one in brought.changes if one.path[:2] == ("score", key)]
        if not changed:
            continue
        said = {one.path[2]: one.new for one in changed}
        old = getattr(record, key)
        values = [said.get(one, "" if old is None else "khong") for one in _asked(form, key)]
        if any(values) and not all(values):
            message = _("mới khẳng định một phần: các dòng cùng nhóm còn trống")
            out.append(CellFault(changed[0].cell, message, _("ghi Có hoặc Không cho mọi dòng")))
    return out


def _fault(bad: Misfit, one: Criterion, cell: str, *, na: bool) -> CellFault:
    """Say what does not fit in the words of the sheet, whose headings are no keys."""
    if na and bad.key in ANSWERS:
        return CellFault(cell, _("ghi không áp dụng thì ô trả lời phải trống"), _("bỏ dấu x, hoặc làm trống ô trả lời"))
    if na:
        return CellFault(cell, _("ghi không áp dụng mà chưa có giải trình"), _("ghi giải trình ở trang «Giải trình»"))
    if "value:" in (bad.help or ""):
        return CellFault(cell, in_words(bad, one)[0], _("ghi đủ tử số và mẫu số"))
    return CellFault(cell, *in_words(bad, one))
