"""`danvan summary`: the consolidated report of a period, its annex, and every figure followed to its units."""

from pathlib import Path
from typing import TYPE_CHECKING

from danvan_cli.cli import as_json, complete, screen
from danvan_cli.cli.common import opened_plan, tell_backup, tell_document, tell_saved, with_broken_told
from danvan_cli.cli.options import AS_OF, FORCE, ONE_BLOCK, OUTPUT, PLAN, day_of, help_page, option
from danvan_cli.errors import Exit
from danvan_cli.lang import _
from danvan_cli.text import few, number
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from danvan_cli.province.summary import Summary, Total


@help_page(
    ("danvan summary --period 6m", _("báo cáo tổng hợp 06 tháng: build/tong-hop-6m.docx, .xlsx")),
    (
        "danvan summary --period 6m --pick build/tong-hop-6m.xlsx",
        _("trích những câu đã đánh dấu ở trang «Kết quả» của sổ tổng hợp"),
    ),
    ("danvan summary --period 6m --explain tin-bai", _("một chỉ tiêu: từng đơn vị bao nhiêu")),
    about=_(
        "Tổng hợp từ hồ sơ của những đơn vị đã gửi báo cáo (theo province/received/). Đơn vị chưa gửi được nêu là chưa gửi,"
        " không tính là số 0. Báo cáo .docx và phụ lục .xlsx nằm ở build/; tổng trong phụ lục là công thức."
    ),
)
def summary(
    period: str = option("--period", _("báo cáo nào của một kỳ: 6m, 1y…"), _("MÃ"), complete.deliverables, default=...),
    as_of: str | None = AS_OF,
    block: str | None = ONE_BLOCK,
    explain: str | None = option(
        "--explain", _("lần một số tổng hợp về từng đơn vị"), _("CHỈ-TIÊU"), complete.indicators
    ),
    upward: str | None = option("--for", _("ghi thành hồ sơ của đơn vị cấp trên này, để báo cáo lên"), _("ĐƠN-VỊ")),
    pick: list[str] | None = option(
        "--pick",
        _("trích lời của đơn vị nào, dùng nhiều lần; hoặc sổ tổng hợp .xlsx đã đánh dấu câu trích"),
        _("ĐƠN-VỊ|TỆP"),
        complete.units,
    ),
    output: Path | None = OUTPUT,
    force: bool = FORCE,
    plan: Path | None = PLAN,
) -> Exit:
    """Sum up a period."""
    from danvan_cli.desk import summing
    from danvan_cli.province.summary import summary_as_dict

    opened = opened_plan(plan)
    found = summing.sum_up(opened, period, day_of(as_of), block, apart=as_of is not None)
    out = found.summary
    as_json.give(**summary_as_dict(out))
    if explain:
        _explain(out, summing.followed(found, explain))
    elif upward:
        saved = summing.report_upward(found, upward)
        path = shown(saved.path)
        screen.out(_("{path}: đã ghi; ở nơi báo cáo lên: danvan log {unit} --from {path}", path=path, unit=upward))
        as_json.made(saved.path, saved.kind, saved.backup)
        tell_backup(saved.backup)
    elif output or pick or not as_json.wanted():  # for machines the figures alone, unless a file is asked for
        made, annex, lost = summing.consolidate(found, output, pick or (), force=force)
        tell_document(made)
        tell_saved(annex)
        as_json.give(lost=lost)
        if lost:
            told = _("câu đã đánh dấu nay không còn, không trích: {cells}", cells=", ".join(lost))
            screen.remark(told, indent="  ")
        _tell(out)
    return with_broken_told(opened)


_NAMES = 20
"""So many units are named; of more their number tells enough."""


def _tell(out: "Summary") -> None:
    from danvan_cli.province.tracking import totals

    count = totals(out.rows)
    screen.out(
        _("phải gửi {owed}: đúng hạn {in_time}, chậm {late}, chưa gửi {missing}, bị trả lại {returned}").format_map(
            count
        )
    )
    tasks = {state: sum(one[state] for one in out.states.values()) for state in ("done", "doing", "todo", "unknown")}
    if any(tasks.values()):
        screen.out(
            _("nhiệm vụ: hoàn thành {done}, đang làm {doing}, chưa làm {todo}, chưa nêu {unknown}").format_map(tasks)
        )
    if out.missing:
        names = few([row.unit.name for row in out.missing], _NAMES)
        screen.remark(_("chưa gửi, không tính: {names}", names=names), indent="  ")
    if out.unread:
        names = few([unit.name for unit in out.unread], _NAMES)
        screen.remark(_("đã gửi nhưng chưa có số liệu ở đây: {names}", names=names), indent="  ")
    broken = {figure.unit.name for total in out.figures for figure in total.figures if figure.breaks}
    if broken:
        screen.remark(_("số liệu không khớp: {names}", names=few(sorted(broken), _NAMES)), indent="  ")


def _explain(out: "Summary", one: "Total") -> None:
    """Follow an indicator's figure to its units."""
    from danvan_cli.page.words import said

    screen.say(f"{one.indicator.name} ({one.indicator.unit}), {said('sums')[one.indicator.over_units]}")
    rows = [
        (it.unit.name, number(it.previous) if it.previous is not None else "", number(it.value) if it.value is not None else _("trống"),
         "; ".join(it.breaks))
        for it in one.figures
    ]  # fmt: skip
    rows += [(row.unit.name, "", _("chưa gửi"), "") for row in out.missing]
    both, before, now = one.beside or (0, None, None)
    known = _("{count} đơn vị có số liệu", count=len(one.known))
    whole = number(one.value) if one.value is not None else ""
    rows.append((_("Tổng hợp"), number(before) if before is not None and both == len(one.known) else "", whole, known))
    if before is not None and now is not None and both != len(one.known):
        rows.append(("", number(before), number(now), _("{count} đơn vị có số liệu cả hai kỳ", count=both)))
    beside = out.plan.period_by_id.get(out.period.beside or "")
    screen.table((_("Đơn vị"), beside.name if beside else "", out.period.name, _("Ghi chú")), rows, right=(1, 2))
