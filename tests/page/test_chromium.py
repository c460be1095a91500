"""The page in a real browser: what a director clicks through, by keys alone, on paper, without JavaScript, by axe-core."""

from __future__ import annotations

import re
import subprocess
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import pages_made
from browser import Browser, browser
from danvan_cli import lang, text
from danvan_cli.page.write import page_html
from tools_needed import require

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from danvan_cli.page.shown import Page

pytestmark = pytest.mark.office

VISIBLE = "const seen = (one) => one.checkVisibility();"
"""`checkVisibility` tells what is hidden, also inside closed details."""


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("chromium")) as found:
        yield found


def written(folder: Path, page: Page, name: str = "trang") -> Path:
    path = folder / f"{name}.html"
    path.write_bytes(page_html(page))
    return path


def listed(window: Browser) -> list[str]:
    return list(window.run(f"{VISIBLE} return [...document.querySelectorAll('.grid th[scope=row]')].filter(seen).map(one => one.textContent.trim())"))  # fmt: skip


def test_a_director_reads_filters_and_opens(window: Browser, tmp_path: Path) -> None:
    page = pages_made.province(60)
    window.log("performance")
    path = written(tmp_path, page)
    window.open(path)
    # One screen says what matters.
    below = window.run(
        """return [...document.querySelectorAll('h1, .asof, .facts code, .tile, #report svg, #now .today > li:nth-child(-n+5)')]
        .filter(one => one.getBoundingClientRect().bottom > innerHeight).map(one => one.textContent)"""
    )
    assert below == []
    assert len(listed(window)) == 60
    # The filter: marks or none, block, state, what is wrong; how many is told; Esc lets all be seen again.
    window.click("#f-name")
    window.press("y te")
    assert listed(window) == ["Sở Y tế"]
    assert window.run("return document.querySelector('.found').textContent") == "1/60 đơn vị"
    window.press("Escape")
    assert len(listed(window)) == 60
    window.press("so")
    window.run("const at = document.querySelector('#f-block'); at.value = 'so'; at.dispatchEvent(new Event('input', {bubbles: true}))")  # fmt: skip
    assert {*listed(window)} == {one for one in pages_made.DEPARTMENTS if "Sở" in one}
    window.click("#f-name")
    window.press("Escape")
    window.run("const at = document.querySelector('#f-state'); at.value = 'returned'; at.dispatchEvent(new Event('input', {bubbles: true}))")  # fmt: skip
    names = {one.id: one.name for one in page.units}
    assert {*listed(window)} == {names[one.unit] for one in page.cells if one.state == "returned"}
    window.press("Escape")
    window.click("#f-wrong")
    wrong = {one.unit.name for one in page.alerts if one.unit}
    assert {*listed(window)} == wrong
    shown = window.run(f"{VISIBLE} return [...document.querySelectorAll('.scores tr[data-u] th')].filter(seen).map(one => one.textContent.trim())")  # fmt: skip
    assert {*shown} == wrong, "what is filtered is filtered in every part"
    window.click("#f-wrong")
    # A cell opens beside the table, one at a time, within the window.
    window.click("td.c-submitted summary")
    panel = window.run(
        """const one = document.querySelector('[name=k][open] > div'), at = one.getBoundingClientRect();
        return [one.textContent, at.top >= 0 && at.bottom <= innerHeight && at.right <= innerWidth]"""
    )
    assert re.search(r"\d+/BC-DV ban hành \S+, đến \S+, số đến \d+", panel[0])
    assert panel[1]
    window.click("td.c-late summary")
    assert window.run("return document.querySelectorAll('[name=k][open]').length") == 1
    window.press("Escape")
    assert window.run("return [document.querySelectorAll('[name=k][open]').length, document.activeElement.matches('td.c-late summary')]") == [0, True]  # fmt: skip
    # Nothing was asked of anybody, nothing was refused by the page's own policy.
    asked = window.requested()
    assert asked
    assert {one for one in asked if one != "data:,"} == {path.as_uri()}
    assert window.log("browser") == []


def test_by_keys_alone(window: Browser, tmp_path: Path) -> None:
    window.open(written(tmp_path, pages_made.province(20)))
    window.press("Tab")
    first = "const at = document.activeElement; return [at.className, Math.round(at.getBoundingClientRect().top) >= 0]"
    seen = "const look = n => document.activeElement.getBoundingClientRect().top >= 0 || !n ? done() : setTimeout(look, 50, n - 1)"
    window.wait_for(f"() => new Promise(done => {{ {seen}; look(40) }})")
    assert window.run(first) == ["skip", True]
    window.press("Enter")
    assert window.run("return document.activeElement.id") == "main"
    window.press("Tab", "Enter")
    opened = window.run("return [document.activeElement.tagName, document.activeElement.parentNode.open]")
    assert opened == ["SUMMARY", True]
    width = window.run("return getComputedStyle(document.activeElement).outlineWidth")
    assert float(width.removesuffix("px")) >= 2, "the focus is seen"
    # All that opens, and whatever scrolls sideways, is reached.
    unreached = window.run(
        """return [...document.querySelectorAll('summary, a[href], input, select, .scroll')]
        .filter(one => one.tabIndex < 0).map(one => one.outerHTML.slice(0, 90))"""
    )
    assert unreached == []


def test_without_javascript_all_can_be_read(window: Browser, tmp_path: Path) -> None:
    page = pages_made.province(20)
    try:
        window.cdp("Emulation.setScriptExecutionDisabled", value=True)
        window.open(file := written(tmp_path, page))
        for _try in range(100):  # without scripts nobody tells when a page is there to its end
            root = window.cdp("DOM.getDocument")["root"]
            last = window.cdp("DOM.querySelector", nodeId=root["nodeId"], selector="script:last-child")["nodeId"]
            if last and root["documentURL"] == file.as_uri():
                break
            time.sleep(0.1)
        else:
            pytest.fail("trang chưa mở xong")
        window.cdp(
            "Emulation.setScriptExecutionDisabled", value=False
        )  # what is asked below is script; the page's own never ran
        assert window.run("return document.querySelector('.filter').hidden")
        assert len(listed(window)) == 20
        window.click("td.c-submitted summary")
        assert "số đến" in window.run("return document.querySelector('[name=k][open] > div').innerText")
        window.click(".today summary")
        assert window.run(f"{VISIBLE} return seen(document.querySelector('.today details li'))")
    finally:
        window.cdp("Emulation.setScriptExecutionDisabled", value=False)


def test_axe_finds_nothing(window: Browser, tmp_path: Path) -> None:
    with open(require("axe-core"), encoding="utf-8") as file:  # noqa: PTH123
        axe = file.read()
    pages = {
        "tinh": (pages_made.province(8), 1366, "vi"),
        "don-vi": (pages_made.unit(), 320, "en"),
        "rat-nhieu": (pages_made.province(12, brief=True), 1366, "vi"),
    }
    found: dict[str, Any] = {}
    for name, (page, width, language) in pages.items():
        try:
            lang.use(language)
            path = written(tmp_path, page, name)
        finally:
            lang.use("vi")
        window.open(path, width)
        window.run(axe)
        window.run("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        found[name] = window.wait_for(
            """() => axe.run({resultTypes: ['violations']}).then(done => done.violations.map(
            one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.html.slice(0, 200)).join(' | ')))"""
        )
    assert {name: told for name, told in found.items() if told} == {}


HOSTILE = "m" * 3000


def test_no_width_makes_the_page_scroll_sideways(window: Browser, tmp_path: Path) -> None:
    long = pages_made.province(12)
    units = tuple(replace(one, name=HOSTILE if i == 2 else one.name) for i, one in enumerate(long.units))
    about = replace(long.about, title=HOSTILE, plan=HOSTILE)
    alerts = tuple(replace(one, about=HOSTILE if one.about else None) for one in long.alerts)
    pages = {
        "tinh": pages_made.province(20), "don-vi": pages_made.unit(), "rat-nhieu": pages_made.province(30, brief=True),
        "dai": replace(long, units=units, about=about, alerts=alerts),
    }  # fmt: skip
    wide = {}
    for name, page in pages.items():
        window.open(written(tmp_path, page, name))
        window.run("document.querySelectorAll('details:not([name])').forEach(one => { one.open = true; })")
        for width in (1366, 768, 320):
            window.size(width, 768)
            over = window.run("const all = document.documentElement; return all.scrollWidth - all.clientWidth")
            if over > 0:
                wide[name, width] = over
    assert wide == {}


def test_what_a_director_files(window: Browser, tmp_path: Path) -> None:
    page = pages_made.province(60)
    window.open(written(tmp_path, page))
    path = tmp_path / "trang.pdf"
    path.write_bytes(window.pdf())
    sizes = subprocess.run(
        [require("pdfinfo"), "-l", "99", str(path)], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    count = int(re.search(r"Pages: +(\d+)", sizes)[1])  # type: ignore[index]
    assert count <= 14
    of = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", sizes)
    assert {tuple(sorted((round(float(w)), round(float(h))))) for w, h in of} == {(595, 842)}, "A4"
    told = subprocess.run(
        [require("pdftotext"), "-layout", str(path), "-"], check=True, capture_output=True, encoding="utf-8"
    ).stdout.split("\f")[:count]
    for number, one in enumerate(told, start=1):
        flat = text.squeeze(one)
        assert flat.startswith("Sở Nội vụ · Kế hoạch số 12/KH-UBND"), "whose and which plan stands on each page"
        assert "Tính đến hết ngày 15/5/2026" in flat
        assert f"Trang {number}/{count}" in flat
    names = {one.id: one.name for one in page.units}
    grid = [one for one in told if "Báo cáo đột xuất" in text.squeeze(one) and "còn 7 ngày" in one and "Sắp" not in one]
    assert len(grid) > 1
    assert all(float(of[told.index(one)][0]) > float(of[told.index(one)][1]) for one in grid), "landscape"
    assert all("Đơn vị" in one for one in grid), "its head stands on each of its pages"
    rows = [text.squeeze(line) for one in grid for line in one.splitlines()]
    for unit in names.values():
        assert any(row.startswith(unit[:20]) and "còn 7 ngày" in row for row in rows), "no row is cut"
    whole = text.squeeze(" ".join(told))
    assert "http" not in whole
    assert ".yaml" not in whole
    assert "Bản in không có phần này." in whole
    assert window.run("return document.querySelectorAll('details[open]').length") == 0, "closed again"
    window.cdp("Emulation.setEmulatedMedia", media="print")
    seen = window.run(
        """return [...document.querySelectorAll('.today li li, .p li, .p tr, [name=k] > div, .m tr')]
        .map(one => `${one.matches('[name=k] > div, .m *')} ${one.getBoundingClientRect().height > 0}`)"""
    )
    window.run(
        "document.getElementById('f-name').value = 'so y te'; document.querySelector('.filter').dispatchEvent(new Event('input'))"
    )
    told = window.run("const at = document.querySelector('.found'); return [at.checkVisibility(), at.textContent, getComputedStyle(at, '::before').content]")  # fmt: skip
    window.cdp("Emulation.setEmulatedMedia", media="")
    assert told == [True, "1/60 đơn vị", '"Chỉ in những đơn vị đã lọc: "'], "a part is not filed as the whole"
    assert {*seen} == {"false true", "true false"}, "by its style alone, too: cells and the units' figures are left out"


def test_a_filtered_heading_counts_those_who_raised_an_obstacle(window: Browser, tmp_path: Path) -> None:
    page = pages_made.province(12)
    ours = replace(page.obstacles[0], state="open", units=page.units[:3])
    window.open(written(tmp_path, replace(page, obstacles=(ours,))))
    count = "return document.querySelector('#obstacles h3 .n').textContent"
    assert window.run(count) == "3"
    window.click("#f-name")
    window.press(page.units[0].name)
    assert window.run(count) == "1/3"
    window.press("Escape")
    assert window.run(count) == "3"


def test_the_head_of_a_wide_grid_covers_no_row(window: Browser, tmp_path: Path) -> None:
    page = pages_made.province(12)
    more = [(f"-{i}", f"quý {i}") for i in range(2)]
    reports = tuple(
        replace(one, id=one.id + end, name=f"{one.name} {name}") for end, name in more for one in page.reports
    )
    cells = tuple(replace(one, report=one.report + end) for end, _name in more for one in page.cells)
    window.size(1366, 768)
    window.open(written(tmp_path, replace(page, reports=reports, cells=cells)))
    head, first = window.run(
        """const at = (one) => document.querySelector(one).getBoundingClientRect();
        return [at('#g thead th').bottom, at('#g tbody tr').top]"""
    )
    assert head <= first + 1
    names = window.run(
        """const at = (one) => document.querySelector(one).getBoundingClientRect().left, where = document.querySelector('#g');
        where.scrollLeft = 400;
        return [at('#g'), at('#g tbody tr:nth-child(2) th'), at('#g thead th')]"""
    )
    assert max(names) - min(names) < 1, "whose row it is stays in sight"
