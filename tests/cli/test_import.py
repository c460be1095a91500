"""`danvan import`: the shipped plan comes back from its own Word file; nothing is lost, nothing is overwritten."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from commands import Run

ROOT = Path(__file__).parents[2]
OURS = {"label", "number", "kind"}
"""What the Word file does not hold, or says in another way."""


@pytest.fixture
def exported(workspace: Path, run: Run) -> Path:
    """Give the shipped plan as the Word document that `export` makes."""
    path = workspace / "ban-goc.docx"
    assert run("export", "-o", path, cwd=workspace).code == 0
    return path


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def items(values: list[dict[str, Any]], depth: int = 0) -> list[dict[str, Any]]:
    """Give what the issued document holds of items, to any depth."""
    out = []
    for one in values:
        held = {key: value for key, value in one.items() if key not in {"label", "items"}}
        out += [{"depth": depth, **held}, *items(one.get("items", []), depth + 1)]
    return out


def test_the_shipped_plan_comes_back_from_its_own_word_file(workspace: Path, exported: Path, run: Run) -> None:
    path = workspace / "plans" / "2023.yaml"
    before = load(path)
    done = run("import", exported, "--force", cwd=workspace)
    assert done.code == 0, done.stderr
    assert "64/64" in done.stdout
    after = load(path)
    for one in before["sections"]:
        one.pop("labels", None)
    assert [one["heading"] for one in after["sections"]] == [one["heading"] for one in before["sections"]]
    assert [one["kind"] for one in after["sections"]] == [one["kind"] for one in before["sections"]]
    for new, old in zip(after["sections"], before["sections"], strict=True):
        assert items(new["items"]) == items(old["items"])
    for key in (
        "title",
        "subject",
        "opening",
        "closing",
        "recipients",
        "signature",
        "issuer",
        "settings",
        "blocks",
        "units",
    ):
        assert after[key] == before[key], key
    assert after["state"] == "draft"
    held = ("type", "symbol", "date", "issuer", "title", "cited")
    assert [[one.get(key) for key in held] for one in after["documents"]] == [
        [one.get(key) for key in held] for one in before["documents"]
    ]
    wanted = ("id", "kind", "owners", "before", "to", "via", "duty", "on_request", "period")
    assert sorted(([one.get(key) for key in wanted] for one in after["deliverables"]), key=str) == sorted(
        ([one.get(key) for key in wanted] for one in before["deliverables"]), key=str
    )
    assert (path.with_name("2023.yaml.bak")).exists()


def test_what_is_not_sure_is_marked_listed_and_found(workspace: Path, exported: Path, run: Run) -> None:
    done = run("import", exported, "--force", "--json", cwd=workspace)
    told = json.loads(done.stdout)
    text = (workspace / "plans" / "2023.yaml").read_text(encoding="utf-8").splitlines()
    assert told["to_confirm"]
    for one in told["to_confirm"]:
        assert one["what"] in text[one["line"] - 1]
    assert {one["sure"] for one in told["guesses"]} == {"sure", "likely", "unsure"}
    found = json.loads(run("check", "plans/2023.yaml", "--format", "json", cwd=workspace).stdout)
    marked = [one["line"] for one in found["findings"] if one["rule"] == "DV960"]
    assert marked == [one["line"] for one in told["to_confirm"]]
    assert found["errors"] == 0


def test_outside_a_workspace_owners_are_names_to_be_settled(tmp_path: Path, exported: Path, run: Run) -> None:
    (tmp_path / "ngoài").mkdir()
    assert run("import", exported, cwd=tmp_path / "ngoài").code == 2
    path = tmp_path / "ngoài" / "p.yaml"
    assert run("import", exported, "-o", path, cwd=tmp_path / "ngoài").code == 0
    plan = load(path)
    assert "Sở Nội vụ" in [one["name"] for one in plan["parties"]]
    assert "units" not in plan
    assert run("check", path, cwd=tmp_path).code == 0


def test_a_plan_that_is_there_is_not_overwritten_but_an_empty_draft_is_filled(
    tmp_path: Path, exported: Path, run: Run
) -> None:
    done = run("import", exported, "-o", exported.parent / "plans" / "2023.yaml", cwd=exported.parent)
    assert done.code == 1
    assert "--force" in done.stderr
    assert run("init", "moi", "--province", "Đồng Nai", "--year", "2026", cwd=tmp_path).code == 0
    path = tmp_path / "moi" / "plans" / "2026.yaml"
    units = load(path)["units"]
    assert run("import", exported, "-o", path, cwd=tmp_path / "moi").code == 0
    assert load(path)["units"] == units
    assert len(load(path)["sections"]) == 3
