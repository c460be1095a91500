"""Guesses: what is understood of a text that does not say it in so many words, each by a named rule with how sure it is."""

from __future__ import annotations

from typing import Any, Final, Literal, NamedTuple

Sure = Literal["sure", "likely", "unsure"]

RULES: Final[dict[str, tuple[Sure, str]]] = {
    "phan-nhieu-nghia": ("unsure", "đề mục có chữ của nhiều loại phần"),
    "phan-khong-ro": ("unsure", "đề mục không cho biết phần là gì"),
    "phu-luc-khong-ten": ("unsure", "bản gốc không có dòng «Phụ lục» ở chỗ này"),
    "nhiem-vu-chung": ("unsure", "không nêu ai làm: ghi là việc của mọi đơn vị"),
    "chu-tri-dau-cau": ("sure", "cơ quan đứng đầu câu, trước việc phải làm"),
    "chu-tri-dong-rieng": ("sure", "dòng riêng nêu cơ quan chủ trì, phối hợp"),
    "chu-tri-trong-ngoac": ("likely", "cơ quan nêu trong ngoặc ở cuối đoạn"),
    "chu-tri-cua-muc": ("likely", "dòng nêu cơ quan chủ trì của cả mục"),
    "chu-tri-o-cot": ("sure", "cột của bảng nêu cơ quan"),
    "trach-nhiem-o-de-muc": ("sure", "tên mục nêu cơ quan có trách nhiệm"),
    "ten-chua-co-ma": ("unsure", "tên cơ quan chưa có trong danh mục đơn vị"),
    "ten-gan-giong": ("unsure", "tên cơ quan viết gần giống một tên trong danh mục"),
    "nhom-khong-ro": ("unsure", "nhóm cơ quan không khớp khối nào trong danh mục"),
    "nhom-lien-quan": ("unsure", "nêu chung các cơ quan khác, không nói rõ cơ quan nào: ghi thêm nếu họ cũng phải làm"),
    "thoi-han-dong-rieng": ("sure", "dòng riêng nêu thời gian"),
    "thoi-han-trong-cau": ("likely", "thời hạn nêu trong câu"),
    "thoi-han-o-cot": ("sure", "cột của bảng nêu thời gian"),
    "thoi-han-khong-hieu": ("unsure", "lời nêu thời gian không hiểu được"),
    "san-pham-dong-rieng": ("sure", "dòng riêng nêu sản phẩm"),
    "cot-noi-dung-rong-nhat": ("unsure", "đầu bảng không nói cột nào là nội dung: lấy cột rộng nhất"),
    "bao-cao-co-han": ("likely", "đoạn nêu báo cáo và thời hạn gửi"),
    "bao-cao-khong-han": ("likely", "đoạn nêu báo cáo, không nêu thời hạn"),
    "bao-cao-chua-doc": ("unsure", "đoạn nêu hạn báo cáo mà chưa rõ ai gửi, báo cáo nào: ghi thêm vào deliverables"),
    "ke-hoach-don-vi": ("likely", "đoạn giao các đơn vị xây dựng kế hoạch"),
    "tu-cham": ("likely", "đoạn giao các đơn vị tự chấm điểm"),
    "noi-gui": ("likely", "nơi gửi nêu trong cùng đoạn"),
    "noi-gui-chung": ("unsure", "đoạn không nêu nơi gửi; mục khác nêu gửi qua cơ quan này"),
    "ky-theo-nd09": ("unsure", "kế hoạch không nêu kỳ số liệu: lấy theo Nghị định 09/2019/NĐ-CP"),
    "van-ban-theo-ky-hieu": ("sure", "văn bản được nêu bằng số, ký hiệu"),
    "van-ban-theo-ten": ("likely", "văn bản được nêu bằng tên"),
    "van-ban-hai-cach": ("unsure", "cùng một số, ký hiệu được nêu với loại hoặc ngày khác nhau"),
    "nam-theo-trich-yeu": ("sure", "năm nêu ở trích yếu"),
    "nam-theo-ngay": ("unsure", "trích yếu không nêu năm: lấy năm của ngày ban hành hoặc nêu nhiều nhất"),
    "ten-viec-theo-trich-yeu": ("unsure", "tên gọi công việc rút từ trích yếu"),
    "co-quan-theo-dau-van-ban": ("likely", "cơ quan ban hành theo đầu văn bản"),
    "co-quan-khong-ro": ("unsure", "không đọc được cơ quan ban hành ở đầu văn bản"),
    "dia-danh-khong-ro": ("unsure", "không đọc được địa danh ở đầu văn bản"),
    "trich-yeu-khong-ro": ("unsure", "không đọc được trích yếu"),
    "chu-ky-khong-ro": ("unsure", "không đọc được người ký"),
    "cham-diem": ("likely", "kế hoạch có hay không có chấm điểm, theo lời văn"),
    "bang-truoc-phan-dau": ("unsure", "bảng đứng trước phần đầu tiên: mỗi ô ghi thành một đoạn"),
    "bo-tieu-chi-chinh-thuc": ("unsure", "bộ tiêu chí chính thức thì ghi official: true, kèm văn bản ở basis"),
    "bo-tieu-chi-tu-ngay": ("unsure", "bảng không nêu thời gian áp dụng: lấy cả năm của kế hoạch"),
    "bo-tieu-chi-khoi": ("unsure", "bảng không nêu áp dụng cho khối nào: ghi mọi khối"),
    "muc-xep-loai-khong-co": ("unsure", "mức xếp loại: ghi theo văn bản ban hành bộ tiêu chí"),
    "diem-ngoai-thang": ("unsure", "điểm thưởng, điểm trừ ngoài thang điểm: xem tối đa là bao nhiêu"),
    "tong-diem-khac": ("unsure", "tổng các tiêu chí khác dòng tổng cộng"),
    "diem-khong-ro": ("unsure", "không đọc được điểm tối đa"),
    "cach-cham-moi-viec": ("unsure", "cách chấm theo từng việc"),
    "cach-cham-theo-muc": ("unsure", "cách chấm theo mức, theo lời hướng dẫn"),
    "cach-cham-khong-ro": ("unsure", "cách chấm không rõ: để người chấm ghi thẳng điểm"),
    "loai-khac": ("unsure", "tên loại văn bản không phải kế hoạch"),
    "chi-co-hinh": ("unsure", "chỗ chỉ có hình, không đọc được chữ; là bản chụp thì chữ trong đó chưa được đưa vào"),
    "khong-co-phan": ("unsure", "không nhận ra phần nào: mọi đoạn để ở phần mở đầu"),
}  # fmt: skip
"""How sure each rule is, and what it goes by."""


class Guess(NamedTuple):
    """A guess: the rule behind it, and what to look at where it is not sure."""

    rule: str
    about: str = ""

    @property
    def sure(self) -> Sure:
        """How sure it is."""
        return RULES[self.rule][0]

    @property
    def why(self) -> str:
        """What it goes by."""
        why = RULES[self.rule][1]
        return f"{why}: {self.about}" if self.about else why


class Entry(dict[str, Any]):
    """A mapping of what is made, with what is guessed of its keys; what is None is left out."""

    def __init__(self, values: dict[str, Any] | None = None, guesses: dict[str, Guess] | None = None) -> None:
        super().__init__({key: value for key, value in (values or {}).items() if value is not None})
        self.guesses = {key: guess for key, guess in (guesses or {}).items() if key in self}
