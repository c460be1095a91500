"""How an agency is named in its papers and to whom it copies them: by its kind, unless it says so itself."""

from __future__ import annotations

import pytest

from danvan_cli.papers.kinds.ke_hoach_don_vi import unit_plan
from danvan_cli.papers.offices import in_full, office
from danvan_cli.plan.model import Unit
from shipped import PLAN, UNIT, recorded


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
    told = unit_plan(PLAN, UNIT, recorded(**own)).common.unit
    assert (told.copies, told.subordinates) == (own["recipients"], own["subordinates"])
