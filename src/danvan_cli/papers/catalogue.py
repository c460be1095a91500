"""What each paper may be given: the kinds there are, the parts that templates share, the filters they may use."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Final, NamedTuple

from danvan_cli.papers import kinds
from danvan_cli.papers.paper import Paper

SUFFIX: Final = ".md.j2"
FORM_SUFFIX: Final = ".docx"
"""What the files of templates end with: those of Markdown and Jinja, and users' own Word forms."""


@cache
def paper_kinds() -> dict[str, type[Paper]]:
    """Give every kind of paper by the name of its template: a file in `papers/kinds` each."""
    modules = [import_module(f"{kinds.__name__}.{found.name}") for found in iter_modules(kinds.__path__)]
    found = [
        one
        for module in modules
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, Paper) and one.__module__ == module.__name__
    ]
    return {one.template: one for one in sorted(found, key=lambda one: (one.listed, one.template))}


def template_name(file: str) -> str:
    """Give a template file's own name: `bao-cao` of `bao-cao.md.j2` and of `bao-cao.docx`."""
    return file.removesuffix(SUFFIX).removesuffix(FORM_SUFFIX)


PARTS: Final[dict[str, str]] = {
    "can-cu": "dòng căn cứ Kế hoạch của tỉnh",
    "can-cu-van-ban": "các dòng căn cứ của quyết định",
    "vuong-mac": "mục khó khăn, vướng mắc",
    "kiem-chung": "danh mục tài liệu kiểm chứng của báo cáo",
    "kiem-chung-diem": "danh mục tài liệu kiểm chứng của bảng điểm",
    "bang-diem": "bảng điểm từng tiêu chí",
    "doan-ke-hoach": "một đoạn của kế hoạch tỉnh: đề mục, tên mục, đoạn văn, bảng",
    "bang-tong-hop": "bảng tổng hợp kết quả các đơn vị",
    "diem-tham-dinh": "ghi chú trên bảng điểm thẩm định",
    "muc-tu-xep": "mức tự xếp loại",
    "muc-xep-loai": "số lượng theo mức xếp loại",
    "vuot-ty-le": "mức xếp loại vượt tỷ lệ khống chế",
    "so-lieu-tong-hop": "ghi chú trên bảng số liệu tổng hợp",
    "so-lieu-khong-khop": "số liệu không khớp",
    "tieu-chi-thay-doi": "tiêu chí có kết quả thẩm định khác với tự chấm, theo đơn vị",
}
"""The parts that templates include, and what each writes."""


class Use(NamedTuple):
    """How a filter is used: what it does, an example, and what that gives."""

    about: str
    example: str
    gives: str = ""


FILTER_USES: Final[dict[str, Use]] = {
    "blank": Use("chỗ trống tô vàng khi chưa có gì", 'none | blank("số văn bản")', "[… số văn bản …]"),
    "default": Use("giá trị khác khi trống", 'none | default("không ghi")', "không ghi"),
    "number": Use("số viết kiểu Việt Nam", "1234.5 | number", "1.234,5"),
    "counted": Use("số lượng, dưới 10 có số 0 đứng trước", "2 | counted", "02"),
    "roman": Use("số La Mã", "4 | roman", "IV"),
    "day": Use("ngày viết bằng số", '"2023-02-05" | day', "05/02/2023"),
    "long_day": Use("ngày viết bằng chữ", '"2023-02-05" | long_day', "ngày 05 tháng 02 năm 2023"),
    "upper": Use("chữ in hoa", '"kế hoạch" | upper', "KẾ HOẠCH"),
    "lower": Use("chữ thường", '"KẾ HOẠCH" | lower', "kế hoạch"),
    "capital": Use("viết hoa chữ đầu", '"kế hoạch" | capital', "Kế hoạch"),
    "uncapital": Use("không viết hoa chữ đầu", '"Kế hoạch" | uncapital', "kế hoạch"),
    "join": Use("nối một danh sách", '["một", "hai"] | join("; ")', "một; hai"),
    "first": Use("phần tử đầu của danh sách", '["một", "hai"] | first', "một"),
    "last": Use("phần tử cuối của danh sách", '["một", "hai"] | last', "hai"),
    "length": Use("số phần tử của danh sách", '["một", "hai"] | length', "2"),
    "grid": Use("bảng như bản ban hành, một mình trong đoạn, chỉ ở mẫu .md.j2", "line.table | grid"),
    "chart": Use("biểu đồ, một mình trong đoạn, chỉ ở mẫu .md.j2", 'areas | chart("Điểm theo nội dung")'),
}
"""Every filter that a template may use."""
