"""What `danvan check` does: which files are checked, what is found, what is mended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes, write
from danvan_cli.findings.finding import in_order
from danvan_cli.findings.rule import MENDED
from danvan_cli.lang import _
from danvan_cli.plan.model import Plan
from danvan_cli.rules.files import Checker, files_of
from danvan_cli.typed import called
from danvan_cli.workspace import Workspace, shown
from danvan_cli.yaml.read import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from danvan_cli.findings.finding import Finding

_ROUNDS: Final = 6
"""What is mended can show what else is to be mended; it comes to an end long before."""


def files_named(paths: Sequence[Path]) -> list[Path]:
    """List the files to check: those named, what a folder of a workspace or a named unit holds, or all of the workspace."""
    files: list[Path] = []
    for path in map(_meant, paths) if paths else [Workspace.find().root]:
        files += _below(path) if path.is_dir() else [path]
    return files


def _meant(path: Path) -> Path:
    """Give a unit's folder where a unit was named, else the path itself."""
    if path.exists() or len(path.parts) != 1 or path.suffix in {".yaml", ".yml", ".docx", ".j2"}:
        return path
    try:
        workspace = Workspace.find()
        plan = read(Plan, workspace.plan()).record
    except UsageError:  # a file that lies in no workspace
        return path
    names = {unit.id: unit.names for unit in plan.units} if plan else {}
    if (found := called(str(path), names)) is None:
        return path
    if not workspace.unit_file(found).exists():
        raise UsageError(
            _("{unit} chưa có tệp {path}", unit=names[found][0], path=shown(workspace.unit_file(found))),
            help=_("tạo tệp này: danvan init-unit {id}", id=found),
        )
    return workspace.unit(found)


def _below(folder: Path) -> list[Path]:
    found = [path for path in files_of(Workspace.find(folder)) if path.is_relative_to(folder.absolute())]
    if not found:
        raise UsageError(
            _("không có tệp nào để kiểm tra trong {path}", path=folder),
            help=_("kiểm tra được: kế hoạch, lịch, bộ tiêu chí, tệp đơn vị, bảng điểm (.yaml), mẫu văn bản (.md.j2)"),
        )
    return found


def findings_of(
    files: Sequence[Path],
    plan: Path | None,
    revision: str | None,
    paths: Sequence[Path],
    going: Callable[[Sequence[Path]], Iterable[Path]],
) -> list[Finding]:
    """Check files, in their order; `plan` is the plan in use, where one was named.

    Issued plans are held against `revision`. `paths` are what the user named; nothing is all of the workspace, which is
    then held against the revision too. `going` goes through the files, and may show how far it is.
    """
    against = None
    if revision is not None:
        from danvan_cli.rules.against import Against

        first = plan or (paths or [Path()])[0]
        against = Against(revision, first if first.is_dir() else first.absolute().parent)
    checker = Checker(plan, against)
    found = [one for path in going(files) for one in checker.check(path)]
    checker.done()
    if against is not None and not paths:
        found += against.removed(Workspace.find())
    return in_order(found)


def of_the_issuer(found: Iterable[Finding]) -> list[Finding]:
    """Give what a unit that works alone cannot mend: what the issuer's files are advised of, errors and warnings apart.

    A unit works alone where the workspace holds one unit's file and nothing of the coordinator's.
    """
    workspace = Workspace.find()
    if (workspace.root / "province").exists() or len(list((workspace.root / "units").glob("*/unit.yaml"))) != 1:
        return []
    plans = workspace.root / "plans"
    return [one for one in found if one.severity == "note" and Path(one.path).absolute().is_relative_to(plans)]


def mend_files(files: Iterable[Path], plan: Path | None) -> tuple[int, int]:
    """Mend files where that is mechanical, each as it is in its turn, while nobody else writes; count places and files."""
    from danvan_cli.yaml.held import locked

    places = changed = 0
    for path in files:
        if path.suffix in {".yaml", ".yml"} and _once(path, plan)[1] is not None:
            with locked(path):
                counts = []
                for _round in range(_ROUNDS):
                    count, after = _once(path, plan)
                    counts.append(count)
                    if after is None:
                        break
                    write(path, after)
            if len(counts) > 1:
                changed += 1
                places += max(1, counts[0] - counts[-1])
    return places, changed


def _once(path: Path, plan: Path | None) -> tuple[int, bytes | None]:
    """Give how many places of a file can be mended, and the bytes that it then has; None if it stays as it is."""
    from danvan_cli.rules.mend import mended

    before = read_bytes(path)
    found = [one for one in Checker(plan).check(path) if one.path == shown(path)]  # not what its register holds
    after = mended(shown(path), before, found)
    return sum(one.rule in MENDED for one in found), after if after != before else None
