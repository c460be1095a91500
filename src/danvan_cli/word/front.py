"""A template's front matter: YAML with quoted expressions, turned into Jinja expressions that keep their native type."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from danvan_cli.findings.rule import rule
from danvan_cli.lang import _
from danvan_cli.text import perhaps
from danvan_cli.word import frame
from danvan_cli.word.source import Reader, Source, Tag, front_end
from danvan_cli.yaml.yamlfile import Map, YamlFile

if TYPE_CHECKING:
    from danvan_cli.yaml.yamlfile import Loc

rule(
    "DV806", "Phần đầu mẫu sai", "error",
    "Phần giữa hai dòng --- khai thể thức của văn bản.", wrong="tilte: KẾ HOẠCH", right="type: KẾ HOẠCH",
)  # fmt: skip


def read_front(source: Source, reader: Reader) -> dict[str, Tag]:
    """Read a template's front matter, if it has one, as a Jinja expression for each key.

    What is wrong in it goes to the reader's findings as DV806.
    """
    end = front_end(source.text)
    if not end:
        if source.text.startswith("---"):
            message = _("phần đầu không có dòng --- kết thúc")
            reader.findings.append(source.finding("DV806", 0, message, length=3))
        return {}
    inside = source.text[:end].rstrip().removesuffix("---")
    if not inside.removeprefix("---").strip():
        return {}
    yaml = YamlFile(source.path, inside.encode("utf-8", "surrogatepass"))
    reader.findings += (replace(found, rule="DV806") for found in yaml.findings if found.severity == "error")
    if not isinstance(yaml.root, Map):
        if not yaml.findings:
            reader.findings.append(source.finding("DV806", 0, _("phần đầu phải là các dòng «khóa: giá trị»")))
        return {}
    entries = {}
    for key, value in yaml.root.items():
        if key not in frame.FRONT_KEYS:
            hint = perhaps(key, frame.FRONT_KEYS) or _("chỉ có: {keys}", keys=", ".join(frame.FRONT_KEYS))
            message = _("không có khóa «{key}»", key=key)
            reader.findings.append(yaml.finding("DV806", yaml.span((key,), key=True), message, help=hint))
            continue
        start, stop = yaml.span((key,))
        code = _code(value, (key,), yaml, source, reader)
        entries[key] = Tag("output", code, source, start, stop - start)
    return entries


def _code(value: Any, loc: Loc, yaml: YamlFile, source: Source, reader: Reader) -> str:
    """Write a value as a Jinja expression; text with tags becomes an expression, one pure expression stays itself."""
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)}: {_code(item, (*loc, key), yaml, source, reader)}" for key, item in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(_code(item, (*loc, at), yaml, source, reader) for at, item in enumerate(value))}]"
    if not isinstance(value, str):
        return {None: "none", True: "true", False: "false"}.get(value) or str(value)
    start, stop = yaml.span(loc)
    pieces = list(reader.expressions(Source(source.path, value)))
    parts = []
    for piece in pieces:
        if isinstance(piece, str):
            parts.append(json.dumps(piece, ensure_ascii=False))
            continue
        at = source.text.find(piece.code, start, stop)
        tag = Tag(piece.kind, piece.code, source, max(at, start), len(piece.code) if at >= 0 else stop - start)
        if piece.kind != "output":
            message = _("phần đầu chỉ dùng được {{ … }}, không dùng {% … %}")
            reader.findings.append(tag.finding("DV806", message, help=_("viết {{ a if điều kiện else b }}")))
        elif reader.check(tag):
            if tag.drawn:
                reader.findings.append(tag.misplaced())
            parts.append(f"({piece.code})")
    if not parts:
        return '""'
    return parts[0] if len(parts) == 1 else f"({' ~ '.join(parts)})"
