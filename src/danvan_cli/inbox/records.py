"""What comes in packages: files that may come in, and units' records, checked, then put where the province keeps them.

What a delivery changed in a unit's files is kept beside its receipt as it was before and after, so that it can be taken back.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.delivery.bag import RECORDS, kind_fault, refused, runs
from danvan_cli.delivery.model import PACKAGE
from danvan_cli.delivery.pending import held_back, pending
from danvan_cli.delivery.store import all_of
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.files import read_bytes, write
from danvan_cli.lang import _
from danvan_cli.ooxml.parts import read_parts
from danvan_cli.plan.model import Plan
from danvan_cli.rules.check import check_text, check_unit
from danvan_cli.rules.levels import levels_of
from danvan_cli.rules.secrets import bears_mark
from danvan_cli.text import clean
from danvan_cli.unit.adopt import scaffold
from danvan_cli.unit.last_year import with_last_year
from danvan_cli.unit.model import UnitRecord, duties, empty_record, fingerprint
from danvan_cli.word.package import zipped_parts
from danvan_cli.yaml.held import Held
from danvan_cli.yaml.read import as_read, read
from danvan_cli.yaml.splice import Clash, Put, merged, swap
from danvan_cli.yaml.tree import at, same
from danvan_cli.yaml.yamlfile import YamlFile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from danvan_cli.delivery.store import Filed
    from danvan_cli.pdf.text import PdfReader
    from danvan_cli.plan.model import Unit
    from danvan_cli.rules.levels import Levels
    from danvan_cli.scoring.model import ScoreRecord
    from danvan_cli.workspace import Workspace
    from danvan_cli.yaml.yamlfile import Loc


_DAY: Final = len("2023-05-10")
_WRITTEN: Final = "written"
"""The folder's name, beside the receipt: in it, for each time, what was there before and after, each one file."""
_BEFORE, _AFTER = "-before.zip", "-after.zip"


def refuse_payload(data: Path, names: Iterable[str], package: Path, pdf: PdfReader) -> None:
    """Stop where a package's payload holds what ours do not, what runs or what is secret.

    Raises:
        UsageError: if so; a mark of secrecy is not repeated.
    """
    for name in names:
        inside = data / name
        if why := kind_fault(name):
            raise refused(package, why)
        with inside.open("rb") as file:
            if runs(file):
                why = _("gói chứa tệp chạy được chương trình hoặc có macro: «{name}»", name=clean(name)[:80])
                raise refused(package, why)
        marked = True
        with suppress(UsageError):
            marked = bears_mark(inside, pdf)
        if marked:
            raise UsageError(
                _("{path}: trong gói có tệp mang dấu chỉ độ mật, hoặc tệp hỏng: không nhận", path=package.name)
            )


def refuse_record(data: Path, plan: Plan, unit: str, package: str, levels: Levels, *, carry: bool) -> None:
    """Stop where the record in a package's payload is not the unit's own, is broken, or is of another revision of the plan.

    One of an older revision is taken all the same where that is meant (`carry`).

    Raises:
        UsageError: if so.
    """
    here = data.parents[1] / "unit.yaml"  # in this workspace, out of reach of one that the package brings
    sent = as_read(UnitRecord, YamlFile(str(here), read_bytes(data / "unit.yaml")))
    errors = [one for one in check_unit(sent, plan, levels) if one.severity == "error"]
    record = sent.record
    if record is None or errors:
        why = errors[0].message if errors else _("không đọc được")
        raise UsageError(_("{path}: unit.yaml trong gói có lỗi: {why}", path=package, why=why))
    if record.unit != unit or record.plan != plan.id:
        raise UsageError(
            _("{path}: gói ghi là của «{unit}» nhưng hồ sơ trong gói của «{other}»",
              path=package, unit=unit, other=record.unit)
        )  # fmt: skip
    old = [
        task.id
        for task in duties(plan, plan.unit_by_id[unit])
        if (known := record.task(task.id).fingerprint) and known != fingerprint(task)
    ]
    if old and not carry:
        raise UsageError(
            _("{path}: lập theo bản kế hoạch cũ; nhiệm vụ đã đổi: {ids}", path=package, ids=", ".join(old[:8])),
            help=_("đề nghị đơn vị chạy danvan update-unit rồi gửi lại; nhận nguyên như vậy: --carry"),
        )
    if (data / "score.yaml").is_file():
        from danvan_cli.scoring.model import ScoreRecord

        scored = as_read(ScoreRecord, YamlFile("score.yaml", read_bytes(data / "score.yaml")))
        wrong = [one for one in check_text(scored, levels) if one.severity == "error"]
        if wrong or scored.record is None:
            why = wrong[0].message if wrong else "?"
            raise UsageError(_("{path}: score.yaml trong gói có lỗi: {why}", path=package, why=why))


class Brought(NamedTuple):
    """What became of a package's records: files that were written, and places that were edited here and there."""

    written: list[str]
    clashes: list[tuple[str, Clash]]


def take_records(
    workspace: Workspace, plan: Plan, unit: Unit, folder: Path, todo: Collection[str], prefer: str | None = None
) -> Brought:
    """Put those records of a package (filed in `folder`) that are still to do into the unit's folder.

    What nobody has edited here is replaced, the rest merged; where both edited, the value of the `package` or of the `file`
    stands (`prefer`), or it is left as it is and told.

    Raises:
        DanvanError: if one cannot be written, or what is there has errors.
    """
    out = Brought([], [])
    for name in RECORDS:
        source, path = folder / PACKAGE / "data" / name, workspace.unit(unit.id) / name
        if name not in todo or not source.is_file():
            continue
        new = read_bytes(source)
        there = read_bytes(path) if path.exists() else new
        earlier = [] if there == new else [*_earlier(workspace, plan, unit, folder, name, there)]
        if there == new:
            done = write(path, new)
        elif there in earlier:
            swap(path, there, new)
            done = True
        else:
            held = held_record(path, plan)
            found = [*merged(held.file.root, YamlFile(name, new).root, [YamlFile(name, one).root for one in earlier])]
            puts = [one for one in found if isinstance(one, Put)]
            clashes = [one for one in found if isinstance(one, Clash)]
            puts += [Put(one.loc, one.theirs) for one in clashes if prefer == "package"]
            out.clashes.extend((name, one) for one in clashes if prefer is None)
            done = held.put([Put(one.loc, dated(one.value)) for one in puts])
        out.written.extend([name] if done else [])
    return out


def held_record(path: Path, plan: Plan) -> Held[UnitRecord] | Held[ScoreRecord]:
    """Hold one of a unit's two files open.

    Raises:
        InvalidFileError: if it has errors.
    """
    levels = levels_of(path.parent)
    if path.name == "unit.yaml":
        return Held(UnitRecord, path, lambda read: check_unit(read, plan, levels))
    from danvan_cli.scoring.model import ScoreRecord

    return Held(ScoreRecord, path, lambda read: check_text(read, levels))


def dated(value: Any) -> Any:
    """Give a tree with its days as days, which are written without quotation marks."""
    if isinstance(value, dict):
        return {key: dated(one) for key, one in value.items()}
    if isinstance(value, list):
        return [dated(one) for one in value]
    with suppress(ValueError):
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == _DAY else value
    return value


def packaged(workspace: Workspace, plan: Plan, unit: Unit, name: str, but: Path) -> Iterator[tuple[Path, Path]]:
    """Walk where the unit's packages of a plan are filed, all but one, with the record of that name in each."""
    for one in all_of(workspace.received, unit.id):
        path = one.folder / PACKAGE / "data" / name
        if one.folder != but and one.receipt.plan == plan.id and path.is_file():
            yield one.folder, path


def _earlier(workspace: Workspace, plan: Plan, unit: Unit, folder: Path, name: str, there: bytes) -> Iterator[bytes]:
    """Walk what the unit and danvan wrote into a record before: what was held back of a package never was here."""
    for filed, path in packaged(workspace, plan, unit, name, folder):
        left = pending(filed)
        if left is None or held_back(name) not in left.todo:
            yield read_bytes(path)
    if name == "unit.yaml":
        yield _begun(workspace, plan, unit, there)


def _begun(workspace: Workspace, plan: Plan, unit: Unit, there: bytes) -> bytes:
    """Give a unit's file as danvan first wrote it, for the revision of the plan that the file rests on."""
    from danvan_cli.rules.check import functions_of
    from danvan_cli.unit.functions import proposed

    adopted = str(at(YamlFile("unit.yaml", there).root, ("adopted",)) or "")
    kept = workspace.adopted(adopted)
    then = read(Plan, kept, alone=True).record if kept.is_file() else None
    began = then if then and unit.id in then.unit_by_id else plan
    who = began.unit_by_id[unit.id]
    known = proposed(functions_of(workspace.functions, levels_of(workspace.root)), began, who, empty_record(began, who))
    return scaffold(began, who, adopted, with_last_year(workspace, began, who, known)).encode()


# What a delivery changed, and how it is taken back -----------------------------------------------------------------------


class TakenBack(NamedTuple):
    """What became of a file when a delivery was taken back.

    `done`: `gone` (the file, which had come with it), `whole` (as it was), `part`, `none`; `left` are the places that stay.
    """

    path: Path
    done: str
    left: tuple[Loc, ...] = ()
    why: str = ""


def keep_before(workspace: Workspace, unit: str, folder: Path) -> Path:
    """Keep a unit's files as they are before a delivery changes them; one that was interrupted goes on. Give where."""
    times = _times(folder)
    path = folder / _WRITTEN / f"{len(times) + 1}{_BEFORE}"
    if times and not _after(times[-1]).exists():
        return times[-1]
    write(path, zipped_parts(_records(workspace, unit)))
    return path


def keep_after(workspace: Workspace, unit: str, before: Path) -> None:
    """Keep a unit's files as a delivery left them; nothing where it changed none."""
    records = _records(workspace, unit)
    if records != _kept(before):
        write(_after(before), zipped_parts(records))
        return
    before.unlink()
    with suppress(OSError):  # what was kept of another time
        before.parent.rmdir()


def take_back(workspace: Workspace, plan: Plan, unit: Unit, one: Filed) -> list[TakenBack]:
    """Take back what a delivery changed, where nobody has changed it since and no other delivery says the same.

    Raises:
        DanvanError: if a file cannot be written.
    """
    out: dict[str, TakenBack] = {}
    for time in reversed([it for it in _times(one.folder) if _after(it).exists()]):
        before, after = _kept(time), _kept(_after(time))
        for name in RECORDS:
            if name in after and before.get(name) != after[name]:
                paths = (path for _filed, path in packaged(workspace, plan, unit, name, one.folder))
                others = [YamlFile(name, read_bytes(path)).root for path in paths]
                there = workspace.unit(unit.id) / name
                out[name] = _back(there, plan, before.get(name), after[name], others)
    return list(out.values())


def _back(path: Path, plan: Plan, before: bytes | None, after: bytes, others: list[Any]) -> TakenBack:
    now = _bytes(path)
    if now is None or now == before:
        return TakenBack(path, "none")
    if not others and now == after:
        if before is None:
            path.unlink()
            return TakenBack(path, "gone")
        swap(path, now, before)
        return TakenBack(path, "whole")
    if before is None:
        return TakenBack(path, "none", ((),))
    held = held_record(path, plan)
    found = [*merged(held.file.root, YamlFile(path.name, before).root, [YamlFile(path.name, after).root])]
    left = [it.loc for it in found if isinstance(it, Clash)]
    puts = []
    for it in found:
        if isinstance(it, Put):
            mine = at(held.file.root, it.loc)
            said = any(mine not in (None, "", [], {}) and same(at(other, it.loc), mine) for other in others)
            left += [it.loc] if said else []
            puts += [] if said else [Put(it.loc, dated(it.value))]
    try:
        held.put(puts)
    except DanvanError as error:
        return TakenBack(path, "none", tuple(it.loc for it in found), error.message)
    return TakenBack(path, ("part" if left else "whole") if puts else "none", tuple(left))


def _times(folder: Path) -> list[Path]:
    """List what was kept of each time before it, in order."""
    found = {one.name.removesuffix(_BEFORE): one for one in (folder / _WRITTEN).glob(f"*{_BEFORE}")}
    return [found[number] for number in sorted(filter(str.isdecimal, found), key=int)]


def _after(before: Path) -> Path:
    return before.with_name(f"{before.name.removesuffix(_BEFORE)}{_AFTER}")


def _records(workspace: Workspace, unit: str) -> dict[str, bytes]:
    return {name: data for name in RECORDS if (data := _bytes(workspace.unit(unit) / name)) is not None}


def _kept(path: Path) -> dict[str, bytes]:
    return read_parts(read_bytes(path), path)


def _bytes(path: Path) -> bytes | None:
    return read_bytes(path) if path.is_file() else None
