"""What units raised: listed, answered, and the letter in which a unit raises it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_cli.desk.made import Made, made
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.lang import _
from danvan_cli.papers.kinds.cong_van_vuong_mac import obstacle_letter
from danvan_cli.province.obstacles import kept_obstacles, raised
from danvan_cli.text import clean, squeeze
from danvan_cli.yaml.splice import Add, Put

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Unit
    from danvan_cli.province.obstacles import Raised


def obstacles_raised(
    opened: Open, unit: str | None, block: str | None, state: str | None, kind: str | None
) -> list[Raised]:
    """List what units raised, of one state or kind if that is given."""
    every = _raised(opened, opened.units(unit, block))
    return [it for it in every if state in {None, it.answered.state} and kind in {None, it.answered.kind}]


def _raised(opened: Open, units: list[Unit]) -> Iterator[Raised]:
    return raised(opened.workspace, opened.plan, units, opened.record_unchecked, opened.levels)


def obstacles_letter(opened: Open, unit: str | None, *, force: bool) -> Made:
    """Make the letter in which a unit raises its obstacles; none where it says that it has none."""
    who = opened.unit(unit)
    record = opened.record(who)
    if record.obstacles and not record.raised_obstacles:
        raise DanvanError(_("{unit} đã ghi là không có khó khăn, vướng mắc, không làm công văn", unit=who.name))
    letter = obstacle_letter(opened.plan, who, record)
    return made(opened, opened.workspace.out(who.id) / f"{letter.template}.docx", letter, force=force)


def note_outcome(
    opened: Open, one: str, said: Mapping[str, str | None], when: date | None
) -> tuple[Path, bool, list[tuple[str, str]]]:
    """Record what became of an obstacle, which is named as `so-y-te:3f2a9c01`.

    `said` has `state`, `kind`, `answer`, `document`, None or empty where nothing is said; `when` is the answer's day.
    Gives where it is recorded, whether that changed anything, and the words that gave way, each with those in their place.
    """
    name, colon, id_ = one.partition(":")
    unit = opened.unit(name)
    if not colon:
        raise UsageError(
            _("«{name}» là đơn vị, không phải mã của một khó khăn, vướng mắc", name=unit.id),
            help=_("của một đơn vị: danvan obstacles --unit {id}", id=unit.id),
        )
    found = next((it for it in _raised(opened, [unit]) if it.answered.id == id_), None)
    if found is None:
        raise UsageError(
            _("{unit} không nêu điều nào mã «{id}»", unit=unit.name, id=id_[:20]), help=_("xem mã: danvan obstacles")
        )
    told: dict[str, object] = {key: words for key, value in said.items() if (words := squeeze(clean(value or "")))}
    if when:
        told["date"] = when
    if not told:
        raise UsageError(_("chưa nói ghi gì"), help=_("thêm --answer, --state, --kind hoặc --document"))
    if "state" not in told and "answer" in told:
        told["state"] = "answered"
    file = kept_obstacles(opened.workspace, opened.plan, unit.id, opened.levels)
    at = next((i for i, it in enumerate(file.record.items) if it.id == id_), None)
    if at is None:
        return file.path, file.put([Add(("items",), {"id": id_, "text": found.obstacle.text, **told})]), []
    old = {key: str(value) for key in ("kind", "answer", "document") if (value := getattr(file.record.items[at], key))}
    changed = file.put([Put(("items", at, key), value) for key, value in told.items()])
    return file.path, changed, [(was, str(told[key])) for key, was in old.items() if key in told and told[key] != was]
