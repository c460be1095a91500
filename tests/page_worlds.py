"""Workspaces in the states in which a page is looked at: written as files, so that they cost nothing."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

UNITS = ("so-y-te", "so-tu-phap", "so-tai-chinh", "so-xay-dung", "so-noi-vu")
MEMBER, SIGNER, CONTACT = "Trần Thị Thẩm Định", "Nguyễn Văn Ký Tên", "Lê Thị Đầu Mối"
REASON, FOUND = "thiếu phụ lục số liệu", "hồ sơ chưa đủ căn cứ"
RESTRICTED = "Danh sách cơ sở bảo trợ"
ANSWER = "Sẽ bố trí trong dự toán năm sau"


def sent(folder: Path, unit: str, deliverable: str, day: str, more: str = "", returned: str = "") -> Path:
    """File something that came, as `receive` does; give its folder."""
    digest = hashlib.sha256(f"{unit}{deliverable}{day}".encode()).hexdigest()
    where = folder / "province" / "received" / unit / deliverable / f"{day}-{digest[:8]}"
    where.mkdir(parents=True)
    (where / "báo cáo #1.pdf").write_bytes(b"%PDF-1.4")
    text = (
        f'format: danvan-receipt/1\nplan: "2023"\nunit: {unit}\ndeliverable: {deliverable}\nnumber: "{len(unit)}"\n'
        f"received: {day}\nsymbol: 7/BC-{unit.upper()}\nissued: {day}\nsha256: {digest}\n"
        f"files: [{{name: 'báo cáo #1.pdf', sha256: {digest}, size: 8}}]\n{more}"
    )
    (where / "receipt.yaml").write_text(text, "utf-8")
    if returned:
        (where / "return.yaml").write_text(f"format: danvan-return/1\n{returned}", "utf-8")
    return where


def recorded(folder: Path, unit: str, news: int, *, obstacle: str = "Thiếu kinh phí") -> Path:
    """Write a unit's file after the sample's, with its own figure of `tin-bai`; a contact, a signer, what is restricted."""
    text = (folder / "samples" / "so-y-te.unit.yaml").read_text("utf-8").partition("\nobstacles:")[0]
    text = re.sub(
        r"^unit: .*$", f"unit: {unit}\nsigner: {SIGNER}\ncontact: {{name: {CONTACT}}}", text, flags=re.MULTILINE
    )
    text = re.sub(r"(tin-bai: +\{6m: )\d+, 1y: \d+", rf"\g<1>{news}, 1y: {2 * news}", text)
    text = text.replace("    evidence:\n", f"    evidence:\n      - {{title: {RESTRICTED}, restricted: true}}\n", 1)
    text += f"\nobstacles:\n  - {{text: '{obstacle}: {CONTACT} báo', proposal: Bố trí thêm}}\n"
    path = folder / "units" / unit / "unit.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def middle(folder: Path) -> Path:
    """Bring a fresh workspace to the middle of its year: in time, late, returned, extended, exempt, urged, answered."""
    for at, unit in enumerate(UNITS):
        recorded(folder, unit, (64, 10, 500, 12, 5)[at])
    for unit, day in (("so-y-te", "2023-05-08"), ("so-tu-phap", "2023-05-12"), ("so-cong-thuong", "2023-05-09")):
        sent(folder, unit, "6m", day)
    back = f"date: 2023-05-10\nreason: {REASON}\nnumber: 3/SNV\nby: 2023-05-20\n"
    sent(folder, "so-tai-chinh", "6m", "2023-05-07", returned=back)
    sent(folder, "so-xay-dung", "6m", "2023-05-07", returned=back.replace("2023-05-10", "2023-05-08"))
    sent(folder, "so-xay-dung", "6m", "2023-05-19")
    plan = folder / "plans" / "2023.yaml"
    with plan.open("a", encoding="utf-8") as out:
        out.write(
            "\nextensions:\n  - {type: Công văn, number: 12/UBND, date: 2023-05-05, units: [ban-dan-toc], deliverable: 6m, by: 2023-06-08}\n"
            "exemptions:\n  - {type: Công văn, number: 13/UBND, date: 2023-05-05, units: [vqg-bu-gia-map], deliverables: [6m]}\n"
        )
    (folder / "province" / "reminders.yaml").write_text(
        'format: danvan-reminders/1\nplan: "2023"\nletters:\n'
        "  - {deliverable: 6m, units: [so-noi-vu, so-y-te], as_of: 2023-05-10, answer_by: 2023-05-20, number: 9/SNV, date: 2023-05-11}\n"
        "  - {deliverable: 6m, units: [so-noi-vu, so-ngoai-vu], as_of: 2023-05-25}\n",
        "utf-8",
    )
    answers = folder / "province" / "obstacles"
    answers.mkdir()
    text = f"Thiếu kinh phí: {CONTACT} báo"
    id_ = hashlib.sha256(text.encode()).hexdigest()[:8]
    (answers / "so-y-te.yaml").write_text(
        f'format: danvan-obstacles/1\nunit: so-y-te\nplan: "2023"\nitems:\n  - {{id: "{id_}", text: "{text}", kind: kinh phí,'
        f" state: answered, answer: {ANSWER}, document: 88/STC}}\n",
        "utf-8",
    )
    return folder


def end(folder: Path, *, decided: bool = False) -> Path:
    """Bring the middle of a year to its end: reports of the year, self-scores, reviews with ties, doubts, a quota exceeded.

    Args:
        folder: the workspace.
        decided: whether a decision has made a score official, so that all others have no place.
    """
    rubric = folder / "plans" / "2023.rubric.yaml"
    rubric.write_text(rubric.read_text("utf-8").replace("nhiệm vụ, from: 90", "nhiệm vụ, from: 88"), "utf-8")
    sample = (folder / "samples" / "so-y-te.score.yaml").read_text("utf-8")
    reviews = folder / "province" / "reviews"
    reviews.mkdir()
    for at, unit in enumerate(UNITS):
        text = re.sub(r"^unit: .*\n", "", sample, flags=re.MULTILINE)
        text = text.replace("format: danvan-score/1\n", f"format: danvan-score/1\nunit: {unit}\n", 1)
        (folder / "units" / unit / "score.yaml").write_text(text, "utf-8")
        if unit != "so-noi-vu":
            sent(folder, unit, "1y", "2023-11-08")
        sent(folder, unit, "tu-cham", "2023-11-12" if at == 1 else "2023-11-08")
        if at < 4:
            (reviews / f"{unit}.self.yaml").write_text(text, "utf-8")
            (reviews / f"{unit}.yaml").write_text(
                _review(unit, text, 9 if at < 2 else 6, told=at == 2, decided=decided and at == 0), "utf-8"
            )
    return folder


def _review(unit: str, text: str, points: int, *, told: bool, decided: bool) -> str:
    digest = hashlib.sha256(text.encode()).hexdigest()
    out = (
        f'format: danvan-review/1\nunit: {unit}\nplan: "2023"\nrubric: mau-2023\nversion: 1\nsent: "{digest}"\nchanges:\n'
        f'  - criterion: "9.1"\n    answer: {{points: {points}}}\n    round: 1\n    member: {MEMBER}\n    date: 2023-12-10\n'
        f"    reason: {FOUND}\n"
    )
    if told:
        out += "notices:\n  - {number: 30/TB-SNV, date: 2023-12-11, answer_by: 2023-12-15}\n"
    if decided:
        out += "final: 2023-12-20\nofficial:\n  - {decision: 99/QĐ-UBND, date: 2023-12-28, total: 88.47, band: tot}\n"
    return out
