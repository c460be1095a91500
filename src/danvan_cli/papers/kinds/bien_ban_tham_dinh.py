"""The minutes of the meeting that verifies, signed by its chair and its secretary; `province/ranking_papers.py` fills it."""

from __future__ import annotations

from danvan_cli.papers.common import Unsigned, examples
from danvan_cli.papers.paper import Paper
from danvan_cli.papers.results import Changes, Results
from danvan_cli.word.shape import Part, said, spread


class Minutes(Paper, about="biên bản họp thẩm định", command="danvan rank --docs", listed=17):
    class Held(Part):
        from_: str | None = said("bắt đầu", "08 giờ 00, ngày 20 tháng 12 năm 2023", default=None)
        to: str | None = said("kết thúc", "11 giờ 30 cùng ngày", default=None)
        place: str | None = said("địa điểm", "Phòng họp số 1, Sở Nội vụ", default=None)

    class Present(Part):
        name: str = said("họ tên", "Lê Văn Cường")
        position: str = said("chức vụ", "Phó Chánh Thanh tra tỉnh")

    class Person(Part):
        name: str | None = said("họ tên", "Trần Thị Bình", default=None)
        position: str | None = said("chức vụ", "Phó Giám đốc Sở Nội vụ", default=None)

    common: Unsigned = spread(examples("BB-SNV"))
    results: Results = spread()
    held: Held = said("thời gian, địa điểm")
    present: list[Present] = said("người dự", default=[])
    chair: Person = said("chủ tọa")
    secretary: Person = said("thư ký")
    changes: list[Changes] = said("tiêu chí có kết quả thẩm định khác với tự chấm")
    opinions: list[str] = said("ý kiến", ["Đề nghị thống nhất cách tính ngày gửi"], default=[])
    conclusion: str | None = said("kết luận", "Thống nhất kết quả thẩm định như Phụ lục.", default=None)
