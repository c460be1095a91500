"""The letter that urges those who are late; `province/reminders.py` fills it."""

from __future__ import annotations

import datetime as dt
from typing import Final

from danvan_cli.papers.common import Cited, Common, examples
from danvan_cli.papers.paper import Paper
from danvan_cli.word.shape import Part, said, spread

URGED: Final = {"number": "118/SNV-XDCQ", "date": dt.date(2023, 5, 11)}
"""The example of a letter that urged before."""


class Missed(Part):
    name: str = said("tên báo cáo, hồ sơ", "Báo cáo kết quả 06 tháng đầu năm")
    last_day: dt.date | None = said("ngày cuối đúng hạn", dt.date(2023, 5, 9))
    given: str | None = said("văn bản ấn định ngày đó, nếu không phải Kế hoạch", "Công văn số 112/SNV ngày 02/5/2023")


class LateUnit(Part):
    class Returned(Cited):
        reason: str = said("lý do trả lại", "thiếu Phụ lục số liệu")

    name: str = said("tên", "Ủy ban nhân dân huyện Bù Gia Mập")
    owes: str = said("chưa gửi gì", "Báo cáo 06 tháng")
    last_day: str | None = said("hạn gửi", "09/5/2023")
    days: int = said("số ngày quá hạn", 6)
    returned: Returned | None = said("lần trả lại, nếu chưa gửi lại", default=None)
    heirs: str | None = said("cơ quan kế thừa nhiệm vụ, nếu cơ quan chưa gửi không còn", default=None)


class Reminder(Paper, about="công văn đôn đốc", command="danvan remind", listed=9):
    common: Common = spread(examples("SNV-XDCQ"))
    superior: str | None = said("cấp trên nhận để báo cáo", "Ủy ban nhân dân tỉnh")
    to: list[str] = said("nơi nhận ghi ở Kính gửi", ["Các cơ quan, đơn vị, địa phương có tên trong danh sách kèm theo"])
    deliverable: Missed = said("báo cáo, hồ sơ bị chậm")
    as_of: dt.date = said("tính đến ngày", dt.date(2023, 5, 15))
    answer_by: str | None = said("hạn phải gửi, như 20/5/2023", "20/5/2023")
    earlier: Cited | None = said("lần đôn đốc trước", examples=URGED)
    letters: list[Cited] = said("lần đôn đốc gần nhất của từng đơn vị chưa gửi", examples=URGED)
    escalates: bool = said("quá hạn nữa thì báo cáo cấp trên", example=True)
    late: list[LateUnit] = said("chưa gửi")
