"""YAML files read as what they are meant to be: the model, and everything that reading found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes
from danvan_cli.findings.finding import InvalidFileError
from danvan_cli.lang import _
from danvan_cli.workspace import shown
from danvan_cli.yaml.schema import Model, validate
from danvan_cli.yaml.yamlfile import YamlFile, yaml_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from danvan_cli.findings.finding import Finding
    from danvan_cli.yaml.schema import Fetch

_M = TypeVar("_M", bound=Model)


@dataclass(frozen=True)
class Read(Generic[_M]):
    """A file that was read: the model (None where it cannot be made) and what reading it found."""

    file: YamlFile
    record: _M | None
    findings: list[Finding]
    shared: YamlFile | None = None
    """Another file that it keeps a part in, where there is one and it could be read."""


_made: WeakKeyDictionary[YamlFile, dict[type[Model], tuple[Any, list[Finding]]]] = WeakKeyDictionary()
"""What each file was read as: no model changes after reading, and commands come back to the same files."""


def read(model: type[_M], path: Path, *, alone: bool = False) -> Read[_M]:
    """Read a file as a model, as `as_read` does.

    Raises:
        UsageError: if the file cannot be read at all.
    """
    return as_read(model, yaml_file(shown(path), read_bytes(path)), alone=alone)


def as_read(model: type[_M], file: YamlFile, fetch: Fetch | None = None, *, alone: bool = False) -> Read[_M]:
    """Read a model from a YAML file that was read; `alone`: what it keeps in another file is not asked for.

    `fetch` reads another file that it keeps a part in; None: from where its path leads.
    """
    made = _made.setdefault(file, {})
    if model not in made:
        made[model] = validate(model, file)
    record, found_in_it = made[model]
    findings = [*file.findings, *found_in_it]
    if record is None or alone:
        return Read(file, record, findings)
    whole, shared, found = record.joined(file, fetch)
    return Read(file, whole, [*findings, *found], shared)


def accepted(path: Path, read: Read[_M], found: Sequence[Finding]) -> _M:
    """Give the record of a file that must have no errors: `found` is what its check says of it.

    Raises:
        InvalidFileError: with the errors.
        UsageError: if it cannot be read all the same.
    """
    refuse(path, found)
    if read.record is None:
        raise UsageError(_("không đọc được {path}", path=shown(path)))
    return read.record


def refuse(path: Path, found: Sequence[Finding]) -> None:
    """Stop where a file has errors.

    Raises:
        InvalidFileError: with the errors.
    """
    errors = [one for one in found if one.severity == "error"]
    if errors:
        raise InvalidFileError(_("{path} có {count} lỗi, phải sửa trước", path=shown(path), count=len(errors)), errors)
