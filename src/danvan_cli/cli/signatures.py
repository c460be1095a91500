"""`danvan signatures`: what can be said of the digital signatures of PDF files."""

from pathlib import Path

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.options import ROOTS, STRICT, argument, help_page
from danvan_cli.errors import Exit
from danvan_cli.lang import _
from danvan_cli.workspace import shown


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
    from danvan_cli.pdf.signatures import AGAINST, can_check, said

    found = list(looked(screen.progress(files, _("kiểm tra")), roots or ()))
    for one in found:
        signs = [sign._asdict() | {"text": said(sign)} for sign in one.signatures]
        as_json.add("files", {"path": one.path, "signatures": signs})
        screen.out(f"{shown(one.path)}:")
        for sign in signs:
            screen.item(f"  {sign['text']}")
        if not signs:
            screen.out(f"  {_('không có chữ ký số')}")
    states = {sign.found for one in found for sign in one.signatures}
    if states and not can_check():
        screen.note(_("help: cài phần kiểm tra chữ ký số: pip install 'danvan[sign]'"))
    unsigned = any(not one.signatures for one in found)
    wrong = states & (AGAINST | {"unchecked", "unread"}) or (strict and (unsigned or states - {"valid"}))
    return Exit.FINDINGS if wrong else Exit.OK
