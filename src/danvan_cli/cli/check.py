"""`danvan check`: are plans, units' files and templates right."""

from pathlib import Path

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.options import FORM, PLAN, STRICT, FindingsForm, argument, flag, help_page, option
from danvan_cli.errors import Exit
from danvan_cli.lang import _


@help_page(
    ("danvan check", _("kiểm tra mọi tệp của thư mục làm việc")),
    ("danvan check plans/2023.yaml", _("kiểm tra một kế hoạch")),
    ("danvan check so-y-te", _("kiểm tra các tệp của một đơn vị")),
    ("danvan check --fix", _("sửa những lỗi máy sửa được")),
    ("danvan check --against main", _("kiểm tra cả việc sửa kế hoạch so với nhánh main")),
    about=_(
        "Không nêu tệp nào thì kiểm tra cả thư mục làm việc: kế hoạch, lịch, bộ tiêu chí, tệp đơn vị, bảng điểm, mẫu văn bản. "
        "--against so kế hoạch đã ban hành với một bản trong kho git: sửa gì cũng phải có văn bản sửa đổi."
    ),
)
def check(
    paths: list[Path] | None = argument(_("TỆP"), _("tệp, thư mục hoặc đơn vị cần kiểm tra")),
    against: str | None = option("--against", _("bản git mà kế hoạch đã ban hành được so với: main, HEAD~1"), _("BẢN")),
    format: FindingsForm = FORM,
    fix: bool = flag("--fix", _("sửa ngay những lỗi máy sửa được; ghi chú và cách trình bày giữ nguyên")),
    strict: bool = STRICT,
    plan: Path | None = PLAN,
) -> Exit:
    """Check files and print what was found."""
    from danvan_cli.desk.check import files_named, findings_of, mend_files, of_the_issuer

    files = files_named(paths or [])
    if fix:
        done = mend_files(files, plan)
        screen.note(_("đã sửa {places} chỗ trong {files} tệp", places=done.places, files=done.files))
    found = findings_of(files, plan, against, paths or [], lambda every: screen.progress(every, _("kiểm tra")))
    as_json.want(format == "json")
    machine = as_json.wanted() or format not in {None, "text"} or screen.at_host()
    theirs = [] if paths or against or machine else of_the_issuer(found)
    told = [one for one in found if one not in theirs]
    screen.told(told, format, _("đã kiểm tra {count} tệp", count=len(files)))
    if theirs:
        screen.note(_("kế hoạch còn {count} lưu ý, đơn vị không phải sửa (xem: danvan check plans)", count=len(theirs)))
    return screen.verdict(found, strict=strict)
