"""A plan written as YAML that people read and edit; what is not sure is marked where it stands."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.importing.draft import Entry
from danvan_cli.plan.head import Document
from danvan_cli.plan.model import Deliverable, Period
from danvan_cli.text import clean
from danvan_cli.yaml.marks import mark
from danvan_cli.yaml.yamltext import flow, plain_words, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from danvan_cli.importing.guess import Guess

_WIDTH: Final = 110
_SHORT: Final = 84
_ID: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*")
_NO_ID: Final = re.compile(r"(?i:true|false|yes|no|on|off|null|y|n)")
_LINE: Final = re.compile(r"[^\W\d_][^\t\n\x7f-\x9f]*[^\s:]")
_ODD: Final = re.compile(r"[\t\x7f-\x9f\u2028\u2029\ufeff]")
_ORDERS: Final = {
    key: [field.alias or name for name, field in model.model_fields.items()]
    for key, model in (("deliverables", Deliverable), ("documents", Document), ("periods", Period))
}
_RULE: Final = "# " + "-" * 100
_PARTS: Final = {
    "sections": "Các phần của kế hoạch, nguyên văn; owners, lead, with, due, product là điều hiểu được từ lời văn.",
    "deliverables": "Báo cáo, hồ sơ phải gửi, theo lời văn của kế hoạch.",
    "closing": "Phần kết, nơi nhận, chữ ký",
    "kept": "Dòng khác của bản gốc, nguyên văn; không xuất lại.",
    "documents": "Văn bản được viện dẫn: chỉ ghi những gì kế hoạch có nêu.",
    "periods": "Kỳ báo cáo",
    "parties": "Tên cơ quan kế hoạch có nêu mà chưa có trong danh mục đơn vị: đổi mã ở lead, with, owners, hoặc giữ ở đây.",
}


def written(plan: Entry, source: str, own: Mapping[str, str]) -> str:
    """Write a plan.

    Args:
        plan: what it says.
        source: the name of the file that it comes from.
        own: parts of the file that it goes into, as they stand there, by key: settings, blocks, units, register.
    """
    lines = [
        "# yaml-language-server: $schema=.schema/plan.json",
        f"# Nhập từ tệp {clean(source)}. Lời văn là nguyên văn bản gốc; nhãn đánh số do phần mềm ghi khi xuất.",
        "# Chỗ có «cần xác nhận»: xem lại, sửa cho đúng rồi xóa ghi chú ấy. Hết các chỗ đó mới ghi state: issued.",
    ]
    for key, value in plan.items():
        if key in own or value in ([], {}, None):
            continue
        if key in _PARTS:
            lines += ["", _RULE, f"# {_PARTS[key]}", _RULE]
        elif key in {"issuer", "issued", "opening", "recipients", "signature"}:
            lines.append("")
        lines += _entry(key, value, plan.guesses.get(key), 0)
        if key == "scoring" or (key == "subject" and "scoring" not in plan):
            lines += ["", own["settings"]] if "settings" in own else []
    for key in ("register", "blocks", "units"):
        if key in own:
            lines += ["", own[key]]
    kept = [line.rstrip() for line in lines]
    return "\n".join(line for line, before in zip(kept, ["", *kept], strict=False) if line or before) + "\n"


def written_rubric(rubric: Entry, plan: str, source: str) -> str:
    """Write a file of one rubric.

    Args:
        rubric: what it says.
        plan: the id of its plan.
        source: the name of the file that it comes from.
    """
    lines = [
        "# yaml-language-server: $schema=.schema/rubric.json",
        f"# Nhập từ tệp {clean(source)}. Chỗ có «cần xác nhận»: xem lại, sửa cho đúng rồi xóa ghi chú ấy.",
        "format: danvan-rubric/1",
        f"plan: {text(plan)}",
        *_entry("rubrics", [rubric], None, 0),
    ]
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"


def _entry(key: str, value: Any, guess: Guess | None, deep: int) -> Iterator[str]:
    """Write a key with its value."""
    note = f"  {mark(f'{guess.why} ({guess.rule})')}" if guess and guess.sure == "unsure" else ""
    pad = " " * deep
    if isinstance(value, dict):
        yield f"{pad}{key}:{note}"
        for name, one in _ordered(key, value):
            yield from _entry(name, one, _guess(value, name), deep + 2)
    elif isinstance(value, list):
        yield from _list(key, value, note, deep)
    elif isinstance(value, str):
        yield from _text(f"{pad}{key}:", value, note, deep)
    else:
        yield f"{pad}{key}: {_plain(value)}{note}"


def _guess(value: Any, name: str) -> Guess | None:
    return value.guesses.get(name) if isinstance(value, Entry) else None


def _ordered(key: str, value: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    order = _ORDERS.get(key)
    return sorted(value.items(), key=lambda one: order.index(one[0])) if order else value.items()


def _list(key: str, value: list[Any], note: str, deep: int) -> Iterator[str]:
    pad = " " * deep
    if not any(isinstance(one, dict) for one in value):
        nested = any(isinstance(one, list) for one in value)
        line = "[" + ", ".join(flow(one) if nested else _plain(one) for one in value) + "]"
        if len(pad) + len(key) + len(line) < _WIDTH and "\n" not in line:
            yield f"{pad}{key}: {line}{note}"
            return
    yield f"{pad}{key}:{note}"
    for one in value:
        if isinstance(one, dict):
            yield from _item(key, one, deep + 2)
        elif isinstance(one, list):
            yield f"{pad}  - {flow(one)}"
        else:
            yield from _text(f"{pad}  -", one, "", deep + 2)


def _item(key: str, value: dict[str, Any], deep: int) -> Iterator[str]:
    """Write an item of a list; sections and long ones stand apart."""
    first = True
    for name, one in _ordered(key, value):
        for line in _entry(name, one, _guess(value, name), deep + 2):
            yield f"{' ' * deep}- {line[deep + 2 :]}" if first else line
            first = False
    if key in {"sections", "deliverables", "documents", "opening"} or "title" in value or "items" in value:
        yield ""


def _text(before: str, value: str, note: str, deep: int) -> Iterator[str]:
    """Write a text: on the key's line, folded below it where it is long."""
    pad = " " * (deep + 2)
    if "\n" in value and not _ODD.search(value) and not value.startswith((" ", "\n")) and not value.endswith("\n"):
        yield f"{before} |-{note}"
        yield from (pad + line for line in value.split("\n"))
    elif len(value) > _SHORT and not _ODD.search(value) and "\n" not in value and "  " not in value:
        yield f"{before} >-{note}"
        line = ""
        for word in value.split(" "):
            if line and len(pad) + len(line) + len(word) >= _WIDTH:
                yield pad + line
                line = word
            else:
                line = f"{line} {word}" if line else word
        yield pad + line
    else:
        yield f"{before} {_scalar(value)}{note}"


def _scalar(value: Any) -> str:
    """Write a value behind its key, where commas mean nothing."""
    if (
        isinstance(value, str)
        and _LINE.fullmatch(value)
        and ": " not in value
        and " #" not in value
        and not _NO_ID.fullmatch(value)
    ):
        return value
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, str):
        if _ID.fullmatch(value) and not _NO_ID.fullmatch(value):
            return value
        return plain_words(value) if not value[:1].isdigit() else text(value)
    if isinstance(value, date):
        return value.isoformat()
    return flow(value)
