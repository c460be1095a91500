"""The list of provinces and communes since 1/7/2025: whole, checked sums, found however it is typed."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from time import process_time

import pytest

from danvan_cli.errors import UsageError
from danvan_cli.plan import register
from danvan_cli.plan.register import TWO_TIERS, Division, ceased, communes, province, provinces

DATA = Path(register.__file__).with_name("data")
LAST = date(2025, 6, 30)

# Communes of each province in the resolutions of 16/6/2025 (1654 to 1687/NQ-UBTVQH15), one for each province.
COMMUNES = {
    "An Giang": 102, "Bắc Ninh": 99, "Cà Mau": 64, "Cao Bằng": 56, "Cần Thơ": 103, "Đà Nẵng": 94, "Đắk Lắk": 102,
    "Điện Biên": 45, "Đồng Nai": 95, "Đồng Tháp": 102, "Gia Lai": 135, "Hà Nội": 126, "Hà Tĩnh": 69, "Hải Phòng": 114,
    "Huế": 40, "Hưng Yên": 104, "Khánh Hòa": 65, "Lai Châu": 38, "Lạng Sơn": 65, "Lào Cai": 99, "Lâm Đồng": 124,
    "Nghệ An": 130, "Ninh Bình": 129, "Phú Thọ": 148, "Quảng Ngãi": 96, "Quảng Ninh": 54, "Quảng Trị": 78,
    "Sơn La": 75, "Tây Ninh": 96, "Thái Nguyên": 92, "Thanh Hóa": 166, "Hồ Chí Minh": 168, "Tuyên Quang": 124,
    "Vĩnh Long": 124,
}  # fmt: skip
# Wards, communes and special zones as the press told them of the same resolutions, for those that it told.
KINDS = {
    "Hà Nội": (51, 75, 0), "Hồ Chí Minh": (113, 54, 1), "Hải Phòng": (45, 67, 2), "Đà Nẵng": (23, 70, 1),
    "Huế": (21, 19, 0), "Cần Thơ": (31, 72, 0), "An Giang": (14, 85, 3), "Bắc Ninh": (33, 66, 0), "Cà Mau": (9, 55, 0),
    "Cao Bằng": (3, 53, 0), "Đắk Lắk": (14, 88, 0), "Điện Biên": (3, 42, 0), "Đồng Nai": (23, 72, 0),
    "Quảng Ninh": (30, 22, 2), "Thanh Hóa": (19, 147, 0), "Sơn La": (8, 67, 0), "Tuyên Quang": (7, 117, 0),
    "Lào Cai": (10, 89, 0), "Phú Thọ": (15, 133, 0),
}  # fmt: skip


def all_communes(on: date | None = None) -> list[Division]:
    return [one for each in provinces(on) for one in communes(each, on)]


def test_the_list_is_whole() -> None:
    assert len(provinces(TWO_TIERS)) == 34
    assert Counter(one.kind for one in provinces(TWO_TIERS)) == {"tỉnh": 28, "thành phố": 6}
    assert Counter(one.kind for one in all_communes(TWO_TIERS)) == {"xã": 2621, "phường": 687, "đặc khu": 13}
    assert {one.name: len(communes(one)) for one in provinces()} == COMMUNES
    assert sum(COMMUNES.values()) == 3321
    for name, (wards, rural, zones) in KINDS.items():
        found = Counter(one.kind for one in communes(province(name), TWO_TIERS))
        assert (found["phường"], found["xã"], found["đặc khu"]) == (wards, rural, zones), name


def test_what_became_a_city_or_a_ward_in_2026_does_so_on_its_day() -> None:
    def cities(on: date | None) -> set[str]:
        return {one.name for one in provinces(on) if one.kind == "thành phố"}

    first = cities(TWO_TIERS)
    assert first == {"Hà Nội", "Hải Phòng", "Huế", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ"}
    for before, day, name in (
        (date(2026, 4, 29), date(2026, 4, 30), "Đồng Nai"),
        (date(2026, 8, 31), date(2026, 9, 1), "Quảng Ninh"),
        (date(2026, 9, 19), date(2026, 9, 20), "Bắc Ninh"),
    ):
        assert cities(day) - cities(before) == {name}
    assert cities(None) == cities(date(2026, 11, 27)) == first | {"Đồng Nai", "Quảng Ninh", "Bắc Ninh"}
    for name, day, count in (("Đồng Nai", date(2026, 4, 30), 10), ("Bắc Ninh", date(2026, 9, 20), 12)):
        was = {one.code: one for one in communes(province(name), TWO_TIERS)}
        now = [one for one in communes(province(name), day) if one.kind != was[one.code].kind]
        assert [(one.kind, was[one.code].kind) for one in now] == [("phường", "xã")] * count
        assert [one.name for one in now] == [was[one.code].name for one in now]
    assert Counter(one.kind for one in all_communes()) == {"xã": 2599, "phường": 709, "đặc khu": 13}


def test_codes_and_names_are_well_written_and_in_order() -> None:
    found = all_communes()
    assert [one.code for one in provinces()] == sorted({one.code for one in provinces()})
    assert len({one.code for one in found}) == 3321
    for each in provinces():
        codes = [one.code for one in communes(each)]
        assert codes == sorted(codes)
        assert len({(one.kind, one.name) for one in communes(each)}) == len(codes)
    assert {len(one.code) for one in provinces()} == {2}
    assert {len(one.code) for one in found} == {5}
    for one in (*provinces(), *found):
        assert one.code.isdecimal()
        assert one.name == " ".join(one.name.split())
        assert one.name[0].isupper() or one.name[0].isdecimal()  # phường 1 Bảo Lộc
        assert not set(one.name) - set(" '-") - {letter for letter in one.name if letter.isalnum()}
    for path in DATA.iterdir():
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text)
        assert text.startswith("# ")
        assert text.endswith("\n")
    # what sources differed in
    assert Division("06970", "xã", "Ba Chẽ") in found
    assert Division("00745", "xã", "Phố Bảng") in found


def test_every_old_province_belongs_to_a_new_one() -> None:
    rows = [line.split("\t") for line in (DATA / "former.tsv").read_text("utf-8").splitlines() if line[0] != "#"]
    assert len(rows) == len({name for _code, _kind, name, _new in rows}) == 63
    assert {new for *_old, new in rows} == {one.code for one in provinces()}
    sizes = Counter(new for *_old, new in rows)
    assert Counter(sizes.values()) == {1: 11, 2: 17, 3: 6}
    names = {code: {name for *_, name, new in rows if new == code} for code in sizes}
    assert names["75"] == {"Đồng Nai", "Bình Phước"}
    assert names["68"] == {"Lâm Đồng", "Đắk Nông", "Bình Thuận"}
    assert all(one.name in names[one.code] for one in provinces())  # each new one bears an old name


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("75", "75"),
        ("Đồng Nai", "75"),
        ("dong nai", "75"),
        ("tỉnh Đồng Nai", "75"),
        ("Thành phố Đồng Nai", "75"),
        ("DONGNAI", "75"),
        ("TP Hồ Chí Minh", "79"),
        ("tp. ho chi minh", "79"),
        ("TPHCM", "79"),
        ("TP.HCM", "79"),
        ("Thanh Hoá", "38"),
        ("thanh hoa", "38"),
        ("ĐắkLắk", "66"),
        ("Thừa Thiên Huế", "46"),
        (unicodedata.normalize("NFD", "Đồng Nai"), "75"),
        ("01", "01"),
    ],
)
def test_a_province_is_found_however_it_is_typed(asked: str, code: str) -> None:
    assert province(asked).code == code


@pytest.mark.parametrize("name", [one.name for one in provinces()])
def test_every_province_is_found_by_its_name(name: str) -> None:
    for asked in (name, name.upper(), f"tỉnh {name}", f"TP. {name}"):
        assert province(asked).name == name


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("dong nia", "«Đồng Nai»"),
        ("Quang Nam", "tỉnh Quảng Nam nay thuộc thành phố Đà Nẵng: ghi «Đà Nẵng»"),
        ("tỉnh Bình Phước", "tỉnh Bình Phước nay thuộc thành phố Đồng Nai: ghi «Đồng Nai»"),
        ("99", "hoặc mã 02 chữ số"),
        ("", "hoặc mã 02 chữ số"),
        ("xyzxyz", "hoặc mã 02 chữ số"),
    ],
)
def test_a_miss_says_what_may_be_meant(asked: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        province(asked)
    assert error.value.help
    assert said in error.value.help


def test_a_name_stands_in_a_sentence_with_its_kind() -> None:
    assert province("75", TWO_TIERS).full == "tỉnh Đồng Nai"
    assert province("75").full == "thành phố Đồng Nai"
    assert province("79").full == "Thành phố Hồ Chí Minh"


@pytest.mark.parametrize(
    ("kind", "name", "code", "said"),
    [
        (None, "UBND huyện Bù Đăng", "696", "cấp huyện"),
        (None, "Ủy ban nhân dân quận 1", None, "cấp huyện"),
        (None, "UBND thị xã Bình Long", None, "cấp huyện"),
        (None, "UBND thành phố Đồng Xoài", None, "cấp huyện"),
        (None, "UBND TP. Thủ Đức", None, "cấp huyện"),
        (None, "UBND TP.Thủ Đức", None, "cấp huyện"),
        (None, " Uỷ ban  nhân dân huyện đảo Phú Quý ", None, "cấp huyện"),
        (None, "UBND Thành phố Huế", "474", "cấp huyện"),
        (None, "Huyện Lộc Ninh, tỉnh Bình Phước", None, "cấp huyện"),
        ("UBND huyện", "Lộc Ninh", None, "cấp huyện"),
        (None, "UBND thị trấn Đức Phong", None, "xã, phường, đặc khu"),
        (None, "Ủy ban nhân dân tỉnh Bình Phước", None, "tỉnh Bình Phước thuộc tỉnh Đồng Nai"),
        (None, "UBND tỉnh Ba Ria - Vung Tau", None, "thuộc Thành phố Hồ Chí Minh"),
    ],
)
def test_what_ceased_on_1_july_2025_is_told_with_its_reason(
    kind: str | None, name: str, code: str | None, said: str
) -> None:
    reason = ceased(kind, name, code, TWO_TIERS)
    assert reason is not None
    assert said in reason
    assert ceased(kind, name, code, LAST) is None


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [
        (None, "UBND thành phố Huế", "46"),
        (None, "Ủy ban nhân dân Thành phố Hồ Chí Minh", None),
        (None, "UBND TP.HCM", None),
        (None, "Ủy ban nhân dân tỉnh Đồng Nai", None),
        (None, "UBND tỉnh", None),
        (None, "Tỉnh đoàn Bình Phước", None),
        (None, "Công ty cổ phần huyện Bù Đăng", None),
        (None, "UBND xã Thị Trấn", "11111"),
        (None, "UBND phường Bình Long", "25326"),
        ("UBND huyện", "UBND xã Lộc Ninh", None),
        (None, "UBND xã không có trong danh mục", None),
        ("sở", "Sở Nội vụ", None),
        (None, "Văn phòng UBND tỉnh", None),
        (None, "Ban Quản lý khu kinh tế huyện đảo", None),
        (None, "Thành phố", None),
    ],
)
def test_what_is_there_or_is_unknown_is_not_told_to_be_gone(kind: str | None, name: str, code: str | None) -> None:
    assert ceased(kind, name, code, date(2026, 3, 1)) is None


def test_a_city_of_the_first_tier_is_one_from_its_day_on() -> None:
    assert ceased(None, "UBND thành phố Bắc Ninh", None, date(2026, 9, 19))
    assert ceased(None, "UBND thành phố Bắc Ninh", None, date(2026, 9, 20)) is None


def test_the_list_is_read_quickly() -> None:
    def seconds() -> float:
        provinces.cache_clear()
        register._text.cache_clear()
        started = process_time()
        communes(province("dong nai"))
        return process_time() - started

    assert min(seconds() for _ in range(9)) < 0.03
