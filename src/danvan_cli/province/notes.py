"""The words of a ranking: what it rests on, what is to note of a unit."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Basis = Literal["self", "verified", "official"]
BASES: Final = {"self": "tự chấm", "verified": "thẩm định", "official": "chính thức"}
"""What a ranking can rest on, and what a document calls it."""
NOTES: Final = {
    "changed": "điểm chính thức khác điểm tính lại từ hồ sơ thẩm định",
    "own": "đơn vị tự thẩm định",
    "other-rubric": "chấm theo bộ tiêu chí khác với khối",
    "not-sent": "chưa gửi hồ sơ tự chấm",
    "not-verified": "chưa thẩm định xong",
    "not-decided": "chưa có quyết định",
    "blank": "còn tiêu chí chưa chấm",
    "not-eligible": "không đủ điều kiện xếp loại",
    "limited": "khống chế",
    "doubt": "trái với sổ theo dõi",
}


class Note(NamedTuple):
    """What is to note of a unit: a key of `NOTES`, and the reason that goes with it."""

    code: str
    reason: str = ""

    def said(self, words: str) -> str:
        """Say it in the words for its code, with its reason."""
        return f"{words}: {self.reason}" if self.reason else words
