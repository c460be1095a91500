"""`danvan obstacles`: what units raised, by kind and state, with the answers."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.common import opened_plan, tell_document
from danvan_cli.cli.options import FORCE, ONE_BLOCK, ONE_UNIT, PLAN, argument, flag, help_page, option
from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.province.obstacles import Raised


@help_page(
    ("danvan obstacles", _("mọi khó khăn, vướng mắc")),
    ("danvan obstacles --state open", _("những điều chưa trả lời")),
    about=_(
        "Khó khăn, vướng mắc trong hồ sơ các đơn vị, xếp theo loại và tình trạng. Trả lời được ghi ở province/obstacles/,"
        " không sửa hồ sơ của đơn vị."
    ),
)
def obstacles(
    one: str | None = argument(_("MÃ"), _("điều cần ghi trả lời, như so-y-te:3f2a9c01")),
    unit: str | None = ONE_UNIT,
    block: str | None = ONE_BLOCK,
    state: Literal["open", "forwarded", "answered"] | None = option(
        "--state", _("tình trạng: open (chưa trả lời), forwarded (đã chuyển), answered (đã trả lời)")
    ),
    kind: str | None = option("--kind", _("loại: kinh phí, hướng dẫn…"), _("CHỮ")),
    answer: str | None = option("--answer", _("nội dung trả lời"), _("CHỮ")),
    document: str | None = option("--document", _("văn bản trả lời, chuyển cấp trên"), _("SỐ")),
    date: str | None = option("--date", _("ngày trả lời, chuyển"), _("NGÀY")),
    letter: bool = flag("--letter", _("làm công văn của đơn vị nêu khó khăn, vướng mắc (cùng --unit)")),
    force: bool = FORCE,
    plan: Path | None = PLAN,
) -> None:
    """Show what units raised, or record what became of it."""
    from danvan_cli.desk import raising
    from danvan_cli.province.obstacles import raised_as_dict

    opened = opened_plan(plan)
    if one is not None:
        said = {"state": state, "kind": kind, "answer": answer, "document": document}
        when = opened.happened(date) if date else None
        path, changed, replaced = raising.note_outcome(opened, one, said, when)
        as_json.give(path=path, changed=changed, replaced=[{"from": old, "to": new} for old, new in replaced])
        for old, new in replaced:
            screen.out(f"{old} → {new}")
        screen.out(f"{shown(path)}: " + (_("đã ghi") if changed else _("không có gì thay đổi")))
        return
    if letter:
        tell_document(raising.obstacles_letter(opened, unit, force=force))
        return
    if answer or document or date:
        raise UsageError(
            _("ghi trả lời cho điều nào?"), help=_("ghi mã, như danvan obstacles so-y-te:3f2a9c01 --answer …")
        )
    found = raising.obstacles_raised(opened, unit, block, state, kind)
    as_json.give(obstacles=[raised_as_dict(it) for it in found])
    _show(found)


def _show(found: "Sequence[Raised]") -> None:
    from danvan_cli.page.words import words_for

    if not found:
        screen.out(_("không có khó khăn, vướng mắc nào"))
        return
    words = words_for("outcomes")
    kinds = dict.fromkeys(it.answered.kind for it in found)
    for kind in sorted(kinds, key=lambda name: (name is None, name or "")):
        screen.out(f"{kind or _('chưa phân loại')}")
        for it in found:
            told = it.answered
            if told.kind != kind:
                continue
            screen.item(f"  {it.id} ({words[told.state]}) {it.unit.name}: {it.obstacle.text}")
            for head, text in (
                (_("Đề xuất"), it.obstacle.proposal),
                (_("Trả lời"), told.answer),
                (_("Văn bản"), told.document),
            ):
                if text:
                    screen.item(f"    {head}: {text}")
        screen.out("")
    count = Counter[str](it.answered.state for it in found)
    screen.out(", ".join(f"{word} {count[state]}" for state, word in words.items() if count[state]))
