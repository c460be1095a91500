"""Findings as code hosts take them: GitHub's annotations, GitLab's code quality report; and which of them runs us.

GitHub: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
GitLab: https://docs.gitlab.com/ci/testing/code_quality/
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Final

from danvan_cli.findings.sarif import finding_print, from_top

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from danvan_cli.findings.finding import Finding

_COMMANDS: Final = {"error": "error", "warning": "warning", "note": "notice"}
_SEVERITIES: Final = {"error": "major", "warning": "minor", "note": "info"}


def guessed(environment: Mapping[str, str]) -> str:
    """Tell the form for where this runs: `github`, `gitlab`, else `text`."""
    if environment.get("GITHUB_ACTIONS") == "true":
        return "github"
    return "gitlab" if environment.get("GITLAB_CI") == "true" else "text"


def as_github(findings: Sequence[Finding]) -> str:
    """Write one workflow command a finding: GitHub shows them on the lines of a pull request."""
    return "\n".join(_command(one) for one in findings)


def _command(one: Finding) -> str:
    line, column, length = one.spot
    where = {"file": from_top(one.path).as_posix()}
    if not one.place:
        where |= {"line": str(line), "col": str(column), "endColumn": str(column + length)}
    where["title"] = one.rule
    properties = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in where.items())
    return f"::{_COMMANDS[one.severity]} {properties}::{_escaped(_said(one))}"


def _escaped(text: str, more: str = "") -> str:
    """Escape what ends a command's message, and in a property what ends the property."""
    for sign in f"%\r\n{more}":  # the per cent sign first: the others bring new ones
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def as_gitlab(findings: Sequence[Finding]) -> str:
    """Write a code quality report: one array, each finding with a fingerprint of its own."""
    seen: Counter[tuple[str, ...]] = Counter()
    return json.dumps([_issue(one, seen) for one in findings], ensure_ascii=False, indent=2)


def _issue(one: Finding, seen: Counter[tuple[str, ...]]) -> dict[str, object]:
    return {
        "description": _said(one),
        "check_name": one.rule,
        "fingerprint": finding_print(one, seen),
        "severity": _SEVERITIES[one.severity],
        "location": {"path": from_top(one.path).as_posix(), "lines": {"begin": 1 if one.place else one.spot.line}},
    }


def _said(one: Finding) -> str:
    """Say all of a finding: in a Word document where it is, and what to write instead."""
    message = f"{one.place}: {one.message}" if one.place else one.message
    return f"{message}\n{one.help}" if one.help else message
