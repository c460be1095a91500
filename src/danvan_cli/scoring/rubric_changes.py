"""What an edit of the rubrics changes: criteria, points, ways of scoring, bands, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.lang import _
from danvan_cli.plan.change import Change, differing, matched
from danvan_cli.text import clean, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.plan.model import Plan
    from danvan_cli.scoring.model import Band, Rubric, RubricFile


def rubric_changes(old: RubricFile | None, new: RubricFile | None, plan: Plan) -> list[Change]:
    """Find what changed between two readings of a plan's rubrics; no file is a file without rubrics.

    The plan is that after, which says who is in the blocks.
    """
    before, after = ({one.id: one for one in file.rubrics} if file else {} for file in (old, new))
    return [change for key, was, now in differing(before, after) for change in _rubric(key, was, now, plan)]


def _units(rubric: Rubric, plan: Plan) -> tuple[str, ...]:
    return tuple(unit.id for unit in plan.units if unit.block in rubric.blocks)


def _rubric(key: str, was: Rubric | None, now: Rubric | None, plan: Plan) -> Iterator[Change]:
    if was is None and now is not None:
        yield Change("rubric-added", key, _("thêm bộ tiêu chí: {name}", name=now.name), _units(now, plan),
                     todo=_("chấm theo bộ tiêu chí mới"))  # fmt: skip
    elif was is not None and now is None:
        yield Change("rubric-removed", key, _("bỏ bộ tiêu chí: {name}", name=was.name), _units(was, plan))
    elif was is not None and now is not None:
        units = tuple(dict.fromkeys((*_units(was, plan), *_units(now, plan))))
        yield from _criteria(key, was, now, units)
        yield from _bands(key, was, now, units)
        rest = {"criteria", "bonus", "deductions", "bands"}
        for field in sorted(rest.symmetric_difference(type(now).model_fields)):
            if getattr(was, field) != getattr(now, field):
                yield Change(f"rubric-{field}", key, _("bộ tiêu chí «{id}»: sửa {field}", id=key, field=field), units)


def _criteria(key: str, was: Rubric, now: Rubric, units: tuple[str, ...]) -> Iterator[Change]:
    before, after = ({row.criterion.id: row.criterion for row in rubric.rows} for rubric in (was, now))
    pairs, gone, fresh = matched(before, after, lambda one: squeeze(clean(one.title)))
    again = _("chấm lại tiêu chí này: danvan score")
    for (old_id, old), (new_id, new) in pairs:
        name = f"{key}/{new_id}"
        if old_id != new_id:
            said = _("đổi mã tiêu chí {was} thành {now}", was=old_id, now=new_id)
            yield Change("criterion-renamed", name, said, units)
        if old.title != new.title:
            yield Change("criterion-reworded", name, _("tiêu chí: {was} → {now}", was=old.title, now=new.title), units)
        if old.most != new.most and not (old.criteria and new.criteria):  # a group's points are its leaves'
            said = _("điểm tối đa của «{title}»: {was} → {now}", title=new.title, was=old.most, now=new.most)
            yield Change("criterion-points", name, said, units, todo=again)
        # what else changed: not its id, title, points or what is below it
        told_of = {"id", "title", "max", "criteria"}
        before_, after_ = old.model_dump(exclude=told_of), new.model_dump(exclude=told_of)
        if fields := [field for field in before_ if before_[field] != after_[field]]:
            said = _("cách chấm «{title}»: sửa {fields}", title=new.title, fields=", ".join(fields))
            yield Change("criterion-way", name, said, units, todo=again)
    for id_, one in fresh.items():
        yield Change("criterion-added", f"{key}/{id_}", _("thêm tiêu chí: {title}", title=one.title), units, todo=again)
    for id_, one in gone.items():
        yield Change("criterion-removed", f"{key}/{id_}", _("bỏ tiêu chí: {title}", title=one.title), units)


def _bands(key: str, was: Rubric, now: Rubric, units: tuple[str, ...]) -> Iterator[Change]:
    before, after = ({one.id: one for one in rubric.bands} for rubric in (was, now))
    for band, old, new in differing(before, after):
        said = _("mức xếp loại «{band}»: {was} → {now}", band=band, was=_band(old), now=_band(new))
        yield Change("band", f"{key}/{band}", said, units, todo=_("xem lại mức xếp loại"))


def _band(band: Band | None) -> str:
    return _("không có") if band is None else _("{name} từ {start}", name=band.name, start=band.start)
