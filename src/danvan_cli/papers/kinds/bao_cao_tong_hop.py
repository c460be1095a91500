"""The province's own report on a period, summed up from those of the units; `province/summary.py` fills it."""

from __future__ import annotations

import datetime as dt

from danvan_cli.papers.common import Addressed, Common, examples, to
from danvan_cli.papers.paper import Paper
from danvan_cli.papers.results import Results
from danvan_cli.word.shape import Part, said, spread


class SummaryReport(Paper, about="báo cáo tổng hợp của tỉnh", command="danvan summary", listed=19):
    class Period(Part):
        id: str = said("mã", "6m")
        name: str = said("tên", "06 tháng đầu năm 2023")
        from_: dt.date = said("từ ngày", dt.date(2022, 12, 1))
        to: dt.date = said("đến ngày", dt.date(2023, 5, 31))

    class Beside(Part):
        name: str = said("tên", "06 tháng đầu năm 2022")
        units: int | None = said("số đơn vị có số liệu cả hai kỳ, ở đa số chỉ tiêu", 30)

    class Remarks(Part):
        situation: str | None = said("tình hình", "Tình hình trong kỳ.")
        strengths: str | None = said("ưu điểm", "Ưu điểm trong kỳ.")
        limits: str | None = said("hạn chế", "Hạn chế trong kỳ.")
        causes: str | None = said("nguyên nhân", "Nguyên nhân trong kỳ.")
        next: str | None = said("phương hướng", "Phương hướng trong kỳ.")
        proposals: str | None = said("kiến nghị", "Kiến nghị trong kỳ.")

    class Sent(Part):
        total: int = said("phải gửi", 34)
        exempt: int = said("được miễn, không tính vào số phải gửi", 1)
        in_time: int = said("đúng hạn", 30)
        late: int = said("gửi chậm", 3)
        missing: int = said("chưa gửi", 1)
        returned: int = said("bị trả lại, chưa gửi lại", 0)
        dated: bool = said("kế hoạch có ghi thời hạn gửi", True)

    class Notable(Part):
        unit: str = said("đơn vị", "Sở Y tế")
        text: str = said("kết quả", "tổ chức 12 hội nghị cho 1.250 lượt người")

    class Area(Part):
        title: str = said("tên nội dung", "Quán triệt các quan điểm, chủ trương của Đảng")
        text: str | None = said("tổng hợp kết quả", "Các cơ quan đã tổ chức quán triệt đầy đủ.")
        figures: list[str] = said(
            "các câu nêu số liệu của nội dung", ["Số hội nghị quán triệt: 256 hội nghị; tăng 40 (20%)"], some=True
        )
        notable: list[SummaryReport.Notable] = said("kết quả nổi bật")

    class Raised(Part):
        unit: str = said("đơn vị", "Sở Y tế")
        sentence: str = said("nội dung", "Chưa có hướng dẫn về mức chi. Đề xuất: ban hành hướng dẫn.")

    class Figure(Part):
        name: str = said("chỉ tiêu", "Số hội nghị quán triệt")
        unit: str = said("đơn vị tính", "hội nghị")
        area: str | None = said("mã nội dung của kế hoạch; trống nếu không thuộc nội dung nào", "II.1")
        value: str | None = said("kỳ này", "256")
        units: int = said("số đơn vị có số liệu", 33)
        both: int = said("số đơn vị có số liệu cả hai kỳ", 30)
        previous: str | None = said("kỳ trước, của các đơn vị có số liệu cả hai kỳ", "200")
        now: str | None = said("kỳ này, của các đơn vị có số liệu cả hai kỳ", "240")
        change: str = said("tăng, giảm, của các đơn vị có số liệu cả hai kỳ", "+40 (+20%)")
        estimate: str | None = said("ước cả kỳ", "300")
        said: str | None = said(
            "câu nêu số liệu", "Số hội nghị quán triệt: 256 hội nghị của 33 đơn vị có số liệu; tăng 40 (20%)"
        )

    class Break(Part):
        says: str = said("điều phải đúng", "Số đơn đã giải quyết không lớn hơn số đơn phải giải quyết")
        units: list[str] = said("số liệu của ai không đúng như vậy", ["Sở Y tế", "Sở Tư pháp"], some=True)

    class State(Part):
        label: str = said("nội dung", "Quán triệt")
        values: list[int] = said("đã, đang, chưa, chưa nêu", [20, 10, 4, 2])

    class Progress(Part):
        title: str = said("nội dung", "Quán triệt các quan điểm, chủ trương của Đảng")
        done: int = said("đã hoàn thành", 20)
        doing: int = said("đang thực hiện", 10)
        todo: int = said("chưa thực hiện", 4)
        unknown: int = said("chưa nêu", 2)
        whole: int = said("cộng", 36)
        share: str | None = said("tỷ lệ đã hoàn thành, phần trăm", "55,6")

    class Unit(Part):
        name: str = said("tên", "Ủy ban nhân dân huyện Bù Gia Mập")
        last_day: str | None = said("hạn", "09/5/2023")
        issued: str | None = said("ngày ban hành", "08/5/2023")
        received: str | None = said("ngày đến", "09/5/2023")
        state: str = said("tình trạng", "đúng hạn")

    common: Common = spread(examples("BC-SNV"))
    addressed: Addressed = spread(to("Ủy ban nhân dân tỉnh"))
    results: Results = spread()
    period: Period = said("kỳ báo cáo")
    block: str | None = said("khối, nếu chỉ tổng hợp một khối", default=None)
    beside: Beside | None = said("kỳ so sánh: kỳ trước, hoặc cùng kỳ năm trước khi kỳ này chưa hết")
    remarks: Remarks = said("nhận xét chung")
    sent: Sent = said("tình hình gửi báo cáo")
    areas: list[Area] = said("nội dung")
    others: bool = said("còn kết quả không trích, nằm trong sổ kèm theo", example=True)
    obstacles: list[Raised] = said("khó khăn, vướng mắc")
    other_obstacles: int = said("số khó khăn, vướng mắc khác, nằm trong bảng tổng hợp kèm theo", 2)
    no_obstacles: bool = said("mọi đơn vị đã gửi đều nói là không có khó khăn, vướng mắc", example=False, default=False)
    official_indicators: bool = said("chỉ tiêu là chính thức", example=False)
    figures: list[Figure] = said("số liệu")
    estimates: bool = said("có số ước cả kỳ", example=False)
    breaks: list[Break] = said("số liệu không khớp")
    unread: list[str] = said("đã gửi nhưng chưa có số liệu", ["Ủy ban nhân dân huyện Bù Đốp"])
    states: list[State] = said("biểu đồ tiến độ")
    progress: list[Progress] = said("tiến độ")
    tasks: Progress = said("tiến độ, cộng các nội dung")
    late_by: str = said("đúng hạn tính theo ngày nào", "ngày đến")
    units: list[Unit] = said("tình hình gửi")
