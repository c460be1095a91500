"""A unit's file open for recording: every change is checked first, then written whole, then told."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from danvan_cli.cli import screen
from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes
from danvan_cli.findings.finding import severity_name
from danvan_cli.lang import _
from danvan_cli.rules.check import check_unit
from danvan_cli.text import clean
from danvan_cli.unit.adopt import keep
from danvan_cli.unit.evidence import copied
from danvan_cli.unit.model import UnitRecord
from danvan_cli.unit.recording import effective, told, with_fingerprints
from danvan_cli.workspace import shown
from danvan_cli.yaml.held import locked
from danvan_cli.yaml.read import as_read, refuse
from danvan_cli.yaml.splice import spliced, swap
from danvan_cli.yaml.yamlfile import YamlFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from danvan_cli.desk.opened import Open
    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.model import Unit
    from danvan_cli.unit.evidence import Incoming
    from danvan_cli.unit.recording import Change

_NOT_YET = "DV910"
"""What the check says of evidence that is copied only after it."""


class Logbook:
    """A unit's file as it was read, and everything that is written into it.

    Raises:
        UsageError: if the unit has no file yet.
        InvalidFileError: if it has errors.
    """

    def __init__(self, opened: Open, unit: Unit) -> None:
        self.opened = opened
        self.unit = unit
        self.folder = opened.workspace.unit(unit.id)
        self.path = self.folder / "unit.yaml"
        if not self.path.exists():
            raise UsageError(
                _("{unit} chưa có tệp {path}", unit=unit.name, path=shown(self.path)),
                help=_("tạo tệp này: danvan init-unit {id}", id=unit.id),
            )
        self._take(read_bytes(self.path))

    def _take(self, data: bytes) -> None:
        """Take what the file holds, or would hold.

        Raises:
            InvalidFileError: if it has errors.
        """
        read = as_read(UnitRecord, YamlFile(shown(self.path), data))
        found = check_unit(read, self.opened.plan)
        refuse(self.path, found)
        self._data, self.file, self._record, self._found = data, read.file, read.record, found

    @property
    def record(self) -> UnitRecord:
        """What is recorded so far."""
        if self._record is None:
            raise UsageError(_("không đọc được {path}", path=shown(self.path)))
        return self._record

    def put(self, changes: Iterable[Change], files: Sequence[Incoming] = ()) -> None:
        """Record changes and tell them; what changes nothing is left out.

        Args:
            changes: in the order in which they are made.
            files: evidence that comes in with them; copied when all is right, taken back if it is not written.

        Raises:
            InvalidFileError: if the file would have errors; nothing is written then.
            DanvanError: if somebody has changed it since it was read, or it cannot be written.
        """
        plan, root = self.opened.plan, self.file.root
        wanted = effective(root, with_fingerprints(changes, self.record, plan))
        lines = [line for one in wanted if (line := told(root, one, plan))]
        before, known = self._data, Counter((one.rule, one.message) for one in self._found)
        self._take(spliced(self.file, wanted))
        fresh = [one for one in files if not one.there]
        if any(one.loc[-1] == "fingerprint" for one in wanted):  # later edits show the words that changed
            keep(self.opened.workspace, self.opened.data)
        with locked(self.path), copied(files):
            swap(self.path, before, self._data)
        if not lines:
            lines = [_("đã chép lại {path}", path=shown(one.folder / one.name)) for one in fresh]
        for line in lines:
            screen.out(line)
        self._tell(len(lines))
        for finding in self._found:
            if (finding.rule, finding.message) not in known and not (fresh and finding.rule == _NOT_YET):
                _remark(finding)

    def _tell(self, count: int) -> None:
        path = shown(self.path)
        if count:
            screen.out(_("{path}: đã ghi {count} thay đổi", path=path, count=count))
        else:
            screen.out(_("{path}: không có gì thay đổi", path=path))


def _remark(finding: Finding) -> None:
    """Print on stderr what the check has to say of what was just recorded."""
    spot = finding.spot
    place = f"{finding.path}:{spot.line}:{spot.column}: {finding.rule} {severity_name(finding.severity)}"
    screen.note(f"{place}: {clean(finding.message)}")
    if finding.help:
        screen.note(f"  help: {clean(finding.help)}")
