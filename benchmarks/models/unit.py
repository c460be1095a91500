"""The shape of a unit's file."""

from datetime import date as day
from decimal import Decimal
from typing import Literal

from pydantic import Field

from models import Shape
from models.evidence import Evidence


class PaperSettings(Shape):
    details: Literal["annex", "text"] = "annex"
    progress: bool = False


class Contact(Shape):
    name: str | None = None
    phone: str | None = None
    email: str | None = None


class Activity(Shape):
    content: str
    lead: str | None = None
    partners: str | None = Field(None, alias="with")
    due: day | str | None = None
    product: str | None = None
    proposed_product: str | None = None
    done: day | None = None


class TaskRecord(Shape):
    fingerprint: str | None = None
    ended: str | None = None
    applies: bool = True
    reason: str | None = None
    lead: str | None = None
    due: day | str | None = None
    status: Literal["todo", "doing", "done"] | None = None
    states: dict[str, Literal["todo", "doing", "done"] | None] = {}
    activities: list[Activity] = []
    proposed: list[Activity] = []
    proposed_reason: str | None = None
    results: dict[str, str | None] = {}
    evidence: list[Evidence] = []


class Obstacle(Shape):
    text: str
    proposal: str | None = None
    date: day | None = None


class Remarks(Shape):
    situation: str | None = None
    results: str | None = None
    handling: str | None = None
    strengths: str | None = None
    limits: str | None = None
    causes: str | None = None
    next: str | None = None
    proposals: str | None = None
    obstacles: list[Obstacle] = []


class Sent(Shape):
    number: str | None = None
    date: day | None = None
    file: str | None = None
    sha256: str | None = None


class Requested(Remarks, Sent):
    report: str
    topic: str
    request: str | None = None


class UnitRecord(Shape):
    format: Literal["danvan-unit/1"]
    unit: str
    plan: str
    adopted: str | None = None
    inherits: list[str] = []
    drafter: str | None = None
    drafter_abbr: str | None = None
    signs: list[str] = []
    signer: str | None = None
    recipients: list[str] = []
    subordinates: str | None = None
    headings: dict[str, str] = {}
    papers: PaperSettings = PaperSettings()
    contact: Contact | None = None
    tasks: dict[str, TaskRecord] = {}
    reports: dict[str, Remarks | None] = {}
    requested: list[Requested] = []
    indicators: dict[str, dict[str, Decimal | None] | None] = {}
    deliverables: dict[str, Sent | None] = {}
    obstacles: list[Obstacle] = []
    unplaced: list[Activity] = []
