"""What another tool, check-jsonschema, says of files: asked in this process, where it starts once for all tests."""

from __future__ import annotations

import contextlib
import io
import json
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def refused(schema: Path, paths: Sequence[Path], *, readable: bool = False) -> set[str]:
    """Give the paths of the files that do not fit a schema, or cannot be read (none may be such if `readable`)."""
    with warnings.catch_warnings(action="ignore"), contextlib.redirect_stdout(io.StringIO()) as said:
        from check_jsonschema import main

        with contextlib.suppress(SystemExit):
            main(["--output-format", "json", "--schemafile", str(schema), *map(str, paths)])
    told = json.loads(said.getvalue())
    assert not (readable and told.get("parse_errors"))
    return {one["filename"] for one in (*told.get("errors", ()), *told.get("parse_errors", ()))}
