"""`danvan log`: records in a unit's file what was done, with its results, figures and evidence."""

from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from danvan_cli.cli import complete, prompts, screen
from danvan_cli.cli.common import opened_plan, tell_logged
from danvan_cli.cli.options import PLAN, UNIT, argument, flag, help_page, option
from danvan_cli.lang import _

if TYPE_CHECKING:
    from danvan_cli.desk.log import Question
    from danvan_cli.desk.log_options import LogOptions
    from danvan_cli.desk.opened import UnitHeld
    from danvan_cli.plan.model import Plan

_of_task = partial(option, rich_help_panel=_("Nhiệm vụ"))
_of_evidence = partial(option, rich_help_panel=_("Tài liệu kiểm chứng, văn bản đã ban hành"))
_of_figures = partial(option, rich_help_panel=_("Số liệu"))
_of_report = partial(option, rich_help_panel=_("Báo cáo, khó khăn, vướng mắc"))
_of_unit = partial(option, rich_help_panel=_("Người ký, soạn thảo"))
_of_proposed = partial(option, rich_help_panel=_("Đề xuất, hoạt động chưa xếp"))


@help_page(
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
    about=_(
        "Ghi vào units/<mã>/unit.yaml đúng chỗ, mọi dòng khác giữ nguyên. Ngày viết 10/2/2023 hoặc 2023-02-10."
        " Tệp kiểm chứng được chép vào evidence/; tệp PDF, gói nén và"
        " mọi phần của tệp Word, Excel được dò dấu mật, ảnh chụp thì không dò được."
    ),
)
def log(
    unit: str | None = UNIT,
    task: str | None = argument(_("NHIỆM-VỤ"), _("mã nhiệm vụ, ví dụ II.1.1"), complete.tasks),
    status: str | None = _of_task("--status", _("trạng thái: chưa, đang hoặc xong"), _("CHỮ")),
    period: str | None = _of_task(
        "--period",
        _("kỳ báo cáo của kết quả, số liệu: 6m, 1y…; không phải mã báo cáo như dai-6m"),
        _("KỲ"),
        complete.periods,
    ),
    result: str | None = _of_task("--result", _("kết quả của kỳ, hoặc: không có"), _("CHỮ")),
    lead: str | None = _of_task("--lead", _("ai chủ trì"), _("CHỮ")),
    partners: str | None = _of_task("--with", _("ai phối hợp hoạt động"), _("CHỮ")),
    due: str | None = _of_task(
        "--due", _("thời gian: 30/6/2023, 15/3, tháng 4/2023, Quý I/2023, hằng tháng, cả năm…"), _("CHỮ")
    ),
    activity: str | None = _of_task("--activity", _("thêm hoạt động đã làm; có --due là việc sẽ làm"), _("CHỮ")),
    product: str | None = _of_task("--product", _("sản phẩm của hoạt động"), _("CHỮ")),
    done: int | None = _of_task("--done", _("hoạt động thứ N đã xong, ngày --date hoặc hôm nay"), "N"),
    evidence: Path | None = _of_evidence("--evidence", _("chép một tệp kiểm chứng vào evidence/"), _("TỆP")),
    title: str | None = _of_evidence("--title", _("tên tài liệu kiểm chứng"), _("CHỮ")),
    number: str | None = _of_evidence("--number", _("số, ký hiệu văn bản, ví dụ 15/KH-SYT"), _("SỐ")),
    date: str | None = _of_evidence("--date", _("ngày của chính văn bản, tài liệu, việc đó"), _("NGÀY")),
    expires: str | None = _of_evidence("--expires", _("tài liệu hết giá trị sau ngày này"), _("NGÀY")),
    restricted: bool = _of_evidence(
        "--restricted", _("tài liệu chỉ kiểm tra tại đơn vị, không kèm tệp"), default=False
    ),
    indicators: list[str] | None = _of_figures(
        "--indicator", _("số liệu của kỳ; ghi nhiều lần được"), _("MÃ=SỐ"), complete.indicators
    ),
    estimate: bool = _of_figures("--estimate", _("số liệu là ước thực hiện cả kỳ"), default=False),
    obstacle: str | None = _of_report("--obstacle", _("khó khăn, vướng mắc; không có thì ghi: không có"), _("CHỮ")),
    proposal: str | None = _of_report("--proposal", _("đề xuất đi kèm --obstacle"), _("CHỮ")),
    report: str | None = _of_report(
        "--report", _("báo cáo mà --section, --obstacle, --request ghi vào"), _("MÃ"), complete.report_ids
    ),
    topic: str | None = _of_report("--topic", _("báo cáo chuyên đề, đột xuất nào"), _("CHỮ")),
    request: str | None = _of_report("--request", _("văn bản yêu cầu báo cáo"), _("CHỮ")),
    sections: list[str] | None = _of_report(
        "--section", _("một mục của báo cáo, như «ưu điểm=…»; ghi nhiều lần được"), _("MỤC=CHỮ")
    ),
    issued: str | None = _of_evidence("--issued", _("báo cáo, hồ sơ đã ban hành"), _("MÃ"), complete.deliverables),
    file: Path | None = _of_evidence("--file", _("bản đã ký, đi kèm --issued"), _("TỆP")),
    not_applicable: str | None = _of_task("--not-applicable", _("không thuộc chức năng của đơn vị: lý do"), _("CHỮ")),
    applicable: bool = _of_task(
        "--applicable", _("nhiệm vụ có thực hiện: bỏ lý do đã ghi bằng --not-applicable"), default=False
    ),
    signer: str | None = _of_unit("--signer", _("họ tên người ký"), _("CHỮ")),
    signs: str | None = _of_unit(
        "--signs", _("chức vụ người ký, các dòng cách nhau bằng /: KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC"), _("CHỮ")
    ),
    drafter: str | None = _of_unit("--drafter", _("đơn vị soạn thảo, tên đầy đủ"), _("CHỮ")),
    drafter_abbr: str | None = _of_unit("--drafter-abbr", _("chữ viết tắt sau «Lưu: VT,»"), _("CHỮ")),
    source: Path | None = option("--from", _("ghi nhiều mục từ một tệp dạng unit.yaml"), _("TỆP")),
    remove: list[str] | None = option(
        "--remove", _("bỏ thứ đã ghi, như activity=2, result=6m, evidence=3/BB-SYT"), _("LOẠI=CÁI-NÀO")
    ),
    ask: bool = flag("--ask", _("hỏi từng nhiệm vụ, chỉ tiêu còn thiếu của kỳ")),
    confirm: bool = flag(
        "--confirm", _("đã đọc nhiệm vụ như hiện nay trong kế hoạch; không nêu mã: mọi nhiệm vụ đã đổi")
    ),
    accept: str | None = _of_proposed("--accept", _("giữ đề xuất: số thứ tự trong nhiệm vụ (1,2), hoặc all"), _("SỐ")),
    strike: str | None = _of_proposed("--strike", _("bỏ đề xuất: số thứ tự, hoặc all"), _("SỐ")),
    place: str | None = _of_proposed(
        "--place", _("xếp hoạt động chưa xếp (unplaced) vào nhiệm vụ này: số thứ tự, hoặc all"), _("SỐ")
    ),
    other_year: bool = flag("--other-year", _("ngày ngoài các năm của kế hoạch là đúng như đã ghi")),
    plan: Path | None = PLAN,
) -> None:
    """Record in a unit's file."""
    given = locals()  # an option has the name of its field of LogOptions
    from danvan_cli.desk import log as desk
    from danvan_cli.desk.log_options import LogOptions
    from danvan_cli.desk.opened import hold
    from danvan_cli.desk.said import whom

    opened = opened_plan(plan)
    who, what = whom(opened, unit, task)
    told = {one.name: given[one.name] for one in fields(LogOptions) if given[one.name] is not None}
    said = LogOptions(**told | {"task": what})
    said.check(alone=not ask)
    book = hold(opened, who)
    logged = desk.record_said(book, said)
    if not said.nothing:
        tell_logged(logged, opened.plan)
    if ask:
        _ask_all(book, said)


# --ask: what a period still lacks, asked for in a terminal; every answer is written at once


def _ask_all(book: "UnitHeld", said: "LogOptions") -> None:
    """Go through the unit's tasks without result for a period, then the figures that are missing.

    Raises:
        UsageError: if there is no terminal to ask in, or no period to ask for.
        Cancelled: if the input ends; what was answered is kept.
    """
    from danvan_cli.desk.log import asked_period, questions, record_answer

    prompts.require_terminal("--ask", _("dùng --from TỆP, hoặc điền unit.yaml"))
    period, plan = asked_period(book, said.period), book.opened.plan
    open_ones = list(questions(book, period, said.task))
    if not open_ones:
        screen.out(_("Kỳ {period}: không còn gì thiếu.", period=period.name))
        return
    screen.note(_("Kỳ {period}. Enter: bỏ qua; lùi: câu trước; q: dừng (đã trả lời thì đã lưu).", period=period.name))
    heading = ""

    def ask(question: "Question") -> None:
        nonlocal heading
        if (now := _heading(question, plan)) != heading:
            heading = now
            screen.say(f"\n{now}")
        value = prompts.answer(f"  {_words(question, plan)}: ", question.read)
        if value is not None:
            tell_logged(record_answer(book, question, value, period), plan)

    try:
        prompts.ask_each(open_ones, ask)
    except prompts.Stopped:
        screen.note(_("đã dừng; chạy lại --ask để ghi tiếp"))


def _heading(question: "Question", plan: "Plan") -> str:
    """Tell the task, the report or the figures that a question is about."""
    match question.what:
        case "figure":
            return _("Số liệu")
        case "section":
            return plan.deliverable_by_id[question.loc[1]].name
    task = plan.task_by_id[question.loc[1]]
    return f"{task.id}. {task.label}"


def _words(question: "Question", plan: "Plan") -> str:
    """Word a question."""
    match question.what:
        case "figure":
            one = plan.indicator_by_id[question.loc[1]]
            what = _("{name}, ước cả kỳ", name=one.name) if question.estimate else one.name
            return f"{what} ({one.unit})"
        case "section":
            from danvan_cli.unit.model import sections

            part = _(sections(plan, plan.deliverable_by_id[question.loc[1]])[question.loc[2]])
            return part[:1].upper() + part[1:]
        case "result":
            return _("kết quả")
    return _("trạng thái (chưa, đang, xong)")
