"""`danvan import`: an issued plan made into YAML, nothing lost."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.common import tell_saved
from danvan_cli.cli.options import FORCE, OUTPUT, argument, flag, help_page, option
from danvan_cli.cli.prompts import Stopped, answer, ask_each, require_terminal
from danvan_cli.lang import _
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from danvan_cli.desk.bring_in import Confirming, Place, ToConfirm
    from danvan_cli.importing.proof import Proof

_WIDTH = 72
_RIGHT = {"đúng", "dung", "ok", "y"}


@help_page(
    ("danvan import ke-hoach.docx", _("vào kế hoạch của thư mục làm việc")),
    ("danvan import ke-hoach.docx -o plans/2026.yaml", _("ghi ra tệp khác, cũng dùng ngoài thư mục làm việc")),
    ("danvan import plans/2026.yaml --ask", _("hỏi tiếp những chỗ còn cần xác nhận")),
    ("danvan import bang-diem.xlsx -o plans/moi.rubric.yaml", _("bảng tiêu chí, điểm thành bộ tiêu chí để hoàn thiện")),
    ("danvan import don-vi.csv --as units", _("thêm các đơn vị còn thiếu vào danh mục")),
    about=_(
        "Mỗi đoạn, mỗi ô của bản gốc có đúng một chỗ trong kế hoạch, nguyên văn; thiếu một chữ thì không ghi gì. Ai làm, khi nào, "
        "sản phẩm gì là điều hiểu từ lời văn, ghi bên cạnh; chỗ chưa chắc có ghi chú «cần xác nhận». Ghi xong, kế hoạch được xuất "
        "ra Word và so với bản gốc từng đoạn."
    ),
)
def import_(
    file: Path = argument(
        _("TỆP"),
        _(
            "kế hoạch (.docx, .pdf, .doc nếu máy có LibreOffice), bảng điểm (.docx, .xlsx), danh sách đơn vị (.csv, .xlsx)"
        ),
        default=...,
    ),
    output: Path | None = OUTPUT,
    kind: Literal["plan", "rubric", "units"] | None = option(
        "--as", _("tệp là gì, nếu tự nó không cho biết: plan (kế hoạch), rubric (bảng điểm), units (đơn vị)")
    ),
    ask: bool = flag("--ask", _("hỏi từng chỗ cần xác nhận")),
    force: bool = FORCE,
) -> None:
    """Make a plan, a rubric or units of a file."""
    from danvan_cli.desk.bring_in_tables import kind_of

    if ask:
        require_terminal("--ask", _("sửa ở các chỗ có ghi chú «cần xác nhận» trong tệp"))
    if ask and file.suffix in {".yaml", ".yml"}:  # what is left of an import before
        _ask_places(file)
        return
    kind = kind or kind_of(file)
    if kind == "units":
        _units(file, output)
        return
    if kind == "rubric":
        _rubric(file, output, force=force)
        return
    from danvan_cli.desk.bring_in import import_plan

    made = import_plan(file, output, force=force)
    as_json.give(path=made.path, plan=made.plan, to_confirm=made.to_confirm)
    as_json.give(guesses=[{"place": place, "rule": rule, "sure": sure} for place, rule, sure in made.guesses])
    as_json.give(**_proof_as_dict(made.proof, "paragraphs"))
    tell_saved(made.saved)
    told = _(
        "{sections} phần, {tasks} nhiệm vụ, {owed} báo cáo, hồ sơ phải gửi, {documents} văn bản viện dẫn",
        sections=len(made.plan.sections), tasks=len(made.plan.tasks), owed=len(made.plan.listed), documents=len(made.plan.documents),
    )  # fmt: skip
    screen.out(told)
    _tell_proof(made.proof, _("xuất lại ra Word: {same}/{whole} đoạn, ô giống hệt bản gốc ({percent} %)"))
    _confirm(made.path, made.to_confirm, ask=ask)


def _confirm(path: Path, places: "list[ToConfirm]", *, ask: bool) -> None:
    """List what is to be confirmed, or ask for it."""
    if not places:
        return
    if ask:
        _ask_places(path)
        return
    screen.out(_("cần xác nhận {count} chỗ:", count=len(places)))
    for one in places:
        screen.item(_("- dòng {line}: {what}", line=one.line, what=one.what))
    screen.note(_("xem từng chỗ, sửa cho đúng rồi xóa ghi chú; còn lại những gì: danvan check"))


def _rubric(file: Path, output: Path | None, *, force: bool) -> None:
    from danvan_cli.desk.bring_in_tables import import_rubric

    made = import_rubric(file, output, force=force)
    as_json.give(path=made.path, criteria=made.criteria, cells=made.cells, to_confirm=made.to_confirm)
    as_json.give(**_proof_as_dict(made.proof, "cells"))
    tell_saved(made.saved)
    count = {"criteria": made.criteria, "cells": made.cells}
    screen.out(_("{criteria} tiêu chí, nhóm tiêu chí; {cells}/{cells} ô, dòng của bản gốc có chỗ").format_map(count))
    _tell_proof(made.proof, _("in lại thành bảng: {same}/{whole} ô, dòng giống hệt bản gốc ({percent} %)"))
    _confirm(made.path, made.to_confirm, ask=False)


def _units(file: Path, output: Path | None) -> None:
    from danvan_cli.desk.bring_in_tables import import_units

    target, found = import_units(file, output)
    as_json.give(path=target, units=found.units, blocks=found.blocks, doubles=found.doubles, unread=found.unread)
    as_json.give(renamed=[{"from": old, "to": new} for old, new in found.renamed])
    path, count, blocks = shown(target), len(found.units), len(found.blocks)
    screen.out(_("{path}: thêm {count} đơn vị, {blocks} khối", path=path, count=count, blocks=blocks))
    if found.doubles:
        names = "; ".join(found.doubles)
        screen.item(_("{count} tên đã có, không thêm: {names}", count=len(found.doubles), names=names))
    for old, new in found.renamed:
        screen.item(_("có thể là đổi tên, chưa sửa: «{old}» trong danh mục, «{new}» trong danh sách", old=old, new=new))
    for one in found.unread:
        screen.item(_("không đọc được dòng: {row}", row=one))
    if found.units:
        screen.note(_("đơn vị mới ghi confirmed: false; chữ viết tắt danh sách không nêu là gợi ý: xem lại"))


def _tell_proof(proof: "Proof", told: str) -> None:
    """Say how much of the source is given back, and every difference."""
    percent = f"{100 * proof.share:.1f}".replace(".", ",")
    screen.out(told.format(same=proof.same, whole=proof.whole, percent=percent))
    for one in proof.differences:
        for sign, lines in (("-", one.source), ("+", one.export)):
            for line in lines:
                screen.item(f"  {sign} {line if len(line) <= _WIDTH else line[:_WIDTH] + '…'}")


def _proof_as_dict(proof: "Proof", what: str) -> dict[str, object]:
    return {
        "identical": {what: proof.same, "of": proof.whole},
        "differences": [{"source": one.source, "export": one.export} for one in proof.differences],
    }


# Asking --------------------------------------------------------------------------------------------------------------


def _ask_places(path: Path) -> None:
    """Go through what is still to be confirmed in a plan's file; every answer is written down at once."""
    from danvan_cli.desk.bring_in import Confirming

    held = Confirming(path)
    places = held.places()
    if places:
        screen.note(_("đúng: giữ như đang ghi; gõ giá trị khác để sửa; Enter: để sau; lùi: câu trước; q: dừng"))
    try:
        with suppress(Stopped):
            ask_each(places, lambda one: _ask(held, one))
    finally:  # where the input ends, too
        count = len(held.places())
        screen.out(_("còn {count} chỗ cần xác nhận", count=count) if count else _("không còn chỗ nào cần xác nhận"))


def _ask(held: "Confirming", place: "Place") -> None:
    screen.say("\n" + _("dòng {line}: {what}", line=place.line, what=place.says), indent="  ")
    key = place.loc[-1] if place.loc else "…"

    def settle(typed: str) -> None:
        held.settle(place, None if typed.casefold() in _RIGHT else typed)

    answer(f"  {key}: {_shown(place.value)} [{_('đúng')}/…]: ", settle)


def _shown(value: Any) -> str:
    items = value if isinstance(value, list) else [value]
    text = "…" if any(isinstance(one, dict) for one in items) else ", ".join(map(str, items))
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"
