"""The decision that recognises the results; `province/ranking_papers.py` fills it."""

from __future__ import annotations

from danvan_cli.papers.paper import Paper
from danvan_cli.papers.results import DecisionPart, Results
from danvan_cli.word.shape import said, spread


class Recognition(Paper, about="quyết định công nhận kết quả", command="danvan rank --docs", listed=16):
    decision: DecisionPart = spread()
    criteria: list[str] = said(
        "văn bản ban hành bộ tiêu chí", ["Quyết định số 60/QĐ-UBND ngày 10 tháng 01 năm 2023 ban hành bộ tiêu chí"]
    )
    results: Results = spread()
    effect: str | None = said(
        "nội dung Điều 2", "Giao Sở Nội vụ thông báo kết quả đến các cơ quan, đơn vị, địa phương.", default=None
    )
