"""Of whom and what a document is: from letterhead, title and name; what is not clear is not guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from danvan_cli.inbox.model import Contents, Look
from danvan_cli.inbox.recognize import Recognized, Recognizer
from danvan_cli.pdf.signatures import FoundSignature
from danvan_cli.plan.model import Plan
from danvan_cli.yaml.read import read as read_as

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
PLAN = read_as(Plan, ROOT / "plans" / "2023.yaml").record
assert PLAN is not None
KNOWN = Recognizer(PLAN)
HEAD = "{above}\n{name}\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: {number}\n{place}, ngày {day} tháng {month} năm 2023\n\n{type}\n{title}\n\n"


def guess(
    name: str, text: str = "", title: str = "", folder: str = "hop-thu", signatures: Sequence[FoundSignature] = ()
) -> Recognized:
    return KNOWN.guess(
        Look(Path(folder) / name, "pdf", "0" * 64, 1, Contents(text, title, signatures=tuple(signatures)))
    )


def report(name: str, title: str, number: str = "45/BC-SYT", kind: str = "BÁO CÁO") -> str:
    return HEAD.format(
        above="UBND TỈNH BÌNH PHƯỚC",
        name=name,
        number=number,
        place="Bình Phước",
        day="08",
        month="5",
        type=kind,
        title=title,
    )


SIX = "Kết quả công tác dân vận chính quyền 06 tháng đầu năm 2023"


@pytest.mark.parametrize("number", ["45/BC\u2011SYT", "45/BC\u2013SYT", "45 /BC \u2013 SYT", "45/BC-SYT"])
def test_a_symbol_is_whole_whatever_dash_word_made_of_its_hyphen(number: str) -> None:
    assert guess("a.docx", report("SỞ Y TẾ", SIX, number)).symbol == "45/BC-SYT"


def test_a_self_score_is_told_by_words_that_nothing_else_has() -> None:
    title = "Kết quả tự chấm điểm công tác dân vận chính quyền năm 2023"
    assert guess("a.docx", report("SỞ Y TẾ", title)).deliverable == "tu-cham"
    assert guess("a.docx", report("SỞ Y TẾ", "Kết quả đánh giá, xếp loại viên chức năm 2023")).deliverable is None


def test_to_whom_a_letter_goes_is_not_whose_it_is() -> None:
    text = "UBND TỈNH BÌNH PHƯỚC\nSỞ Y TẾ\nSố: 5/SYT-VP\nV/v báo cáo công tác dân vận\nKính gửi: Sở Nội vụ\nSở Y tế báo cáo"
    assert guess("a.docx", text).unit == "so-y-te"


@pytest.mark.parametrize(
    ("name", "unit", "deliverable"),
    [
        ("BC 6 thang SYT.pdf", "so-y-te", "6m"),
        ("bao cao nam 2023 So Y te.pdf", "so-y-te", "1y"),
        ("Bao cao 06 thang dau nam - UBND huyen Bu Dop.pdf", "huyen-bu-dop", "6m"),
        ("diem tu cham so tai chinh.pdf", "so-tai-chinh", "tu-cham"),
        ("KH trien khai dan van SXD.pdf", "so-xay-dung", "ke-hoach"),
        ("123_BC-SYT_08-5.pdf", "so-y-te", None),
        ("scan0001.pdf", None, None),
        ("BC Sở Công Thương.pdf", "so-cong-thuong", None),
        ("BC dan van 6T SYT.pdf", "so-y-te", "6m"),
        ("BC dân vận 6 T đầu năm - SYT.pdf", "so-y-te", "6m"),
        ("BC dan van SYT.pdf", "so-y-te", None),
        ("BC dan van 2023 SYT.pdf", "so-y-te", None),
        ("BC dan van 9T SYT.pdf", "so-y-te", None),
        ("BC dan van thang 4 SYT.pdf", "so-y-te", None),
        ("BC cai cach hanh chinh 6 thang SYT.pdf", "so-y-te", None),
        ("SYT KH cai cach hanh chinh nam 2023.pdf", "so-y-te", None),
        ("bao-cao-6m (1).pdf", None, None),
    ],
)
def test_by_the_file_s_name(name: str, unit: str | None, deliverable: str | None) -> None:
    found = guess(name)
    assert (found.unit, found.deliverable) == (unit, deliverable)


def test_by_the_folder_that_the_unit_s_mail_was_saved_in() -> None:
    found = guess("bao-cao-6m (1).pdf", folder="so-y-te")
    assert (found.unit, found.deliverable) == ("so-y-te", "6m")


def test_the_letterhead_says_more_than_the_name() -> None:
    found = guess("BC SYT.pdf", report("SỞ TƯ PHÁP", SIX, "7/BC-STP"))
    assert found == Recognized("so-tu-phap", "6m", "7/BC-STP", date(2023, 5, 8), by=("head", "title"))


def test_a_name_over_two_lines_and_columns_that_run_together() -> None:
    text = report("x", SIX, "45/BC-SNN").replace("x\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc", (
        "SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nNÔNG THÔN Độc lập - Tự do - Hạnh phúc"))  # fmt: skip
    assert guess("a.pdf", text).unit == "so-nong-nghiep"


def test_ubnd_of_a_district_is_not_that_of_the_province() -> None:
    text = report("HUYỆN BÙ ĐỐP", SIX, "45/BC-UBND").replace("UBND TỈNH BÌNH PHƯỚC", "ỦY BAN NHÂN DÂN")
    assert guess("a.pdf", text).unit == "huyen-bu-dop"


@pytest.mark.parametrize("below", ["ỦY BAN NHÂN DÂN\nXÃ HƯNG PHƯỚC", "PHÒNG NỘI VỤ", "UBND XÃ HƯNG PHƯỚC"])
def test_what_stands_below_a_district_is_not_the_district_s(below: str) -> None:
    text = report(f"HUYỆN BÙ ĐỐP\n{below}", SIX, "45/BC-UBND").replace("UBND TỈNH BÌNH PHƯỚC", "ỦY BAN NHÂN DÂN")
    assert guess("a.pdf", text).unit is None
    assert guess("BC 6T huyen Bu Dop.pdf", text).unit is None


@pytest.mark.parametrize(
    ("above", "name", "number", "unit"),
    [
        ("CÔNG AN TỈNH BÌNH PHƯỚC", "CÔNG AN HUYỆN BÙ ĐỐP", "12/BC-CAH", "huyen-bu-dop"),
        ("TÒA ÁN NHÂN DÂN TỈNH BÌNH PHƯỚC", "TÒA ÁN NHÂN DÂN\nHUYỆN BÙ ĐỐP", "12/BC-TA", "huyen-bu-dop"),
        ("ĐẢNG BỘ HUYỆN", "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nHUYỆN BÙ ĐỐP", "3/BC-MTTQ", "huyen-bu-dop"),
        ("BỘ CHỈ HUY QUÂN SỰ TỈNH", "BAN CHỈ HUY QUÂN SỰ HUYỆN BÙ ĐỐP", "12/BC-BCH", "huyen-bu-dop"),
        ("NGÀNH Y TẾ BÌNH PHƯỚC", "TRUNG TÂM Y TẾ HUYỆN BÙ ĐỐP", "12/BC-TTYT", "huyen-bu-dop"),
        ("BAN QUẢN LÝ RỪNG", "BAN QUẢN LÝ RỪNG PHÒNG HỘ HUYỆN BÙ ĐỐP", "12/BC-BQL", "huyen-bu-dop"),
        ("UBND TỈNH BÌNH PHƯỚC", "THANH TRA SỞ Y TẾ", "12/BC-TTr", "so-y-te"),
        ("CÔNG ĐOÀN VIÊN CHỨC TỈNH", "CÔNG ĐOÀN SỞ Y TẾ", "12/BC-CĐ", "so-y-te"),
        ("UBND TỈNH BÌNH PHƯỚC", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nHUYỆN BÙ ĐỐP", "12/BC-PGD", "huyen-bu-dop"),
    ],
)
def test_what_bears_a_unit_s_name_beside_it_is_not_the_unit(above: str, name: str, number: str, unit: str) -> None:
    text = report(name, SIX, number).replace("UBND TỈNH BÌNH PHƯỚC", above, 1)
    assert guess("a.pdf", text).unit is None
    assert guess("a.pdf", text, folder=unit).unit is None
    assert guess("Bao cao 6 thang " + name.replace("\n", " ").title() + ".jpg").unit is None
    look = Look(Path("a.pdf"), "pdf", "0" * 64, 1, Contents(text, ""))
    told = KNOWN.guess(look, unit)
    assert told.stranger or told.own_unit


@pytest.mark.parametrize("name", ["HỘI NGƯỜI CAO TUỔI", "TỔ CÔNG NGHỆ SỐ", "ĐOÀN TNCS HỒ CHÍ MINH"])
def test_a_locality_s_name_behind_another_body_s_is_not_its_committee(name: str) -> None:
    text = report(f"{name} HUYỆN BÙ ĐỐP", SIX, "3/BC-XX").replace("UBND TỈNH BÌNH PHƯỚC", "TỈNH BÌNH PHƯỚC", 1)
    assert guess("a.pdf", text).unit is None
    beside = "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆTNAM"
    columns = report("HUYỆN BÙ ĐỐP", SIX, "45/BC-UBND").replace("UBND TỈNH BÌNH PHƯỚC", beside, 1)
    assert guess("a.pdf", columns).unit == "huyen-bu-dop"
    scanned = report("HUYỆN BÙ ĐỐP", SIX, "45/BC-UBND").replace("UBND TỈNH BÌNH PHƯỚC", "ÙY BAN NHẢN DÀM", 1)
    assert guess("a.pdf", scanned).unit == "huyen-bu-dop"


@pytest.mark.parametrize(
    "said",
    [
        "BC phòng chống dịch Sở Y tế", "BC 6 thang huyen Bu Dop", "Ban hanh KH So Y te", "BC giai doan 2021-2025 So Y te",
        "BC giai đoạn hai Sở Y tế", "Bảo vệ môi trường nông thôn huyện Bù Đốp", "Van ban so 45 So Y te", "Phong trao thi dua So Y te",
        "BC quốc phòng an ninh huyện Bù Đốp", "BC thị trường lao động Sở Y tế", "Trên địa bàn tỉnh Sở Y tế", "BC hội nghị quý Sở Y tế",
    ],
)  # fmt: skip
def test_what_a_report_is_about_is_no_other_body(said: str) -> None:
    assert guess(f"{said}.jpg").unit in {"so-y-te", "huyen-bu-dop"}


@pytest.mark.parametrize(
    ("above", "name"),
    [
        ("PHÒNG GD&ĐT", "TRƯỜNG TIỂU HỌC KIM ĐỒNG"),
        ("HỘI NÔNG DÂN TỈNH", "HỘI NÔNG DÂN HUYỆN BÙ ĐỐP"),
        ("ĐOÀN THANH NIÊN TỈNH", "HUYỆN ĐOÀN BÙ ĐỐP"),
        ("TRUNG TÂM Y TẾ HUYỆN", "TRẠM Y TẾ XÃ HƯNG PHƯỚC"),
    ],
)
def test_a_body_above_a_unit_in_its_letterhead_is_no_other_one(above: str, name: str) -> None:
    assert PLAN is not None
    unit = PLAN.unit_by_id["so-y-te"].model_copy(update={"name": name.capitalize(), "letterhead": [], "abbr": "X"})
    known = Recognizer(PLAN.model_copy(update={"units": [unit], "unit_by_id": {unit.id: unit}}))
    text = report(name, SIX, "12/BC-X").replace("UBND TỈNH BÌNH PHƯỚC", above, 1)
    assert known.guess(Look(Path("a.pdf"), "pdf", "0" * 64, 1, Contents(text, ""))).unit == unit.id
    party = text.replace(name, f"ĐẢNG ỦY\n{name}")
    assert known.guess(Look(Path("a.pdf"), "pdf", "0" * 64, 1, Contents(party, ""))).unit is None


@pytest.mark.parametrize(
    ("title", "deliverable"),
    [
        ("Kết quả công tác dân vận chính quyền năm 2023", "1y"),
        ("Kết quả công tác dân vận chính quyền 06 tháng đầu năm, nhiệm vụ 06 tháng cuối năm 2023", "6m"),
        ("Kết quả công tác cải cách hành chính 06 tháng đầu năm 2023", None),
        ("Kết quả công tác dân vận chính quyền quý I năm 2023", None),
        ("Kết quả công tác dân vận chính quyền 06 tháng cuối năm 2023", None),
        ("Kết quả công tác tiếp công dân năm 2023", None),
    ],
)
def test_a_report_is_what_its_title_says(title: str, deliverable: str | None) -> None:
    assert guess("a.pdf", report("SỞ Y TẾ", title)).deliverable == deliverable


def test_a_letterhead_that_says_otherwise_than_a_person_is_told() -> None:
    seen = Look(Path("a.pdf"), "pdf", "0" * 64, 1, Contents(report("SỞ Y TẾ", SIX)))
    assert KNOWN.guess(seen, "so-tu-phap").own_unit == "so-y-te"
    assert KNOWN.guess(seen, "so-y-te").own_unit is None


def test_two_names_that_disagree_are_asked_for() -> None:
    assert guess("BC 6 thang SYT.pdf", folder="so-tu-phap").unit is None
    assert guess("a.pdf", report("SỞ Y TẾ", SIX), folder="so-tu-phap").unit is None
    assert guess("a.pdf", report("SỞ Y TẾ", SIX, "7/BC-STP")).unit is None


def test_a_name_that_says_to_whom_it_goes_is_no_disagreement() -> None:
    assert guess("SYT gui SNV.pdf", report("SỞ Y TẾ", SIX)).unit == "so-y-te"


def test_a_draft_has_no_number_and_no_day() -> None:
    text = report("SỞ Y TẾ", SIX, "        /BC-SYT").replace("ngày 08 tháng 5", "ngày      tháng 5")
    found = guess("a.pdf", text)
    assert (found.symbol, found.issued, found.deliverable) == (None, None, "6m")


def test_a_day_that_is_none_is_not_read() -> None:
    assert guess("a.pdf", report("SỞ Y TẾ", SIX).replace("ngày 08 tháng 5", "ngày 32 tháng 5")).issued is None


@pytest.mark.parametrize(
    ("title", "other"),
    [
        (SIX.replace("2023", "2022"), 2022),
        (SIX, None),
        ("Kết quả năm 2022, phương hướng năm 2023", None),
        ("Kết quả theo Nghị quyết năm 1998", None),
    ],
)
def test_a_report_of_another_year_is_told(title: str, other: int | None) -> None:
    assert guess("a.pdf", report("SỞ Y TẾ", title)).other_year == other


def test_the_day_of_a_document_that_is_named_is_no_year_that_a_report_is_about() -> None:
    title = "Kết quả thực hiện Quyết định số 4/QĐ-UBND ngày 28/12/2022 ban hành Kế hoạch công tác dân vận năm 2023"
    assert guess("a.pdf", report("SỞ Y TẾ", title)).deliverable == "1y"


@pytest.mark.parametrize("title", [
    "Kết quả công tác dân vận chính quyền năm 2022, phương hướng, nhiệm vụ năm 2023",
    "Tổng kết công tác dân vận chính quyền năm 2022 và triển khai nhiệm vụ trọng tâm năm 2023",
])  # fmt: skip
def test_last_year_s_report_that_looks_ahead_is_not_this_year_s(title: str) -> None:
    assert guess("a.docx", report("SỞ Y TẾ", title)).deliverable is None
    assert guess(f"{title}.pdf", title=title, folder="so-y-te").deliverable is None
    later = title.replace("2023", "2024").replace("2022", "2023")
    assert guess("a.docx", report("SỞ Y TẾ", later)).deliverable == "1y"


def test_a_report_is_no_self_score_whose_own_words_it_does_not_say(tmp_path: Path) -> None:
    (tmp_path / "2023.yaml").write_text("""
format: danvan-plan/2
id: "2023"
year: 2023
state: draft
title: Thi đua, khen thưởng năm 2023
subject: công tác thi đua, khen thưởng
issuer: {id: ubnd-tinh, name: Ủy ban nhân dân tỉnh Bình Phước, short: Ủy ban nhân dân tỉnh, abbr: UBND, place: Bình Phước,
         letterhead: [Ủy ban nhân dân, tỉnh Bình Phước]}
issued: {number: null, date: null}
sections: [{id: I, heading: I. NỘI DUNG, kind: tasks, items: []}]
deliverables:
  - {id: ke-hoach, kind: plan, name: Kế hoạch triển khai công tác thi đua năm 2023, owners: [all]}
  - {id: 1y, kind: report, name: Báo cáo năm 2023, owners: [all]}
  - {id: tu-cham, kind: self-score, name: Kết quả tự chấm điểm năm 2023, owners: [all]}
  - {id: quy, kind: report, name: Báo cáo, owners: [all], every: quarter, due: trước ngày 15 tháng cuối quý}
recipients: []
signature: {lines: [CHỦ TỊCH]}
periods: []
blocks: [{id: so, name: Các sở, kind: sở, signs: [GIÁM ĐỐC]}]
units: [{id: so-y-te, name: Sở Y tế, abbr: SYT, block: so}]
""", "utf-8")  # fmt: skip
    plan = read_as(Plan, tmp_path / "2023.yaml").record
    assert plan is not None
    known = Recognizer(plan)

    def told(title: str) -> str | None:
        look = Look(Path("in/a.docx"), "docx", "0" * 64, 1, Contents(report("SỞ Y TẾ", title), ""))
        return known.guess(look).deliverable

    assert told("Kết quả công tác thi đua, khen thưởng năm 2023") in {"1y", None}
    assert told("Kết quả tự chấm điểm công tác thi đua, khen thưởng năm 2023") == "tu-cham"


@pytest.mark.parametrize(("name", "unit"), [
    ("XÃ LỘC THẠNH", "a"), ("XÃ LỘC THÀNH", "b"), ("xã Lộc Tha\u0323nh", "a"), ("XA LOC THANH", None),
])  # fmt: skip
def test_communes_whose_names_differ_in_their_marks_alone_are_told_apart(name: str, unit: str | None) -> None:
    """Eight pairs of the communes of 2025 are so, within one province."""
    both = [
        PLAN.units[0].model_copy(
            update={"id": id_, "name": f"UBND {one}", "abbr": "UBND", "letterhead": ["Ủy ban nhân dân", one]}
        )
        for id_, one in (("a", "xã Lộc Thạnh"), ("b", "xã Lộc Thành"))
    ]
    known = Recognizer(PLAN.model_copy(update={"units": both}))
    text = f"ỦY BAN NHÂN DÂN\n{name}\n\nSố: 4/BC-UBND\n\nBÁO CÁO\n{SIX}\n"
    assert known._unit(text, "a", "in", "4/BC-UBND", set())[0] == unit


def test_each_year_of_a_plan_of_several_is_its_own() -> None:
    known = Recognizer(PLAN.model_copy(update={"until": 2027}))
    text = report("SỞ Y TẾ", SIX).replace("2023", "2026")
    found = known.guess(Look(Path("in/a.docx"), "docx", "0" * 64, 1, Contents(text, "")))
    assert (found.other_year, found.issued) == (None, date(2026, 5, 8))
    text = text.replace("2026", "2029")
    assert known.guess(Look(Path("in/a.docx"), "docx", "0" * 64, 1, Contents(text, ""))).other_year == 2029


def test_the_code_in_the_symbol_keeps_a_plan_from_being_a_report() -> None:
    found = guess(
        "a.pdf",
        report("SỞ Y TẾ", "Triển khai, thực hiện công tác dân vận chính quyền năm 2023", "9/KH-SYT", "KẾ HOẠCH"),
    )
    assert found.deliverable == "ke-hoach"


@pytest.mark.parametrize(("year", "taken"), [
    ("2022", True), ("2023", True), ("2024", True), ("9999", False), ("2300", False), ("2100", False), ("1999", False),
    ("0001", False), ("0000", False),
])  # fmt: skip
def test_a_letter_of_no_likely_year_has_no_day(year: str, taken: bool) -> None:
    text = report("SỞ Y TẾ", SIX).replace("tháng 5 năm 2023", f"tháng 5 năm {year}")
    assert guess("a.docx", text).issued == (date(int(year), 5, 8) if taken else None)


@pytest.mark.parametrize("file", ["other-province-plan", "other-province-report"])
def test_an_unnumbered_document_of_another_province_is_nobody_s(file: str) -> None:
    text = {
        "other-province-plan": "ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG\nSố: /KH-UBND\nKẾ HOẠCH\nCải cách hành chính năm 2023",
        "other-province-report": "UBND TỈNH LÂM ĐỒNG\nSỞ NỘI VỤ\nSố: /BC-SNV\nBÁO CÁO\nKết quả công tác dân vận 06 tháng đầu năm 2023",
    }
    assert guess("b1.docx", text[file]).unit is None


def test_the_symbol_s_place_alone_names_no_unit() -> None:
    assert guess("b1.docx", "TRUNG TÂM DỊCH VỤ\nSố: /KH-UBND\nKẾ HOẠCH\nCải cách hành chính năm 2023").unit is None


def test_what_is_all_about_later_years_is_of_another_year() -> None:
    text = "UBND TỈNH BÌNH PHƯỚC\nSỞ Y TẾ\nSố: /KH-SYT\nKẾ HOẠCH\nCải cách hành chính giai đoạn {} - 2030\nThực hiện"
    assert guess("b1.docx", text.format(2026)).other_year == 2026
    assert guess("b1.docx", text.format(2021)).other_year is None


def test_an_unnumbered_report_is_no_plan() -> None:
    text = "UBND TỈNH BÌNH PHƯỚC\nSỞ NỘI VỤ\nSố: /BC-SNV\nBÁO CÁO\nTriển khai công tác dân vận chính quyền năm 2023\n"
    assert guess("b4.docx", text).deliverable != "ke-hoach"
    assert guess("b4.docx", text.replace("/BC-", "/KH-").replace("BÁO CÁO", "KẾ HOẠCH")).deliverable == "ke-hoach"


def signed(*named: str, found: str = "valid", provinces: tuple[str, ...] = ()) -> FoundSignature:
    return FoundSignature(found, named=named, provinces=provinces)


ABOVE = "Ủy ban nhân dân tỉnh Bình Phước"


@pytest.mark.parametrize(
    ("signatures", "unit"),
    [
        ([signed("SỞ Y TẾ TỈNH BÌNH PHƯỚC", ABOVE)], "so-y-te"),
        ([signed("Nguyễn Thị Thử", "Ban Giám đốc", "Sở Y tế", ABOVE), signed("Sở Y tế", ABOVE)], "so-y-te"),
        ([signed("UBND huyện Bù Đốp", "UBND tỉnh Bình Phước")], "huyen-bu-dop"),
        ([signed("Sở Y tế", provinces=("Bình Phước",))], "so-y-te"),
        ([signed("Sở Y tế", ABOVE, found="unknown")], None),
        ([signed("Sở Y tế", ABOVE, found="changed")], None),
        ([signed("Sở Y tế", "Ủy ban nhân dân tỉnh Đồng Nai")], None),
        ([signed("Sở Y tế", provinces=("Tỉnh Đồng Nai",))], None),
        ([signed("Chi cục Dân số", "Sở Y tế", ABOVE)], None),
        ([signed("Phòng Nội vụ", "UBND huyện Bù Đốp")], None),
        ([signed("Thanh tra Sở Y tế")], None),
        ([signed("Sở Y tế", ABOVE), signed("Sở Tư pháp", ABOVE)], None),
    ],
)
def test_a_scan_is_of_whom_its_signatures_name(signatures: list[FoundSignature], unit: str | None) -> None:
    found = guess("scan.pdf", signatures=signatures)
    assert (found.unit, found.by[:1]) == (unit, ("signature",) if unit else ())


def test_a_letterhead_that_a_signature_contradicts_is_asked_for() -> None:
    text = report("SỞ TƯ PHÁP", SIX, "7/BC-STP")
    assert guess("a.pdf", text, signatures=[signed("Sở Tư pháp", ABOVE)]).unit == "so-tu-phap"
    assert guess("a.pdf", text, signatures=[signed("Sở Y tế", ABOVE)]).unit is None
    assert guess("a.pdf", text, signatures=[signed("Sở Y tế", ABOVE), signed("Sở Tư pháp", ABOVE)]).unit == "so-tu-phap"


def test_a_person_who_says_otherwise_than_signature_or_letterhead_is_told() -> None:
    def own(text: str, said: str) -> str | None:
        contents = Contents(text, signatures=(signed("Sở Y tế", ABOVE),))
        return KNOWN.guess(Look(Path("a.pdf"), "pdf", "0" * 64, 1, contents), said).own_unit

    head = report("SỞ TƯ PHÁP", SIX, "7/BC-STP")
    assert (own("", "so-tu-phap"), own("", "so-y-te")) == ("so-y-te", None)
    assert (own(head, "so-y-te"), own(head, "so-tu-phap")) == ("so-tu-phap", None)


def test_to_whom_a_file_goes_does_not_stand_against_who_signed_it() -> None:
    assert guess("BC gui Sở Nội vụ.pdf", signatures=[signed("Sở Y tế", ABOVE)]).unit == "so-y-te"
    assert guess("a.pdf", folder="so-tu-phap", signatures=[signed("Sở Y tế", ABOVE)]).unit is None
