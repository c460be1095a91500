"""The documentation: what it says to type works, what it quotes is said, what it shows is there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from make_site import PAGES, SECTIONS, DeadLinkError, Page, build

import danvan_cli
from browser import browser
from danvan_cli.cli import app as shell
from danvan_cli.papers.catalogue import paper_kinds
from followed import Reader, typed
from licences import closure, licence
from tools_needed import require

if TYPE_CHECKING:
    from commands import Run

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
READMES = (ROOT / "README.md", ROOT / "README.en.md")
pytestmark = pytest.mark.skipif(not DOCS.is_dir(), reason="only the source has the documentation beside the tests")


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def made_by_make(words: list[str]) -> bool:
    """Tell whether something is a target of the Makefile: what they do is tried by whoever runs these tests."""
    return words[0] == "make" and re.search(rf"^{words[1]}:", text(ROOT / "Makefile"), re.MULTILINE) is not None


@pytest.mark.parametrize("today", ["2023-11-13", None], ids=["the sample's days", "today"])
def test_every_command_of_the_readme_works_in_its_order(run: Run, tmp_path: Path, today: str | None) -> None:
    reader = Reader(run, tmp_path, made_by_make, today)
    reader.follow(text(READMES[0]))
    assert len(reader.done) > 20
    assert all("lỗi" not in told.stderr for _typed, told in reader.done)


def test_the_tutorial_can_be_followed_word_for_word(run: Run, tmp_path: Path) -> None:
    reader = Reader(run, tmp_path)
    reader.follow(text(DOCS / "mot-gio.md"))
    assert {words.split()[1] for words, _told in reader.done} >= {"init", "check", "log", "submit", "receive", "rank"}


def test_both_readmes_say_the_same_in_under_120_lines() -> None:
    shape = []
    for path in READMES:
        page = text(path)
        assert page.count("\n") < 120
        blocks = re.findall(r"^```sh\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
        links = re.findall(r"\]\(([^()]+)\)", page)
        heads = [line.partition(" ")[0] for line in page.splitlines() if line.startswith("#")]
        others = {"README.md", "README.en.md"}
        shape.append((heads, [[*typed(one)] for one in blocks], [it for it in links if it not in others]))
    assert shape[0] == shape[1]


def test_contributing_says_the_same_in_both_languages() -> None:
    """Heading by heading, step by step, by what both name: files, names, commands."""
    told = []
    for path in (ROOT / "CONTRIBUTING.md", DOCS / "dong-gop.md"):
        blocks = re.split(r"^(?:#+ |- |\d\. )", text(path).partition("## Các phòng")[0], flags=re.MULTILINE)[2:]
        told.append([sorted(re.findall(r"(?<!`)`[^`\n]+`(?!`)|^make [\w-]+", one, re.MULTILINE)) for one in blocks])
    assert told[0] == told[1]


def test_what_the_pages_show_being_typed_are_commands_of_danvan(run: Run) -> None:
    known = {name: set(re.findall(r"--?[a-z][a-z-]*", run(name, "--help").stdout)) for name in shell.COMMANDS}
    for path in DOCS.glob("*.md"):
        for block in re.findall(r"^```sh\n(.*?)^```", text(path), re.MULTILINE | re.DOTALL):
            for words, _code in typed(block):
                if words[0] == "danvan" and len(words) > 1:
                    options = {word.partition("=")[0] for word in words if re.fullmatch(r"--?[a-z][a-z-]*(=.*)?", word)}
                    if words[1] != "review":  # whose verbs have options of their own
                        assert options <= known[words[1]], (path.name, words)


def test_messages_that_trouble_is_told_by_are_messages_of_danvan() -> None:
    catalogue = json.loads(text(Path(danvan_cli.__file__).parent / "locale" / "en.json"))
    known = [[re.escape(part) for part in re.split(r"\{\w+\}", one)] for one in catalogue]
    patterns = [re.compile(".+".join(parts)) for parts in known if len("".join(parts)) > 8]
    quoted = re.findall(r"^> (?:lỗi: )?(\S.*)$", text(DOCS / "su-co.md"), re.MULTILINE)
    assert len(quoted) > 25
    assert [one for one in quoted if not any(it.fullmatch(one) for it in patterns)] == []


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Page]]:
    """Build the site once."""
    folder = tmp_path_factory.mktemp("trang") / "site"
    return folder, {page.name: page for page in build(folder)}


def test_the_site_has_every_page_command_and_paper_and_asks_no_other_host(site: tuple[Path, dict[str, Page]]) -> None:
    folder, pages = site
    assert set(pages) >= {path.name for path in DOCS.glob("*.md")}
    there = {heading for page in pages.values() for _level, _anchor, heading in page.parts}
    assert there >= {f"danvan {name}" for name in shell.COMMANDS}
    assert all(any(heading.endswith(f"({name})") for heading in there) for name in paper_kinds())
    for page in pages.values():
        assert not re.search(r'(?:src|href)="(?:https?:)?//', text(folder / page.file))


def test_the_site_is_the_same_each_time(site: tuple[Path, dict[str, Page]], tmp_path: Path) -> None:
    build(tmp_path / "lại")
    made = [
        {path.name: path.read_bytes() for path in one.iterdir() if path.is_file()}
        for one in (site[0], tmp_path / "lại")
    ]
    assert made[0] == made[1]


@pytest.mark.office
def test_the_site_is_searched_and_read_from_a_folder(
    site: tuple[Path, dict[str, Page]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = site[0]

    def found(words: str) -> list[str]:
        window.run("const q = document.getElementById('q'); q.value = ''; q.focus()")
        window.press(*words)
        return list(window.run("return [...document.querySelectorAll('#found b')].map(one => one.textContent)"))

    with browser(tmp_path_factory.mktemp("chromium"), require) as window:
        window.open(folder / "index.html")
        assert found("thoi han")[0] == found("thời hạn")[0] == "Thời hạn được hiểu ra sao"
        assert "DV302 Thời hạn ngoài năm kế hoạch (lỗi)" in found("DV302")
        assert found("khong-co-chu-nay") == []
        window.run("document.activeElement.blur()")
        window.press("/", *"ban quet pdf", "Enter")
        window.wait_for("() => new Promise(done => setTimeout(done, 200))")
        assert window.run("return document.getElementById(decodeURI(location.hash.slice(1))) !== null")
        for page in sorted(site[1].values(), key=lambda page: len(page.html))[-8:]:
            window.open(folder / page.file, 390)
            wider = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert window.run(wider) == 0, page.name
        assert {url.partition(":")[0] for url in window.requested()} == {"file"}
        assert window.log("browser") == []


def test_a_link_that_leads_nowhere_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = dict.fromkeys(PAGES, "# Trang\n")
    monkeypatch.setattr("make_site.source", lambda name: pages[name])
    for link in ("khong-co.md", "index.md#khong-co", "images/khong-co.png"):
        pages["cai-dat.md"] = f"# Trang\n\n[đây]({link})\n"
        with pytest.raises(DeadLinkError):
            build(tmp_path / "site")


def test_developers_read_english_and_users_vietnamese(site: tuple[Path, dict[str, Page]]) -> None:
    vietnamese = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
    for name, page in site[1].items():
        plain = " ".join(page.texts)
        share = len(vietnamese.findall(plain)) / max(1, len(plain))
        assert (share < 0.02) == (name in SECTIONS["For developers"]), (name, share)


def test_help_says_where_the_documentation_lies(run: Run) -> None:
    line = run("--help").stdout.splitlines()[-1].strip()
    assert Path(line).read_text(encoding="utf-8") == text(DOCS / "index.md")


def test_the_licence_of_every_library_is_told() -> None:
    page, tried = text(DOCS / "giay-phep.md"), text(ROOT / "constraints.txt").lower()
    project = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
    for line in [*project["dependencies"], *project["optional-dependencies"]["sign"]]:
        [name] = re.findall(r"^[\w.-]+", line)
        told = re.findall(rf"^\| {re.escape(name)} \| ([^|]+) \|", page, re.MULTILINE | re.IGNORECASE)
        assert len(told) == 1, name
        if f"{name}=={version(name)}".lower() in tried.splitlines():  # another version may have another licence
            assert told == [licence(name)], name
    assert "pydantic-core" in closure(project["dependencies"])


def test_the_version_is_in_the_changelog_and_in_what_is_typed_to_install_it() -> None:
    assert f"## {danvan_cli.__version__} (" in text(ROOT / "CHANGELOG.md")
    assert set(re.findall(r"danvan-(\d+\.\d+\.\d+)", text(DOCS / "cai-dat.md"))) == {danvan_cli.__version__}


def test_the_forms_of_issues_are_those_of_github() -> None:
    folder = ROOT / ".github" / "ISSUE_TEMPLATE"
    forms = [str(path) for path in folder.glob("*.yml") if path.name != "config.yml"]
    assert len(forms) == len(list((ROOT / ".gitlab" / "issue_templates").glob("*.md"))) == 2
    for schema, files in (("forms", forms), ("config", [str(folder / "config.yml")])):
        checking = [
            sys.executable,
            "-m",
            "check_jsonschema",
            "--builtin-schema",
            f"vendor.github-issue-{schema}",
            *files,
        ]
        done = subprocess.run(checking, capture_output=True, check=False, text=True)
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", [*DOCS.glob("images/*"), *READMES], ids=lambda path: path.name)
def test_pictures_are_small_and_nothing_is_fetched(path: Path) -> None:
    assert path.stat().st_size < 150_000
    assert path.suffix == ".png" or not re.search(r"(?:url\(|src=|!\[[^\]]*\]\()[\"']?https?:", text(path))
