"""Pages as plain values, with all that a page can show: made up, the same each time."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from danvan_cli.page import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

AS_OF = date(2026, 5, 15)
BLOCKS = (
    shown.BlockName("so", "Các sở, ban, ngành tỉnh"),
    shown.BlockName("su-nghiep", "Các đơn vị sự nghiệp thuộc Ủy ban nhân dân tỉnh"),
    shown.BlockName("xa", "Ủy ban nhân dân các xã, phường"),
)
DEPARTMENTS = (
    "Sở Y tế", "Sở Tư pháp", "Sở Tài chính", "Sở Nội vụ", "Sở Xây dựng", "Sở Công Thương", "Sở Khoa học và Công nghệ",
    "Sở Giáo dục và Đào tạo", "Sở Nông nghiệp và Môi trường", "Sở Văn hóa, Thể thao và Du lịch", "Sở Dân tộc và Tôn giáo",
    "Thanh tra tỉnh", "Văn phòng Ủy ban nhân dân tỉnh", "Ban Quản lý Khu kinh tế",
)  # fmt: skip
PLACES = ("Đông Sơn", "An Hòa", "Ánh Dương", "Ấp Bắc", "Bình Minh", "Cẩm Giang", "Đức Thắng", "Êa Súp", "Phú Lộc", "Ô Môn", "Ơn Nghĩa", "Ưng Hòa")  # fmt: skip
REPORTS = (
    ("ke-hoach", "Kế hoạch triển khai thực hiện năm 2026", date(2026, 3, 20)),
    ("6m", "Báo cáo kết quả 06 tháng đầu năm 2026", date(2026, 5, 9)),
    ("chuyen-de", "Báo cáo chuyên đề cải thiện thái độ phục vụ", date(2026, 5, 22)),
    ("tu-cham", "Kết quả tự chấm điểm, đánh giá, xếp loại năm 2026", date(2026, 11, 9)),
    ("1y", "Báo cáo kết quả năm 2026", date(2026, 11, 9)),
    ("dot-xuat", "Báo cáo đột xuất theo yêu cầu", None),
)
STATES = ("submitted", "late", "overdue", "returned", "exempt")
INDICATORS = ("Lượt tiếp công dân", "Tin, bài tuyên truyền", "Hồ sơ giải quyết đúng hạn", "Cuộc đối thoại với Nhân dân", "Đơn tiếp nhận trong kỳ")  # fmt: skip
AREAS = ("Công tác tuyên truyền, quán triệt", "Phong trào thi đua", "Cải cách hành chính", "Đạo đức công vụ", "Tiếp công dân, đối thoại")  # fmt: skip


def units(count: int) -> tuple[shown.ShownUnit, ...]:
    made = []
    for i in range(count):
        if i < len(DEPARTMENTS):
            name, block = DEPARTMENTS[i], "so"
        elif i % 9 == 0:
            name, block = f"Trung tâm Khuyến công và Tư vấn phát triển {i}", "su-nghiep"
        else:
            name, block = f"Ủy ban nhân dân {'phường' if i % 4 else 'xã'} {PLACES[i % len(PLACES)]} {i // 12 + 1}", "xa"
        unit = "so-y-te" if i == 0 else f"don-vi-{i}"
        made.append(
            shown.ShownUnit(unit, name, block, shown.ShownSpot(f"units/{unit}/unit.yaml", f"../units/{unit}/unit.yaml"))
        )
    return tuple(made)


def cell(unit: shown.ShownUnit, report: tuple[str, str, date | None], chance: random.Random) -> shown.ShownCell:
    id_, _name, last = report
    if last is None:
        return shown.ShownCell(unit.id, id_, "no-date", None, None)
    left = (last - AS_OF).days
    if left > 14:
        return shown.ShownCell(unit.id, id_, "not-due", left, last)
    if left >= 0:
        return shown.ShownCell(unit.id, id_, "due", left, last)
    state = chance.choices(STATES, (70, 10, 14, 5, 1))[0]
    came = last - timedelta(chance.randrange(0, 9)) if state != "late" else last + timedelta(chance.randrange(1, 5))
    folder = f"../province/received/{unit.id}/{id_}/{came}-3f2a9c01"
    version = shown.ShownVersion(
        came, came - timedelta(1), f"{chance.randrange(10, 400)}/BC-DV", f"{chance.randrange(100, 900)}",
        shown.ShownSpot(f"{folder[3:]}/receipt.yaml", f"{folder}/receipt.yaml"), counts=True,
    )  # fmt: skip
    if state == "overdue":
        urged = shown.ShownReminder("211/SNV-CCHC", date(2026, 5, 12), date(2026, 5, 12), date(2026, 5, 14))
        return shown.ShownCell(unit.id, id_, state, -left, last, reminders=(urged,) if chance.random() < 0.5 else ())
    if state == "exempt":
        return shown.ShownCell(unit.id, id_, state, None, last, exempt_by="Công văn số 88/UBND-NC")
    if state == "returned":
        again = AS_OF + timedelta(chance.choice((-2, 3)))
        back = shown.ShownVersion(
            version.received, version.issued, version.symbol, version.number, version.spot, counts=True,
            returned=came + timedelta(2), reason="Thiếu phụ lục số liệu; chưa có chữ ký.", again_by=again,
        )  # fmt: skip
        return shown.ShownCell(unit.id, id_, state, (again - AS_OF).days, again, versions=(back,))
    extended = date(2026, 5, 4) if chance.random() < 0.03 else None
    return shown.ShownCell(
        unit.id, id_, state, abs((last - came).days), last, versions=(version,), extended_from=extended,
        extended_by="Công văn số 91/UBND-NC" if extended else None,
    )  # fmt: skip


def counted(cells: Sequence[shown.ShownCell]) -> dict[str, int]:
    states = [one.state for one in cells]
    out = {key: states.count(state) for key, state in
           (("in_time", "submitted"), ("late", "late"), ("overdue", "overdue"), ("returned", "returned"))}  # fmt: skip
    owed = len(states) - states.count("exempt")
    return {"owed": owed, **out, "missing": owed - out["in_time"] - out["late"] - out["returned"]}


def figures(those: Sequence[shown.ShownUnit], chance: random.Random) -> shown.ShownFigures:
    rows = []
    for i, name in enumerate(INDICATORS):
        mine = []
        for unit in those[: len(those) * 4 // 5]:
            value, before = Decimal(chance.randrange(4, 900)), Decimal(chance.randrange(4, 900))
            broken = ("số đúng hạn không lớn hơn số đã giải quyết",) if chance.random() < 0.02 else ()
            mine.append(shown.UnitFigure(unit, value, before, broken, value > 20 * before))
        total = sum((one.value for one in mine if one.value is not None), Decimal(0))
        before, now, count = total - 40 * i, total - 20, len(mine)
        total_of = (total, None, count, len(those), before, now, count)
        rows.append(shown.ShownFigureRow(f"ct-{i}", name, "lượt", "sum", *total_of, tuple(mine)))
    return shown.ShownFigures(
        "6m", "06 tháng đầu năm 2026", tuple(rows), tuple(those[len(those) * 4 // 5 + 2 :]), tuple(those[1:2])
    )


def scores(those: Sequence[shown.ShownUnit], chance: random.Random) -> tuple[shown.Scores, ...]:
    out = []
    for block in BLOCKS:
        rows = []
        mine = [one for one in those if one.block == block.id]
        for place, unit in enumerate(mine, start=1):
            own = Decimal(100) - Decimal(place) / 4
            verified = own - Decimal(chance.randrange(0, 12)) / 2
            noted = (("doubt", "điểm «đúng hạn» trong khi sổ ghi chậm 3 ngày"),) if place % 7 == 0 else ()
            missing = place % 11 == 0
            rows.append(shown.ShownScore(
                unit, None if missing else place, None if missing else own, None if missing else verified, None,
                None if missing else verified - own, None if missing else "Tốt" if place < 9 else "Khá",
                None if missing else "provisional", None if missing else 1, None if missing else place % 3,
                tied=place in {4, 5}, notes=(("not-sent", ""),) if missing else noted,
            ))  # fmt: skip
        over = (shown.Over("Tốt", 8, 3, len(rows), Decimal(20)),) if len(rows) > 10 else ()
        out.append(shown.Scores(block, "verified", official_rubric=False, places=2, most=Decimal(100), rows=tuple(rows), over=over))  # fmt: skip
    return tuple(out)


YEAR = (
    *((last, name, "report", id_) for id_, name, last in REPORTS if last),
    (date(2026, 1, 30), "Xây dựng kế hoạch kiểm tra", "task", ""), (date(2026, 3, 31), "Ký kết chương trình phối hợp", "task", ""),
    (date(2026, 6, 30), "Tập huấn nghiệp vụ", "task", ""), (date(2026, 6, 30), "Đối thoại với Nhân dân", "task", ""),
    (date(2026, 7, 15), "Kiểm tra đột xuất", "task", ""), (date(2026, 10, 15), "Tổng kết mô hình", "task", ""),
)  # fmt: skip


def province(count: int = 150, *, public: bool = False, brief: bool = False) -> shown.Page:
    """Make the page of a province with so many units."""
    chance = random.Random(count)
    those = units(count)
    cells = [cell(unit, report, chance) for unit in those for report in REPORTS]
    by_report = {id_: [one for one in cells if one.report == id_] for id_, *_ in REPORTS}
    block_of = {one.id: one.block for one in those}
    reports = tuple(
        shown.ShownReport(id_, name, last, counted(by_report[id_]),
                     {b.id: counted([one for one in by_report[id_] if block_of[one.unit] == b.id]) for b in BLOCKS})
        for id_, name, last in REPORTS
    )  # fmt: skip
    named, by_id = {id_: name for id_, name, _ in REPORTS}, {one.id: one for one in those}
    kinds: dict[str, shown.AlertKind] = {"overdue": "overdue", "returned": "returned"}
    alerts = [
        shown.Alert(kinds[one.state], by_id[one.unit], named[one.report], one.days, one.last,
                    reason=one.versions[0].reason if one.versions and not public else None, spot=by_id[one.unit].spot)
        for one in cells if one.state in kinds
    ]  # fmt: skip
    alerts += [
        shown.Alert("due", None, REPORTS[2][1], 7, REPORTS[2][2], count),
        shown.Alert("due", None, "Ký cam kết thực hiện nếp sống văn minh", 10, date(2026, 5, 25), count),
        shown.Alert("letter", None, "Công văn đôn đốc báo cáo 06 tháng", None, date(2026, 5, 13), spot=shown.ShownSpot("build/don-doc.docx", "don-doc.docx")),
        shown.Alert("answer", those[3 % count], "Công văn số 211/SNV-CCHC", 1, date(2026, 5, 14)),
        shown.Alert("report", those[4 % count], named["6m"]), shown.Alert("figures", those[5 % count], named["6m"]),
        shown.Alert("log", those[6 % count], count=3, spot=shown.ShownSpot("province/proposals/x.unit.yaml", "../province/proposals/x.unit.yaml")),
        shown.Alert("confirm", those[7 % count], count=2), shown.Alert("broken", those[8 % count], named["6m"]),
    ]  # fmt: skip
    obstacles = (
        shown.ShownObstacle("Kinh phí cấp cho công tác tuyên truyền còn chậm.", ("Cấp kinh phí từ đầu năm.",), those[2:9], "open", kind="kinh phí"),
        shown.ShownObstacle("Chưa có hướng dẫn mẫu sổ tiếp công dân điện tử.", (), those[1:3], "forwarded", document="Công văn số 300/SNV", kind="hướng dẫn"),
        shown.ShownObstacle("Thiếu cán bộ chuyên trách.", ("Bố trí thêm biên chế.",), those[5:6], "answered", ("Đã bố trí từ tháng 4.",), "Công văn số 120/SNV"),
    )  # fmt: skip
    totals = {one.id: one.totals for one in reports}
    year = tuple(
        shown.YearDay(last, name, "report" if kind == "report" else "task",
                      totals[id_]["in_time"] + totals[id_]["late"] if id_ else None, totals[id_]["owed"] if id_ else None)
        for last, name, kind, id_ in YEAR
    )  # fmt: skip
    progress = tuple(
        shown.AreaProgress(f"II.{i}", name, 60 + 5 * i, 40 - i, 12, 8, shown.ShownSpot("plans/2026.yaml:41", "../plans/2026.yaml"))
        for i, name in enumerate(AREAS, start=1)
    )  # fmt: skip
    return shown.Page(
        about("province", "Thực hiện công tác dân vận chính quyền năm 2026", "Sở Nội vụ", public=public, brief=brief),
        BLOCKS, () if brief else those, tuple(alerts), reports, () if brief else tuple(cells),
        figures=() if brief else (figures(those, chance),), progress=(shown.ShownProgress("6m", named["6m"], progress),),
        scores=() if brief else scores(those, chance), obstacles=obstacles, year=year,
    )  # fmt: skip


def about(scope: shown.Scope, title: str, issuer: str, *, public: bool = False, brief: bool = False) -> shown.About:
    return shown.About(
        scope, title, issuer,
        "Kế hoạch số 12/KH-UBND ngày 05/01/2026 của Ủy ban nhân dân tỉnh về công tác dân vận chính quyền năm 2026",
        False, "2026", AS_OF, "3f2a9c01b7de", "8c1d2e3f4a5b6c7d", public=public, brief=brief,
    )  # fmt: skip


def unit() -> shown.Page:
    """Make the page of a unit."""
    whole = province(20)
    mine = whole.units[0]
    duties = tuple(
        shown.Duty(f"II.{1 + i // 3}.{1 + i % 3}", f"{AREAS[i // 3]}: việc thứ {1 + i % 3} mà đơn vị tổ chức thực hiện trong năm.",
                   AREAS[i // 3], ("done", "doing", "todo", "none")[i % 4], date(2026, 4 + i % 6, 20), (date(2026, 4 + i % 6, 20) - AS_OF).days,
                   ("result", "evidence") if i % 4 else (), "Phòng Tổ chức cán bộ", "Đã tổ chức 02 hội nghị." if i % 4 == 0 else None,
                   shown.ShownSpot("units/so-y-te/unit.yaml:41", "../unit.yaml"))
        for i in range(9)
    )  # fmt: skip
    lines = tuple(
        shown.ShownLine(f"{i}", f"Tiêu chí thứ {i} của bảng tự chấm điểm", Decimal(10), Decimal(9), Decimal(8), "Chưa có tài liệu kiểm chứng.")
        for i in range(1, 6)
    )  # fmt: skip
    following = (
        shown.Next("result", "Báo cáo kết quả 06 tháng đầu năm 2026", 4, date(2026, 5, 22), "danvan log so-y-te"),
        shown.Next("figure", "Báo cáo kết quả 06 tháng đầu năm 2026", 3, None, "danvan workbook so-y-te"),
        shown.Next(
            "report",
            "Báo cáo chuyên đề cải thiện thái độ phục vụ",
            1,
            date(2026, 5, 22),
            "danvan report so-y-te --period chuyen-de",
        ),
    )
    cells = tuple(one for one in whole.cells if one.unit == mine.id)
    alone = [
        shown.ShownFigureRow(row.id, row.name, row.measure, row.over_units, row.units[0].value, None, 1, 1, None, None, 0, row.units[:1])
        for row in whole.figures[0].rows
    ]  # fmt: skip
    return shown.Page(
        shown.About("unit", whole.about.title, mine.name, whole.about.plan, True, "2026", AS_OF, "3f2a9c01b7de", unit=mine.id),
        BLOCKS, (mine,), tuple(one for one in whole.alerts if one.unit == mine) + whole.alerts[-8:-7], whole.reports, cells,
        figures=(shown.ShownFigures("6m", "06 tháng đầu năm 2026", tuple(alone)),), obstacles=whole.obstacles[:1], year=whole.year,
        duties=duties, lines=lines, next=following,
    )  # fmt: skip
