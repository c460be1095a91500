"""`danvan init`: a workspace with the shipped plan, calendar and samples."""

from pathlib import Path
from typing import Annotated, Literal

from danvan_cli.cli import screen
from danvan_cli.cli.options import argument, option
from danvan_cli.lang import _

EXAMPLES = (
    ("danvan init dan-van-2023", _("tạo thư mục dan-van-2023 với kế hoạch năm 2023")),
    ("danvan init", _("dùng ngay thư mục hiện tại")),
    ("danvan init --ci gitlab", _("thêm quy trình kiểm tra trên GitLab")),
)


def init(
    folder: Annotated[Path | None, argument(_("THƯ-MỤC"), _("nơi tạo; bỏ qua là thư mục hiện tại"))] = None,
    ci: Annotated[
        Literal["github", "gitlab"] | None,
        option("--ci", _("thêm quy trình kiểm tra mỗi yêu cầu hợp nhất trên GitHub hoặc GitLab")),
    ] = None,
) -> None:
    """Make a workspace."""
    from danvan_cli.desk.init import make_workspace
    from danvan_cli.workspace import shown

    made = make_workspace(folder or Path(), ci)
    for path in made.written:
        screen.out(_("đã tạo {path}", path=shown(path)))
    if made.kept:
        screen.note(_("{count} tệp đã có, giữ nguyên", count=len(made.kept)))
    if made.wheel:
        _tell_wheel(made.wheel)
    root = shown(made.workspace.root)
    if root != ".":
        screen.note(_("tiếp theo: cd {folder}, rồi danvan check; danvan init-unit so-y-te", folder=root))
    else:
        screen.note(_("tiếp theo: danvan check; danvan init-unit so-y-te"))


def _tell_wheel(wheel: Path) -> None:
    """Say what a pipeline installs danvan from: a name at a public index anybody may take."""
    note = _(
        "quy trình chỉ cài danvan từ {wheel} trong kho: tạo bằng «pip wheel --no-deps -w ci THƯ-MỤC-MÃ-NGUỒN-DANVAN» rồi"
        " đưa vào git; hoặc đặt biến DANVAN_INDEX của quy trình là địa chỉ kho gói của mình; thiếu cả hai thì quy trình dừng",
        wheel=wheel.as_posix(),
    )
    screen.remark(note, indent="  ")
