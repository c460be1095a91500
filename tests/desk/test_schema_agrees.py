"""The JSON Schemas: Vietnamese in every key, and check-jsonschema says of files what danvan's own reading says."""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from danvan_cli.desk.schema import KEYS, MODELS, schema_of
from danvan_cli.plan.calendar import Calendar
from danvan_cli.plan.model import Plan
from danvan_cli.plan.shared import Register
from danvan_cli.scoring.model import RubricFile, ScoreRecord
from danvan_cli.unit.functions import Functions
from danvan_cli.unit.model import UnitRecord
from danvan_cli.yaml.schema import validate
from danvan_cli.yaml.yamlfile import YamlFile
from judged import refused
from shares import some

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "tests" / "rules" / "examples"
KINDS: dict[str, Any] = {
    "plan": Plan, "unit": UnitRecord, "rubric": RubricFile, "score": ScoreRecord, "calendar": Calendar, "functions": Functions,
    "register": Register,
}  # fmt: skip
SCHEMA_LEVEL = re.compile(r"DV11[0-5]|DV907")
VALUES: list[Any] = [None, "", "   ", "x", 5, 2.5, True, [], ["x"], {}, {"x": 1}, "2023-02-30", "1023-01-01", "Ngày 5"]
EACH = 140


def models(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [("", schema), *schema.get("$defs", {}).items()]


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_has_a_vietnamese_title_and_description(kind: str) -> None:
    for name, model in models(schema_of(kind)):
        assert model["title"] == model["description"]
        assert model["title"] in MODELS.values(), name
        for key, field in model.get("properties", {}).items():
            assert field["title"] == KEYS[key]
            assert field["description"]
            assert not re.match(r"[A-Z][a-z]+ (of|the|is|a) ", field["description"])


def test_every_word_is_used() -> None:
    every = [one for kind in KINDS for one in models(schema_of(kind))]
    assert set(KEYS) == {key for _name, model in every for key in model.get("properties", {})}
    assert {model["title"] for _name, model in every} == set(MODELS.values())


def places(node: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [at, *(place for part, value in inner for place in places(value, (*at, part)))]


def changed(tree: Any, place: tuple[Any, ...], how: Any) -> Any:
    copy = json.loads(json.dumps(tree))
    node = copy
    for part in place[:-1]:
        node = node[part]
    match how:
        case "drop":
            del node[place[-1]]
        case "add":
            inner = node[place[-1]]
            if not isinstance(inner, dict):
                return None
            inner["la-lung"] = 1
        case _:
            node[place[-1]] = how[0]
    return copy


def spoilt(kind: str) -> list[bytes]:
    """Give so many variants of the base file of a kind, each changed at one place; the same ones each time.

    As JSON, which is YAML too: the other tool reads it many times faster.
    """
    typed = yaml.safe_load(json_like(EXAMPLES / f"base.{kind}.yaml"))
    every = places(typed)[1:]
    draw = random.Random(kind)
    out = []
    while len(out) < EACH:
        variant = changed(typed, draw.choice(every), draw.choice(["drop", "add", *((value,) for value in VALUES)]))
        if variant is not None:
            out.append(json.dumps(variant, ensure_ascii=False, indent=1).encode())
    return out


def json_like(path: Path) -> str:
    """Read a base file with its dates as text, and `on` as the word that it is."""
    return re.sub(r"(?<![\w/'\"-])(\d{4}-\d{2}-\d{2})(?![\w/'\"-])", r'"\1"', path.read_text(encoding="utf-8")).replace(
        " on: ", ' "on": '
    )


def ours(kind: str, data: bytes) -> bool:
    file = YamlFile("a.yaml", data)
    _read, found = validate(KINDS[kind], file)
    return not any(SCHEMA_LEVEL.fullmatch(one.rule) for one in found)


def theirs(folder: Path, kind: str, files: list[bytes]) -> list[bool]:
    """Ask check-jsonschema which files are right."""
    schema = folder / "schema.json"
    schema.write_text(json.dumps(schema_of(kind)), encoding="utf-8")
    paths = []
    for i, data in enumerate(files):
        paths.append(folder / f"{i}.{'json' if data.startswith(b'{') else 'yaml'}")
        paths[-1].write_bytes(data)
    wrong = refused(schema, paths)
    return [str(path) not in wrong for path in paths]


@pytest.mark.parametrize("kind", some(KINDS, 2))
def test_both_agree_on_files_that_are_wrong_at_one_place(tmp_path: Path, kind: str) -> None:
    files = [(EXAMPLES / f"base.{kind}.yaml").read_bytes(), *spoilt(kind)]
    said = theirs(tmp_path, kind, files)
    assert said[0]
    assert 0.1 < sum(said) / len(said) < 0.9
    differ = [(data, they) for data, they in zip(files, said, strict=True) if they != ours(kind, data)]
    assert not differ, "\n----\n".join(f"check-jsonschema: {they}\n{data.decode()}" for data, they in differ[:3])


def test_both_agree_on_the_examples_of_the_schema_s_rules(tmp_path: Path) -> None:
    sys.path.insert(0, str(EXAMPLES.parent))
    from test_examples import FILES, read

    total = 0
    for kind in KINDS:
        names = [name for name in FILES if SCHEMA_LEVEL.match(name) and f"\n# file: {kind}\n" in
                 "\n" + (EXAMPLES / name).read_text(encoding="utf-8")]  # fmt: skip
        files = [read(name).data for name in names]
        if files:
            said = theirs(tmp_path, kind, files)
            differ = [name for name, data, they in zip(names, files, said, strict=True) if they != ours(kind, data)]
            assert not differ
        total += len(files)
    assert total > 20


@pytest.mark.parametrize(
    "path",
    ["plans/2023.yaml", "plans/2023.rubric.yaml", "plans/calendar.yaml", "plans/functions.yaml", "samples/so-y-te.unit.yaml",
     "samples/so-y-te.score.yaml"],
)  # fmt: skip
def test_the_shipped_files_name_their_schema(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    named = re.search(r"^# yaml-language-server: \$schema=(\S+)$", text, re.MULTILINE)
    assert named
    assert (ROOT / path).parent.joinpath(named[1]).is_file()
