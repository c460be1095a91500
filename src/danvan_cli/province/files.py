"""The files under `province/` that people and commands both write: read whole, edited by splices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from danvan_cli.errors import DanvanError
from danvan_cli.files import read_bytes, write
from danvan_cli.findings.finding import InvalidFileError
from danvan_cli.lang import _
from danvan_cli.workspace import shown
from danvan_cli.yaml.schema import Model, validate
from danvan_cli.yaml.splice import Add, Put, spliced, swap
from danvan_cli.yaml.yamlfile import YamlFile
from danvan_cli.yaml.yamltext import entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

M = TypeVar("M", bound=Model)


class Kept(Generic[M]):
    """A file as it was read, or would be made: `record`, and the edits that are written at once.

    Raises:
        InvalidFileError: if the file has errors.
        UsageError: if it cannot be read.
    """

    def __init__(self, model: type[M], path: Path, empty: Mapping[str, Any]) -> None:
        self.model, self.path = model, path
        self.there = path.exists()
        lines = [line for key, value in empty.items() for line in entry(key, value)]
        self.data = read_bytes(path) if self.there else ("\n".join(lines) + "\n").encode()
        self._read()

    def _read(self) -> None:
        self.file = YamlFile(shown(self.path), self.data)
        record, found = validate(self.model, self.file)
        errors = [one for one in (*self.file.findings, *found) if one.severity == "error"]
        if errors or record is None:
            raise InvalidFileError(
                _("{path} có {count} lỗi, phải sửa trước", path=shown(self.path), count=len(errors)), errors
            )
        self.record: M = record

    def put(self, changes: Sequence[Put | Add]) -> bool:
        """Write edits; tell whether anything changed.

        Raises:
            InvalidFileError: if the file would have errors; nothing is written then.
            DanvanError: if somebody has changed it since it was read, or it cannot be written.
        """
        before = self.data
        self.data = spliced(self.file, changes)
        self._read()
        if not self.there:
            if self.path.exists():
                raise DanvanError(
                    _("{path} vừa được sửa ở chỗ khác, chưa ghi gì", path=shown(self.path)), help=_("chạy lại lệnh")
                )
            self.there = True
            return write(self.path, self.data)
        return swap(self.path, before, self.data)
