"""`danvan init`: a workspace with the shipped plan, calendar and samples."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer

from danvan_cli import __version__
from danvan_cli.cli import screen
from danvan_cli.errors import UsageError
from danvan_cli.files import shipped, write
from danvan_cli.lang import _
from danvan_cli.workspace import Workspace, shown

EXAMPLES = (
    ("danvan init dan-van-2023", _("tạo thư mục dan-van-2023 với kế hoạch năm 2023")),
    ("danvan init", _("dùng ngay thư mục hiện tại")),
    ("danvan init --ci gitlab", _("thêm quy trình kiểm tra trên GitLab")),
)

_PIPELINES = Path(__file__).parents[1] / "pipelines"
_PLACES = {"github": ".github/workflows/danvan.yml", "gitlab": ".gitlab-ci.yml"}
_IGNORED = """\
# Tài liệu kiểm chứng không đưa vào git: chỉ giữ số, ngày, mã SHA-256 và nơi để.
units/*/evidence/
province/received/*/*/*/goi/data/evidence/
# Bản cũ do danvan giữ lại khi ghi đè, và tệp tạm của Word.
*.bak
*.bak[0-9]*
~$*
.danvan.lock
build/
"""


@dataclass(frozen=True)
class Made:
    """What `init` did: the workspace, what it wrote, what was there and was left alone."""

    workspace: Workspace
    written: list[Path]
    kept: list[Path]


def init(
    folder: Annotated[
        Path | None, typer.Argument(metavar=_("THƯ-MỤC"), help=_("nơi tạo; bỏ qua là thư mục hiện tại"))
    ] = None,
    ci: Annotated[
        Literal["github", "gitlab"] | None,
        typer.Option("--ci", help=_("thêm quy trình kiểm tra mỗi yêu cầu hợp nhất trên GitHub hoặc GitLab")),
    ] = None,
) -> None:
    """Make a workspace."""
    made = make(folder or Path(), ci)
    for path in made.written:
        screen.out(_("đã tạo {path}", path=shown(path)))
    if made.kept:
        screen.note(_("{count} tệp đã có, giữ nguyên", count=len(made.kept)))
    if ci and made.workspace.root / _PLACES[ci] in made.written:
        _tell_wheel(made.workspace.root)
    root = shown(made.workspace.root)
    if root != ".":
        screen.note(_("tiếp theo: cd {folder}, rồi danvan check; danvan init-unit so-y-te", folder=root))
    else:
        screen.note(_("tiếp theo: danvan check; danvan init-unit so-y-te"))


def _tell_wheel(root: Path) -> None:
    """Say what a pipeline installs danvan from, where it is not there yet: a name at a public index anybody may take."""
    wheel = Path("ci", f"danvan-{__version__}-py3-none-any.whl")
    if not (root / wheel).is_file():
        note = _(
            "quy trình chỉ cài danvan từ {wheel} trong kho: tạo bằng «pip wheel --no-deps -w ci THƯ-MỤC-MÃ-NGUỒN-DANVAN» rồi"
            " đưa vào git; hoặc đặt biến DANVAN_INDEX của quy trình là địa chỉ kho gói của mình; thiếu cả hai thì quy trình dừng",
            wheel=wheel.as_posix(),
        )
        screen.note(screen.wrapped(note, indent="  "))


def make(folder: Path, ci: str | None = None) -> Made:
    """Copy the shipped plan, calendar and samples into a folder; what exists is left as it is.

    Args:
        folder: where.
        ci: the code host that a pipeline is written for: `github` or `gitlab`; None for none.

    Raises:
        UsageError: if the folder cannot be one.
        DanvanError: if it cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(_("{path} là một tệp, không phải thư mục", path=folder))
    root = folder.absolute()
    written, kept = [], []
    contents = _contents(root)
    if ci:
        text = _PIPELINES.joinpath(f"{ci}.yml").read_bytes()
        contents.append((text.replace(b"@VERSION@", __version__.encode()), root / _PLACES[ci]))
    for source, target in contents:
        if target.exists():
            kept.append(target)
        else:
            write(target, source)
            written.append(target)
    return Made(Workspace(root), written, kept)


def _contents(root: Path) -> list[tuple[bytes, Path]]:
    """List what a workspace starts with: the bytes, and where they go."""
    found = [(_IGNORED.encode(), root / ".gitignore")]
    for part in ("plans", "samples"):
        base = shipped(part)
        found += [
            (path.read_bytes(), root / part / path.relative_to(base))
            for path in sorted(base.rglob("*"))
            if path.is_file() and ".adopted" not in path.parts
        ]
    return found
