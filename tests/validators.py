"""Both validators of Word documents: each gives what it found, an empty list for a valid file."""

from __future__ import annotations

import atexit
import json
import subprocess
from functools import cache
from typing import TYPE_CHECKING

from tools_needed import HERE, require

if TYPE_CHECKING:
    from pathlib import Path


def audit(path: Path) -> list[str]:
    """Ask openxml-audit."""
    require("openxml-audit")
    from openxml_audit import OpenXmlValidator

    return [f"{error.part_uri} {error.description}" for error in OpenXmlValidator().validate(str(path)).errors]


def sdk(path: Path) -> list[str]:
    """Ask the Open XML SDK."""
    require("ooxml-validate")
    asked = _sdk(require("node"))
    assert asked.stdin
    assert asked.stdout
    asked.stdin.write(f"{path}\n")
    asked.stdin.flush()
    answer = asked.stdout.readline()
    if not answer:  # it ended; what it said is among what the test printed
        _sdk.cache_clear()
    return [f"{error['path']['partUri']} {error['description']}" for error in json.loads(answer)]


@cache
def _sdk(node: str) -> subprocess.Popen[str]:
    """Start it once for all files: that takes far longer than a file."""
    command = [node, str(HERE / "tools" / "validate.mjs")]
    started = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
    atexit.register(started.communicate)
    return started
