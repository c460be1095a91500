"""The documentation as a site: `python tools/docs_site/make_site.py [FOLDER]`, which needs no more than danvan does.

In: the Markdown of `docs/` and of the project's root, and what `reference` reads off the program. Out: pages that work
from a folder without a server or a network, search included; every link in them is one that leads somewhere.
"""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup
from reference import PAGES as MADE
from reference import anchor

from danvan_cli import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

SECTIONS: Final = {
    "Bắt đầu": ["index.md", "cai-dat.md", "windows.md", "mot-gio.md"],
    "Việc của đơn vị": ["don-vi.md", "workbook.md"],
    "Việc của Sở Nội vụ": ["ke-hoach.md", "sua-ke-hoach.md", "import.md", "desk.md", "page.md"],
    "Văn bản Word": ["format-check.md", "mau.md"],
    "Hiểu thêm": ["thoi-han.md", "cham-diem.md", "goi.md"],
    "Tra cứu": [
        "su-co.md",
        "lenh.md",
        "tep.md",
        "van-ban.md",
        "rules.md",
        "json.md",
        "giay-phep.md",
        "dong-gop.md",
        "CHANGELOG.md",
    ],
    "For developers": ["CONTRIBUTING.md", "architecture.md", "scale.md", "SECURITY.md"],
}
"""What stands where in the menu: by whom a page serves, then by what for. A page of `docs/` that is not here comes last."""
_LISTED: Final = {name for names in SECTIONS.values() for name in names}
SECTIONS["Tra cứu"] += sorted(path.name for path in (ROOT / "docs").glob("*.md") if path.name not in _LISTED)
PAGES: Final = tuple(name for names in SECTIONS.values() for name in names)


class DeadLinkError(Exception):
    """A page names what is not there."""


@dataclass
class Page:
    """A page: its text as HTML, and its parts as they are searched for."""

    name: str
    title: str = ""
    html: str = ""
    parts: list[tuple[int, str, str]] = field(default_factory=list)
    """Level, anchor and heading of each part."""
    texts: list[str] = field(default_factory=list)
    """The plain text of each part."""
    links: list[str] = field(default_factory=list)

    @property
    def file(self) -> str:
        """The page's file in the site."""
        return Path(self.name).with_suffix(".html").name

    @property
    def english(self) -> bool:
        """Whether developers read it."""
        return self.name in SECTIONS["For developers"]


def source(name: str) -> str:
    """Give a page's Markdown: made from the program, in `docs/`, or in the project's root."""
    if name in MADE:
        return MADE[name]()
    path = ROOT / "docs" / name
    return (path if path.exists() else ROOT / name).read_text(encoding="utf-8")


def target(link: str) -> str:
    """Give where a page's link leads within the site.

    Raises:
        DeadLinkError: if it leads out of the site and is no address.
    """
    if "://" in link or link.startswith("mailto:"):
        return link
    path, sharp, part = unquote(link).partition("#")
    name = path.removeprefix("../").removeprefix("docs/")
    if not name:
        return sharp + part
    if name in PAGES:
        return Path(name).with_suffix(".html").name + sharp + part
    if name.startswith("images/") and (ROOT / "docs" / name).is_file():
        return name
    raise DeadLinkError(link)


def read(name: str) -> Page:
    """Read a page."""
    page, markdown = Page(name), MarkdownIt("commonmark").enable("table")
    tokens = markdown.parse(source(name))
    taken: dict[str, int] = {}
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and following:
            heading = "".join(_plain(following))
            own = anchor(heading)
            taken[own] = taken.get(own, -1) + 1
            own += f"-{taken[own]}" if taken[own] else ""
            token.attrSet("id", own)
            page.parts.append((int(token.tag[1]), own, heading))
            page.texts.append("")
        elif token.type in {"inline", "fence", "code_block"} and page.parts:
            said = " ".join(_plain(token))
            if token.type != "inline" or said != page.parts[-1][2]:
                page.texts[-1] += said + " "
        if side := token.attrs.pop("style", None):  # a policy on the page lets no style through that stands in it
            token.attrSet("class", str(side).removeprefix("text-align:"))
        for one in token.children or ():
            for key in ("href", "src"):
                if link := one.attrGet(key):
                    one.attrSet(key, target(str(link)))
                    page.links.append(str(one.attrGet(key)))
    page.title = page.parts[0][2]
    html = markdown.renderer.render(tokens, markdown.options, {})
    page.html = html.replace("<table>", '<div class="wide"><table>').replace("</table>", "</table></div>")
    return page


def _plain(token: Token) -> Iterator[str]:
    """Give the words of a token without its marks."""
    if token.children is None:
        yield token.content
    for one in token.children or ():
        yield " " if one.type in {"softbreak", "hardbreak"} else one.content


def held(pages: list[Page]) -> None:
    """Hold every link against the pages and their headings.

    Raises:
        DeadLinkError: if one leads nowhere.
    """
    there = {page.file: {own for _level, own, _heading in page.parts} for page in pages}
    for page in pages:
        for link in page.links:
            file, _sharp, part = link.partition("#")
            if "://" not in link and part and part not in there[file or page.file]:
                raise DeadLinkError(f"{page.name}: {link}")


def build(folder: Path) -> list[Page]:
    """Write the site into a folder, which is made anew."""
    pages = [read(name) for name in PAGES]
    held(pages)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "docs" / "images", folder / "images")
    for name in ("site.css", "search.js"):
        shutil.copy(HERE / name, folder)
    layout = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template("page.html.j2")
    menu = {head: [page for page in pages if page.name in names] for head, names in SECTIONS.items()}
    for number, page in enumerate(pages):
        beside = {"before": pages[number - 1] if number else None, "after": next(iter(pages[number + 1 :]), None)}
        whole = layout.render(page=page, text=Markup(page.html), menu=menu, version=__version__, **beside)  # noqa: S704 - ours
        folder.joinpath(page.file).write_text(whole, encoding="utf-8", newline="\n")
    index = [
        [page.file, page.title, own, heading, " ".join(text.split())]
        for page in pages
        for (_level, own, heading), text in zip(page.parts, page.texts, strict=True)
    ]
    words = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    folder.joinpath("index.js").write_text(f"window.danvanIndex={words}\n", encoding="utf-8", newline="\n")
    return pages


if __name__ == "__main__":
    where = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "build" / "site"
    sys.stdout.write(f"{len(build(where))} trang: {where / 'index.html'}\n")
