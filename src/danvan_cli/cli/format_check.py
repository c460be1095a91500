"""`danvan format-check`: is a Word document in the form of Nghị định 30/2020/NĐ-CP, and what can be mended in it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from danvan_cli.cli import screen
from danvan_cli.cli.made import tell_backup
from danvan_cli.cli.options import Force, Json, Output, Strict, argument, option
from danvan_cli.errors import DanvanError, Exit, UsageError
from danvan_cli.lang import _

if TYPE_CHECKING:
    from danvan_cli.findings.finding import Finding

ABOUT = _(
    "Kiểm tra được văn bản Word của bất kỳ ai: tìm quốc hiệu, cơ quan, số ký hiệu, trích yếu, nội dung, chữ ký, nơi nhận, "
    "rồi so với Phụ lục I, III của Nghị định 30/2020/NĐ-CP. Tệp không bị sửa; --fix sửa khổ giấy, lề, phông, cỡ chữ, đậm "
    "nghiêng, giãn cách, số trang trong một bản khác, không đổi lời văn."
)
EXAMPLES = (
    ("danvan format-check build/ke-hoach-2023.docx", _("liệt kê những chỗ chưa đúng thể thức")),
    (
        "danvan format-check build/ke-hoach-2023.docx --fix -o da-sua.docx",
        _("sửa những chỗ máy sửa được, ghi ra bản khác"),
    ),
    ("danvan format-check build/ke-hoach-2023.docx --format sarif", _("kết quả cho máy đọc")),
)


def format_check(
    files: Annotated[list[Path], argument(_("TỆP"), _("văn bản Word (.docx) cần kiểm tra"))],
    format: Annotated[
        Literal["text", "json", "sarif", "github", "gitlab"] | None,
        option("--format", _("dạng kết quả; không ghi thì theo nơi chạy (GitHub, GitLab), còn lại là text")),
    ] = None,
    json: Json = False,
    strict: Strict = False,
    fix: Annotated[bool, option("--fix", _("ghi bản đã sửa ra tệp nêu ở -o; tệp gốc giữ nguyên"))] = False,
    output: Output = None,
    force: Force = False,
    sure: Annotated[bool, option("--sure", _("chỉ nêu điều chắc chắn; điều chỉ là có thể thì bỏ qua"))] = False,
    notes: Annotated[
        bool, option("--notes", _("nêu cả lưu ý: chỗ còn để trống, thói quen mà Nghị định không cấm"))
    ] = False,
) -> Exit:
    """Check Word documents and print what was found."""
    from danvan_cli.desk.format_check import Judged, judged, told
    from danvan_cli.findings.finding import count

    if fix != (output is not None) or (fix and len(files) != 1):
        raise UsageError(
            _("--fix sửa một tệp và ghi ra tệp nêu ở -o"), help="danvan format-check van-ban.docx --fix -o da-sua.docx"
        )
    every: list[Finding] = []
    documents: list[Judged] = []
    unread: list[DanvanError] = []
    for path in screen.progress(files, _("kiểm tra")):
        try:
            if output:
                every += _mended(path, output, force)
            else:
                documents.append(judged(path))
                every += documents[-1].found
        except DanvanError as error:
            unread.append(error)
    found = told(every, sure=sure, notes=notes)
    checked = len(files) - len(unread)
    for one in documents:
        screen.note(_("{path}: {taken_for}", path=one.path, taken_for=one.taken_for))
    if checked or json or format not in {None, "text"}:
        said = _("đã kiểm tra {count} tệp", count=checked)
        if (
            hidden := len(every) - len(told(every, sure=sure, notes=True))
            if sure
            else sum(one.severity == "note" for one in every) * (not notes)
        ):
            said += _("; {count} điều không nêu (xem bằng --notes, không ghi --sure)", count=hidden)
        taken = {"documents": [{"path": one.path, "recognised": one.taken_for} for one in documents]}
        screen.told(found, "json" if json else format, said, taken)
    for failure in unread[:-1]:
        screen.fail(failure)
    if unread:
        raise unread[-1]
    counted = count(found)
    return Exit.FINDINGS if counted["error"] or (strict and counted["warning"]) else Exit.OK


def _mended(path: Path, output: Path, force: bool) -> "list[Finding]":
    """Write the mended copy, say so, and give what is left."""
    from danvan_cli.desk.format_check import mended_copy
    from danvan_cli.workspace import shown

    copy = mended_copy(path, output, force=force)
    tell_backup(copy.backup)
    screen.note(
        _(
            "{path}: đã sửa {done} điều, còn {left} điều cần người xem",
            path=shown(output),
            done=copy.done,
            left=len(copy.left),
        )
    )
    return copy.left
