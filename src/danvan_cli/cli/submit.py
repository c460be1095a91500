"""`danvan submit`: packs what a unit sends, and says first what is still missing."""

from pathlib import Path

from danvan_cli.cli import as_json, complete, screen
from danvan_cli.cli.common import opened_plan
from danvan_cli.cli.options import OUTPUT, PLAN, STRICT, UNIT, flag, help_page, option
from danvan_cli.errors import Exit, UsageError
from danvan_cli.lang import _
from danvan_cli.workspace import shown


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
