"""Regular expressions meet strangers' text: whatever it is, twice the text takes about twice the time."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest

import danvan_cli

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = Path(danvan_cli.__path__[0])
ASKED = ("match", "search", "fullmatch", "finditer", "findall", "sub", "split")
MATCHED = {"_LABELS", "_FIXED"}
"""Tables of patterns of which each is asked only how a text begins."""
WORDS = {"_SPANS", "_ONCE", "_KINDS", "_PERSONAL"}
"""Tables of patterns as text, each compiled when it is first asked."""
LONG = 2000
"""Letters of a text: one that is searched again from each of its letters takes 5 ms and more."""
SECONDS = 0.001


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call of a method of patterns: the module, what it is called of, the call."""
    for path in SOURCES.rglob("*.py"):
        module = ".".join(path.relative_to(SOURCES.parent).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ASKED
                and isinstance(node.func.value, ast.Name)
            ):
                yield module, node.func.value.id, node


def compiled(value: Any, *, words: bool = False) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, str) and words:
        yield re.compile(value)
    elif isinstance(value, (tuple, list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from compiled(one, words=words)


def patterns() -> dict[re.Pattern[Any], set[str]]:
    """Every pattern of ours, with how it is asked."""
    named: dict[tuple[str, str], set[str]] = {}
    found: dict[re.Pattern[Any], set[str]] = {}
    for module, of, call in calls():
        how = call.func.attr
        if of == "re" and isinstance(call.args[0], ast.Name):
            named.setdefault((module, call.args[0].id), set()).add(how)
        elif of != "re":
            named.setdefault((module, of), set()).add(how)
        elif isinstance(call.args[0], ast.Constant):
            flags = [
                re.RegexFlag(0),
                *(getattr(re, word, 0) for word in re.findall(r"re\.([A-Z]+)", ast.unparse(call))),
            ]
            found.setdefault(re.compile(call.args[0].value, sum(flags)), set()).add(how)
    for module in walk_packages(danvan_cli.__path__, "danvan_cli."):
        if "__main__" not in module.name:
            for name, value in vars(import_module(module.name)).items():
                for one in compiled(value, words=name in WORDS or (module.name, name) in named):
                    found.setdefault(one, set()).update(
                        named.get((module.name, name), {"match"} if name in MATCHED else ())
                    )
    return {one: asked or {"search"} for one, asked in found.items()}


def pumps(source: str) -> Iterator[str]:
    """Texts that a pattern may search again and again: of its letters and words, with an end that never fits."""
    classes = {"\\s": " \n\t", "\\S": "x", "\\d": "7", "\\w": "xX", ".": ".", "^": "\n"}
    plain = re.sub(r"\\.|[\[\](){}?*+|^$]|À.*?Ỹ|à.*?ỹ", " ", source)
    letters = {
        *"xX7 \n.\x85",
        *plain,
        *re.findall(r"\\([^\w\s])", source),
        *"".join(classes[c] for c in classes if c in source),
    }
    few = [*sorted({one for one in letters if not one.isalnum()})[:9], "x", "Đ", "7"]
    words = {one.strip() for one in re.findall(r"[^\W\d_]{2,}(?: [^\W\d_]+)*", plain)}
    for one in few:
        for other in few:
            yield (one + other) * (LONG // 2)
            yield one + other * LONG + "\0"
        for word in sorted(words)[:4]:
            yield (word + one) * (LONG // (len(word) + 1))
            yield word + one * LONG + "\0"


def taken(pattern: re.Pattern[Any], how: str, text: str) -> float:
    told = text.encode() if isinstance(pattern.pattern, bytes) else text
    began = process_time()
    if how == "sub":
        pattern.sub(told[:0], told)
    else:
        found = getattr(pattern, how)(told)
        if how == "finditer":
            list(found)
    return process_time() - began


def superlinear(pattern: re.Pattern[Any], how: str) -> str | None:
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    for text in pumps(source) if re.search(r"[*+]|,\}", source) else ():
        if taken(pattern, how, text) > SECONDS:
            whole, half = (
                min(taken(pattern, how, one) for _ in range(3)) for one in (text, text[: LONG // 2] + text[-1])
            )
            if whole > SECONDS and whole > 2.8 * half:
                return text[:12]
    return None


def test_no_pattern_takes_more_than_its_text_is_long() -> None:
    slow = [
        f"{pattern.pattern!r:.80} {how}: {found!r}"
        for pattern, asked in patterns().items()
        for how in sorted(asked)
        if (found := superlinear(pattern, how))
    ]
    assert not slow, "\n".join(slow)


@pytest.mark.parametrize(
    ("source", "how"), [(r"\s*,", "search"), (r"x+x+7", "match"), (r"<\w+[^>]*>", "sub"), (r"^\s*x", "search")]
)
def test_what_takes_more_is_seen(source: str, how: str) -> None:
    assert superlinear(re.compile(source, re.MULTILINE), how)
