"""Which templates there are: the users' own in the workspace, else those that come with danvan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from danvan_cli.documents.template import Template, TemplateError, compile_template
from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes, shipped
from danvan_cli.findings import Finding, Spot
from danvan_cli.lang import _
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SUFFIX: Final = ".md.j2"
_LIMIT: Final = 2**20


def find(name: str, folder: Path | None = None) -> Template:
    """Compile a template by its name; a file of the users' own goes before the one that is shipped.

    Args:
        name: as in `ke-hoach-don-vi`, without folder and suffix.
        folder: the workspace's `templates/`, if any.

    Raises:
        UsageError: if there is no template of that name.
        TemplateError: if it is wrong.
    """
    try:
        return compile_template(name, _loader(folder))
    except LookupError:
        raise UsageError(_("không có mẫu «{name}»", name=name)) from None


def check_template(path: Path) -> list[Finding]:
    """Compile a template file and give what is wrong with it.

    Raises:
        UsageError: if the file cannot be read at all.
    """
    name = path.name.removesuffix(SUFFIX)
    read_bytes(path, limit=_LIMIT)
    try:
        compile_template(name, _loader(path.parent))
    except TemplateError as error:
        return error.findings
    return []


def _loader(folder: Path | None) -> Callable[[str], tuple[str, str]]:
    places = [place for place in (folder, shipped("templates")) if place is not None]

    def load(name: str) -> tuple[str, str]:
        for place in places:
            path = place / f"{name}{SUFFIX}"
            if "/" not in name and "\\" not in name and path.is_file():
                data = read_bytes(path, limit=_LIMIT)
                try:
                    return data.decode("utf-8-sig"), shown(path)
                except UnicodeDecodeError as error:
                    spot = Spot(data[: error.start].count(b"\n") + 1, 1)
                    message = _("mẫu không phải UTF-8")
                    raise TemplateError(shown(path), [Finding("DV101", shown(path), spot, message)]) from None
        raise LookupError(name)

    return load
