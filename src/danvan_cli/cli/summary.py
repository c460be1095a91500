"""`danvan summary`: the consolidated report of a period, its annex, and every figure followed to its units."""

from typing import TYPE_CHECKING, Annotated

import typer

from danvan_cli.cli import complete
from danvan_cli.cli.options import Force, Json, Output, Plan
from danvan_cli.errors import Exit, UsageError
from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from danvan_cli.desk.opened import Open
    from danvan_cli.papers.results import Results
    from danvan_cli.plan.model import Deliverable, Unit
    from danvan_cli.province.summary import Summary
    from danvan_cli.unit.model import UnitRecord

ABOUT = _(
    "Tổng hợp từ hồ sơ của những đơn vị đã gửi báo cáo (theo province/received/). Đơn vị chưa gửi được nêu là chưa gửi,"
    " không tính là số 0. Báo cáo .docx và phụ lục .xlsx nằm ở build/; tổng trong phụ lục là công thức."
)
EXAMPLES = (
    ("danvan summary --period 6m", _("báo cáo tổng hợp 06 tháng: build/tong-hop-6m.docx, .xlsx")),
    ("danvan summary --period 6m --explain tin-bai", _("một chỉ tiêu: từng đơn vị bao nhiêu")),
)


def summary(
    period: Annotated[
        str,
        typer.Option(
            "--period", metavar=_("MÃ"), help=_("báo cáo của kỳ nào: 6m, 1y…"), autocompletion=complete.deliverables
        ),
    ] = ...,  # type: ignore[assignment]
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar=_("NGÀY"), help=_("tính đến hết ngày này; bỏ qua là hôm nay"))
    ] = None,
    block: Annotated[
        str | None, typer.Option("--block", metavar=_("KHỐI"), help=_("chỉ một khối"), autocompletion=complete.blocks)
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain",
            metavar=_("CHỈ-TIÊU"),
            help=_("lần một số tổng hợp về từng đơn vị"),
            autocompletion=complete.indicator_ids,
        ),
    ] = None,
    upward: Annotated[
        str | None,
        typer.Option("--for", metavar=_("ĐƠN-VỊ"), help=_("ghi thành hồ sơ của đơn vị cấp trên này, để báo cáo lên")),
    ] = None,
    output: Output = None,
    force: Force = False,
    plan: Plan = None,
    json: Json = False,
) -> Exit:
    """Sum up a period."""
    from danvan_cli.cli import screen
    from danvan_cli.cli.opening import open_plan
    from danvan_cli.delivery.store import received
    from danvan_cli.plan import calendar
    from danvan_cli.province.summary import as_dict, summed_up
    from danvan_cli.unit.typed import day

    opened = open_plan(plan)
    one = _report(opened, period)
    when = day(as_of) if as_of else calendar.today()
    units = opened.units(None, block) if block else None
    came = received(opened.workspace.received, opened.plan.id)
    out = summed_up(opened.plan, came, _records(opened), one, when, units)
    if explain:
        _explain(opened, out, explain)
        return Exit.OK
    if json:
        from json import dumps

        screen.out(dumps(as_dict(out), ensure_ascii=False))
        return Exit.OK
    if upward:
        _upward(opened, out, upward)
        return Exit.OK
    _write(opened, out, output, force=force)
    _tell(out)
    return Exit.OK


def _report(opened: "Open", name: str) -> "Deliverable":
    """Find the report that is summed up: one for a period; a period's id names the one that all owe."""
    plan = opened.plan
    one = plan.deliverable_by_id.get(name) or next(
        (it for it in plan.deliverables if it.periodic and it.period == name), None
    )
    if one is None:
        one = opened.deliverable(name)
    if one.kind != "report" or one.period not in plan.period_by_id:
        able = [
            it.id for it in plan.deliverable_by_id.values() if it.kind == "report" and it.period in plan.period_by_id
        ]
        raise UsageError(
            _("«{id}» không phải báo cáo của một kỳ", id=one.id), help=_("tổng hợp được: {ids}", ids=", ".join(able))
        )
    return one


def _records(opened: "Open") -> "Callable[[Unit], UnitRecord | None]":
    """Give what reads a unit's record; one that cannot be read is told and counts as not here."""
    from danvan_cli.cli import screen
    from danvan_cli.unit.model import UnitRecord
    from danvan_cli.workspace import shown
    from danvan_cli.yaml.read import read as read_as

    def read(unit: "Unit") -> "UnitRecord | None":
        path = opened.workspace.unit(unit.id) / "unit.yaml"
        if not path.exists():
            return None
        found = read_as(UnitRecord, path)
        if found.record is None:
            screen.note(_("không đọc được {path}", path=shown(path)))
        return found.record

    return read


def _write(opened: "Open", out: "Summary", output: "object", *, force: bool) -> None:
    from pathlib import Path

    from danvan_cli.cli import screen
    from danvan_cli.cli.made import state, write_document
    from danvan_cli.files import write
    from danvan_cli.papers.make import make
    from danvan_cli.province.reminders import sender
    from danvan_cli.province.summary import paper
    from danvan_cli.province.summary_book import book
    from danvan_cli.word.save import Saved
    from danvan_cli.workspace import shown

    writer = sender(opened.plan, out.deliverable)
    report = paper(out, writer, _records(opened)(writer), _results(opened, out))
    path = output if isinstance(output, Path) else opened.workspace.build / f"tong-hop-{out.deliverable.id}.docx"
    write_document(path, make(report, opened.templates), force=force)
    annex = path.with_suffix(".xlsx")
    new = not annex.exists()
    changed = write(annex, book(out))
    screen.out(f"{shown(annex)}: {state(Saved(annex, 'new' if new else 'updated' if changed else 'unchanged'))}")


def _results(opened: "Open", out: "Summary") -> "Results":
    """Give scores and bands by block, in the year's last report; nothing where there is no rubric or no score."""
    from danvan_cli.province.ranking import ranking
    from danvan_cli.province.ranking_papers import results
    from danvan_cli.scoring.choose import rubric_path

    last = max((one.end for one in opened.plan.periods if one.start.year >= opened.plan.year - 1), default=None)
    if out.period.end != last or not rubric_path(opened.path).exists():
        return results([])
    from danvan_cli.cli.rank import opener
    from danvan_cli.desk.rubrics import rubrics_of

    found = ranking(opened.plan, rubrics_of(opened), opened.plan.blocks, opener(opened))
    return results([one for one in found if any(it.result is not None for it in one.standings)])


def _tell(out: "Summary") -> None:
    from danvan_cli.cli import screen
    from danvan_cli.province.tracking import totals

    count = totals(out.rows)
    screen.out(
        _("phải gửi {owed}: đúng hạn {in_time}, chậm {late}, chưa gửi {missing}",
          owed=count["owed"], in_time=count["in_time"], late=count["late"], missing=len(out.missing))
    )  # fmt: skip
    if out.missing:
        names = "; ".join(row.unit.name for row in out.missing[:20])
        more = _(" và {count} đơn vị nữa", count=len(out.missing) - 20) if len(out.missing) > 20 else ""
        screen.note(screen.wrapped(_("chưa gửi, không tính: {names}", names=names + more), indent="  "))
    if out.unread:
        names = "; ".join(unit.name for unit in out.unread[:20])
        screen.note(screen.wrapped(_("đã gửi nhưng chưa có số liệu ở đây: {names}", names=names), indent="  "))
    broken = {figure.unit.name for total in out.figures for figure in total.figures if figure.breaks}
    if broken:
        screen.note(screen.wrapped(_("số liệu không khớp: {names}", names="; ".join(sorted(broken))), indent="  "))


def _explain(opened: "Open", out: "Summary", name: str) -> None:
    """Follow an indicator's figure to its units."""
    from danvan_cli.cli import screen
    from danvan_cli.text import number
    from danvan_cli.unit.typed import indicator

    id_, _value = indicator(opened.plan, f"{name}=")
    one = next(it for it in out.figures if it.indicator.id == id_)
    ways = {"sum": _("cộng"), "average": _("bình quân"), "none": _("không tổng hợp")}
    screen.out(screen.wrapped(f"{one.indicator.name} ({one.indicator.unit}), {ways[one.indicator.over_units]}"))
    rows = [
        (it.unit.name, number(it.previous) if it.previous is not None else "", number(it.value) if it.value is not None else _("trống"),
         "; ".join(it.breaks))
        for it in one.figures
    ]  # fmt: skip
    rows += [(row.unit.name, "", _("chưa gửi"), "") for row in out.missing]
    value, previous = one.value, one.previous
    rows.append((_("Tổng hợp"), number(previous) if previous is not None else "", number(value) if value is not None else "",
                 _("{count} đơn vị có số liệu", count=len(one.known))))  # fmt: skip
    screen.table((_("Đơn vị"), _("Kỳ trước"), _("Kỳ này"), _("Ghi chú")), rows, right=(1, 2))


def _upward(opened: "Open", out: "Summary", unit: str) -> None:
    """Write what the units under a unit come to, for that unit's own record in the workspace above."""
    from danvan_cli.cli import screen
    from danvan_cli.files import safe_name, write
    from danvan_cli.province.summary import upward
    from danvan_cli.unit.model import FORMAT
    from danvan_cli.workspace import shown
    from danvan_cli.yaml.yamltext import entry

    told = {"format": FORMAT, **upward(out, safe_name(unit), opened.plan.id)}
    lines = [line for key, value in told.items() for line in entry(key, value)]
    head = [
        f"# Tổng hợp {len(out.reported)}/{len(out.reported) + len(out.missing)} đơn vị trực thuộc, kỳ {out.period.name}.",
        f"# Ghi vào hồ sơ ở nơi báo cáo lên: danvan log {unit} --from TỆP-NÀY",
    ]
    path = opened.workspace.build / f"tong-hop-{out.deliverable.id}.unit.yaml"
    write(path, ("\n".join([*head, *lines]) + "\n").encode())
    screen.out(_("{path}: đã ghi; ở nơi báo cáo lên: danvan log {unit} --from {path}", path=shown(path), unit=unit))
