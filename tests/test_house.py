"""The house's own rules: floors, lazy commands, messages, and nothing that belongs to one machine."""

from __future__ import annotations

import ast
import os
import re
import string
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from danvan_cli.cli.app import COMMANDS, found
from danvan_cli.cli.options import Verbs

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "danvan_cli"

# Each imports only from its own room and those before it. The modules beside the rooms are the ground.
FLOORS = [
    "findings", "yaml", "ooxml", "pdf", "nd30", "word", "plan", "unit", "delivery", "scoring", "papers", "excel", "rules",
    "province", "inbox", "importing", "page", "desk", "cli", "__main__", "windows",
]  # fmt: skip

MODULES = sorted(PACKAGE.rglob("*.py"))

SKIPPED = {".git", ".venv", "build", "dist", "node_modules", "__pycache__", ".hypothesis"}
TEXTS = {".py", ".md", ".toml", ".txt", ".yaml", ".yml", ".json", ".j2", ".cfg", ""}

# Written in pieces, so that this file does not hold what it looks for.
HOMES = re.compile(
    "|".join(
        [
            "/" + "home/",
            "/" + "Users/",
            "/" + "root/",
            "/" + "work/",
            r"[A-Z]:\\" + "Users",
            r"\.\./" + "shared",
        ]
    )
)
HOSTS = re.compile(
    "|".join(
        [
            "pypi" + r"\.org",
            "registry" + r"\.npmjs",
            "deb" + r"\.debian\.org",
            "python" + "hosted",
            "index" + "-url",
        ]
    )
)


def floor(module: str) -> int:
    """Tell a module's floor by its dotted name inside the package: 0 is the ground."""
    first = module.split(".", maxsplit=1)[0]
    return FLOORS.index(first) + 1 if first in FLOORS else 0


def test_tests_stand_in_the_rooms_whose_work_they_test() -> None:
    folders = {path.parent.name for path in (ROOT / "tests").glob("*/test_*.py")}
    assert folders == {*FLOORS} - {"__main__"} | {"fire"}, "fire is about all of them"


@cache
def nodes(path: Path) -> list[ast.Import | ast.ImportFrom | ast.Call]:
    """Give the imports and calls of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"), path.name)
    return [one for one in ast.walk(tree) if isinstance(one, ast.Import | ast.ImportFrom | ast.Call)]


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Name what a module imports of the package, also inside functions and for types alone."""
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import hides its floor"
            base = (node.module or "").split(".")
            if base[0] == "danvan_cli":
                yield from ((node.lineno, ".".join([*base[1:], name.name])) for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (
                (node.lineno, name.name.removeprefix("danvan_cli."))
                for name in node.names
                if name.name.startswith("danvan_cli.")
            )


def messages(path: Path) -> Iterator[ast.Call]:
    """Give the calls of `_()`."""
    for node in nodes(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
            yield node


def test_no_floor_imports_a_higher_one() -> None:
    higher = [
        f"{path}:{line}: {name}"
        for path in MODULES
        for line, name in imports(path)
        if floor(name) > floor(path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", "."))
    ]
    assert not higher


def test_no_modules_import_each_other_in_a_circle() -> None:
    names = {path: path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".") for path in MODULES}
    known = set(names.values())
    below = {
        name: {found if found in known else found.rpartition(".")[0] for _line, found in imports(path)}
        for path, name in names.items()
    }
    while leaves := {name for name, others in below.items() if not others & below.keys() - {name}}:
        below = {name: others for name, others in below.items() if name not in leaves}
    assert not below, f"in or above a circle: {sorted(below)}"


def test_every_folder_of_the_package_is_a_known_floor() -> None:
    folders = {path.parent.relative_to(PACKAGE).parts[0] for path in MODULES if path.parent != PACKAGE}
    assert folders <= set(FLOORS)


def test_every_listed_command_can_be_imported() -> None:
    for name in COMMANDS:
        command = found(name)
        verbs = command.verbs if isinstance(command, Verbs) else {name: (command, "")}
        assert all(callable(verb) for verb, _does in verbs.values()), name


def test_every_command_has_a_file_of_tests() -> None:
    assert not [one for one in COMMANDS if not (ROOT / f"tests/cli/test_{one.replace('-', '_')}.py").is_file()]


def public(path: Path) -> Iterator[str]:
    """Give the public names that a module defines at its top."""
    for node in ast.parse(path.read_text(encoding="utf-8"), path.name).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (one.id for one in targets if isinstance(one, ast.Name))


def test_no_public_name_stands_in_two_modules() -> None:
    """But for those of a registry, and of commands, of which another room may have what they do."""
    groups = ((name, found(name)) for name in COMMANDS)
    commands = {verb for name, one in groups for verb in (one.verbs if isinstance(one, Verbs) else [name])}
    free = {"KIND", "KINDS", *(name.replace("-", "_") for name in commands)}
    homes: dict[str, list[str]] = {}
    for path in MODULES:
        for name in {one for one in public(path) if not one.startswith("_")} - free:
            homes.setdefault(name, []).append(path.relative_to(PACKAGE).as_posix())
    assert not {name: where for name, where in homes.items() if len(where) > 1}


def test_a_message_is_never_glued_together_before_it_is_translated() -> None:
    glued = [
        f"{path}:{call.lineno}"
        for path in MODULES
        for call in messages(path)
        if call.args and isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert not glued


def test_every_place_in_a_message_gets_its_value() -> None:
    wrong = []
    for module, call in ((path, call) for path in MODULES for call in messages(path)):
        if (
            call.args
            and isinstance(call.args[0], ast.Constant)
            and None not in (given := {k.arg for k in call.keywords} - {"context"})
        ):
            text = call.args[0].value
            named = (
                {field for _, field, _, _ in string.Formatter().parse(text) if field is not None} if given else set()
            )
            if named != given:
                wrong.append(f"{module}:{call.lineno}: {text!r} has {sorted(named)}, gets {sorted(map(str, given))}")
    assert not wrong


@cache
def texts() -> list[Path]:
    """List the project's own text files."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [one for one in folders if not unwanted_name(one)]
        found += [Path(folder, one) for one in names if Path(one).suffix in TEXTS and not unwanted_name(one)]
    return sorted(path for path in found if path.is_file())


def unwanted_name(name: str) -> bool:
    return name in SKIPPED or name.endswith(("_cache", ".egg-info")) or name.startswith(".coverage")


@pytest.mark.parametrize("unwanted", [HOMES, HOSTS], ids=["a person's or a machine's folder", "a registry's host"])
def test_no_file_names(unwanted: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in texts()
        if unwanted.search(text := path.read_text(encoding="utf-8", errors="replace"))
        for number, line in enumerate(text.splitlines(), start=1)
        if unwanted.search(line)
    ]
    assert not found


def test_the_search_for_names_sees_files() -> None:
    seen = {path.relative_to(ROOT).as_posix() for path in texts()}
    assert {"pyproject.toml", "Makefile", ".ci/run", "src/danvan_cli/__main__.py"} <= seen
    assert HOMES.search("see /" + "home/an/x.yaml")
    assert HOSTS.search("https://pypi" + ".org/simple")
