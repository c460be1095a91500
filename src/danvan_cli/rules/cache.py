"""What was found of files that have not changed since: never wrong, and it can be deleted any time.

An entry counts only while everything it was made from is the same, byte for byte: the file, all YAML of `plans/` and
the registers that plans name, the unit's folder of evidence and (of its score) record, danvan's own code, the libraries it stands on, the
screen's language, and today, which some days are held against. The file that keeps them begins with the digest of what follows: what was cut or changed is made
anew, as is what another account could have written.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from dataclasses import asdict
from functools import cache, cached_property
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from danvan_cli import __version__, lang
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.files import cache_folder, inside, read_bytes, write
from danvan_cli.findings.finding import Finding, Spot
from danvan_cli.plan.calendar import today
from danvan_cli.plan.shared import made_from
from danvan_cli.workspace import Workspace, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

_PACKAGE: Final = Path(__file__).parents[1]
_LIBRARIES: Final = ("pydantic", "pydantic_core", "yaml")
_PERSONAL: Final = frozenset(("DV904", "DV905"))
"""What these find is not copied anywhere, so a file with one is looked at each time."""


class Cache:
    """The findings of a workspace's files, kept in the user's own folder for caches; `given` is the plan that was named."""

    def __init__(self, root: Path, given: Path | None) -> None:
        self.root = root
        self._given = given
        self._changed = False

    def get(self, path: Path, digest: str) -> list[Finding] | None:
        """Give what was found of a file by its digest; None where it is not known."""
        known = self._files.get(str(path.absolute()))
        if known is None or known[0] != digest:
            return None
        return [
            Finding(**row | {"path": shown(Path(row["path"] or path)), "spot": Spot(*row["spot"])}) for row in known[1]
        ]

    def put(self, path: Path, digest: str, found: list[Finding]) -> None:
        """Keep what was found of a file of a digest."""
        if not _PERSONAL.isdisjoint(one.rule for one in found):
            return
        label = shown(path)
        rows = [asdict(one) | {"path": None if one.path == label else str(Path(one.path).absolute())} for one in found]
        self._files[str(path.absolute())] = [digest, rows]
        self._changed = True

    def save(self) -> None:
        """Write the cache, if it has changed; where it cannot be written there is none."""
        if not self._changed:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            body = json.dumps({"made_from": self._made_from, "files": self._files}).encode()
            write(self._path, f"{sha256(body).hexdigest()}\n".encode() + body)
        except (OSError, DanvanError):
            return

    @cached_property
    def _path(self) -> Path:
        return cache_folder() / f"check-{sha256(str(self.root).encode('utf-8', 'surrogatepass')).hexdigest()[:16]}.json"

    @cached_property
    def _files(self) -> dict[str, Any]:
        try:
            data = read_bytes(self._path) if _own(self._path) else b""
        except (OSError, DanvanError):
            return {}
        digest, _end, body = data.partition(b"\n")
        if digest != sha256(body).hexdigest().encode():
            return {}
        read: dict[str, Any] = json.loads(body)
        return read["files"] if read["made_from"] == self._made_from else {}

    @cached_property
    def _made_from(self) -> str:
        """Digest all that every file's findings depend on."""
        digest = sha256(
            f"{__version__}|{sys.version}|{lang.current()}|{self._given}|{today()}".encode("utf-8", "surrogatepass")
        )
        digest.update(_code())
        plans = sorted((self.root / "plans").glob("*.yaml"))
        plans += [self._given] if self._given else []
        _contents(digest, (*plans, *Workspace(self.root).all_adopted))
        for plan in plans:
            digest.update(sha256(made_from(plan)).digest())
        return digest.hexdigest()

    @staticmethod
    def digest(path: Path, data: bytes) -> str:
        """Digest a file with the evidence beside it, and the unit's record that its score is held against."""
        digest = sha256(data)
        if path.name == "score.yaml":
            _contents(digest, [path.with_name("unit.yaml")])
        evidence = path.absolute().parent / "evidence"
        if evidence.is_dir():
            _contents(digest, sorted(inside(evidence).rglob("*")))
        return digest.hexdigest()


@cache
def _code() -> bytes:
    """Tell the files of danvan's own code, and of the libraries, apart from others: a process runs what it began with."""
    libraries = [Path(spec.origin) for name in _LIBRARIES if (spec := find_spec(name)) and spec.origin]
    files = [*sorted((*_PACKAGE.rglob("*.py"), *_PACKAGE.rglob("*.json"))), *libraries]
    known = ((file, file.stat()) for file in files)
    return "".join(f"{file}|{stat.st_size}|{stat.st_mtime_ns}" for file, stat in known).encode("utf-8", "surrogatepass")


def _own(path: Path) -> bool:
    """Tell whether nobody but this account can have written a file: both are its own, and others cannot reach it."""
    if not hasattr(os, "geteuid"):  # Windows: the folder of a user is theirs
        return True
    file, folder = path.lstat(), path.parent.lstat()
    ours = file.st_uid == folder.st_uid == os.geteuid()
    return ours and stat.S_ISREG(file.st_mode) and stat.S_ISDIR(folder.st_mode) and not folder.st_mode & 0o077


def _contents(digest: Any, paths: Iterable[Path]) -> None:
    """Add files to a digest: where each stands, and what is in it."""
    for path in paths:
        inner = sha256()
        try:
            if not path.is_file():  # a pipe never ends
                continue
            with inside(path).open("rb") as file:
                while piece := file.read(1 << 20):
                    inner.update(piece)
        except (OSError, UsageError) as error:  # what the check says of it holds as long as this does
            inner.update(f"\0{error!r}".encode("utf-8", "surrogatepass"))
        digest.update(f"\0{path.absolute()}\0{inner.hexdigest()}".encode("utf-8", "surrogatepass"))
