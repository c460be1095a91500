"""What was dropped on a launcher, and what is done with it: one file after the other, whatever becomes of each."""

from __future__ import annotations

import os
import re
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import DanvanError
from danvan_cli.lang import _
from danvan_cli.windows import dialogs
from danvan_cli.windows.listing import Listed
from danvan_cli.windows.remembered import remember, workspace_of
from danvan_cli.windows.running import run_danvan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Deliverable, Period, Unit
    from danvan_cli.windows.running import Ran

_WORD: Final = (".docx", ".doc")
# cmd hands a file of commands its arguments only after it has taken them apart: Explorer quotes a name for its spaces
# alone, so that `a&b.docx` ends at the ampersand and `a^b.docx` loses the caret. The whole line has every name as it is.
_NAME = re.compile(r'"([^"]*)"|([^\s"]+)')


def dropped(line: str, launcher: str) -> list[Path] | None:
    r"""Read what was dropped on a launcher.

    Args:
        line: what the system ran: `cmd.exe /c ""C:\danvan\Nhận.cmd" C:\a&b.docx "C:\c d.docx""`.
        launcher: the launcher's path.

    Returns:
        The paths, in the order of the line; None where the launcher is not in it: somebody typed its name in a window.
    """
    name = re.split(r"[\\/]", launcher)[-1]
    at = line.casefold().find(name.casefold()) if name else -1
    if at < 0:
        return None
    rest = line[at + len(name) :].removeprefix('"')
    if rest.count('"') % 2:  # the mark that closes what cmd was to run
        rest = rest.rstrip().removesuffix('"')
    return [Path(quoted or plain) for quoted, plain in _NAME.findall(rest)]


def dropped_here() -> list[Path] | None:
    """Read what was dropped on the launcher that started this."""
    return dropped(os.environ.get("DANVAN_LINE", ""), os.environ.get("DANVAN_LAUNCHER", ""))


def mend_dropped(paths: Sequence[Path]) -> list[Listed]:
    """Mend Word documents, each in a copy beside it, and list what is left in it."""
    return [_guarded(path, _mended) for path in _within(paths, _WORD)]


def record_dropped(paths: Sequence[Path]) -> list[Listed]:
    """Record filled workbooks, and make the reports of the periods that they tell of."""
    return [_guarded(path, _recorded) for path in _within(paths, (".xlsx",))]


def receive_dropped(paths: Sequence[Path]) -> list[Listed]:
    """Take in what units have sent: all at once, so that a scan and its Word file are one document."""
    try:
        root = _workspace(paths[:1])
    except DanvanError as error:
        return [Listed(path, left=[("", error.message)], failed=True) for path in paths]
    with chdir(root):
        ran = run_danvan("receive", *paths)
    left = _noted(ran)
    return [Listed(paths[0] if len(paths) == 1 else root, done=[*ran.said], left=left, failed=ran.code > 1)]


def _within(paths: Iterable[Path], kinds: Sequence[str]) -> list[Path]:
    """List the files: of a folder those of these kinds, but for what an open program has left."""
    out: list[Path] = []
    for path in paths:
        if not path.is_dir():
            out.append(path)
            continue
        out += sorted(one for one in path.iterdir() if one.suffix.lower() in kinds and not one.name.startswith("~$"))
    return out


def _guarded(path: Path, work: Callable[[Path], Listed]) -> Listed:
    """Do something with a file; an error is what became of it, and the next one is done."""
    try:
        return work(path.absolute())
    except DanvanError as error:
        return Listed(path, left=[("", _finding(error.message, error.help))], failed=True)


def _mended(path: Path) -> Listed:
    from danvan_cli.desk.format_check import asked_for, mended_copy, rules_of

    rules = rules_of("")
    found = mended_copy(path, None, rules, force=False)
    left = [(one.place, _finding(one.message, one.help)) for one in asked_for(found.found, sure=False, notes=False)]
    left += [("", why) for why in found.kept]
    if not found.changes:
        return Listed(path, done=[found.taken_for, _("không có gì máy sửa được; tệp giữ nguyên")], left=left)
    output = _free(path)
    mended_copy(path, output, rules, force=False)
    changed = [
        f"{it.place}: {it.before} → {it.after}" + (f" (× {it.times})" if it.times > 1 else "") for it in found.changes
    ]
    return Listed(path, [output], [found.taken_for, *changed], left)


def _finding(message: str, help_: str | None) -> str:
    return f"{message}. {help_[:1].upper()}{help_[1:]}" if help_ else message


def _noted(ran: Ran) -> list[tuple[str, str]]:
    """Give what a command noted, each help with what it is about."""
    out: list[str] = []
    for line in map(str.strip, ran.noted):
        if out and line.startswith("help: "):
            out[-1] = _finding(out[-1], line.removeprefix("help: "))
        else:
            out.append(line)
    return [("", line) for line in out]


def _free(path: Path) -> Path:
    """Give a name beside a document for its mended copy that nothing has yet."""
    mark = _("đã sửa thể thức")
    names = (path.with_name(f"{path.stem} ({mark}{f' {count}' if count > 1 else ''}).docx") for count in range(1, 1000))
    return next(name for name in names if not name.exists())


def _recorded(path: Path) -> Listed:
    from danvan_cli.desk.opened import open_plan
    from danvan_cli.excel.baseline import sent
    from danvan_cli.files import read_bytes
    from danvan_cli.ooxml.xlsx import MAX_BYTES, read_xlsx

    whose = str(sent(read_xlsx(read_bytes(path, limit=MAX_BYTES), path.name), path.name).about.get("unit", ""))
    root = _workspace([path])
    with chdir(root):
        opened = open_plan()
        unit = opened.unit(whose)
        before = _told(opened, unit)
        ran = run_danvan("fill", path)
        done, left = [*ran.said], _noted(ran)
        made = list[Path]()
        if not ran.code:
            for report in _reports(opened, unit, before):
                reported = run_danvan("report", unit.id, "--period", report)
                done += reported.said
                left += _noted(reported)
            if any("score.yaml" in line for line in ran.said):
                scored = run_danvan("score", unit.id)
                done += scored.said
                left += _noted(scored)
            made += [root / line.partition(":")[0] for line in done if ".docx:" in line]
        return Listed(path, [one for one in made if one.is_file()], done, left, failed=bool(ran.code))


def _told(opened: Open, unit: Unit) -> dict[str, tuple[dict[str, object], ...]]:
    """Read what a unit tells of each report of a period: results, evidence, figures, remarks."""
    from danvan_cli.unit.model import owed

    record, periods = opened.record(unit), opened.plan.period_by_id

    def told(one: Deliverable, period: Period) -> tuple[dict[str, object], ...]:
        keys = (period.id, period.estimated) if period.estimate else (period.id,)
        found: tuple[dict[object, object], ...] = (
            {name: task.results.get(period.id) for name, task in record.tasks.items()},
            {name: [it for it in task.evidence if it.period == period.id] for name, task in record.tasks.items()},
            {(it, key): record.figure(it, key) for it in opened.plan.indicator_by_id for key in keys},
            dict(record.remarks(one.id)),
        )
        return tuple({str(name): it for name, it in some.items() if it not in (None, "", [])} for some in found)

    reports = [one for one in owed(opened.plan, unit) if one.kind == "report" and not one.on_request]
    return {one.id: told(one, periods[one.period]) for one in reports if one.period in periods}


def _reports(opened: Open, unit: Unit, before: Mapping[str, object]) -> list[str]:
    """Name the reports to make: those that a workbook has told something new of, else those of the last period with anything."""
    record, periods = opened.record(unit), {one.id: one.period for one in opened.plan.deliverable_by_id.values()}
    now = _told(opened, unit)
    last = next((periods[one] for one in reversed(now) if any(now[one])), None)
    new = [one for one in now if now[one] != before.get(one)] or [one for one in now if periods[one] == last]
    return [one for one in new if record.sent(one).number is None]


def _workspace(paths: Sequence[Path]) -> Path:
    """Find the workspace: that of the files, the one of last time, or the one that a person chooses."""
    root = workspace_of(paths) or dialogs.folder(_("Thư mục làm việc (thư mục có plans)"))
    if root is None or workspace_of([root / "plans"]) is None:
        raise DanvanError(
            _(
                "chưa biết ghi vào đâu: hãy chọn thư mục làm việc, là thư mục có thư mục plans; chưa có thì tạo ở «Mở danvan»"
            )
        )
    remember(workspace=os.fspath(root))
    return root
