"""`danvan review`: verified scores beside what units gave themselves, round by round until they are official."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from danvan_cli.cli import complete
from danvan_cli.cli.options import Force, Json, Plan
from danvan_cli.errors import DanvanError, Exit, UsageError
from danvan_cli.lang import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Unit
    from danvan_cli.province.review import Reviewing
    from danvan_cli.province.review_edits import By, Opinion

ABOUT = _(
    "Thẩm định bản tự chấm đơn vị đã gửi; bản đó giữ nguyên. Mỗi thay đổi ghi ai, ngày nào, vì sao. Các vòng: thẩm định"
    " bước đầu, thông báo (--notice), giải trình (--explained), thẩm định lại, chốt (--final), chính thức theo quyết"
    " định (--official). Điểm đã chính thức chỉ sửa được cùng một quyết định mới."
)
EXAMPLES = (
    ("danvan review so-y-te", _("điểm tự chấm và điểm thẩm định từng tiêu chí")),
    (
        'danvan review so-y-te --set 9.1=8 --member "Trần Bình" --reason "Đối chiếu"',
        _("một tiêu chí thẩm định khác với đơn vị"),
    ),
    (
        "danvan review --block so-ban-nganh -o tham-dinh.xlsx",
        _("sổ thẩm định cả khối; điền xong: --from tham-dinh.xlsx"),
    ),
)


def review(
    unit: Annotated[
        str | None, typer.Argument(metavar=_("ĐƠN-VỊ"), help=_("đơn vị nào"), autocompletion=complete.units)
    ] = None,
    block: Annotated[
        str | None, typer.Option("--block", metavar=_("KHỐI"), help=_("cả một khối"), autocompletion=complete.blocks)
    ] = None,
    put: Annotated[
        list[str] | None,
        typer.Option("--set", metavar=_("MÃ=…"), help=_("tiêu chí và kết quả thẩm định: 1.2=3,5; ghi nhiều lần được")),
    ] = None,
    late: Annotated[
        str | None, typer.Option("--late", metavar=_("MÃ,…"), help=_("báo cáo, hồ sơ gửi muộn theo thẩm định; «không»"))
    ] = None,
    violations: Annotated[
        str | None, typer.Option("--violations", metavar=_("MÃ,…"), help=_("vi phạm theo thẩm định; «không»"))
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar=_("CHỮ"), help=_("vì sao"))] = None,
    member: Annotated[str | None, typer.Option("--member", metavar=_("TÊN"), help=_("ai thẩm định"))] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar=_("NGÀY"), help=_("ngày của việc đang ghi; bỏ qua là hôm nay"))
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar=_("MÃ"), help=_("cuộc kiểm tra, khảo sát làm căn cứ"))
    ] = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", metavar=_("TỆP"), help=_("ý kiến của một thành viên, từ tệp YAML"))
    ] = None,
    ask: Annotated[bool, typer.Option("--ask", help=_("hỏi từng tiêu chí trong cửa sổ dòng lệnh"))] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar=_("TỆP.xlsx"), help=_("làm sổ thẩm định cả khối"))
    ] = None,
    source: Annotated[
        Path | None, typer.Option("--from", metavar=_("TỆP.xlsx"), help=_("ghi sổ thẩm định đã điền"))
    ] = None,
    inspection: Annotated[
        str | None, typer.Option("--inspection", metavar=_("CHỮ"), help=_("ghi cuộc kiểm tra: phát hiện gì"))
    ] = None,
    kind: Annotated[str, typer.Option("--kind", metavar=_("CHỮ"), help=_("loại: kiểm tra, khảo sát…"))] = "kiểm tra",
    document: Annotated[
        str | None, typer.Option("--document", metavar=_("SỐ"), help=_("văn bản của cuộc kiểm tra"))
    ] = None,
    notice: Annotated[
        str | None,
        typer.Option("--notice", metavar=_("SỐ"), help=_("thông báo kết quả đã phát hành; kết thúc vòng này")),
    ] = None,
    answer_by: Annotated[
        str | None, typer.Option("--answer-by", metavar=_("NGÀY"), help=_("hạn giải trình ghi trong thông báo"))
    ] = None,
    explained: Annotated[
        str | None, typer.Option("--explained", metavar=_("SỐ"), help=_("công văn giải trình của đơn vị"))
    ] = None,
    final: Annotated[bool, typer.Option("--final", help=_("chốt kết quả thẩm định"))] = False,
    official: Annotated[
        bool, typer.Option("--official", help=_("chính thức theo quyết định: --decision, --date"))
    ] = False,
    decision: Annotated[
        str | None, typer.Option("--decision", metavar=_("SỐ"), help=_("số, ký hiệu quyết định công nhận"))
    ] = None,
    letter: Annotated[
        bool, typer.Option("--letter", help=_("làm công văn giải trình của đơn vị, các tiêu chí lệch điểm"))
    ] = False,
    team: Annotated[bool, typer.Option("--team", help=_("làm dự thảo quyết định thành lập Đoàn thẩm định"))] = False,
    force: Force = False,
    plan: Plan = None,
    json: Json = False,
) -> Exit:
    """Verify scores."""
    from danvan_cli.cli.opening import open_plan
    from danvan_cli.plan import calendar
    from danvan_cli.unit.typed import day

    opened = open_plan(plan)
    desk = _Desk(opened, unit, block)
    when = day(date) if date else calendar.today()
    decided = decision if official else None
    if official and not (decision and date):
        raise UsageError(_("--official cần số và ngày quyết định: --decision, --date"))
    by = day(answer_by) if answer_by else None
    typed = bool(put or late or violations)
    if typed and not explained and not (reason and member):
        raise UsageError(_("thay đổi điểm cần ghi ai và vì sao: --member, --reason"))
    stated = {"late": late, "violations": violations}
    acts: tuple[tuple[object, Callable[[], object]], ...] = (
        (output, lambda: desk.book(output or Path(), when, force=force)),
        (source, lambda: desk.take_book(source or Path(), when, decided)),
        (answers, lambda: desk.take_file(answers or Path(), unit, decided)),
        (typed and reason, lambda: desk.take(put or [], stated, reason or "", member or "", when, on, decided)),
        (ask, lambda: desk.ask(member, when, on, decided)),
        (inspection, lambda: desk.inspect(inspection or "", kind, document, when)),
        (notice, lambda: desk.notify(notice or "", when, by)),
        (explained, lambda: desk.explain(explained or "", when)),
        (final, lambda: desk.close(when)),
        (official, lambda: desk.freeze(decision or "", when)),
        (letter, lambda: desk.letter(force=force)),
        (team, lambda: desk.team(force=force)),
    )
    wanted = [act for given, act in acts if given]
    for act in wanted or [lambda: desk.show(json=json)]:
        act()
    return Exit.OK


class _Desk:
    """The units that a call is about, and what is done with them."""

    def __init__(self, opened: "Open", unit: str | None, block: str | None) -> None:
        from danvan_cli.delivery.store import received
        from danvan_cli.desk.rubrics import rubrics_of

        if unit is not None and block is not None:
            raise UsageError(_("chỉ ghi một trong hai: đơn vị hoặc --block"))
        self.opened, self.one = opened, unit
        self.units = opened.units(unit, block)
        self.rubrics = rubrics_of(opened)
        self.received = received(opened.workspace.received, opened.plan.id)
        self.own = verifier(opened)

    def open(self, unit: "Unit") -> "Reviewing | None":
        """Open a unit's review; None where it has sent no self-score."""
        from danvan_cli.province.review import reviewing

        return reviewing(self.opened.workspace, self.opened.plan, self.rubrics, unit, self.received, own=self.own)

    def sure(self, unit: "Unit") -> "Reviewing":
        """Open a unit's review.

        Raises:
            UsageError: if it has sent no self-score.
        """
        one = self.open(unit)
        if one is None:
            raise UsageError(
                _("{unit} chưa gửi bản tự chấm điểm", unit=unit.name),
                help=_("nhận hồ sơ của đơn vị: danvan receive TỆP; hoặc đơn vị tự chấm: danvan score {id}", id=unit.id),
            )
        return one

    def those(self) -> "list[Reviewing]":
        """Open the reviews of all that have sent something."""
        found = [one for unit in self.units if (one := self.open(unit)) is not None]
        if not found:
            raise UsageError(_("chưa có đơn vị nào trong phạm vi này gửi bản tự chấm điểm"))
        return found

    # Opinions --------------------------------------------------------------------------------------------------------

    def record(self, one: "Reviewing", said: "list[Opinion]", by: "By", decision: str | None) -> int:
        """Record opinions; give how many were new."""
        from danvan_cli.province.review_edits import edits

        new = edits(one, said, by)
        if new:
            one.refuse_if_official(decision)
            self.reopen(one)
            one.put(new)
        return len(new)

    def reopen(self, one: "Reviewing") -> None:
        """Take back that the scores were settled: something is about to change."""
        from danvan_cli.yaml.splice import Put

        if one.review.final and one.official is None:
            one.put([Put(("final",), None)])
            self.say(one, _("kết quả đã chốt được mở lại; sửa xong thì chốt lại: --final"))

    def tell(self, one: "Reviewing", count: int) -> None:
        """Say what a review has come to."""
        from danvan_cli.cli import screen
        from danvan_cli.scoring.figures import shown

        places = one.rubric.rounding.places
        result = one.result()
        told = _("{unit}: ghi {count} thay đổi; tự chấm {self}, thẩm định {verified}",
                 unit=one.unit.id, count=count, self=shown(one.self_result.total, places), verified=shown(result.total, places))  # fmt: skip
        if result.blanks:
            told += _(", còn {count} tiêu chí chưa thẩm định", count=len(result.blanks))
        screen.out(told)

    def take(
        self, put: list[str], stated: dict[str, str | None], reason: str, member: str, when: "dt.date", on: str | None,
        decision: str | None,
    ) -> None:  # fmt: skip
        """Take what is typed on the command line."""
        from danvan_cli.province.review_edits import By, typed
        from danvan_cli.rules.secrets import refuse_secret_text
        from danvan_cli.text import fold
        from danvan_cli.yaml.splice import Add

        one = self.sure(self.opened.unit(self.one))
        why = " ".join((refuse_secret_text("--reason", reason) or "").split())
        by = By(" ".join(member.split()), when, on)
        count = self.record(one, [typed(one, text, why) for text in put], by, decision)
        known = {"late": set(self.opened.plan.deliverable_by_id), "violations": {it.id for it in one.rubric.violations}}
        for what, text in stated.items():
            if text is None:
                continue
            names = (
                []
                if fold(text).strip() in {"khong", "khong co"}
                else [it.strip() for it in text.split(",") if it.strip()]
            )
            wrong = [name for name in names if name not in known[what]]
            if wrong:
                raise UsageError(
                    _("không có mã «{id}»", id=wrong[0][:40]),
                    help=_("các mã: {ids}", ids=", ".join(sorted(known[what]))),
                )
            one.refuse_if_official(decision)
            self.reopen(one)
            said = {
                "what": what,
                "value": names,
                "round": one.review.round,
                "member": by.member,
                "date": when,
                "reason": why,
            }
            one.put([Add(("statements",), said)])
            count += 1
        self.tell(one, count)

    def take_file(self, path: Path, unit: str | None, decision: str | None) -> None:
        """Take a member's opinions from a file: all units are checked before any is written."""
        from danvan_cli.province.review_edits import edits, opinions

        by, told = opinions(path, self.opened.unit(unit).id if unit else None)
        ready = []
        for name, said in told.items():
            one = self.sure(self.opened.unit(name))
            edits(one, said, by)
            ready.append((one, said))
        for one, said in ready:
            self.tell(one, self.record(one, said, by, decision))

    def take_book(self, path: Path, when: "dt.date", decision: str | None) -> None:
        """Take the team's workbook back: all of it, or nothing."""
        from danvan_cli.cli import screen
        from danvan_cli.province.review_book import filled
        from danvan_cli.province.review_edits import By, edits
        from danvan_cli.unit.typed import day

        reviews = {one.unit.id: one for one in self.those()}
        book = filled(path, reviews)
        for fault in book.faults:
            screen.note(_("{cell}: lỗi: {message}", cell=fault.cell, message=fault.message))
        if book.faults:
            raise DanvanError(_("{path}: {count} ô phải sửa, chưa ghi gì", path=path.name, count=len(book.faults)))
        if not book.said:
            screen.out(_("{path}: không có gì thay đổi", path=path.name))
            return
        if not book.member:
            raise UsageError(_("{path}: chưa ghi người thẩm định ở đầu sổ", path=path.name))
        by = By(book.member, day(book.date) if book.date else when)
        for name, said in book.said.items():
            edits(reviews[name], said, by)
        for name, said in book.said.items():
            self.tell(reviews[name], self.record(reviews[name], said, by, decision))

    def ask(self, member: str | None, when: "dt.date", on: str | None, decision: str | None) -> None:
        """Ask criterion by criterion; each answer is written down at once."""
        import sys

        from danvan_cli.cli import screen
        from danvan_cli.province.review_edits import By, typed
        from danvan_cli.scoring.derive import derivation
        from danvan_cli.scoring.figures import plain, shown

        if not (sys.stdin and sys.stdin.isatty()):
            raise UsageError(_("--ask cần một cửa sổ dòng lệnh để trả lời"), help=_("dùng --answers TỆP hoặc --set"))
        one = self.sure(self.opened.unit(self.one))
        by = By(member or input(_("Người thẩm định: ")).strip(), when, on)
        screen.note(_("Enter: thống nhất với đơn vị; q: dừng (đã ghi thì đã lưu)."))
        count = 0
        for line in one.result().lines:
            leaf = line.criterion
            if line.state == "group":
                continue
            mine = one.sent.answer(leaf.id)
            told = derivation(leaf, mine, one.rubric.rounding) if not mine.blank else _("chưa có")
            screen.out(
                screen.wrapped(f"\n{leaf.id}. {leaf.title} ({_('tối đa {most}', most=plain(leaf.most))}): {told}")
            )
            for number, level in enumerate(leaf.levels, start=1):
                screen.out(screen.wrapped(f"  {number}. {level.name} ({plain(level.points)})"))
            text = input(_("  thẩm định: ")).strip()
            if text.casefold() == "q":
                break
            if not text:
                continue
            try:
                opinion = typed(one, f"{leaf.id}={text}", input(_("  lý do: ")).strip() or _("không ghi lý do"))
                count += self.record(one, [opinion], by, decision)
            except DanvanError as error:
                screen.fail(error)
            screen.out(f"  {shown(one.result().total, one.rubric.rounding.places)}")
        self.tell(one, count)

    # Rounds ----------------------------------------------------------------------------------------------------------

    def inspect(self, finding: str, kind: str, document: str | None, when: "dt.date") -> None:
        """Record an inspection."""
        from danvan_cli.cli import screen
        from danvan_cli.rules.secrets import refuse_secret_text
        from danvan_cli.yaml.splice import Add

        told = " ".join((refuse_secret_text("--inspection", finding) or "").split())
        for one in [self.sure(self.opened.unit(self.one))] if self.one else self.those():
            name = f"kt-{len(one.review.inspections) + 1}"
            said: dict[str, Any] = {"id": name, "kind": " ".join(kind.split()), "date": when, "finding": told}
            one.put([Add(("inspections",), said | ({"document": document} if document else {}))])
            screen.out(
                _("{unit}: đã ghi cuộc {kind} «{id}»; dẫn lại bằng --on {id}", unit=one.unit.id, kind=kind, id=name)
            )

    def notify(self, number: str, when: "dt.date", answer_by: "dt.date | None") -> None:
        """Record that a round's results were told."""
        from danvan_cli.yaml.splice import Add

        if answer_by and answer_by < when:
            raise UsageError(_("hạn giải trình trước ngày thông báo"), help=_("ghi một ngày sau đó"))
        for one in self.those():
            one.refuse_if_official(None)
            said: dict[str, Any] = {"number": number, "date": when} | ({"answer_by": answer_by} if answer_by else {})
            if any(it.number == number for it in one.review.notices):
                continue
            one.put([Add(("notices",), said)])
            self.say(one, _("đã thông báo theo {number}", number=number))

    def explain(self, number: str, when: "dt.date") -> None:
        """Record a unit's answer to a notice."""
        from danvan_cli.cli import screen
        from danvan_cli.yaml.splice import Add

        one = self.sure(self.opened.unit(self.one))
        if not one.review.notices:
            raise UsageError(
                _("{unit}: chưa có thông báo nào để giải trình", unit=one.unit.name), help=_("ghi trước: --notice SỐ")
            )
        one.refuse_if_official(None)
        last = one.review.notices[-1].answer_by
        if last and when > last:
            screen.note(_("giải trình đến sau hạn {day}", day=last.strftime("%d/%m/%Y")))
        said: dict[str, Any] = {"number": number, "date": when}
        one.put([Add(("explanations",), said)])
        self.say(one, _("đã ghi giải trình {number}", number=number))

    def close(self, when: "dt.date") -> None:
        """Settle the verified scores, which must be complete."""
        from danvan_cli.yaml.splice import Put

        those = self.those()
        for one in those:
            one.refuse_if_official(None)
            self.complete(one)
        for one in those:
            one.put([Put(("final",), when)])
            self.say(one, _("đã chốt"))

    def freeze(self, decision: str, when: "dt.date") -> None:
        """Make scores official."""
        from danvan_cli.yaml.splice import Add

        those = [one for one in self.those() if all(it.decision != decision for it in one.review.official)]
        for one in those:
            self.complete(one)
            if one.review.final is None and one.official is None:
                raise DanvanError(
                    _("{unit}: kết quả chưa chốt", unit=one.unit.name),
                    help=_("chốt trước: danvan review {id} --final", id=one.unit.id),
                )
        for one in those:
            result = one.result()
            said: dict[str, Any] = {"decision": " ".join(decision.split()), "date": when, "total": result.total}
            one.put([Add(("official",), said | ({"band": result.band.id} if result.band else {}))])
            self.say(one, _("chính thức theo {decision}", decision=decision))

    def letter(self, *, force: bool) -> None:
        """Make the letter in which a unit explains the points that differ."""
        from danvan_cli.cli.made import write_document
        from danvan_cli.papers.kinds.cong_van_giai_trinh import Notice, explanation
        from danvan_cli.papers.make import make
        from danvan_cli.province.reminders import record_of

        one = self.sure(self.opened.unit(self.one))
        path = self.opened.workspace.unit(one.unit.id) / "unit.yaml"
        record = record_of(self.opened.plan, one.unit, self.opened.record(one.unit) if path.exists() else None)
        verified = {line.criterion.id: line.points for line in one.result().lines if line.points is not None}
        last = one.review.notices[-1] if one.review.notices else None
        notice = Notice(number=last.number, date=last.date) if last else Notice()
        letter = explanation(self.opened.plan, one.unit, record, one.self_result, verified, notice)
        write_document(
            path.parent / "out" / f"{letter.template}.docx", make(letter, self.opened.templates), force=force
        )

    def team(self, *, force: bool) -> None:
        """Make the draft of the decision that founds the team."""
        from danvan_cli.cli.made import write_document
        from danvan_cli.papers.make import make
        from danvan_cli.province.ranking_papers import team
        from danvan_cli.province.reminders import sender

        plan = self.opened.plan
        who = plan.unit_by_id.get(self.own or "") or sender(plan, plan.deliverables[0])
        decision = team(plan, who)
        path = self.opened.workspace.build / "xep-loai" / f"{decision.template}.docx"
        write_document(path, make(decision, self.opened.templates), force=force)

    def complete(self, one: "Reviewing") -> None:
        """Stop where something is not verified yet.

        Raises:
            DanvanError: if so.
        """
        blanks = one.result().blanks
        if blanks:
            raise DanvanError(
                _("{unit}: còn {count} tiêu chí chưa thẩm định: {ids}", unit=one.unit.name, count=len(blanks),
                  ids=", ".join(line.criterion.id for line in blanks[:10])),
                help=_("ghi điểm những tiêu chí đó trước khi chốt"),
            )  # fmt: skip

    def say(self, one: "Reviewing", told: str) -> None:
        """Tell what was recorded."""
        from danvan_cli.cli import screen

        screen.out(f"{one.unit.id}: {told}")

    # Books and the screen --------------------------------------------------------------------------------------------

    def book(self, path: Path, when: "dt.date", *, force: bool) -> None:
        """Write the team's workbook."""
        from danvan_cli.cli import screen
        from danvan_cli.cli.made import state
        from danvan_cli.files import write
        from danvan_cli.province.review_book import book
        from danvan_cli.word.save import Saved
        from danvan_cli.workspace import shown

        those = self.those()
        if path.exists() and not force:
            raise DanvanError(_("đã có {path}", path=shown(path)), help=_("đặt tên khác, hoặc --force để ghi đè"))
        title = f"SỔ THẨM ĐỊNH ĐIỂM CÔNG TÁC DÂN VẬN CHÍNH QUYỀN NĂM {self.opened.plan.year}"
        new = not path.exists()
        write(path, book(those, title, when))
        screen.out(
            f"{shown(path)}: {state(Saved(path, 'new' if new else 'updated'))}; "
            + _("{count} đơn vị", count=len(those))
        )
        missing = [unit.name for unit in self.units if all(one.unit is not unit for one in those)]
        if missing:
            screen.note(screen.wrapped(_("chưa gửi bản tự chấm: {names}", names="; ".join(missing)), indent="  "))

    def show(self, *, json: bool) -> None:
        """Show scores: of one unit every criterion, of several one line each."""
        from danvan_cli.cli import screen

        if json:
            from json import dumps

            screen.out(dumps({"units": [_as_dict(one) for one in self.those()]}, ensure_ascii=False))
        elif len(self.units) == 1:
            _show(self, self.sure(self.units[0]))
        else:
            _show_all(self.those())


def verifier(opened: "Open") -> str | None:
    """Tell which unit verifies: that to which self-scores are sent."""
    return next((one.to for one in opened.plan.deliverables if one.kind == "self-score" and one.to), None)


STAGES = {
    "provisional": _("đang thẩm định"),
    "notified": _("đã thông báo"),
    "explained": _("đã giải trình"),
    "final": _("đã chốt"),
    "official": _("chính thức"),
}


def _show(desk: _Desk, one: "Reviewing") -> None:
    from danvan_cli.cli import screen
    from danvan_cli.plan import calendar
    from danvan_cli.province.review import late_by_receipts
    from danvan_cli.scoring.figures import plain, shown

    places = one.rubric.rounding.places
    mine = {line.criterion.id: line for line in one.self_result.lines}
    result = one.result()
    reasons = {it.criterion: it for it in one.review.changes}
    screen.out(
        screen.wrapped(
            f"{one.unit.name}: {_(STAGES[one.review.stage])}"
            + (_(" (đơn vị tự thẩm định mình)") if one.review.own else "")
        )
    )
    table = []
    for line in result.lines:
        change = reasons.get(line.criterion.id)
        table.append((
            line.criterion.id, line.criterion.title, plain(line.most), _points(mine[line.criterion.id].points, places),
            _points(line.points, places), f"{change.reason} ({change.member})" if change else "",
        ))  # fmt: skip
    screen.table(
        (_("Mã"), _("Tiêu chí"), _("Tối đa"), _("Tự chấm"), _("Thẩm định"), _("Lý do")),
        table,
        right=(2, 3, 4),
        whole=(0,),
    )
    band = (
        result.band.name if result.band else _("chưa xếp được") if result.blanks else _("không đủ điều kiện xếp loại")
    )
    screen.out(_("Tổng: tự chấm {self}, thẩm định {verified}/{most}: {band}",
                 self=shown(one.self_result.total, places), verified=shown(result.total, places), most=plain(result.scope), band=band))  # fmt: skip
    if result.blanks:
        screen.out(
            _(
                "Còn {count} tiêu chí chưa thẩm định: {ids}",
                count=len(result.blanks),
                ids=", ".join(it.criterion.id for it in result.blanks),
            )
        )
    late = late_by_receipts(desk.opened.plan, one.unit, desk.received, calendar.today())
    stated = one.record().late
    if stated is not None and set(stated) != set(late) & set(desk.opened.plan.deliverable_by_id):
        screen.note(
            screen.wrapped(
                _(
                    "gửi muộn: hồ sơ ghi {stated}, sổ theo dõi ghi {late}",
                    stated=", ".join(stated) or _("không có"),
                    late=", ".join(late) or _("không có"),
                ),
                indent="  ",
            )
        )
    if one.newer:
        screen.note(_("đơn vị đã gửi bản tự chấm khác sau khi bắt đầu thẩm định; đang dùng bản đầu"))
    for it in one.review.inspections:
        screen.out(
            screen.wrapped(
                f"{it.id}: {it.kind} {it.date:%d/%m/%Y}: {it.finding} {it.document or ''}".rstrip(), indent="  "
            )
        )


def _show_all(those: "Sequence[Reviewing]") -> None:
    from danvan_cli.cli import screen

    table = []
    for one in those:
        result, places = one.result(), one.rubric.rounding.places
        table.append((
            one.unit.name + (" (*)" if one.review.own else ""), _points(one.self_result.total, places), _points(result.total, places),
            len(result.blanks) or "", _(STAGES[one.review.stage]),
        ))  # fmt: skip
    screen.table((_("Đơn vị"), _("Tự chấm"), _("Thẩm định"), _("Còn trống"), _("Bước")), table, right=(1, 2, 3))
    if any(one.review.own for one in those):
        screen.out(_("(*) đơn vị tự thẩm định mình"))


def _points(value: Any, places: int) -> str:
    from danvan_cli.scoring.figures import shown

    return shown(value, places) if value is not None else ""


def _as_dict(one: "Reviewing") -> dict[str, Any]:
    places = one.rubric.rounding.places
    result = one.result()

    def told(value: Any) -> str | None:
        return f"{value:.{places}f}" if value is not None else None

    mine = {line.criterion.id: line.points for line in one.self_result.lines}
    return {
        "unit": one.unit.id,
        "rubric": one.rubric.id,
        "stage": one.review.stage,
        "round": one.review.round,
        "own": one.review.own,
        "self": told(one.self_result.total),
        "verified": told(result.total),
        "band": result.band.id if result.band else None,
        "blanks": [line.criterion.id for line in result.blanks],
        "criteria": [
            {"id": line.criterion.id, "self": told(mine[line.criterion.id]), "verified": told(line.points)}
            for line in result.lines
        ],
        "changes": [it.model_dump(mode="json", exclude_none=True, exclude_defaults=True) for it in one.review.changes],
        "official": one.official.model_dump(mode="json") if one.official else None,
    }
