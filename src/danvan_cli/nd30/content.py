"""Rules on what must be there, where it stands (ND2) and what it says (ND5)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from danvan_cli.findings.rule import rule
from danvan_cli.lang import _
from danvan_cli.nd30 import figures as nd30
from danvan_cli.nd30.codes import TYPES
from danvan_cli.nd30.lines import plain_text
from danvan_cli.nd30.remark import name_of, overall, remark_at, whole_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.findings.finding import Finding
    from danvan_cli.nd30.components import FormPart
    from danvan_cli.nd30.lines import Line

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
_NUMBER: Final = re.compile(
    r"Số: ?(?P<n>\d+)/(?:(?P<year>(?:19|20)\d\d)/)?(?P<symbol>.+?)(?:/(?P<late>(?:19|20)\d\d))?$"
)
_PARTY: Final = re.compile(rf"Số:? ?\d*-[A-ZĐ][A-Za-zĐđyạ]*/{_SYMBOL}(?: .+)?$")
_EMPTY_NUMBER: Final = re.compile(r"Số\s?: ?[.…_]*\s*(?:/|-|$)")
_ANY: Final = 99
"""Stands for a number that is not there yet."""
_AS_ADDRESSED: Final = re.compile(r"-\s*Như\s+(?:phần\s+)?kính gửi", re.IGNORECASE)
_ABOVE: Final = re.compile(r"\bNhư\s+(?:trên|kính gửi|phần|Điều)|nt\b", re.IGNORECASE)
_LEGAL: Final = {"QĐ", "NQ", "NĐ", "TT", "L"}
_PLACE: Final = re.compile(
    r"(?P<place>[^,]+?)(?P<comma>,?) ?ngày ?(?P<day>[\d.…_]*) ?tháng ?(?P<month>[\d.…_]*) ?năm ?(?P<year>[\d.…_]*)\.?$"
)
_TITLE: Final = re.compile(
    r"(?:(?:PGS|GS|TS|ThS|BS|CN|KS|TSKH|LS|DS)\b\.?|Tiến sĩ|Thạc sĩ|Bác sĩ|Kỹ sư|Cử nhân|Giáo sư|Phó Giáo sư)",
    re.IGNORECASE,
)


# Presence and place --------------------------------------------------------------------------------------------------


@rule(
    "ND201", "Thiếu thành phần thể thức", "error",
    "Mỗi loại văn bản phải có đủ các thành phần của mẫu.", wrong="báo cáo không có «Nơi nhận»",
    right="đủ các thành phần theo mẫu 1.4, 1.5", source="Nghị định 30/2020/NĐ-CP, Phụ lục III",
)  # fmt: skip
def missing(found: FormPart) -> Iterator[Finding]:
    """ND201: what the document's model asks for and nobody could find, each once."""
    if found.sort != "document":
        return
    if not found.kind and found.first("TenLoai") is None:
        looked = _("không thấy tên loại văn bản (KẾ HOẠCH, BÁO CÁO…) hay dòng «V/v …» của công văn (Phụ lục I, II.5)")
        yield overall("ND201", whole_of(found), looked, sure=False)
    for name in _wanted(found):
        if found.first(name) is None:
            said = _("không thấy {component}: đã tìm {looked}", component=name_of(name), looked=_LOOKED[name])
            yield overall("ND201", whole_of(found), said, sure=False)


def _wanted(found: FormPart) -> tuple[str, ...]:
    """Name the components that a document's model asks for."""
    named = found.first("TenLoai") is not None
    if not found.kind:
        return _FORM if named else _BARE
    wanted = _MUST.get(found.kind, _TYPED)
    whole_name = named and TYPES.get(found.kind, "").upper() != found.name.upper()
    return tuple(name for name in wanted if name != "TrichYeu") if whole_name else wanted


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
def halves_are_right(found: FormPart) -> Iterator[Finding]:
    """ND202: left or right half, as far as the file says where a line stands."""
    if found.sort == "form":
        return
    for name, must in _SIDES.items():
        line = found.first(name)
        if line is not None and line.side and line.side != must:
            where = _("bên trái") if must == "left" else _("bên phải")
            yield remark_at("ND202", line, name, _("đặt sai bên, phải ở {where} (sơ đồ Phụ lục I)", where=where))
    signer = found.first("ChucVu")
    alone = signer is not None and not any(line.side == "right" for line in found.of("ChucVu", "HoTen"))
    elsewhere = found.kind != "BB" and found.first("NoiNhan") is not None
    if signer is not None and alone and signer.side == "left" and elsewhere:
        yield remark_at("ND202", signer, "ChucVu", _("đặt sai bên, phải ở nửa bên phải (Phụ lục I, II.7)"))
    before = found.first("QuocHieu")
    type_line = found.first("TenLoai")
    if before is not None and type_line is not None and before.paragraph.number > type_line.paragraph.number:
        yield remark_at("ND202", before, "QuocHieu", _("đứng sau tên loại, phải ở trên cùng (sơ đồ Phụ lục I)"))


# What is said --------------------------------------------------------------------------------------------------------


@rule(
    "ND205", "Quốc hiệu hoặc Tiêu ngữ viết sai", "error",
    "Quốc hiệu, Tiêu ngữ viết đúng từng chữ; Tiêu ngữ có gạch nối (-).", wrong="Độc lập – Tự do – Hạnh phúc",
    right="Độc lập - Tự do - Hạnh phúc", source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.1",
)  # fmt: skip
def wording(found: FormPart) -> Iterator[Finding]:
    """ND205: quốc hiệu and tiêu ngữ letter for letter; where the old place of the tone mark (HOÀ) is right too."""
    for name, must in (("QuocHieu", nd30.QUOC_HIEU), ("TieuNgu", nd30.TIEU_NGU)):
        line = found.first(name)
        if line is None:
            continue
        said = line.text.replace("Hoà", "Hòa").replace("HOÀ", "HÒA").replace("hoà", "hòa")
        if said.upper() != must.upper():
            yield remark_at("ND205", line, name, _("viết sai, phải là «{must}» (Phụ lục I, II.1)", must=must))


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
def number_is_whole(found: FormPart) -> Iterator[Finding]:
    """ND502–ND505, ND507: number and symbol. A number that is still to come is taken for a good one."""
    line = found.first("SoKyHieu")
    if line is None or "[…" in line.text:
        return
    text = line.text
    if _EMPTY_NUMBER.match(text):
        yield remark_at("ND507", line, "SoKyHieu", _("số còn để trống"))
        text = _EMPTY_NUMBER.sub(f"Số: {_ANY}/", text).rstrip()
    if _PARTY.match(text) or text == f"Số: {_ANY}/":
        return
    read = _NUMBER.match(text)
    if read is None or re.search(r"\s", read["symbol"].strip()):
        said = _("số, ký hiệu sai dạng, phải như «Số: 05/BC-SNV» (Phụ lục I, II.3)")
        yield remark_at("ND502", line, "SoKyHieu", said, _("công văn: Số: 05/SNV-XDCQ"))
        return
    digits, year = read["n"], read["year"] or read["late"]
    if len(digits) == 1:
        said = _("số dưới 10 phải thêm số 0: «Số: 0{number}/…» (Phụ lục I, II.3)", number=digits)
        yield remark_at("ND503", line, "SoKyHieu", said)
    kind, _dash, org = read["symbol"].strip().partition("-")
    if year and kind not in _LEGAL:
        said = _("năm {year} không có trong số văn bản hành chính (Phụ lục I, II.3)", year=year)
        yield remark_at("ND504", line, "SoKyHieu", said)
    if wrong := _symbol(found.kind, kind, org):
        yield remark_at(wrong[0], line, "SoKyHieu", wrong[1])


def _symbol(document: str, kind: str, org: str) -> tuple[str, str] | None:
    """Judge a symbol `KIND-ORG` on a document of a type: the rule it breaks and what to say."""
    letter = document in {"", "CV"}
    if not org or org != org.strip() or (kind not in TYPES and (kind != kind.upper() or not letter)):
        return "ND502", _("ký hiệu sai dạng, phải như «BC-SNV», công văn «SNV-XDCQ» (Phụ lục I, II.3)")
    if document == "CV" and kind in TYPES:
        said = _("công văn không có chữ viết tắt tên loại ({given}) trong ký hiệu (Phụ lục I, II.3)", given=kind)
        return "ND505", said
    if not letter and kind != document:
        name = TYPES[document].lower()
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
def place_and_day(found: FormPart) -> Iterator[Finding]:
    """ND506, ND507: địa danh, ngày tháng năm; dots and gaps are places for the e-office."""
    line = found.first("DiaDanh")
    if line is None or "[…" in line.text:
        return
    read = _PLACE.match(line.text)
    if read is None:
        said = _("phải viết «địa danh, ngày 05 tháng 3 năm 2023» (Phụ lục I, II.4)")
        yield remark_at("ND506", line, "DiaDanh", said)
        return
    if not read["comma"]:
        yield remark_at("ND506", line, "DiaDanh", _("sau địa danh phải có dấu phẩy (Phụ lục I, II.4)"))
    day, month, year = (read[key].strip(".…_") for key in ("day", "month", "year"))
    written = bool(day and month and year)
    if not written:
        yield remark_at("ND507", line, "DiaDanh", _("ngày còn để trống"))
    if len(day) == 1:
        said = _("ngày dưới 10 phải thêm số 0: ngày 0{day} (Phụ lục I, II.4)", day=day)
        yield remark_at("ND506", line, "DiaDanh", said)
    if month in {"1", "2"}:
        said = _("tháng 1, 2 phải thêm số 0: tháng 0{month} (Phụ lục I, II.4)", month=month)
        yield remark_at("ND506", line, "DiaDanh", said)
    elif re.fullmatch("0[3-9]", month):
        said = _("tháng 3 đến 9 không thêm số 0: tháng {month} (Phụ lục I, II.4)", month=month[1])
        yield remark_at("ND506", line, "DiaDanh", said)
    elif written:
        try:
            date(int(year), int(month), int(day))
        except ValueError:
            yield remark_at("ND506", line, "DiaDanh", _("ngày không có thật"))


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
def recipients(found: FormPart) -> Iterator[Finding]:
    """ND508, ND513: the lines of nơi nhận and Kính gửi."""
    yield from _copies(found)
    to = found.first("KinhGui")
    if to is None:
        return
    said = to.text.partition(":")[2].strip(" .")
    if ";" in said:
        yield remark_at(
            "ND513", to, "KinhGui", _("nhiều nơi trên một dòng, phải mỗi nơi một dòng «- …» (Phụ lục I, II.9)")
        )
    for line in found.of("KinhGuiDong"):
        if not line.text.startswith("-"):
            yield remark_at("ND513", line, "KinhGuiDong", _("đầu dòng phải có gạch «-» (Phụ lục I, II.9)"))


def _copies(found: FormPart) -> Iterator[Finding]:
    lines: list[tuple[Line, str]] = []
    for name, line in found.lines:
        if name == "NoiNhanTiep" and lines:
            lines[-1] = (lines[-1][0], f"{lines[-1][1]} {line.text}")
        elif name == "NoiNhanDong":
            lines.append((line, line.text))
    asked = found.kind == "CV" and found.first("KinhGui") is not None and found.sort == "document"
    if asked and lines and not any(_ABOVE.search(text) for _line, text in lines):
        said = _("công văn: dòng đầu phải là «- Như trên;» (Phụ lục I, II.9)")
        yield remark_at("ND508", lines[0][0], "NoiNhanDong", said, sure=False)
    for line, text in lines:
        if said := _copy(text, last=line is lines[-1][0]):
            yield remark_at("ND508", line, "NoiNhanDong", said)


def _copy(text: str, *, last: bool) -> str:
    """Say what is wrong with one of those that get a copy; empty if nothing is."""
    if _AS_ADDRESSED.match(text):
        return _("phải ghi «- Như trên;» (Phụ lục I, II.9)")
    if not re.match(r"[-–]\s?\S", text):
        return _("đầu dòng phải có gạch «-» (Phụ lục I, II.9)")
    if not (_ends_kept(text) if last else text.endswith(";")):
        return _("cuối dòng phải có dấu «{must}» (Phụ lục I, II.9)", must="." if last else ";")
    if last and not re.match(r"[-–]\s?Lưu\s*:\s*(?:VT|Văn thư)\b", text):
        return _("dòng cuối phải là «- Lưu: VT, …» (Phụ lục I, II.9)")
    return ""


def _ends_kept(text: str) -> bool:
    """Whether the last recipient ends as it should: with a full stop, behind which the drafter's sign may stand."""
    before, sign, behind = text.replace(")", ".").rpartition(".")
    return text.endswith(".") or (sign != "" and "Lưu" in before and len(behind) <= 20)


@rule(
    "ND509", "Nội dung không kết thúc bằng ./.", "warning",
    "Hết nội dung là dấu «./.», như trong các mẫu của Phụ lục III.", wrong="… theo quy định.",
    right="… theo quy định./.", source="Nghị định 30/2020/NĐ-CP, Phụ lục III, các mẫu 1.2 đến 1.10",
)  # fmt: skip
def ending(found: FormPart) -> Iterator[Finding]:
    """ND509: the last words of the body."""
    body = [(name, line) for name, line in found.lines if name in _BODY]
    if not body or not found.kind or found.sort != "document" or found.first("ChucVu") is None or found.last_in_table():
        return
    if len(body) > 1 and body[-1][1].text.startswith("(") and not _ENDED.search(body[-1][1].text):
        body.pop()  # a remark on what is sent with it
    name, line = body[-1]
    if not _ENDED.search(line.text):
        yield remark_at("ND509", line, name, _("hết nội dung phải có dấu «./.» (Phụ lục III)"), sure=False)


@rule(
    "ND510", "Học hàm, học vị trước họ tên người ký", "error",
    "Trước họ tên người ký không ghi học hàm, học vị.", wrong="TS. Nguyễn Văn An", right="Nguyễn Văn An",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.7",
)  # fmt: skip
@rule(
    "ND511", "Quyền hạn của người ký không đúng", "warning",
    "KT. là ký thay người đứng đầu, dòng dưới là chức vụ của cấp phó; TM. chỉ đứng trước tên tập thể, cơ quan.",
    wrong="KT. CHỦ TỊCH / CHỦ TỊCH", right="KT. CHỦ TỊCH / PHÓ CHỦ TỊCH",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I, II.7",
)  # fmt: skip
def signing(found: FormPart) -> Iterator[Finding]:
    """ND510, ND511: the signer's name and authority."""
    for line in found.of("HoTen"):
        if title := _TITLE.match(line.text):
            said = _("không ghi {title} trước họ tên (Phụ lục I, II.7)", title=title[0])
            yield remark_at("ND510", line, "HoTen", said)
    lines = [line for line in found.of("ChucVu") if line.text]
    texts = [line.text.upper() for line in lines]
    for at_, (line, said) in enumerate(zip(lines, texts, strict=True)):
        stands = plain_text(said).replace(" ", "")
        if stands.startswith("KT.") and at_ + 1 < len(texts) and not _DEPUTY.match(texts[at_ + 1]):
            yield remark_at("ND511", line, "ChucVu", _("sau dòng KT. là dòng chức vụ của cấp phó (Phụ lục I, II.7)"))
        if stands.startswith(("TM.SỞ", "TM.GIÁMĐỐC", "TM.CHỦTỊCH", "TM.BỘTRƯỞNG")):
            told = _("TM. chỉ đứng trước tên tập thể; người đứng đầu ký thì không ghi (Phụ lục I, II.7)")
            yield remark_at("ND511", line, "ChucVu", told)


_ENDED: Final = re.compile(r"\./\.?$|/\.$")
_DEPUTY: Final = re.compile(r"PHÓ|THỨ TRƯỞNG|CẤP PHÓ|[^,]{0,40}\bPHÓ\b|QUYỀN|\[…|…|KT\.")
"""How the line below `KT.` begins."""
