"""Rules on what must be there, where it stands (ND2) and what it says (ND5)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from danvan_cli.findings.rule import rule
from danvan_cli.lang import _
from danvan_cli.nd30 import figures as nd30
from danvan_cli.nd30.lines import plain
from danvan_cli.nd30.remark import at, name_of, overall
from danvan_cli.text import LOWER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.findings.finding import Finding
    from danvan_cli.nd30.components import Components

_ALL: Final = ("QuocHieu", "TieuNgu", "CoQuanBanHanh", "SoKyHieu", "ChucVu", "HoTen")
_LETTER: Final = (*_ALL, "DiaDanh", "NoiNhan", "TrichYeuCongVan", "KinhGui")
_TYPED: Final = (*_ALL, "DiaDanh", "NoiNhan", "TenLoai", "TrichYeu")
_MUST: Final = {"CV": _LETTER, "TTr": (*_TYPED, "KinhGui"), "BB": (*_ALL, "TenLoai", "TrichYeu")}
"""What each model of Phụ lục III asks for; a type that is not here, what a document with a name does (1.4)."""

_BARE: Final = (*_ALL, "DiaDanh", "NoiNhan")
"""Asked of a document that says neither its type nor `V/v`."""
_FORM: Final = tuple(name for name in _ALL if name != "SoKyHieu")
"""Asked of what has a name that the decree does not list: a form or table that is signed, often without a number."""

_BODY: Final = {"NoiDung", "Khoan", "Diem", "GachDauDong", "DauCong", "Dieu", "Muc", "KetThuc", "Khac"}

_SIDES: Final = {"QuocHieu": "right", "TieuNgu": "right", "DiaDanh": "right", "CoQuanChuQuan": "left",
                 "CoQuanBanHanh": "left", "SoKyHieu": "left", "TrichYeuCongVan": "left", "NoiNhan": "left"}  # fmt: skip

_SYMBOL: Final = r"[A-ZĐÂĂÊÔƠƯa-zđ&.\-]+"
_NUMBER: Final = re.compile(r"Số: ?(?P<n>\d+)/(?:(?P<year>(?:19|20)\d\d)/)?(?P<symbol>.+)$")
_PARTY: Final = re.compile(rf"Số:? ?\d*-[A-ZĐ][A-Za-zĐđyạ]*/{_SYMBOL}(?: .+)?$")
_EMPTY_NUMBER: Final = re.compile(r"Số\s?: ?[.…_]*\s*(?:/|-|$)")
_ANY: Final = 99
"""Stands for a number that is not there yet."""
_LEGAL: Final = {"QĐ", "NQ", "NĐ", "TT", "L"}
_PLACE: Final = re.compile(
    r"(?P<place>[^,]+?)(?P<comma>,?) ?ngày ?(?P<day>[\d.…_]*) ?tháng ?(?P<month>[\d.…_]*) ?năm ?(?P<year>[\d.…_]*)\.?$"
)
_TITLE: Final = re.compile(
    r"(?:(?:PGS|GS|TS|ThS|BS|CN|KS|TSKH|LS|DS)\b\.?|Tiến sĩ|Thạc sĩ|Bác sĩ|Kỹ sư|Cử nhân|Giáo sư|Phó Giáo sư)",
    re.IGNORECASE,
)
_PEOPLE: Final = re.compile(rf"(?:(?<!\S)(?P<before>\S++ )|(?<![{LOWER}]))(?P<word>nhân dân|nhà nước)\b")
_NAMED: Final = {"ban", "đồng", "án", "sát", "đội", "an", "sĩ", "tín", "giáo", "dụng", "ubnd", "hội", "hành"}


# Presence and place --------------------------------------------------------------------------------------------------


@rule(
    "ND201", "Thiếu thành phần thể thức", "error",
    "Mỗi loại văn bản phải có đủ các thành phần của mẫu.", wrong="báo cáo không có «Nơi nhận»",
    right="đủ các thành phần theo mẫu 1.4, 1.5", source="Nghị định 30/2020/NĐ-CP, Phụ lục III",
)  # fmt: skip
def missing(found: Components) -> Iterator[Finding]:
    """ND201: what the document's model asks for and nobody could find, each once."""
    if not found.kind and found.first("TenLoai") is None:
        looked = _("không thấy tên loại văn bản (KẾ HOẠCH, BÁO CÁO…) hay dòng «V/v …» của công văn (Phụ lục I, II.5)")
        yield overall("ND201", _("cả văn bản"), looked)
    wanted = _MUST.get(found.kind, _TYPED) if found.kind else _FORM if found.first("TenLoai") is not None else _BARE
    for name in wanted:
        if found.first(name) is None:
            said = _("không thấy {component}: đã tìm {looked}", component=name_of(name), looked=_LOOKED[name])
            yield overall("ND201", _("cả văn bản"), said)


_LOOKED: Final = {
    "QuocHieu": _("dòng «CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM» ở đầu văn bản (II.1)"),
    "TieuNgu": _("dòng «Độc lập - Tự do - Hạnh phúc» ở đầu văn bản (II.1)"),
    "CoQuanBanHanh": _("tên cơ quan phía trên dòng «Số:» (II.2)"),
    "SoKyHieu": _("dòng bắt đầu bằng «Số:» ở đầu văn bản (II.3)"),
    "DiaDanh": _("dòng «…, ngày … tháng … năm …» ở đầu văn bản (II.4)"),
    "TenLoai": _("dòng tên loại (II.5)"),
    "TrichYeu": _("dòng trích yếu ngay dưới tên loại (II.5)"),
    "TrichYeuCongVan": _("dòng «V/v …» dưới số, ký hiệu (II.5)"),
    "KinhGui": _("dòng «Kính gửi:» (II.9)"),
    "ChucVu": _("dòng chức vụ người ký sau nội dung (II.7)"),
    "HoTen": _("họ tên dưới chức vụ người ký (II.7)"),
    "NoiNhan": _("dòng «Nơi nhận:» sau nội dung (II.9)"),
}


@rule(
    "ND202", "Thành phần đặt sai chỗ", "error",
    "Quốc hiệu và ngày tháng ở bên phải, cơ quan và số ký hiệu bên trái, chữ ký ở nửa phải, nơi nhận bên trái.",
    wrong="Quốc hiệu ở bên trái", right="Quốc hiệu ở bên phải, trên cùng",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II và sơ đồ",
)  # fmt: skip
def places(found: Components) -> Iterator[Finding]:
    """ND202: left or right half, as far as the file says where a line stands."""
    for name, must in _SIDES.items():
        line = found.first(name)
        if line is not None and line.side and line.side != must:
            where = _("bên trái") if must == "left" else _("bên phải")
            yield at("ND202", line, name, _("đặt sai bên, phải ở {where} (sơ đồ Phụ lục I)", where=where))
    signer = found.first("ChucVu")
    if signer is not None and signer.side == "left" and found.kind != "BB" and found.first("NoiNhan") is not None:
        yield at("ND202", signer, "ChucVu", _("đặt sai bên, phải ở nửa bên phải (Phụ lục I, II.7)"))
    before = found.first("QuocHieu")
    type_line = found.first("TenLoai")
    if before is not None and type_line is not None and before.paragraph.number > type_line.paragraph.number:
        yield at("ND202", before, "QuocHieu", _("đứng sau tên loại, phải ở trên cùng (sơ đồ Phụ lục I)"))


# What is said --------------------------------------------------------------------------------------------------------


@rule(
    "ND205", "Quốc hiệu hoặc Tiêu ngữ viết sai", "error",
    "Quốc hiệu, Tiêu ngữ viết đúng từng chữ; Tiêu ngữ có gạch nối (-).", wrong="Độc lập – Tự do – Hạnh phúc",
    right="Độc lập - Tự do - Hạnh phúc", source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.1",
)  # fmt: skip
def wording(found: Components) -> Iterator[Finding]:
    """ND205: quốc hiệu and tiêu ngữ letter for letter; where the old place of the tone mark (HOÀ) is right too."""
    for name, must in (("QuocHieu", nd30.QUOC_HIEU), ("TieuNgu", nd30.TIEU_NGU)):
        line = found.first(name)
        if line is None:
            continue
        said = line.text.replace("Hoà", "Hòa").replace("HOÀ", "HÒA").replace("hoà", "hòa")
        if said.upper() != must.upper():
            yield at("ND205", line, name, _("viết sai, phải là «{must}» (Phụ lục I, II.1)", must=must))


@rule(
    "ND502", "Số, ký hiệu sai dạng", "error",
    "Số, ký hiệu: Số: 05/BC-SNV; công văn: Số: 05/SNV-XDCQ.", wrong="Số 05-BC/SNV", right="Số: 05/BC-SNV",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3",
)  # fmt: skip
@rule(
    "ND503", "Số dưới 10 không có số 0", "error",
    "Số nhỏ hơn 10 phải ghi thêm số 0 phía trước.", wrong="Số: 5/BC-SNV", right="Số: 05/BC-SNV",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3",
)  # fmt: skip
@rule(
    "ND504", "Có năm trong số văn bản hành chính", "error",
    "Năm ban hành chỉ có trong số của văn bản quy phạm pháp luật.", wrong="Số: 05/2023/BC-SNV", right="Số: 05/BC-SNV",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3",
)  # fmt: skip
@rule(
    "ND505", "Ký hiệu không khớp tên loại", "error",
    "Chữ viết tắt trong ký hiệu phải là của tên loại văn bản.", wrong="KẾ HOẠCH, Số: 05/BC-SNV",
    right="KẾ HOẠCH, Số: 05/KH-SNV", source="Nghị định 30/2020/NĐ-CP, Phụ lục III",
)  # fmt: skip
@rule(
    "ND507", "Số hoặc ngày còn để trống", "note",
    "Số và ngày thường do hệ thống văn bản điện tử điền sau khi ký.", wrong="Số:       /BC-SYT", right="Số: 05/BC-SYT",
)  # fmt: skip
def number(found: Components) -> Iterator[Finding]:
    """ND502–ND505, ND507: number and symbol. A number that is still to come is taken for a good one."""
    line = found.first("SoKyHieu")
    if line is None or "[…" in line.text:
        return
    text = line.text
    if _EMPTY_NUMBER.match(text):
        yield at("ND507", line, "SoKyHieu", _("số còn để trống"))
        text = _EMPTY_NUMBER.sub(f"Số: {_ANY}/", text).rstrip()
    if _PARTY.match(text) or text == f"Số: {_ANY}/":
        return
    read = _NUMBER.match(text)
    if read is None or re.search(r"\s", read["symbol"].strip()):
        said = _("số, ký hiệu sai dạng, phải như «Số: 05/BC-SNV» (Phụ lục I, II.3)")
        yield at("ND502", line, "SoKyHieu", said, _("công văn: Số: 05/SNV-XDCQ"))
        return
    digits, year = read["n"], read["year"]
    if len(digits) == 1:
        said = _("số dưới 10 phải thêm số 0: «Số: 0{number}/…» (Phụ lục I, II.3)", number=digits)
        yield at("ND503", line, "SoKyHieu", said)
    kind, _dash, org = read["symbol"].strip().partition("-")
    if year and kind not in _LEGAL:
        said = _("năm {year} không có trong số văn bản hành chính (Phụ lục I, II.3)", year=year)
        yield at("ND504", line, "SoKyHieu", said)
    if wrong := _symbol(found.kind, kind, org):
        yield at(wrong[0], line, "SoKyHieu", wrong[1])


def _symbol(document: str, kind: str, org: str) -> tuple[str, str] | None:
    """Judge a symbol `KIND-ORG` on a document of a type: the rule it breaks and what to say."""
    letter = document in {"", "CV"}
    if not org or org != org.strip() or (kind not in nd30.TYPES and (kind != kind.upper() or not letter)):
        return "ND502", _("ký hiệu sai dạng, phải như «BC-SNV», công văn «SNV-XDCQ» (Phụ lục I, II.3)")
    if document == "CV" and kind in nd30.TYPES:
        said = _("công văn không có chữ viết tắt tên loại ({given}) trong ký hiệu (Phụ lục I, II.3)", given=kind)
        return "ND505", said
    if not letter and kind != document:
        name = nd30.TYPES[document].lower()
        return "ND505", _(
            "ký hiệu {given} không phải của {name}, phải {must} (Phụ lục III)", given=kind, name=name, must=document
        )
    return None


@rule(
    "ND506", "Địa danh, ngày tháng năm viết sai", "error",
    "Sau địa danh có dấu phẩy; ngày dưới 10 và tháng 1, 2 thêm số 0; viết đủ chữ ngày, tháng, năm.",
    wrong="Bình Phước ngày 5/3/2023", right="Bình Phước, ngày 05 tháng 3 năm 2023",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.4",
)  # fmt: skip
@rule("ND507")
def place_and_day(found: Components) -> Iterator[Finding]:
    """ND506, ND507: địa danh, ngày tháng năm; dots and gaps are places for the e-office."""
    line = found.first("DiaDanh")
    if line is None or "[…" in line.text:
        return
    read = _PLACE.match(line.text)
    if read is None:
        said = _("phải viết «địa danh, ngày 05 tháng 3 năm 2023» (Phụ lục I, II.4)")
        yield at("ND506", line, "DiaDanh", said)
        return
    if not read["comma"]:
        yield at("ND506", line, "DiaDanh", _("sau địa danh phải có dấu phẩy (Phụ lục I, II.4)"))
    parts = [read[key].strip(".…_") for key in ("day", "month", "year")]
    if not all(parts):
        yield at("ND507", line, "DiaDanh", _("ngày còn để trống"))
    if parts[0] and len(parts[0]) < 2:
        yield at(
            "ND506", line, "DiaDanh", _("ngày dưới 10 phải thêm số 0: ngày 0{day} (Phụ lục I, II.4)", day=parts[0])
        )
    if parts[1] in {"1", "2"}:
        yield at(
            "ND506", line, "DiaDanh", _("tháng 1, 2 phải thêm số 0: tháng 0{month} (Phụ lục I, II.4)", month=parts[1])
        )
    elif re.fullmatch("0[3-9]", parts[1]):
        said = _("tháng 3 đến 9 không thêm số 0: tháng {month} (Phụ lục I, II.4)", month=parts[1][1])
        yield at("ND506", line, "DiaDanh", said)
    elif all(parts):
        try:
            date(int(parts[2]), int(parts[1]), int(parts[0]))
        except ValueError:
            yield at("ND506", line, "DiaDanh", _("ngày không có thật"))


@rule(
    "ND501", "Dấu cuối dòng căn cứ không đúng", "error",
    "Mỗi căn cứ một dòng, cuối dòng dấu «;», dòng cuối cùng dấu «.».", wrong="Căn cứ Luật …,", right="Căn cứ Luật …;",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6",
)  # fmt: skip
def grounds(found: Components) -> Iterator[Finding]:
    """ND501: how each `Căn cứ …` ends; the last one before the text goes on ends with a full stop."""
    rows = [(at_, line) for at_, (name, line) in enumerate(found.lines) if name == "CanCu"]
    for count, (_at, line) in enumerate(rows, start=1):
        last = count == len(rows)
        ends = line.text[-1:]
        if ends not in ({".", ";", ",", ":"} if last and len(rows) == 1 else {"."} if last else {";"}):
            must = "." if last else ";"
            said = _("cuối dòng là «{given}», phải «{must}» (Phụ lục I, II.6)", given=ends, must=must)
            yield at("ND501", line, "CanCu", said)


@rule(
    "ND508", "Dòng nơi nhận viết sai", "error",
    "Mỗi nơi nhận một dòng «- X;», dòng cuối «- Lưu: VT, …».", wrong="Như trên", right="- Như trên;",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.9",
)  # fmt: skip
@rule(
    "ND513", "Kính gửi nhiều nơi mà không xuống dòng", "error",
    "Gửi nhiều nơi thì mỗi nơi một dòng, đầu dòng có gạch «-».", wrong="Kính gửi: Sở A; Sở B.",
    right="Kính gửi:\n- Sở A;\n- Sở B.", source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.9",
)  # fmt: skip
def recipients(found: Components) -> Iterator[Finding]:
    """ND508, ND513: the lines of nơi nhận and Kính gửi."""
    lines = found.of("NoiNhanDong")
    for at_, line in enumerate(lines):
        last = at_ == len(lines) - 1
        if not re.match(r"-\s?\S", line.text):
            yield at("ND508", line, "NoiNhanDong", _("đầu dòng phải có gạch «-» (Phụ lục I, II.9)"))
        elif not line.text.endswith("." if last else ";"):
            said = _("cuối dòng phải có dấu «{must}» (Phụ lục I, II.9)", must="." if last else ";")
            yield at("ND508", line, "NoiNhanDong", said)
        elif last and not re.match(r"-\s?Lưu\s*:\s*VT\b", line.text):
            yield at("ND508", line, "NoiNhanDong", _("dòng cuối phải là «- Lưu: VT, …» (Phụ lục I, II.9)"))
    to = found.first("KinhGui")
    if to is None:
        return
    said = to.text.partition(":")[2].strip(" .")
    if ";" in said:
        yield at("ND513", to, "KinhGui", _("nhiều nơi trên một dòng, phải mỗi nơi một dòng «- …» (Phụ lục I, II.9)"))
    for line in found.of("KinhGuiDong"):
        if not line.text.startswith("-"):
            yield at("ND513", line, "KinhGuiDong", _("đầu dòng phải có gạch «-» (Phụ lục I, II.9)"))


@rule(
    "ND509", "Nội dung không kết thúc bằng ./.", "warning",
    "Hết nội dung thường có dấu «./.» để biết văn bản không còn phần nào.", wrong="… theo quy định.",
    right="… theo quy định./.", source="thông lệ trình bày, chưa đối chiếu với Nghị định 30/2020/NĐ-CP",
)  # fmt: skip
def ending(found: Components) -> Iterator[Finding]:
    """ND509: the last words of the body."""
    body = [(name, line) for name, line in found.lines if name in _BODY]
    if not body or not found.kind or found.first("ChucVu") is None:
        return
    name, line = body[-1]
    if not re.search(r"\./\.?$|/\.$", line.text):
        yield at("ND509", line, name, _("hết nội dung thường có dấu «./.»"))


@rule(
    "ND510", "Học hàm, học vị trước họ tên người ký", "error",
    "Trước họ tên người ký không ghi học hàm, học vị.", wrong="TS. Nguyễn Văn An", right="Nguyễn Văn An",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.7",
)  # fmt: skip
@rule(
    "ND511", "Quyền hạn của người ký viết khác thường", "warning",
    "KT. thì dòng dưới là cấp phó; chủ tịch UBND thường ký TM. ỦY BAN NHÂN DÂN; giám đốc sở ký không TM.",
    wrong="KT. CHỦ TỊCH / CHỦ TỊCH", right="KT. CHỦ TỊCH / PHÓ CHỦ TỊCH",
    source="thông lệ trình bày, chưa đối chiếu với Nghị định 30/2020/NĐ-CP",
)  # fmt: skip
def signing(found: Components) -> Iterator[Finding]:
    """ND510, ND511: the signer's name and authority."""
    for line in found.of("HoTen"):
        if title := _TITLE.match(line.text):
            said = _("không ghi {title} trước họ tên (Phụ lục I, II.7)", title=title[0])
            yield at("ND510", line, "HoTen", said)
    lines = [line for line in found.of("ChucVu") if line.text]
    texts = [line.text.upper() for line in lines]
    for at_, (line, said) in enumerate(zip(lines, texts, strict=True)):
        stands = plain(said).replace(" ", "")
        if stands.startswith("KT.") and at_ + 1 < len(texts) and not texts[at_ + 1].startswith("PHÓ"):
            yield at("ND511", line, "ChucVu", _("sau dòng KT. là dòng chức vụ của cấp phó (Phụ lục I, II.7)"))
        if at_ == 0 and stands in {"CHỦTỊCH", "KT.CHỦTỊCH"} and _committee(found):
            yield at("ND511", line, "ChucVu", _("chủ tịch UBND thường ký dưới dòng «TM. ỦY BAN NHÂN DÂN»"))
        if stands.startswith(("TM.SỞ", "TM.GIÁMĐỐC")):
            yield at("ND511", line, "ChucVu", _("sở ký «GIÁM ĐỐC», không ghi TM. (Phụ lục I, II.7)"))


def _committee(found: Components) -> bool:
    """Whether a People's Committee issues the document as such, and not its head alone (decisions, letters)."""
    issuer = " ".join(line.text.upper() for line in found.of("CoQuanBanHanh"))
    return issuer.startswith(("ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN", "UBND")) and found.kind != "QĐ"


@rule(
    "ND512", "Nhân dân, Nhà nước viết thường", "warning",
    "Hai danh từ này luôn viết hoa (trừ tên gọi như Ủy ban nhân dân).", wrong="phục vụ nhân dân",
    right="phục vụ Nhân dân", source="Nghị định 30/2020/NĐ-CP, Phụ lục II",
)  # fmt: skip
def capitals(found: Components) -> Iterator[Finding]:
    """ND512: Nhân dân and Nhà nước, outside of names such as Ủy ban nhân dân; told once with how many times."""
    hits = [
        (name, line, word["word"])
        for name, line in found.lines
        if name not in {"CoQuanChuQuan", "CoQuanBanHanh", "ChucVu"}
        and ("nhân dân" in line.text or "nhà nước" in line.text)
        for word in _PEOPLE.finditer(line.text)
        if not (word["word"] == "nhân dân" and (word["before"] or "").strip().lower() in _NAMED)
    ]
    for word in dict.fromkeys(word for _name, _line, word in hits):
        of = [(name, line) for name, line, one in hits if one == word]
        name, line = of[0]
        said = _("«{word}» viết thường {count} lần, phải «{must}» (Phụ lục II)", word=word, count=len(of),
                 must=word[0].upper() + word[1:])  # fmt: skip
        yield at("ND512", line, name, said)
