"""`danvan doctor`: what this machine and this folder have and lack, and how to mend it."""

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.options import help_page
from danvan_cli.errors import Exit
from danvan_cli.lang import _


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
