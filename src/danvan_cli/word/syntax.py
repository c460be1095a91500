"""What a template may say: an allow-list over Jinja's syntax tree, and an environment of plain data.

A template is a file from anybody. It may name values, choose, repeat and use the filters of `values.py`; it
calls nothing, computes nothing, and sees no attribute of a Python object.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final, NoReturn

from jinja2 import StrictUndefined, nodes, pass_context
from jinja2.compiler import CodeGenerator
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from danvan_cli.lang import _
from danvan_cli.word import chart, sections, values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jinja2.compiler import Frame
    from jinja2.runtime import Context

MAX_LOOPS: Final = 4
"""How deep loops may be nested."""

MAX_EXPRESSION_DEPTH: Final = 40
"""How deep an expression may be nested; Python's own compiler stops at 100 or so."""

LOOP_NAMES: Final = frozenset({"index", "index0", "first", "last", "length"})
TESTS: Final = frozenset({"defined", "undefined", "none", "odd", "even"})

FILTERS: Final = values.TEXT_FILTERS | {"chart": chart.chart, "grid": sections.grid}
"""Every filter that a template may use."""

_NODES: Final = (
    nodes.Output, nodes.If, nodes.For, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Compare,
    nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Concat,
    nodes.List, nodes.Tuple,
)  # fmt: skip


class UnknownNameError(Exception):
    """A name that the data does not have; `known` are those that stand at its place (None: the template's own)."""

    def __init__(self, unknown: Unknown, _message: str = "") -> None:
        owner, self.name = unknown.parts
        super().__init__(self.name)
        self.known = None if owner is missing else sorted(map(str, owner)) if type(owner) is dict else []
        self.owner = owner


class Unknown(StrictUndefined):
    """An undefined value: it raises whenever it is used for anything but `is defined` and `default`."""

    __slots__ = ()

    def __init__(self, hint: str | None = None, obj: Any = missing, name: str | None = None, *_more: Any) -> None:
        super().__init__(hint, obj, name)
        self._undefined_exception = functools.partial(UnknownNameError, self)  # type: ignore[assignment]

    @property
    def parts(self) -> tuple[Any, str]:
        """Give the object that lacks the name (Jinja's `missing` for a top-level name), and the name."""
        return self._undefined_obj, str(self._undefined_name)


class _Generator(CodeGenerator):
    """Jinja's code generator, but `~` keeps blanks as blanks."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self.write("environment.joined(context, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class Environment(ImmutableSandboxedEnvironment):
    """Jinja with nothing in it but our filters and a few tests, reaching only into dicts and lists."""

    code_generator_class = _Generator

    def __init__(self) -> None:
        super().__init__(undefined=Unknown, cache_size=0, optimized=False)
        self.globals.clear()
        self.filters = {name: _counted(one) for name, one in FILTERS.items()}
        self.joined = _counted(values.joined)
        self.tests = {name: test for name, test in self.tests.items() if name in TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Give the key of a dict, or what a loop knows of itself; `area.items` is the key, never the method."""
        if type(obj) is dict:
            try:
                return obj[attribute]
            except KeyError:
                return Unknown(obj=obj, name=attribute)
        if type(obj) is LoopContext and attribute in LOOP_NAMES:
            return getattr(obj, attribute)
        if isinstance(obj, Unknown):
            return str(obj)  # raises, with the name
        return Unknown(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Give the key of a dict or the item of a list."""
        if type(obj) in {dict, list, tuple}:
            try:
                return obj[argument]
            except (LookupError, TypeError):
                return Unknown(obj=obj, name=str(argument))
        return self.getattr(obj, str(argument))

    def call(self, *_arguments: Any, **_named: Any) -> NoReturn:
        """Refuse: the allow-list has no calls; this is the second lock."""
        raise SecurityError


def _counted(make: Callable[..., Any]) -> Callable[..., Any]:
    """Let a filter count the letters that it makes; a ValueProblemError says that all of a document make too many."""

    @pass_context
    def counted(context: Context, *given: object) -> Any:
        made, state = make(*given), context.parent["_state"]
        state.letters += values.letters_in(made)
        if state.letters > values.MAX_LETTERS:
            raise values.too_long()
        return made

    return counted


def refusals(tree: nodes.Template) -> Iterator[tuple[str, str]]:
    """Find what one tag, as Jinja parsed it, may not say: each a message, and the word in the tag that it is about."""
    stack: list[tuple[nodes.Node, int]] = [(node, 0) for node in tree.body]
    while stack:
        node, depth = stack.pop()
        problem = _refusal(node) if depth <= MAX_EXPRESSION_DEPTH else (_("biểu thức lồng nhau quá sâu"), "")
        if problem:
            yield problem
            continue
        stack += ((child, depth + 1) for child in node.iter_child_nodes())


def drawn_in(tree: nodes.Template) -> str:
    """Tell whether a tag makes a chart or a table: `whole` if that is all it does, `part` if it does more, else empty."""
    charts = [one for one in tree.find_all(nodes.Filter) if one.name in {"chart", "grid"}]
    match tree.body:
        case [nodes.Output(nodes=[only])] if charts == [only]:
            return "whole"
    return "part" if charts else ""


def _refusal(node: nodes.Node) -> tuple[str, str] | None:
    match node:
        case nodes.Name(name=name) | nodes.Getattr(attr=name) if name.startswith("_"):
            return _("tên «{name}» bắt đầu bằng «_» không dùng được", name=name), name
        case (
            nodes.Neg(node=nodes.Const(value=int())) | nodes.Getitem(arg=nodes.Const() | nodes.Neg(node=nodes.Const()))
        ):
            return None  # rows[-1] is the last one
        case nodes.Getitem():
            return _("trong ngoặc vuông chỉ được là số hoặc chữ cố định"), "["
        case nodes.Filter(name=name) if name not in FILTERS:
            known = ", ".join(sorted(FILTERS))
            return _("không có bộ lọc «{name}»; có: {known}", name=name, known=known), name
        case nodes.Filter(name=name, kwargs=kwargs, dyn_args=dynamic, dyn_kwargs=more) if kwargs or dynamic or more:
            return _("bộ lọc «{name}» chỉ nhận giá trị theo thứ tự", name=name), name
        case nodes.Test(name=name) if name not in TESTS:
            return _("không có phép thử «is {name}»; có: {known}", name=name, known=", ".join(sorted(TESTS))), name
        case nodes.For(recursive=True):
            return _("vòng lặp không được gọi lại chính nó"), "recursive"
        case nodes.Call():
            return _("không được gọi hàm; dùng bộ lọc: {{ x | upper }}"), "("
        case _ if not isinstance(node, (*_NODES, nodes.TemplateData)):
            return _("mẫu không được dùng phép này ({kind})", kind=type(node).__name__), ""
    return None
