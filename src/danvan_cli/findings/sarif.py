"""Findings as SARIF 2.1.0, for code hosts and editors (OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0/)."""

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
from danvan_cli.findings.catalogue import find
from danvan_cli.lang import _
from danvan_cli.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.findings.finding import Finding
    from danvan_cli.findings.rule import Rule

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


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
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


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
        "partialFingerprints": {"danvan/v1": finding_print(finding, seen)},
    }


def finding_print(finding: Finding, seen: Counter[tuple[str, ...]]) -> str:
    """Give a mark of a finding that stays when lines or paragraphs before it come and go.

    `seen` counts how often each kind of finding came before in the same list.
    """
    about = finding.place.partition(" (")[2] if finding.place else finding.source or ""
    key = (finding.rule, finding.path, squeeze(about), "" if about else finding.message)
    seen[key] += 1
    return sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def from_top(path: str) -> Path:
    """Give a path as code hosts know it: from the top of the git repository that the command runs in, else as it is."""
    here = Path.cwd()
    top = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    whole = Path(os.path.normpath(here / path))
    return whole.relative_to(top) if whole.is_relative_to(top) else Path(path)


def _uri(path: str) -> str:
    """Write a path as a URI, relative where it lies in the repository."""
    one = from_top(path)
    return one.as_uri() if one.is_absolute() else quote(one.as_posix(), errors=sys.getfilesystemencodeerrors())
