"""The template compiler: a `.md.j2` file becomes a Jinja template of WordprocessingML, compiled once.

The Markdown is gone by the time any data is seen, and every output writes whole runs of escaped text: data
can never turn into markup. Each tag keeps its source line, in included parts too.
"""

from __future__ import annotations

from bisect import bisect_right
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, wraps
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import jinja2
from jinja2 import nodes, pass_context

from danvan_cli.findings.finding import Finding, InvalidFileError, in_order
from danvan_cli.lang import _, current
from danvan_cli.text import nearest
from danvan_cli.word import chart, frame, front, markup, package, values
from danvan_cli.word import sections as sheet
from danvan_cli.word.source import Load, Reader, Source, Tag, front_end, tidy
from danvan_cli.word.syntax import Environment, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

    from jinja2.runtime import Context

MAX_OUTPUT: Final = 20_000_000
"""How many characters of XML one document may have."""

MAX_STEPS: Final = 500_000
"""How many turns all loops of one document may take together."""

_KEPT: Final = 64
"""So many templates are kept as read and as compiled."""

_PIECES: Final = 200  # that are written before the output is measured again


FAILURES: Final = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)
"""What an allowed tag can still run into with data of the wrong kind, such as `<` between a number and text."""


class TemplateError(InvalidFileError):
    """A template that cannot be compiled or rendered; `findings` say where and why."""

    def __init__(self, path: str, findings: Sequence[Finding]) -> None:
        super().__init__(_("mẫu {path} chưa dùng được: {count} lỗi", path=path, count=len(findings)), findings)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished document: the .docx, and what a person must still write in it, in order."""

    data: bytes
    blanks: tuple[str, ...]


@dataclass(frozen=True)
class Template:
    """A compiled template."""

    path: str
    _jinja: jinja2.Template
    _places: list[tuple[int, Tag]]
    _names: frozenset[str]

    def render(self, context: Mapping[str, object]) -> Rendered:
        """Make a document.

        Args:
            context: plain dicts, lists, text, numbers, dates, None and `Blank` only; nothing else is
            reached.

        Raises:
            TemplateError: for a name that the context lacks, or a value that does not fit its place; with
            the place.
        """
        state = State()
        out: list[str] = []
        size = 0
        try:
            pieces = self._jinja.root_render_func(self._jinja.new_context({**context, "_state": state}))
            while some := list(islice(pieces, _PIECES)):
                out += some
                size += sum(map(len, some))
                if size > MAX_OUTPUT:
                    raise values.ValueProblemError(_("văn bản dài quá mức cho phép"))  # noqa: TRY301 - to get a place
        except UnknownNameError as error:
            raise self._failed(*told(error, {*context, *self._names}), error) from None
        except values.ValueProblemError as error:
            raise self._failed(error.message, error.help, "", error) from None
        except (*FAILURES, jinja2.TemplateError) as error:
            raise self._failed(_("không tính được thẻ này với dữ liệu đã cho"), None, "", error) from None
        xml, section = sheet.settled("".join(out))
        return Rendered(package.build(xml, frame.about(state.front), state.charts, section), values.blanks(xml))

    def _failed(self, message: str, help: str | None, word: str, error: BaseException) -> TemplateError:
        """Place an error of rendering at the tag that was at work."""
        line = line_of(self._jinja, error.__traceback__)
        at = bisect_right(self._places, line, key=lambda place: place[0]) - 1
        tag = self._places[max(at, 0)][1]
        return TemplateError(self.path, [tag.finding("DV803", message, word=word, help=help)])


@dataclass(slots=True)
class State:
    """What one rendering collects on its way: the front matter's values, the charts, and the turns that loops took."""

    front: dict[str, Any] = field(default_factory=dict)
    charts: list[package.Chart] = field(default_factory=list)
    steps: int = 0


class Parsed(NamedTuple):
    """A template that was read and not compiled yet: its path, Jinja's tree, which tag stands in which line.

    `names` are those that its loops bind, `keys` those of its front matter.
    """

    path: str
    tree: nodes.Template
    places: list[tuple[int, Tag]]
    names: frozenset[str]
    keys: frozenset[str] = frozenset()

    def tag(self, line: int) -> Tag:
        """Give the tag that stands in a line of Jinja's source."""
        at = bisect_right(self.places, line, key=lambda place: place[0]) - 1
        return self.places[max(at, 0)][1]


T = TypeVar("T")


def _once(make: Callable[[str, Load], T]) -> Callable[[str, Load], T]:
    """Make what a name stands for once, as long as all texts behind it stay the same: a check asks for it many times."""
    kept: dict[tuple[str, str], tuple[dict[str, tuple[str, str]], T]] = {}

    @wraps(make)
    def give(name: str, load: Load) -> T:
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
    """Compile a template.

    Args:
        name: the template's name.
        load: gives text and path (as the user knows it) of a template by name; a LookupError says there is
        none.

    Raises:
        TemplateError: with everything that is wrong in it and in what it includes.
    """
    environment = _environment()
    parsed = parse_template(name, load)
    code = environment.compile(parsed.tree, filename=f"<{name}>")
    compiled = environment.template_class.from_code(environment, code, environment.globals)
    return Template(parsed.path, compiled, parsed.places, parsed.names)


def count_turns(tree: nodes.Template, environment: Environment) -> frozenset[str]:
    """Let every loop count its turns by the filter `_each`; give the names that loops bind."""
    names = set()
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, "_each", [], [], None, None, lineno=loop.lineno, environment=environment)
        targets = (loop.target, *loop.target.find_all(nodes.Name))
        names |= {target.name for target in targets if isinstance(target, nodes.Name)}
    return frozenset(names)


@_once
def parse_template(name: str, load: Load) -> Parsed:
    """Read a template with the parts it includes.

    Raises:
        LookupError: if `load` knows no such template.
        TemplateError: with everything that is wrong in it and in what it includes.
    """
    environment = _environment()
    text, path = load(name)
    source = Source(path, tidy(text))
    reader = Reader(environment, load)
    entries = front.read(source, reader)
    blocks = markup.blocks(reader.lines(source, front_end(source.text), (name,)), reader)
    if reader.findings:
        raise TemplateError(path, in_order(reader.findings))
    writer = _Writer()
    for entry in entries:
        writer.expression(entry.tag, entry.code, f'_key("{entry.key}")')
    whole = Tag("output", "", source, 0, 1)
    writer.expression(whole, '""', "_head")
    before = _signature_at(blocks)
    for number, block in enumerate(blocks):
        if number == before:
            writer.expression(whole, '""', "_tail")
        writer.block(block)
        if block.enclosed:
            writer.expression(whole, '""', "_enclosed")
    if before == len(blocks):
        writer.expression(whole, '""', "_tail")
    tree = environment.parse("".join(writer.out))
    names = count_turns(tree, environment)
    return Parsed(path, tree, writer.places, names, frozenset(entry.key for entry in entries))


def _signature_at(blocks: Sequence[markup.Block]) -> int:
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


class _Writer:
    """Writes the Jinja source: each tag on a line of its own, so that a line tells the tag."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.places: list[tuple[int, Tag]] = []
        self._line = 1

    def block(self, block: markup.Block) -> None:
        """Put a block back with its tags."""
        for item in block.items:
            if isinstance(item, str):
                self._put(item)
            elif item.how == "control":
                self._tag(item.tag, f"{{%\n{item.tag.kind} {item.tag.code} %}}")
            else:
                how = f"_{item.how}({item.properties})" if item.properties else f"_{item.how}"
                self.expression(item.tag, item.tag.code, how)

    def expression(self, tag: Tag, code: str, how: str) -> None:
        """Put an output that one of our own filters writes."""
        self._tag(tag, f"{{{{\n({code}) | {how} }}}}")

    def _tag(self, tag: Tag, source: str) -> None:
        self.places.append((self._line + 1, tag))
        self._put(source)

    def _put(self, source: str) -> None:
        self.out.append(source)
        self._line += source.count("\n")


# What the compiler's own outputs do ----------------------------------------------------------------------------------


@pass_context
def _key(context: Context, value: object, key: str) -> str:
    context.parent["_state"].front[key] = frame.take(key, value)
    return ""


@pass_context
def _head(context: Context, _value: str) -> str:
    return frame.head(context.parent["_state"].front)


@pass_context
def _tail(context: Context, _value: str) -> str:
    return frame.tail(context.parent["_state"].front)


@pass_context
def _enclosed(context: Context, _value: str) -> str:
    return frame.enclosed(context.parent["_state"].front)


@pass_context
def _chart(context: Context, bars: chart.Bars, lying: int = 0) -> str:
    charts: list[package.Chart] = context.parent["_state"].charts
    if len(charts) == chart.MAX_CHARTS:
        raise values.ValueProblemError(_("văn bản có quá {most} biểu đồ", most=chart.MAX_CHARTS))
    bars = bars._replace(landscape=bool(lying))
    charts.append(chart.parts(bars))
    return chart.drawing(bars, len(charts))


@pass_context
def each(context: Context, value: object) -> object:
    """Give back what a loop goes through, and count its turns.

    Raises:
        ValueProblemError: if it is no list, or all loops together turn too often.
    """
    items = values.each(value)
    state: State = context.parent["_state"]
    state.steps += len(items)
    if state.steps > MAX_STEPS:
        raise values.ValueProblemError(_("các vòng lặp chạy quá {most} lượt", most=MAX_STEPS))
    return items


@cache
def _environment() -> Environment:
    environment = Environment()
    environment.filters |= {
        "_run": values.runs, "_lines": values.lines, "_chart": _chart, "_key": _key, "_head": _head, "_tail": _tail,
        "_enclosed": _enclosed, "_each": each,
    }  # fmt: skip
    return environment


# Errors of rendering -------------------------------------------------------------------------------------------------


def line_of(jinja: jinja2.Template, traceback: TracebackType | None) -> int:
    """Find the line of the Jinja source that an error of rendering came from."""
    line = 1
    while traceback:
        if traceback.tb_frame.f_globals.get("__jinja_template__") is jinja:
            line = jinja.get_corresponding_lineno(traceback.tb_lineno)
        traceback = traceback.tb_next
    return line


def told(error: UnknownNameError, names: set[str]) -> tuple[str, str | None, str]:
    """Say which name is unknown, and which known one is nearest."""
    known = names if error.known is None else error.known
    near = nearest(error.name, (name for name in known if not name.startswith("_")))
    if error.owner is None:
        message = _("không có «{name}»: giá trị đứng trước nó đang trống", name=error.name)
    else:
        message = _("không có tên «{name}»", name=error.name)
    return message, _("có phải «{name}»?", name=near[0]) if near else None, error.name
