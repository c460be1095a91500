"""Write the SHA-256 of the files in a folder into its `SHA256SUMS`: `python tools/checksums.py dist`."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

NAME = "SHA256SUMS"


def main(folder: Path) -> None:
    """Write the sums as `sha256sum --check` reads them."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != NAME)
    lines = [f"{sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    folder.joinpath(NAME).write_text("".join(lines), encoding="utf-8", newline="\n")
    sys.stdout.writelines(lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
