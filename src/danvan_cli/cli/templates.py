"""`danvan templates`: which Word templates there are, what they may name, a copy to change, a check of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.common import tell_saved
from danvan_cli.cli.options import FORCE, STRICT, argument, flag, help_page, option
from danvan_cli.errors import DanvanError, Exit, UsageError
from danvan_cli.findings.finding import in_order
from danvan_cli.lang import _
from danvan_cli.text import perhaps
from danvan_cli.workspace import Workspace, shown

if TYPE_CHECKING:
    from danvan_cli.word.shape import ContextName

VALUE_WORDS = {
    "text": _("chữ"),
    "number": _("số"),
    "day": _("ngày"),
    "flag": _("có/không"),
    "list": _("danh sách"),
    "group": _("nhóm"),
}


@help_page(
    ("danvan templates list", _("các mẫu đang có, mỗi mẫu dùng cho văn bản nào")),
    ("danvan templates list bao-cao", _("mọi tên mà mẫu báo cáo được dùng, kèm ví dụ")),
    ("danvan templates eject bao-cao --with-parts", _("chép mẫu báo cáo và các phần nó gọi vào templates/ để sửa")),
    ("danvan templates check", _("kiểm tra các mẫu riêng, làm thử văn bản rồi xét thể thức")),
    about=_(
        "Mẫu của danvan là tệp .md.j2; mẫu riêng đặt trong templates/ của thư mục làm việc thì được dùng thay. Có thể dùng "
        "chính tệp Word của tỉnh (.docx) với các thẻ {{ unit.name }}, {% if … %}, {%p for … %}, {%tr for … %}."
    ),
)
def templates(
    action: Literal["list", "eject", "check"] = argument(
        "list|eject|check", _("xem, chép ra để sửa, hay kiểm tra"), default="list"
    ),
    what: list[str] | None = argument(_("MẪU"), _("tên mẫu; ở check là tệp mẫu (.md.j2, .docx)")),
    kind: str | None = option("--for", _("ở check: tệp là mẫu của văn bản nào, nếu tên tệp không nói"), _("MẪU")),
    parts: bool = flag("--with-parts", _("ở eject: chép cả các phần dùng chung mà mẫu gọi")),
    force: bool = FORCE,
    strict: bool = STRICT,
) -> Exit:
    """List, copy or check templates."""
    names = what or []
    if (kind and action != "check") or (parts and action != "eject"):
        raise UsageError(_("--for chỉ dùng với check, --with-parts chỉ dùng với eject"))
    if action == "list":
        return _list(names)
    if action == "eject":
        return _eject(names, parts=parts, force=force)
    return _check([Path(name) for name in names], kind, strict=strict)


def _folder() -> Path | None:
    """Give the workspace's own templates, None outside of a workspace."""
    workspace = Workspace.holding(Path())
    return workspace.templates if workspace else None


def _known(name: str) -> str:
    """Take the name of a template or a part, if there is one of that name."""
    from danvan_cli.papers.catalogue import PARTS, paper_kinds

    if name in paper_kinds() or name in PARTS:
        return name
    raise UsageError(
        _("không có mẫu «{name}»", name=name),
        help=perhaps(name, [*paper_kinds(), *PARTS]) or _("xem các mẫu: danvan templates list"),
    )


# list ----------------------------------------------------------------------------------------------------------------


def _list(names: list[str]) -> Exit:
    from danvan_cli.papers.catalogue import PARTS, paper_kinds, template_name

    if names:
        for name in map(_known, names):
            _tell(name)
        return Exit.OK
    folder = _folder()
    kinds = paper_kinds()
    own = [template_name(path.name) for path in _files(folder)]
    known = PARTS | {name: _("mẫu riêng") for name in own if name not in kinds and name not in PARTS}
    rows = [(name, paper.about, _origin(name, folder)) for name, paper in kinds.items()]
    parts = [(name, about, _origin(name, folder)) for name, about in known.items()]
    for name, about, origin in rows:
        command = kinds[name].command or None
        as_json.add("templates", {"name": name, "about": about, "path": origin or None, "command": command})
    as_json.add("parts", *({"name": name, "about": about, "path": path or None} for name, about, path in parts))
    screen.table((_("Mẫu"), _("Dùng cho"), _("Bản riêng")), rows, whole=(0,))
    screen.out("")
    screen.table((_("Phần dùng chung"), _("Là gì"), _("Bản riêng")), parts, whole=(0,))
    screen.note(_("tên được dùng trong một mẫu: danvan templates list MẪU"))
    return Exit.OK


def _files(folder: Path | None) -> list[Path]:
    """List the users' own templates."""
    from danvan_cli.files import inside
    from danvan_cli.papers.catalogue import FORM_SUFFIX, SUFFIX

    found = sorted(inside(folder).iterdir()) if folder and folder.is_dir() else []
    return [path for path in found if path.name.endswith((SUFFIX, FORM_SUFFIX))]


def _origin(name: str, folder: Path | None) -> str:
    """Tell which file of the users' own stands for a template; empty where the shipped one does."""
    from danvan_cli.papers.catalogue import FORM_SUFFIX, SUFFIX

    paths = [folder / f"{name}{suffix}" for suffix in (FORM_SUFFIX, SUFFIX)] if folder else []
    return next((shown(path) for path in paths if path.is_file()), "")


def _tell(name: str) -> None:
    """Show what one template may name."""
    from danvan_cli.papers import library
    from danvan_cli.papers.catalogue import FILTER_USES, PARTS, paper_kinds
    from danvan_cli.word.naming import dotted
    from danvan_cli.word.shape import shape_of

    if name in PARTS:
        users = [one for one in paper_kinds() if name in library.parts_of(one, _folder())]
        as_json.give(name=name, about=PARTS[name], used_by=users)
        screen.say(_("{name}: {about}", name=name, about=PARTS[name]))
        screen.say(_("dùng trong: {names}", names=", ".join(users)))
        return
    paper = paper_kinds()[name]
    names = list(dotted(shape_of(paper)))
    parts = library.parts_of(name, _folder())
    filters = [{"name": key, **use._asdict()} for key, use in FILTER_USES.items()]
    as_json.give(name=name, about=paper.about, parts=parts, filters=filters, names=[])
    for key, one in names:
        told = {"type": one.kind, "optional": one.optional, "about": one.about, "example": _example(one)}
        as_json.add("names", {"name": key} | told)
    screen.say(_("{name}: {about}", name=name, about=paper.about))
    screen.say(_("phần dùng chung: {names}", names=", ".join(parts) or _("không có")))
    screen.out("")
    rows = [(key, VALUE_WORDS[one.kind] + "?" * one.optional, one.about, _example(one)) for key, one in names]
    screen.table((_("Tên"), _("Kiểu"), _("Là gì"), _("Ví dụ")), rows, whole=(0, 1))
    screen.remark(_('dấu ?: có khi trống; viết {{ tên | blank("lời nhắc") }} để thành chỗ trống tô vàng'))
    screen.out("")
    uses = [(key, use.about, f"{{{{ {use.example} }}}}", use.gives) for key, use in FILTER_USES.items()]
    screen.table((_("Bộ lọc"), _("Làm gì"), _("Ví dụ"), _("Thành")), uses, whole=(0,))


def _example(name: "ContextName") -> str:
    """Write an example as a document would show it."""
    from danvan_cli.word.values import as_text

    if name.inner is not None:
        return ""
    if name.kind == "list":
        return "; ".join("".join(as_text(one)) for one in name.example or ())
    return " ".join("".join(as_text(name.example)).split())


# eject ---------------------------------------------------------------------------------------------------------------


def _eject(names: list[str], *, parts: bool, force: bool) -> Exit:
    from danvan_cli.files import read_bytes
    from danvan_cli.papers import library
    from danvan_cli.papers.catalogue import SUFFIX
    from danvan_cli.word.save import save

    if not names:
        raise UsageError(_("chép mẫu nào?"), help=_("ví dụ: danvan templates eject bao-cao"))
    folder = Workspace.find().templates
    wanted = list(map(_known, names))
    if parts:
        wanted = list(dict.fromkeys(one for name in wanted for one in (name, *library.parts_of(name))))
    for name in wanted:
        text, _path = library.loader(None)(name)
        path, data = folder / f"{name}{SUFFIX}", text.encode()
        if path.exists() and read_bytes(path) != data and not force:
            raise DanvanError(
                _("đã có mẫu riêng {path}", path=shown(path)),
                help=_("thêm --force để chép lại mẫu gốc (bản đang có được giữ lại thành .bak)"),
            )
        tell_saved(save(path, data))
        used = library.parts_of(name)
        if used and not parts:
            screen.remark(_("mẫu này gọi các phần dùng chung: {names}; chép cả chúng: thêm --with-parts",
                            names=", ".join(used)))  # fmt: skip
    screen.note(_("sửa xong thì chạy: danvan templates check"))
    return Exit.OK


# check ---------------------------------------------------------------------------------------------------------------


def _check(paths: list[Path], kind: str | None, *, strict: bool) -> Exit:
    from danvan_cli.papers import trial

    if kind is not None:
        _known(kind)
    if not paths:
        paths = _files(_folder())
        if not paths:
            screen.note(_("không có mẫu riêng nào trong templates/; các mẫu của danvan đang được dùng"))
    tried = (trial.tried_template(path, kind) for path in screen.progress(paths, _("kiểm tra")))
    found = in_order(one for some in tried for one in some)
    if paths or as_json.wanted():
        screen.told(found, "text", _("đã kiểm tra {count} tệp", count=len(paths)))
    return screen.verdict(found, strict=strict)
