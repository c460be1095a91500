"""`danvan import`: an issued plan made into YAML, nothing lost."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from danvan_cli.cli import screen
from danvan_cli.cli.made import tell_saved
from danvan_cli.cli.options import Force, Json, Output, argument
from danvan_cli.lang import _

if TYPE_CHECKING:
    from danvan_cli.desk.bring_in import Imported
    from danvan_cli.importing.proof import Proof

ABOUT = _(
    "Mỗi đoạn, mỗi ô của bản gốc có đúng một chỗ trong kế hoạch, nguyên văn; thiếu một chữ thì không ghi gì. Ai làm, khi nào, "
    "sản phẩm gì là điều hiểu từ lời văn, ghi bên cạnh; chỗ chưa chắc có ghi chú «cần xác nhận». Ghi xong, kế hoạch được xuất "
    "ra Word và so với bản gốc từng đoạn."
)
EXAMPLES = (
    ("danvan import ke-hoach.docx", _("vào kế hoạch của thư mục làm việc")),
    ("danvan import ke-hoach.docx -o plans/2026.yaml", _("ghi ra tệp khác, cũng dùng ngoài thư mục làm việc")),
)
_MOST, _WIDTH = 20, 72


def import_(
    file: Annotated[Path, argument(_("TỆP"), _("kế hoạch đã ban hành: .docx, .pdf"))],
    output: Output = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Make a plan of a document."""
    from danvan_cli.desk.bring_in import import_plan

    made = import_plan(file, output, force=force)
    if json:
        screen.data(_as_json(made), indent=2)
        return
    tell_saved(made.saved)
    tasks = len(made.plan.tasks)
    screen.out(
        _("{sections} phần, {tasks} nhiệm vụ, {owed} báo cáo, hồ sơ phải gửi, {documents} văn bản viện dẫn",
          sections=len(made.plan.sections), tasks=tasks, owed=len(made.plan.listed), documents=len(made.plan.documents))
    )  # fmt: skip
    _tell_proof(made.proof)
    if not made.to_confirm:
        return
    screen.out(_("cần xác nhận {count} chỗ:", count=len(made.to_confirm)))
    for one in made.to_confirm:
        screen.say(_("- dòng {line}: {what}", line=one.line, what=one.says), indent="  ")
    screen.note(_("xem từng chỗ, sửa cho đúng rồi xóa ghi chú; còn lại những gì: danvan check"))


def _tell_proof(proof: "Proof") -> None:
    """Say how much of the source the export gives back, and every difference."""
    percent = f"{100 * proof.share:.1f}".replace(".", ",")
    screen.out(
        _("xuất lại ra Word: {same}/{whole} đoạn, ô giống hệt bản gốc ({percent} %)", same=proof.same, whole=proof.whole,
          percent=percent)
    )  # fmt: skip
    for one in proof.differences:
        for sign, lines in (("-", one.source), ("+", one.export)):
            for line in lines:
                screen.say(f"  {sign} {line if len(line) <= _WIDTH else line[:_WIDTH] + '…'}", indent="    ")


def _as_json(made: "Imported") -> dict[str, object]:
    return {
        "path": str(made.path),
        "plan": made.plan.id,
        "to_confirm": [{"line": one.line, "what": one.says} for one in made.to_confirm],
        "guesses": [{"place": place, "rule": rule, "sure": sure} for place, rule, sure in made.guesses],
        "identical": {"paragraphs": made.proof.same, "of": made.proof.whole},
        "differences": [{"source": one.source, "export": one.export} for one in made.proof.differences],
    }
