"""What the templates of a unit's letters use: its obstacles, reported up, and its answer to a verified score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.papers import contexts
from danvan_cli.scoring.figures import shown
from danvan_cli.unit.model import owed
from danvan_cli.word.values import Blank, joined

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.scoring.result import Line, Result
    from danvan_cli.unit.model import UnitRecord

OBSTACLES_TEMPLATE: Final = "cong-van-vuong-mac"
EXPLANATION_TEMPLATE: Final = "cong-van-giai-trinh"


class Notice(NamedTuple):
    """The document that a letter answers; number and day are None while they are not known."""

    name: str = "Thông báo"
    number: str | None = None
    date: date | None = None


def obstacles_context(plan: Plan, unit: Unit, record: UnitRecord) -> contexts.Context:
    """Give what the letter on a unit's obstacles uses: to the plan's issuer, through who follows the units' work.

    Args:
        plan: the plan.
        unit: the unit.
        record: its record; every obstacle in it is raised, with what the unit proposes.
    """
    through = contexts.follower(plan, unit)
    to = plan.issuer.name + (f" (qua {through})" if through else "")
    return letter(plan, unit, record, to) | {
        "obstacles": [{"text": one.text, "proposal": one.proposal} for one in record.obstacles],
    }


def explanation_context(
    plan: Plan, unit: Unit, record: UnitRecord, result: Result, verified: Mapping[str, Decimal], notice: Notice
) -> contexts.Context:
    """Give what the letter uses by which a unit explains its self-score after it was verified.

    What points the unit asks for, and what it says of the other criteria, is a person's to decide.

    Args:
        plan: the plan.
        unit: the unit.
        record: its record.
        result: its self-score.
        verified: the points that whoever verified gave, by criterion; those that differ are explained.
        notice: the document that told them.
    """
    deliverable = next((one for one in owed(plan, unit) if one.kind == "self-score"), None)
    to = contexts.addressee(plan, unit, deliverable) if deliverable else None
    places = result.rubric.rounding.places
    return letter(plan, unit, record, to) | {
        "notice": notice._asdict(),
        "rows": [
            _disputed(line, line.points, verified[line.criterion.id], places)
            for line in result.lines
            if line.points is not None and line.state != "group" and _differs(line, verified)
        ],
        "rest": None,
    }


def letter(plan: Plan, unit: Unit, record: UnitRecord, to: str | None) -> contexts.Context:
    """Give what every letter uses; its symbol names the unit and the room that drafted it (II.3 of Phụ lục I).

    Args:
        plan: the plan.
        unit: who writes.
        record: its record.
        to: to whom, as Kính gửi names it.
    """
    context = contexts.common(plan, unit, record, "", None)
    drafter = record.drafter or ""
    # A room's full name is not what its symbol is made of.
    room = drafter if drafter.isupper() and " " not in drafter else Blank("chữ viết tắt của đơn vị soạn thảo")
    context["letterhead"]["symbol"] = joined((unit.abbr, room), "-")
    return context | {"to": [to] if to else [], "addressee": to}


def _differs(line: Line, verified: Mapping[str, Decimal]) -> bool:
    return verified.get(line.criterion.id, line.points) != line.points


def _disputed(line: Line, points: Decimal, verified: Decimal, places: int) -> contexts.Context:
    """Give the row of a criterion whose points differ; the reason is what the unit has explained already."""
    return {
        "id": line.criterion.id,
        "criterion": line.criterion.title,
        "self": shown(points, places),
        "verified": shown(verified, places),
        "asked": None,
        "reason": line.answer.note,
        "evidence": [one.number or one.title for one in line.answer.evidence],
    }
