"""Rules on how a document words what the decree words itself: grounds, labels, the People and the State (ND5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from danvan_cli.findings.rule import rule
from danvan_cli.lang import _
from danvan_cli.nd30.remark import remark_at
from danvan_cli.text import LOWER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.findings.finding import Finding
    from danvan_cli.nd30.components import FormPart

_GROUND: Final = re.compile(r"Căn cứ\b|Theo\b|Xét\b|Thực hiện\b|Trên cơ sở\b|Sau khi\b|Được sự\b", re.IGNORECASE)
_COLON: Final = re.compile(r"Điều\s+\d+\s*:", re.IGNORECASE)
_DOT: Final = re.compile(r"[a-zđ]\s*\.\s")
_PEOPLE: Final = re.compile(rf"(?:(?<!\S)(?P<before>[^\s(“\"]++ )|(?<![{LOWER}]))(?P<word>nhân dân|nhà nước)\b")
_NAMED: Final = {"ban", "đồng", "án", "sát", "đội", "an", "sĩ", "tín", "giáo", "dụng", "ubnd", "hội", "hành", "trang", "tế", "khoa", "thuốc",
                 "tú", "ưu", "kiểm"}  # fmt: skip
"""Before «nhân dân» in names: Ủy ban, Hội đồng, Tòa án, Công an, lực lượng vũ trang nhân dân."""
_STATE: Final = re.compile(
    r"(?:\bđảng(?:,| và| -)? |\b(?:do|bởi|mà|được|của|khi|với|trước) |[.;:,(]\s?)nhà nước (?!có thẩm quyền|cấp|về)|"
    r"\bnhà nước (?:ta|Việt Nam|và [Nn]hân dân|bảo hộ|khuyến khích)\b|^nhà nước\b|(?:\bđảng(?:,| và| -)? |\bcủa )nhà nước\b",
    re.IGNORECASE,
)
"""Where «nhà nước» is the State, and not what tells an agency, a budget, a matter (`cơ quan hành chính nhà nước`)."""

_GOES_ON: Final = re.compile(r"(?:Theo|Xét|Thực hiện|Trên cơ sở)\b")


@rule(
    "ND501", "Dấu cuối dòng căn cứ không đúng", "error",
    "Mỗi căn cứ một dòng, cuối dòng dấu «;», dòng cuối cùng dấu «.».", wrong="Căn cứ Luật …,", right="Căn cứ Luật …;",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6",
)  # fmt: skip
def grounds(found: FormPart) -> Iterator[Finding]:
    """ND501: how each `Căn cứ …` ends; the last one before the text goes on ends with a full stop."""
    rows = [(at_, line) for at_, (name, line) in enumerate(found.lines) if name == "CanCu"]
    after = found.lines[rows[-1][0] + 1][1].text if rows and rows[-1][0] + 1 < len(found.lines) else ""
    goes_on = _GOES_ON.match(after) and after.endswith(":")  # a ground too
    at_end = {".", ";", ",", ":"} if len(rows) == 1 else {".", ";"} if goes_on else {"."}
    for count, (_at, line) in enumerate(rows, start=1):
        last = count == len(rows)
        ends = line.text[-1:]
        if ends not in (at_end if last else {";"}):
            must = "." if last else ";"
            said = _("cuối dòng là «{given}», phải «{must}» (Phụ lục I, II.6)", given=ends, must=must)
            yield remark_at("ND501", line, "CanCu", said, sure=False)


@rule(
    "ND514", "Dòng căn cứ không bắt đầu bằng «Căn cứ»", "warning",
    "Mỗi căn cứ của quyết định, nghị quyết bắt đầu bằng «Căn cứ» (hoặc «Theo đề nghị của», «Xét đề nghị»), không gạch đầu dòng.",
    wrong="- Luật Tổ chức chính quyền địa phương …;", right="Căn cứ Luật Tổ chức chính quyền địa phương …;",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.1, 1.2, 1.3",
)  # fmt: skip
def grounds_begin(found: FormPart) -> Iterator[Finding]:
    """ND514: the grounds of a decision each say what they are; told once."""
    wrong = [line for line in found.of("CanCu") if not _GROUND.match(line.text)]
    if wrong and found.first("QuyetDinhDong") is not None:
        said = _("phải bắt đầu bằng «Căn cứ …» (Phụ lục III, mẫu 1.2)")
        yield remark_at("ND514", wrong[0], "CanCu", said, sure=False)


@rule(
    "ND515", "Dấu sau số thứ tự không đúng", "warning",
    "Sau số thứ tự của điều, khoản là dấu chấm; sau chữ cái của điểm là dấu ngoặc đơn.", wrong="Điều 1: …; a. …",
    right="Điều 1. …; a) …", source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6",
)  # fmt: skip
def labels(found: FormPart) -> Iterator[Finding]:
    """ND515: the sign behind a label, told once for articles, once for points."""
    for name, pattern, must in (("Dieu", _COLON, "Điều 1."), ("Diem", _DOT, "a)")):
        wrong = [line for one, line in found.lines if one.startswith((name, "Heading3")) and pattern.match(line.text)]
        if wrong:
            said = _("dấu sau số thứ tự phải như «{must}» (Phụ lục I, II.6)", must=must)
            yield remark_at("ND515", wrong[0], name, said)


@rule(
    "ND512", "Nhân dân, Nhà nước viết thường", "warning",
    "Hai danh từ này luôn viết hoa (trừ tên gọi như Ủy ban nhân dân).", wrong="phục vụ nhân dân",
    right="phục vụ Nhân dân", source="Nghị định 30/2020/NĐ-CP, Phụ lục II",
)  # fmt: skip
def capitals(found: FormPart) -> Iterator[Finding]:
    """ND512: Nhân dân and Nhà nước, outside of names such as Ủy ban nhân dân; told once with how many times."""
    hits = [
        (name, line, word["word"])
        for name, line in found.lines
        if name not in {"CoQuanChuQuan", "CoQuanBanHanh", "ChucVu"}
        and ("nhân dân" in line.text or "nhà nước" in line.text)
        for word in _PEOPLE.finditer(line.text)
        if _is_the_noun(word, line.text)
    ]
    for word in dict.fromkeys(word for _name, _line, word in hits):
        of = [(name, line) for name, line, one in hits if one == word]
        name, line = of[0]
        said = _("«{word}» viết thường {count} lần, phải «{must}» (Phụ lục II)", word=word, count=len(of),
                 must=word[0].upper() + word[1:])  # fmt: skip
        yield remark_at("ND512", line, name, said, sure=False)


def _is_the_noun(word: re.Match[str], text: str) -> bool:
    """Whether «nhân dân», «nhà nước» is the People, the State, and not part of a name or an attribute."""
    before = (word["before"] or "").strip().lower()
    if word["word"] == "nhân dân":
        return before not in _NAMED
    around = text[max(0, word.start("word") - 12) : word.end("word") + 14]
    return _STATE.search(around) is not None and before not in {"quản", "chính", "quan", "sách"}
