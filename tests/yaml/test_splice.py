"""Edits of YAML files: what was to change is changed, every other byte stays."""

from __future__ import annotations

import difflib
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from danvan_cli.errors import DanvanError
from danvan_cli.findings.finding import InvalidFileError
from danvan_cli.plan.model import Plan
from danvan_cli.unit.adopt import scaffold
from danvan_cli.unit.model import UnitRecord
from danvan_cli.yaml.read import read as read_as
from danvan_cli.yaml.splice import Add, Put, below, rekeyed, spliced, swap, with_lines
from danvan_cli.yaml.tree import aligned
from danvan_cli.yaml.yamlfile import YamlFile
from danvan_cli.yaml.yamltext import scalar

ROOT = Path(__file__).parents[2]
SAMPLE = (ROOT / "samples" / "so-y-te.unit.yaml").read_bytes()


def read(text: str | bytes) -> YamlFile:
    return YamlFile("x.yaml", text if isinstance(text, bytes) else text.encode())


def edited(text: str, *changes: Put | Add) -> str:
    return spliced(read(text), changes).decode()


# One place


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        # text and figures, as they may have been written
        ("a: todo  # việc\n", Put(("a",), "done"), "a: done  # việc\n"),
        ("a: 'cũ'\t# c\n", Put(("a",), "mới"), 'a: "mới"\t# c\n'),
        ("a: dòng một\n  dòng hai\nb: 1\n", Put(("a",), "x y"), 'a: "x y"\nb: 1\n'),
        ("a: >-  # c\n  x\n  y\n\n\n# d\nb: 1\n", Put(("a",), "z t"), 'a: "z t"  # c\n\n\n# d\nb: 1\n'),
        ("a: |-\n  x\nb: 1\n", Put(("a",), "một\n\nhai"), "a: |-\n  một\n\n  hai\nb: 1\n"),
        ("a: x # c\nb: 1\n", Put(("a",), "một\nhai"), "a: |- # c\n  một\n  hai\nb: 1\n"),
        ("a: # c\n  x # d\n", Put(("a",), 5), "a: # c\n  5 # d\n"),
        # blanks
        ("a:  # c\n", Put(("a",), date(2023, 5, 10)), "a: 2023-05-10  # c\n"),
        ("a:", Put(("a",), Decimal("8.50")), "a: 8.50"),
        ("a: 5  # c\n", Put(("a",), None), "a:  # c\n"),
        ("a: null\n", Put(("a",), value=True), "a: true\n"),
        ("a: |-\n  x\n# c\nb:\n", Put(("a",), None), "a:\n# c\nb:\n"),
        # on one line
        ("i: {6m: , 1y: 5}  # c\n", Put(("i", "6m"), 0), "i: {6m: 0, 1y: 5}  # c\n"),
        ("i: {6m: 4, 1y: 5}\n", Put(("i", "6m"), None), "i: {6m: , 1y: 5}\n"),
        ("i: { 'a':1 }\n", Put(("i", "b"), "x"), "i: { 'a':1, b: \"x\" }\n"),
        ("i: {a: 1,  # một\n    b: 2}\n", Put(("i", "c"), 3), "i: {a: 1,  # một\n    b: 2, c: 3}\n"),
        ("i: {a: {b: }, c: x}\n", Put(("i", "a", "b"), "done"), 'i: {a: {b: "done"}, c: x}\n'),
        ("i: [x, y,]\n", Add(("i",), None), "i: [x, y, null,]\n"),
        ("i: [x, y]\n", Put(("i", 1), "z"), "i: [x, z]\n"),
        ("i: {a}\n", Put(("i", "a"), 1), "i: {a: 1}\n"),
        # missing parts are made
        ("t:\n", Put(("t", "II.1", "status"), "done"), 't:\n  II.1:\n    status: "done"\n'),
        ("t: {}  # c\n", Put(("t", "a", "b"), 1), "t:  # c\n  a:\n    b: 1\n"),
        ("i:\n  x: {6m: 1}\n", Put(("i", "y", "6m"), 2), "i:\n  x: {6m: 1}\n  y: {6m: 2}\n"),
        ("z:\na: 1", Put(("b", "c"), 2), "z:\na: 1\nb:\n  c: 2"),
        ("a:\n    b:\n        c: 1\n", Put(("a", "d", "e"), 1), "a:\n    b:\n        c: 1\n    d:\n        e: 1\n"),
        # after the last value, never behind the comments below it
        ("a:\n  b: 1\n  # trong a\n\n# ── c\nc: 1\n", Put(("a", "d"), 2), "a:\n  b: 1\n  d: 2\n  # trong a\n\n# ── c\nc: 1\n"),
        ("a:\n  b: >-\n    x\n\n\n# c\n", Put(("a", "d"), 2), "a:\n  b: >-\n    x\n  d: 2\n\n\n# c\n"),
        ("a:\n  b: |+\n    x\n\n# c\n", Put(("a", "d"), 2), "a:\n  b: |+\n    x\n\n  d: 2\n# c\n"),
        # lists
        ("o: []  # c\n", Add(("o",), {"text": "x"}), 'o:  # c\n  - text: "x"\n'),
        ("o:\n", Add(("o",), "x"), 'o:\n  - "x"\n'),
        ("a: 1\n", Add(("o",), {"t": 1}), "a: 1\no:\n  - t: 1\n"),
        ("s: []\n", Add(("s",), "GIÁM ĐỐC"), 's: ["GIÁM ĐỐC"]\n'),
        ("o:\n- x  # c\n# d\nb: 1\n", Add(("o",), "y"), 'o:\n- x  # c\n- "y"\n# d\nb: 1\n'),
        (
            "o:\n  - t: 1\n    u: |-\n      x\n\n  # sau\nb: 1\n",
            Add(("o",), {"t": 2, "u": "y\nz"}),
            "o:\n  - t: 1\n    u: |-\n      x\n  - t: 2\n    u: |-\n      y\n      z\n\n  # sau\nb: 1\n",
        ),
        ("o:\n  - {t: 1}\n", Add(("o",), {"t": 2}), "o:\n  - {t: 1}\n  - {t: 2}\n"),
        ("o:\n  - # c\n  - y\n", Put(("o", 0), "x"), 'o:\n  - "x" # c\n  - y\n'),
        ("o:\n  - x # c\n  - y\n", Put(("o", 0), {"a": 1, "b": 2}), "o:\n  - a: 1 # c\n    b: 2\n  - y\n"),
        ("o:\n  - a: 1\n    b: 2\n  - y\n", Put(("o", 0, "c"), 3), "o:\n  - a: 1\n    b: 2\n    c: 3\n  - y\n"),
        ("o:\n  - a: 1\n    b: 2\n  - y\n", Put(("o", 0), "x"), 'o:\n  - "x"\n  - y\n'),
        # a whole part
        ("a:\n  b:  # c\n    x: 1\n    y: 2\nd: 1\n", Put(("a", "b"), {"z": 3}), "a:\n  b:  # c\n    z: 3\nd: 1\n"),
        ("a:\n- 1\n- 2\nd: 1\n", Put(("a",), "x"), 'a: "x"\nd: 1\n'),
        ("a:\n  - 1\n  - 2\n", Put(("a",), [1, 3, 4]), "a:\n  - 1\n  - 3\n  - 4\n"),
        ("a:\n  - 1\n  - 2\n", Put(("a",), []), "a: []\n"),
        ('"a: b": x\n', Put(("a: b",), {"c": 1}), '"a: b":\n  c: 1\n'),
        # a block of text would take this comment for its own
        ("a:\n        # sâu\nb: 1\n", Put(("a",), "x\ny"), 'a: "x\\ny"\n        # sâu\nb: 1\n'),
    ],
)  # fmt: skip
def test_a_change_is_written_where_a_person_would_write_it(before: str, change: Put | Add, after: str) -> None:
    assert edited(before, change) == after
    assert edited(before.replace("\n", "\r\n"), change) == after.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("text", "loc", "value"),
    [
        ("a: 5.0\n", ("a",), 5),
        ("a: '2023-05-10'\n", ("a",), date(2023, 5, 10)),
        ("a: >-\n  x\n  y\n", ("a",), "x y"),
        ("a: {b: [1, x]}\n", ("a",), {"b": [1, "x"]}),
        ("a: null\n", ("a",), None),
        ("a:\n", ("a",), None),
        ("a: tô\n", ("a",), "to\u0302"),
    ],
)
def test_what_is_there_already_is_not_written_again(text: str, loc: tuple[str], value: object) -> None:
    assert edited(text, Put(loc, value)) == text


def test_true_is_not_1_and_a_figure_is_not_its_text() -> None:
    assert edited("a: 1\nb: 1\n", Put(("a",), value=True), Put(("b",), "1")) == 'a: true\nb: "1"\n'


# Several changes


def test_changes_at_neighbouring_places_stand_in_their_order() -> None:
    text = "t:\n  a:\n    s: todo\n    r:\n      6m:\n    e: []\n\n# sau\no: []"
    changes = (
        Put(("t", "a", "s"), "done"),
        Put(("t", "a", "r", "6m"), "x\ny"),
        Put(("t", "a", "r", "1y"), "z"),
        Add(("t", "a", "e"), {"title": "một"}),
        Add(("t", "a", "e"), {"title": "hai", "date": date(2023, 2, 3)}),
        Put(("t", "a", "e", 0, "number"), "1/KH"),
        Put(("t", "b", "s"), "doing"),
        Add(("o",), {"text": "x"}),
        Put(("p",), 1),
    )
    assert edited(text, *changes) == (
        't:\n  a:\n    s: done\n    r:\n      6m: |-\n        x\n        y\n      1y: "z"\n    e:\n'
        '      - title: "một"\n        number: "1/KH"\n      - title: "hai"\n        date: 2023-02-03\n'
        '  b:\n    s: "doing"\n\n# sau\no:\n  - text: "x"\np: 1'
    )  # fmt: skip


def test_several_changes_meet_within_one_line() -> None:
    text = "i: {a: , b: 2, c: }  # d\n"
    changes = [
        Put(("i", "c"), 3),
        Put(("i", "a"), 1),
        Put(("i", "b"), None),
        Put(("i", "e"), None),
        Put(("i", "f"), "x"),
    ]
    assert edited(text, *changes) == 'i: {a: 1, b: , c: 3, e: , f: "x"}  # d\n'


def test_the_last_word_on_a_place_counts_and_a_change_taken_back_is_none() -> None:
    assert edited("a: x\n", Put(("a",), "y"), Put(("a",), "z")) == "a: z\n"
    assert edited("a: x # c\n", Put(("a",), "y"), Put(("a",), "x")) in {"a: x # c\n", 'a: "x" # c\n'}


# What is refused


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("a: 1\n", Put(("a", "b"), 1)),
        ("a: 1\n", Add(("a",), 1)),
        ("a: [1]\n", Put(("a", 1), 1)),
        ("a: {b: 1}\n", Put(("a", 0), 1)),
        ("- a\n", Put(("a",), 1)),
        ("a: 1\n", Put(("a",), 10**30)),  # a figure so long is read as text
    ],
)
def test_a_place_that_cannot_be_reached_and_a_value_that_would_be_read_otherwise_are_refused(
    text: str, change: Put | Add
) -> None:
    with pytest.raises(DanvanError, match="không ghi được vào"):
        edited(text, change)


@pytest.mark.parametrize("text", ["a: [1\n", "a: 1\na: 2\n", "a: &x 1\n", ""])
def test_a_file_with_errors_is_refused_with_them(text: str) -> None:
    with pytest.raises(InvalidFileError) as refused:
        edited(text, Put(("b",), 1))
    assert refused.value.findings


def test_a_value_without_a_form_in_yaml_is_no_value() -> None:
    for value in (1.5, b"x", {1}):
        with pytest.raises(TypeError):
            edited("a: 1\n", Put(("a",), value))


def test_a_text_that_would_itself_be_a_finding_is_refused() -> None:
    vni = "Thöïc hieän keá hoaïch coâng taùc daân vaän naêm nay"
    with pytest.raises(DanvanError, match="bảng mã cũ"):
        edited("a: 1\n", Put(("a",), vni))


# The file


def test_a_byte_order_mark_stays() -> None:
    assert spliced(read(b"\xef\xbb\xbfa: 1\n"), [Put(("b",), 2)]) == b"\xef\xbb\xbfa: 1\nb: 2\n"


def test_each_line_gets_the_end_that_is_in_use_around_it() -> None:
    assert edited("a: 1\r\nb:\n  c: 1\n", Put(("b", "d"), 2), Put(("e",), 3)) == "a: 1\r\nb:\n  c: 1\n  d: 2\ne: 3\n"


def test_a_file_that_somebody_edited_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a: 1\n")
    assert swap(path, b"a: 1\n", b"a: 1\n") is False
    path.write_bytes(b"a: 2\n")
    with pytest.raises(DanvanError, match="vừa được sửa ở chỗ khác"):
        swap(path, b"a: 1\n", b"a: 3\n")
    assert path.read_bytes() == b"a: 2\n"
    assert swap(path, b"a: 2\n", b"a: 3\n")
    assert [one.name for one in tmp_path.iterdir()] == ["x.yaml"]


# Any tree, in any layout, with any changes

WORDS = (
    "x",
    "đơn vị",
    "Số 5: rồi",
    "- a",
    "# b",
    'nói "thế"',
    "it's",
    "một\nhai",
    "a\n\n  b",
    "a ",
    "2023-05-10",
    "true",
    "{",
    "\\n",
)
words = st.sampled_from(WORDS) | st.text("aăđ :#-'\"\n{}[],&*|>é\\ ", max_size=12).map(str.strip)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-99, 10**6)
    | st.decimals(0, 99, places=2).map(lambda d: d + Decimal("0.01"))
    | words
)
keys = st.sampled_from(["a", "6m", "II.1", "1y-uoc", "đơn", "x y", "no", "7", "a: b", "#"])
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=8
)
trees = st.dictionaries(keys, values, min_size=1, max_size=4)
comments = st.lists(st.sampled_from(["", "# ghi chú"]), max_size=2)


class Layout:
    """Writes a tree as people do: any style that says the same, with comments and blank lines between."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw

    def one(self, *choices: str) -> str:
        picked: str = self.draw(st.sampled_from(choices))
        return picked

    def key(self, name: str) -> str:
        plain = name not in {"a: b", "#", "no", "7"}
        return self.one(*([name] if plain else []), f"'{name}'", f'"{name}"')

    def inline(self, value: Any) -> str:
        if isinstance(value, dict):
            cells = [f"{self.key(k)}: {self.inline(v)}" for k, v in value.items()]
            return (
                "{"
                + self.one("", " ")
                + (self.one(", ", " , ", ",  ")).join(cells)
                + self.one("", " ", *([","] if cells else []))
                + "}"
            )
        if isinstance(value, list):
            return "[" + self.one("", " ") + ", ".join("null" if v is None else self.inline(v) for v in value) + "]"
        if value is None:
            return self.one("", "null")
        if isinstance(value, str) and "\n" not in value and self.draw(st.booleans()):
            return "'" + value.replace("'", "''") + "'"
        return value if value in {"x", "đơn vị"} else scalar(value)

    def around(self, indent: int) -> list[str]:
        return [" " * (indent + self.draw(st.integers(-2, 3)) if line else 0) + line for line in self.draw(comments)]

    def lines(self, node: Any, indent: int) -> list[str]:
        pad = " " * indent
        found = []
        for part in node if isinstance(node, dict) else range(len(node)):
            value = node[part]
            found += self.around(indent)
            head = pad + (f"{self.key(part)}:" if isinstance(node, dict) else "-")
            tail = self.one("", "  # c", " ")
            step = self.draw(st.integers(2, 4))
            style = self.one("inline", "block")
            if isinstance(value, (dict, list)) and value and style == "block":
                same = isinstance(value, list) and isinstance(node, dict) and self.draw(st.booleans())
                found += [head + tail, *self.lines(value, indent if same else indent + step)]
            elif isinstance(value, str) and value and style == "block" and value == value.strip() and "\n" in value:
                header = self.one("|-", f"|{step}-", "|-", "|-  # c")
                found += [
                    f"{head} {header}",
                    *(f"{pad}{' ' * step}{line}" if line else "" for line in value.split("\n")),
                ]
            else:
                written = self.inline(value)
                found.append(f"{head} {written}{tail}" if written else head + tail)
        return found


@st.composite
def layouts(draw: Any) -> tuple[str, dict[str, Any]]:
    tree = draw(trees)
    layout = Layout(draw)
    lines = layout.lines(tree, 0) + layout.around(0)
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return end.join(lines) + draw(st.sampled_from(["", end])), tree


def places(node: Any, loc: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    parts = node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    return [loc] * bool(loc) + [place for part in parts for place in places(node[part], (*loc, part))]


def at(node: Any, loc: tuple[Any, ...]) -> Any:
    for part in loc:
        node = node[part]
    return node


def copy(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: copy(value) for key, value in node.items()}
    return [copy(value) for value in node] if isinstance(node, list) else node


@st.composite
def changes_of(draw: Any, tree: dict[str, Any]) -> tuple[list[Put | Add], dict[str, Any]]:
    """Draw changes, and make them in a copy of the tree by plain assignment."""
    tree = copy(tree)
    changes: list[Put | Add] = []
    for _ in range(draw(st.integers(1, 4))):
        loc = draw(st.sampled_from(places(tree)))
        node = at(tree, loc)
        value = draw(values)
        if isinstance(node, (dict, list)) and node and draw(st.booleans()):  # something of it goes
            gone = draw(st.sampled_from(list(node if isinstance(node, dict) else range(len(node)))))
            left = (
                {k: v for k, v in node.items() if k != gone}
                if isinstance(node, dict)
                else node[:gone] + node[gone + 1 :]
            )
            changes.append(Put(loc, left))
            at(tree, loc[:-1])[loc[-1]] = copy(left)
            continue
        if isinstance(node, list) or (node is None and draw(st.booleans())):
            changes.append(Add(loc, value))
            at(tree, loc[:-1])[loc[-1]] = [*(node or []), copy(value)]
            continue
        if isinstance(node, dict) and draw(st.booleans()):
            loc = (*loc, draw(keys))
        changes.append(Put(loc, value))
        at(tree, loc[:-1])[loc[-1]] = copy(value)
    return changes, tree


def untouched(file: YamlFile, changes: list[Put | Add]) -> list[str]:
    """Give the text of the top-level entries that no change is about, but the last, behind which may be written."""
    starts = [file.root.at[name][0] for name in file.root]
    touched = {one.loc[0] for one in changes}
    return [
        file.text[start:stop]
        for name, start, stop in zip(file.root, starts, starts[1:], strict=False)
        if name not in touched
    ]


@given(st.data())
def test_any_changes_in_any_layout_give_the_tree_that_was_meant_and_leave_the_rest(data: st.DataObject) -> None:
    text, tree = data.draw(layouts())
    file = read(text)
    assume(file.findings == [] and file.root == tree)  # a comment may have become a part of the text above it
    changes, wanted = data.draw(changes_of(tree))
    after = spliced(file, changes)
    again = read(after)
    assert again.findings == []
    assert again.root == wanted
    for piece in untouched(file, changes):
        assert piece in after.decode()
    assert spliced(again, []) == after


# Items that go, change and come: every line of another stays

ITEM = [  # each as its lines, with the comments that are its own, and what it reads as
    (["- một  # c"], "một"),
    (["- {t: A, n: 1}"], {"t": "A", "n": 1}),
    (["# của B", "- t: B  # danvan: ignore DV912 lý do", "  # trong B", "  n: '2'"], {"t": "B", "n": "2"}),
    (["# của C", "# nữa", "- t: |-", "    x", "", "    y", "  n:", "", "    # sâu"], {"t": "x\n\ny", "n": None}),
    (["-", "  t: D", "  n: {a: , b: [1, 2]}"], {"t": "D", "n": {"a": None, "b": [1, 2]}}),
    (["- - 1", "  # của 2", "  - 2"], [1, 2]),
    (["- t: >-", "    gấp", "    lại"], {"t": "gấp lại"}),
]  # fmt: skip
CELL = [
    (["a,"], "a"),
    (["# của b", "'b'  ,  # c"], "b"),
    (["{t: A, n: 1},"], {"t": "A", "n": 1}),
    (["[1,", " 2],"], [1, 2]),
]
OTHER = ["", "", "  # không của ai"]


@st.composite
def lists(draw: Any) -> tuple[list[str], list[tuple[list[str], Any]], bool]:
    """Draw a list's lines, and each item with its own: every item once, in block style or within brackets."""
    known = draw(st.sampled_from([ITEM, CELL]))
    picked = draw(st.permutations(known))[: draw(st.integers(1, len(known)))]
    lines: list[str] = ["  l:" if known is ITEM else "  l: ["]
    for own, _value in picked:
        between = draw(st.lists(st.sampled_from(OTHER), max_size=2))
        lines += [*between, *[""] * (known is ITEM and bool(between)), *(f"    {one}" if one else "" for one in own)]
    return [*lines, *["  ]"] * (known is CELL)], picked, known is CELL


@given(st.data())
def test_whatever_goes_changes_or_comes_no_line_of_another_item_does(data: st.DataObject) -> None:
    lines, items, _within = data.draw(lists())
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    text = end.join(["o:", "  a: 1", *lines, "# sau", "  z: 2", ""])
    file = read(text)
    assert file.findings == []
    assert file.root["o"]["l"] == [value for _own, value in items]
    kept, wanted = [], []
    for own, value in items:
        if data.draw(st.integers(0, 4)) == 0:
            wanted.append({"mới": 1})
        match data.draw(st.sampled_from(["keep", "keep", "go", "change"])):
            case "keep":
                kept.append(own)
                wanted.append(value)
            case "change":
                wanted.append({**value, "n": "khác"} if isinstance(value, dict) else "khác")
    after = spliced(file, [Put(("o", "l"), wanted)]).decode()
    again = read(after)
    assert again.findings == []
    assert again.root == {"o": {"a": 1, "l": wanted, "z": 2}}
    left = iter(after.split(end))
    for line in ["o:", "  a: 1", *(f"    {one}" if one else "" for own in kept for one in own), "# sau", "  z: 2"]:
        assert line in left, line
    if kept:
        assert after.count("# không của ai") == text.count("# không của ai")


EVIDENCE = """\
e:
  # C1 trước mục một
  - title: "một"  # C2 cuối dòng
    # C3 trong mục một
    date: 2022-02-10  # danvan: ignore DV912 còn hiệu lực
  # ghi chú A
  - title: "hai"  # cuối dòng
    date: 2023-03-20

  # C5 trước mục ba
  - {title: ba, date: 2023-04-01}  # C6
# ghi chú B
b: 1
"""
ONE, TWO, THREE = (
    {"title": "một", "date": date(2022, 2, 10)},
    {"title": "hai", "date": date(2023, 3, 20)},
    {"title": "ba", "date": date(2023, 4, 1)},
)


@pytest.mark.parametrize(
    ("wanted", "gone", "more"),
    [
        ([ONE, THREE], [6, 7, 8], []),
        ([TWO, THREE], [2, 3, 4, 5], []),
        ([ONE, TWO], [10, 11], []),
        ([THREE], [2, 3, 4, 5, 6, 7, 8], []),
        ([ONE, {**THREE, "number": "5/BC"}], [6, 7, 8, 11], [
            '  - {title: ba, date: 2023-04-01, number: "5/BC"}  # C6']),
        ([{**ONE, "title": "nhất"}, THREE], [3, 6, 7, 8], ['  - title: "nhất"  # C2 cuối dòng']),
        ([ONE, {"title": "bốn"}, TWO, THREE], [], ['  - {title: "bốn"}']),
        ([], range(1, 12), ["e: []"]),
    ],
)  # fmt: skip
def test_only_the_lines_of_items_that_go_change_or_come_differ(
    wanted: list[Any], gone: list[int], more: list[str]
) -> None:
    after = edited(EVIDENCE, Put(("e",), wanted)).splitlines()
    lines = EVIDENCE.splitlines()
    went = [lines[number - 1] for number in gone]
    found = [line for line in difflib.ndiff(lines, after) if line[0] in "-+"]
    assert sorted(line[2:] for line in found if line[0] == "-") == sorted(went)
    assert [line[2:] for line in found if line[0] == "+"] == more


@pytest.mark.parametrize(
    ("before", "wanted", "after"),
    [
        ("l: [a, b, c]  # d\n", ["a", "c"], "l: [a, c]  # d\n"),
        ("l: [ a, b ]\n", ["a"], "l: [ a ]\n"),
        ("l: [a, b, c]\n", ["c"], "l: [c]\n"),
        ("l: [a, b, c]\n", ["a"], "l: [a]\n"),
        ("l: [a, c]\n", ["a", "b", "c"], 'l: [a, "b", c]\n'),
        ("l: [b, c]\n", ["a", "b", "c"], 'l: ["a", b, c]\n'),
        ("l: [a]\n", [], "l: []\n"),
        ("l: [a,  # của a\n    b, c]\n", ["b", "c"], "l: [  # của a\n    b, c]\n"),
        ("l: {a: 1, b: , c: 3}\n", {"a": 1, "c": 3}, "l: {a: 1, c: 3}\n"),
        ("l: {a: 1, b: }\n", {"a": 1}, "l: {a: 1}\n"),
        ("l: {a: , b: 2}\n", {"a": 5}, "l: {a: 5}\n"),
        ("l:\n  a: 1\n  # của b\n  b:\n    c: 1\n    # sâu\n  # của d\n  d: 1\n", {"a": 1, "d": 1},
         "l:\n  a: 1\n  # của d\n  d: 1\n"),
        ("l:\n  - a: 1  # c\n    b: 2  # d\n", [{"b": 2}], "l:\n  - b: 2  # d\n"),
        ("l:\n  - a: 1\n    # của b\n    b: 2\n", [{"b": 2}], "l:\n  -\n    # của b\n    b: 2\n"),
        ("l:\n  - - 2\n", [[1, 2]], "l:\n  - - 1\n    - 2\n"),
        ("l:\n  # của b\n  - b\n", ["a", "b"], 'l:\n  - "a"\n  # của b\n  - b\n'),
        ("l:\n- a\n- b", ["a"], "l:\n- a"),
        # what was kept open would take the empty line: then the list is written anew
        ("l:\n  - |+\n    a\n  - b\n\n\nz: 1\n", ["a\n"], 'l:\n  - "a\\n"\n\n\nz: 1\n'),
    ],
)  # fmt: skip
def test_what_goes_or_comes_between_others_is_written_as_a_person_would(
    before: str, wanted: object, after: str
) -> None:
    assert edited(before, Put(("l",), wanted)) == after
    assert edited(before.replace("\n", "\r\n"), Put(("l",), wanted)) == after.replace("\n", "\r\n")


def test_the_head_of_a_file_stays_when_its_first_key_goes() -> None:
    assert edited("# đầu tệp\na: 1\n# của b\nb: 2\n", Put((), {"b": 2})) == "# đầu tệp\n# của b\nb: 2\n"


def test_a_long_list_is_set_against_another_in_little_time() -> None:
    old = [{"t": f"việc {i}", "n": i} for i in range(20_000)]
    new = [one for i, one in enumerate(old) if i % 7] + [{"t": "mới"}]
    began = time.process_time()
    pairs = list(aligned(old, new))
    assert time.process_time() - began < 2
    assert [i for i, j in pairs if j is None] == list(range(0, 19_999, 7))  # the last is taken for the new one
    assert all(i is None or j is None or old[i] == new[j] for i, j in pairs[:-1])
    assert pairs[-1] == (19_999, len(new) - 1)


# Real files


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_in_the_sample_only_the_lines_of_the_change_differ(end: str) -> None:
    text = SAMPLE.decode().replace("\n", end)
    file = read(text)
    changes = [
        Put(("tasks", "II.1.2", "status"), "done"),
        Put(("tasks", "II.2.2", "results", "6m"), "Đã phát động."),
        Add(("tasks", "II.7.2", "evidence"), {"title": "Bảng chấm", "date": date(2023, 3, 1)}),
        Put(("indicators", "kiem-tra", "6m"), 2),
        Put(("deliverables", "6m"), {"number": "9/BC-SYT", "date": date(2023, 5, 4)}),
        Add(("obstacles",), {"text": "Thiếu kinh phí."}),
    ]
    before, after = text.split(end), spliced(file, changes).decode().split(end)
    differ = [line for line in difflib.ndiff(before, after) if line[0] in "-+"]
    assert [line for line in differ if line[0] == "-"] == ["-     status: doing", "-       6m:"]
    assert [line[2:].strip() for line in differ if line[0] == "+"] == [
        "status: done",
        '6m: "Đã phát động."',
        "evidence:",
        '- title: "Bảng chấm"',
        "date: 2023-03-01",
        "kiem-tra: {6m: 2}",
        '6m: {number: "9/BC-SYT", date: 2023-05-04}',
        '- text: "Thiếu kinh phí."',
    ]


def test_a_whole_year_can_be_recorded_in_a_fresh_file() -> None:
    plan = read_as(Plan, ROOT / "plans" / "2023.yaml").record
    known = read_as(UnitRecord, ROOT / "samples" / "so-y-te.unit.yaml").record
    assert plan is not None
    assert known is not None
    text = scaffold(plan, plan.unit_by_id["so-y-te"], "0" * 12)
    record = known.model_dump(by_alias=True, exclude_defaults=True)
    changes: list[Put | Add] = []
    for task, one in record["tasks"].items():
        changes += [Put(("tasks", task, key), one[key]) for key in ("lead", "due", "status") if key in one]
        changes += [Put(("tasks", task, "results", period), said) for period, said in one.get("results", {}).items()]
        changes += [Add(("tasks", task, "activities"), activity) for activity in one.get("activities", ())]
    for indicator, figures in record["indicators"].items():
        changes += [Put(("indicators", indicator, period), figure) for period, figure in figures.items()]
    changes += [Add(("obstacles",), one) for one in record["obstacles"]]
    file = read(spliced(read(text), changes))
    assert file.root["tasks"]["II.1.1"]["results"] == known.task("II.1.1").results
    comments = [line for line in text.splitlines() if line.lstrip().startswith("#")]
    rest = iter(file.text.splitlines())
    assert all(line in rest for line in comments)


def test_one_change_in_a_long_file_costs_about_one_reading() -> None:
    text = "tasks:\n" + "".join(f"  t{i}:\n    status: todo  # c\n    results:\n      6m: x\n" for i in range(1500))
    file = read(text)
    began = time.process_time()
    read(text)
    once = time.process_time() - began
    began = time.process_time()
    edited(text, Put(("tasks", "t700", "status"), "done"))
    assert time.process_time() - began < 5 * once + 0.05
    assert len(file.text.splitlines()) > 5000


# Lines with their comments, and keys under another name


@pytest.mark.parametrize(
    ("before", "name", "lines", "after"),
    [
        ("t:\n  a: 1  # c\n  b: 2\n", "a", ["n:  # mới", "  x: 1"], "t:\n  a: 1  # c\n  n:  # mới\n    x: 1\n  b: 2\n"),
        ("t:\n  a: 1\n    # của a\n\n      # nữa\n  # của b\n  b: 2\n", "a", ["n: 1"],
         "t:\n  a: 1\n    # của a\n\n      # nữa\n  n: 1\n  # của b\n  b: 2\n"),
        ("t:\r\n    a: |-\r\n      x\r\n    b: 2", "b", ["# ── n", "n:", "  x: 1"],
         "t:\r\n    a: |-\r\n      x\r\n    b: 2\r\n    # ── n\r\n    n:\r\n      x: 1"),
        ("\ufefft:\n  a:\nz: 1\n", "a", ["n: 1"], "\ufefft:\n  a:\n  n: 1\nz: 1\n"),
    ],
)  # fmt: skip
def test_lines_come_below_what_belongs_to_a_key(before: str, name: str, lines: list[str], after: str) -> None:
    file = read(before)
    place = below(file, ("t",), name)
    assert place is not None
    assert with_lines(file, ("t",), [(place, lines)]).decode() == after


def test_there_is_no_place_for_lines_within_brackets() -> None:
    assert below(read("t: {a: 1}\n"), ("t",), "a") is None
    assert below(read("t:\n  a: 1\n"), ("t",), "b") is None


def test_lines_that_would_be_read_as_something_else_are_refused() -> None:
    file = read("t:\n  a: |-\n    x\n    y\n")
    with pytest.raises(DanvanError, match="không ghi được"):
        with_lines(file, ("t",), [(file.text.index("\n    y"), ["n: 1"])])


def test_keys_are_renamed_and_nothing_else() -> None:
    text = 't:\n  "II.1": # c\n    x: II.1\n  II.2: {II.2: 1}\n  "1": y\n'
    new = rekeyed(read(text), ("t",), {"II.1": "II.9", "II.2": "II.1", "1": "2"}).decode()
    assert new == 't:\n  II.9: # c\n    x: II.1\n  II.1: {II.2: 1}\n  "2": y\n'
