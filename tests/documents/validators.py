"""Both validators of Word documents: each gives what it found, an empty list for a valid file."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

from tools_needed import require

if TYPE_CHECKING:
    from pathlib import Path


def audit(path: Path) -> list[str]:
    """Ask openxml-audit."""
    require("openxml-audit")
    from openxml_audit import OpenXmlValidator

    return [f"{error.part_uri} {error.description}" for error in OpenXmlValidator().validate(str(path)).errors]


def sdk(path: Path) -> list[str]:
    """Ask the Open XML SDK."""
    command = [require("node"), require("ooxml-validate"), "--of", "json", str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert done.stdout.strip(), done.stderr
    return [f"{error['path']['partUri']} {error['description']}" for error in json.loads(done.stdout)]
