"""`danvan remind`: letters to those who are late, ready to sign, and texts for e-mail."""

from pathlib import Path
from typing import TYPE_CHECKING

from danvan_cli.cli import as_json, complete, screen
from danvan_cli.cli.common import opened_plan, tell_documents, with_broken_told
from danvan_cli.cli.options import AS_OF, FORCE, ONE_BLOCK, ONE_UNIT, PLAN, day_of, flag, help_page, option
from danvan_cli.errors import Exit, UsageError
from danvan_cli.lang import _
from danvan_cli.text import day, squeeze
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.desk.made import Made
    from danvan_cli.province.reminders import Round
    from danvan_cli.word.save import Saved


@help_page(
    ("danvan remind --as-of 15/5/2023 --answer-by 20/5/2023", _("công văn đôn đốc ở build/don-doc/")),
    ("danvan remind --as-of 2/5/2023 --within 10", _("thêm thư nhắc các đơn vị còn 10 ngày trở lại")),
    about=_(
        "Một công văn cho mọi đơn vị quá hạn cùng một báo cáo, có danh sách kèm theo; --each thì mỗi đơn vị một công văn."
        " Công văn đã phát hành thì ghi lại bằng --issued: lần sau viện dẫn lần trước, lần thứ ba thành báo cáo lên cấp"
        " trên. Thư điện tử nằm cạnh, mỗi đơn vị một tệp .txt."
    ),
)
def remind(
    as_of: str | None = AS_OF,
    within: int | None = option("--within", _("thêm thư nhắc cho ai còn ngần này ngày"), _("NGÀY"), min=0),
    deliverable: str | None = option("--deliverable", _("chỉ một báo cáo, hồ sơ"), _("MÃ"), complete.deliverables),
    block: str | None = ONE_BLOCK,
    unit: str | None = ONE_UNIT,
    each: bool = flag("--each", _("mỗi đơn vị một công văn")),
    answer_by: str | None = option("--answer-by", _("hạn gửi ghi trong công văn"), _("NGÀY")),
    issued: str | None = option("--issued", _("công văn về báo cáo này đã phát hành"), _("MÃ"), complete.deliverables),
    number: str | None = option("--number", _("số, ký hiệu công văn đã phát hành"), _("SỐ")),
    date: str | None = option("--date", _("ngày công văn đã phát hành"), _("NGÀY")),
    force: bool = FORCE,
    plan: Path | None = PLAN,
) -> Exit:
    """Make letters to those who are late."""
    from danvan_cli.desk.urging import Urging

    urging = Urging(opened_plan(plan))
    if issued or number or date:
        if not (issued and number and date):
            raise UsageError(_("ghi công văn đã phát hành cần đủ --issued, --number và --date"))
        symbol, on = squeeze(number), urging.opened.happened(date)
        urging.issued(issued, unit, symbol, on)
        path = urging.kept.path
        as_json.give(path=path, number=symbol, date=on)
        screen.out(_("{path}: đã ghi công văn {number} ngày {day}", path=shown(path), number=symbol, day=day(on)))
        return Exit.OK
    when = day_of(as_of)
    by = day_of(answer_by) if answer_by else None
    if by and by < when:
        raise UsageError(_("hạn gửi {by} trước ngày {day}", by=answer_by, day=when), help=_("ghi một ngày sau đó"))
    rows = urging.rows(unit, block, deliverable, when)
    late = False
    as_json.give(as_of=when, rounds=[], mails=[])
    for round_, letters, mails in urging.urge(rows, when, by, each=each, force=force):
        _tell(round_, letters, mails)
        late = True
    own = urging.not_urged(rows, when)
    as_json.give(
        not_urged=[
            {"unit": row.unit, "deliverable": row.deliverable, "days": row.days, "answering": who} for row, who in own
        ]
    )
    for row, who in own:
        told = _("{unit} chưa gửi «{id}»: cơ quan đôn đốc, không có công văn gửi chính mình")
        if not who:
            told = _("{unit} chưa gửi «{id}» và không còn: kế hoạch không ghi cơ quan kế thừa, không có công văn")
        name = (
            row.unit.name if row.unit in who or not who else f"{row.unit.name} ({', '.join(one.name for one in who)})"
        )
        screen.out(told.format(unit=name, id=row.deliverable.id))
    soon = urging.soon(rows, when, within) if within is not None else []
    tasks = urging.soon_tasks(unit, block, when, within) if within is not None and deliverable is None else []
    words = _("{count} thư nhắc hạn ở {path}"), _("{count} thư nhắc hạn nhiệm vụ ở {path}")
    for texts, told in zip((soon, tasks), words, strict=True):
        if texts:
            screen.out(told.format(count=len(texts), path=shown(texts[0].path.parent)))
            _tell_backups(texts)
    if not late and not own and not soon and not tasks:
        screen.out(_("không có đơn vị nào quá hạn"))
    return with_broken_told(urging.opened)


def _tell(round_: "Round", letters: "Sequence[Made]", mails: "Sequence[Saved]") -> None:
    """Say which letters were made, and to how many."""
    tell_documents(letters)
    units = [row.unit for row in round_.rows]
    as_json.add("rounds", {"deliverable": round_.deliverable, "number": round_.number, "units": units})
    screen.out(
        _("{count} đơn vị chưa gửi «{id}», lần {number}; thư điện tử ở {path}",
          count=len(round_.rows), id=round_.deliverable.id, number=round_.number, path=shown(mails[0].path.parent))
    )  # fmt: skip
    _tell_backups(mails)


def _tell_backups(mails: "Sequence[Saved]") -> None:
    """Say how many e-mails are kept as they were, since somebody may have written in them."""
    as_json.add("mails", *({"path": one.path, "state": one.kind, "backup": one.backup} for one in mails))
    if count := sum(1 for one in mails if one.backup):
        screen.note(_("giữ lại {count} thư cũ khác thư mới, thành tệp .bak", count=count))
