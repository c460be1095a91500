"""A workspace: begun by `danvan init`, taken into the next year by `new-year`."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from danvan_cli.cli import as_json, prompts, screen
from danvan_cli.cli.options import FORCE, argument, flag, help_page, option
from danvan_cli.errors import Cancelled, UsageError
from danvan_cli.lang import _
from danvan_cli.workspace import Workspace, shown

if TYPE_CHECKING:
    from danvan_cli.desk.init import Wanted
    from danvan_cli.desk.new_year import NewYear


@help_page(
    ('danvan init dan-van-2026 --province "Đồng Nai" --year 2026', _("dự thảo với mọi sở, ngành, xã, phường của tỉnh")),
    (
        "danvan init cchc --province 75 --year 2026 --register don-vi.yaml",
        _("đơn vị ở một tệp riêng, các kế hoạch khác dùng chung"),
    ),
    ("danvan init dan-van-2023 --sample", _("mẫu: kế hoạch năm 2023 của Bình Phước")),
    (
        "danvan init --ci gitlab --pages",
        _("vào thư mục làm việc đã có: chỉ thêm quy trình, công bố cả trang công khai"),
    ),
)
def init(
    folder: Path | None = argument(_("THƯ-MỤC"), _("nơi tạo; bỏ qua là thư mục hiện tại")),
    province: str | None = option("--province", _("tỉnh, thành phố: tên hoặc mã"), _("TỈNH")),
    year: int | None = option("--year", _("năm kế hoạch; bỏ qua là năm nay"), _("NĂM")),
    subject: str | None = option("--subject", _("tên gọi công việc của kế hoạch, viết trong câu"), _("CHỮ")),
    register: Path | None = option(
        "--register", _("danh mục đơn vị dùng chung nhiều kế hoạch; chưa có tệp này thì tạo"), _("TỆP")
    ),
    sample: bool = flag("--sample", _("mẫu đi kèm: kế hoạch năm 2023 của Bình Phước")),
    ci: Literal["github", "gitlab"] | None = option(
        "--ci", _("thêm quy trình kiểm tra mỗi yêu cầu hợp nhất trên GitHub hoặc GitLab")
    ),
    pages: bool = flag("--pages", _("cùng --ci: công bố trang danvan page --public sau mỗi lần hợp nhất")),
) -> None:
    """Make a workspace."""
    from danvan_cli.desk.init import make_workspace

    root = folder or Path()
    said = sample or any(one is not None for one in (province, year, subject, register))
    begun = (ci is not None or pages) and not said and bool(Workspace(root).plans)
    wanted = None if begun else _wanted(province, year, subject, register, sample=sample)
    made = make_workspace(root, wanted, ci, pages=pages, begun=begun)
    as_json.give(workspace=made.workspace.root, plan=made.plan, written=made.written, kept=made.kept)
    for path in made.written:
        screen.out(_("đã tạo {path}", path=shown(path)))
    if made.kept:
        screen.note(_("{count} tệp đã có, giữ nguyên", count=len(made.kept)))
    if made.wheel:  # a name at a public index anybody may take
        note = _(
            "quy trình chỉ cài danvan từ {wheel} trong kho: tạo bằng «pip wheel --no-deps -w ci THƯ-MỤC-MÃ-NGUỒN-DANVAN» rồi"
            " đưa vào git; hoặc đặt biến DANVAN_INDEX của quy trình là địa chỉ kho gói của mình; thiếu cả hai thì quy trình dừng",
            wheel=made.wheel.as_posix(),
        )
        screen.remark(note, indent="  ")
    if pages:
        note = _("trang công khai thì ai có địa chỉ cũng xem được, trừ khi nơi giữ mã giới hạn: xem đầu tệp quy trình")
        screen.remark(note, indent="  ")
    there = shown(made.workspace.root)
    steps = [] if there == "." else [f"cd {there}"]
    if begun:
        steps.append("danvan check")
    elif made.plan:
        steps += [_("viết tiếp {path}", path=made.plan.relative_to(made.workspace.root).as_posix()), "danvan check"]
    else:
        steps += ["danvan check", "danvan init-unit so-y-te"]
    screen.note(_("tiếp theo: {steps}", steps="; ".join(steps)))


def _wanted(
    province: str | None, year: int | None, subject: str | None, register: Path | None, *, sample: bool
) -> "Wanted | None":
    """Tell whose plan is begun, asking where somebody can be asked; None for the sample."""
    if sample:
        if any(one is not None for one in (province, year, subject, register)):
            raise UsageError(
                _("--sample là kế hoạch có sẵn, không dùng cùng --province, --year, --subject, --register")
            )
        return None
    from danvan_cli.desk.init import Wanted
    from danvan_cli.plan.calendar import today
    from danvan_cli.plan.draft import SUBJECT
    from danvan_cli.plan.register import province as province_of

    if province is None:
        if not prompts.at_terminal():
            raise UsageError(
                _("chưa rõ kế hoạch của tỉnh nào"),
                help=_('ghi --province "TÊN TỈNH" để có dự thảo của tỉnh, hoặc --sample để xem mẫu năm 2023'),
            )
        try:
            asked = _("Tỉnh, thành phố (để trống: dùng mẫu năm 2023): ")
            province = prompts.answer(asked, lambda typed: province_of(typed).name)
            if not province:
                return _wanted(None, None, None, register, sample=True)
            if year is None:
                year = prompts.answer(_("Năm kế hoạch (để trống: {year}): ", year=today().year), _year)
            if subject is None:
                subject = prompts.line(_("Tên gọi công việc (để trống: {subject}): ", subject=SUBJECT)) or None
        except prompts.Stopped:  # nothing is begun
            raise Cancelled from None
    return Wanted(province, today().year if year is None else year, SUBJECT if subject is None else subject, register)


def _year(typed: str) -> int:
    from danvan_cli.plan.model import LAST_YEAR
    from danvan_cli.plan.register import TWO_TIERS

    if not typed.isdecimal() or not TWO_TIERS.year <= int(typed[:9]) <= LAST_YEAR:
        raise UsageError(_("«{value}» không phải năm", value=typed[:40]))
    return int(typed)


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
    from danvan_cli.desk.new_year import begin_year, undo_new_year

    if undo:
        if year is not None or force:
            raise UsageError(_("--undo không dùng cùng năm hoặc --force"))
        back = undo_new_year()
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
