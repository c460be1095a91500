"""Word documents: `danvan templates` that they are made from, `format-check` of anybody's."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.common import tell_backup, tell_saved
from danvan_cli.cli.options import (
    FORCE,
    FORM,
    OUTPUT,
    STRICT,
    FindingsForm,
    argument,
    flag,
    help_page,
    must_end_in,
    option,
)
from danvan_cli.errors import DanvanError, Exit, UsageError
from danvan_cli.findings.finding import in_order
from danvan_cli.lang import _
from danvan_cli.text import perhaps
from danvan_cli.workspace import Workspace, shown

if TYPE_CHECKING:
    from danvan_cli.desk.format_check import Checked
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
        screen.print_findings(found, "text", _("đã kiểm tra {count} tệp", count=len(paths)))
    return screen.verdict(found, strict=strict)


# format-check ----------------------------------------------------------------------------------------------------------


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
    from danvan_cli.desk.format_check import asked_for, judged, mended_copy, rules_of

    if not dry_run and (fix, len(files) == 1 or not fix) != (output is not None, True):
        raise UsageError(
            _("--fix sửa một tệp và ghi ra tệp nêu ở -o"), help="danvan format-check van-ban.docx --fix -o da-sua.docx"
        )
    must_end_in(output, ".docx")
    as_json.want(format == "json")
    rules = rules_of(only)
    unread: list[tuple[str, DanvanError]] = []
    documents: list[Checked] = []
    for path in screen.progress(files, _("kiểm tra")):
        with screen.kept(unread, str(path)):
            copied = partial(mended_copy, output=None if dry_run else output, force=force)
            documents.append((copied if fix or dry_run else judged)(path, only=rules))
    every = [finding for one in documents for finding in one.found]
    found = asked_for(every, sure=sure, notes=notes)
    for one in documents:
        screen.note(f"{one.path}: {one.taken_for}")
        if fix or dry_run:
            _tell_mended(one, None if dry_run else output, quiet=format not in {None, "text"})
    if documents or as_json.wanted() or format not in {None, "text"}:
        said = _("đã kiểm tra {count} tệp", count=len(documents))
        if hidden := len(asked_for(every, sure=sure, notes=True) if not sure else every) - len(found):
            said += _("; {count} điều không nêu (xem bằng --notes, không ghi --sure)", count=hidden)
        screen.print_findings(
            found, format, said, {"documents": [_as_dict(one, mended=fix or dry_run) for one in documents]}
        )
    screen.failures(unread[:-1], named=False)
    if unread:
        raise unread[-1][1]
    return screen.verdict(found, strict=strict)


def _tell_mended(one: "Checked", output: Path | None, *, quiet: bool) -> None:
    """Say what was mended in a copy, or without one, what would be."""
    if output is None and one.changes and not quiet:
        rows = [(it.rule, it.place, it.before, it.after, str(it.times)) for it in one.changes]
        screen.out(f"{one.path}:")
        heads = (_("Quy tắc"), _("Ở đâu"), _("Đang là"), _("Sửa thành"), _("Số chỗ"))
        screen.table(heads, rows, right=(4,), whole=(0,))
    tell_backup(one.backup)
    for why in one.kept:
        screen.remark(f"{one.path}: {why}")
    would = _("{path}: sẽ sửa {done} điều, còn {left} điều cần người xem; chưa ghi gì")
    told = _("{path}: đã sửa {done} điều, còn {left} điều cần người xem") if output else would
    screen.note(told.format(path=shown(output) if output else one.path, done=one.done, left=len(one.found)))


def _as_dict(one: "Checked", *, mended: bool) -> dict[str, object]:
    """Give what a document was taken for, and what was mended in it, for machines."""
    made: dict[str, object] = {"path": one.path, "recognised": one.taken_for}
    if mended:
        changes = [{"rule": it.rule, "place": it.place, "paragraph": it.paragraph or None, "before": it.before,
                    "after": it.after, "count": it.times} for it in one.changes]  # fmt: skip
        made |= {"changes": changes, "kept": one.kept}
    return made
