"""The cache of `danvan check`: the same findings as without it, whatever changes between two checks."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from danvan_cli import lang
from danvan_cli.rules import files
from danvan_cli.rules.files import Checker, files_of
from danvan_cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from danvan_cli.findings.finding import Finding

UNIT = "units/so-y-te/unit.yaml"


@pytest.fixture
def place(begun: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a workspace with two units, as the current folder, and a cache of its own."""
    workspace = begun("init-unit so-y-te so-noi-vu")
    monkeypatch.chdir(workspace)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return workspace


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Count the files that are read anew."""
    seen: list[str] = []
    real = Checker._read_anew

    def counted(self: Checker, path: Path, data: bytes) -> list[Finding]:
        seen.append(path.name)
        return real(self, path, data)

    monkeypatch.setattr(files.Checker, "_read_anew", counted)
    yield seen
    lang.use("vi")


def checked(place: Path) -> list[Finding]:
    checker = Checker()
    found = [one for path in files_of(Workspace(place)) for one in checker.check(path)]
    checker.done()
    return found


def test_what_has_not_changed_is_not_read_again(place: Path, read: list[str]) -> None:
    first = checked(place)
    count = len(read)
    assert checked(place) == first
    assert len(read) == count


@pytest.mark.parametrize(
    "change", ["unit", "plan", "calendar", "evidence", "language", "rubric", "new plan", "deleted", "broken"]
)
def test_every_change_is_seen(  # noqa: C901 - one case a change
    place: Path, tmp_path: Path, read: list[str], change: str
) -> None:
    first = checked(place)
    del read[:]
    unit, plan = place / UNIT, place / "plans" / "2023.yaml"
    match change:
        case "unit":
            unit.write_bytes(unit.read_bytes() + b"signerr: a\n")
        case "plan":
            plan.write_bytes(plan.read_bytes().replace(b"- id: II.1.1\n", b"- id: II.1.9\n"))
        case "calendar" | "rubric":
            path = place / "plans" / ("calendar.yaml" if change == "calendar" else "2023.rubric.yaml")
            path.write_bytes(path.read_bytes() + b"extra: a\n")
        case "evidence":
            folder = unit.parent / "evidence"
            folder.mkdir(exist_ok=True)
            (folder / "a.txt").write_text("a", encoding="utf-8")
        case "language":
            lang.use("en")
        case "new plan":
            (plan.parent / "2024.yaml").write_bytes(plan.read_bytes())
        case "deleted" | "broken":
            for path in (tmp_path / "cache").rglob("check-*.json"):
                if change == "deleted":
                    path.unlink()
                else:
                    path.write_text(json.dumps({"made_from": 1, "files": []}), encoding="utf-8")
    cached = checked(place)
    assert read
    for path in (tmp_path / "cache").rglob("check-*.json"):
        path.unlink()
    assert cached == checked(place)
    if change not in {"evidence", "deleted", "broken"}:
        assert cached != first


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-40],
        lambda data: data.replace(b"DV", b"XX", 1),
        lambda data: data.replace(b"so-y-te", b"so-y-tx", 1),
        lambda _data: b"[" * 100_000,
        lambda _data: b"\xff\xfe",
        lambda _data: json.dumps({"made_from": 1, "files": []}).encode(),
        lambda _data: b"",
    ],
)
def test_a_cache_that_is_not_as_it_was_written_is_made_anew(
    place: Path, tmp_path: Path, read: list[str], spoil: Callable[[bytes], bytes]
) -> None:
    first = checked(place)
    [path] = (tmp_path / "cache").rglob("check-*.json")
    whole = path.read_bytes()
    path.write_bytes(spoil(whole))
    del read[:]
    assert checked(place) == first
    assert read
    assert path.read_bytes() == whole


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="other accounts are kept out otherwise there")
@pytest.mark.parametrize("change", ["everybody may write", "another's", "a link", "a pipe"])
def test_a_cache_that_another_account_can_have_written_is_not_believed(
    place: Path, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    first = checked(place)
    [path] = (tmp_path / "cache").rglob("check-*.json")
    match change:
        case "everybody may write":
            path.parent.chmod(0o777)
        case "another's":
            monkeypatch.setattr(os, "geteuid", lambda: 12345)
        case "a link":
            path.rename(tmp_path / "elsewhere")
            path.symlink_to(tmp_path / "elsewhere")
        case "a pipe":
            path.unlink()
            os.mkfifo(path)
    del read[:]
    assert checked(place) == first
    assert read


def test_secrets_and_personal_data_are_not_kept(place: Path, tmp_path: Path) -> None:
    unit = place / UNIT
    unit.write_bytes(unit.read_bytes() + "# số điện thoại 0912345678\ndrafter: ông A 0912345678\n".encode())
    checked(place)
    [path] = (tmp_path / "cache").rglob("check-*.json")
    assert "0912345678" not in path.read_text(encoding="utf-8")


def test_a_cache_that_cannot_be_written_is_no_error(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("a", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert checked(place) == checked(place)


@pytest.mark.skipif(os.name == "nt", reason="there every name is Unicode")
def test_a_workspace_under_a_name_that_is_no_utf_8_has_one_too(
    place: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = place.with_name(os.fsdecode(b"n\xe0m"))
    place.rename(other)
    monkeypatch.chdir(other)
    first = checked(other)
    count = len(read)
    assert (checked(other), len(read)) == (first, count)


@pytest.mark.skipif(os.name == "nt", reason="there every name is Unicode")
def test_a_file_among_the_adopted_revisions_under_such_a_name_stops_no_check(place: Path) -> None:
    first = checked(place)
    (place / "plans" / ".adopted" / os.fsdecode(b"n\xe0m.yaml")).write_text("id: a\n", "utf-8")
    assert checked(place) == first


def test_an_adopted_revision_that_changes_has_units_read_anew(place: Path, read: list[str]) -> None:
    checked(place)
    count = len(read)
    (kept,) = (place / "plans" / ".adopted").glob("*.yaml")
    kept.write_text("id: a\n", "utf-8")
    checked(place)
    assert len(read) > count
