"""A whole year of forty units of many habits, played through the public commands only.

What was played is written down beside it in the plainest way; at the end every state of `status`, every figure of
`summary` and every place of `rank` must equal that.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from commands import Result, Run

SEED = 2023
SIX, YEAR = date(2023, 5, 9), date(2023, 11, 9)
"""The last days of the six-month report, and of the year's report and the self-score."""
END = date(2023, 12, 31)
NEW = 6
HABITS = (
    ["early"] * 9 + ["last-day"] * 6 + ["late"] * 6 + ["never"] * 4 + ["wrong-figures"] * 3 + ["two-versions"] * 3
    + ["broken"] * 2 + ["wrong-workbook", "returned", "returned-late", "returned-never", "extended", "exempt", "merged"]
)  # fmt: skip
FIGURES = ("tin-bai", "doi-thoai", "cb-boi-duong")
SAMPLE = Decimal("79.47")
"""What the sample's answers come to."""
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


@dataclass
class Stage:
    """Two workspaces, that of the units and that of the province, and how commands are run in them."""

    run: Run
    units: Path
    province: Path
    inbox: Path

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
    """Give both workspaces, with a plan of forty units."""
    units, province, inbox = (tmp_path / name for name in ("các đơn vị", "tỉnh", "hộp thư"))
    for folder in (units, province):
        assert run("init", folder, "--sample").code == 0
        path = folder / "plans" / "2023.yaml"
        more = "".join(
            f"  - {{id: xa-{n}, name: UBND xã Số {n}, abbr: UBND, block: huyen, kind: UBND xã, place: Xã Số {n}, confirmed: false}}\n"
            for n in range(1, NEW + 1)
        )
        path.write_text(path.read_text("utf-8").rstrip("\n") + "\n" + more, "utf-8")
        assert run("check", cwd=folder).code == 0
    inbox.mkdir()
    return Stage(run, units, province, inbox)


def cast(stage: Stage) -> list[Player]:
    """Give each unit its habit and its figures, the same in every run."""
    dice = random.Random(SEED)
    found = json.loads(stage.unit("show", "--json").stdout)["units"]
    names = [one["id"] for one in found if one["id"] != "so-noi-vu"]
    dice.shuffle(names)
    order = ["so-noi-vu", *names]
    assert len(order) == len(HABITS) == 40
    return [
        Player(
            one, habit, {period: {name: dice.randrange(1, 400) for name in FIGURES} for period in ("6m", "1y")},
            Decimal(dice.randrange(8, 21)) / 2, dice.random() < 0.5,
        )
        for one, habit in zip(order, HABITS, strict=True)
    ]  # fmt: skip


# What is played -------------------------------------------------------------------------------------------------------


def begin(stage: Stage, one: Player) -> None:
    """Adopt the plan and record the first half of the year."""
    sample = (stage.units / "samples" / "so-y-te.unit.yaml").read_text("utf-8")
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
    return path


SIX_MONTHS = {
    "early": [date(2023, 4, 28)], "last-day": [SIX], "late": [date(2023, 5, 12)], "never": [],
    "wrong-figures": [date(2023, 5, 5)], "two-versions": [date(2023, 5, 4), date(2023, 5, 10)],
    "broken": [date(2023, 5, 8)], "wrong-workbook": [], "returned": [date(2023, 5, 6), date(2023, 5, 24)],
    "returned-late": [date(2023, 5, 6), date(2023, 5, 27)], "returned-never": [date(2023, 5, 6)],
    "extended": [date(2023, 5, 18)], "exempt": [], "merged": [date(2023, 5, 5)],
}  # fmt: skip
"""On which days each habit sends its six-month report."""


def send_six_months(stage: Stage, one: Player) -> None:
    for i, day in enumerate(SIX_MONTHS[one.habit]):
        if i:
            one.figures["6m"]["tin-bai"] += 1000
            figures(stage, one, "6m")
        whole = pack(stage, one, "6m", day)
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


def receive_all(stage: Stage, first: date, last: date) -> list[str]:
    """Take in each day's mail on its day; give the names of what was refused."""
    refused = []
    for box in sorted(stage.inbox.iterdir()):
        day = date.fromisoformat(box.name)
        if first <= day <= last:
            done = stage.run("receive", box, "--received", day, "--json", cwd=stage.province, today=day.isoformat())
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
        assert stage.run("check", cwd=folder).code == 0


def merge(stage: Stage, gone: str, heir: str) -> None:
    """Let a unit end with June; another takes over."""
    for folder in (stage.units, stage.province):
        path = folder / "plans" / "2023.yaml"
        text = path.read_text("utf-8")
        changed = re.sub(rf"(- \{{id: {gone},)", rf"\1 to: 2023-06-30, successors: [{heir}],", text)
        assert changed != text
        path.write_text(changed, "utf-8")
        assert stage.run("check", cwd=folder).code == 0


def second_half(stage: Stage, one: Player) -> None:
    """Bring in the amendment, record the year, score oneself; the careless one forgets the amendment at first."""
    if one.habit in {"never", "merged"}:
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
    (stage.units / "units" / one.id / "score.yaml").write_text("\n".join(lines) + "\n", "utf-8")
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
    if one.habit == "never":
        return "overdue", (END - YEAR).days
    return _in_time({"early": date(2023, 11, 1), "late": date(2023, 11, 12)}.get(one.habit, date(2023, 11, 8)), YEAR)


def spring(stage: Stage, players: list[Player], of: dict[str, list[str]]) -> None:
    """Play the year up to June: the plan is adopted, a date put off, a unit let off; the first reports come."""
    for one in players:
        begin(stage, one)
    stage.desk("extend", "6m", *of["extended"], "--by", "20/5/2023", "-n", "95/UBND-NC", "-d", "28/4/2023")
    stage.desk("exempt", "6m", *of["exempt"], "-n", "96/UBND-NC", "-d", "28/4/2023")
    (stage.units / "plans" / "2023.yaml").write_bytes((stage.province / "plans" / "2023.yaml").read_bytes())
    for one in players:
        send_six_months(stage, one)
    assert len(receive_all(stage, date(2023, 1, 1), date(2023, 5, 14))) == 3
    back, day = ("--reason", "Thiếu phụ lục", "--date", "15/5/2023", "--by", "25/5/2023"), date(2023, 5, 15)
    for name in (*of["returned"], *of["returned-late"], *of["returned-never"]):
        stage.desk("send-back", name, "6m", *back, day=day)
    urged = stage.desk("remind", "--as-of", "16/5/2023", "--deliverable", "6m", day=date(2023, 5, 16))
    late = sum(1 for one in players if wanted_six(one, date(2023, 5, 16))[0] == "overdue")
    assert f"{late} đơn vị chưa gửi «6m», lần 1" in urged.stdout
    assert not receive_all(stage, date(2023, 5, 15), date(2023, 6, 30))


def test_a_year_of_forty_units(stage: Stage) -> None:
    players = cast(stage)
    of = {habit: [one.id for one in players if one.habit == habit] for habit in HABITS}
    spring(stage, players, of)
    for on in (date(2023, 4, 30), SIX, date(2023, 5, 20), date(2023, 5, 26), date(2023, 6, 1)):
        assert states(stage, "6m", on) == {one.id: wanted_six(one, on) for one in players}, on
    summed_up(stage, "6m", date(2023, 6, 30), players)
    told = stage.json("summary", "--period", "6m", "--as-of", "30/6/2023", day=date(2023, 6, 30))
    broken = next(one for one in told["figures"] if one["id"] == "don-da-giai-quyet")
    assert set(broken["breaks"]) == set(of["wrong-figures"])
    count = Counter(wanted_six(one, date(2023, 6, 30))[0] for one in players)
    sent = told["sent"]
    assert [sent[key] for key in ("in_time", "late", "overdue", "returned")] == [
        count[key] for key in ("submitted", "late", "overdue", "returned")]  # fmt: skip
    assert set(sent["missing_units"]) == {one.id for one in players if "6m" not in one.sent and one.habit != "exempt"}

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
    for name in ("1y", "tu-cham"):
        wanted = {one.id: (*it, YEAR.isoformat()) for one in players if (it := wanted_year(one)) is not None}
        assert states(stage, name, END) == wanted
    summed_up(stage, "1y", END, players)

    verify(stage, players)
    ranked(stage, players, gone)
    stage.desk("rank", "--docs", "--final")
    stage.desk("summary", "--period", "1y", "--as-of", END)
    stage.desk("check")


def states(stage: Stage, deliverable: str, on: date) -> dict[str, tuple[str, int | None, str]]:
    """Give state, days and last day of all who owe something."""
    rows = stage.json("status", "--as-of", on)["rows"]
    return {
        one["unit"]: (one["state"], one["days"], one["last_day"]) for one in rows if one["deliverable"] == deliverable
    }


def summed_up(stage: Stage, period: str, on: date, players: list[Player]) -> None:
    """Hold a period's totals against the figures of those who reported."""
    told = stage.json("summary", "--period", period, "--as-of", on, day=on)
    reported = [one for one in players if period in one.sent]
    for name in FIGURES:
        got = next(one for one in told["figures"] if one["id"] == name)
        assert (got["value"], got["units"]) == (
            str(sum(one.figures[period][name] for one in reported)),
            len(reported),
        ), name


def lost_by_reports(one: Player) -> int:
    """Tell what the receipts of the two reports cost: all said that both were in time, for two points each."""
    costs = {"late": 1, "overdue": 2, "returned": 2}
    year = wanted_year(one)
    return costs.get(wanted_six(one, END)[0], 0) + costs.get(year[0] if year else "", 0)


def ranked(stage: Stage, players: list[Player], gone: str) -> None:
    """Hold every place, score and band against what was played."""
    total = {
        one.id: SAMPLE - (2 if one.less else 0) - lost_by_reports(one) + one.superior
        for one in players
        if "tu-cham" in one.sent
    }
    blocks = stage.json("rank")["blocks"]
    for block in blocks:
        rows = block["ranking"]
        mine = {one["unit"]: total[one["unit"]] for one in rows if one["unit"] in total}
        for one in rows:
            points = mine.get(one["unit"])
            got = one["rank"], one["official"], one["band"]
            if points is None:
                assert got == (None, None, None)
            else:
                place = 1 + sum(1 for other in mine.values() if other > points)
                assert got == (
                    place,
                    f"{points:.2f}",
                    "xuat-sac" if points >= 90 else "tot" if points >= 75 else "hoan-thanh",
                ), one
    assert {one["unit"] for block in blocks for one in block["ranking"]} == {one.id for one in players} - {gone}
