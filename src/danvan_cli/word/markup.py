"""Markdown to WordprocessingML: lines become blocks of XML, with the tags between whole runs.

Only headings, emphasis, tables and escapes mean anything; labels (`I.`, `1.`, `a)`, `-`, `+`) stay as typed
and pick the paragraph's style. There are no lists, no numbering, no links, no HTML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from markdown_it import MarkdownIt

from danvan_cli import text
from danvan_cli.lang import _
from danvan_cli.word import sections as sheet
from danvan_cli.word import values
from danvan_cli.word.source import TAG_MARK, Reader, Tag, TemplateLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token


class PutBack(NamedTuple):
    """A tag put back: `run` (an output inside a paragraph), `lines` or `chart` (one alone in it), `control`, or a part of the frame.

    `properties` are those of a run (see `values.runs`); of a chart 1 if it stands on a page on its side.
    """

    tag: Tag
    how: str
    properties: int = 0


_Item = str | PutBack


@dataclass(eq=False)
class BodyBlock:
    """A paragraph, a table or a control tag of the body; `annex` marks the heading that opens an annex."""

    items: list[_Item]
    annex: bool = False

    @property
    def control(self) -> Tag | None:
        """The tag, if the block is just that."""
        match self.items:
            case [PutBack(tag=tag, how="control")]:
                return tag
        return None


BODY: Final = "body"
"""The place of control tags between paragraphs."""

_MARKDOWN: Final = (
    MarkdownIt("zero").enable(["heading", "table", "emphasis", "escape"]).disable(["inline", "text_join"])
)

_HEADING: Final = re.compile(r"\**[IVXLC]+\. ")
_STARS: Final = re.compile(r"^\**")
_CELLS: Final = {"text-align:center": "OBangGiua", "text-align:right": "OBangPhai"}


def body_blocks(lines: Sequence[TemplateLine], reader: Reader, whole: Tag) -> list[BodyBlock]:
    """Turn a template's lines into the blocks of the document's body; what is badly placed goes to the findings.

    `whole` stands for the lines that the template does not have itself.
    """
    return _Writer(lines, reader, whole).blocks()


class _Flow(NamedTuple):
    """What a block is in the course of a text.

    `style` is that of the block before, where it matters; `landscape` tells that the annex lies on its side, `due` that
    its line «(Kèm theo …)» is still to come.
    """

    style: str = ""
    landscape: bool = False
    due: bool = False


class _Writer:
    def __init__(self, lines: Sequence[TemplateLine], reader: Reader, whole: Tag) -> None:
        self.reader = reader
        self.enclosed = PutBack(whole, "enclosed")
        self.out: list[BodyBlock] = []
        self.flow = _Flow()
        self.opened: list[_Flow] = []
        """The flow at each control tag that is open."""
        self.rows: list[TemplateLine | None] = []
        """For each line of the Markdown, the template's line that it comes from."""
        self.markdown = "\n".join(self._markdown(lines))

    # Lines to Markdown -----------------------------------------------------------------------------------------------

    def _markdown(self, lines: Sequence[TemplateLine]) -> list[str]:
        """Set control lines between blank lines, or as a row of their own where they belong to a table."""
        out: list[str] = []

        def add(row: str, line: TemplateLine | None) -> None:
            out.append(row)
            self.rows.append(line)

        in_table = False
        tabled: set[Tag] = set()
        for at, line in enumerate(lines):
            row = line.kind == "row"
            if line.kind != "control":
                if in_table and not row:
                    add("", None)
                add(line.text, line)
                in_table = row
                continue
            tag = self.reader.tag(line.text)
            if tag.pair is tag:
                following = (one.kind for one in lines[at + 1 :] if one.kind != "control")
                row = in_table and next(following, "") == "row"
                if row:
                    tabled.add(tag)
            else:
                row = tag.pair in tabled
            if row:
                if not in_table:
                    self._found(tag, _("bảng bị dòng trống cắt trước thẻ này"))
                add(f"|{line.text}|", line)
            else:
                for text, of in (("", None), (line.text, line), ("", None)):
                    add(text, of)
            in_table = row
        return out

    # Markdown to blocks ----------------------------------------------------------------------------------------------

    def blocks(self) -> list[BodyBlock]:
        """Walk the Markdown's tokens."""
        tokens = iter(_MARKDOWN.parse(self.markdown))
        for token in tokens:
            if token.type == "heading_open":
                inline, _close = next(tokens), next(tokens)
                self._heading(int(token.tag[1]), inline)
            elif token.type == "paragraph_open":
                inline, _close = next(tokens), next(tokens)
                self._paragraphs(inline)
            elif token.type == "table_open":
                table = [token]
                while table[-1].type != "table_close":
                    table.append(next(tokens))
                self._table(table)
        if self.flow.due:
            self._enclose()
        for tag in self.reader.tags:
            self._placed(tag)
        return self.out

    def _add(self, block: BodyBlock, style: str = "") -> None:
        """Add a block that is no control tag."""
        if self.flow.due and style != "TenPhuLuc":
            self._enclose()
        if self.flow.due:
            block.items.append(self.enclosed)
        self.flow = self.flow._replace(style=style, due=False)
        self.out.append(block)

    def _enclose(self) -> None:
        """Let an annex without a title have its line «(Kèm theo …)» all the same."""
        self.out.append(BodyBlock([self.enclosed]))
        self.flow = self.flow._replace(due=False)

    def _branch(self, tag: Tag) -> None:
        """Add a control tag: each branch goes on from what was before it; what a closed one turned is turned back."""
        if tag.kind == "for" and self.flow.due:  # a title does not come from a loop
            self._enclose()
        self.out.append(BodyBlock([PutBack(tag, "control")]))
        if tag.pair is tag:
            self.opened.append(self.flow)
        elif self.opened and tag.pair and tag.pair.closer is tag:
            self.flow = self.flow._replace(landscape=self.opened.pop().landscape)
        elif self.opened:
            self.flow = self.opened[-1]

    def _placed(self, tag: Tag) -> None:
        """See that a tag stands somewhere, and where its opener stands."""
        if tag.kind == "include":
            return
        if tag.place is None:
            self._found(tag, _("thẻ này đứng ngoài mọi đoạn và ô"))
        elif tag.drawn and not (tag.drawn == "whole" and tag.place is BODY):
            self.reader.findings.append(tag.misplaced())
        elif tag.pair and tag.place is not tag.pair.place:
            line = tag.pair.finding("DV804", "").spot.line
            message = _(
                "«{name}» không cùng đoạn, cùng ô hay cùng nhóm dòng với thẻ mở ở dòng {line}", name=tag.kind, line=line
            )
            self._found(tag, message)

    def _found(self, tag: Tag, message: str) -> None:
        self.reader.findings.append(tag.finding("DV804", message))

    def _misplaced(self, line: TemplateLine | None, message: str, help: str | None = None) -> None:
        if line:
            whole = line.source.finding("DV804", line.index, message, length=10**6, help=help)
            self.reader.findings.append(whole)

    def _line(self, token: Token, offset: int = 0) -> TemplateLine | None:
        return self.rows[token.map[0] + offset] if token.map else None

    def _heading(self, level: int, inline: Token) -> None:
        line = self._line(inline)
        if level > 3:
            self._misplaced(line, _("đề mục chỉ có ba cấp: #, ##, ###"))
        content, mark, said = inline.content.partition("{.")
        annex = level == 1 and content.lstrip("*").startswith("Phụ lục")
        if mark and not (annex and said == "landscape}"):
            help_ = _("phụ lục nằm ngang viết: {example}", example="# Phụ lục I {.landscape}")
            self._misplaced(line, _("không dùng được {mark} ở đề mục này", mark=mark + said), help_)
        style = "PhuLuc" if annex else "TenPhuLuc" if self.flow.style == "PhuLuc" else f"Heading{min(level, 3)}"
        items = _paragraph(style, self._inline(content.rstrip(), object(), line))
        if annex:
            items.insert(0, sheet.annex(landscape=bool(mark)))
        self._add(BodyBlock(items, annex), style)
        if annex:
            self.flow = _Flow(style, bool(mark), due=True)

    def _paragraphs(self, inline: Token) -> None:
        """Cut a paragraph's lines at labels, and style each piece; a control tag or a lone output stands alone."""
        if inline.content.startswith("|"):
            help_ = _("bảng bắt đầu bằng dòng tên cột và dòng |---|---|, không có dòng trống ở giữa")
            self._misplaced(self._line(inline), _("dòng bảng đứng ngoài bảng"), help_)
        groups: list[tuple[int, str]] = []
        for number, row in enumerate(inline.content.split("\n")):
            last = groups[-1][1] if groups else ""
            basis = row.startswith("Căn cứ ") and (last.endswith(";") or TAG_MARK.match(last[-1:]))
            if not last or basis or self._label(row) or self._alone(row) or self._alone(last):
                groups.append((number, row))
            else:
                groups[-1] = (groups[-1][0], f"{last}\n{row}")
        for number, content in groups:
            before = self.flow.style
            tag = self._alone(content)
            if tag:
                tag.place = BODY
                if tag.kind != "output":
                    self._branch(tag)
                    continue
                put = PutBack(tag, "chart", int(self.flow.landscape)) if tag.drawn else PutBack(tag, "lines")
                self._add(BodyBlock([put]), "" if before == "PhuLuc" else before)
                continue
            bare = content.strip("*")
            bare = bare[:-1] + TAG_MARK.sub(";", bare[-1:])  # a tag at the end of a legal basis is taken for its `;`
            style = "KetThuc" if values.ends(content) else self._label(content) or values.style_of(bare, before)
            runs = self._inline(content, object(), self._line(inline, number))
            items = _paragraph(style, runs, keep=content.rstrip("*").endswith(":"))
            self._add(BodyBlock(items), "" if content.endswith(".") else style)  # "." ends the legal bases

    def _alone(self, content: str) -> Tag | None:
        return self.reader.tag(content) if len(content) == 1 and TAG_MARK.match(content) else None

    def _label(self, content: str) -> str:
        """Tell the style that a line's label picks, "" if it has none; a tag may stand for the label's figure."""
        if _HEADING.match(content):
            return "Heading1"
        bare = _STARS.sub("", content)
        if TAG_MARK.match(bare):
            tag = self.reader.tag(bare[0])
            if tag.kind != "output":
                return ""
            if bare[1:3] == ". ":
                return "Heading1" if re.search(r"\|\s*roman\s*-?$", tag.code.strip()) else "Khoan"
            return "Diem" if bare[1:3] == ") " else ""
        style = values.style_of(bare)
        return "" if style in {"NoiDung", "CanCu"} else style

    # Inline ----------------------------------------------------------------------------------------------------------

    def _inline(self, content: str, place: object, line: TemplateLine | None) -> list[_Item]:
        """Turn inline Markdown into runs with the tags between them."""
        tokens: list[Token] = []
        _MARKDOWN.inline.parse(content, _MARKDOWN, {}, tokens)
        out: list[_Item] = []
        bold = italic = 0
        held = ""

        def flush() -> None:
            nonlocal held
            if held:  # a brace is written as a reference, so that Jinja never sees it
                out.append(values.as_run(text.clean(held), bold + italic).replace("{", "&#123;"))
            held = ""

        for token in tokens:
            if token.type in {"strong_open", "strong_close", "em_open", "em_close"}:
                flush()
                bold = (token.type == "strong_open") if "strong" in token.type else bold
                italic = 2 * (token.type == "em_open") if "em_" in token.type else italic
            elif token.type in {"softbreak", "hardbreak"}:
                held += " " if token.type == "softbreak" else "\n"
            elif token.type == "text_special":
                held += token.content
            else:
                if "*" in token.content:
                    self._misplaced(line, _("còn dấu * không thành cặp"), _("viết \\* nếu cần đúng dấu sao"))
                for piece in re.split(f"({TAG_MARK.pattern})", token.content.replace("\n", " ")):
                    if not TAG_MARK.match(piece):
                        held += piece
                        continue
                    flush()
                    tag = self.reader.tag(piece)
                    tag.place = place
                    out.append(PutBack(tag, "run" if tag.kind == "output" else "control", bold + italic))
        flush()
        return out

    # Tables ----------------------------------------------------------------------------------------------------------

    def _table(self, tokens: list[Token]) -> None:
        """Write a data table: full width, fixed columns as the dashes say, the head repeated on each page."""
        before = next((block for block in reversed(self.out) if not block.control), None)
        if before and not before.annex and isinstance(before.items[0], str):  # it says what the table is
            before.items[0] = sheet.kept_with_next(before.items[0])
        start = tokens[0].map[0] if tokens[0].map else 0
        delimiter = self.markdown.split("\n")[start + 1]
        dashes = [cell.count("-") for cell in delimiter.strip().strip("|").split("|")]
        widths = sheet.column_widths(dashes, landscape=self.flow.landscape)
        items: list[_Item] = [sheet.table_opening(widths)]
        place = object()
        row: list[tuple[Token, Token]] = []
        for opener, token in pairwise(tokens):
            if token.type == "inline":
                row.append((opener, token))
            elif token.type == "tr_close":
                tag = self._alone(row[0][1].content)
                if tag and tag.kind != "output" and not any(inline.content for _cell, inline in row[1:]):
                    tag.place = place
                    items.append(PutBack(tag, "control"))
                else:
                    items += self._row(row, widths)
                row = []
        items.append(f"</w:tbl>{sheet.GAP}")
        self._add(BodyBlock(items))

    def _row(self, row: list[tuple[Token, Token]], widths: list[int]) -> list[_Item]:
        head = row[0][0].type == "th_open"
        cells = _joined(row, widths, head=head)
        titles = len(cells) < len(row)
        items: list[_Item] = [sheet.TABLE_HEAD_ROW if head else sheet.ROW]
        for cell, inline, width, span in cells:
            style = "DauBang" if head else _CELLS.get(str(cell.attrs.get("style")), "OBang")
            wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
            items.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{wide}</w:tcPr>')
            items += _paragraph(style, self._inline(inline.content, object(), self._line(inline)), keep=titles)
            items.append("</w:tc>")
        return [*items, "</w:tr>"]


def _paragraph(style: str, content: Sequence[_Item], *, keep: bool = False) -> list[_Item]:
    head, tail = values.paragraph(style, "\0").split("\0")
    return [sheet.kept_with_next(head) if keep else head, *content, tail]


def _joined(row: list[tuple[Token, Token]], widths: list[int], *, head: bool) -> list[tuple[Token, Token, int, int]]:
    """Join the empty cells behind a bold one to it: a row's title has their room. Other empty cells stay, to be filled.

    Give for each cell its tokens, its width, and over how many columns it goes.
    """
    cells: list[tuple[Token, Token, int, int]] = []
    for (cell, inline), width in zip(row, widths, strict=True):
        title = cells and cells[-1][1].content
        if title and not head and not inline.content and title.startswith("**") and title.endswith("**"):
            *before, room, span = cells[-1]
            cells[-1] = (before[0], before[1], room + width, span + 1)
        else:
            cells.append((cell, inline, width, 1))
    return cells
