"""The decision that founds the team that verifies; `province/ranking_papers.py` fills it."""

from __future__ import annotations

from danvan_cli.papers.paper import Paper
from danvan_cli.papers.results import DecisionPart
from danvan_cli.word.shape import Part, said, spread


class TeamDecision(Paper, about="quyết định thành lập Đoàn thẩm định", command="danvan review team", listed=15):
    class Member(Part):
        name: str = said("họ tên", "Trần Thị Bình")
        position: str = said("chức vụ, đơn vị", "Phó Giám đốc Sở Nội vụ")
        role: str = said("nhiệm vụ trong Đoàn", "Trưởng Đoàn")

    decision: DecisionPart = spread()
    members: list[Member] = said("thành viên", default=[])
    duties: list[str] = said(
        "nhiệm vụ của Đoàn", ["Thẩm định hồ sơ tự chấm điểm", "Tổng hợp, báo cáo kết quả thẩm định"], default=[]
    )
