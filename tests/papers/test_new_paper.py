"""A new kind of paper is one file and one template: nothing else is told of it."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from danvan_cli.desk.made import make
from danvan_cli.papers import catalogue, kinds
from word_files import texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Run

KIND = '''"""An invitation to a meeting."""

from __future__ import annotations

import datetime as dt

from danvan_cli.papers.paper import Paper
from danvan_cli.word.shape import Part, said


class Invitation(Paper, about="giấy mời họp thử", command="danvan invite", official=False):
    class Guest(Part):
        name: str = said("họ tên", "Trần Thị Bình")

    day: dt.date = said("ngày họp", dt.date(2023, 5, 9))
    place: str | None = said("địa điểm", "Phòng họp số 1")
    guests: list[Guest] = said("người được mời")
'''
TEMPLATE = """Kính mời họp {{ day | long_day }} tại {{ place | blank("địa điểm") }}.

{% for guest in guests %}
- {{ guest.name }}
{% endfor %}
"""


@pytest.fixture
def invited(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a workspace with the template, and danvan with the kind."""
    folder = tmp_path / "kinds"
    folder.mkdir()
    (folder / "giay_moi_thu.py").write_text(KIND, encoding="utf-8")
    (workspace / "templates").mkdir(exist_ok=True)
    (workspace / "templates" / "giay-moi-thu.md.j2").write_text(TEMPLATE, encoding="utf-8")
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(folder)])
    catalogue.paper_kinds.cache_clear()
    yield workspace
    catalogue.paper_kinds.cache_clear()
    sys.modules.pop(f"{kinds.__name__}.giay_moi_thu", None)


def test_it_is_listed_with_its_names(run: Run, invited: Path) -> None:
    told = json.loads(run("templates", "list", "--json", cwd=invited).stdout)["templates"]
    assert told[-1] == {
        "name": "giay-moi-thu",
        "about": "giấy mời họp thử",
        "path": "templates/giay-moi-thu.md.j2",
        "command": "danvan invite",
    }
    names = json.loads(run("templates", "list", "giay-moi-thu", "--json", cwd=invited).stdout)["names"]
    assert [(one["name"], one["type"], one["optional"], one["example"]) for one in names] == [
        ("day", "day", False, "09/5/2023"),
        ("place", "text", True, "Phòng họp số 1"),
        ("guests", "list", False, ""),
        ("guests[].name", "text", False, "Trần Thị Bình"),
    ]


def test_its_template_is_searched_for_misspelt_names_and_tried(run: Run, invited: Path) -> None:
    assert run("templates", "check", cwd=invited).code == 0
    own = invited / "templates" / "giay-moi-thu.md.j2"
    own.write_text(TEMPLATE.replace("guest.name", "guest.nmae"), encoding="utf-8")
    for command in (("templates", "check"), ("check",)):
        told = run(*command, cwd=invited)
        assert (told.code, "giay-moi-thu.md.j2:4:12: DV803" in told.stdout) == (1, True)
        assert "có phải «name»?" in told.stdout
    own.write_text(TEMPLATE + "\n{{ place | number }}\n", encoding="utf-8")
    told = run("templates", "check", cwd=invited)
    assert (told.code, "làm thử giay-moi-thu với dữ liệu đủ" in told.stdout) == (1, True)


def test_it_is_made_into_a_document_from_its_values(invited: Path) -> None:
    kind = next(one for one in catalogue.paper_kinds().values() if one.template == "giay-moi-thu")
    module = import_module(kind.__module__)
    guests = [module.Invitation.Guest(name=name) for name in ("An", "Bình")]
    paper = module.Invitation(day=module.dt.date(2023, 6, 5), place=None, guests=guests)
    made = make(paper, invited / "templates")
    assert made.blanks == ("địa điểm",)
    path = invited / "a.docx"
    path.write_bytes(made.data)
    assert texts(path) == ["Kính mời họp ngày 05 tháng 6 năm 2023 tại [… địa điểm …].", "- An", "- Bình"]
    with pytest.raises(TypeError, match="guests"):
        module.Invitation(day=module.dt.date(2023, 6, 5), place=None)
