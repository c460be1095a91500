"""A province's year of any number of units, for the benchmarks of the coordinator's desk; everything in it is made up.

python benchmarks/desk.py make FOLDER 4000      # plan, receipts, records, answers, reviews
python benchmarks/desk.py read FOLDER           # the peer of status: the same YAML with CSafeLoader, nothing else
python benchmarks/desk.py pack FOLDER 200       # a folder of so many packages of one document and some evidence
python benchmarks/desk.py take FOLDER TO        # the peer of receive: unzip, hash, write with fsync, nothing else
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Final

from scores import workspace as scored
from units import _figures

ROOT: Final = Path(__file__).parents[1]
SENT: Final = {"ke-hoach": "2023-02-20", "6m": "2023-05-08", "1y": "2023-11-08", "tu-cham": "2023-11-08"}
EVIDENCE: Final = 4
"""Files of evidence in a package, of so many bytes each: scans that do not shrink."""
SCAN: Final = 300_000


def make(folder: Path, units: int) -> None:
    """Make a workspace in which nine of ten units have sent everything, been verified and been ranked."""
    scored(folder, units)
    tasks = [
        line.split("id: ")[1].strip()
        for line in (ROOT / "plans" / "2023.yaml").read_text("utf-8").splitlines()
        if re.match(r" +- id: II\.\d+\.", line)
    ]
    figures = _figures((ROOT / "plans" / "2023.yaml").read_text("utf-8"))
    for i in range(1, units + 1):
        name = f"so-gia-dinh-{i}"
        _record(folder / "units" / name / "unit.yaml", name, i, tasks, figures)
        if i % 10:
            _receipts(folder / "province" / "received" / name, name, i)
        _review(folder, name, i)


def _record(path: Path, name: str, i: int, tasks: list[str], figures: list[str]) -> None:
    lines = ["format: danvan-unit/1", f"unit: {name}", 'plan: "2023"', "tasks:"]
    for n, task in enumerate(tasks):
        lines += [f"  {task}:", f"    status: {'done' if (i + n) % 3 else 'doing'}", "    results:"]
        lines += [f"      6m: Đã tổ chức {n + 1:02} hội nghị với {40 + i} lượt người tham dự."]
    lines += ["indicators:"]
    for n, key in enumerate(figures):
        lines += [f"  {key}: {{6m: {i + n}, 1y: {2 * (i + n)}}}"]
    lines += ["obstacles:", f"  - {{text: Thiếu kinh phí loại {i % 7}., proposal: Bố trí thêm.}}"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _receipts(folder: Path, name: str, i: int) -> None:
    for n, (deliverable, day) in enumerate(SENT.items()):
        digest = hashlib.sha256(f"{name}{deliverable}".encode()).hexdigest()
        where = folder / deliverable / f"{day}-{digest[:8]}"
        where.mkdir(parents=True)
        (where / "receipt.yaml").write_text(
            f'format: danvan-receipt/1\nplan: "2023"\nunit: "{name}"\ndeliverable: "{deliverable}"\nnumber: "{i * 4 + n}"\n'
            f'received: {day}\nsymbol: "{i}/BC-SGĐ{i}"\nissued: {day}\nsha256: "{digest}"\nfiles:\n'
            f'  - name: "bao-cao.pdf"\n    sha256: "{digest}"\n    size: {1000 + i}\n',
            encoding="utf-8",
        )


def _review(folder: Path, name: str, i: int) -> None:
    data = (folder / "units" / name / "score.yaml").read_bytes()
    where = folder / "province" / "reviews"
    where.mkdir(parents=True, exist_ok=True)
    (where / f"{name}.self.yaml").write_bytes(data)
    (where / f"{name}.yaml").write_text(
        f'format: danvan-review/1\nunit: {name}\nplan: "2023"\nrubric: mau-2023\nversion: 1\nsent: "{hashlib.sha256(data).hexdigest()}"\n'
        f'changes:\n  - criterion: "9.1"\n    answer: {{points: {i % 10}}}\n    round: 1\n    member: Trần Thị Bình\n'
        "    date: 2023-12-10\n    reason: chất lượng tham mưu\n",
        encoding="utf-8",
    )


def read(folder: Path) -> int:
    """Read the plan, the calendar, all records and receipts with PyYAML's fast loader; give how many files there are."""
    import yaml

    files = [folder / "plans" / "2023.yaml", folder / "plans" / "calendar.yaml"]
    files += sorted((folder / "units").glob("*/unit.yaml"))
    files += sorted((folder / "province" / "received").glob("*/*/*/receipt.yaml"))
    for path in files:
        with path.open("rb") as file:
            yaml.load(file, Loader=yaml.CSafeLoader)
    return len(files)


def pack(folder: Path, count: int) -> None:
    """Make a province's workspace with nothing in it yet, and beside it packages as `danvan submit` makes them."""
    from danvan_cli.delivery import bag

    make(folder / "tinh", count)
    for path in ("units", "province"):
        shutil.rmtree(folder / "tinh" / path)
    box = folder / "hop-thu"
    box.mkdir()
    dice = random.Random(1)  # noqa: S311 - filler
    tasks: list[str] = []
    figures = _figures((ROOT / "plans" / "2023.yaml").read_text("utf-8"))
    document = (ROOT / "src" / "danvan_cli" / "word" / "base.docx").read_bytes()
    for i in range(1, count + 1):
        name = f"so-gia-dinh-{i}"
        mine = folder / "unit.yaml"
        _record(mine, name, i, tasks, figures)
        payload = {"bao-cao-6m.docx": document, "unit.yaml": mine.read_bytes().replace(b"tasks:\n", b"")}
        payload |= {f"evidence/anh-{n}.jpg": b"\xff\xd8\xff" + dice.randbytes(SCAN) for n in range(EVIDENCE)}
        info = {
            "Danvan-Unit": name,
            "Danvan-Plan": "2023",
            "Danvan-Deliverable": "6m",
            "Danvan-Number": f"{i}/BC-SGĐ{i}",
            "Danvan-Date": "2023-05-08",
        }
        (box / f"{name}.zip").write_bytes(bag.pack(f"{name}-6m", payload, info))


def take(folder: Path, to: Path) -> int:
    """Unzip every package of a folder, digest every file, write it with fsync; give how many files there were."""
    count = 0
    for path in sorted(folder.glob("*.zip")):
        with zipfile.ZipFile(path) as zipped:
            for entry in zipped.infolist():
                data = zipped.read(entry)
                hashlib.sha256(data).hexdigest()
                out = to / path.stem / entry.filename
                out.parent.mkdir(parents=True, exist_ok=True)
                with out.open("wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                count += 1
    return count


if __name__ == "__main__":
    _script, what, folder_, *rest = sys.argv
    match what:
        case "make":
            make(Path(folder_), int(rest[0]))
        case "read":
            print(read(Path(folder_)))
        case "pack":
            pack(Path(folder_), int(rest[0]))
        case "take":
            print(take(Path(folder_), Path(rest[0])))
