"""Text with tags, compiled: Jinja's source with each tag in a line of its own, filled with data, its errors placed.

What a `.md.j2` template is made of, and each part of a Word form.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import islice
from time import thread_time
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import jinja2
from jinja2 import nodes, pass_context

from danvan_cli.findings.finding import InvalidFileError
from danvan_cli.lang import _
from danvan_cli.text import perhaps
from danvan_cli.word import values
from danvan_cli.word.syntax import Environment, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jinja2.runtime import Context

    from danvan_cli.findings.finding import Finding
    from danvan_cli.word.package import Chart
    from danvan_cli.word.source import Tag

MAX_OUTPUT: Final = 20_000_000
"""How many characters of XML one document may have."""

MAX_STEPS: Final = 500_000
"""How many turns all loops of one document may take together."""

MAX_SECONDS: Final = 20
"""So much of the processor's time one document may take."""

_PIECES: Final = 200  # that are written before the output is measured again
_FAILURES: Final = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)
"""What an allowed tag can still run into with data of the wrong kind, such as `<` between a number and text."""


class TemplateError(InvalidFileError):
    """A template that cannot be compiled or rendered; `findings` say where and why."""

    def __init__(self, path: str, findings: Sequence[Finding]) -> None:
        super().__init__(_("mẫu {path} chưa dùng được: {count} lỗi", path=path, count=len(findings)), findings)


class TagLook(NamedTuple):
    """What is put in the place of a form's tag looks like this: the properties of runs, blanks, proposals, paragraphs."""

    run: str
    blank: str
    proposed: str
    paragraph: str | None


@dataclass(slots=True)
class Rendering:
    """What one document knows and collects: front matter, charts, a form's looks and blanks, and what it has cost.

    That is: the turns of its loops, the letters that filters made, its size, until when it may take.
    """

    front: dict[str, Any] = field(default_factory=dict)
    charts: list[Chart] = field(default_factory=list)
    looks: Mapping[int, TagLook] = field(default_factory=dict)
    blanks: list[str] = field(default_factory=list)
    steps: int = 0
    letters: int = 0
    size: int = 0
    until: float = field(default_factory=lambda: thread_time() + MAX_SECONDS)


class Parsed(NamedTuple):
    """A text that was read and not compiled yet: its path, Jinja's tree, which tag stands in which line.

    `names` are those that its loops bind, `keys` those of its front matter.
    """

    path: str
    tree: nodes.Template
    places: list[tuple[int, Tag]]
    names: frozenset[str]
    keys: frozenset[str]

    def tag(self, line: int) -> Tag:
        """Give the tag that stands in a line of Jinja's source."""
        at = bisect_right(self.places, line, key=lambda place: place[0]) - 1
        return self.places[max(at, 0)][1]


class Writer:
    """Writes the Jinja source: each tag on a line of its own, so that a line tells the tag."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._places: list[tuple[int, Tag]] = []
        self._line = 1

    def put(self, literal: str) -> None:
        """Put what is no tag."""
        self._out.append(literal)
        self._line += literal.count("\n")

    def tag(self, tag: Tag, how: str) -> None:
        """Put a tag: one that chooses or repeats, or an output that one of our own filters, `how`, writes."""
        self._places.append((self._line + 1, tag))
        self.put(f"{{{{\n({tag.code}) | {how} }}}}" if tag.kind == "output" else f"{{%\n{tag.kind} {tag.code} %}}")

    def parsed(self, path: str, environment: Environment, keys: frozenset[str] = frozenset()) -> Parsed:
        """Let Jinja parse what was written; every loop counts its turns by the filter `_each`."""
        tree, names = environment.parse("".join(self._out)), set()
        for loop in tree.find_all(nodes.For):
            counted = nodes.Filter(loop.iter, "_each", [], [], None, None, lineno=loop.lineno, environment=environment)
            loop.iter = counted
            targets = (loop.target, *loop.target.find_all(nodes.Name))
            names |= {target.name for target in targets if isinstance(target, nodes.Name)}
        return Parsed(path, tree, self._places, frozenset(names), keys)


@dataclass(frozen=True, eq=False)
class Compiled:
    """A compiled text."""

    parsed: Parsed
    jinja: jinja2.Template

    def filled(self, context: Mapping[str, object], state: Rendering) -> str:
        """Write the text with data in it.

        A TemplateError tells the place of a name that the context lacks, or of a value that does not fit.
        """
        out: list[str] = []
        try:
            pieces: Any = self.jinja.root_render_func(self.jinja.new_context({**context, "_state": state}))
            while some := list(islice(pieces, _PIECES)):
                out += some
                state.size += sum(map(len, some))
                if state.size > MAX_OUTPUT:
                    pieces.throw(values.too_long())  # at the tag that is at work
        except UnknownNameError as error:
            known = {*context, *self.parsed.names} if error.known is None else error.known
            near = perhaps(error.name, (name for name in known if not name.startswith("_")))
            message = _("không có tên «{name}»", name=error.name)
            if error.owner is None:
                message = _("không có «{name}»: giá trị đứng trước nó đang trống", name=error.name)
            elif type(error.owner) in {list, tuple}:
                message = _("danh sách không có mục [{name}]: chỉ có {count}", name=error.name, count=len(error.owner))
            raise self._failed(error, message, near, error.name) from None
        except values.ValueProblemError as error:
            raise self._failed(error, error.message, error.help) from None
        except (*_FAILURES, jinja2.TemplateError) as error:
            raise self._failed(error, _("không tính được thẻ này với dữ liệu đã cho")) from None
        return "".join(out)

    def _failed(self, error: BaseException, message: str, help: str | None = None, word: str = "") -> TemplateError:
        """Place an error of rendering at the tag that was at work."""
        line, traceback = 1, error.__traceback__
        while traceback:
            if traceback.tb_frame.f_globals.get("__jinja_template__") is self.jinja:
                line = self.jinja.get_corresponding_lineno(traceback.tb_lineno)
            traceback = traceback.tb_next
        found = self.parsed.tag(line).finding("DV803", message, word=word, help=help)
        return TemplateError(self.parsed.path, [found])


def compiled(parsed: Parsed, environment: Environment, name: str) -> Compiled:
    """Compile a text that was read; `name` is what Jinja calls it."""
    code = environment.compile(parsed.tree, filename=f"<{name}>")
    return Compiled(parsed, environment.template_class.from_code(environment, code, environment.globals))


@pass_context
def each(context: Context, value: object) -> object:
    """Give back the list that a loop goes through, and count its turns; a ValueProblemError says: no list, or too many."""
    items = values.items_of(value)
    state: Rendering = context.parent["_state"]
    state.steps += len(items)
    if state.steps > MAX_STEPS:
        raise values.ValueProblemError(_("các vòng lặp chạy quá {most} lượt", most=MAX_STEPS))
    return _Turns(items, state.until)


class _Turns(list[Any]):
    """What a loop goes through, as long as there is time: comparing long texts over and over takes hours."""

    def __init__(self, items: Iterable[object], until: float) -> None:
        super().__init__(items)
        self.until = until

    def __iter__(self) -> Iterator[Any]:
        for turn, one in enumerate(super().__iter__()):
            if turn % 16 == 0 and thread_time() > self.until:
                raise values.ValueProblemError(_("làm văn bản này lâu quá {most} giây", most=MAX_SECONDS))
            yield one
