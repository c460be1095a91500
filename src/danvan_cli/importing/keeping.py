"""What a plan's file keeps of its own when a Word file fills it: all that no Word file says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from danvan_cli.text import fold
from danvan_cli.yaml.marks import with_marks
from danvan_cli.yaml.splice import Add, spliced
from danvan_cli.yaml.yamlfile import Map, YamlFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.importing.guess import Entry

UNITS: Final = ("settings", "register", "blocks", "units")
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


def own_parts(file: YamlFile, *, filled: bool) -> dict[str, str]:
    """Give the parts that a file keeps, as they stand there; `filled`: it is itself what is written."""
    keys = [*(_RECORDS if filled else ()), *UNITS]
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
