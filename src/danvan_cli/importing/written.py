"""A plan written as YAML that people read and edit; what is not sure is marked where it stands."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from danvan_cli.importing.guess import Entry
from danvan_cli.plan.head import Document
from danvan_cli.plan.model import Deliverable, Period
from danvan_cli.text import clean, fold
from danvan_cli.yaml.marks import mark, with_marks
from danvan_cli.yaml.splice import Add, spliced
from danvan_cli.yaml.yamlfile import Map, YamlFile
from danvan_cli.yaml.yamltext import flow, plain_words, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
_APART: Final = {"sections", "deliverables", "documents", "opening"}
"""Lists whose items stand apart."""
_RULE: Final = "# " + "-" * 100
_PARTS: Final = {
    "sections": "Các phần của kế hoạch, nguyên văn; owners, lead, with, due, product là điều hiểu được từ lời văn.",
    "deliverables": "Báo cáo, hồ sơ phải gửi, theo lời văn của kế hoạch.",
    "closing": "Phần kết, nơi nhận, chữ ký",
    "kept": "Dòng khác của bản gốc, nguyên văn; chỉ xuất lại chú thích.",
    "documents": "Văn bản được viện dẫn: chỉ ghi những gì kế hoạch có nêu.",
    "periods": "Kỳ báo cáo",
    "parties": "Tên cơ quan kế hoạch có nêu mà chưa có trong danh mục đơn vị: đổi mã ở lead, with, owners, hoặc giữ ở đây.",
}

_UNITS: Final = ("settings", "register", "blocks", "units")
"""What a plan takes from the one that it stands beside, too."""
_RECORDS: Final = ("amendments", "extensions", "exemptions", "requests", "periods", "indicators", "parties")
_JOINED: Final = ("periods", "parties")
"""Lists that a Word file adds to."""
_SAID: Final = {
    "documents": ("issuer", "title", "date"),
    "deliverables": ("name", "without"),
    "sections": ("label",),
    "items": ("label", "targets"),
}
"""By list what of its things a Word file does not say, or says less well."""
_ALIKE: Final = 0.8


def written_plan(plan: Entry, source: str, own: Mapping[str, str]) -> str:
    """Write a plan that comes from the file of that name; `own` are parts that its own file keeps as they stand there, by key."""
    lines = [
        "# yaml-language-server: $schema=.schema/plan.json",
        f"# Nhập từ tệp {clean(source)}. Lời văn là nguyên văn bản gốc; nhãn đánh số do phần mềm ghi khi xuất.",
        "# Chỗ có «cần xác nhận»: xem lại, sửa cho đúng rồi xóa ghi chú ấy. Hết các chỗ đó mới ghi state: issued.",
    ]
    for key, value in plan.items():
        if value in ([], {}, None) and key not in own:
            continue
        if key in _PARTS:
            lines += ["", _RULE, f"# {_PARTS[key]}", _RULE]
        elif key in {"issuer", "issued", "opening", "recipients", "signature"}:
            lines.append("")
        if key in own:
            lines.append(own[key])
        else:
            _entry(lines, key, value, plan.guesses.get(key), 0)
        if key == "scoring" or (key == "subject" and "scoring" not in plan):
            lines += ["", own["settings"]] if "settings" in own else []
    lines += [line for key, said in own.items() if key not in plan and key != "settings" for line in ("", said)]
    kept = [line.rstrip() for line in lines]
    return "\n".join(line for line, before in zip(kept, ["", *kept], strict=False) if line or before) + "\n"


def written_rubric(rubric: Entry, plan: str, source: str) -> str:
    """Write a file of one rubric of a plan that comes from the file of that name."""
    lines = [
        "# yaml-language-server: $schema=.schema/rubric.json",
        f"# Nhập từ tệp {clean(source)}. Chỗ có «cần xác nhận»: xem lại, sửa cho đúng rồi xóa ghi chú ấy.",
        "format: danvan-rubric/1",
        f"plan: {text(plan)}",
    ]
    _entry(lines, "rubrics", [rubric], None, 0)
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"


def _entry(out: list[str], key: str, value: Any, guess: Guess | None, deep: int) -> None:
    """Write a key with its value."""
    note = f"  {mark(f'{guess.why} ({guess.rule})')}" if guess and guess.sure == "unsure" else ""
    pad = " " * deep
    if isinstance(value, str):
        _text(out, f"{pad}{key}:", value, note, deep)
    elif isinstance(value, dict):
        out.append(f"{pad}{key}:{note}")
        _keys(out, key, value, deep + 2)
    elif isinstance(value, list):
        _list(out, key, value, note, deep)
    else:
        out.append(f"{pad}{key}: {_plain(value)}{note}")


def _keys(out: list[str], above: str, value: dict[str, Any], deep: int) -> None:
    """Write the keys of a mapping."""
    guesses = value.guesses if isinstance(value, Entry) else {}
    order = _ORDERS.get(above)
    for name, one in sorted(value.items(), key=lambda one: order.index(one[0])) if order else value.items():
        _entry(out, name, one, guesses.get(name), deep)


def _list(out: list[str], key: str, value: list[Any], note: str, deep: int) -> None:
    pad = " " * deep
    first = value[0] if value else None
    if not isinstance(first, dict):
        each = flow if isinstance(first, list) else _plain
        line = f"{pad}{key}: [{', '.join(map(each, value))}]"
        if len(line) < _WIDTH + 2 and "\n" not in line:
            out.append(line + note)
            return
    out.append(f"{pad}{key}:{note}")
    for one in value:
        if isinstance(one, dict):
            at = len(out)
            _keys(out, key, one, deep + 4)
            out[at] = f"{pad}  - {out[at][deep + 4 :]}"
            if key in _APART or "title" in one or "items" in one:
                out.append("")
        elif isinstance(one, list):
            out.append(f"{pad}  - {flow(one)}")
        else:
            _text(out, f"{pad}  -", one, "", deep + 2)


def _text(out: list[str], before: str, value: str, note: str, deep: int) -> None:
    """Write a text: on the key's line, folded below it where it is long."""
    pad = " " * (deep + 2)
    lines = "\n" in value
    odd = not value.isprintable() and _ODD.search(value) is not None
    if lines and not odd and not value.startswith((" ", "\n")) and not value.endswith("\n"):
        out.append(f"{before} |-{note}")
        out += [pad + line for line in value.split("\n")]
    elif len(value) > _SHORT and not odd and not lines and "  " not in value:
        out.append(f"{before} >-{note}")
        out += [pad + line for line in _folded(value, _WIDTH - len(pad))]
    else:
        out.append(f"{before} {_scalar(value)}{note}")


def _folded(value: str, width: int) -> Iterator[str]:
    """Break a text at its spaces."""
    at = 0
    while len(value) - at > width:
        end = value.rfind(" ", at, at + width + 1)
        end = end if end > at else value.find(" ", at)
        if end < 0:
            break
        yield value[at:end]
        at = end + 1
    yield value[at:]


def _scalar(value: Any) -> str:
    """Write a value behind its key, where commas mean nothing."""
    line = isinstance(value, str) and _LINE.fullmatch(value) and not _NO_ID.fullmatch(value)
    return str(value) if line and ": " not in value and " #" not in value else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, str):
        if _ID.fullmatch(value) and not _NO_ID.fullmatch(value):
            return value
        return plain_words(value) if not value[:1].isdigit() else text(value)
    if isinstance(value, date):
        return value.isoformat()
    return flow(value)


# What a plan's file keeps of its own when a Word file fills it: all that no Word file says ----------------------------


def own_parts(file: YamlFile, *, filled: bool) -> dict[str, str]:
    """Give the parts that a file keeps, as they stand there; `filled`: it is itself what is written."""
    keys = [*(_RECORDS if filled else ()), *_UNITS]
    return {key: _raw(file, key) for key in keys if file.root.get(key)}


def _raw(file: YamlFile, key: str) -> str:
    """Give a part of a file as it stands there, with the comments within it."""
    root: Map = file.root
    begin = root.at[key][0]
    end = min((at for at, _start, _end in root.at.values() if at > begin), default=len(file.text))
    lines = file.text[begin:end].split("\n")
    while lines and (not lines[-1].strip() or lines[-1].startswith("#")):
        lines.pop()
    return "\n".join(lines)


def carry(plan: Entry, root: Map) -> None:
    """Give the things of a plan what those of the same name had in the file that it fills."""
    for name in ("documents", "deliverables", "sections"):
        for key, entry, before in _pairs(name, plan.get(name) or [], root.get(name) or []):
            more = {one: before[one] for one in _SAID[key] if before.get(one) and (one not in entry or one == "name")}
            values = {"id": entry["id"], **({"label": more.pop("label")} if "label" in more else {}), **entry, **more}
            entry.clear()
            entry.update(values)


def _pairs(key: str, made: list[Entry], there: list[Any]) -> Iterator[tuple[str, Entry, Map]]:
    """Walk what is the same thing in both: by its symbol, else by its id where its words are alike."""
    by = {one.get("symbol") or one["id"]: one for one in there if isinstance(one, Map) and "id" in one}
    for entry in made:
        before = by.get(entry.get("symbol") or entry.get("id"))
        if before is not None and _alike(entry, before):
            yield key, entry, before
            yield from _pairs("items", entry.get("items") or [], before.get("items") or [])


def _alike(entry: Entry, before: Map) -> bool:
    said = (f"{it.get('heading', '')} {it.get('title', '')} {it.get('text', '')}" for it in (entry, before))
    one, other = ({*fold(words).split()} for words in said)
    return "symbol" in entry or "kind" in entry or len(one & other) >= _ALIKE * max(len(one), len(other))


def with_new(data: bytes, plan: Entry, root: Map) -> bytes:
    """Add to the lists that a file kept what the Word file names and they lack, each marked where it is not sure."""
    file = YamlFile("", data)
    adds: list[Add] = []
    says: dict[tuple[str | int, ...], list[str]] = {}
    for key in _JOINED:
        there = {one.get("id") for one in root.get(key) or () if isinstance(one, Map)}
        new = [one for one in plan.get(key) or () if there and one["id"] not in there]
        for at, entry in enumerate(new, start=len(there)):
            adds.append(Add((key,), dict(entry)))
            unsure = {name: guess for name, guess in entry.guesses.items() if guess.sure == "unsure"}
            says |= {(key, at, name): [f"{guess.why} ({guess.rule})"] for name, guess in unsure.items()}
    return with_marks(YamlFile("", spliced(file, adds)), says) if adds else data
