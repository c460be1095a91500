"""A YAML file held open for edit: read, checked, spliced, checked again, written only where nobody is in the way."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from danvan_cli.errors import DanvanError
from danvan_cli.files import read_bytes, reason, write, write_all
from danvan_cli.lang import _
from danvan_cli.workspace import shown
from danvan_cli.yaml.read import Read, accepted, as_read
from danvan_cli.yaml.schema import Model
from danvan_cli.yaml.splice import Add, Put, spliced
from danvan_cli.yaml.tree import at, same
from danvan_cli.yaml.yamlfile import YamlFile, yaml_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from danvan_cli.findings.finding import Finding

_M = TypeVar("_M", bound=Model)

LOCK: Final = ".danvan.lock"
LOCK_SECONDS: Final = 5
"""So long a command waits for others that write."""
_PATIENCE: Final = ((0.2, 0.05), (0.2, 0.02), (0.6, 0.002))
"""The parts of that time, and the seconds after which it asks again in each: who has waited longest asks most often."""


@dataclass(frozen=True)
class FileState(Generic[_M]):
    """What a file holds, or would hold, without errors: its bytes, read, and what its check had to say."""

    data: bytes
    file: YamlFile
    record: _M
    found: list[Finding]


class Held(Generic[_M]):
    """A file that people and commands edit, held open: what it says, and the only way to change that.

    `check` gives what there is to say of it once it is read, that of reading included, at the workspace's levels; `empty` is
    what it holds where it is not there yet, without that it must be there.

    Raises:
        UsageError: if it is not there, or cannot be read at all.
        InvalidFileError: if it has errors.
    """

    def __init__(
        self, model: type[_M], path: Path, check: Callable[[Read[_M]], list[Finding]], empty: bytes | None = None
    ) -> None:
        self.model, self.path, self._check, self._empty = model, path, check, empty
        self._would: tuple[list[Put | Add], FileState[_M]] | None = None
        self._take(self._judged(self._there()))

    def _there(self) -> bytes:
        """Give what the file holds now."""
        return self._empty if self._empty is not None and not self.path.exists() else read_bytes(self.path)

    def _judged(self, data: bytes) -> FileState[_M]:
        """Read bytes as the file, and check them.

        Raises:
            InvalidFileError: if they have errors.
        """
        read = as_read(self.model, yaml_file(shown(self.path), data))
        found = self._check(read)
        return FileState(data, read.file, accepted(self.path, read, found), found)

    def _take(self, state: FileState[_M]) -> None:
        self.state, self._would = state, None
        self.data, self.file, self.found = state.data, state.file, state.found
        self.record: _M = state.record

    def would(self, changes: Sequence[Put | Add]) -> FileState[_M]:
        """Tell what the file would hold with these changes; nothing is written.

        Raises:
            InvalidFileError: if it would have errors.
        """
        if self._would is None or [*map(id, changes)] != [*map(id, self._would[0])]:
            self._would = [*changes], self._judged(spliced(self.file, changes)) if changes else self.state
        return self._would[1]

    @property
    def new(self) -> bool:
        """Whether the file is not there yet."""
        return self._empty is not None and not self.path.exists()

    def put(self, changes: Sequence[Put | Add]) -> bool:
        """Make changes and write them, as `put_all` does."""
        return put_all([(self, changes)])

    def rewrite(self, make: Callable[[YamlFile], bytes]) -> bool:
        """Write the file anew, by another hand than that of changes; tell whether anything changed; as `put` else.

        `make` gives the new bytes of the file as it stands; it is called again where somebody has changed it meanwhile.

        Raises:
            InvalidFileError: if the file would have errors; nothing is written then.
            DanvanError: if it cannot be written.
        """
        after = self._judged(make(self.file))
        with locked(self.path):
            if (now := self._there()) != self.data:
                after = self._judged(make(yaml_file(shown(self.path), now)))
            changed = write(self.path, after.data)
        self._take(after)
        return changed

    def _onto(self, now: bytes, changes: Sequence[Put | Add]) -> bytes:
        """Give the new bytes, the changes made on what the file holds now.

        Raises:
            DanvanError: if what they change has been changed by somebody else since it was read.
        """
        file = yaml_file(shown(self.path), now)
        mine, theirs = self.file.root, file.root
        changes = [one for one in changes if not (isinstance(one, Add) and _added(one, mine, theirs))]
        for one in changes:
            for loc in _relied_on(one):
                there = at(theirs, loc)
                done = isinstance(one, Put) and loc == one.loc and same(there, one.value)
                if not done and not same(at(mine, loc), there):
                    raise DanvanError(
                        _("{path}: «{place}» vừa được sửa ở chỗ khác, chưa ghi gì", path=shown(self.path),
                          place=".".join(map(str, loc))),
                        help=_("xem lại tệp, rồi chạy lại lệnh"),
                    )  # fmt: skip
        return spliced(file, changes)


def _relied_on(change: Put | Add) -> Iterator[tuple[str | int, ...]]:
    """Name the places that must be as they were read for a change to mean what was meant.

    That is the place that is set, and each item of a list on the way there: another may stand in its place by now.
    """
    if isinstance(change, Put):
        yield change.loc
    yield from (change.loc[: i + 1] for i, part in enumerate(change.loc) if isinstance(part, int))


def _added(change: Add, mine: object, theirs: object) -> bool:
    """Tell whether somebody else has added the very same item meanwhile."""
    count = len(at(mine, change.loc) or ())
    return any(same(one, change.item) for one in (at(theirs, change.loc) or ())[count:])


def put_all(edits: Sequence[tuple[Held, Sequence[Put | Add]]]) -> bool:  # type: ignore[type-arg]  # of any models
    """Change several files as one: all are written or none.

    If somebody else has changed a file since it was read, the changes are made on what it holds now.

    Returns:
        False if they change nothing; then nothing is written.

    Raises:
        InvalidFileError: if a file would have errors; nothing is written then.
        DanvanError: if somebody else has changed the very same, or it cannot be written.
    """
    edits = [(held, changes) for held, changes in edits if changes]
    if not edits:
        return False
    after = [held.would(changes) for held, changes in edits]  # what is wrong is said without waiting for anybody
    with locked(edits[0][0].path):
        before = [(held, held.path.exists(), held._there()) for held, _changes in edits]  # noqa: SLF001 - of this module
        for i, ((held, _was, now), (_held, changes)) in enumerate(zip(before, edits, strict=True)):
            if now != held.data:
                after[i] = held._judged(held._onto(now, changes))  # noqa: SLF001
        wanted = zip(before, after, strict=True)
        try:
            changed = write_all(
                [(held.path, state.data) for (held, was, now), state in wanted if state.data != now or not was]
            )
        except BaseException:
            for held, was, now in before:
                with suppress(DanvanError, OSError):
                    write(held.path, now) if was else held.path.unlink(missing_ok=True)
            raise
    for state, (held, _changes) in zip(after, edits, strict=True):
        held._take(state)  # noqa: SLF001
    return changed


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of the workspace that a file lies in, so that nobody else writes there for that moment.

    It is the system's own lock: one whose holder was killed is free. Who holds it may ask for it again.

    Raises:
        DanvanError: if others hold it for too long.
    """
    from filelock import FileLock, Timeout

    folder = next((one for one in path.absolute().parents if (one / "plans").is_dir()), path.absolute().parent)
    lock = FileLock(folder / LOCK, is_singleton=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for share, pause in _PATIENCE:
            with suppress(Timeout):
                lock.acquire(timeout=share * LOCK_SECONDS, poll_interval=pause)
                break
        else:
            raise DanvanError(
                _("một lệnh danvan khác đang ghi vào {folder}, chưa ghi gì", folder=shown(folder)),
                help=_("chạy lại lệnh"),
            )
    except OSError as error:
        raise DanvanError(_("không ghi được {path}: {why}", path=shown(folder / LOCK), why=reason(error))) from None
    try:
        yield
    finally:
        lock.release()
