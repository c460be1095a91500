"""What each template may name: the shapes of all contexts, and what each template and shared part is for.

Persons, numbers and results of the examples are made up. A test says that the real contexts are of these shapes.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.papers.common_names import SIGNER, common
from danvan_cli.papers.province_names import PROVINCE
from danvan_cli.word.shape import Name, day, flag, group, many, number, text, texts

if TYPE_CHECKING:
    from danvan_cli.word.shape import Shape

SUFFIX: Final = ".md.j2"
FORM: Final = ".docx"
"""What the files of templates end with: those of Markdown and Jinja, and users' own Word forms."""

_SENT: Final[Shape] = {
    "number": text("số, ký hiệu", "15/KH-SYT", optional=True),
    "date": day("ngày", date(2023, 2, 10), optional=True),
}
_TO: Final[Shape] = {
    "to": texts("nơi nhận ghi ở Kính gửi", "Sở Nội vụ"),
    "addressee": text("nơi nhận trong câu", "Sở Nội vụ", optional=True),
}
_REMARKS: Final = group("nhận xét chung, từ units/<mã>/unit.yaml", {
    "situation": text("tình hình, công tác chỉ đạo", "Lãnh đạo Sở đã chỉ đạo kịp thời.", optional=True),
    "results": text("kết quả, của báo cáo chuyên đề, đột xuất", "Đã tổ chức 04 hội nghị.", optional=True),
    "strengths": text("ưu điểm", "Các nhiệm vụ được thực hiện đúng thời hạn.", optional=True),
    "limits": text("hạn chế", "Việc tổng hợp số liệu còn chậm.", optional=True),
    "causes": text("nguyên nhân", "Công chức phụ trách kiêm nhiệm nhiều việc.", optional=True),
    "next": text("phương hướng", "Tiếp tục thực hiện các nhiệm vụ của Kế hoạch.", optional=True),
    "proposals": text("kiến nghị, đề xuất", "Mở lớp bồi dưỡng cho công chức phụ trách.", optional=True),
})  # fmt: skip
_TEXT: Final[Shape] = {"text": text("nguyên văn", "Nâng cao nhận thức, trách nhiệm của cán bộ, công chức.")}

_EVIDENCE: Final[Shape] = {
    "title": text("tên tài liệu", "Báo cáo kết quả hội nghị đối thoại"),
    "number": text("số, ký hiệu", "42/BC-SYT"),
    "date": text("ngày, đã viết thành chữ", "15/3/2023"),
    "behind": text("nhiệm vụ liên quan", "Tổ chức đối thoại với Nhân dân"),
    "note": text("ghi chú", "Kèm theo"),
}

_PLAN: Final[Shape] = {
    "plan": group("kế hoạch của tỉnh, nguyên văn đã ban hành", {
        "title": text("trích yếu", "Thực hiện công tác dân vận chính quyền năm 2023"),
        "year": number("năm", 2023),
        "headings": group("tên ba phần", {
            "aims": text("phần I", "I. MỤC ĐÍCH, YÊU CẦU"),
            "areas": text("phần II", "II. NỘI DUNG"),
            "duties": text("phần III", "III. TỔ CHỨC THỰC HIỆN"),
        }),
        "opening": many("các đoạn mở đầu", {"text": text("nguyên văn", "Thực hiện Chương trình công tác năm 2023, Ủy ban nhân dân tỉnh ban hành Kế hoạch này.")}),
        "aims": many("mục đích, yêu cầu", _TEXT, some=True),
        "areas": many("nội dung", {
            "title": text("tên", "Công tác quán triệt các quan điểm, chủ trương của Đảng"),
            "tasks": many("nhiệm vụ", _TEXT),
        }, some=True),
        "duties": many("tổ chức thực hiện", {
            "title": text("của ai", "Sở Nội vụ"),
            "text": text("nguyên văn; trống nếu chia thành các điểm", "Theo dõi, đôn đốc việc thực hiện.", optional=True),
            "points": many("các điểm", {"letter": text("chữ cái", "a")} | _TEXT),
        }, some=True),
        "closing": many("các đoạn kết", {"text": text("nguyên văn", "Trên đây là Kế hoạch của tỉnh./.")}),
        "recipients": texts("các dòng nơi nhận", "Ban Dân vận Tỉnh ủy", "Lưu: VT", some=True),
    }),
    "letterhead": common("KH-UBND")["letterhead"],
    "signature": group("chữ ký", SIGNER),
}  # fmt: skip

_UNIT_PLAN: Final[Shape] = common("KH-SYT") | {
    "areas": many("nội dung của kế hoạch, cả phần đơn vị không có nhiệm vụ", {
        "title": text("tên", "Công tác cải cách hành chính"),
        "tasks": many("nhiệm vụ của đơn vị", {
            "label": text("tên gọn", "Công khai thủ tục hành chính"),
            "missing": text("chữ của chỗ trống khi chưa có hoạt động", "hoạt động của đơn vị: Công khai thủ tục hành chính"),
            "activities": many("hoạt động", {
                "sentence": text("một câu đủ chủ trì, phối hợp, thời gian", "Niêm yết thủ tục (chủ trì: Văn phòng; thời gian: Quý I)."),
            }),
        }),
    }, some=True),
    "deliverables": many("báo cáo, hồ sơ phải gửi", {
        "id": text("mã", "6m"),
        "name": text("tên", "Báo cáo 06 tháng"),
        "sentence": text("một câu đủ nơi gửi và hạn", "Báo cáo 06 tháng: gửi Sở Nội vụ trước ngày 10/5/2023 (ngày cuối đúng hạn: 09/5/2023);"),
    }),
    "follower": text("ai theo dõi, tổng hợp cho tỉnh", "Sở Nội vụ", optional=True),
    "has_drafter": flag("đã biết đơn vị soạn thảo"),
    "rows": many("các dòng của danh mục hoạt động", {
        "area": text("tên nội dung, ở dòng đề mục; trống ở các dòng khác", "Công tác cải cách hành chính", optional=True),
        "number": number("số thứ tự", 1),
        "content": text("hoạt động", "Niêm yết thủ tục tại bộ phận một cửa", optional=True),
        "lead": text("chủ trì", "Văn phòng", optional=True),
        "partners": text("phối hợp", "Các phòng", optional=True),
        "due": text("thời gian", "Quý I", optional=True),
        "product": text("sản phẩm", "Bảng niêm yết", optional=True),
        "label": text("tên gọn của nhiệm vụ", "Công khai thủ tục hành chính", optional=True),
    }),
    "skipped": many("nhiệm vụ không thuộc chức năng", {
        "label": text("tên gọn", "Công khai kế hoạch sử dụng đất"),
        "reason": text("lý do", "Sở không có chức năng quản lý đất đai"),
    }),
}  # fmt: skip

_REPORT: Final[Shape] = common("BC-SYT") | _TO | {
    "remarks": _REMARKS,
    "obstacles": many("khó khăn, vướng mắc trong kỳ", {
        "sentence": text("nội dung và đề xuất", "Chưa có hướng dẫn về mức chi. Đề xuất: ban hành hướng dẫn."),
    }),
    "unit_plan": group("kế hoạch đơn vị đã ban hành", _SENT),
    "topic": text("nội dung báo cáo", "Kết quả thực hiện dân chủ ở cơ sở"),
    "request": text("văn bản yêu cầu báo cáo", "Công văn số 210/UBND-NC ngày 02 tháng 10 năm 2023", optional=True),
    "duty": group("mục giao nhiệm vụ báo cáo", {"id": text("mã mục", "III.7")}, optional=True),
    "period": group("kỳ báo cáo; trống ở báo cáo không theo kỳ", {
        "id": text("mã", "1y"),
        "name": text("tên", "năm 2023"),
        "from": day("từ ngày", date(2022, 12, 1)),
        "to": day("đến ngày", date(2023, 11, 30)),
        "estimate": flag("kỳ có số ước thực hiện"),
    }, optional=True),
    "previous": group("kỳ trước", {"name": text("tên", "năm 2022")}, optional=True),
    "areas": many("nội dung của kế hoạch", {
        "title": text("tên", "Công tác cải cách hành chính"),
        "tasks": many("nhiệm vụ của đơn vị", {
            "label": text("tên gọn", "Công khai thủ tục hành chính"),
            "missing": text("chữ của chỗ trống khi chưa có kết quả", "kết quả: Công khai thủ tục hành chính"),
            "result": text("kết quả trong kỳ", "Đã niêm yết 112 thủ tục tại bộ phận một cửa.", optional=True),
        }),
    }),
    "official_indicators": flag("chỉ tiêu là chính thức, không do danvan đề xuất"),
    "figures": many("số liệu", {
        "name": text("chỉ tiêu", "Hồ sơ đã giải quyết"),
        "unit": text("đơn vị tính", "hồ sơ"),
        "value": number("kỳ này", Decimal(1486), optional=True),
        "previous": number("kỳ trước", Decimal(1322), optional=True),
        "change": text("tăng, giảm", "+164\n(+12,4%)"),
        "estimate": number("ước thực hiện", Decimal(1600), optional=True),
    }),
    "progress": many("tiến độ: dòng đề mục và dòng nhiệm vụ", {
        "area": text("tên nội dung, ở dòng đề mục; trống ở các dòng khác", "Công tác cải cách hành chính", optional=True),
        "number": number("số thứ tự", 1),
        "label": text("tên gọn của nhiệm vụ", "Công khai thủ tục hành chính", optional=True),
        "lead": text("chủ trì", "Văn phòng", optional=True),
        "due": text("thời gian", "Quý I", optional=True),
        "activities": text("số hoạt động đã làm", "1/2\n(15/3/2023)", optional=True),
        "status": text("trạng thái", "Đang thực hiện", optional=True),
    }),
    "counts": group("số nhiệm vụ", {
        "total": number("tất cả", 24),
        "done": number("đã hoàn thành", 10),
        "doing": number("đang thực hiện", 12),
        "todo": number("chưa thực hiện", 2),
    }),
    "states": many("biểu đồ tiến độ: {{ states | chart(…) }}", {
        "label": text("nội dung", "Công tác cải cách hành chính"),
        "values": Name("list", "đã hoàn thành, đang thực hiện, chưa thực hiện", [3, 2, 1]),
    }),
    "evidence": many("tài liệu kiểm chứng", _EVIDENCE),
}  # fmt: skip

_SCORED: Final[Shape] = {
    "id": text("mã tiêu chí", "1.2"),
    "title": text("tên tiêu chí", "Ban hành kế hoạch đúng thời hạn"),
    "group": flag("là tiêu chí gồm các tiêu chí con", example=False),
    "most": text("điểm tối đa", "3"),
    "points": text("điểm tự chấm; chữ trống nếu chưa tính được", "3,00"),
    "basis": texts("cách tính, căn cứ, giải trình", "Căn cứ: 15/KH-SYT"),
}

_SCORE: Final[Shape] = common("BC-SYT") | {
    "letterhead": group("phần đầu văn bản", {
        **(common("BC-SYT")["letterhead"].inner or {}),
        "unnumbered": flag("không ghi số"),
    }),
    "addressee": text("nơi nhận trong câu", "Sở Nội vụ", optional=True),
    "rubric": group("bộ tiêu chí", {
        "name": text("tên", "Bộ tiêu chí dùng thử"),
        "version": text("phiên bản", "2023.1"),
        "official": flag("là bộ tiêu chí chính thức", example=False),
        "source": text("nguồn; chữ trống nếu không ghi", "Do danvan đề xuất."),
        "basis": texts("căn cứ", "Kế hoạch số 05/KH-UBND"),
    }),
    "rows": many("các dòng tiêu chí", _SCORED, some=True),
    "sum": group("cộng các tiêu chí", {
        "most": text("tối đa", "85"),
        "points": text("điểm; chữ trống nếu còn tiêu chí chưa chấm", "80,50"),
    }),
    "extras": many("điểm thưởng, điểm trừ", {
        "name": text("tên", "Điểm thưởng"),
        "most": text("tối đa", "5"),
        "points": text("điểm", "2,00"),
        "rows": many("các dòng", _SCORED),
    }),
    "total": group("tổng điểm", {
        "most": text("tối đa", "100"),
        "points": text("điểm", "82,50"),
        "basis": texts("cách cộng", "80,50 + 2,00 = 82,50"),
    }),
    "ranking": group("tự xếp loại", {
        "band": text("mức; trống nếu chưa xếp được", "Hoàn thành tốt nhiệm vụ", optional=True),
        "by_points": text("mức theo điểm, nếu bị khống chế", "Hoàn thành xuất sắc nhiệm vụ", optional=True),
        "reasons": texts("lý do khống chế", "có báo cáo gửi chậm"),
    }),
    "areas": many("biểu đồ điểm: {{ areas | chart(…) }}", {
        "label": text("tiêu chí cấp một", "1. Công tác chỉ đạo"),
        "value": number("điểm", Decimal("18.50"), optional=True),
        "most": number("tối đa", Decimal(20)),
    }),
    "evidence": many("tài liệu kiểm chứng", {
        "id": text("mã tiêu chí", "1.2"),
        "criterion": text("tên tiêu chí", "Ban hành kế hoạch đúng thời hạn"),
        **_EVIDENCE,
    }),
}  # fmt: skip

_GUIDE: Final[Shape] = {key: common("SYT")[key] for key in ("plan", "issuer")} | {
    "unit": group("đơn vị điền sổ", {"id": text("mã", "so-y-te"), "name": text("tên đầy đủ", "Sở Y tế")}),
    "scored": flag("sổ có trang chấm điểm"),
    "deliverables": many("báo cáo, hồ sơ phải gửi", {
        "name": text("tên", "Báo cáo 06 tháng"),
        "last_day": text("ngày cuối đúng hạn", "09/5/2023", optional=True),
        "when": text("khi không có ngày", "khi có yêu cầu"),
    }),
}  # fmt: skip

_BUNDLE: Final[Shape] = {key: common("SYT")[key] for key in ("plan", "issuer")} | {
    "unit": group("đơn vị lập gói", {"id": text("mã", "so-y-te"), "name": text("tên đầy đủ", "Sở Y tế")}),
    "deliverable": group("báo cáo, hồ sơ trong gói", {
        "name": text("tên", "Báo cáo kết quả 06 tháng đầu năm"),
        "number": text("số, ký hiệu", "45/BC-SYT", optional=True),
        "date": day("ngày ban hành", date(2023, 5, 8), optional=True),
    }),
    "revision": text("bản kế hoạch, 12 chữ số đầu của SHA-256", "0f3b6c2a9d1e"),
    "rows": many("các tệp trong gói", {
        "name": text("đường dẫn trong gói", "evidence/bien-ban.pdf"),
        "title": text("là gì", "Biên bản đối thoại"),
        "size": text("dung lượng", "120 KB"),
        "sha256": text("16 chữ số đầu của SHA-256", "9f86d081884c7d65"),
    }),
    "restricted": many("tài liệu chỉ xem tại đơn vị", {"title": text("tên", "Sổ tiếp công dân")}),
    "gaps": texts("những chỗ còn thiếu khi lập gói", "Chưa có số, ngày ban hành"),
}  # fmt: skip

NAMES: Final[dict[str, Shape]] = {
    "ke-hoach-tinh": _PLAN,
    "ke-hoach-don-vi": _UNIT_PLAN,
    "bao-cao": _REPORT | {key: replace(_REPORT[key], optional=False) for key in ("period", "previous")},
    "bao-cao-rieng": _REPORT,
    "bang-tu-cham-diem": _SCORE,
    "bao-cao-tu-cham-diem": _SCORE | _TO | {
        "letterhead": common("BC-SYT")["letterhead"],
        "remarks": _REMARKS,
    },
    "huong-dan-so": _GUIDE,
    "muc-luc-goi": _BUNDLE,
    **PROVINCE,
}  # fmt: skip
"""The shape of each document template's context, by the template's name."""


def named(file: str) -> str:
    """Give a template file's own name: `bao-cao` of `bao-cao.md.j2` and of `bao-cao.docx`."""
    return file.removesuffix(SUFFIX).removesuffix(FORM)


class Purpose(NamedTuple):
    """What a template is for: the document, and the command that makes it (empty: none yet)."""

    about: str
    command: str = ""
    official: bool = True
    """Whether it is a document in the sense of Nghị định 30/2020, whose form is judged."""


PURPOSES: Final[dict[str, Purpose]] = {
    "ke-hoach-tinh": Purpose("kế hoạch của tỉnh", "danvan export"),
    "ke-hoach-don-vi": Purpose("kế hoạch triển khai của đơn vị", "danvan init-unit"),
    "bao-cao": Purpose("báo cáo theo kỳ", "danvan report"),
    "bao-cao-rieng": Purpose("báo cáo chuyên đề, đột xuất, báo cáo riêng", "danvan report"),
    "bang-tu-cham-diem": Purpose("bảng tự chấm điểm", "danvan score"),
    "bao-cao-tu-cham-diem": Purpose("báo cáo tự chấm điểm", "danvan score --report"),
    "huong-dan-so": Purpose("giấy hướng dẫn điền sổ", "danvan workbook --all", official=False),
    "muc-luc-goi": Purpose("mục lục của gói gửi đi", "danvan submit", official=False),
    "cong-van-don-doc": Purpose("công văn đôn đốc", "danvan remind"),
    "bao-cao-chua-gui": Purpose("báo cáo cấp trên về đơn vị chưa gửi", "danvan remind"),
    "cong-van-de-nghi-bao-cao": Purpose("công văn đề nghị báo cáo, có đề cương", "danvan request"),
    "cong-van-vuong-mac": Purpose("công văn về khó khăn, vướng mắc", "danvan obstacles --letter"),
    "cong-van-giai-trinh": Purpose("công văn giải trình kết quả thẩm định", "danvan review letter"),
    "to-trinh-cong-nhan": Purpose("tờ trình công nhận kết quả", "danvan rank --docs"),
    "quyet-dinh-doan-tham-dinh": Purpose("quyết định thành lập Đoàn thẩm định", "danvan review team"),
    "quyet-dinh-cong-nhan": Purpose("quyết định công nhận kết quả", "danvan rank --docs"),
    "bien-ban-tham-dinh": Purpose("biên bản họp thẩm định", "danvan rank --docs"),
    "thong-bao-ket-qua": Purpose("thông báo kết quả thẩm định", "danvan rank --docs"),
    "bao-cao-tong-hop": Purpose("báo cáo tổng hợp của tỉnh", "danvan summary"),
}
"""What each document template is for; what stands in no such table is a part that templates include."""

PARTS: Final[dict[str, str]] = {
    "can-cu": "dòng căn cứ Kế hoạch của tỉnh",
    "can-cu-van-ban": "các dòng căn cứ của quyết định",
    "vuong-mac": "mục khó khăn, vướng mắc",
    "kiem-chung": "danh mục tài liệu kiểm chứng của báo cáo",
    "kiem-chung-diem": "danh mục tài liệu kiểm chứng của bảng điểm",
    "bang-diem": "bảng điểm từng tiêu chí",
    "bang-tong-hop": "bảng tổng hợp kết quả các đơn vị",
    "muc-tu-xep": "mức tự xếp loại",
    "muc-xep-loai": "số lượng theo mức xếp loại",
}
"""The parts that templates include, and what each writes."""


class Use(NamedTuple):
    """How a filter is used: what it does, an example, and what that gives."""

    about: str
    example: str
    gives: str = ""


FILTER_USES: Final[dict[str, Use]] = {
    "blank": Use("chỗ trống tô vàng khi chưa có gì", 'none | blank("số văn bản")', "[… số văn bản …]"),
    "default": Use("giá trị khác khi trống", 'none | default("không ghi")', "không ghi"),
    "number": Use("số viết kiểu Việt Nam", "1234.5 | number", "1.234,5"),
    "roman": Use("số La Mã", "4 | roman", "IV"),
    "day": Use("ngày viết bằng số", '"2023-02-05" | day', "05/02/2023"),
    "long_day": Use("ngày viết bằng chữ", '"2023-02-05" | long_day', "ngày 05 tháng 02 năm 2023"),
    "upper": Use("chữ in hoa", '"kế hoạch" | upper', "KẾ HOẠCH"),
    "lower": Use("chữ thường", '"KẾ HOẠCH" | lower', "kế hoạch"),
    "capital": Use("viết hoa chữ đầu", '"kế hoạch" | capital', "Kế hoạch"),
    "uncapital": Use("không viết hoa chữ đầu", '"Kế hoạch" | uncapital', "kế hoạch"),
    "join": Use("nối một danh sách", '["một", "hai"] | join("; ")', "một; hai"),
    "first": Use("phần tử đầu của danh sách", '["một", "hai"] | first', "một"),
    "last": Use("phần tử cuối của danh sách", '["một", "hai"] | last', "hai"),
    "length": Use("số phần tử của danh sách", '["một", "hai"] | length', "2"),
    "chart": Use("biểu đồ, một mình trong đoạn, chỉ ở mẫu .md.j2", 'areas | chart("Điểm theo nội dung")'),
}
"""Every filter that a template may use."""
