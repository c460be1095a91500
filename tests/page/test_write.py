"""The page as a file: whole, the same each time, and whatever the data hold they are never markup."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pages_made
from danvan_cli import lang, text
from danvan_cli.page import charts, shown, view
from danvan_cli.page.write import _environment, page_html
from danvan_cli.papers.annexes import change_said
from danvan_cli.plan.figures import Indicator

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS = {
    "title", "issuer", "plan", "year", "digest", "commit", "name", "text", "about", "reason", "symbol", "number", "extended_by",
    "exempt_by", "own_number", "document", "proposals", "answers", "breaks", "measure", "band", "result", "lead", "command",
}  # fmt: skip
"""The fields that hold what people wrote."""
VOID = {"meta", "link", "br", "input", "hr", "img"}
KINDS = {
    "province": lambda: pages_made.province(20),
    "public": lambda: pages_made.province(20, public=True),
    "brief": lambda: pages_made.province(40, brief=True),
    "unit": pages_made.unit,
}


@pytest.fixture(params=KINDS)
def page(request: pytest.FixtureRequest) -> shown.Page:
    return KINDS[request.param]()


def tree(html: bytes) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(encoding="utf-8"))


def said(node: lxml.html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def changed(value: Any, change: Callable[[str], str], name: str = "") -> Any:
    """Give a page with all that people wrote in it changed."""
    if isinstance(value, str) and name in TEXTS:
        return change(value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{it.name: changed(getattr(value, it.name), change, it.name) for it in fields(value)})
    if isinstance(value, tuple):
        return type(value)(changed(one, change, name) for one in value) if type(value) is tuple else value
    return value


class Strict(HTMLParser):
    """Finds what is open, closed, and inside what."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag + "".join(f" {name}" for name, _value in attrs))
        if tag in {"details", "div", "p", "ul", "ol", "table", "section"} and {"p", "span", "b", "i"} & {*self.open}:
            self.wrong.append(f"{tag} inside {self.open[-4:]}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag + "".join(f" {name}" for name, _value in attrs))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at line {self.getpos()[0]}")


def parsed(html: bytes) -> Strict:
    found = Strict()
    found.feed(html.decode())
    found.close()
    return found


def test_a_page_is_one_file_that_asks_nothing_of_anybody(page: shown.Page) -> None:
    html = page_html(page)
    assert page_html(page) == html
    whole = tree(html)
    [policy] = whole.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    for name in ("style", "script"):
        [inside] = re.findall(f"<{name}>(.*?)</{name}>", html.decode(), re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert {one.split()[0] for one in policy.split("; ")} == {
        "default-src", "style-src", "script-src", "img-src", "base-uri", "form-action",
    }  # fmt: skip
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert whole.xpath("//@style | //@src | //@srcset | //@*[starts-with(name(), 'on')]") == []
    assert whole.xpath("//base | //form | //iframe | //object | //embed | //img | //image | //foreignObject") == []
    links = whole.xpath("//@href[not(../self::link)]")
    assert links
    assert [one for one in links if re.match(r"[a-z]+:|/", one, re.IGNORECASE)] == []
    assert re.findall(rb"https?:|url\((?!#)|@import", html) == []


def test_a_page_is_well_formed_and_can_be_read_by_its_headings_and_tables(page: shown.Page) -> None:
    html = page_html(page)
    strict = parsed(html)
    assert (strict.wrong, strict.open) == ([], [])
    whole = tree(html)
    ids = whole.xpath("//@id")
    assert len(ids) == len({*ids})
    assert {*whole.xpath("//@aria-labelledby | //@for")} | {
        one[1:] for one in whole.xpath("//@href") if one[:1] == "#"
    } <= {*ids}
    levels = [int(one.tag[1]) for one in whole.iter("h1", "h2", "h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for table in whole.iter("table"):
        assert table.xpath("./caption"), said(table)[:80]
        assert not table.xpath(".//th[not(@scope)]")
    for one in whole.xpath("//svg[@role='img']"):
        assert one.xpath("string(./title)"), lxml.html.tostring(one)[:200]
        assert one.xpath("string(./desc)")
    assert not whole.xpath("//svg[not(@role) and not(@aria-hidden) and (title or text)]")


HOSTILE = (
    "</script><script>alert(1)</script>", "</style><style>*{display:none}", '"><img src=x onerror=alert(1)>', "--><!--", "]]>",
    "' onclick='x", "{{ 7 * 7 }}{% raw %}", "javascript:alert(1)", "&lt;&amp;&#60;", "a\u202eb\u2066c", "\ud800x\udfff", "\x00\x1b[31m", "مرحبا",
)  # fmt: skip


@settings(max_examples=10)
@given(st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=()), min_size=1, max_size=60))
def test_what_people_wrote_is_never_markup(value: str) -> None:
    for one in (pages_made.unit(), pages_made.province(4)):
        numbers: dict[str, int] = {}

        def plain(old: str, numbers: dict[str, int] = numbers) -> str:
            return f"a{numbers.setdefault(old, len(numbers)):04d}"

        page = replace(one, year=())  # where its labels stand depends on their length
        html = page_html(changed(page, lambda old: f"{plain(old)} {value}z"))
        strict = parsed(html)
        assert (strict.seen, strict.wrong) == (parsed(page_html(changed(page, plain))).seen, [])
        assert text.squeeze(text.clean(f" {value}z")) in said(tree(html).xpath("//main")[0])
        assert not text.UNWANTED.search(html.decode())
        line = page_html(changed(replace(one, duties=(), reports=(), cells=()), lambda _old: value))
        assert {*parsed(line).seen} <= {*parsed(page_html(one)).seen, *strict.seen}


def test_a_text_of_any_length_is_there_and_is_clamped() -> None:
    long = "rất dài " * 2000 + "hết"
    html = page_html(changed(pages_made.unit(), lambda _old: long))
    assert parsed(html).wrong == []
    whole = tree(html)
    [reason] = whole.xpath("//section[@id='scores']//td/details")[:1]
    assert said(reason).endswith("dài hết")
    assert len(said(reason.xpath("./summary")[0])) < 400
    assert len(said(whole.xpath("//h1")[0])) <= 120
    province = changed(pages_made.province(4), lambda _old: "x" * 10_000)
    assert parsed(page_html(province)).wrong == []


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "JavaScript:x", "//example.org/x", "/etc/passwd", "https://example.org", "data:text/html,x", " x",
     "a b", "%zz", "x\\y", "ký.yaml", "", 'x"y', "x\ny", "a:b/c"],
)  # fmt: skip
def test_a_link_that_leaves_the_page_s_own_folders_is_none(href: str) -> None:
    unit = pages_made.unit()
    duty = replace(unit.duties[0], spot=shown.ShownSpot("units/a/unit.yaml:41", href))
    whole = tree(page_html(replace(unit, duties=(duty,))))
    [row] = whole.xpath("//section[@id='tasks']//tr[td]")
    assert row.xpath(".//a") == []
    assert "units/a/unit.yaml:41" in said(row)


def test_a_link_within_reach_is_kept_as_it_is() -> None:
    unit, href = pages_made.unit(), "../../units/s%E1%BB%9F/a:b.yaml#L4"
    duty = replace(unit.duties[0], spot=shown.ShownSpot("x", href))
    whole = tree(page_html(replace(unit, duties=(duty,))))
    assert whole.xpath("//section[@id='tasks']//tr[td]//a/@href") == [href]


def test_the_face_of_a_page_says_of_what_and_when_it_is() -> None:
    page = pages_made.province(20)
    whole = tree(page_html(page))
    face = said(whole.xpath("//header")[0])
    for told in (page.about.title, page.about.issuer, page.about.plan, "15/5/2026", page.about.digest, "8c1d2e3f"):
        assert told in face
    assert "công khai" not in face
    assert "công khai" in said(tree(page_html(pages_made.province(4, public=True))).xpath("//header")[0])
    assert "khối" in said(tree(page_html(pages_made.province(4, brief=True))).xpath("//header")[0])
    assert "dự thảo" in said(tree(page_html(pages_made.unit())).xpath("//header")[0])


def test_the_numbers_are_those_that_were_given() -> None:
    page = pages_made.province(60)
    whole = tree(page_html(page))
    report = next(one for one in page.reports if one.id == "6m")
    tiles = [said(one) for one in whole.xpath("//section[@id='report']//li/b")]
    assert tiles == [str(report.totals[key]) for key in ("owed", "in_time", "late", "overdue", "returned")]
    assert report.name in said(whole.xpath("//h2[@id='report-h']")[0])
    for one in page.cells:
        if one.unit == "don-vi-17" and one.versions:
            version = one.versions[0]
            [row] = whole.xpath("//table[contains(@class, 'grid')]//tr[th/a[contains(@href, 'don-vi-17/')]]")
            assert f"{version.symbol} ban hành {text.day(version.issued)}, đến {text.day(version.received)}" in said(
                row
            )
            assert f"số đến {version.number}" in said(row)
    groups = whole.xpath("//section[@id='now']//li[@data-g]")
    overdue = [one for one in page.alerts if one.kind == "overdue" and one.about == report.name]
    [mine] = [one for one in groups if said(one).startswith(f"{len(overdue)} Quá hạn: {report.name}")]
    assert len(mine.xpath(".//ul/li")) == len(overdue)
    for figure in page.figures[0].rows:
        [row] = [
            one
            for one in whole.xpath("//section[@id='figures']//tr[th[@scope='row']]")
            if said(one).startswith(figure.name)
        ]
        assert f"{text.number(figure.value)}{figure.known}/{figure.owed}" in said(row)
    assert "Tốt: 8 đơn vị, được phép 3 (20% của 14)" in said(whole.xpath("//section[@id='scores']")[0])


def test_units_stand_in_the_order_of_vietnamese_letters() -> None:
    names = ["Ưng Hòa", "Đức Thắng", "Ánh Dương", "Dương Tơ", "An Hòa", "Ấp Bắc", "Ăn Lộc"]
    base = pages_made.province(7)
    units = tuple(replace(one, name=names[i], block="so") for i, one in enumerate(base.units))
    whole = tree(page_html(replace(base, units=units, alerts=())))
    shown_names = [said(one) for one in whole.xpath("//table[contains(@class, 'grid')]//th[@scope='row']")]
    assert shown_names == ["An Hòa", "Ánh Dương", "Ăn Lộc", "Ấp Bắc", "Dương Tơ", "Đức Thắng", "Ưng Hòa"]


def test_a_page_of_very_many_units_names_those_with_something_to_see_to() -> None:
    page = pages_made.province(400, brief=True)
    html = page_html(page)
    whole = tree(html)
    wrong = {one.unit.name for one in page.alerts if one.unit}
    listed = [said(one) for one in whole.xpath("//section[@id='grid']//li[@data-u]/b/bdi")]
    assert {*listed} >= wrong
    [units] = whole.xpath("//@data-units")
    raised = {unit.name for one in page.obstacles for unit in one.units}
    assert {one.split("\t")[0] for one in units.split("\n")} == wrong | raised
    by_block = said(whole.xpath("//details[contains(@class, 'by')]")[0])
    for one in page.reports:
        assert all(str(count) in by_block for totals in one.by_block.values() for count in totals.values())


VIETNAMESE = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


def test_in_english_only_what_people_wrote_is_vietnamese_and_is_marked_so(page: shown.Page) -> None:
    try:
        lang.use("en")
        whole = tree(page_html(page))
    finally:
        lang.use("vi")
    assert whole.get("lang") == "en"
    for one in whole.xpath("//head | //script | //svg | //*[@lang='vi']"):
        tail = one.tail
        one.clear()
        one.tail = tail
    left = [line for line in (one.strip() for one in whole.itertext()) if VIETNAMESE.search(line)]
    assert left == []
    plain = tree(page_html(page))
    assert (plain.get("lang"), plain.xpath("//*[@lang and not(self::html)]")) == ("vi", [])


def test_nothing_to_tell_is_told_or_left_out() -> None:
    about = pages_made.province(4).about
    empty = shown.Page(about, (), (), (), (), ())
    assert "Không có gì quá hạn" in said(tree(page_html(empty)))
    alone = shown.Page(replace(about, scope="unit"), (), (), (), (), ())
    assert "Không có việc gì phải làm ngay" in said(tree(page_html(alone)))
    for one in (empty, alone):
        assert tree(page_html(one)).xpath("//nav//a/@href") == ["#now"]


def test_a_page_is_small() -> None:
    page = pages_made.province(150)
    [figures] = page.figures
    wide = replace(page, figures=(replace(figures, rows=figures.rows * 5), replace(figures, rows=figures.rows * 5)))
    assert len(page_html(wide)) < 600_000, "150 units, 25 indicators, two periods"


def test_what_is_odd_of_a_figure_is_said_without_stray_marks() -> None:
    (unit,) = pages_made.units(1)
    macros: Any = _environment().get_template("macros.html.j2").module
    one = shown.UnitFigure(unit, Decimal(10), Decimal(1), ("Đơn đúng hạn bằng đơn đã giải quyết.",), far=True)
    said = re.sub("<[^>]+>", "", str(macros.odd(one)))
    assert said == "Đơn đúng hạn bằng đơn đã giải quyết; khác xa kỳ so sánh (1)"
    alone = re.sub("<[^>]+>", "", str(macros.odd(replace(one, far=False))))
    assert alone == "Đơn đúng hạn bằng đơn đã giải quyết"


def test_a_line_of_several_years_has_its_years_and_names_that_differ() -> None:
    quarters = [("I", 3), ("II", 6), ("III", 9), ("IV", 12)]
    days = [
        shown.YearDay(date(year, month, 14), f"Báo cáo cải cách hành chính quý {quarter} năm {year}", "report", 0, 5)
        for year in (2026, 2027, 2028)
        for quarter, month in quarters
    ]
    drawn = lxml.html.fromstring(str(charts.year_line(days, date(2026, 11, 29))))
    told = [one.text_content() for one in drawn.iter("text")]
    assert [one for one in told if one.isdecimal()] == ["2026", "2027", "2028"]
    names = [one for one in told if "…" in one]
    assert len(names) == len({*names}) > 4
    assert names[:2] == ["Báo cáo cải… chính quý I năm 2026", "Báo cáo cải… chính quý II năm 2026"]


def test_a_long_name_on_the_line_ends_with_a_whole_word() -> None:
    day = shown.YearDay(date(2026, 5, 9), "Kết quả tự chấm điểm, đánh giá, xếp loại năm 2026", "report", 0, 5)
    assert "Kết quả tự chấm điểm, đánh giá,…" in str(charts.year_line([day], date(2026, 1, 1)))


@pytest.mark.parametrize(
    ("measure", "before", "now", "told"),
    [
        ("lượt", 80, 85, "+5 (+6,3%)"),
        ("lượt", 1322, 1286, "−36 (−2,7%)"),
        ("lượt", 64, 64, "0"),
        ("lượt", 4, 0, "−4"),
        ("%", 80, 85, "+5"),
        ("triệu đồng", -40, -20, "+20 (+50,0%)"),
    ],
)
def test_a_change_is_told_as_papers_tell_it(measure: str, before: int, now: int, told: str) -> None:
    row = shown.ShownFigureRow("a", "A", measure, "sum", Decimal(now), None, 2, 5, Decimal(before), Decimal(now), 2)
    assert view.change(row) == told
    paper = change_said(Indicator.model_construct(unit=measure), Decimal(before), Decimal(now))
    assert paper.replace("\n", " ").replace("-", "−").replace(",0%", "%") == told.replace(",0%", "%")


def test_a_half_of_a_hundredth_is_rounded_up() -> None:
    assert (view.share(1, 8), view.share(1, 200), view.share(0, 0)) == ("13%", "1%", "")


def test_as_many_hindrances_are_counted_as_units_raised() -> None:
    page = pages_made.province(20)
    counted = {
        said(one): int(said(one).rsplit(" ", 1)[1])
        for one in tree(page_html(page)).xpath("//section[@id='obstacles']//h3")
    }
    assert [*counted.values()] == [len(one.units) for one in page.obstacles], counted
