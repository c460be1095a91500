"""The notice that tells units the results, before or after they explained; `province/ranking_papers.py` fills it."""

from __future__ import annotations

from danvan_cli.papers.common import Cited, Common, examples
from danvan_cli.papers.paper import Paper
from danvan_cli.papers.results import Changes, Results
from danvan_cli.word.shape import said, spread


class ResultNotice(Paper, about="thông báo kết quả thẩm định", command="danvan rank --docs", listed=18):
    common: Common = spread(examples("TB-SNV"))
    superior: str | None = said("cấp trên nhận để báo cáo", "Ủy ban nhân dân tỉnh")
    results: Results = spread()
    decision: Cited = said("quyết định thành lập Đoàn")
    final: bool = said("kết quả cuối cùng, sau giải trình", example=False)
    answer_by: str | None = said("hạn giải trình", "15/12/2023")
    changes: list[Changes] = said("tiêu chí có kết quả thẩm định khác với tự chấm")
