"""What units send: `danvan receive` files it as it came, `send-back` returns it with the reason."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from danvan_cli.cli import as_json, complete, prompts, screen
from danvan_cli.cli.common import opened_plan
from danvan_cli.cli.filled import tell_filled, tell_taken
from danvan_cli.cli.options import PLAN, ROOTS, argument, flag, help_page, option
from danvan_cli.errors import Cancelled, Exit, UsageError
from danvan_cli.lang import _
from danvan_cli.text import day, readable
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from danvan_cli.desk.corrections import Corrected
    from danvan_cli.desk.opened import Open
    from danvan_cli.desk.receive import Mail, Righted
    from danvan_cli.inbox.model import Outcome, Said


@help_page(
    ("danvan receive hop-thu --received 9/5/2023", _("nhận mọi tệp trong một thư mục, cùng ngày đến")),
    (
        "danvan receive scan.jpg --unit so-y-te --deliverable 6m --number 412",
        _("một bản chụp: nói rõ của ai, báo cáo nào, số đến"),
    ),
    about=_(
        "Nhận gói .zip của danvan submit, PDF, Word, sổ Excel, ảnh chụp, thư .eml; cả thư mục cũng được. Đơn vị, báo cáo, số, ngày"
        " được đọc từ văn bản và tên tệp; chỗ không rõ thì hỏi, hoặc kê ra. Mỗi thứ nằm riêng ở province/received/, đúng"
        " như khi đến; nhận lại lần nữa không đổi gì. Tệp hỏng, giả, mật thì không nhận, và không ảnh hưởng tệp khác."
    ),
)
def receive(
    files: list[Path] | None = argument(_("TỆP…"), _("tệp, gói hoặc thư mục đã nhận được")),
    unit: str | None = option("--unit", _("của đơn vị nào"), _("ĐƠN-VỊ"), complete.units),
    deliverable: str | None = option("--deliverable", _("là báo cáo, hồ sơ nào"), _("MÃ"), complete.deliverables),
    symbol: str | None = option("--symbol", _("số, ký hiệu trên văn bản, ví dụ 45/BC-SYT"), _("SỐ")),
    issued: str | None = option("--issued", _("ngày ban hành ghi trên văn bản"), _("NGÀY")),
    number: str | None = option("--number", _("số đến"), _("SỐ")),
    received: str | None = option(
        "--received", _("ngày đến, trừ tệp mà sổ --list ghi ngày khác; bỏ qua là ngày của tệp"), _("NGÀY")
    ),
    listed: Path | None = option("--list", _("sổ văn bản đến, hoặc sổ nhận đã sửa (.csv, .xlsx)"), _("TỆP")),
    prefer: Literal["package", "file"] | None = option(
        "--prefer", _("gói và hồ sơ ở đây cùng sửa một chỗ thì lấy: package (gói) hoặc file (như ở đây)")
    ),
    output: Path | None = option(
        "--output -o", _("ghi sổ nhận (.xlsx, .csv): mỗi tệp nhận là gì, vì sao; sửa rồi đọc lại: --list"), _("TỆP")
    ),
    carry: bool = flag("--carry", _("nhận cả gói, sổ lập theo bản kế hoạch cũ")),
    force: bool = flag("--force", _("nhận theo --unit, --list dù phần đầu văn bản ghi cơ quan khác")),
    aside: Path | None = option("--aside", _("chuyển những tệp không nhận sang thư mục này"), _("THƯ-MỤC")),
    roots: list[Path] | None = ROOTS,
    undo: str | None = option("--undo", _("bỏ khỏi sổ hồ sơ đã nhận có mã này"), _("MÃ")),
    move: str | None = option("--move", _("chuyển hồ sơ đã nhận có mã này sang --unit, --deliverable"), _("MÃ")),
    plan: Path | None = PLAN,
) -> Exit:
    """Take in what units send."""
    from danvan_cli.desk import receive as desk
    from danvan_cli.inbox.book import tracking_list

    opened = opened_plan(plan)
    if undo or move:
        _correct(opened, undo, move, unit, deliverable)
        return Exit.OK
    named = _named(files, listed, output)
    said = desk.said_of(opened, unit, deliverable, symbol, issued, number, received)
    known = tracking_list(listed, opened.plan, opened.unit) if listed else {}
    righted = _put_right(opened, known)
    ask = _asker(opened)
    outcomes = []
    with desk.mail(named, said) as mail:
        arrived = desk.take_in(
            opened, mail.groups, said, listed=known, ask=ask, carry=carry, force=force, aside=aside, prefer=prefer,
            roots=roots or (),
        )  # fmt: skip
        left = desk.unmatched(opened, known, mail.groups)
        for _paths in screen.progress(mail.groups, _("đang nhận")):
            one = next(arrived)
            outcomes.append(one.outcome)
            if as_json.wanted():
                continue
            if one.taken:
                tell_taken(one.taken)
            if one.filled:
                tell_filled(one.filled)
            _tell(one.outcome, mail)
            _tell_back(one.corrected)
    if output:
        told = [[_(_BECAME[one.state]), *(_(_WHY[by]) for by in one.by), one.reason] for one in outcomes]
        desk.write_book(
            opened, output, [(one, ", ".join(filter(None, why))) for one, why in zip(outcomes, told, strict=True)]
        )
    for name in left:
        screen.remark(_("sổ văn bản đến: không có tệp nào tên «{name}»", name=name))
    put = [{"file": one.file, "said": one.said, "error": one.error and one.error.message} for one in righted]
    as_json.give(files=[_as_dict(one, mail) for one in outcomes], righted=put, unmatched=left)
    if outcomes or not righted:
        _sum_up(outcomes, _("không có tệp nào") if named else _("hồ sơ đã nhận ghi đúng như sổ, không có gì để sửa"))
    wrong = any(one.state in {"unclear", "refused"} or one.help for one in outcomes) or any(
        one.error for one in righted
    )
    if any(one.misread for one in outcomes):
        return Exit.USAGE
    return Exit.FINDINGS if wrong else Exit.OK


def _put_right(opened: "Open", known: "Mapping[str, Said]") -> "list[Righted]":
    """Do what an intake book was corrected to, and say so."""
    from danvan_cli.desk.receive import by_book

    done = list(by_book(opened, known.values()))
    for one in done:
        if one.error:
            screen.remark(_("{file}: chưa sửa được", file=one.file))
            screen.fail(one.error)
            continue
        screen.item(_("{file}: đã sửa theo sổ nhận: {said}", file=one.file, said=", ".join(one.said)))
        _tell_back(one.moved)
    return done


def _named(files: list[Path] | None, listed: Path | None, output: Path | None) -> list[Path]:
    """See that there is something to take in, or a book to read back, and an intake book that can be written."""
    if not files and listed and not output:
        return []
    if not files:
        raise UsageError(_("thiếu tệp cần nhận"), help=_("xem cách dùng: {command} --help", command="danvan receive"))
    if output and output.suffix.lower() not in {".csv", ".xlsx"}:
        raise UsageError(_("sổ nhận chỉ ghi được ở dạng .xlsx hoặc .csv"), help=_("viết như: -o so-nhan.xlsx"))
    return files


def _correct(opened: "Open", undo: str | None, move: str | None, unit: str | None, deliverable: str | None) -> None:
    from danvan_cli.desk import corrections
    from danvan_cli.desk.receive import move_filed

    if undo:
        _tell_corrected(corrections.undo(opened, undo), _("{path}: đã bỏ khỏi sổ; hồ sơ và biên nhận để nguyên"))
    if move:
        done, outcome = move_filed(opened, move, unit, deliverable)
        _tell_corrected(done, _("{path}: đã chuyển về đây"), notes=outcome.notes)


def _tell_corrected(done: "Corrected", told: str, notes: "Sequence[str] | None" = None) -> None:
    """Say what was put right in the book."""
    back = [
        {"path": one.path, "done": one.done, "left": [".".join(map(str, loc)) for loc in one.left]} for one in done.back
    ]
    proposals = [{"path": path, "gone": gone} for path, gone in done.proposals]
    as_json.give(folder=done.folder, back=back, proposals=proposals, **{} if notes is None else {"notes": notes})
    screen.out(told.format(path=shown(done.folder)))
    _tell_back(done)
    for note in notes or ():
        screen.remark(f"  {note}", indent="  ")


def _tell_back(done: "Corrected | None") -> None:
    """Say what was taken back in the unit's files, and exactly what stays."""
    if done is None:
        return
    said = {
        "gone": _("đã bỏ tệp này, vốn do hồ sơ ấy đem đến"),
        "whole": _("đã trả về như trước khi nhận"),
        "part": _("đã trả về như trước khi nhận, trừ những chỗ dưới đây"),
        "none": _("để nguyên"),
    }
    for one in done.back:
        if one.done == "none" and not one.left:
            continue
        screen.item(f"{shown(one.path)}: {said[one.done]}")
        for loc in one.left:
            place = ".".join(map(str, loc)) or _("cả tệp")
            why = one.why or _("đã sửa từ khi nhận, hoặc hồ sơ khác cũng ghi thế")
            screen.remark(_("  giữ nguyên {place}: {why}", place=place, why=why), indent="    ")
    for path, gone in done.proposals:
        told = (
            _("{path}: đã xóa, đọc từ hồ sơ ấy", path=shown(path))
            if gone
            else _("{path}: đã có người sửa nên giữ; không dùng thì xóa", path=shown(path))
        )
        screen.remark(f"  {told}; {_('đã ghi vào hồ sơ đơn vị thì bỏ bằng danvan log --remove')}", indent="  ")


def _asker(opened: "Open") -> "Callable[[Sequence[Path], Said], Said] | None":
    """Give what asks a person of whom and what a file is; None where nobody sits at a terminal."""
    import sys

    if not (prompts.at_terminal() and sys.stdout.isatty()):
        return None
    ids = ", ".join(opened.plan.deliverable_by_id)

    def ask(paths: "Sequence[Path]", said: "Said") -> "Said":
        screen.out(_("{path}: Enter để bỏ qua", path=", ".join(path.name for path in paths)))
        try:
            whose, which = _("  của đơn vị nào (mã hoặc tên)? "), _("  là báo cáo, hồ sơ nào ({ids})? ", ids=ids)
            unit = said.unit or prompts.answer(whose, lambda typed: opened.unit(typed).id)
            what = said.deliverable
            if unit and not what:
                what = prompts.answer(which, lambda typed: opened.deliverable(typed).id)
        except (prompts.Stopped, Cancelled):  # this one stays unclear
            return said
        return said._replace(unit=unit, deliverable=what)

    return ask


def _tell(outcome: "Outcome", mail: "Mail") -> None:
    name = ", ".join(readable(mail.short(path)) for path in outcome.paths)
    if within := mail.within.get(outcome.paths[0]):
        name = _("{name} (trong {within})", name=name, within=readable(within.name))
    said = outcome.said
    if outcome.state in {"filed", "known"}:
        told: list[str | None] = [
            f"{name} → {said.unit}, {said.deliverable}",
            said.symbol,
            _("ban hành {day}", day=day(said.issued)) if said.issued else None,
            _("đến {day}", day=day(said.received)) if said.received else None,
            _("số đến {number}", number=said.number) if said.number else None,
        ]
        if outcome.state == "known":
            told.append(_("đã có, nay làm tiếp phần còn dở") if outcome.resumed else _("đã có, không đổi gì"))
        else:
            told.append(_("mã {id}", id=outcome.receipt.sha256[:8]) if outcome.receipt else None)
            told.append(_("theo {why}", why=", ".join(_(_WHY[one]) for one in outcome.by)) if outcome.by else None)
        screen.item("; ".join(filter(None, told)))
    elif outcome.state == "unclear":
        missing = [
            word for word, value in ((_("đơn vị nào"), said.unit), (_("báo cáo nào"), said.deliverable)) if not value
        ]
        screen.remark(_("{path}: chưa rõ {what}, chưa nhận", path=name, what=", ".join(missing)), indent="  ")
        screen.note(_("  help: nói rõ: --unit ĐƠN-VỊ --deliverable MÃ, hoặc ghi vào sổ văn bản đến: --list"))
    else:
        screen.remark(_("KHÔNG NHẬN {reason}", reason=outcome.reason), indent="  ")
    for note in outcome.notes:
        screen.remark(f"  {note}", indent="  ")
    if outcome.help:
        screen.remark(f"  help: {outcome.help}", indent="  ")


_WHY = {
    "said": _("lời khai ở lệnh"), "list": _("sổ văn bản đến"), "package": _("gói"), "workbook": _("sổ danvan"),
    "file": _("chính tệp đó"), "head": _("phần đầu văn bản"), "symbol": _("ký hiệu"), "signature": _("chữ ký số"), "folder": _("thư mục"),
    "name": _("tên tệp"), "title": _("trích yếu"),
}  # fmt: skip


_BECAME = {"filed": _("đã nhận"), "known": _("đã có"), "unclear": _("chưa rõ"), "refused": _("không nhận")}


def _sum_up(outcomes: "Sequence[Outcome]", none: str) -> None:
    words = {
        "filed": _("nhận mới {count}"),
        "known": _("đã có {count}"),
        "unclear": _("chưa rõ {count}"),
        "refused": _("không nhận {count}"),
    }
    screen.out(screen.told_counts(Counter[str](one.state for one in outcomes), words) or none)


def _as_dict(outcome: "Outcome", mail: "Mail") -> dict[str, Any]:
    return {
        "files": [mail.name(path) for path in outcome.paths],
        "state": outcome.state,
        **as_json.picked(outcome.said, "unit", "deliverable", "symbol", "issued", "received", "number"),
        "by": list(outcome.by),
        "folder": outcome.folder.as_posix() if outcome.folder else None,
        "reason": outcome.reason or None,
        "notes": outcome.notes,
    }


# Returned ------------------------------------------------------------------------------------------------------------


@help_page(
    (
        'danvan send-back so-y-te 6m --reason "Thiếu Phụ lục số liệu" --by 20/5/2023',
        _("trả lại báo cáo 06 tháng của Sở Y tế"),
    ),
    (
        'danvan send-back so-y-te 6m --reason "Số liệu sai" --number 130/SNV-XDCQ',
        _("trả lại bằng văn bản, không ấn định ngày"),
    ),
    (
        "danvan send-back so-y-te 6m --correct --date 11/5/2023",
        _("ghi nhầm thì sửa ngày, lý do, hạn; --undo: bỏ lần trả lại"),
    ),
    about=_(
        "Ghi return.yaml cạnh bản đã nhận; bản đã nhận giữ nguyên. Bản gửi lại tính đúng hạn theo ngày ghi ở --by; không ghi"
        " thì theo lần gửi đầu."
    ),
)
def send_back(
    unit: str = argument(_("ĐƠN-VỊ"), _("đơn vị nào"), complete.units, default=...),
    deliverable: str = argument(_("MÃ"), _("báo cáo, hồ sơ nào"), complete.deliverables, default=...),
    reason: str | None = option("--reason", _("vì sao trả lại"), _("CHỮ")),
    by: str | None = option("--by", _("gửi lại chậm nhất ngày này, gồm cả ngày đó"), _("NGÀY")),
    number: str | None = option("--number -n", _("số, ký hiệu văn bản trả lại, nếu có"), _("SỐ")),
    date: str | None = option("--date", _("ngày trả lại; bỏ qua là hôm nay"), _("NGÀY")),
    symbol: str | None = option("--symbol", _("số, ký hiệu của báo cáo bị trả lại, khi có nhiều"), _("SỐ")),
    correct: bool = flag("--correct", _("sửa lần trả lại đã ghi nhầm; điều cũ vẫn lưu")),
    undo: bool = flag("--undo", _("bỏ lần trả lại đã ghi nhầm; điều cũ vẫn lưu")),
    plan: Path | None = PLAN,
) -> None:
    """Return what a unit sent."""
    from danvan_cli.desk import send_back as desk

    said = desk.ReturnSaid(reason, by, number, date, symbol)
    if correct and undo:
        raise UsageError(_("chỉ ghi một trong hai: --correct hoặc --undo"))
    if undo:
        if said != desk.ReturnSaid(symbol=symbol):
            raise UsageError(_("--undo không đi với --reason, --by, --number, --date"))
        folders, told = desk.undo_return(opened_plan(plan), unit, deliverable, said), _("đã bỏ việc trả lại")
    elif correct:
        folders, told = desk.correct_return(opened_plan(plan), unit, deliverable, said), _("đã sửa việc trả lại")
    else:
        folders, told = desk.return_to_unit(opened_plan(plan), unit, deliverable, said), _("đã ghi trả lại")
    as_json.give(folders=folders)
    for folder in folders:
        screen.out(f"{shown(folder)}: {told}")
