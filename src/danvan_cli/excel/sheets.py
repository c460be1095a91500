"""A unit's workbook laid out: which sheets, which rows, what each cell is bound to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from danvan_cli.excel.form import (
    DAY,
    DUE,
    LONG,
    OPEN,
    TEXT,
    CellKind,
    Column,
    Form,
    FormCell,
    Formula,
    Path,
    Sheet,
    SheetRow,
    capital,
    excel_row,
    field_text,
    item_cells,
    item_places,
)
from danvan_cli.excel.indicators import indicator_sheet
from danvan_cli.excel.look import CELL_LETTERS
from danvan_cli.excel.scoresheet import EVIDENCE, SCORE, Scoring, evidence_cells
from danvan_cli.text import WARNING, day, sort_key, squeeze
from danvan_cli.typed import times
from danvan_cli.unit.model import STATES, due_words, duties, owed, reported_periods, sections
from danvan_cli.unit.proposals import REASON, proposal_mark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from danvan_cli.plan.model import Plan, Task, Unit
    from danvan_cli.scoring.model import Rubric, ScoreRecord
    from danvan_cli.unit.model import Evidence, TaskRecord, UnitRecord

STATE: Final = CellKind("choice", tuple((key, capital(name)) for key, name in STATES.items()))
ACTIVITY: Final = {"content": LONG, "lead": TEXT, "with": TEXT, "due": DUE, "product": TEXT, "done": DAY}
_KEEP: Final = CellKind("choice", (("keep", "Giữ"), ("strike", "Bỏ")))
OBSTACLE: Final = {"text": LONG, "proposal": LONG, "date": DAY}
SPARE: Final = 12
"""So many empty rows for obstacles."""
_SPARE_REPORTS: Final = 4
"""So many empty rows for thematic and ad hoc reports."""
_GUIDE: Final = "huong-dan"


def form_of(
    plan: Plan,
    unit: Unit,
    record: UnitRecord,
    rubric: Rubric | None,
    score: ScoreRecord,
    *,
    tasks: Collection[str] | None = None,
    whole: bool = True,
) -> tuple[Form, Scoring | None]:
    """Lay out a unit's workbook from what is recorded.

    Args:
        plan: the plan.
        unit: the unit.
        record: what it has recorded.
        rubric: what it scores itself by; None where there is none.
        score: its answers.
        tasks: only these tasks, for one who leads them; None for all.
        whole: False leaves out what is no task's.
    """
    form = Form(unit.id, plan, [])
    mine = [task for task in duties(plan, unit) if tasks is None or task.id in tasks]
    scoring = Scoring(plan, unit, rubric, score) if rubric and whole else None
    sheets = [_about(plan, unit, record)] if whole else []
    if mine:
        sheets += [_activities(form, plan, mine, record), _tasks(form, plan, unit, mine, record)]
    if whole:
        if plan.indicators and plan.indicator_by_id:
            sheets.append(indicator_sheet(plan, unit, plan.indicators, record))
        sheets.append(_remarks(plan, unit, record))
        sheets += _requested(form, plan, unit, record)
        if scoring:
            score_sheet, explanations = scoring.sheets(form)
            sheets.append(score_sheet)
        sheets.append(_issued(plan, unit, record))
    sheets.append(_obstacles(form, record))
    if scoring:
        sheets.append(explanations)
    form.sheets = sheets
    _shortened(form)
    for sheet in sheets:
        _count_blanks(sheet)
    form.sheets = [_guide(plan, unit, sheets), *sheets]
    return form, scoring


def leads(plan: Plan, unit: Unit, record: UnitRecord) -> dict[str, list[str]]:
    """Give the tasks of each who leads some (phòng chủ trì), in the order of the alphabet; of nobody under `""`."""
    out: dict[str, list[str]] = {}
    for task in duties(plan, unit):
        out.setdefault(squeeze(record.task(task.id).lead or ""), []).append(task.id)
    return dict(sorted(out.items(), key=lambda one: sort_key(one[0])))


def _task(task: Task) -> str:
    return task.label or squeeze(task.text)[:120]


# Each sheet ----------------------------------------------------------------------------------------------------------


def _guide(plan: Plan, unit: Unit, sheets: Iterable[Sheet]) -> Sheet:
    """Say what to do, and count what is still blank where it must not be."""
    sheet = Sheet(
        _GUIDE,
        "Hướng dẫn",
        f"Sổ theo dõi, báo cáo {plan.subject} {plan.span} của {unit.name}. Sau khi điền đầy đủ, lưu và gửi lại tệp này.",
        [Column("n", "Bước", 7), Column("what", "Việc cần làm", 84), Column("open", "Còn trống", 11)],
    )
    for n, one in enumerate(sheets, start=1):
        cells = {"n": FormCell(f"{n}."), "what": FormCell(f"{one.title}: {one.about}")}
        asked = [i for i, row in enumerate(one.rows) if OPEN in row.cells]
        if asked:
            letter = one.column(OPEN)
            span = f"'{one.title}'!{letter}{excel_row(0)}:{letter}{excel_row(len(one.rows) - 1)}"
            values = [one.rows[i].cells[OPEN].value for i in asked]
            now = sum(len(str(value.value)) for value in values if isinstance(value, Formula))
            cells["open"] = FormCell(Formula(f"=SUMPRODUCT(LEN({span}))", now))
        sheet.rows.append(SheetRow(f"{_GUIDE}|{one.key}", cells))
    for text in (
        "Ô màu vàng: nội dung phải điền. Ô màu trắng: nội dung được bổ sung, sửa đổi. Ô màu xám: công thức, nội dung của Kế hoạch, không sửa đổi.",
        f"Ngày ghi theo mẫu 10/5/{plan.year}; số thập phân ghi theo mẫu 8,5. Chưa có số liệu thì để trống; không phát sinh thì ghi số 0.",
        "Bổ sung hoạt động, tài liệu: ghi vào dòng trống; hết dòng trống thì chèn thêm dòng và chọn mã nhiệm vụ ở cột Mã.",
        "Bỏ hoạt động, tài liệu đã ghi: xóa nội dung các ô của dòng đó, không xóa dòng.",
        "Tên tệp được phép thay đổi. Trường hợp nhiều người cùng điền trên các bản khác nhau thì gửi đầy đủ các bản.",
        WARNING,
    ):
        sheet.rows.append(SheetRow(f"{_GUIDE}|{len(sheet.rows)}", {"what": FormCell(text)}))
    return sheet


def _count_blanks(sheet: Sheet) -> None:
    """Let each row count, in a hidden column, what of it is still blank and must not be: a formula stays short so.

    It counts in letters, since LibreOffice prints `###` for a figure in a hidden column.
    """
    sheet.columns.append(Column(OPEN, "", 4))
    na = sheet.column("na") if sheet.key == SCORE else ""
    for i, row in enumerate(sheet.rows):
        wanted = [key for key, cell in row.cells.items() if cell.kind and cell.wanted]
        if not wanted:
            continue
        at = excel_row(i)
        counted = "0+" + "+".join(f"(LEN({sheet.column(key)}{at})=0)" for key in wanted)
        if na:
            counted = f'IF({na}{at}<>"",0,{counted})'
        value = sum(row.cells[key].value == "" for key in wanted)
        row.cells[OPEN] = FormCell(Formula(f'=REPT("x",{counted})', "x" * value))


def _shortened(form: Form) -> None:
    """Lock what is too long for a cell: cut there, it would come back as an edit."""
    for sheet in form.sheets:
        for row in sheet.rows:
            for key, cell in row.cells.items():
                if cell.kind and isinstance(cell.value, str) and len(cell.value) > CELL_LETTERS:
                    told = f"(đã ghi {len(cell.value)} chữ, dài quá một ô: sửa trong tệp của đơn vị)"
                    row.cells[key] = FormCell(told)


def _about(plan: Plan, unit: Unit, record: UnitRecord) -> Sheet:
    letter = plan.letter(unit)
    sheet = Sheet(
        "don-vi",
        "Thông tin đơn vị",
        "Thông tin ghi trên văn bản và người ký. Ô màu xám theo Kế hoạch; trường hợp chưa đúng thì thông tin cho nơi gửi sổ.",
        [Column("what", "Mục", 36), Column("value", "Nội dung", 64)],
        named=("what",),
    )
    fixed = {
        "Tên cơ quan, đơn vị": unit.name,
        "Chữ viết tắt trong ký hiệu văn bản": unit.abbr,
        "Cơ quan chủ quản": letter.superior or "",
        "Địa danh": letter.place or "",
    }
    for what, value in fixed.items():
        sheet.rows.append(SheetRow(f"={what}", {"what": FormCell(what), "value": FormCell(value)}))
    asked: list[tuple[str, Path, CellKind]] = [
        ("Các dòng quyền hạn, chức vụ người ký (mỗi dòng một hàng)", ("signs",), LONG),
        ("Họ tên người ký", ("signer",), TEXT),
        ("Đơn vị soạn thảo (tên đầy đủ)", ("drafter",), TEXT),
        ("Chữ viết tắt của đơn vị soạn thảo (ghi sau «Lưu: VT,»)", ("drafter_abbr",), TEXT),
        ("Người liên hệ", ("contact", "name"), TEXT),
        ("Điện thoại cơ quan", ("contact", "phone"), TEXT),
        ("Thư điện tử", ("contact", "email"), TEXT),
    ]
    for what, path, kind in asked:
        held: Any = record
        for key in path:
            held = getattr(held, key, None)
        text = "\n".join(held) if path == ("signs",) else field_text(held)
        wanted = path not in {("signs",), ("contact", "phone"), ("contact", "email")}
        cell = FormCell(text, ("unit", *path), kind, wanted=wanted)
        sheet.rows.append(SheetRow(".".join(path), {"what": FormCell(what), "value": cell}))
    return sheet


def _activities(form: Form, plan: Plan, tasks: list[Task], record: UnitRecord) -> Sheet:
    sheet = Sheet(
        "ke-hoach",
        "Kế hoạch",
        f"Hoạt động của đơn vị để thực hiện từng nhiệm vụ. Thời gian ghi như: {', '.join(times(plan.year))}.",
        [
            Column("id", "Mã", 9),
            Column("task", "Nhiệm vụ", 27),
            Column("content", "Nội dung hoạt động", 42),
            Column("lead", "Chủ trì", 20),
            Column("with", "Phối hợp", 19),
            Column("due", "Thời gian", 14),
            Column("product", "Sản phẩm", 19),
            Column("done", "Ngày làm xong", 12),
            *([Column("keep", "Đề xuất: giữ hay bỏ", 12)] if record.proposals else []),
        ],
    )

    titles = {area.id: area.title for area in plan.areas}
    last = ""
    for task in tasks:
        area = next(area.id for area in plan.areas if task in area.tasks)
        if area != last:
            sheet.rows.append(
                SheetRow(f"={area}", {"id": FormCell(area), "task": FormCell(squeeze(titles[area]))}, "heading")
            )
            last = area
        mine, path = record.task(task.id), ("unit", "tasks", task.id, "activities")
        form.lists[path] = dict(ACTIVITY)
        for i, (place, one) in enumerate(item_places(mine.activities, 1 if mine.activities else 2)):
            fixed = {"id": FormCell(task.id), "task": FormCell(_task(task) if i == 0 else "")}
            asked = {"content", "lead", "due", "product"} if one else {"content"} if i == 0 else ()
            cells = item_cells((*path, place), one, ACTIVITY, asked if mine.applies else ())
            sheet.rows.append(SheetRow(f"{task.id}|{place}", fixed | cells))
        sheet.rows += _proposals(task, record.task(task.id))
    return sheet


def _proposals(task: Task, record: TaskRecord) -> Iterator[SheetRow]:
    """Lay out what is proposed for a task, to be read; only whether it is kept may be chosen."""
    said = [(proposal_mark(one.content), one.content, one) for one in record.proposed]
    reason = record.proposed_reason
    for name, content, one in [*said, *([(REASON, f"Không thực hiện: {reason}", None)] if reason else [])]:
        cells = {"id": FormCell(task.id), "task": FormCell("(đề xuất)"), "content": FormCell(content)}
        if one:
            told = {"lead": one.lead, "with": one.partners, "due": due_words(one.due), "product": one.product}
            cells |= {key: FormCell(value or "") for key, value in told.items()}
        cells["keep"] = FormCell("", ("unit", "tasks", task.id, "proposed", name), _KEEP)
        yield SheetRow(f"{task.id}|?{name}", cells)


def _tasks(form: Form, plan: Plan, unit: Unit, tasks: list[Task], record: UnitRecord) -> Sheet:
    periods = _periods(plan, unit)
    known = tuple((one, capital(plan.period_by_id[one].name)) for one in periods)
    when = CellKind("choice", known)
    sheet = Sheet(
        "nhiem-vu",
        "Nhiệm vụ",
        "Trạng thái cuối kỳ (kỳ chưa hết: trạng thái hiện nay), kết quả từng kỳ và tài liệu kiểm chứng. Nhiệm vụ không thuộc chức năng: ghi lý do, để trống các ô còn lại.",
        [
            Column("id", "Mã", 9),
            Column("task", "Nhiệm vụ", 23),
            Column("lead", "Chủ trì", 13),
            Column("due", "Thời hạn", 11),
            Column("reason", "Không thuộc chức năng: lý do", 13),
            Column("period", "Kỳ", 10),
            Column("status", "Trạng thái cuối kỳ", 11, of="period"),
            Column("result", "Kết quả", 46, of="period"),
            Column("evidence.title", "Tài liệu kiểm chứng", 23),
            Column("evidence.number", "Số, ký hiệu", 14),
            Column("evidence.date", "Ngày", 11),
        ],
        named=("id", "period"),
    )
    for task in tasks:
        one, path = record.task(task.id), ("unit", "tasks", task.id)
        form.lists[*path, "evidence"] = {**EVIDENCE, "period": when}
        left: list[tuple[int, Evidence]] = list(enumerate(one.evidence))
        for i, period in enumerate(periods):
            cells = {"id": FormCell(task.id), "period": FormCell(dict(known)[period])}
            if i == 0:
                cells |= {
                    "task": FormCell(_task(task)),
                    "lead": FormCell(one.lead or "", (*path, "lead"), TEXT, wanted=one.applies),
                    "due": FormCell(field_text(one.due), (*path, "due"), DUE, wanted=one.applies),
                    "reason": FormCell("" if one.applies else one.reason or "", (*path, "reason"), LONG),
                }
            state = one.state_in(plan.period_by_id[period], plan) or ""
            cells["status"] = FormCell(state, (*path, "states", period), STATE, wanted=one.applies)
            cells["result"] = FormCell(
                one.results.get(period) or "", (*path, "results", period), LONG, wanted=one.applies
            )
            found = next(((n, item) for n, item in left if item.period == period), None)
            if found:
                left.remove(found)
            place = str(found[0]) if found else f"+{period}"
            cells |= evidence_cells((*path, "evidence", place), found[1] if found else None)
            sheet.rows.append(SheetRow(f"{task.id}|{period}", cells))
        for n, item in [*left, (None, None)]:
            place = str(n) if item else "+1"
            cells = {"id": FormCell(task.id)}
            at = (*path, "evidence", place)
            period = item.period or "" if item else ""
            cells["period"] = (
                FormCell(period, (*at, "period"), when) if period in periods or not period else FormCell(period)
            )
            sheet.rows.append(SheetRow(f"{task.id}|{place}", cells | evidence_cells(at, item)))
    return sheet


def _periods(plan: Plan, unit: Unit) -> list[str]:
    """List the periods that a unit reports on; all where it reports on none."""
    return [one.id for one in reported_periods(plan, unit) or plan.periods]


def _remarks(plan: Plan, unit: Unit, record: UnitRecord) -> Sheet:
    sheet = Sheet(
        "danh-gia",
        "Đánh giá chung",
        "Nội dung chung của từng báo cáo, ngoài kết quả thực hiện từng nhiệm vụ.",
        [Column("report", "Báo cáo", 30), Column("what", "Mục", 30), Column("text", "Nội dung", 90, of="what")],
        named=("report", "what"),
    )
    for one in owed(plan, unit):
        if one.kind != "report" or one.on_request:
            continue
        said_ = record.remarks(one.id)
        for key, name_ in sections(plan, one).items():
            cell = FormCell(getattr(said_, key) or "", ("unit", "reports", one.id, key), LONG, wanted=True)
            name = {"report": FormCell(one.name), "what": FormCell(capital(name_)), "text": cell}
            sheet.rows.append(SheetRow(f"{one.id}|{key}", name))
    return sheet


def _requested(form: Form, plan: Plan, unit: Unit, record: UnitRecord) -> Iterator[Sheet]:
    """Give a row to each thematic or ad hoc report, and some to come."""
    kinds = {one.id: one.name for one in owed(plan, unit) if one.on_request and one.kind == "report"}
    if not kinds:
        return
    parts: dict[str, str] = {}
    for one in owed(plan, unit):
        for key, name in sections(plan, one).items() if one.id in kinds else ():
            parts[key] = f"{parts[key]}; {name}" if parts.get(key, name) != name else name
    fields: dict[str, tuple[str, CellKind, float]] = {
        "report": ("Loại báo cáo", CellKind("choice", tuple(kinds.items())), 20),
        "topic": ("Nội dung báo cáo", TEXT, 26),
        "request": ("Văn bản yêu cầu", TEXT, 20),
        **{key: (capital(name), LONG, 26) for key, name in parts.items()},
        "number": ("Số, ký hiệu", TEXT, 13),
        "date": ("Ngày ban hành", DAY, 11),
    }
    sheet = Sheet(
        "yeu-cau",
        "Chuyên đề, đột xuất",
        "Mỗi báo cáo chuyên đề, đột xuất một dòng. Không có thì để trống.",
        [Column("n", "TT", 6), *(Column(key, name, width) for key, (name, _kind, width) in fields.items())],
        named=(),
    )
    form.lists["unit", "requested"] = {key: kind for key, (_name, kind, _width) in fields.items()}
    for i, (place, entry) in enumerate(item_places(record.requested, _SPARE_REPORTS), start=1):
        cells = item_cells(("unit", "requested", place), entry, form.lists["unit", "requested"])
        sheet.rows.append(SheetRow(place, {"n": FormCell(i), **cells}))
    yield sheet


def _issued(plan: Plan, unit: Unit, record: UnitRecord) -> Sheet:
    sheet = Sheet(
        "van-ban",
        "Văn bản đã ban hành",
        "Số, ngày của văn bản đã ký, ban hành. Văn bản chưa ban hành thì để trống.",
        [
            Column("what", "Báo cáo, hồ sơ", 52),
            Column("last", "Ngày cuối đúng hạn", 16),
            Column("number", "Số, ký hiệu", 22),
            Column("date", "Ngày ban hành", 16),
        ],
        named=("what",),
    )
    for one in owed(plan, unit):
        if one.on_request:
            continue  # each has its own entry
        path, sent, last = ("unit", "deliverables", one.id), record.sent(one.id), plan.last_day(one, unit)
        cells = {"what": FormCell(one.name), "last": FormCell(day(last) if last else "không ghi thời hạn")}
        sheet.rows.append(SheetRow(one.id, cells | item_cells(path, sent, {"number": TEXT, "date": DAY})))
    return sheet


def _obstacles(form: Form, record: UnitRecord) -> Sheet:
    sheet = Sheet(
        "vuong-mac",
        "Khó khăn, vướng mắc",
        "Mỗi khó khăn, vướng mắc ghi một dòng, kèm đề xuất. Không có thì ghi ở dòng đầu: Không có.",
        [
            Column("n", "TT", 6),
            Column("text", "Khó khăn, vướng mắc", 64),
            Column("proposal", "Đề xuất", 52),
            Column("date", "Ngày", 13),
        ],
        named=(),
    )
    form.lists["unit", "obstacles"] = dict(OBSTACLE)
    for i, (place, one) in enumerate(item_places(record.obstacles, SPARE), start=1):
        cells = item_cells(("unit", "obstacles", place), one, OBSTACLE)
        sheet.rows.append(SheetRow(place, {"n": FormCell(i), **cells}))
    return sheet
