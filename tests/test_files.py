"""Files: written whole or not at all, named safely, read within bounds."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_cli import files
from danvan_cli.errors import DanvanError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

OLD, NEW = b"old", "mới".encode()
ROOT = sys.platform != "win32" and os.geteuid() == 0


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "báo cáo.docx"
    path.write_bytes(OLD)
    return path


def unharmed(target: Path) -> bool:
    return target.read_bytes() == OLD and list(target.parent.iterdir()) == [target]


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "units" / "so-y-te" / "unit.yaml"
    assert files.write(path, NEW)
    assert path.read_bytes() == NEW
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(("times", "code"), [(3, 32), (10_000, 33), (10_000, 5)])
def test_what_excel_or_an_antivirus_holds_is_tried_again_for_a_second_then_named(
    target: Path, monkeypatch: pytest.MonkeyPatch, times: int, code: int
) -> None:
    tries: list[float] = []
    real, now = os.replace, [0.0]

    def replace(old: str, new: Path) -> None:
        tries.append(now[0])
        if len(tries) <= times:
            error = PermissionError(errno.EACCES, "held", str(new))
            error.winerror = code  # type: ignore[attr-defined]
            raise error
        real(old, new)

    def sleep(seconds: float) -> None:
        now[0] += seconds

    monkeypatch.setattr(files, "time", SimpleNamespace(monotonic=lambda: now[0], sleep=sleep))
    monkeypatch.setattr(os, "replace", replace)
    if times < 10:
        assert files.write(target, NEW)
        assert len(tries) == times + 1
        return
    with pytest.raises(DanvanError, match=r"báo cáo\.docx.*đang mở trong chương trình khác"):
        files.write(target, NEW)
    assert 1 <= tries[-1] - tries[0] < 1.1
    assert unharmed(target)


@pytest.mark.parametrize("name", ["con", "nul", "com1", "lpt9", "aux", "prn"])
def test_no_folder_is_named_as_a_device_of_windows(name: str) -> None:
    with pytest.raises(UsageError, match=name):
        files.safe_name(name)
    assert files.safe_name(f"{name}-1")
    assert files.is_device(f"{name.upper()}.txt")


def test_a_path_that_windows_does_not_take_is_said_to_be_too_long(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = target.parent.joinpath(*["thư-mục-dài"] * 25, "a.yaml")
    with monkeypatch.context() as patched:
        patched.setattr(files, "is_long", lambda path: len(str(path)) > 259)
        with pytest.raises(UsageError, match="dài quá 259"):
            files.read_bytes(deep)
    with pytest.raises(UsageError, match="không có tệp"):
        files.read_bytes(deep)


def test_the_same_bytes_are_not_written_again(target: Path) -> None:
    before = target.stat().st_mtime_ns
    assert not files.write(target, OLD)
    assert target.stat().st_mtime_ns == before
    assert files.write(target, NEW)


def test_a_file_keeps_its_mode_and_a_new_one_gets_the_users(target: Path) -> None:
    target.chmod(0o640)
    files.write(target, NEW)
    assert target.stat().st_mode & 0o777 == 0o640
    umask = os.umask(0o027)
    try:
        files.write(target.with_name("new"), NEW)
    finally:
        os.umask(umask)
    assert target.with_name("new").stat().st_mode & 0o777 == 0o640


def test_a_name_as_long_as_the_system_takes_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 255)
    assert files.write(path, NEW)
    assert path.read_bytes() == NEW


@pytest.mark.parametrize(
    ("call", "number"),
    [
        ("os.fsync", errno.ENOSPC),
        ("os.replace", errno.EACCES),
        ("os.replace", errno.EROFS),
        ("tempfile.mkstemp", errno.EDQUOT),
        ("os.fdopen", errno.EIO),
    ],
)
def test_a_refusing_system_harms_no_file(target: Path, call: str, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(call, refuse)
    with pytest.raises(DanvanError, match=r"không ghi được .*báo cáo\.docx: ") as failed:
        files.write(target, NEW)
    monkeypatch.undo()
    assert failed.value.exit == 1
    assert unharmed(target)


def test_stopping_in_the_middle_harms_no_file(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        files.write(target, NEW)
    assert unharmed(target)


@pytest.mark.skipif(sys.platform == "win32", reason="no limits there")
def test_a_full_disk_harms_no_file(target: Path) -> None:
    import resource
    import signal

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(DanvanError, match="không ghi được"):
            files.write(target, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert unharmed(target)


@pytest.mark.skipif(not ROOT or sys.platform != "linux", reason="only root mounts a disk")
def test_a_really_full_disk_harms_no_file(tmp_path: Path) -> None:
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", tmp_path], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        target = tmp_path / "x.yaml"
        target.write_bytes(OLD)
        with pytest.raises(DanvanError, match="ổ đĩa đã đầy"):
            files.write(target, b"x" * 200_000)
        assert unharmed(target)
    finally:
        subprocess.run(["umount", tmp_path], check=True)


@pytest.fixture
def ordinary_user(tmp_path: Path) -> Iterator[None]:
    """Be somebody for whom modes count; root writes anywhere."""
    if not ROOT:
        yield
        return
    for folder in (tmp_path, *tmp_path.parents):
        if not folder.stat().st_mode & 0o005:
            folder.chmod(0o755)
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="modes mean little there")
@pytest.mark.parametrize(("folder", "file"), [(0o555, 0o666), (0o777, 0o444)], ids=["folder", "file"])
def test_what_is_locked_against_writing_stays(
    target: Path, folder: int, file: int, request: pytest.FixtureRequest
) -> None:
    target.chmod(file)
    request.getfixturevalue("ordinary_user")
    # The folder's own mode last: the fixture opens it.
    os.seteuid(0) if ROOT else None
    target.parent.chmod(folder)
    os.seteuid(65534) if ROOT else None
    with pytest.raises(DanvanError, match="không có quyền"):
        files.write(target, NEW)
    assert unharmed(target)


def test_a_folder_in_the_files_place_stays(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").mkdir()
    with pytest.raises(DanvanError, match="thư mục"):
        files.write(tmp_path / "x.yaml", NEW)
    assert [path.name for path in tmp_path.iterdir()] == ["x.yaml"]


def test_a_file_in_a_folders_place_stays(target: Path) -> None:
    with pytest.raises(DanvanError, match="không ghi được"):
        files.write(target / "x.yaml", NEW)
    assert unharmed(target)


def test_backups_get_the_first_free_name(target: Path) -> None:
    made = [files.backup(target).name for _ in range(3)]
    assert made == ["báo cáo.docx.bak", "báo cáo.docx.bak2", "báo cáo.docx.bak3"]
    assert target.with_name(made[2]).read_bytes() == OLD


@pytest.mark.parametrize("name", ["so-y-te", "a", "6m", "x" * 64])
def test_ids_may_name_folders(name: str) -> None:
    assert files.safe_name(name) == name


@pytest.mark.parametrize(
    "name",
    ["", "../x", "a/b", "a\\b", "/etc", "C:", "..", ".", "-a", "a-", "a--b", "Sở", "so_y", "x" * 65, "a\n", "a\0"],
)
def test_what_leads_elsewhere_names_no_folder(name: str) -> None:
    with pytest.raises(UsageError, match="không dùng được làm tên thư mục"):
        files.safe_name(name)


@given(st.text(max_size=20))
def test_a_name_that_is_let_through_stays_in_its_folder(name: str) -> None:
    try:
        safe = files.safe_name(name)
    except UsageError:
        return
    assert safe.isascii()
    assert Path("units") / safe == Path(f"units/{safe}")
    assert len((Path("units") / safe).parts) == 2


def test_reading_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="không có tệp"):
        files.read_bytes(tmp_path / "none.yaml")
    with pytest.raises(UsageError, match="là thư mục"):
        files.read_bytes(tmp_path)
    (tmp_path / "x").write_bytes(b"12345")
    with pytest.raises(UsageError, match="lớn quá"):
        files.read_bytes(tmp_path / "x", limit=4)
    assert files.read_bytes(tmp_path / "x", limit=5) == b"12345"


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with names there")
@pytest.mark.parametrize("kind", ["pipe", "endless"])
def test_what_never_ends_is_not_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.yaml"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    with pytest.raises(UsageError, match="không phải tệp thường"):
        files.read_bytes(path)


def test_a_circle_of_links_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(UsageError, match=r"không đọc được|không có tệp"):
        files.read_bytes(tmp_path / "a")


@pytest.mark.parametrize("name", ["plans/2023.yaml", "plans/calendar.yaml", "samples/so-y-te.unit.yaml", "templates"])
def test_what_ships_is_found(name: str) -> None:
    assert files.shipped(name).exists()


@pytest.mark.skipif(os.name == "nt", reason="none can be asked for there")
@pytest.mark.parametrize("unchanged", [False, True])
def test_drafts_of_processes_that_are_gone_are_removed_and_no_others(tmp_path: Path, *, unchanged: bool) -> None:
    script = "import sys, os; from pathlib import Path; from danvan_cli import files; "
    script += "draft = files.temporary(Path(sys.argv[1]), id, 0o600); draft.__enter__(); "
    script += "(files.temporary_folder(Path(sys.argv[1])) / 'x').touch(); os._exit(0)"
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True, timeout=60)
    left = list(tmp_path.iterdir())
    assert len(left) == 2
    if unchanged:  # what is there already is swept all the same
        files._swept.discard(tmp_path)  # older releases of pytest give a second test the same folder
        (tmp_path / "a.yaml").write_bytes(b"a")
        assert not files.write(tmp_path / "a.yaml", b"a")
        assert [one.name for one in tmp_path.iterdir()] == ["a.yaml"]
    with files.temporary(tmp_path, id, 0o600) as mine:  # sweeps, and stays itself
        others = [tmp_path / ".danvan.lock", tmp_path / ".danvan-00000000-1-x.tmp", tmp_path / ".danvan-old.tmp"]
        for one in others:
            one.touch()
        assert {*tmp_path.iterdir()} - {tmp_path / "a.yaml"} == {*others, Path(mine)}
        assert files.write(tmp_path / "a.yaml", b"b")
        assert sorted(tmp_path.iterdir()) == sorted([*others, Path(mine), tmp_path / "a.yaml"])


@pytest.mark.parametrize("of", ["another machine", "Windows"])
def test_drafts_of_whom_nobody_can_ask_are_removed_after_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, of: str
) -> None:
    """They were left for ever there; whoever lives with their number keeps none of them."""
    whose = f".danvan-{files._machine() if of == 'Windows' else '0' * 8}-{os.getpid()}-"
    made = [tmp_path / f"{whose}{name}" for name in ("old.tmp", "old", "new.tmp", "new")]
    for one in made:
        (one.touch if one.suffix else one.mkdir)()
        if "old" in one.name:
            os.utime(one, (before := time.time() - 25 * 3600, before))
    stays = [tmp_path / name for name in (".danvan.lock", ".danvan-old.tmp", "a.yaml")]
    for one in stays:
        one.touch()
        os.utime(one, (0, 0))
    if of == "Windows":
        monkeypatch.setattr(files.os, "name", "nt")
    files._swept.discard(tmp_path)  # older releases of pytest give a second test the same folder
    files.sweep(tmp_path)
    monkeypatch.undo()
    assert sorted(tmp_path.iterdir()) == sorted([*made[2:], *stays])


@pytest.mark.skipif(os.name == "nt", reason="folders cannot be flushed there")
def test_folders_are_flushed_as_files_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed, real = [], os.fsync

    def fsync(handle: int) -> None:
        flushed.append(os.fstat(handle).st_ino)
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    path = tmp_path / "a" / "b" / "c.yaml"
    assert files.write(path, b"a")
    assert {one.stat().st_ino for one in (path, path.parent, path.parent.parent, tmp_path)} == set(flushed)
