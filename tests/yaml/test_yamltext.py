"""YAML out: whatever is written is read back as it was, by us and by another reader."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli.text import clean
from danvan_cli.yaml.yamlfile import YamlFile
from danvan_cli.yaml.yamltext import entry, flow, ident, is_word, key, list_item, scalar

if TYPE_CHECKING:
    from decimal import Decimal

TRICKY = ("yes", "null", "12", "0.50", "2023-05-10", "- a", "# b", "a # b", "a: b", "'", '"', "\\", "", "{", "[x]", "&a", "*a", "!t", "%", "@", "`", "|", ">-", "...", "---", "a\u2028b", "a\tb", " a", "a ", "thường xuyên", "😀", "a\n\n b\n", "\na")  # fmt: skip
texts = (st.sampled_from(TRICKY) | st.text("ăđ \n:#-'\"{}[],&*!|>\\%@`x", max_size=15) | st.text(max_size=15)).map(
    clean
)
scalars = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | texts
trees = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=12
)


def back(written: str) -> Any:
    file = YamlFile("x.yaml", written.encode())
    assert [one for one in file.findings if one.severity == "error"] == []
    return file.root


@given(st.dictionaries(texts, trees, min_size=1, max_size=4), st.booleans(), st.integers(1, 4))
def test_any_tree_is_read_back_as_it_was(tree: dict[str, Any], blocks: bool, step: int) -> None:
    lines = [line for name, value in tree.items() for line in entry(name, value, step, blocks=blocks)]
    assert back("\n".join(lines) + "\n") == tree


@given(trees)
def test_on_one_line_too_and_another_reader_agrees(tree: Any) -> None:
    written = f"a: {flow(tree)}\n"
    assert "\n" not in written[:-1]
    assert back(written)["a"] == tree
    assert yaml.safe_load(written)["a"] == tree


@given(st.lists(trees, min_size=1, max_size=4), st.integers(1, 4))
def test_items_of_a_list_stand_behind_their_dashes(tree: list[Any], step: int) -> None:
    lines = [line for one in tree for line in list_item(one, step)]
    assert back("\n".join(lines) + "\n") == tree


@given(st.decimals(-(10**9), 10**9, places=9))
def test_a_decimal_keeps_its_digits_and_has_no_exponent(value: Decimal) -> None:
    assert back(f"a: {scalar(value)}\n")["a"] == value
    assert "E" not in scalar(value)


def test_dates_and_words_in_their_place_stand_without_quotes() -> None:
    assert (scalar(date(2023, 5, 10)), scalar("thường xuyên"), scalar(None), scalar(value=True)) == (
        "2023-05-10", "thường xuyên", "", "true",
    )  # fmt: skip


def test_ids_stand_bare_where_nobody_can_mistake_them() -> None:
    assert [key(one) for one in ("6m", "II.1.1", "1y-uoc", "no", "a b", "đơn", "")] == [
        "6m", "II.1.1", "1y-uoc", '"no"', '"a b"', '"đơn"', '""',
    ]  # fmt: skip
    assert (ident("so-y-te"), ident("2023"), ident("no")) == ("so-y-te", '"2023"', '"no"')
    assert [one for one in ("done", "so-y-te", "no", "true", "Done", "a b", 5, None) if is_word(one)] == [
        "done",
        "so-y-te",
    ]


def test_a_float_has_no_digits_of_its_own() -> None:
    with pytest.raises(TypeError):
        scalar(0.1)
