"""Write the licences of what danvan is installed with into `docs/giay-phep.md`: `python tools/licences.py`.

They are read from what is installed (`pip install '.[sign]'`): what danvan asks for, and what that asks for.
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "giay-phep.md"
MARKS: Final = ("<!-- thư viện: bắt đầu -->", "<!-- thư viện: kết thúc -->")

SAID: Final = {
    "Apache Software License": "Apache-2.0", "BSD License": "BSD-3-Clause", "ISC License (ISCL)": "ISC", "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "LGPL 2.1": "LGPL-2.1-only",
    "Python Software Foundation License": "PSF-2.0",
}  # fmt: skip
"""SPDX names of what older metadata says; of the packages here, whose licence files were looked at."""


def asked_for(lines: Iterable[str]) -> Iterator[str]:
    """Give the names of requirements that hold on this machine, extras left out."""
    for wanted in map(Requirement, lines):
        if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
            yield canonicalize_name(wanted.name)


def closure(lines: Iterable[str]) -> list[str]:
    """Give the names of requirements and of all that they ask for."""
    found: set[str] = set()
    waiting = list(asked_for(lines))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += asked_for(distribution(name).requires or ())
    return sorted(found)


def licence(name: str) -> str:
    """Give the SPDX name of a distribution's licence."""
    told = distribution(name).metadata
    classified = [one.rpartition(" :: ")[2] for one in told.get_all("Classifier", []) if one.startswith("License ::")]
    said = [*told.get_all("License-Expression", []), *classified, *told.get_all("License", [])][0].partition("\n")[0]
    return SAID.get(said, str(said))


def rows() -> Iterator[str]:
    """Write the table."""
    yield "| thư viện | giấy phép | khi nào |"
    yield "|---|---|---|"
    project = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8"))["project"]
    always = closure(project["dependencies"])
    signing = [name for name in closure(project["optional-dependencies"]["sign"]) if name not in always]
    for names, when in ((always, "luôn"), (signing, "chỉ khi cài `danvan[sign]`")):
        for name in names:
            yield f"| {distribution(name).metadata['Name']} | {licence(name)} | {when} |"


def renewed(text: str) -> str:
    """Put the table between its marks."""
    table = "\n".join([MARKS[0], *rows(), MARKS[1]])
    return re.sub(f"{MARKS[0]}[^\0]*{MARKS[1]}", lambda _found: table, text)


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
