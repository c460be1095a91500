"""A report on a topic, or a unit's own: what is asked for, on a period or on none."""

from __future__ import annotations

import datetime as dt

from danvan_cli.papers.annexes import Counts, EvidenceRow, FigureRow, ProgressRow, StateBar
from danvan_cli.papers.common import Addressed, Cited, Common, RemarksTold, examples
from danvan_cli.papers.paper import Paper
from danvan_cli.word.shape import Part, said, spread


class ReportPeriod(Part):
    id: str = said("mã", "1y")
    name: str = said("tên", "năm 2023")
    from_: dt.date = said("từ ngày", dt.date(2022, 12, 1))
    to: dt.date = said("đến ngày", dt.date(2023, 11, 30))
    estimate: bool = said("kỳ có số ước thực hiện", example=True)


class Compared(Part):
    name: str = said("tên", "năm 2022")


class OtherReport(Paper, about="báo cáo chuyên đề, đột xuất, báo cáo riêng", command="danvan report", listed=4):
    class Raised(Part):
        sentence: str = said("nội dung và đề xuất", "Chưa có hướng dẫn về mức chi. Đề xuất: ban hành hướng dẫn.")

    class Duty(Part):
        id: str = said("mã mục", "III.7")

    class Task(Part):
        label: str = said("tên gọn", "Công khai thủ tục hành chính")
        missing: str = said("chữ của chỗ trống khi chưa có kết quả", "kết quả: Công khai thủ tục hành chính")
        result: str | None = said("kết quả trong kỳ", "Đã niêm yết 112 thủ tục tại bộ phận một cửa.")

    class Area(Part):
        title: str = said("tên", "Công tác cải cách hành chính")
        tasks: list[OtherReport.Task] = said("nhiệm vụ của đơn vị")

    common: Common = spread(examples("BC-SYT"))
    addressed: Addressed = spread()
    remarks: RemarksTold = said("nhận xét chung, từ units/<mã>/unit.yaml")
    obstacles: list[Raised] = said("khó khăn, vướng mắc trong kỳ")
    no_obstacles: bool = said("đơn vị đã nói là không có khó khăn, vướng mắc", example=False, default=False)
    unit_plan: Cited = said(
        "kế hoạch đơn vị đã ban hành", examples={"number": "15/KH-SYT", "date": dt.date(2023, 2, 10)}
    )
    plan_told: bool = said(
        "không nói thêm việc ban hành kế hoạch: tình hình đã nói, hoặc đơn vị không phải có", example=False
    )
    topic: str = said("nội dung báo cáo", "Kết quả thực hiện dân chủ ở cơ sở")
    request: str | None = said("văn bản yêu cầu báo cáo", "Công văn số 210/UBND-NC ngày 02 tháng 10 năm 2023")
    ad_hoc: bool = said("báo cáo đột xuất, có đề cương riêng", example=False)
    duty: Duty | None = said("mục giao nhiệm vụ báo cáo")
    planned: bool = said("báo cáo do chính Kế hoạch đặt ra", example=True)
    period: ReportPeriod | None = said("kỳ báo cáo; trống ở báo cáo không theo kỳ")
    beside: Compared | None = said("kỳ so sánh với số đã thực hiện", examples={"name": "cùng kỳ năm 2022"})
    whole: Compared | None = said("kỳ trước, so sánh với số ước cả kỳ")
    areas: list[Area] = said("nội dung của kế hoạch")
    official_indicators: bool = said("chỉ tiêu do cơ quan ban hành kế hoạch quy định", example=True)
    figures: list[FigureRow] = said("số liệu")
    progress: list[ProgressRow] = said(
        "tiến độ: dòng đề mục và dòng nhiệm vụ; trống nếu đơn vị không kèm phụ lục tiến độ"
    )
    counts: Counts = said("số nhiệm vụ")
    states: list[StateBar] = said("biểu đồ tiến độ: {{ states | chart(…) }}")
    evidence: list[EvidenceRow] = said("tài liệu kiểm chứng")
