"""Files as they were in a revision of the git repository that holds them. Nothing is fetched, nothing is changed."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from danvan_cli.errors import UsageError
from danvan_cli.lang import _

_GIT = "git"
_SECONDS = 60
_ANCESTOR = re.compile(r"HEAD(?:[~^]\d*)+")


@dataclass(frozen=True)
class Repository:
    """A git repository by its top folder."""

    top: Path

    @classmethod
    def find(cls, start: Path) -> Repository:
        """Find the repository that holds a folder.

        Raises:
            UsageError: if git is not there, or the folder is in no repository.
        """
        done = _git(start, "rev-parse", "--show-toplevel")
        if done.returncode:
            raise UsageError(
                _("{path} không nằm trong kho git nào", path=start),
                help=_("so sánh hai tệp: danvan diff CŨ.yaml MỚI.yaml; hoặc tạo kho: git init"),
            )
        return cls(Path(os.fsdecode(done.stdout.rstrip(b"\n"))))

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

        Args:
            revision: a branch, tag or commit; only zeros (what a code host sends for a new branch) is none.

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
        why = (
            _(
                "kho này chỉ chép một phần lịch sử nên không thấy gốc chung với «{revision}»; so với chính bản đó",
                revision=revision,
            )
            if self._shallow
            else _("«{revision}» không có gốc chung với bản đang sửa; so với chính bản đó", revision=revision)
        )
        return revision, why

    def gone(self, revision: str, folder: Path) -> list[str]:
        """List the files of a folder that a revision has and that are not there any more under any name."""
        done = _git(
            self.top, "diff", "--find-renames", "--name-only", "-z", "--diff-filter=D", revision, "--", str(folder)
        )
        return [name for name in done.stdout.decode("utf-8", "surrogateescape").split("\0") if name]

    @property
    def _shallow(self) -> bool:
        return _git(self.top, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def read(self, revision: str, path: Path) -> tuple[bytes, str] | None:
        """Read a file as it was in a revision; where it had another name then, under that name.

        Args:
            revision: a branch, tag or commit that is there.
            path: the file's place today.

        Returns:
            The bytes, and the file's name then; None where the revision has no such file.
        """
        name = PurePosixPath(path.absolute().relative_to(self.top).as_posix())
        for one in (str(name), self._before(revision, str(name))):
            if one:
                done = _git(self.top, "cat-file", "blob", f"{revision}:{one}")
                if not done.returncode:
                    return done.stdout, one
        return None

    def _before(self, revision: str, name: str) -> str:
        """Find the name that a file had in a revision, if it was renamed since; empty if nobody knows."""
        done = _git(self.top, "diff", "--find-renames", "--name-status", "-z", "--diff-filter=R", revision, "--")
        fields = done.stdout.decode("utf-8", "surrogateescape").split("\0")
        renamed = {fields[at + 2]: fields[at + 1] for at in range(0, len(fields) - 2, 3)}
        return renamed.get(name, "")


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder, without pager, locks or questions.

    Raises:
        UsageError: if git is not installed, or does not come to an end.
    """
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        return subprocess.run(  # noqa: S603 - a list, no shell; revisions never begin with a dash
            [_GIT, "--no-pager", "-c", "core.quotePath=false", *arguments],
            cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=_SECONDS,
        )  # fmt: skip
    except FileNotFoundError:
        raise UsageError(
            _("máy chưa có git"), help=_("cài git, hoặc so sánh hai tệp: danvan diff CŨ.yaml MỚI.yaml")
        ) from None
    except subprocess.TimeoutExpired:
        raise UsageError(_("git không trả lời sau {seconds} giây", seconds=_SECONDS)) from None
