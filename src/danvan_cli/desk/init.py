"""A workspace begun: with a province's draft, or with the shipped plan and samples."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from danvan_cli import __version__
from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes, shipped, write
from danvan_cli.lang import _
from danvan_cli.workspace import Workspace, shown

_PIPELINES = Path(__file__).parents[1] / "pipelines"
_PLACES = {"github": ".github/workflows/danvan.yml", "gitlab": ".gitlab-ci.yml"}
_FOR_PAGES = b"  # @pages"
"""At the end of the lines of a pipeline that publish the page for everybody."""
IGNORED = """\
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
    plan: Path | None = None
    """The draft of a province, where that is what it begins with."""
    wheel: Path | None = None
    """What a new pipeline installs danvan from, by its place in the workspace, where it is not there yet."""


@dataclass(frozen=True)
class Wanted:
    """Whose plan a workspace begins with: the province, by name or code, the year, what the year's work is called."""

    province: str
    year: int
    subject: str
    register: Path | None = None
    """Where the units are to stand that other plans share; None: in the plan itself."""


def make_workspace(
    folder: Path, wanted: Wanted | None = None, ci: str | None = None, *, pages: bool = False, begun: bool = False
) -> NewWorkspace:
    """Begin a workspace in a folder, which must hold no other plan, with a draft, or with the shipped plan and samples.

    What exists is left as it is. A pipeline is written for the code host `ci`, `github` or `gitlab`; `pages`: it publishes
    the page for everybody; `begun`: the folder has its plan, and gets the pipeline alone.
    """
    if pages and not ci:
        raise UsageError(
            _("--pages là để quy trình công bố trang, nên cần --ci"),
            help=_("ghi --ci github hoặc --ci gitlab; làm trang tại máy: danvan page --public"),
        )
    if folder.exists() and not folder.is_dir():
        raise UsageError(_("{path} là một tệp, không phải thư mục", path=folder))
    root = folder.absolute()
    plan = root / "plans" / f"{wanted.year}.yaml" if wanted else None
    written, kept = [], []
    contents = [(IGNORED.encode(), root / ".gitignore"), (_ATTRIBUTES.encode(), root / ".gitattributes")]
    if begun:
        pass
    elif wanted is None or plan is None:
        (sample,) = plans_in(shipped("plans"))
        _alone(read_bytes(sample), root / "plans" / sample.name)
        contents += _shipped(root, "plans", "samples")
    else:
        drafts = _drafts(wanted, root, plan)
        _alone(*drafts[0], wanted.register)
        contents += [*drafts, *_shipped(root, "plans/.schema", "plans/calendar.yaml", "plans/functions.yaml")]
    if ci:
        text = _PIPELINES.joinpath(f"{ci}.yml").read_bytes().replace(b"@VERSION@", __version__.encode())
        lines = (one for one in text.splitlines(keepends=True) if pages or _FOR_PAGES not in one)
        contents.append((b"".join(lines).replace(_FOR_PAGES, b""), root / _PLACES[ci]))
    for source, target in contents:
        if target.exists():
            kept.append(target)
        else:
            write(target, source)
            written.append(target)
    wheel = Path("ci", f"danvan-{__version__}-py3-none-any.whl")
    lacks = ci is not None and root / _PLACES[ci] in written and not (root / wheel).is_file()
    return NewWorkspace(Workspace(root), written, kept, plan, wheel if lacks else None)


def guard(workspace: Workspace) -> None:
    """Give a workspace in git that was begun before there was one its `.gitattributes`; one that is there is left."""
    path = workspace.root / ".gitattributes"
    if (workspace.root / ".git").exists() and not path.exists():
        write(path, _ATTRIBUTES.encode())


def _drafts(wanted: Wanted, root: Path, plan: Path) -> list[tuple[bytes, Path]]:
    """Make a province's plan, and the register that it names, if it is to have one."""
    from danvan_cli.plan.draft import draft_plan, draft_register
    from danvan_cli.plan.shared import register_path

    if wanted.register is None:
        return [(draft_plan(wanted.province, wanted.year, wanted.subject).encode(), plan)]
    named = _way(wanted.register, plan.parent)
    path = register_path(plan, named, root)
    schema = _way(root / "plans" / ".schema" / "register.json", path.parent)
    return [
        (draft_plan(wanted.province, wanted.year, wanted.subject, named).encode(), plan),
        (draft_register(wanted.province, wanted.year, schema).encode(), path),
    ]


def _way(path: Path, folder: Path) -> str:
    """Give the way from a folder to a file, links in the folder's own path followed; from another drive the whole path."""
    try:
        return Path(os.path.relpath(path.absolute(), os.path.realpath(folder))).as_posix()
    except ValueError:  # Windows knows none between drives; the register may not lie there, as it is told then
        return path.absolute().as_posix()


def plans_in(plans: Path) -> list[Path]:
    """List the files of a folder `plans` that can be a plan."""
    ours = {"calendar.yaml", "functions.yaml"}
    return [path for path in sorted(plans.glob("*.yaml")) if path.suffixes == [".yaml"] and path.name not in ours]


def _alone(fresh: bytes, plan: Path, register: Path | None = None) -> None:
    """See that no other plan is there than the one to be made: its units' files would be taken for this one's."""
    others = [path for path in plans_in(plan.parent) if path not in {plan, register and register.absolute()}]
    if plan.exists() and (there := _whose(read_bytes(plan))) and there != _whose(fresh):
        others.insert(0, plan)
    if others:
        raise UsageError(
            _("thư mục này đã có kế hoạch {path}; mỗi thư mục làm việc chỉ có một kế hoạch", path=shown(others[0])),
            help=_("kế hoạch năm khác, công việc khác: tạo thư mục khác, ví dụ: danvan init TÊN-THƯ-MỤC"),
        )


def _whose(data: bytes) -> tuple[str, str] | None:
    """Tell whose plan it is and of what; None where it has errors."""
    from danvan_cli.plan.model import Plan
    from danvan_cli.yaml.read import as_read
    from danvan_cli.yaml.yamlfile import yaml_file

    plan = as_read(Plan, yaml_file("", data), alone=True).record
    return (plan.issuer.name, plan.subject) if plan else None


def _shipped(root: Path, *parts: str) -> list[tuple[bytes, Path]]:
    """List what is copied from what ships: the bytes, and where they go."""
    found = []
    for part in parts:
        base = shipped(part)
        paths = [base] if base.is_file() else [path for path in sorted(base.rglob("*")) if path.is_file()]
        paths = [path for path in paths if ".adopted" not in path.parts]
        found += [(path.read_bytes(), root / part / path.relative_to(base)) for path in paths]
    return found
