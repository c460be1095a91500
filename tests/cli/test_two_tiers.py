"""A province of 2026, of two tiers and over a hundred units, from `init` to drafts, a reporting round and a ranking."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from two_tiers import adapted
from word_files import texts

if TYPE_CHECKING:
    from conftest import Run

SHIPPED = Path(__file__).parents[2] / "plans"
SENDERS = ("so-y-te", "so-tu-phap", "phuong-binh-phuoc", "xa-dak-o", "xa-phu-rieng")
DUE = "2026-05-08"


@pytest.fixture
def province(run: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "đồng nai"
    assert run("init", folder, "--province", "Đồng Nai", "--year", "2026", today="2026-05-02").code == 0
    plan = folder / "plans" / "2026.yaml"
    plan.write_text(adapted(plan.read_text("utf-8")), "utf-8")
    rubric = (SHIPPED / "2023.rubric.yaml").read_text("utf-8").replace("2023", "2026")
    rubric = rubric.replace("[so-ban-nganh, su-nghiep, huyen]", "[so-ban-nganh, xa]")
    (folder / "plans" / "2026.rubric.yaml").write_text(rubric, "utf-8")
    told = json.loads(run("check", "--json", cwd=folder).stdout)
    assert (told["errors"], told["warnings"]) == (0, 0), told["findings"]
    return folder


def test_from_init_to_a_ranking(run: Run, province: Path, tmp_path: Path) -> None:
    def do(*arguments: object, day: str = DUE) -> str:
        done = run(*arguments, cwd=province, today=day)
        assert done.code == 0, (arguments, done.stdout, done.stderr)
        return done.stdout

    assert len(json.loads(do("show", "--json"))["units"]) == 107
    do("init-unit", *SENDERS)
    assert {path.name for path in (province / "units").iterdir()} == set(SENDERS)
    draft = texts(province / "units" / "xa-dak-o" / "out" / "ke-hoach-trien-khai.docx")
    assert any("Ủy ban nhân dân thành phố Đồng Nai" in text for text in draft)
    assert not any("Bình Phước" in text for text in draft)
    # A reporting round.
    mail = tmp_path / "thư"
    mail.mkdir()
    for number, unit in enumerate(SENDERS):
        do("log", unit, "II.1.1", "--period", "6m", "--result", f"Đã tổ chức {number + 1} hội nghị.")
        do("log", unit, "--period", "6m", "--indicator", f"tin-bai={10 * number}")
        do("report", unit, "--period", "6m")
        do("submit", unit, "--period", "6m", "-o", mail / f"{unit}.zip")
    filed = json.loads(do("receive", mail, "--received", DUE, "--json"))["files"]
    assert {one["state"] for one in filed} == {"filed"}
    rows = json.loads(do("status", "--json", day="2026-05-20"))["rows"]
    six = {row["unit"]: row["state"] for row in rows if row["deliverable"] == "6m"}
    assert len(six) == 107
    assert {unit for unit, state in six.items() if state == "submitted"} == set(SENDERS)
    assert {state for unit, state in six.items() if unit not in SENDERS} == {"overdue"}
    shown = do("status", day="2026-05-20")
    assert max(map(len, shown.splitlines())) <= 80
    assert len(shown.splitlines()) < 25
    total = json.loads(do("summary", "--period", "6m", "--json", day="2026-05-20"))
    assert "100" in json.dumps(next(one for one in total["figures"] if one["id"] == "tin-bai"))
    # A ranking.
    answers = (SHIPPED.parent / "samples" / "so-y-te.score.yaml").read_text("utf-8").replace("2023", "2026")
    for unit in SENDERS:
        lines = [line for line in answers.splitlines() if not line.startswith("unit:")]
        at = next(i for i, line in enumerate(lines) if line.startswith("format:"))
        (province / "units" / unit / "score.yaml").write_text(
            "\n".join([*lines[: at + 1], f"unit: {unit}", *lines[at + 1 :]]) + "\n", "utf-8"
        )
        scored = run("score", unit, "--json", "--no-sheet", cwd=province, today="2026-11-02")
        assert json.loads(scored.stdout)["self"] is not None
    blocks = {one["id"]: one for one in json.loads(do("rank", "--json", day="2026-12-01"))["blocks"]}
    ranked = {one["unit"] for block in blocks.values() for one in block["ranking"] if one["self"] is not None}
    assert (set(blocks), ranked) == ({"so-ban-nganh", "xa"}, set(SENDERS))
