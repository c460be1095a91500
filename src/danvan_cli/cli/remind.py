"""`danvan remind`: letters to those who are late, ready to sign, and texts for e-mail."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from danvan_cli.cli import complete
from danvan_cli.cli.options import Force, Plan
from danvan_cli.errors import UsageError
from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from danvan_cli.delivery.status import Row
    from danvan_cli.desk.opened import Open
    from danvan_cli.province.model import Reminders
    from danvan_cli.province.reminders import Round
    from danvan_cli.unit.model import UnitRecord
    from danvan_cli.yaml.held import Held

ABOUT = _(
    "Một công văn cho mọi đơn vị quá hạn cùng một báo cáo, có danh sách kèm theo; --each thì mỗi đơn vị một công văn."
    " Công văn đã phát hành thì ghi lại bằng --issued: lần sau viện dẫn lần trước, lần thứ ba thành báo cáo lên cấp"
    " trên. Thư điện tử nằm cạnh, mỗi đơn vị một tệp .txt."
)
EXAMPLES = (
    ("danvan remind --as-of 15/5/2023 --answer-by 20/5/2023", _("công văn đôn đốc ở build/don-doc/")),
    ("danvan remind --as-of 2/5/2023 --within 10", _("thêm thư nhắc các đơn vị còn 10 ngày trở lại")),
)


def remind(
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar=_("NGÀY"), help=_("tính đến hết ngày này; bỏ qua là hôm nay"))
    ] = None,
    within: Annotated[
        int | None, typer.Option("--within", metavar=_("NGÀY"), min=0, help=_("thêm thư nhắc cho ai còn ngần này ngày"))
    ] = None,
    deliverable: Annotated[
        str | None,
        typer.Option(
            "--deliverable", metavar=_("MÃ"), help=_("chỉ một báo cáo, hồ sơ"), autocompletion=complete.deliverables
        ),
    ] = None,
    block: Annotated[
        str | None, typer.Option("--block", metavar=_("KHỐI"), help=_("chỉ một khối"), autocompletion=complete.blocks)
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", metavar=_("ĐƠN-VỊ"), help=_("chỉ một đơn vị"), autocompletion=complete.units),
    ] = None,
    each: Annotated[bool, typer.Option("--each", help=_("mỗi đơn vị một công văn"))] = False,
    answer_by: Annotated[
        str | None, typer.Option("--answer-by", metavar=_("NGÀY"), help=_("hạn gửi ghi trong công văn"))
    ] = None,
    issued: Annotated[
        str | None,
        typer.Option(
            "--issued",
            metavar=_("MÃ"),
            help=_("công văn về báo cáo này đã phát hành"),
            autocompletion=complete.deliverables,
        ),
    ] = None,
    number: Annotated[
        str | None, typer.Option("--number", metavar=_("SỐ"), help=_("số, ký hiệu công văn đã phát hành"))
    ] = None,
    date: Annotated[str | None, typer.Option("--date", metavar=_("NGÀY"), help=_("ngày công văn đã phát hành"))] = None,
    force: Force = False,
    plan: Plan = None,
) -> None:
    """Make letters to those who are late."""
    from danvan_cli.cli import screen
    from danvan_cli.cli.opening import open_plan
    from danvan_cli.delivery.status import status
    from danvan_cli.delivery.store import received
    from danvan_cli.plan import calendar
    from danvan_cli.province.model import Reminders
    from danvan_cli.province.reminders import empty, rounds
    from danvan_cli.unit.typed import day
    from danvan_cli.workspace import shown
    from danvan_cli.yaml.held import Held
    from danvan_cli.yaml.yamltext import document

    opened = open_plan(plan)
    kept = Held(Reminders, opened.workspace.province / "reminders.yaml", empty=document(empty(opened.plan)))
    if kept.record.plan != opened.plan.id:
        raise UsageError(
            _("{path} là của kế hoạch «{other}»", path=shown(kept.path), other=kept.record.plan),
            help=_("chuyển tệp đó sang chỗ lưu của năm cũ, rồi chạy lại"),
        )
    if issued or number or date:
        if not (issued and number and date):
            raise UsageError(_("ghi công văn đã phát hành cần đủ --issued, --number và --date"))
        who = opened.unit(unit).id if unit else None
        _issued(kept, opened.deliverable(issued).id, who, number, day(date))
        return
    when = day(as_of) if as_of else calendar.today()
    by = day(answer_by) if answer_by else None
    if by and by < when:
        raise UsageError(_("hạn gửi {by} trước ngày {day}", by=answer_by, day=when), help=_("ghi một ngày sau đó"))
    rows = status(opened.plan, received(opened.workspace.received, opened.plan.id), when, opened.units(unit, block))
    if deliverable:
        only = opened.deliverable(deliverable).id
        rows = [row for row in rows if row.deliverable.id == only]
    late = rounds(rows, kept.record)
    for round_ in late:
        _letters(opened, kept, round_, when, by, each=each, force=force)
    soon = [
        row
        for row in rows
        if within is not None and row.state in {"due", "extended", "not-due"} and (row.days or 0) <= within
    ]
    if soon:
        _e_mails(opened, f"nhac-{when}", soon, times=0, by=None)
        screen.out(_("{count} thư nhắc hạn ở {path}", count=len(soon), path=shown(_where(opened) / f"nhac-{when}")))
    if not late and not soon:
        screen.out(_("không có đơn vị nào quá hạn"))


def _where(opened: "Open") -> Any:
    from danvan_cli.province.reminders import where

    return where(opened.workspace.build)


def _letters(
    opened: "Open",
    kept: "Held[Reminders]",
    round_: "Round",
    when: "date",
    by: "date | None",
    *,
    each: bool,
    force: bool,
) -> None:
    """Make the letters of a round and note them as drafts."""
    from danvan_cli.cli import screen
    from danvan_cli.cli.made import write_document
    from danvan_cli.papers.make import make
    from danvan_cli.province.reminders import paper, sender
    from danvan_cli.workspace import shown

    plan, folder = opened.plan, _where(opened)
    record = _record(opened, sender(plan, round_.deliverable).id)
    apart = each and not round_.is_report
    for rows in [[row] for row in round_.rows] if apart else [list(round_.rows)]:
        name = f"{round_.name}-{rows[0].unit.id}" if apart else round_.name
        made = paper(plan, round_, record, when, by, rows)
        write_document(folder / f"{name}.docx", make(made, opened.templates), force=force)
        _draft(kept, round_, rows, when, by)
    _e_mails(opened, round_.name, round_.rows, times=round_.number, by=by)
    screen.out(
        _("{count} đơn vị chưa gửi «{id}», lần {number}; thư điện tử ở {path}",
          count=len(round_.rows), id=round_.deliverable.id, number=round_.number, path=shown(folder / round_.name))
    )  # fmt: skip


def _draft(kept: "Held[Reminders]", round_: "Round", rows: "Sequence[Row]", when: "date", by: "date | None") -> None:
    """Note a letter as a draft, in place of an earlier draft to any of the same units."""
    from danvan_cli.yaml.splice import Put

    units = [row.unit.id for row in rows]
    one = {"deliverable": round_.deliverable.id, "units": units, "as_of": when}
    one |= ({"answer_by": by} if by else {}) | ({"report": True} if round_.is_report else {})
    others = [
        it.model_dump(exclude_none=True, exclude_defaults=True)
        for it in kept.record.letters
        if it.number or it.deliverable != round_.deliverable.id or set(it.units).isdisjoint(units)
    ]
    kept.put([Put(("letters",), [*others, one])])


def _e_mails(opened: "Open", name: str, rows: "Sequence[Row]", *, times: int, by: "date | None") -> None:
    from danvan_cli.files import write
    from danvan_cli.province.reminders import e_mail

    for row in rows:
        record = _record(opened, row.unit.id)
        address = record.contact.email if record and record.contact else None
        text = e_mail(opened.plan, row, times=times, answer_by=by, address=address)
        file = f"{row.unit.id}.txt" if times else f"{row.unit.id}-{row.deliverable.id}.txt"
        write(_where(opened) / name / file, text.encode())


def _record(opened: "Open", unit: str) -> "UnitRecord | None":
    """Read a unit's record, if it has one here that can be read; a letter needs no more of it than who drafts."""
    from danvan_cli.unit.model import UnitRecord
    from danvan_cli.yaml.read import read as read_as

    path = opened.workspace.unit(unit) / "unit.yaml"
    return read_as(UnitRecord, path).record if path.exists() else None


def _issued(kept: "Held[Reminders]", deliverable: str, unit: str | None, number: str, when: "date") -> None:
    """Record that a letter was issued: the draft about that, to that unit where several are drafted."""
    from danvan_cli.cli import screen
    from danvan_cli.text import day
    from danvan_cli.workspace import shown
    from danvan_cli.yaml.splice import Put

    drafts = [
        i
        for i, one in enumerate(kept.record.letters)
        if one.deliverable == deliverable and not one.number and (unit is None or unit in one.units)
    ]
    if not drafts:
        raise UsageError(
            _("chưa có dự thảo công văn đôn đốc nào về «{id}»", id=deliverable),
            help=_("làm công văn trước: danvan remind --deliverable {id}", id=deliverable),
        )
    if len(drafts) > 1:
        raise UsageError(
            _("có {count} dự thảo về «{id}»", count=len(drafts), id=deliverable),
            help=_("ghi thêm --unit: một đơn vị có tên trong công văn đã phát hành"),
        )
    told = " ".join(number.split())
    if any(one.number == told for one in kept.record.letters):
        raise UsageError(_("công văn {number} đã được ghi", number=told))
    kept.put([Put(("letters", drafts[0], "number"), told), Put(("letters", drafts[0], "date"), when)])
    screen.out(_("{path}: đã ghi công văn {number} ngày {day}", path=shown(kept.path), number=told, day=day(when)))
