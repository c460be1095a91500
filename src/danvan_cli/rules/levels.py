"""What a workspace sets for itself: `danvan.yaml` beside `plans/`: how severe it takes each rule to be, whom it trusts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import AfterValidator, Field

from danvan_cli.files import read_bytes
from danvan_cli.findings.rule import FORM_CODE, catalogue, find
from danvan_cli.lang import _
from danvan_cli.text import perhaps
from danvan_cli.workspace import Workspace, shown
from danvan_cli.yaml.read import accepted, read
from danvan_cli.yaml.schema import Model, many, problem, validate
from danvan_cli.yaml.yamlfile import YamlFile, yaml_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from danvan_cli.findings.finding import Finding

    Levels = Mapping[str, str]
    """The levels that a workspace sets, by the codes of rules."""

NAME: Final = "danvan.yaml"
_FIXED: Final = ("DV1", "DV904", "DV908", "DV909", "DV914")
"""Errors that stay errors: without them files are misread, or taken for another's, secrets copied, files of the machine shown."""


def _code(name: str) -> str:
    known = [code for code in catalogue() if not code.startswith(FORM_CODE)]
    if name not in known:
        hint = perhaps(name, known) or _("xem các quy tắc: danvan rule")
        raise problem("DV113", _("không có quy tắc «{code}»", code=name[:40]), hint)
    return name


def _below(name: str) -> str:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name:
        hint = _("chép chứng thư vào thư mục làm việc, ví dụ chung-thu-goc/; nơi khác thì dùng --roots")
        raise problem("DV113", _("«{path}» nằm ngoài thư mục làm việc", path=name[:80]), hint)
    return name


class WorkspaceSettings(Model):
    """The file `danvan.yaml`."""

    format: Literal["danvan-settings/1"]
    severity: dict[Annotated[str, AfterValidator(_code)], Literal["error", "warning", "note", "ignore"]] = Field(
        default_factory=dict, description="Mức của từng quy tắc trong thư mục làm việc này; ignore: không kiểm tra"
    )
    roots: list[Annotated[str, AfterValidator(_below)]] = many(
        "Tệp hoặc thư mục chứng thư gốc được tin khi kiểm tra chữ ký số"
    )


def read_levels(file: YamlFile) -> tuple[dict[str, str], list[Finding]]:
    """Read a workspace's levels: each rule's level, and what is wrong with the file."""
    settings, found = validate(WorkspaceSettings, file)
    levels: dict[str, str] = {}
    for code, level in (settings.severity if settings else {}).items():
        if code.startswith(_FIXED) and find(code).severity == "error" and level != "error":
            said = _("{code} luôn là lỗi, không hạ mức được", code=code)
            found.append(file.finding("DV113", file.span(("severity", code)), said, help=_("bỏ dòng này")))
        else:
            levels[code] = level
    return levels, [*file.findings, *found]


def levels_of(folder: Path) -> Levels:
    """Give the levels of the workspace that holds a folder; none where it sets none, or there is no workspace.

    Raises:
        UsageError: if the file is there but cannot be read at all.
    """
    workspace = Workspace.holding(folder)
    path = workspace.root / NAME if workspace else None
    return read_levels(yaml_file(shown(path), read_bytes(path)))[0] if path and path.exists() else {}


def roots_of(root: Path) -> list[Path]:
    """Give the files and folders of certificates that a workspace trusts.

    Raises:
        InvalidFileError: if its settings are not what they should be.
    """
    path = root / NAME
    if not path.exists() or b"roots" not in read_bytes(path):  # what else is wrong in it is told by `check`
        return []
    there = read(WorkspaceSettings, path)
    return [root / name for name in accepted(path, there, there.findings).roots]


def leveled(findings: Iterable[Finding], levels: Levels) -> list[Finding]:
    """Give findings at a workspace's levels, without those that it ignores."""
    return [
        replace(one, level=levels[one.rule]) if one.rule in levels else one
        for one in findings
        if levels.get(one.rule) != "ignore"
    ]
