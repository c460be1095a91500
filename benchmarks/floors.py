"""The floor of each command: the plainest program that does without nothing the command cannot do without.

    python -c 'from floors import run; run()' help 8 --help                    a command of eight options, its help
    python -c 'from floors import run; run()' read 8 plan.yaml calendar.yaml   reads and validates files
    python -c 'from floors import run; run()' write 8 plan.yaml unit.yaml      the same, and imports what makes documents
    python -c 'from floors import run; run()' word 8 a.docx                    unpacks Word documents and parses them
    python -c 'from floors import run; run()' book 8 plan.yaml unit.yaml       reads files, makes an empty workbook
    python -c 'from floors import run; run()' sheet 8 a.xlsx plan.yaml         reads files, unpacks a workbook, parses it
    python -c 'from floors import run; run()' schema 1                         gives the JSON Schema of a plan

The models have the fields of ours without their checks of form, their messages and places; YAML is read by libyaml's
own loader. Nor do they pay for what can be had for nothing: validators are built when used, plugins not looked for.
No program with these libraries, a command line and files of these types starts faster.
"""

import inspect
import os
import sys
from pathlib import Path
from typing import Annotated


def models() -> dict[str, object]:
    """Build models as large as ours: by the `format` of the file that they are for."""
    from datetime import date as day
    from decimal import Decimal
    from typing import Literal

    from pydantic import BaseModel as Base
    from pydantic import ConfigDict

    class BaseModel(Base):
        model_config = ConfigDict(defer_build=True)

    class Settings(BaseModel):
        before_includes_day: bool = False
        evidence_days: int = 180

    class Issuer(BaseModel):
        id: str
        name: str
        short: str
        abbr: str
        place: str
        letterhead: list[str]

    class Issued(BaseModel):
        number: str | None = None
        date: day | None = None

    class Paragraph(BaseModel):
        id: str
        text: str

    class Item(BaseModel):
        id: str
        number: str | None = None
        label: str | None = None
        owners: list[str] = []
        due: day | str | None = None
        title: str | None = None
        text: str | None = None
        items: list["Item"] = []

    class Section(BaseModel):
        id: str
        heading: str
        kind: str
        labels: list[str] = []
        items: list[Item] = []

    class Deliverable(BaseModel):
        id: str
        kind: Literal["plan", "self-score", "report"]
        name: str
        period: str | None = None
        owners: list[str]
        before: day | None = None
        by: day | None = None
        to: str | None = None
        via: str | None = None
        duty: str | None = None
        on_request: bool = False

    class Document(BaseModel):
        id: str
        type: str
        symbol: str | None = None
        date: day | None = None
        issuer: str | None = None
        title: str | None = None
        cited: list[str] = []

    class Period(BaseModel):
        id: str
        name: str
        previous: str | None = None
        estimate: bool = False
        official: bool = True

    class Indicator(BaseModel):
        id: str
        name: str
        unit: str
        area: str
        over_periods: Literal["cumulative", "sum", "last"] = "cumulative"
        over_units: Literal["sum", "average", "none"] = "sum"

    class Check(BaseModel):
        id: str
        check: str
        says: str

    class Indicators(BaseModel):
        official: bool
        source: str
        items: list[Indicator] = []
        checks: list[Check] = []

    class Letter(BaseModel):
        kind: str | None = None
        superior: str | None = None
        place: str | None = None
        signs: list[str] = []

    class Block(Letter):
        id: str
        name: str

    class Signer(BaseModel):
        name: str
        lines: list[str]

    class Unit(Letter):
        id: str
        name: str
        abbr: str
        block: str
        code: str | None = None
        letterhead: list[str] = []
        confirmed: bool = True
        signers: list[Signer] = []
        successors: list[str] = []
        parent: str | None = None

    class Signature(BaseModel):
        lines: list[str]
        name: str | None = None

    class Plan(BaseModel):
        format: Literal["danvan-plan/2"]
        id: str
        year: int
        revision: int = 1
        state: Literal["draft", "issued"]
        title: str
        subject: str
        settings: Settings = Settings()
        issuer: Issuer
        issued: Issued = Issued()
        opening: list[Paragraph] = []
        sections: list[Section]
        deliverables: list[Deliverable] = []
        closing: list[Paragraph] = []
        recipients: list[str] = []
        signature: Signature
        documents: list[Document] = []
        periods: list[Period] = []
        indicators: Indicators | None = None
        blocks: list[Block]
        units: list[Unit]

    class NamedDay(BaseModel):
        date: day
        name: str

    class Year(BaseModel):
        year: int
        source: str
        confirmed: bool = True
        holidays: list[NamedDay] = []
        working_days: list[NamedDay] = []

    class Calendar(BaseModel):
        format: Literal["danvan-calendar/1"]
        years: list[Year] = []

    class Activity(BaseModel):
        content: str
        lead: str | None = None
        due: day | str | None = None
        product: str | None = None
        done: day | None = None

    class Evidence(BaseModel):
        title: str
        number: str | None = None
        date: day | None = None
        period: str | None = None
        expires: day | None = None
        file: str | None = None
        sha256: str | None = None
        restricted: bool = False

    class TaskRecord(BaseModel):
        fingerprint: str | None = None
        applies: bool = True
        reason: str | None = None
        lead: str | None = None
        due: day | str | None = None
        status: Literal["todo", "doing", "done"] | None = None
        activities: list[Activity] = []
        results: dict[str, str | None] = {}
        evidence: list[Evidence] = []

    class Remarks(BaseModel):
        situation: str | None = None
        results: str | None = None
        strengths: str | None = None
        limits: str | None = None
        causes: str | None = None
        next: str | None = None
        proposals: str | None = None

    class Sent(BaseModel):
        number: str | None = None
        date: day | None = None
        file: str | None = None
        sha256: str | None = None

    class Obstacle(BaseModel):
        text: str
        proposal: str | None = None
        date: day | None = None

    class Record(BaseModel):
        format: Literal["danvan-unit/1"]
        unit: str
        plan: str
        adopted: str | None = None
        drafter: str | None = None
        signs: list[str] = []
        signer: str | None = None
        tasks: dict[str, TaskRecord] = {}
        reports: dict[str, Remarks | None] = {}
        indicators: dict[str, dict[str, Decimal | None] | None] = {}
        deliverables: dict[str, Sent | None] = {}
        obstacles: list[Obstacle] = []

    return {"danvan-plan/2": Plan, "danvan-calendar/1": Calendar, "danvan-unit/1": Record}


def scoring_models() -> dict[str, object]:
    """Build the models of a rubric and of the answers to it, as large as ours."""
    from datetime import date
    from decimal import Decimal
    from typing import Literal

    from pydantic import BaseModel as Base
    from pydantic import ConfigDict

    class BaseModel(Base):
        model_config = ConfigDict(defer_build=True)

    class Level(BaseModel):
        id: str
        name: str
        points: Decimal
        on: Literal["in-time", "late"] | None = None

    class Threshold(BaseModel):
        points: Decimal

    class Ratio(BaseModel):
        value: str | None = None
        base: str | None = None
        thresholds: list[Threshold] = []
        full: Decimal = Decimal(100)

    class Count(BaseModel):
        each: Decimal

    class Survey(BaseModel):
        held: bool = True

    class Criterion(BaseModel):
        id: str
        title: str
        max: Decimal | None = None
        area: str | None = None
        graded: Decimal | None = None
        levels: list[Level] = []
        ratio: Ratio | None = None
        count: Count | None = None
        deduction: Count | None = None
        manual: bool | None = None
        survey: Survey | None = None
        by: Literal["self", "verifier", "superior", "survey"] | None = None
        na: Literal["full", "rescale"] | None = None
        evidence: list[str] = []
        deliverable: str | None = None
        guide: str | None = None

    class Group(Criterion):
        criteria: list[Criterion] = []

    class Extra(BaseModel):
        max: Decimal
        criteria: list[Criterion]

    class Band(BaseModel):
        id: str
        name: str
        below: Decimal | None = None

    class Condition(BaseModel):
        criterion: str | None = None
        below: Decimal | None = None
        late: str | None = None
        violation: str | None = None

    class Limit(BaseModel):
        id: str
        when: Condition
        cap: str | None = None
        force: str | None = None
        deny: bool | None = None
        reason: str

    class Violation(BaseModel):
        id: str
        name: str

    class Quota(BaseModel):
        band: str
        percent: Decimal
        of: list[str] = []

    class Rounding(BaseModel):
        places: int = 2
        rule: Literal["half-up", "half-even", "down"] = "half-up"

    class Rubric(BaseModel):
        id: str
        name: str
        version: int = 1
        official: bool
        source: str | None = None
        basis: list[str] = []
        blocks: list[str]
        max: Decimal
        over_max: bool = False
        rounding: Rounding
        criteria: list[Group]
        bonus: Extra | None = None
        deductions: Extra | None = None
        bands: list[Band]
        violations: list[Violation] = []
        limits: list[Limit] = []
        ties: Literal["skip", "dense", "criteria"] = "skip"
        tie_criteria: list[str] = []
        quota: list[Quota] = []

    class Rubrics(BaseModel):
        format: Literal["danvan-rubric/1"]
        plan: str
        rubrics: list[Rubric]

    class Evidence(BaseModel):
        title: str
        number: str | None = None
        issued: date | None = None
        file: str | None = None
        restricted: bool = False

    class Answer(BaseModel):
        level: str | None = None
        value: Decimal | None = None
        base: Decimal | None = None
        count: int | None = None
        points: Decimal | None = None
        na: bool = False
        evidence: list[Evidence] = []
        note: str | None = None

    class Record(BaseModel):
        format: Literal["danvan-score/1"]
        unit: str | None = None
        rubric: str | None = None
        version: int | None = None
        answers: dict[str, Answer | None] = {}
        late: list[str] | None = None
        violations: list[str] | None = None

    return {"danvan-rubric/1": Rubrics, "danvan-score/1": Record}


def read(files: list[Path]) -> None:
    """Read and validate files."""
    from typing import Any

    import yaml

    known: Any = models()
    for path in files:
        values = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        if values["format"] not in known:
            known |= scoring_models()
        known[values["format"]].model_validate(values)


def schema() -> None:
    """Print the JSON Schema of a plan."""
    import json
    from typing import Any

    known: Any = models()
    print(json.dumps(known["danvan-plan/2"].model_json_schema(), indent=2))


def words(files: list[Path]) -> None:
    """Unpack Word documents and parse their parts."""
    import zipfile

    from lxml import etree

    for path in files:
        with zipfile.ZipFile(path) as zipped:
            for name in zipped.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(zipped.read(name))


def books(files: list[Path], *, write: bool) -> None:
    """Make an empty workbook, or unpack workbooks and parse their parts."""
    if write:
        from io import BytesIO

        import xlsxwriter

        xlsxwriter.Workbook(BytesIO()).close()
    words([one for one in files if one.suffix == ".xlsx"])


def run() -> None:
    """Run the floor that the command line names."""
    import typer

    kind, count, *arguments = sys.argv[1:]
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"

    def nothing(files: list[Path] | None, **_options: str) -> None:
        if kind == "write":
            import zipfile

            import jinja2
            import markdown_it

            del zipfile, jinja2, markdown_it
        if kind in {"book", "sheet"}:
            books(files or [], write=kind == "book")
            read([one for one in files or [] if one.suffix == ".yaml"])
            return
        if kind == "schema":
            schema()
        if kind == "word":
            words(files or [])
        elif files:
            read(files)

    keyword = inspect.Parameter.KEYWORD_ONLY
    option = Annotated[str, typer.Option(metavar="X", help="what it is for, in about as many words as ours")]
    given = [inspect.Parameter(f"option_{i}", keyword, default="", annotation=option) for i in range(int(count))]
    files = inspect.Parameter("files", keyword, default=None, annotation=Annotated[list[Path], typer.Argument()])
    vars(nothing)["__signature__"] = inspect.Signature([files, *given])
    app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
    app.command()(nothing)
    app(arguments)
