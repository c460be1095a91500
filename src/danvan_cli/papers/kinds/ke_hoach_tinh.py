"""The plan of the province as it was issued: its whole text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from danvan_cli.papers.common import Letterhead, SignatureLines
from danvan_cli.papers.paper import Paper
from danvan_cli.word.shape import Part, said, taken

if TYPE_CHECKING:
    from danvan_cli.plan.model import Plan


class Verbatim(Part):
    text: str = said("nguyên văn", "Nâng cao nhận thức, trách nhiệm của cán bộ, công chức.")


class IssuedText(Part):
    class Headings(Part):
        aims: str = said("phần I", "I. MỤC ĐÍCH, YÊU CẦU")
        areas: str = said("phần II", "II. NỘI DUNG")
        duties: str = said("phần III", "III. TỔ CHỨC THỰC HIỆN")

    class Area(Part):
        title: str = said("tên", "Công tác quán triệt các quan điểm, chủ trương của Đảng")
        tasks: list[Verbatim] = said("nhiệm vụ")

    class Point(Part):
        letter: str = said("chữ cái", "a")
        text: str = said("nguyên văn", "Nâng cao nhận thức, trách nhiệm của cán bộ, công chức.")

    class Duty(Part):
        title: str = said("của ai", "Sở Nội vụ")
        text: str | None = said("nguyên văn; trống nếu chia thành các điểm", "Theo dõi, đôn đốc việc thực hiện.")
        points: list[IssuedText.Point] = said("các điểm")

    title: str = said("trích yếu", "Thực hiện công tác dân vận chính quyền năm 2023")
    year: int = said("năm", 2023)
    headings: Headings = said("tên ba phần")
    opening: list[Verbatim] = said(
        "các đoạn mở đầu",
        examples={"text": "Thực hiện Chương trình công tác năm 2023, Ủy ban nhân dân tỉnh ban hành Kế hoạch này."},
    )
    aims: list[Verbatim] = said("mục đích, yêu cầu", some=True)
    areas: list[Area] = said("nội dung", some=True)
    duties: list[Duty] = said("tổ chức thực hiện", some=True)
    closing: list[Verbatim] = said("các đoạn kết", examples={"text": "Trên đây là Kế hoạch của tỉnh./."})
    recipients: list[str] = said("các dòng nơi nhận", ["Ban Dân vận Tỉnh ủy", "Lưu: VT"], some=True)


class ProvincePlan(Paper, about="kế hoạch của tỉnh", command="danvan export", listed=1):
    plan: IssuedText = said("kế hoạch của tỉnh, nguyên văn đã ban hành")
    letterhead: Letterhead = said("phần đầu văn bản", examples={"symbol": "KH-UBND"})
    signature: SignatureLines = said("chữ ký")


def province_plan(plan: Plan) -> ProvincePlan:
    """Make the issued plan's paper."""
    issued = taken(
        IssuedText,
        plan,
        headings=taken(IssuedText.Headings, plan.headings),
        opening=[taken(Verbatim, one) for one in plan.opening],
        aims=[taken(Verbatim, one) for one in plan.aims],
        areas=[
            IssuedText.Area(title=area.title, tasks=[taken(Verbatim, task) for task in area.tasks if not task.ended])
            for area in plan.areas
        ],
        duties=[
            taken(
                IssuedText.Duty,
                it,
                points=[taken(IssuedText.Point, one, letter=point_letter(at)) for at, one in enumerate(it.points)],
            )
            for it in plan.duties
        ],
        closing=[taken(Verbatim, one) for one in plan.closing],
    )
    when = plan.issued.date
    letterhead = taken(
        Letterhead,
        plan.issuer,
        superior=[],
        issuer=plan.issuer.letterhead,
        number=plan.issued.number,
        symbol=f"KH-{plan.issuer.abbr}",
        date=when,
        year=when.year if when else plan.year,
        month=when.month if when else None,
    )
    return ProvincePlan(plan=issued, letterhead=letterhead, signature=taken(SignatureLines, plan.signature))


# The order of points in a document: a b c d đ e g h i k l … (no f, j, w, z).
_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"


def point_letter(index: int) -> str:
    """Name a point by its place, from 0; after the last letter they are doubled."""
    again, at = divmod(index, len(_LETTERS))
    return _LETTERS[at] * (again + 1)
