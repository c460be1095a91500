"""What a template may name: typed classes whose fields say what they are, each with an example.

Of a class are made the plain dicts and lists that a template gets, the `Shape` that `templates list` shows and in which
`templates check` finds a misspelt name without rendering, and the full and sparse data of trial documents.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import (
    Any,
    ClassVar,
    Final,
    Literal,
    NamedTuple,
    TypeVar,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from danvan_cli.word.blank import Blank, Pieces, Proposed

ValueKind = Literal["text", "number", "day", "flag", "list", "group"]
Shape = dict[str, "ContextName"]
Examples = Mapping[str, Any]
"""Other examples of names further in, by dotted name: `letterhead.symbol`."""

VALUE_KINDS: Final[dict[type, ValueKind]] = {
    str: "text", Pieces: "text", int: "number", Decimal: "number", date: "day", bool: "flag",
}  # fmt: skip
"""What a value of each type is."""
_ATOMS: Final = frozenset({*VALUE_KINDS, Blank, Proposed, NoneType})


@dataclass(frozen=True, slots=True)
class ContextName:
    """One name of a context.

    `about` is Vietnamese, for the users; `example` is a value as the templates get it (texts, numbers, days, flags).
    `inner` is the shape of a group, or of a list's items (None: a list of texts). `optional` values can be None;
    lists can be empty unless `some` says that there is always something in them.
    """

    kind: ValueKind
    about: str
    example: Any = None
    inner: Shape | None = None
    optional: bool = False
    some: bool = False


class _Said(NamedTuple):
    about: str
    example: Any
    examples: Examples
    some: bool
    default: Any


def said(
    about: str, example: Any = None, *, examples: Examples | None = None, some: bool = False, default: Any = ...
) -> Any:
    """Say of a field what it is, in Vietnamese, with an example of it or of names further in."""
    return _Said(about, example, examples or {}, some, default)


def spread(examples: Examples | None = None) -> Any:
    """Say of a field that the names in it are the part's own, as if they stood there."""
    return said("", examples=examples)


@dataclass_transform(eq_default=False, kw_only_default=True, frozen_default=True, field_specifiers=(said, spread))
class Part:
    """Values that belong together. A field's name ends with `_` where Python has another use for it (`from_`).

    To the type checker it is a frozen dataclass. It is none, because each of those compiles code of its own, which is
    slow for the many small parts of all papers where only their names are asked for.
    """

    __said__: ClassVar[dict[str, _Said]] = {}
    __keys__: ClassVar[dict[str, str] | None] = None
    """What the fields are called in templates, empty for one that is spread; None if all are called as here."""

    def __init_subclass__(cls) -> None:
        """Add what a class says of its fields to what it has from its base."""
        cls.__said__ = cls.__said__ | {name: it for name, it in vars(cls).items() if isinstance(it, _Said)}
        keys = {name: name.rstrip("_") if it.about else "" for name, it in cls.__said__.items()}
        cls.__keys__ = keys if any(name != key for name, key in keys.items()) else None

    def __init__(self, **values: Any) -> None:
        told = self.__said__
        if values.keys() != told.keys():
            values = {name: it.default for name, it in told.items() if it.default is not ...} | values
            if wrong := sorted(values.keys() ^ told.keys()):
                raise TypeError(f"{type(self).__name__}: missing or unknown: {', '.join(wrong)}")
        self.__dict__ = values


P = TypeVar("P", bound=Part)


def taken(kind: type[P], source: object, /, **more: Any) -> P:
    """Make a part of what something has by the same names, and of what it has not."""
    return kind(**{name: getattr(source, name) for name in kind.__said__ if name not in more}, **more)


def plain_values(part: Part) -> dict[str, Any]:
    """Give a part's values as a template gets them: dicts and lists, nothing that has methods of ours."""
    values, keys = vars(part), part.__keys__
    if keys is None and _ATOMS.issuperset(map(type, values.values())):
        return values
    out: dict[str, Any] = {}
    for name, value in values.items():
        key = keys[name] if keys else name
        if isinstance(value, Part):
            out |= {key: plain_values(value)} if key else plain_values(value)
        elif type(value) is list:
            out[key] = [plain_values(one) if isinstance(one, Part) else one for one in value]
        else:
            out[key] = value
    return out


def shape_of(part: type[Part], examples: Examples | None = None) -> Shape:
    """Give the shape of what `plain_values` makes of a class, with other examples further in if there are any."""
    hints, other = get_type_hints(part), examples or {}
    out: Shape = {}
    for name, told in part.__said__.items():
        key = name.rstrip("_")
        kind, inner, optional = _type(hints[name])
        if inner and not told.about:
            out |= shape_of(inner, {**told.examples, **other})
            continue
        own = {it.removeprefix(f"{key}."): value for it, value in other.items() if it.startswith(f"{key}.")}
        inside = shape_of(inner, {**told.examples, **own}) if inner else None
        out[key] = ContextName(kind, told.about, other.get(key, told.example), inside, optional, told.some)
    return out


def _type(hint: Any) -> tuple[ValueKind, type[Part] | None, bool]:
    """Read a field's type: its kind, the part it is made of, whether it can be None."""
    args = get_args(hint) or (hint,)
    first = args[0]
    inner = first if issubclass(first, Part) else None
    if get_origin(hint) is list:
        return "list", inner, False
    return "group" if inner else VALUE_KINDS[first], inner, NoneType in args


def sample(shape: Shape) -> dict[str, Any]:
    """Make a full context of the examples: every list has items, nothing is None."""
    return {key: _value(name, sample) for key, name in shape.items()}


def sparse(shape: Shape) -> dict[str, Any]:
    """Make the emptiest context: what is optional is None, every list is empty, flags are off."""
    return {key: None if name.optional else _value(name, sparse) for key, name in shape.items()}


def _value(name: ContextName, make: Callable[[Shape], dict[str, Any]]) -> Any:
    if name.kind == "group":
        return make(name.inner or {})
    if make is sparse and not name.some:
        return {"list": [], "flag": False}.get(name.kind, name.example)
    return [sample(name.inner), sample(name.inner)] if name.inner is not None else name.example
