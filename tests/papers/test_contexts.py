"""What templates get: who writes to whom, which day, which figures; nothing that the plan does not say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from danvan_cli.papers.common import file_name, in_full, office
from danvan_cli.papers.kinds import bao_cao, ke_hoach_don_vi, ke_hoach_tinh
from danvan_cli.plan.model import Plan, Unit
from danvan_cli.word.shape import plain_values
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.yamlfile import YamlFile
from shipped import PLAN, ROOT, UNIT, recorded

SOURCE = (ROOT / "plans" / "2023.yaml").read_text(encoding="utf-8")


def plan_with(*changes: tuple[str, str]) -> Plan:
    source = SOURCE
    for old, new in changes:
        assert old in source
        source = source.replace(old, new, 1)
    read = as_read(Plan, YamlFile("plan.yaml", source.encode()))
    assert read.record is not None, read.findings
    return read.record


@pytest.fixture
def plan() -> Plan:
    return PLAN


def report(plan: Plan, unit: str, period: str, **given: Any) -> dict[str, Any]:
    record, owed = recorded(unit, **given), plan.deliverable_by_id[period]
    return plain_values(bao_cao.report_paper(plan, plan.unit_by_id[unit], record, owed))


def draft(plan: Plan, unit: str, **given: Any) -> dict[str, Any]:
    return plain_values(ke_hoach_don_vi.unit_plan(plan, plan.unit_by_id[unit], recorded(unit, **given)))


@pytest.mark.parametrize(
    ("unit", "period", "to"),
    [
        ("so-y-te", "6m", ["Sở Nội vụ"]),
        ("so-noi-vu", "1y", ["Ủy ban nhân dân tỉnh Bình Phước"]),
        ("dai-ptth-bao", "dai-6m", ["Ủy ban nhân dân tỉnh Bình Phước (qua Sở Nội vụ)"]),
        ("so-y-te", "chuyen-de", []),
    ],
)
def test_a_report_goes_where_the_plan_says_and_never_to_its_own_unit(
    plan: Plan, unit: str, period: str, to: list[str]
) -> None:
    assert report(plan, unit, period)["to"] == to


def test_a_letterhead_has_the_authority_above_but_a_ubnd_has_none(plan: Plan) -> None:
    head = report(plan, "so-y-te", "6m")["letterhead"]
    assert (head["superior"], head["issuer"]) == (["Ủy ban nhân dân", "tỉnh Bình Phước"], ["Sở Y tế"])
    assert (head["symbol"], head["place"]) == ("BC-SYT", "Bình Phước")
    head = report(plan, "huyen-loc-ninh", "6m")["letterhead"]
    assert (head["superior"], head["issuer"]) == ([], ["Ủy ban nhân dân", "huyện Lộc Ninh"])
    assert (head["symbol"], head["place"]) == ("BC-UBND", "Lộc Ninh")


def test_the_month_is_that_of_the_last_day_and_none_where_the_plan_gives_no_date(plan: Plan) -> None:
    shown = {period: report(plan, "dai-ptth-bao", period)["letterhead"]["month"] for period in ("6m", "1y", "dai-6m")}
    assert shown == {"6m": 5, "1y": 11, "dai-6m": None}
    assert draft(plan, "so-y-te")["letterhead"]["month"] is None


def test_number_and_day_that_the_eoffice_gave_are_written_without_doubling_the_symbol(plan: Plan) -> None:
    head = report(plan, "so-y-te", "6m", deliverables={"6m": {"number": "45/BC-SYT", "date": date(2023, 5, 8)}})
    assert (head["letterhead"]["number"], head["letterhead"]["date"]) == ("45", date(2023, 5, 8))


def test_the_signature_is_the_records_else_the_plans(plan: Plan) -> None:
    assert report(plan, "huyen-loc-ninh", "6m")["signature"] == {
        "lines": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
        "name": None,
    }
    own = report(plan, "so-y-te", "6m", signs=["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], signer="A")["signature"]
    assert own == {"lines": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "name": "A"}


def test_who_signs_follows_the_day_of_signing() -> None:
    signers = (
        "signers: [{name: Cũ, lines: [GIÁM ĐỐC], to: 2023-05-31}, "
        "{name: Mới, lines: [PHÓ GIÁM ĐỐC], from: 2023-06-01}]"
    )  # fmt: skip
    plan = plan_with(("abbr: SYT, ", f"abbr: SYT, {signers}, "))
    assert report(plan, "so-y-te", "6m")["signature"]["name"] == "Cũ"
    assert report(plan, "so-y-te", "1y")["signature"] == {"lines": ["PHÓ GIÁM ĐỐC"], "name": "Mới"}
    later = {"6m": {"date": date(2023, 6, 2)}}
    assert report(plan, "so-y-te", "6m", deliverables=later)["signature"]["name"] == "Mới"


def test_figures_stand_beside_those_of_the_period_before_and_a_zero_is_no_blank(plan: Plan) -> None:
    figures = {"tcd-doan-dong": {"6m": Decimal(0), "6m-2022": Decimal(0)}, "kiem-tra": {"6m-2022": Decimal(3)}}
    shown = {row["name"]: row for row in report(plan, "so-y-te", "6m", indicators=figures)["figures"]}
    assert (shown["Lượt tiếp đoàn đông người"]["value"], shown["Lượt tiếp đoàn đông người"]["beside"]) == (0, 0)
    check = shown["Cuộc kiểm tra kỷ luật, kỷ cương, công tác dân vận"]
    assert (check["value"], check["beside"]) == (None, 3)


def test_a_task_that_does_not_apply_is_not_undone_but_left_out_with_its_reason(plan: Plan) -> None:
    skipped = {"II.6.1": {"applies": False, "reason": "Không quản lý"}}
    shown = report(plan, "so-y-te", "6m", tasks=skipped, papers={"progress": True})
    assert [len(area["tasks"]) for area in shown["areas"]] == [3, 4, 4, 3, 3, 2]
    assert len([row for row in shown["progress"] if not row["area"]]) == 19
    made = draft(plan, "so-y-te", tasks=skipped)
    assert made["skipped"] == ["Phối hợp với Mặt trận, đoàn thể trong giám sát, phản biện xã hội: Không quản lý."]


def test_areas_without_a_task_are_left_out_and_rows_are_numbered_anew_in_each(plan: Plan) -> None:
    rows = draft(plan, "so-y-te", tasks={"II.6.1": {"applies": False, "reason": "x"}})["rows"]
    assert [row["number"] for row in rows if row["area"]] == [1, 2, 3, 4, 5, 6]
    assert [row["number"] for row in rows if not row["area"]][:5] == [1, 2, 3, 1, 2]


def test_an_activity_takes_from_its_task_what_it_does_not_say(plan: Plan) -> None:
    tasks = {
        "II.1.1": {
            "lead": "Văn phòng",
            "due": "hằng quý",
            "activities": [
                {"content": "Việc A;"},
                {"content": "Việc B (nếu có kinh phí)", "lead": "Thanh tra", "with": "C", "due": date(2023, 6, 5)},
            ],
        }
    }
    made = draft(plan, "so-y-te", tasks=tasks)
    assert [one["sentence"] for one in made["areas"][0]["tasks"][0]["activities"]] == [
        "Việc A.",
        "Việc B (nếu có kinh phí).",
    ]
    assert [(row["lead"], row["partners"], row["due"]) for row in made["rows"][1:3]] == [
        ("Văn phòng", "", "hằng quý"),
        ("Thanh tra", "C", "05/6/2023"),
    ]
    told = draft(plan, "so-y-te", tasks=tasks, papers={"details": "text"})
    assert [one["sentence"] for one in told["areas"][0]["tasks"][0]["activities"]] == [
        "Việc A. Chủ trì: Văn phòng; thời gian: hằng quý.",
        "Việc B (nếu có kinh phí). Chủ trì: Thanh tra; phối hợp: C; thời gian: 05/6/2023.",
    ]
    assert told["rows"] == []


def test_a_unit_writes_of_an_area_in_its_own_words_else_in_those_that_are_not_the_provinces(plan: Plan) -> None:
    titles = [area["title"] for area in draft(plan, "so-y-te", headings={"II.1": "Công tác quán triệt"})["areas"]]
    assert titles[0] == "Công tác quán triệt"
    assert titles[-1].endswith("xếp loại thực hiện công tác dân vận chính quyền")
    assert [area["title"] for area in report(plan, "so-y-te", "6m")["areas"]][1:] == titles[1:]


def test_duties_stand_in_order_of_their_days_and_the_last_ends_with_a_full_stop(plan: Plan) -> None:
    told = draft(plan, "so-y-te")["deliverables"]
    assert [one["id"] for one in told] == ["6m", "tu-cham", "1y", "chuyen-de", "dot-xuat"]
    assert [one["sentence"][-1] for one in told] == [";", ";", ";", ";", "."]


@pytest.mark.parametrize(
    ("situation", "told"),
    [
        (None, False),
        ("Lãnh đạo Sở chỉ đạo kịp thời.", False),
        ("Sở Y tế đã ban hành kế hoạch năm 2023, phân công phòng chủ trì.", True),
        ("Thực hiện Kế hoạch số 15/KH-SYT ngày 10/02/2023.", True),
    ],
)
def test_no_second_sentence_says_what_the_units_own_words_say(plan: Plan, situation: str | None, told: bool) -> None:
    own = {"deliverables": {"ke-hoach": {"number": "15/KH-SYT"}}, "reports": {"6m": {"situation": situation}}}
    assert report(plan, "so-y-te", "6m", **own)["plan_told"] is told


def test_dates_of_what_is_owed_are_the_plans_with_their_last_day_and_none_is_invented(plan: Plan) -> None:
    said = {one["id"]: one["sentence"] for one in draft(plan, "dai-ptth-bao")["deliverables"]}
    assert said["6m"].endswith("gửi Sở Nội vụ trước ngày 10/5/2023;")
    assert said["dai-6m"].endswith("(qua Sở Nội vụ), Kế hoạch không quy định thời hạn;")
    assert said["dot-xuat"].endswith("khi có yêu cầu.")


def test_where_the_province_counts_the_day_itself_it_is_the_last_day() -> None:
    plan = plan_with(("before_includes_day: false", "before_includes_day: true"))
    said = {one["id"]: one["sentence"] for one in draft(plan, "so-y-te")["deliverables"]}
    assert "10/5/2023" in said["6m"]
    assert "09/5" not in said["6m"]


@pytest.mark.parametrize(("unit", "follower"), [("so-y-te", "Sở Nội vụ"), ("so-noi-vu", None)])
def test_the_draft_goes_to_who_follows_the_work_but_not_to_its_own_unit(
    plan: Plan, unit: str, follower: str | None
) -> None:
    assert draft(plan, unit)["follower"] == follower


@pytest.mark.parametrize(
    ("text", "proposal", "sentence"),
    [
        ("Thiếu người", None, "Thiếu người."),
        ("Thiếu người.", "Đề nghị A", "Thiếu người. Đề nghị A."),
        ("Thiếu người", "Kiến nghị A.", "Thiếu người. Kiến nghị A."),
        ("Thiếu người", "bổ sung biên chế", "Thiếu người. Đề xuất: bổ sung biên chế."),
    ],
)
def test_an_obstacle_is_a_sentence_of_its_own(plan: Plan, text: str, proposal: str | None, sentence: str) -> None:
    shown = report(plan, "so-y-te", "6m", obstacles=[{"text": text, "proposal": proposal}])
    assert shown["obstacles"] == [{"sentence": sentence}]


def test_the_plans_own_number_is_written_with_its_symbol_once() -> None:
    for number in ("45", "45/KH-UBND"):
        plan = plan_with(("number: null", f'number: "{number}"'))
        assert report(plan, "so-y-te", "6m")["source"]["number"] == "45/KH-UBND"


def test_points_of_a_duty_are_lettered_as_vietnamese_do(plan: Plan) -> None:
    lines = plain_values(ke_hoach_tinh.province_plan(plan))["plan"]["lines"]
    assert [line["text"][:2] for line in lines[-3:]] == ["a)", "b)", "c)"]


@pytest.mark.parametrize(
    ("period", "topic", "name"),
    [
        ("ke-hoach", None, "ke-hoach-trien-khai.docx"),
        ("6m", None, "bao-cao-6m.docx"),
        ("chuyen-de", "Dân chủ ở cơ sở", "bao-cao-chuyen-de-dan-chu-o-co-so.docx"),
        ("dot-xuat", "../../x\\y:CON", "bao-cao-dot-xuat-x-y-con.docx"),
    ],
)
def test_a_document_has_a_name_that_every_system_takes(plan: Plan, period: str, topic: str | None, name: str) -> None:
    assert file_name(plan.deliverable_by_id[period], topic) == name


def test_topics_that_no_file_name_can_hold_still_have_names_of_their_own(plan: Plan) -> None:
    topics = ("x" * 49, "x" * 50, "日本", "…")
    names = {file_name(plan.deliverable_by_id["chuyen-de"], topic) for topic in topics}
    assert len(names) == len(topics)
    assert all(len(name) < 100 and name.isascii() for name in names)


# How an agency is named in its papers and to whom it copies them: by its kind, unless it says so itself ------------------


def agency(name: str) -> Unit:
    return Unit(id="a", name=name, abbr="A", block="b")


@pytest.mark.parametrize(
    ("name", "first", "short", "below", "copies"),
    [
        ("Sở Y tế", "Sở Y tế", "Sở Y tế", "các phòng, đơn vị thuộc Sở", ["Lãnh đạo Sở"]),
        ("Văn phòng UBND tỉnh", "Văn phòng Ủy ban nhân dân tỉnh", "Văn phòng Ủy ban nhân dân tỉnh",
         "các phòng, đơn vị thuộc Văn phòng", ["Lãnh đạo Văn phòng"]),
        ("UBND huyện Lộc Ninh", "Ủy ban nhân dân huyện Lộc Ninh (sau đây viết tắt là UBND huyện)", "UBND huyện",
         "các phòng, ban; UBND các xã, thị trấn",
         ["Thường trực Huyện ủy", "Thường trực HĐND huyện", "Ủy ban MTTQ Việt Nam huyện", "Lãnh đạo UBND huyện"]),
        ("UBND thị xã Bình Long", "Ủy ban nhân dân thị xã Bình Long (sau đây viết tắt là UBND thị xã)", "UBND thị xã",
         "các phòng, ban; UBND các xã, phường",
         ["Thường trực Thị ủy", "Thường trực HĐND thị xã", "Ủy ban MTTQ Việt Nam thị xã", "Lãnh đạo UBND thị xã"]),
        ("Vườn quốc gia Bù Gia Mập", "Vườn quốc gia Bù Gia Mập", "Vườn quốc gia Bù Gia Mập",
         "các phòng, ban, đơn vị trực thuộc", ["Lãnh đạo đơn vị"]),
        ("UBND Liên hợp quốc", "Ủy ban nhân dân Liên hợp quốc", "Ủy ban nhân dân Liên hợp quốc",
         "các phòng, ban, đơn vị trực thuộc", ["Lãnh đạo đơn vị"]),
    ],
)  # fmt: skip
def test_an_office_goes_by_its_kind(name: str, first: str, short: str, below: str, copies: list[str]) -> None:
    known = office(agency(name))
    assert (known.first, known.short, known.subordinates, [*known.copies]) == (first, short, below, copies)


def test_abbreviations_of_every_office_are_written_out() -> None:
    assert in_full("Văn phòng HĐND và UBND huyện") == "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện"


def test_what_a_unit_says_itself_goes_before_its_kind() -> None:
    own = {"recipients": ["Đảng ủy Sở", "Công đoàn ngành"], "subordinates": "các phòng, bệnh viện thuộc Sở"}
    told = ke_hoach_don_vi.unit_plan(PLAN, UNIT, recorded(**own)).common.unit
    assert (told.copies, told.subordinates) == (own["recipients"], own["subordinates"])
