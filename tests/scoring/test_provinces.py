"""The mechanics of real rubrics, with numbers of ours: số liệu của chúng tôi, không phải của tỉnh nào.

Only how they work is known from public sources: which parts there are, who scores them, what bands and limits do. All
points, thresholds and answers below are made up for these tests.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from danvan_cli.plan.model import Plan
from danvan_cli.rules.scores import check_score
from danvan_cli.scoring.evaluate import EVERY_SCORER, SELF, evaluate
from danvan_cli.scoring.model import ScoreRecord, choose
from danvan_cli.scoring.ranking import over_quota, ranked_places
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.read import read as read_as
from danvan_cli.yaml.yamlfile import YamlFile
from scored import record, rubric, rubric_file

if TYPE_CHECKING:
    from danvan_cli.scoring.model import Rubric, RubricFile

PLAN = Path(__file__).parents[2] / "plans" / "2023.yaml"


@pytest.fixture(scope="module")
def plan() -> Plan:
    read = read_as(Plan, PLAN).record
    assert read is not None
    return read


# Quảng Nam 2024: ten criteria and bonus points, two blocks ranked apart, a rubric each. Figures of ours. --------------

TEN = """
    criteria:
      - {id: "1", title: Văn bản chỉ đạo, max: 10, criteria: [{id: "1.1", title: Ban hành, max: 10, graded: 0.5}]}
      - {id: "2", title: Nhiệm vụ chính trị, max: 10, criteria: [{id: "2.1", title: Chỉ tiêu, max: 10, ratio: {}}]}
      - id: "3"
        title: Cải cách hành chính
        max: 10
        criteria:
          - id: "3.1"
            title: Hồ sơ đúng hạn
            max: 10
            ratio: {thresholds: [{from: 80, points: 5}, {from: 95, points: 10}]}
      - id: "4"
        title: Khiếu nại, tố cáo
        max: 10
        criteria: [{id: "4.1", title: Giải quyết đúng hạn, max: 10, ratio: {full: 90}, na: full}]
      - {id: "5", title: Văn hóa công sở, max: 10, criteria: [{id: "5.1", title: Vi phạm, max: 10, deduction: {each: 2.5}}]}
      - id: "6"
        title: Dân chủ cơ sở
        max: 10
        criteria:
          - id: "6.1"
            title: Thực hiện quy chế
            max: 10
            levels: [{id: tot, name: Tốt, points: 10}, {id: kha, name: Khá, points: 7.5}, {id: kem, name: Kém, points: 0}]
      - {id: "7", title: Dân vận khéo, max: 10, criteria: [{id: "7.1", title: Mô hình, max: 10, count: {each: 2}}]}
      - {id: "8", title: Mặt trận và Nhân dân, max: 10, criteria: [{id: "8.1", title: Điều kiện, max: 10, graded: 0.25}]}
      - {id: "9", title: Tiếp công dân, max: 10, criteria: [{id: "9.1", title: Buổi tiếp, max: 10, ratio: {}}]}
      - {id: "10", title: Thông tin, báo cáo, max: 10, criteria: [{id: "10.1", title: Báo cáo, max: 10, manual: true}]}
""".replace("Thông tin, báo cáo", '"Thông tin, báo cáo"').replace("Khiếu nại, tố cáo\n", '"Khiếu nại, tố cáo"\n')
BANDS = """
    bands:
      - {id: xuat-sac, name: Hoàn thành xuất sắc, from: 90}
      - {id: tot, name: Hoàn thành tốt, from: 80}
      - {id: hoan-thanh, name: Hoàn thành, from: 60}
      - {id: khong, name: Không hoàn thành, from: 0}
"""
BONUS = """
    bonus:
      max: 5
      criteria: [{id: CONG.1, title: Được Chính phủ khen, max: 5, count: {each: 2.5}}]
"""
QUANG_NAM = f"""
  - id: huyen-2024
    name: Bộ tiêu chí của huyện
    official: false
    from: 2023-01-01
    blocks: [huyen]
    max: 100
{BONUS}{TEN}{BANDS}
  - id: so-2024
    name: Bộ tiêu chí của sở và đơn vị sự nghiệp
    official: false
    from: 2023-01-01
    blocks: [so-ban-nganh, su-nghiep]
    max: 100
    ties: dense
{TEN}{BANDS}"""

FULL = """
answers:
  "1.1": {points: 9.5}
  "2.1": {value: 19, base: 20}
  "3.1": {value: 95, base: 100}
  "4.1": {value: 44, base: 50}
  "5.1": {count: 1}
  "6.1": {level: kha}
  "7.1": {count: 4}
  "8.1": {points: 9.25}
  "9.1": {value: 2, base: 3}
  "10.1": {points: 10}
"""


@pytest.fixture
def two_blocks(plan: Plan) -> RubricFile:
    return rubric_file(QUANG_NAM, plan)


def test_ten_criteria_of_every_kind_give_what_one_writes_on_paper(two_blocks: RubricFile) -> None:
    result = evaluate(two_blocks.rubrics[1], record(FULL))
    points = {line.criterion.id: line.points for line in result.lines if not line.criterion.criteria}
    assert points == {
        "1.1": Decimal("9.5"),
        "2.1": Decimal("9.5"),
        "3.1": Decimal(10),
        "4.1": Decimal("9.78"),  # 44/50 = 88 %, đủ điểm từ 90 %: 88 : 90 × 10 = 9,777…
        "5.1": Decimal("7.5"),
        "6.1": Decimal("7.5"),
        "7.1": Decimal(8),
        "8.1": Decimal("9.25"),
        "9.1": Decimal("6.67"),
        "10.1": Decimal(10),
    }
    assert result.total == Decimal("87.70")
    assert result.band is not None
    assert result.band.name == "Hoàn thành tốt"


def test_bonus_points_count_but_not_above_the_scale(two_blocks: RubricFile) -> None:
    one = two_blocks.rubrics[0]
    lifted = evaluate(one, record(FULL + "  CONG.1: {count: 1}\n"))
    assert (lifted.total, lifted.band) == (Decimal("90.20"), one.band_by_id["xuat-sac"])
    best = FULL
    for old, new in (
        ("9.5}", "10}"), ("value: 19,", "value: 20,"), ("value: 44,", "value: 45,"), ("count: 1}", "count: 0}"),
        ("kha", "tot"), ("count: 4", "count: 5"), ("9.25", "10"), ("value: 2,", "value: 3,"),
    ):  # fmt: skip
        assert old in best
        best = best.replace(old, new)
    capped = evaluate(one, record(best + "  CONG.1: {count: 9}\n"))
    assert (capped.earned, capped.bonus, capped.total) == (100, 5, 100)


def test_each_block_has_its_own_rubric_and_its_own_ranking(plan: Plan, two_blocks: RubricFile) -> None:
    units = {"tp-dong-xoai": "9.5", "huyen-loc-ninh": "9", "so-y-te": "9.5", "so-noi-vu": "9.5", "so-tai-chinh": "7"}
    results: dict[str, dict[str, object]] = {}
    ranks: dict[str, dict[str, int | None]] = {}
    for rubric_ in two_blocks.rubrics:
        here = {
            unit: evaluate(rubric_, record(FULL.replace("9.5}", f"{points}}}")))
            for unit, points in units.items()
            if choose(two_blocks, plan, plan.unit_by_id[unit]) is rubric_
        }
        results[rubric_.id] = dict(here)
        ranks[rubric_.id] = ranked_places(rubric_, here)
    assert ranks == {
        "huyen-2024": {"tp-dong-xoai": 1, "huyen-loc-ninh": 2},
        "so-2024": {"so-y-te": 1, "so-noi-vu": 1, "so-tai-chinh": 2},  # Sở Nội vụ, who verifies, is ranked too
    }


# Bắc Kạn 2017: 90 points by the unit, 10 by the superior; two units not eligible. Figures of ours. --------------------

BAC_KAN = """
  - id: bac-kan
    name: Tự chấm 90, cấp trên chấm 10
    official: false
    from: 2023-01-01
    blocks: [huyen]
    max: 100
    criteria:
      - id: "1"
        title: Phần tự chấm
        criteria:
          - {id: "1.1", title: Văn bản, max: 50, graded: 0.5}
          - {id: "1.2", title: Kết quả, max: 40, graded: 0.5}
      - id: "2"
        title: Phần cấp trên chấm
        criteria: [{id: "2.1", title: Chất lượng, max: 10, graded: 0.5, by: superior}]
    bonus: {max: 5, criteria: [{id: CONG, title: Khen thưởng, max: 5, manual: true}]}
    bands:
      - {id: tot, name: Tốt, from: 85}
      - {id: kha, name: Khá, from: 70}
      - {id: yeu, name: Yếu, from: 0}
    violations: [{id: ky-luat, name: Lãnh đạo bị kỷ luật}]
    limits: [{id: loai, when: {violation: ky-luat}, deny: true, reason: Lãnh đạo bị kỷ luật}]
"""


@pytest.fixture
def bac_kan() -> Rubric:
    return rubric(BAC_KAN)


def test_a_unit_gives_itself_at_most_what_it_may_score(bac_kan: Rubric) -> None:
    given = record('answers: {"1.1": {points: 50}, "1.2": {points: 40}, "2.1": {points: 10}, CONG: {points: 5}}')
    own, verified = evaluate(bac_kan, given, SELF), evaluate(bac_kan, given, EVERY_SCORER)
    assert (own.scope, own.total) == (90, 90)
    assert [line.criterion.id for line in own.others] == ["2.1"]
    assert (verified.scope, verified.total) == (100, 100)


@pytest.mark.parametrize(
    ("verified", "superior", "total", "band"),
    [
        ("{points: 41}", "{points: 9}", 85, "tot"),  # up, into the higher band
        ("{points: 41}", "{points: 8.5}", Decimal("84.5"), "kha"),  # up, and half a point short
        ("{points: 26}", "{points: 8}", 69, "yeu"),  # down, into the lower band
        ("{points: 27}", "{points: 8}", 70, "kha"),  # the lower bound belongs to the band
    ],
)
def test_the_verified_score_goes_up_and_down_and_takes_the_band_along(
    bac_kan: Rubric, verified: str, superior: str, total: Decimal, band: str
) -> None:
    own = evaluate(bac_kan, record('answers: {"1.1": {points: 40}, "1.2": {points: 35}}'))
    assert (own.total, own.band) == (75, bac_kan.band_by_id["kha"])
    answers = f'answers: {{"1.1": {verified}, "1.2": {{points: 35}}, "2.1": {superior}}}'
    final = evaluate(bac_kan, record(answers), EVERY_SCORER)
    assert (final.total, final.band) == (total, bac_kan.band_by_id[band])


def test_what_the_superior_has_not_scored_leaves_the_verified_score_open(bac_kan: Rubric) -> None:
    final = evaluate(bac_kan, record('answers: {"1.1": {points: 40}, "1.2": {points: 35}}'), EVERY_SCORER)
    assert (final.total, final.band) == (75, None)
    assert [line.criterion.id for line in final.blanks] == ["2.1"]


def test_a_unit_that_is_not_eligible_keeps_its_points_and_has_neither_band_nor_rank(bac_kan: Rubric) -> None:
    text = 'answers: {{"1.1": {{points: {}}}, "1.2": {{points: 35}}}}\nviolations: [{}]'
    given = {"a": (50, "ky-luat"), "b": (40, ""), "c": (45, "ky-luat"), "d": (30, "")}
    results = {unit: evaluate(bac_kan, record(text.format(*one))) for unit, one in given.items()}
    assert (results["a"].total, results["a"].eligible, results["a"].band) == (85, False, None)
    assert results["a"].applied[0].reason == "Lãnh đạo bị kỷ luật"
    assert ranked_places(bac_kan, results) == {
        "b": 1,
        "d": 2,
        "a": None,
        "c": None,
    }


# CCHC: 30 of 100 points come from a survey; without one the rest is rescaled. Figures of ours. ------------------------

CCHC = """
  - id: cchc
    name: Chỉ số cải cách hành chính
    official: false
    from: 2023-01-01
    blocks: [so-ban-nganh]
    max: 100
    criteria:
      - id: "1"
        title: Tự đánh giá
        criteria:
          - {id: "1.1", title: Thể chế, max: 40, graded: 0.25, evidence: [Văn bản đã ban hành]}
          - {id: "1.2", title: Thủ tục, max: 30, graded: 0.25}
      - id: "2"
        title: Điều tra xã hội học
        criteria: [{id: "2.1", title: Mức độ hài lòng, max: 30, survey: {}}]
    bands: [{id: tot, name: Tốt, from: 80}, {id: kha, name: Khá, from: 0}]
"""
SEVENTY = '"1.1": {points: 36, note: Văn bản đã nộp năm trước}, "1.2": {points: 27}'


def test_with_a_survey_the_unit_scores_seventy_and_the_verified_score_adds_the_survey() -> None:
    one = rubric(CCHC)
    own = evaluate(one, record(f"answers: {{{SEVENTY}}}"))
    assert (own.scope, own.left_out, own.total) == (70, 0, 63)
    final = evaluate(one, record(f'answers: {{{SEVENTY}, "2.1": {{points: 24.5}}}}'), EVERY_SCORER)
    assert (final.scope, final.total) == (100, Decimal("87.5"))


def test_without_a_survey_the_rest_is_brought_to_the_whole_scale() -> None:
    one = rubric(CCHC.replace("survey: {}", "survey: {held: false}, na: rescale"))
    for by in (SELF, EVERY_SCORER):
        result = evaluate(one, record(f"answers: {{{SEVENTY}}}"), by)
        assert (result.scope, result.left_out, result.earned, result.total) == (100, 30, 63, 90)
        assert result.band == one.band_by_id["tot"]
        assert "63,00 × 100 : (100 − 30) = 90,00" in result.derivation


def test_an_explanation_stands_for_the_evidence_that_is_missing() -> None:
    one = rubric(CCHC)
    bare = evaluate(one, record('answers: {"1.1": {points: 36}}'))
    assert [line.criterion.id for line in bare.missing] == ["1.1"]
    assert evaluate(one, record(f"answers: {{{SEVENTY}}}")).missing == []
    assert evaluate(one, record('answers: {"1.1": {points: 0}}')).missing == [], "0 điểm không cần kiểm chứng"
    proof = 'answers: {"1.1": {points: 36, evidence: [{title: Quyết định, number: 1/QĐ}]}}'
    assert evaluate(one, record(proof)).missing == []


def test_a_unit_may_not_score_the_survey_itself(plan: Plan) -> None:
    read = as_read(ScoreRecord, YamlFile("x.yaml", b'format: danvan-score/1\nanswers: {"2.1": {points: 30}}'))
    assert [one.rule for one in check_score(read, rubric(CCHC), plan, {})] == ["DV922"]


# Thi đua: a total may rise above the scale. Figures of ours. ----------------------------------------------------------

THI_DUA = """
  - id: thi-dua
    name: Bảng điểm thi đua của cụm
    official: false
    from: 2023-01-01
    blocks: [so-ban-nganh]
    max: 100
    over_max: true
    criteria:
      - id: "1"
        title: Nhiệm vụ
        criteria: [{id: "1.1", title: Chuyên môn, max: 60, graded: 0.5}, {id: "1.2", title: Phong trào, max: 40, graded: 0.5}]
    bonus: {max: 10, criteria: [{id: CONG, title: Sáng kiến, max: 12, count: {each: 5}}]}
    deductions: {max: 5, criteria: [{id: TRU, title: Nộp muộn, max: 5, count: {each: 1}}]}
    bands: [{id: dan-dau, name: Dẫn đầu, from: 105}, {id: tien-tien, name: Tiên tiến, from: 0}]
"""


def test_bonus_may_lift_the_total_above_the_scale_where_the_rubric_says_so() -> None:
    given = record('answers: {"1.1": {points: 59}, "1.2": {points: 38}, CONG: {count: 3}, TRU: {count: 0}}')
    over = evaluate(rubric(THI_DUA), given)
    assert (over.subtotal, over.bonus, over.total) == (97, 10, 107)
    assert over.band is not None
    assert over.band.id == "dan-dau"
    within = rubric(THI_DUA.replace("over_max: true", "over_max: false").replace("105", "99"))
    assert evaluate(within, given).total == 100


def test_deductions_are_capped_together_and_never_lead_below_zero() -> None:
    some = record('answers: {"1.1": {points: 3}, "1.2": {points: 0}, TRU: {count: 2}}')
    many = record('answers: {"1.1": {points: 3}, "1.2": {points: 0}, TRU: {count: 9}}')
    assert [evaluate(rubric(THI_DUA), one).total for one in (some, many)] == [1, 0]
    assert evaluate(rubric(THI_DUA), many).deductions == 5


# Nghị định 335/2025: bands from 90, 70, 50; knock-out; at most 20 % of those "tốt" may be "xuất sắc". Answers of ours. -

ND_335 = """
  - id: nd-335
    name: Theo điểm và điều kiện
    official: false
    from: 2023-01-01
    blocks: [so-ban-nganh]
    max: 100
    criteria:
      - id: "1"
        title: Kết quả
        criteria: [{id: "1.1", title: Nhiệm vụ, max: 70, manual: true}, {id: "1.2", title: Kỷ luật, max: 30, manual: true}]
    bands:
      - {id: xuat-sac, name: Hoàn thành xuất sắc nhiệm vụ, from: 90}
      - {id: tot, name: Hoàn thành tốt nhiệm vụ, from: 70, below: 90}
      - {id: hoan-thanh, name: Hoàn thành nhiệm vụ, from: 50, below: 70}
      - {id: khong, name: Không hoàn thành nhiệm vụ, from: 0, below: 50}
    violations: [{id: vi-pham, name: Có vi phạm}]
    limits:
      - {id: co-vi-pham, when: {violation: vi-pham}, force: khong, reason: Có vi phạm đã kết luận}
      - {id: ky-luat-kem, when: {criterion: "1.2", below: 15}, cap: hoan-thanh, reason: Kỷ luật dưới một nửa}
      - {id: bao-cao-muon, when: {late: 1y}, cap: tot, reason: Báo cáo năm muộn}
    quota: [{band: xuat-sac, percent: 20, of: [xuat-sac, tot]}]
"""


def nd335(total: int, more: str = "", discipline: int = 25) -> str:
    return f'answers: {{"1.1": {{points: {total - discipline}}}, "1.2": {{points: {discipline}}}}}\n{more}'


@pytest.mark.parametrize(
    ("answers", "band"),
    [
        (nd335(90), "xuat-sac"),
        (nd335(89), "tot"),
        (nd335(70), "tot"),
        (nd335(69), "hoan-thanh"),
        (nd335(50), "hoan-thanh"),
        (nd335(49), "khong"),
        (nd335(90, "violations: [vi-pham]"), "khong"),
        (nd335(90, "late: [1y]"), "tot"),
        (nd335(60, "late: [1y]"), "hoan-thanh"),  # a cap lifts nobody
        (nd335(80, discipline=14), "hoan-thanh"),
        (nd335(80, discipline=15), "tot"),
        (nd335(84, "late: [1y]\nviolations: [vi-pham]", discipline=14), "khong"),
    ],
)
def test_bands_begin_at_their_bound_and_limits_lower_them_whatever_the_score(answers: str, band: str) -> None:
    one = rubric(ND_335)
    result = evaluate(one, record(answers))
    assert (result.band, result.eligible) == (one.band_by_id[band], True)


def test_a_forced_band_is_exact_and_a_cap_still_holds_below_it() -> None:
    one = rubric(ND_335.replace("force: khong", "force: tot"))
    lifted, capped = (evaluate(one, record(nd335(total, "violations: [vi-pham]", discipline))) for total, discipline in
                      ((40, 20), (80, 14)))  # fmt: skip
    assert lifted.band == one.band_by_id["tot"], "force: đúng mức này, dù điểm bao nhiêu"
    assert capped.band == one.band_by_id["hoan-thanh"]


def test_a_quota_is_reported_and_changes_nothing() -> None:
    one = rubric(ND_335)
    totals = {"a": 95, "b": 92, "c": 91, "d": 80, "e": 75, "f": 74, "g": 73, "h": 72, "i": 71, "k": 70, "m": 60}
    results = {unit: evaluate(one, record(nd335(total))) for unit, total in totals.items()}
    places = ranked_places(one, results)
    (over,) = over_quota(one, places, results)
    assert (over.band.id, over.units, over.allowed, over.of) == ("xuat-sac", ("a", "b", "c"), 2, 10)
    assert [*places.items()][:3] == [("a", 1), ("b", 2), ("c", 3)]
    assert all(results[unit].band == one.band_by_id["xuat-sac"] for unit in ("a", "b", "c"))
    within = {unit: result for unit, result in results.items() if unit != "c"} | {"n": results["k"]}
    assert over_quota(one, ranked_places(one, within), within) == []
