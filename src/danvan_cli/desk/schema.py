"""JSON Schemas of the YAML files, with what each key means in Vietnamese: editors show it while a file is typed.

A field that says more in its own description keeps that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from danvan_cli.plan.calendar import Calendar
from danvan_cli.plan.model import Plan
from danvan_cli.plan.shared import Register
from danvan_cli.scoring.model import RubricFile, ScoreRecord
from danvan_cli.unit.functions import Functions
from danvan_cli.unit.model import UnitRecord

if TYPE_CHECKING:
    from pydantic import BaseModel

MODELS: Final = {
    "Functions": "Chức năng của từng loại cơ quan, đơn vị", "Origin": "Văn bản đã đọc", "UnitGroup": "Nhóm cơ quan, đơn vị",
    "OwnWork": "Việc riêng của lĩnh vực", "Discipline": "Lĩnh vực", "TaskKind": "Loại nhiệm vụ", "Pattern": "Câu gợi ý",
    "Activity": "Hoạt động của đơn vị cho một nhiệm vụ", "Amendment": "Văn bản sửa đổi kế hoạch",
    "Answer": "Câu trả lời cho một tiêu chí",
    "Band": "Mức xếp loại", "Block": "Khối cơ quan, đơn vị xếp loại cùng nhau", "Calendar": "Lịch làm việc",
    "Check": "Quan hệ giữa các số liệu của một kỳ", "Condition": "Điều kiện của khống chế", "Contact": "Người liên hệ của đơn vị",
    "Count": "Chấm theo số lượng", "Criterion": "Tiêu chí hoặc nhóm tiêu chí",
    "Deliverable": "Báo cáo, hồ sơ phải gửi", "Document": "Văn bản trong danh mục viện dẫn",
    "Evidence": "Tài liệu kiểm chứng",
    "Exemption": "Miễn gửi cho một số đơn vị", "Extension": "Gia hạn cho một số đơn vị",
    "Extra": "Điểm thưởng hoặc điểm trừ", "Item": "Một đoạn, một mục hoặc một bảng của kế hoạch",
    "Indicator": "Chỉ tiêu số liệu", "Indicators": "Các chỉ tiêu số liệu của báo cáo",
    "Issued": "Số và ngày ban hành", "Issuer": "Cơ quan ban hành", "Kept": "Một dòng của bản gốc không thuộc mục nào khác", "Level": "Mức của tiêu chí",
    "Limit": "Khống chế", "NamedDay": "Một ngày có tên", "Obstacle": "Khó khăn, vướng mắc",
    "Paragraph": "Một đoạn của kế hoạch", "Party": "Cơ quan có phần việc mà không thuộc danh sách đơn vị", "Period": "Kỳ báo cáo", "Plan": "Kế hoạch của năm",
    "Quota": "Tỷ lệ tối đa của một mức", "Ratio": "Chấm theo tỷ lệ", "Register": "Danh mục đơn vị dùng chung của nhiều kế hoạch", "Remarks": "Các phần của báo cáo không thuộc riêng nhiệm vụ",
    "PaperSettings": "Cách làm văn bản của đơn vị",
    "Request": "Báo cáo yêu cầu thêm trong năm", "Requested": "Một báo cáo chuyên đề hoặc đột xuất", "Rounding": "Cách làm tròn điểm", "Row": "Một dòng của bảng", "Rubric": "Bộ tiêu chí",
    "RubricFile": "Các bộ tiêu chí của năm", "ScoreRecord": "Bảng tự chấm của đơn vị", "Sent": "Văn bản đã ban hành",
    "Section": "Một phần của kế hoạch, hoặc một phụ lục", "SetDay": "Ngày cuối được ấn định", "Settings": "Cách hiểu lời kế hoạch", "Signature": "Phần chữ ký", "Survey": "Khảo sát", "Signer": "Người ký theo thời gian",
    "Table": "Bảng của bản ban hành", "Target": "Chỉ tiêu của kế hoạch, bằng số", "TaskRecord": "Những gì đơn vị ghi cho một nhiệm vụ", "Threshold": "Ngưỡng cho điểm",
    "Unit": "Cơ quan, đơn vị, địa phương", "UnitRecord": "Tệp của đơn vị", "Violation": "Vi phạm",
    "Year": "Ngày nghỉ và ngày làm bù của một năm",
}  # fmt: skip

KEYS: Final = {
    "as_of": "Ngày lập", "coordinator": "Chỉ cho cơ quan theo dõi, tổng hợp", "does": "Chức năng như văn bản ghi", "fields": "Các lĩnh vực",
    "groups": "Các nhóm cơ quan, đơn vị", "kinds": "Các loại nhiệm vụ", "local": "Chính quyền địa phương", "outside": "Lý do không thuộc lĩnh vực",
    "own": "Việc riêng của lĩnh vực; loại nhiệm vụ riêng", "read": "Đã đọc ở đâu", "sources": "Văn bản đã đọc", "words": "Từ ngữ nhận ra",
    "abbr": "Chữ viết tắt", "activities": "Hoạt động của đơn vị", "adopted": "Bản kế hoạch đã nhận",
    "amendments": "Văn bản sửa đổi", "answers": "Câu trả lời theo mã tiêu chí", "applies": "Thuộc chức năng của đơn vị",
    "area": "Nội dung", "annex": "Dòng «Phụ lục …»", "bands": "Các mức xếp loại", "base": "Mẫu số", "basis": "Căn cứ",
    "before": "Trước ngày", "before_includes_day": "«Trước ngày» gồm cả ngày đó", "behind": "Đứng ngay sau những chữ này", "below": "Dưới ngưỡng này", "block": "Khối",
    "blocks": "Các khối", "bonus": "Điểm thưởng", "by": "Chậm nhất ngày, hoặc người chấm", "causes": "Nguyên nhân",
    "check": "Quan hệ phải đúng", "checks": "Các quan hệ số liệu", "cited": "Chỗ nêu văn bản", "closing": "Phần kết",
    "cells": "Các ô", "code": "Mã hành chính", "columns": "Mỗi cột là gì", "confirmed": "Đã đối chiếu nguồn chính thức", "contact": "Người liên hệ", "content": "Nội dung", "count": "Số lượng",
    "covers": "Mã những chỗ được sửa", "criteria": "Các tiêu chí", "criterion": "Mã tiêu chí", "date": "Ngày",
    "deduction": "Trừ điểm", "deductions": "Điểm trừ", "deliverable": "Báo cáo, hồ sơ", "deliverables": "Báo cáo, hồ sơ",
    "documents": "Danh mục văn bản viện dẫn", "done": "Ngày làm xong", "drafter": "Đơn vị soạn thảo", "drafter_abbr": "Chữ viết tắt của đơn vị soạn thảo", "details": "Chi tiết hoạt động ghi ở đâu", "due": "Thời hạn",
    "days": "Ngày cuối của báo cáo, hồ sơ không ghi hạn", "document": "Văn bản làm căn cứ", "email": "Thư điện tử công vụ", "duty": "Mục của kế hoạch đặt ra việc này", "each": "Điểm cho mỗi lần", "ended": "Thôi giao",
    "estimate": "Có ước thực hiện", "evidence": "Tài liệu kiểm chứng", "evidence_days": "Số ngày tài liệu còn mới",
    "every": "Lặp lại", "exemptions": "Miễn gửi", "expires": "Hết giá trị sau ngày", "extensions": "Gia hạn", "file": "Tệp",
    "fingerprint": "Dấu vân tay của nhiệm vụ", "follow": "Theo dõi, đôn đốc", "format": "Phiên bản định dạng của tệp", "from": "Từ", "graded": "Bước điểm",
    "head": "Các dòng đầu bảng", "heading": "Đề mục", "headings": "Tên nội dung như đơn vị viết", "holidays": "Ngày nghỉ", "id": "Mã, không đổi và không dùng lại", "indicator": "Chỉ tiêu số liệu", "indicators": "Chỉ tiêu số liệu",
    "inherits": "Các đơn vị được kế thừa", "issued": "Số, ngày ban hành", "issuer": "Cơ quan ban hành", "items": "Các đoạn bên dưới; trong indicators: các chỉ tiêu",
    "kept": "Dòng khác của bản gốc", "where": "Chỗ trong bản gốc", "kind": "Loại", "label": "Tên gọi tắt", "labels": "Nhãn của các cấp", "landscape": "Trang nằm ngang", "late": "Báo cáo, hồ sơ gửi muộn", "late_by": "Đúng hạn tính theo ngày nào", "lead": "Chủ trì", "letterhead": "Phần đầu văn bản",
    "level": "Mức được chọn", "levels": "Các mức", "limits": "Khống chế; trong báo cáo: hạn chế", "lines": "Các dòng quyền hạn, chức vụ",
    "manual": "Người chấm cho điểm", "max": "Điểm tối đa", "name": "Tên đầy đủ", "next": "Phương hướng", "note": "Ghi chú",
    "number": "Số, ký hiệu; của một đoạn: nhãn như bản ban hành", "of": "Trên số nào", "official": "Là nội dung chính thức", "on": "Khi nào được mức này",
    "on_request": "Chỉ gửi khi có yêu cầu", "opening": "Phần mở đầu", "over": "Tử số được lớn hơn mẫu số", "over_max": "Được vượt thang điểm",
    "papers": "Cách làm văn bản của đơn vị", "progress": "Kèm phụ lục tiến độ", "over_periods": "Cộng qua các kỳ", "over_units": "Cộng qua các đơn vị", "owners": "Ai thực hiện", "parent": "Cơ quan cấp trên", "parties": "Cơ quan khác mà kế hoạch nêu",
    "percent": "Tỷ lệ phần trăm", "period": "Kỳ báo cáo", "periods": "Các kỳ báo cáo", "phone": "Điện thoại cơ quan", "place": "Địa danh",
    "places": "Số chữ số lẻ", "plan": "Mã kế hoạch", "points": "Điểm", "previous": "Kỳ trước",
    "product": "Sản phẩm", "proposal": "Đề xuất", "proposed": "Hoạt động đề xuất, chưa tính", "proposed_product": "Sản phẩm đề xuất, chưa tính", "proposed_reason": "Đề xuất: lý do không thuộc chức năng", "proposals": "Kiến nghị, đề xuất", "quota": "Tỷ lệ tối đa các mức",
    "ratio": "Chấm theo tỷ lệ", "reason": "Lý do", "recipients": "Nơi nhận", "register": "Danh mục đơn vị dùng chung", "reports": "Các phần riêng của báo cáo",
    "was": "Đã ghi thế nào trước đó", "replaces": "Thay những văn bản nào", "requests": "Báo cáo yêu cầu thêm", "restricted": "Kiểm tra trực tiếp tại đơn vị", "results": "Kết quả theo kỳ",
    "revision": "Lần sửa đổi", "rounding": "Làm tròn", "rows": "Các dòng", "rubric": "Mã bộ tiêu chí", "rubrics": "Các bộ tiêu chí", "rule": "Quy tắc làm tròn",
    "same": "Cùng kỳ năm trước", "says": "Diễn giải", "scoring": "Có chấm điểm, xếp loại", "sections": "Các phần của kế hoạch", "settings": "Cách hiểu lời kế hoạch", "sha256": "SHA-256 của tệp", "short": "Tên dùng trong câu",
    "signature": "Chữ ký", "signer": "Họ tên người ký", "signers": "Người ký theo thời gian", "signs": "Các dòng quyền hạn, chức vụ",
    "situation": "Tình hình, chỉ đạo", "source": "Nguồn", "state": "Trạng thái", "states": "Trạng thái cuối kỳ", "status": "Tiến độ: todo, doing, done",
    "strengths": "Ưu điểm", "subject": "Tên gọi công việc trong câu", "subordinates": "Cách gọi các đơn vị trực thuộc", "successors": "Cơ quan kế thừa", "superior": "Cơ quan chủ quản", "symbol": "Số, ký hiệu",
    "table": "Bảng", "targets": "Chỉ tiêu bằng số", "tasks": "Các nhiệm vụ", "text": "Nguyên văn", "thresholds": "Các ngưỡng", "tie_criteria": "Tiêu chí phân định đồng điểm",
    "ties": "Đồng điểm", "title": "Tên, trích yếu", "to": "Đến, hoặc nơi gửi đến", "topic": "Nội dung chuyên đề", "type": "Tên loại văn bản",
    "unplaced": "Hoạt động năm trước chưa xếp", "unit": "Mã đơn vị, hoặc đơn vị tính", "until": "Năm cuối", "units": "Cơ quan, đơn vị, địa phương", "value": "Số đạt được", "version": "Phiên bản",
    "via": "Gửi qua", "violations": "Vi phạm", "when": "Điều kiện", "widths": "Độ rộng các cột", "with": "Phối hợp", "without": "Những kỳ không phải gửi", "working_days": "Ngày làm bù", "year": "Năm",
    "years": "Các năm", "na": "Khi không có đối tượng", "obstacles": "Khó khăn, vướng mắc", "band": "Mức xếp loại",
    "cap": "Không quá mức, điểm này", "deny": "Không đủ điều kiện xếp loại", "force": "Đưa về mức này", "full": "Đạt điểm tối đa",
    "guide": "Hướng dẫn chấm", "handling": "Việc xử lý", "report": "Mã báo cáo", "request": "Văn bản yêu cầu",
    "requested": "Báo cáo chuyên đề, đột xuất", "held": "Có khảo sát", "survey": "Điểm khảo sát", "violation": "Vi phạm",
}  # fmt: skip


def schema_of(kind: str) -> dict[str, Any]:
    """Make the JSON Schema of a kind of file: `plan`, `unit`, `rubric`, `score`, `calendar`, `register` or `functions`."""
    models: dict[str, type[BaseModel]] = {
        "plan": Plan,
        "unit": UnitRecord,
        "rubric": RubricFile,
        "score": ScoreRecord,
        "calendar": Calendar,
        "register": Register,
        "functions": Functions,
    }
    made = models[kind].model_json_schema(by_alias=True)
    for name, model in [(str(made.get("title")), made), *made.get("$defs", {}).items()]:
        _put_words(name, model)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | made


def _put_words(name: str, model: dict[str, Any]) -> None:
    """Put Vietnamese titles and descriptions into what pydantic made of a model, and close what it left open."""
    words = MODELS[name]
    model |= {"title": words, "description": words}
    for key, field in model.get("properties", {}).items():
        field["title"] = KEYS.get(key) or field["description"]
        field.setdefault("description", field["title"])
        if "patternProperties" in field:  # a key that fits no pattern is no key
            field.setdefault("additionalProperties", False)
