"""The proposal to recognise the results; `province/ranking_papers.py` fills it."""

from __future__ import annotations

from danvan_cli.papers.common import Addressed, Common, examples, to
from danvan_cli.papers.paper import Paper
from danvan_cli.papers.results import GROUNDS, Results
from danvan_cli.word.shape import said, spread


class RecognitionProposal(Paper, about="tờ trình công nhận kết quả", command="danvan rank --docs", listed=14):
    common: Common = spread(examples("TTr-SNV"))
    addressed: Addressed = spread(to("Ủy ban nhân dân tỉnh"))
    grounds: list[str] = GROUNDS
    criteria: list[str] = said(
        "văn bản ban hành bộ tiêu chí", ["Quyết định số 60/QĐ-UBND ngày 10 tháng 01 năm 2023 ban hành bộ tiêu chí"]
    )
    results: Results = spread()
    missing: list[str] = said("chưa gửi hồ sơ", ["Ủy ban nhân dân huyện Bù Gia Mập"])
    process: str | None = said(
        "quá trình thẩm định", "Đoàn thẩm định đã họp hai lần; các đơn vị đã giải trình.", default=None
    )
