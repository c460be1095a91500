"""What is written from the plan and from what units recorded, to be sent: `danvan export`, `report`, `submit`, `calendar`."""

from pathlib import Path

from danvan_cli.cli import as_json, complete, screen
from danvan_cli.cli.common import opened_plan, tell_backup, tell_document, tell_logged, write_pdf
from danvan_cli.cli.options import (
    FORCE,
    OUTPUT,
    PDF,
    PLAN,
    STRICT,
    TEMPLATE,
    UNIT,
    flag,
    help_page,
    must_end_in,
    option,
)
from danvan_cli.errors import Exit, UsageError
from danvan_cli.lang import _
from danvan_cli.workspace import shown


@help_page(
    ("danvan export", _("ghi build/ke-hoach-2023.docx")),
    ("danvan export -o ke-hoach.docx", _("ghi ra tệp khác")),
    ("danvan export --pdf", _("thêm bản PDF")),
    about=_("Văn bản có đủ các đoạn của kế hoạch đã ban hành, đúng thứ tự, thể thức theo Nghị định 30/2020/NĐ-CP."),
)
def export(
    output: Path | None = OUTPUT,
    template: Path | None = TEMPLATE,
    pdf: bool = PDF,
    plan: Path | None = PLAN,
    force: bool = FORCE,
) -> None:
    """Write the plan as a Word document."""
    from danvan_cli.desk.made import write_plan

    must_end_in(output, ".docx")
    opened = opened_plan(plan, template)
    made = tell_document(write_plan(opened, output, force=force))
    if pdf:
        write_pdf([made.saved.path])
    if not opened.plan.issued.number:
        screen.note(_("kế hoạch không ghi số, ngày ban hành: hai chỗ này để trống"))


@help_page(
    ("danvan report so-y-te --period 6m", _("báo cáo 06 tháng của Sở Y tế")),
    (
        'danvan report so-y-te --period chuyen-de --topic "Dân chủ ở cơ sở"',
        _('báo cáo chuyên đề; thêm --request "Công văn số …" nếu có văn bản yêu cầu'),
    ),
    about=_("Kết quả lấy từ units/<mã>/unit.yaml; chỗ chưa có thành chỗ trống tô vàng để viết tiếp trong Word."),
)
def report(
    period: str = option(
        "--period",
        _("báo cáo nào: 6m, 1y, dai-6m, chuyen-de, dot-xuat; ke-hoach: làm lại kế hoạch triển khai"),
        _("MÃ"),
        complete.report_ids,
        default=...,
    ),
    unit: str | None = UNIT,
    topic: str | None = option("--topic", _("nội dung báo cáo chuyên đề, đột xuất"), _("CHỮ")),
    request: str | None = option("--request", _("văn bản yêu cầu báo cáo"), _("CHỮ")),
    output: Path | None = OUTPUT,
    template: Path | None = TEMPLATE,
    pdf: bool = PDF,
    plan: Path | None = PLAN,
    force: bool = FORCE,
    strict: bool = STRICT,
) -> Exit:
    """Write a unit's report."""
    from danvan_cli.desk import report as desk
    from danvan_cli.desk.made import keep

    must_end_in(output, ".docx")
    opened = opened_plan(plan, template)
    made = desk.unit_report(opened, unit, period, topic, request, output=output)
    kept = tell_document(keep(output or made.path, made.rendered, made.proposals, force=force))
    if made.logged:
        tell_logged(made.logged, opened.plan)
    if pdf:
        write_pdf([kept.saved.path])
    return Exit.FINDINGS if strict and kept.blanks else Exit.OK


@help_page(
    ("danvan submit so-y-te --period 6m", _("gói báo cáo 06 tháng: units/so-y-te/out/goi-6m.zip")),
    ("danvan submit so-y-te --period tu-cham", _("gói hồ sơ tự chấm điểm")),
    about=_(
        "Một gói .zip theo chuẩn BagIt 1.0: văn bản, số liệu, tài liệu kiểm chứng (trừ tài liệu chỉ xem tại đơn vị), mục lục,"
        " mã SHA-256 của từng tệp. Gói cho biết tệp còn nguyên như lúc lập; không thay chữ ký số, không chứng nhận ai lập."
    ),
)
def submit(
    unit: str | None = UNIT,
    period: str = option(
        "--period", _("báo cáo, hồ sơ nào: 6m, 1y, tu-cham, ke-hoach…"), _("MÃ"), complete.deliverables, default=...
    ),
    topic: str | None = option("--topic", _("báo cáo chuyên đề, đột xuất nào"), _("CHỮ")),
    remake: bool = flag("--remake", _("làm lại văn bản theo sổ hiện nay rồi đóng gói")),
    as_is: bool = flag("--as-is", _("đóng gói văn bản đang có, dù sổ đã thay đổi")),
    output: Path | None = OUTPUT,
    strict: bool = STRICT,
    plan: Path | None = PLAN,
) -> Exit:
    """Pack what a unit sends."""
    from danvan_cli.desk import submit as desk

    if remake and as_is:
        raise UsageError(_("chỉ ghi một trong hai: --remake hoặc --as-is"))
    must_end_in(output, ".zip")
    older: desk.Older = "remake" if remake else "as-is" if as_is else "ask"
    made = desk.pack_for_sending(opened_plan(plan), unit, period, output, topic=topic, older=older)
    as_json.give_all(made)
    for remark in made.remarks:
        screen.remark(remark, indent="  ")
    for gap in made.gaps:
        screen.remark(_("còn thiếu: {what}", what=gap), indent="  ")
    state = _("đã đóng gói {count} tệp", count=made.files) if made.changed else _("không có gì thay đổi")
    screen.out(f"{shown(made.path)}: {state}")
    for title in made.restricted:
        screen.remark(_("không kèm, kiểm tra trực tiếp tại đơn vị: {title}", title=title), indent="  ")
    if made.gaps:
        screen.note(_("còn {count} chỗ thiếu; bổ sung rồi đóng gói lại, hoặc cứ gửi", count=len(made.gaps)))
    return Exit.FINDINGS if strict and made.gaps else Exit.OK


@help_page(
    ("danvan calendar", _("thời hạn chung của kế hoạch: build/lich-2023.ics")),
    ("danvan calendar so-y-te", _("thời hạn của Sở Y tế: units/so-y-te/out/lich-2023.ics")),
    about=_(
        "Tệp .ics cho Outlook, Google Lịch, Thunderbird. Nhập lại bản mới thì ngày được cập nhật, không thành hai lần."
        " Ngày trong lịch là ngày cuối còn đúng hạn; gia hạn và miễn gửi của đơn vị đã được tính."
    ),
)
def calendar(unit: str | None = UNIT, output: Path | None = OUTPUT, plan: Path | None = PLAN) -> None:
    """Write an iCalendar file."""
    from danvan_cli.desk import show as desk

    must_end_in(output, ".ics")
    saved, deadlines, undated = desk.write_deadlines(opened_plan(plan), unit, output)
    as_json.made_file(saved.path, saved.kind, saved.backup)
    as_json.give(deadlines=deadlines, undated=undated)
    changed = saved.kind != "unchanged"
    state = _("đã ghi {count} thời hạn", count=deadlines) if changed else _("không có gì thay đổi")
    screen.out(f"{shown(saved.path)}: {state}")
    if undated:
        screen.note(_("{count} nhiệm vụ có thời gian mà không có hạn cuối (thường xuyên, hằng tháng…)", count=undated))
    tell_backup(saved.backup)
