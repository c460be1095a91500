"""A whole year of thirty-four units of many habits, played through the public commands only.

What was played is written down beside it in the plainest way; every state of `status`, every total of `summary`, `rank`
and `review show`, on the screen and on paper, must equal what plain code makes of what the units sent (`apart.py`).
"""

from __future__ import annotations

import json
import random
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from email.message import EmailMessage
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
import yaml
from openpyxl import load_workbook

import apart
import pdf_files
from word_files import blank

if TYPE_CHECKING:
    from commands import Result, Run

SEED = 2023
SIX, YEAR = date(2023, 5, 9), date(2023, 11, 9)
"""The last days of the six-month report, and of the year's report and the self-score."""
END = date(2023, 12, 31)
HABITS = (
    "early", "early", "last-day", "late", "late", "wrong-figures", "two-versions", "broken", "wrong-workbook", "returned",
    "returned-late", "returned-never", "extended", "exempt", "merged", "mac", "scaffold", "mail", "signed", "scan",
)  # fmt: skip
"""What those do who send anything; all others are silent."""
PAPER = ("mail", "signed", "scan")
"""Whose six-month report is a paper of their own, without figures that danvan reads by itself."""
FIGURES = ("tin-bai", "doi-thoai", "cb-boi-duong")
AGAIN = date(2023, 5, 25)
"""By when what was returned is to be sent again."""


@dataclass
class Player:
    """A unit, its habit, its figures by period, and what it makes of its own score."""

    id: str
    habit: str
    figures: dict[str, dict[str, int]]
    superior: Decimal
    less: bool
    """Whether it gives itself two points less than the sample does."""
    sent: dict[str, list[date]] = field(default_factory=dict)
    raw: dict[str, Any] = field(default_factory=dict)
    """Its record as the last package carried it."""
    answers: dict[str, Any] = field(default_factory=dict)


def read_yaml(text: str) -> dict[str, Any]:
    """Read YAML as any program would."""
    found: dict[str, Any] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return found


@dataclass
class Stage:
    """Two workspaces, that of the units and that of the province, and how commands are run in them."""

    run: Run
    units: Path
    province: Path
    inbox: Path

    @cached_property
    def plan(self) -> dict[str, Any]:
        """The plan as plain YAML gives it."""
        return read_yaml((self.province / "plans" / "2023.yaml").read_text("utf-8"))

    @cached_property
    def rubric(self) -> dict[str, Any]:
        """The rubric, likewise."""
        (found,) = read_yaml((self.province / "plans" / "2023.rubric.yaml").read_text("utf-8"))["rubrics"]
        return found

    def unit(self, *arguments: object, day: date = END) -> Result:
        """Run a command that must succeed where the units work."""
        return self._do(self.units, arguments, day)

    def desk(self, *arguments: object, day: date = END) -> Result:
        """Run a command that must succeed at the province's desk."""
        return self._do(self.province, arguments, day)

    def _do(self, folder: Path, arguments: tuple[object, ...], day: date) -> Result:
        done = self.run(*arguments, cwd=folder, today=day.isoformat())
        assert done.code == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done

    def json(self, *arguments: object, day: date = END) -> Any:
        """Give what a command of the province tells programs."""
        return json.loads(self.desk(*arguments, "--json", day=day).stdout)


@pytest.fixture
def stage(run: Run, tmp_path: Path) -> Stage:
    """Give both workspaces."""
    units, province, inbox = (tmp_path / name for name in ("các đơn vị", "tỉnh", "hộp thư"))
    for folder in (units, province):
        assert run("init", folder, "--sample").code == 0
    inbox.mkdir()
    return Stage(run, units, province, inbox)


def cast(stage: Stage) -> list[Player]:
    """Give each unit its habit and its figures, the same in every run."""
    dice = random.Random(SEED)
    found = json.loads(stage.unit("show", "--json").stdout)["units"]
    names = [one["id"] for one in found if one["id"] != "so-noi-vu"]
    dice.shuffle(names)
    order = ["so-noi-vu", *names]
    habits = [*HABITS, *["silent"] * (len(order) - len(HABITS))]
    return [
        Player(
            one, habit, {period: {name: dice.randrange(1, 400) for name in FIGURES} for period in ("6m", "1y")},
            Decimal(dice.randrange(8, 21)) / 2, dice.random() < 0.5,
        )
        for one, habit in zip(order, habits, strict=True)
    ]  # fmt: skip


# What is played -------------------------------------------------------------------------------------------------------


def begin(stage: Stage, one: Player) -> None:
    """Adopt the plan and record the first half of the year."""
    sample = (stage.units / "samples" / "so-y-te.unit.yaml").read_text("utf-8")
    if one.less:  # these have no figures of last year
        sample = re.sub(r"^(  (?:tin-bai|hs-da-giai-quyet):.*?), 6m-2022.*", r"\1}", sample, flags=re.MULTILINE)
    mine = stage.inbox.parent / f"{one.id}.yaml"
    mine.write_text(re.sub(r"^unit: .*$", f"unit: {one.id}", sample, flags=re.MULTILINE), "utf-8")
    stage.unit("init-unit", one.id, "--from", mine)
    figures(stage, one, "6m")
    if one.habit == "wrong-figures":
        stage.unit("log", one.id, "--period", "6m", "--indicator", "don-da-giai-quyet=99999")


def figures(stage: Stage, one: Player, period: str) -> None:
    """Record a unit's figures of a period."""
    said = [text for name in FIGURES for text in ("--indicator", f"{name}={one.figures[period][name]}")]
    stage.unit("log", one.id, "--period", period, *said)


def pack(stage: Stage, one: Player, deliverable: str, day: date) -> Path:
    """Pack what a unit sends, into the mail of a day."""
    box = stage.inbox / day.isoformat()
    box.mkdir(exist_ok=True)
    path = box / f"{one.id}-{deliverable}.zip"
    stage.unit("submit", one.id, "--period", deliverable, "-o", path, day=day)
    one.sent.setdefault(deliverable, []).append(day)
    one.raw = read_yaml((stage.units / "units" / one.id / "unit.yaml").read_text("utf-8"))
    return path


SIX_MONTHS = {
    "early": [date(2023, 4, 28)], "last-day": [SIX], "late": [date(2023, 5, 12)], "silent": [],
    "wrong-figures": [date(2023, 5, 5)], "two-versions": [date(2023, 5, 4), date(2023, 5, 10)],
    "broken": [date(2023, 5, 8)], "wrong-workbook": [], "returned": [date(2023, 5, 6), date(2023, 5, 24)],
    "returned-late": [date(2023, 5, 6), date(2023, 5, 27)], "returned-never": [date(2023, 5, 6)],
    "extended": [date(2023, 5, 18)], "exempt": [], "merged": [date(2023, 5, 5)], "mac": [date(2023, 5, 8)],
    "scaffold": [date(2023, 5, 8)], "mail": [date(2023, 5, 7)], "signed": [date(2023, 5, 11)], "scan": [date(2023, 5, 3)],
}  # fmt: skip
"""On which days each habit sends its six-month report."""


def send_six_months(stage: Stage, one: Player) -> None:
    if one.habit in PAPER:
        send_paper(stage, one, SIX_MONTHS[one.habit][0])
        return
    if one.habit == "scaffold":
        stage.desk("init-unit", one.id)
    for i, day in enumerate(SIX_MONTHS[one.habit]):
        if i:
            one.figures["6m"]["tin-bai"] += 1000
            figures(stage, one, "6m")
        whole = pack(stage, one, "6m", day)
        if one.habit == "mac":
            zipped_by_finder(whole)
        if one.habit == "broken":
            early = stage.inbox / "2023-05-03"
            early.mkdir(exist_ok=True)
            (early / whole.name).write_bytes(whole.read_bytes()[:5000])
    if one.habit == "wrong-workbook":
        box = stage.inbox / "2023-05-03"
        box.mkdir(exist_ok=True)
        path = box / f"{one.id}.xlsx"
        stage.unit("workbook", one.id, "-o", path)
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2])


def zipped_by_finder(path: Path) -> None:
    """Zip a file again as Finder does, with its leftovers."""
    data = path.read_bytes()
    with zipfile.ZipFile(path, "w") as archive:
        for name, held in ((path.name, data), (f"__MACOSX/._{path.name}", b"\0\5\x16\7"), (".DS_Store", b"\0Bud1")):
            archive.writestr(f"Báo cáo/{name}", held)


def send_paper(stage: Stage, one: Player, day: date) -> None:
    """Send a paper of one's own: Word in a mail, a PDF with its number in the field of a signature, a scan."""
    box = stage.inbox / day.isoformat()
    box.mkdir(exist_ok=True)
    unit = next(it for it in stage.plan["units"] if it["id"] == one.id)
    name = {"mail": "báo cáo.docx", "signed": "da ky.pdf", "scan": "quét.jpg"}[one.habit]
    if one.habit == "mail":
        mail = EmailMessage()
        mail.set_content("Kính gửi Sở Nội vụ.")
        mail.add_attachment(own_style(unit), maintype="application", subtype="octet-stream", filename=name)
        (box / "thư.eml").write_bytes(mail.as_bytes())
    elif one.habit == "signed":
        (box / name).write_bytes(signed_pdf(unit["abbr"]))
    else:
        (box / name).write_bytes(b"\xff\xd8\xff" + one.id.encode())
    if one.habit != "mail":
        told = f"Tệp;Đơn vị;Báo cáo\n{name};{one.id};6m\n"
        (stage.inbox.parent / f"{day}.csv").write_text(told, "utf-8")
    one.sent.setdefault("6m", []).append(day)


def signed_pdf(abbr: str) -> bytes:
    """Write a PDF whose number stands in a field, put there after it was signed."""
    told = "".join(one for one in abbr if one.isascii())
    head = f"BT /F 12 Tf 50 703 Td (S\\001:                /BC-{told}) Tj 0 -40 Td (BAO CAO) Tj ET"
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [1 /uni1ED1] >> >>"
    return pdf_files.pdf(head, pdf_files.field(80, 700, 6), pdf_files.form("45"), font, fonts="/F 7 0 R")


def own_style(unit: dict[str, Any]) -> bytes:
    """Write a report as a unit would that never saw danvan."""
    word, out = blank(), BytesIO()
    head = word.add_table(2, 2)
    head.cell(0, 0).text = unit.get("full", unit["name"]).upper()
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    head.cell(1, 0).text = f"Số: 37/BC-{unit['abbr']}"
    for text in ("BÁO CÁO", "Kết quả công tác dân vận chính quyền 06 tháng đầu năm 2023", "Đã hoàn thành."):
        word.add_paragraph(text)
    word.save(out)
    return out.getvalue()


def receive_all(stage: Stage, first: date, last: date) -> list[str]:
    """Take in each day's mail on its day; give the names of what was refused."""
    refused = []
    for box in sorted(stage.inbox.iterdir()):
        day = date.fromisoformat(box.name)
        if first <= day <= last:
            listed = stage.inbox.parent / f"{box.name}.csv"
            how = ("--list", listed) if listed.exists() else ()
            done = stage.run(
                "receive", box, "--received", day, "--json", *how, cwd=stage.province, today=day.isoformat()
            )
            told = json.loads(done.stdout)["files"]
            bad = [Path(one["files"][0]).name for one in told if one["state"] == "refused"]
            assert done.code == (1 if bad else 0), done.stderr
            assert {one["state"] for one in told} <= {"filed", "refused"}
            refused += bad
    return refused


def amend(stage: Stage) -> None:
    """Change the plan in June by a document: what one task asks for."""
    for folder in (stage.units, stage.province):
        path = folder / "plans" / "2023.yaml"
        text = path.read_text("utf-8")
        for old, new in (
            ("Thường xuyên đổi mới", "Thường xuyên, chủ động đổi mới"),
            ("\nrevision: 1\n", "\nrevision: 2\n"),
        ):
            assert old in text
            text = text.replace(old, new, 1)
        path.write_text(
            text.rstrip("\n")
            + "\namendments:\n  - {type: Kế hoạch, number: 88/KH-UBND, date: 2023-06-20, revision: 2, covers: [II.1.2]}\n",
            "utf-8",
        )


def merge(stage: Stage, gone: str, heir: str) -> None:
    """Let a unit end with June; another takes over."""
    for folder in (stage.units, stage.province):
        path = folder / "plans" / "2023.yaml"
        text = path.read_text("utf-8")
        changed = re.sub(rf"(- \{{id: {gone},)", rf"\1 to: 2023-06-30, successors: [{heir}],", text)
        assert changed != text
        path.write_text(changed, "utf-8")


def second_half(stage: Stage, one: Player) -> None:
    """Bring in the amendment, record the year, score oneself; the careless one forgets the amendment at first."""
    if one.habit in {"silent", "merged"}:
        return
    day = {"early": date(2023, 11, 1), "late": date(2023, 11, 12)}.get(one.habit, date(2023, 11, 8))
    figures(stage, one, "1y")
    if one.habit == "extended":
        careless = pack(stage, one, "1y", date(2023, 11, 7))
        one.sent["1y"].pop()
        careless.rename(careless.with_name(f"cũ-{careless.name}"))
    stage.unit("update-unit", one.id)
    stage.unit("log", one.id, "--confirm")
    sample = (stage.units / "samples" / "so-y-te.score.yaml").read_text("utf-8")
    if one.less:
        sample = sample.replace("level: day-du", "level: chua-day-du", 1)
    lines = [line for line in sample.splitlines() if not line.startswith("unit:")]
    at = next(i for i, line in enumerate(lines) if line.startswith("format:"))
    lines.insert(at + 1, f"unit: {one.id}")
    score = "\n".join(lines) + "\n"
    one.answers = read_yaml(score)["answers"]
    (stage.units / "units" / one.id / "score.yaml").write_text(score, "utf-8")
    pack(stage, one, "1y", day)
    pack(stage, one, "tu-cham", day)


def verify(stage: Stage, players: list[Player]) -> None:
    """Verify every score that came, then settle it and make it official."""
    said = "".join(
        f'  {one.id}:\n    "9.1": {{points: {one.superior}, reason: "chất lượng tham mưu"}}\n'
        for one in players
        if "tu-cham" in one.sent
    )
    file = stage.inbox.parent / "y-kien.yaml"
    file.write_text(f"format: danvan-opinions/1\nmember: Trần Thị Bình\ndate: 2023-12-10\nunits:\n{said}", "utf-8")
    stage.desk("review", "take", file, day=date(2023, 12, 10))
    assert stage.run("rank", "--docs", cwd=stage.province, today="2023-12-10").code == 1, (
        "late ones say they were in time"
    )
    stage.desk("review", "tracked", "--member", "Trần Thị Bình", day=date(2023, 12, 10))
    for block in ("so-ban-nganh", "su-nghiep", "huyen"):
        stage.desk(
            "review",
            "notice",
            "--block",
            block,
            "--number",
            f"312/TB-{block}",
            "--date",
            "11/12/2023",
            "--answer-by",
            "15/12/2023",
        )
        stage.desk("review", "final", "--block", block, "--date", "20/12/2023")
        stage.desk("review", "official", "--block", block, "--decision", "99/QĐ-UBND", "--date", "28/12/2023")


# What must come of it -------------------------------------------------------------------------------------------------


def wanted_six(one: Player, on: date) -> tuple[str, int | None, str]:
    """Give state, days and last day of a unit's six-month report, as it was played."""
    by = {"extended": date(2023, 5, 20), "returned": AGAIN, "returned-late": AGAIN, "returned-never": AGAIN}.get(
        one.habit, SIX
    )
    sent = [day for day in SIX_MONTHS[one.habit] if day <= on]
    if one.habit == "exempt":
        return "exempt", None, SIX.isoformat()
    if one.habit.startswith("returned") and on >= date(2023, 5, 15):
        if len(sent) < 2:
            return "returned", (AGAIN - on).days, AGAIN.isoformat()
        return (*_in_time(sent[1], AGAIN), AGAIN.isoformat())
    if one.habit.startswith("returned"):
        by = SIX
    if sent:
        return (*_in_time(sent[0], by), by.isoformat())
    left = (by - on).days
    return ("overdue", -left, by.isoformat()) if left < 0 else ("extended" if by > SIX else "due", left, by.isoformat())


def _in_time(sent: date, by: date) -> tuple[str, int]:
    return ("submitted", (by - sent).days) if sent <= by else ("late", (sent - by).days)


def wanted_year(one: Player) -> tuple[str, int] | None:
    """Give state and days of a unit's report of the year, and of its self-score, at the year's end."""
    if one.habit == "merged":
        return None
    if one.habit == "silent":
        return "overdue", (END - YEAR).days
    return _in_time({"early": date(2023, 11, 1), "late": date(2023, 11, 12)}.get(one.habit, date(2023, 11, 8)), YEAR)


def spring(stage: Stage, players: list[Player], of: dict[str, list[str]]) -> None:
    """Play the year up to June: the plan is adopted, a date put off, a unit let off; the first reports come."""
    for one in players:
        if one.habit != "silent":
            begin(stage, one)
    stage.desk("extend", "6m", *of["extended"], "--by", "20/5/2023", "-n", "95/UBND-NC", "-d", "28/4/2023")
    stage.desk("exempt", "6m", *of["exempt"], "-n", "96/UBND-NC", "-d", "28/4/2023")
    (stage.units / "plans" / "2023.yaml").write_bytes((stage.province / "plans" / "2023.yaml").read_bytes())
    for one in players:
        send_six_months(stage, one)
    assert len(receive_all(stage, date(2023, 1, 1), date(2023, 5, 14))) == 2
    back, day = ("--reason", "Thiếu phụ lục", "--date", "15/5/2023", "--by", "25/5/2023"), date(2023, 5, 15)
    for name in (*of["returned"], *of["returned-late"], *of["returned-never"]):
        stage.desk("send-back", name, "6m", *back, day=day)
    urged = stage.desk("remind", "--as-of", "16/5/2023", "--deliverable", "6m", day=date(2023, 5, 16))
    late = sum(1 for one in players if wanted_six(one, date(2023, 5, 16))[0] == "overdue")
    assert f"{late} đơn vị chưa gửi «6m», lần 1" in urged.stdout
    assert not receive_all(stage, date(2023, 5, 15), date(2023, 6, 30))


def test_a_year_of_thirty_four_units(stage: Stage) -> None:
    players = cast(stage)
    of = {habit: [one.id for one in players if one.habit == habit] for habit in HABITS}
    spring(stage, players, of)
    june = date(2023, 6, 30)
    for on in (date(2023, 4, 30), SIX, date(2023, 5, 20), date(2023, 5, 26), date(2023, 6, 1)):
        assert states(stage, "6m", on) == {one.id: wanted_six(one, on) for one in players}, on
    numbers = {one["unit"]: one["symbol"] for one in stage.json("status", "--as-of", june)["rows"] if one["symbol"]}
    assert {numbers[one][:3] for one in of["signed"]} == {"45/"}, "the number stands in the field of a signature"
    assert {numbers[one][:3] for one in of["mail"]} == {"37/"}
    told = summed_up(stage, "6m", june, players)
    assert {name for one in told["figures"] for name in one["breaks"]} == {*of["wrong-figures"]}
    assert set(told["unread"]) == {one.id for one in players if one.habit in PAPER}
    count, sent = Counter(wanted_six(one, june)[0] for one in players), told["sent"]
    assert [sent[key] for key in ("in_time", "late", "overdue", "returned")] == [
        count[key] for key in ("submitted", "late", "overdue", "returned")]  # fmt: skip
    assert set(sent["missing_units"]) == {one.id for one in players if "6m" not in one.sent and one.habit != "exempt"}
    summary_on_paper(stage, "6m", june, players, {one.id: wanted_six(one, june)[0] for one in players})

    amend(stage)
    (gone,) = of["merged"]
    merge(stage, gone, "so-noi-vu")
    asked = ("--owner", "huyen", "--by", "31/8/2023", "-n", "210/SNV", "-d", "1/8/2023")
    stage.desk("request", "dan-chu", "--name", "Báo cáo dân chủ ở cơ sở", *asked)
    districts = {one["id"] for one in stage.json("show")["units"] if one["block"] == "huyen"} - {gone}
    assert states(stage, "dan-chu", date(2023, 9, 1)) == dict.fromkeys(districts, ("overdue", 1, "2023-08-31"))

    for one in players:
        second_half(stage, one)
    assert receive_all(stage, date(2023, 11, 1), date(2023, 11, 30)) == [f"cũ-{name}-1y.zip" for name in of["extended"]]
    year = {one.id: it for one in players if (it := wanted_year(one)) is not None}
    for name in ("1y", "tu-cham"):
        assert states(stage, name, END) == {unit: (*it, YEAR.isoformat()) for unit, it in year.items()}
    tracking_book(
        stage, {"6m": [wanted_six(one, END)[0] for one in players], "1y": [state for state, _ in year.values()]}
    )
    summed_up(stage, "1y", END, players)

    verify(stage, players)
    ranked(stage, players, gone)
    stage.desk("rank", "--docs", "--final")
    results_on_paper(stage, players)
    summary_on_paper(stage, "1y", END, players, {unit: state for unit, (state, _days) in year.items()})
    stage.desk("check")


def states(stage: Stage, deliverable: str, on: date) -> dict[str, tuple[str, int | None, str]]:
    """Give state, days and last day of all who owe something."""
    rows = stage.json("status", "--as-of", on)["rows"]
    return {
        one["unit"]: (one["state"], one["days"], one["last_day"]) for one in rows if one["deliverable"] == deliverable
    }


# Every total once more -----------------------------------------------------------------------------------------------

BESIDE = {"6m": "6m-2022", "1y": "1y-2022-ck"}
STATES = ("done", "doing", "todo", "unknown")


def read_units(players: list[Player], period: str) -> dict[str, Any]:
    """Give the records of those who reported by a package."""
    return {one.id: one.raw for one in players if period in one.sent and not (period == "6m" and one.habit in PAPER)}


def summed_up(stage: Stage, period: str, on: date, players: list[Player]) -> dict[str, Any]:
    """Hold all totals of a period against what plain code makes of what units sent; give what the summary told."""
    told: dict[str, Any] = stage.json("summary", "--period", period, "--as-of", on, day=on)
    plan, units = stage.plan, read_units(players, period)
    value, both = apart.figures(plan, units, period), apart.beside(plan, units, period, BESIDE[period])
    estimate = apart.figures(plan, units, f"{period}-uoc")
    assert any(it and it[0] < len(units) for it in both.values())
    for one in told["figures"]:
        id_ = one["id"]
        assert (one["units"], one["value"]) == (_told(value[id_]) if value[id_] else (0, None)), id_
        assert one["estimate"] == (_told(estimate[id_])[1] if estimate[id_] else None), id_
        wanted = both[id_]
        got = one["beside"] and (one["beside"]["units"], one["beside"]["previous"], one["beside"]["value"])
        assert got == (wanted and (wanted[0], str(wanted[1]), str(wanted[2]))), id_
    progress = apart.progress(plan, units, period, ["1y"] if period == "6m" else [])
    assert {one["area"]: [one[it] for it in STATES] for one in told["progress"]} == {
        area: [count[it] for it in STATES] for area, count in progress.items()
    }
    broken = {name for those in apart.broken(plan, units, period).values() for name in those}
    assert {name for one in told["figures"] for name in one["breaks"]} == broken
    return told


def _told(total: tuple[int, Decimal] | None) -> tuple[int, str]:
    assert total
    return total[0], str(total[1])


WORDS = {
    "submitted": "đúng hạn",
    "late": "gửi chậm",
    "overdue": "quá hạn",
    "returned": "trả lại",
    "exempt": "được miễn",
}


def summary_on_paper(stage: Stage, period: str, on: date, players: list[Player], sent: dict[str, str]) -> None:
    """Hold the tables of the consolidated report and its annex against the same."""
    stage.desk("summary", "--period", period, "--as-of", on, day=on)
    path = stage.province / "build" / f"tong-hop-{period}-den-{on}.docx"
    plan, units, word = stage.plan, read_units(players, period), docx.Document(path)
    table = {one.rows[0].cells[1].text + one.rows[0].cells[-1].text: rows_of(one) for one in word.tables[2:]}
    value, both = apart.figures(plan, units, period), apart.beside(plan, units, period, BESIDE[period])
    estimate = apart.figures(plan, units, f"{period}-uoc")
    figures = next(rows for head, rows in table.items() if head.startswith("Chỉ tiêu"))
    sheet = load_workbook(path.with_suffix(".xlsx"), data_only=True)["Số liệu"]
    (sums,) = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5) if row[1].value == "Tổng hợp"]
    for at, (one, row) in enumerate(zip(plan["indicators"]["items"], figures[1:], strict=True)):
        total, pair, guess = value[one["id"]], both[one["id"]], estimate[one["id"]]
        assert row[1] == one["name"]
        assert row[4].split()[0] == str(total[0] if total else 0)
        assert sums[2 + at] == (total[1] if total else None)
        if total:
            assert row[3] == apart.written(total[1])
            assert row[5:7] == ([apart.written(pair[1]), apart.written(pair[2])] if pair else ["", ""])
            assert row[8:] == ([apart.written(guess[1])] if guess else [""] * (period == "1y"))
    progress = apart.progress(plan, units, period, ["1y"] if period == "6m" else [])
    every = sum(progress.values(), Counter())
    assert table["Nội dungCộng"][-1][2:] == [*(str(every[it]) for it in STATES), str(every.total())]
    states_ = table["Cơ quan, đơn vị, địa phươngTình trạng"][1:]
    assert Counter(next(key for key, word in WORDS.items() if row[-1].startswith(word)) for row in states_) == Counter(
        sent.values()
    )
    if period == "1y":
        _results_in(table["Cơ quan, đơn vị, địa phươngHạng trong khối"], stage, players, 3)


def tracking_book(stage: Stage, wanted: dict[str, list[str]]) -> None:
    """Hold the sums of the tracking book against the states that were played."""
    path = stage.province / "build" / "sổ.xlsx"
    stage.desk("status", "--as-of", END, "-o", path)
    name = {one["id"]: one["name"] for one in stage.plan["deliverables"]}
    rows = [
        [cell.value for cell in row] for row in load_workbook(path, data_only=True)["Tổng hợp"].iter_rows(min_row=4)
    ]
    for id_, every in wanted.items():
        column, count = rows[0].index(name[id_]), Counter(every)
        sums = {row[1].removeprefix("Cộng: "): row[column] for row in rows if str(row[1]).startswith("Cộng: ")}
        assert {state: sums.get(word, 0) for state, word in WORDS.items()} == {state: count[state] for state in WORDS}


def rows_of(table: Any) -> list[list[str]]:
    """Read a table's cells; what Word joins is read as often as it is wide."""
    return [
        ["".join(t.text or "" for t in cell.iter(f"{W}t")) for cell in row.iter(f"{W}tc")] for row in table._tbl.tr_lst
    ]


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _results_in(rows: list[list[str]], stage: Stage, players: list[Player], column: int) -> None:
    """Hold the points in a table of results against those that were played."""
    name = {one["id"]: one["name"] for one in stage.plan["units"]}
    wanted = {
        name[one.id]: f"{sum(points(stage, one)[1].values()):.2f}".replace(".", ",") for one in players if one.answers
    }
    assert {row[1]: row[column] for row in rows if len(row) > column and row[1] in wanted} == wanted


def results_on_paper(stage: Stage, players: list[Player]) -> None:
    """Hold the annex of the decision, and how many are in each band, against what was played."""
    word = docx.Document(stage.province / "build" / "xep-loai" / "quyet-dinh-cong-nhan.docx")
    _results_in(rows_of(word.tables[-1]), stage, players, 2)
    text = "\n".join(one.text for one in word.paragraphs)
    proposal = docx.Document(stage.province / "build" / "xep-loai" / "to-trinh-cong-nhan.docx")
    sent, every = sum(1 for one in players if one.answers), sum(1 for one in players if one.habit != "merged")
    assert any(one.text.endswith(f"tự chấm điểm: {sent}/{every}.") for one in proposal.paragraphs)
    bands = Counter(band(one, sum(points(stage, one)[1].values())) for one in players if one.answers)
    for id_, said in (("xuat-sac", "Hoàn thành xuất sắc nhiệm vụ"), ("tot", "Hoàn thành tốt nhiệm vụ")):
        assert f"- {said}: {f'{bands[id_]:02d} cơ quan' if bands[id_] else 'không có'}" in text


def points(stage: Stage, one: Player) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Give what a unit's criteria come to by its own answers, and verified: by receipts, and by who is above it."""
    mine, worth = apart.points(stage.rubric, one.answers), {"late": 1, "overdue": 0, "returned": 0}
    year = wanted_year(one)
    sent = {"8.1": wanted_six(one, END)[0], "8.2": year[0] if year else ""}
    return mine, mine | {"9.1": one.superior} | {key: Decimal(worth.get(it, 2)) for key, it in sent.items()}


def band(one: Player, total: Decimal) -> str:
    """Tell the band of a total: who sends the year's report late is not excellent."""
    year = wanted_year(one)
    late = year is not None and year[0] == "late"
    return "xuat-sac" if total >= 90 and not late else "tot" if total >= 75 else "hoan-thanh"


def ranked(stage: Stage, players: list[Player], gone: str) -> None:
    """Hold every place, score and band, and each criterion, against what was played."""
    found = {one.id: (one, *points(stage, one)) for one in players if one.answers}
    for told in stage.json("review", "show")["units"]:
        _one, mine, verified = found[told["unit"]]
        assert (told["self"], told["verified"]) == tuple(f"{sum(it.values()):.2f}" for it in (mine, verified))
        leaves = {it["id"]: (it["self"], it["verified"]) for it in told["criteria"] if it["id"] in verified}
        assert leaves == {
            id_: (f"{mine[id_]:.2f}" if id_ in mine else None, f"{it:.2f}") for id_, it in verified.items()
        }
    blocks = stage.json("rank")["blocks"]
    for block in blocks:
        rows = block["ranking"]
        sums = {it["unit"]: sum(found[it["unit"]][2].values(), Decimal(0)) for it in rows if it["unit"] in found}
        for row in rows:
            got = row["rank"], row["official"], row["band"]
            if (total := sums.get(row["unit"])) is None:
                assert got == (None, None, None)
            else:
                place = 1 + sum(1 for other in sums.values() if other > total)
                assert got == (place, f"{total:.2f}", band(found[row["unit"]][0], total)), row
    assert {one["unit"] for block in blocks for one in block["ranking"]} == {one.id for one in players} - {gone}
