"""Git repositories for tests, and edits of the shipped plan in them."""

from __future__ import annotations

import atexit
import os
import re
import subprocess
from functools import cache
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from copies import copied

MOVED = ("before: 2023-05-10", "before: 2023-05-15")
RAISED = ("revision: 1", "revision: 2")
AMENDMENT = "\namendments:\n  - {revision: 2, type: Kế hoạch, number: 52/KH-UBND, date: 2023-02-20, covers: [6m]}\n"
ALLOWED = ("\nclosing:", f"{AMENDMENT}\nclosing:")


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder."""
    who = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@cache
def _known() -> tuple[Path, dict[str, Path]]:
    folder = Path(mkdtemp(prefix="danvan-git-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder, {}


def committed(folder: Path) -> Path:
    """Make a folder a repository with one commit of all its files, on `main`; made once for the same files."""
    files = sorted(one for one in folder.rglob("*") if one.is_symlink() or one.is_file())
    told = (os.fsencode(f"{one.relative_to(folder)}\0") + _held(one) for one in files)
    digest = sha256(b"".join(sha256(one).digest() for one in told)).hexdigest()
    place, known = _known()
    if digest in known:
        copied(known[digest], folder / ".git")
    else:
        git(folder, "init", "-q", "-b", "main")
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", "a")
        known[digest] = copied(folder / ".git", place / digest)
    return folder


def _held(file: Path) -> bytes:
    return os.fsencode(file.readlink()) if file.is_symlink() else file.read_bytes()


def edited(folder: Path, *pairs: tuple[str, str]) -> None:
    """Replace texts in a workspace's plan, each of which is there."""
    path = folder / "plans" / "2023.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def few_units(folder: Path) -> Path:
    """Leave the two units that the sample's plan names as owners and one of two other blocks: what all units go through, in a tenth of the time."""
    path = folder / "plans" / "2023.yaml"
    plan, units = path.read_text(encoding="utf-8").split("\nunits:\n")
    stay = ("so-noi-vu", "dai-ptth-bao", "so-y-te", "huyen-bu-dang")
    units = re.sub(rf"(?m)^  - \{{id: (?!(?:{'|'.join(stay)}),)[^}}]*\}}\n", "", units)
    path.write_text(f"{plan}\nunits:\n{units}", encoding="utf-8")
    return folder
