"""The register of units that several plans share: blocks and units in a file of their own, which each plan names."""

from __future__ import annotations

import os
import re
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from pydantic import Field

from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes, repositories
from danvan_cli.lang import _
from danvan_cli.plan.head import Block, Unit
from danvan_cli.workspace import Workspace, shown
from danvan_cli.yaml.schema import Model, by_id, validate
from danvan_cli.yaml.yamlfile import YamlFile, yaml_file

if TYPE_CHECKING:
    from danvan_cli.findings.finding import Finding
    from danvan_cli.revisions import Repository
    from danvan_cli.yaml.schema import Fetch

KEY: Final = "register"
_FORMAT: Final = "danvan-register/"
_NAMES_FORMAT = re.compile(rf"^format:[ \t]*['\"]?{_FORMAT}", re.MULTILINE)
_NO_LETTERS: Final = bytes({*range(256)} - {*range(0x20, 0x7F)})


class Register(Model):
    """The file."""

    format: Literal["danvan-register/1"]
    blocks: list[Block] = Field(min_length=1)
    units: list[Unit] = Field(min_length=1)

    block_by_id: ClassVar[cached_property[dict[str, Block]]] = by_id("blocks")
    unit_by_id: ClassVar[cached_property[dict[str, Unit]]] = by_id("units")


def register_path(plan: Path, named: str, root: Path | None = None) -> Path:
    """Tell where the register of a plan lies, links followed; it need not be there.

    A plan may be a stranger's, and what a check finds quotes lines: no file of the machine's may be taken for a register.
    The path is `named` from the plan's folder; `root` is the plan's workspace, where it is none yet.

    Raises:
        UsageError: if it is no .yaml, or lies outside the plan's git repository; where there is none, outside the
            workspace and the folder right above it.
    """
    folder = Path(os.path.realpath(plan.absolute().parent))
    try:
        real = Path(os.path.realpath(plan.absolute().parent / named))
    except (OSError, ValueError):  # no system takes it for a path
        real = Path(named)
    if not named.endswith(".yaml") or real.suffix != ".yaml":
        raise UsageError(_("«{name}» không phải tệp .yaml", name=named[:80]), help=_how())
    top = next(repositories(folder), None)
    if top is None:
        workspace = Workspace.holding(folder)
        top = Path(os.path.realpath(root or (workspace.root if workspace else folder)))
        near = real.is_relative_to(top) or real.parent == top.parent
        said = _("«{name}» nằm ngoài thư mục làm việc và thư mục ngay trên nó: không đọc", name=named[:80])
    else:
        near = real.is_relative_to(top) and next(repositories(real.parent), None) == top
        said = _("«{name}» nằm ngoài kho git của kế hoạch: không đọc", name=named[:80])
    if not near or ".git" in map(str.casefold, real.parts[len(top.parent.parts) :]):
        raise UsageError(said, help=_("để tệp danh mục trong kho, cạnh các thư mục làm việc; {how}", how=_how()))
    return real


def _how() -> str:
    return _("ghi đường dẫn từ thư mục chứa kế hoạch, ví dụ: register: ../../don-vi.yaml")


def fetched(plan: Path) -> Fetch:
    """Give what reads the register that the plan of a file names.

    It raises UsageError where there is none that may be read.
    """

    def fetch(named: str) -> YamlFile:
        path = register_path(plan, named)
        return yaml_file(shown(path), read_bytes(path))

    return fetch


def fetched_then(repository: Repository, revision: str, plan: str, label: str) -> Fetch:
    """Give what reads the register of a plan (as named then) in a revision, which is there; the user knows it as `label`."""

    def fetch(named: str) -> YamlFile:
        found = repository.named(revision, str(PurePosixPath(plan).parent / named))
        if found is None:
            raise UsageError(_("bản «{revision}» không có tệp {path}", revision=label[:80], path=named[:80]))
        if not named.endswith(".yaml") or not found[1].endswith(".yaml"):
            raise UsageError(_("«{name}» không phải tệp .yaml", name=named[:80]), help=_how())
        return yaml_file(f"{label}:{found[1]}", found[0])

    return fetch


def read_register(file: YamlFile, named: str, fetch: Fetch) -> tuple[Register | None, YamlFile | None, list[Finding]]:
    """Read the register that a plan's file names: as far as it can be read, its file, and what was found."""
    try:
        other = fetch(named)
    except UsageError as error:
        return None, None, [file.finding("DV113", file.span((KEY,)), error.message, help=error.help or _how())]
    if not _is_register(other):
        said = _("«{name}» không phải danh mục đơn vị", name=named[:80])
        how = _("tệp danh mục bắt đầu bằng dòng «format: danvan-register/1»")
        return None, None, [file.finding("DV113", file.span((KEY,)), said, help=how)]
    register, found = validate(Register, other)
    return register, other, [*other.findings, *found]


def _is_register(file: YamlFile) -> bool:
    """Tell a register, also one that cannot be read to its end: nothing is told of what any other file holds."""
    if isinstance(file.root, dict):
        return str(file.root.get("format")).startswith(_FORMAT)
    return file.root is None and _NAMES_FORMAT.search(file.text) is not None


def named_register(root: object) -> str | None:
    """Tell which register a plan names, by what was read of its file."""
    named = root.get(KEY) if isinstance(root, dict) else None
    return named if isinstance(named, str) else None


def _may_name(data: bytes) -> bool:
    """Tell whether a file can have a key that is read as `register`: unseen letters are taken out, escapes resolved."""
    return KEY.encode() in data.translate(None, _NO_LETTERS) or b"\\" in data


def made_from(plan: Path) -> bytes:
    """Give what tells whether a plan's register is still the same: where it lies and what it holds, or what is wrong."""
    try:
        data = read_bytes(plan)
        named = named_register(yaml_file(shown(plan), data).root) if _may_name(data) else None
        if named is None:
            return b""
        path = register_path(plan, named)
        return f"{path}\0".encode("utf-8", "surrogatepass") + read_bytes(path)
    except UsageError as error:
        return error.message.encode("utf-8", "surrogatepass")
