"""The shapes of the province's own documents and of the letters: what the commands that make them will give.

Persons, numbers and dates of the examples are made up.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from danvan_cli.papers.common_names import common
from danvan_cli.word.shape import Name, day, flag, group, many, number, text, texts

if TYPE_CHECKING:
    from danvan_cli.word.shape import Shape


def _to(*names: str) -> Shape:
    return {"to": texts("nơi nhận ghi ở Kính gửi", *names)}


def _addressee(name: str) -> Shape:
    return _to(name) | {"addressee": text("nơi nhận trong câu", name, optional=True)}


_SUPERIOR: Final[Shape] = {"superior": text("cấp trên nhận để báo cáo", "Ủy ban nhân dân tỉnh", optional=True)}

_DELIVERABLE: Final[Shape] = {
    "name": text("tên báo cáo, hồ sơ", "Báo cáo kết quả 06 tháng đầu năm"),
    "last_day": day("ngày cuối đúng hạn", date(2023, 5, 9), optional=True),
}

_GROUNDS: Final[Shape] = {
    "grounds": texts("văn bản căn cứ, không có chữ «Căn cứ»", "Kế hoạch số 05/KH-UBND ngày 05 tháng 01 năm 2023 của Ủy ban nhân dân tỉnh",
                      "Biên bản họp Đoàn thẩm định ngày 20 tháng 12 năm 2023"),
}  # fmt: skip

_RESULTS: Final[Shape] = {
    "counts": group("số lượng", {
        "total": number("số cơ quan, đơn vị, địa phương phải chấm", 34),
        "scored": number("số đã có điểm", 33),
    }),
    "bands": many("mức xếp loại và số lượng", {
        "name": text("tên mức", "Hoàn thành tốt nhiệm vụ"),
        "count": number("số lượng", 12),
    }),
    "excluded": many("không xếp loại", {
        "name": text("tên", "Sở X"),
        "reason": text("lý do", "không gửi hồ sơ"),
    }),
    "blocks": many("khối", {
        "name": text("tên khối", "Khối các sở, ban, ngành tỉnh"),
        "rows": many("cơ quan, đơn vị, địa phương theo thứ hạng", {
            "name": text("tên", "Sở Thông tin và Truyền thông"),
            "self": text("điểm tự chấm", "92,50", optional=True),
            "verified": text("điểm thẩm định", "90,00", optional=True),
            "difference": text("chênh lệch", "-2,50", optional=True),
            "band": text("mức xếp loại", "Hoàn thành tốt", optional=True),
            "rank": number("hạng trong khối", 1, optional=True),
            "note": text("ghi chú", "bị khống chế: gửi báo cáo chậm", optional=True),
        }),
    }),
}  # fmt: skip

_DECISION: Final[Shape] = common("QĐ-SNV") | _SUPERIOR | _GROUNDS | {
    "authority": texts("dòng thẩm quyền ban hành", "GIÁM ĐỐC SỞ NỘI VỤ", some=True),
    "proposer": text("người đề nghị", "Trưởng phòng Xây dựng chính quyền", optional=True),
    "responsible": texts("ai chịu trách nhiệm thi hành", "Chánh Văn phòng Sở", "Trưởng phòng Xây dựng chính quyền"),
}  # fmt: skip

_CITED: Final[Shape] = {
    "number": text("số, ký hiệu", "312/TB-SNV", optional=True),
    "date": day("ngày", date(2023, 12, 5), optional=True),
}

_PERSON: Final[Shape] = {
    "name": text("họ tên", "Trần Thị Bình", optional=True),
    "position": text("chức vụ", "Phó Giám đốc Sở Nội vụ", optional=True),
}


def _unsigned(shape: Shape) -> Shape:
    """Leave the signature out: a record is signed by its chair and its secretary."""
    return {key: name for key, name in shape.items() if key != "signature"}


PROVINCE: Final[dict[str, Shape]] = {
    "cong-van-don-doc": common("SNV-XDCQ") | _SUPERIOR | _to("Các cơ quan, đơn vị, địa phương có tên trong danh sách kèm theo") | {
        "deliverable": group("báo cáo, hồ sơ bị chậm", _DELIVERABLE),
        "as_of": day("tính đến ngày", date(2023, 5, 15)),
        "answer_by": text("hạn phải gửi, như 20/5/2023", "20/5/2023", optional=True),
        "earlier": group("lần đôn đốc trước", {
            "number": text("số, ký hiệu", "118/SNV-XDCQ", optional=True),
            "date": day("ngày", date(2023, 5, 11)),
        }, optional=True),
        "escalates": flag("quá hạn nữa thì báo cáo cấp trên"),
        "late": many("chưa gửi", {
            "name": text("tên", "Ủy ban nhân dân huyện Bù Gia Mập"),
            "owes": text("chưa gửi gì", "Báo cáo 06 tháng"),
            "last_day": text("hạn gửi", "09/5/2023", optional=True),
            "days": number("số ngày quá hạn", 6),
        }),
    },
    "bao-cao-chua-gui": common("BC-SNV") | _addressee("Ủy ban nhân dân tỉnh") | {
        "deliverable": group("báo cáo, hồ sơ bị chậm", _DELIVERABLE),
        "as_of": day("tính đến ngày", date(2023, 6, 5)),
        "letters": many("các lần đã đôn đốc", {
            "number": text("số, ký hiệu", "118/SNV-XDCQ", optional=True),
            "date": day("ngày", date(2023, 5, 11)),
        }),
        "late": many("vẫn chưa gửi", {
            "name": text("tên", "Ủy ban nhân dân huyện Bù Gia Mập"),
            "owes": text("chưa gửi gì", "Báo cáo 06 tháng"),
            "last_day": text("hạn gửi", "09/5/2023", optional=True),
            "days": number("số ngày quá hạn", 27),
        }),
    },
    "cong-van-de-nghi-bao-cao": common("SNV-XDCQ") | _SUPERIOR | _to("Các sở, ban, ngành tỉnh", "Ủy ban nhân dân các huyện, thị xã, thành phố") | {
        "topic": text("nội dung báo cáo", "Kết quả thực hiện dân chủ ở cơ sở năm 2023"),
        "request": text("văn bản yêu cầu", "Công văn số 210/UBND-NC ngày 02 tháng 10 năm 2023 của Ủy ban nhân dân tỉnh", optional=True),
        "period": group("thời gian của số liệu", {
            "from": day("từ ngày", date(2022, 12, 1)),
            "to": day("đến ngày", date(2023, 10, 31)),
        }, optional=True),
        "answer_by": text("hạn gửi", "15/11/2023", optional=True),
        "contact": text("đầu mối liên hệ", "Phòng Xây dựng chính quyền, Sở Nội vụ", optional=True),
        "outline": many("đề cương", {
            "title": text("tên mục", "Kết quả thực hiện"),
            "points": texts("các ý", "Công tác chỉ đạo", "Kết quả đạt được", "Số liệu theo biểu"),
        }),
    },
    "cong-van-vuong-mac": common("SYT-VP") | _addressee("Ủy ban nhân dân tỉnh (qua Sở Nội vụ)") | {
        "obstacles": many("khó khăn, vướng mắc", {
            "text": text("nội dung", "Chưa có hướng dẫn về kinh phí cho tổ hòa giải ở khu phố."),
            "proposal": text("đề xuất", "Đề nghị hướng dẫn mức chi.", optional=True),
        }),
    },
    "cong-van-giai-trinh": common("SYT-VP") | _addressee("Sở Nội vụ") | {
        "notice": group("văn bản được phúc đáp", {"name": text("tên loại và tên", "Thông báo")} | _CITED),
        "rows": many("tiêu chí đề nghị xem xét lại", {
            "id": text("mã tiêu chí", "1.2"),
            "criterion": text("tên tiêu chí", "Ban hành kế hoạch đúng thời hạn"),
            "self": text("điểm tự chấm", "3,00"),
            "verified": text("điểm thẩm định", "1,50", optional=True),
            "asked": text("điểm đề nghị", "3,00", optional=True),
            "reason": text("lý do", "Kế hoạch đã ban hành trước thời hạn, gửi qua trục liên thông.", optional=True),
            "evidence": texts("tài liệu kiểm chứng", "Kế hoạch số 15/KH-SYT", "Ảnh chụp nhật ký gửi"),
        }),
        "rest": text("ý kiến về các tiêu chí còn lại", "thống nhất với kết quả thẩm định.", optional=True),
    },
    "to-trinh-cong-nhan": common("TTr-SNV") | _addressee("Ủy ban nhân dân tỉnh") | _GROUNDS | _RESULTS | {
        "missing": texts("chưa gửi hồ sơ", "Ủy ban nhân dân huyện Bù Gia Mập"),
        "process": text("quá trình thẩm định", "Đoàn thẩm định đã họp hai lần; các đơn vị đã giải trình.", optional=True),
    },
    "quyet-dinh-doan-tham-dinh": _DECISION | {
        "members": many("thành viên", {
            "name": text("họ tên", "Trần Thị Bình"),
            "position": text("chức vụ, đơn vị", "Phó Giám đốc Sở Nội vụ"),
            "role": text("nhiệm vụ trong Đoàn", "Trưởng Đoàn"),
        }),
        "duties": texts("nhiệm vụ của Đoàn", "Thẩm định hồ sơ tự chấm điểm", "Tổng hợp, báo cáo kết quả thẩm định"),
    },
    "quyet-dinh-cong-nhan": _DECISION | _RESULTS | {
        "effect": text("nội dung Điều 2", "Giao Sở Nội vụ thông báo kết quả đến các cơ quan, đơn vị, địa phương.", optional=True),
    },
    "bien-ban-tham-dinh": _unsigned(common("BB-SNV")) | _RESULTS | {
        "held": group("thời gian, địa điểm", {
            "from": text("bắt đầu", "08 giờ 00, ngày 20 tháng 12 năm 2023", optional=True),
            "to": text("kết thúc", "11 giờ 30 cùng ngày", optional=True),
            "place": text("địa điểm", "Phòng họp số 1, Sở Nội vụ", optional=True),
        }),
        "present": many("người dự", {
            "name": text("họ tên", "Lê Văn Cường"),
            "position": text("chức vụ", "Phó Chánh Thanh tra tỉnh"),
        }),
        "chair": group("chủ tọa", _PERSON),
        "secretary": group("thư ký", _PERSON),
        "changes": many("điểm thay đổi", {
            "unit": text("tên", "Sở Y tế"),
            "id": text("mã tiêu chí", "1.2"),
            "before": text("điểm trước", "3,00"),
            "after": text("điểm sau", "1,50"),
            "reason": text("lý do", "thiếu tài liệu kiểm chứng"),
        }),
        "opinions": texts("ý kiến", "Đề nghị thống nhất cách tính ngày gửi"),
        "conclusion": text("kết luận", "Thống nhất kết quả thẩm định như Phụ lục.", optional=True),
    },
    "thong-bao-ket-qua": common("TB-SNV") | _SUPERIOR | _RESULTS | {
        "decision": group("quyết định thành lập Đoàn", _CITED),
        "final": flag("kết quả cuối cùng, sau giải trình", example=False),
        "answer_by": text("hạn giải trình", "15/12/2023", optional=True),
    },
    "bao-cao-tong-hop": common("BC-SNV") | _addressee("Ủy ban nhân dân tỉnh") | _RESULTS | {
        "period": group("kỳ báo cáo", {
            "id": text("mã", "6m"),
            "name": text("tên", "06 tháng đầu năm 2023"),
            "from": day("từ ngày", date(2022, 12, 1)),
            "to": day("đến ngày", date(2023, 5, 31)),
        }),
        "previous": group("kỳ trước", {"name": text("tên", "06 tháng đầu năm 2022")}),
        "remarks": group("nhận xét chung", {
            key: text(about, f"{about.capitalize()} trong kỳ.", optional=True)
            for key, about in (
                ("situation", "tình hình"), ("strengths", "ưu điểm"), ("limits", "hạn chế"), ("causes", "nguyên nhân"),
                ("next", "phương hướng"), ("proposals", "kiến nghị"),
            )
        }),
        "sent": group("tình hình gửi báo cáo", {
            "total": number("phải gửi", 34),
            "in_time": number("đúng hạn", 30),
            "late": number("gửi chậm", 3),
            "missing": number("chưa gửi", 1),
            "returned": number("bị trả lại, chưa gửi lại", 0),
        }),
        "areas": many("nội dung", {
            "title": text("tên nội dung", "Quán triệt các quan điểm, chủ trương của Đảng"),
            "text": text("tổng hợp kết quả", "Các cơ quan đã tổ chức quán triệt đầy đủ.", optional=True),
            "notable": many("kết quả nổi bật", {
                "unit": text("đơn vị", "Sở Y tế"),
                "text": text("kết quả", "tổ chức 12 hội nghị cho 1.250 lượt người"),
            }),
            "others": number("số đơn vị khác, nằm trong sổ kèm theo", 0),
        }),
        "obstacles": many("khó khăn, vướng mắc", {
            "unit": text("đơn vị", "Sở Y tế"),
            "sentence": text("nội dung", "Chưa có hướng dẫn về mức chi. Đề xuất: ban hành hướng dẫn."),
        }),
        "official_indicators": flag("chỉ tiêu là chính thức", example=False),
        "figures": many("số liệu", {
            "name": text("chỉ tiêu", "Số hội nghị quán triệt"),
            "unit": text("đơn vị tính", "hội nghị"),
            "previous": text("kỳ trước", "210", optional=True),
            "value": text("kỳ này", "256", optional=True),
            "change": text("tăng, giảm", "+46 (21,9%)", optional=True),
            "units": number("số đơn vị có số liệu", 33),
        }),
        "breaks": many("số liệu không khớp", {
            "unit": text("đơn vị", "Sở Y tế"),
            "name": text("chỉ tiêu", "Đơn đã giải quyết"),
            "says": text("vì sao", "đã giải quyết không quá số phải giải quyết"),
        }),
        "unread": texts("đã gửi nhưng chưa có số liệu", "Ủy ban nhân dân huyện Bù Đốp"),
        "states": many("biểu đồ tiến độ", {
            "label": text("nội dung", "Quán triệt"),
            "values": Name("list", "đã, đang, chưa", [20, 10, 4]),
        }),
        "progress": many("tiến độ", {
            "title": text("nội dung", "Quán triệt các quan điểm, chủ trương của Đảng"),
            "done": number("đã hoàn thành", 20),
            "doing": number("đang thực hiện", 10),
            "todo": number("chưa thực hiện", 4),
        }),
        "units": many("tình hình gửi", {
            "name": text("tên", "Ủy ban nhân dân huyện Bù Gia Mập"),
            "last_day": text("hạn", "09/5/2023", optional=True),
            "sent": text("ngày gửi", "08/5/2023", optional=True),
            "state": text("tình trạng", "đúng hạn"),
        }),
    },
}  # fmt: skip
"""The shape of each template's context, by the template's name."""
