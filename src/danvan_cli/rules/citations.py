"""DV4: the register of documents and the texts that cite them agree."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

from danvan_cli.findings.rule import rule
from danvan_cli.lang import _
from danvan_cli.plan.citations import CITED_TYPES, ISSUERS, Citation, Names, code, form, issuer
from danvan_cli.text import day, distance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from danvan_cli.findings.finding import Finding
    from danvan_cli.plan.model import Document
    from danvan_cli.rules.context import PlanCheck
    from danvan_cli.yaml.yamlfile import Loc


@rule(
    "DV401", "Văn bản nêu trong nội dung mà không có trong danh mục", "warning",
    "Danh mục văn bản phải đủ thì mới kiểm tra được số, ký hiệu và ngày.", wrong="text: … Kế hoạch số 28-KH/TU …",
    right="documents:\n  - {id: kh-28, type: Kế hoạch, symbol: 28-KH/TU}",
)  # fmt: skip
@rule(
    "DV402", "Ngày viện dẫn khác danh mục", "error",
    "Cùng một văn bản mà hai chỗ ghi hai ngày thì một chỗ sai.", wrong="Nghị quyết số 76/NQ-CP ngày 15/8/2021",
    right="Nghị quyết số 76/NQ-CP ngày 15/7/2021",
)  # fmt: skip
@rule(
    "DV403", "Số, ký hiệu gần giống một văn bản trong danh mục", "error",
    "Sai một chữ trong ký hiệu là viện dẫn một văn bản khác.", wrong="Quyết định số 2685/QĐ-UBNB",
    right="Quyết định số 2685/QĐ-UBND",
)  # fmt: skip
@rule(
    "DV404", "Văn bản trong danh mục mà không chỗ nào nêu", "warning",
    "Danh mục là của những văn bản kế hoạch nêu; văn bản thừa thường là lỗi gõ ở ký hiệu.",
    wrong="documents:\n  - {id: kh-99, symbol: 99/KH-UBND}", right="bỏ văn bản ra khỏi danh mục",
)  # fmt: skip
@rule(
    "DV405", "Chỗ viện dẫn ghi không đúng", "warning",
    "«cited» phải khớp với những đoạn thật sự nêu văn bản.", wrong="cited: [I.2]   # đoạn I.2 không nêu",
    right="cited: [I.1]",
)  # fmt: skip
def register_and_texts_agree(check: PlanCheck) -> Iterator[Finding]:
    """DV401 to DV405: symbols, dates and places of the register are those of the texts, and the reverse.

    One pass over the texts serves all five.
    """
    found: dict[str, set[str]] = defaultdict(set)
    yield from _texts(check, found)
    yield from _register(check, found)


def _texts(check: PlanCheck, found: dict[str, set[str]]) -> Iterator[Finding]:
    """Hold every citation against the register; note in `found` which places name which document."""
    # A Party symbol may go on after a space (05-CTrPH/BDVTU-BCSĐ UBND tỉnh): its first part is what texts are cut to.
    by_symbol = {one.symbol.split()[0]: one for one in check.plan.documents if one.symbol}
    alike: dict[str | date, list[Document]] = defaultdict(list)
    for symbol, one in by_symbol.items():
        alike[_number(symbol)].append(one)
        if one.date:
            alike[one.date].append(one)
    names = Names(check.plan.documents)
    own = {check.plan.symbol, *(one.number for one in check.plan.amendments)}
    for place, loc, text, citations in check.citations:
        for named in names.cited(text):
            found[named].add(place)
        for citation in citations:
            at = partial(_at, check, loc, citation)
            document = by_symbol.get(citation.symbol)
            if document is None and citation.symbol in own:  # «(Kèm theo Kế hoạch số …)», what amended it
                continue
            near = None if document else _near(citation, alike)
            if document:
                found[document.id].add(place)
                if citation.dated and citation.when != document.date:
                    yield at("DV402", *_dates_differ(citation, document))
            elif near:
                found[near.id].add(place)
                message = _("«{symbol}» không có trong danh mục văn bản", symbol=citation.symbol)
                yield at("DV403", message, _("có phải «{near}»?", near=near.symbol), str(near.symbol))
            else:
                message = _("«{symbol}» chưa có trong danh mục văn bản", symbol=citation.symbol)
                yield at("DV401", message, _("thêm văn bản này vào «documents»"))


def _dates_differ(citation: Citation, document: Document) -> tuple[str, str]:
    written = day(citation.when) if citation.when else _("một ngày không có thật")
    known = day(document.date) if document.date else _("không ghi ngày")
    message = _(
        "{symbol} ở đây là {written}, trong danh mục là {known}", symbol=citation.symbol, written=written, known=known
    )
    return message, _("sửa chỗ sai: nội dung, hoặc «date» trong danh mục")


def _register(check: PlanCheck, found: dict[str, set[str]]) -> Iterator[Finding]:
    """Hold the register against the places that were found."""
    for i, document in enumerate(check.plan.documents):
        places = found.get(document.id, set())
        name = document.symbol or document.title or document.type
        if not places:
            message = _("{name} có trong danh mục mà không đoạn nào nêu", name=name)
            yield check.at("DV404", ("documents", i, "id"), message)
            continue
        where = _("những đoạn nêu văn bản này: {where}", where=", ".join(sorted(places)))
        for j, place in enumerate(document.cited):
            if place in check.place_ids and place not in places:
                message = _("đoạn {place} không nêu {name}", place=place, name=name)
                yield check.at("DV405", ("documents", i, "cited", j), message, help=where)
        missing = sorted(places.difference(document.cited))
        if missing:
            message = _("thiếu chỗ nêu {name}: {missing}", name=name, missing=", ".join(missing))
            yield check.at("DV405", ("documents", i, "cited"), message, help=where, key=True)


@rule(
    "DV406", "Tên loại văn bản không khớp ký hiệu", "error",
    "Chữ viết tắt tên loại trong ký hiệu phải là của loại văn bản đó.", wrong="Chỉ thị số 33/TT-TTg",
    right="Chỉ thị số 33/CT-TTg", source="Nghị định 30/2020/NĐ-CP, Phụ lục III",
)  # fmt: skip
@rule(
    "DV407", "Cơ quan trong ký hiệu không ban hành loại văn bản này", "error",
    "Thông tư không phải của Thủ tướng, Nghị định chỉ của Chính phủ: ký hiệu như vậy không có thật.",
    wrong="Thông tư số 33/TT-TTg", right="Chỉ thị số 33/CT-TTg",
    source="Luật Ban hành văn bản quy phạm pháp luật 2015, Điều 4",
)  # fmt: skip
@rule(
    "DV408", "Ký hiệu viết theo dạng của cơ quan khác", "warning",
    "Cơ quan Nhà nước viết 21/KH-UBND, cơ quan Đảng viết 27-KH/TU; viết lẫn là viện dẫn sai.", wrong="27/KH-TU",
    right="27-KH/TU", source="Nghị định 30/2020/NĐ-CP, Phụ lục I; dạng của Đảng là hiểu biết chung",
)  # fmt: skip
def symbols_can_be(check: PlanCheck) -> Iterator[Finding]:
    """DV406, DV407, DV408: type and code belong together; the issuer issues that type, is the register's, writes so."""
    for kind, symbol, at in _symbols(check):
        if wrong := _misfit(kind, symbol):
            yield at("DV406", *wrong)
        if wrong := _no_issuer(symbol):
            yield at("DV407", *wrong)
        if right := form(symbol):
            message = _("«{symbol}» không đúng cách viết ký hiệu của cơ quan này", symbol=symbol)
            yield at("DV408", message, _("viết {right}", right=right), right)
    for i, document in enumerate(check.plan.documents):
        symbol, said = document.symbol or "", document.issuer or ""
        letters = issuer(symbol)
        if not letters or not said:
            continue
        name, words = ISSUERS[letters][0], said.lower()
        if name.lower() not in words and letters.lower() not in words.split():
            message = _("{symbol} là của {name}, không phải {issuer}", symbol=symbol, name=name, issuer=said)
            yield check.at("DV407", ("documents", i, "issuer"), message, help=_("sửa «issuer» hoặc «symbol»"))


def _symbols(check: PlanCheck) -> Iterator[tuple[str | None, str, Callable[..., Finding]]]:
    """Give each symbol of the register and of the texts: the type beside it, itself, what makes a finding there."""
    for i, document in enumerate(check.plan.documents):
        yield document.type, document.symbol or "", partial(_in_register, check, i)
    for _place, loc, _text, citations in check.citations:
        yield from ((one.type, one.symbol, partial(_at, check, loc, one)) for one in citations)


def _no_issuer(symbol: str) -> tuple[str, str] | None:
    letters, who = code(symbol), issuer(symbol)
    if letters is None or who is None or letters not in ISSUERS[who][1]:
        return None
    message = _(
        "{symbol}: {name} không ban hành {type}", symbol=symbol, name=ISSUERS[who][0], type=CITED_TYPES[letters][0]
    )
    return message, _("xem lại tên loại và cơ quan trong văn bản gốc")


@rule(
    "DV409", "Ngày của văn bản viện dẫn không thể đúng", "error",
    "Ngày phải có thật, không sau kế hoạch, và cùng năm với năm ghi trong ký hiệu.",
    wrong="Nghị định số 20/2021/NĐ-CP ngày 15/3/2022", right="Nghị định số 20/2021/NĐ-CP ngày 15/3/2021",
)  # fmt: skip
def cited_dates_can_be(check: PlanCheck) -> Iterator[Finding]:
    """DV409: a cited date exists, is not after the plan, and is of the year that the symbol names."""
    end = check.plan.issued.date or date(check.plan.year, 12, 31)
    registered = {one.symbol.split()[0] for one in check.plan.documents if one.symbol}
    for _place, loc, _text, citations in check.citations:
        for one in citations:
            year = _year(one.symbol)
            if one.dated and one.when is None and one.symbol not in registered:
                message = _("{symbol}: không có ngày này", symbol=one.symbol)
            elif one.when and one.when > end:
                message = _(
                    "{symbol} có ngày {date}, sau kế hoạch ({end})", symbol=one.symbol, date=day(one.when), end=day(end)
                )
            elif one.when and year and one.when.year != year:
                message = _other_year(one.symbol, year, one.when)
            else:
                continue
            yield _at(check, loc, one, "DV409", message, _("xem lại ngày và ký hiệu trong văn bản gốc"))
    for i, document in enumerate(check.plan.documents):
        year = _year(document.symbol or "")
        if document.date and year and document.date.year != year:
            message = _other_year(document.symbol, year, document.date)
            yield check.at("DV409", ("documents", i, "date"), message)


def _other_year(symbol: str | None, year: int, when: date) -> str:
    return _("{symbol} mang năm {year} mà ngày là {date}", symbol=symbol, year=year, date=day(when))


def _year(symbol: str) -> int | None:
    parts = symbol.split("/")
    return int(parts[1]) if len(parts) > 2 and len(parts[1]) == 4 and parts[1].isdigit() else None


@cache
def _codes() -> dict[str, str]:
    return {name: key for key, names in reversed(CITED_TYPES.items()) for name in names}


@lru_cache(maxsize=256)
def _named(kind: str) -> str | None:
    """Find the type that a document's kind is, or begins with."""
    return next((name for name in _codes() if kind == name or kind.startswith(f"{name} ")), None)


def _misfit(kind: str | None, symbol: str) -> tuple[str, str] | None:
    letters = code(symbol)
    if kind is None or letters is None:
        return None
    named = _named(kind)
    if named is None or named in CITED_TYPES[letters]:
        return None
    message = _(
        "{symbol} mang chữ viết tắt {letters} ({type}), không phải {kind}",
        symbol=symbol,
        letters=letters,
        type=CITED_TYPES[letters][0],
        kind=named,
    )
    return message, _("ký hiệu của {kind} có chữ «{right}»", kind=named, right=_codes()[named])


def _in_register(check: PlanCheck, number: int, rule: str, message: str, help: str, _fix: str | None = None) -> Finding:
    """Make a finding at a document's symbol in the register, which only a person mends."""
    return check.at(rule, ("documents", number, "symbol"), message, help=help)


def _at(
    check: PlanCheck, loc: Loc, citation: Citation, rule: str, message: str, help: str, fix: str | None = None
) -> Finding:
    """Make a finding at a citation; it can be mended where it stands whole in one line."""
    start, end = check.file.inside(loc, citation.start, len(citation.symbol))
    whole = check.file.text[start:end] == citation.symbol
    return check.file.finding(rule, (start, end), message, help=help, fix=fix if whole else None)


def _number(symbol: str) -> str:
    return symbol[: len(symbol) - len(symbol.lstrip("0123456789"))]


def _near(citation: Citation, alike: dict[str | date, list[Document]]) -> Document | None:
    """Find the registered document that a mistyped symbol means: the same number, or the same date, and nearly alike.

    `alike` has the documents by the number in their symbol, and by date.
    """
    letters = code(citation.symbol)
    right = citation.type is not None and letters is not None and _misfit(citation.type, citation.symbol) is None
    for document in alike.get(_number(citation.symbol), ()):
        if right and code(str(document.symbol)) not in {letters, None}:
            continue  # a Quyết định số 20/QĐ-… beside the registered 20/KH-… is another document, not a slip
        if distance(citation.symbol, str(document.symbol), 2) <= 2:
            return document
    for document in alike.get(citation.when, ()) if citation.when else ():
        if distance(citation.symbol, str(document.symbol), 1) == 1:
            return document
    return None
