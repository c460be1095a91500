"""YAML in: the values are right, the places are exact, and no input whatever makes it fail."""

from __future__ import annotations

import re
import time
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from danvan_cli.findings.finding import excerpt
from danvan_cli.plan.calendar import Calendar
from danvan_cli.plan.model import Plan
from danvan_cli.rules.check import check_plan
from danvan_cli.text import VIETNAMESE as REAL
from danvan_cli.text import clean, squeeze
from danvan_cli.yaml import encoding, yamlfile
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.yamlfile import MAX_DEPTH, MAX_FINDINGS, Map, Seq, YamlFile
from shares import some

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN = (Path(__file__).parents[2] / "plans" / "2023.yaml").read_bytes()
NO_CALENDAR = Calendar(format="danvan-calendar/1")
KEYED = re.compile(r"( *(?:- )?[a-z_]+:) (?!>-)\S")


def small(plan: bytes) -> bytes:
    """Leave out of a plan the items of its lists that have no key but such as an earlier one has."""
    kept, seen, section = [], set(), ""
    for piece in re.split(r"^(?= *- |\S)", plan.decode(), flags=re.MULTILINE):
        section = section if piece.startswith(" ") else piece.partition(":")[0]
        named = {(section, key) for key in re.findall(r"(?:^[ -]*)?\b[a-z_]+(?=:)", piece, re.MULTILINE)}
        if not piece.startswith(" ") or named - seen:
            kept.append(piece)
        seen |= named
    return "".join(kept).encode()


SMALL = small(PLAN)

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằắấầẩẫậếềệịọốồộớờợụứừựỳỵ ÁĐƯ0129.,;:-–“”'\"#&*!?/()[]{}%@`|>\\"
texts = st.text(VIETNAMESE, max_size=40).map(lambda value: unicodedata.normalize("NFC", value))
keys = st.text("abcđêo-1 ", min_size=1, max_size=8).map(str.strip).filter(bool)
scalars = st.one_of(st.none(), st.booleans(), st.integers(-(10**12), 10**12), texts)


def trees_of(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=25
    )


trees = trees_of(scalars)
texts_alone = trees_of(texts)


def rules(file: YamlFile) -> list[str]:
    return [one.rule for one in file.findings]


def read(text: str) -> YamlFile:
    return YamlFile("x.yaml", text.encode())


def plain(node: Any) -> Any:
    """Take the places off a tree; texts that YAML 1.1 would take for something else stay texts there and here."""
    if isinstance(node, dict):
        return {key: plain(value) for key, value in node.items()}
    return [plain(value) for value in node] if isinstance(node, list) else node


# Values


@given(
    # A style writes numbers as tagged texts, which we refuse; aliases never come of such trees.
    st.tuples(st.dictionaries(keys, trees, min_size=1), st.none())
    | st.tuples(st.dictionaries(keys, texts_alone, min_size=1), st.sampled_from([None, "'", '"', "|", ">"])),
    st.sampled_from([True, False, None]),
)
def test_what_another_library_wrote_is_read_as_it_reads_it(
    styled: tuple[dict[str, Any], str | None], flow: bool | None
) -> None:
    tree, style = styled
    written = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, default_style=style, width=30)
    assume("!!" not in written and "\\U" not in written)
    file = read(written)
    assert not {"DV103", "DV104", "DV105", "DV106", "DV112"} & set(rules(file))
    assert plain(file.root) == yaml.safe_load(written) == tree


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True), ("false", False), ("null", None), ("", None), ("0", 0), ("-7", -7), ("87.50", Decimal("87.50")),
        ("010", "010"), ("12:30", "12:30"), ("no", "no"), ("Yes", "Yes"), ("~", "~"), ("1e3", "1e3"), ("0x1F", "0x1F"),
        (".5", ".5"), ("1_000", "1_000"), ("2023-05-10", "2023-05-10"), ("08/2026", "08/2026"), (".nan", ".nan"),
        ("1" * 30, "1" * 30), ("+1", "+1"), ('"5"', "5"), ("'true'", "true"), ("=", "="), ("-", None),
    ],
)  # fmt: skip
def test_only_plain_words_and_figures_are_more_than_text(written: str, value: object) -> None:
    read_value = read(f"a: {written}\n" if written != "-" else "a:\n").root["a"]
    assert read_value == value
    assert type(read_value) is type(value)


def test_decomposed_text_is_read_as_composed() -> None:
    file = read("te\u0302n: To\u0302\u0309 chu\u031b\u0301c")
    assert file.root == {"tên": "Tổ chức"}
    assert rules(file) == ["DV502"]


def test_the_keys_of_a_mapping_may_be_figures() -> None:
    assert read("1: a\n2.50: b\ntrue: c\nnull: d").root == {"1": "a", "2.50": "b", "true": "c", "null": "d"}


def test_a_tree_deep_as_the_bound_is_read() -> None:
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH).findings == []


# Places


def scalars_of(node: Any) -> Any:
    """Walk the scalars: the place of each, its value."""
    if isinstance(node, Map):
        for key, value in node.items():
            _at, start, end = node.at[key]
            yield (start, end, value) if not isinstance(value, (Map, Seq)) else None
            yield from scalars_of(value)
    elif isinstance(node, Seq):
        for value, (start, end) in zip(node, node.at, strict=True):
            yield (start, end, value) if not isinstance(value, (Map, Seq)) else None
            yield from scalars_of(value)


@given(st.dictionaries(keys, trees, min_size=1), st.sampled_from([True, False, None]))
def test_places_are_the_very_text_of_keys_and_values(tree: dict[str, Any], flow: bool | None) -> None:
    written = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, width=30)
    assume("\\U" not in written)
    file = read("# đầu tệp\n" + written)
    nodes = [file.root]
    for node in nodes:
        nodes += [one for one in (node.values() if isinstance(node, Map) else node) if isinstance(one, (Map, Seq))]
        for key in node if isinstance(node, Map) else ():
            assert file.text.startswith((key, f"'{key}'", f'"{key}"'), node.at[key][0])
    for place in scalars_of(file.root):
        if place is not None:
            start, end, value = place
            here = file.text[start:end]
            assert (yaml.safe_load(here) if here else None) == value


def test_places_of_keys_items_and_what_is_missing() -> None:
    file = read("a:\n  - id: x\n    b: {c: đúng, d: }\n")
    assert file.spot(file.span(("a", 0, "b", "c"))[0])[:2] == (3, 12)
    assert file.spot(file.span(("a", 0, "b", "c"), key=True)[0])[:2] == (3, 9)
    assert file.spot(file.span(("a", 0, "b", "d"))[0])[:2] == (3, 18)  # an empty value: its key
    assert file.spot(file.span(("a", 0, "none"))[0])[:2] == (2, 5)  # a missing key: its parent
    assert file.spot(file.span(("a", "union-tag", 0, "id"))[0])[:2] == (2, 9)


def test_a_file_without_a_root_key_points_to_its_first_key_not_to_a_comment() -> None:
    file = read("# yaml-language-server\n\nid: x\n")
    assert file.spot(file.span(("format",))[0])[:2] == (3, 1)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_and_columns_do_not_depend_on_line_ends(end: str) -> None:
    file = read(end.join(["a: đầu", "b:", "  c: đ", "  c: e", ""]))
    [twice] = file.findings
    assert (twice.spot, twice.source) == ((4, 3, 1), "  c: e")


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
def test_a_bom_moves_no_place(start: bytes) -> None:
    found = YamlFile("x.yaml", start + b"a: 1\nb: 2\nb: 3\n").findings[-1]
    assert (found.rule, found.spot[:2], found.source) == ("DV105", (3, 1), "b: 3")


def folded(value: str, style: str, width: int) -> str | None:
    """Write a text as a person would in this style, broken at spaces; None where the style cannot hold it."""
    pieces = re.findall(rf".{{1,{width}}}(?:\s|$)|\S+\s?", value)
    lines = [one.strip() for one in pieces if one.strip()]
    body = "\n      ".join(lines)
    match style:
        case ">-" | ">" | "|":
            return f"text: {style}\n      {body}\n" if lines and not body.startswith(("#", " ")) else None
        case "'":
            return "text: '" + body.replace("'", "''") + "'\n"
        case '"':
            return 'text: "' + body.replace("\\", "\\\\").replace('"', '\\"') + '"\n'
    return f"text: {body}\n"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("style", [">-", ">", "|", "'", '"', ""])
@given(st.data())
def test_a_piece_of_a_text_is_found_where_it_is_written(style: str, form: str, data: st.DataObject) -> None:
    alphabet = VIETNAMESE.translate(dict.fromkeys(map(ord, "#:&*!%@`|>[]{}?,-\"'" if not style else "")))
    value = squeeze(unicodedata.normalize("NFC", data.draw(st.text(alphabet, min_size=1, max_size=60))))
    written = folded(value, style, data.draw(st.integers(5, 30)))
    assume(written is not None)
    file = read("# đầu\nkhác: 1\n" + unicodedata.normalize(form, str(written)) + "sau: 2\n")
    assume(isinstance(file.root, Map) and isinstance(file.root.get("text"), str))
    read_value = file.root["text"].strip()
    assume(read_value)
    start = data.draw(st.integers(0, len(read_value) - 1))
    length = data.draw(st.integers(1, len(read_value) - start))
    piece = read_value[start : start + length]
    assume(piece == piece.strip() and not any(map(unicodedata.combining, read_value)))
    first, last = file.inside(("text",), start, length)
    here = squeeze(clean(file.text[first:last]))
    if style == "'":
        here = here.replace("''", "'")
    elif style == '"':
        here = re.sub(r"\\(.)", r"\1", here)
    assert here == squeeze(piece)


@pytest.mark.parametrize(
    ("written", "piece", "column"),
    [
        ('"\\x41\\u1ebf x28"', "x28", 16),
        ('"a\\u200b x28"', "x28", 13),
        ('"e\\u0302 x28"', "x28", 13),
        ('"a\\tb\\n\\_ x28"', "x28", 14),
        ('"   x28"', "x28", 8),
        ("'it''s x28'", "x28", 11),
    ],
)
def test_escapes_move_no_piece(written: str, piece: str, column: int) -> None:
    file = read(f"a: {written}\n")
    value = file.root["a"].strip()
    first, last = file.inside(("a",), value.index(piece), len(piece))
    assert file.text[first:last] == piece
    assert first + 1 == column


# What is refused


@pytest.mark.parametrize(
    ("text", "rule", "place"),
    [
        ("a: &x 1", "DV106", (1, 4)), ("a: *x", "DV106", (1, 4)), ("a: !!str 1", "DV106", (1, 4)), ("a: ! x", "DV106", (1, 4)),
        ("<<: {a: 1}", "DV106", (1, 1)), ("a: 1\n---\nb: 2", "DV108", (2, 1)), ("? [a]\n: b", "DV112", (1, 3)),
        ("a:\n\t- b", "DV104", (2, 1)), ("a: 'x", "DV103", (1, 6)), ("a: %", "DV103", (1, 4)), ("a: @x", "DV103", (1, 4)),
        ("a:\x0bb", "DV503", (1, 3)), ("đ: 1\nđ: 2", "DV105", (2, 1)), ("", "DV109", (1, 1)), ("# x", "DV109", (1, 1)),
        ("%YAML 9.9\n---\na", "DV103", (1, 1)), ('a: "\\q"', "DV103", (1, 5)), ("{a: 1, a: 2}", "DV105", (1, 8)),
    ],
)  # fmt: skip
def test_what_hides_a_meaning_is_found_at_its_place(text: str, rule: str, place: tuple[int, int]) -> None:
    assert (rule, place) in [(one.rule, one.spot[:2]) for one in read(text).findings]


def test_all_findings_come_at_once() -> None:
    file = read("a: &x 1\na: 2\nb\u200b: *x\nc: {d: 1, d: 2}\n")
    assert sorted(rules(file)) == ["DV105", "DV105", "DV106", "DV106", "DV503"]


def test_a_quoted_merge_sign_is_a_key() -> None:
    assert read('"<<": 1').root == {"<<": 1}


# Any input at all


def checked(data: bytes) -> YamlFile:
    file = YamlFile("x.yaml", data)
    for one in check_plan(as_read(Plan, file), NO_CALENDAR, {}):
        assert one.spot.line >= 1
        assert one.spot.column >= 1
        assert one.spot.length >= 1
        assert "\n" not in one.message
    return file


@given(st.binary(max_size=300))
def test_no_bytes_make_a_check_fail(data: bytes) -> None:
    checked(data)


@given(st.text("{}[]:,-?!&*#|>%@`'\"\\ \n\t\rabđ\u0301\u1161\u1100\u2028\ufeff\x00\x85<1.", max_size=120))
def test_no_mixture_of_signs_makes_a_check_fail(text: str) -> None:
    checked(text.encode())


@given(st.data())
def test_no_change_of_the_plan_makes_a_check_fail(data: st.DataObject) -> None:
    changed = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(changed) - 1))
        size = data.draw(st.integers(0, 40))
        changed[at : at + size] = data.draw(
            st.binary(max_size=6) | st.sampled_from([b": ", b"\n- ", b"[", b"null", b"{}", b"\n\n", b"2023"])
        )
    checked(bytes(changed))


@pytest.mark.parametrize(
    "value",
    some(["null", "[]", "{}", "x", "[null]", "[[]]", "{a: {}}", "0", "true", "0001-01-01", "9999-12-31"], 2),
)
def test_no_value_in_any_key_makes_a_check_fail(value: str) -> None:
    lines = SMALL.decode().splitlines()
    seen = set()
    for i, line in enumerate(lines):
        found = KEYED.match(line)
        if found and found[1] not in seen:
            seen.add(found[1])
            checked("\n".join([*lines[:i], f"{found[1]} {value}", *lines[i + 1 :]]).encode())
    assert seen == {found[1] for found in map(KEYED.match, PLAN.decode().splitlines()) if found}


@pytest.mark.parametrize("value", ["- [", "? ", "[{", "{a: ", "[", "{", "- ", "a:\n ", "[[],"])
def test_endless_nesting_ends_quickly(value: str) -> None:
    start = time.process_time()
    file = YamlFile("x.yaml", (value * 100_000).encode())
    assert time.process_time() - start < 5
    assert set(rules(file)) & {"DV107", "DV103", "DV112"}


NONSENSE: dict[str, Callable[[int], bytes]] = {
    "list": lambda size: b"[" + b"a, " * (170 * size) + b"]",
    "same key": lambda size: b"{" + b"a: 1, " * (20 * size) + b"}",
    "control signs": lambda size: b"a: " + b"\x01" * (300 * size),
    "tabs": lambda size: b"\t" * (300 * size) + b"a",
    "spaces": lambda size: b"a: " + b" " * (500 * size) + b"b",
    "anchors": lambda size: b"- &a x\n" * (20 * size),
    "empty lines": lambda size: "MẬT x\n".encode() + b"\n" * (300 * size) + b": :",
    "marks": lambda size: b"a: 'TO\xcc\x82 " + "MẬT, ".encode() * (50 * size) + b"'",
}


@pytest.mark.parametrize("data", NONSENSE.values(), ids=NONSENSE)
def test_the_time_of_a_file_of_nonsense_grows_as_the_file_does(
    data: Callable[[int], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yamlfile, "MAX_VALUES", 100_000)

    def spent(size: int) -> float:
        start = time.process_time()
        assert len(checked(data(size)).findings) <= MAX_FINDINGS + 1
        return time.process_time() - start

    checked(data(1))
    assert spent(600) < 4 * 30 * spent(20) + 0.1  # a way that goes through the rest of the file each time: 900 times


def test_a_file_of_nothing_but_mistakes_says_that_it_stopped_counting() -> None:
    file = read("a: \x01" + "\x01" * MAX_FINDINGS)
    assert rules(file) == ["DV503"] * MAX_FINDINGS + ["DV107"]
    assert file.root is None


def test_a_file_above_the_bound_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "MAX_YAML_BYTES", 10)
    file = read("a: 12345678")
    assert (rules(file), file.root, file.text) == (["DV107"], None, "")


@given(st.text("{}[]:,-?!&*#|>'\"\\uU09 \nabđ", max_size=60))
def test_the_parser_in_python_is_as_safe_as_the_one_in_c(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yamlfile, "_Parser", yaml.SafeLoader)
        checked(text.encode())


def test_the_shipped_plan_reads_the_same_with_both_parsers(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = YamlFile("x.yaml", PLAN)
    monkeypatch.setattr(yamlfile, "_Parser", yaml.SafeLoader)
    slow = YamlFile("x.yaml", PLAN)
    assert plain(fast.root) == plain(slow.root)
    assert fast.root.at == slow.root.at


def test_findings_on_long_lines_keep_a_part_of_them_each() -> None:
    """Two lines of megabytes with a thousand findings, now on one and now on the other."""
    line = "x: '" + "đ" * 200_000 + "\u200b" + "đ" * 200_000 + "'"
    file = YamlFile("a.yaml", f"{line}\ny: '{line[4:]}\n".encode())
    at = (200_004, len(line) + 1 + 200_004)
    found = [file.finding("DV503", (at[i % 2], at[i % 2] + 1), "x") for i in range(400)]
    assert {one.spot for one in found} == {(1, 200_005, 1), (2, 200_005, 1)}
    assert sum(len(one.source or "") for one in found) <= 400 * 2000
    for one in found[:2]:
        cut = excerpt(one)
        assert cut is not None
        assert cut[1].startswith("…đ")
        assert cut[2].index("^") == cut[1].index("\u200b")


def test_a_letter_is_vietnamese_in_bytes_as_in_text() -> None:
    for letter in map(chr, (*range(0x80, 0xD800), *range(0xE000, 0x20000))):
        assert bool(encoding._FOREIGN.search(letter.encode())) is not bool(REAL.search(letter)), letter
    assert [one.rule for one in encoding.unwanted("Sở Y tế\nC«ng t¸c d©n vËn\nđến\n")] == ["DV501"]


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("title: Trưởng ban ".encode() + b"\xd0" + " của tỉnh\n".encode(), "từ chỗ này không đọc được"),
        (b"name: C\xabng t\xb8c d\xa9n v\xcbn\n", "TCVN3"),
    ],
)
def test_one_broken_byte_does_not_make_a_file_one_of_an_old_font(broken: bytes, told: str) -> None:
    file = YamlFile("x.yaml", "# Kế hoạch của tỉnh\n".encode() + broken)
    (one,) = [it for it in file.findings if it.rule == "DV101"]
    assert told in one.message
    assert one.spot.line == 2
