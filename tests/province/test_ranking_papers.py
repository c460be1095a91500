"""The papers that tell a ranking: who decides and who proposes are the heads of whoever issued the plan and verifies."""

from __future__ import annotations

import pytest

from danvan_cli.plan.head import Signature
from danvan_cli.province.ranking_papers import team
from shipped import PLAN


@pytest.mark.parametrize(
    ("verifier", "signs", "proposer"),
    [
        ("Sở Nội vụ", ["GIÁM ĐỐC"], "Giám đốc Sở Nội vụ"),
        ("Sở Nội vụ", ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "Giám đốc Sở Nội vụ"),
        ("Văn phòng Ủy ban nhân dân tỉnh", ["CHÁNH VĂN PHÒNG"], "Chánh Văn phòng Ủy ban nhân dân tỉnh"),
        ("Phòng Nội vụ huyện Lộc Ninh", ["TRƯỞNG PHÒNG"], "Trưởng Phòng Nội vụ huyện Lộc Ninh"),
        ("UBND xã Lộc An", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "Chủ tịch UBND xã Lộc An"),
        ("Hội đồng", ["TM. HỘI ĐỒNG"], None),
    ],
)
def test_the_verifier_s_head_proposes(verifier: str, signs: list[str], proposer: str | None) -> None:
    unit = PLAN.unit_by_id["so-noi-vu"].model_copy(update={"name": verifier, "signs": signs})
    assert team(PLAN, unit).decision.proposer == proposer


@pytest.mark.parametrize(
    ("issuer", "signs", "authority"),
    [
        ("Ủy ban nhân dân tỉnh Bình Phước", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BÌNH PHƯỚC"),
        ("Sở Y tế", ["GIÁM ĐỐC"], "GIÁM ĐỐC SỞ Y TẾ"),
        ("Phòng Nội vụ huyện Lộc Ninh", ["TRƯỞNG PHÒNG"], "TRƯỞNG PHÒNG NỘI VỤ HUYỆN LỘC NINH"),
    ],
)  # fmt: skip
def test_the_issuer_s_head_decides(issuer: str, signs: list[str], authority: str) -> None:
    told = {"name": issuer}
    plan = PLAN.model_copy(
        update={"issuer": PLAN.issuer.model_copy(update=told), "signature": Signature(lines=signs, name=None)}
    )
    decision = team(plan, plan.unit_by_id["so-noi-vu"]).decision
    assert decision.authority == [authority]
    assert authority.startswith(decision.common.signature.lines[0])
