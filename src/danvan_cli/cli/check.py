"""`danvan check`: are plans, units' files and templates right."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from danvan_cli.cli import screen
from danvan_cli.cli.options import Json, Plan, Strict
from danvan_cli.errors import Exit, UsageError
from danvan_cli.lang import _

ABOUT = _(
    "Không nêu tệp nào thì kiểm tra cả thư mục làm việc: kế hoạch, lịch, bộ tiêu chí, tệp đơn vị, bảng điểm, mẫu văn bản. "
    "--against so kế hoạch đã ban hành với một bản trong kho git: sửa gì cũng phải có văn bản sửa đổi."
)
_ROUNDS = 6
"""What is mended can show what else is to be mended; it comes to an end long before."""
EXAMPLES = (
    ("danvan check", _("kiểm tra mọi tệp của thư mục làm việc")),
    ("danvan check plans/2023.yaml", _("kiểm tra một kế hoạch")),
    ("danvan check --fix", _("sửa những lỗi máy sửa được")),
    ("danvan check --against main", _("kiểm tra cả việc sửa kế hoạch so với nhánh main")),
)


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar=_("TỆP"), help=_("tệp hoặc thư mục cần kiểm tra"))
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against", metavar=_("BẢN"), help=_("bản git mà kế hoạch đã ban hành được so với: main, HEAD~1")
        ),
    ] = None,
    format: Annotated[
        Literal["text", "json", "sarif", "github", "gitlab"] | None,
        typer.Option("--format", help=_("dạng kết quả; không ghi thì theo nơi chạy (GitHub, GitLab), còn lại là text")),
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help=_("sửa ngay những lỗi máy sửa được; ghi chú và cách trình bày giữ nguyên"))
    ] = False,
    json: Json = False,
    strict: Strict = False,
    plan: Plan = None,
) -> Exit:
    """Check files and print what was found."""
    from danvan_cli.findings.finding import count, in_order
    from danvan_cli.rules.files import Checker
    from danvan_cli.workspace import Workspace

    files: list[Path] = []
    for path in paths or [Workspace.find().root]:
        files += _below(path) if path.is_dir() else [path]
    if fix:
        _mend(files, plan)
    held = None
    if against is not None:
        from danvan_cli.rules.against import Against

        first = plan or (paths or [Path()])[0]
        held = Against(against, first if first.is_dir() else first.absolute().parent)
    checker = Checker(plan, held)
    found = []
    for path in screen.progress(files, _("kiểm tra")):
        found += checker.check(path)
    checker.done()
    if held is not None and not paths:
        found += held.removed(Workspace.find())
    found = in_order(found)
    screen.told(found, "json" if json else format, _("đã kiểm tra {count} tệp", count=len(files)))
    counted = count(found)
    return Exit.FINDINGS if counted["error"] or (strict and counted["warning"]) else Exit.OK


def _mend(files: list[Path], plan: Path | None) -> None:
    """Mend files where that is mechanical, and say how many places of how many files were mended."""
    from danvan_cli.files import read_bytes
    from danvan_cli.findings.rule import MENDED
    from danvan_cli.plan.calendar import read_calendar
    from danvan_cli.rules.files import Checker
    from danvan_cli.rules.mend import mended
    from danvan_cli.workspace import shown
    from danvan_cli.yaml.splice import swap

    places = changed = 0
    for path in files:
        if path.suffix not in {".yaml", ".yml"}:
            continue
        before = first = read_bytes(path)
        counts = []
        calendar = read_calendar(path.absolute().parent / "calendar.yaml")[0]
        for _round in range(_ROUNDS):
            found = Checker(plan).check(path)
            counts.append(sum(one.rule in MENDED for one in found))
            after = mended(shown(path), before, found, calendar)
            if not swap(path, before, after):
                break
            before = after
        if before != first:
            changed += 1
            places += max(1, counts[0] - counts[-1])
    screen.note(_("đã sửa {places} chỗ trong {files} tệp", places=places, files=changed))


def _below(folder: Path) -> list[Path]:
    """List the files to check in a folder of a workspace, or in the workspace that lies there.

    Raises:
        UsageError: if there are none.
    """
    from danvan_cli.rules.files import files_of
    from danvan_cli.workspace import Workspace

    found = [path for path in files_of(Workspace.find(folder)) if path.is_relative_to(folder.absolute())]
    if not found:
        raise UsageError(
            _("không có tệp nào để kiểm tra trong {path}", path=folder),
            help=_("kiểm tra được: kế hoạch, lịch, bộ tiêu chí, tệp đơn vị, bảng điểm (.yaml), mẫu văn bản (.md.j2)"),
        )
    return found
