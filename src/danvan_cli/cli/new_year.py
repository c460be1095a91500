"""`danvan new-year`: the year closed into its archive, the next one begun as a draft."""

from typing import TYPE_CHECKING

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.options import FORCE, argument, flag, help_page
from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from danvan_cli.desk.new_year import NewYear


@help_page(
    ("danvan new-year 2027", _("đóng năm đang làm, bắt đầu dự thảo năm 2027")),
    ("danvan new-year --undo", _("trở lại năm cũ, khi năm mới chưa có tệp nào được ghi")),
    about=_(
        "Năm đang làm được chuyển nguyên vào archive/, vẫn là một thư mục làm việc: status, report, rank chạy được ở đó. Kế hoạch"
        " mới là dự thảo: cấu trúc, đơn vị, chỉ tiêu, bộ tiêu chí, thời hạn chuyển sang năm mới, mỗi chỗ có ghi chú «cần xác nhận»;"
        " số, ngày, chữ ký để trống; lời văn giữ nguyên."
    ),
)
def new_year(
    year: int | None = argument(_("NĂM"), _("năm của kế hoạch mới")),
    undo: bool = flag("--undo", _("trở lại năm cũ; chỉ khi chưa có gì được ghi từ đó")),
    force: bool = FORCE,
) -> None:
    """Go into the next year, or back."""
    from danvan_cli.desk.new_year import begin_year, take_back

    if undo:
        if year is not None or force:
            raise UsageError(_("--undo không dùng cùng năm hoặc --force"))
        back = take_back()
        as_json.give(plan=back)
        screen.out(_("đã trở lại {path}; mọi tệp ở chỗ cũ", path=shown(back)))
        return
    if year is None:
        raise UsageError(_("chưa ghi năm mới"), help=_("ví dụ: danvan new-year 2027"))
    _tell(begin_year(year, force=force))


def _tell(made: "NewYear") -> None:
    as_json.give_all(made)
    if made.resumed:
        screen.note(_("làm tiếp việc sang năm mới còn dở từ lần trước"))
    if made.running:
        screen.note(_("năm vừa đóng chưa hết"))
    if made.missing:
        screen.note(_("năm vừa đóng còn {count} báo cáo, hồ sơ chưa nhận được", count=made.missing))
    for copy in made.backups:
        screen.note(_("bản cũ được giữ lại: {path}", path=shown(copy)))
    screen.out(_("năm cũ: {path}", path=shown(made.archive)))
    screen.out(_("dự thảo mới: {path}", path=shown(made.plan)))
    if made.rubrics:
        screen.out(_("bộ tiêu chí mới: {path}", path=shown(made.rubrics)))
    for unit in made.succeeded:
        heirs = ", ".join(unit.successors)
        screen.item(_("đã kết thúc, việc chuyển cho {heirs}: {unit}", heirs=heirs, unit=unit.name))
    for unit in made.orphaned:
        screen.item(_("đã kết thúc, chưa ghi cơ quan kế thừa (successors): {unit}", unit=unit.name))
    if made.dropped:
        screen.item(_("nhiệm vụ đã thôi giao, không chuyển sang: {ids}", ids=", ".join(made.dropped)))
    screen.out(_("cần xác nhận {count} chỗ", count=made.to_confirm))
    for one in made.found:
        screen.item(_("phải sửa: {what} ({path}, dòng {line})", what=one.message, path=one.path, line=one.spot.line))
    screen.note(_("xem từng chỗ: danvan check; trở lại năm cũ: danvan new-year --undo"))
