"""The words for what a page shows: codes become words of the screen and the name of a shape, so that no state is told by colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.lang import _
from danvan_cli.province.notes import BASES, NOTES, Note
from danvan_cli.text import day, number

if TYPE_CHECKING:
    from danvan_cli.page.shown import Alert, ShownCell

_PROGRESS: Final = {"done": "hoàn thành", "doing": "đang làm", "todo": "chưa làm", "unknown": "chưa nêu"}
WORDS: Final[dict[str, dict[str, str]]] = {
    # What is owed, in the order of a legend; each is the name of its shape too.
    "states": {
        "submitted": "đúng hạn",
        "late": "gửi chậm",
        "overdue": "quá hạn",
        "returned": "trả lại",
        "due": "sắp đến hạn",
        "not-due": "chưa đến hạn",
        "extended": "gia hạn",
        "no-date": "không ghi hạn",
        "exempt": "miễn",
        "unread": "biên nhận hỏng",
    },
    # The parts that what is owed adds up of, by the names of their patterns.
    "parts": {
        "in_time": "đúng hạn",
        "late": "gửi chậm",
        "returned": "trả lại",
        "overdue": "quá hạn",
        "ahead": "chưa gửi, chưa quá hạn",
    },
    # How far a task is, by the names of their patterns, and how far a unit's own task is.
    "progress": _PROGRESS,
    "duties": {**_PROGRESS, "none": "không thuộc nhiệm vụ của đơn vị"},
    # What a task's next report still lacks.
    "lacks": {
        "result": "kết quả",
        "evidence": "tài liệu kiểm chứng",
        "changed": "xác nhận chỗ kế hoạch đã đổi",
        "new": "nhiệm vụ mới",
    },
    # What became of an obstacle, what waits first.
    "outcomes": {"open": "chưa trả lời", "forwarded": "đã chuyển cấp trên", "answered": "đã trả lời"},
    # What a ranking rests on, and the steps of a review.
    "bases": BASES,
    "stages": {
        "provisional": "đang thẩm định",
        "notified": "đã thông báo",
        "explained": "đã giải trình",
        "final": "đã chốt",
        "official": "chính thức",
    },
    # How an indicator is summed up over units.
    "sums": {"sum": "cộng", "average": "bình quân", "none": "không tổng hợp"},
    # What is to note of a unit's score.
    "notes": NOTES,
    # What a unit does next.
    "steps": {
        "begin": "Tạo hồ sơ của đơn vị",
        "update": "Đưa nhiệm vụ mới của kế hoạch vào hồ sơ",
        "confirm": "Xác nhận nhiệm vụ đã đổi trong kế hoạch",
        "result": "Ghi kết quả nhiệm vụ",
        "figure": "Ghi số liệu",
        "estimate": "Ghi số ước",
        "report": "Làm báo cáo",
        "issue": "Ghi số, ngày đã ban hành",
    },
    # The kinds of alerts, the gravest first.
    "alerts": {
        "overdue": "Quá hạn",
        "returned": "Đã trả lại, chờ gửi lại",
        "due": "Sắp đến hạn",
        "answer": "Quá hạn trả lời, giải trình",
        "letter": "Văn bản đã thảo, chưa ghi số",
        "broken": "Tệp không đọc được",
        "report": "Có sổ số liệu, chưa có báo cáo",
        "figures": "Có báo cáo, chưa có số liệu",
        "log": "Đề xuất chưa ghi vào hồ sơ",
        "choice": "Gói và hồ sơ cùng sửa một chỗ, chưa chọn",
        "rest": "Nhận còn dở",
        "confirm": "Kế hoạch đã đổi, chưa xác nhận",
    },
}
"""The words for codes, by what they are codes of."""
_SHAPES: Final = {"answer": "overdue", "broken": "unread"}
_WAITING: Final = frozenset({"report", "figures", "log", "choice", "rest", "confirm"})


class AlertForm(NamedTuple):
    """A kind of alert: its words, its shape."""

    said: str
    shape: str


def words_for(of: str) -> dict[str, str]:
    """Give the words for the codes of something, in the language in use."""
    return {code: _(words) for code, words in WORDS[of].items()}


def alert_kinds() -> dict[str, AlertForm]:
    """Give the kinds of alerts, the gravest first."""
    shapes = dict.fromkeys(_WAITING, "wait") | _SHAPES
    return {kind: AlertForm(words, shapes.get(kind, kind)) for kind, words in words_for("alerts").items()}


def state_of(cell: ShownCell) -> str:
    """Give a cell's state, a receipt that cannot be read counted as one."""
    return "unread" if cell.unread else cell.state


def cell_said(cell: ShownCell) -> str:
    """Say a cell's state in as few letters as a column has."""
    return short_state(state_of(cell), cell.days, dated=cell.last is not None)


def short_state(state: str, days: int | None, *, dated: bool) -> str:
    """Say the state of what is owed (`WORDS`, with the days of `delivery/status.StatusRow`) in as few letters as a column has.

    `dated` tells whether it has a last day.
    """
    if state == "submitted" and not dated:
        return _("đã gửi")
    far = abs(days or 0)
    told = {
        "late": _("chậm {days} ngày", days=far),
        "overdue": _("QUÁ {days} ngày", days=far),
        "due": _("còn {days} ngày", days=far),
        "extended": _("gia hạn, còn {days}", days=far),
        "returned": _("trả lại, QUÁ {days}", days=far) if (days or 0) < 0 else _("trả lại, còn {days}", days=far),
    }
    return told[state] if days is not None and state in told else _(WORDS["states"][state])


def alert_said(one: Alert) -> str:
    """Say how it stands with one thing of today, in a few words."""
    when, told = _days_said(one), ""
    if one.count is not None and one.kind != "due":
        count = number(one.count)
        if one.unit is None:
            told = _("{count} đơn vị", count=count)
        else:
            told = _("{count} nhiệm vụ", count=count) if one.kind == "confirm" else _("{count} chỗ", count=count)
    return ", ".join(filter(None, (when, told)))


def _days_said(one: Alert) -> str:
    days, when = one.days, day(one.day) if one.day else ""
    if one.kind == "letter":
        return _("thảo ngày {day}", day=when) if when else ""
    if days is None:
        return _("hạn {day}", day=when) if when else ""
    over = days if one.kind in {"overdue", "answer"} else -days
    if over > 0:
        return _("quá {days} ngày", days=over)
    return _("còn {days} ngày", days=-over) if over else _("hôm nay")


def note_said(code: str, reason: str) -> str:
    """Say what is to note of a unit's score."""
    return Note(code, reason).said(_(NOTES[code]))
