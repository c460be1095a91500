"""The sections of a plan: paragraphs, headings and tables as issued, to any depth, and the tasks among them.

An item that names its owners is a task (in `tasks`) or a duty (in `duties`); what names none is text. Labels are counted;
where the issued one is not the one that counting gives, `number` holds it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Final, Literal, NamedTuple

from pydantic import BeforeValidator, Field, model_validator

from danvan_cli.lang import _
from danvan_cli.plan.owed import OWNERS
from danvan_cli.text import squeeze
from danvan_cli.yaml.schema import Day, Due, Id, Model, Points, Slug, Text, many, maybe, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from danvan_cli.yaml.yamlfile import Loc

_Names = Annotated[
    list[Slug],
    BeforeValidator(lambda value: [value] if isinstance(value, str) else value),
    Field(json_schema_extra={"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""One name, or several in a list."""
_Cell = Annotated[
    str,
    BeforeValidator(lambda v: "" if v is None else str(v) if type(v) in {int, Decimal} else v),
    Field(json_schema_extra={"type": ["string", "number", "null"]}),
]
"""What stands in a cell of the issued table; `^` goes on with the cell above, `<` with the one on the left."""
ABOVE: Final = "^"
LEFT: Final = "<"
_LABEL: Final = r"^$|^[^\s\w]{0,2}(?:[aAIi]|1(?:\.1){0,3})[^\s\w]{0,2}$|^[-–+*•]$"


def is_label(value: str) -> bool:
    """Tell whether something is how a level can be labelled."""
    return re.search(_LABEL, value) is not None


def _label(value: object) -> object:
    if isinstance(value, str) and not is_label(value):
        said = _("«{value}» không phải cách ghi nhãn", value=value[:40])
        raise problem("DV113", said, _('ghi nhãn đầu tiên của cấp: I. 1. 1.1. a) (1) - +; không có nhãn ghi ""'))
    return value


Label = Annotated[str, BeforeValidator(_label), Field(json_schema_extra={"pattern": _LABEL})]
"""How a level is labelled: `1.`, `1.1.`, `a)`, `(1)`, `I.`, `-`, `+`; empty for no label."""
LABELS: Final = ("1.", "a)", "-", "+")
SectionKind = Literal["aims", "targets", "tasks", "duties", "reporting", "budget", "text"]
_NAMED: Final = 80
"""How many characters name a task that has no short name of its own."""


class Given(Model):
    """What a paragraph or a row of a table lays on somebody."""

    label: Text | None = maybe("Tên gọi tắt của danvan, không xuất ra văn bản")
    owners: list[Text] = many(f"{OWNERS}. Có owners (hoặc lead) thì là nhiệm vụ")
    lead: _Names = many("Cơ quan chủ trì, theo mã")
    partners: _Names = many("Cơ quan phối hợp, theo mã", alias="with")
    follow: _Names = many("Cơ quan theo dõi, đôn đốc, theo mã")
    due: Due = maybe("Thời hạn như kế hoạch ghi: ngày, thường xuyên, Quý II, trước ngày 18 hằng tháng…")
    product: Text | None = maybe("Sản phẩm, kết quả phải có, như kế hoạch ghi")
    ended: Day | None = maybe(
        "Nhiệm vụ thôi giao từ ngày này (theo «amendments»); nhiệm vụ đơn vị đã nhận thì không xóa"
    )

    @property
    def bound(self) -> list[Text]:
        """Whom it binds, as written: the owners; where none are named who leads and who works along."""
        return self.owners or [*self.lead, *self.partners]


class Target(Model):
    """A figure that the plan aims at, as issued."""

    name: Text = Field(description="Chỉ tiêu")
    value: Points = Field(description="Số phải đạt")
    unit: Text | None = maybe("Đơn vị tính, ví dụ %")
    indicator: Slug | None = maybe("Chỉ tiêu số liệu của báo cáo đo chỉ tiêu này")


class Row(Given):
    """A row of an issued table; one cell alone goes over the whole width."""

    id: Id | None = None
    cells: list[_Cell] = Field(min_length=1, description="Từng ô như bản ban hành; ^ nối ô trên, < nối ô bên trái")

    @model_validator(mode="after")
    def _named(self) -> Row:
        if self.bound and self.id is None:
            raise problem("DV111", _("dòng là nhiệm vụ cần «id»"), _("ghi mã, ví dụ: id: PL1.1"))
        return self


def _joined(rows: list[list[_Cell]]) -> None:
    """See that each cell that goes on with another has one above, or on the left, to go on with."""
    before: list[_Cell] = []
    for row in rows:
        if row[0] == LEFT or (ABOVE in row and len(before) != len(row)):
            said = _("dòng «{row}»: không có ô nào để nối", row=" | ".join(row)[:40])
            how = _("^ nối với ô ngay trên, không ở dòng đầu hay dưới dòng chỉ có một ô; < nối với ô ngay bên trái")
            raise problem("DV113", said, how)
        before = row


def resolved(rows: Iterable[Iterable[str]]) -> list[list[str]]:
    """Give what each cell of a table says; what goes on with another says what that one does."""
    out: list[list[str]] = []
    for row in rows:
        above, line = (out[-1] if out else []), list[str]()
        for at, cell in enumerate(row):
            line.append(line[-1] if cell == LEFT and line else above[at] if cell == ABOVE and at < len(above) else cell)
        out.append(line)
    return out


class Table(Model):
    """A table of the issued text."""

    columns: list[Literal["number", "text", "lead", "with", "follow", "due", "product", "other"]] = Field(
        min_length=1, max_length=63, description="Mỗi cột là gì; text: nội dung nhiệm vụ, other: cột khác"
    )
    head: list[list[_Cell]] = many("Các dòng đầu bảng như bản ban hành")
    widths: list[Annotated[int, Field(ge=1)]] = many("Độ rộng của các cột, theo tỷ lệ")
    rows: list[Row] = Field(min_length=1)

    @cached_property
    def said(self) -> list[list[str]]:
        """What each cell of each row says; what goes on with another says what that one does."""
        return [[squeeze(cell) for cell in row] for row in resolved(row.cells for row in self.rows)]

    @model_validator(mode="after")
    def _even(self) -> Table:
        wide = len(self.columns)
        if self.widths and len(self.widths) != wide:
            raise problem("DV113", _("«widths» cần {count} số, mỗi cột một số", count=wide))
        for row in (*self.head, *(row.cells for row in self.rows)):
            if len(row) not in {1, wide}:
                shown = " | ".join(row)[:40]
                said = _("dòng «{row}» có {found} ô, bảng có {count} cột", row=shown, found=len(row), count=wide)
                how = _('ghi đủ các ô, ô trống ghi ""; ô nối với ô trên ghi ^, với ô bên trái ghi <')
                raise problem("DV113", said, how)
        for rows in (self.head, [row.cells for row in self.rows]):
            _joined(rows)
        if "text" not in self.columns and any(row.bound for row in self.rows):
            said = _("bảng có nhiệm vụ mà không có cột «text»")
            raise problem("DV111", said, _("ghi «text» cho cột nội dung ở «columns»"))
        return self


class Item(Given):
    """A paragraph, a heading with what stands below it, or a table; `id` is the place that citations name."""

    model_config = {"json_schema_extra": {"anyOf": [{"required": [key]} for key in ("title", "text", "table")]}}

    id: Id
    number: str | None = maybe('Nhãn như bản ban hành, nếu khác nhãn đếm được; "": không có nhãn')
    title: Text | None = maybe("Tên mục, in đậm")
    text: Text | None = maybe("Nguyên văn đoạn trong kế hoạch đã ban hành")
    targets: list[Target] = many("Chỉ tiêu nêu trong đoạn này, bằng số")
    table: Table | None = None
    labels: list[Label] | None = maybe("Nhãn của các cấp bên dưới, nếu khác của phần")
    items: list[Item] = many("Các đoạn bên dưới")

    @model_validator(mode="after")
    def _something(self) -> Item:
        if self.title is None and self.text is None and self.table is None:
            raise problem("DV111", _("đoạn «{id}» cần «text», «title» hoặc «table»", id=self.id))
        return self

    @property
    def said(self) -> str:
        """The title and the text in one line."""
        return squeeze(
            " ".join(_ended(one) if self.title and self.text else one for one in (self.title, self.text) if one)
        )


def _ended(text: str) -> str:
    return text if text.endswith((".", ":", ";", "!", "?")) else f"{text}."


class Section(Model):
    """A section, or an annex with text, of the issued plan."""

    id: Id
    annex: Text | None = maybe("Dòng «Phụ lục …» nếu phần này là phụ lục")
    heading: Text = Field(description="Đề mục như bản ban hành, kể cả nhãn; của phụ lục: tên phụ lục")
    kind: SectionKind = Field(
        description="aims: mục đích, yêu cầu; targets: chỉ tiêu; tasks: nhiệm vụ; duties: tổ chức thực hiện;"
        " reporting: chế độ báo cáo; budget: kinh phí; text: khác"
    )
    label: Text | None = maybe("Tên gọi tắt của danvan, không xuất ra văn bản")
    landscape: bool = maybe("true: phụ lục nằm ngang", False)
    labels: list[Label] = Field(
        default_factory=lambda: list(LABELS), description='Nhãn của từng cấp: 1. a) - +; "": không có nhãn'
    )
    items: list[Item] = many()

    @model_validator(mode="after")
    def _annex(self) -> Section:
        if self.annex is not None and not self.annex.casefold().startswith("phụ lục"):
            raise problem("DV113", _("«annex» là dòng «Phụ lục …» như bản ban hành"), _("ví dụ: annex: Phụ lục I"))
        return self


# What stands where ----------------------------------------------------------------------------------------------------


class Placed(NamedTuple):
    """An item where it stands: its place in the file, its section, how deep (from 1), whom it or the one above binds.

    `row` is a row of its table, `inside` tells that a task above holds it as a part of its own text.
    """

    loc: Loc
    item: Item
    section: Section
    depth: int
    owners: Sequence[str]
    inside: bool = False
    row: Row | None = None

    @property
    def id(self) -> str | None:
        """The row's or the item's id."""
        return self.row.id if self.row else self.item.id

    @property
    def given(self) -> Given:
        """The row or the item: what may bind somebody."""
        return self.row or self.item

    @property
    def is_task(self) -> bool:
        """Whether it is a task: it stands in a section of tasks and binds somebody."""
        return self.section.kind == "tasks" and bool(self.given.bound)


def walk(sections: Iterable[Section]) -> Iterator[Placed]:
    """Walk all items and the rows of their tables, in the plan's order."""
    for i, section in enumerate(sections):
        yield from _below(("sections", i), section, section.items, 1, (), inside=False)


def _below(
    loc: Loc, section: Section, items: list[Item], depth: int, owners: Sequence[str], *, inside: bool
) -> Iterator[Placed]:
    for i, item in enumerate(items):
        at: Loc = (*loc, "items", i)
        bound = item.bound or owners
        own = inside and not item.bound
        here = Placed(at, item, section, depth, bound, own)
        yield here
        for j, row in enumerate(item.table.rows if item.table else ()):
            yield Placed((*at, "table", "rows", j), item, section, depth, row.bound or bound, own, row)
        yield from _below(at, section, item.items, depth + 1, bound, inside=own or here.is_task)


# Tasks and areas ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done; `text` is the issued text, word for word, `label` a short name, `due` the issued words or a day.

    `lead_words`, `partner_words`, `follow_words` are what the issued table says of who leads, works along and follows it.

    `named` tells that the label is no mere beginning of the text; `loc`, `text_at`, `due_at` say where it, its text and its
    time stand in the plan's file.
    """

    id: str
    label: str
    owners: list[str]
    text: str
    due: date | str | None = None
    ended: date | None = None
    lead: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    follow: list[str] = field(default_factory=list)
    product: str | None = None
    lead_words: str | None = None
    partner_words: str | None = None
    follow_words: str | None = None
    named: bool = field(default=False, compare=False)
    loc: Loc = field(default=(), compare=False)
    text_at: Loc = field(default=(), compare=False)
    due_at: Loc = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Area:
    """An area of work (nội dung) with its tasks: a heading at the first level, or the section where it has none."""

    id: str
    title: str
    tasks: list[Task]
    loc: Loc = field(default=(), compare=False)
    label: str | None = None
    """How those that it binds write of it in their own papers, where the issued title is not for them to use."""


_LABELLED: Final = re.compile(r"^(?:[IVXLC]{1,7}|[A-H]|\d{1,2})\s{0,3}[.\-–)/]\s{0,9}(?=\S)")
"""A heading's label."""


def areas_of(placed: Iterable[Placed]) -> list[Area]:
    """Give the areas of work: of each section of tasks the headings at its first level, and itself for what has none."""
    found: dict[str, Area] = {}
    top: Placed | None = None
    for one in placed:
        if one.depth == 1 and one.row is None:
            top = one
        if top is None or not one.is_task or (one.row and one.row.id is None):
            continue
        head = top.item
        if head.title and not head.bound:
            area = Area(head.id, head.title, [], top.loc, head.label)
        else:
            section = one.section
            area = Area(section.id, section.label or _LABELLED.sub("", section.heading), [], top.loc[:2])
        found.setdefault(area.id, area).tasks.append(_task(one))
    return list(found.values())


def _task(one: Placed) -> Task:
    given, item, row = one.given, one.item, one.row
    due: date | str | None = given.due
    due_at, text_at = (*one.loc, "due"), (*one.loc, "text" if item.text else "title")
    said: dict[str, str] = {}
    if row is None or item.table is None:
        text = "\n".join(filter(None, (item.said, *_parts(item))))
    else:
        column = {kind: at for at, kind in reversed(list(enumerate(item.table.columns)))}
        cells = item.table.said[int(one.loc[-1])]
        # One alone goes over the whole width, and is the text.
        said = {kind: cells[at] for kind, at in column.items()} if len(cells) > 1 else {"text": cells[0]}
        text, text_at = said["text"], (*one.loc, "cells", column["text"])
        if due is None and said.get("due"):
            due, due_at = said["due"], (*one.loc, "cells", min(column["due"], len(row.cells) - 1))
    return Task(
        id=one.id or "",
        label=given.label or _short((item.title if row is None else None) or text),
        owners=given.bound,
        text=text,
        due=due,
        ended=given.ended,
        lead=given.lead,
        partners=given.partners,
        follow=given.follow,
        product=given.product or said.get("product") or None,
        lead_words=said.get("lead") or None,
        partner_words=said.get("with") or None,
        follow_words=said.get("follow") or None,
        named=given.label is not None,
        loc=one.loc,
        text_at=text_at,
        due_at=due_at,
    )


def _parts(item: Item) -> Iterator[str]:
    """Give the paragraphs below a task that are part of its text."""
    for one in item.items:
        if not one.bound:
            yield one.said
            yield from _parts(one)


def _short(text: str) -> str:
    """Name a task by the beginning of its text."""
    text = squeeze(text.partition("\n")[0])
    if len(text) <= _NAMED:
        return text.rstrip(".;:")
    return f"{text[:_NAMED].rpartition(' ')[0].rstrip(' ,.;:')}…"
