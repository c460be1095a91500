"""The template compiler: a `.md.j2` file becomes a Jinja template of WordprocessingML, compiled once.

The Markdown is gone by the time any data is seen, and every output writes whole runs of escaped text: data
can never turn into markup. Each tag keeps its source line, in included parts too.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, Final, TypeVar

from jinja2 import pass_context

from danvan_cli.findings.finding import in_order
from danvan_cli.findings.rule import rule
from danvan_cli.lang import _, current
from danvan_cli.text import perhaps
from danvan_cli.word import chart, frame, markup, package, values
from danvan_cli.word import sections as sheet
from danvan_cli.word.compiled import Compiled, Parsed, Rendering, TemplateError, Writer, compiled, each
from danvan_cli.word.source import Load, Reader, Tag, TemplateSource, front_end, tidy
from danvan_cli.word.syntax import Environment
from danvan_cli.yaml.yamlfile import Map, YamlFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jinja2.runtime import Context

    from danvan_cli.yaml.yamlfile import Loc

rule(
    "DV806", "Phần đầu mẫu sai", "error",
    "Phần giữa hai dòng --- khai thể thức của văn bản.", wrong="tilte: KẾ HOẠCH", right="type: KẾ HOẠCH",
)  # fmt: skip

_KEPT: Final = 64
"""So many templates are kept as read and as compiled."""


@dataclass(frozen=True)
class Template:
    """A compiled template."""

    _text: Compiled

    def render(self, context: Mapping[str, object]) -> package.Rendered:
        """Make a document of plain dicts, lists, text, numbers, dates, None and `Blank`; nothing else is reached.

        A TemplateError tells the place of a name that the context lacks, or of a value that does not fit.
        """
        made = Rendering()
        xml, section = sheet.unmarked(self._text.filled(context, made))
        return package.Rendered(
            package.build(xml, frame.properties(made.front), made.charts, section), values.blanks_in(xml)
        )


_T = TypeVar("_T")


def _once(make: Callable[[str, Load], _T]) -> Callable[[str, Load], _T]:
    """Make what a name stands for once, as long as all texts behind it stay the same: a check asks for it many times."""
    kept: dict[tuple[str, str], tuple[dict[str, tuple[str, str]], _T]] = {}

    @wraps(make)
    def give(name: str, load: Load) -> _T:
        key = name, current()
        with suppress(LookupError):
            texts, made = kept[key]
            if all(load(one) == text for one, text in texts.items()):
                return made
        read: dict[str, tuple[str, str]] = {}

        def heard(one: str) -> tuple[str, str]:
            read[one] = load(one)
            return read[one]

        made = make(name, heard)
        kept.pop(key, None)
        if len(kept) == _KEPT:
            kept.pop(next(iter(kept)))
        kept[key] = read, made
        return made

    return give


@_once
def compile_template(name: str, load: Load) -> Template:
    """Compile a template; `load` gives text and path (as the user knows it) of one by name, or a LookupError.

    A TemplateError has everything that is wrong in it and in what it includes.
    """
    return Template(compiled(parse_template(name, load), _environment(), name))


@_once
def parse_template(name: str, load: Load) -> Parsed:
    """Read a template with the parts that it includes; raises as `compile_template`."""
    environment = _environment()
    text, path = load(name)
    source = TemplateSource(path, tidy(text))
    reader = Reader(environment, load)
    entries = _front(source, reader)
    whole = Tag("output", '""', source, 0, 1)
    blocks = markup.body_blocks(reader.lines(source, front_end(source.text), (name,)), reader, whole)
    if reader.findings:
        raise TemplateError(path, in_order(reader.findings))
    writer = Writer()
    for key, tag in entries.items():
        writer.tag(tag, f'_key("{key}")')
    head, tail = (markup.BodyBlock([markup.PutBack(whole, part)]) for part in ("head", "tail"))
    before = _signature_at(blocks)
    for block in (head, *blocks[:before], tail, *blocks[before:]):
        for item in block.items:
            if isinstance(item, str):
                writer.put(item)
            else:
                writer.tag(item.tag, f"_{item.how}({item.properties})" if item.properties else f"_{item.how}")
    return writer.parsed(path, environment, frozenset(entries))


def _signature_at(blocks: Sequence[markup.BodyBlock]) -> int:
    """Find the block before which the signature stands: the first annex, or the outermost tag around it."""
    opened: list[int] = []
    for number, block in enumerate(blocks):
        tag = block.control
        if tag and tag.pair is tag:
            opened.append(number)
        elif tag and tag.pair and tag.pair.closer is tag:
            opened.pop()
        elif block.annex:
            return opened[0] if opened else number
    return len(blocks)


# The front matter ----------------------------------------------------------------------------------------------------


def _front(source: TemplateSource, reader: Reader) -> dict[str, Tag]:
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


def _code(value: Any, loc: Loc, yaml: YamlFile, source: TemplateSource, reader: Reader) -> str:
    """Write a value as a Jinja expression; text with tags becomes an expression, one pure expression stays itself."""
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)}: {_code(item, (*loc, key), yaml, source, reader)}" for key, item in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(_code(item, (*loc, at), yaml, source, reader) for at, item in enumerate(value))}]"
    if not isinstance(value, str):
        return {None: "none", True: "true", False: "false"}.get(value) or str(value)
    start, stop = yaml.span(loc)
    pieces = list(reader.expressions(TemplateSource(source.path, value)))
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


# What the compiler's own outputs do ----------------------------------------------------------------------------------


@pass_context
def _key(context: Context, value: object, key: str) -> str:
    context.parent["_state"].front[key] = frame.front_value(key, value)
    return ""


def _around(write: Callable[[dict[str, Any]], str]) -> Callable[[Context, str], str]:
    """Make a filter of what writes a part of the frame from the front matter."""

    @pass_context
    def apply(context: Context, _value: str) -> str:
        return write(context.parent["_state"].front)

    return apply


@pass_context
def _chart(context: Context, bars: chart.Bars | sheet.TableShape, lying: int = 0) -> str:
    if isinstance(bars, sheet.TableShape):
        return sheet.grid_xml(bars, landscape=bool(lying))
    charts: list[package.Chart] = context.parent["_state"].charts
    if len(charts) == chart.MAX_CHARTS:
        raise values.ValueProblemError(_("văn bản có quá {most} biểu đồ", most=chart.MAX_CHARTS))
    bars = bars._replace(landscape=bool(lying))
    charts.append(chart.chart_parts(bars))
    return chart.drawing(bars, len(charts))


@cache
def _environment() -> Environment:
    environment = Environment()
    environment.filters |= {
        "_run": values.runs_of, "_lines": values.paragraphs_of, "_chart": _chart, "_key": _key, "_each": each,
        "_head": _around(frame.head), "_tail": _around(frame.tail), "_enclosed": _around(frame.enclosed),
    }  # fmt: skip
    return environment
