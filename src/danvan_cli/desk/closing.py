"""A year put away into its archive and taken back: moved by names, every file it makes or moves noted before it is.

The note (`.closed.json` in the archive) is written first and says what moves, what is copied and what is made, with all
that is made in it; so whoever was stopped in the middle goes on, or takes it back.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from danvan_cli.errors import DanvanError
from danvan_cli.files import inside, left_by_systems, patiently, read_bytes, reason, settle, write
from danvan_cli.lang import _
from danvan_cli.workspace import shown
from danvan_cli.yaml.held import LOCK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

CLOSING_NOTE: Final = ".closed.json"
_MOVES: Final = frozenset(("units", "province", "samples", "build", "plans"))
"""Where whatever moves lies."""


@dataclass
class Closing:
    """The note of a closed year; paths are those below the workspace, `/` between.

    `moved` names files and folders below the workspace and where they lie in it now; `files` each file among them with its
    SHA-256; `copied` and `made` what was written, likewise. While it is being done, `texts` holds what is written; `before`
    what a moved file said that had to be changed where it lies now.
    """

    plan: str
    year: int
    state: Literal["closing", "closed"] = "closing"
    moved: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    copied: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)


def notes(root: Path) -> Iterator[tuple[Path, Closing]]:
    """Walk the notes of the closed years of a workspace, the last year first."""
    found = []
    for path in (root / "archive").glob(f"*/{CLOSING_NOTE}"):
        with suppress(ValueError, TypeError):
            found.append((path, _trusted(root, path, Closing(**json.loads(read_bytes(path))))))
    yield from sorted(found, key=lambda one: -one[1].year)


def _trusted(root: Path, path: Path, note: Closing) -> Closing:
    """Give a note that names only what closing a year moves, makes or copies, else a ValueError: it may be a stranger's."""
    archive = path.parent.relative_to(root).as_posix()
    here = all(_plain(name) and name.partition("/")[0] in _MOVES for name in (*note.moved, *note.before, *note.files))
    there = all(name == f"{archive}/{old}" for old, name in note.moved.items())
    written = all(
        _plain(name) and name.startswith((f"{archive}/", "plans/")) for name in (*note.made, *note.copied, *note.texts)
    )
    if not (here and there and written and note.state in {"closing", "closed"}):
        raise ValueError(path)
    return note


def _plain(name: str) -> bool:
    return not set(name.split("/")) & {"", ".", "..", ".git"} and not set(name) & set(":\\\0")


def noted(root: Path, note: Closing, archive: Path, copies: Iterable[Path], made: dict[Path, bytes]) -> Path:
    """Write the note of what is to be done: `note` says what moves, `copies` go into the archive, `made` is written."""
    for name in note.moved:
        top = inside(root / name)
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and not path.is_symlink():
                note.files[path.relative_to(root).as_posix()] = _digest(path)
    for path in copies:
        target = archive / path.relative_to(root)
        if target not in made:
            note.copied[target.relative_to(root).as_posix()] = hashlib.sha256(read_bytes(path)).hexdigest()
    for path, data in made.items():
        name = path.relative_to(root).as_posix()
        note.made[name], note.texts[name] = hashlib.sha256(data).hexdigest(), data.decode()
    _write(archive / CLOSING_NOTE, note)
    return archive / CLOSING_NOTE


def carried_out(root: Path, path: Path, note: Closing) -> None:
    """Do what a note says, as far as it is not done; where that cannot be done it is taken back as far as it went."""
    try:
        for target in (root / name for name in note.copied):
            if not target.exists():
                write(target, read_bytes(root / target.relative_to(path.parent)))
        for name, text in note.texts.items():
            if name not in note.moved.values():
                write(root / name, text.encode())
        for old, new in note.moved.items():
            _rename(root / old, root / new)
        for name, text in note.texts.items():
            if name in note.moved.values():  # what was moved and says something of where it lies
                write(root / name, text.encode())
        _write(path, replace(note, state="closed", texts={}))
    except DanvanError:
        brought_back(root, path, note)  # what cannot be taken back either is left noted, for the next run
        raise


def changed(root: Path, path: Path, note: Closing) -> list[Path]:
    """List what was written since a year was closed: what closing made or copied, and what stands where something moved from."""
    other = [root / name for name, digest in {**note.made, **note.copied}.items() if _differs(root / name, digest)]
    other += [root / old for old, new in note.moved.items() if (root / new).exists() and _holds_files(root / old)]
    known = {*(root / name for name in (*note.made, *note.copied)), path}
    tops = [root / new for new in note.moved.values()]
    there = (one for one in sorted(path.parent.rglob("*")) if one.is_file() and one not in known)
    other += [one for one in there if not (_nobodys(one) or any(map(one.is_relative_to, tops)))]
    lost = [root / new for old, new in note.moved.items() if not ((root / old).exists() or (root / new).exists())]
    return list(dict.fromkeys([*other, *lost]))


def brought_back(root: Path, path: Path, note: Closing) -> None:
    """Bring back what a note says, as far as it was done; what cannot be moved back stays noted."""
    note.state = "closing"
    for old, new in reversed(note.moved.items()):
        if (root / new).exists():
            _empty(root / old)
            _rename(root / new, root / old)
        if old in note.before:
            write(root / old, note.before[old].encode())
    for name, digest in {**note.made, **note.copied}.items():
        target = root / name
        if name not in note.moved.values() and target.exists() and not _differs(target, digest):
            with _told(target):
                target.unlink()
    with _told(path):
        path.unlink()
    for one in filter(_nobodys, [*path.parent.rglob("*")]):
        with suppress(OSError):
            one.unlink()
    _empty(path.parent)
    with suppress(OSError):
        path.parent.parent.rmdir()


def _write(path: Path, note: Closing) -> None:
    write(path, (json.dumps(asdict(note), ensure_ascii=False, indent=1) + "\n").encode())


def _digest(path: Path) -> str:
    with _told(path), inside(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _differs(path: Path, digest: str) -> bool:
    return path.is_file() and _digest(path) != digest


def _nobodys(path: Path) -> bool:
    """Tell what commands and systems leave in a folder, which nobody has written."""
    return path.name == LOCK or left_by_systems(path.name)


def _holds_files(path: Path) -> bool:
    return path.is_file() or any(one.is_file() for one in path.rglob("*"))


def _empty(path: Path) -> None:
    """Take away folders that hold nothing."""
    if path.is_dir():
        for folder in (*sorted((one for one in path.rglob("*") if one.is_dir()), reverse=True), path):
            with suppress(OSError):
                folder.rmdir()


def _rename(old: Path, new: Path) -> None:
    """Move a file or folder by its name, unless that is done already."""
    if new.exists() and not old.exists():
        return
    with _told(old):
        new.parent.mkdir(parents=True, exist_ok=True)
        if new.exists():
            raise FileExistsError
        patiently(lambda: os.rename(inside(old), inside(new)))  # noqa: PTH104 - as the tests that stop commands hear of it
    settle((old.parent, new.parent))


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in the user's words why something cannot be moved."""
    try:
        yield
    except OSError as error:
        raise DanvanError(
            _("không chuyển được {path}: {why}", path=shown(path), why=reason(error)),
            help=_("đóng các tệp đang mở trong thư mục này, rồi chạy lại lệnh"),
        ) from None
