"""Whether all is as it should be: `danvan check`, `doctor`, `signatures`."""

from pathlib import Path

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.options import FORM, PLAN, ROOTS, STRICT, FindingsForm, argument, flag, help_page, option
from danvan_cli.errors import Exit
from danvan_cli.lang import _
from danvan_cli.workspace import shown


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
        places, changed = mend_files(files, plan)
        screen.note(_("đã sửa {places} chỗ trong {files} tệp", places=places, files=changed))
    found = findings_of(files, plan, against, paths or [], lambda every: screen.progress(every, _("kiểm tra")))
    as_json.want(format == "json")
    machine = as_json.wanted() or format not in {None, "text"} or screen.at_host()
    theirs = [] if paths or against or machine else of_the_issuer(found)
    told = [one for one in found if one not in theirs]
    screen.print_findings(told, format, _("đã kiểm tra {count} tệp", count=len(files)))
    if theirs:
        screen.note(_("kế hoạch còn {count} lưu ý, đơn vị không phải sửa (xem: danvan check plans)", count=len(theirs)))
    return screen.verdict(found, strict=strict)


@help_page(
    ("danvan doctor", _("máy này, thư mục này có gì chưa ổn")),
    ("danvan doctor --json", _("gửi cho người bảo trì")),
    about=_(
        "Xem Python, phông chữ, LibreOffice hoặc Word, git và cuối dòng, mã chữ của cửa sổ lệnh, bộ nhớ tạm, thư mục làm việc."
        " Không sửa gì. Mã thoát 1 khi có điều phải sửa; lưu ý thì không."
    ),
)
def doctor() -> Exit:
    """Look the machine and the folder over."""
    from danvan_cli.desk.doctor import looked_over

    words = {"ok": _("ổn"), "note": _("lưu ý"), "error": _("PHẢI SỬA")}
    count = {"note": 0, "error": 0}
    for one in looked_over():
        as_json.add("checks", one)
        told = f"{words[one.state]}: {one.found}"
        screen.item(screen.Late(told) if one.state == "error" else told)
        if one.help:
            screen.say(f"  help: {one.help}", indent="        ")
        if one.state != "ok":
            count[one.state] += 1
    as_json.give(errors=count["error"], notes=count["note"])
    screen.out("")
    counted = _("phải sửa {errors} điều, lưu ý {notes} điều", errors=count["error"], notes=count["note"])
    screen.out(counted if any(count.values()) else _("không có gì phải sửa"))
    return Exit.FINDINGS if count["error"] else Exit.OK


@help_page(
    ("danvan signatures bao-cao-6m.pdf", _("kiểm tra một tệp, theo gốc khai trong danvan.yaml")),
    ("danvan signatures *.pdf --roots chung-thu-goc", _("kiểm tra nhiều tệp, theo các chứng thư trong một thư mục")),
    about=_(
        "Với mỗi chữ ký số: tệp còn nguyên hay đã sửa từ khi ký, ai ký, của cơ quan nào, lúc nào; chứng thư có thuộc gốc được"
        " tin hay không. Gốc được tin do người dùng nêu ở --roots, hoặc ở dòng roots của danvan.yaml. Không nối mạng, nên không"
        " biết chứng thư đã bị thu hồi hay chưa. Cần cài thêm: pip install 'danvan[sign]'."
    ),
)
def signatures(
    files: list[Path] = argument(_("TỆP"), _("tệp PDF đã ký"), default=...),
    roots: list[Path] | None = ROOTS,
    strict: bool = STRICT,
) -> Exit:
    """Say what can be said of the signatures of PDF files."""
    from danvan_cli.desk.signatures import looked
    from danvan_cli.pdf.signatures import AGAINST, can_check, signature_said

    found = list(looked(screen.progress(files, _("kiểm tra")), roots or ()))
    for path, every in found:
        signs = [sign._asdict() | {"text": signature_said(sign)} for sign in every]
        as_json.add("files", {"path": path, "signatures": signs})
        screen.out(f"{shown(path)}:")
        for sign in signs:
            screen.item(f"  {sign['text']}")
        if not signs:
            screen.out(f"  {_('không có chữ ký số')}")
    states = {sign.found for _path, every in found for sign in every}
    if states and not can_check():
        screen.note(_("help: cài phần kiểm tra chữ ký số: pip install 'danvan[sign]'"))
    unsigned = any(not every for _path, every in found)
    wrong = states & (AGAINST | {"unchecked", "unread"}) or (strict and (unsigned or states - {"valid"}))
    return Exit.FINDINGS if wrong else Exit.OK
