"""`danvan receive`: takes in what units send, files it as it came, and says what it could not tell."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from danvan_cli.cli import complete
from danvan_cli.cli.options import Json, Plan
from danvan_cli.errors import DanvanError, Exit, UsageError
from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from danvan_cli.desk.opened import Open
    from danvan_cli.inbox.intake import Outcome, Said

ABOUT = _(
    "Nhận gói .zip của danvan submit, PDF, Word, sổ Excel, ảnh chụp; cả thư mục cũng được. Đơn vị, báo cáo, số, ngày"
    " được đọc từ văn bản và tên tệp; chỗ không rõ thì hỏi, hoặc kê ra. Mỗi thứ nằm riêng ở province/received/, đúng"
    " như khi đến; nhận lại lần nữa không đổi gì. Tệp hỏng, giả, mật thì không nhận, và không ảnh hưởng tệp khác."
)
EXAMPLES = (
    ("danvan receive hop-thu --received 9/5/2023", _("nhận mọi tệp trong một thư mục, cùng ngày đến")),
    (
        "danvan receive scan.jpg --unit so-y-te --deliverable 6m --number 412",
        _("một bản chụp: nói rõ của ai, báo cáo nào, số đến"),
    ),
)


def receive(
    files: Annotated[list[Path], typer.Argument(metavar=_("TỆP…"), help=_("tệp, gói hoặc thư mục đã nhận được"))],
    unit: Annotated[
        str | None,
        typer.Option("--unit", metavar=_("ĐƠN-VỊ"), help=_("của đơn vị nào"), autocompletion=complete.units),
    ] = None,
    deliverable: Annotated[
        str | None,
        typer.Option(
            "--deliverable", metavar=_("MÃ"), help=_("là báo cáo, hồ sơ nào"), autocompletion=complete.deliverables
        ),
    ] = None,
    symbol: Annotated[
        str | None, typer.Option("--symbol", metavar=_("SỐ"), help=_("số, ký hiệu trên văn bản, ví dụ 45/BC-SYT"))
    ] = None,
    issued: Annotated[
        str | None, typer.Option("--issued", metavar=_("NGÀY"), help=_("ngày ban hành ghi trên văn bản"))
    ] = None,
    number: Annotated[str | None, typer.Option("--number", metavar=_("SỐ"), help=_("số đến"))] = None,
    received: Annotated[
        str | None, typer.Option("--received", metavar=_("NGÀY"), help=_("ngày đến; bỏ qua là ngày của tệp"))
    ] = None,
    listed: Annotated[
        Path | None,
        typer.Option("--list", metavar=_("TỆP"), help=_("sổ văn bản đến (.csv, .xlsx): tệp, số đến, ngày đến…")),
    ] = None,
    carry: Annotated[bool, typer.Option("--carry", help=_("nhận cả gói, sổ lập theo bản kế hoạch cũ"))] = False,
    aside: Annotated[
        Path | None,
        typer.Option("--aside", metavar=_("THƯ-MỤC"), help=_("chuyển những tệp không nhận sang thư mục này")),
    ] = None,
    plan: Plan = None,
    json: Json = False,
) -> Exit:
    """Take in what units send."""
    from danvan_cli.cli import screen
    from danvan_cli.cli.opening import open_plan
    from danvan_cli.inbox.intake import Intake, Said, batches, tracking_list
    from danvan_cli.plan import calendar
    from danvan_cli.unit.adopt import sha12
    from danvan_cli.unit.typed import day

    opened = open_plan(plan)
    came = day(received) if received else None
    if came and came > calendar.today():
        raise UsageError(_("ngày {date} chưa đến", date=received), help=_("ghi ngày đã nhận được"))
    said = Said(
        opened.unit(unit).id if unit else None,
        opened.deliverable(deliverable).id if deliverable else None,
        symbol and " ".join(symbol.split()),
        day(issued) if issued else None,
        number,
        came,
    )
    groups = batches(files)
    if len(groups) > 1 and (symbol or issued or number):
        raise UsageError(
            _("--symbol, --issued, --number là của một văn bản, ở đây có {count}", count=len(groups)),
            help=_("nhận từng văn bản, hoặc ghi vào sổ văn bản đến: --list"),
        )
    known = tracking_list(listed, opened.plan, opened.unit) if listed else {}
    asked = None if json else _asker(opened)
    outcomes = []
    with Intake(
        opened.plan, opened.workspace.received, said, known, revision=sha12(opened.data), carry=carry
    ) as intake:
        taken = intake.take_all(groups)
        for paths in screen.progress(groups, _("đang nhận")):
            outcome = next(taken)
            if asked and outcome.state == "unclear":
                outcome = intake.take(paths, asked)
            _after(opened, outcome, carry=carry, quiet=json)
            if aside and outcome.state == "refused":
                _put_aside(outcome, aside)
            outcomes.append(outcome)
            if not json:
                _tell(outcome)
    if json:
        from json import dumps

        screen.out(dumps({"files": [_as_dict(one) for one in outcomes]}, ensure_ascii=False))
    else:
        _sum_up(outcomes)
    return Exit.FINDINGS if any(one.state in {"unclear", "refused"} or one.help for one in outcomes) else Exit.OK


def _asker(opened: "Open") -> "Callable[[Sequence[Path], Said], Said] | None":
    """Give what asks a person of whom and what a file is; None where nobody sits at a terminal."""
    import sys

    from danvan_cli.cli import screen

    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return None

    def one(question: str, find: "Callable[[str], str]") -> str | None:
        while True:
            try:
                typed = input(question).strip()
            except EOFError:
                return None
            if not typed:
                return None
            try:
                return find(typed)
            except DanvanError as error:
                screen.fail(error)

    def ask(paths: "Sequence[Path]", said: "Said") -> "Said":
        screen.out(_("{path}: Enter để bỏ qua", path=", ".join(path.name for path in paths)))
        unit = said.unit or one(_("  của đơn vị nào (mã hoặc tên)? "), lambda typed: opened.unit(typed).id)
        if unit is None:
            return said
        what = said.deliverable or one(
            _("  là báo cáo, hồ sơ nào ({ids})? ", ids=", ".join(opened.plan.deliverable_by_id)),
            lambda typed: opened.deliverable(typed).id,
        )
        return said._replace(unit=unit, deliverable=what)

    return ask


def _after(opened: "Open", outcome: "Outcome", *, carry: bool, quiet: bool) -> None:
    """Do with what was filed what its kind asks for: a package's records, a workbook's cells, a report's outline."""
    if outcome.state != "filed" or outcome.folder is None:
        return
    try:
        for kind, act in (("bag", _package), ("workbook", _workbook), ("word", _report)):
            if any(one.kind == kind for one in outcome.looks):
                act(opened, outcome, carry=carry, quiet=quiet)
    except DanvanError as error:  # it is filed all the same
        outcome.notes.append(error.message)
        outcome.help = error.help or _("hồ sơ đã vào sổ; phần dữ liệu chưa ghi")


def _package(opened: "Open", outcome: "Outcome", **_options: Any) -> None:
    from danvan_cli.delivery.model import PACKAGE
    from danvan_cli.delivery.store import digests
    from danvan_cli.inbox.records import take_records

    unit = str(outcome.said.unit)
    known = digests(opened.workspace.received, unit)
    folder = outcome.folder or Path()
    written, kept = take_records(opened.workspace, unit, folder / PACKAGE / "data", known)
    if written:
        outcome.notes.append(_("đã ghi vào units/{unit}: {files}", unit=unit, files=", ".join(written)))
    if kept:
        outcome.notes.append(
            _(
                "units/{unit}: {files} đã được sửa ở đây, giữ nguyên; bản đơn vị gửi nằm trong gói",
                unit=unit,
                files=", ".join(kept),
            )
        )


def _workbook(opened: "Open", outcome: "Outcome", *, carry: bool, quiet: bool) -> None:
    from danvan_cli.delivery.model import WORKBOOK

    if outcome.said.deliverable != WORKBOOK:
        return
    from danvan_cli.cli.books import rubrics_if_any
    from danvan_cli.cli.fill import Filling
    from danvan_cli.unit.adopt import adopt

    adopt(opened.workspace, opened.plan, opened.data, opened.unit(outcome.said.unit))
    filling = Filling(opened, rubrics_if_any(opened), partial=False, prefer=None, carry=carry, only=None, quiet=quiet)
    filling.take(outcome.paths[0])
    if filling.write(dry_run=False) is not Exit.OK:
        outcome.help = _("sổ đã vào sổ đến nhưng còn ô phải xem lại: danvan fill {path}", path=outcome.paths[0])


def _report(opened: "Open", outcome: "Outcome", **_options: Any) -> None:
    """Propose what a Word report says for the unit's record."""
    from danvan_cli.inbox.outline import outline, proposal
    from danvan_cli.word.save import save_bytes
    from danvan_cli.workspace import shown

    plan, said = opened.plan, outcome.said
    one = plan.deliverable_by_id.get(str(said.deliverable))
    word = next((seen.word for seen in outcome.looks if seen.kind == "word"), None)
    if one is None or one.kind != "report" or word is None:
        return
    unit = opened.unit(said.unit)
    read = outline(word, plan, unit, one)
    if not read.found:
        outcome.notes.append(_("không theo đề cương, chưa đọc được nội dung nào"))
        return
    path = opened.workspace.root / "build" / "de-xuat" / f"{unit.id}-{one.id}.unit.yaml"
    saved = save_bytes(path, ("\n".join(proposal(read, plan, unit)) + "\n").encode())
    if saved.backup:
        outcome.notes.append(_("bản cũ giữ ở {path}", path=shown(saved.backup)))
    outcome.notes.append(
        _("đọc được {count} mục, {unread} chỗ không đọc được; xem rồi ghi: danvan log {unit} --from {path}",
          count=len(read.found), unread=len(read.unread), unit=unit.id, path=shown(path))
    )  # fmt: skip


def _put_aside(outcome: "Outcome", folder: Path) -> None:
    """Move what was refused where it is out of the way; the first free name is taken."""
    from danvan_cli.files import reason

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in outcome.paths:
            to, count = folder / path.name, 1
            while to.exists():
                count += 1
                to = folder / f"{path.stem}-{count}{path.suffix}"
            path.rename(to)
            outcome.notes.append(_("đã chuyển sang {path}", path=to))
    except OSError as error:
        outcome.notes.append(_("không chuyển được: {why}", why=reason(error)))


def _tell(outcome: "Outcome") -> None:
    from danvan_cli.cli import screen
    from danvan_cli.text import clean, day

    name = ", ".join(clean(path.name) for path in outcome.paths)
    said = outcome.said
    if outcome.state in {"filed", "known"}:
        told = [f"{name} → {said.unit}, {said.deliverable}"]
        told += [said.symbol] if said.symbol else []
        told += [_("ban hành {day}", day=day(said.issued))] if said.issued else []
        told += [_("đến {day}", day=day(said.received))] if said.received else []
        told += [_("số đến {number}", number=said.number)] if said.number else []
        told += [_("đã có, không đổi gì")] if outcome.state == "known" else []
        screen.out(screen.wrapped("; ".join(told), indent="  "))
    elif outcome.state == "unclear":
        missing = [
            word for word, value in ((_("đơn vị nào"), said.unit), (_("báo cáo nào"), said.deliverable)) if not value
        ]
        screen.note(
            screen.wrapped(_("{path}: chưa rõ {what}, chưa nhận", path=name, what=", ".join(missing)), indent="  ")
        )
        screen.note(_("  help: nói rõ: --unit ĐƠN-VỊ --deliverable MÃ, hoặc ghi vào sổ văn bản đến: --list"))
    else:
        screen.note(screen.wrapped(_("KHÔNG NHẬN {reason}", reason=outcome.reason), indent="  "))
    for note in outcome.notes:
        screen.note(screen.wrapped(f"  {note}", indent="  "))
    if outcome.help:
        screen.note(screen.wrapped(f"  help: {outcome.help}", indent="  "))


def _sum_up(outcomes: "Sequence[Outcome]") -> None:
    from danvan_cli.cli import screen

    count = {
        state: sum(1 for one in outcomes if one.state == state) for state in ("filed", "known", "unclear", "refused")
    }
    words = [
        (count["filed"], _("nhận mới {count}", count=count["filed"])),
        (count["known"], _("đã có {count}", count=count["known"])),
        (count["unclear"], _("chưa rõ {count}", count=count["unclear"])),
        (count["refused"], _("không nhận {count}", count=count["refused"])),
    ]
    screen.out(", ".join(word for number, word in words if number) or _("không có tệp nào"))


def _as_dict(outcome: "Outcome") -> dict[str, Any]:
    said = outcome.said
    return {
        "files": [str(path) for path in outcome.paths],
        "state": outcome.state,
        "unit": said.unit,
        "deliverable": said.deliverable,
        "symbol": said.symbol,
        "issued": said.issued.isoformat() if said.issued else None,
        "received": said.received.isoformat() if said.received else None,
        "number": said.number,
        "folder": outcome.folder.as_posix() if outcome.folder else None,
        "reason": outcome.reason or None,
        "notes": outcome.notes,
    }
