"""What another tool, check-jsonschema, says of files: asked in this process, where it starts once for all tests."""

from __future__ import annotations

import contextlib
import io
import json
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def refused(schema: Path, paths: Sequence[Path], *, readable: bool = False) -> set[str]:
    """Give the paths of the files that do not fit a schema, or cannot be read (none may be such if `readable`)."""
    with warnings.catch_warnings(action="ignore"), contextlib.redirect_stdout(io.StringIO()) as said:
        from check_jsonschema import main
        from check_jsonschema.schema_loader import main as loading

        if (judge := getattr(loading, "_check_schema", None)) and not hasattr(judge, "once"):
            loading._check_schema = _once(judge)
        with contextlib.suppress(SystemExit):
            main(["--output-format", "json", "--schemafile", str(schema), *map(str, paths)])
    told = json.loads(said.getvalue())
    assert not (readable and told.get("parse_errors"))
    return {one["filename"] for one in (*told.get("errors", ()), *told.get("parse_errors", ()))}


def _once(judge: Any) -> Any:
    """Let a schema be held against that of schemas once: it takes ten times as long as most files against a schema."""
    right: set[str] = set()

    def judged(kind: Any, schema: Any, **how: Any) -> None:
        if (said := json.dumps(schema)) not in right:
            judge(kind, schema, **how)
            right.add(said)

    judged.once = True  # type: ignore[attr-defined]
    return judged
