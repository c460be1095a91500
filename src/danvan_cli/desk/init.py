"""A workspace begun: with the shipped plan, calendar and samples."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from danvan_cli import __version__
from danvan_cli.errors import UsageError
from danvan_cli.files import shipped, write
from danvan_cli.lang import _
from danvan_cli.workspace import Workspace

_PIPELINES = Path(__file__).parents[1] / "pipelines"
_PLACES = {"github": ".github/workflows/danvan.yml", "gitlab": ".gitlab-ci.yml"}
_IGNORED = """\
# Tài liệu kiểm chứng không đưa vào git: chỉ giữ số, ngày, mã SHA-256 và nơi để.
units/*/evidence/
province/received/*/*/*/goi/data/evidence/
# Bản cũ do danvan giữ lại khi ghi đè, và tệp tạm của Word.
*.bak
*.bak[0-9]*
~$*
.danvan.lock
.danvan-*
build/
"""
_ATTRIBUTES = """\
# Mã SHA-256 tính trên từng byte: git không được đổi dấu xuống dòng (core.autocrlf), nhất là ở tệp đã nhận.
*.yaml text eol=lf
*.j2 text eol=lf
province/received/** -text
units/*/evidence/** -text
"""


@dataclass(frozen=True)
class NewWorkspace:
    """What `init` did: the workspace, what it wrote, what was there and was left alone."""

    workspace: Workspace
    written: list[Path]
    kept: list[Path]
    wheel: Path | None = None
    """What a new pipeline installs danvan from, by its place in the workspace, where it is not there yet."""


def make_workspace(folder: Path, ci: str | None = None) -> NewWorkspace:
    """Copy the shipped plan, calendar and samples into a folder; what exists is left as it is.

    Args:
        folder: where.
        ci: the code host that a pipeline is written for: `github` or `gitlab`; None for none.

    Raises:
        UsageError: if the folder cannot be one.
        DanvanError: if it cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(_("{path} là một tệp, không phải thư mục", path=folder))
    root = folder.absolute()
    written, kept = [], []
    contents = _contents(root)
    if ci:
        text = _PIPELINES.joinpath(f"{ci}.yml").read_bytes()
        contents.append((text.replace(b"@VERSION@", __version__.encode()), root / _PLACES[ci]))
    for source, target in contents:
        if target.exists():
            kept.append(target)
        else:
            write(target, source)
            written.append(target)
    wheel = Path("ci", f"danvan-{__version__}-py3-none-any.whl")
    lacks = ci is not None and root / _PLACES[ci] in written and not (root / wheel).is_file()
    return NewWorkspace(Workspace(root), written, kept, wheel if lacks else None)


def guard(workspace: Workspace) -> None:
    """Give a workspace in git that was begun before there was one its `.gitattributes`; one that is there is left."""
    path = workspace.root / ".gitattributes"
    if (workspace.root / ".git").exists() and not path.exists():
        write(path, _ATTRIBUTES.encode())


def _contents(root: Path) -> list[tuple[bytes, Path]]:
    """List what a workspace starts with: the bytes, and where they go."""
    found = [(_IGNORED.encode(), root / ".gitignore"), (_ATTRIBUTES.encode(), root / ".gitattributes")]
    for part in ("plans", "samples"):
        base = shipped(part)
        found += [
            (path.read_bytes(), root / part / path.relative_to(base))
            for path in sorted(base.rglob("*"))
            if path.is_file() and ".adopted" not in path.parts
        ]
    return found
