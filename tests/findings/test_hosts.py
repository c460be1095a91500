"""What code hosts read: annotations that no text can break, a code quality report, and the form that is guessed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.findings.finding import Finding, Spot
from danvan_cli.findings.hosts import as_github, as_gitlab, guessed
from danvan_cli.findings.rule import catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Run

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
FINDINGS = st.builds(
    Finding,
    st.sampled_from(sorted(catalogue())),
    st.text("ab/%:,. \r\nệ", min_size=1, max_size=20),
    st.builds(Spot, st.integers(1, 99), st.integers(1, 99), st.integers(1, 9)),
    st.one_of(TEXT, st.sampled_from(["::error::a", "%0A::set-output name=a::b", "a\n::warning::b", "100 %"])),
    st.none() | TEXT,
    st.none() | TEXT,
    st.just("") | st.just("đoạn 3 (Trích yếu «a»)"),
)
COMMAND = re.compile(r"::(error|warning|notice) file=([^:,\r\n]*)((?:,[a-zA-Z]+=[^:,\r\n]*)*)::([^\r\n]*)")


def unescaped(text: str) -> str:
    for code, sign in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, sign)
    return text


@given(st.lists(FINDINGS, max_size=5))
def test_each_annotation_is_one_command_and_says_what_was_found(found: list[Finding]) -> None:
    lines = re.split(r"\r\n|\r|\n", as_github(found)) if found else []
    assert len(lines) == len(found)
    for line, one in zip(lines, found, strict=True):
        read = COMMAND.fullmatch(line)
        assert read
        assert unescaped(read[4]).startswith(f"{one.place}: {one.message}" if one.place else one.message)
        assert ("line=" in read[3]) == (not one.place)


@given(st.lists(FINDINGS, max_size=8))
def test_the_code_quality_report_has_what_gitlab_asks_for(found: list[Finding]) -> None:
    found += found  # the same finding twice is two issues
    issues = json.loads(as_gitlab(found))
    assert len(issues) == len(found)
    assert len({one["fingerprint"] for one in issues}) == len(issues)
    for one in issues:
        assert set(one) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert one["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert one["location"]["lines"]["begin"] >= 1


def test_a_fingerprint_stays_when_lines_before_it_come() -> None:
    one = Finding("DV302", "plans/2023.yaml", Spot(9, 3), "a", None, "before: 2024-05-10")
    moved = replace(one, spot=Spot(19, 3))
    assert json.loads(as_gitlab([one]))[0]["fingerprint"] == json.loads(as_gitlab([moved]))[0]["fingerprint"]


@pytest.mark.parametrize(
    ("environment", "form"),
    [({}, "text"), ({"GITHUB_ACTIONS": "true"}, "github"), ({"GITLAB_CI": "true"}, "gitlab"),
     ({"GITHUB_ACTIONS": ""}, "text"), ({"GITLAB_CI": "false"}, "text")],
)  # fmt: skip
def test_the_form_is_guessed(environment: dict[str, str], form: str) -> None:
    assert guessed(environment) == form


def test_check_writes_the_form_of_where_it_runs(run: Run, workspace: Path) -> None:
    github = run("check", cwd=workspace, env={"GITHUB_ACTIONS": "true"})
    assert github.code == 0
    assert all(line.startswith("::notice file=plans/2023.yaml,line=") for line in github.stdout.splitlines())
    gitlab = run("check", cwd=workspace, env={"GITLAB_CI": "true"})
    assert [one["location"]["path"] for one in json.loads(gitlab.stdout)] == ["plans/2023.yaml"] * 2
    assert run("check", "--format", "text", cwd=workspace, env={"GITLAB_CI": "true"}).stdout.endswith("2 lưu ý\n")
    assert "findings" in json.loads(run("check", "--json", cwd=workspace, env={"GITLAB_CI": "true"}).stdout)


@pytest.mark.parametrize("form", ["github", "gitlab"])
def test_word_documents_are_told_too(run: Run, workspace: Path, form: str) -> None:
    run("export", "-o", workspace / "a.docx", cwd=workspace)
    done = run("format-check", "a.docx", "--format", form, cwd=workspace)
    assert done.code == 0
    if form == "gitlab":
        assert all(one["location"] == {"path": "a.docx", "lines": {"begin": 1}} for one in json.loads(done.stdout))
    else:
        assert "file=a.docx,title=ND" in done.stdout


@pytest.mark.parametrize("form", ["github", "gitlab", "sarif"])
def test_paths_are_from_the_top_of_the_repository(run: Run, workspace: Path, form: str) -> None:
    (workspace.parent / ".git").mkdir()
    plan = workspace / "plans" / "2023.yaml"
    plan.write_text(plan.read_text("utf-8") + "lạ: 1\n", "utf-8")
    told = run("check", "--format", form, cwd=workspace / "plans").stdout
    place = f"{workspace.name}/plans/2023.yaml"
    assert place in told or place.replace(" ", "%20") in told or quote(place) in told, told
