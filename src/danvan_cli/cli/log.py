"""`danvan log`: records in a unit's file what was done, with its results, figures and evidence."""

from pathlib import Path
from typing import Annotated

from danvan_cli.cli import complete
from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import PlanFile, UnitArgument, argument, option
from danvan_cli.lang import _

ABOUT = _(
    "Ghi vào units/<mã>/unit.yaml đúng chỗ, mọi dòng khác giữ nguyên. Ngày viết 10/2/2023 hoặc 2023-02-10."
    " Tệp kiểm chứng được chép vào evidence/; tệp PDF, gói nén và"
    " mọi phần của tệp Word, Excel được dò dấu mật, ảnh chụp thì không dò được."
)
EXAMPLES = (
    (
        'danvan log so-y-te II.1.1 --status xong --period 6m --result "Đã quán triệt."',
        _("trạng thái và kết quả 06 tháng của một nhiệm vụ"),
    ),
    (
        'danvan log so-y-te II.1.1 --title "Biên bản" --number 3/BB-SYT --date 5/3/2023',
        _("một văn bản kiểm chứng; --evidence TỆP nếu có tệp, --restricted nếu chỉ xem tại đơn vị"),
    ),
    (
        "danvan log so-y-te II.1.1 --remove activity=1",
        _("bỏ hoạt động thứ 1; cũng thế: result=6m, evidence=3/BB-SYT, obstacle=1, issued=6m, indicator=tin-bai"),
    ),
    (
        "danvan log so-y-te --period 6m --indicator tin-bai=64 --indicator kiem-tra=0",
        _("số liệu 06 tháng; «tin-bai=» để trống lại"),
    ),
    ("danvan log so-y-te --accept all", _("giữ mọi đề xuất của dự thảo kế hoạch; --strike: bỏ")),
    (
        'danvan log so-y-te --report dot-xuat --topic "Mưa lũ" --section "xử lý=…"',
        _("một mục của báo cáo đột xuất, chuyên đề; --report 6m: của báo cáo theo kỳ"),
    ),
    (
        "danvan log so-y-te --issued ke-hoach --number 15/KH-SYT --date 10/2/2023",
        _("kế hoạch của đơn vị đã ban hành; --file TỆP để kèm bản đã ký"),
    ),
)
_TASK = _("Nhiệm vụ")
_EVIDENCE = _("Tài liệu kiểm chứng, văn bản đã ban hành")
_FIGURES = _("Số liệu")
_REPORT = _("Báo cáo, khó khăn, vướng mắc")
_UNIT = _("Người ký, soạn thảo")
_PROPOSED = _("Đề xuất, hoạt động chưa xếp")


def log(
    unit: UnitArgument = None,
    task: Annotated[str | None, argument(_("NHIỆM-VỤ"), _("mã nhiệm vụ, ví dụ II.1.1"), complete.tasks)] = None,
    status: Annotated[
        str | None, option("--status", _("trạng thái: chưa, đang hoặc xong"), _("CHỮ"), rich_help_panel=_TASK)
    ] = None,
    period: Annotated[
        str | None,
        option(
            "--period",
            _("kỳ báo cáo của kết quả, số liệu: 6m, 1y…; không phải mã báo cáo như dai-6m"),
            _("KỲ"),
            complete.periods,
            rich_help_panel=_TASK,
        ),
    ] = None,
    result: Annotated[
        str | None,
        option("--result", _("kết quả của kỳ, hoặc: không có; «-» đọc từ đầu vào"), _("CHỮ"), rich_help_panel=_TASK),
    ] = None,
    lead: Annotated[str | None, option("--lead", _("ai chủ trì"), _("CHỮ"), rich_help_panel=_TASK)] = None,
    partners: Annotated[
        str | None, option("--with", _("ai phối hợp hoạt động"), _("CHỮ"), rich_help_panel=_TASK)
    ] = None,
    due: Annotated[
        str | None,
        option(
            "--due",
            _("thời gian: 30/6/2023, 15/3, tháng 4/2023, Quý I/2023, hằng tháng, cả năm…"),
            _("CHỮ"),
            rich_help_panel=_TASK,
        ),
    ] = None,
    activity: Annotated[
        str | None,
        option("--activity", _("thêm hoạt động đã làm; có --due là việc sẽ làm"), _("CHỮ"), rich_help_panel=_TASK),
    ] = None,
    product: Annotated[
        str | None, option("--product", _("sản phẩm của hoạt động"), _("CHỮ"), rich_help_panel=_TASK)
    ] = None,
    done: Annotated[
        int | None, option("--done", _("hoạt động thứ N đã xong, ngày --date hoặc hôm nay"), "N", rich_help_panel=_TASK)
    ] = None,
    evidence: Annotated[
        Path | None,
        option("--evidence", _("chép một tệp kiểm chứng vào evidence/"), _("TỆP"), rich_help_panel=_EVIDENCE),
    ] = None,
    title: Annotated[
        str | None, option("--title", _("tên tài liệu kiểm chứng"), _("CHỮ"), rich_help_panel=_EVIDENCE)
    ] = None,
    number: Annotated[
        str | None, option("--number", _("số, ký hiệu văn bản, ví dụ 15/KH-SYT"), _("SỐ"), rich_help_panel=_EVIDENCE)
    ] = None,
    date: Annotated[
        str | None,
        option("--date", _("ngày của chính văn bản, tài liệu, việc đó"), _("NGÀY"), rich_help_panel=_EVIDENCE),
    ] = None,
    expires: Annotated[
        str | None, option("--expires", _("tài liệu hết giá trị sau ngày này"), _("NGÀY"), rich_help_panel=_EVIDENCE)
    ] = None,
    restricted: Annotated[
        bool, option("--restricted", _("tài liệu chỉ kiểm tra tại đơn vị, không kèm tệp"), rich_help_panel=_EVIDENCE)
    ] = False,
    indicator: Annotated[
        list[str] | None,
        option(
            "--indicator",
            _("số liệu của kỳ; ghi nhiều lần được"),
            _("MÃ=SỐ"),
            complete.indicators,
            rich_help_panel=_FIGURES,
        ),
    ] = None,
    estimate: Annotated[
        bool, option("--estimate", _("số liệu là ước thực hiện cả kỳ"), rich_help_panel=_FIGURES)
    ] = False,
    obstacle: Annotated[
        str | None,
        option("--obstacle", _("khó khăn, vướng mắc; không có thì ghi: không có"), _("CHỮ"), rich_help_panel=_REPORT),
    ] = None,
    proposal: Annotated[
        str | None, option("--proposal", _("đề xuất đi kèm --obstacle"), _("CHỮ"), rich_help_panel=_REPORT)
    ] = None,
    report: Annotated[
        str | None,
        option(
            "--report",
            _("báo cáo mà --section, --obstacle, --request ghi vào"),
            _("MÃ"),
            complete.reports,
            rich_help_panel=_REPORT,
        ),
    ] = None,
    topic: Annotated[
        str | None, option("--topic", _("báo cáo chuyên đề, đột xuất nào"), _("CHỮ"), rich_help_panel=_REPORT)
    ] = None,
    request: Annotated[
        str | None, option("--request", _("văn bản yêu cầu báo cáo"), _("CHỮ"), rich_help_panel=_REPORT)
    ] = None,
    section: Annotated[
        list[str] | None,
        option(
            "--section",
            _("một mục của báo cáo, như «ưu điểm=…»; ghi nhiều lần được"),
            _("MỤC=CHỮ"),
            rich_help_panel=_REPORT,
        ),
    ] = None,
    issued: Annotated[
        str | None,
        option("--issued", _("báo cáo, hồ sơ đã ban hành"), _("MÃ"), complete.deliverables, rich_help_panel=_EVIDENCE),
    ] = None,
    file: Annotated[
        Path | None, option("--file", _("bản đã ký, đi kèm --issued"), _("TỆP"), rich_help_panel=_EVIDENCE)
    ] = None,
    not_applicable: Annotated[
        str | None,
        option("--not-applicable", _("không thuộc chức năng của đơn vị: lý do"), _("CHỮ"), rich_help_panel=_TASK),
    ] = None,
    applicable: Annotated[
        bool,
        option(
            "--applicable", _("nhiệm vụ có thực hiện: bỏ lý do đã ghi bằng --not-applicable"), rich_help_panel=_TASK
        ),
    ] = False,
    signer: Annotated[str | None, option("--signer", _("họ tên người ký"), _("CHỮ"), rich_help_panel=_UNIT)] = None,
    signs: Annotated[
        str | None,
        option(
            "--signs",
            _("chức vụ người ký, các dòng cách nhau bằng /: KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC"),
            _("CHỮ"),
            rich_help_panel=_UNIT,
        ),
    ] = None,
    drafter: Annotated[
        str | None, option("--drafter", _("đơn vị soạn thảo, tên đầy đủ"), _("CHỮ"), rich_help_panel=_UNIT)
    ] = None,
    drafter_abbr: Annotated[
        str | None, option("--drafter-abbr", _("chữ viết tắt sau «Lưu: VT,»"), _("CHỮ"), rich_help_panel=_UNIT)
    ] = None,
    source: Annotated[Path | None, option("--from", _("ghi nhiều mục từ một tệp dạng unit.yaml"), _("TỆP"))] = None,
    remove: Annotated[
        list[str] | None,
        option("--remove", _("bỏ thứ đã ghi, như activity=2, result=6m, evidence=3/BB-SYT"), _("LOẠI=CÁI-NÀO")),
    ] = None,
    ask: Annotated[bool, option("--ask", _("hỏi từng nhiệm vụ, chỉ tiêu còn thiếu của kỳ"))] = False,
    confirm: Annotated[
        bool, option("--confirm", _("đã đọc nhiệm vụ như hiện nay trong kế hoạch; không nêu mã: mọi nhiệm vụ đã đổi"))
    ] = False,
    accept: Annotated[
        str | None,
        option(
            "--accept", _("giữ đề xuất: số thứ tự trong nhiệm vụ (1,2), hoặc all"), _("SỐ"), rich_help_panel=_PROPOSED
        ),
    ] = None,
    strike: Annotated[
        str | None, option("--strike", _("bỏ đề xuất: số thứ tự, hoặc all"), _("SỐ"), rich_help_panel=_PROPOSED)
    ] = None,
    place: Annotated[
        str | None,
        option(
            "--place",
            _("xếp hoạt động chưa xếp (unplaced) vào nhiệm vụ này: số thứ tự, hoặc all"),
            _("SỐ"),
            rich_help_panel=_PROPOSED,
        ),
    ] = None,
    other_year: Annotated[
        bool, option("--other-year", _("ngày ngoài các năm của kế hoạch là đúng như đã ghi"))
    ] = False,
    plan: PlanFile = None,
) -> None:
    """Record in a unit's file."""
    from danvan_cli.cli.logged import tell_logged
    from danvan_cli.desk import log as desk
    from danvan_cli.desk.log_options import LogOptions
    from danvan_cli.desk.opened import hold
    from danvan_cli.desk.said import whom

    opened = opened_plan(plan)
    who, what = whom(opened, unit, task)
    said = LogOptions(
        task=what,
        status=status,
        period=period,
        result=_input(result),
        lead=lead,
        partners=partners,
        due=due,
        activity=activity,
        product=product,
        done=done,
        evidence=evidence,
        title=title,
        number=number,
        date=date,
        expires=expires,
        restricted=restricted,
        indicators=indicator or (),
        estimate=estimate,
        obstacle=obstacle,
        proposal=proposal,
        report=report,
        topic=topic,
        request=request,
        sections=section or (),
        issued=issued,
        file=file,
        not_applicable=not_applicable,
        applicable=applicable,
        signer=signer,
        signs=signs,
        drafter=drafter,
        drafter_abbr=drafter_abbr,
        source=source,
        remove=remove or (),
        confirm=confirm,
        accept=accept,
        strike=strike,
        place=place,
        other_year=other_year,
    )
    said.check(alone=not ask)
    book = hold(opened, who)
    logged = desk.record_said(book, said)
    if not said.nothing:
        tell_logged(logged, opened.plan)
    if ask:
        from danvan_cli.cli.log_ask import ask_all

        ask_all(book, said)


def _input(value: str | None) -> str | None:
    """Take a text, or for `-` what stdin holds."""
    if value != "-":
        return value
    import sys

    from danvan_cli.errors import UsageError
    from danvan_cli.rules.secrets import refuse_secret_text

    data = sys.stdin.buffer.read(2**20 + 1)
    if len(data) > 2**20:
        raise UsageError(_("chữ ở đầu vào dài quá"))
    try:
        return refuse_secret_text("--result", data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UsageError(_("chữ ở đầu vào không phải UTF-8")) from None
