"""Versions of a workspace kept without git: dated copies of its text files, each with a list of what it holds.

`ban-luu/2026-11-27-1/` has the files under their own names, to be looked at and copied back by anybody, and `ban-luu.json`
with git's id of each, by which an edited copy is refused. For `diff` and `check --against` a version is a revision.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.errors import UsageError
from danvan_cli.files import inside, read_bytes, repositories, write_all
from danvan_cli.lang import _
from danvan_cli.revisions import Repository, git_ids
from danvan_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SAVED_FOLDER: Final = "ban-luu"
ISSUED: Final = "ban-hanh"
"""Stands for the newest version that was kept as the issued one."""
_LIST: Final = "ban-luu.json"
_FORMAT: Final = "danvan-saved/1"
_NAME: Final = re.compile(r"(\d{4}-\d\d-\d\d)-(\d{1,6})")
_KEPT: Final = (
    "*.yaml", "*.yml", "plans/*.yaml", "plans/*.yml", "plans/.adopted/*.yaml", "templates/**/*", "units/*/*.yaml",
    "province/*.yaml", "province/*/*.yaml",
)  # fmt: skip
"""What people write; what came in and what was made of it stands where it is."""
_ABOVE: Final = "_tren"
"""Stands in a copy for the folder above the workspace, where a register of units may lie."""


@dataclass(frozen=True)
class Version:
    """A version that was kept: its name, whether as the issued one, what was noted of it, git's ids of its files."""

    name: str
    issued: bool
    note: str
    files: dict[str, str]

    @property
    def order(self) -> tuple[str, int]:
        """What versions are ordered by: day, then number."""
        day, _dash, number = self.name.rpartition("-")
        return day, int(number)


def versions(root: Path) -> list[Version]:
    """List the versions of a workspace, the newest last.

    Raises:
        UsageError: if the list of one cannot be read.
    """
    folder = root / SAVED_FOLDER
    found = [_version(one) for one in folder.iterdir() if _NAME.fullmatch(one.name)] if folder.is_dir() else []
    return sorted(found, key=lambda one: one.order)


def save_version(root: Path, day: str, *, issued: bool, note: str, others: Iterable[Path] = ()) -> tuple[Version, bool]:
    """Keep a version of a workspace, with the `others` of its files that lie right above it.

    Returns:
        The version; and whether it is new: where nothing has changed since the last one, and it is no less issued, that is it.

    Raises:
        DanvanError: if it cannot be written.
    """
    held = {name: read_bytes(path) for name, path in _files(root, others)}
    ids = {name: _id(data) for name, data in held.items()}
    known = versions(root)
    if known and known[-1].files == ids and known[-1].issued >= issued:
        return known[-1], False
    today = [one.order[1] for one in known if one.order[0] == day]
    one = Version(f"{day}-{max(today, default=0) + 1}", issued, note, ids)
    folder = root / SAVED_FOLDER / one.name
    listed = {"format": _FORMAT, "issued": issued, "note": note, "files": ids}
    told = json.dumps(listed, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    # The list comes last: without it there is no version
    write_all([*((_place(folder, name), data) for name, data in held.items()), (folder / _LIST, told.encode())])
    return one, True


def repository(start: Path, revision: str) -> Repository:
    """Find what has a revision: the kept versions of the workspace, else the git repository that holds a folder.

    Raises:
        UsageError: if there is no such version, and git is not there or the folder is in no repository.
    """
    try:
        root = Workspace.find(start).root
    except UsageError:
        return Repository.find(start)
    if revision == ISSUED or _NAME.fullmatch(revision):
        kept = SavedVersions(Path(os.path.realpath(root)))
        if kept.has(revision) or next(repositories(root), None) is None:
            return kept
    return Repository.find(start)


@dataclass(frozen=True)
class SavedVersions(Repository):
    """The kept versions of a workspace, asked as revisions of git are."""

    _held: dict[str, Version] = field(default_factory=dict, compare=False, repr=False)
    _places: dict[str, tuple[str, str]] = field(default_factory=dict, compare=False, repr=False)
    """Of each id the version and the name that it was listed under."""

    def _known(self, revision: str) -> Version | None:
        if revision not in self._held:
            for one in versions(self.top):  # the newest is the last
                if one.name == revision or (revision == ISSUED and one.issued):
                    self._held[revision] = one
        return self._held.get(revision)

    def has(self, revision: str) -> bool:
        """Tell whether a version is there."""
        return self._known(revision) is not None

    def require(self, revision: str) -> None:
        """See that a version is there.

        Raises:
            UsageError: if it is not.
        """
        if not self.has(revision):
            known = ", ".join(one.name for one in versions(self.top)[-8:])
            raise UsageError(
                _("chưa lưu bản nào là «{revision}»", revision=revision[:80]),
                help=_("các bản đã lưu: {known}", known=known) if known else _("lưu một bản: danvan save"),
            )

    def base(self, revision: str) -> tuple[str | None, str]:
        """Give what the work is held against: the version itself, since work on it has one line only.

        Raises:
            UsageError: if the version is not there.
        """
        self.require(revision)
        return revision, ""

    def back(self, revision: str, name: str) -> str:
        """Say how a file comes back from a version."""
        version = self._known(revision)
        return _("chép lại tệp: {path}", path=f"{SAVED_FOLDER}/{version.name if version else revision}/{name}")

    def _tree(self, revision: str) -> dict[str, str]:
        if revision not in self._trees:
            version = self._known(revision)
            self._trees[revision] = version.files if version else {}
            self._links[revision] = set()
            for name, one in self._trees[revision].items():
                self._places[one] = version.name if version else "", name
        return self._trees[revision]

    def _now(self) -> list[str]:
        return [name for name, _path in _files(self.top, ())]

    def _blob(self, known: str) -> bytes:
        version, name = self._places[known]
        data = read_bytes(_place(self.top / SAVED_FOLDER / version, name))
        if _id(data) != known:
            raise UsageError(
                _("bản lưu {version} đã bị sửa sau khi lưu: {name}", version=version, name=name),
                help=_("bản lưu chỉ để so và chép ra; dùng một bản lưu khác"),
            )
        return data


def _version(folder: Path) -> Version:
    """Read the list of a version.

    Raises:
        UsageError: if it cannot be read.
    """
    with suppress(ValueError, KeyError, TypeError, AttributeError):
        known: Any = json.loads(read_bytes(folder / _LIST))
        files = {str(name): str(one) for name, one in known["files"].items() if _sound(str(name))}
        if known["format"] == _FORMAT and len(files) == len(known["files"]):
            return Version(folder.name, bool(known["issued"]), str(known["note"]), files)
    raise UsageError(
        _("{path} không phải danh mục của một bản lưu", path=folder / _LIST),
        help=_("bỏ thư mục này ra khỏi {folder}", folder=SAVED_FOLDER),
    )


def _sound(name: str) -> bool:
    """Tell whether a name of a list is one that danvan writes: it stays in the copy."""
    rest = name.removeprefix("../")
    return posixpath.normpath(rest) == rest and not rest.startswith(("..", "/")) and not {":", "\\"} & {*rest}


def _place(folder: Path, name: str) -> Path:
    return folder / name.replace("../", f"{_ABOVE}/", 1)


def _files(root: Path, others: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """List what is kept of a workspace: what people write in it, with the names that git would have."""
    for path in sorted({one for pattern in _KEPT for one in root.glob(pattern) if one.is_file()}):
        yield path.relative_to(root).as_posix(), inside(path)
    for path in others:
        yield f"../{path.name}", path


def _id(data: bytes) -> str:
    """Give the id that git has for a file's bytes."""
    return git_ids(data)[0]
