"""What comes in packages: files that may come in, and units' records, checked, then put where the province keeps them."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from danvan_cli.delivery.bag import refused
from danvan_cli.delivery.payload import RECORDS, kind_fault, runs
from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes, write
from danvan_cli.lang import _
from danvan_cli.rules.check import check_unit, finished
from danvan_cli.rules.secrets import bears_mark
from danvan_cli.scoring.model import ScoreRecord
from danvan_cli.text import clean
from danvan_cli.unit.lag import duties
from danvan_cli.unit.model import UnitRecord, fingerprint
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.splice import swap
from danvan_cli.yaml.yamlfile import YamlFile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from danvan_cli.pdf.text import PdfReader
    from danvan_cli.plan.model import Plan
    from danvan_cli.workspace import Workspace


def refuse_payload(data: Path, names: Iterable[str], package: Path, pdf: PdfReader) -> None:
    """Stop where a package holds what ours do not, what runs or what is secret.

    Args:
        data: the package's payload.
        names: its files.
        package: the package, for the message.
        pdf: reads PDF files.

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
        try:
            marked = bears_mark(inside, pdf)
        except UsageError:
            marked = True
        if marked:
            raise UsageError(
                _("{path}: trong gói có tệp mang dấu chỉ độ mật, hoặc tệp hỏng: không nhận", path=package.name)
            )


def refuse_record(data: Path, plan: Plan, unit: str, package: str, *, carry: bool) -> None:
    """Stop where a package's record is not the unit's own, is broken, or is of another revision of the plan.

    Args:
        data: the package's payload.
        plan: the plan as it is.
        unit: whose package it is.
        package: its name, for the message.
        carry: whether a record of an older revision is taken all the same.

    Raises:
        UsageError: if so.
    """
    read = as_read(UnitRecord, YamlFile("unit.yaml", read_bytes(data / "unit.yaml")))
    errors = [one for one in check_unit(read, plan) if one.severity == "error"]
    record = read.record
    if record is None or errors:
        why = errors[0].message if errors else _("không đọc được")
        raise UsageError(_("{path}: unit.yaml trong gói có lỗi: {why}", path=package, why=why))
    if record.unit != unit or record.plan != plan.id:
        raise UsageError(
            _(
                "{path}: gói ghi là của «{unit}» nhưng hồ sơ trong gói của «{other}»",
                path=package,
                unit=unit,
                other=record.unit,
            )
        )
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
        scored = as_read(ScoreRecord, YamlFile("score.yaml", read_bytes(data / "score.yaml")))
        wrong = [one for one in finished(scored.file, scored.findings) if one.severity == "error"]
        if wrong or scored.record is None:
            raise UsageError(
                _("{path}: score.yaml trong gói có lỗi: {why}", path=package, why=wrong[0].message if wrong else "?")
            )


def take_records(
    workspace: Workspace, unit: str, data: Path, known: Collection[str], todo: Collection[str] = RECORDS
) -> tuple[list[str], list[str]]:
    """Put a package's records into the unit's folder.

    Args:
        workspace: the province's.
        unit: whose they are.
        data: the package's payload.
        known: the SHA-256 of all records that came from this unit: a file that is none of them was edited here.
        todo: which of the records.

    Returns:
        the files that were written, and those that were not since somebody has edited them here.

    Raises:
        DanvanError: if one cannot be written.
    """
    written, kept = [], []
    for name in RECORDS:
        source, path = data / name, workspace.unit(unit) / name
        if name not in todo or not source.is_file():
            continue
        new = read_bytes(source)
        if not path.exists():
            write(path, new)
        else:
            there = read_bytes(path)
            if there == new:
                continue
            if sha256(there).hexdigest() not in known:
                kept.append(name)
                continue
            swap(path, there, new)
        written.append(name)
    return written, kept
