"""Every rule's examples: each file says on its first line what is found, and where.

An example is a whole file, or one replacement in `base.FILE.yaml`; `\\n`, `\\t` and `\\uXXXX` in a replacement stand for
what cannot be seen in a line; `# evidence: NAME TEXT` puts a file into the unit's folder of evidence. Examples of DV6
are edits: the base files are a commit that the example is held against. A positive example gives the finding at the exact place; a negative one gives none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from danvan_cli.findings.finding import Finding, as_dict
from danvan_cli.findings.rule import FORM_CODE, catalogue
from danvan_cli.rules.against import Against
from danvan_cli.rules.files import Checker
from repositories import committed

EXAMPLES = Path(__file__).with_name("examples")
PLACES = {
    "plan": "plans/2023.yaml",
    "calendar": "plans/calendar.yaml",
    "functions": "plans/functions.yaml",
    "rubric": "plans/2023.rubric.yaml",
    "unit": "units/so-y-te/unit.yaml",
    "score": "units/so-y-te/score.yaml",
}
FILES = sorted(path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.glob("DV*/*/*.yaml"))
ELSEWHERE = {"DV925", "DV930", "DV931"}  # need another workspace: test_scores.py, cli/test_on_request.py
# Templates have their own.
CODES = [code for code in catalogue() if not code.startswith(("DV8", FORM_CODE)) and code not in ELSEWHERE]


@dataclass(frozen=True)
class Example:
    expected: str
    path: str
    data: bytes
    evidence: list[tuple[str, str]]
    today: str


def unseen(text: str) -> str:
    text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    return text.replace("\\n", "\n").replace("\\t", "\t")


def read(name: str) -> Example:
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    says = dict(re.findall(r"^# (expect|file|path|encoding|replace|with|today): (.*)$", text, re.MULTILINE))
    pairs = re.findall(r"^# replace: (.*)\n# with: (.*)$", text, re.MULTILINE)
    evidence = re.findall(r"^# evidence: (\S+) (.*)$", text, re.MULTILINE)
    if "replace" in says:
        text = (EXAMPLES / f"base.{says['file']}.yaml").read_text(encoding="utf-8")
        for old, new in pairs:
            assert text.count(unseen(old)) == 1
            text = text.replace(unseen(old), unseen(new))
    data = text.encode(says.get("encoding", "utf-8"))
    return Example(
        says["expect"], says.get("path", PLACES[says["file"]]), data, evidence, says.get("today", "2023-02-01")
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a workspace of the base files, as the current folder."""
    for kind, place in PLACES.items():
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((EXAMPLES / f"base.{kind}.yaml").read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(folder: Path, example: Example) -> list[Finding]:
    against = None
    if " DV6" in f" {example.expected}".replace("no ", ""):
        committed(folder)
        against = Against("HEAD", folder)
    path = folder / example.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(example.data)
    for name, content in example.evidence:
        (path.parent / "evidence").mkdir(exist_ok=True)
        (path.parent / "evidence" / name).write_text(content, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DANVAN_TODAY", example.today)
        return Checker(against=against).check(Path(example.path))


@pytest.mark.parametrize("place", PLACES.values())
def test_the_base_files_are_without_findings(folder: Path, place: str) -> None:
    assert Checker().check(folder / place) == []


@pytest.mark.parametrize("name", [name for name in FILES if "/positive/" in name])
def test_a_positive_example_is_found_at_its_place(folder: Path, name: str) -> None:
    example = read(name)
    assert example.expected.startswith(name[:5])
    found = check(folder, example)
    assert example.expected in [f"{one.rule} at {one.spot.line}:{one.spot.column}" for one in found]
    assert_they_point_into_the_file(found, example)


@pytest.mark.parametrize("name", [name for name in FILES if "/negative/" in name])
def test_a_negative_example_is_not_found(folder: Path, name: str) -> None:
    example = read(name)
    assert example.expected == f"no {name[:5]}"
    found = check(folder, example)
    assert name[:5] not in {one.rule for one in found}
    assert_they_point_into_the_file(found, example)


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("DV904/positive")])
def test_what_is_marked_secret_is_never_told(folder: Path, name: str) -> None:
    found = check(folder, read(name))
    told = str(as_dict(found)) + "".join(f"{one.help} {one.source}" for one in found)
    assert "số 1" not in told
    assert "MẬT" not in told


def test_every_rule_has_examples_of_both_kinds() -> None:
    wanted = [f"{code}/{kind}/" for code in CODES for kind in ("positive", "negative")]
    assert not [folder for folder in wanted if not any(name.startswith(folder) for name in FILES)]


def test_every_example_is_of_a_rule_and_is_tried() -> None:
    assert {name.split("/")[1] for name in FILES} == {"positive", "negative"}
    assert {name[:5] for name in FILES} <= set(CODES)


def assert_they_point_into_the_file(found: list[Finding], example: Example) -> None:
    text = example.data.decode("utf-8-sig", errors="replace")
    lines = re.split(r"\r\n|\r|\n", text)
    for one in found:
        assert 1 <= one.spot.line <= len(lines)
        assert one.spot.length >= 1
        if one.source is not None and "\ufffd" not in text:
            assert lines[one.spot.line - 1] == one.source
            assert one.spot.column - 1 <= len(one.source)
