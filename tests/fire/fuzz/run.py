"""Fuzzes one target, guided by coverage: `run.py TARGET MINUTES [libFuzzer's options]`, of CPU time; needs atheris (danvan[fuzz]).

Inputs that reach something new gather in `build/fuzz/TARGET`, with which the next run goes on; what fails is written to
`build/fuzz/failed/TARGET-…`, one of each kind. Runs and seconds add up in `build/fuzz/told.json`. A failure becomes a seed here, which `make test` throws again, and is mended.
"""

from __future__ import annotations

import copy
import json
import os
import random
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import atheris
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
BUILD = HERE.parents[2] / "build" / "fuzz"
FAILED = BUILD / "failed"
TOLD = BUILD / "told.json"
SECONDS = 10
"""So long an input may take."""
MEGABYTES = 2048
ODD = (
    "",
    "0",
    "-1",
    "1",
    "00",
    "99999999999999999999",
    "1e309",
    "NaN",
    "0.5",
    "true",
    "x",
    " ",
    "\u00a0",
    "None",
    "{{ x }}",
)
"""Values that figures, names and switches do not expect."""


def grafted(data: bytes, most: int, seed: int) -> bytes:
    """Change an input: half of those that hold XML as a tree, so that they stay well-formed; others byte by byte."""
    dice = random.Random(seed)
    name, _end, said = data.partition(b"\n")
    if b"<" not in said or dice.random() < 0.4:
        return atheris.Mutate(data, most)
    try:
        root = etree.fromstring(said, etree.XMLParser(resolve_entities=False, remove_comments=True, remove_pis=True))
    except etree.XMLSyntaxError:
        return atheris.Mutate(data, most)
    for _time in range(dice.choice((1, 1, 2, 4, 8))):
        every = list(root.iter())
        one, other = dice.choice(every), dice.choice(every)
        match dice.randrange(6):
            case 0 if one is not root:
                one.getparent().remove(one)
            case 1 if other is not root:
                one.insert(dice.randrange(len(one) + 1), copy.deepcopy(other))
            case 2 if one is not root and one not in other.iterancestors() and one is not other:
                other.insert(dice.randrange(len(other) + 1), one)
            case 3 if one.attrib:
                key = dice.choice(list(one.attrib))
                one.set(key, dice.choice((*ODD, *other.attrib.values())))
            case 4 if other.attrib:
                one.set(*dice.choice(list(other.attrib.items())))
            case _:
                one.text = dice.choice((*ODD, other.text, (one.text or "") * 2))
    out = name + b"\n" + etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return out if len(out) <= most else data


def _told() -> dict[str, dict[str, int]]:
    try:
        known: dict[str, dict[str, int]] = json.loads(TOLD.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return known


class Fuzzing:
    """A run: counts executions and CPU time, keeps one input of each kind of failure, ends when its time is over."""

    def __init__(self, throw: Callable[[bytes], None], name: str, minutes: float) -> None:
        self.throw, self.name, self.minutes = throw, name, minutes
        self.count, self.failed = 0, set[str]()
        self.before = _told().get(name, {"runs": 0, "seconds": 0})

    def __call__(self, data: bytes) -> None:
        """Throw an input."""
        self.count += 1
        try:
            self.throw(data)
        except Exception as error:  # noqa: BLE001 - whatever is none of danvan's own
            self._fail(data, error)
        if self.count % 100 == 0:
            used = time.process_time()
            told = {"runs": self.before["runs"] + self.count, "seconds": self.before["seconds"] + round(used)}
            TOLD.write_text(json.dumps(_told() | {self.name: told}, indent=1), "utf-8")
            if used > 60 * self.minutes:
                os._exit(bool(self.failed))

    def _fail(self, data: bytes, error: Exception) -> None:
        where = traceback.extract_tb(error.__traceback__)
        ours = next((one for one in reversed(where) if "danvan_cli" in one.filename), where[-1])
        kind = f"{self.name}-{type(error).__name__}-{Path(ours.filename).stem}-{ours.lineno}"
        if kind not in self.failed:
            self.failed.add(kind)
            (FAILED / kind).write_bytes(data)
            (FAILED / f"{kind}.txt").write_text("".join(traceback.format_exception(error)), "utf-8")


def main() -> None:
    """Fuzz until the time is over."""
    sys.path.insert(0, str(HERE))
    with atheris.instrument_imports(include=["danvan_cli", "pdfminer"]):
        import targets
    name, minutes, *more = sys.argv[1:]
    target = targets.TARGETS[name]
    os.fsync = lambda _handle: None  # nothing here is to last
    grown = BUILD / name
    for folder in (grown, FAILED):
        folder.mkdir(parents=True, exist_ok=True)
    words = grown.with_suffix(".dict")
    quoted = ("".join(f"\\x{byte:02x}" for byte in one.encode()) for one in target.words)
    words.write_text("".join(f'"{one}"\n' for one in quoted), "ascii")
    seeds = [one for one in (HERE / "seeds" / name, *target.more) if one.is_dir()]
    options = [
        f"-dict={words}", f"-timeout={SECONDS}", "-max_len=30000", f"-rss_limit_mb={MEGABYTES}",
        f"-artifact_prefix={FAILED}/{name}-", "-verbosity=0",
    ]  # fmt: skip
    fuzzing = Fuzzing(target, name, float(minutes))
    atheris.Setup([sys.argv[0], *options, *more, str(grown), *map(str, seeds)], fuzzing, custom_mutator=grafted)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
