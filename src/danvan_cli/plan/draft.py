"""The draft of a plan that a workspace begins with: the issuer, the units and the usual sections, nothing invented."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.plan.model import LAST_YEAR
from danvan_cli.plan.register import TWO_TIERS, province
from danvan_cli.plan.scheme import as_yaml, authority, others, scheme, scheme_blocks
from danvan_cli.text import clean, squeeze
from danvan_cli.yaml.yamltext import plain_words, text

if TYPE_CHECKING:
    from danvan_cli.plan.register import Division

SUBJECT: Final = "công tác dân vận chính quyền"
"""What the year's work is called where nothing else is said: danvan's own field."""
_PLAIN: Final = re.compile(r"[a-z0-9./-]+\.yaml")
"""A path that stands in YAML as it is."""
_LONGEST: Final = 200
"""Characters of a name that still reads within a sentence."""
_RULE: Final = "# " + "-" * 100


def draft_plan(asked: str, year: int, subject: str = SUBJECT, register: str | None = None) -> str:
    """Write the draft of a province's plan as YAML.

    Args:
        asked: the province, by its name or code.
        year: of which year; from 2025 on.
        subject: what the year's work is called within a sentence.
        register: the path of the register that the units stand in, from the plan's folder; None: in the plan.

    Raises:
        UsageError: if there is no such province, the year is before the two tiers or far ahead, or the subject is no name.
    """
    subject = squeeze(clean(subject)).strip()
    if not 1 <= len(subject) <= _LONGEST:
        raise UsageError(
            _("tên gọi công việc cần từ 1 đến {most} ký tự", most=_LONGEST), help=_("ví dụ: «cải cách hành chính»")
        )
    of, on = _asked(asked, year)
    units = _units(of, on) if register is None else _named(register)
    return "\n".join((*_head(of, year, subject), *_body(), units)) + "\n"


def draft_register(asked: str, year: int, schema: str) -> str:
    """Write a province's units as a register that plans share.

    Args:
        asked: the province, by its name or code.
        year: for plans of which year; from 2025 on.
        schema: where its JSON Schema is, from its folder.

    Raises:
        UsageError: as `draft_plan`.
    """
    of, on = _asked(asked, year)
    head = (
        f"# yaml-language-server: $schema={schema}",
        f"# Danh mục đơn vị của {of.full}, nhiều kế hoạch dùng chung: mỗi kế hoạch ghi đường dẫn đến tệp này ở «register».",
        "format: danvan-register/1",
        "",
    )
    return "\n".join((*head, _units(of, on))) + "\n"


def _asked(asked: str, year: int) -> tuple[Division, date | None]:
    """Find the province, and as of which day its units are taken."""
    if year > LAST_YEAR:
        raise UsageError(_("năm kế hoạch không quá {year}", year=LAST_YEAR))
    if year < TWO_TIERS.year:
        raise UsageError(
            _("danh mục đơn vị chỉ có từ 01/7/2025, không lập được kế hoạch năm {year}", year=year),
            help=_("bắt đầu từ mẫu năm 2023 rồi sửa: danvan init --sample"),
        )
    on = date(year, 12, 31) if year == TWO_TIERS.year else None
    return province(asked, on), on


def _head(of: Division, year: int, subject: str) -> list[str]:
    issuer = authority(of)
    title = f"Triển khai, thực hiện {subject} trên địa bàn {of.full} năm {year}"
    return [
        "# yaml-language-server: $schema=.schema/plan.json",
        f"# Dự thảo kế hoạch {subject} năm {year} của {issuer.name}.",
        "# Chỗ nào là gợi ý của phần mềm thì có ghi; sửa cho đúng bản của tỉnh. Kiểm tra: danvan check",
        "format: danvan-plan/2",
        f'id: "{year}"',
        f"year: {year}",
        "state: draft                     # ban hành rồi thì ghi issued: từ đó mọi sửa đổi phải có văn bản",
        f"title: {plain_words(title)}   # gợi ý",
        f"subject: {plain_words(subject)}   # tên gọi công việc trong các văn bản làm ra",
        "",
        "settings:",
        '  # false: "trước ngày 10/5" có ngày cuối đúng hạn là 09/5; true: gồm cả ngày 10/5.',
        "  before_includes_day: false",
        "",
        "issuer:",
        f"  id: {issuer.id}",
        f"  name: {plain_words(issuer.name)}",
        f"  short: {plain_words('Ủy ban nhân dân ' + of.kind)}",
        f"  abbr: {issuer.abbr}",
        f"  place: {plain_words(issuer.place)}",
        f"  letterhead: [{', '.join(map(plain_words, issuer.letterhead))}]",
        "",
        "issued: {number: null, date: null}",
        "",
    ]


def _body() -> list[str]:
    return [
        _RULE,
        "# Các phần của kế hoạch, theo thứ tự; thêm, bớt, đổi tên phần nếu bản của tỉnh khác.",
        '# kind: aims, targets, tasks, duties, reporting, budget, text. labels: nhãn từng cấp ("" là không có nhãn).',
        "# Đoạn có owners (ai thực hiện: all, mã khối, mã đơn vị) là nhiệm vụ. Ví dụ một nội dung và một nhiệm vụ:",
        "#     items:",
        "#       - id: II.1",
        "#         title: Tên nội dung",
        "#         items:",
        "#           - id: II.1.1",
        "#             label: Tên gọi tắt",
        "#             owners: [all]",
        "#             due: Quý II                # như kế hoạch ghi; bỏ đi nếu không ghi",
        "#             text: Nguyên văn nhiệm vụ.",
        _RULE,
        "sections:",
        "  - id: I",
        "    heading: I. MỤC ĐÍCH, YÊU CẦU",
        "    kind: aims",
        "    items: []",
        "",
        "  - id: II",
        "    heading: II. NỘI DUNG",
        "    kind: tasks",
        '    labels: ["1.", ""]',
        "    items: []",
        "",
        "  - id: III",
        "    heading: III. TỔ CHỨC THỰC HIỆN",
        "    kind: duties",
        "    items: []",
        "",
        _RULE,
        "# Báo cáo, hồ sơ phải gửi. Báo cáo lặp lại ghi một lần: every: quarter, due: trước ngày 15 tháng cuối quý. Ví dụ:",
        "#   - {id: 6m, kind: report, name: Báo cáo 06 tháng đầu năm, period: 6m, owners: [all], before: NĂM-THÁNG-NGÀY, to: so-noi-vu}",
        _RULE,
        "deliverables: []",
        "",
        "recipients: []",
        "",
        "signature:",
        "  lines: [TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH]   # gợi ý",
        "",
        "periods: []",
        "",
    ]


def _named(register: str) -> str:
    """Write which register the units stand in."""
    return "\n".join((
        _RULE,
        "# Khối và cơ quan, đơn vị, địa phương: ở tệp này, dùng chung với kế hoạch khác (đường dẫn từ thư mục chứa kế hoạch).",
        _RULE,
        f"register: {register if _PLAIN.fullmatch(register) else text(register)}",
    ))  # fmt: skip


def _units(of: Division, on: date | None) -> str:
    """Write blocks and units, with what else there may be as comments."""
    more = "".join(f"#{line[1:]}\n" for line in as_yaml(others(of)).splitlines())
    return "\n".join((
        _RULE,
        "# Khối và cơ quan, đơn vị, địa phương. Xã, phường, đặc khu: tên và mã theo Quyết định 19/2025/QĐ-TTg và các",
        "# nghị quyết sau đó. Sở, ngành theo Nghị định 150/2025/NĐ-CP (confirmed: false: chưa đối chiếu với tỉnh); bớt đi",
        "# hoặc thêm cho đúng. Ký hiệu (abbr), người ký (signs) là gợi ý.",
        _RULE,
        f"blocks:\n{as_yaml(scheme_blocks(of, on))}",
        "units:",
        f"# Có ở một số tỉnh, thành phố:\n{more}{as_yaml(scheme(of, on))}",
    )).rstrip()  # fmt: skip
