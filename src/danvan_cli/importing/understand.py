"""What the text lays on whom, by when, with what: read off labels, lines of their own, sentences and tables' columns."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from danvan_cli.importing.guess import Entry, Guess
from danvan_cli.importing.owners import even, leading, said_at_large
from danvan_cli.plan.owed import ALL
from danvan_cli.plan.sections import ABOVE, LEFT, resolved
from danvan_cli.plan.when import when
from danvan_cli.text import fold, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.importing.owners import KnownOwners, Named
    from danvan_cli.importing.source import Grid
    from danvan_cli.importing.tree import Branch, Node, Tree

_WHO: Final = r"(?:(?:cac )?(?:don vi|co quan|bo phan|phong|nguoi|to chuc) ){0,2}"
_SAID: Final = tuple(
    (key, re.compile(rf"(?:{pattern}) ?: ?"))
    for key, pattern in (
        ("with", rf"{_WHO}(?:cung )?phoi hop(?: thuc hien)?"),
        ("lead", rf"{_WHO}(?:chu tri(?: thuc hien| tham muu)?|thuc hien|phu trach|tham muu|dau moi)|phan cong(?: thuc hien)?|(?:don vi|co quan)(?: thuc hien)?"),
        ("due", r"thoi (?:gian|han|diem)(?: (?:thuc hien|hoan thanh|trien khai|bao cao))?|tien do(?: thuc hien| hoan thanh)?|han hoan thanh|hoan thanh"),
        ("product", r"(?:san pham|ket qua)(?: (?:can dat|thuc hien|dau ra|du kien|dat duoc|hoan thanh))?|dau ra|san pham,? ket qua"),
    )
)  # fmt: skip
"""How a line of its own says what it holds (folded)."""
_COLUMNS: Final = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("number", r"^(?:s?tt|so tt|so thu tu)$"),
        ("with", r"\bphoi hop\b"),
        ("follow", r"\b(?:theo doi|don doc)\b"),
        ("lead", r"\bchu tri\b|^(?:co quan|don vi|to chuc|phan cong|bo phan)(?:, (?:don vi|dia phuong|co quan)){0,3}(?: (?:thuc hien|tham muu|phu trach))?$|\b(?:co quan|don vi) (?:thuc hien|tham muu|phu trach)\b|^(?:thuc hien|phan cong thuc hien)$"),
        ("due", r"\b(?:thoi gian|thoi han|tien do|han hoan thanh|thoi diem|lo trinh)\b"),
        ("product", r"\b(?:san pham|dau ra)\b|^ket qua\b"),
        ("text", r"\b(?:noi dung|nhiem vu|cong viec|hoat dong|giai phap|ten viec|viec phai lam)\b"),
    )
)  # fmt: skip
"""What a column is by its head (folded)."""
_DATED: Final = r"(?:ngày )?\d{1,2}(?:/\d{1,2}(?:/\d{4})?| tháng \d{1,2}(?: năm \d{4})?)"
_SPAN: Final = r"(?:tháng \d{1,2}|[Qq]u[ýí] (?:IV|I{1,3}|[1-4]))(?: ?(?:/| năm ) ?\d{4})?"
_DUE: Final = re.compile(
    rf"(?:(?:hoàn thành|xong|thực hiện|triển khai) )?(?:(?i:trước|chậm nhất(?: là)?|muộn nhất(?: là)?|không quá)(?: (?:trong|vào|đến|hết))?) (?:{_DATED}|{_SPAN})"
    rf"(?: (?:hằng|hàng) (?:năm|tháng|quý))?"
    rf"|(?i:hoàn thành|xong|thực hiện) (?:trong|vào|trước) {_SPAN}|(?i:trong) {_SPAN}(?!\w)"
)
_SAYING: Final = {"lead", "with", "follow", "due", "product"}
"""The columns of what is laid on whom; a row that has one cell of them all, with its text, stands above tasks."""
_FIGURE: Final = re.compile(r"\d")
_TIME: Final = re.compile(r"(?:rước|hất|uá|rong|ào|ết|ến) (?:ngày |tháng |quý |Quý |là )?[\dIV(]")
"""What stands before the figures of a time, first letters left out."""
_WEEKDAY: Final = re.compile(r"thu (?:hai|ba|tu|nam|sau|bay)|chu nhat")
_FAR: Final = 40
"""So many letters before that a time may begin."""
_BRACKETS: Final = re.compile(r"\(([^()]{3,400})\) ?[.;,]* ?$")
_SAYS: Final = 90
"""Within so many letters a line says what it tells."""
_LAST: Final = 400
"""Within so many letters before its end a paragraph says in sentences of their own who does it, by when."""
_ENDS: Final = re.compile("[.;] ")
_HEAD: Final = 60
"""So many letters the head of a column has at most."""
_ELSEWHERE: Final = re.compile(
    r"\b(?:phụ lục|danh mục|biểu|bảng)\b[^.]{0,60}\b(?:kèm theo|đính kèm)\b|\b(?:tại|theo) phụ lục\b[^.]{0,60}\.?$"
)
_ANNEXED: Final = ("èm theo", "ính kèm", "hụ lục", "HỤ LỤC", "ÈM THEO", "ÍNH KÈM")


def _elsewhere(text: str) -> bool:
    """Tell a paragraph that only says where the tasks are."""
    return any(map(text.__contains__, _ANNEXED)) and _ELSEWHERE.search(text.lower()) is not None


def lines_of(text: str) -> list[tuple[str, str]]:
    """Read a line such as `Cơ quan chủ trì: Sở Nội vụ; thời gian: Quý II`, of what it says what; nothing where it is none."""
    if ":" not in text[:_SAYS]:
        return []
    plain = even(text)
    found: list[tuple[int, int, str]] = []
    for at in (0, *(it.end() for it in re.finditer(r"[;,.] ", plain))):
        said = next(((key, it.end()) for key, pattern in _SAID if (it := pattern.match(plain, at))), None)
        if said:
            found.append((at, said[1], said[0]))
        elif not at:
            return []
    ends = [*(start for start, _end, _key in found[1:]), len(text)]
    return [(key, text[end:stop].strip(" ;,.")) for (_start, end, key), stop in zip(found, ends, strict=True)]


def understand(tree: Tree, register: KnownOwners, year: int) -> None:
    """Read what the sections lay on whom."""
    for part in tree.parts:
        _kind(part)
        if part.kind == "tasks":
            reader = _Tasks(register, year)
            if part.annex is None:
                reader.visit(part.items, {})
            else:  # an annex has its tasks in tables
                for node in part.walk():
                    reader.rows(node)
            if reader.common:
                more = "…" if len(reader.common) > 3 else ""
                part.guesses["kind"] = Guess("nhiem-vu-chung", ", ".join(reader.common[:3]) + more)
        elif part.kind in {"duties", "reporting"}:
            _duties(part.items, register)


def _kind(part: Branch) -> None:
    for node in part.walk():
        _shape(node)
    if part.annex is not None:
        heads = [{*node.table.columns} for node in part.walk() if node.table]
        part.kind = "tasks" if any("text" in one and {"lead", "due"} & one for one in heads) else "text"
    elif len(part.kinds) > 1 and part.kinds[0] != part.kind:
        part.guesses["kind"] = Guess("phan-nhieu-nghia", part.title[:60])
    elif not part.kinds:
        part.guesses["kind"] = Guess("phan-khong-ro", part.title[:60])
        if any(lines_of(node.said) for node in part.walk()):
            part.kind = "tasks"


class _Tasks:
    """Reads the tasks of a section."""

    def __init__(self, register: KnownOwners, year: int) -> None:
        self.register, self.year = register, year
        self.common: list[str] = []
        """The ids of tasks of which the plan does not say whose they are."""

    def visit(self, nodes: list[Node], above: dict[str, str]) -> None:
        """Go through places that stand beside each other; `above` is what lines of their own say for all of them."""
        said = dict(above)
        own: list[Node] = []
        for node in [*nodes]:
            told = [] if node.title else lines_of(node.said)
            if told and own:
                nodes.remove(node)
                own[-1].items.append(node)
            elif told:
                said |= dict(told)
            elif node.table:
                self.rows(node)
            elif self._heads(node):
                self.visit(node.items, said)
            elif node.items or not (node.said.endswith(":") or _elsewhere(node.said)):
                own.append(node)
        for node in own:
            self.task(node, said)

    def _heads(self, node: Node) -> bool:
        """Tell whether a place only stands above tasks."""
        if not node.items:
            return bool(node.title) and not node.text and not node.label.startswith(("-", "+"))
        others = [one for one in node.items if not lines_of(one.said)]
        if node.title:
            return bool(others)
        return node.said.endswith(":") and sum(len(one.said) > 60 for one in others) * 2 > len(others)

    def task(self, node: Node, above: dict[str, str]) -> None:
        """Read one task: what it says itself, and what lines of their own below it say."""
        told: dict[str, tuple[str, str]] = {}
        for one in islice(node.walk(), 1, None):
            told |= {key: (words, f"{_RULE[key]}-dong-rieng") for key, words in lines_of(one.said)}
        text = node.said
        if bracket := _BRACKETS.search(text):
            self._bracket(bracket[1], told)
        ends = _ENDS.finditer(text, max(len(text) - _LAST, 0)) if ":" in text else ()
        behind = (lines_of(text[it.end() :]) for it in ends)
        for key, words in next(filter(None, behind), ()):  # said in sentences of their own: `… Thời gian: Quý II.`
            told.setdefault(key, (words, f"{_RULE[key]}-dong-rieng"))
        if "lead" not in told and (found := leading(text)):
            told["lead"] = found[0], "chu-tri-dau-cau"
            if found[1] and "with" not in told:
                told["with"] = found[1], "chu-tri-dau-cau"
        if "due" not in told and (when_said := due_in(text, self.year)):
            told["due"] = when_said, "thoi-han-trong-cau"
        told |= {key: (words, "chu-tri-cua-muc") for key, words in above.items() if key not in told}
        self._give(node.given, told)
        if not node.given.get("lead") and not node.given.get("owners"):
            named, wide = said_at_large(self.register.laid_on(text))
            owners = self.register.others(named)
            node.given["owners"] = owners or [ALL]
            if wide:
                node.given.guesses["owners"] = wide
            if not owners:
                self.common.append(node.id)

    def _bracket(self, words: str, told: dict[str, tuple[str, str]]) -> None:
        """Read brackets at a paragraph's end: who leads, by when."""
        if lines := lines_of(words):
            for key, said in lines:
                told.setdefault(key, (said, "chu-tri-trong-ngoac" if key in {"lead", "with"} else "thoi-han-trong-cau"))
            return
        for piece in re.split(r"; ?", words):
            if _due(piece, self.year):
                told.setdefault("due", (piece, "thoi-han-trong-cau"))
            elif found := leading(piece):
                told.setdefault("lead", (found[0], "chu-tri-trong-ngoac"))
                if found[1]:
                    told.setdefault("with", (found[1], "chu-tri-trong-ngoac"))
            elif (named := self.register.read(piece)) and all(one.id for one in named):
                told.setdefault("lead", (piece, "chu-tri-trong-ngoac"))

    def rows(self, node: Node) -> None:
        """Read the rows of a table of tasks."""
        table = node.table
        if table is None or "text" not in table.columns or not {"lead", "due", "product", "with"} & {*table.columns}:
            return
        body = table.rows[table.head :]
        for at, cells in enumerate(resolved(body)):
            first = dict(zip(table.columns, cells, strict=True))
            told = {key: (first[key], f"{_RULE[key]}-o-cot") for key in ("lead", "with", "follow") if first.get(key)}
            due = first.get("due", "")  # the column says it, and is read there
            heads = all(cell == LEFT for kind, cell in zip(table.columns, body[at], strict=True) if kind in _SAYING)
            if heads or body[at].count(LEFT) >= len(table.columns) - 1 or not (told or due) or not first["text"]:
                continue
            given = node.rows[at] = Entry()
            self._give(given, told)
            if not given.get("lead") and not given.get("owners"):
                given["owners"] = [ALL]
                self.common.append(f"{node.id}.{at + 1}")
            if due and not when(due, self.year).understood:
                given.guesses["cells"] = Guess("thoi-han-khong-hieu", due[:60])

    def _give(self, given: Entry, told: dict[str, tuple[str, str]]) -> None:
        """Write what was told of a task beside it: owners as ids, time and product in the plan's own words."""
        for key in ("lead", "with", "follow"):
            words, rule = told.get(key, ("", ""))
            named, wide = self.register.read(words) if words else [], None
            if key == "lead":
                named, wide = said_at_large(named, "")
            if ids := self.register.ids(named):
                place = "owners" if ids == [ALL] and key == "lead" else key
                given[place] = ids
                given.guesses[place] = wide or _worst(rule, named)
        if "due" in told:
            words, rule = told["due"]
            given["due"] = words
            understood = when(words, self.year).understood
            given.guesses["due"] = Guess(rule) if understood else Guess("thoi-han-khong-hieu", words[:60])
        if "product" in told:
            given["product"], given.guesses["product"] = told["product"][0], Guess("san-pham-dong-rieng")


_RULE: Final = {"lead": "chu-tri", "with": "chu-tri", "follow": "chu-tri", "due": "thoi-han", "product": "san-pham"}


def _worst(rule: str, named: list[Named]) -> Guess:
    """Give the guess behind owners: what is not sure of any of them counts for all."""
    near = next((one for one in named if one.id and one.rule), None)
    return Guess(near.rule, near.name) if near else Guess(rule)


def _due(words: str, year: int) -> bool:
    """Tell whether words of a sentence say by when something is due: no day of the week alone, no day of long ago."""
    said = when(words, year)
    return said.understood and not _WEEKDAY.fullmatch(fold(words)) and (not said.last or said.last.year >= year - 1)


def due_in(text: str, year: int) -> str:
    """Find by when something is due in a sentence, in its own words; empty where it does not say so."""
    first = _TIME.search(text) if _FIGURE.search(text) or "uý " in text else None
    for found in _DUE.finditer(text, max(first.start() - _FAR, 0)) if first else ():
        words = squeeze(found[0])
        if _due(words, year):
            return words
    return ""


def _duties(nodes: list[Node], register: KnownOwners) -> None:
    """Read who has duties: by the heading that names them, by how a paragraph begins."""
    for node in nodes:
        if node.table:
            continue
        if node.title:
            named = register.read(node.said)
            rule = "trach-nhiem-o-de-muc"
        else:
            found = leading(node.said)
            named = register.read(found[0]) if found else register.begins(node.said)
            rule = "chu-tri-dau-cau"
        named, wide = said_at_large(named)
        if ids := register.others(named):
            every = {one.id for one in register.blocks}
            node.given["owners"] = [ALL] if ALL in ids or (len(every) > 1 and every <= {*ids}) else ids
            node.given.guesses["owners"] = wide or _worst(rule, named)
        _duties(node.items, register)


def _shape(node: Node) -> None:
    """Tell what a table's columns are and how many rows its head has."""
    table = node.table
    if table is None:
        return
    table.head = head_rows(table)
    said = resolved(table.rows[: table.head])
    columns: list[str] = []
    for at in range(len(table.rows[0])):
        heads = (column(row[at]) for row in reversed(said))
        kind = next(filter(None, heads), "other")
        columns.append("other" if kind in columns else kind)
    if "text" not in columns and {"lead", "due"} & {*columns} and "other" in columns:
        free = [at for at, kind in enumerate(columns) if kind == "other"]
        widest = max(free, key=lambda at: sum(len(row[at]) for row in table.rows[table.head :]))
        columns[widest] = "text"
        node.given.guesses["table"] = Guess("cot-noi-dung-rong-nhat")
    table.columns = columns


def column(head: str) -> str:
    """Tell what a column is by its head; empty where that does not say."""
    words = fold(squeeze(head))
    return next((kind for kind, pattern in _COLUMNS if pattern.search(words)), "") if len(words) <= _HEAD else ""


def head_rows(table: Grid) -> int:
    """Count the rows of a table's head: those that say what columns are, with those below them that they go on in."""
    rows = table.rows
    known = [sum(column(cell) != "" for cell in row) for row in rows[:4]]
    first = next((at for at, count in enumerate(known) if count >= min(2, len(rows[0]))), None)
    if first is None:
        return 1 if len(rows) > 1 and table.bold[0] and not table.bold[1] else 0
    head = first + 1
    while head < len(rows) - 1 and ((ABOVE in rows[head] and rows[head][0] in {ABOVE, ""}) or _numbered(rows[head])):
        head += 1
    return head if head < len(rows) else 0


def _numbered(row: list[str]) -> bool:
    """Tell a row that counts the columns: `(1)`, `(2)`, `(3)`; the first may be left out."""
    said = [cell.strip("() ") for cell in row if cell not in {"", ABOVE, LEFT}]
    counts = all(re.fullmatch(r"(?:\d{1,2}|[A-E])(?: ?=.*)?", cell) for cell in said)
    return 2 < len(said) >= len(row) - 1 and counts and said[:2] in (["1", "2"], ["A", "B"], ["A", "1"], ["2", "3"])


def texts(tree: Tree) -> Iterator[tuple[str, str]]:
    """Walk all texts of a plan with the id of the place that they will have."""
    for at, opened in enumerate(tree.opening, start=1):
        yield f"mo-dau.{at}", opened.line
    for part in tree.parts:
        for node in part.walk():
            if node.table:
                for row, cells in enumerate(node.table.rows[node.table.head :]):
                    place = f"{node.id}.{row + 1}" if row in node.rows else node.id
                    yield from ((place, cell) for cell in cells)
            yield from ((node.id, block.line) for block in (node.title, node.text) if block)
    for at, closed in enumerate(tree.closing, start=1):
        yield ("ket-thuc" if len(tree.closing) == 1 else f"ket-thuc.{at}"), closed.line
