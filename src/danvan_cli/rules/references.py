"""DV2: everything that is named exists, and every name means one thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from danvan_cli.findings.rule import OURS, rule
from danvan_cli.lang import _
from danvan_cli.plan.owed import ALL, times_of
from danvan_cli.rules.context import FileCheck, meant
from danvan_cli.yaml.tree import at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.model import Block, Document, Party, Period, Unit
    from danvan_cli.rules.context import PlanCheck, RegisterCheck
    from danvan_cli.unit.functions import Functions
    from danvan_cli.yaml.yamlfile import Loc

    _Names = list[tuple[Loc, str | None]]


@rule(
    "DV201", "Chủ thể không có trong kế hoạch", "error",
    "Nhiệm vụ giao cho một cơ quan hoặc khối không có trong danh sách thì không ai phải làm.",
    wrong="owners: [so-noi-vụ]", right="owners: [so-noi-vu]",
)  # fmt: skip
@rule(
    "DV203", "Kỳ báo cáo không có trong kế hoạch", "error",
    "Báo cáo phải thuộc một kỳ đã khai ở «periods».", wrong="period: 6th", right="period: 6m",
)  # fmt: skip
@rule(
    "DV204", "Nơi gửi đến không có trong kế hoạch", "error",
    "Nơi nhận báo cáo phải là cơ quan ban hành kế hoạch hoặc một cơ quan trong «units».", wrong="to: so-noivu",
    right="to: so-noi-vu",
)  # fmt: skip
@rule(
    "DV207", "Chỗ viện dẫn không có trong kế hoạch", "error",
    "«cited» ghi những chỗ nêu văn bản; mã chỗ phải là mã của một đoạn có thật.", wrong="cited: [I.9]",
    right="cited: [I.1]",
)  # fmt: skip
@rule(
    "DV209", "Mục trách nhiệm hoặc nội dung không có trong kế hoạch", "error",
    "Báo cáo, hồ sơ và chỉ tiêu nói mình thuộc mục nào của kế hoạch; mục đó phải có.", wrong="duty: III.9",
    right="duty: III.3c",
)  # fmt: skip
def names_are_there(check: PlanCheck) -> Iterator[Finding]:
    """DV201, DV203, DV204, DV207, DV209: who does and sends it, when, to whom, by which section: each is the plan's."""
    plan, places = check.plan, check.place_ids
    sent = [(("deliverables", i), one) for i, one in enumerate(plan.listed)]  # as written: what recurs once
    sent += [(("requests", i), one) for i, one in enumerate(plan.requests)]
    bodies = {*plan.unit_by_id, *plan.party_by_id}
    owners = {ALL, *plan.block_by_id, *bodies}
    binding = [*((one.loc, one.given.owners) for one in plan.placed), *((loc, one.owners) for loc, one in sent)]
    owned: _Names = [((*loc, "owners", i), owner) for loc, named in binding for i, owner in enumerate(named)]
    doing: _Names = [
        ((*one.loc, key, i) if isinstance(at(check.file.root, (*one.loc, key)), list) else (*one.loc, key), name)
        for one in plan.placed
        for key, names in (("lead", one.given.lead), ("with", one.given.partners), ("follow", one.given.follow))
        for i, name in enumerate(names)
    ]
    periods: _Names = [((*loc, "period"), one.period) for loc, one in sent]
    for i, period in enumerate(plan.own_periods):
        periods += [(("periods", i, key), getattr(period, key)) for key in ("previous", "same")]
    whom: _Names = [((*loc, key), name) for loc, one in sent for key, name in (("to", one.to), ("via", one.via))]
    cited: _Names = [
        (("documents", i, "cited", j), place)
        for i, one in enumerate(plan.documents)
        for j, place in enumerate(one.cited)
    ]
    duties: _Names = [((*loc, "duty"), one.duty) for loc, one in sent]
    items = plan.indicators.items if plan.indicators else []
    duties += [(("indicators", "items", i, "area"), one.area) for i, one in enumerate(items)]
    for code, named, known, message in (
        ("DV201", owned, owners, _("chủ thể «{id}» không có trong kế hoạch")),
        ("DV201", doing, {plan.issuer.id, *owners}, _("cơ quan «{id}» không có trong kế hoạch")),
        ("DV203", periods, plan.period_by_id, _("kỳ báo cáo «{id}» không có trong kế hoạch")),
        ("DV204", whom, {plan.issuer.id, *bodies}, _("nơi gửi đến «{id}» không có trong kế hoạch")),
        ("DV207", cited, places, _("chỗ viện dẫn «{id}» không có trong kế hoạch")),
        ("DV209", duties, places, _("mục «{id}» không có trong kế hoạch")),
    ):
        yield from check.unknown(code, named, known, message)
    for i, one in enumerate(plan.listed):
        times = [it for year in plan.years for it in times_of(one, year, dated=len(plan.years) > 1)]
        left: _Names = [(("deliverables", i, "without", j), name) for j, name in enumerate(one.without)]
        called = {name for _id, _period, names in times for name in names}
        yield from check.unknown("DV203", left, called, _("kỳ báo cáo «{id}» không có trong kế hoạch"))


@rule(
    "DV202", "Khối không có trong kế hoạch", "error",
    "Cơ quan, đơn vị phải thuộc một khối đã khai ở «blocks» để giao việc và xếp loại.", wrong="block: so-nganh",
    right="block: so-ban-nganh",
)  # fmt: skip
@rule(
    "DV210", "Cơ quan kế thừa hoặc cấp trên không có trong kế hoạch", "error",
    "Đơn vị sáp nhập, chia tách phải trỏ đến đơn vị có thật thì việc mới có người nhận.",
    wrong="successors: [so-noi-vu-2]", right="successors: [so-noi-vu]",
)  # fmt: skip
def units_name_what_is_there(check: PlanCheck | RegisterCheck) -> Iterator[Finding]:
    """DV202, DV210: a unit's block, its successors and its parent are the plan's."""
    units = list(enumerate(check.plan.units))
    blocks = ((("units", i, "block"), unit.block) for i, unit in units)
    yield from check.unknown("DV202", blocks, check.plan.block_by_id, _("khối «{id}» không có trong kế hoạch"))
    kin: _Names = [(("units", i, "successors", j), name) for i, unit in units for j, name in enumerate(unit.successors)]
    kin += [(("units", i, "parent"), unit.parent or None) for i, unit in units]
    yield from check.unknown("DV210", kin, check.plan.unit_by_id, _("cơ quan, đơn vị «{id}» không có trong kế hoạch"))


@rule(
    "DV205", "Mã trùng nhau", "error",
    "Mỗi mã chỉ một nghĩa: kết quả, điểm và báo cáo của các đơn vị đều ghi theo mã.",
    wrong="- id: II.1.1\n- id: II.1.1", right="- id: II.1.1\n- id: II.1.2",
)  # fmt: skip
def ids_unique(check: PlanCheck) -> Iterator[Finding]:
    """DV205: an id means one thing: places of the text, deliverables, documents, periods, indicators, owners."""
    plan = check.plan
    places: list[tuple[Loc, str]] = []
    for key, paragraphs in (("opening", plan.opening), ("sections", plan.sections), ("closing", plan.closing)):
        places += _ids(key, paragraphs)  # type: ignore[arg-type]  # of three kinds
    places += [((*one.loc, "id"), one.id) for one in plan.placed if one.id]
    indicators = plan.indicators
    issuer: tuple[Loc, str] = (("issuer", "id"), plan.issuer.id)
    spaces: tuple[list[tuple[Loc, str]], ...] = (
        places,
        [issuer, *_ids("blocks", plan.blocks), *_ids("parties", plan.parties), *_ids("units", plan.units)],
        [((*loc, "id"), one.id) for loc, one in plan.sendings()],
        _ids("documents", plan.documents),
        _ids("periods", plan.own_periods),
        [(("indicators", "items", i, "id"), one.id) for i, one in enumerate(indicators.items if indicators else [])],
        [(("indicators", "checks", i, "id"), one.id) for i, one in enumerate(indicators.checks if indicators else [])],
    )
    for space in spaces:
        yield from _doubled(check, space)


@rule("DV205")
def unit_ids_unique(check: RegisterCheck) -> Iterator[Finding]:
    """DV205: an id means one block or one unit, in a register too."""
    yield from _doubled(check, [*_ids("blocks", check.plan.blocks), *_ids("units", check.plan.units)])


def _ids(key: str, listed: Sequence[Block | Document | Party | Period | Unit]) -> list[tuple[Loc, str]]:
    """List the ids of a list's items with their places."""
    return [((key, i, "id"), one.id) for i, one in enumerate(listed)]


def _doubled(check: PlanCheck | RegisterCheck, space: list[tuple[Loc, str]]) -> Iterator[Finding]:
    first: dict[str, Loc] = {}
    for loc, name in space:
        if name == ALL:
            yield check.at("DV205", loc, _("mã «all» chỉ dùng cho tất cả các cơ quan, đơn vị"))
        elif name in first:
            there = check.place(first[name])
            line = there.spot(there.span(first[name])[0]).line
            if there is check.place(loc):
                said = _("mã «{id}» đã dùng ở dòng {line}", id=name, line=line)
            else:
                said = _("mã «{id}» đã dùng ở {path}, dòng {line}", id=name, path=there.path, line=line)
            yield check.at("DV205", loc, said)
        else:
            first[name] = loc


@rule(
    "DV206", "Mã nhiệm vụ không theo mã nội dung", "error",
    "Nhiệm vụ của nội dung II.1 có mã II.1.1, II.1.2… để nhìn mã biết chỗ.", wrong="- id: II.2.1   # trong II.1",
    right="- id: II.1.1", source=OURS,
)  # fmt: skip
def task_ids_follow_areas(check: PlanCheck) -> Iterator[Finding]:
    """DV206: a task's id begins with its area's."""
    for area in check.plan.areas:
        for j, task in enumerate(area.tasks):
            if not task.id.startswith(f"{area.id}."):
                message = _("nhiệm vụ «{id}» đứng trong nội dung {area}", id=task.id, area=area.id)
                hint = _("đặt mã {area}.{number}", area=area.id, number=j + 1)
                yield check.at("DV206", (*task.loc, "id"), message, help=hint)


@rule(
    "DV214", "Đơn vị chủ trì không có tên ở «owners»", "note",
    "Nhiệm vụ vào tệp, dự thảo, báo cáo của những đơn vị ghi ở «owners»; đơn vị chủ trì mà không có ở đó thì không theo dõi được.",
    wrong="owners: [xa]\nlead: so-noi-vu", right="owners: [so-noi-vu, xa]\nlead: so-noi-vu",
)  # fmt: skip
def leaders_own_the_task(check: PlanCheck) -> Iterator[Finding]:
    """DV214: a unit that leads a task is among those whom the task binds."""
    for one in check.plan.placed:
        for i, name in enumerate(one.given.lead if one.is_task else ()):
            unit = check.plan.unit_by_id.get(name)
            if unit and not check.plan.binds(one.given.bound, unit):
                key: Loc = (*one.loc, "lead")
                loc = (*key, i) if isinstance(at(check.file.root, key), list) else key
                message = _("{unit} chủ trì mà không có ở «owners»: nhiệm vụ không vào tệp của đơn vị", unit=unit.name)
                yield check.at(
                    "DV214", loc, message, help=_("đơn vị cũng phải thực hiện thì ghi thêm {id} vào «owners»", id=name)
                )


@rule(
    "DV208", "Chỉ tiêu không có trong kế hoạch", "error",
    "Phép kiểm tra nêu một chỉ tiêu không có thì không bao giờ kiểm tra được gì.",
    wrong="check: da-giai-quiet <= tiep-nhan", right="check: da-giai-quyet <= tiep-nhan",
)  # fmt: skip
def indicators_exist(check: PlanCheck) -> Iterator[Finding]:
    """DV208: a check of figures, and what measures a target, name indicators of the plan."""
    known = check.plan.indicator_by_id
    for placed in check.plan.placed:
        targets = placed.item.targets if placed.row is None else ()
        measured: _Names = [((*placed.loc, "targets", i, "indicator"), it.indicator) for i, it in enumerate(targets)]
        yield from check.unknown("DV208", measured, known, _("chỉ tiêu «{id}» không có trong kế hoạch"))
    for i, one in enumerate(check.plan.indicators.checks if check.plan.indicators else ()):
        left, _relation, right = one.sides
        for name in (*left, *right):
            if name not in known:
                place = check.file.inside(("indicators", "checks", i, "check"), one.check.index(name), len(name))
                message = _("chỉ tiêu «{id}» không có trong kế hoạch", id=name)
                yield check.file.finding("DV208", place, message, help=meant(name, known))


@rule(
    "DV211", "Gia hạn, miễn gửi nêu tên không có", "error",
    "Gia hạn hay miễn cho một đơn vị, một báo cáo không có hoặc đơn vị không phải gửi thì không có tác dụng.",
    wrong="extensions: [{units: [so-yte], deliverable: 6m, …}]",
    right="extensions: [{units: [so-y-te], deliverable: 6m, …}]",
)  # fmt: skip
def entries_name_what_is_there(check: PlanCheck) -> Iterator[Finding]:
    """DV211: extensions and exemptions name units, and things that those units owe."""
    plan = check.plan
    owed = plan.deliverable_by_id
    for key, i, units, names in (
        *(("extensions", i, one.units, [one.deliverable]) for i, one in enumerate(plan.extensions)),
        *(("exemptions", i, one.units, one.deliverables) for i, one in enumerate(plan.exemptions)),
    ):
        places: _Names = [((key, i, "units", j), unit) for j, unit in enumerate(units)]
        yield from check.unknown("DV211", places, plan.unit_by_id, _("đơn vị «{id}» không có trong kế hoạch"))
        for loc, unit in places:
            known = plan.unit_by_id.get(unit or "")
            for name in names:
                if known and name in owed and not plan.binds(owed[name].owners, known):
                    yield check.at("DV211", loc, _("{unit} không phải gửi «{id}»", unit=known.name, id=name))
        at: Loc = (key, i, "deliverable")
        named = ((at if key == "extensions" else (key, i, "deliverables", j), name) for j, name in enumerate(names))
        yield from check.unknown("DV211", named, owed, _("báo cáo, hồ sơ «{id}» không có trong kế hoạch"))


@rule(
    "DV212", "Cơ quan, đơn vị không còn trong thời gian của kế hoạch", "warning",
    "Việc giao cho đơn vị không còn thì không ai làm: từ 01/7/2025 không còn cấp huyện, 52 tỉnh, thành phố nhập thành 23.",
    wrong="{id: huyen-bu-dang, name: UBND huyện Bù Đăng, …}   # kế hoạch 2025, 2026…",
    right="{id: huyen-bu-dang, name: UBND huyện Bù Đăng, …, to: 2025-06-30}",
    source="Luật Tổ chức chính quyền địa phương 2025 (số 72/2025/QH15); Nghị quyết 202/2025/QH15",
)  # fmt: skip
def units_are_still_there(check: PlanCheck) -> Iterator[Finding]:
    """DV212: a unit is there until the plan or the unit ends; who issues the plan, and is superior, when it begins."""
    plan = check.plan
    first, last = date(plan.year, 1, 1), date(plan.years[-1], 12, 31)
    if last.year < 2025:
        return
    from danvan_cli.plan.register import ceased  # plans of before ask nothing of it

    hint = _("ghi «to: 2025-06-30» nếu đơn vị có việc đến ngày ấy, và «successors» nếu có đơn vị kế thừa; hoặc bỏ đi")
    for i, unit in enumerate(plan.units):
        if why := ceased(unit.kind, unit.name, unit.code, unit.end or last):
            message = _("{name}: {why}", name=unit.name, why=why)
            yield check.at("DV212", ("units", i, "name"), message, help=hint)
    named: _Names = [(("issuer", "name"), plan.issuer.name)]
    named += [(("blocks", i, "superior"), one.superior) for i, one in enumerate(plan.blocks)]
    named += [(("units", i, "superior"), one.superior) for i, one in enumerate(plan.units)]
    for loc, name in named:
        # One that became a city in the plan's last year is right in its whole time.
        if name and ceased(None, name, None, last) and (why := ceased(None, name, None, first)):
            yield check.at("DV212", loc, _("{name}: {why}", name=name, why=why), help=_("ghi tên cơ quan hiện nay"))


@dataclass(frozen=True)
class FunctionsCheck(FileCheck):
    """A file of functions, and what it says."""

    record: Functions


@rule(
    "DV213", "Tệp chức năng nêu tên không có", "error",
    "Câu gợi ý có chỗ {…} không ai có chữ thay vào thì không bao giờ được đề xuất; nguồn không có thì không ai đối chiếu được.",
    wrong='content: "Tuyên truyền cho {nguoi}"', right='content: "Tuyên truyền cho {people}"', source=OURS,
)  # fmt: skip
def functions_name_what_is_there(check: FunctionsCheck) -> Iterator[Finding]:
    """DV213: sources and kinds are in the file, and every place of a sentence is filled by some group, field or the plan."""
    record = check.record
    sources, kinds, slots = {one.id for one in record.sources}, {one.id for one in record.kinds}, record.slots
    fields = list(enumerate(record.fields_))
    message = _("không có «{id}» trong tệp chức năng")
    named = ((("fields", i, "source"), field.source or None) for i, field in fields)
    yield from check.unknown("DV213", named, sources, message)
    own = ((("fields", i, "own", j, "id"), one.id) for i, field in fields for j, one in enumerate(field.own))
    yield from check.unknown("DV213", own, kinds, message)
    for i, kind in enumerate(record.kinds):
        for j, one in enumerate(kind.activities):
            for key, name in one.asks:
                if name not in slots:
                    message = _("không có chữ thay vào {name}", name=f"{{{name}}}")
                    yield check.at("DV213", ("kinds", i, "activities", j, key), message, help=meant(name, slots))
