"""What `danvan new-year` does: the year closed into its archive, the next one begun as a draft."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from danvan_cli.delivery.status import status_rows
from danvan_cli.desk.bring_in import refuse_written, to_confirm_in
from danvan_cli.desk.closing import CLOSING_NOTE, Closing, brought_back, carried_out, changed, noted, notes
from danvan_cli.desk.init import IGNORED
from danvan_cli.desk.opened import Open, open_plan
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.files import backup, inside, read_bytes
from danvan_cli.lang import _
from danvan_cli.plan.calendar import today
from danvan_cli.plan.model import LAST_YEAR, Plan
from danvan_cli.plan.next_year import NextYear, next_plan, next_rubrics
from danvan_cli.plan.shared import register_path
from danvan_cli.rules.check import check_plan, check_text
from danvan_cli.rules.levels import NAME, roots_of
from danvan_cli.scoring.model import rubric_path
from danvan_cli.workspace import Workspace, shown
from danvan_cli.yaml.held import locked
from danvan_cli.yaml.marks import with_marks
from danvan_cli.yaml.read import as_read, refuse
from danvan_cli.yaml.splice import Put, retyped, spliced
from danvan_cli.yaml.yamlfile import YamlFile, yaml_file

if TYPE_CHECKING:
    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.model import Unit

_MOVED: Final = ("units", "province", "samples", "build", "plans/.adopted")
_COPIED: Final = ("plans/calendar.yaml", "plans/functions.yaml", "plans/.schema", "templates", NAME, ".gitattributes")
_OPEN: Final = frozenset(("due", "overdue", "not-due", "no-date", "returned"))


@dataclass(frozen=True)
class NewYear:
    """What was done: where the year that is over lies, the new drafts, and what a person should hear of."""

    archive: Path
    plan: Path
    rubrics: Path | None = None
    to_confirm: int = 0
    missing: int = 0
    """Reports and records that had not come in."""
    running: bool = False
    """Whether the year that was closed is not over yet."""
    succeeded: list[Unit] = field(default_factory=list)
    orphaned: list[Unit] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)
    """Errors that the new draft still has."""
    backups: list[Path] = field(default_factory=list)
    resumed: bool = False


def begin_year(year: int, *, force: bool = False) -> NewYear:
    """Close the workspace's year and begin another one; go on where that was stopped before.

    Where something is in the way everything is as it was. A plan of that year is written over with `force` only, and a
    copy of it kept.
    """
    workspace = _running()
    with locked(workspace.root / "plans"):
        for path, note in notes(workspace.root):
            if note.state == "closing":
                return _gone_on(workspace, path, note, year)
        opened = open_plan(_earlier(workspace, year))
        return _begun(opened, year, force=force)


def undo_new_year() -> Path:
    """Take the last new year back, unless something was written since; give the plan that is the workspace's again."""
    workspace = _running()
    with locked(workspace.root / "plans"):
        path, note = next(notes(workspace.root), (None, None))
        if path is None or note is None:
            raise DanvanError(_("chưa có năm nào được đóng bằng new-year, không có gì để hoàn tác"))
        if note.state == "closed" and (since := changed(workspace.root, path, note)):
            named = ", ".join(shown(one) for one in since[:5]) + (" …" if len(since) > 5 else "")
            raise DanvanError(
                _("từ khi sang năm mới đã có tệp được ghi nên không hoàn tác: {names}", names=named),
                help=_("chuyển các tệp ấy đi nơi khác rồi chạy lại, hoặc giữ năm mới"),
            )
        plan = next(old for old in reversed([*note.moved]) if old.startswith("plans/") and old.endswith(".yaml"))
        brought_back(workspace.root, path, note)
        return workspace.root / plan


def _running() -> Workspace:
    """Find the workspace, which must be of a year that is not closed."""
    workspace = Workspace.find()
    if (workspace.root / CLOSING_NOTE).exists():
        raise UsageError(
            _("{path} là một năm đã đóng", path=shown(workspace.root)),
            help=_("chạy lệnh này ở thư mục làm việc chứa archive/"),
        )
    return workspace


def _gone_on(workspace: Workspace, path: Path, note: Closing, year: int) -> NewYear:
    if note.year != year:
        raise DanvanError(
            _("việc sang năm {year} còn dở dang", year=note.year),
            help=_("làm tiếp: danvan new-year {year}; hoặc bỏ: danvan new-year --undo", year=note.year),
        )
    carried_out(workspace.root, path, note)
    made = [workspace.root / name for name in note.made if name.startswith("plans/")]
    rubrics = next((one for one in made if one.name.endswith(".rubric.yaml")), None)
    plan = next(one for one in made if one != rubrics)
    count = sum(len(to_confirm_in(yaml_file(shown(one), read_bytes(one)))) for one in made)
    return NewYear(path.parent, plan, rubrics, count, resumed=True)


def _earlier(workspace: Workspace, year: int) -> Path:
    """Find the plan that is closed: the latest of an earlier year."""
    if year > LAST_YEAR:
        raise UsageError(_("năm kế hoạch không quá {year}", year=LAST_YEAR))
    last = 0
    for path in reversed(workspace.plans):
        plan = as_read(Plan, yaml_file(shown(path), read_bytes(path)), alone=True).record
        if plan is None:
            return path  # which is told with its errors
        if plan.years[-1] < year:
            return path
        last = last or plan.years[-1]
    if not last:
        workspace.plan()  # says that there is none
    raise UsageError(
        _("kế hoạch ở đây là của năm {last}: năm mới phải sau năm ấy", last=last),
        help=_("ví dụ: danvan new-year {year}", year=last + 1),
    )


def _begun(opened: Open, year: int, *, force: bool) -> NewYear:
    plan, root = opened.plan, opened.workspace.root
    archive = root / "archive" / plan.id
    if archive.exists() and any(archive.iterdir()):
        raise DanvanError(
            _("{path} đã có, không ghi đè một năm đã lưu", path=shown(archive)),
            help=_("chuyển thư mục ấy đi nơi khác nếu không phải năm {year}", year=plan.year),
        )
    named = opened.path.stem.replace(str(plan.year), str(year))
    target = opened.path.with_name(f"{named if named != opened.path.stem else year}.yaml")
    old_rubrics = rubric_path(opened.path) if rubric_path(opened.path).is_file() else None
    rubrics = rubric_path(target) if old_rubrics else None
    old = yaml_file(shown(opened.path), opened.data)
    next_ = next_plan(old.root, plan, year, opened.calendar)
    made = {target: _written(old, next_, target, _about(opened, archive, year))}
    if old_rubrics and rubrics:
        there = yaml_file(shown(old_rubrics), read_bytes(old_rubrics))
        made[rubrics] = _written(there, next_rubrics(there.root, plan, year, next_.tree["id"], next_.ids), rubrics)
    read = as_read(Plan, yaml_file(shown(target), made[target]))
    refuse(target, check_text(read, opened.levels))
    errors = [one for one in check_plan(read, opened.calendar, opened.levels) if one.severity == "error"]
    for path in () if force else made:
        refuse_written(
            path, _("chuyển tệp ấy đi rồi nhập lại sau bằng import, hoặc thêm --force để ghi đè (bản cũ được giữ lại)")
        )
    count = sum(len(to_confirm_in(YamlFile(str(path), data))) for path, data in made.items())
    moved = [root / name for name in _MOVED if (root / name).exists()]
    names = [path.relative_to(root).as_posix() for path in (*moved, *filter(None, [old_rubrics]), opened.path)]
    note = Closing(plan.id, year, moved={name: f"{archive.relative_to(root).as_posix()}/{name}" for name in names})
    copies = [one for name in _COPIED for one in _files(root / name)]
    copies += [one for path in roots_of(root) for one in _files(path)]
    made[archive / ".gitignore"] = _ignoring(root / ".gitignore")
    _with_register(opened, archive, made, note)
    rows = status_rows(plan, opened.received(lenient=True), today())
    done = NewYear(
        archive, target, rubrics, count, sum(row.state in _OPEN for row in rows), today().year <= plan.years[-1],
        next_.succeeded, next_.orphaned, next_.dropped, errors, [backup(path) for path in made if path.exists()],
    )  # fmt: skip
    carried_out(root, noted(root, note, archive, copies, made), note)
    return done


def _about(opened: Open, archive: Path, year: int) -> str:
    root = opened.workspace.root
    where = (archive / opened.path.relative_to(root)).relative_to(root).as_posix()
    return f"# Dự thảo năm {year}, lập từ kế hoạch {opened.plan.span} ({where}); các ghi chú khác là của bản ấy."


def _written(old: YamlFile, next_: NextYear, target: Path, about: str = "") -> bytes:
    """Write what a file becomes: its own text where that holds, the marks behind what is to be confirmed."""
    typed = YamlFile(shown(target), retyped(old, next_.tree))
    new = YamlFile(shown(target), spliced(typed, [Put((), next_.tree)]))
    marked = YamlFile(shown(target), with_marks(new, next_.says))
    if not about:
        return marked.text.encode()
    at, text = marked.root.at["format"][0], marked.text
    line_break = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
    return f"{text[:at]}{about}{line_break}{text[at:]}".encode()


def _files(path: Path) -> list[Path]:
    if not path.exists():
        return []
    inside(path)
    return [path] if path.is_file() else [one for one in sorted(path.rglob("*")) if one.is_file()]


def _ignoring(path: Path) -> bytes:
    """Give what git is to leave out in the archive: as here, and in any case what the workspace's own would."""
    there = read_bytes(path).decode("utf-8", "replace") if path.exists() else ""
    known = {line.strip() for line in there.splitlines()}
    lacks = [line for line in IGNORED.splitlines() if line not in known]
    if any(line and not line.startswith("#") for line in lacks):
        there = "\n".join([*([there.rstrip("\n")] if there else []), *lacks, ""])
    return there.encode()


def _with_register(opened: Open, archive: Path, made: dict[Path, bytes], note: Closing) -> None:
    """Put the units that the plan shares with others into the archive, as they are now."""
    named, root = opened.plan.register_file, opened.workspace.root
    if named is None:
        return
    path = register_path(opened.path, named)
    real = root.resolve()
    below = path.relative_to(real) if path.is_relative_to(real) else Path(path.name)
    made[archive / below] = read_bytes(path)
    there = archive / opened.path.relative_to(root)
    now = posixpath.relpath((archive / below).as_posix(), there.parent.as_posix())
    if now != posixpath.normpath(named):
        made[there] = spliced(yaml_file(shown(opened.path), opened.data), [Put(("register",), now)])
        note.before[opened.path.relative_to(root).as_posix()] = opened.data.decode()
