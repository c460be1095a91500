"""What a check finds, and how it is shown: for people, and as JSON."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from danvan_cli.errors import DanvanError
from danvan_cli.findings.rule import find
from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EXCERPT_WIDTH = 100
_KEPT = 2000
"""Letters of a line that a finding keeps: a thousand findings may lie on a line of megabytes."""

# A citizen's number: 12 digits, formerly 9 behind such words
_CITIZEN = re.compile(
    r"(?<!\d)\d{3} ?\d{3} ?\d{3} ?(?=\d{3}(?!\d))|(?i:căn cước|cccd|cmnd|chứng minh)[^\n\d]{0,40}\d{6}(?=\d{3}(?!\d))"
)


class Spot(NamedTuple):
    """A place in a file: line and column from 1, columns in code points, and how many characters it covers."""

    line: int
    column: int
    length: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule has to say about one place.

    `rule` is a code of the catalogue, `path` the file as the user knows it, `source` the line that is shown under
    the message (None where it must not be echoed) without the `skipped` letters before it (`around`), `help` what to write instead. In a Word document `place` is what a
    person finds there (`đoạn 12 (Trích yếu «Kết quả…»)`), and the spot's line counts paragraphs (0: all of it). `level` is the severity
    that a workspace sets, `fix` what `check --fix` puts at the spot instead. `sure` is false where a person had better look.
    """

    rule: str
    path: str
    spot: Spot
    message: str
    help: str | None = None
    source: str | None = None
    place: str = ""
    level: str = ""
    fix: str | None = None
    skipped: int = 0
    sure: bool = True

    def __post_init__(self) -> None:
        """Leave no more than the end of a citizen's number in what is told; `excerpt` does so with the line."""
        for key in ("message", "help", "place"):
            if said := getattr(self, key):
                object.__setattr__(self, key, _masked(said))

    @property
    def severity(self) -> str:
        """`error`, `warning` or `note`: the level that the workspace sets, else the rule's own."""
        return self.level or find(self.rule).severity

    def as_dict(self) -> dict[str, Any]:
        """Give the keys that `check --json` and `format-check --json` promise."""
        if self.place:
            where: dict[str, Any] = {"place": self.place, "paragraph": self.spot.line or None, "sure": self.sure}
        else:
            where = {"line": self.spot.line, "column": self.spot.column}
        return {"rule": self.rule, "severity": self.severity, "path": self.path, **where, "message": self.message}


class InvalidFileError(DanvanError):
    """A file that has error-severity findings, where a command needs it right."""

    def __init__(self, message: str, findings: Sequence[Finding], *, help: str | None = None) -> None:
        super().__init__(message, help=help)
        self.findings = list(findings)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort by file, place and code, each finding once."""
    return sorted(dict.fromkeys(findings), key=lambda f: (f.path, f.spot, f.rule, f.message))


def count(findings: Sequence[Finding]) -> dict[str, int]:
    """Count the findings by severity."""
    found = Counter(one.severity for one in findings)
    return {level: found[level] for level in ("error", "warning", "note")}


def as_dict(findings: Sequence[Finding]) -> dict[str, Any]:
    """Give the keys that `--json` promises of findings."""
    found = count(findings)
    return {"findings": [one.as_dict() for one in findings], "errors": found["error"], "warnings": found["warning"]}


def severity_name(name: str) -> str:
    """Name a severity on the screen."""
    return {"error": _("lỗi"), "warning": _("cảnh báo"), "note": _("lưu ý")}[name]


def around(text: str, start: int, end: int, at: int) -> tuple[str, int]:
    """Cut out the line from `start` to `end`, of a long one what is around `at`; also tell how many letters are left out before."""
    first = max(start, min(at - _KEPT // 2, end - _KEPT))
    return text[first : min(end, first + _KEPT)], first - start


def excerpt(finding: Finding, width: int = EXCERPT_WIDTH) -> tuple[str, str, str] | None:
    """Cut the source line to the screen: the line number, the text, and the carets to put under it.

    Carets count what is seen: a combining mark takes no room.
    """
    if finding.source is None:
        return None
    line, column, length = finding.spot
    text = _masked(finding.source)
    at = max(0, min(column - 1 - finding.skipped, len(text)))
    start = 0
    if len(text) > width and at > width * 2 // 3:
        start = at - width // 2
    shown = text[start : start + width].replace("\t", " ")
    left = "…" if start else ""
    right = "…" if start + width < len(text) else ""
    before = len(left) + _columns(text[start:at])
    under = max(1, _columns(text[at : min(at + length, start + width)]))
    return str(line), left + shown + right, " " * before + "^" * under


def _masked(text: str) -> str:
    return _CITIZEN.sub(lambda found: re.sub(r"\d", "*", found[0]), text)


def _columns(text: str) -> int:
    """Count the columns a text takes in a terminal."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) - sum(1 for c in text if unicodedata.combining(c)) + wide
