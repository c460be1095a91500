"""What units raised: their obstacles, with what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import Field

from danvan_cli.rules.check import check_text
from danvan_cli.text import squeeze
from danvan_cli.yaml.held import Held
from danvan_cli.yaml.schema import Day, Model, Slug, Text, no_items
from danvan_cli.yaml.yamltext import document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from danvan_cli.plan.model import Plan, Unit
    from danvan_cli.rules.levels import Levels
    from danvan_cli.unit.model import Obstacle, UnitRecord
    from danvan_cli.workspace import Workspace


OBSTACLES_FORMAT: Final = "danvan-obstacles/1"


class _Answered(Model):
    """What became of an obstacle that a unit raised."""

    id: Text = Field(description="Mã của khó khăn, vướng mắc: 8 chữ số đầu của SHA-256 nội dung")
    text: Text = Field(description="Nội dung khi được xem xét")
    kind: Text | None = Field(None, description="Loại: kinh phí, hướng dẫn, nhân lực…")
    state: Literal["open", "forwarded", "answered"] = "open"
    answer: Text | None = None
    document: Text | None = Field(None, description="Văn bản trả lời, chuyển")
    date: Day | None = None


class Obstacles(Model):
    """`province/obstacles/<unit>.yaml`: what became of the obstacles that a unit raised."""

    format: Literal["danvan-obstacles/1"]
    unit: Slug
    plan: Slug
    items: list[_Answered] = Field(default_factory=no_items)


@dataclass(frozen=True)
class Raised:
    """An obstacle that a unit raised, and what became of it."""

    unit: Unit
    obstacle: Obstacle
    answered: _Answered

    @property
    def id(self) -> str:
        """What it is called on the screen."""
        return f"{self.unit.id}:{self.answered.id}"


def obstacle_id(text: str) -> str:
    """Give an obstacle's id: the first 8 hexadecimal digits of the SHA-256 of its text, spaces collapsed."""
    return sha256(squeeze(text).encode()).hexdigest()[:8]


def kept_obstacles(workspace: Workspace, plan: Plan, unit: str, levels: Levels) -> Held[Obstacles]:
    """Open what is recorded of a unit's obstacles.

    Raises:
        InvalidFileError: if the file has errors.
    """
    empty = document({"format": OBSTACLES_FORMAT, "unit": unit, "plan": plan.id})
    return Held(Obstacles, path_of(workspace, unit), lambda read: check_text(read, levels), empty)


def path_of(workspace: Workspace, unit: str) -> Path:
    """Tell where it is recorded what became of a unit's obstacles."""
    return workspace.province / "obstacles" / f"{unit}.yaml"


def raised(
    workspace: Workspace, plan: Plan, units: Iterable[Unit], record_of: Callable[[Unit], UnitRecord | None],
    levels: Levels,
) -> Iterator[Raised]:  # fmt: skip
    """Walk what units raised, in the plan's order; what was answered and is no longer raised is left out.

    `record_of` gives a unit's record, None where it has none here.

    Raises:
        InvalidFileError: if a file of the province's has errors.
    """
    for unit in units:
        record = record_of(unit)
        if record is None or not record.raised_obstacles:
            continue
        answered = path_of(workspace, unit.id).exists()
        known = (
            {one.id: one for one in kept_obstacles(workspace, plan, unit.id, levels).record.items} if answered else {}
        )
        for one in record.raised_obstacles:
            id_ = obstacle_id(one.text)
            yield Raised(unit, one, known.get(id_) or _Answered(id=id_, text=one.text))


def raised_as_dict(one: Raised) -> dict[str, Any]:
    """Give an obstacle for programs."""
    raised = {"id": one.id, "unit": one.unit.id, "text": one.obstacle.text, "proposal": one.obstacle.proposal}
    return raised | one.answered.model_dump(mode="json", exclude={"id", "text"})
