"""The units of a province's plan by the general scheme: unique ids, and lines that the plan's model reads."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import create_model

from danvan_cli.plan.draft import _authorities, _Entry, as_yaml, authority, others, scheme, scheme_blocks
from danvan_cli.plan.head import Block, Unit
from danvan_cli.plan.register import TWO_TIERS, Division, ceased, communes, province, provinces
from danvan_cli.yaml.read import read
from danvan_cli.yaml.schema import Model

if TYPE_CHECKING:
    from pathlib import Path

Written = create_model("Written", __base__=Model, blocks=(list[Block], ...), units=(list[Unit], ...))


def written(tmp_path: Path, of: Division) -> Any:
    path = tmp_path / f"{of.code}.yaml"
    path.write_text(
        f"blocks:\n{as_yaml(scheme_blocks(of))}units:\n{as_yaml([*scheme(of), *others(of)])}", encoding="utf-8"
    )
    found = read(Written, path)
    assert found.findings == []
    assert found.record is not None
    return found.record


def said(one: Unit | Block) -> _Entry:
    return one.model_dump(exclude_unset=True)


@pytest.mark.parametrize("of", provinces(), ids=lambda one: one.code)
def test_the_lines_of_every_province_say_to_the_model_what_the_scheme_holds(tmp_path: Path, of: Division) -> None:
    record = written(tmp_path, of)
    assert [said(one) for one in record.blocks] == scheme_blocks(of)
    assert [said(one) for one in record.units] == [*scheme(of), *others(of)]
    assert all(one.confirmed is bool(one.code) for one in record.units)
    assert {one.id for one in record.blocks} == {one.block for one in record.units}
    ids = [authority(of)["id"], *(one.id for one in record.blocks), *(one.id for one in record.units)]
    assert len(ids) == len(set(ids))
    assert [one.code for one in record.units if one.code] == [one.code for one in communes(of)]


@pytest.mark.parametrize("on", [TWO_TIERS, date(2026, 5, 1), date(2026, 11, 27)], ids=str)
def test_nothing_of_the_scheme_is_said_to_be_gone(on: date) -> None:
    units = [one for of in provinces(on) for one in (authority(of), *scheme(of, on), *others(of))]
    assert len(units) == 34 * (1 + 12 + 3) + 2 + 3321
    assert not [one["name"] for one in units if ceased(one.get("kind"), one["name"], one.get("code"), on)]


def test_a_province_has_its_departments_and_a_line_for_each_commune() -> None:
    units = scheme(province("75", TWO_TIERS), TWO_TIERS)
    assert Counter(one["block"] for one in units) == {"so-ban-nganh": 12, "xa": 95}
    lines = as_yaml(units).splitlines()
    assert lines[0] == "  - {id: so-noi-vu, name: Sở Nội vụ, abbr: SNV, block: so-ban-nganh, confirmed: false}"
    assert lines[7] == (
        '  - {id: so-van-hoa, name: "Sở Văn hóa, Thể thao và Du lịch", abbr: SVHTTDL, block: so-ban-nganh, '
        "confirmed: false}"
    )
    assert lines[10].startswith("  - {id: van-phong-ubnd, name: Văn phòng UBND tỉnh, abbr: VPUBND,")
    assert (
        '  - {id: xa-bu-gia-map, name: UBND xã Bù Gia Mập, abbr: UBND, block: xa, code: "25222", kind: UBND xã, '
        "place: Bù Gia Mập, letterhead: [Ủy ban nhân dân, xã Bù Gia Mập]}"
    ) in lines


def test_a_city_names_itself_so() -> None:
    hanoi = province("01")
    assert authority(hanoi)["name"] == "Ủy ban nhân dân thành phố Hà Nội"
    assert authority(hanoi)["place"] == "Hà Nội"
    assert {"Thanh tra thành phố", "Văn phòng UBND thành phố"} <= {one["name"] for one in scheme(hanoi)}
    assert "Sở Quy hoạch - Kiến trúc" in {one["name"] for one in others(hanoi)}
    assert "Sở Quy hoạch - Kiến trúc" not in {one["name"] for one in others(province("48"))}
    saigon = authority(province("79"))
    assert (saigon["name"], saigon["place"]) == ("Ủy ban nhân dân Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh")
    assert authority(province("75"))["name"] == "Ủy ban nhân dân thành phố Đồng Nai"
    assert authority(province("75", TWO_TIERS))["name"] == "Ủy ban nhân dân tỉnh Đồng Nai"


def test_the_block_of_communes_names_the_kinds_that_there_are() -> None:
    assert [scheme_blocks(province(name))[1]["name"] for name in ("Đồng Nai", "Quảng Ninh")] == [
        "UBND các xã, phường",
        "UBND các xã, phường, đặc khu",
    ]


def test_communes_of_one_name_get_ids_of_their_own() -> None:
    same = [
        Division("10001", "xã", "Hòa An"),
        Division("10004", "phường", "Hòa An"),
        Division("10007", "xã", "Hoa An"),
        Division("10010", "đặc khu", "Hòa An"),
    ]
    assert [one["id"] for one in _authorities(same)] == [
        "xa-hoa-an-10001",
        "phuong-hoa-an",
        "xa-hoa-an-10007",
        "dac-khu-hoa-an",
    ]
    named = {one["name"]: one["id"] for of in provinces() for one in scheme(of)}
    assert named["UBND xã Chân Mây - Lăng Cô"] == "xa-chan-may-lang-co"
    assert named["UBND xã M'Drắk"] == "xa-mdrak"
    assert named["UBND phường 1 Bảo Lộc"] == "phuong-1-bao-loc"
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", name) and len(name) <= 64 for name in named.values())
