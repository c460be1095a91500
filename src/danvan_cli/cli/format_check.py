"""`danvan format-check`: is a Word document in the form of Nghị định 30/2020/NĐ-CP, and what can be mended in it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from danvan_cli.cli import screen
from danvan_cli.cli.made import tell_backup
from danvan_cli.cli.options import Force, Json, Output, Strict, argument, option
from danvan_cli.errors import DanvanError, Exit, UsageError
from danvan_cli.lang import _

if TYPE_CHECKING:
    from danvan_cli.desk.format_check import Copy
    from danvan_cli.findings.finding import Finding

ABOUT = _(
    "Kiểm tra được văn bản Word của bất kỳ ai: tìm quốc hiệu, cơ quan, số ký hiệu, trích yếu, nội dung, chữ ký, nơi nhận, "
    "rồi so với Phụ lục I, III của Nghị định 30/2020/NĐ-CP. Tệp không bị sửa; --fix sửa khổ giấy, lề, phông, cỡ chữ, đậm "
    "nghiêng, giãn cách, số trang trong một bản khác, không đổi lời văn. Đọc được cả .doc nếu máy có LibreOffice."
)
EXAMPLES = (
    ("danvan format-check build/ke-hoach-2023.docx", _("liệt kê những chỗ chưa đúng thể thức")),
    ("danvan format-check build/ke-hoach-2023.docx --dry-run", _("xem máy sẽ sửa gì, chưa ghi")),
    (
        "danvan format-check build/ke-hoach-2023.docx --fix -o da-sua.docx",
        _("sửa những chỗ máy sửa được, ghi ra bản khác"),
    ),
    (
        "danvan format-check build/ke-hoach-2023.docx --fix -o da-sua.docx --tracked",
        _("để lại dấu sửa, người soạn duyệt từng chỗ trong Word"),
    ),
    (
        "danvan format-check build/ke-hoach-2023.docx --only ND1,ND305",
        _("chỉ xét khổ giấy, lề, phông, số trang, căn lề"),
    ),
    ("danvan format-check build/ke-hoach-2023.docx --format sarif", _("kết quả cho máy đọc")),
)


def format_check(
    files: Annotated[list[Path], argument(_("TỆP"), _("văn bản Word (.docx, .doc) cần kiểm tra"))],
    format: Annotated[
        Literal["text", "json", "sarif", "github", "gitlab"] | None,
        option("--format", _("dạng kết quả; không ghi thì theo nơi chạy (GitHub, GitLab), còn lại là text")),
    ] = None,
    json: Json = False,
    strict: Strict = False,
    only: Annotated[
        str, option("--only", _("chỉ những quy tắc này: mã đủ hoặc phần đầu, ví dụ ND1,ND305"), _("MÃ"))
    ] = "",
    fix: Annotated[bool, option("--fix", _("ghi bản đã sửa ra tệp nêu ở -o; tệp gốc giữ nguyên"))] = False,
    dry_run: Annotated[bool, option("--dry-run", _("chỉ cho xem sẽ sửa gì, không ghi"))] = False,
    tracked: Annotated[
        bool, option("--tracked", _("để lại dấu sửa (Track Changes) trong bản đã sửa, để duyệt từng chỗ"))
    ] = False,
    output: Output = None,
    force: Force = False,
) -> Exit:
    """Check Word documents and print what was found."""
    from danvan_cli.desk.format_check import judged, mended_copy, rules_of
    from danvan_cli.findings.finding import count

    if not dry_run and (fix, tracked <= fix, len(files) == 1 or not fix) != (output is not None, True, True):
        raise UsageError(
            _("--fix sửa một tệp và ghi ra tệp nêu ở -o"), help="danvan format-check van-ban.docx --fix -o da-sua.docx"
        )
    rules = rules_of(only)
    found: list[Finding] = []
    copies: list[Copy] = []
    unread: list[DanvanError] = []
    for path in screen.progress(files, _("kiểm tra")):
        try:
            if fix or dry_run:
                copies.append(mended_copy(path, None if dry_run else output, rules, force=force, tracked=tracked))
                found += copies[-1].left
            else:
                found += judged(path, rules)
        except DanvanError as error:
            unread.append(error)
    form = "json" if json else format
    if form == "json" and copies:
        _for_machines(found, copies)
    else:
        for copy in copies if form in {None, "text"} else ():
            _tell(copy, output, dry_run=dry_run)
        if (checked := len(files) - len(unread)) or form not in {None, "text"}:
            screen.told(found, form, _("đã kiểm tra {count} tệp", count=checked))
    for failure in unread[:-1]:
        screen.fail(failure)
    if unread:
        raise unread[-1]
    counted = count(found)
    return Exit.FINDINGS if counted["error"] or (strict and counted["warning"]) else Exit.OK


def _tell(copy: "Copy", output: Path | None, *, dry_run: bool) -> None:
    """Say what was mended in a copy, or would be."""
    from danvan_cli.workspace import shown

    if dry_run and copy.changes:
        rows = [(one.rule, one.place, one.before, one.after, str(one.times)) for one in copy.changes]
        screen.out(f"{copy.path}:")
        screen.table(
            (_("Quy tắc"), _("Ở đâu"), _("Đang là"), _("Sửa thành"), _("Số chỗ")), rows, right=(4,), whole=(0,)
        )
    tell_backup(copy.backup)
    for why in copy.kept:
        screen.remark(f"{copy.path}: {why}")
    left = len(copy.left)
    if dry_run:
        told = _(
            "{path}: sẽ sửa {done} điều, còn {left} điều cần người xem; chưa ghi gì",
            path=copy.path,
            done=copy.done,
            left=left,
        )
    else:
        told = _(
            "{path}: đã sửa {done} điều, còn {left} điều cần người xem",
            path=shown(output) if output else "",
            done=copy.done,
            left=left,
        )
    screen.note(told)


def _for_machines(found: "list[Finding]", copies: "list[Copy]") -> None:
    """Print what is left, what was changed and what stays, as one JSON document."""
    from danvan_cli.findings.finding import as_json

    changes = [
        {"path": copy.path, "rule": one.rule, "place": one.place, "paragraph": one.paragraph or None,
         "before": one.before, "after": one.after, "count": one.times}
        for copy in copies for one in copy.changes
    ]  # fmt: skip
    kept = [{"path": copy.path, "why": why} for copy in copies for why in copy.kept]
    screen.for_machines(as_json(found, changes=changes, kept=kept))
