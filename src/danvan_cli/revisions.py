"""Files as they were in a revision of the git repository that holds them. Nothing is fetched, changed or run.

A repository may be a stranger's, whose configuration names programs. So git is told which repository it is, hears nothing
of the environment, and is asked for objects and the index's names alone, for which it needs no filter, driver or hook.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
import stat
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Final

from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes, repositories
from danvan_cli.lang import _

_GIT = "git"
_SECONDS = 60
_ANCESTOR = re.compile(r"HEAD(?:[~^]\d*)+")
_SETTINGS: Final = ("core.fsmonitor=false", f"core.hooksPath={os.devnull}", "core.quotePath=false")
_ENVIRONMENT: Final = {
    "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C",
    "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none",  # before 2.45 git knows only the latter
}  # fmt: skip
_LINK: Final = "120000"
"""What git's mode of a link begins with."""
_LINKS: Final = 16
"""So many links are followed at most: some go round."""
_LIKE: Final = 0.5
"""From this share of bytes in common a file is the other one renamed, as git has it."""
_PAIRS: Final = 10_000
"""So many pairs of files are compared at most."""


@dataclass(frozen=True)
class Repository:
    """A git repository by its top folder, without links in its path; the files of each revision that was asked for."""

    top: Path
    _trees: dict[str, dict[str, str]] = field(default_factory=dict, compare=False, repr=False)
    _links: dict[str, set[str]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def find(cls, start: Path) -> Repository:
        """Find the repository that holds a folder.

        Raises:
            UsageError: if git is not there, or the folder is in no repository.
        """
        here = Path(os.path.realpath(start))
        refused = ""
        for folder in repositories(here):  # git itself would believe a bare repository that lies among the files
            done = _git(folder, "rev-parse", "--git-dir")
            if not done.returncode:
                return cls(folder)
            refused = refused or f"{folder}: {' '.join(done.stderr.decode(errors='replace').split())[:400]}"
        if refused:
            raise UsageError(
                _("git không mở được kho {why}", why=refused),
                help=_("chạy git status trong thư mục đó để xem cách sửa"),
            )
        raise UsageError(
            _("{path} không nằm trong kho git nào", path=start),
            help=_("lưu bản không cần git: danvan save; hoặc so sánh hai tệp: danvan diff CŨ.yaml MỚI.yaml"),
        )

    def has(self, revision: str) -> bool:
        """Tell whether a revision is there."""
        return not revision.startswith("-") and not _git(
            self.top, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"
        ).returncode  # fmt: skip

    def require(self, revision: str) -> None:
        """See that a revision is there.

        Raises:
            UsageError: if it is not; a shallow clone may just not have it.
        """
        if self.has(revision):
            return
        raise UsageError(
            _("không thấy bản «{revision}» trong kho git", revision=revision[:80]),
            help=_("kho này chỉ chép một phần lịch sử: git fetch --unshallow (trong CI: fetch-depth: 0)")
            if self._shallow
            else _("xem các bản: git log --oneline, git branch --all"),
        )

    def base(self, revision: str) -> tuple[str | None, str]:
        """Find the commit where the work that stands now began to differ from a revision: their merge base.

        Only zeros (what a code host sends for a new branch) are no revision.

        Returns:
            The commit, None where there is nothing to hold the work against; and what could not be seen, if anything.

        Raises:
            UsageError: if the revision is not there.
        """
        if not self.has("HEAD"):
            return None, _("kho git chưa có bản nào nên không có gì để so")
        if revision and not revision.strip("0"):
            return None, _("nhánh mới, chưa có bản trước để so")
        if _ANCESTOR.fullmatch(revision) and not self.has(revision) and not self._shallow:
            return None, _("đây là những bản đầu tiên của kho git, chưa có bản «{revision}» để so", revision=revision)
        self.require(revision)
        done = _git(self.top, "merge-base", revision, "HEAD")
        if not done.returncode:
            return done.stdout.decode().strip(), ""
        part = _(
            "kho này chỉ chép một phần lịch sử nên không thấy gốc chung với «{revision}»; so với chính bản đó",
            revision=revision,
        )
        none = _("«{revision}» không có gốc chung với bản đang sửa; so với chính bản đó", revision=revision)
        return revision, part if self._shallow else none

    def gone(self, revision: str, folder: Path) -> list[str]:
        """List the YAML files of a folder that a revision has and that are not there any more under any name in it."""
        gone, new = self._changed(revision, f"{self.name(folder)}/")
        return sorted(set(gone) - set(self._renamed(gone, new).values()))

    def back(self, revision: str, name: str) -> str:
        """Say how a file comes back from a revision."""
        return _("lấy lại tệp: git checkout {revision} -- {path}", revision=revision, path=name)

    @property
    def _shallow(self) -> bool:
        return _git(self.top, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def name(self, path: Path) -> str:
        """Give the name that git has for a file or folder, whatever links lead to it.

        Raises:
            UsageError: if it lies in another place than this repository.
        """
        whole = path.absolute()
        if ".." in whole.parts or not whole.is_relative_to(self.top):
            whole = Path(os.path.realpath(whole.parent), whole.name)
        if not whole.is_relative_to(self.top):
            raise UsageError(_("{path} không nằm trong kho git {top}", path=path, top=self.top))
        return whole.relative_to(self.top).as_posix()

    def read(self, revision: str, path: Path) -> tuple[bytes, str] | None:
        """Read the file of a place as it was in a revision that is there; where it had another name then, under that name.

        Returns:
            The bytes, and the file's name then; None where the revision has no such file.

        Raises:
            UsageError: if the repository is a partial one that lacks what is asked for, or cannot be read.
        """
        name, tree = self.name(path), self._tree(revision)
        then = name if name in tree else self._renamed(*self._changed(revision)).get(name)
        return (self._blob(tree[then]), then) if then is not None else None

    def recorded(self, path: Path, data: bytes) -> tuple[str, bool] | None:
        """Tell which commit gave a file what it holds, by its first 12 digits, and whether it was changed since.

        None where the last commit does not have it.
        """
        name = self.name(path)
        blob = _git(self.top, "rev-parse", "--verify", "--quiet", f"HEAD:{name}").stdout.strip().decode()
        commit = _git(self.top, "rev-list", "-1", "HEAD", "--", f":(top,literal){name}").stdout.strip().decode()
        return (commit[:12], blob not in git_ids(data, len(blob))) if blob and commit else None

    def named(self, revision: str, name: str) -> tuple[bytes, str] | None:
        """Read the file that had a name in a revision that is there, by the links of that time, not by those of today.

        The name is from the top folder; it may hold `..`.

        Returns:
            The bytes, and the name of the file that links led to; None where the revision has no such file.

        Raises:
            UsageError: as `read`.
        """
        tree = self._tree(revision)
        for _link in range(_LINKS):
            name = posixpath.normpath(name)
            parts = PurePosixPath(name).parts
            above = ("/".join(parts[:i]) for i in range(1, len(parts) + 1))
            link = next((one for one in above if one in self._links[revision]), None)
            if link is None:
                return (self._blob(tree[name]), name) if name in tree else None
            target = self._blob(tree[link]).decode("utf-8", "surrogateescape")
            name = posixpath.join(posixpath.dirname(link), target) + name[len(link) :]
        return None

    def _tree(self, revision: str) -> dict[str, str]:
        """List the files of a revision, each with the id of what is in it."""
        if revision not in self._trees:
            lines = self._listed("ls-tree", "-r", "-z", "--full-tree", revision)
            entries = [line.partition("\t") for line in lines]
            self._trees[revision] = {name: one.split()[2] for one, _tab, name in entries if one.split()[1] == "blob"}
            self._links[revision] = {name for one, _tab, name in entries if one.startswith(_LINK)}
        return self._trees[revision]

    def _changed(self, revision: str, below: str = "") -> tuple[dict[str, str], list[str]]:
        """List the YAML files below a folder that a revision has and that are gone, and those that are new since.

        Returns:
            Those that are gone with the id of what was in them; the names of those that are new.
        """
        tree = self._tree(revision)
        now = {one for one in self._now() if os.path.lexists(self.top / one)}
        gone = {one: known for one, known in tree.items() if one not in now and _counts(one, below)}
        return gone, sorted(one for one in now if one not in tree and _counts(one, below))

    def _now(self) -> list[str]:
        """List the files that are kept track of."""
        return self._listed("ls-files", "-z")

    def _renamed(self, gone: dict[str, str], new: list[str]) -> dict[str, str]:
        """Find which new file was which one that is gone, by what is in it: the same, else much the same.

        Much the same counts between folders of one name. Each is the other's at most once, the likest first.
        """
        if not gone or not new:
            return {}
        texts = {name: read_bytes(path) for name in new if stat.S_ISREG((path := self.top / name).lstat().st_mode)}
        found: dict[str, str] = {}
        by_id: dict[str, list[str]] = {}
        for then, known in gone.items():
            by_id.setdefault(known, []).append(then)
        for name, text in texts.items():
            same = [one for known in git_ids(text, len(next(iter(by_id)))) for one in by_id.get(known, ())]
            same.sort(key=lambda one: (PurePosixPath(one).name != PurePosixPath(name).name, one))
            found |= next(({name: one} for one in same if one not in found.values()), {})
        pairs = [
            (name, then)
            for name in texts.keys() - found.keys()
            for then in gone.keys() - set(found.values())
            if PurePosixPath(name).parent.name == PurePosixPath(then).parent.name
        ]
        lines = {name: _lines(texts[name]) for name, _then in pairs}
        old = {then: _lines(self._blob(gone[then])) for _name, then in islice(sorted(pairs), _PAIRS)}
        likest = sorted((-_alike(lines[name], old[then]), name, then) for name, then in pairs if then in old)
        for share, name, then in likest:
            if -share >= _LIKE and name not in found and then not in found.values():
                found[name] = then
        return found

    def _blob(self, known: str) -> bytes:
        done = _git(self.top, "cat-file", "blob", known)
        if done.returncode:
            raise self._lacking()
        return done.stdout

    def _listed(self, *arguments: str) -> list[str]:
        """Give what git lists, by names that end in NUL."""
        done = _git(self.top, *arguments)
        if done.returncode:
            raise self._lacking()
        return [one for one in done.stdout.decode("utf-8", "surrogateescape").split("\0") if one]

    def _lacking(self) -> UsageError:
        return UsageError(
            _("kho git {path} thiếu dữ liệu cần so sánh, hoặc bị hỏng; danvan không tự tải", path=self.top),
            help=_("kho chỉ chép một phần thì lấy đủ: git fetch --refetch --no-filter"),
        )


def _counts(name: str, below: str) -> bool:
    return name.startswith(below) and name.endswith((".yaml", ".yml"))


def git_ids(data: bytes, length: int = 40) -> list[str]:
    """Give the ids that git has for a file's bytes, as they are and with the line ends that git keeps."""
    made = hashlib.sha1 if length == 40 else hashlib.sha256  # git's own names of objects
    return [made(b"blob %d\0" % len(one) + one).hexdigest() for one in (data, data.replace(b"\r\n", b"\n"))]


def _lines(data: bytes) -> Counter[bytes]:
    """Count a text's lines, each by its bytes."""
    lines = Counter(line.rstrip(b"\r") for line in data.split(b"\n"))
    return Counter({line: count * (len(line) + 1) for line, count in lines.items()})


def _alike(one: Counter[bytes], other: Counter[bytes]) -> float:
    """Tell the share of the larger text that stands in both."""
    return (one & other).total() / max(one.total(), other.total())


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in a repository's top folder, without anything that the repository or the environment would have it run.

    Raises:
        UsageError: if git is not installed, or does not come to an end.
    """
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")} | _ENVIRONMENT
    where = ("--no-pager", f"--git-dir={folder / '.git'}", f"--work-tree={folder}")
    settings = [word for one in _SETTINGS for word in ("-c", one)]
    try:
        return subprocess.run(  # noqa: S603 - a list, no shell; revisions never begin with a dash
            [_GIT, *where, *settings, *arguments],
            cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=_SECONDS,
        )  # fmt: skip
    except FileNotFoundError:
        raise UsageError(
            _("máy chưa có git"),
            help=_("lưu bản không cần git: danvan save; hoặc so sánh hai tệp: danvan diff CŨ.yaml MỚI.yaml"),
        ) from None
    except subprocess.TimeoutExpired:
        raise UsageError(_("git không trả lời sau {seconds} giây", seconds=_SECONDS)) from None
