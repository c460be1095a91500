"""Every command that writes, and what it is run on: a folder with a workspace `ws` and what lies beside it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import docx

from books import Book
from commands import called, environment
from danvan_cli.word.package import zipped_parts
from verified import OTHER, UNIT, scored_alike

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = "2023-12-29"
BY = ("--member", "Trần Thị Bình", "--reason", "đối chiếu hồ sơ")
THIRD = "so-noi-vu"


def ran(folder: Path, *arguments: object) -> str:
    """Run a command that must succeed in a scene's workspace; give what it prints."""
    done = called([*map(str, arguments)], folder / "ws", environment(TODAY))
    assert done.code == 0, (arguments, done.stdout, done.stderr)
    return done.stdout


def empty(folder: Path) -> None:
    """Give an empty folder."""
    (folder / "ws").mkdir()


def begun(folder: Path) -> None:
    """Give a workspace as `init` makes it; beside it a scan."""
    empty(folder)
    ran(folder, "init", "--sample")
    (folder / "bb.jpg").write_bytes(b"\xff\xd8\xff scan" * 20_000)
    (folder / "khác.docx").write_bytes(b"PK somebody's" * 20_000)


def recorded(folder: Path) -> None:
    """Let a unit record what the samples hold, and a piece of evidence."""
    begun(folder)
    ran(folder, "init-unit", UNIT, "--from", f"samples/{UNIT}.unit.yaml")
    ran(folder, "score", UNIT, "--answers", f"samples/{UNIT}.score.yaml", "--no-sheet")
    (folder / "cũ.jpg").write_bytes(b"\xff\xd8\xff old")
    ran(folder, "log", UNIT, "II.1.1", "--evidence", "../cũ.jpg", "--title", "Ảnh")


def unconfirmed(folder: Path) -> None:
    """Let three units begin, then change the plan."""
    begun(folder)
    ran(folder, "init-unit", UNIT, OTHER, THIRD)
    path = folder / "ws" / "plans" / "2023.yaml"
    text = path.read_text("utf-8")
    new = "          - id: II.1.9\n            label: Việc mới\n            owners: [all]\n            text: Việc mới của năm.\n\n"
    path.write_text(text.replace("          - id: II.1.3\n", new + "          - id: II.1.3\n"), "utf-8")


def filled(folder: Path) -> None:
    """Let a workbook be filled in, of a unit with records."""
    recorded(folder)
    ran(folder, "workbook", UNIT, "-o", "../so.xlsx")
    book = Book(folder / "so.xlsx")
    book.put("ke-hoach", "II.1.1|+1", "content", "Việc thêm")
    book.put("giai-trinh", "5.2", "evidence.title", "Lịch tiếp công dân")
    book.put("vuong-mac", "+1", "text", "Thiếu người")
    book.save()


def crooked(folder: Path) -> None:
    """Spoil the plan and two units' files where `check --fix` mends them; beside them a Word file with wrong margins."""
    unconfirmed(folder)
    ran(folder, "export", "-o", "../ke-hoach.docx")
    for unit in (UNIT, OTHER):
        path = folder / "ws" / "units" / unit / "unit.yaml"
        path.write_text(path.read_text("utf-8") + "drafter: Văn  phòng \n", "utf-8")
    path = folder / "ws" / "plans" / "2023.yaml"
    path.write_text(path.read_text("utf-8").replace("before: 2023-05-10", "before: 10/5/2023", 1), "utf-8")
    from danvan_cli.ooxml.parts import read_parts

    parts = read_parts((folder / "ke-hoach.docx").read_bytes())
    document = re.sub(rb'w:left="\d+"', b'w:left="500"', parts["word/document.xml"])
    (folder / "ke-hoach.docx").write_bytes(zipped_parts(parts | {"word/document.xml": document}))


def posted(folder: Path) -> None:
    """Let three packages of one unit wait for the province, the last the newest; only the second has answers."""
    recorded(folder)
    (folder / "hộp").mkdir()
    for i, what in enumerate(("6m", "tu-cham", "6m"), start=1):
        ran(folder, "log", UNIT, "--period", "6m", "--indicator", f"tin-bai={60 + i}")
        ran(folder, "submit", UNIT, "--period", what, "-o", f"../hộp/{i}.zip")
    (folder / "ws").rename(folder / "đơn vị")
    begun(folder)


def workbook_posted(folder: Path) -> None:
    """Let a filled workbook wait, beside the files that it is filled into."""
    filled(folder)
    (folder / "hộp").mkdir()
    (folder / "so.xlsx").rename(folder / "hộp" / "so.xlsx")


def reports_posted(folder: Path) -> None:
    """Let two versions of one report wait."""
    recorded(folder)
    (folder / "hộp").mkdir()
    for i in (1, 2):
        ran(folder, "log", UNIT, "--period", "6m", "--indicator", f"tin-bai={60 + i}")
        ran(folder, "report", UNIT, "--period", "6m", "-o", f"../hộp/BC {i} SYT.docx")
    (folder / "ws").rename(folder / "đơn vị")
    begun(folder)


def received(folder: Path) -> dict[str, str]:
    """Let the province have a report, and a unit an obstacle, whose id it is."""
    recorded(folder)
    (folder / "lạ.txt").write_bytes(b"?")
    ran(folder, "receive", "../bb.jpg", "--unit", UNIT, "--deliverable", "6m", "--received", "9/5/2023")
    found = json.loads(ran(folder, "obstacles", "--json"))["obstacles"]
    return {"obstacle": found[0]["id"]}


def urged(folder: Path) -> None:
    """Draft a letter to those who are late."""
    begun(folder)
    ran(folder, "remind", *LATE)


def asked(folder: Path) -> None:
    """Draft the letter that asks for a report."""
    begun(folder)
    ran(folder, *REQUEST)


def scored(folder: Path) -> None:
    """Let three units score themselves; beside them an opinion on two."""
    begun(folder)
    scored_alike(folder / "ws")
    said = "".join(f'  {one}:\n    "9.1": {{points: 7.5, reason: khá}}\n' for one in (UNIT, OTHER, THIRD))
    (folder / "ý kiến.yaml").write_text(
        f"format: danvan-opinions/1\nmember: Trần Thị Bình\ndate: 2023-12-09\nunits:\n{said}", "utf-8"
    )


def verified(folder: Path) -> None:
    """Verify the scores of three units."""
    scored(folder)
    ran(folder, "review", "take", "../ý kiến.yaml")


def noticed(folder: Path) -> None:
    """Tell units what was verified."""
    verified(folder)
    ran(folder, *NOTICE)


def settled(folder: Path) -> None:
    """Settle what was verified."""
    noticed(folder)
    ran(folder, *FINAL)


def forms(folder: Path) -> None:
    """Put a form of the user's own beside the workspace."""
    recorded(folder)
    document = docx.Document()
    document.add_paragraph("Kính gửi {{ unit.name }}")
    document.save(str(folder / "mẫu.docx"))


@dataclass(frozen=True)
class Writing:
    """A command that writes.

    Args:
        scene: makes what it is run on.
        arguments: its arguments.
        code: its exit code.
        again: the same once it is done; then it changes nothing, and may say that it is done already.
        odd: files that it writes more than once, as a pattern: they may be neither as before nor as in the end.
        most: so many of its events are taken; 0 is all.
        brief: how it is stopped in the short form, at few of its events.
        spare: files that only a run leaves which nothing stopped, as a pattern: copies of what is superseded.
    """

    scene: Callable[[Path], dict[str, str] | None]
    arguments: tuple[str, ...]
    code: int = 0
    again: int = 0
    odd: str = ""
    most: int = 0
    brief: tuple[str, ...] = ()
    spare: str = ""
    cwd: str = "ws"
    today: str = TODAY


LATE = ("--as-of", "15/5/2023", "--answer-by", "20/5/2023", "--deliverable", "6m", "--block", "huyen")
REQUEST = ("request", "dan-chu", "--name", "Báo cáo dân chủ", "--owner", "huyen", "--by", "31/8/2023")
BLOCK = ("--block", "so-ban-nganh")
NOTICE = ("review", "notice", *BLOCK, "-n", "312/TB", "-d", "11/12/2023", "--answer-by", "15/12/2023")
FINAL = ("review", "final", *BLOCK, "-d", "20/12/2023")
RECEIVE = ("receive", "../hộp", "--received", "9/5/2023")
CASES = {
    "init": Writing(empty, ("init", "--sample", "--ci", "gitlab"), most=40),
    "demo": Writing(empty, ("demo", "thử"), odd="pending.txt|unit.yaml|de-xuat|reminders", spare=r"written/.*zip$|de-xuat/.*\.bak$", most=12),
    "init-unit": Writing(begun, ("init-unit", UNIT, "--from", f"samples/{UNIT}.unit.yaml")),
    "init-unit two": Writing(begun, ("init-unit", UNIT, OTHER)),
    "update-unit": Writing(unconfirmed, ("update-unit", "--all")),
    "new-year": Writing(recorded, ("new-year", "2024"), again=2, odd=r"\.closed\.json$", most=24),
    "log": Writing(recorded, ("log", UNIT, "II.1.1", "--status", "xong", "--period", "6m", "--result", "Đã họp.")),
    "log --evidence": Writing(recorded, ("log", UNIT, "II.1.1", "--evidence", "../bb.jpg", "--title", "Biên bản"), brief=("kill",)),
    "log --issued": Writing(
        recorded, ("log", UNIT, "--issued", "6m", "--number", "9/BC-SYT", "--date", "5/5/2023", "--file", "../bb.jpg")
    ),
    "log --activity": Writing(recorded, ("log", UNIT, "II.1.1", "--activity", "Họp giao ban")),
    "log --obstacle": Writing(recorded, ("log", UNIT, "--obstacle", "Thiếu người")),
    "log --confirm": Writing(unconfirmed, ("log", UNIT, "--confirm")),
    "log --from": Writing(unconfirmed, ("log", UNIT, "--from", f"samples/{UNIT}.unit.yaml")),
    "score": Writing(recorded, ("score", UNIT)),
    "score --report": Writing(recorded, ("score", UNIT, "--report")),
    "score --answers": Writing(begun, ("score", UNIT, "--answers", f"samples/{UNIT}.score.yaml")),
    "score --accept": Writing(recorded, ("score", UNIT, "--accept")),
    "workbook": Writing(recorded, ("workbook", UNIT)),
    "workbook --to": Writing(recorded, ("workbook", UNIT, "--to", "gửi đi")),
    "workbook --by-lead": Writing(recorded, ("workbook", UNIT, "--by-lead")),
    "fill": Writing(filled, ("fill", "../so.xlsx")),
    "report": Writing(recorded, ("report", UNIT, "--period", "6m")),
    "report --force": Writing(recorded, ("report", UNIT, "--period", "6m", "-o", "../khác.docx", "--force")),
    "submit": Writing(recorded, ("submit", UNIT, "--period", "6m")),
    "receive packages": Writing(posted, RECEIVE, odd="pending.txt|unit.yaml", spare=r"written/.*zip$", brief=("kill",)),
    "receive workbook": Writing(workbook_posted, RECEIVE, odd="pending.txt"),
    "receive reports": Writing(reports_posted, RECEIVE, odd="pending.txt|de-xuat", spare=r"de-xuat/.*\.bak$"),
    "receive --aside": Writing(received, ("receive", "../lạ.txt", "--aside", "gác"), code=1, again=2),
    "send-back": Writing(received, ("send-back", UNIT, "6m", "--reason", "Thiếu", "--by", "31/12/2023"), again=2),
    "remind": Writing(received, ("remind", *LATE), most=50),
    "remind --each": Writing(received, ("remind", *LATE, "--each"), odd="reminders", most=40),
    "remind --issued": Writing(urged, ("remind", "--issued", "6m", "--number", "118/SNV", "--date", "15/5/2023"), again=2),
    "obstacles": Writing(received, ("obstacles", "{obstacle}", "--answer", "Mở lớp", "--document", "12/SNV")),
    "obstacles --letter": Writing(received, ("obstacles", "--unit", UNIT, "--letter")),
    "extend": Writing(begun, ("extend", "6m", UNIT, "--by", "20/5/2023", "-n", "95/UBND", "-d", "28/4/2023")),
    "exempt": Writing(begun, ("exempt", "6m", UNIT, "-n", "95/UBND", "-d", "28/4/2023")),
    "request": Writing(begun, REQUEST),
    "request -n": Writing(asked, (*REQUEST, "-n", "210/SNV", "-d", "1/8/2023")),
    "review set": Writing(scored, ("review", "set", UNIT, "9.1=8", *BY)),
    "review book": Writing(scored, ("review", "book", *BLOCK)),
    "review take": Writing(scored, ("review", "take", "../ý kiến.yaml"), brief=("full",)),
    "review inspect": Writing(verified, ("review", "inspect", *BLOCK, "--finding", "Chưa công khai")),
    "review notice": Writing(verified, NOTICE),
    "review explained": Writing(noticed, ("review", "explained", UNIT, "-n", "99/SYT", "-d", "14/12/2023")),
    "review letter": Writing(noticed, ("review", "letter", UNIT)),
    "review team": Writing(scored, ("review", "team")),
    "review final": Writing(noticed, FINAL),
    "review official": Writing(settled, ("review", "official", *BLOCK, "--decision", "88/QĐ", "--date", "28/12/2023")),
    "rank -o": Writing(settled, ("rank", *BLOCK, "-o", "../xếp hạng.xlsx")),
    "rank --docs": Writing(settled, ("rank", *BLOCK, "--docs")),
    "summary": Writing(received, ("summary", "--period", "6m")),
    "summary --for": Writing(received, ("summary", "--period", "6m", "--for", THIRD)),
    "calendar": Writing(begun, ("calendar", "-o", "../lịch.ics")),
    "export": Writing(begun, ("export", "-o", "../kế hoạch.docx")),
    "check": Writing(recorded, ("check",)),
    "check --fix": Writing(crooked, ("check", "--fix"), code=1, again=1),
    "format-check --fix": Writing(crooked, ("format-check", "../ke-hoach.docx", "--fix", "-o", "../sửa.docx")),
    "templates eject": Writing(begun, ("templates", "eject", "bao-cao", "--with-parts")),
    "report --template": Writing(forms, ("report", UNIT, "--period", "6m", "--template", "../mẫu.docx")),
}  # fmt: skip
