"""The words for what a page shows: codes become words of the screen and the name of a shape, so that no state is told by colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from danvan_cli.lang import _
from danvan_cli.text import day, number

if TYPE_CHECKING:
    from danvan_cli.page.shown import Alert, Cell

WRONG = frozenset({"overdue", "returned", "unread"})
"""The states of a cell that somebody must see to."""


class Kind(NamedTuple):
    """A kind of alert: its words, its shape."""

    said: str
    shape: str


def states() -> dict[str, str]:
    """Give the states of what is owed, in the order of a legend; each is the name of its shape too."""
    return {
        "submitted": _("đúng hạn"),
        "late": _("gửi chậm"),
        "overdue": _("quá hạn"),
        "returned": _("trả lại"),
        "due": _("sắp đến hạn"),
        "not-due": _("chưa đến hạn"),
        "extended": _("gia hạn"),
        "no-date": _("không ghi hạn"),
        "exempt": _("miễn"),
        "unread": _("biên nhận hỏng"),
    }


def state_of(cell: Cell) -> str:
    """Give a cell's state, a receipt that cannot be read counted as one."""
    return "unread" if cell.unread else cell.state


def cell_said(cell: Cell) -> str:
    """Say a cell's state in as few letters as a column has."""
    return state_said(state_of(cell), cell.days, dated=cell.last is not None)


def state_said(state: str, days: int | None, *, dated: bool) -> str:
    """Say the state of what is owed (`states`, with the days of `delivery/status.StatusRow`) in as few letters as a column has.

    `dated` tells whether it has a last day.
    """
    if state == "submitted" and not dated:
        return _("đã gửi")
    far = abs(days or 0)
    said = {
        "late": _("chậm {days} ngày", days=far),
        "overdue": _("QUÁ {days} ngày", days=far),
        "due": _("còn {days} ngày", days=far),
        "extended": _("gia hạn, còn {days}", days=far),
        "returned": _("trả lại, QUÁ {days}", days=far) if (days or 0) < 0 else _("trả lại, còn {days}", days=far),
    }
    return said[state] if days is not None and state in said else states()[state]


def alert_kinds() -> dict[str, Kind]:
    """Give the kinds of alerts, the gravest first."""
    return {
        "overdue": Kind(_("Quá hạn"), "overdue"),
        "returned": Kind(_("Đã trả lại, chờ gửi lại"), "returned"),
        "due": Kind(_("Sắp đến hạn"), "due"),
        "answer": Kind(_("Quá hạn trả lời, giải trình"), "overdue"),
        "letter": Kind(_("Văn bản đã thảo, chưa ghi số"), "letter"),
        "broken": Kind(_("Tệp không đọc được"), "unread"),
        "report": Kind(_("Có sổ số liệu, chưa có báo cáo"), "wait"),
        "figures": Kind(_("Có báo cáo, chưa có số liệu"), "wait"),
        "log": Kind(_("Đề xuất chưa ghi vào hồ sơ"), "wait"),
        "choice": Kind(_("Gói và hồ sơ cùng sửa một chỗ, chưa chọn"), "wait"),
        "rest": Kind(_("Nhận còn dở"), "wait"),
        "confirm": Kind(_("Kế hoạch đã đổi, chưa xác nhận"), "wait"),
    }


def alert_said(one: Alert) -> str:
    """Say how it stands with one thing of today, in a few words."""
    said, told = _days_said(one), ""
    if one.count is not None and one.kind != "due":
        count = number(one.count)
        if one.unit is None:
            told = _("{count} đơn vị", count=count)
        else:
            told = _("{count} nhiệm vụ", count=count) if one.kind == "confirm" else _("{count} chỗ", count=count)
    return ", ".join(filter(None, (said, told)))


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


def parts() -> dict[str, str]:
    """Give the parts that what is owed adds up of, by the names of their patterns."""
    return {
        "in_time": _("đúng hạn"),
        "late": _("gửi chậm"),
        "returned": _("trả lại"),
        "overdue": _("quá hạn"),
        "ahead": _("chưa gửi, chưa quá hạn"),
    }


def progress() -> dict[str, str]:
    """Give how far a task is, by the names of their patterns."""
    return {"done": _("hoàn thành"), "doing": _("đang làm"), "todo": _("chưa làm"), "unknown": _("chưa nêu")}


def duty_states() -> dict[str, str]:
    """Give how far a unit's own task is."""
    return {**progress(), "none": _("không thuộc nhiệm vụ của đơn vị")}


def lacks() -> dict[str, str]:
    """Give what a task's next report still lacks."""
    return {
        "result": _("kết quả"),
        "evidence": _("tài liệu kiểm chứng"),
        "changed": _("xác nhận chỗ kế hoạch đã đổi"),
        "new": _("nhiệm vụ mới"),
    }


def outcomes() -> dict[str, str]:
    """Give what became of an obstacle, what waits first."""
    return {"open": _("chưa trả lời"), "forwarded": _("đã chuyển cấp trên"), "answered": _("đã trả lời")}


def bases() -> dict[str, str]:
    """Give what a ranking rests on."""
    return {"self": _("tự chấm"), "verified": _("thẩm định"), "official": _("chính thức")}


def stages() -> dict[str, str]:
    """Give the steps of a review."""
    return {
        "provisional": _("đang thẩm định"),
        "notified": _("đã thông báo"),
        "explained": _("đã giải trình"),
        "final": _("đã chốt"),
        "official": _("chính thức"),
    }


def sums() -> dict[str, str]:
    """Give how an indicator is summed up over units."""
    return {"sum": _("cộng"), "average": _("bình quân"), "none": _("không tổng hợp")}


def note_said(code: str, reason: str) -> str:
    """Say what is to note of a unit's score."""
    said = {
        "changed": _("điểm chính thức khác điểm tính lại từ hồ sơ thẩm định"),
        "own": _("đơn vị tự thẩm định"),
        "other-rubric": _("chấm theo bộ tiêu chí khác với khối"),
        "not-sent": _("chưa gửi hồ sơ tự chấm"),
        "not-verified": _("chưa thẩm định xong"),
        "not-decided": _("chưa có quyết định"),
        "blank": _("còn tiêu chí chưa chấm"),
        "not-eligible": _("không đủ điều kiện xếp loại"),
        "limited": _("khống chế"),
        "doubt": _("trái với sổ theo dõi"),
    }.get(code, code)
    return f"{said}: {reason}" if reason else said


def steps() -> dict[str, str]:
    """Give what a unit does next."""
    return {
        "begin": _("Tạo hồ sơ của đơn vị"),
        "update": _("Đưa nhiệm vụ mới của kế hoạch vào hồ sơ"),
        "confirm": _("Xác nhận nhiệm vụ đã đổi trong kế hoạch"),
        "result": _("Ghi kết quả nhiệm vụ"),
        "figure": _("Ghi số liệu"),
        "estimate": _("Ghi số ước"),
        "report": _("Làm báo cáo"),
        "issue": _("Ghi số, ngày đã ban hành"),
    }
