"""Who is named, held against the units of a plan."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from danvan_cli.importing.guess import Entry, Guess
from danvan_cli.importing.head import documents, read_head
from danvan_cli.importing.owners import KnownOwners, Named, leading, said_at_large
from danvan_cli.importing.parts import Parts
from danvan_cli.importing.sending import _At, _Reader, sending
from danvan_cli.importing.source import Grid, Passage
from danvan_cli.importing.tree import Node, grow, identify
from danvan_cli.importing.understand import _duties, _Tasks, head_rows
from danvan_cli.plan.model import Plan
from danvan_cli.plan.owed import Deliverable, occurrences, periods_of
from danvan_cli.plan.when import when
from danvan_cli.yaml.read import read

SHIPPED = Path(__file__).parents[2] / "plans" / "2023.yaml"


@cache
def plan() -> Plan:
    found = read(Plan, SHIPPED).record
    assert found
    return found


def register() -> KnownOwners:
    return KnownOwners(plan().units, plan().blocks, {plan().issuer.name: plan().issuer.id})


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("Sở Nội vụ", ["so-noi-vu"]),
        ("Giám đốc Sở Nội vụ", ["so-noi-vu"]),
        ("SYT; SGDĐT", ["so-y-te", "so-giao-duc"]),
        ("Sở Lao động - Thương binh và\nXã hội\nSở Y tế", ["so-lao-dong", "so-y-te"]),
        ("Sở Văn hóa, Thể thao và Du lịch, Sở Y tế", ["so-van-hoa", "so-y-te"]),
        ("Các cơ quan, đơn vị, địa phương", ["all"]),
        ("Các địa phương", ["cac-dia-phuong"]),
        ("Các sở, ban, ngành và Sở Y tế", ["so-ban-nganh", "so-y-te"]),
        ("Sở Y tế và các đơn vị trực thuộc", ["so-y-te", "cac-don-vi-truc-thuoc"]),
        ("Sở Y tế, Công ty Điện lực tỉnh và Công an tỉnh", ["so-y-te", "cong-ty-dien-luc-tinh", "cong-an-tinh"]),
        ("Các sở, ban, ngành; UBND các huyện, thị xã, thành phố", ["so-ban-nganh", "huyen"]),
        ("Thủ trưởng các sở, ban, ngành tỉnh và Chủ tịch UBND các huyện, thị xã, thành phố", ["so-ban-nganh", "huyen"]),
        ("Ủy ban nhân dân huyện Lộc Ninh", ["huyen-loc-ninh"]),
        ("Công an tỉnh", ["cong-an-tinh"]),
        ("Văn phòng HĐND và UBND", ["van-phong-hdnd-va-ubnd"]),
        ("Trạm Y tế các xã, phường; Sở Y tế", ["tram-y-te-cac-xa-phuong", "so-y-te"]),
        ("Sở Y tế và UBND các huyện, thị xã, thành phố", ["so-y-te", "huyen"]),
        ("Sở Nông nghiệp và Môi trường", ["so-nong-nghiep-va-moi-truong"]),
    ],
)
def test_names_become_ids(words: str, ids: list[str]) -> None:
    book = register()
    assert book.ids(book.read(words)) == ids


def test_a_task_that_begins_with_several_is_laid_on_all_of_them() -> None:
    for text in ("Sở Y tế và Sở Giáo dục và Đào tạo thí điểm việc đó.", "Sở Y tế, Sở Giáo dục và Đào tạo triển khai."):
        assert [one.id for one in register().laid_on(text)] == ["so-y-te", "so-giao-duc"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Sở Y tế và các sở, ban, ngành liên quan có trách nhiệm tổ chức việc đó.", ["so-y-te", "all"]),
        (
            "Sở Y tế, Công an tỉnh và các cơ quan, đơn vị liên quan: Tổ chức việc đó.",
            ["so-y-te", "cong-an-tinh", "all"],
        ),
        ("Sở Y tế cùng các sở, ban, ngành khẩn trương rà soát.", ["so-y-te", "so-ban-nganh"]),
        ("Sở Y tế, Công ty Điện lực Phước Long tổ chức việc đó.", ["so-y-te", "cong-ty-dien-luc-phuoc-long"]),
        ("Sở Y tế, Ban hành kế hoạch triển khai.", ["so-y-te"]),
        ("Sở Y tế, Ủy ban nhân dân các huyện chỉ đạo.", ["so-y-te", "huyen"]),
        ("Sở Y tế và Chủ tịch UBND các huyện, thị xã, thành phố chỉ đạo.", ["so-y-te", "huyen"]),
        ("Đề nghị Ủy ban MTTQ Việt Nam tỉnh phối hợp giám sát.", ["uy-ban-mttq-viet-nam-tinh"]),
        ("Văn phòng HĐND và UBND, Sở Y tế tổng hợp.", []),  # whoever is not there is asked for only behind one who is
        ("Giao Văn phòng HĐND và UBND tổng hợp.", ["van-phong-hdnd-va-ubnd"]),
        ("Sở Y tế, trên cơ sở báo cáo của các đơn vị, tổng hợp.", ["so-y-te"]),
    ],
)
def test_a_group_behind_a_name_is_read_too(text: str, ids: list[str]) -> None:
    book = register()
    assert book.ids(book.laid_on(text)) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("UBND các xã, phường rà soát vùng lõm sóng.", ["ubnd-cac-xa-phuong"]),
        ("Sở Y tế tổ chức tập huấn.", ["so-y-te"]),
        ("Các mô hình dân vận khéo thực hiện đúng quy định.", []),
        ("Ban hành kế hoạch.", []),
    ],
)
def test_without_units_whoever_a_task_begins_with_is_to_be_settled(text: str, ids: list[str]) -> None:
    book = KnownOwners()
    assert book.ids(book.laid_on(text)) == ids


def test_those_concerned_beside_who_is_named_are_to_be_settled() -> None:
    said = "Sở Y tế và các cơ quan liên quan"
    named, guess = said_at_large(register().read(said))
    assert ([one.id for one in named], guess) == (["so-y-te"], Guess("nhom-lien-quan", "các cơ quan liên quan"))
    alone = register().read("Các cơ quan liên quan")
    assert said_at_large(alone) == (alone, None)
    node = Node("", 1, "", said=f"{said} có trách nhiệm tuyên truyền sâu rộng.")
    for understand in (lambda: _Tasks(register(), 2023).task(node, {}), lambda: _duties([node], register())):
        node.given = Entry()
        understand()
        assert (node.given["owners"], node.given.guesses["owners"].rule) == (["so-y-te"], "nhom-lien-quan")
    _Tasks(register(), 2023).task(node, {"lead": "Sở Y tế; các cơ quan, đơn vị"})
    assert (node.given["lead"], node.given.guesses["lead"].rule) == (["so-y-te"], "nhom-lien-quan")


def test_names_that_differ_in_their_marks_alone_are_two() -> None:
    units = [
        plan().units[0].model_copy(update={"id": id_, "name": f"UBND xã {name}", "abbr": "UBND"})
        for id_, name in (("a", "Lộc Thạnh"), ("b", "Lộc Thành"))
    ]
    known = KnownOwners(units, plan().blocks)
    assert [one.id for one in known.read("UBND xã Lộc Thành; Ủy ban nhân dân xã Lộc Thạnh")] == ["b", "a"]
    assert [one.id for one in known.laid_on("UBND xã Lộc Thành thí điểm.")] == ["b"]
    assert [one.id for one in known.read("UBND xa Loc Thanh")] == [None]  # without marks it may be either
    settled = known.ids(known.read("UBND xa Loc Thanh; UBND xa Loc Thanh"))
    assert settled == [*known.added]
    assert set(settled).isdisjoint({"a", "b"})


def test_a_unit_goes_before_the_issuer_and_a_block_of_its_name() -> None:
    units = [one for one in plan().units if one.id == "so-noi-vu"]
    blocks = [plan().blocks[0].model_copy(update={"id": "rieng", "name": "Sở Nội vụ"})]
    known = KnownOwners(units, blocks, {"Sở Nội vụ": "snv"})
    assert [one.id for one in known.read("Sở Nội vụ")] == ["so-noi-vu"]


def test_a_task_that_begins_with_a_unit_and_with_another_that_is_not_there_is_no_task_of_all() -> None:
    known = KnownOwners([one for one in plan().units if one.id == "so-y-te"])
    named = known.laid_on("Sở Y tế và Sở Ngoại vụ tăng cường kiểm tra.")
    assert [(one.id, one.name) for one in named] == [("so-y-te", "Sở Y tế"), (None, "Sở Ngoại vụ")]


def test_who_issues_a_plan_has_an_id_of_his_own() -> None:
    department = {"id": "so-y-te", "name": "Sở Y tế", "short": "Sở Y tế"}  # also one of the units that the file keeps
    book = KnownOwners(plan().units, plan().blocks, {}, {"Ủy ban nhân dân tỉnh": "ubnd-tinh"})
    book.issued_by(department)
    assert department["id"] == "so-y-te-2"
    assert [one.id for one in book.read("Ủy ban nhân dân tỉnh")] == [None]  # who is no longer in the file
    same = {"id": "ubnd", "name": "Ủy ban nhân dân tỉnh Bình Phước", "short": "Ủy ban nhân dân tỉnh"}
    book = KnownOwners(plan().units, plan().blocks, {}, {"Ủy ban nhân dân tỉnh": "ubnd-tinh"})
    book.issued_by(same)
    assert same["id"] == "ubnd-tinh"
    assert [one.id for one in book.read("UBND tỉnh")] == ["ubnd-tinh"]


def test_who_is_outside_of_the_units_keeps_his_duty_when_he_is_known() -> None:
    known = KnownOwners(plan().units, plan().blocks, {"Ủy ban MTTQ Việt Nam tỉnh": "mttq"}, {"UBND tỉnh": "ubnd-tinh"})
    known.issued_by({"id": "x", "name": "Ủy ban nhân dân tỉnh", "short": "UBND tỉnh"})
    assert known.others(known.read("Ủy ban MTTQ Việt Nam tỉnh; UBND tỉnh")) == ["mttq"]


def test_a_province_that_has_become_a_city_is_the_same() -> None:
    city = [
        one.model_copy(update={"name": "Thanh tra thành phố"}) for one in plan().units if one.id == "thanh-tra-tinh"
    ]
    assert KnownOwners(city).read("Thanh tra tỉnh") == [Named("thanh-tra-tinh", "Thanh tra tỉnh", "ten-gan-giong")]


def test_an_office_of_a_commune_is_the_one_of_that_name() -> None:
    book = KnownOwners()
    book.issued_by({"id": "van-phong", "name": "Văn phòng HĐND và UBND", "short": "Văn phòng HĐND và UBND"})
    assert book.ids(book.read("Văn phòng HĐND và UBND xã")) == ["van-phong"]


def test_a_name_that_the_register_lacks_is_to_be_settled() -> None:
    book = register()
    book.ids(book.read("Hội Nông dân tỉnh"))
    assert book.added == {"hoi-nong-dan-tinh": ("Hội Nông dân tỉnh", "ten-chua-co-ma")}


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Sở Nội vụ chủ trì, phối hợp với Sở Y tế xây dựng kế hoạch.", ("Sở Nội vụ", "Sở Y tế")),
        ("Giao Sở Tài chính tham mưu bố trí kinh phí.", ("Sở Tài chính", "")),
        ("Sở Công Thương: Theo dõi thị trường.", ("Sở Công Thương", "")),
        ("Tăng cường kiểm tra, giám sát.", None),
    ],
)
def test_who_a_sentence_begins_with(sentence: str, who: tuple[str, str] | None) -> None:
    assert leading(sentence) == who


@pytest.mark.parametrize(
    "row", [["", "(1)", "(2)", "(3)"], ["(1)", "(2)", "(3)", "(4)"], ["A", "B", "1", "2 = 3"], ["1", "2", "^", "3"]]
)
def test_a_row_that_counts_the_columns_is_of_the_head(row: list[str]) -> None:
    heads = ["TT", "Nhiệm vụ", "Chủ trì", "Thời gian"]
    task = ["1", "Tổ chức tập huấn", "Sở Nội vụ", "Quý II"]
    assert head_rows(Grid([heads, row, task, task], [1] * 4, [True, False, False, False])) == 2
    assert head_rows(Grid([heads, task, row, task], [1] * 4, [True, False, False, False])) == 1


@pytest.mark.parametrize(
    ("title", "day", "years"),
    [
        ("Thực hiện chương trình phòng, chống ma túy đến năm 2030", "Ví Dụ, ngày 02 tháng 10 năm 2025", (2025, 2030)),
        ("Công tác dân vận giai đoạn 2026 - 2030", "", (2026, 2030)),
        ("Công tác dân vận năm 2026, định hướng đến năm 2030", "", (2026, 2030)),
        ("Chuyển đổi số năm 2026, tầm nhìn đến năm 2045", "", (2026, None)),
    ],
)
def test_a_year_until_which_a_plan_goes_is_not_its_own(title: str, day: str, years: tuple[int, int | None]) -> None:
    head = read_head(Parts(title=[title], place_and_day=day), "", 2024)
    assert (head.year, head.until) == years


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Căn cứ Luật Thực hiện dân chủ ở cơ sở, Luật Đất đai hiện hành", ["Luật Thực hiện dân chủ ở cơ sở", "Luật Đất đai"]),
        ("thực hiện Luật Thanh tra, Luật Tiếp công dân", ["Luật Thanh tra", "Luật Tiếp công dân"]),
    ],
)  # fmt: skip
def test_a_law_is_known_by_its_whole_name(text: str, titles: list[str]) -> None:
    assert [one["title"] for one in documents([("I.1", text)])] == titles


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Tổ chức tập huấn đợt 1 ngày 02/6/2026 (Thứ Ba).", None),
        ("Tiếp tục thực hiện Nghị quyết số 25-NQ/TW (ngày 03/6/2013).", None),
        ("Giải quyết dứt điểm hồ sơ tồn đọng trước ngày 01/7/2013.", None),
        ("Tổ chức sơ kết công tác dân vận (tháng 12/2025).", "tháng 12/2025"),
        ("Tổ chức hội nghị (Quý II; Sở Nội vụ).", "Quý II"),
        ("Tổ chức hội nghị trước ngày 30/6/2026.", "trước ngày 30/6/2026"),
        ("Sở Nội vụ chủ trì rà soát. Thời gian: Quý II/2026. Sản phẩm: Báo cáo.", "Quý II/2026"),
        ("Sở Nội vụ rà soát; thời gian hoàn thành: trước ngày 30/9/2026.", "trước ngày 30/9/2026"),
    ],
)
def test_only_what_is_to_come_is_a_time_to_do_it_by(text: str, due: str | None) -> None:
    node = Node("", 1, "", said=text)
    _Tasks(register(), 2026).task(node, {})
    assert node.given.get("due") == due


def test_a_row_of_a_table_that_stands_above_tasks_is_none() -> None:
    head = ["TT", "Nội dung", "Chủ trì", "Thời gian"]
    rows = [head, ["A", "Giám sát", "<", "<"], ["1", "Tập huấn", "Sở Y tế", "Quý II"], ["B. Điều trị", "<", "<", "<"]]
    table = Grid(rows, [1] * 4, [False] * 4, columns=["number", "text", "lead", "due"], head=1)
    node = Node("", 1, "", table=table)
    _Tasks(register(), 2026).rows(node)
    assert {at: one["lead"] for at, one in node.rows.items()} == {1: ["so-y-te"]}


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Phòng, chống dịch bệnh truyền nhiễm năm 2026", "phòng, chống dịch bệnh truyền nhiễm"),
        ("Thực hiện công tác dân vận trên địa bàn tỉnh, năm 2026", "công tác dân vận"),
    ],
)
def test_a_subject_is_whole_with_its_commas(title: str, subject: str) -> None:
    assert (
        read_head(Parts(title=[title], place_and_day="Ví Dụ, ngày 08 tháng 01 năm 2026"), "", 2026).subject == subject
    )


@pytest.mark.parametrize(
    ("sentence", "owed"),
    [
        ("báo cáo 06 tháng (trước ngày 10/6) và năm (trước ngày 10/11)", {"6m": "2023-06-10", "1y": "2023-11-10"}),
        ("báo cáo: 6 tháng gửi trước ngày 31/5; năm gửi trước ngày 30/11", {"6m": "2023-05-31", "1y": "2023-11-30"}),
        ("báo cáo 06 tháng, năm gửi về Sở Nội vụ", {"6m": "", "1y": ""}),
        ("báo cáo ghi rõ ngày, tháng, năm", {}),
        ("báo cáo kết quả kiểm tra về Ủy ban nhân dân tỉnh trong quý II", {}),
        ("báo cáo sơ kết 6 tháng trước 10/6 và tổng kết năm trước ngày 10/12", {"6m": "2023-06-10", "1y": "2023-12-10"}),
        ("báo cáo trước ngày 10/6 (đối với báo cáo 6 tháng) và trước ngày 10/12 (đối với báo cáo năm)",
         {"6m": "2023-06-10", "1y": "2023-12-10"}),
        ("xây dựng kế hoạch trước ngày 15/2; báo cáo 6 tháng trước ngày 10/6, báo cáo năm trước ngày 10/12",
         {"ke-hoach": "2023-02-15", "6m": "2023-06-10", "1y": "2023-12-10"}),
        ("báo cáo 6 tháng (số liệu từ ngày 15/11 đến ngày 14/5) trước ngày 20/5", {"6m": "2023-05-20"}),
        ("báo cáo 6 tháng (số liệu từ ngày 15/11 năm trước đến ngày 14/5) trước ngày 20/5",
         {"6m": "2023-05-20"}),
        ("báo cáo 6 tháng cuối năm trước ngày 10/12", {}),
        ("báo cáo tháng trước ngày 25 hằng tháng, quý trước ngày 25 tháng cuối quý",
         {"thang": "trước ngày 25 hằng tháng", "quy": "trước ngày 25 tháng cuối quý"}),
        ("báo cáo tình hình thực hiện về Sở Nội vụ trước ngày 18 hằng tháng", {"thang": "trước ngày 18 hằng tháng"}),
    ],
)  # fmt: skip
def test_each_report_is_due_on_its_own_day(sentence: str, owed: dict[str, str]) -> None:
    reader = _Reader(register(), 2023, "công tác dân vận")
    reader.read(_At("III.1", ["all"], f"Các đơn vị {sentence}."))
    assert {one["id"]: str(one.get("before") or one.get("due", "")) for one in reader.owed} == owed


@pytest.mark.parametrize(
    ("sentence", "owed"),
    [
        ("định kỳ 6 tháng (trước ngày 15/6), năm (trước ngày 05/12) báo cáo kết quả",
         {"6m-1-2026": "2026-06-15", "6m-1-2027": "2027-06-15", "nam-2026": "2026-12-05", "nam-2027": "2027-12-05"}),
        ("báo cáo kết quả trước ngày 15/12 hằng năm", {"nam-2026": "2026-12-15", "nam-2027": "2027-12-15"}),
        ("báo cáo năm trước ngày 31/01 năm liền kề", {"nam-2026": "2027-01-31", "nam-2027": "2028-01-31"}),
        ("báo cáo hằng năm", {"nam-2026": "", "nam-2027": ""}),
        ("báo cáo tổng kết trước ngày 15/12/2027", {"1y-2027": "2027-12-15"}),
        ("báo cáo năm trước ngày 31/01/2027", {"1y-2026": "2027-01-31"}),
    ],
)  # fmt: skip
def test_a_report_of_a_plan_over_several_years_is_owed_each_year(sentence: str, owed: dict[str, str]) -> None:
    reader = _Reader(register(), 2026, "công tác dân vận", 2027)
    reader.read(_At("III.1", ["all"], f"Các đơn vị {sentence}."))
    listed = [Deliverable.model_validate(one) for one in reader.owed]
    times = [one for it in listed for one, _at in occurrences(it, reader.years, when, includes=False)] or listed
    assert {one.id.replace("nua-nam", "6m"): str(one.before or "") for one in times} == owed
    assert all(one.id[-4:] in one.name for one in times)


def test_a_report_of_the_year_after_is_no_report_of_a_day_gone_by() -> None:
    reader = _Reader(register(), 2026, "công tác dân vận")
    reader.read(_At("III.1", ["all"], "Các đơn vị báo cáo năm trước ngày 31/01 năm liền kề."))
    assert [(one["id"], str(one["before"])) for one in reader.owed] == [("1y", "2027-01-31")]


@pytest.mark.parametrize(
    ("sentence", "without"),
    [
        ("báo cáo quý I, II, III trước ngày 15 tháng cuối quý", ["quy-4"]),
        ("báo cáo hằng quý (quý 1, quý 2 và quý 3), báo cáo năm", ["quy-4"]),
        ("báo cáo quý I trước ngày 15/3, 6 tháng trước ngày 15/6, quý III trước ngày 15/9", ["quy-2", "quy-4"]),
        ("báo cáo quý I, II, III và quý IV", None),
        ("báo cáo kết quả quý I, quý II, quý III trước ngày 15 tháng cuối quý", ["quy-4"]),
        ("báo cáo tình hình thực hiện quý I, II về Sở Nội vụ", ["quy-3", "quy-4"]),
        ("báo cáo kết quả thực hiện công tác dân vận quý I, II, III trước ngày 15 tháng cuối quý", ["quy-4"]),
        ("báo cáo quý trước ngày 15 tháng cuối quý, riêng quý IV cùng báo cáo năm", None),
    ],
)
def test_quarters_that_are_not_named_are_not_reported_on(sentence: str, without: list[str] | None) -> None:
    reader = _Reader(register(), 2023, "công tác dân vận")
    reader.read(_At("III.1", ["all"], f"Các đơn vị {sentence}."))
    assert next(one for one in reader.owed if one["id"] == "quy").get("without") == without


def test_quarters_that_a_plan_over_several_years_does_not_name_are_those_of_each() -> None:
    text = "III. CHẾ ĐỘ BÁO CÁO", "Các đơn vị báo cáo quý I, II, III trước ngày 15 tháng cuối quý."
    tree = grow([Passage(text[0], "a", bold=True), Passage(text[1], "b")])
    identify(tree)
    (owed,), _periods = sending(tree, register(), 2026, "công tác dân vận", 2027)
    assert owed["without"] == ["quy-4-2026", "quy-4-2027"]
    periods = {it.id for year in (2026, 2027) for it in periods_of("quarter", year, dated=True)}
    assert periods.issuperset(owed["without"])


@pytest.mark.parametrize(
    ("who", "sure"), [("Ủy ban nhân dân tỉnh tổ chức sơ kết", False), ("các sở, ban, ngành", True)]
)
def test_a_report_of_nobody_named_is_to_be_settled(who: str, sure: bool) -> None:
    tree = grow(
        [Passage("III. CHẾ ĐỘ BÁO CÁO", "a", bold=True), Passage(f"Định kỳ 6 tháng, {who} báo cáo kết quả.", "b")]
    )
    identify(tree)
    (owed,), _periods = sending(tree, register(), 2023, "công tác dân vận")
    assert (owed["owners"], "owners" not in owed.guesses) == (["all"], sure)
