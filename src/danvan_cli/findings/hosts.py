"""Findings as code hosts take them: SARIF 2.1.0, GitHub's annotations, GitLab's code quality; and which host runs us.

SARIF: OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0/
GitHub: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
GitLab: https://docs.gitlab.com/ci/testing/code_quality/
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from danvan_cli import __version__
from danvan_cli.files import repositories
from danvan_cli.findings.rule import find
from danvan_cli.lang import _
from danvan_cli.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from danvan_cli.findings.finding import Finding
    from danvan_cli.findings.rule import Rule

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_COMMANDS: Final = {"error": "error", "warning": "warning", "note": "notice"}
_SEVERITIES: Final = {"error": "major", "warning": "minor", "note": "info"}


def as_sarif(findings: Sequence[Finding]) -> str:
    """Write findings as one SARIF log with one run: the rules they name, their places, their fingerprints."""
    codes = sorted({finding.rule for finding in findings})
    index = {code: at for at, code in enumerate(codes)}
    seen: Counter[tuple[str, ...]] = Counter()
    driver = {"name": "danvan", "version": __version__, "rules": [_rule(find(code)) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index[finding.rule], seen) for finding in findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(rule: Rule) -> dict[str, Any]:
    examples = "\n".join(
        f"{heading} {_(text)}" for heading, text in ((_("Sai:"), rule.wrong), (_("Đúng:"), rule.right)) if text
    )
    return {
        "id": rule.code,
        "shortDescription": {"text": _(rule.name)},
        "fullDescription": {"text": _(rule.why) + (f" ({_(rule.source)})" if rule.source else "")},
        "help": {"text": examples or _(rule.why)},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(finding: Finding, index: int, seen: Counter[tuple[str, ...]]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.path)}}
    location: dict[str, Any] = {"physicalLocation": place}
    if finding.place:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.place}]
    else:
        line, column, length = finding.spot
        place["region"] = {"startLine": line, "startColumn": column, "endColumn": column + length}
    help_ = f"\n{finding.help}" if finding.help else ""
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.severity,
        "message": {"text": finding.message + help_},
        "locations": [location],
        "partialFingerprints": {"danvan/v1": _fingerprint(finding, seen)},
    }


def _fingerprint(finding: Finding, seen: Counter[tuple[str, ...]]) -> str:
    """Give a mark of a finding that stays when lines or paragraphs before it come and go.

    `seen` counts how often each kind of finding came before in the same list.
    """
    about = finding.place.partition(" (")[2] if finding.place else finding.source or ""
    key = (finding.rule, finding.path, squeeze(about), "" if about else finding.message)
    seen[key] += 1
    return sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _from_top(path: str) -> Path:
    """Give a path as code hosts know it: from the top of the git repository that the command runs in, else as it is."""
    here = Path.cwd()
    top = next(repositories(here), here)
    whole = Path(os.path.normpath(here / path))
    return whole.relative_to(top) if whole.is_relative_to(top) else Path(path)


def _uri(path: str) -> str:
    """Write a path as a URI, relative where it lies in the repository."""
    one = _from_top(path)
    return one.as_uri() if one.is_absolute() else quote(one.as_posix(), errors=sys.getfilesystemencodeerrors())


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
    where = {"file": _from_top(one.path).as_posix()}
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
        "fingerprint": _fingerprint(one, seen),
        "severity": _SEVERITIES[one.severity],
        "location": {"path": _from_top(one.path).as_posix(), "lines": {"begin": 1 if one.place else one.spot.line}},
    }


def _said(one: Finding) -> str:
    """Say all of a finding: in a Word document where it is, and what to write instead."""
    message = f"{one.place}: {one.message}" if one.place else one.message
    return f"{message}\n{one.help}" if one.help else message
