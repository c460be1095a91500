"""Runs a `danvan` command again and again, each time stopped at another event of the file system, then once more.

As a script: `stopped.py HOW MOST BASE OUT CWD ARGUMENT…`. It copies the folder BASE to OUT/0 and runs the command whole
in CWD below it, which gives the events: whatever makes, writes, renames or removes something below the copy. Then, in a
new copy for each event, it stops the command before it, `kill` by SIGKILL, `full` by a disk that is full from then on
(what only removes or renames goes on), and runs it twice more, whole. MOST events are taken, spread evenly; 0 is all.
Each run is a process of its own, forked from this one, which has run the command once: what it imports is there.

What is written, as JSON: `codes`, `told` of the whole run and the one after it, `same` if that one changed no byte and
no time, and `stops`: the event; the codes of the three runs; what they told; of the first which files are neither as
before nor as in the end (`between`) and which of these are torn; of the second which differ from the whole run's and
which drafts are left; whether the third, run after each fourth, changed anything.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from forked import ended, forked, told

from commands import called
from danvan_cli import files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EVENTS = {
    "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.utime"
}  # fmt: skip
FREEING = {"os.remove", "os.rmdir", "os.chmod", "os.utime"}
"""What needs no room."""
FREE = {"os.rename", "os.remove", "os.rmdir", "os.chmod", "os.utime"}
"""What a full disk still does, once it has refused something."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
LOCK = ".danvan.lock"


def watched(folder: Path, tell: Callable[[str, str], None]) -> None:
    """Have whatever this process is about to change below a folder told, by its event and path."""
    top, flush = f"{folder}{os.sep}", os.fsync

    def hook(event: str, about: tuple[object, ...]) -> None:
        if event == "open":
            if not isinstance(about[2], int) or not about[2] & WRITING:
                return
        elif event not in EVENTS:
            return
        path = about[0]
        if isinstance(path, int):
            path = os.readlink(f"/proc/self/fd/{path}")  # noqa: PTH115 - a name
        whole = os.path.abspath(os.fsdecode(path))  # type: ignore[arg-type]  # noqa: PTH100 - resolves no link
        if whole.startswith(top):
            tell(event, whole.removeprefix(top))

    def fsync(handle: int) -> None:
        path = os.readlink(f"/proc/self/fd/{handle}")  # noqa: PTH115 - a name
        if path.startswith(top):
            tell("fsync", path.removeprefix(top))
        else:
            flush(handle)

    os.fsync = fsync  # what is written to a draft is on the disk at the latest then
    sys.addaudithook(hook)


class Stop:
    """Stops a command at its `at`-th event; at no one it counts."""

    def __init__(self, how: str, at: int, mark: Path) -> None:
        self.how, self.at, self.mark = how, at, mark
        self.events: list[str] = []

    def __call__(self, event: str, path: str) -> None:
        """Hear of an event."""
        self.events.append(f"{event} {path}")
        if self.at and self.how == "kill" and len(self.events) == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
        count, free = len(self.events), FREE if len(self.events) > self.at else FREEING
        if self.at and self.how == "full" and count >= self.at and event not in free:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def call(folder: Path, cwd: str, arguments: list[str], out: Path, how: str = "", at: int = 0) -> int:
    """Run the command in a process of its own; give how it ended: minus the signal that killed it."""

    def work() -> int:
        os.chdir(folder / cwd)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        files._swept.clear()  # of the process forked from
        stop = Stop(how, at, out)
        watched(folder, stop)
        code = told(arguments, out)
        if not at:
            out.with_suffix(".events").write_text("\n".join(stop.events), "utf-8")
        return code

    return ended(forked(work))


def _files(folder: Path) -> list[Path]:
    return [one for one in sorted(folder.rglob("*")) if one.is_file() and one.relative_to(folder).parts[0] != "cache"]


def tree(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder, without the lock and what a killed process left half made."""
    found = {str(path.relative_to(folder)): path for path in _files(folder)}
    return {name: path.read_bytes() for name, path in found.items() if ".danvan-" not in name and path.name != LOCK}


def times(folder: Path) -> dict[str, int]:
    """Give when each file was written."""
    return {str(one.relative_to(folder)): one.stat().st_mtime_ns for one in _files(folder) if one.name != LOCK}


def whole(name: str, data: bytes, folder: Path) -> bool:
    """Tell whether a file is one, as far as its kind can tell."""
    if name.endswith((".yaml", ".yml")):
        try:
            return isinstance(yaml.safe_load(data), dict)
        except yaml.YAMLError:
            return False
    if name.endswith((".docx", ".xlsx", ".zip")):
        try:
            return zipfile.ZipFile(folder / name).testzip() is None
        except (zipfile.BadZipFile, OSError):
            return False
    return bool(data)


def drafts(folder: Path) -> list[str]:
    """List what processes that are gone have left."""
    return [str(one.relative_to(folder)) for one in sorted(folder.rglob(".danvan-*"))]


def spread(count: int, most: int) -> Sequence[int]:
    """Choose from 1 to `count`, evenly, both ends among them."""
    if not most or most >= count:
        return range(1, count + 1)
    return sorted({1 + round(i * (count - 1) / max(1, most - 1)) for i in range(most)})


def main() -> None:
    how, most, base, out, cwd, *arguments = sys.argv[1:]
    top = Path(out).resolve()
    warm = shutil.copytree(base, top / "warm", symlinks=True)
    os.environ["XDG_CACHE_HOME"] = str(warm / "cache")
    called(arguments, warm / cwd, os.environ)
    shutil.rmtree(warm)
    before = tree(Path(base))

    def copied(name: str) -> Path:
        return shutil.copytree(base, top / name, symlinks=True)

    def run(folder: Path, name: str, *stop: object) -> tuple[int, str]:
        path = top / name
        code = call(folder, cwd, arguments, path, *stop)  # type: ignore[arg-type]
        return code, path.read_text("utf-8")

    def again(folder: Path, name: str) -> tuple[int, str, bool]:
        known = tree(folder), times(folder)
        return *run(folder, name), known == (tree(folder), times(folder))

    folder = copied("0")
    first = run(folder, "first.txt")
    events = (top / "first.events").read_text("utf-8").splitlines()
    wanted = tree(folder)
    second = again(folder, "second.txt")
    told = {"codes": [first[0], second[0]], "told": [first[1], second[1]], "same": second[2], "events": events}
    stops = []
    for at in spread(len(events), int(most)):
        folder = copied(str(at))
        first = run(folder, "first.txt", how, at)
        left = tree(folder)
        odd = {name for name, data in left.items() if data not in (before.get(name), wanted.get(name))}
        there = {*left.values()}  # what has moved already is not lost
        odd |= {name for name in before.keys() - left.keys() - wanted.keys() if before[name] not in there}
        odd |= before.keys() & wanted.keys() - left.keys()
        torn = sorted(name for name in odd if not whole(name, left.get(name, b""), folder))
        second = run(folder, "second.txt")
        made = tree(folder)
        differs = sorted(name for name in made.keys() | wanted.keys() if made.get(name) != wanted.get(name))
        waste = drafts(folder)
        third = again(folder, "third.txt") if at % 4 == 1 or at == len(events) else second
        stops.append(
            {"event": f"{at} {events[at - 1]}", "codes": [first[0], second[0], third[0]],
             "told": [first[1], second[1], third[1]], "done": left == wanted, "between": sorted(odd), "torn": torn,
             "differs": differs, "left": [one for one in waste if Path(one).name != LOCK], "same": third[2:] in {(), (True,)}}
        )  # fmt: skip
        shutil.rmtree(folder)
    sys.stdout.write(json.dumps(told | {"stops": stops}))


if __name__ == "__main__":
    main()
