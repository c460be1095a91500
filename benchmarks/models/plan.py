"""The shape of a plan."""

from datetime import date as day
from decimal import Decimal
from typing import Literal

from pydantic import Field

from models import Shape


class SetDay(Shape):
    by: day
    document: str | None = None
    was: list[day] = []


class Settings(Shape):
    before_includes_day: bool = False
    late_by: Literal["issued", "received"] = "received"
    evidence_days: int = 180
    days: dict[str, SetDay] = {}


class Issuer(Shape):
    id: str
    name: str
    short: str
    abbr: str
    place: str
    letterhead: list[str]
    superior: list[str] = []


class Issued(Shape):
    number: str | None = None
    date: day | None = None


class Paragraph(Shape):
    id: str
    text: str


class Given(Shape):
    label: str | None = None
    owners: list[str] = []
    lead: list[str] = []
    partners: list[str] = Field([], alias="with")
    follow: list[str] = []
    due: day | str | None = None
    product: str | None = None
    ended: day | None = None


class Target(Shape):
    name: str
    value: Decimal
    unit: str | None = None
    indicator: str | None = None


class Row(Given):
    id: str | None = None
    cells: list[str]


class Table(Shape):
    columns: list[Literal["number", "text", "lead", "with", "follow", "due", "product", "other"]]
    head: list[list[str]] = []
    widths: list[int] = []
    rows: list[Row]


class Item(Given):
    id: str
    number: str | None = None
    title: str | None = None
    text: str | None = None
    targets: list[Target] = []
    table: Table | None = None
    labels: list[str] | None = None
    items: list["Item"] = []


class Section(Shape):
    id: str
    annex: str | None = None
    heading: str
    kind: Literal["aims", "targets", "tasks", "duties", "reporting", "budget", "text"]
    label: str | None = None
    landscape: bool = False
    labels: list[str] = []
    items: list[Item] = []


class Deliverable(Shape):
    id: str
    kind: Literal["plan", "self-score", "report"]
    name: str
    period: str | None = None
    owners: list[str]
    before: day | None = None
    by: day | None = None
    to: str | None = None
    via: str | None = None
    on_request: bool = False
    duty: str | None = None
    every: Literal["month", "quarter", "half", "year"] | None = None
    due: str | None = None
    without: list[str] = []


class Authority(Shape):
    type: str = "Công văn"
    number: str
    date: day


class Amendment(Authority):
    revision: int
    covers: list[str]
    note: str | None = None


class Extension(Authority):
    units: list[str]
    deliverable: str
    before: day | None = None
    by: day | None = None
    replaces: list[str] = []


class Exemption(Authority):
    units: list[str]
    deliverables: list[str]


class Request(Authority, Deliverable):
    kind: Literal["report"] = "report"
    topic: str | None = None


class Signature(Shape):
    lines: list[str]
    name: str | None = None


class Kept(Shape):
    where: str
    text: str
    behind: str | None = None


class Document(Shape):
    id: str
    type: str
    symbol: str | None = None
    date: day | None = None
    issuer: str | None = None
    title: str | None = None
    cited: list[str] = []


class Period(Shape):
    id: str
    name: str
    start: day = Field(..., alias="from")
    to: day
    previous: str | None = None
    same: str | None = None
    estimate: bool = False
    official: bool = True


class Indicator(Shape):
    id: str
    name: str
    unit: str
    kind: Literal["count", "amount", "percent"] | None = None
    area: str
    over_periods: Literal["cumulative", "sum", "last"] = "cumulative"
    over_units: Literal["sum", "average", "none"] = "sum"


class Check(Shape):
    id: str
    check: str
    says: str


class Indicators(Shape):
    official: bool
    source: str
    items: list[Indicator] = []
    checks: list[Check] = []


class Party(Shape):
    id: str
    name: str


class Letter(Shape):
    kind: str | None = None
    superior: str | None = None
    place: str | None = None
    signs: list[str] = []


class Block(Letter):
    id: str
    name: str


class Signer(Shape):
    name: str
    lines: list[str]
    start: day | None = Field(None, alias="from")
    to: day | None = None


class Unit(Letter):
    id: str
    name: str
    abbr: str
    block: str
    code: str | None = None
    letterhead: list[str] = []
    confirmed: bool = True
    signers: list[Signer] = []
    start: day | None = Field(None, alias="from")
    to: day | None = None
    successors: list[str] = []
    parent: str | None = None


class Plan(Shape):
    format: Literal["danvan-plan/2"]
    id: str
    year: int
    until: int | None = None
    revision: int = 1
    state: Literal["draft", "issued"]
    title: str
    subject: str
    scoring: bool = True
    settings: Settings = Settings()
    issuer: Issuer
    issued: Issued = Issued()
    opening: list[Paragraph] = []
    sections: list[Section] = []
    deliverables: list[Deliverable] = []
    amendments: list[Amendment] = []
    extensions: list[Extension] = []
    exemptions: list[Exemption] = []
    requests: list[Request] = []
    closing: list[Paragraph] = []
    recipients: list[str] = []
    signature: Signature
    kept: list[Kept] = []
    documents: list[Document] = []
    periods: list[Period] = []
    indicators: Indicators | None = None
    parties: list[Party] = []
    register_file: str | None = Field(None, alias="register")
    blocks: list[Block] = []
    units: list[Unit] = []
