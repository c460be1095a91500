"""The report to the plan's issuer on who was urged twice and is still late; `province/reminders.py` fills it."""

from __future__ import annotations

import datetime as dt

from danvan_cli.papers.common import Addressed, Cited, Common, examples, to
from danvan_cli.papers.kinds.cong_van_don_doc import URGED, LateUnit, Missed
from danvan_cli.papers.paper import Paper
from danvan_cli.word.shape import said, spread


class UnsentReport(Paper, about="báo cáo cấp trên về đơn vị chưa gửi", command="danvan remind", listed=10):
    common: Common = spread(examples("BC-SNV"))
    addressed: Addressed = spread(to("Ủy ban nhân dân tỉnh"))
    deliverable: Missed = said("báo cáo, hồ sơ bị chậm")
    as_of: dt.date = said("tính đến ngày", dt.date(2023, 6, 5))
    times: int = said("mỗi đơn vị đã được đôn đốc mấy lần", 2)
    letters: list[Cited] = said("các lần đã đôn đốc", examples=URGED)
    late: list[LateUnit] = said("vẫn chưa gửi", examples={"days": 27})
