"""`danvan format-check`: is a Word document in the form of Nghị định 30/2020/NĐ-CP, and what can be mended in it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.common import tell_backup
from danvan_cli.cli.options import FORCE, FORM, OUTPUT, STRICT, FindingsForm, argument, flag, help_page, option
from danvan_cli.errors import DanvanError, Exit, UsageError
from danvan_cli.lang import _
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from danvan_cli.desk.format_check import Checked


@help_page(
    ("danvan format-check build/ke-hoach-2023.docx", _("liệt kê những chỗ chưa đúng thể thức")),
    ("danvan format-check build/ke-hoach-2023.docx --dry-run", _("xem máy sẽ sửa gì, chưa ghi")),
    (
        "danvan format-check build/ke-hoach-2023.docx --fix -o da-sua.docx",
        _("sửa những chỗ máy sửa được, ghi ra bản khác"),
    ),
    about=_(
        "Kiểm tra được văn bản Word của bất kỳ ai: tìm quốc hiệu, cơ quan, số ký hiệu, trích yếu, nội dung, chữ ký, nơi nhận, "
        "rồi so với Phụ lục I, III của Nghị định 30/2020/NĐ-CP. Tệp không bị sửa; --fix sửa khổ giấy, lề, phông, cỡ chữ, đậm "
        "nghiêng, giãn cách, số trang trong một bản khác. Về chữ chỉ sửa số 0 của ngày, tháng ở phần đầu, bỏ ký tự không nhìn thấy "
        "và đưa chữ tổ hợp về chữ dựng sẵn. Đọc được cả .doc nếu máy có LibreOffice."
    ),
)
def format_check(
    files: list[Path] = argument(_("TỆP"), _("văn bản Word (.docx, .doc) cần kiểm tra"), default=...),
    format: FindingsForm = FORM,
    strict: bool = STRICT,
    only: str = option("--only", _("chỉ những quy tắc này: mã đủ hoặc phần đầu, ví dụ ND1,ND305"), _("MÃ"), default=""),
    fix: bool = flag("--fix", _("ghi bản đã sửa ra tệp nêu ở -o; tệp gốc giữ nguyên")),
    dry_run: bool = flag("--dry-run", _("chỉ cho xem sẽ sửa gì, không ghi")),
    output: Path | None = OUTPUT,
    force: bool = FORCE,
    sure: bool = flag("--sure", _("chỉ nêu điều chắc chắn; điều chỉ là có thể thì bỏ qua")),
    notes: bool = flag("--notes", _("nêu cả lưu ý: chỗ còn để trống, thói quen mà Nghị định không cấm")),
) -> Exit:
    """Check Word documents and print what was found."""
    from danvan_cli.desk.format_check import judged, mended_copy, rules_of, told

    if not dry_run and (fix, len(files) == 1 or not fix) != (output is not None, True):
        raise UsageError(
            _("--fix sửa một tệp và ghi ra tệp nêu ở -o"), help="danvan format-check van-ban.docx --fix -o da-sua.docx"
        )
    as_json.want(format == "json")
    rules = rules_of(only)
    unread: list[tuple[str, DanvanError]] = []
    documents: list[Checked] = []
    for path in screen.progress(files, _("kiểm tra")):
        with screen.kept(unread, str(path)):
            copied = partial(mended_copy, output=None if dry_run else output, force=force)
            documents.append((copied if fix or dry_run else judged)(path, only=rules))
    every = [finding for one in documents for finding in one.found]
    found = told(every, sure=sure, notes=notes)
    for one in documents:
        screen.note(f"{one.path}: {one.taken_for}")
        if fix or dry_run:
            _tell(one, None if dry_run else output, quiet=format not in {None, "text"})
    if documents or as_json.wanted() or format not in {None, "text"}:
        said = _("đã kiểm tra {count} tệp", count=len(documents))
        if hidden := len(told(every, sure=sure, notes=True) if not sure else every) - len(found):
            said += _("; {count} điều không nêu (xem bằng --notes, không ghi --sure)", count=hidden)
        screen.told(found, format, said, {"documents": [_as_dict(one, mended=fix or dry_run) for one in documents]})
    screen.failures(unread[:-1], named=False)
    if unread:
        raise unread[-1][1]
    return screen.verdict(found, strict=strict)


def _tell(one: "Checked", output: Path | None, *, quiet: bool) -> None:
    """Say what was mended in a copy, or without one, what would be."""
    if output is None and one.changes and not quiet:
        rows = [(it.rule, it.place, it.before, it.after, str(it.times)) for it in one.changes]
        screen.out(f"{one.path}:")
        heads = (_("Quy tắc"), _("Ở đâu"), _("Đang là"), _("Sửa thành"), _("Số chỗ"))
        screen.table(heads, rows, right=(4,), whole=(0,))
    tell_backup(one.backup)
    for why in one.kept:
        screen.remark(f"{one.path}: {why}")
    left = len(one.found)
    if output is None:
        screen.note(
            _(
                "{path}: sẽ sửa {done} điều, còn {left} điều cần người xem; chưa ghi gì",
                path=one.path,
                done=one.done,
                left=left,
            )
        )
    else:
        screen.note(
            _("{path}: đã sửa {done} điều, còn {left} điều cần người xem", path=shown(output), done=one.done, left=left)
        )


def _as_dict(one: "Checked", *, mended: bool) -> dict[str, object]:
    """Give what a document was taken for, and what was mended in it, for machines."""
    made: dict[str, object] = {"path": one.path, "recognised": one.taken_for}
    if mended:
        changes = [{"rule": it.rule, "place": it.place, "paragraph": it.paragraph or None, "before": it.before,
                    "after": it.after, "count": it.times} for it in one.changes]  # fmt: skip
        made |= {"changes": changes, "kept": one.kept}
    return made
