"""A file held open for edit: what somebody else wrote meanwhile stays, and nothing is half-written."""

from __future__ import annotations

import errno
import itertools
import multiprocessing
import os
import signal
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pytest

from danvan_cli.errors import DanvanError
from danvan_cli.findings.finding import InvalidFileError
from danvan_cli.yaml import held as holding
from danvan_cli.yaml.held import Held, locked, put_all
from danvan_cli.yaml.schema import Model
from danvan_cli.yaml.splice import Add, Put

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.findings.finding import Finding
    from danvan_cli.yaml.read import Read
    from danvan_cli.yaml.yamlfile import YamlFile


class Note(Model):
    """A small file of the test's own."""

    format: str
    words: dict[str, str | None] = {}
    items: list[dict[str, str]] = []


READ = attrgetter("findings")
"""The check of a file that has no rules."""
START = b"format: note/1  # stays\nwords:\n  a: mot\n  b: hai\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "note.yaml"
    file.write_bytes(START)
    return file


def test_a_change_is_written_and_read_again(path: Path) -> None:
    held = Held(Note, path, READ)
    assert held.put([Put(("words", "a"), "ba")])
    assert held.record.words == {"a": "ba", "b": "hai"}
    assert path.read_bytes() == START.replace(b"mot", b"ba")
    assert not held.put([Put(("words", "a"), "ba")])


def test_what_was_tried_is_not_checked_again_when_it_is_written(path: Path) -> None:
    checked: list[bytes] = []

    def check(read: Read[Note]) -> list[Finding]:
        checked.append(read.file.text.encode())
        return read.findings

    held, changes = Held(Note, path, check), [Put(("words", "a"), "ba")]
    would = held.would(changes)
    assert (would.record.words["a"], path.read_bytes(), held.data) == ("ba", START, START)
    held.put(changes)
    assert (held.data, path.read_bytes(), checked) == (would.data, would.data, [START, would.data])


def test_what_somebody_else_changed_meanwhile_stays(path: Path) -> None:
    mine, theirs = Held(Note, path, READ), Held(Note, path, READ)
    theirs.put([Put(("words", "b"), "bon"), Add(("items",), {"x": "1"})])
    mine.put([Put(("words", "a"), "nam"), Add(("items",), {"x": "2"})])
    assert mine.record.words == {"a": "nam", "b": "bon"}
    assert mine.record.items == [{"x": "1"}, {"x": "2"}]
    assert b"# stays" in path.read_bytes()


def test_the_very_same_changed_by_two_is_refused_for_the_second(path: Path) -> None:
    mine, theirs = Held(Note, path, READ), Held(Note, path, READ)
    theirs.put([Put(("words", "a"), "sau")])
    before = path.read_bytes()
    with pytest.raises(DanvanError, match=r"words\.a"):
        mine.put([Put(("words", "b"), "bay"), Put(("words", "a"), "tam")])
    assert path.read_bytes() == before


def test_two_who_say_the_same_agree(path: Path) -> None:
    mine, theirs = Held(Note, path, READ), Held(Note, path, READ)
    same = [Put(("words", "a"), "sau"), Add(("items",), {"x": "1"})]
    theirs.put(same)
    assert not mine.put(same)
    assert mine.record.items == [{"x": "1"}]


def test_a_file_rewritten_is_made_again_from_what_it_holds_by_then(path: Path) -> None:
    mine, theirs = Held(Note, path, READ), Held(Note, path, READ)
    seen: list[bytes] = []

    def make(file: YamlFile) -> bytes:
        seen.append(file.text.encode())
        return file.text.replace("mot", "ba").encode()

    theirs.put([Put(("words", "b"), "bon")])
    assert mine.rewrite(make)
    assert [b"hai" in one for one in seen] == [True, False]
    assert mine.record.words == {"a": "ba", "b": "bon"}
    assert not mine.rewrite(make)
    before = path.read_bytes()
    with pytest.raises(InvalidFileError):
        mine.rewrite(lambda file: file.text.replace("words", "wrods").encode())
    assert path.read_bytes() == before


def test_who_holds_the_lock_may_ask_for_it_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "LOCK_SECONDS", 0)
    with locked(path):
        assert Held(Note, path, READ).put([Put(("words", "a"), "ba")])


def test_an_item_of_a_list_is_not_changed_where_another_stands_in_its_place(path: Path) -> None:
    Held(Note, path, READ).put([Add(("items",), {"x": "1"}), Add(("items",), {"x": "2"})])
    mine, theirs = Held(Note, path, READ), Held(Note, path, READ)
    theirs.put([Put(("items",), [{"x": "2"}])])
    with pytest.raises(DanvanError, match=r"items\.0"):
        mine.put([Put(("items", 0, "x"), "3")])


def test_a_file_that_would_have_errors_is_not_written(path: Path) -> None:
    held = Held(Note, path, READ)
    with pytest.raises(InvalidFileError):
        held.put([Put(("words",), "no mapping")])
    assert path.read_bytes() == START
    assert held.record.words["a"] == "mot"


def test_the_check_that_is_handed_in_decides(path: Path) -> None:
    def check(read: Read[Note]) -> list[Finding]:
        if read.record and read.record.words.get("a") == "xau":
            return [*read.findings, read.file.finding("DV111", (0, 1), "xấu")]
        return read.findings

    held = Held(Note, path, check)
    with pytest.raises(InvalidFileError, match="có 1 lỗi"):
        held.put([Put(("words", "a"), "xau")])
    assert path.read_bytes() == START


def test_a_file_that_is_not_there_yet_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "new.yaml"
    first, second = Held(Note, path, READ, empty=b"format: note/1\n"), Held(Note, path, READ, empty=b"format: note/1\n")
    assert first.new
    first.put([Put(("words", "a"), "mot")])
    assert not second.new
    second.put([Put(("words", "b"), "hai")])
    assert second.record.words == {"a": "mot", "b": "hai"}


def test_several_files_are_changed_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / "a.yaml", tmp_path / "b.yaml", tmp_path / "c.yaml"]
    for one in paths[:2]:
        one.write_bytes(START)
    helds = [Held(Note, one, READ, empty=b"format: note/1\n") for one in paths]

    def failing(name: str, at: int, *, ever: bool) -> None:
        real, count = getattr(os, name), itertools.count(1)

        def call(*arguments: Any) -> Any:
            if (number := next(count)) == at or (ever and number > at):
                raise OSError(errno.ENOSPC, "full")
            return real(*arguments)

        monkeypatch.setattr(os, name, call)

    for what in (("fsync", 3, True), ("fsync", 1, True), ("replace", 3, False), ("replace", 2, False)):
        failing(*what[:2], ever=what[2])
        with pytest.raises(DanvanError, match="đầy"):
            put_all([(one, [Put(("words", "a"), "xong")]) for one in helds])
        monkeypatch.undo()
        assert [one.read_bytes() for one in paths[:2]] == [START, START]
        assert [one.name for one in sorted(tmp_path.iterdir())] == [".danvan.lock", "a.yaml", "b.yaml"]
    assert put_all([(one, [Put(("words", "a"), "xong")]) for one in helds])
    assert [one.record.words["a"] for one in helds] == ["xong"] * 3


def _writer(path: Path, number: int, ready: object) -> None:
    ready.wait()  # type: ignore[attr-defined]
    for count in range(20):
        Held(Note, path, READ).put(
            [Put(("words", f"w{number}-{count}"), "x"), Add(("items",), {"w": f"{number}-{count}"})]
        )


def test_eight_processes_on_one_file_lose_nothing(path: Path) -> None:
    context = multiprocessing.get_context("fork")
    ready = context.Barrier(8)
    writers = [context.Process(target=_writer, args=(path, number, ready)) for number in range(8)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert [one.exitcode for one in writers] == [0] * 8
    record = Held(Note, path, READ).record
    wanted = {f"{number}-{count}" for number in range(8) for count in range(20)}
    assert {f"w{one}" for one in wanted} == record.words.keys() - {"a", "b"}
    assert sorted(one["w"] for one in record.items) == sorted(wanted)


def _holder(path: Path, held: object) -> None:
    with locked(path):
        held.set()  # type: ignore[attr-defined]
        signal.pause()


def test_who_holds_the_lock_too_long_is_named_and_who_was_killed_harms_nobody(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "LOCK_SECONDS", 0.2)
    context = multiprocessing.get_context("fork")
    there = context.Event()
    holder = context.Process(target=_holder, args=(path, there))
    holder.start()
    assert there.wait(20)
    with pytest.raises(DanvanError, match="đang ghi"):
        Held(Note, path, READ).put([Put(("words", "a"), "cho")])
    assert path.read_bytes() == START
    assert holder.pid
    os.kill(holder.pid, signal.SIGKILL)
    holder.join()
    assert Held(Note, path, READ).put([Put(("words", "a"), "duoc")])


def test_a_lock_that_is_a_link_is_not_followed(path: Path, tmp_path: Path) -> None:
    (tmp_path / holding.LOCK).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DanvanError):
        Held(Note, path, READ).put([Put(("words", "a"), "x")])
    assert not (tmp_path / "elsewhere").exists()
