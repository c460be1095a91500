"""Links, pipes and devices that a stranger put into a workspace: what leads out is neither read nor written."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Final

import pytest

from commands import called, environment

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Result, Run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need a right of their own, and there are no pipes")

CANARY: Final = "AUTHORIZATION-basic-a1b2c3"
TODAY: Final = "2023-04-20"
UNIT: Final = "units/so-y-te"

# A file that is a link to a secret, and commands that read it.
READ: Final = [
    ("plans/2023.yaml", ["check"]),
    ("plans/2023.yaml", ["check", "plans/2023.yaml"]),
    ("plans/2023.yaml", ["show"]),
    ("plans/2023.yaml", ["status"]),
    ("plans/2023.yaml", ["diff", "plans/2023.yaml", "samples/2023.yaml"]),
    ("plans/2023.rubric.yaml", ["check"]),
    ("plans/2023.rubric.yaml", ["score", "so-y-te"]),
    ("plans/calendar.yaml", ["check"]),
    ("plans/calendar.yaml", ["show"]),
    ("danvan.yaml", ["check"]),
    ("danvan.yaml", ["show"]),
    ("templates/bao-cao.md.j2", ["check"]),
    ("templates/bao-cao.md.j2", ["templates", "check"]),
    ("templates/bao-cao.md.j2", ["report", "so-y-te", "--period", "6m"]),
    ("templates/bao-cao.docx", ["report", "so-y-te", "--period", "6m"]),
    (f"{UNIT}/unit.yaml", ["check"]),
    (f"{UNIT}/unit.yaml", ["report", "so-y-te", "--period", "6m"]),
    (f"{UNIT}/unit.yaml", ["log", "so-y-te", "II.1.1", "--status", "done"]),
    (f"{UNIT}/unit.yaml", ["update-unit", "so-y-te"]),
    (f"{UNIT}/score.yaml", ["check"]),
    (f"{UNIT}/score.yaml", ["score", "so-y-te"]),
    ("province/reminders.yaml", ["remind", "--as-of", "2023-06-01"]),
]

# A folder or file that is a link to one outside, and commands that write there.
WRITTEN: Final = [
    ("units", ["init-unit", "so-cong-thuong"]),
    ("units/so-cong-thuong", ["init-unit", "so-cong-thuong"]),
    ("units/so-cong-thuong/out", ["init-unit", "so-cong-thuong"]),
    ("units/so-cong-thuong/unit.yaml", ["init-unit", "so-cong-thuong"]),
    ("plans/.adopted", ["init-unit", "so-cong-thuong"]),
    (f"{UNIT}/out", ["report", "so-y-te", "--period", "6m"]),
    (f"{UNIT}/out/bao-cao-6m.docx", ["report", "so-y-te", "--period", "6m", "--force"]),
    (f"{UNIT}/out", ["submit", "so-y-te", "--period", "6m"]),
    (f"{UNIT}/out", ["workbook", "so-y-te"]),
    (f"{UNIT}/evidence", ["log", "so-y-te", "II.1.1", "--evidence", "{file}", "--title", "a"]),
    (f"{UNIT}/evidence/minh-chung.txt", ["log", "so-y-te", "II.1.1", "--evidence", "{file}", "--title", "a"]),
    ("province", ["receive", "{package}"]),
    ("province/received", ["receive", "{package}"]),
    ("province/received/so-y-te", ["receive", "{package}"]),
    ("province/received/so-y-te/6m", ["receive", "{package}"]),
    ("build", ["remind", "--as-of", "2023-06-01"]),
    ("build", ["export"]),
    ("templates", ["templates", "eject", "bao-cao"]),
]


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a workspace in which one unit has begun, a package of it and a file."""
    place = tmp_path_factory.mktemp("ready")
    root = place / "w"

    def call(*arguments: object, cwd: Path) -> None:
        done = called([*map(str, arguments)], cwd, environment(TODAY))
        assert done.code == 0, done.stderr

    call("init", root, "--sample", cwd=place)
    call("init-unit", "so-y-te", cwd=root)
    call("report", "so-y-te", "--period", "6m", cwd=root)
    shutil.copy(root / "plans" / "2023.yaml", root / "samples" / "2023.yaml")
    (place / "minh-chung.txt").write_text("a", encoding="utf-8")
    call("submit", "so-y-te", "--period", "6m", cwd=root)
    [package] = (root / UNIT / "out").glob("*.zip")
    package.rename(place / "package.zip")
    return place


@pytest.fixture
def w(ready: Path, tmp_path: Path) -> Path:
    """Give a copy of that workspace."""
    shutil.copytree(ready, tmp_path / "ready")
    return tmp_path / "ready" / "w"


def call(run: Run, w: Path, arguments: list[str]) -> Result:
    told = {"file": w.parent / "minh-chung.txt", "package": w.parent / "package.zip"}
    return run(*(one.format(**told) for one in arguments), cwd=w, today=TODAY)


def replaced(path: Path, target: str | Path) -> None:
    """Put a link in a file's or folder's place."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def refused(done: Result, name: str) -> None:
    assert done.code in {1, 2}
    assert "liên kết dẫn ra ngoài thư mục làm việc" in done.stdout + done.stderr
    assert name in done.stdout + done.stderr
    assert CANARY not in done.stdout + done.stderr


def named(one: str | list[str]) -> str:
    return one if isinstance(one, str) else " ".join(one)


def unread(run: Run, w: Path, name: str, arguments: list[str], secret: Path) -> None:
    secret.parent.mkdir(exist_ok=True)
    secret.write_text(f"[http]\n\textraheader = {CANARY}\n", encoding="utf-8")
    replaced(w / name, secret)
    refused(call(run, w, arguments), name)
    assert CANARY.encode() not in b"".join(
        one.read_bytes() for one in w.rglob("*") if one.is_file() and not one.is_symlink() and ".git" not in one.parts
    )


@pytest.mark.parametrize(("name", "arguments"), READ, ids=named)
def test_what_a_link_leads_out_to_is_not_read(run: Run, w: Path, name: str, arguments: list[str]) -> None:
    unread(run, w, name, arguments, w.parent / "secret")


@pytest.mark.parametrize("name", sorted({name for name, arguments in READ if arguments == ["check"]}))
def test_git_s_own_files_are_not_read_by_links(run: Run, w: Path, name: str) -> None:
    unread(run, w, name, ["check"], w / ".git" / "config")


@pytest.mark.parametrize(("name", "arguments"), WRITTEN, ids=named)
def test_nothing_is_written_where_a_link_leads_out(run: Run, w: Path, name: str, arguments: list[str]) -> None:
    outside = w.parent / "outside"
    outside.mkdir()
    target = outside / "new.file" if "." in name.rpartition("/")[2][1:] else outside
    replaced(w / name, target)
    refused(call(run, w, arguments), name)
    assert list(outside.iterdir()) == []


def test_a_document_that_is_a_link_is_left_alone(run: Run, w: Path) -> None:
    other = w.parent / "secret.docx"
    shutil.copy(w / UNIT / "out" / "bao-cao-6m.docx", other)
    before = other.read_bytes()
    replaced(w / UNIT / "out" / "bao-cao-6m.docx", other)
    refused(call(run, w, ["submit", "so-y-te", "--period", "6m"]), "bao-cao-6m.docx")
    assert other.read_bytes() == before


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_evidence_behind_a_link_is_no_part_of_a_package(run: Run, w: Path, kind: str) -> None:
    done = call(
        run, w, ["log", "so-y-te", "II.1.1", "--period", "6m", "--evidence", "{file}", "--title", "a", "--result", "b"]
    )
    assert done.code == 0, done.stderr
    outside = w.parent / "outside"
    outside.mkdir()
    (outside / "minh-chung.txt").write_text(CANARY, encoding="utf-8")
    name = f"{UNIT}/evidence" if kind == "folder" else f"{UNIT}/evidence/minh-chung.txt"
    replaced(w / name, outside if kind == "folder" else outside / "minh-chung.txt")
    done = call(run, w, ["submit", "so-y-te", "--period", "6m", "--force"])
    assert done.code in {1, 2} or kind == "file"  # one file is a gap that is told
    assert not any(CANARY.encode() in one.read_bytes() for one in (w / UNIT / "out").iterdir())
    done = call(run, w, ["check"])
    assert done.code in {1, 2} or "DV914" in done.stdout


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("plans/2023.yaml", ["check"]),
        ("plans/2023.yaml", ["show"]),
        ("plans/2024.yaml", ["check"]),
        ("plans/2023.rubric.yaml", ["score", "so-y-te"]),
        ("plans/calendar.yaml", ["check"]),
        ("danvan.yaml", ["check"]),
        ("templates/bao-cao.md.j2", ["check"]),
        ("templates/bao-cao.md.j2", ["report", "so-y-te", "--period", "6m", "--force"]),
        ("templates/bao-cao.docx", ["report", "so-y-te", "--period", "6m", "--force"]),
        (f"{UNIT}/unit.yaml", ["check"]),
        (f"{UNIT}/unit.yaml", ["report", "so-y-te", "--period", "6m"]),
        (f"{UNIT}/score.yaml", ["score", "so-y-te"]),
        ("province/received/so-y-te/6m/2023-04-20-00000000/receipt.yaml", ["status"]),
    ],
    ids=named,
)
def test_a_pipe_is_told_at_once(run: Run, w: Path, name: str, arguments: list[str]) -> None:
    (w / name).parent.mkdir(parents=True, exist_ok=True)
    (w / name).unlink(missing_ok=True)
    os.mkfifo(w / name)
    done = call(run, w, arguments)
    assert done.code == 2
    assert "không phải tệp thường" in done.stderr
    assert name.rpartition("/")[2] in done.stderr


def test_a_pipe_among_evidence_holds_nothing_up(run: Run, w: Path) -> None:
    call(run, w, ["log", "so-y-te", "II.1.1", "--evidence", "{file}", "--title", "a"])
    path = w / UNIT / "evidence" / "minh-chung.txt"
    path.unlink()
    os.mkfifo(path)
    assert "DV910" in call(run, w, ["check"]).stdout
    assert call(run, w, ["log", "so-y-te", "II.1.1", "--evidence", str(path)]).code == 2


def test_links_within_and_files_that_the_user_named_are_taken(run: Run, w: Path) -> None:
    (w / "chung").mkdir()
    for name in ("plans/2023.yaml", f"{UNIT}/unit.yaml"):
        path = w / name
        path.rename(w / "chung" / path.name)
        path.symlink_to(w / "chung" / path.name)
    assert call(run, w, ["check"]).code == 0
    outside = w.parent / "outside"
    outside.mkdir()
    (w.parent / "link").symlink_to(outside)
    assert call(run, w, ["report", "so-y-te", "--period", "6m", "-o", str(w.parent / "link" / "x.docx")]).code == 0
    assert (outside / "x.docx").is_file()
    (w.parent / "link.yaml").symlink_to(w.parent / "w" / "samples" / "2023.yaml")
    assert call(run, w, ["check", str(w.parent / "link.yaml")]).code == 0


def test_a_workspace_behind_a_link_works_as_any(run: Run, w: Path) -> None:
    link = w.parent / "link"
    link.symlink_to(w)
    done = run("check", link, "--json", cwd=w.parent, today=TODAY)
    assert (done.code, json.loads(done.stdout)["errors"]) == (0, 0)
    done = run("report", "so-y-te", "--period", "6m", "--plan", link / "plans" / "2023.yaml", cwd=w.parent, today=TODAY)
    assert done.code == 0, done.stderr
    done = run("init-unit", "so-cong-thuong", "--plan", link / "plans" / "2023.yaml", cwd=w.parent, today=TODAY)
    assert done.code == 0, done.stderr


def test_a_link_to_another_workspace_leads_out_too(run: Run, w: Path) -> None:
    other = w.parent / "khac"
    shutil.copytree(w, other)
    replaced(w / UNIT, other)
    (other / "unit.yaml").write_text(CANARY, encoding="utf-8")
    refused(call(run, w, ["check"]), UNIT)
