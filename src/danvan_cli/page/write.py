"""The page written: one HTML file that asks nothing of anybody, whatever the data hold."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from danvan_cli import text
from danvan_cli.lang import _, current
from danvan_cli.page import charts, view, words
from danvan_cli.scoring.figures import shown_if

if TYPE_CHECKING:
    from datetime import date

    from danvan_cli.page.shown import Page, ShownSpot, ShownUnit

HERE: Final = Path(__file__).parent
_HREF: Final = re.compile(r"(?!/)(?![^/?#]*:)(?:[A-Za-z0-9._~!$&'()*+,;=@:/?#-]|%[0-9A-Fa-f]{2})+")
"""A relative link: no scheme, no host, nothing that is not percent-encoded."""
_SHORT: Final = 120
"""So many letters of a name stand where nothing can be opened."""
_CLAMPED: Final = 320
"""So many letters of a text stand at once; the rest opens."""


def page_html(page: Page) -> bytes:
    """Write a page, whose texts may hold any characters, in the language in use; the same of the same."""
    style, script = _file("page.css") + _running(page), _file("page.js")
    rules = (
        "default-src 'none'", f"style-src '{_digest(style)}'", f"script-src '{_digest(script)}'", "img-src data:",
        "base-uri 'none'", "form-action 'none'",
    )  # fmt: skip
    html = _environment().get_template("page.html.j2").render(
        p=page, a=page.about, v=view.view(page), lang=current(), style=Markup(style), script=Markup(script),  # noqa: S704
        policy="; ".join(rules), own=_vietnamese(), names={one.id: _bdi(_short(one.name, 48)) for one in page.reports},
        lasts={one.id: one.last for one in page.reports},
    )  # fmt: skip
    return html.encode()


@cache
def _file(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _running(page: Page) -> str:
    """Give the style of what stands at the head and the foot of each printed page: all letters are escaped but plain ones."""
    about = page.about
    plan = _short(about.plan, 90)
    head, foot = _css(f"{about.issuer} · {plan}"), _css(_("Tính đến hết ngày {day}", day=text.day(about.as_of)))
    number = _css(_("Trang"))
    return (
        f'@page{{@top-left{{content:"{head}"}}@bottom-left{{content:"{foot}"}}'
        f'@bottom-right{{content:"{number} " counter(page) "/" counter(pages)}}}}\n'
    )


def _css(value: str) -> str:
    """Write any text inside a string of CSS."""
    return re.sub(r"[^A-Za-z0-9 .,/:()-]", lambda found: f"\\{ord(found[0]):x} ", text.squeeze(text.clean(value)))


# What templates may say --------------------------------------------------------------------------------------------------


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        optimized=False,  # to make the code quicker takes longer than to run it once
    )  # fmt: skip
    made.globals = {"_": _, "link": _link, "titled": _titled, "words": words, "charts": charts, "view": view}
    made.filters |= {"name": _name, "short": _short, "long": _long, "day": _day, "n": text.number}
    made.filters |= {"figure": view.figure, "points": shown_if}
    made.finalize = _finalize
    return made


def _finalize(value: Any) -> Any:
    """See that what is shown is clean, and that no name of a template stands for nothing."""
    return text.clean(value) if type(value) is str and not (value.isascii() and value.isprintable()) else value


def _vietnamese() -> Markup:
    """Mark what is Vietnamese on a page in another language."""
    return Markup() if current() == "vi" else Markup(' lang="vi"')


def _bdi(value: str) -> Markup:
    return Markup(f"<bdi{_vietnamese()}>{escape(value)}</bdi>")  # noqa: S704 - escaped


def _name(value: str | ShownUnit) -> Markup:
    """Show a name as people wrote it, apart from what stands around it."""
    return _bdi(_short(value if isinstance(value, str) else value.name))


def _titled(said: str, name: str) -> Markup:
    """Put our word before what people wrote."""
    return escape(f"{said}: ") + _name(name)


def _short(value: str, most: int = _SHORT) -> str:
    """Cut a text where nothing can be opened."""
    value = text.squeeze(text.clean(value))
    return value if len(value) <= most else value[: most - 1].rstrip() + "…"


def _long(value: str) -> Markup:
    """Show a text of any length: its begin at once, the rest where one opens it."""
    value = text.clean(value).strip()
    if len(value) <= _CLAMPED:
        return _bdi(value)
    begin = value[:_CLAMPED].rpartition(" ")[0] or value[:_CLAMPED]
    return Markup('<details class="more"><summary>{}… <span class="b">{}</span></summary>{}</details>').format(
        _bdi(begin), _("xem hết"), _bdi("…" + value[len(begin) :])
    )


def _day(value: date | None) -> str:
    return text.day(value) if value else ""


def _link(spot: ShownSpot | None, said: str | None = None, kind: str = "at") -> Markup:
    """Show where something stands: a link where there is one that stays in reach of the page, else its place alone.

    `kind` is the link's class; a unit's name (`un`) says enough without its place.
    """
    if spot is None:
        return Markup()
    if spot.href is not None and _HREF.fullmatch(spot.href):
        begin = Markup('<a class="{}"').format(kind) if kind else Markup("<a")
        return begin + Markup(' href="{}">{}</a>').format(spot.href, said or _short(spot.text))
    if kind == "un" and said:
        return escape(said)
    return Markup('<span class="at">{}</span>').format(_short(spot.text))
