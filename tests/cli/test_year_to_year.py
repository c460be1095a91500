"""A province of 2026, through public commands: from a Word file to drafts, a reporting round, a ranking, and into 2027."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import yaml
from openpyxl import Workbook

from two_tiers import adapted
from word_files import texts

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

START, DUE, AUTUMN, OVER, NEXT = "2026-01-12", "2026-05-08", "2026-11-02", "2027-01-05", "2027-05-03"
FIGURES = """
indicators:
  official: false
  source: Chỉ tiêu tham khảo.
  items:
    - {id: tin-bai, name: Số tin bài, unit: tin, area: II.1}

blocks:
"""
BANDS = "bands:\n      - {id: tot, name: Tốt, from: 80}\n      - {id: kha, name: Khá, from: 0}\n"


def settled(path: Path, *changes: tuple[str, str]) -> None:
    """Do what a person does who has looked at every place: what is wrong is put right, the marks go."""
    text = path.read_text("utf-8")
    for pattern, new in changes:
        text, count = re.subn(pattern, new, text, flags=re.DOTALL)
        assert count, pattern
    path.write_text(re.sub(r"[ ]*# cần xác nhận[^\n]*", "", text), "utf-8")


def test_from_a_word_file_through_a_year_into_the_next(run: Run, tmp_path: Path) -> None:
    folder, word = tmp_path / "đồng nai", tmp_path / "ke-hoach.docx"

    def do(*arguments: object, day: str = DUE) -> str:
        done = run(*arguments, cwd=folder, today=day)
        assert done.code == 0, (arguments, done.stdout, done.stderr)
        return done.stdout

    folder.mkdir()
    do("init", "--province", "Đồng Nai", "--year", "2026", day=START)
    plan, rubric = folder / "plans" / "2026.yaml", folder / "plans" / "2026.rubric.yaml"
    draft = plan.read_bytes()
    plan.write_text(adapted(draft.decode()), "utf-8")
    do("export", "-o", word, day=START)
    plan.write_bytes(draft)

    # The Word file becomes the plan, a table of points its rubric; a person looks at what is marked.
    assert "(100,0 %)" in do("import", word, day=START)
    places = "so-ban-nganh, cac-don-vi-su-nghiep-truc-thuoc-ubnd-tinh, ubnd-cac-huyen-thi-xa-thanh-pho"
    settled(plan, ("state: draft", "state: issued"), (places, "all"), ("\nblocks:\n", FIGURES))
    book = Workbook()
    for row in (
        ["TT", "Tiêu chí", "Điểm tối đa"],
        ["I", "Thực hiện", 100],
        ["1", "Ban hành kế hoạch", 40],
        ["2", "Báo cáo đúng hạn", 60],
    ):
        book.active.append(row)
    book.save(tmp_path / "bang-diem.xlsx")
    do("import", tmp_path / "bang-diem.xlsx", day=START)
    settled(rubric, (r"bands:.*?from: 0\n", BANDS))
    assert json.loads(do("check", "--json", day=START))["errors"] == 0

    # Drafts, a reporting round, a ranking.
    for unit, count in (("so-y-te", 30), ("xa-dak-o", 12)):
        do("init-unit", unit, day=START)
        do("log", unit, "II.1.1", "--period", "6m", "--result", "Đã tổ chức hội nghị.")
        do("log", unit, "--period", "6m", "--indicator", f"tin-bai={count}")
        do("report", unit, "--period", "6m")
        do("submit", unit, "--period", "6m", "-o", tmp_path / "thư" / f"{unit}.zip")
        answers = tmp_path / "trả lời.yaml"
        answers.write_text(
            f"format: danvan-score/1\nanswers:\n  I.1: {{points: 40}}\n  I.2: {{points: {count}}}\n", "utf-8"
        )
        do("score", unit, "--answers", answers, "--no-sheet", day=AUTUMN)
    do("receive", tmp_path / "thư", "--received", DUE)
    rows = [row for row in json.loads(do("status", "--json"))["rows"] if row["deliverable"] == "6m"]
    assert {row["unit"] for row in rows if row["state"] == "submitted"} == {"so-y-te", "xa-dak-o"}
    ranked = do("rank", "--json", day=AUTUMN)
    assert '"self": "70.00"' in ranked

    # Into 2027: the year lies in its archive as it was, its figures stand beside the new ones.
    do("new-year", "2027", day=OVER)
    assert run("rank", "--json", cwd=folder / "archive" / "2026", today=AUTUMN).stdout == ranked
    told = json.loads(do("check", "--json", day=OVER))
    assert (told["errors"], {one["rule"] for one in told["findings"] if one["severity"] == "warning"}) == (0, {"DV960"})
    assert "UBND xã Đăk Ơ" in do("show", "--units", day=OVER)
    do("init-unit", "so-y-te", "--from", folder / "archive" / "2026" / "units" / "so-y-te" / "unit.yaml", day=NEXT)
    figures = yaml.safe_load((folder / "units" / "so-y-te" / "unit.yaml").read_text("utf-8"))["indicators"]["tin-bai"]
    assert (figures["6m"], figures["6m-2026"]) == (None, 30)
    periods = yaml.safe_load((folder / "plans" / "2027.yaml").read_text("utf-8"))["periods"]
    assert {one["id"]: str(one["to"]) for one in periods}["1y-2026-ck"] == "2026-11-09"
    do("log", "so-y-te", "--period", "6m", "--indicator", "tin-bai=45", day=NEXT)
    do("report", "so-y-te", "--period", "6m", day=NEXT)
    said = texts(folder / "units" / "so-y-te" / "out" / "bao-cao-6m.docx")
    assert {"30", "45"} <= {*said}
